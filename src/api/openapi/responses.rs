//! What comes back: a part for each status, with its headers and links.

use crate::refs::At;

use super::super::model::{Fact, Part, Side};
use super::super::nodes::{code_fact, description, extensions, fact, plain, text};
use super::{Reader, entries};

impl<'a> Reader<'a> {
    /// The answers of an operation, in the order of the definition.
    pub(super) fn responses(&mut self, operation: At<'a>) -> Vec<Part> {
        let Some(responses) = self.under(operation, "responses") else { return Vec::new() };
        let all = entries(responses).filter(|(status, _)| !status.starts_with("x-"));
        all.map(|(status, at)| self.response(operation, status, at)).collect()
    }

    fn response(&mut self, operation: At<'a>, status: &str, at: At<'a>) -> Part {
        let mut part = Part {
            side: Side::Out,
            title: "Response".to_owned(),
            name: Some(status.to_owned()),
            tone: tone(status),
            ..Part::default()
        };
        let found = match self.follow(at) {
            Ok(found) => found,
            Err(why) => {
                part.description = Some(why);
                return part;
            }
        };
        part.summary = text(at.node, "summary").or_else(|| text(found.node, "summary"));
        part.description = self.description(at, found);
        part.bodies = if self.is_2 { self.content_of_2(operation, found) } else { self.content(found) };
        let fields = self.headers(found);
        if !fields.is_empty() {
            part.parts.push(Part { side: Side::Out, title: "Headers".to_owned(), fields, ..Part::default() });
        }
        for (name, at) in self.under(found, "links").into_iter().flat_map(entries) {
            part.parts.push(self.link(name, at));
        }
        part.extras = extensions(found.node, &["x-example", "x-examples"]);
        part
    }

    pub(super) fn link(&self, name: &str, at: At<'a>) -> Part {
        let mut part =
            Part { side: Side::Out, title: "Link".to_owned(), name: Some(name.to_owned()), ..Part::default() };
        let found = match self.follow(at) {
            Ok(found) => found,
            Err(why) => {
                part.description = Some(why);
                return part;
            }
        };
        part.description = self.description(at, found);
        for (key, label) in [("operationId", "Operation"), ("operationRef", "Operation")] {
            part.facts.extend(text(found.node, key).map(|target| code_fact(label, target)));
        }
        for (name, value) in self.under(found, "parameters").into_iter().flat_map(entries) {
            part.facts.push(code_fact(&format!("Parameter {name}"), plain(&value.node.to_json())));
        }
        if let Some(body) = found.node.get("requestBody") {
            part.facts.push(code_fact("Request body", plain(&body.to_json())));
        }
        part.facts.extend(self.under(found, "server").map(|at| self.server_fact(at)));
        part.extras = extensions(found.node, &[]);
        part
    }

    fn server_fact(&self, at: At<'a>) -> Fact {
        let words = description(self.documents, at).map_or_else(String::new, |words| format!(" ({words})"));
        fact("Server", format!("{}{words}", self.server(at).url))
    }
}

/// What a status means for the one who gets it.
pub(super) fn tone(status: &str) -> &'static str {
    match status.as_bytes().first() {
        Some(b'2') => "success",
        Some(b'3') => "redirect",
        Some(b'4') => "client-error",
        Some(b'5') => "server-error",
        _ => "",
    }
}
