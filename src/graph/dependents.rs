//! What depends on each entity directly, for all of them at once, and on which most others rest.

use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::FxHashSet;

use crate::model::EntityId;

use super::{Graph, RelationTarget, TO_DEPENDENTS};

/// Numbers that are kept of the dependents of an entity, to guess how many there are.
const SKETCH: usize = 32;
/// How many more than are asked for are counted one by one, because the guess may err.
const SPARE: usize = 2;
/// Most steps of counting in all; a guess stands for what comes after.
const MAX_STEPS: usize = 100_000_000;

/// The direct dependents of every entity.
#[derive(Debug)]
pub struct Dependents(Vec<Vec<EntityId>>);

/// How far the loss of an entity would be felt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loss {
    /// The entity.
    pub entity: EntityId,
    /// How many depend on it directly.
    pub direct: usize,
    /// How many depend on it, through others too.
    pub all: usize,
}

impl Dependents {
    /// Reads them from the relations of a catalog.
    pub fn new(graph: &Graph) -> Self {
        let dependent = |id: EntityId| {
            let relations = graph.relations(id).iter().filter(|one| TO_DEPENDENTS.contains(&one.relation));
            let others = relations.filter_map(move |one| match one.target {
                RelationTarget::Entity(other) => (other != id).then_some(other),
                RelationTarget::Unresolved(_) => None,
            });
            others.collect::<Vec<_>>()
        };
        let mut lists: Vec<Vec<EntityId>> = (0..).map(EntityId).take(graph.keys.len()).map(dependent).collect();
        for list in &mut lists {
            list.sort_unstable();
            list.dedup();
        }
        Self(lists)
    }

    /// What depends on an entity directly, in the order of references.
    pub fn of(&self, id: EntityId) -> &[EntityId] {
        &self.0[id.0 as usize]
    }

    /// The entities on which most others depend, through others too; those with most first. The
    /// work is near to linear: which to count is guessed from samples, so with very many that are
    /// nearly equal the last places may be others' as well.
    pub fn largest(&self, most: usize) -> Vec<Loss> {
        let mut guessed: Vec<(usize, EntityId)> =
            (0..).map(EntityId).zip(self.guesses()).filter(|(_, all)| *all > 0).map(|(id, all)| (all, id)).collect();
        let order = |a: &(usize, EntityId), b: &(usize, EntityId)| b.0.cmp(&a.0).then(a.1.cmp(&b.1));
        guessed.sort_unstable_by(order);
        guessed.truncate(most.saturating_mul(SPARE));
        let mut seen = vec![0_u32; self.0.len()];
        let mut steps = 0;
        for (mark, (all, id)) in (1..).zip(&mut guessed) {
            if steps < MAX_STEPS {
                *all = self.count(*id, mark, &mut seen, &mut steps);
            }
        }
        guessed.sort_unstable_by(order);
        guessed.truncate(most);
        let loss = |(all, entity): (usize, EntityId)| Loss { entity, direct: self.of(entity).len(), all };
        guessed.into_iter().map(loss).collect()
    }

    /// How many depend on an entity, through others too. `seen` holds marks of earlier counts.
    fn count(&self, from: EntityId, mark: u32, seen: &mut [u32], steps: &mut usize) -> usize {
        let mut open = vec![from];
        let mut count = 0;
        seen[from.0 as usize] = mark;
        while let Some(at) = open.pop() {
            *steps += 1 + self.of(at).len();
            for &next in self.of(at) {
                if std::mem::replace(&mut seen[next.0 as usize], mark) != mark {
                    count += 1;
                    open.push(next);
                }
            }
        }
        count
    }

    /// About how many depend on each entity: exactly where there are few. Each entity has a number
    /// that looks random; the smallest of a set tell its size, and those of a union are the
    /// smallest of both.
    fn guesses(&self) -> Vec<usize> {
        let mut graph: DiGraph<(), (), u32> = DiGraph::with_capacity(self.0.len(), 0);
        for _ in &self.0 {
            graph.add_node(());
        }
        for (on, list) in (0u32..).zip(&self.0) {
            for dependent in list {
                graph.add_edge(NodeIndex::from(on), NodeIndex::from(dependent.0), ());
            }
        }
        let mut sketches: Vec<std::rc::Rc<[u64]>> = vec![std::rc::Rc::from([]); self.0.len()];
        let mut guesses = vec![0; self.0.len()];
        // Circles come as one, and after all that depends on them.
        for component in petgraph::algo::kosaraju_scc(&graph) {
            let members: FxHashSet<NodeIndex<u32>> = component.iter().copied().collect();
            let mut smallest: Vec<u64> = component.iter().map(|node| scattered(node.index())).collect();
            for &node in &component {
                for next in graph.neighbors(node).filter(|next| !members.contains(next)) {
                    smallest.extend_from_slice(&sketches[next.index()]);
                    if smallest.len() > 4_096 {
                        cut(&mut smallest);
                    }
                }
            }
            cut(&mut smallest);
            let size = size(&smallest);
            let sketch: std::rc::Rc<[u64]> = smallest.into();
            for &node in &component {
                guesses[node.index()] = size - 1;
                sketches[node.index()] = std::rc::Rc::clone(&sketch);
            }
        }
        guesses
    }
}

fn cut(smallest: &mut Vec<u64>) {
    smallest.sort_unstable();
    smallest.dedup();
    smallest.truncate(SKETCH);
}

/// The size of a set by its smallest numbers.
fn size(smallest: &[u64]) -> usize {
    match smallest.last() {
        Some(&last) if smallest.len() == SKETCH => {
            let parts = u128::from(u64::MAX) * (SKETCH as u128 - 1) / u128::from(last.max(1));
            usize::try_from(parts).unwrap_or(usize::MAX).max(SKETCH)
        }
        _ => smallest.len().max(1),
    }
}

/// A number that looks random, the same on every machine (`splitmix64`).
fn scattered(number: usize) -> u64 {
    let mut x = (number as u64).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(lists: &[&[u32]]) -> Dependents {
        Dependents(lists.iter().map(|list| list.iter().copied().map(EntityId).collect()).collect())
    }

    fn impacts(dependents: &Dependents, most: usize) -> Vec<(u32, usize, usize)> {
        dependents.largest(most).into_iter().map(|impact| (impact.entity.0, impact.direct, impact.all)).collect()
    }

    #[test]
    fn what_depends_through_others_counts_once() {
        // 1 and 2 depend on 0, 3 on both; 4 and 5 go round; nothing depends on 3 and 6.
        let dependents = of(&[&[1, 2], &[3], &[3], &[], &[5], &[4], &[]]);
        assert_eq!(impacts(&dependents, 9), [(0, 2, 3), (1, 1, 1), (2, 1, 1), (4, 1, 1), (5, 1, 1)]);
        assert_eq!(impacts(&dependents, 1), [(0, 2, 3)]);
    }

    #[test]
    fn the_guess_is_near_and_the_count_exact() {
        // A chain: on the first all others depend.
        let count = 5_000_u32;
        let next = |at: u32| if at + 1 < count { vec![EntityId(at + 1)] } else { Vec::new() };
        let chain = Dependents((0..count).map(next).collect());
        let guesses = chain.guesses();
        for at in [0, 1_000, 4_000] {
            let truth = count as usize - 1 - at;
            assert!(guesses[at] > truth / 2 && guesses[at] < truth * 2, "{at}: {}", guesses[at]);
        }
        assert_eq!(guesses[count as usize - 10..], [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
        let largest = chain.largest(100);
        assert!(largest.iter().all(|impact| impact.all == count as usize - 1 - impact.entity.0 as usize));
    }
}
