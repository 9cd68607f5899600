//! Servers: where they are, which protocol they speak, what they need.

use super::super::model::{Basic, EnumValue, Field, Server, Shape};
use super::bindings;
use super::facts::{code, deprecated, docs, example, extras, fact, lost, tag_facts, texts};
use super::read::Reader;
use super::view::View;
use crate::refs::At;

/// All servers.
pub(super) fn read<'a>(root: &View<'a>, reader: &mut Reader<'a>) -> Vec<Server> {
    root.entries("servers").into_iter().map(|(name, at)| server(name, at, reader)).collect()
}

fn server<'a>(name: &str, at: At<'a>, reader: &mut Reader<'a>) -> Server {
    let view = reader.view(at);
    let security = reader.security.of(&view).unwrap_or_default();
    let protocol = view.text("protocol").unwrap_or_default();
    let mut server = Server {
        name: Some(name.to_owned()),
        url: url(&view, &protocol),
        description: texts(&view),
        facts: view.lost.iter().map(lost).collect(),
        extras: extras(&view),
        ..Server::default()
    };
    if let Some(title) = view.text("title") {
        server.facts.push(fact("Title", title));
    }
    if !protocol.is_empty() {
        let version = view.text("protocolVersion").map(|version| format!(" {version}")).unwrap_or_default();
        server.facts.push(fact("Protocol", format!("{protocol}{version}")));
    }
    if deprecated(&view).is_some() {
        server.facts.push(fact("Deprecated", "yes"));
    }
    server.facts.extend(reader.security.kafka(&protocol, &security));
    server.facts.extend(tag_facts(&view));
    server.facts.extend(docs(&view));
    for (name, at) in view.entries("variables") {
        server.variables.push(text_field(name, &reader.view(at)));
    }
    server.parts = bindings::of(&view, "Server binding", reader);
    server.security = security;
    server
}

/// In AsyncAPI 2 the URL is written, in 3 it is made of host and path.
fn url(view: &View<'_>, protocol: &str) -> String {
    if let Some(url) = view.text("url") {
        return url;
    }
    let host = view.text("host").unwrap_or_default();
    let path = view.text("pathname").unwrap_or_default();
    match host.contains("://") || protocol.is_empty() {
        true => format!("{host}{path}"),
        false => format!("{protocol}://{host}{path}"),
    }
}

/// A variable, or a parameter of AsyncAPI 3: a text that may have to be one of several.
pub(super) fn text_field(name: &str, view: &View<'_>) -> Field {
    let values = view.items("enum");
    let examples = view.items("examples");
    let as_json = |at: &At<'_>| at.node.to_json();
    let shape = Shape {
        type_text: "string".to_owned(),
        basic: Basic::Text,
        description: view.text("description"),
        default: view.get("default").map(|value| value.json()),
        example: examples.first().map(as_json),
        values: values
            .iter()
            .filter_map(|at| Some(EnumValue { text: at.node.scalar_text()?, ..EnumValue::default() }))
            .collect(),
        deprecated: deprecated(view),
        facts: view.lost.iter().map(lost).collect(),
        extras: extras(view),
        ..Shape::default()
    };
    let facts = view.text("location").map(|location| code("Taken from", location)).into_iter().collect();
    let further = examples.iter().skip(1).map(|at| example(None, &as_json(at))).collect();
    Field { name: name.to_owned(), shape, required: true, facts, examples: further, ..Field::default() }
}
