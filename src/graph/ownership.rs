//! Who owns what, also through the groups below: a department owns what its teams own.

use rustc_hash::FxHashSet;

use crate::model::{EntityId, RelationId};

use super::Graph;

/// What a group or user owns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ownership {
    /// The entity that is owned.
    pub entity: EntityId,
    /// The group below through which it is; `None` when it is owned directly.
    pub via: Option<EntityId>,
}

impl Ownership {
    /// Everything that a group or user owns: directly, and through groups below it (for a group)
    /// or groups they are in (for a user). Sorted by entity; each once, direct ones first.
    pub fn of(graph: &Graph, owner: EntityId, is_user: bool) -> Vec<Self> {
        let mut owned: Vec<Self> =
            graph.targets(owner, RelationId::OWNED_BY.flipped()).map(|entity| Self { entity, via: None }).collect();
        let mut seen: FxHashSet<EntityId> = owned.iter().map(|one| one.entity).collect();
        let through: Vec<EntityId> = if is_user {
            graph.targets(owner, RelationId::MEMBER_OF).collect()
        } else {
            graph.reach(owner, &[RelationId::CHILD_OF], true).into_iter().map(|(group, _)| group).collect()
        };
        for group in through {
            for entity in graph.targets(group, RelationId::OWNED_BY.flipped()) {
                if seen.insert(entity) {
                    owned.push(Self { entity, via: Some(group) });
                }
            }
        }
        owned.sort_by_key(|one| (one.via.is_some(), one.entity));
        owned
    }
}
