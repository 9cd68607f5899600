//! What a tree should look like, as data: one table drives checking, "did you mean" and the JSON
//! Schemas that editors read. Used for the kinds of entities and for the settings alike.

use serde_json::{Map, Value as Json, json};

use crate::base::{Span, suggest};

use super::tree::{Node, Value, pointer_join};

/// The shape of a value.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Anything.
    Any,
    /// Text, which may be empty.
    Text,
    /// Text of one character or more.
    NonEmptyText,
    /// `true` or `false`.
    Bool,
    /// A boolean or text that is not empty.
    TextOrBool,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A list of such values.
    List(&'static Shape),
    /// A list with at least one item.
    NonEmptyList(&'static Shape),
    /// A map with keys of the author's choice.
    Map(&'static Shape),
    /// A map with these keys.
    Object(&'static Object),
    /// Such a value, or a list of them.
    OneOrMany(&'static Shape),
    /// Text that is not empty, or such a value.
    TextOr(&'static Shape),
    /// Any map.
    AnyMap,
    /// Text of at most so many characters.
    TextUpTo(usize),
    /// References to entities, each text or a map of its parts: one, a list, or none.
    References,
}

/// A map with known keys.
#[derive(Debug)]
pub struct Object {
    /// The keys.
    pub fields: &'static [Field],
    /// What other keys may hold; `None` when there may be none.
    pub rest: Option<&'static Shape>,
}

/// A known key.
#[derive(Debug)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// Whether it must be there.
    pub required: bool,
    /// What it means, for schemas and help.
    pub doc: &'static str,
}

/// A field that must be there.
pub const fn required(name: &'static str, shape: Shape, doc: &'static str) -> Field {
    Field { name, shape, required: true, doc }
}

/// A field that may be there.
pub const fn optional(name: &'static str, shape: Shape, doc: &'static str) -> Field {
    Field { name, shape, required: false, doc }
}

/// A place where a tree and its shape part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// JSON pointer of the value, or of the map that lacks a field.
    pub pointer: String,
    /// Where to point at.
    pub span: Span,
    /// What is wrong.
    pub kind: MisfitKind,
}

/// How a tree and its shape can part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MisfitKind {
    /// A required field is not there.
    Missing {
        /// Its name.
        field: &'static str,
        /// What it holds, in words.
        expected: String,
        /// A key of the map that may be meant.
        nearest: Option<String>,
    },
    /// The value is of another type.
    WrongType {
        /// What there should be, in words.
        expected: String,
        /// What there is, in words.
        found: &'static str,
    },
    /// The text or list is empty.
    Empty,
    /// The word is none of those allowed.
    NotOneOf {
        /// Those allowed.
        allowed: &'static [&'static str],
        /// The word.
        found: String,
    },
    /// The key is not known.
    Unknown {
        /// The key.
        key: String,
        /// A known key that may be meant.
        nearest: Option<&'static str>,
        /// Whether unknown keys are allowed here, so that this is only worth a word.
        tolerated: bool,
        /// Whether the value would be a good one for the known key.
        fits: bool,
    },
}

/// Compares a tree with its shape. `known` adds names to the keys of the root.
pub fn check(node: &Node, shape: &Shape, pointer: &str, known: &[String]) -> Vec<Misfit> {
    let mut checker = Checker { misfits: Vec::new(), known };
    checker.value(node, shape, pointer, true);
    checker.misfits
}

struct Checker<'a> {
    misfits: Vec<Misfit>,
    known: &'a [String],
}

impl Checker<'_> {
    fn value(&mut self, node: &Node, shape: &Shape, pointer: &str, at_root: bool) {
        match (shape, &node.value) {
            (Shape::Any, _)
            | (Shape::References, Value::Null | Value::Text(_) | Value::Map(_))
            | (Shape::Text | Shape::TextOrBool, Value::Text(_))
            | (Shape::Bool | Shape::TextOrBool, Value::Bool(_))
            | (Shape::AnyMap, Value::Map(_)) => {}
            (Shape::NonEmptyText | Shape::TextOr(_), Value::Text(text)) => {
                if text.is_empty() {
                    self.push(pointer, node.span, MisfitKind::Empty);
                }
            }
            (Shape::TextUpTo(most), Value::Text(text)) => {
                if text.encode_utf16().count() > *most {
                    let kind = MisfitKind::WrongType { expected: shape.in_words(), found: "longer" };
                    self.push(pointer, node.span, kind);
                }
            }
            (Shape::References, Value::List(items)) => {
                for (index, node) in items.iter().enumerate().filter(|(_, node)| !node.is_map()) {
                    self.value(node, &Shape::NonEmptyText, &format!("{pointer}/{index}"), false);
                }
            }
            (Shape::OneOf(allowed), Value::Text(text)) => {
                if !allowed.contains(&&**text) {
                    let kind = MisfitKind::NotOneOf { allowed, found: text.to_string() };
                    self.push(pointer, node.span, kind);
                }
            }
            (Shape::List(item) | Shape::NonEmptyList(item) | Shape::OneOrMany(item), Value::List(items)) => {
                if items.is_empty() && matches!(shape, Shape::NonEmptyList(_)) {
                    self.push(pointer, node.span, MisfitKind::Empty);
                }
                for (index, node) in items.iter().enumerate() {
                    self.value(node, item, &format!("{pointer}/{index}"), false);
                }
            }
            (Shape::OneOrMany(Shape::Text | Shape::NonEmptyText), value) if !matches!(value, Value::Text(_)) => {
                let kind = MisfitKind::WrongType { expected: shape.in_words(), found: node.type_name() };
                self.push(pointer, node.span, kind);
            }
            (Shape::TextOr(other), Value::Map(_) | Value::List(_)) => self.value(node, other, pointer, at_root),
            (Shape::OneOrMany(item), _) => self.value(node, item, pointer, at_root),
            (Shape::Map(item), Value::Map(entries)) => {
                for entry in entries {
                    self.value(&entry.value, item, &pointer_join(pointer, &entry.key), false);
                }
            }
            (Shape::Object(object), Value::Map(_)) => self.object(node, object, pointer, at_root),
            _ => {
                let kind = MisfitKind::WrongType { expected: shape.in_words(), found: node.type_name() };
                self.push(pointer, node.span, kind);
            }
        }
    }

    fn object(&mut self, node: &Node, object: &Object, pointer: &str, at_root: bool) {
        for entry in node.entries() {
            let at = pointer_join(pointer, &entry.key);
            if let Some(field) = object.fields.iter().find(|field| field.name == &*entry.key) {
                self.value(&entry.value, &field.shape, &at, false);
                continue;
            }
            if let Some(rest) = object.rest {
                self.value(&entry.value, rest, &at, false);
            }
            if at_root && self.known.iter().any(|name| name.as_str() == &*entry.key) {
                continue;
            }
            let absent = object.fields.iter().map(|field| field.name).filter(|name| node.get(name).is_none());
            let nearest = suggest::nearest(&entry.key, absent);
            let meant = object.fields.iter().find(|field| Some(field.name) == nearest);
            let fits = meant.is_some_and(|field| check(&entry.value, &field.shape, "", &[]).is_empty());
            let kind =
                MisfitKind::Unknown { key: entry.key.to_string(), nearest, tolerated: object.rest.is_some(), fits };
            self.push(&at, entry.key_span, kind);
        }
        for field in object.fields.iter().filter(|field| field.required && node.get(field.name).is_none()) {
            let unknown = node
                .entries()
                .iter()
                .map(|entry| &*entry.key)
                .filter(|key| !object.fields.iter().any(|field| field.name == *key));
            let nearest = suggest::nearest(field.name, unknown).map(str::to_owned);
            let kind = MisfitKind::Missing { field: field.name, expected: field.shape.in_words(), nearest };
            self.push(pointer, node.span, kind);
        }
    }

    fn push(&mut self, pointer: &str, span: Span, kind: MisfitKind) {
        self.misfits.push(Misfit { pointer: pointer.to_owned(), span, kind });
    }
}

impl Shape {
    /// What it is, as a message says it.
    pub fn in_words(&self) -> String {
        match self {
            Self::Any => "a value".to_owned(),
            Self::Text | Self::NonEmptyText => "text".to_owned(),
            Self::Bool => "true or false".to_owned(),
            Self::TextOrBool => "text or a boolean".to_owned(),
            Self::TextUpTo(most) => format!("text of at most {most} characters"),
            Self::References => "a list of texts".to_owned(),
            Self::OneOf(words) => format!("one of {}", suggest::either(words)),
            Self::List(item) | Self::NonEmptyList(item) => format!("a list of {}", item.plural()),
            Self::Map(_) | Self::Object(_) | Self::AnyMap => "a map".to_owned(),
            Self::TextOr(other) => format!("text or {}", other.in_words()),
            Self::OneOrMany(item) => format!("{} or a list of {}", item.in_words(), item.plural()),
        }
    }

    fn plural(&self) -> &'static str {
        match self {
            Self::Text | Self::NonEmptyText | Self::TextUpTo(_) | Self::OneOf(_) => "texts",
            Self::Map(_) | Self::Object(_) | Self::AnyMap => "maps",
            _ => "values",
        }
    }

    /// The JSON Schema of the shape. `strict` forbids keys that are unknown but tolerated.
    pub fn json_schema(&self, strict: bool) -> Json {
        match self {
            Self::Any => json!({}),
            Self::Text => json!({"type": "string"}),
            Self::NonEmptyText => json!({"type": "string", "minLength": 1}),
            Self::TextUpTo(most) => json!({"type": "string", "maxLength": most}),
            Self::References => json!({"type": "array", "items": {"type": ["string", "object"]}}),
            Self::Bool => json!({"type": "boolean"}),
            Self::TextOrBool => json!({"type": ["string", "boolean"]}),
            Self::OneOf(words) => json!({"enum": words}),
            Self::List(item) => json!({"type": "array", "items": item.json_schema(strict)}),
            Self::NonEmptyList(item) => json!({"type": "array", "minItems": 1, "items": item.json_schema(strict)}),
            Self::Map(item) => json!({"type": "object", "additionalProperties": item.json_schema(strict)}),
            Self::AnyMap => json!({"type": "object"}),
            Self::TextOr(other) => {
                json!({"anyOf": [Self::NonEmptyText.json_schema(strict), other.json_schema(strict)]})
            }
            Self::OneOrMany(item) => {
                let item = item.json_schema(strict);
                json!({"anyOf": [item, {"type": "array", "items": item}]})
            }
            Self::Object(object) => object.json_schema(strict),
        }
    }
}

impl Object {
    /// The JSON Schema of the map.
    pub fn json_schema(&self, strict: bool) -> Json {
        let mut properties = Map::new();
        for field in self.fields {
            let mut schema = field.shape.json_schema(strict);
            if let Some(map) = schema.as_object_mut() {
                map.insert("description".to_owned(), Json::from(field.doc));
            }
            properties.insert(field.name.to_owned(), schema);
        }
        let required: Vec<&str> = self.fields.iter().filter(|field| field.required).map(|field| field.name).collect();
        let mut schema = json!({"type": "object", "properties": properties});
        if let Some(map) = schema.as_object_mut() {
            if !required.is_empty() {
                map.insert("required".to_owned(), json!(required));
            }
            match self.rest {
                None => {
                    map.insert("additionalProperties".to_owned(), Json::Bool(false));
                }
                Some(Shape::Any) if strict => {}
                Some(rest) => {
                    map.insert("additionalProperties".to_owned(), rest.json_schema(strict));
                }
            }
        }
        schema
    }
}
