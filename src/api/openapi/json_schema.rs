//! JSON Schemas that are an API by themselves, and the schemas of custom resource definitions.

use crate::refs::{At, Documents};
use crate::yaml::Node;

use super::super::example;
use super::super::model::{Fact, Reference};
use super::super::nodes::{code_fact, description, text};
use super::super::schema::{Dialect, Schemas};
use super::inside;

/// Reads a schema, or the resources that a definition of Kubernetes defines.
pub(super) fn read(documents: &Documents) -> Reference {
    let root = documents.root();
    let mut schemas = Schemas::new(documents, Dialect::JsonSchema);
    let is_resource = text(root.node, "kind").as_deref() == Some("CustomResourceDefinition");
    let facts = if is_resource { resource(root, &mut schemas) } else { Vec::new() };
    // What only holds schemas is none of them.
    const AROUND: &[&str] = &["$schema", "$id", "id", "title", "description", "definitions", "$defs", "$comment"];
    let is_around = !is_resource && root.node.entries().iter().all(|entry| AROUND.contains(&&*entry.key));
    if is_around {
        for key in ["definitions", "$defs"] {
            for entry in root.node.get(key).map(Node::entries).unwrap_or_default() {
                schemas.declare(&entry.key, inside(root, &entry.value));
            }
        }
    } else if !is_resource {
        schemas.declare(&name(root.node), root);
    }
    let mut reference = Reference {
        description: description(documents, root).filter(|_| !is_resource),
        facts,
        schemas: schemas.finish(),
        ..Reference::default()
    };
    example::fill(&mut reference);
    reference
}

/// What the schema calls itself.
fn name(root: &Node) -> String {
    let of_id = |id: String| {
        let last = id.trim_end_matches(['#', '/']).rsplit('/').next().unwrap_or("").to_owned();
        last.split('.').next().unwrap_or("").to_owned()
    };
    let id = || text(root, "$id").or_else(|| text(root, "id")).map(of_id).filter(|name| !name.is_empty());
    text(root, "title").or_else(id).unwrap_or_else(|| "Schema".to_owned())
}

fn resource<'a>(root: At<'a>, schemas: &mut Schemas<'a>) -> Vec<Fact> {
    let said = |path: &[&str]| root.node.at(path).and_then(Node::scalar_text);
    let kind = said(&["spec", "names", "kind"]).unwrap_or_else(|| "Resource".to_owned());
    let mut facts = Vec::new();
    for (path, label) in [
        (["spec", "group"].as_slice(), "Group"),
        (&["spec", "scope"], "Scope"),
        (&["spec", "names", "plural"], "Plural"),
        (&["spec", "names", "singular"], "Singular"),
    ] {
        facts.extend(said(path).map(|text| code_fact(label, text)));
    }
    let short = root.node.at(&["spec", "names", "shortNames"]).map(Node::items).unwrap_or_default();
    facts.extend(short.iter().filter_map(Node::scalar_text).map(|name| code_fact("Short name", name)));
    let versions = root.node.at(&["spec", "versions"]).map(Node::items).unwrap_or_default();
    for version in versions {
        let name = text(version, "name").unwrap_or_default();
        if let Some(schema) = version.at(&["schema", "openAPIV3Schema"]) {
            schemas.declare(&format!("{kind} {name}"), inside(root, schema));
        }
    }
    // Before versions had schemas of their own there was one for all of them.
    if let Some(schema) = root.node.at(&["spec", "validation", "openAPIV3Schema"]) {
        schemas.declare(&kind, inside(root, schema));
    }
    facts
}
