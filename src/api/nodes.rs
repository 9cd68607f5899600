//! What all definitions in YAML and JSON have in common: texts, extensions, links to other documents,
//! values as text. Reads single nodes leniently, and follows references only to texts.

use serde_json::Value as Json;

use crate::refs::{At, Documents};
use crate::yaml::{Node, Value};

use super::model::{Extra, Fact, Logo};

/// Values that are longer than this are shown on one line no more.
const LINE: usize = 60;

/// The text under a key, when there is one that says something. Numbers and truth values are texts
/// whose author forgot the quotes.
pub(super) fn text(node: &Node, key: &str) -> Option<String> {
    node.get(key).and_then(Node::scalar_text).filter(|text| !text.trim().is_empty())
}

/// Whether a key says `true`, in quotes too.
pub(super) fn is_true(node: &Node, key: &str) -> bool {
    node.get(key).is_some_and(|value| match &value.value {
        Value::Bool(value) => *value,
        Value::Text(text) => &**text == "true",
        _ => false,
    })
}

/// Why something is deprecated: empty when it only says that it is.
pub(super) fn deprecated(node: &Node) -> Option<String> {
    let why = || text(node, "x-deprecated-reason").or_else(|| text(node, "x-deprecation-message")).unwrap_or_default();
    (is_true(node, "deprecated") || is_true(node, "x-deprecated")).then(why)
}

/// The `x-` extensions of a node, but for those that are shown as something else.
pub(super) fn extensions(node: &Node, shown: &[&str]) -> Vec<Extra> {
    let is_one = |key: &str| (key.starts_with("x-") || key.starts_with("X-")) && !shown.contains(&key);
    let entries = node.entries().iter().filter(|entry| is_one(&entry.key));
    entries.map(|entry| Extra { name: entry.key.to_string(), value: entry.value.to_json() }).collect()
}

/// `externalDocs`, a link to a document elsewhere.
pub(super) fn external_docs(node: &Node) -> Option<Fact> {
    let docs = node.get("externalDocs")?;
    let href = text(docs, "url");
    let words = text(docs, "description").or_else(|| href.clone())?;
    Some(Fact { label: "More".to_owned(), text: words, href, code: false })
}

/// `x-logo` of `info`, where it is on the web: an object with its address, or that alone. Pages take
/// pictures by https only.
pub(super) fn logo(info: &Node) -> Option<Logo> {
    let node = info.get("x-logo")?;
    let url = node.as_str().map(str::to_owned).or_else(|| text(node, "url"))?;
    url.starts_with("https://").then(|| Logo { url, alt: text(node, "altText"), href: text(node, "href") })
}

/// A fact without a link.
pub(super) fn fact(label: &str, text: impl Into<String>) -> Fact {
    Fact { label: label.to_owned(), text: text.into(), href: None, code: false }
}

/// A fact that is code.
pub(super) fn code_fact(label: &str, text: impl Into<String>) -> Fact {
    Fact { code: true, ..fact(label, text) }
}

/// A fact that is a link.
pub(super) fn link_fact(label: &str, text: impl Into<String>, href: &str) -> Fact {
    Fact { href: Some(href.to_owned()), ..fact(label, text) }
}

/// A value as it is read: texts without quotes, anything else as JSON on one line.
pub(super) fn plain(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A value as an example shows it: JSON over several lines when it does not fit on one.
pub(super) fn pretty(value: &Json) -> String {
    let line = value.to_string();
    if line.len() <= LINE && !matches!(value, Json::Object(map) if !map.is_empty()) {
        return line;
    }
    serde_json::to_string_pretty(value).unwrap_or(line)
}

/// A number of things in words: `1 item`, `3 items`.
pub(super) fn counted(number: &str, one: &str, many: &str) -> String {
    format!("{number} {}", if number == "1" { one } else { many })
}

/// A text under a key, which may stand in a file of its own.
pub(super) fn words(documents: &Documents, at: At<'_>, key: &str) -> Option<String> {
    let value = at.node.get(key)?;
    if value.is_map() {
        let found = documents.follow(At { document: at.document, node: value }).ok()?;
        return found.node.scalar_text().filter(|text| !text.trim().is_empty());
    }
    text(at.node, key)
}

/// The description of a node.
pub(super) fn description(documents: &Documents, at: At<'_>) -> Option<String> {
    words(documents, at, "description")
}
