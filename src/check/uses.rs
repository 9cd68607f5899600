//! Who uses what: the relations over which a failure or a removal travels, whichever end declares
//! them.

use crate::model::{Entity, EntityId, Reference, RelationId, Target};

use super::Input;

/// One use, with the reference that declares it.
#[derive(Clone, Copy)]
pub(super) struct Use<'a> {
    /// Who needs the other.
    pub(super) user: &'a Entity,
    /// What is needed.
    pub(super) used: &'a Entity,
    /// Where it is said.
    pub(super) reference: &'a Reference,
}

/// Whether a relation, going forward, leads from a user to what it uses.
pub(super) fn is_use(relation: RelationId) -> bool {
    relation == RelationId::DEPENDS_ON || relation == RelationId::CONSUMES_API
}

/// The uses that an entity declares: its own, and those of others by it.
pub(super) fn declared_by<'a>(id: EntityId, input: &'a Input<'_>) -> impl Iterator<Item = Use<'a>> {
    let catalog = input.catalog;
    let mut said = Vec::new();
    catalog.references_of(id).iter().filter_map(move |reference| {
        let Target::Entity(other) = reference.target else { return None };
        // The same once more is said by another rule.
        if said.contains(&(reference.field, other)) {
            return None;
        }
        said.push((reference.field, other));
        let field = catalog.field(reference);
        let relation = field.relation;
        let (here, there) = (catalog.entity(id), catalog.entity(other));
        // What cannot stand there at all is said by another rule.
        if !field.takes(&there.reference.kind) {
            return None;
        }
        if is_use(relation) {
            Some(Use { user: here, used: there, reference })
        } else if is_use(relation.flipped()) {
            Some(Use { user: there, used: here, reference })
        } else {
            None
        }
    })
}
