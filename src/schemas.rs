//! The JSON Schemas that stand in `schema/`: made from the tables where there is a table, and
//! written by hand for the outputs.

use serde_json::{Value as Json, json};

use crate::config;
use crate::model::{KindTable, entity_schema};

/// Their names.
pub const NAMES: &[&str] = &["baseline", "catalog", "config", "descriptor", "diagnostics", "interface", "manifest"];

/// The text of a schema.
pub fn text(name: &str) -> Option<String> {
    Some(match name {
        "config" => pretty(&config::json_schema()),
        "descriptor" => pretty(&descriptor()),
        "baseline" => include_str!("../schema/baseline.schema.json").to_owned(),
        "catalog" => include_str!("../schema/catalog.schema.json").to_owned(),
        "diagnostics" => include_str!("../schema/diagnostics.schema.json").to_owned(),
        "interface" => include_str!("../schema/interface.schema.json").to_owned(),
        "manifest" => include_str!("../schema/manifest.schema.json").to_owned(),
        _ => return None,
    })
}

/// The schema of a descriptor of any core kind, for editors.
fn descriptor() -> Json {
    let table = KindTable::default();
    let branches: Vec<Json> = table
        .iter()
        .map(|(_, kind)| {
            json!({
                "if": {"properties": {"kind": {"const": kind.name}}, "required": ["kind"]},
                "then": entity_schema(kind),
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

fn pretty(schema: &Json) -> String {
    let mut text = serde_json::to_string_pretty(schema).unwrap_or_default();
    text.push('\n');
    text
}
