//! What is inside of a system or a domain, in columns by what uses what, and what crosses its border:
//! those who use it at the left, what it uses at the right, each neighbour once on a side. Beyond a
//! number that can be read, nodes and lines stand for several.

use std::collections::BTreeMap;

use crate::model::EntityId;

use super::super::borders::{Border, Neighbour, Unit};
use super::super::context::Context;
use super::super::tables;
use super::layers::{Pin, lay_out};
use super::shape::Shape;
use super::{Drawing, Edge, Frame, HEIGHT, Heading, Label, Line, MARGIN, Node, svg};

/// Most parts that are drawn; the rest of a kind is one node.
const MAX_PARTS: usize = 40;
/// Most neighbours on a side.
const MAX_NEIGHBOURS: usize = 12;
/// Most lines that cross the border to parts; with more they end at the border.
const MAX_CROSSING: usize = 40;

/// Most numbers on the lines of a side; with more they hide each other, and the nodes have theirs.
const MAX_NUMBERS: usize = 4;

/// Where the tables of the sides are.
const SIDES: [&str; 2] = ["#used-by", "#uses"];

/// A drawing before it has places.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) nodes: Vec<Node>,
    pub(super) pins: Vec<Pin>,
    /// Lines, and how many relations they stand for.
    pub(super) edges: BTreeMap<(usize, usize), usize>,
}

/// The drawing of a system or domain with its parts; `None` when it has none.
pub(in crate::site) fn parts(
    context: &Context<'_>,
    whole: EntityId,
    parts: &[EntityId],
    border: &Border,
) -> Option<String> {
    if parts.is_empty() {
        return None;
    }
    let mut plan = Plan::default();
    let at = plan.inside(context, parts, border);
    for (&(from, to), &count) in &border.inside {
        if at[&from] != at[&to] {
            *plan.edges.entry((at[&from], at[&to])).or_default() += count;
        }
    }
    let sides = [&border.used_by, &border.uses];
    let crossing: usize =
        sides.iter().flat_map(|side| side.iter().take(MAX_NEIGHBOURS)).map(|(_, other)| other.parts.len()).sum();
    let to_parts = crossing <= MAX_CROSSING;
    for (side, pin) in sides.into_iter().zip([Pin::First, Pin::Last]) {
        plan.outside(context, side, pin, to_parts.then_some(&at));
    }
    Some(plan.draw(context, whole, parts.len(), border))
}

impl Plan {
    /// Nodes for the parts, and which node stands for which part.
    fn inside(&mut self, context: &Context<'_>, parts: &[EntityId], border: &Border) -> BTreeMap<EntityId, usize> {
        let mut lines: BTreeMap<EntityId, usize> = BTreeMap::new();
        let ends = border.inside.keys().flat_map(|&(from, to)| [from, to]);
        let outside = border.used_by.iter().chain(&border.uses).flat_map(|(_, other)| other.parts.keys().copied());
        for id in ends.chain(outside) {
            *lines.entry(id).or_default() += 1;
        }
        let mut first: Vec<EntityId> = parts.to_vec();
        // Those with the most lines say the most.
        if first.len() > MAX_PARTS {
            first.sort_by_key(|id| (std::cmp::Reverse(lines.get(id).copied().unwrap_or(0)), *id));
        }
        let rest = first.split_off(first.len().min(MAX_PARTS));
        first.sort_unstable();
        let mut at = BTreeMap::new();
        for id in first {
            at.insert(id, self.add(Node::of(&context.link(id), 0), Pin::Free));
        }
        let mut by_kind: BTreeMap<_, Vec<EntityId>> = BTreeMap::new();
        for id in rest {
            by_kind.entry(context.site.catalog.entity(id).kind).or_default().push(id);
        }
        for (kind, ids) in by_kind {
            let kind = context.site.catalog.kinds.get(kind);
            let href = format!("#{}", tables::parts_id(&kind.name));
            let words = context.site.texts().counted(ids.len(), &kind.singular(), &kind.plural);
            let node = Node::more(format!("+ {words}"), href, 0);
            let index = self.add(node, Pin::Free);
            at.extend(ids.into_iter().map(|id| (id, index)));
        }
        at
    }

    /// Nodes for the neighbours on a side, with lines to the parts where there is room for them.
    fn outside(
        &mut self,
        context: &Context<'_>,
        side: &[(Unit, Neighbour)],
        pin: Pin,
        parts: Option<&BTreeMap<EntityId, usize>>,
    ) {
        let shown = if side.len() > MAX_NEIGHBOURS { MAX_NEIGHBOURS - 1 } else { side.len() };
        for (unit, neighbour) in &side[..shown] {
            let mut node = outside(context, *unit);
            node.aside = Some(neighbour.count.to_string());
            node.tip =
                format!("{}: {}", node.tip, context.site.texts().counted(neighbour.count, "relation", "relations"));
            let index = self.add(node, pin);
            for (part, count) in parts.into_iter().flat_map(|at| neighbour.parts.iter().map(move |(id, n)| (at[id], n)))
            {
                let edge = if pin == Pin::First { (index, part) } else { (part, index) };
                *self.edges.entry(edge).or_default() += count;
            }
        }
        if shown < side.len() {
            let href = SIDES[usize::from(pin == Pin::Last)].to_owned();
            self.add(
                Node::more(context.site.texts().with("+ {n} more", &[("n", &(side.len() - shown))]), href, 0),
                pin,
            );
        }
    }

    fn add(&mut self, node: Node, pin: Pin) -> usize {
        self.nodes.push(node);
        self.pins.push(pin);
        self.nodes.len() - 1
    }

    /// Gives everything a place.
    fn draw(self, context: &Context<'_>, whole: EntityId, count: usize, border: &Border) -> String {
        let link = context.link(whole);
        let (plan, grid) = self.without_unlinked();
        let lines: Vec<(usize, usize)> = plan.edges.keys().copied().collect();
        let layout = lay_out(&plan.pins, &lines);
        let shape = Shape::of(&plan, &layout, &grid);
        let mut drawing = Drawing {
            id: "parts",
            title: context.site.texts().with("Inside of {title}", &[("title", &link.title)]),
            description: description(context, count, border),
            width: shape.width,
            height: shape.height,
            ..Drawing::default()
        };
        drawing.frames.push(Frame {
            x: shape.left,
            y: MARGIN,
            width: shape.right - shape.left,
            height: shape.height - 2 * MARGIN,
            kind: link.kind,
            name: link.title,
        });
        let mut numbers: BTreeMap<Pin, usize> = BTreeMap::new();
        for (&line, _) in plan.edges.iter().filter(|(_, count)| **count > 1) {
            *numbers.entry(plan.side(line)).or_default() += 1;
        }
        for ((route, &line), count) in layout.routes.iter().zip(&lines).zip(plan.edges.values()) {
            let Some(route) = route else { continue };
            // Where it is alone, so that it is clear of which line it speaks.
            let first = route.gathered != route.backwards;
            let side = plan.side(line);
            let has_number = *count > 1 && (side == Pin::Free || numbers[&side] <= MAX_NUMBERS);
            let label = has_number.then(|| Label { text: count.to_string(), first });
            drawing.edges.push(Edge { points: shape.points(&layout, route, line), line: Line::Arrow, label });
        }
        let mut linked = vec![false; plan.nodes.len()];
        lines.iter().flat_map(|&(from, to)| [from, to]).for_each(|at| linked[at] = true);
        for (at, node) in plan.nodes.into_iter().enumerate() {
            let (x, y, width) = shape.node(&layout, at);
            // What crosses in many places ends at the border.
            let line = match plan.pins[at] {
                Pin::First => [(x + width, y), (shape.left - 1, y)],
                _ => [(shape.right, y), (x - 1, y)],
            };
            if plan.pins[at] != Pin::Free && !linked[at] {
                drawing.edges.push(Edge { points: line.to_vec(), line: Line::Arrow, label: None });
            }
            drawing.nodes.push(Node { width, ..node }.at(x, y - HEIGHT / 2));
        }
        let texts = context.site.texts();
        for (pin, heading) in [(Pin::First, texts.t("Used by")), (Pin::Last, texts.t("Uses"))] {
            let nodes = (0..plan.pins.len()).filter(|&at| plan.pins[at] == pin);
            let highest = nodes.map(|at| shape.node(&layout, at)).min_by_key(|(_, y, _)| *y);
            drawing.headings.extend(highest.map(|(x, y, _)| Heading {
                x: x + 1,
                y: y - HEIGHT / 2 - 8,
                text: heading.to_owned(),
            }));
        }
        // Keys go through the columns, each from top to bottom.
        drawing.nodes.sort_by_key(|node| (node.x, node.y));
        shape.grid(grid, &mut drawing);
        svg::svg(&drawing)
    }

    /// The side that a line comes from or leads to; the middle where both of its ends are inside.
    fn side(&self, (from, to): (usize, usize)) -> Pin {
        [self.pins[from], self.pins[to]].into_iter().find(|pin| *pin != Pin::Free).unwrap_or(Pin::Free)
    }

    /// Without the parts that no line leads to or from, and those.
    fn without_unlinked(self) -> (Self, Vec<Node>) {
        let mut linked = vec![false; self.nodes.len()];
        self.edges.keys().flat_map(|&(from, to)| [from, to]).for_each(|at| linked[at] = true);
        let (mut kept, mut grid) = (Self::default(), Vec::new());
        let mut number = Vec::with_capacity(self.nodes.len());
        for ((node, pin), linked) in self.nodes.into_iter().zip(self.pins).zip(linked) {
            number.push(kept.nodes.len());
            if linked || pin != Pin::Free {
                kept.add(node, pin);
            } else {
                grid.push(node);
            }
        }
        kept.edges = self.edges.into_iter().map(|((from, to), count)| ((number[from], number[to]), count)).collect();
        (kept, grid)
    }
}

/// Who stands outside.
fn outside(context: &Context<'_>, unit: Unit) -> Node {
    let texts = context.site.texts();
    match unit {
        Unit::Entity(id) => Node::of(&context.link(id), 0),
        Unit::Owner(id) => Node { over: texts.t("Owned by").to_owned(), ..Node::of(&context.link(id), 0) },
        Unit::Alone => Node::nameless(texts.t("No owner"), texts.t("In no system")),
        Unit::Elsewhere => Node::nameless(texts.t("Elsewhere"), texts.t("Not in this catalog")),
    }
}

/// The drawing in sentences; the lists below it have the rest.
fn description(context: &Context<'_>, parts: usize, border: &Border) -> String {
    let texts = context.site.texts();
    texts.with(
        "{parts} with {relations} between them. {left} at the left use them; they use {right} at the right. The lists below say the same.",
        &[
            ("parts", &texts.counted(parts, "part", "parts")),
            ("relations", &texts.counted(border.inside.values().sum(), "relation", "relations")),
            ("left", &texts.counted(border.used_by.len(), "neighbour", "neighbours")),
            ("right", &texts.counted(border.uses.len(), "neighbour", "neighbours")),
        ],
    )
}
