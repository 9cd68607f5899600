//! The organisation as a tree of groups.

use rustc_hash::FxHashSet;
use serde::Serialize;

use crate::model::{EntityId, RelationId};

use super::context::Context;
use super::lists::common;
use super::views::{Action, TreeNode};
use super::{Site, ThemeError};

/// The page of the tree.
pub(super) const PATH: &str = "lists/organisation.html";
/// How deep the list goes.
const MAX_DEPTH: usize = 12;
/// Most groups on one page: more than that are a list and no tree.
const MAX_GROUPS: usize = 2_000;

#[derive(Serialize)]
struct Body<'a> {
    heading: &'a str,
    chart_svg: Option<String>,
    /// How many groups the chart leaves out.
    chart_hidden: usize,
    groups: Vec<TreeNode>,
    /// How many groups have no room in the list.
    groups_more: usize,
    actions: Vec<Action>,
}

pub(super) fn page(site: &Site<'_>) -> Result<(String, Vec<u8>), ThemeError> {
    let context = Context::new(site, PATH);
    let roots = roots(site);
    let mut list = List::new(&context);
    let groups = list.nodes(&roots, 0);
    let shown = list.seen.len();
    let (group_count, people) = (site.count_of("Group"), site.count_of("User"));
    let texts = site.texts();
    let description = (group_count > 0).then(|| {
        let (groups, people) =
            (texts.counted(group_count, "group", "groups"), texts.counted(people, "person", "people"));
        texts.with("{groups} and {people}.", &[("groups", &groups), ("people", &people)])
    });
    let action = |title: &str, icon, kind| Action {
        title: title.to_owned(),
        icon,
        href: context.href(&crate::routes::list(Some(kind), 1)),
    };
    let actions = vec![action(texts.t("All groups"), "group", "Group"), action(texts.t("All people"), "user", "User")];
    let heading = texts.t("Organisation");
    let common = common(PATH, heading.to_owned(), "organisation", description);
    let chart = super::drawing::chart(&context, &roots, group_count);
    let (chart_svg, chart_hidden) = chart.map_or((None, 0), |(svg, hidden)| (Some(svg), hidden));
    let groups_more = group_count.saturating_sub(shown);
    let body = Body { heading, chart_svg, chart_hidden, groups, groups_more, actions };
    Ok((PATH.to_owned(), site.theme.render("tree.html", &common, &body)?))
}

/// Groups without a parent in view, and of a circle of parents one that leads to all of it.
pub(super) fn roots(site: &Site<'_>) -> Vec<EntityId> {
    let groups = || site.catalog.entities.iter().filter(|entity| entity.reference.kind == "Group");
    let parents = |id: EntityId| site.graph.targets(id, RelationId::CHILD_OF);
    let mut roots: Vec<EntityId> =
        groups().filter(|group| parents(group.id).next().is_none()).map(|group| group.id).collect();
    let mut reached: FxHashSet<EntityId> = FxHashSet::default();
    let mut reach = |root: EntityId| {
        let mut queue = vec![root];
        while let Some(at) = queue.pop() {
            if reached.insert(at) {
                queue.extend(site.graph.targets(at, RelationId::CHILD_OF.flipped()));
            }
        }
        reached.len()
    };
    let mut count = 0;
    for &root in &roots {
        count = reach(root);
    }
    for group in groups() {
        let now = reach(group.id);
        if now > count {
            roots.push(group.id);
            count = now;
        }
    }
    roots
}

/// The groups below a group.
pub(super) fn below(context: &Context<'_>, id: EntityId) -> Vec<TreeNode> {
    let children: Vec<EntityId> = context.site.graph.targets(id, RelationId::CHILD_OF.flipped()).collect();
    let mut list = List::new(context);
    list.seen.insert(id);
    list.nodes(&children, 1)
}

/// A list of groups that holds each once.
struct List<'a, 'b> {
    context: &'a Context<'b>,
    seen: FxHashSet<EntityId>,
}

impl<'a, 'b> List<'a, 'b> {
    fn new(context: &'a Context<'b>) -> Self {
        Self { context, seen: FxHashSet::default() }
    }

    fn nodes(&mut self, groups: &[EntityId], depth: usize) -> Vec<TreeNode> {
        let fresh: Vec<EntityId> = groups
            .iter()
            .copied()
            .filter(|&id| depth < MAX_DEPTH && self.seen.len() < MAX_GROUPS && self.seen.insert(id))
            .collect();
        fresh.into_iter().map(|id| self.node(id, depth)).collect()
    }

    fn node(&mut self, id: EntityId, depth: usize) -> TreeNode {
        let site = self.context.site;
        let children: Vec<EntityId> = site.graph.targets(id, RelationId::CHILD_OF.flipped()).collect();
        TreeNode {
            link: self.context.link(id),
            spec_type: site.catalog.entity(id).spec_type().map(str::to_owned),
            members: site.graph.targets(id, RelationId::MEMBER_OF.flipped()).count(),
            owned: site.index.owned_below(id),
            open: depth < 2,
            children: self.nodes(&children, depth + 1),
        }
    }
}
