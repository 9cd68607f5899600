//! The neighbourhood of an entity: what leads to it, itself, what it leads to. Columns need no
//! layout; each group of neighbours is capped, with a way to its table.

use crate::graph::{Graph, RelationTarget};
use crate::model::{Catalog, EntityId, RelationId};

use super::super::context::Context;
use super::super::tables;
use super::super::views::Link;
use super::{Drawing, Edge, HEIGHT, Heading, Line, Look, MARGIN, Node, svg, tall, width_of};
use crate::theme::Texts;

/// How narrow and how wide a column is, and the room between two.
const COLUMN: (i32, i32) = (184, 236);
const GAP: (i32, i32) = (48, 72);
/// How wide a drawing is at most: as wide as the column that it stands in on a usual screen.
const MOST: i32 = 846;
const ROW: i32 = 54;
const HEADING: i32 = 26;
const BETWEEN: i32 = 8;
/// Most neighbours drawn under one heading.
const MAX_IN_GROUP: usize = 6;

/// A heading with what stands under it.
pub(super) struct Group {
    pub(super) title: String,
    nodes: Vec<Link>,
    more: usize,
    section: String,
}

impl Group {
    /// What stands under the heading, not placed yet.
    pub(super) fn nodes(&self, texts: &Texts, width: i32) -> impl Iterator<Item = Node> {
        let more = || Node::more(texts.with("+ {n} more", &[("n", &self.more)]), format!("#{}", self.section), width);
        self.nodes.iter().map(move |link| Node::of(link, width)).chain((self.more > 0).then(more))
    }
}

/// The neighbourhood as it is drawn.
pub(in crate::site) struct Ego {
    pub(in crate::site) wide: String,
    /// The same for a narrow screen.
    pub(in crate::site) tall: String,
    /// How many neighbours are drawn, where that is not all.
    pub(in crate::site) note: Option<String>,
}

/// The drawing; `None` when there is nothing to draw.
pub(in crate::site) fn ego(context: &Context<'_>, id: EntityId) -> Option<Ego> {
    let (left, right) = sides(context, id);
    if left.is_empty() && right.is_empty() {
        return None;
    }
    let total = |groups: &[Group]| groups.iter().map(|group| group.nodes.len() + group.more).sum::<usize>();
    let hidden: usize = left.iter().chain(&right).map(|group| group.more).sum();
    let (before, after) = (total(&left), total(&right));
    let texts = context.site.texts();
    let note = (hidden > 0).then(|| {
        let (drawn, all) = (before + after - hidden, before + after);
        texts.with("{drawn} of {all} neighbours are drawn; the tables have all.", &[("drawn", &drawn), ("all", &all)])
    });
    let me = context.link(id);
    let description = texts.with(
        "{before} on the left lead to {title}; it leads to {after} on the right. The tables below list them all.",
        &[("before", &before), ("title", &me.title), ("after", &after)],
    );
    Some(Ego {
        wide: draw(texts, &me, &left, &right, description),
        tall: tall::draw(texts, &me, [&left, &right], [before, after]),
        note,
    })
}

/// What is drawn on which side, in order.
fn sides(context: &Context<'_>, id: EntityId) -> (Vec<Group>, Vec<Group>) {
    let (catalog, graph) = (context.site.catalog, context.site.graph);
    let kind = catalog.entity(id).reference.kind.as_str();
    let structural = matches!(kind, "System" | "Domain" | "Group" | "AiResource");
    let mut left = Vec::new();
    let mut right = Vec::new();
    for relation in relations_of(graph, id) {
        let to_the_right = match (relation.pair, relation.inverse) {
            (pair, inverse) if pair == RelationId::OWNED_BY.pair || pair == RelationId::MEMBER_OF.pair => {
                // Ownership is in the facts; it would drown the rest.
                let _ = inverse;
                continue;
            }
            (pair, inverse) if pair == RelationId::PART_OF.pair || pair == RelationId::CHILD_OF.pair => {
                if !structural && (kind != "Component" || !between_components(catalog, graph, id, relation)) {
                    continue;
                }
                inverse
            }
            // An API stands between those who call it and those who offer it.
            (pair, inverse) if pair == RelationId::PROVIDES_API.pair => inverse || kind == "Component",
            (_, inverse) => !inverse,
        };
        let group = group(context, id, relation);
        if to_the_right { right.push(group) } else { left.push(group) }
    }
    (left, right)
}

fn relations_of(graph: &Graph, id: EntityId) -> Vec<RelationId> {
    let mut relations: Vec<RelationId> = graph.relations(id).iter().map(|one| one.relation).collect();
    relations
        .sort_unstable_by_key(|relation| (std::cmp::Reverse(relation.pair == RelationId::DEPENDS_ON.pair), *relation));
    relations.dedup();
    relations
}

fn between_components(catalog: &Catalog, graph: &Graph, id: EntityId, relation: RelationId) -> bool {
    graph.targets(id, relation).any(|target| catalog.entity(target).reference.kind == "Component")
}

fn group(context: &Context<'_>, id: EntityId, relation: RelationId) -> Group {
    let relations = &context.site.catalog.kinds.relations;
    let targets: Vec<&RelationTarget> =
        context.site.graph.relations(id).iter().filter(|one| one.relation == relation).map(|one| &one.target).collect();
    let shown = if targets.len() > MAX_IN_GROUP { MAX_IN_GROUP - 1 } else { targets.len() };
    Group {
        title: context.site.t(relations.label(relation)),
        nodes: targets[..shown].iter().map(|target| context.target(target)).collect(),
        more: targets.len() - shown,
        section: section(context, id, relation, targets.first().copied()),
    }
}

/// The anchor of the table that has all of a group.
fn section(context: &Context<'_>, id: EntityId, relation: RelationId, first: Option<&RelationTarget>) -> String {
    let kind = context.site.catalog.entity(id).reference.kind.as_str();
    match (kind, first) {
        ("System" | "Domain", Some(target)) if relation == RelationId::PART_OF.flipped() => {
            tables::parts_id(&context.target(target).kind)
        }
        ("Group", _) if relation == RelationId::CHILD_OF.flipped() => "child-groups".to_owned(),
        _ if relation == RelationId::PART_OF || relation == RelationId::CHILD_OF => "about".to_owned(),
        _ => tables::section_id(context.site.catalog.kinds.relations.name(relation)),
    }
}

fn height(groups: &[Group]) -> i32 {
    let heights = groups.iter().map(|group| HEADING + ROW * rows(group));
    heights.sum::<i32>() + BETWEEN * i32::try_from(groups.len().saturating_sub(1)).unwrap_or(0)
}

/// The width of a column; nothing for one without groups.
fn widest(groups: &[Group]) -> i32 {
    let names = groups.iter().flat_map(|group| &group.nodes).map(|link| link.title.as_str());
    if groups.is_empty() { 0 } else { width_of(names, COLUMN.0, COLUMN.1) }
}

/// How many nodes stand under a heading.
fn rows(group: &Group) -> i32 {
    i32::try_from(group.nodes.len() + usize::from(group.more > 0)).unwrap_or(i32::MAX)
}

/// A drawing of groups left and right of one node. Columns without groups are left out.
fn draw(texts: &Texts, me: &Link, left: &[Group], right: &[Group], description: String) -> String {
    let inner = height(left).max(height(right)).max(HEIGHT);
    let [before, own, after] =
        [widest(left), width_of(std::iter::once(me.title.as_str()), COLUMN.0, COLUMN.1), widest(right)];
    let gaps = i32::from(!left.is_empty()) + i32::from(!right.is_empty());
    let gap = ((MOST - 2 * MARGIN - before - own - after) / gaps.max(1)).clamp(GAP.0, GAP.1);
    let x_self = MARGIN + if left.is_empty() { 0 } else { before + gap };
    let x_right = x_self + own + gap;
    let y_self = MARGIN + (inner - HEIGHT) / 2;
    let middle = y_self + HEIGHT / 2;
    let mut drawing = Drawing {
        id: "graph",
        title: texts.with("Dependencies of {title}", &[("title", &me.title)]),
        description,
        width: MARGIN + if right.is_empty() { x_self + own } else { x_right + after },
        height: inner + 2 * MARGIN,
        ..Drawing::default()
    };
    column(texts, &mut drawing, left, (MARGIN, before), inner, |y| [(MARGIN + before, y), (x_self - 1, middle)]);
    column(texts, &mut drawing, right, (x_right, after), inner, |y| [(x_self + own, middle), (x_right - 1, y)]);
    drawing.nodes.push(Node { look: Look::Own, ..Node::of(me, own) }.at(x_self, y_self));
    svg::svg(&drawing)
}

fn column(
    texts: &Texts,
    drawing: &mut Drawing,
    groups: &[Group],
    (x, width): (i32, i32),
    inner: i32,
    ends: impl Fn(i32) -> [(i32, i32); 2],
) {
    let mut y = MARGIN + (inner - height(groups)) / 2;
    for group in groups {
        drawing.headings.push(Heading { x: x + 1, y: y + 16, text: group.title.clone() });
        y += HEADING;
        for node in group.nodes(texts, width) {
            let points = ends(y + HEIGHT / 2).to_vec();
            drawing.edges.push(Edge { points, line: Line::Arrow, label: None });
            drawing.nodes.push(node.at(x, y));
            y += ROW;
        }
        y += BETWEEN;
    }
}
