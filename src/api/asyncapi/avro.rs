//! Avro schemas to shapes. A type that was defined before is named and not repeated, so recursion
//! ends by itself.

use serde_json::Value as Json;

use super::super::model::{Basic, Choice, Choices, EnumValue, Field, Layer, Shape};
use super::facts::{code, fact};

/// What an Avro schema says.
pub(super) fn shape(schema: &Json) -> Shape {
    match schema {
        Json::String(name) => of_name(name),
        Json::Array(branches) => union(branches),
        Json::Object(_) => object(schema),
        _ => Shape { type_text: "unknown".to_owned(), ..Shape::default() },
    }
}

fn of_name(name: &str) -> Shape {
    let basic = match name {
        "null" => Basic::Null,
        "boolean" => Basic::Boolean,
        "int" | "long" => Basic::Integer,
        "float" | "double" => Basic::Number,
        "bytes" | "string" => Basic::Text,
        _ => Basic::Any,
    };
    Shape { type_text: name.to_owned(), basic, ..Shape::default() }
}

/// With null it is the other type, or nothing; else it is one of several.
fn union(branches: &[Json]) -> Shape {
    let is_null = |branch: &&Json| branch.as_str() == Some("null");
    let nullable = branches.iter().any(|branch| is_null(&branch));
    let mut rest: Vec<Shape> = branches.iter().filter(|branch| !is_null(branch)).map(shape).collect();
    let mut whole = match rest.len() {
        1 => rest.remove(0),
        _ => {
            let names: Vec<&str> = rest.iter().map(|shape| &*shape.type_text).collect();
            let type_text = names.join(" or ");
            let options = rest.into_iter().map(|shape| Choice { value: None, shape }).collect();
            let choices = vec![Choices { title: "one of", discriminator: None, options }];
            Shape { type_text, choices, ..Shape::default() }
        }
    };
    if nullable {
        whole.type_text.push_str(" or null");
        whole.nullable = true;
    }
    whole
}

fn object(schema: &Json) -> Shape {
    let text = |key: &str| schema.get(key).and_then(Json::as_str);
    let name = text("name").unwrap_or_default();
    let mut shape = match text("type") {
        Some("record" | "error") => Shape {
            type_text: name.to_owned(),
            basic: Basic::Object,
            fields: list(schema, "fields").iter().map(field).collect(),
            ..Shape::default()
        },
        Some("enum") => {
            Shape { type_text: name.to_owned(), basic: Basic::Text, values: symbols(schema), ..Shape::default() }
        }
        Some("array") => layered(schema.get("items"), Layer::List, "array of "),
        Some("map") => layered(schema.get("values"), Layer::Map, "map of "),
        Some("fixed") => {
            let size = schema.get("size").map(|size| format!("{size} bytes")).into_iter().collect();
            Shape { type_text: name.to_owned(), basic: Basic::Text, constraints: size, ..Shape::default() }
        }
        Some(other) => of_name(other),
        // The type is a schema itself.
        None => schema.get("type").map(self::shape).unwrap_or_default(),
    };
    if let Some(namespace) = text("namespace") {
        shape.facts.push(code("Namespace", namespace));
    }
    if let Some(logical) = text("logicalType") {
        shape.format = Some(logical.to_owned());
        for key in ["precision", "scale"] {
            shape.constraints.extend(schema.get(key).map(|value| format!("{key} {value}")));
        }
    }
    shape.description = text("doc").map(str::to_owned).or(shape.description);
    if shape.default.is_none() {
        shape.default = schema.get("default").cloned();
    }
    aliases(schema, &mut shape);
    shape
}

fn list<'a>(schema: &'a Json, key: &str) -> &'a [Json] {
    schema.get(key).and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

fn symbols(schema: &Json) -> Vec<EnumValue> {
    let symbols = list(schema, "symbols").iter().filter_map(Json::as_str);
    symbols.map(|text| EnumValue { text: text.to_owned(), ..EnumValue::default() }).collect()
}

fn layered(inner: Option<&Json>, layer: Layer, words: &str) -> Shape {
    let mut shape = inner.map(shape).unwrap_or_default();
    shape.layers.insert(0, layer);
    shape.type_text.insert_str(0, words);
    shape
}

fn aliases(schema: &Json, shape: &mut Shape) {
    let names: Vec<&str> = list(schema, "aliases").iter().filter_map(Json::as_str).collect();
    if !names.is_empty() {
        shape.facts.push(fact("Aliases", names.join(", ")));
    }
}

fn field(field: &Json) -> Field {
    let text = |key: &str| field.get(key).and_then(Json::as_str).map(str::to_owned);
    let mut shape = field.get("type").map(shape).unwrap_or_default();
    shape.description = text("doc").or(shape.description);
    shape.default = field.get("default").cloned().or(shape.default);
    aliases(field, &mut shape);
    // A field without a default has to be written.
    let required = field.get("default").is_none();
    Field { name: text("name").unwrap_or_default(), shape, required, ..Field::default() }
}
