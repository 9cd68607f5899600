//! The neighbourhood of an entity for a narrow screen: what leads to it above, what it leads to below,
//! and one line along them all. It is as wide as a telephone is, and nothing in it is cut off.

use crate::theme::Texts;

use super::super::views::Link;
use super::ego::Group;
use super::{Drawing, Edge, HEIGHT, Heading, Line, Look, MARGIN, Node, svg};

/// The width of the drawing; a wider one scrolls on a telephone.
pub(super) const WIDTH: i32 = 340;
/// From the left edge to the line, and to the nodes beside it.
const SPINE: i32 = 16;
const INDENT: i32 = 36;
/// From one node to the next below it, and the height of words over some.
const ROW: i32 = 52;
const HEADING: i32 = 26;
/// The room between groups and the entity.
const BETWEEN: i32 = 12;

/// A drawing of groups above and below one node, of which so many are said to be there.
pub(super) fn draw(texts: &Texts, me: &Link, [above, below]: [&[Group]; 2], [before, after]: [usize; 2]) -> String {
    let mut drawing = Drawing {
        id: "tall",
        title: texts.with("Dependencies of {title}", &[("title", &me.title)]),
        description: texts.with(
            "{before} above lead to {title}; it leads to {after} below. The tables below list them all.",
            &[("before", &before), ("title", &me.title), ("after", &after)],
        ),
        width: WIDTH,
        ..Drawing::default()
    };
    let mut y = MARGIN / 2;
    let first = place(texts, &mut drawing, above, &mut y);
    let own = y;
    drawing.nodes.push(Node { look: Look::Own, ..Node::of(me, WIDTH - 2) }.at(1, own));
    y += HEIGHT + BETWEEN;
    let second = place(texts, &mut drawing, below, &mut y);
    let into = |&middle: &i32| (vec![(INDENT, middle), (SPINE, own - 1)], Line::Down);
    let out_of = |&middle: &i32| (vec![(SPINE, own + HEIGHT), (INDENT - 1, middle)], Line::Across);
    let lines = first.iter().map(into).chain(second.iter().map(out_of));
    drawing.edges = lines.map(|(points, line)| Edge { points, line, label: None }).collect();
    drawing.height = y - BETWEEN + MARGIN / 2;
    svg::svg(&drawing)
}

/// Puts groups below each other from a height on, which is below them then; the middles of their nodes.
fn place(texts: &Texts, drawing: &mut Drawing, groups: &[Group], y: &mut i32) -> Vec<i32> {
    let mut middles = Vec::new();
    for group in groups {
        drawing.headings.push(Heading { x: INDENT + 1, y: *y + 16, text: group.title.clone() });
        *y += HEADING;
        for node in group.nodes(texts, WIDTH - INDENT - 1) {
            drawing.nodes.push(node.at(INDENT, *y));
            middles.push(*y + HEIGHT / 2);
            *y += ROW;
        }
        *y += BETWEEN - (ROW - HEIGHT);
    }
    middles
}
