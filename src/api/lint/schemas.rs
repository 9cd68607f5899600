//! Schemas: `api-enum-type`, `api-enum-duplicate`, `api-array-without-items`, `api-discriminator`,
//! `api-keyword-not-supported`.

use rustc_hash::FxHashMap;

use crate::base::Span;
use crate::yaml::{Node, Value};

use super::report::Lint;
use super::walk::Part;
use super::{Input, Version};

/// Objects of OpenAPI that have an `enum` or `items` themselves.
const LIKE_SCHEMAS: &[&str] = &["Schema", "SimpleItems", "Parameter", "Header"];

pub(super) fn check(input: &Input<'_>, lint: &mut Lint<'_>) {
    for part in input.parts.iter().filter(|part| LIKE_SCHEMAS.contains(&part.kind)) {
        enumeration(input, part, lint);
        if input.version.is_openapi() {
            items(input, part, lint);
            keywords(input, part, lint);
        }
    }
    if input.version == Version::Swagger {
        input.parts.of_kind("Schema").for_each(|part| discriminator(part, lint));
    }
}

/// The types that a schema allows; nothing where it does not say, or not in a way that is known.
fn types(input: &Input<'_>, node: &Node) -> Option<Vec<String>> {
    const KNOWN: &[&str] = &["string", "number", "integer", "boolean", "array", "object", "null"];
    let written = node.get("type")?;
    let mut types: Vec<String> = match &written.value {
        Value::Text(text) => vec![text.to_string()],
        Value::List(items) => items.iter().filter_map(Node::scalar_text).collect(),
        _ => return None,
    };
    if !types.iter().all(|name| KNOWN.contains(&name.as_str())) {
        return None;
    }
    let nullable = match input.version {
        Version::OpenApi(0) => "nullable",
        Version::Swagger => "x-nullable",
        _ => "",
    };
    if node.get(nullable).and_then(Node::as_bool) == Some(true) {
        types.push("null".to_owned());
    }
    Some(types)
}

fn is_of(value: &Node, name: &str) -> bool {
    match &value.value {
        Value::Null => name == "null",
        Value::Bool(_) => name == "boolean",
        Value::Int(_) => matches!(name, "integer" | "number"),
        Value::Float(float) => name == "number" || name == "integer" && float.fract() == 0.0,
        Value::Text(_) => name == "string",
        Value::List(_) => name == "array",
        Value::Map(_) => name == "object",
    }
}

fn enumeration(input: &Input<'_>, part: &Part<'_>, lint: &mut Lint<'_>) {
    let Some(values) = part.at.node.get("enum").map(Node::items) else { return };
    let document = part.at.document;
    let types = types(input, part.at.node);
    let mut seen: FxHashMap<String, Span> = FxHashMap::default();
    for value in values {
        let text = value.to_json().to_string();
        if let Some(types) = &types
            && !types.iter().any(|name| is_of(value, name))
        {
            let message = format!("{} in an `enum` whose type is {}", shown(&text), types.join(" or "));
            let help = match &value.value {
                Value::Null if input.version == Version::OpenApi(0) => Some("say `nullable: true`, too".to_owned()),
                Value::Bool(_) | Value::Int(_) | Value::Float(_) if types.iter().any(|name| name == "string") => {
                    Some("put it in quotes".to_owned())
                }
                _ => None,
            };
            lint.report("typed-enum", (document, value.span), message).help = help;
        }
        match seen.get(&text) {
            Some(first) => {
                let place = lint.documents.place(document, *first);
                let finding = lint.report(
                    "duplicated-entry-in-enum",
                    (document, value.span),
                    format!("{} stands twice in this `enum`", shown(&text)),
                );
                *finding = finding.clone().related("the first one", place);
            }
            None => {
                seen.insert(text, value.span);
            }
        }
    }
}

/// A value as messages show it.
pub(super) fn shown(json: &str) -> String {
    const MOST: usize = 60;
    let mut text: String = json.chars().take(MOST).collect();
    if text.len() < json.len() {
        text.push('…');
    }
    format!("`{text}`")
}

fn items(input: &Input<'_>, part: &Part<'_>, lint: &mut Lint<'_>) {
    // Since 3.1 a list may hold anything without saying so.
    if matches!(input.version, Version::OpenApi(1..)) {
        return;
    }
    let Some(kind) = part.at.node.get("type").filter(|kind| kind.as_str() == Some("array")) else { return };
    if part.at.node.get("items").is_none() {
        let message = "a list that does not say what is in it";
        lint.report("array-items", (part.at.document, kind.span), message).help =
            Some("add `items`; `items: {}` for anything".to_owned());
    }
}

fn keywords(input: &Input<'_>, part: &Part<'_>, lint: &mut Lint<'_>) {
    if part.kind != "Schema" {
        return;
    }
    let document = part.at.document;
    if input.version == Version::Swagger {
        for (key, rule) in [("anyOf", "oas2-anyOf"), ("oneOf", "oas2-oneOf")] {
            if let Some(entry) = part.at.node.entry(key) {
                lint.report(rule, (document, entry.key_span), format!("Swagger 2.0 has no `{key}`")).help =
                    Some("it came with OpenAPI 3.0".to_owned());
            }
        }
    }
    if matches!(input.version, Version::OpenApi(2..))
        && let Some(entry) = part.at.node.get("xml").and_then(|xml| xml.entry("attribute"))
        && entry.value.as_bool() == Some(true)
    {
        let message = "`attribute` is deprecated since OpenAPI 3.2";
        lint.report("oas3_2-no-deprecated-xml-attribute", (document, entry.key_span), message).help =
            Some("write `nodeType: attribute`".to_owned());
    }
}

fn discriminator(part: &Part<'_>, lint: &mut Lint<'_>) {
    let Some(name) = part.at.node.get("discriminator") else { return };
    let Some(text) = name.as_str() else { return };
    let spot = (part.at.document, name.span);
    if part.at.node.at(&["properties", text]).is_none() {
        lint.report(
            "oas2-discriminator",
            spot,
            format!("the schema has no property `{text}`, by which it is told apart"),
        );
    }
    let required = part.at.node.get("required").map(Node::items).unwrap_or_default();
    if !required.iter().any(|item| item.as_str() == Some(text)) {
        lint.report(
            "oas2-discriminator",
            spot,
            format!("`{text}`, by which the schema is told apart, is not required"),
        );
    }
}
