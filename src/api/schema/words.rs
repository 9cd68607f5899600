//! What a schema demands, in words. Reads the keywords of one node, and says each of them once.

use crate::yaml::{Node, Value};

use super::super::nodes::{counted, is_true, text};

/// All constraints of a schema that are not its type.
pub(super) fn constraints(node: &Node) -> Vec<String> {
    let mut all = Vec::new();
    numbers(node, &mut all);
    let mut count = |least: &str, most: &str, one, many| {
        all.extend(range(text(node, least), text(node, most), one, many));
    };
    count("minLength", "maxLength", "character", "characters");
    count("minItems", "maxItems", "item", "items");
    count("minProperties", "maxProperties", "property", "properties");
    if is_true(node, "uniqueItems") {
        all.push("no item twice".to_owned());
    }
    if let Some(pattern) = text(node, "pattern") {
        all.push(format!("pattern {pattern}"));
    }
    contains(node, &mut all);
    dependencies(node, &mut all);
    if let Some(encoding) = text(node, "contentEncoding") {
        all.push(format!("encoded as {encoding}"));
    }
    if let Some(media) = text(node, "contentMediaType") {
        all.push(format!("holds {media}"));
    }
    for (key, words) in [
        ("additionalProperties", "no other properties"),
        ("unevaluatedProperties", "no other properties"),
        ("additionalItems", "no other items"),
        ("unevaluatedItems", "no other items"),
    ] {
        let is_closed = node.get(key).and_then(Node::as_bool) == Some(false);
        if is_closed && !all.iter().any(|said| said == words) {
            all.push(words.to_owned());
        }
    }
    all
}

/// `exclusiveMinimum` is a number, or says of `minimum` that it is exclusive.
fn numbers(node: &Node, all: &mut Vec<String>) {
    let limit = |key: &str, exclusive: &str| match (text(node, key), node.get(exclusive).map(|node| &node.value)) {
        (Some(limit), Some(Value::Bool(true))) => (None, Some(limit)),
        (limit, Some(Value::Bool(_)) | None) => (limit, None),
        (limit, Some(_)) => (limit, text(node, exclusive)),
    };
    let (least, above) = limit("minimum", "exclusiveMinimum");
    let (most, below) = limit("maximum", "exclusiveMaximum");
    match (least, most) {
        (Some(least), Some(most)) => all.push(format!("{least} to {most}")),
        (Some(least), None) => all.push(format!("at least {least}")),
        (None, Some(most)) => all.push(format!("at most {most}")),
        (None, None) => {}
    }
    all.extend(above.map(|above| format!("more than {above}")));
    all.extend(below.map(|below| format!("less than {below}")));
    all.extend(text(node, "multipleOf").map(|of| format!("multiple of {of}")));
}

fn range(least: Option<String>, most: Option<String>, one: &str, many: &str) -> Option<String> {
    let least = least.filter(|least| least != "0");
    Some(match (least, most) {
        (Some(least), Some(most)) if least == most => format!("exactly {}", counted(&least, one, many)),
        (Some(least), Some(most)) => format!("{least} to {}", counted(&most, one, many)),
        (Some(least), None) => format!("at least {}", counted(&least, one, many)),
        (None, Some(most)) => format!("at most {}", counted(&most, one, many)),
        (None, None) => return None,
    })
}

fn contains(node: &Node, all: &mut Vec<String>) {
    if node.get("contains").is_none() {
        return;
    }
    let least = text(node, "minContains").or_else(|| Some("1".to_owned()));
    if let Some(words) = range(least, text(node, "maxContains"), "item", "items") {
        all.push(format!("contains {words} of a kind"));
    }
}

/// `dependentRequired`, and `dependencies` of older drafts where they are lists.
fn dependencies(node: &Node, all: &mut Vec<String>) {
    for key in ["dependentRequired", "dependencies"] {
        for entry in node.get(key).map(Node::entries).unwrap_or_default() {
            let names: Vec<String> = entry.value.items().iter().filter_map(Node::scalar_text).collect();
            if !names.is_empty() {
                all.push(format!("`{}` requires {}", entry.key, quoted(&names)));
            }
        }
    }
}

/// Names as code, divided by commas.
pub(super) fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
