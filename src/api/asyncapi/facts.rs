//! What objects of all kinds have: tags, other documents, extensions, and references that lead
//! nowhere, as facts.

use super::super::model::{Example, Extra, Fact};
use super::super::nodes::pretty;
use super::view::{Lost, View};
use crate::refs::Unresolved;

pub(super) use super::super::nodes::{code_fact as code, fact, link_fact as link};

/// Tags by name, and what is said of those of which something is.
pub(super) fn tags(view: &View<'_>) -> (Vec<String>, Vec<Fact>) {
    let mut names = Vec::new();
    let mut facts = Vec::new();
    for tag in view.items("tags") {
        let tag = view.part(tag);
        facts.extend(tag.lost.as_ref().map(lost));
        // Some write names alone.
        let Some(name) = tag.text("name").or_else(|| tag.scalar()) else { continue };
        let href = tag.get("externalDocs").and_then(|docs| docs.text("url"));
        let text = tag.text("description").or_else(|| href.clone());
        if let Some(text) = text {
            facts.push(Fact { label: format!("Tag {name}"), text, href, code: false });
        }
        names.push(name);
    }
    (names, facts)
}

/// Tags as facts, for what has no other place for them.
pub(super) fn tag_facts(view: &View<'_>) -> Vec<Fact> {
    let (names, mut facts) = tags(view);
    if !names.is_empty() {
        facts.insert(0, fact("Tags", names.join(", ")));
    }
    facts
}

/// Other documents.
pub(super) fn docs(view: &View<'_>) -> Option<Fact> {
    let docs = view.get("externalDocs")?;
    if let Some(nowhere) = &docs.lost {
        return Some(lost(nowhere));
    }
    let url = docs.text("url");
    let text = docs.text("description").or_else(|| url.clone())?;
    Some(Fact { label: "More".to_owned(), text, href: url, code: false })
}

/// `x-` extensions as they are written, save those that tools leave behind.
pub(super) fn extras(view: &View<'_>) -> Vec<Extra> {
    let own = view.own_entries().into_iter();
    own.filter(|(key, _)| key.starts_with("x-") && !key.starts_with("x-parser-"))
        .map(|(key, at)| Extra { name: key.to_owned(), value: at.node.to_json() })
        .collect()
}

/// A reference that leads nowhere.
pub(super) fn lost(lost: &Lost) -> Fact {
    let target = &lost.target;
    match &lost.why {
        Unresolved::NotFetched(url) => link("Not fetched", target.clone(), url),
        Unresolved::NoFile(..) | Unresolved::NoPart(..) => code("Not found", target.clone()),
        Unresolved::Outside => fact("Not read", format!("{target} leads out of the repository")),
        Unresolved::Circle => fact("Not read", format!("{target} leads round in a circle")),
        Unresolved::Unreadable(why) => fact("Not read", format!("{target}: {why}")),
        Unresolved::TooMuch => fact("Not read", format!("{target} is beyond the limits of one definition")),
    }
}

/// What is said of deprecation: that it is so, never why.
pub(super) fn deprecated(view: &View<'_>) -> Option<String> {
    view.is("deprecated").then(String::new)
}

/// A summary and a description as one text, for what has a place for one.
pub(super) fn texts(view: &View<'_>) -> Option<String> {
    match (view.text("summary"), view.text("description")) {
        (Some(summary), Some(description)) if summary.trim() != description.trim() => {
            Some(format!("{}\n\n{description}", summary.trim_end()))
        }
        (summary, description) => description.or(summary),
    }
}

/// A value as an example: text as it is, anything else as JSON.
pub(super) fn example(name: Option<String>, value: &serde_json::Value) -> Example {
    let (text, language) = match value {
        serde_json::Value::String(text) => (text.clone(), ""),
        other => (pretty(other), "json"),
    };
    Example { name, text, language, ..Example::default() }
}

/// The last part of a reference: the name of what it leads to. A whole file is called as it is
/// without its ending.
pub(super) fn last_part(target: &str) -> String {
    let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
    let last = fragment.rsplit('/').next().filter(|part| !part.is_empty());
    let name = last.unwrap_or_else(|| {
        let file = path.rsplit('/').find(|part| !part.is_empty()).unwrap_or(target);
        file.rsplit_once('.').map(|(stem, _)| stem).filter(|stem| !stem.is_empty()).unwrap_or(file)
    });
    crate::base::paths::percent_decoded(name).replace("~1", "/").replace("~0", "~")
}
