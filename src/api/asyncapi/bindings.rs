//! Bindings: what a protocol needs to know beside what all have in common. Each protocol has keys
//! of its own, and some of their values are schemas.

use super::super::model::{Extra, Fact, Field, Part};
use super::facts::{code, lost};
use super::read::Reader;
use super::view::View;
use crate::refs::At;

/// What one protocol is told.
pub(super) struct Binding {
    protocol: String,
    facts: Vec<Fact>,
    /// Values that are schemas.
    fields: Vec<Field>,
    /// Values that are neither scalars nor schemas.
    extras: Vec<Extra>,
}

impl Binding {
    /// As a part with a heading.
    pub(super) fn into_part(self) -> Part {
        Part {
            title: "Binding".to_owned(),
            name: Some(self.protocol),
            facts: self.facts,
            fields: self.fields,
            extras: self.extras,
            ..Part::default()
        }
    }

    /// As facts, fields and extras that name the protocol, for what has no parts.
    pub(super) fn into_pieces(self) -> (Vec<Fact>, Vec<Field>, Vec<Extra>) {
        let named = |name: String| format!("{} {name}", self.protocol);
        let mut pieces = (self.facts, self.fields, self.extras);
        pieces.0.iter_mut().for_each(|fact| fact.label = named(std::mem::take(&mut fact.label)));
        pieces.1.iter_mut().for_each(|field| field.name = named(std::mem::take(&mut field.name)));
        pieces.2.iter_mut().for_each(|extra| extra.name = named(std::mem::take(&mut extra.name)));
        pieces
    }
}

/// The bindings of an object, a protocol each.
pub(super) fn of<'a>(view: &View<'a>, reader: &mut Reader<'a>) -> Vec<Binding> {
    let mut all = Vec::new();
    if let Some(nowhere) = view.get("bindings").and_then(|bindings| bindings.lost) {
        let facts = vec![lost(&nowhere)];
        all.push(Binding { protocol: String::new(), facts, fields: Vec::new(), extras: Vec::new() });
    }
    for (protocol, at) in view.entries("bindings") {
        let mut binding =
            Binding { protocol: protocol.to_owned(), facts: Vec::new(), fields: Vec::new(), extras: Vec::new() };
        let merged = view.get("bindings").and_then(|bindings| bindings.get(protocol));
        let inner = merged.unwrap_or_else(|| view.part(at));
        binding.facts.extend(inner.lost.as_ref().map(lost));
        match inner.is_map() {
            true => entries(&inner, &mut binding, reader),
            false => binding.facts.extend(inner.scalar().filter(|text| !text.is_empty()).map(|text| code("", text))),
        }
        all.push(binding);
    }
    all
}

fn entries<'a>(inner: &View<'a>, binding: &mut Binding, reader: &mut Reader<'a>) {
    for (key, at) in inner.own_entries() {
        let value = inner.get(key).unwrap_or_else(|| inner.part(at));
        if let Some(nowhere) = &value.lost {
            let fact = lost(nowhere);
            binding.facts.push(Fact { label: format!("{key}: {}", fact.label), ..fact });
        } else if is_schema(&value) {
            let shape = inner.schema(key, reader.made).map(|at: At<'a>| reader.schemas.shape(at));
            binding.fields.push(Field { name: key.to_owned(), shape: shape.unwrap_or_default(), ..Field::default() });
        } else if let Some(text) = value.scalar() {
            binding.facts.push(code(key, text));
        } else {
            binding.extras.push(Extra { name: key.to_owned(), value: value.json() });
        }
    }
}

/// Whether a value is a schema: it says so with the words that no setting of a protocol uses like that.
fn is_schema(view: &View<'_>) -> bool {
    const TYPES: [&str; 7] = ["object", "array", "string", "number", "integer", "boolean", "null"];
    let is_type = view.text("type").is_some_and(|kind| TYPES.contains(&kind.as_str()));
    is_type || ["oneOf", "anyOf", "allOf"].iter().any(|key| !view.items(key).is_empty())
}
