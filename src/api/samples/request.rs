//! What a sample sends: method, URL, headers and body, from an operation of the model.

use rustc_hash::FxHashMap;
use serde_json::Value as Json;

use super::super::example::{For, escaped, is_form, language, make, pairs};
use super::super::model::{Body, Field, Layer, Operation, Part, Reference, Schema, Server, Side};
use super::super::nodes::{plain, pretty};
use super::Credential;

/// Bodies that are longer are read from a file.
const MAX_BODY: usize = 2_000;

/// A call.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) url: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Option<Content>,
}

/// What a call carries.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Content {
    /// JSON.
    Json(Json),
    /// A form in the way of the web.
    Form(Vec<(String, String)>),
    /// A form in parts: name, and a text or the name of a file.
    Parts(Vec<(String, Value)>),
    /// Any other text.
    Text(String),
    /// What stands in a file, by its name.
    File(String),
}

/// What a part of a form has.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// A text.
    Text(String),
    /// What stands in this file.
    File(String),
}

/// The call of an operation.
pub(super) fn of(operation: &Operation, reference: &Reference, credentials: &FxHashMap<String, Credential>) -> Request {
    let schemas = &reference.schemas;
    let servers = if operation.servers.is_empty() { &reference.servers } else { &operation.servers };
    let mut request = Request { method: operation.verb.clone(), ..Request::default() };
    let mut path = operation.target.clone();
    for field in fields(operation, "Path parameters") {
        path = path.replace(&format!("{{{}}}", field.name), &path_value(field, schemas));
    }
    let mut query: Vec<String> = Vec::new();
    for field in fields(operation, "Query parameters").filter(|field| field.required) {
        query.extend(query_value(field, schemas));
    }
    for field in fields(operation, "Header parameters").filter(|field| field.required) {
        request.headers.push((field.name.clone(), header_value(field, schemas)));
    }
    let mut cookies: Vec<String> = fields(operation, "Cookie parameters")
        .filter(|field| field.required)
        .map(|field| format!("{}={}", field.name, header_value(field, schemas)))
        .collect();
    authenticate(operation, reference, credentials, &mut request, &mut query, &mut cookies);
    if !cookies.is_empty() {
        request.headers.push(("Cookie".to_owned(), cookies.join("; ")));
    }
    if let Some(media) = accepted(operation) {
        request.headers.push(("Accept".to_owned(), media));
    }
    if let Some(body) = sent(operation) {
        let media = body.media.clone().unwrap_or_else(|| "application/json".to_owned());
        let content = content(body, &media, schemas);
        // Who sends a form in parts has to write their border, which programs do themselves.
        if !matches!(content, Content::Parts(_)) {
            request.headers.push(("Content-Type".to_owned(), media));
        }
        request.body = Some(content);
    }
    for (_, value) in &mut request.headers {
        value.retain(|character| !character.is_control());
    }
    request.headers.retain(|(name, _)| !name.is_empty() && !name.chars().any(char::is_control));
    request.url = format!("{}{path}", base(servers));
    if !query.is_empty() {
        request.url.push(if request.url.contains('?') { '&' } else { '?' });
        request.url.push_str(&query.join("&"));
    }
    request
}

fn fields<'a>(operation: &'a Operation, title: &'a str) -> impl Iterator<Item = &'a Field> {
    operation.parts.iter().filter(move |part| part.title == title).flat_map(|part| &part.fields)
}

/// The URL of the first server with the defaults of its variables.
pub(super) fn base(servers: &[Server]) -> String {
    let Some(server) = servers.first() else { return "https://example.com".to_owned() };
    let mut url = server.url.clone();
    for variable in &server.variables {
        let default = variable.shape.default.as_ref().map(plain);
        let value = default.or_else(|| variable.shape.values.first().map(|value| value.text.clone()));
        url = url.replace(&format!("{{{}}}", variable.name), &value.unwrap_or_default());
    }
    let url = url.trim_end_matches('/');
    match url {
        _ if url.contains("://") => url.to_owned(),
        _ if url.starts_with("//") => format!("https:{url}"),
        "" => "https://example.com".to_owned(),
        _ => format!("https://example.com/{}", url.trim_start_matches(['.', '/'])),
    }
}

/// An example of a parameter, when its author or its type gives one that means something.
fn value(field: &Field, schemas: &[Schema]) -> Option<Json> {
    let shape = &field.shape;
    let named = shape.of.and_then(|id| schemas.get(id)).map(|schema| &schema.shape);
    let says = |shape: &super::super::model::Shape| {
        shape.example.is_some() || shape.default.is_some() || !shape.values.is_empty() || shape.format.is_some()
    };
    let is_said = says(shape) || named.is_some_and(says) || !matches!(shape.type_text.as_str(), "string" | "any");
    if is_said { make(shape, schemas, For::Request) } else { None }
}

/// What stands in the path: a value, or the name as a word to replace.
fn path_value(field: &Field, schemas: &[Schema]) -> String {
    match value(field, schemas).map(|value| flat(&value)) {
        Some(text) if !text.is_empty() && text != "0" => escaped(&text),
        _ => stand_in(&field.name),
    }
}

fn query_value(field: &Field, schemas: &[Schema]) -> Vec<String> {
    let name = escaped(&field.name);
    let repeats = field.facts.iter().any(|fact| fact.text == "repeated key");
    match value(field, schemas) {
        Some(Json::Array(items)) if repeats => {
            items.iter().map(|item| format!("{name}={}", escaped(&flat(item)))).collect()
        }
        Some(value) => vec![format!("{name}={}", escaped(&flat(&value)))],
        None => vec![format!("{name}={}", stand_in(&field.name))],
    }
}

fn header_value(field: &Field, schemas: &[Schema]) -> String {
    value(field, schemas).map_or_else(|| stand_in(&field.name), |value| flat(&value))
}

/// A value in one text: lists with commas.
fn flat(value: &Json) -> String {
    match value {
        Json::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        other => plain(other),
    }
}

/// `petId` as a word to replace: `PET_ID`.
fn stand_in(name: &str) -> String {
    let mut out = String::new();
    for character in name.chars() {
        if character.is_ascii_uppercase() && out.ends_with(|last: char| last.is_ascii_lowercase()) {
            out.push('_');
        }
        out.push(if character.is_ascii_alphanumeric() { character } else { '_' });
    }
    if out.is_empty() { "VALUE".to_owned() } else { out.to_ascii_uppercase() }
}

fn authenticate(
    operation: &Operation,
    reference: &Reference,
    credentials: &FxHashMap<String, Credential>,
    request: &mut Request,
    query: &mut Vec<String>,
    cookies: &mut Vec<String>,
) {
    let security = operation.security.as_ref().unwrap_or(&reference.security);
    for need in security.iter().find(|needs| !needs.is_empty()).into_iter().flatten() {
        let mut header = |name: &str, value: &str| request.headers.push((name.to_owned(), value.to_owned()));
        match credentials.get(&need.scheme) {
            Some(Credential::Header(name)) => header(name, "YOUR_API_KEY"),
            Some(Credential::Query(name)) => query.push(format!("{}=YOUR_API_KEY", escaped(name))),
            Some(Credential::Cookie(name)) => cookies.push(format!("{name}=YOUR_API_KEY")),
            Some(Credential::Bearer) => header("Authorization", "Bearer YOUR_TOKEN"),
            Some(Credential::Basic) => header("Authorization", "Basic YOUR_CREDENTIALS"),
            Some(Credential::Other) | None => {}
        }
    }
}

/// The media type of the first good answer.
fn accepted(operation: &Operation) -> Option<String> {
    let answers = operation.parts.iter().filter(|part| part.side == Side::Out && part.tone == "success");
    let media = answers.flat_map(|part| &part.bodies).find_map(|body| body.media.clone())?;
    (!media.contains('*')).then_some(media)
}

fn sent(operation: &Operation) -> Option<&Body> {
    let is_body = |part: &&Part| part.side == Side::In && part.title == "Request body";
    let bodies = &operation.parts.iter().find(is_body)?.bodies;
    // JSON is what most will send, where there is a choice.
    let is_json = |body: &&Body| body.media.as_deref().is_some_and(|media| language(media) == "json");
    bodies.iter().find(is_json).or(bodies.first())
}

fn content(body: &Body, media: &str, schemas: &[Schema]) -> Content {
    let given = body.examples.first().map(|example| example.text.as_str());
    let made = |purpose: For| body.shape.as_ref().and_then(|shape| make(shape, schemas, purpose));
    if language(media) == "json" {
        let given = given.and_then(|text| serde_json::from_str::<Json>(text).ok());
        let small = |value: &Json| pretty(value).len() <= MAX_BODY;
        return given
            .filter(small)
            .or_else(|| made(For::Request).filter(small))
            .or_else(|| made(For::Required).filter(small))
            .map_or_else(|| Content::File("body.json".to_owned()), Content::Json);
    }
    if is_form(media) {
        // A list may repeat its key, and a file is a name: both are texts here.
        let is_file = |name: &str| {
            let fields = body.shape.iter().flat_map(|shape| &shape.fields);
            fields.into_iter().any(|field| field.name == name && is_binary(field))
        };
        let pairs = made(For::Request).as_ref().and_then(pairs).unwrap_or_default();
        if media.starts_with("multipart/") {
            let part = |(name, value): (String, String)| {
                let file = || name.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
                let value = if is_file(&name) { Value::File(file()) } else { Value::Text(value) };
                (name, value)
            };
            return Content::Parts(pairs.into_iter().map(part).collect());
        }
        return Content::Form(pairs);
    }
    match given.filter(|text| text.len() <= MAX_BODY) {
        Some(text) if !text.is_empty() => Content::Text(text.to_owned()),
        _ => Content::File(format!("body.{}", if language(media) == "xml" { "xml" } else { "bin" })),
    }
}

fn is_binary(field: &Field) -> bool {
    let shape = &field.shape;
    (shape.format.as_deref() == Some("binary") || shape.type_text == "file") && !shape.layers.contains(&Layer::Map)
}
