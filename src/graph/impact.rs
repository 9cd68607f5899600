//! What depends on one entity, directly and through others, within a budget: a catalog in which
//! everything stands on everything must not cost a walk over all of it for each page.

use rustc_hash::FxHashSet;

use crate::model::{EntityId, RelationId};

use super::{Graph, RelationTarget};

/// The relations that lead from an entity to what depends on it: who needs it, who consumes an
/// API, and an API from the one that provides it. Being part of something is no dependency.
pub const TO_DEPENDENTS: [RelationId; 3] =
    [RelationId::DEPENDS_ON.flipped(), RelationId::CONSUMES_API.flipped(), RelationId::PROVIDES_API];

/// What depends on an entity.
#[derive(Debug, Default)]
pub struct Impact {
    /// The nearest first, each once, in a shortest way.
    pub dependents: Vec<Dependent>,
    /// Whether there are more than were walked to.
    pub is_cut: bool,
}

/// Something that depends on an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dependent {
    /// It.
    pub entity: EntityId,
    /// In how many steps; 1 for what depends on it directly.
    pub distance: usize,
    /// What it depends on in the first of these steps.
    pub via: EntityId,
    /// Its relation to that, seen from it.
    pub relation: RelationId,
}

impl Graph {
    /// What depends on an entity: at most so many, found by looking at so many relations for each.
    pub fn impact(&self, of: EntityId, most: usize) -> Impact {
        const LOOKS: usize = 8;
        let mut looks = most.saturating_mul(LOOKS);
        let mut seen = FxHashSet::from_iter([of]);
        let mut impact = Impact::default();
        let (mut layer, mut distance) = (vec![of], 0);
        while !layer.is_empty() && !impact.is_cut {
            distance += 1;
            let mut next = Vec::new();
            'layer: for &via in &layer {
                for one in self.relations(via) {
                    impact.is_cut = looks == 0;
                    looks = looks.saturating_sub(1);
                    if let RelationTarget::Entity(entity) = one.target
                        && TO_DEPENDENTS.contains(&one.relation)
                        && !seen.contains(&entity)
                    {
                        impact.is_cut |= impact.dependents.len() + next.len() >= most;
                        if !impact.is_cut {
                            seen.insert(entity);
                            next.push(Dependent { entity, distance, via, relation: one.relation.flipped() });
                        }
                    }
                    if impact.is_cut {
                        break 'layer;
                    }
                }
            }
            next.sort_by_key(|one| one.entity);
            layer = next.iter().map(|one| one.entity).collect();
            impact.dependents.append(&mut next);
        }
        impact
    }
}
