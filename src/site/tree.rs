//! The organisation as a tree of groups.

use rustc_hash::FxHashSet;
use serde::Serialize;

use crate::model::{EntityId, RelationId};

use super::context::Context;
use super::lists::common;
use super::views::{Action, TreeNode, Way};
use super::{Site, ThemeError};

/// The page of the tree.
pub(super) const PATH: &str = "lists/organisation.html";
/// What the list of a page holds; deeper groups stand on the pages of those they are in.
const ROOM: Room = Room { most: 240, levels: 12, least: 20 };

#[derive(Serialize)]
struct Body<'a> {
    heading: &'a str,
    chart_svg: Option<String>,
    /// How many groups the chart leaves out.
    chart_hidden: usize,
    groups: Vec<TreeNode>,
    /// How many groups have no room in the list.
    groups_more: usize,
    /// The list of all groups.
    all_href: String,
    actions: Vec<Action>,
}

pub(super) fn page(site: &Site<'_>) -> Result<(String, Vec<u8>), ThemeError> {
    let context = Context::new(site, PATH);
    let roots = roots(site);
    let mut list = List::new(&context, &roots);
    let (groups, _) = list.nodes(&roots, 0);
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
    let all_href = context.href(&crate::routes::list(Some("Group"), 1));
    let body = Body { heading, chart_svg, chart_hidden, groups, groups_more, all_href, actions };
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

/// How many groups of an organisation are shown at once.
pub(super) struct Room {
    /// Most groups.
    pub(super) most: usize,
    /// Most levels.
    pub(super) levels: usize,
    /// Fewer than this of the groups in one are none: it is shown closed.
    pub(super) least: usize,
}

impl Room {
    /// Those that are shown: whole levels while there is room for them, and of the next as many in each
    /// group as there is room for.
    pub(super) fn fill(&self, site: &Site<'_>, roots: &[EntityId]) -> FxHashSet<EntityId> {
        let mut shown: FxHashSet<EntityId> = FxHashSet::default();
        let mut level: Vec<Vec<EntityId>> = vec![roots.to_vec()];
        for _ in 0..self.levels {
            let room = self.most - shown.len();
            let wanted: usize = level.iter().map(Vec::len).sum();
            let each = if wanted <= room { usize::MAX } else { room / level.len().max(1) };
            let taken = |group: &Vec<EntityId>| if group.len() > each && each < self.least { 0 } else { each };
            let added: Vec<EntityId> = level
                .iter()
                .flat_map(|group| group.iter().copied().take(taken(group)))
                .filter(|&id| shown.insert(id))
                .collect();
            if wanted > room || added.is_empty() {
                break;
            }
            let below = |id: EntityId| site.graph.targets(id, RelationId::CHILD_OF.flipped());
            level = added.iter().map(|&id| below(id).filter(|child| !shown.contains(child)).collect()).collect();
            level.retain(|group: &Vec<EntityId>| !group.is_empty());
        }
        shown
    }
}

/// The groups below a group, and how many directly in it have no room.
pub(super) fn below(context: &Context<'_>, id: EntityId) -> (Vec<TreeNode>, usize) {
    let children: Vec<EntityId> =
        context.site.graph.targets(id, RelationId::CHILD_OF.flipped()).filter(|&child| child != id).collect();
    let mut list = List::new(context, &children);
    list.seen.insert(id);
    list.nodes(&children, 1)
}

/// A list of groups that holds each once.
struct List<'a, 'b> {
    context: &'a Context<'b>,
    shown: FxHashSet<EntityId>,
    seen: FxHashSet<EntityId>,
}

impl<'a, 'b> List<'a, 'b> {
    fn new(context: &'a Context<'b>, roots: &[EntityId]) -> Self {
        Self { context, shown: ROOM.fill(context.site, roots), seen: FxHashSet::default() }
    }

    /// The nodes of those that have room, and how many have none.
    fn nodes(&mut self, groups: &[EntityId], depth: usize) -> (Vec<TreeNode>, usize) {
        let (fresh, hidden): (Vec<EntityId>, Vec<EntityId>) = groups
            .iter()
            .copied()
            .filter(|id| !self.seen.contains(id))
            .partition(|id| depth < ROOM.levels && self.shown.contains(id));
        self.seen.extend(&fresh);
        (fresh.into_iter().map(|id| self.node(id, depth)).collect(), hidden.len())
    }

    fn node(&mut self, id: EntityId, depth: usize) -> TreeNode {
        let site = self.context.site;
        let link = self.context.link(id);
        let inside: Vec<EntityId> = site.graph.targets(id, RelationId::CHILD_OF.flipped()).collect();
        let (children, hidden) = self.nodes(&inside, depth + 1);
        let texts = site.texts();
        let title = match children.len() {
            0 => texts.counted(hidden, "group", "groups"),
            _ => texts.counted(hidden, "more group", "more groups"),
        };
        let href = link.href.as_ref().map(|href| format!("{href}#groups"));
        TreeNode {
            link,
            spec_type: site.catalog.entity(id).spec_type().map(str::to_owned),
            members: site.graph.targets(id, RelationId::MEMBER_OF.flipped()).count(),
            owned: site.index.owned_below(id),
            open: depth < 2,
            children,
            more: (hidden > 0).then_some(Way { title, href }),
        }
    }
}
