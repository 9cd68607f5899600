//! Writes a drawing as SVG: classes that the style sheet fills in, links, numbers. No style, no
//! script, and of what people wrote nothing but escaped text.

use std::fmt::Write as _;

use crate::markdown::escape;

use super::{Drawing, Edge, Frame, HEIGHT, Line, Look, Node, fit, tall};

/// The radius of a corner.
const CORNER: i32 = 8;

/// A drawing as text.
pub(super) fn svg(drawing: &Drawing) -> String {
    let Drawing { id, width, height, .. } = drawing;
    let wide = if *width > tall::WIDTH { " is-wide" } else { "" };
    let mut out = format!(
        "<svg class=\"graph{wide}\" xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"group\" aria-labelledby=\"{id}-title {id}-desc\"><title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>",
        escape(&drawing.title),
        escape(&drawing.description)
    );
    if drawing.edges.iter().any(|edge| edge.line != Line::Branch) {
        let _ = write!(
            out,
            "<defs><marker id=\"{id}-arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path class=\"g-arrow\" d=\"M0 0.5L7.5 4 0 7.5z\"/></marker></defs>"
        );
    }
    drawing.frames.iter().for_each(|one| frame(&mut out, one));
    drawing.edges.iter().for_each(|one| edge(&mut out, one, id));
    // Over all lines, so that none goes through a number.
    let mut placed = Vec::new();
    drawing.edges.iter().for_each(|one| label(&mut out, one, &mut placed));
    for heading in &drawing.headings {
        let _ = write!(
            out,
            "<text class=\"g-group\" x=\"{}\" y=\"{}\">{}</text>",
            heading.x,
            heading.y,
            escape(&heading.text)
        );
    }
    drawing.nodes.iter().for_each(|one| node(&mut out, one));
    out.push_str("</svg>");
    out
}

fn frame(out: &mut String, frame: &Frame) {
    let Frame { x, y, width, height, .. } = frame;
    let _ = write!(
        out,
        "<g class=\"g-frame k-{}\"><rect x=\"{x}.5\" y=\"{y}.5\" width=\"{width}\" height=\"{height}\" rx=\"10\"/><circle class=\"g-dot\" cx=\"{}\" cy=\"{}\" r=\"4\"/><text class=\"g-frame-name\" x=\"{}\" y=\"{}\">{}</text></g>",
        class_name(&frame.kind),
        x + 20,
        y + 21,
        x + 31,
        y + 26,
        escape(&fit(&frame.name, width - 48)),
    );
}

fn edge(out: &mut String, edge: &Edge, id: &str) {
    let Some((&(x, y), rest)) = edge.points.split_first() else { return };
    let mut path = format!("M{x} {y}");
    let mut before = (x, y);
    for &(x, y) in rest {
        match edge.line {
            _ if y == before.1 => {
                let _ = write!(path, "H{x}");
            }
            Line::Arrow => {
                let middle = i32::midpoint(before.0, x);
                let _ = write!(path, "C{middle} {} {middle} {y} {x} {y}", before.1);
            }
            Line::Down => {
                let corner = CORNER * (x - before.0).signum();
                let _ = write!(path, "H{}Q{x} {} {x} {}V{y}", x - corner, before.1, before.1 + CORNER);
            }
            Line::Across => {
                let corner = CORNER * (x - before.0).signum();
                let _ = write!(path, "V{}Q{} {y} {} {y}H{x}", y - CORNER, before.0, before.0 + corner);
            }
            Line::Branch => {
                let middle = i32::midpoint(before.0, x);
                let down = (y - before.1).signum();
                let corner = CORNER.min((y - before.1).abs() / 2);
                let _ = write!(
                    path,
                    "H{}Q{middle} {} {middle} {}V{}Q{middle} {y} {} {y}H{x}",
                    middle - corner,
                    before.1,
                    before.1 + down * corner,
                    y - down * corner,
                    middle + corner
                );
            }
        }
        before = (x, y);
    }
    let _ = match edge.line {
        Line::Arrow | Line::Down | Line::Across => {
            write!(out, "<path class=\"g-edge\" marker-end=\"url(#{id}-arrow)\" d=\"{path}\"/>")
        }
        Line::Branch => write!(out, "<path class=\"g-edge\" d=\"{path}\"/>"),
    };
}

/// Where on its bend a number may stand, in eighths of the way: the middle first.
const PLACES: [i32; 5] = [4, 3, 5, 2, 6];

/// The number on a line, where it is clear of those before it if it can be.
fn label(out: &mut String, edge: &Edge, placed: &mut Vec<(i32, i32)>) {
    let Some(label) = &edge.label else { return };
    let at = if label.first { 0 } else { edge.points.len().saturating_sub(2) };
    let [from, to, ..] = edge.points[at..] else { return };
    let is_clear = |(x, y): &(i32, i32)| placed.iter().all(|(a, b)| (x - a).abs() > 18 || (y - b).abs() > 13);
    let mut places = PLACES.iter().map(|&eighths| on_bend(from, to, eighths));
    let (x, y) = places.find(is_clear).unwrap_or_else(|| on_bend(from, to, PLACES[0]));
    placed.push((x, y));
    let _ = write!(out, "<text class=\"g-count\" x=\"{x}\" y=\"{}\">{}</text>", y + 4, escape(&label.text));
}

/// A point of the curve that [`edge`] draws between two points.
fn on_bend((x1, y1): (i32, i32), (x2, y2): (i32, i32), eighths: i32) -> (i32, i32) {
    let middle = i32::midpoint(x1, x2);
    let (t, u) = (i64::from(eighths), i64::from(8 - eighths));
    let cubic = |[a, b, c, d]: [i32; 4]| {
        let sum = i64::from(a) * u * u * u + 3 * i64::from(b) * u * u * t + 3 * i64::from(c) * u * t * t;
        i32::try_from((sum + i64::from(d) * t * t * t) / 512).unwrap_or(0)
    };
    (cubic([x1, middle, middle, x2]), cubic([y1, y1, y2, y2]))
}

fn node(out: &mut String, node: &Node) {
    let look = match node.look {
        Look::Plain => "",
        Look::Own => " is-self",
        Look::More => " g-more",
        Look::Missing => " is-missing",
    };
    let (x, y, width) = (node.x, node.y, node.width);
    let mut inner = String::new();
    if !node.tip.is_empty() {
        let _ = write!(inner, "<title>{}</title>", escape(&node.tip));
    }
    let _ = write!(inner, "<rect x=\"{x}.5\" y=\"{y}.5\" width=\"{}\" height=\"{}\" rx=\"7\"/>", width - 1, HEIGHT - 1);
    if node.look == Look::More {
        let name = escape(&fit(&node.name, width - 22));
        let _ = write!(inner, "<text class=\"g-name\" x=\"{}\" y=\"{}\">{name}</text>", x + 12, y + 27);
    } else {
        let aside = node.aside.as_ref().map_or(0, |text| super::text_width(text) + 8);
        let over = escape(&fit(&node.over, (width - 36 - aside) * 13 / 11));
        let name = escape(&fit(&node.name, width - 22));
        let _ = write!(
            inner,
            "<circle class=\"g-dot\" cx=\"{}\" cy=\"{}\" r=\"3.5\"/><text class=\"g-kind\" x=\"{}\" y=\"{}\">{over}</text>",
            x + 15,
            y + 16,
            x + 24,
            y + 20
        );
        if let Some(aside) = &node.aside {
            let (x, y) = (x + width - 12, y + 20);
            let _ = write!(inner, "<text class=\"g-kind g-aside\" x=\"{x}\" y=\"{y}\">{}</text>", escape(aside));
        }
        let _ = write!(inner, "<text class=\"g-name\" x=\"{}\" y=\"{}\">{name}</text>", x + 12, y + 35);
    }
    let kind = if node.kind.is_empty() { String::new() } else { format!(" k-{}", class_name(&node.kind)) };
    let _ = match &node.href {
        Some(href) if node.look != Look::Own => {
            write!(out, "<a class=\"g-node{kind}{look}\" href=\"{}\">{inner}</a>", escape(href))
        }
        _ => write!(out, "<g class=\"g-node{kind}{look}\">{inner}</g>"),
    };
}

/// A kind as part of a class name: kinds of unresolved references may hold anything.
fn class_name(kind: &str) -> String {
    kind.chars().filter(char::is_ascii_alphanumeric).collect()
}
