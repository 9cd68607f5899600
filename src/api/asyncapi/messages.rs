//! Messages. One with a name is a schema of its own, whose fields are its headers and its payload,
//! and whose parts are its bindings; where it is used, a part leads to it. One without a name is
//! whole where it is used.

use super::super::model::{Basic, Body, Example, Extra, Fact, Field, MESSAGES, Part, Schema, SchemaId, Shape};
use super::facts::{code, deprecated, docs, example, extras, last_part, lost, tag_facts};
use super::payload::{Content, language_of};
use super::read::Reader;
use super::view::{View, key};
use super::{bindings, payload};
use crate::base::Place;
use crate::refs::{At, reference};

/// Most bytes of examples that are repeated where a message is used.
const MAX_REPEATED: usize = 16 * 1024;
/// Most examples of a payload's schema that are taken for the message.
const MAX_OF_SCHEMA: usize = 20;
/// Longest summary of an example that is a name as well, in characters.
const LONGEST_NAME: usize = 40;
/// Most messages of one operation, and how deep they may be nested.
const MAX_MESSAGES: usize = 1_000;
const MAX_NESTED: usize = 8;

/// A message that is a schema.
#[derive(Debug, Clone)]
pub(super) struct Known {
    id: SchemaId,
    name: String,
    summary: Option<String>,
    media: Option<String>,
    deprecated: Option<String>,
    /// How many of the examples of its schema are examples; what follows are sources.
    examples: usize,
}

/// What a message says.
struct Message {
    title: Option<String>,
    summary: Option<String>,
    description: Option<String>,
    deprecated: Option<String>,
    media: Option<String>,
    headers: Option<Content>,
    payload: Option<Content>,
    bindings: Vec<Part>,
    facts: Vec<Fact>,
    examples: Vec<Example>,
    /// Schemas that are shown as source.
    sources: Vec<Example>,
    extras: Vec<Extra>,
    place: Place,
}

/// Reads the messages that the components name.
pub(super) fn components<'a>(components: &View<'a>, reader: &mut Reader<'a>) {
    for (name, at) in components.entries("messages") {
        declare(name, at, "components", reader);
    }
}

/// Makes a message with a name known. `context` tells it from others of the same name.
pub(super) fn declare<'a>(name: &str, at: At<'a>, context: &str, reader: &mut Reader<'a>) {
    let view = reader.view(at);
    let Some(own) = view.own().filter(|_| view.is_map()) else { return };
    if reader.messages.contains_key(&key(own)) {
        return;
    }
    let view = view.with_traits(!reader.is_3);
    let said = view.text("name");
    let mut unique = said.clone().unwrap_or_else(|| name.to_owned());
    if reader.names.contains(&unique) {
        unique = format!("{unique} ({context})");
    }
    reader.names.insert(unique.clone());
    let mut message = message(&view, own, reader);
    let id = view.text("messageId").or_else(|| said.is_some_and(|said| said != name).then(|| name.to_owned()));
    if let Some(id) = id {
        message.facts.insert(0, code("Message ID", id));
    }
    let known = Known {
        id: 0,
        name: unique.clone(),
        summary: message.title.clone().or_else(|| message.summary.clone()),
        media: message.media.clone(),
        deprecated: message.deprecated.clone(),
        examples: message.examples.len(),
    };
    let id = reader.keep(schema(unique, message));
    reader.messages.insert(key(own), Known { id, ..known });
}

fn message<'a>(view: &View<'a>, own: At<'a>, reader: &mut Reader<'a>) -> Message {
    let format = view.text("schemaFormat");
    let headers = payload::read(view, "headers", None, reader);
    let payload = payload::read(view, "payload", format.as_deref(), reader);
    let media = view.text("contentType").or_else(|| reader.content_type.clone());
    let mut facts: Vec<Fact> = view.lost.iter().map(lost).collect();
    facts.extend(view.lost_traits().map(|nowhere| lost(&nowhere)));
    if let Some(media) = &media {
        facts.push(code("Content type", media.clone()));
    }
    facts.extend(correlation(view));
    facts.extend(payload.iter().flat_map(|payload| payload.facts.iter().cloned()));
    facts.extend(tag_facts(view));
    facts.extend(docs(view));
    let bindings = bindings::of(view, "Message binding", reader);
    let examples = examples(view, media.as_deref());
    let sources = payload.iter().chain(&headers).flat_map(|content| content.sources.iter().cloned()).collect();
    Message {
        title: view.text("title"),
        summary: view.text("summary"),
        description: view.text("description"),
        deprecated: deprecated(view),
        media,
        headers,
        payload,
        bindings,
        facts,
        examples,
        sources,
        extras: extras(view),
        place: reader.documents.place_of(own),
    }
}

/// Where the value is that messages are put together by.
fn correlation(view: &View<'_>) -> Vec<Fact> {
    let Some(correlation) = view.get("correlationId") else { return Vec::new() };
    if let Some(nowhere) = &correlation.lost {
        return vec![lost(nowhere)];
    }
    let location = correlation.text("location").map(|location| code("Correlation ID", location));
    let description = correlation.text("description").map(|text| super::facts::fact("Correlation", text));
    location.into_iter().chain(description).collect()
}

fn examples(view: &View<'_>, media: Option<&str>) -> Vec<Example> {
    let mut all = Vec::new();
    for at in view.items("examples") {
        let one = view.part(at);
        // Old definitions have the payload itself here.
        let is_plain = !one.is_map()
            || one
                .own_entries()
                .iter()
                .any(|(key, _)| !["name", "summary", "payload", "headers"].contains(key) && !key.starts_with("x-"));
        if is_plain {
            all.push(of_media(example(None, &one.json()), media));
            continue;
        }
        let (name, summary) = (one.text("name"), one.text("summary"));
        let payload = one.get("payload");
        let is_alone = payload.is_none();
        if let Some(payload) = payload {
            all.push(Example { summary: summary.clone(), ..of_media(example(name.clone(), &payload.json()), media) });
        }
        if let Some(headers) = one.get("headers") {
            // Beside the payload they are called as it is on the page, and do not say its summary again.
            let short = summary.clone().filter(|summary| summary.chars().count() <= LONGEST_NAME);
            let name = short
                .or(name)
                .map_or_else(|| "Headers".to_owned(), |name| format!("{}: headers", name.trim_end_matches('.')));
            let summary = summary.filter(|_| is_alone);
            all.push(Example { summary, ..example(Some(name), &headers.json()) });
        }
    }
    if all.is_empty()
        && let Some(payload) = view.get("payload")
    {
        let of_schema = payload.items("examples").into_iter().take(MAX_OF_SCHEMA);
        all.extend(of_schema.map(|at| of_media(example(None, &view.part(at).json()), media)));
    }
    all
}

/// A text in an example is in the language of the content type.
fn of_media(example: Example, media: Option<&str>) -> Example {
    match example.language {
        "" => Example { language: media.map_or("", language_of), ..example },
        _ => example,
    }
}

fn schema(name: String, message: Message) -> Schema {
    let description = match (message.summary, message.description) {
        (Some(summary), Some(description)) if summary.trim() != description.trim() => {
            Some(format!("{}\n\n{description}", summary.trim_end()))
        }
        (summary, description) => description.or(summary),
    };
    let field = |name: &str, content: Option<Content>| {
        content.map(|content| Field { name: name.to_owned(), shape: content.shape, ..Field::default() })
    };
    let fields = field("headers", message.headers).into_iter().chain(field("payload", message.payload));
    Schema {
        anchor: format!("message-{name}"),
        kind: "message".to_owned(),
        section: Some(MESSAGES.to_owned()),
        shape: Shape {
            type_text: "message".to_owned(),
            basic: Basic::Object,
            title: message.title,
            description,
            deprecated: message.deprecated,
            fields: fields.collect(),
            extras: message.extras,
            ..Shape::default()
        },
        name,
        examples: message.examples.into_iter().chain(message.sources).collect(),
        facts: message.facts,
        parts: message.bindings,
        place: Some(message.place),
        ..Schema::default()
    }
}

/// The messages under a key of an operation, as parts: a list of them, and in AsyncAPI 2 one, or `oneOf`.
pub(super) fn parts<'a>(view: &View<'a>, name: &str, context: &str, reader: &mut Reader<'a>) -> Vec<Part> {
    let mut found = Vec::new();
    let list = view.items(name);
    let one = view.raw(name).into_iter().take(if reader.is_3 { 0 } else { 1 });
    let all: Vec<At<'a>> = if list.is_empty() { one.collect() } else { list };
    all.into_iter().for_each(|at| collect(at, reader, &mut found, 0));
    titled(found.into_iter().map(|at| part(at, context, reader)).collect())
}

fn collect<'a>(at: At<'a>, reader: &Reader<'a>, found: &mut Vec<At<'a>>, depth: usize) {
    if depth > MAX_NESTED || found.len() >= MAX_MESSAGES {
        return;
    }
    let view = reader.view(at);
    let several = view.items("oneOf");
    if several.is_empty() && (view.lost.is_some() || view.is_map()) {
        found.push(at);
    }
    several.into_iter().for_each(|at| collect(at, reader, found, depth + 1));
}

/// The heading of messages of which any may come.
pub(super) fn titled(mut parts: Vec<Part>) -> Vec<Part> {
    let title = if parts.len() > 1 { "One of the messages" } else { "Message" };
    parts.iter_mut().for_each(|part| part.title = title.to_owned());
    parts
}

/// A message where it is used, examples with it.
pub(super) fn part<'a>(at: At<'a>, context: &str, reader: &mut Reader<'a>) -> Part {
    let view = reader.view(at);
    if let Some(own) = view.own()
        && view.is_map()
        && !reader.messages.contains_key(&key(own))
    {
        let with_traits = view.clone().with_traits(!reader.is_3);
        match name(at, &with_traits, reader) {
            Some(name) => declare(&name, at, context, reader),
            None => return whole(message(&with_traits, own, reader)),
        }
    }
    let mut part = brief(at, reader);
    let known = view.own().and_then(|own| reader.messages.get(&key(own)));
    let examples = known.map_or(0, |known| known.examples);
    let kept = of_part(&part).next().and_then(|id| reader.kept(id));
    if let (Some(kept), Some(body)) = (kept, part.bodies.first_mut()) {
        let mut left = MAX_REPEATED;
        let few = kept.examples.iter().take(examples).take_while(|example| {
            let fits = example.text.len() <= left;
            left = left.saturating_sub(example.text.len());
            fits
        });
        body.examples = few.cloned().collect();
        part.facts.extend(kept.facts.iter().filter(|fact| fact.label.starts_with("Correlation")).cloned());
        part.parts.extend(kept.parts.iter().cloned());
    }
    part
}

/// What a message is called: its own name, or the one that references know it by.
fn name<'a>(at: At<'a>, view: &View<'a>, reader: &Reader<'a>) -> Option<String> {
    let by_reference = || {
        let target = reader.hops(at).into_iter().rev().find_map(|(target, _)| target)?;
        // The place of a message inside an operation is no name.
        Some(last_part(target)).filter(|name| name != "message" && name.parse::<usize>().is_err())
    };
    view.text("name").or_else(|| view.text("messageId")).or_else(by_reference).or_else(|| view.text("title"))
}

/// A message where it is used, in short.
pub(super) fn brief<'a>(at: At<'a>, reader: &Reader<'a>) -> Part {
    let view = reader.view(at);
    let known = view.own().and_then(|own| reader.messages.get(&key(own)));
    let mut part = Part { title: "Message".to_owned(), facts: view.lost.iter().map(lost).collect(), ..Part::default() };
    match known {
        Some(known) => {
            let shape = Shape { type_text: known.name.clone(), of: Some(known.id), ..Shape::default() };
            part.name = Some(known.name.clone());
            part.summary.clone_from(&known.summary);
            part.deprecated.clone_from(&known.deprecated);
            part.bodies = vec![Body { media: known.media.clone(), shape: Some(shape), ..Body::default() }];
        }
        None => part.name = reference(at.node).map(last_part),
    }
    part
}

/// The messages that a part leads to.
pub(super) fn of_part(part: &Part) -> impl Iterator<Item = SchemaId> {
    let inner = part.parts.iter().flat_map(|part| &part.bodies);
    part.bodies.iter().chain(inner).filter_map(|body| body.shape.as_ref()?.of)
}

/// A message that has no name, whole.
fn whole(message: Message) -> Part {
    let mut parts = Vec::new();
    if let Some(headers) = message.headers {
        let body = Body { shape: Some(headers.shape), ..Body::default() };
        parts.push(Part { title: "Headers".to_owned(), bodies: vec![body], ..Part::default() });
    }
    parts.extend(message.bindings);
    let shape = message.payload.map(|payload| payload.shape);
    let examples = message.examples.into_iter().chain(message.sources).collect();
    Part {
        title: "Message".to_owned(),
        name: message.title,
        summary: message.summary,
        description: message.description,
        deprecated: message.deprecated,
        facts: message.facts,
        bodies: vec![Body { media: message.media, shape, examples, ..Body::default() }],
        parts,
        extras: message.extras,
        ..Part::default()
    }
}
