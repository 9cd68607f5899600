//! One operation: its words, what goes in and what comes out, and the samples that its author wrote.

use crate::refs::At;

use super::super::model::{Operation, Sample};
use super::super::nodes::{code_fact, deprecated, description, extensions, external_docs, text, words};
use super::{Reader, items, security, texts};

/// Extensions that are shown as something else.
const SHOWN: &[&str] = &["x-codeSamples", "x-code-samples", "x-deprecated", "x-deprecated-reason", "x-sunset"];

impl<'a> Reader<'a> {
    /// Reads an operation of a path.
    pub(super) fn operation(&mut self, at: At<'a>, around: At<'a>) -> Operation {
        let node = at.node;
        let mut facts = Vec::new();
        facts.extend(external_docs(node));
        facts.extend(security::facts(node));
        if self.is_2 {
            for (key, label) in [("consumes", "Consumes"), ("produces", "Produces")] {
                let types = texts(node, key);
                facts.extend((!types.is_empty()).then(|| code_fact(label, types.join(", "))));
            }
        }
        let mut servers = self.servers(at);
        if servers.is_empty() && !self.is_2 {
            servers = self.servers(around);
        }
        let mut parts = self.parameters(at, around);
        parts.extend(self.request_body(at));
        parts.extend(self.responses(at));
        Operation {
            name: text(node, "operationId"),
            summary: text(node, "summary"),
            description: description(self.documents, at),
            tags: texts(node, "tags"),
            deprecated: deprecated(node),
            facts,
            security: node.get("security").map(security::requirements),
            servers,
            parts,
            callbacks: self.callbacks(at),
            samples: self.samples(at),
            extras: extensions(node, SHOWN),
            place: Some(self.documents.place_of(at)),
            ..Operation::default()
        }
    }

    /// The samples that the author wrote.
    fn samples(&self, at: At<'a>) -> Vec<Sample> {
        let mut all = Vec::new();
        for key in ["x-codeSamples", "x-code-samples"] {
            for at in self.under(at, key).into_iter().flat_map(items) {
                let Ok(found) = self.follow(at) else { continue };
                let Some(source) = words(self.documents, found, "source") else { continue };
                let language = text(found.node, "lang").unwrap_or_default();
                let title = text(found.node, "label").unwrap_or_else(|| language.clone());
                all.push(Sample { title, language: highlighted(&language), text: source });
            }
        }
        all
    }
}

/// The language that a highlighter knows it by.
fn highlighted(language: &str) -> String {
    match language.to_ascii_lowercase().as_str() {
        "curl" | "shell" | "sh" | "cli" | "bash" | "console" => "bash",
        "node" | "node.js" | "nodejs" | "js" | "javascript" => "javascript",
        "c#" | "csharp" | ".net" | "dotnet" => "csharp",
        "c++" => "cpp",
        "golang" | "go" => "go",
        "objective-c" => "objc",
        "py" | "python" => "python",
        other => return other.to_owned(),
    }
    .to_owned()
}
