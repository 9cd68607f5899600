//! The organisation as a tree of groups.

use serde::Serialize;

use crate::model::{EntityId, RelationId};

use super::context::Context;
use super::lists::common;
use super::views::{Action, TreeNode};
use super::{Site, ThemeError};

/// The page of the tree.
pub(super) const PATH: &str = "lists/organisation.html";
/// How deep a tree is drawn; also what ends a circle.
const MAX_DEPTH: usize = 12;
/// Most groups on one page: more than that are a list and no tree.
const MAX_GROUPS: usize = 2_000;

#[derive(Serialize)]
struct Body {
    heading: &'static str,
    groups: Vec<TreeNode>,
    actions: Vec<Action>,
}

pub(super) fn page(site: &Site<'_>) -> Result<(String, Vec<u8>), ThemeError> {
    let context = Context::new(site, PATH);
    let mut budget = MAX_GROUPS;
    let groups: Vec<TreeNode> = roots(site).into_iter().map(|id| node(&context, id, 0, &mut budget)).collect();
    let (group_count, people) = (site.count_of("Group"), site.count_of("User"));
    let description = (group_count > 0).then(|| {
        format!(
            "{} and {}.",
            crate::report::count(group_count, "group"),
            if people == 1 { "1 person".to_owned() } else { format!("{people} people") }
        )
    });
    let actions = vec![
        Action {
            title: "All groups".to_owned(),
            icon: "group",
            href: context.href(&crate::routes::list(Some("Group"), 1)),
        },
        Action {
            title: "All people".to_owned(),
            icon: "user",
            href: context.href(&crate::routes::list(Some("User"), 1)),
        },
    ];
    let common = common(PATH, "Organisation".to_owned(), "organisation", description);
    let body = Body { heading: "Organisation", groups, actions };
    Ok((PATH.to_owned(), site.theme.render("tree.html", &common, &body)?))
}

/// Groups without a parent in view.
pub(super) fn roots(site: &Site<'_>) -> Vec<EntityId> {
    let groups = site.catalog.entities.iter().filter(|entity| entity.reference.kind == "Group");
    groups
        .filter(|group| site.graph.targets(group.id, RelationId::CHILD_OF).next().is_none())
        .map(|group| group.id)
        .collect()
}

/// The groups below a group.
pub(super) fn below(context: &Context<'_>, id: EntityId) -> Vec<TreeNode> {
    let mut budget = MAX_GROUPS;
    let children: Vec<EntityId> = context.site.graph.targets(id, RelationId::CHILD_OF.flipped()).collect();
    children.into_iter().map(|child| node(context, child, 1, &mut budget)).collect()
}

fn node(context: &Context<'_>, id: EntityId, depth: usize, budget: &mut usize) -> TreeNode {
    let graph = context.site.graph;
    *budget = budget.saturating_sub(1);
    let children: Vec<EntityId> = if depth >= MAX_DEPTH || *budget == 0 {
        Vec::new()
    } else {
        graph.targets(id, RelationId::CHILD_OF.flipped()).collect()
    };
    TreeNode {
        link: context.link(id),
        spec_type: context.site.catalog.entity(id).spec_type().map(str::to_owned),
        members: graph.targets(id, RelationId::MEMBER_OF.flipped()).count(),
        owned: graph.targets(id, RelationId::OWNED_BY.flipped()).count(),
        open: depth < 2,
        children: children.into_iter().map(|child| node(context, child, depth + 1, budget)).collect(),
    }
}
