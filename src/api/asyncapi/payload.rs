//! Headers and payloads in any schema format: JSON Schema and its relatives through the one reader
//! of schemas, Avro through a reader of its own, everything else as source.

use super::super::model::{Basic, Example, Fact, Schema, Shape};
use super::avro;
use super::facts::{code, last_part, lost};
use super::read::Reader;
use super::view::{View, key};
use crate::refs::{At, reference};

/// What the names of examples begin with that are schemas.
const SOURCE: &str = "Schema (";

/// Whether an example is a schema that is shown as source.
pub(super) fn is_source(example: &Example) -> bool {
    example.name.as_ref().is_some_and(|name| name.starts_with(SOURCE))
}

/// What a schema says, and what it is written in.
#[derive(Debug, Clone, Default)]
pub(super) struct Content {
    pub(super) shape: Shape,
    /// Schemas that are shown as source.
    pub(super) sources: Vec<Example>,
    pub(super) facts: Vec<Fact>,
}

/// A family of schema formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    /// AsyncAPI, OpenAPI, JSON Schema.
    Json,
    Avro,
    /// Anything else, with the language to highlight it in.
    Source(&'static str),
}

impl Format {
    fn of(media: &str) -> Self {
        let media = media.to_ascii_lowercase();
        let has = |text: &str| media.contains(text);
        match () {
            () if has("vnd.aai.asyncapi") || has("vnd.oai.openapi") || has("schema+") => Self::Json,
            () if has("avro") => Self::Avro,
            () if has("protobuf") => Self::Source("protobuf"),
            () if has("raml") => Self::Source("yaml"),
            () => Self::Source(language_of(&media)),
        }
    }
}

/// The language of a media type, for highlighting.
pub(super) fn language_of(media: &str) -> &'static str {
    let has = |text: &str| media.contains(text);
    match () {
        () if has("json") => "json",
        () if has("xml") => "xml",
        () if has("yaml") => "yaml",
        () if has("graphql") => "graphql",
        () => "",
    }
}

/// A schema with the format that it is written in.
struct Formatted<'a> {
    at: At<'a>,
    format: Option<String>,
}

/// The schema under a key. `format` is what stands beside it; a schema may name one itself.
pub(super) fn read<'a>(view: &View<'a>, name: &str, format: Option<&str>, reader: &mut Reader<'a>) -> Option<Content> {
    let at = view.schema(name, reader.made)?;
    let found = reader.view(at);
    if let Some(nowhere) = &found.lost
        && found.top().is_none()
    {
        let name = last_part(&nowhere.target);
        return Some(Content {
            shape: Shape { type_text: name, facts: vec![lost(nowhere)], ..Shape::default() },
            facts: format.map(|format| code("Schema format", format)).into_iter().collect(),
            ..Content::default()
        });
    }
    let schema = formatted(at, &found, format, reader);
    Some(content(at, &schema, reader))
}

/// AsyncAPI 3 puts format and schema in an object.
fn formatted<'a>(at: At<'a>, found: &View<'a>, format: Option<&str>, reader: &Reader<'a>) -> Formatted<'a> {
    let inner = found.text("schemaFormat").and_then(|format| Some((format, found.schema("schema", reader.made)?)));
    match inner {
        Some((format, at)) => Formatted { at, format: Some(format) },
        None => Formatted { at, format: format.map(str::to_owned) },
    }
}

fn content<'a>(outer: At<'a>, schema: &Formatted<'a>, reader: &mut Reader<'a>) -> Content {
    let format = schema.format.as_deref().map_or(Format::Json, Format::of);
    let mut content = Content::default();
    // That of the specification itself is not worth a line.
    if let Some(said) = schema.format.as_ref().filter(|said| !said.contains("vnd.aai.asyncapi")) {
        content.facts.push(code("Schema format", said.clone()));
    }
    // A schema with a format of its own is referred to from outside or, by another one, from inside.
    let by_reference = [outer, schema.at].into_iter().filter(|at| reference(at.node).is_some());
    let named =
        by_reference.filter_map(|at| reader.view(at).own()).find_map(|own| reader.formats.get(&key(own)).cloned());
    match (format, named) {
        (_, Some((id, name))) => content.shape = Shape { of: Some(id), type_text: name, ..Shape::default() },
        (Format::Json, None) if reference(outer.node).is_some() && !std::ptr::eq(outer.node, schema.at.node) => {
            // What is referred to holds schema and format; it is the schema that has the name.
            let name = reference(outer.node).map(last_part).unwrap_or_default();
            let id = reader.schemas.declare(&name, schema.at);
            if let Some(own) = reader.view(outer).own() {
                reader.schemas.known_as(id, own);
            }
            content.shape = reader.schemas.shape(outer);
        }
        (Format::Json, None) if is_json_schema(schema.at, reader) => content.shape = reader.schemas.shape(schema.at),
        _ => {
            let (shape, source) = foreign(schema, format, reader);
            content.shape = shape;
            content.sources.extend(source);
        }
    }
    content
}

/// A schema in JSON Schema is a map, or true or false.
fn is_json_schema<'a>(at: At<'a>, reader: &Reader<'a>) -> bool {
    let view = reader.view(at);
    view.lost.is_some() || view.is_map() || view.top().is_some_and(|node| node.as_bool().is_some())
}

/// A schema in another format: what can be understood of it, and its source.
fn foreign<'a>(schema: &Formatted<'a>, format: Format, reader: &Reader<'a>) -> (Shape, Option<Example>) {
    let view = reader.view(schema.at);
    if let Some(nowhere) = &view.lost {
        let name = last_part(&nowhere.target);
        return (Shape { type_text: name, facts: vec![lost(nowhere)], ..Shape::default() }, None);
    }
    let json = view.json();
    // Avro in a file of its own ending, or in quotes, is JSON as text.
    let parsed = json.as_str().filter(|_| format == Format::Avro).and_then(|text| serde_json::from_str(text).ok());
    let json = parsed.unwrap_or(json);
    let title = schema.format.clone().unwrap_or_default();
    let mut source = super::facts::example(Some(format!("{SOURCE}{title})")), &json);
    if let (Format::Source(language), "") = (format, source.language) {
        source.language = language;
    }
    let shape = match format {
        Format::Avro => avro::shape(&json),
        // Some write a value where a schema should be.
        Format::Json => Shape { type_text: "any".to_owned(), example: Some(json), ..Shape::default() },
        Format::Source(words) if !words.is_empty() => Shape { type_text: words.to_owned(), ..Shape::default() },
        Format::Source(_) => Shape { type_text: title, ..Shape::default() },
    };
    (shape, (format != Format::Json).then_some(source))
}

fn kind(format: Format, shape: &Shape) -> &'static str {
    match format {
        Format::Avro if shape.basic == Basic::Object => "record",
        Format::Avro if !shape.values.is_empty() => "enum",
        _ => "schema",
    }
}

/// Reads the schemas that the components name.
pub(super) fn components<'a>(components: &View<'a>, reader: &mut Reader<'a>) {
    for (name, at) in components.entries("schemas") {
        let found = reader.view(at);
        let schema = formatted(at, &found, None, reader);
        let format = schema.format.as_deref().map_or(Format::Json, Format::of);
        let id = if format == Format::Json {
            reader.schemas.declare(name, schema.at)
        } else {
            let (shape, source) = foreign(&schema, format, reader);
            let kept = Schema {
                name: name.to_owned(),
                kind: kind(format, &shape).to_owned(),
                shape,
                examples: source.into_iter().collect(),
                facts: schema.format.iter().map(|format| code("Schema format", format.clone())).collect(),
                place: Some(reader.documents.place_of(at)),
                ..Schema::default()
            };
            reader.keep(kept)
        };
        // References to JSON Schema find it by themselves, unless a format stands between.
        if schema.format.is_some() {
            for node in [Some(at), found.own()].into_iter().flatten() {
                match format {
                    Format::Json => reader.schemas.known_as(id, node),
                    _ => {
                        reader.formats.entry(key(node)).or_insert((id, name.to_owned()));
                    }
                }
            }
        }
    }
}
