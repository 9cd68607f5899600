//! Values that a schema names: enumerations, constants, examples.

use serde_json::Value as Json;

use crate::yaml::{Node, Value};

use super::super::model::{EnumValue, Example};
use super::super::nodes::{deprecated, plain, pretty, text};

/// The values that a schema allows.
pub(super) fn allowed(node: &Node) -> Vec<EnumValue> {
    if let Some(constant) = node.get("const") {
        return vec![EnumValue { text: plain(&constant.to_json()), ..EnumValue::default() }];
    }
    let values = node.get("enum").map(Node::items).unwrap_or_default();
    let names = ["x-enum-varnames", "x-enumNames", "x-enum-names"].iter().find_map(|key| node.get(key));
    let descriptions =
        ["x-enum-descriptions", "x-enumDescriptions", "x-enum-description"].iter().find_map(|key| node.get(key));
    let describe = |at: usize, value: &str| {
        let name = names.and_then(|names| beside(names, at, value)).filter(|name| name != value);
        match (name, descriptions.and_then(|descriptions| beside(descriptions, at, value))) {
            (Some(name), Some(words)) => Some(format!("`{name}`: {words}")),
            (Some(name), None) => Some(format!("`{name}`")),
            (None, words) => words,
        }
    };
    let all = values.iter().enumerate().map(|(at, value)| {
        let value = plain(&value.to_json());
        EnumValue { description: describe(at, &value), text: value, ..EnumValue::default() }
    });
    all.collect()
}

/// What stands beside a value: at the same place of a list, or under its name in a map.
fn beside(node: &Node, at: usize, value: &str) -> Option<String> {
    let found = match &node.value {
        Value::List(items) => items.get(at),
        _ => node.get(value),
    };
    found.and_then(Node::scalar_text).filter(|text| !text.trim().is_empty())
}

/// Choices between constants are an enumeration whose values have descriptions.
pub(super) fn constants(options: &[&Node]) -> Option<Vec<EnumValue>> {
    const SAID: &[&str] = &["const", "title", "description", "deprecated", "type"];
    let constant = |option: &Node| {
        let constant = option.get("const")?;
        if !option.entries().iter().all(|entry| SAID.contains(&&*entry.key)) {
            return None;
        }
        let value = plain(&constant.to_json());
        let title = text(option, "title").filter(|title| *title != value);
        let description = match (title, text(option, "description")) {
            (Some(title), Some(words)) => Some(format!("{title}: {words}")),
            (title, words) => title.or(words),
        };
        Some(EnumValue { text: value, description, deprecated: deprecated(option), ..EnumValue::default() })
    };
    if options.is_empty() { None } else { options.iter().map(|option| constant(option)).collect() }
}

/// The examples that a schema gives, with their names.
pub(super) fn examples(node: &Node) -> Vec<(Option<String>, Json)> {
    let mut all = Vec::new();
    for key in ["example", "x-example"] {
        all.extend(node.get(key).map(|value| (None, value.to_json())));
    }
    for key in ["examples", "x-examples"] {
        let Some(given) = node.get(key) else { continue };
        all.extend(given.items().iter().map(|value| (None, value.to_json())));
        for entry in given.entries() {
            // In place of a list, some write the examples of OpenAPI with their names.
            let value = entry.value.get("value").unwrap_or(&entry.value);
            all.push((Some(entry.key.to_string()), value.to_json()));
        }
    }
    all
}

/// An example that was given, to show.
pub(super) fn shown((name, value): (Option<String>, Json)) -> Example {
    Example { name, text: pretty(&value), language: "json", ..Example::default() }
}
