//! The tree: plain data, every node and every key with its span.

use crate::base::Span;

use super::scalar::number_text;

/// A value with the place it was written at.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// What a node can be.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    Text(Box<str>),
    /// A list.
    List(Vec<Node>),
    /// A map, in the order of the file. Keys may stand twice: [`Document`](super::Document) has a
    /// problem for each second one, and the last one counts.
    Map(Vec<Entry>),
}

/// One key of a map with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key as text.
    pub key: Box<str>,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl Node {
    /// A text that was made, not read.
    pub fn text(span: Span, text: impl Into<Box<str>>) -> Self {
        Self { span, value: Value::Text(text.into()) }
    }

    /// The value of a key of a map.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// A key of a map with its value.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().rev().find(|entry| &*entry.key == key)
    }

    /// The node at a path of map keys.
    pub fn at(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The node at a JSON pointer.
    pub fn pointer(&self, pointer: &str) -> Option<&Node> {
        pointer_parts(pointer).try_fold(self, |node, part| match &node.value {
            Value::List(items) => items.get(part.parse::<usize>().ok()?),
            _ => node.get(&part),
        })
    }

    /// The entries of a map; empty for anything else.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; empty for anything else.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The text of a text node.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value of a boolean node.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// Whether it is a map.
    pub fn is_map(&self) -> bool {
        matches!(self.value, Value::Map(_))
    }

    /// Whether it is null.
    pub fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// Its type in the words of messages.
    pub fn type_name(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Int(_) | Value::Float(_) => "a number",
            Value::Text(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
        }
    }

    /// A scalar as text; `None` for lists and maps.
    pub fn scalar_text(&self) -> Option<String> {
        Some(match &self.value {
            Value::Null => String::new(),
            Value::Bool(value) => value.to_string(),
            Value::Int(value) => value.to_string(),
            Value::Float(value) => number_text(*value),
            Value::Text(text) => text.to_string(),
            Value::List(_) | Value::Map(_) => return None,
        })
    }

    /// The JSON value, as `JSON.stringify` would print it.
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::Value as Json;
        match &self.value {
            Value::Null => Json::Null,
            Value::Bool(value) => Json::Bool(*value),
            Value::Int(value) => Json::from(*value),
            Value::Float(value) => json_number(*value),
            Value::Text(text) => Json::String(text.to_string()),
            Value::List(items) => Json::Array(items.iter().map(Node::to_json).collect()),
            Value::Map(entries) => {
                Json::Object(entries.iter().map(|entry| (entry.key.to_string(), entry.value.to_json())).collect())
            }
        }
    }

    /// A tree with the same content and no places, from JSON.
    pub fn from_json(json: &serde_json::Value, span: Span) -> Self {
        use serde_json::Value as Json;
        let value = match json {
            Json::Null => Value::Null,
            Json::Bool(value) => Value::Bool(*value),
            Json::Number(number) => {
                number.as_i64().map_or_else(|| Value::Float(number.as_f64().unwrap_or(f64::NAN)), Value::Int)
            }
            Json::String(text) => Value::Text(text.as_str().into()),
            Json::Array(items) => Value::List(items.iter().map(|item| Self::from_json(item, span)).collect()),
            Json::Object(map) => Value::Map(
                map.iter()
                    .map(|(key, value)| Entry {
                        key: key.as_str().into(),
                        key_span: span,
                        value: Self::from_json(value, span),
                    })
                    .collect(),
            ),
        };
        Self { span, value }
    }

    /// The same tree, `by` bytes further on.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        let value = match self.value {
            Value::List(items) => Value::List(items.into_iter().map(|item| item.shifted(by)).collect()),
            Value::Map(entries) => Value::Map(
                entries
                    .into_iter()
                    .map(|entry| Entry {
                        key: entry.key,
                        key_span: entry.key_span.shifted(by),
                        value: entry.value.shifted(by),
                    })
                    .collect(),
            ),
            scalar => scalar,
        };
        Self { span: self.span.shifted(by), value }
    }

    /// Where a pointer leads: the span of the key that ends it when `key` is asked for, else of
    /// the value. A pointer that leads nowhere gives the nearest node above it.
    pub fn locate(&self, pointer: &str, key: bool) -> Span {
        let mut node = self;
        let mut span = self.span;
        for part in pointer_parts(pointer) {
            let next = match &node.value {
                Value::List(items) => {
                    part.parse::<usize>().ok().and_then(|at| items.get(at)).map(|item| (item.span, item))
                }
                _ => node.entry(&part).map(|entry| (if key { entry.key_span } else { entry.value.span }, &entry.value)),
            };
            let Some((at, child)) = next else { break };
            span = at;
            node = child;
        }
        span
    }

    /// How many nodes there are, itself included.
    pub fn count(&self) -> usize {
        1 + self.items().iter().map(Node::count).sum::<usize>()
            + self.entries().iter().map(|entry| entry.value.count()).sum::<usize>()
    }
}

fn json_number(value: f64) -> serde_json::Value {
    #[allow(clippy::cast_possible_truncation)]
    if value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0 {
        return serde_json::Value::from(value as i64);
    }
    serde_json::Number::from_f64(value).map_or(serde_json::Value::Null, serde_json::Value::Number)
}

/// The parts of a JSON pointer, unescaped.
pub fn pointer_parts(pointer: &str) -> impl Iterator<Item = String> + '_ {
    pointer.split('/').skip(1).map(|part| part.replace("~1", "/").replace("~0", "~"))
}

/// One part of a JSON pointer, escaped.
pub fn pointer_escape(part: &str) -> String {
    part.replace('~', "~0").replace('/', "~1")
}

/// A pointer one step further down.
pub fn pointer_join(pointer: &str, part: &str) -> String {
    format!("{pointer}/{}", pointer_escape(part))
}
