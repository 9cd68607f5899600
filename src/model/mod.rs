//! What a catalog is made of, as plain data: references, kinds, entities, relations. The kinds
//! are one table ([`KindTable`]): core kinds and those of the settings have the same form, and
//! checking, edges, schemas, labels and "did you mean" all read it.

pub mod annotations;
mod catalog;
mod core_kinds;
mod entity;
mod failed;
pub mod format;
mod index;
mod kinds;
mod location;
mod published;
mod reference;
mod relation;

pub use catalog::{Catalog, EntityId, Reference, Rejected, Target, World};
pub use entity::{Document, Entity, Link, Origin, OriginState};
pub use failed::{Failed, FailedDocument};
pub use index::{CaseCollision, Term, case_collisions, index_terms};
pub use kinds::{Kind, KindId, KindTable, ReferenceField, Variant, entity_schema, envelope, metadata_shape};
pub use location::{LocationAnnotations, LocationRef, LocationRefError, location_annotations};
pub use published::{Published, PublishedEntity, PublishedPlace, PublishedReference, PublishedSource, short_key};
pub use reference::{Context, DEFAULT_NAMESPACE, EntityRef, ReferenceError};
pub use relation::{RelationId, RelationTable, RelationType, sentence};
