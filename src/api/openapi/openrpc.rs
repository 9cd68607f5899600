//! OpenRPC: methods of JSON-RPC as operations.

use serde_json::{Value as Json, json};

use crate::refs::{At, Documents};

use super::super::example;
use super::super::model::{Body, Example, Operation, Part, Reference, Side};
use super::super::nodes::{code_fact, deprecated, description, extensions, external_docs, is_true, pretty, text};
use super::super::samples;
use super::super::schema::Dialect;
use super::{Reader, entries, info, inside, items};

/// Reads all methods of a definition.
pub(super) fn read(documents: &Documents) -> Reference {
    let root = documents.root();
    let mut reader = Reader::new(documents, Dialect::JsonSchema);
    reader.declare(root.node.at(&["components", "schemas"]));
    let mut operations = Vec::new();
    for at in reader.under(root, "methods").into_iter().flat_map(items) {
        if let Ok(found) = reader.follow(at) {
            let operation = reader.rpc(found);
            operations.push(operation);
        }
    }
    let (groups, operations) = std::mem::take(&mut reader.groups).sorted(operations);
    let info = root.node.get("info").map(|node| inside(root, node));
    let mut reference = Reference {
        description: info.and_then(|info| description(documents, info)),
        facts: info::facts(documents, root),
        servers: reader.servers(root),
        groups,
        operations,
        extras: extensions(root.node, &[]),
        schemas: reader.schemas.finish(),
        ..Reference::default()
    };
    samples::fill_rpc(&mut reference);
    example::fill(&mut reference);
    reference
}

impl<'a> Reader<'a> {
    fn rpc(&mut self, at: At<'a>) -> Operation {
        let node = at.node;
        let name = text(node, "name").unwrap_or_default();
        let tags: Vec<String> = self
            .under(at, "tags")
            .into_iter()
            .flat_map(items)
            .filter_map(|tag| {
                let found = self.follow(tag).ok()?;
                found.node.as_str().map(str::to_owned).or_else(|| text(found.node, "name"))
            })
            .collect();
        let mut tags = tags.into_iter();
        let group = match tags.next() {
            Some(tag) => self.groups.tag(&tag),
            // `eth_call` and `eth.call` are of `eth`.
            None => {
                let first = name.split(['_', '.', '/']).next().filter(|first| first.len() < name.len());
                self.groups.untagged(first.unwrap_or("Methods"), "Prefix")
            }
        };
        let mut facts = Vec::new();
        facts.extend(external_docs(node));
        facts.extend(text(node, "paramStructure").map(|structure| code_fact("Parameters", structure)));
        let parameters = self.parameters_of_rpc(at, &name);
        let is_empty = parameters.fields.is_empty() && parameters.bodies.is_empty();
        let mut parts: Vec<Part> = Some(parameters).filter(|_| !is_empty).into_iter().collect();
        parts.extend(self.result(at));
        parts.extend(self.errors(at));
        Operation {
            group,
            verb: "rpc".to_owned(),
            target: name,
            summary: text(node, "summary"),
            description: description(self.documents, at),
            tags: tags.collect(),
            deprecated: deprecated(node),
            facts,
            servers: self.servers(at),
            parts,
            extras: extensions(node, &[]),
            place: Some(self.documents.place_of(at)),
            ..Operation::default()
        }
    }

    fn parameters_of_rpc(&mut self, at: At<'a>, method: &str) -> Part {
        let mut part = Part { title: "Parameters".to_owned(), ..Part::default() };
        for at in self.under(at, "params").into_iter().flat_map(items) {
            let found = self.follow(at).unwrap_or(at);
            let mut field = self.header(at, found);
            field.name = text(found.node, "name").unwrap_or_default();
            field.required = is_true(found.node, "required");
            part.fields.push(field);
        }
        let mut examples = Vec::new();
        for (name, given) in self.pairings(at) {
            let values = self.under(given, "params").into_iter().flat_map(items);
            let values: Vec<Json> =
                values.filter_map(|at| Some(self.follow(at).ok()?.node.get("value")?.to_json())).collect();
            let call = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": values});
            examples.push(Example { name, text: pretty(&call), language: "json", ..Example::default() });
        }
        if !examples.is_empty() {
            part.bodies.push(Body { media: Some("application/json".to_owned()), examples, ..Body::default() });
        }
        part
    }

    /// Examples of a call with what comes back.
    fn pairings(&self, at: At<'a>) -> Vec<(Option<String>, At<'a>)> {
        let all = self.under(at, "examples").into_iter().flat_map(items);
        all.filter_map(|at| self.follow(at).ok()).map(|found| (text(found.node, "name"), found)).collect()
    }

    fn result(&mut self, at: At<'a>) -> Option<Part> {
        let result = inside(at, at.node.get("result")?);
        let found = self.follow(result).unwrap_or(result);
        let shape = found.node.get("schema").map(|schema| self.schemas.shape(inside(found, schema)));
        let mut examples = Vec::new();
        for (name, given) in self.pairings(at) {
            let value = self.under(given, "result").and_then(|at| at.node.get("value").map(crate::yaml::Node::to_json));
            examples.extend(value.map(|value| Example {
                name,
                text: pretty(&value),
                language: "json",
                ..Example::default()
            }));
        }
        Some(Part {
            side: Side::Out,
            title: "Result".to_owned(),
            name: text(found.node, "name"),
            tone: "success",
            summary: text(found.node, "summary"),
            description: self.description(result, found),
            bodies: vec![Body { shape, examples, ..Body::default() }],
            extras: extensions(found.node, &[]),
            ..Part::default()
        })
    }

    fn errors(&mut self, at: At<'a>) -> Vec<Part> {
        let errors: Vec<At<'a>> = self.under(at, "errors").into_iter().flat_map(items).collect();
        let mut parts = Vec::new();
        for at in errors {
            let found = self.follow(at).unwrap_or(at);
            let mut part = Part {
                side: Side::Out,
                title: "Error".to_owned(),
                name: text(found.node, "code"),
                tone: "client-error",
                description: text(found.node, "message"),
                ..Part::default()
            };
            part.facts.extend(found.node.get("data").map(|data| code_fact("Data", data.to_json().to_string())));
            parts.push(part);
        }
        for (name, at) in self.under(at, "links").into_iter().flat_map(entries) {
            parts.push(self.link(name, at));
        }
        parts
    }
}
