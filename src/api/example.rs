//! Examples made from shapes, for bodies and schemas that give none. Small ones: each schema stands
//! once on the way down, and there is a limit to how much is made.

use serde_json::{Map, Value as Json};

use super::model::{Basic, Body, Example, Layer, Part, Reference, Schema, SchemaId, Shape, Side};
use super::nodes::pretty;

/// How many values an example may have.
const MAX_VALUES: usize = 250;
/// How deep it may be.
const MAX_DEPTH: usize = 12;
/// Examples that authors give inside of others are taken up to this size, in bytes of JSON.
const MAX_GIVEN: usize = 4096;

/// What an example is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum For {
    /// What is sent: without fields that only come back.
    Request,
    /// What comes back: without fields that are only sent.
    Response,
    /// A schema by itself: all fields.
    Schema,
    /// What has to be sent, and no more.
    Required,
}

/// Makes examples for all bodies and schemas that have none.
pub(super) fn fill(reference: &mut Reference) {
    let schemas = std::mem::take(&mut reference.schemas);
    for operation in &mut reference.operations {
        operation.parts.iter_mut().for_each(|part| fill_part(part, &schemas));
        for inner in operation.callbacks.iter_mut().flat_map(|callback| &mut callback.operations) {
            inner.parts.iter_mut().for_each(|part| fill_part(part, &schemas));
        }
    }
    for group in &mut reference.groups {
        group.parts.iter_mut().for_each(|part| fill_part(part, &schemas));
    }
    let made: Vec<Option<Example>> = (0..schemas.len()).map(|id| of_schema(id, &schemas)).collect();
    reference.schemas = schemas;
    for (schema, example) in reference.schemas.iter_mut().zip(made) {
        schema.examples.extend(example);
    }
}

/// One for a schema with a name, where it gives none and is made of others.
pub(super) fn of_schema(id: SchemaId, schemas: &[Schema]) -> Option<Example> {
    let schema = &schemas[id];
    // What a value looks like that is not made of others is said by its type.
    let is_made = schema.shape.basic == Basic::Object || !schema.shape.layers.is_empty();
    if !schema.examples.is_empty() || !is_made {
        return None;
    }
    let value = Maker::new(schemas, For::Schema).named(id)?;
    Some(Example { text: pretty(&value), language: "json", generated: true, ..Example::default() })
}

fn fill_part(part: &mut Part, schemas: &[Schema]) {
    let purpose = if part.side == Side::In { For::Request } else { For::Response };
    for body in &mut part.bodies {
        if body.examples.is_empty() {
            body.examples = of_body(body, schemas, purpose);
        }
    }
    part.parts.iter_mut().for_each(|part| fill_part(part, schemas));
}

/// The examples of the schema with a name that a body is, else one that is made.
fn of_body(body: &Body, schemas: &[Schema], purpose: For) -> Vec<Example> {
    let Some(shape) = &body.shape else { return Vec::new() };
    let media = body.media.as_deref().unwrap_or("application/json");
    let is_json = language(media) == "json";
    let named = shape.of.filter(|_| shape.layers.is_empty() && is_json).and_then(|id| schemas.get(id));
    if let Some(given) = named.map(|schema| &schema.examples).filter(|examples| !examples.is_empty()) {
        return given.clone();
    }
    let Some(value) = make(shape, schemas, purpose) else { return Vec::new() };
    let text = if is_json {
        pretty(&value)
    } else if let Some(pairs) = pairs(&value).filter(|_| is_form(media)) {
        form(&pairs, media)
    } else if let (Json::String(text), "text") = (&value, language(media)) {
        text.clone()
    } else {
        return Vec::new();
    };
    vec![Example { text, language: language(media), generated: true, ..Example::default() }]
}

/// Whether a media type is that of a form.
pub(super) fn is_form(media: &str) -> bool {
    media.starts_with("application/x-www-form-urlencoded") || media.starts_with("multipart/")
}

/// The language that a media type is highlighted in.
pub(super) fn language(media: &str) -> &'static str {
    let media = media.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    match media.rsplit(['/', '+']).next().unwrap_or("") {
        _ if media == "*/*" || media.contains("json") => "json",
        "xml" => "xml",
        "yaml" | "yml" | "x-yaml" => "yaml",
        "html" => "html",
        "graphql" => "graphql",
        "javascript" => "javascript",
        _ => "text",
    }
}

/// The fields of an object as texts.
pub(super) fn pairs(value: &Json) -> Option<Vec<(String, String)>> {
    let text = |value: &Json| match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    };
    Some(value.as_object()?.iter().map(|(name, value)| (name.clone(), text(value))).collect())
}

fn form(pairs: &[(String, String)], media: &str) -> String {
    if media.starts_with("multipart/") {
        return pairs.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    }
    pairs.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect::<Vec<_>>().join("&")
}

/// A text as it stands in a URL or a form.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// An example of a shape; nothing where there is nothing to say.
pub(super) fn make(shape: &Shape, schemas: &[Schema], purpose: For) -> Option<Json> {
    Maker::new(schemas, purpose).value(shape)
}

struct Maker<'a> {
    schemas: &'a [Schema],
    purpose: For,
    /// The schemas that are being made, which do not stand in themselves.
    above: Vec<SchemaId>,
    left: usize,
    depth: usize,
}

impl<'a> Maker<'a> {
    fn new(schemas: &'a [Schema], purpose: For) -> Self {
        Self { schemas, purpose, above: Vec::new(), left: MAX_VALUES, depth: 0 }
    }

    fn value(&mut self, shape: &Shape) -> Option<Json> {
        if self.left == 0 || self.depth >= MAX_DEPTH {
            return None;
        }
        self.left -= 1;
        if let Some(given) = self.given(shape) {
            return Some(given);
        }
        self.depth += 1;
        let inner = self.inner(shape);
        self.depth -= 1;
        let wrapped = |value: Json, layer: &Layer| match layer {
            Layer::List => Json::Array(vec![value]),
            Layer::Map => Json::Object(Map::from_iter([("key".to_owned(), value)])),
        };
        match (inner, shape.layers.last()) {
            (Some(inner), _) => Some(shape.layers.iter().rev().fold(inner, wrapped)),
            // A list of itself is a list of nothing.
            (None, Some(Layer::List)) => Some(Json::Array(Vec::new())),
            (None, Some(Layer::Map)) => Some(Json::Object(Map::new())),
            (None, None) => None,
        }
    }

    /// What the author gives: an example, or the value that counts when nothing is sent.
    fn given(&self, shape: &Shape) -> Option<Json> {
        let given = shape.example.as_ref().or(shape.default.as_ref().filter(|default| !default.is_null()))?;
        let is_large = matches!(given, Json::Array(_) | Json::Object(_)) && given.to_string().len() > MAX_GIVEN;
        (self.depth == 0 || !is_large).then(|| given.clone())
    }

    fn inner(&mut self, shape: &Shape) -> Option<Json> {
        if let Some(value) = shape.values.first() {
            return Some(typed(&value.text, shape.basic));
        }
        if let Some(id) = shape.of {
            return self.named(id);
        }
        let is_object = shape.basic == Basic::Object || !shape.fields.is_empty() || !shape.includes.is_empty();
        if shape.basic == Basic::Tuple {
            let items: Vec<Json> =
                shape.fields.iter().filter(|item| !item.any_name).filter_map(|item| self.value(&item.shape)).collect();
            return Some(Json::Array(items));
        }
        if is_object || !shape.choices.is_empty() {
            return self.object(shape, is_object);
        }
        Some(scalar(shape))
    }

    fn named(&mut self, id: SchemaId) -> Option<Json> {
        let schema = self.schemas.get(id).filter(|_| !self.above.contains(&id))?;
        self.above.push(id);
        let value = self.value(&schema.shape);
        self.above.pop();
        value
    }

    /// An object of its own fields, of those that it includes, and of the first of its choices.
    fn object(&mut self, shape: &Shape, is_object: bool) -> Option<Json> {
        let mut map = Map::new();
        for &id in &shape.includes {
            if let Some(Json::Object(more)) = self.named(id) {
                map.extend(more);
            }
        }
        for field in &shape.fields {
            if field.any_name || self.is_left_out(&field.shape, field.required) {
                continue;
            }
            match self.value(&field.shape) {
                Some(value) => {
                    map.insert(field.name.clone(), value);
                }
                None if field.required => {
                    map.insert(field.name.clone(), Json::Null);
                }
                None => {}
            }
        }
        for choices in shape.choices.iter().filter(|choices| matches!(choices.title, "one of" | "any of")) {
            let Some(first) = choices.options.first() else { continue };
            match self.value(&first.shape) {
                Some(Json::Object(more)) => map.extend(more),
                Some(other) if !is_object => return Some(other),
                _ => {}
            }
            if let (Some(property), Some(value)) = (&choices.discriminator, &first.value) {
                map.insert(property.clone(), Json::from(value.as_str()));
            }
        }
        if map.is_empty() && !is_object { None } else { Some(Json::Object(map)) }
    }

    fn is_left_out(&self, shape: &Shape, required: bool) -> bool {
        // Marks may stand at the schema that a field refers to.
        let named = shape.of.filter(|_| shape.layers.is_empty()).and_then(|id| self.schemas.get(id));
        let says = |mark: fn(&Shape) -> bool| mark(shape) || named.is_some_and(|schema| mark(&schema.shape));
        match self.purpose {
            For::Request | For::Required if says(|shape| shape.read_only) => true,
            For::Response if says(|shape| shape.write_only) => true,
            For::Required => !required,
            _ => !required && says(|shape| shape.deprecated.is_some()),
        }
    }
}

/// A value of an enumeration with its type.
fn typed(text: &str, basic: Basic) -> Json {
    match basic {
        Basic::Text => Json::from(text),
        _ => serde_json::from_str(text).unwrap_or_else(|_| Json::from(text)),
    }
}

fn scalar(shape: &Shape) -> Json {
    match shape.basic {
        Basic::Text => Json::from(by_format(shape)),
        Basic::Integer => {
            let least = number(shape).and_then(|number| format!("{:.0}", number.ceil()).parse::<i64>().ok());
            Json::from(least.unwrap_or(0))
        }
        Basic::Number => {
            number(shape).and_then(serde_json::Number::from_f64).map_or_else(|| Json::from(0), Json::Number)
        }
        Basic::Boolean => Json::from(true),
        Basic::Null => Json::Null,
        Basic::Any if shape.nullable => Json::Null,
        Basic::Any | Basic::Object | Basic::Tuple => Json::Object(Map::new()),
    }
}

/// A text of the format that is asked for, else as many letters as have to be.
fn by_format(shape: &Shape) -> String {
    let known = match shape.format.as_deref().unwrap_or("") {
        "date-time" => "2026-01-15T09:30:00Z",
        "date" => "2026-01-15",
        "time" => "09:30:00Z",
        "duration" => "P1D",
        "email" | "idn-email" => "user@example.com",
        "hostname" | "idn-hostname" => "example.com",
        "ipv4" | "ip" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "uri" | "url" | "iri" => "https://example.com/",
        "uri-reference" | "iri-reference" => "/path",
        "uri-template" => "/items/{id}",
        "uuid" | "guid" => "3fa85f64-5717-4562-b3fc-2c963f66afa6",
        "byte" | "base64" => "aGVsbG8=",
        "binary" => "",
        "password" => "********",
        "json-pointer" => "/items/0",
        "regex" => "^.*$",
        _ => "string",
    };
    let letters = shape.constraints.iter().find_map(|words| {
        let rest = words.strip_suffix(" characters").or_else(|| words.strip_suffix(" character"))?;
        let (most, least) = match rest.split_once(" to ") {
            Some((least, most)) => (most.parse().ok(), least.parse().ok()),
            None => match rest.rsplit_once(' ')? {
                ("at most", most) => (most.parse().ok(), None),
                ("exactly", same) => (same.parse().ok(), same.parse().ok()),
                (_, least) => (None, least.parse().ok()),
            },
        };
        Some((least.unwrap_or(0), most.unwrap_or(usize::MAX)))
    });
    match letters {
        Some((least, most)) if known == "string" => {
            let length = known.len().clamp(least.min(64), most.max(least.min(64)));
            known.chars().cycle().take(length).collect()
        }
        _ => known.to_owned(),
    }
}

/// The least number that is allowed, where there is one.
fn number(shape: &Shape) -> Option<f64> {
    let mut least = None;
    for words in &shape.constraints {
        let found = if let Some(rest) = words.strip_prefix("at least ") {
            rest.parse::<f64>().ok()
        } else if let Some(rest) = words.strip_prefix("more than ") {
            rest.parse::<f64>().ok().map(|number| number + 1.0)
        } else if let Some(rest) = words.strip_prefix("at most ").or_else(|| words.strip_prefix("less than ")) {
            rest.parse::<f64>().ok().filter(|most| *most <= 0.0).map(|most| most - 1.0)
        } else {
            words.split_once(" to ").and_then(|(from, _)| from.parse::<f64>().ok())
        };
        least = least.or(found);
    }
    least
}
