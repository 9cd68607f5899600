//! Lists and maps around a value: one shape for all of them, because that is how it is read. And the
//! words for what a shape is.

use serde_json::Value as Json;

use super::super::model::{Basic, Layer, Shape};

/// Puts a list or a map around what `inner` is, into a shape that has said nothing of that yet.
pub(super) fn wrap(outer: &mut Shape, layer: Layer, inner: Shape) {
    let (words, each) = match layer {
        Layer::List => ("array of", "item"),
        Layer::Map => ("map of", "value"),
    };
    outer.type_text = format!("{words} {}", grouped(&inner.type_text));
    outer.layers = std::iter::once(layer).chain(inner.layers.iter().copied()).collect();
    outer.of = inner.of;
    outer.basic = inner.basic;
    outer.fields = inner.fields;
    outer.includes = inner.includes;
    outer.choices.splice(0..0, inner.choices);
    outer.facts.extend(inner.facts);
    outer.extras.extend(inner.extras);
    outer.title = outer.title.take().or(inner.title);
    outer.format = outer.format.take().or(inner.format);
    outer.description = match (outer.description.take(), inner.description) {
        (Some(own), Some(inner)) if own != inner => Some(format!("{own}\n\n{inner}")),
        (own, inner) => own.or(inner),
    };
    if outer.values.is_empty() {
        outer.values = inner.values;
    }
    // What already says of what it is keeps its words.
    let says = |words: &String| words.starts_with("each ");
    for words in inner.constraints {
        outer.constraints.push(if says(&words) { words } else { format!("each {each}: {words}") });
    }
    if let Some(default) = inner.default {
        outer.constraints.push(format!("each {each}: default {default}"));
    }
    if outer.example.is_none() && layer == Layer::List {
        outer.example = inner.example.map(|example| Json::Array(vec![example]));
    }
}

/// The words for a type, in brackets where they would run into others.
fn grouped(words: &str) -> String {
    match words {
        "" => "any".to_owned(),
        words if words.contains(" or ") => format!("({words})"),
        words => words.to_owned(),
    }
}

/// Several types in words.
pub(super) fn either<'a>(words: impl Iterator<Item = &'a str>, joined: &str) -> String {
    const SHOWN: usize = 4;
    let mut all: Vec<&str> = Vec::new();
    for words in words {
        if !all.contains(&words) && !words.is_empty() {
            all.push(words);
        }
        if all.len() > SHOWN {
            break;
        }
    }
    match all.len() {
        0 => "any".to_owned(),
        length if length > SHOWN => format!("{} {joined} …", all[..SHOWN].join(joined)),
        _ => all.join(joined),
    }
}

/// What a schema with a name is, in a word.
pub(super) fn kind(shape: &Shape) -> &'static str {
    match (shape.layers.first(), shape.basic) {
        (Some(Layer::List), _) | (None, Basic::Tuple) => "array",
        (Some(Layer::Map), _) => "map",
        (None, _) if !shape.values.is_empty() => "enum",
        (None, _) if shape.of.is_some() => "alias",
        (None, _) if !shape.choices.is_empty() && shape.fields.is_empty() => "choice",
        (None, Basic::Any) if !shape.includes.is_empty() => "object",
        (None, basic) => word(basic),
    }
}

/// A type in a word.
pub(super) fn word(basic: Basic) -> &'static str {
    match basic {
        Basic::Object => "object",
        Basic::Tuple => "array",
        Basic::Text => "string",
        Basic::Integer => "integer",
        Basic::Number => "number",
        Basic::Boolean => "boolean",
        Basic::Null => "null",
        Basic::Any => "any",
    }
}
