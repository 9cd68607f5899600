//! Swagger 2.0, OpenAPI 3.0 to 3.2, JSON Schema, OpenRPC and custom resource definitions to the
//! reference model. Reads what is there, as its author may have meant it; what is wrong with it is
//! said by `lint`. Never fails, and never reads a file: all of them are in the documents.

mod bodies;
mod groups;
mod info;
mod json_schema;
mod openrpc;
mod operations;
mod parameters;
mod paths;
mod responses;
mod security;
mod servers;
#[cfg(test)]
mod tests;

use crate::refs::{At, Documents};
use crate::yaml::Node;

use super::model::{Family, Reference};
use super::nodes::{description, extensions, text};
use super::schema::{Dialect, Schemas};
use super::{example, samples};
use groups::Groups;

pub(super) fn read(documents: &Documents, family: Family) -> Reference {
    match family {
        Family::JsonSchema => json_schema::read(documents),
        Family::OpenRpc => openrpc::read(documents),
        _ => read_openapi(documents),
    }
}

/// What all readers of parts of a definition share.
struct Reader<'a> {
    documents: &'a Documents,
    root: At<'a>,
    schemas: Schemas<'a>,
    groups: Groups,
    /// Whether it is Swagger 2.0.
    is_2: bool,
    /// The media types of bodies and answers that name none, in Swagger 2.0.
    consumes: Vec<String>,
    produces: Vec<String>,
    /// How deep callbacks are inside each other.
    depth: usize,
}

impl<'a> Reader<'a> {
    fn new(documents: &'a Documents, dialect: Dialect) -> Self {
        let root = documents.root();
        Self {
            documents,
            root,
            schemas: Schemas::new(documents, dialect),
            groups: Groups::default(),
            is_2: root.node.get("swagger").is_some(),
            consumes: texts(root.node, "consumes"),
            produces: texts(root.node, "produces"),
            depth: 0,
        }
    }

    /// Gives their names to all schemas under a key.
    fn declare(&mut self, named: Option<&'a Node>) {
        let named = named.map(|node| At { document: self.root.document, node });
        // All of them may stand in another file.
        let Some(found) = named.and_then(|named| self.documents.follow(named).ok()) else { return };
        for (name, at) in entries(found) {
            self.schemas.declare(name, at);
        }
    }

    /// What a node leads to, or why it leads nowhere.
    fn follow(&self, at: At<'a>) -> Result<At<'a>, String> {
        let documents = self.documents;
        documents.follow(at).map_err(|why| {
            let target = crate::refs::reference(at.node).unwrap_or("");
            why.said(target)
        })
    }

    /// What stands under a key, followed, when it leads anywhere.
    fn under(&self, at: At<'a>, key: &str) -> Option<At<'a>> {
        self.follow(inside(at, at.node.get(key)?)).ok()
    }

    /// The description of something: where it is referred to with words of its own, those.
    fn description(&self, at: At<'a>, found: At<'a>) -> Option<String> {
        description(self.documents, at).or_else(|| description(self.documents, found))
    }
}

fn read_openapi(documents: &Documents) -> Reference {
    let root = documents.root();
    let version = ["swagger", "openapi"].iter().find_map(|key| text(root.node, key)).unwrap_or_default();
    let is_old = version.starts_with("3.0") || version.starts_with('2') || version.starts_with('1');
    let mut reader = Reader::new(documents, if is_old { Dialect::OpenApi30 } else { Dialect::JsonSchema });
    reader.declare(root.node.at(&["components", "schemas"]));
    reader.declare(root.node.get("definitions"));
    let (schemes, credentials) = reader.schemes();
    reader.declared_tags();
    reader.tag_sections();
    let operations = reader.operations();
    let (groups, operations) = std::mem::take(&mut reader.groups).sorted(operations);
    let info = root.node.get("info").map(|node| At { document: root.document, node });
    let logo = info.and_then(|info| super::nodes::logo(info.node));
    // What is no picture to show is shown as it is written.
    let of_info: &[&str] = if logo.is_some() { &["x-logo"] } else { &[] };
    let mut extras = info.map(|at| extensions(at.node, of_info)).unwrap_or_default();
    extras.extend(extensions(root.node, &["x-servers", "x-tagGroups"]));
    let mut reference = Reference {
        summary: info.and_then(|info| text(info.node, "summary")),
        description: info.and_then(|info| description(documents, info)),
        logo,
        facts: info::facts(documents, root),
        servers: reader.servers(root),
        schemes,
        security: root.node.get("security").map(security::requirements).unwrap_or_default(),
        groups,
        operations,
        extras,
        schemas: reader.schemas.finish(),
    };
    example::fill(&mut reference);
    samples::fill(&mut reference, &credentials);
    reference
}

/// A node of the same document.
fn inside<'a>(at: At<'a>, node: &'a Node) -> At<'a> {
    At { document: at.document, node }
}

/// The entries of a map.
fn entries(at: At<'_>) -> impl Iterator<Item = (&str, At<'_>)> {
    at.node.entries().iter().map(move |entry| (&*entry.key, inside(at, &entry.value)))
}

/// The items of a list.
fn items(at: At<'_>) -> impl Iterator<Item = At<'_>> {
    at.node.items().iter().map(move |node| inside(at, node))
}

/// The texts of a list under a key.
fn texts(node: &Node, key: &str) -> Vec<String> {
    let Some(node) = node.get(key) else { return Vec::new() };
    match node.as_str() {
        Some(one) => vec![one.to_owned()],
        None => node.items().iter().filter_map(Node::scalar_text).collect(),
    }
}
