//! Small graphs as DOT and as Mermaid: boxes by owner, arrows from who depends. Names are labels
//! only, and escaped; ids are numbers. What is too large to be drawn is left out with a count.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use crate::change::{Impact, Snapshot, Why};

use super::super::run::one_line;

/// Boxes that Mermaid's readers still draw: it refuses more than 500 arrows.
const MOST: usize = 250;

/// A graph that is to be drawn.
#[derive(Debug, Default)]
pub struct Drawing {
    nodes: Vec<Node>,
    arrows: Vec<(usize, String, usize)>,
    left_out: usize,
}

#[derive(Debug)]
struct Node {
    label: String,
    owner: Option<String>,
}

/// What depends on an entity, the nearest if not all can be drawn.
pub fn of_impact(impact: &Impact<'_>) -> Drawing {
    let mut drawing = Drawing::default();
    let mut numbers = FxHashMap::default();
    drawing.node(&impact.of, impact.snapshot, &mut numbers);
    for one in impact.dependents.iter().take(MOST) {
        let from = drawing.node(&one.key, impact.snapshot, &mut numbers);
        let to = drawing.node(&one.via, impact.snapshot, &mut numbers);
        drawing.arrows.push((from, one.relation.clone(), to));
    }
    drawing.left_out = impact.dependents.len().saturating_sub(MOST);
    drawing
}

/// The way between two entities.
pub fn of_why(why: &Why<'_>) -> Drawing {
    let mut drawing = Drawing::default();
    let mut numbers = FxHashMap::default();
    drawing.node(&why.from, why.snapshot, &mut numbers);
    drawing.node(&why.to, why.snapshot, &mut numbers);
    for step in why.steps.iter().take(MOST) {
        let from = drawing.node(&step.from, why.snapshot, &mut numbers);
        let to = drawing.node(&step.to, why.snapshot, &mut numbers);
        drawing.arrows.push((from, step.relation.clone(), to));
    }
    drawing.left_out = why.steps.len().saturating_sub(MOST);
    drawing
}

impl Drawing {
    fn node(&mut self, key: &str, snapshot: &Snapshot, numbers: &mut FxHashMap<String, usize>) -> usize {
        *numbers.entry(key.to_owned()).or_insert_with(|| {
            let owner = snapshot.owners(key).first().map(|owner| snapshot.short(owner));
            self.nodes.push(Node { label: snapshot.short(key), owner });
            self.nodes.len() - 1
        })
    }

    fn groups(&self) -> BTreeMap<Option<&str>, Vec<usize>> {
        let mut groups = BTreeMap::<Option<&str>, Vec<usize>>::new();
        for (number, node) in self.nodes.iter().enumerate() {
            groups.entry(node.owner.as_deref()).or_default().push(number);
        }
        groups
    }
}

/// As DOT, for Graphviz.
pub fn dot(drawing: &Drawing) -> String {
    let mut out = "digraph catalog {\n  rankdir=LR;\n  node [shape=box];\n".to_owned();
    for (at, (owner, numbers)) in drawing.groups().iter().enumerate() {
        if let Some(owner) = owner {
            let _ = writeln!(out, "  subgraph cluster_{at} {{\n    label={};", quoted(owner));
        }
        let indent = if owner.is_some() { "    " } else { "  " };
        for number in numbers {
            let _ = writeln!(out, "{indent}n{number} [label={}];", quoted(&drawing.nodes[*number].label));
        }
        if owner.is_some() {
            out.push_str("  }\n");
        }
    }
    for (from, relation, to) in &drawing.arrows {
        let _ = writeln!(out, "  n{from} -> n{to} [label={}];", quoted(relation));
    }
    if drawing.left_out > 0 {
        let _ = writeln!(out, "  more [label=\"… and {} more\", shape=plaintext];", drawing.left_out);
    }
    out.push_str("}\n");
    out
}

/// A label of DOT. A backslash would begin an escape, an HTML label needs no quotes.
fn quoted(text: &str) -> String {
    format!("\"{}\"", one_line(text).replace('\\', "\\\\").replace('"', "\\\""))
}

/// As Mermaid, for Markdown.
pub fn mermaid(drawing: &Drawing) -> String {
    let mut out = "flowchart LR\n".to_owned();
    for (at, (owner, numbers)) in drawing.groups().iter().enumerate() {
        if let Some(owner) = owner {
            let _ = writeln!(out, "  subgraph g{at}[\"{}\"]", entities(owner));
        }
        let indent = if owner.is_some() { "    " } else { "  " };
        for number in numbers {
            let _ = writeln!(out, "{indent}n{number}[\"{}\"]", entities(&drawing.nodes[*number].label));
        }
        if owner.is_some() {
            out.push_str("  end\n");
        }
    }
    for (from, relation, to) in &drawing.arrows {
        let _ = writeln!(out, "  n{from} -->|\"{}\"| n{to}", entities(relation));
    }
    if drawing.left_out > 0 {
        let _ = writeln!(out, "  more[\"… and {} more\"]", drawing.left_out);
    }
    out
}

/// A label of Mermaid: all that could be its syntax, Markdown or HTML by its number.
fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        if c.is_alphanumeric() || matches!(c, ':' | '/' | '.' | '-' | ' ') {
            out.push(c);
        } else {
            let _ = write!(out, "#{};", u32::from(c));
        }
    }
    out
}
