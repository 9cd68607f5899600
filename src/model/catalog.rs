//! The linked catalog: what `link` makes and everything after it reads.

use rustc_hash::FxHashMap;

use crate::base::{FileId, Place};
pub use crate::config::World;

use super::entity::{Document, Entity};
use super::failed::Failed;
use super::kinds::{Kind, KindTable, ReferenceField};
use super::published::{Published, PublishedEntity};
use super::reference::{EntityRef, ReferenceError};

/// Number of an entity, in the order of references.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// A reference of an entity to another.
#[derive(Debug)]
pub struct Reference {
    /// The entity it stands in.
    pub from: EntityId,
    /// Which reference field of its kind.
    pub field: u16,
    /// As it was written.
    pub text: Box<str>,
    /// JSON pointer of the value.
    pub pointer: Box<str>,
    /// Where it leads.
    pub target: Target,
}

/// Where a reference leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To an entity.
    Entity(EntityId),
    /// To nothing in view.
    Unresolved(EntityRef),
    /// It is no reference.
    Malformed(ReferenceError),
}

/// A document that could not become an entity: its kind is not known, it has no name, or another
/// one has its reference.
#[derive(Debug)]
pub struct Rejected {
    /// Its reference, where it has one.
    pub reference: Option<EntityRef>,
    /// The document.
    pub document: Document,
}

/// Everything that is known after linking.
#[derive(Debug)]
pub struct Catalog {
    /// The kinds.
    pub kinds: KindTable,
    /// All entities, sorted by reference; the index is their [`EntityId`].
    pub entities: Vec<Entity>,
    /// All references, sorted by the entity they stand in.
    pub references: Vec<Reference>,
    /// Whether all of the organisation is in view.
    pub world: World,
    /// Documents that are no entities.
    pub rejected: Vec<Rejected>,
    /// Where those that have a reference are in the list.
    pub rejected_keys: FxHashMap<String, usize>,
    /// What these could have answered, and those that could not be read.
    pub failed: Failed,
    /// References that the settings declare to exist elsewhere.
    pub external: Vec<globset::GlobMatcher>,
    /// What a published catalog has of the other repositories.
    pub published: Option<Published>,
    /// Documents that were recognised as templates of descriptors and skipped.
    pub templated: usize,
    /// Entities in files that nothing leads to, by file.
    pub unreached: Vec<(FileId, usize)>,
    /// Entities by reference.
    pub index: FxHashMap<String, EntityId>,
}

impl Catalog {
    /// An entity.
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.0 as usize]
    }

    /// The entity with this reference, which must be a [`EntityRef::key`].
    pub fn find(&self, key: &str) -> Option<&Entity> {
        self.index.get(key).map(|&id| self.entity(id))
    }

    /// The kind of an entity.
    pub fn kind_of(&self, entity: &Entity) -> &Kind {
        self.kinds.get(entity.kind)
    }

    /// Whether an entity is described, but not as one can be: that is said where it stands.
    pub fn is_broken(&self, key: &str) -> bool {
        self.rejected_keys.contains_key(key) || self.failed.is(key)
    }

    /// The references that stand in an entity.
    pub fn references_of(&self, id: EntityId) -> &[Reference] {
        let start = self.references.partition_point(|reference| reference.from < id);
        let end = self.references.partition_point(|reference| reference.from <= id);
        &self.references[start..end]
    }

    /// The field that a reference stands in.
    pub fn field(&self, reference: &Reference) -> &ReferenceField {
        &self.kind_of(self.entity(reference.from)).references[usize::from(reference.field)]
    }

    /// Where the value of a reference stands.
    pub fn place(&self, reference: &Reference) -> Place {
        self.entity(reference.from).place(&reference.pointer)
    }

    /// Whether the settings say that a reference exists elsewhere.
    pub fn is_external(&self, reference: &EntityRef) -> bool {
        !self.external.is_empty() && {
            let key = reference.key();
            self.external.iter().any(|pattern| pattern.is_match(&key))
        }
    }

    /// The entity of a repository that is not in view, which a published catalog has.
    pub fn elsewhere(&self, reference: &EntityRef) -> Option<&PublishedEntity> {
        self.published.as_ref()?.find(&reference.key())
    }

    /// Whether there is a group in the catalog, so that owners can be looked up.
    pub fn has_groups(&self) -> bool {
        let here =
            || self.kinds.find("Group").is_some_and(|group| self.entities.iter().any(|entity| entity.kind == group));
        self.published.as_ref().is_some_and(Published::has_groups) || here()
    }
}
