//! A call of JSON-RPC: one method, one URL, and a body that names the method. Parameters are those of
//! the first example that the author gave of a call, else those that are required.

use serde_json::{Map, Value as Json, json};

use super::super::example::{For, make};
use super::super::model::{Operation, Reference};
use super::request::{Content, Request, base};

/// The call of a method, where a server speaks HTTP.
pub(super) fn of(method: &Operation, reference: &Reference) -> Option<Request> {
    let servers = if method.servers.is_empty() { &reference.servers } else { &method.servers };
    let is_http = |url: &str| !url.contains("://") || url.starts_with("http") || url.starts_with('{');
    let server = servers.iter().find(|server| is_http(&server.url));
    if server.is_none() && !servers.is_empty() {
        return None;
    }
    let call = given(method).unwrap_or_else(
        || json!({"jsonrpc": "2.0", "id": 1, "method": method.target, "params": parameters(method, reference)}),
    );
    Some(Request {
        method: "POST".to_owned(),
        url: base(server.map_or(&[], std::slice::from_ref)),
        headers: vec![("Content-Type".to_owned(), "application/json".to_owned())],
        body: Some(Content::Json(call)),
    })
}

/// The first call that the author gave as an example.
fn given(method: &Operation) -> Option<Json> {
    let bodies = method.parts.iter().filter(|part| part.title == "Parameters").flat_map(|part| &part.bodies);
    let example = bodies.flat_map(|body| &body.examples).next()?;
    serde_json::from_str(&example.text).ok()
}

/// What is required, in its order; by name where the method takes it no other way.
fn parameters(method: &Operation, reference: &Reference) -> Json {
    let parts = method.parts.iter().filter(|part| part.title == "Parameters");
    let fields = parts.flat_map(|part| &part.fields).filter(|field| field.required);
    let values = fields
        .map(|field| (field.name.clone(), make(&field.shape, &reference.schemas, For::Request).unwrap_or(Json::Null)));
    if method.facts.iter().any(|fact| fact.label == "Parameters" && fact.text == "by-name") {
        return Json::Object(values.collect::<Map<_, _>>());
    }
    Json::Array(values.map(|(_, value)| value).collect())
}
