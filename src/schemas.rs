//! The JSON Schemas that stand in `schema/`: made from the tables where there is a table, and
//! written by hand for the outputs.

use serde_json::{Value as Json, json};

use crate::config;
use crate::model::{Catalog, DEFAULT_NAMESPACE, Entity, KindTable, ReferenceField, entity_schema};

/// Their names.
pub const NAMES: &[&str] = &[
    "api-list",
    "api-show",
    "baseline",
    "catalog",
    "config",
    "descriptor",
    "diagnostics",
    "diff",
    "entity",
    "impact",
    "interface",
    "manifest",
    "why",
];

/// The text of a schema.
pub fn text(name: &str) -> Option<String> {
    Some(match name {
        "config" => pretty(&config::json_schema()),
        "descriptor" => pretty(&descriptor()),
        "entity" => pretty(&entity()),
        "api-list" => include_str!("../schema/api-list.schema.json").to_owned(),
        "api-show" => include_str!("../schema/api-show.schema.json").to_owned(),
        "baseline" => include_str!("../schema/baseline.schema.json").to_owned(),
        "catalog" => include_str!("../schema/catalog.schema.json").to_owned(),
        "diagnostics" => include_str!("../schema/diagnostics.schema.json").to_owned(),
        "diff" => include_str!("../schema/diff.schema.json").to_owned(),
        "impact" => include_str!("../schema/impact.schema.json").to_owned(),
        "interface" => include_str!("../schema/interface.schema.json").to_owned(),
        "manifest" => include_str!("../schema/manifest.schema.json").to_owned(),
        "why" => include_str!("../schema/why.schema.json").to_owned(),
        _ => return None,
    })
}

/// The schema of an entity's own file: that of one in `catalog.json`.
fn entity() -> Json {
    let mut catalog: Json = serde_json::from_str(include_str!("../schema/catalog.schema.json")).unwrap_or_default();
    let mut entity = catalog["$defs"]["entity"].take();
    entity["properties"]["spec"]["properties"]["definition"]["description"] = json!("The text of an API definition.");
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An entity",
    });
    if let (Some(schema), Some(entity)) = (schema.as_object_mut(), entity.as_object_mut()) {
        schema.append(entity);
    }
    schema["$defs"] = json!({"reference": catalog["$defs"]["reference"].take()});
    schema
}

/// The schema of a descriptor of any core kind, for editors.
fn descriptor() -> Json {
    descriptor_of(&KindTable::default(), |_| Vec::new())
}

/// The schema of a descriptor of any kind of a catalog, in which references are completed: each of
/// their fields offers what it may lead to, and takes anything else as before.
pub fn descriptor_with_references(catalog: &Catalog) -> String {
    pretty(&descriptor_of(&catalog.kinds, |field| known(catalog, field)))
}

fn descriptor_of(table: &KindTable, known: impl Fn(&ReferenceField) -> Vec<String>) -> Json {
    let branches: Vec<Json> = table
        .iter()
        .map(|(_, kind)| {
            let mut schema = entity_schema(kind);
            for field in &kind.references {
                let known = known(field);
                if !known.is_empty() {
                    offer(&mut schema["properties"], &field.path, field.only_type, &known);
                }
            }
            json!({
                "if": {"properties": {"kind": {"const": kind.name}}, "required": ["kind"]},
                "then": schema,
            })
        })
        .collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "catalog-info.yaml",
        "type": "object",
        "required": ["apiVersion", "kind", "metadata"],
        "properties": {"kind": {"examples": table.iter().map(|(_, kind)| kind.name.to_string()).collect::<Vec<_>>()}},
        "allOf": branches,
    })
}

/// What a field may lead to, each as short as the field takes it. A name without a namespace means
/// the one of the entity it stands in: where there are several, `default` is offered by name too.
fn known(catalog: &Catalog, field: &ReferenceField) -> Vec<String> {
    let is_default = |entity: &Entity| entity.reference.namespace.eq_ignore_ascii_case(DEFAULT_NAMESPACE);
    let several = catalog.entities.iter().any(|entity| !is_default(entity));
    let mut names = Vec::new();
    for entity in &catalog.entities {
        let reference = &entity.reference;
        let kind = &catalog.kind_of(entity).name;
        if !field.takes(kind) {
            continue;
        }
        let implied = field.default_kind.as_ref().is_some_and(|default| default.eq_ignore_ascii_case(kind));
        let kind = if implied { String::new() } else { format!("{}:", reference.kind.to_lowercase()) };
        if is_default(entity) {
            names.push(format!("{kind}{}", reference.name));
        }
        if several || !is_default(entity) {
            names.push(format!("{kind}{}/{}", reference.namespace, reference.name));
        }
    }
    names
}

/// Puts names into the schema of the field that a path leads to.
fn offer(properties: &mut Json, path: &[impl AsRef<str>], only_type: Option<&str>, known: &[String]) {
    let Some((key, rest)) = path.split_first() else { return };
    let schema = &mut properties[key.as_ref()];
    // Shapes of `spec` by its type stand beside each other.
    let variants = schema.get("anyOf").is_some_and(|all| all.as_array().is_some_and(|all| all.iter().any(is_map)));
    if variants && !rest.is_empty() {
        let all = schema["anyOf"].as_array_mut().into_iter().flatten();
        for variant in all.filter(|one| only_type.is_none_or(|only| one["properties"]["type"]["const"] == only)) {
            offer(&mut variant["properties"], rest, None, known);
        }
    } else if rest.is_empty() {
        complete(schema, known);
    } else if schema.get("items").is_some() {
        offer(&mut schema["items"]["properties"], rest, only_type, known);
    } else {
        offer(&mut schema["properties"], rest, only_type, known);
    }
}

fn is_map(schema: &Json) -> bool {
    schema.get("properties").is_some()
}

fn complete(schema: &mut Json, known: &[String]) {
    if schema.get("items").is_some() {
        return complete(&mut schema["items"], known);
    }
    let description = schema.as_object_mut().and_then(|schema| schema.remove("description"));
    let before = schema.take();
    let names = json!({"enum": known});
    *schema = match &before {
        // A field of one's own kind, whose schema is elsewhere: one reference, or a list of them.
        Json::Null => json!({"anyOf": [names, {"type": "array", "items": {"anyOf": [names, {}]}}, {}]}),
        _ => json!({"anyOf": [names, before]}),
    };
    if let Some(description) = description {
        schema["description"] = description;
    }
}

fn pretty(schema: &Json) -> String {
    let mut text = serde_json::to_string_pretty(schema).unwrap_or_default();
    text.push('\n');
    text
}
