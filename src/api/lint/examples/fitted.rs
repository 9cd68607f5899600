//! A schema as far as one value asks for it: references are followed, and only what the value has
//! is written down. So no reference is left, nothing is circular, and the work has a bound. All
//! dialects become JSON Schema 2020-12.

use serde_json::{Map, Value as Json, json};

use crate::refs::{At, DocumentId, reference};
use crate::yaml::{Node, Value};

use super::super::{Input, Version};

/// Steps for one example, and for all of a definition. A step is a value at a schema.
const MOST_OF_ONE: usize = 100_000;
const MOST_OF_ALL: usize = 2_000_000;
/// How deep a schema for one value may nest.
const MOST_DEPTH: usize = 100;

/// Makes schemas fit values.
pub(super) struct Fitting<'a, 'i> {
    input: &'i Input<'a>,
    left: usize,
    fuel: usize,
    /// The first example that was too much by itself.
    pub(super) skipped: Option<At<'a>>,
    /// The first example for which nothing was left.
    pub(super) stopped: Option<At<'a>>,
}

impl<'a, 'i> Fitting<'a, 'i> {
    pub(super) fn new(input: &'i Input<'a>) -> Self {
        Self { input, left: MOST_OF_ALL, fuel: 0, skipped: None, stopped: None }
    }

    /// The schema for a value; nothing where that would be too much.
    pub(super) fn fit(&mut self, schema: At<'a>, value: At<'a>) -> Option<Json> {
        if self.stopped.is_some() {
            return None;
        }
        if self.left == 0 {
            self.stopped = Some(value);
            return None;
        }
        let before = MOST_OF_ONE.min(self.left);
        self.fuel = before;
        let fitted = self.schema(schema, &[value.node], 0);
        self.left -= before - self.fuel;
        if self.fuel == 0 {
            self.skipped.get_or_insert(value);
            return None;
        }
        Some(fitted)
    }

    fn schema(&mut self, at: At<'a>, values: &[&'a Node], depth: usize) -> Json {
        let cost = values.len() + 1;
        if self.fuel < cost || depth > MOST_DEPTH {
            self.fuel = if depth > MOST_DEPTH { self.fuel } else { 0 };
            return Json::Bool(true);
        }
        self.fuel -= cost;
        if let Value::Bool(allowed) = at.node.value {
            return Json::Bool(allowed);
        }
        if !at.node.is_map() || at.node.get("$dynamicRef").is_some() {
            return Json::Bool(true);
        }
        if reference(at.node).is_none() {
            return self.object(at, values, depth);
        }
        let Ok(found) = self.input.documents.follow(at) else { return Json::Bool(true) };
        let referred = self.schema(found, values, depth + 1);
        let siblings_count = matches!(self.input.version, Version::OpenApi(1..)) && at.node.entries().len() > 1;
        if siblings_count { json!({"allOf": [referred, self.object(at, values, depth + 1)]}) } else { referred }
    }

    fn object(&mut self, at: At<'a>, values: &[&'a Node], depth: usize) -> Json {
        let mut made = Map::new();
        let inner = |key: &str| at.node.get(key).map(|node| At { document: at.document, node });
        self.plain(at.node, &mut made);
        bounds(at.node, &mut made);
        for key in ["allOf", "anyOf", "oneOf"] {
            let all = at.node.get(key).map(Node::items).unwrap_or_default();
            let made_of: Vec<Json> =
                all.iter().map(|node| self.schema(At { document: at.document, node }, values, depth + 1)).collect();
            if !made_of.is_empty() {
                made.insert(key.to_owned(), Json::Array(made_of));
            }
        }
        for key in ["not", "if", "then", "else"] {
            if let Some(schema) = inner(key) {
                let schema = self.schema(schema, values, depth + 1);
                made.insert(key.to_owned(), schema);
            }
        }
        self.properties(at, values, depth, &mut made);
        self.items(at, values, depth, &mut made);
        self.nullable(at.node, made)
    }

    /// Keywords that hold no schemas.
    fn plain(&self, node: &Node, made: &mut Map<String, Json>) {
        const NUMBERS: &[&str] = &["maxLength", "minLength", "maxItems", "minItems", "maxProperties", "minProperties"];
        const KNOWN: &[&str] = &["string", "number", "integer", "boolean", "array", "object", "null"];
        for key in NUMBERS {
            if let Some(Value::Int(limit @ 0..)) = node.get(key).map(|node| &node.value) {
                made.insert((*key).to_owned(), json!(limit));
            }
        }
        if let Some(step) =
            node.get("multipleOf").map(Node::to_json).filter(|step| step.as_f64().is_some_and(|step| step > 0.0))
        {
            made.insert("multipleOf".to_owned(), step);
        }
        for key in ["pattern", "format"] {
            if let Some(text) = node.get(key).and_then(Node::as_str) {
                made.insert(key.to_owned(), json!(text));
            }
        }
        if node.get("uniqueItems").and_then(Node::as_bool) == Some(true) {
            made.insert("uniqueItems".to_owned(), json!(true));
        }
        let types = node.get("type").map(|kind| match &kind.value {
            Value::List(items) => items.iter().filter_map(Node::as_str).collect(),
            _ => kind.as_str().into_iter().collect::<Vec<_>>(),
        });
        if let Some(types) = types.filter(|types| !types.is_empty() && types.iter().all(|name| KNOWN.contains(name))) {
            made.insert("type".to_owned(), json!(types));
        }
        if let Some(Value::List(values)) = node.get("enum").map(|node| &node.value) {
            made.insert("enum".to_owned(), values.iter().map(Node::to_json).collect());
        }
        if let Some(value) =
            node.get("const").filter(|_| !matches!(self.input.version, Version::Swagger | Version::OpenApi(0)))
        {
            made.insert("const".to_owned(), value.to_json());
        }
    }

    fn properties(&mut self, at: At<'a>, values: &[&'a Node], depth: usize, made: &mut Map<String, Json>) {
        let declared = at.node.get("properties").map(Node::entries).unwrap_or_default();
        let mut properties = Map::new();
        for entry in declared {
            let held: Vec<&Node> = values.iter().filter_map(|value| value.get(&entry.key)).collect();
            if !held.is_empty() {
                let schema = self.schema(At { document: at.document, node: &entry.value }, &held, depth + 1);
                properties.insert(entry.key.to_string(), schema);
            }
        }
        let all = || values.iter().flat_map(|value| value.entries()).map(|entry| &entry.value).collect::<Vec<_>>();
        let patterns = at.node.get("patternProperties").map(Node::entries).unwrap_or_default();
        let made_of: Map<String, Json> = patterns
            .iter()
            .map(|entry| {
                let schema = self.schema(At { document: at.document, node: &entry.value }, &all(), depth + 1);
                (entry.key.to_string(), schema)
            })
            .collect();
        if !made_of.is_empty() {
            made.insert("patternProperties".to_owned(), Json::Object(made_of));
        }
        for key in ["additionalProperties", "unevaluatedProperties"] {
            if let Some(node) = at.node.get(key) {
                let others: Vec<&Node> = values
                    .iter()
                    .flat_map(|value| value.entries())
                    .filter(|entry| !properties.contains_key(&*entry.key))
                    .map(|entry| &entry.value)
                    .collect();
                let schema = self.schema(At { document: at.document, node }, &others, depth + 1);
                made.insert(key.to_owned(), schema);
            }
        }
        if !properties.is_empty() {
            made.insert("properties".to_owned(), Json::Object(properties));
        }
        let required = at.node.get("required").map(Node::items).unwrap_or_default();
        let required: Vec<&str> = required
            .iter()
            .filter_map(Node::as_str)
            .filter(|name| !self.is_one_way(at.document, declared.iter().find(|entry| &*entry.key == *name)))
            .collect();
        if !required.is_empty() {
            made.insert("required".to_owned(), json!(required));
        }
    }

    /// Whether a property is read or written only: the example of a request, or of a response, may
    /// be without it, and one of the schema may be meant for either.
    fn is_one_way(&self, document: DocumentId, property: Option<&'a crate::yaml::Entry>) -> bool {
        let Some(property) = property else { return false };
        let says = |node: &Node| {
            ["readOnly", "writeOnly"].iter().any(|key| node.get(key).and_then(Node::as_bool) == Some(true))
        };
        let at = At { document, node: &property.value };
        says(at.node) || self.input.documents.follow(at).is_ok_and(|found| says(found.node))
    }

    fn items(&mut self, at: At<'a>, values: &[&'a Node], depth: usize, made: &mut Map<String, Json>) {
        let rest = |from: usize| values.iter().flat_map(|value| value.items().iter().skip(from)).collect::<Vec<_>>();
        let inner = |node| At { document: at.document, node };
        let list = at.node.get("items").filter(|items| matches!(items.value, Value::List(_)));
        let first = list.or_else(|| at.node.get("prefixItems")).map(Node::items).unwrap_or_default();
        let mut prefix = Vec::new();
        for (index, node) in first.iter().enumerate() {
            let held: Vec<&Node> = values.iter().filter_map(|value| value.items().get(index)).collect();
            prefix.push(self.schema(inner(node), &held, depth + 1));
        }
        let others = if list.is_some() { at.node.get("additionalItems") } else { at.node.get("items") };
        if let Some(node) = others {
            let schema = self.schema(inner(node), &rest(prefix.len()), depth + 1);
            made.insert("items".to_owned(), schema);
        }
        if !prefix.is_empty() {
            made.insert("prefixItems".to_owned(), Json::Array(prefix));
        }
        if let Some(node) = at.node.get("contains") {
            let schema = self.schema(inner(node), &rest(0), depth + 1);
            made.insert("contains".to_owned(), schema);
        }
    }

    /// Before 3.1 null is allowed by a word of its own.
    fn nullable(&self, node: &Node, mut made: Map<String, Json>) -> Json {
        let word = match self.input.version {
            Version::OpenApi(0) => "nullable",
            Version::Swagger => "x-nullable",
            _ => return Json::Object(made),
        };
        if node.get(word).and_then(Node::as_bool) != Some(true) {
            return Json::Object(made);
        }
        if !made_of_plain(node) {
            return json!({"anyOf": [{"type": "null"}, made]});
        }
        if let Some(Json::Array(types)) = made.get_mut("type") {
            types.push(json!("null"));
        }
        if let Some(Json::Array(values)) = made.get_mut("enum") {
            values.push(Json::Null);
        }
        Json::Object(made)
    }
}

/// Whether nothing but its type and its values can refuse null.
fn made_of_plain(node: &Node) -> bool {
    ["allOf", "anyOf", "oneOf", "not"].iter().all(|key| node.get(key).is_none())
}

/// Limits of numbers. Before 3.1 a boolean says whether the limit itself is allowed.
fn bounds(node: &Node, made: &mut Map<String, Json>) {
    for (limit, exclusive) in [("maximum", "exclusiveMaximum"), ("minimum", "exclusiveMinimum")] {
        let number = |key: &str| node.get(key).map(Node::to_json).filter(Json::is_number);
        let is_exclusive = node.get(exclusive).and_then(Node::as_bool) == Some(true);
        if let Some(value) = number(limit) {
            made.insert(if is_exclusive { exclusive } else { limit }.to_owned(), value);
        }
        if let Some(value) = number(exclusive) {
            made.insert(exclusive.to_owned(), value);
        }
    }
}
