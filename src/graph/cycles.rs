//! Circles, each as its shortest way round.

use std::collections::VecDeque;

use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{EntityId, RelationId};

use super::Graph;

/// A shortest circle of each group of entities that reach each other over some relations, from
/// its first entity on. An entity that leads to itself is a circle of one, beside the others.
pub fn cycles(graph: &Graph, relations: &[RelationId]) -> Vec<Vec<EntityId>> {
    let filtered = graph.filtered(relations);
    let alone = filtered.node_indices().filter(|&node| filtered.contains_edge(node, node));
    let mut found: Vec<Vec<EntityId>> = alone.map(|node| vec![filtered[node]]).collect();
    let components = petgraph::algo::tarjan_scc(&filtered).into_iter().filter(|component| component.len() > 1);
    found.extend(components.map(|mut component| {
        component.sort_unstable();
        shortest(&filtered, &component)
    }));
    found.sort_unstable();
    found
}

/// Entities of one circle group from which a shortest way is looked for; enough for the real
/// ones, and a bound for the absurd.
const MAX_STARTS: usize = 64;

fn shortest(graph: &DiGraph<EntityId, RelationId, u32>, component: &[NodeIndex<u32>]) -> Vec<EntityId> {
    let members: FxHashSet<NodeIndex<u32>> = component.iter().copied().collect();
    let mut best: Vec<NodeIndex<u32>> = Vec::new();
    for &start in component.iter().take(MAX_STARTS) {
        if let Some(way) = way_round(graph, start, &members)
            && (best.is_empty() || way.len() < best.len())
        {
            best = way;
        }
    }
    let mut ids: Vec<EntityId> = best.into_iter().map(|node| graph[node]).collect();
    // Begin with the first by reference, so that the same circle is always told the same way.
    if let Some(least) = ids.iter().enumerate().min_by_key(|(_, id)| **id).map(|(at, _)| at) {
        ids.rotate_left(least);
    }
    ids
}

fn way_round(
    graph: &DiGraph<EntityId, RelationId, u32>,
    start: NodeIndex<u32>,
    members: &FxHashSet<NodeIndex<u32>>,
) -> Option<Vec<NodeIndex<u32>>> {
    let mut parent: FxHashMap<NodeIndex<u32>, NodeIndex<u32>> = FxHashMap::default();
    let mut queue = VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        let mut next: Vec<NodeIndex<u32>> = graph.neighbors(at).filter(|node| members.contains(node)).collect();
        next.sort_unstable();
        for node in next {
            if node == start && at != start {
                let mut way = vec![at];
                let mut step = at;
                while let Some(&before) = parent.get(&step) {
                    way.push(before);
                    step = before;
                }
                way.reverse();
                return Some(way);
            }
            if node != start && !parent.contains_key(&node) {
                parent.insert(node, at);
                queue.push_back(node);
            }
        }
    }
    None
}
