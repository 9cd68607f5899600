//! The lines of the map: every relation once, in its forward direction, from node to node; and for the view
//! from far away how many there are between two boxes.

use std::collections::BTreeMap;

use crate::model::RelationId;
use crate::site::Site;
use crate::site::borders;

use super::code::Coded;
use super::tree::{Tree, What, nests};

/// Most lines of a level that is seen from far away: those that stand for most.
const MAX_LINES: usize = 3_000;

/// A relation between two nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) relation: u16,
    pub(super) to: usize,
}

/// Whether a relation is drawn as lines at first: who contains or owns what is said by the boxes.
pub(super) fn is_drawn(relation: RelationId) -> bool {
    borders::uses(relation).is_some()
}

/// All relations, in order.
pub(super) fn edges(site: &Site<'_>, tree: &Tree) -> Vec<Edge> {
    let mut edges = Vec::new();
    for entity in &site.catalog.entities {
        let own = tree.of_entity[entity.id.0 as usize];
        for one in site.graph.relations(entity.id) {
            let Some(other) = tree.node(&one.target) else { continue };
            let relation = one.relation.pair;
            // The other end of a relation that comes in from what is not in view says nothing itself.
            let is_missing = matches!(tree.nodes[other], What::Missing(_));
            match (one.relation.inverse, is_missing) {
                (false, _) => edges.push(Edge { from: own, relation, to: other }),
                (true, true) => edges.push(Edge { from: other, relation, to: own }),
                (true, false) => {}
            }
        }
    }
    edges.sort_unstable();
    edges.dedup();
    edges
}

/// Whether the boxes say it: that something is in what it is drawn in.
pub(super) fn is_nesting(site: &Site<'_>, tree: &Tree, edge: &Edge) -> bool {
    let What::Entity(id) = tree.nodes[edge.from] else { return false };
    let nesting = nests(&site.catalog.entity(id).reference.kind);
    edge.relation == nesting.pair && tree.parents[edge.from] == edge.to
}

/// Edges by where they begin: how many nodes on, how many edges, and of each the relation and how far on or
/// back its end is. `from` is where the first is counted from.
pub(super) fn coded(edges: &[Edge], from: usize) -> Coded {
    let mut coded = Coded::default();
    let mut last = from;
    for same in edges.chunk_by(|a, b| a.from == b.from) {
        coded.put(same[0].from - last);
        coded.put(same.len());
        last = same[0].from;
        for edge in same {
            coded.put(usize::from(edge.relation));
            coded.put_signed(signed(edge.to) - signed(edge.from));
        }
    }
    coded
}

fn signed(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// How many drawn relations there are between what stands at a depth, or above it where nothing does: the
/// most first, up to a bound.
pub(super) fn between(tree: &Tree, edges: &[Edge], depth: usize) -> Vec<((usize, usize), usize)> {
    let mut at_depth = vec![(0, 0); tree.nodes.len()];
    for at in 1..tree.nodes.len() {
        let (above, level) = at_depth[tree.parents[at]];
        at_depth[at] = if level < depth { (at, level + 1) } else { (above, level) };
    }
    let mut lines: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for edge in edges.iter().filter(|edge| is_drawn(RelationId { pair: edge.relation, inverse: false })) {
        let pair = (at_depth[edge.from].0, at_depth[edge.to].0);
        if pair.0 != pair.1 {
            *lines.entry(pair).or_default() += 1;
        }
    }
    let mut lines: Vec<_> = lines.into_iter().collect();
    if lines.len() > MAX_LINES {
        lines.sort_by_key(|&(pair, count)| (std::cmp::Reverse(count), pair));
        lines.truncate(MAX_LINES);
        lines.sort_unstable();
    }
    lines
}

/// Those as text: how far on it begins, how far from there it ends, and how many.
pub(super) fn coded_lines(lines: &[((usize, usize), usize)]) -> Coded {
    let mut coded = Coded::default();
    let mut last = 0;
    for &((from, to), count) in lines {
        coded.put(from - last);
        coded.put_signed(signed(to) - signed(from));
        coded.put(count);
        last = from;
    }
    coded
}
