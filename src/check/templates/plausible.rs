//! What people would fill in: a plausible value for a parameter, from its schema. Where nothing
//! can be said about the value of a field, there is none, and whatever needs it is passed over.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};

use crate::base::json_schema::JsonSchema;
use crate::model::Catalog;
use crate::yaml::Node;

use super::form::Form;

/// How deep objects among the parameters are filled in.
const MOST_DEPTH: usize = 6;

/// Texts that are tried where a schema asks for a pattern or a length, the plainest first.
const TEXTS: &[&str] = &[
    "example",
    "example-name",
    "example_name",
    "Example",
    "ExampleName",
    "exampleName",
    "example-service-name",
    "abc",
    "a",
    "ABC",
    "12345",
    "1.0.0",
    "v1.0.0",
    "com.example",
    "com.example.app",
    "com/example/app",
    "/example",
    "acme/example",
    "example.org",
    "someone@example.org",
    "https://example.org",
    "https://example.org/",
    "https://github.com/acme/example",
    "2024-01-31",
    "ABC-123",
    "10Gi",
    "10.0.0.0/16",
];

/// Parameters as they would be filled in, and the names of those that nothing can be said about.
pub(super) struct Filled {
    pub(super) parameters: Map<String, Json>,
    pub(super) unknown: BTreeSet<String>,
    /// Those that may be left empty.
    pub(super) optional: Vec<String>,
}

pub(super) fn fill(form: &Form<'_>, catalog: &Catalog) -> Filled {
    let mut filled = Filled { parameters: Map::new(), unknown: BTreeSet::new(), optional: Vec::new() };
    // What is always asked for goes before what is asked under a condition.
    for conditional in [false, true] {
        for property in form.properties.iter().filter(|property| property.conditional == conditional) {
            let name = property.name;
            if filled.parameters.contains_key(name) || filled.unknown.contains(name) {
                continue;
            }
            let required = form.needs(name);
            match value(property.name, property.node, catalog, 0) {
                Some(value) => {
                    filled.parameters.insert(name.to_owned(), value);
                    // An empty list is sent as one, and objects have parts of their own.
                    let is_plain = matches!(type_of(property.node), Some("string" | "number" | "integer" | "boolean"));
                    let has_default = property.node.get("default").is_some();
                    if !required && !conditional && is_plain && !has_default {
                        filled.optional.push(name.to_owned());
                    }
                }
                None => {
                    filled.unknown.insert(name.to_owned());
                }
            }
        }
    }
    filled
}

fn type_of(node: &Node) -> Option<&str> {
    let kind = node.get("type")?;
    kind.as_str().or_else(|| kind.items().iter().filter_map(Node::as_str).find(|kind| *kind != "null"))
}

fn value(name: &str, node: &Node, catalog: &Catalog, depth: usize) -> Option<Json> {
    if depth > MOST_DEPTH || node.entries().iter().any(|entry| entry.key.starts_with('$')) {
        return None;
    }
    let given = node.get("default").filter(|value| !value.is_null() && value.as_str() != Some(""));
    let given = given.or_else(|| node.get("const"));
    let given = given.or_else(|| node.get("enum")?.items().first());
    let given = given.or_else(|| node.get("examples")?.items().first());
    if let Some(given) = given {
        return Some(given.to_json());
    }
    if let Some(field) = node.get("ui:field") {
        return picked(field.as_str()?, node, catalog);
    }
    match type_of(node)? {
        "boolean" => Some(json!(true)),
        "integer" | "number" => Some(node.get("minimum").map_or(json!(1), Node::to_json)),
        "array" => Some(Json::Array(vec![value(name, node.get("items")?, catalog, depth + 1)?])),
        "object" => {
            let properties = node.get("properties")?.entries();
            let part = |entry: &crate::yaml::Entry| {
                Some((entry.key.to_string(), value(&entry.key, &entry.value, catalog, depth + 1)?))
            };
            properties.iter().map(part).collect::<Option<Map<String, Json>>>().map(Json::Object)
        }
        "string" => text(name, node).map(Json::from),
        _ => None,
    }
}

/// A text that the schema takes. Where it takes any, the name of the field tells what people write.
fn text(name: &str, node: &Node) -> Option<&'static str> {
    let keys = ["pattern", "minLength", "maxLength"];
    let asked: Map<String, Json> =
        keys.iter().filter_map(|key| Some(((*key).to_owned(), node.get(key)?.to_json()))).collect();
    let preferred = match node.get("format").and_then(Node::as_str) {
        None => {
            let name = name.to_lowercase();
            let says = |words: &[&str]| words.iter().any(|word| name.contains(word));
            if says(&["mail"]) {
                "someone@example.org"
            } else if says(&["url", "uri", "link", "website", "homepage", "href"]) {
                "https://example.org/"
            } else {
                "example"
            }
        }
        Some("email") => "someone@example.org",
        Some("uri" | "url") => "https://example.org/",
        Some("date") => "2024-01-31",
        Some("hostname") => "example.org",
        Some(_) => return None,
    };
    if asked.is_empty() {
        return Some(preferred);
    }
    let schema = JsonSchema::compile(&Json::Object(asked)).ok()?;
    std::iter::once(&preferred).chain(TEXTS).copied().find(|text| schema.accepts(&json!(text)))
}

/// What a field of the scaffolder's own gives.
fn picked(field: &str, node: &Node, catalog: &Catalog) -> Option<Json> {
    let option = |key: &str| node.at(&["ui:options", key]);
    let first = |node: Option<&'_ Node>| {
        let node = node?;
        Some(node.as_str().or_else(|| node.items().first()?.as_str())?.to_owned())
    };
    let kind = || {
        first(option("catalogFilter").and_then(|filter| filter.get("kind")))
            .or_else(|| first(option("catalogFilter").and_then(|filter| filter.items().first()?.get("kind"))))
            .or_else(|| first(option("allowedKinds")))
            .or_else(|| first(option("defaultKind")))
    };
    let entity = |kind: &str| {
        let found = catalog.entities.iter().find(|entity| entity.reference.kind.eq_ignore_ascii_case(kind));
        found.map_or_else(|| format!("{}:default/example", kind.to_lowercase()), crate::model::Entity::key)
    };
    Some(match field {
        "OwnerPicker" => json!(entity("Group")),
        "OwnedEntityPicker" | "EntityPicker" => json!(entity(&kind().unwrap_or_else(|| "Component".to_owned()))),
        "MultiEntityPicker" => json!([entity(&kind().unwrap_or_else(|| "Component".to_owned()))]),
        "EntityNamePicker" => json!("example"),
        "EntityTagsPicker" => json!(["example"]),
        "MyGroupsPicker" => json!(entity("Group")),
        "RepoBranchPicker" => json!("main"),
        "RepoUrlPicker" => {
            let host = first(option("allowedHosts")).unwrap_or_else(|| "github.com".to_owned());
            let owner = first(option("allowedOwners")).unwrap_or_else(|| "acme".to_owned());
            // Hosts differ in what they call the things above a repository: all of them are there.
            let above = format!("owner={owner}&organization={owner}&workspace={owner}&project=example");
            json!(format!("{host}?{above}&repo=example"))
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::{Limits, parse_value};

    fn shown(schema: &str) -> Option<&'static str> {
        text("name", &parse_value(schema, Limits::default()).unwrap())
    }

    #[test]
    fn texts_follow_the_schema() {
        assert_eq!(shown("{type: string}"), Some("example"));
        assert_eq!(shown("{pattern: '^[a-z]+-[a-z]+$'}"), Some("example-name"));
        assert_eq!(shown("{maxLength: 3}"), Some("abc"));
        assert_eq!(shown("{pattern: '^[0-9]{17}$'}"), None);
        assert_eq!(shown("{pattern: '('}"), None);
        assert_eq!(shown("{format: iban}"), None);
        assert_eq!(text("repoUrl", &parse_value("{}", Limits::default()).unwrap()), Some("https://example.org/"));
    }
}
