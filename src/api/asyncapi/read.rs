//! The reader: what is known while a definition is read, and the order in which its parts are.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::model::{Group, Operation, Reference, Schema, SchemaId};
use super::super::order;
use super::super::schema::{Dialect, Schemas};
use super::messages::Known;
use super::security::Security;
use super::view::{Made, View};
use super::{channels, examples, info, messages, operations, payload, servers};
use crate::refs::{At, Documents, reference};

/// Messages and schemas in other formats are numbered from here until it is known how many of
/// JSON Schema there are.
const OWN: SchemaId = SchemaId::MAX / 2;
/// How many references may follow each other.
const MAX_HOPS: usize = 64;

/// What is known while a definition is read.
pub(super) struct Reader<'a> {
    pub(super) documents: &'a Documents,
    pub(super) made: &'a Made,
    /// Schemas in JSON Schema.
    pub(super) schemas: Schemas<'a>,
    pub(super) security: Security<'a>,
    /// Whether it is AsyncAPI 3.
    pub(super) is_3: bool,
    /// What messages have that say nothing else.
    pub(super) content_type: Option<String>,
    /// Messages, by their nodes.
    pub(super) messages: FxHashMap<usize, Known>,
    /// Names of messages that are taken.
    pub(super) names: FxHashSet<String>,
    /// Schemas in other formats, by their nodes.
    pub(super) formats: FxHashMap<usize, (SchemaId, String)>,
    /// Channels, by their nodes.
    pub(super) channels: FxHashMap<usize, usize>,
    /// Channels that references name and that are not there.
    pub(super) lost_channels: FxHashMap<String, usize>,
    pub(super) groups: Vec<Group>,
    /// Messages of each channel.
    pub(super) carried: Vec<Vec<At<'a>>>,
    pub(super) operations: Vec<Operation>,
    /// Schemas that are not in JSON Schema.
    own: Vec<Schema>,
}

/// Reads a definition.
pub(in super::super) fn read(documents: &Documents) -> Reference {
    let made = Made::new(documents);
    let root = View::of(documents, documents.root());
    let components = root.get("components").unwrap_or_else(|| View::nothing(documents));
    let version = root.text("asyncapi").unwrap_or_default();
    let mut reader = Reader {
        documents,
        made: &made,
        schemas: Schemas::new(documents, Dialect::JsonSchema),
        security: Security::new(documents, &components),
        is_3: version.starts_with('3') || (!version.starts_with('2') && root.get("operations").is_some()),
        content_type: root.text("defaultContentType"),
        messages: FxHashMap::default(),
        names: FxHashSet::default(),
        formats: FxHashMap::default(),
        channels: FxHashMap::default(),
        lost_channels: FxHashMap::default(),
        groups: Vec::new(),
        carried: Vec::new(),
        operations: Vec::new(),
        own: Vec::new(),
    };
    let mut reference = info::read(&root);
    payload::components(&components, &mut reader);
    messages::components(&components, &mut reader);
    reference.servers = servers::read(&root, &mut reader);
    channels::read(&root, &mut reader);
    operations::read(&root, &mut reader);
    channels::finish(&mut reader);
    reader.finish(reference)
}

impl<'a> Reader<'a> {
    /// A node as it is meant.
    pub(super) fn view(&self, at: At<'a>) -> View<'a> {
        View::of(self.documents, at)
    }

    /// The node, and each node that its references lead to, with the reference.
    pub(super) fn hops(&self, at: At<'a>) -> Vec<(Option<&'a str>, At<'a>)> {
        let mut hops = vec![(None, at)];
        let mut at = at;
        while let Some(target) = reference(at.node).filter(|_| hops.len() < MAX_HOPS) {
            let Ok(next) = self.documents.resolve(at.document, target) else { break };
            hops.push((Some(target), next));
            at = next;
        }
        hops
    }

    /// Keeps a schema that is not in JSON Schema.
    pub(super) fn keep(&mut self, schema: Schema) -> SchemaId {
        self.own.push(schema);
        OWN + self.own.len() - 1
    }

    /// One that was kept.
    pub(super) fn kept(&self, id: SchemaId) -> Option<&Schema> {
        self.own.get(id.checked_sub(OWN)?)
    }

    fn finish(self, mut reference: Reference) -> Reference {
        let mut schemas = self.schemas.finish();
        let first = schemas.len();
        schemas.extend(self.own);
        reference.schemes = self.security.finish();
        reference.groups = self.groups;
        reference.operations = self.operations;
        reference.schemas = schemas;
        // What is kept by itself comes after what is in JSON Schema.
        order::each_id(&mut reference, &mut |id| {
            if *id >= OWN {
                *id = *id - OWN + first;
            }
        });
        examples::fill(&mut reference);
        reference
    }
}
