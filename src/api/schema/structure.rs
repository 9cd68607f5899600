//! What a value is made of: its type, and the fields, items and keys that it has.

use crate::refs::At;
use crate::yaml::{Node, Value};

use super::super::model::{Basic, Field, Layer, Shape};
use super::compose::Draft;
use super::{Schemas, layers};

impl<'a> Schemas<'a> {
    /// Reads the type of a schema and what it is made of.
    pub(super) fn structure(&mut self, draft: &mut Draft, at: At<'a>) {
        let node = at.node;
        let types = types(node);
        let one = match types.as_slice() {
            [one] => Some(one.as_str()),
            [] => implied(node),
            _ => None,
        };
        draft.required = node.get("required").map(names).unwrap_or_default();
        match one {
            Some("array") => self.list(&mut draft.shape, at),
            Some("object") => self.object(&mut draft.shape, at),
            other => {
                draft.shape.basic = other.map_or(Basic::Any, basic);
                draft.shape.type_text = other.map_or_else(|| types.join(" or "), str::to_owned);
                // Of several types one may have fields or items; and authors forget what they said.
                self.fields(&mut draft.shape, at);
            }
        }
        // Items of what is said to be no list mean nothing, and are still what the author meant.
        if one == Some("object") || items_of_any(node) {
            let items = node.get("items").filter(|items| !is_list(items));
            draft.shape.fields.extend(items.map(|items| self.keyed("[items]", beside(at, items))));
        }
    }

    /// A list: of items that are all alike, or of one thing after the other.
    fn list(&mut self, shape: &mut Shape, at: At<'a>) {
        let node = at.node;
        let items = node.get("items");
        let (first, rest) = match (node.get("prefixItems"), items) {
            (Some(first), rest) => (Some(first), rest),
            (None, Some(items)) if is_list(items) => (Some(items), node.get("additionalItems")),
            _ => (None, items),
        };
        let rest = rest.or(node.get("unevaluatedItems")).filter(|rest| rest.as_bool() != Some(false));
        let Some(first) = first else {
            let inner = rest.map_or_else(|| Shape::said("any"), |items| self.shape(beside(at, items)));
            self.fields(shape, at);
            let sloppy = std::mem::take(&mut shape.fields);
            layers::wrap(shape, Layer::List, inner);
            shape.fields.extend(sloppy);
            return;
        };
        shape.basic = Basic::Tuple;
        for (number, item) in first.items().iter().enumerate() {
            shape.fields.push(self.field(&format!("[{number}]"), beside(at, item)));
        }
        let words = layers::either(shape.fields.iter().map(|field| &*field.shape.type_text), ", ");
        shape.type_text = format!("array of [{words}]");
        shape.fields.extend(rest.map(|rest| self.keyed("[…]", beside(at, rest))));
    }

    /// An object, or a map when it has keys of any name and no others.
    fn object(&mut self, shape: &mut Shape, at: At<'a>) {
        let node = at.node;
        shape.basic = Basic::Object;
        shape.type_text = "object".to_owned();
        self.fields(shape, at);
        let patterns = self.followed(at, "patternProperties");
        for (pattern, value) in patterns {
            let mut field = self.keyed(&format!("/{pattern}/"), value);
            field.any_name = true;
            shape.fields.push(field);
        }
        let others = ["additionalProperties", "unevaluatedProperties"].map(|key| {
            let others = node.get(key)?;
            (others.is_map() || others.as_bool() == Some(true)).then_some((key, others))
        });
        let is_composed = ["allOf", "oneOf", "anyOf", "$ref"].iter().any(|key| node.get(key).is_some());
        for (key, others) in others.into_iter().flatten() {
            if shape.fields.is_empty() && !is_composed && shape.layers.is_empty() {
                let inner = self.shape(beside(at, others));
                layers::wrap(shape, Layer::Map, inner);
            } else if key == "additionalProperties" || others.is_map() {
                let name = if shape.fields.is_empty() { "any key" } else { "any other key" };
                shape.fields.push(self.keyed(name, beside(at, others)));
            }
        }
        if let Some(keys) = node.get("propertyNames").filter(|keys| keys.is_map()) {
            let keys = self.shape(beside(at, keys));
            shape.constraints.push(format!("keys: {}", in_words(&keys)));
        }
    }

    /// The properties of a schema.
    fn fields(&mut self, shape: &mut Shape, at: At<'a>) {
        for (name, value) in self.followed(at, "properties") {
            shape.fields.push(self.field(name, value));
        }
    }

    /// A field whose name stands for others.
    fn keyed(&mut self, name: &str, at: At<'a>) -> Field {
        Field { any_name: true, ..self.field(name, at) }
    }

    /// The entries under a key, which may stand elsewhere as a whole.
    fn followed(&self, at: At<'a>, key: &str) -> Vec<(&'a str, At<'a>)> {
        let Some(node) = at.node.get(key) else { return Vec::new() };
        let documents = self.documents;
        let found = documents.follow(beside(at, node)).unwrap_or(beside(at, node));
        // A property may be called `$ref`, but what leads nowhere is none.
        let is_one = |value: &Node| value.is_map() || value.as_bool().is_some() || value.is_null();
        let entries = found.node.entries().iter().filter(|entry| &*entry.key != "$ref" || is_one(&entry.value));
        entries.map(|entry| (&*entry.key, beside(found, &entry.value))).collect()
    }

    /// What is known of a schema without reading it.
    pub(super) fn basic_at(&self, at: At<'a>) -> Basic {
        let documents = self.documents;
        let Ok(found) = documents.follow(at) else { return Basic::Any };
        match types(found.node).as_slice() {
            [one] => basic(one),
            [] if found.node.get("allOf").is_some() => Basic::Object,
            [] => implied(found.node).map_or(Basic::Any, basic),
            _ => Basic::Any,
        }
    }
}

/// A node of the same document.
pub(super) fn beside<'a>(at: At<'a>, node: &'a Node) -> At<'a> {
    At { document: at.document, node }
}

/// The types that a schema names, without null.
fn types(node: &Node) -> Vec<String> {
    let Some(types) = node.get("type") else { return Vec::new() };
    let mut all: Vec<String> = match &types.value {
        Value::List(items) => items.iter().filter_map(Node::scalar_text).collect(),
        _ => types.scalar_text().into_iter().filter(|text| !text.is_empty()).collect(),
    };
    if all.len() > 1 {
        all.retain(|name| name != "null" && !name.is_empty());
    }
    all
}

/// The type of a schema that does not name it.
fn implied(node: &Node) -> Option<&'static str> {
    let has = |keys: &[&str]| keys.iter().any(|key| node.get(key).is_some());
    if has(&["properties", "additionalProperties", "patternProperties", "propertyNames", "minProperties"]) {
        return Some("object");
    }
    if has(&["items", "prefixItems", "minItems", "maxItems", "uniqueItems"]) {
        return Some("array");
    }
    let values =
        node.get("const").map_or_else(|| node.get("enum").map(Node::items), |one| Some(std::slice::from_ref(one)));
    of_values(values?)
}

/// The type of all these values, but for null.
fn of_values(values: &[Node]) -> Option<&'static str> {
    let mut found = None;
    for value in values {
        let name = match value.value {
            Value::Text(_) => "string",
            Value::Int(_) => "integer",
            Value::Float(_) => "number",
            Value::Bool(_) => "boolean",
            Value::Null => continue,
            Value::List(_) | Value::Map(_) => return None,
        };
        if *found.get_or_insert(name) != name {
            return None;
        }
    }
    found
}

fn basic(name: &str) -> Basic {
    match name {
        "string" | "file" => Basic::Text,
        "integer" => Basic::Integer,
        "number" => Basic::Number,
        "boolean" => Basic::Boolean,
        "null" => Basic::Null,
        "object" => Basic::Object,
        _ => Basic::Any,
    }
}

fn items_of_any(node: &Node) -> bool {
    node.get("type").is_some_and(is_list)
}

fn is_list(node: &Node) -> bool {
    matches!(node.value, Value::List(_))
}

fn names(node: &Node) -> Vec<String> {
    node.items().iter().filter_map(Node::scalar_text).collect()
}

/// What keys have to be, on one line.
fn in_words(shape: &Shape) -> String {
    let mut said: Vec<String> = shape.constraints.clone();
    if !shape.values.is_empty() {
        let values: Vec<String> = shape.values.iter().map(|value| value.text.clone()).collect();
        said.push(format!("one of {}", super::words::quoted(&values)));
    }
    said.extend(shape.format.iter().map(|format| format!("format {format}")));
    if said.is_empty() {
        said.push(shape.type_text.clone());
    }
    said.join(", ")
}
