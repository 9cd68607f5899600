//! Tags: `api-tag-twice`, `api-tag-undefined`, `api-without-tags`, and off: `api-tags-not-listed`,
//! `api-tags-order`, `api-several-tags`, tags without a description.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::suggest;
use crate::diagnostics::Level;
use crate::yaml::Node;

use super::operations::{is_filled, is_in_paths, key, name_of};
use super::report::{Lint, Spot};
use super::{Input, Version};

pub(super) fn check(input: &Input<'_>, lint: &mut Lint<'_>) {
    twice(input, lint);
    listed(input, lint);
    if input.version.is_openapi() {
        of_operations(input, lint);
    }
}

/// The tags of one list, by the object that has them.
fn twice(input: &Input<'_>, lint: &mut Lint<'_>) {
    let rule = match input.version {
        Version::AsyncApi2 => "asyncapi-tags-uniqueness",
        Version::AsyncApi3 => "asyncapi-3-tags-uniqueness",
        _ => "openapi-tags-uniqueness",
    };
    for holder in input.parts.iter().filter(|part| part.kind != "Operation" || !input.version.is_openapi()) {
        let tags = holder.at.node.get("tags").map(Node::items).unwrap_or_default();
        let mut seen = FxHashSet::default();
        for tag in tags {
            let Some(name) = tag.get("name") else { continue };
            let Some(text) = name.as_str() else { continue };
            if !seen.insert(text) {
                lint.report(
                    rule,
                    (holder.at.document, name.span),
                    format!("the tag `{text}` stands twice in this list"),
                );
            }
        }
    }
}

/// The list of all tags: in AsyncAPI 3 it is part of `info`.
fn listed(input: &Input<'_>, lint: &mut Lint<'_>) {
    let root = input.documents.root().node;
    let (list, order, description, missing) = match input.version {
        Version::AsyncApi3 => (
            root.at(&["info", "tags"]),
            "asyncapi-3-tags-alphabetical",
            "asyncapi-3-tag-description",
            "asyncapi-3-tags",
        ),
        Version::AsyncApi2 => {
            (root.get("tags"), "asyncapi-tags-alphabetical", "asyncapi-tag-description", "asyncapi-tags")
        }
        _ => (root.get("tags"), "openapi-tags-alphabetical", "tag-description", "openapi-tags"),
    };
    let tags = list.map(Node::items).unwrap_or_default();
    if tags.is_empty() {
        lint.report(missing, (0, input.head()), "the definition lists no tags");
    }
    let named = || tags.iter().filter_map(|tag| Some((tag, tag.get("name")?.as_str()?)));
    for ((_, before), (tag, name)) in named().zip(named().skip(1)) {
        if name.to_lowercase() < before.to_lowercase() {
            lint.report(order, (0, tag.span), format!("the tag `{name}` stands after `{before}`"));
            break;
        }
    }
    for (tag, name) in named().filter(|(tag, _)| !is_filled(tag, "description")) {
        lint.report(description, (0, tag.span), format!("the tag `{name}` has no description"));
    }
}

fn of_operations(input: &Input<'_>, lint: &mut Lint<'_>) {
    let root = input.documents.root().node;
    let known: Vec<&str> = root
        .get("tags")
        .map(Node::items)
        .unwrap_or_default()
        .iter()
        .filter_map(|tag| tag.get("name").and_then(Node::as_str))
        .collect();
    // By the tag: what one line mends is told once.
    let mut unlisted: Vec<(&str, Spot, usize)> = Vec::new();
    let mut numbers: FxHashMap<&str, usize> = FxHashMap::default();
    for operation in input.parts.of_kind("Operation").filter(|operation| is_in_paths(input, operation)) {
        let tags = operation.at.node.get("tags").map(Node::items).unwrap_or_default();
        let name = name_of(input, operation);
        if tags.is_empty() {
            lint.report("operation-tags", key(operation), format!("`{name}` has no tag"));
        }
        if let Some(second) = tags.get(1) {
            lint.report(
                "operation-singular-tag",
                (operation.at.document, second.span),
                format!("`{name}` has several tags"),
            );
        }
        for tag in tags {
            let Some(text) = tag.as_str().filter(|text| !known.contains(text)) else { continue };
            let number = *numbers.entry(text).or_insert(unlisted.len());
            match unlisted.get_mut(number) {
                Some((_, _, times)) => *times += 1,
                None => unlisted.push((text, (operation.at.document, tag.span), 1)),
            }
        }
    }
    for (tag, spot, times) in unlisted {
        undefined(spot, tag, times, &known, lint);
    }
}

fn undefined(spot: Spot, tag: &str, times: usize, known: &[&str], lint: &mut Lint<'_>) {
    const RULE: &str = "operation-tag-defined";
    let near = suggest::nearest(tag, known.iter().copied()).map(|near| format!("did you mean `{near}`?"));
    let help = near.unwrap_or_else(|| "list it at the root, where its description and its order stand".to_owned());
    // Who lists none has not misspelt one.
    let lists_none = known.is_empty() && !lint.is_set(RULE);
    let finding = lint.report(RULE, spot, format!("the tag `{tag}` is not listed in `tags`"));
    // Not in the message, which a baseline knows the finding by.
    let all = if times > 1 { format!("; {times} operations have it") } else { String::new() };
    finding.help = Some(format!("{help}{all}"));
    if lists_none {
        *finding = finding.clone().with_level(Level::Note);
    }
}
