//! Documents that are no entities, to what they could have answered.

use crate::base::{FileId, Sources, Span};
use crate::model::{Context, EntityRef, Failed, FailedDocument, KindTable, Rejected};
use crate::parse::{self, Envelope, Salvaged};

/// Says in a text that an entity has documentation.
const DOCS: &str = "backstage.io/techdocs-";

/// Parts of files.
type Parts<'a> = &'a [(FileId, Span)];

/// Gathers them: those that could not be read, and those that were rejected.
pub(super) fn gather(
    (unread, skipped): (Parts<'_>, Parts<'_>),
    rejected: &[Rejected],
    kinds: &KindTable,
    sources: &dyn Sources,
) -> Failed {
    let mut failed = Failed::default();
    let text = |file: FileId, span: Span| sources.text(file).ok().map(|text| text.slice(span).to_owned());
    for &(file, span) in unread {
        let text = text(file, span).unwrap_or_default();
        let found = parse::salvage(&text);
        let document = FailedDocument { keys: keys(&found), kinds: found.kinds, ..said(&text) };
        failed.add(file, sources.repo_of(file), document);
    }
    for one in rejected.iter().filter(|one| !one.document.imported) {
        let file = one.document.file;
        let text = text(file, one.document.span).unwrap_or_default();
        let kind = Envelope::of(&one.document.root).kind;
        // One of a kind that is misspelt is referred to as what it should be.
        let meant = kind.filter(|kind| kinds.find(kind).is_none()).and_then(|kind| kinds.nearest(kind));
        let keys = one
            .reference
            .as_ref()
            .zip(meant)
            .map(|(reference, kind)| EntityRef { kind: kind.to_owned(), ..reference.clone() }.key());
        let document = FailedDocument {
            keys: keys.into_iter().collect(),
            kinds: kind.into_iter().chain(meant).map(str::to_owned).collect(),
            ..said(&text)
        };
        failed.add(file, sources.repo_of(file), document);
    }
    // What a template is made into may have documentation; it is nothing that failed.
    for &(file, span) in skipped {
        let names_docs = text(file, span).is_some_and(|text| text.contains(DOCS));
        failed.add(file, sources.repo_of(file), FailedDocument { names_docs, ..FailedDocument::default() });
    }
    failed
}

fn said(text: &str) -> FailedDocument {
    FailedDocument { words: parse::words(text).collect(), names_docs: text.contains(DOCS), ..FailedDocument::default() }
}

/// All references that kinds, namespaces and names make.
fn keys(found: &Salvaged) -> Vec<String> {
    let namespaces = if found.namespaces.is_empty() { &["default".to_owned()][..] } else { &found.namespaces };
    let mut keys = Vec::new();
    for kind in &found.kinds {
        for namespace in namespaces {
            keys.extend(found.names.iter().filter_map(|name| {
                EntityRef::from_parts(Some(kind), Some(namespace), name, Context::default()).ok().map(|one| one.key())
            }));
        }
    }
    keys
}
