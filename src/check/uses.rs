//! Who uses what: the relations over which a failure or a removal travels, whichever end declares
//! them.

use rustc_hash::FxHashSet;

use crate::diagnostics::At;
use crate::model::{Entity, EntityId, EntityRef, PublishedEntity, Reference, RelationId, Target};

use super::{Input, lifecycle};

/// One use, with the reference that declares it.
#[derive(Clone, Copy)]
pub(super) struct Use<'a> {
    /// Who needs the other.
    pub(super) user: &'a Entity,
    /// What is needed.
    pub(super) used: Used<'a>,
    /// Where it is said.
    pub(super) reference: &'a Reference,
}

/// What is needed: an entity in view, or one of which a published catalog tells.
#[derive(Clone, Copy)]
pub(super) enum Used<'a> {
    Here(&'a Entity),
    Elsewhere(&'a EntityRef, &'a PublishedEntity),
}

impl Used<'_> {
    /// Its name for a reader.
    pub(super) fn short(self) -> String {
        match self {
            Self::Here(entity) => entity.reference.short(),
            Self::Elsewhere(reference, _) => reference.short(),
        }
    }

    /// Where it says that it is about to go.
    pub(super) fn deprecated_at(self, input: &Input<'_>) -> Option<At> {
        match self {
            Self::Here(entity) => Some(At::Here(entity.place(&lifecycle::deprecated_at(entity)?))),
            Self::Elsewhere(..) => self.published_at(lifecycle::says_deprecated, input),
        }
    }

    /// Where it says that it is an experiment.
    pub(super) fn experimental_at(self, input: &Input<'_>) -> Option<At> {
        match self {
            Self::Here(entity) => lifecycle::is_experimental(entity).then(|| At::Here(entity.place("/spec/lifecycle"))),
            Self::Elsewhere(..) => self.published_at(lifecycle::says_experimental, input),
        }
    }

    fn published_at(self, says: fn(&str) -> bool, input: &Input<'_>) -> Option<At> {
        let Self::Elsewhere(_, entity) = self else { return None };
        entity.lifecycle.as_deref().filter(|text| says(text))?;
        Some(At::Elsewhere(input.catalog.published.as_ref()?.elsewhere(&entity.place, input.sources.hosts())))
    }
}

/// Whether a relation, going forward, leads from a user to what it uses.
pub(super) fn is_use(relation: RelationId) -> bool {
    relation == RelationId::DEPENDS_ON || relation == RelationId::CONSUMES_API
}

/// The uses that an entity declares: its own, and those of others by it.
pub(super) fn declared_by<'a>(id: EntityId, input: &'a Input<'_>) -> impl Iterator<Item = Use<'a>> {
    let catalog = input.catalog;
    let mut said = FxHashSet::default();
    catalog.references_of(id).iter().filter_map(move |reference| {
        let other = match &reference.target {
            Target::Entity(other) => *other,
            Target::Unresolved(target) => return elsewhere(id, reference, target, input),
            Target::Malformed(_) => return None,
        };
        // The same once more is said by another rule.
        if !said.insert((reference.field, other)) {
            return None;
        }
        let field = catalog.field(reference);
        let relation = field.relation;
        let (here, there) = (catalog.entity(id), catalog.entity(other));
        // What cannot stand there at all is said by another rule.
        if !field.takes(&there.reference.kind) {
            return None;
        }
        if is_use(relation) {
            Some(Use { user: here, used: Used::Here(there), reference })
        } else if is_use(relation.flipped()) {
            Some(Use { user: there, used: Used::Here(here), reference })
        } else {
            None
        }
    })
}

/// A use of what another repository has.
fn elsewhere<'a>(
    id: EntityId,
    reference: &'a Reference,
    target: &'a EntityRef,
    input: &'a Input<'_>,
) -> Option<Use<'a>> {
    let catalog = input.catalog;
    let field = catalog.field(reference);
    let entity = catalog.elsewhere(target).filter(|_| field.takes(&target.kind) && is_use(field.relation))?;
    Some(Use { user: catalog.entity(id), used: Used::Elsewhere(target, entity), reference })
}
