//! What an entity belongs to: who owns it, and the system and domain that it is part of. The other
//! end may be outside of what is in view.

use crate::model::{Catalog, EntityId, RelationId};

use super::{Graph, RelationTarget};

/// Most wholes that are gone through: a circle ends earlier, and no nesting that people read is so deep.
const MAX_WHOLES: usize = 64;

impl Graph {
    /// The first owner of an entity.
    pub fn owner(&self, id: EntityId) -> Option<&RelationTarget> {
        self.relations(id).iter().find(|one| one.relation == RelationId::OWNED_BY).map(|one| &one.target)
    }

    /// The system that an entity is part of.
    pub fn system(&self, catalog: &Catalog, id: EntityId) -> Option<&RelationTarget> {
        self.part_of(id).find(|target| is_of(catalog, target, "System"))
    }

    /// The nearest domain that an entity is part of, itself or through what it is part of.
    pub fn domain(&self, catalog: &Catalog, id: EntityId) -> Option<&RelationTarget> {
        let mut wholes = vec![id];
        let mut at = 0;
        while let Some(&whole) = wholes.get(at) {
            at += 1;
            if let Some(domain) = self.part_of(whole).find(|target| is_of(catalog, target, "Domain")) {
                return Some(domain);
            }
            for target in self.part_of(whole) {
                if let RelationTarget::Entity(next) = target
                    && !wholes.contains(next)
                    && wholes.len() < MAX_WHOLES
                {
                    wholes.push(*next);
                }
            }
        }
        None
    }

    fn part_of(&self, id: EntityId) -> impl Iterator<Item = &RelationTarget> {
        self.relations(id).iter().filter(|one| one.relation == RelationId::PART_OF).map(|one| &one.target)
    }
}

fn is_of(catalog: &Catalog, target: &RelationTarget, kind: &str) -> bool {
    match target {
        RelationTarget::Entity(id) => catalog.entity(*id).reference.kind.eq_ignore_ascii_case(kind),
        RelationTarget::Unresolved(reference) => reference.kind.eq_ignore_ascii_case(kind),
    }
}
