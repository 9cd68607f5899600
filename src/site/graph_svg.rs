//! The neighbourhood of an entity as inline SVG: what leads to it, itself, what it leads to.
//! Columns need no layout engine; the drawing is the same for the same input, and capped.

use std::fmt::Write as _;

use crate::graph::{Graph, RelationTarget};
use crate::markdown::escape;
use crate::model::{Catalog, EntityId, RelationId};

use super::context::Context;
use super::views::Link;

const WIDTH: f64 = 208.0;
const HEIGHT: f64 = 44.0;
const GAP: f64 = 72.0;
const ROW: f64 = 54.0;
const HEADING: f64 = 26.0;
const BETWEEN: f64 = 8.0;
const MARGIN: f64 = 16.0;
/// Most neighbours drawn under one heading.
const MAX_IN_GROUP: usize = 6;
/// Most characters of a name.
const MAX_NAME: usize = 25;

/// A heading with what stands under it.
struct Group {
    title: String,
    nodes: Vec<Link>,
    more: usize,
    section: String,
}

/// The drawing and a line about it; `None` when there is nothing to draw.
pub(super) fn ego(context: &Context<'_>, id: EntityId) -> Option<(String, Option<String>)> {
    let (left, right) = sides(context, id);
    if left.is_empty() && right.is_empty() {
        return None;
    }
    let total = |groups: &[Group]| groups.iter().map(|group| group.nodes.len() + group.more).sum::<usize>();
    let hidden: usize = left.iter().chain(&right).map(|group| group.more).sum();
    let (before, after) = (total(&left), total(&right));
    let note = (hidden > 0).then(|| {
        format!("{} of {} neighbours are drawn; the tables have all.", before + after - hidden, before + after)
    });
    let me = context.link(id);
    let description = format!(
        "{before} on the left lead to {}; it leads to {after} on the right. The tables below list them all.",
        me.title
    );
    Some((draw(&me, &left, &right, &description), note))
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
        title: relations.label(relation).to_owned(),
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
            super::tables::parts_id(&context.target(target).kind)
        }
        ("Group", _) if relation == RelationId::CHILD_OF.flipped() => "child-groups".to_owned(),
        _ if relation == RelationId::PART_OF || relation == RelationId::CHILD_OF => "about".to_owned(),
        _ => super::tables::section_id(context.site.catalog.kinds.relations.name(relation)),
    }
}

fn height(groups: &[Group]) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "a handful of rows")]
    let rows = |group: &Group| (group.nodes.len() + usize::from(group.more > 0)) as f64;
    let heights: f64 = groups.iter().map(|group| HEADING + ROW * rows(group)).sum();
    #[allow(clippy::cast_precision_loss, reason = "a handful of groups")]
    let between = BETWEEN * groups.len().saturating_sub(1) as f64;
    heights + between
}

/// A drawing of groups left and right of one node. Columns without groups are left out.
fn draw(me: &Link, left: &[Group], right: &[Group], description: &str) -> String {
    let inner = height(left).max(height(right)).max(HEIGHT);
    let x_self = MARGIN + if left.is_empty() { 0.0 } else { WIDTH + GAP };
    let x_right = x_self + WIDTH + GAP;
    let width = if right.is_empty() { x_self + WIDTH + MARGIN } else { x_right + WIDTH + MARGIN };
    let total = inner + 2.0 * MARGIN;
    let y_self = MARGIN + (inner - HEIGHT) / 2.0;
    let mut out = format!(
        "<svg class=\"graph\" xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{total}\" viewBox=\"0 0 {width} {total}\" role=\"group\" aria-labelledby=\"graph-title graph-desc\"><title id=\"graph-title\">Dependencies of {}</title><desc id=\"graph-desc\">{}</desc><defs><marker id=\"graph-arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path class=\"g-arrow\" d=\"M0 0.5L7.5 4 0 7.5z\"/></marker></defs>",
        escape(&me.title),
        escape(description)
    );
    let mut nodes = String::new();
    let middle = y_self + HEIGHT / 2.0;
    column(&mut out, &mut nodes, left, MARGIN, inner, |y| (MARGIN + WIDTH, y, x_self, middle));
    column(&mut out, &mut nodes, right, x_right, inner, |y| (x_self + WIDTH, middle, x_right, y));
    node(&mut nodes, me, x_self, y_self, true);
    out.push_str(&nodes);
    out.push_str("</svg>");
    out
}

fn column(
    edges: &mut String,
    nodes: &mut String,
    groups: &[Group],
    x: f64,
    inner: f64,
    ends: impl Fn(f64) -> (f64, f64, f64, f64),
) {
    let mut y = MARGIN + (inner - height(groups)) / 2.0;
    for group in groups {
        let _ = write!(
            nodes,
            "<text class=\"g-group\" x=\"{}\" y=\"{}\">{}</text>",
            x + 1.0,
            y + 16.0,
            escape(&group.title)
        );
        y += HEADING;
        let mut edge = |y: f64| {
            let (x1, y1, x2, y2) = ends(y + HEIGHT / 2.0);
            let mid = f64::midpoint(x1, x2);
            let _ = write!(
                edges,
                "<path class=\"g-edge\" marker-end=\"url(#graph-arrow)\" d=\"M{x1} {y1}C{mid} {y1} {mid} {y2} {} {y2}\"/>",
                x2 - 1.0
            );
        };
        for link in &group.nodes {
            edge(y);
            node(nodes, link, x, y, false);
            y += ROW;
        }
        if group.more > 0 {
            edge(y);
            let _ = write!(
                nodes,
                "<a class=\"g-node g-more\" href=\"#{}\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"7\"/><text class=\"g-name\" x=\"{}\" y=\"{}\">+{} more</text></a>",
                group.section,
                x + 0.5,
                y + 0.5,
                WIDTH - 1.0,
                HEIGHT - 1.0,
                x + 11.5,
                y + 27.0,
                group.more
            );
            y += ROW;
        }
        y += BETWEEN;
    }
}

fn node(out: &mut String, link: &Link, x: f64, y: f64, is_self: bool) {
    let class = match (&link.href, is_self) {
        (_, true) => " is-self",
        (None, _) => " is-missing",
        _ => "",
    };
    let inner = format!(
        "<title>{}</title><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"7\"/><circle class=\"g-dot\" cx=\"{}\" cy=\"{}\" r=\"3.5\"/><text class=\"g-kind\" x=\"{}\" y=\"{}\">{}</text><text class=\"g-name\" x=\"{}\" y=\"{}\">{}</text>",
        escape(&link.reference),
        x + 0.5,
        y + 0.5,
        WIDTH - 1.0,
        HEIGHT - 1.0,
        x + 15.0,
        y + 16.0,
        x + 24.0,
        y + 20.0,
        escape(&link.kind_label),
        x + 11.5,
        y + 35.0,
        escape(&cut(&link.title))
    );
    let kind = class_name(&link.kind);
    match &link.href {
        Some(href) if !is_self => {
            let _ = write!(out, "<a class=\"g-node k-{kind}{class}\" href=\"{}\">{inner}</a>", escape(href));
        }
        _ => {
            let _ = write!(out, "<g class=\"g-node k-{kind}{class}\">{inner}</g>");
        }
    }
}

/// A kind as part of a class name: kinds of unresolved references may hold anything.
fn class_name(kind: &str) -> String {
    kind.chars().filter(char::is_ascii_alphanumeric).collect()
}

fn cut(text: &str) -> String {
    if text.chars().count() <= MAX_NAME {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(MAX_NAME - 1).collect();
    cut.push('…');
    cut
}
