//! `api-unresolved-ref`, `api-ref-outside`, `api-ref-not-fetched`, `api-ref-siblings`: what the
//! references of a definition lead to, in all of its files.

use crate::base::Span;
use crate::refs::{At, DocumentId, Unresolved, reference};
use crate::yaml::{Node, Value, pointer_escape};

use super::Version;
use super::report::Lint;

/// A reference.
#[derive(Debug)]
pub(super) struct Reference<'a> {
    /// What it says.
    pub(super) target: &'a str,
    /// Where it leads.
    pub(super) found: Option<At<'a>>,
    /// Where it was likely meant to lead, in the definition itself.
    pub(super) meant: Option<String>,
}

/// Reports on all references, and gives them.
pub(super) fn check<'a>(lint: &mut Lint<'a>) -> Vec<Reference<'a>> {
    let documents = lint.documents;
    let mut written = Vec::new();
    for document in 0..documents.len() {
        collect(documents.root_of(document), &mut written);
    }
    let mut references = Vec::with_capacity(written.len());
    let without_siblings = matches!(Version::of(documents.root().node), Some(Version::Swagger | Version::OpenApi(0)));
    for Written { holder, is_path } in written {
        let Some(value) = holder.node.get("$ref") else { continue };
        let Some(target) = value.as_str() else { continue };
        if without_siblings && !is_path {
            siblings(lint, holder);
        }
        let found = documents.follow(holder);
        if let Err(why) = &found {
            report(lint, holder.document, value.span, target, why);
        }
        let resolved = documents.resolve(holder.document, target);
        let meant = resolved.as_ref().err().filter(|_| holder.document == 0 && target.starts_with('#')).and_then(meant);
        references.push(Reference { target, found: resolved.ok(), meant });
    }
    references
}

/// The target with the nearest name in place of the one that is not there.
fn meant(why: &Unresolved) -> Option<String> {
    let Unresolved::NoPart(pointer, Some(near)) = why else { return None };
    let parent = pointer.rsplit_once('/')?.0;
    Some(format!("#{parent}/{}", pointer_escape(near)))
}

struct Written<'a> {
    holder: At<'a>,
    /// Whether it is an item of `paths`, where other keys may stand beside it.
    is_path: bool,
}

/// What holds data of its user, in which `$ref` is a key like any other.
const DATA: &[&str] = &["example", "default", "enum", "const", "value", "examples"];

fn collect<'a>(at: At<'a>, written: &mut Vec<Written<'a>>) {
    walk(at.document, at.node, "", "", written);
}

/// `key` is the key of a node, `above` that of what holds it. Trees are no deeper than the reader's
/// limit.
fn walk<'a>(document: DocumentId, node: &'a Node, key: &str, above: &str, written: &mut Vec<Written<'a>>) {
    // A property may be called `$ref`; then it is a schema and no text.
    if reference(node).is_some() {
        let is_path = above == "paths" || above == "webhooks" || key.starts_with('/');
        written.push(Written { holder: At { document, node }, is_path });
    }
    match &node.value {
        Value::Map(entries) => {
            for entry in entries {
                // The names of properties and of components are the author's: `example` is one of them.
                let named = matches!(key, "properties" | "schemas" | "definitions" | "parameters" | "responses");
                if !named && DATA.contains(&&*entry.key) {
                    data(document, entry, written);
                } else if !entry.key.starts_with("x-") {
                    walk(document, &entry.value, &entry.key, key, written);
                }
            }
        }
        Value::List(items) => {
            for item in items {
                walk(document, item, "", key, written);
            }
        }
        _ => {}
    }
}

/// Examples by name may be references; what stands in them is not.
fn data<'a>(document: DocumentId, entry: &'a crate::yaml::Entry, written: &mut Vec<Written<'a>>) {
    if &*entry.key != "examples" {
        return;
    }
    for example in entry.value.entries().iter().filter(|example| reference(&example.value).is_some()) {
        written.push(Written { holder: At { document, node: &example.value }, is_path: false });
    }
}

fn siblings(lint: &mut Lint<'_>, holder: At<'_>) {
    for entry in holder.node.entries().iter().filter(|entry| &*entry.key != "$ref" && !entry.key.starts_with("x-")) {
        let message = format!("`{}` beside a `$ref` means nothing before OpenAPI 3.1", entry.key);
        lint.report("no-$ref-siblings", (holder.document, entry.key_span), message).help =
            Some("readers take what the reference leads to, and nothing else; put both into an `allOf`".to_owned());
    }
}

fn report(lint: &mut Lint<'_>, document: DocumentId, span: Span, target: &str, why: &Unresolved) {
    let spot = (document, span);
    let did_you_mean = |near: &Option<String>| near.as_ref().map(|near| format!("did you mean `{near}`?"));
    match why {
        Unresolved::NotFetched(url) => {
            lint.report("invalid-ref/not-fetched", spot, format!("`{url}` is not fetched")).help =
                Some("keep a copy in the repository, where what it leads to shall be shown and checked".to_owned());
        }
        Unresolved::Outside => {
            lint.report("invalid-ref/outside", spot, format!("`{target}` leads out of the repository")).help =
                Some("only files of the repository are read; copy what is needed into it".to_owned());
        }
        Unresolved::NoFile(path, near) => {
            lint.report("invalid-ref", spot, format!("`{target}` leads to `{path}`, which is no file")).help =
                did_you_mean(near);
        }
        Unresolved::NoPart(part, near) => {
            lint.report("invalid-ref", spot, format!("`{target}` leads to nothing: there is no `{part}`")).help =
                did_you_mean(near);
        }
        Unresolved::Circle => {
            lint.report("invalid-ref", spot, format!("`{target}` leads round in a circle of references"));
        }
        Unresolved::Unreadable(why) => {
            lint.report("invalid-ref", spot, format!("`{target}` cannot be followed: {why}"));
        }
        Unresolved::TooMuch => {
            lint.report(
                "invalid-ref",
                spot,
                format!("`{target}` is not followed: the definition has too many files"),
            )
            .help = Some("a definition may have 10,000 files and 64 MiB".to_owned());
        }
    }
}
