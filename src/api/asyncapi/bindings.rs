//! Bindings: what a protocol needs to know beside what all have in common. Each protocol has keys
//! of its own, and some of their values are schemas.

use serde_json::Value as Json;

use super::super::model::{Extra, Fact, Field, Part};
use super::super::nodes::plain;
use super::facts::{code, lost};
use super::read::Reader;
use super::view::View;
use crate::refs::At;

/// Most settings of one protocol that are shown by themselves; others are shown as they are written.
const MAX_SETTINGS: usize = 200;
/// How deep they may stand in each other.
const MAX_DEPTH: usize = 6;

/// The bindings of an object as parts, a protocol each.
pub(super) fn of<'a>(view: &View<'a>, title: &str, reader: &mut Reader<'a>) -> Vec<Part> {
    let mut all = Vec::new();
    if let Some(nowhere) = view.get("bindings").and_then(|bindings| bindings.lost) {
        all.push(Part { title: title.to_owned(), facts: vec![lost(&nowhere)], ..Part::default() });
    }
    for (protocol, at) in view.entries("bindings") {
        let mut part = Part { title: title.to_owned(), name: Some(protocol.to_owned()), ..Part::default() };
        let merged = view.get("bindings").and_then(|bindings| bindings.get(protocol));
        let inner = merged.unwrap_or_else(|| view.part(at));
        part.facts.extend(inner.lost.as_ref().map(lost));
        match inner.is_map() {
            true => entries(&inner, &mut part, reader),
            false => part.facts.extend(inner.scalar().filter(|text| !text.is_empty()).map(|text| code("", text))),
        }
        all.push(part);
    }
    all
}

fn entries<'a>(inner: &View<'a>, part: &mut Part, reader: &mut Reader<'a>) {
    for (key, at) in inner.own_entries() {
        let value = inner.get(key).unwrap_or_else(|| inner.part(at));
        if let Some(nowhere) = &value.lost {
            let fact = lost(nowhere);
            part.facts.push(Fact { label: format!("{key}: {}", fact.label), ..fact });
        } else if is_schema(&value) {
            let shape = inner.schema(key, reader.made).map(|at: At<'a>| reader.schemas.shape(at));
            part.fields.push(Field { name: key.to_owned(), shape: shape.unwrap_or_default(), ..Field::default() });
        } else {
            settings(key, &value.json(), part, 0);
        }
    }
}

/// A setting; those inside of it are named by the way to them: `lastWill.topic`, `queues[0].name`.
fn settings(name: &str, value: &Json, part: &mut Part, depth: usize) {
    let is_open = part.facts.len() < MAX_SETTINGS && depth < MAX_DEPTH;
    let is_plain = |value: &Json| !matches!(value, Json::Array(_) | Json::Object(_));
    match value {
        Json::Object(map) if is_open && !map.is_empty() => {
            map.iter().for_each(|(key, value)| settings(&format!("{name}.{key}"), value, part, depth + 1));
        }
        Json::Array(items) if !items.is_empty() && items.iter().all(is_plain) => {
            part.facts.push(code(name, items.iter().map(plain).collect::<Vec<_>>().join(", ")));
        }
        Json::Array(items) if is_open && !items.is_empty() => {
            let items = items.iter().enumerate();
            items.for_each(|(at, item)| settings(&format!("{name}[{at}]"), item, part, depth + 1));
        }
        Json::Array(_) | Json::Object(_) if !is_open => {
            part.extras.push(Extra { name: name.to_owned(), value: value.clone() });
        }
        // What has no letters would not be seen.
        Json::String(text) if text.is_empty() => part.facts.push(code(name, "\"\"")),
        other => part.facts.push(code(name, plain(other))),
    }
}

/// Whether a value is a schema: it says so with the words that no setting of a protocol uses like that.
fn is_schema(view: &View<'_>) -> bool {
    const TYPES: [&str; 7] = ["object", "array", "string", "number", "integer", "boolean", "null"];
    let is_type = view.text("type").is_some_and(|kind| TYPES.contains(&kind.as_str()));
    is_type || ["oneOf", "anyOf", "allOf"].iter().any(|key| !view.items(key).is_empty())
}
