//! A descriptor file to its documents, each with what its envelope says.

use crate::base::{Span, Text};
use crate::yaml::{self, Limits, Node, Problem};

/// A descriptor file.
#[derive(Debug)]
pub struct Descriptor {
    /// Its documents that hold something.
    pub documents: Vec<DescriptorDocument>,
}

/// One document of a descriptor file.
#[derive(Debug)]
pub struct DescriptorDocument {
    /// The bytes it covers.
    pub span: Span,
    /// Its tree; `None` when it could not be read.
    pub root: Option<Node>,
    /// What is wrong with its syntax.
    pub problems: Vec<Problem>,
    /// Whether it is a template of a descriptor and not one itself.
    pub templated: bool,
}

/// What the envelope of a document says, as far as it is text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Envelope<'a> {
    /// `apiVersion`
    pub api_version: Option<&'a str>,
    /// `kind`
    pub kind: Option<&'a str>,
    /// `metadata.name`
    pub name: Option<&'a str>,
    /// `metadata.namespace`; `default` when it is not there.
    pub namespace: Option<&'a str>,
}

impl<'a> Envelope<'a> {
    /// Reads the envelope of a document.
    pub fn of(root: &'a Node) -> Self {
        let text = |path: &[&str]| root.at(path).and_then(Node::as_str).filter(|text| !text.is_empty());
        Self {
            api_version: text(&["apiVersion"]),
            kind: text(&["kind"]),
            name: text(&["metadata", "name"]),
            namespace: match root.at(&["metadata", "namespace"]) {
                Some(node) => node.as_str().filter(|text| !text.is_empty()),
                None => Some(crate::model::DEFAULT_NAMESPACE),
            },
        }
    }
}

/// Reads a descriptor file.
pub fn descriptor(text: &Text) -> Descriptor {
    let documents = yaml::parse(text.as_str(), Limits::default())
        .into_iter()
        .filter(|document| !document.problems.is_empty() || document.root.as_ref().is_some_and(|root| !root.is_null()))
        .map(|document| {
            let templated = match &document.root {
                Some(root) => is_templated(root),
                None => is_templated_text(text.slice(document.span)),
            };
            DescriptorDocument { span: document.span, root: document.root, problems: document.problems, templated }
        })
        .collect();
    Descriptor { documents }
}

/// Marks of the template languages that descriptors are made with.
const MARKS: &[&str] = &["${{", "{{", "{%"];

/// Whether a text that could not be read holds a mark of a template language.
pub fn is_templated_text(text: &str) -> bool {
    MARKS.iter().any(|mark| text.contains(mark))
}

/// Whether the envelope of a document has a mark of a template language. Never true for a
/// Template, whose body is full of them.
fn is_templated(root: &Node) -> bool {
    let envelope = Envelope::of(root);
    let marked = |text: Option<&str>| text.is_some_and(is_templated_text);
    let keyed = |path: &[&str]| {
        root.at(path).is_some_and(|node| node.entries().iter().any(|entry| entry.key.starts_with("{ ")))
    };
    let braces =
        keyed(&["kind"]) || keyed(&["apiVersion"]) || keyed(&["metadata", "name"]) || keyed(&["metadata", "namespace"]);
    // `name: {{ name }}` reads as a map whose key is a map.
    let named = marked(envelope.name) || marked(envelope.namespace) || braces;
    (envelope.kind != Some("Template") && named) || marked(envelope.kind) || marked(envelope.api_version)
}

/// Whether a text may hold an entity: a cheap look before it is read.
pub fn mentions_entities(text: &str, api_versions: &[&str]) -> bool {
    text.contains("apiVersion")
        && text.contains("kind")
        && api_versions.iter().any(|version| memchr::memmem::find(text.as_bytes(), version.as_bytes()).is_some())
}
