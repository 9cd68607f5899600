//! JSON Schema, in the dialects of Swagger 2.0, OpenAPI 3.0, 3.1 and AsyncAPI, to shapes. OpenAPI and
//! AsyncAPI read their schemas through it alone.
//!
//! A schema that something refers to has a name and a number, and is never put in the place of the
//! reference: so circles end, and a definition that refers to the same schema a thousand times does
//! not grow. What has no name is read where it stands, as deep as it is written and within limits.
//! Nothing here fails: what is missing is a shape that says so.

mod annotations;
mod compose;
mod layers;
mod names;
mod structure;
mod subtypes;
#[cfg(test)]
mod tests;
mod values;
mod words;

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use crate::refs::{self, At, DocumentId, Documents, Unresolved, reference};
use crate::yaml::Node;

use super::model::{Basic, Example, Field, Schema, SchemaId, Shape};
use compose::Draft;

/// How deep schemas without a name may nest: as deep as one file. Authors stay below 15.
const MAX_DEPTH: usize = refs::MAX_DEPTH;
/// How many shapes one definition may have: three times what the largest public ones need.
const MAX_SHAPES: usize = 600_000;
/// How many references may follow each other.
const MAX_HOPS: usize = 64;

/// Which words a schema may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Swagger 2.0 and OpenAPI 3.0: what stands beside a `$ref` does not count.
    OpenApi30,
    /// JSON Schema proper: OpenAPI 3.1 and later, AsyncAPI.
    JsonSchema,
}

/// The schemas of a definition: those with a name, and shapes of those without one.
pub(super) struct Schemas<'a> {
    documents: &'a Documents,
    dialect: Dialect,
    list: Vec<Schema>,
    /// The nodes of schemas with a name, by their address, which does not change while they are lent.
    known: FxHashMap<usize, SchemaId>,
    /// What each of them is, as far as can be seen without reading it.
    basics: Vec<Basic>,
    /// Names that are taken, and how often each was asked for.
    names: FxHashMap<String, usize>,
    /// Those that are not read yet.
    open: VecDeque<(SchemaId, At<'a>)>,
    /// Schemas with a name that are but a reference, to be known by what they lead to as well.
    aliases: Vec<(SchemaId, At<'a>)>,
    /// Schemas whose subtypes are told apart by a property.
    bases: Vec<(SchemaId, compose::Discriminator)>,
    depth: usize,
    shapes: usize,
}

impl<'a> Schemas<'a> {
    /// None yet.
    pub(super) fn new(documents: &'a Documents, dialect: Dialect) -> Self {
        Self {
            documents,
            dialect,
            list: Vec::new(),
            known: FxHashMap::default(),
            basics: Vec::new(),
            names: FxHashMap::default(),
            open: VecDeque::new(),
            aliases: Vec::new(),
            bases: Vec::new(),
            depth: 0,
            shapes: 0,
        }
    }

    /// Gives the schema at a node a name. It is read by [`Self::finish`]; until then its number is all
    /// that anybody needs. The same node has the same number.
    pub(super) fn declare(&mut self, name: &str, at: At<'a>) -> SchemaId {
        if let Some(&known) = self.known.get(&address(at.node)) {
            return known;
        }
        let name = self.unique(name, "");
        self.add(name, at)
    }

    /// Numbers a schema whose name is its own.
    fn add(&mut self, name: String, at: At<'a>) -> SchemaId {
        let id = self.list.len();
        let place = Some(self.documents.place_of(at));
        self.list.push(Schema { name, place, ..Schema::default() });
        self.basics.push(self.basic_at(at));
        self.open.push_back((id, at));
        self.known.insert(address(at.node), id);
        if self.is_alias(at.node) {
            self.aliases.push((id, at));
        }
        id
    }

    /// Makes a schema with a name known by another node as well: an object that holds it together with
    /// the format that it is written in.
    pub(super) fn known_as(&mut self, id: SchemaId, at: At<'a>) {
        self.known.entry(address(at.node)).or_insert(id);
    }

    /// What a schema looks like. A reference gives a shape whose `of` is the schema with a name that it
    /// leads to, declared now if it was not before.
    pub(super) fn shape(&mut self, at: At<'a>) -> Shape {
        self.draft(at).finish()
    }

    /// Something with a name and a schema: the further examples of the schema are those of the field.
    pub(super) fn field(&mut self, name: &str, at: At<'a>) -> Field {
        let shape = self.shape(at);
        // The first is that of the shape.
        let given = values::examples(at.node).into_iter().skip(1);
        Field {
            name: name.to_owned(),
            // In Swagger 1 a property said so itself, and many still do.
            required: super::nodes::is_true(at.node, "required"),
            shape,
            examples: given.map(values::shown).collect(),
            ..Field::default()
        }
    }

    /// The examples that a schema gives itself, not those of what it refers to.
    pub(super) fn examples(&self, at: At<'a>) -> Vec<Example> {
        values::examples(at.node).into_iter().map(values::shown).collect()
    }

    /// The name of a schema.
    pub(super) fn name(&self, id: SchemaId) -> &str {
        &self.list[id].name
    }

    /// Reads all schemas with a name, and those that they name.
    pub(super) fn finish(mut self) -> Vec<Schema> {
        while let Some((id, at)) = self.open.pop_front() {
            // Before its body is looked for: what it refers to has to have its name by then.
            self.settle_aliases();
            let body = self.body(id, at);
            let mut draft = self.draft(body);
            if let Some(discriminator) = draft.discriminator.take() {
                self.bases.push((id, discriminator));
            }
            if draft.shape.of == Some(id) && draft.shape.layers.is_empty() {
                draft.shape = Shape { of: None, type_text: "refers to itself".to_owned(), ..draft.shape };
            }
            let examples = self.examples(body);
            let schema = &mut self.list[id];
            schema.shape = draft.finish();
            schema.kind = layers::kind(&schema.shape).to_owned();
            schema.examples = examples;
        }
        subtypes::add(&mut self.list, &self.bases);
        self.list
    }

    /// A schema before what it requires and what tells its subtypes apart is settled.
    fn draft(&mut self, at: At<'a>) -> Draft {
        self.settle_aliases();
        if self.depth >= MAX_DEPTH || self.shapes >= MAX_SHAPES {
            return Draft::said("too much to show");
        }
        self.shapes += 1;
        self.depth += 1;
        let draft = self.read(at);
        self.depth -= 1;
        draft
    }

    /// Where a schema with a name is written: a name that only refers to something is that.
    fn body(&self, id: SchemaId, at: At<'a>) -> At<'a> {
        let mut body = at;
        for _ in 0..MAX_HOPS {
            let Some(next) = self.next(body).and_then(Result::ok) else { return body };
            if self.known.get(&address(next.node)) != Some(&id) {
                return body;
            }
            body = next;
        }
        body
    }

    /// What a node leads to that is but a reference.
    fn next(&self, at: At<'a>) -> Option<Result<At<'a>, Unresolved>> {
        if !self.is_alias(at.node) {
            return None;
        }
        reference(at.node).map(|target| self.documents.resolve(at.document, target))
    }

    fn is_alias(&self, node: &Node) -> bool {
        let counts = |key: &str| !matches!(key, "$ref" | "$comment");
        reference(node).is_some()
            && (self.dialect == Dialect::OpenApi30 || !node.entries().iter().any(|entry| counts(&entry.key)))
    }

    /// Names that are but references give their name to what has none of its own. That waits until
    /// names are asked for, so that all others are declared.
    fn settle_aliases(&mut self) {
        for (id, at) in std::mem::take(&mut self.aliases) {
            let mut at = at;
            for _ in 0..MAX_HOPS {
                let Some(Ok(next)) = self.next(at) else { break };
                if self.known.contains_key(&address(next.node)) {
                    break;
                }
                self.known.insert(address(next.node), id);
                at = next;
            }
        }
    }

    /// The schema that a reference leads to, or what to say of it.
    fn named(&mut self, document: DocumentId, target: &str) -> Result<SchemaId, String> {
        let mut at = self.target(document, target).map_err(|why| why.said(target))?;
        for _ in 0..MAX_HOPS {
            if let Some(&known) = self.known.get(&address(at.node)) {
                return Ok(known);
            }
            match self.next(at) {
                Some(next) => at = next.map_err(|why| why.said(target))?,
                None => {
                    let name = names::of_target(target);
                    let name = self.unique(&name, target);
                    return Ok(self.add(name, at));
                }
            }
        }
        Err(Unresolved::Circle.said(target))
    }

    /// Where a reference leads. The name of a schema alone is understood as well, as Swagger 1 had it
    /// and as mappings of discriminators have it.
    fn target(&self, document: DocumentId, target: &str) -> Result<At<'a>, Unresolved> {
        let found = self.documents.resolve(document, target);
        if found.is_err() && !target.contains(['#', '/']) {
            let root = self.documents.root();
            let places = [root.node.at(&["components", "schemas"]), root.node.get("definitions")];
            let node = places.into_iter().flatten().find_map(|schemas| schemas.get(target));
            return node.map_or(found, |node| Ok(At { document: root.document, node }));
        }
        found
    }

    /// A name that nothing else has: with the file it is from, or with a number.
    fn unique(&mut self, name: &str, target: &str) -> String {
        let mut unique = name.to_owned();
        let file = names::stem(target.split('#').next().unwrap_or(""));
        if self.names.contains_key(&unique) && !file.is_empty() && file != name {
            unique = format!("{file}.{name}");
        }
        while self.names.contains_key(&unique) {
            let number = self.names.entry(name.to_owned()).or_insert(1);
            *number += 1;
            unique = format!("{name} {number}");
        }
        self.names.insert(unique.clone(), 1);
        unique
    }
}

/// The address of a node, which tells it from all others of a definition.
fn address(node: &Node) -> usize {
    std::ptr::from_ref(node).addr()
}

impl Shape {
    /// A shape of which there is only something to say.
    fn said(text: impl Into<String>) -> Self {
        Self { type_text: text.into(), basic: Basic::Any, ..Self::default() }
    }
}
