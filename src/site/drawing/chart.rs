//! The groups of an organisation as a tree, from left to right: all of them where there is room, and
//! the part around one group.

use rustc_hash::FxHashSet;

use crate::model::{EntityId, RelationId};

use super::super::Site;
use super::super::context::Context;
use super::super::tree::Room;
use super::{Drawing, Edge, HEIGHT, Line, Look, MARGIN, Node, svg, width_of};

/// The groups that are drawn.
const ROOM: Room = Room { most: 60, levels: MAX_DEPTH, least: 1 };
/// Most groups below the one that a page is about.
const MAX_CHILDREN: usize = 20;
/// Most columns.
const MAX_DEPTH: usize = 8;
/// The room between two columns.
const GAP: i32 = 48;
/// The width of a node at least.
const LEAST: i32 = 216;
/// From one node to the next below it.
const PITCH: i32 = 54;
/// What is higher than this does not fit on a screen.
const TALL: i32 = 8 * PITCH;

/// A group with those below it.
struct Branch {
    id: EntityId,
    below: Vec<Branch>,
    /// How many below it are not drawn.
    hidden: usize,
}

/// The chart of these groups and what is below them, and how many of all it leaves out. Groups alone
/// are no chart: `None`.
pub(in crate::site) fn chart(context: &Context<'_>, roots: &[EntityId], total: usize) -> Option<(String, usize)> {
    let graph = context.site.graph;
    let below = |id: EntityId| graph.targets(id, RelationId::CHILD_OF.flipped());
    let roots: Vec<EntityId> = roots.iter().copied().filter(|&root| below(root).any(|child| child != root)).collect();
    if roots.is_empty() {
        return None;
    }
    let drawn = ROOM.fill(context.site, &roots);
    let mut seen = FxHashSet::default();
    let branches: Vec<Branch> = roots
        .iter()
        .take_while(|root| drawn.contains(root))
        .map(|&root| branch(context.site, root, &drawn, &mut seen))
        .collect();
    let hidden = total - seen.len();
    let title = context.site.texts().t("The groups of the organisation").to_owned();
    Some((Tree::draw(context, &branches, None, title), hidden))
}

/// The part of the chart around a group: what it is in, itself, and what is directly in it.
pub(in crate::site) fn part(context: &Context<'_>, id: EntityId) -> Option<String> {
    let graph = context.site.graph;
    let mut children: Vec<EntityId> =
        graph.targets(id, RelationId::CHILD_OF.flipped()).filter(|&child| child != id).collect();
    let hidden = children.len().saturating_sub(MAX_CHILDREN);
    children.truncate(MAX_CHILDREN);
    let below = children.into_iter().map(|id| Branch { id, below: Vec::new(), hidden: 0 }).collect();
    let mut at = Branch { id, below, hidden };
    let mut seen = vec![id];
    while let Some(parent) = graph.targets(at.id, RelationId::CHILD_OF).find(|parent| !seen.contains(parent)) {
        seen.push(parent);
        at = Branch { id: parent, below: vec![at], hidden: 0 };
        if seen.len() == MAX_DEPTH {
            break;
        }
    }
    if at.below.is_empty() {
        return None;
    }
    let title = context.link(id).title;
    let title = context.site.texts().with("{title} in the organisation", &[("title", &title)]);
    Some(Tree::draw(context, &[at], Some(id), title))
}

fn branch(site: &Site<'_>, id: EntityId, drawn: &FxHashSet<EntityId>, seen: &mut FxHashSet<EntityId>) -> Branch {
    seen.insert(id);
    let mut hidden = 0;
    let mut below = Vec::new();
    for child in site.graph.targets(id, RelationId::CHILD_OF.flipped()) {
        if seen.contains(&child) {
            continue;
        }
        if drawn.contains(&child) {
            below.push(branch(site, child, drawn, seen));
        } else {
            hidden += 1;
        }
    }
    Branch { id, below, hidden }
}

/// A drawing on which branches are put.
struct Tree<'a, 'b> {
    context: &'a Context<'b>,
    own: Option<EntityId>,
    /// The left edge and the width of each column.
    columns: Vec<(i32, i32)>,
    /// Where the next leaf goes.
    next: i32,
    drawing: Drawing,
}

impl<'a, 'b> Tree<'a, 'b> {
    fn draw(context: &'a Context<'b>, roots: &[Branch], own: Option<EntityId>, title: String) -> String {
        let mut columns = Vec::new();
        let mut x = MARGIN;
        let mut level: Vec<&Branch> = roots.iter().collect();
        while !level.is_empty() {
            let names: Vec<String> = level.iter().map(|one| context.link(one.id).title).collect();
            let width = width_of(names.iter().map(String::as_str), LEAST, 240);
            columns.push((x, width));
            x += width + GAP;
            let hides = level.iter().any(|one| one.hidden > 0);
            level = level.into_iter().flat_map(|one| &one.below).collect();
            if level.is_empty() && hides {
                columns.push((x, LEAST));
                x += LEAST + GAP;
            }
        }
        let texts = context.site.texts();
        let description =
            texts.t("From left to right: a group, and the groups in it. The list says the same.").to_owned();
        let drawing = Drawing { id: "chart", title, description, width: x - GAP + MARGIN, ..Drawing::default() };
        let mut tree = Self { context, own, columns, next: MARGIN, drawing };
        for root in roots {
            tree.branch(root, 0);
        }
        tree.drawing.height = tree.next - (PITCH - HEIGHT) + MARGIN;
        svg::svg(&tree.drawing)
    }

    /// Puts a branch on the drawing; the middle of its group.
    fn branch(&mut self, branch: &Branch, depth: usize) -> i32 {
        let (x, width) = self.columns[depth];
        let place = self.drawing.nodes.len();
        self.drawing.nodes.push(self.group(branch.id, width));
        let mut ends: Vec<i32> = branch.below.iter().map(|below| self.branch(below, depth + 1)).collect();
        if branch.hidden > 0 {
            ends.push(self.hidden(branch, depth + 1));
        }
        let middle = match (ends.first(), ends.last()) {
            // Beside the first of many, or it would be out of view with those that are.
            (Some(first), Some(last)) if last - first > TALL => *first,
            (Some(first), Some(last)) => i32::midpoint(*first, *last),
            _ => self.leaf(),
        };
        self.drawing.nodes[place].x = x;
        self.drawing.nodes[place].y = middle - HEIGHT / 2;
        for end in ends {
            let points = vec![(x + width, middle), (self.columns[depth + 1].0, end)];
            self.drawing.edges.push(Edge { points, line: Line::Branch, label: None });
        }
        middle
    }

    /// The middle of the next leaf.
    fn leaf(&mut self) -> i32 {
        self.next += PITCH;
        self.next - PITCH + HEIGHT / 2
    }

    /// A node for those below a group that are not drawn.
    fn hidden(&mut self, branch: &Branch, depth: usize) -> i32 {
        let middle = self.leaf();
        let (x, width) = self.columns[depth];
        let href = if self.own == Some(branch.id) {
            "#groups".to_owned()
        } else {
            self.context.link(branch.id).href.unwrap_or_default()
        };
        let name = format!("+ {}", self.context.site.texts().counted(branch.hidden, "group", "groups"));
        self.drawing.nodes.push(Node::more(name, href, width).at(x, middle - HEIGHT / 2));
        middle
    }

    fn group(&self, id: EntityId, width: i32) -> Node {
        let site = self.context.site;
        let members = site.graph.targets(id, RelationId::MEMBER_OF.flipped()).count();
        let owned = site.index.owned_below(id);
        let texts = site.texts();
        let mut over = site.catalog.entity(id).spec_type().unwrap_or(texts.t("group")).to_owned();
        if members > 0 {
            over.push_str(&format!(" · {}", texts.counted(members, "person", "people")));
        }
        if owned > 0 {
            over.push_str(&format!(" · {}", texts.with("owns {n}", &[("n", &owned)])));
        }
        let look = if self.own == Some(id) { Look::Own } else { Look::Plain };
        Node { over, look, ..Node::of(&self.context.link(id), width) }
    }
}
