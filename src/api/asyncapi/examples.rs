//! Examples that are made for messages which give none: of the payload, and of the headers. Where an
//! operation has a message, they stand as given ones do.

use super::super::example::{self, For};
use super::super::model::{Basic, Body, Example, Part, Reference, Schema, Shape};
use super::super::nodes::pretty;
use super::payload::is_source;

/// Makes them, for all messages and for the schemas.
pub(super) fn fill(reference: &mut Reference) {
    for id in 0..reference.schemas.len() {
        let schema = &reference.schemas[id];
        let made = match schema.is_event() {
            true => of_message(schema, &reference.schemas),
            false => example::of_schema(id, &reference.schemas).into_iter().collect(),
        };
        reference.schemas[id].examples.splice(0..0, made);
    }
    let schemas = &reference.schemas;
    let parts = reference.operations.iter_mut().flat_map(|operation| &mut operation.parts);
    parts.for_each(|part| fill_part(part, schemas));
}

fn of_message(message: &Schema, schemas: &[Schema]) -> Vec<Example> {
    if message.examples.iter().any(|example| !is_source(example)) {
        return Vec::new();
    }
    let shape = |name: &str| message.shape.fields.iter().find(|field| field.name == name).map(|field| &field.shape);
    let media = message.facts.iter().find(|fact| fact.label == "Content type").map(|fact| &*fact.text);
    let payload = shape("payload").and_then(|shape| of_shape(shape, media, schemas));
    let headers = shape("headers").and_then(|shape| of_shape(shape, None, schemas));
    let name = headers.as_ref().map(|_| "Payload".to_owned());
    payload.map(|example| Example { name, ..example }).into_iter().chain(headers.map(named_headers)).collect()
}

fn named_headers(example: Example) -> Example {
    Example { name: Some("Headers".to_owned()), ..example }
}

fn of_shape(shape: &Shape, media: Option<&str>, schemas: &[Schema]) -> Option<Example> {
    // Of what is not known there is nothing to make.
    let says_nothing = shape.of.is_none()
        && shape.basic == Basic::Any
        && shape.choices.is_empty()
        && shape.includes.is_empty()
        && shape.fields.is_empty();
    if says_nothing && shape.example.is_none() {
        return None;
    }
    let value = example::make(shape, schemas, For::Schema)?;
    // A value in JSON is what binary formats such as Avro hold, and nothing that stands in a text in XML.
    let (text, language) = match (media.map(example::language), value.as_str()) {
        (Some("xml" | "yaml" | "html" | "graphql" | "javascript"), _) => return None,
        (Some("text"), Some(text)) if media.is_some_and(|media| media.starts_with("text/")) => (text.to_owned(), ""),
        _ => (pretty(&value), "json"),
    };
    Some(Example { text, language, generated: true, ..Example::default() })
}

/// Those of a part of an operation. Parts in it are headers, or the messages of a reply.
fn fill_part(part: &mut Part, schemas: &[Schema]) {
    let is_headers = part.title == "Headers";
    for body in part.bodies.iter_mut().filter(|body| body.examples.iter().all(is_source)) {
        let made = of_body(body, schemas).into_iter();
        let made: Vec<Example> = if is_headers { made.map(named_headers).collect() } else { made.collect() };
        body.examples.splice(0..0, made);
    }
    let is_given = |example: &Example| !example.generated && !is_source(example);
    let has_given = part.bodies.iter().flat_map(|body| &body.examples).any(is_given);
    // Who gives the payload alone may have left the headers out on purpose.
    let inner = part.parts.iter_mut().filter(|inner| !(has_given && inner.title == "Headers"));
    inner.for_each(|inner| fill_part(inner, schemas));
}

fn of_body(body: &Body, schemas: &[Schema]) -> Vec<Example> {
    let Some(shape) = &body.shape else { return Vec::new() };
    match shape.of.and_then(|id| schemas.get(id)).filter(|schema| schema.is_event()) {
        Some(message) => message.examples.iter().filter(|example| example.generated).cloned().collect(),
        None => of_shape(shape, body.media.as_deref(), schemas).into_iter().collect(),
    }
}
