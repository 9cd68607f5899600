//! What a schema says of a value without saying what it is made of: texts, format, default, examples,
//! marks, constraints in words, and all keywords that nothing here knows.

use crate::refs::{At, Documents};
use crate::yaml::{Node, Value};

use super::super::model::{Extra, Fact, Shape};
use super::super::nodes::{code_fact, deprecated, description, external_docs, fact, is_true, text};
use super::{values, words};

/// Keywords that are shown as something, or that only matter to programs.
const KNOWN: &[&str] = &[
    "$anchor",
    "$comment",
    "$defs",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "$recursiveAnchor",
    "$recursiveRef",
    "$ref",
    "$schema",
    "$vocabulary",
    "additionalItems",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "default",
    "definitions",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "deprecated",
    "description",
    "discriminator",
    "else",
    "enum",
    "example",
    "examples",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "externalDocs",
    "format",
    "id",
    "if",
    "items",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "nullable",
    "oneOf",
    "pattern",
    "patternProperties",
    "prefixItems",
    "properties",
    "propertyNames",
    "readOnly",
    "required",
    "summary",
    "then",
    "title",
    "type",
    "unevaluatedItems",
    "unevaluatedProperties",
    "uniqueItems",
    "writeOnly",
    "x-additionalPropertiesName",
    "x-deprecated",
    "x-deprecated-reason",
    "x-deprecation-message",
    "x-enum-description",
    "x-enum-descriptions",
    "x-enum-names",
    "x-enum-varnames",
    "x-enumDescriptions",
    "x-enumNames",
    "x-example",
    "x-examples",
    "x-nullable",
    "xml",
];

/// Keywords that describe and do not demand: those that are shown beside a `$ref` where it stands for
/// the whole, because their author meant them to be.
const BESIDE: &[&str] = &["description", "deprecated", "example", "examples", "readOnly", "title", "writeOnly"];

/// All of them.
pub(super) fn read(documents: &Documents, at: At<'_>) -> Shape {
    let node = at.node;
    Shape {
        format: text(node, "format"),
        constraints: words::constraints(node),
        default: node.get("default").map(Node::to_json),
        values: values::allowed(node),
        nullable: is_nullable(node),
        facts: facts(node),
        ..beside(documents, at)
    }
}

/// Those that are shown beside a `$ref`.
pub(super) fn beside(documents: &Documents, at: At<'_>) -> Shape {
    let node = at.node;
    Shape {
        title: text(node, "title"),
        description: description(documents, at).or_else(|| text(node, "summary")),
        example: values::examples(node).into_iter().next().map(|(_, value)| value),
        read_only: is_true(node, "readOnly"),
        write_only: is_true(node, "writeOnly"),
        deprecated: deprecated(node),
        extras: unknown(node),
        ..Shape::default()
    }
}

/// Whether a node has keywords that are shown beside a `$ref`.
pub(super) fn has_beside(node: &Node) -> bool {
    node.entries().iter().any(|entry| BESIDE.contains(&&*entry.key) || entry.key.starts_with("x-"))
}

fn is_nullable(node: &Node) -> bool {
    let is_null = |node: &Node| node.is_null() || node.as_str() == Some("null");
    let in_types = node.get("type").is_some_and(|types| types.items().iter().any(is_null));
    let in_values = node.get("enum").is_some_and(|values| values.items().iter().any(Node::is_null));
    in_types || in_values || is_true(node, "nullable") || is_true(node, "x-nullable")
}

fn facts(node: &Node) -> Vec<Fact> {
    let mut facts = Vec::new();
    facts.extend(external_docs(node));
    facts.extend(node.get("xml").and_then(xml).map(|words| fact("XML", words)));
    for (key, label) in [("$id", "Identifier"), ("id", "Identifier"), ("$schema", "Dialect")] {
        facts.extend(node.get(key).and_then(Node::as_str).map(|id| code_fact(label, id)));
    }
    facts.extend(text(node, "x-additionalPropertiesName").map(|name| code_fact("Key", name)));
    facts
}

/// How a value is written in XML.
fn xml(node: &Node) -> Option<String> {
    let mut said = Vec::new();
    said.extend(text(node, "name").map(|name| format!("named `{name}`")));
    said.extend(text(node, "prefix").map(|prefix| format!("prefix `{prefix}`")));
    said.extend(text(node, "namespace").map(|namespace| format!("namespace `{namespace}`")));
    if is_true(node, "attribute") {
        said.push("an attribute".to_owned());
    }
    if is_true(node, "wrapped") {
        said.push("wrapped in an element".to_owned());
    }
    said.extend(text(node, "nodeType").map(|kind| format!("as {kind}")));
    (!said.is_empty()).then(|| said.join(", "))
}

fn unknown(node: &Node) -> Vec<Extra> {
    let entries = node.entries().iter().filter(|entry| {
        // A property's own `required: true` is shown with the property.
        KNOWN.binary_search(&&*entry.key).is_err() && !matches!(entry.value.value, Value::Null)
    });
    entries.map(|entry| Extra { name: entry.key.to_string(), value: entry.value.to_json() }).collect()
}

#[cfg(test)]
mod sorted {
    #[test]
    fn keywords_are_in_the_order_that_they_are_looked_up_by() {
        assert!(super::KNOWN.is_sorted());
    }
}
