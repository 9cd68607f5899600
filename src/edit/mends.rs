//! What rules say would mend a finding, as edits of bytes. Each is tried on its document first:
//! only when that reads as what was meant, and as nothing else, it becomes a fix.

use std::sync::Arc;

use serde_json::Value as Json;

use crate::base::{FileId, Place, Sources, Span, Text, paths};
use crate::diagnostics::{Diagnostic, Edit, Mend};
use crate::yaml::{self, Document, Limits, Node, pointer_join, pointer_parts};

use super::tree::{Change, Tree};

/// Bytes of documents that are read again in one run, to see what an edit does to them.
const MOST_READ: usize = 64 * 1024 * 1024;

/// Makes edits of what rules say would mend findings.
pub fn prepare<'a>(findings: impl Iterator<Item = &'a mut Diagnostic>, sources: &dyn Sources) {
    // Findings come in the order of files: the last one is enough.
    let mut last: Option<(FileId, Option<File>)> = None;
    let mut left = MOST_READ;
    for finding in findings {
        let (Some(mend), Some(place)) = (finding.mend.take(), finding.place) else { continue };
        if last.as_ref().is_none_or(|(file, _)| *file != place.file) {
            last = Some((place.file, File::read(place.file, sources)));
        }
        let Some((_, Some(file))) = &last else { continue };
        if let Some(changes) = file.changes(&mend, place.span, &mut left) {
            finding.fix = changes
                .into_iter()
                .map(|(span, replacement)| Edit { place: Place::new(place.file, span), replacement })
                .collect();
        }
    }
}

/// The edits that make one change of the document around a place; none where it cannot be made.
pub(super) fn edits_of(mend: &Mend, place: Place, sources: &dyn Sources) -> Vec<Edit> {
    let changes = File::read(place.file, sources).and_then(|file| file.changes(mend, place.span, &mut { MOST_READ }));
    let changes = changes.unwrap_or_default().into_iter();
    changes.map(|(span, replacement)| Edit { place: Place::new(place.file, span), replacement }).collect()
}

/// A file, read anew and without its placeholders filled in.
struct File {
    text: Arc<Text>,
    documents: Vec<Document>,
}

impl File {
    fn read(file: FileId, sources: &dyn Sources) -> Option<Self> {
        if !matches!(paths::extension(sources.path(file)).as_str(), "yaml" | "yml") {
            return None;
        }
        let text = sources.text(file).ok().filter(|text| text.invalid_utf8().is_none())?;
        let documents = yaml::parse(text.as_str(), Limits::default());
        Some(Self { text, documents })
    }

    fn changes(&self, mend: &Mend, at: Span, left: &mut usize) -> Option<Vec<Change>> {
        let after = self.documents.partition_point(|document| document.span.start <= at.start);
        let document = self.documents.get(after.checked_sub(1)?)?;
        let root = document.root.as_ref()?;
        let tree = Tree { text: self.text.as_str(), span: document.span, root };
        let cost = document.span.range().len();
        *left = left.checked_sub(cost)?;
        let before = root.to_json();
        for (changes, after) in ways(mend, &tree, &before) {
            *left = left.checked_sub(cost)?;
            if reads_as(&tree, document, &changes, &after) {
                return Some(changes);
            }
        }
        None
    }
}

/// The ways to make a change, each with what the document must be then.
fn ways(mend: &Mend, tree: &Tree<'_>, before: &Json) -> Vec<(Vec<Change>, Json)> {
    let one = |change: Option<Change>, after: Option<Json>| -> Vec<(Vec<Change>, Json)> {
        change.zip(after).map(|(change, after)| (vec![change], after)).into_iter().collect()
    };
    let each = |changes: Vec<Change>, after: Option<Json>| -> Vec<(Vec<Change>, Json)> {
        let Some(after) = after else { return Vec::new() };
        changes.into_iter().map(|change| (vec![change], after.clone())).collect()
    };
    match mend {
        Mend::Key { pointer, to } => {
            let Some((_, entry)) = tree.entry(pointer) else { return Vec::new() };
            each(tree.scalar(entry.key_span, to), renamed(before, pointer, to))
        }
        Mend::Text { pointer, to } => {
            let Some(node) = tree.root.pointer(pointer).filter(|node| node.scalar_text().is_some()) else {
                return Vec::new();
            };
            each(tree.scalar(node.span, to), with(before, pointer, Json::from(to.as_str())))
        }
        Mend::List { pointer } => {
            let Some(node) = tree.root.pointer(pointer) else { return Vec::new() };
            let (Some(text), Some(value)) = (tree.text.get(node.span.range()), before.pointer(pointer)) else {
                return Vec::new();
            };
            let is_one = node.scalar_text().is_some() && !text.is_empty() && !text.contains('\n');
            let change = is_one.then(|| (node.span, format!("[{text}]")));
            one(change, with(before, pointer, Json::from(vec![value.clone()])))
        }
        Mend::Remove { pointer } => {
            let Some((parent, index)) = pointer.rsplit_once('/') else { return Vec::new() };
            let (Some(list), Ok(index)) = (tree.root.pointer(parent), index.parse()) else { return Vec::new() };
            one(tree.without_item(list, index), without(before, pointer))
        }
        Mend::Clear { pointer, empty } => {
            let Some((map, entry)) = tree.entry(pointer) else { return Vec::new() };
            let value = if *empty == "{}" { serde_json::json!({}) } else { serde_json::json!([]) };
            let mut ways = one(tree.without_key(map, entry), without(before, pointer));
            ways.extend(one(tree.filled(entry, empty), with(before, pointer, value)));
            ways
        }
        Mend::Insert { pointer, key, value } => {
            let Some((_, home)) = tree.entry(pointer) else { return Vec::new() };
            if home.value.get(key).is_some() || is_placeholder(&home.value) {
                return Vec::new();
            }
            let Ok(json) = yaml::parse_value(value, Limits::default()).map(|node| node.to_json()) else {
                return Vec::new();
            };
            let change = if tree.is_flow(&home.value) {
                tree.with_flow_entry(&home.value, key, value)
            } else {
                tree.with_lines(home, |indent| format!("{}{key}: {value}\n", " ".repeat(indent)))
            };
            one(change, inserted(before, pointer, key, json))
        }
        Mend::Move { from, key, into } => {
            // What comes to the root stands behind the map that it was in.
            let home = if into.is_empty() { &from[1..] } else { into };
            let entry = tree.root.pointer(from).and_then(|map| map.entry(key));
            let (Some(entry), Some(home)) = (entry, tree.root.entry(home)) else { return Vec::new() };
            if is_placeholder(&home.value) {
                return Vec::new();
            }
            let pointer = pointer_join(from, key);
            let target = if into.is_empty() { String::new() } else { pointer_join("", into) };
            let value = before.pointer(&pointer).cloned();
            let after = value.and_then(|value| inserted(&without(before, &pointer)?, &target, key, value));
            tree.moved(entry, home, into.is_empty()).zip(after).into_iter().collect()
        }
    }
}

/// Whether a map stands for what is in another file, so that nothing can be put into it.
fn is_placeholder(map: &Node) -> bool {
    map.entries().iter().any(|entry| entry.key.starts_with('$'))
}

/// Whether a document with some changes is what it should be.
fn reads_as(tree: &Tree<'_>, document: &Document, changes: &[Change], after: &Json) -> bool {
    let Some(text) = applied(tree.text, document.span, changes) else { return false };
    let found = yaml::parse(&text, Limits::default());
    let [found] = &found[..] else { return false };
    found.problems.len() <= document.problems.len() && found.root.as_ref().is_some_and(|root| root.to_json() == *after)
}

/// A part of a text with changes in it.
fn applied(text: &str, span: Span, changes: &[Change]) -> Option<String> {
    let mut changes: Vec<&Change> = changes.iter().collect();
    changes.sort_by_key(|(span, _)| *span);
    let mut out = String::new();
    let mut at = span.start as usize;
    for (span, replacement) in changes {
        out.push_str(text.get(at..span.start as usize)?);
        out.push_str(replacement);
        at = span.end as usize;
    }
    out.push_str(text.get(at..(span.end as usize).max(at))?);
    Some(out)
}

fn with(before: &Json, pointer: &str, value: Json) -> Option<Json> {
    let mut after = before.clone();
    *after.pointer_mut(pointer)? = value;
    Some(after)
}

fn without(before: &Json, pointer: &str) -> Option<Json> {
    let mut after = before.clone();
    let (parent, _) = pointer.rsplit_once('/')?;
    let last = pointer_parts(pointer).last()?;
    match after.pointer_mut(parent)? {
        Json::Object(map) => map.remove(&last).map(drop),
        Json::Array(items) => {
            let index: usize = last.parse().ok().filter(|index| *index < items.len())?;
            items.remove(index);
            Some(())
        }
        _ => None,
    }?;
    Some(after)
}

fn renamed(before: &Json, pointer: &str, to: &str) -> Option<Json> {
    let value = before.pointer(pointer)?.clone();
    let (parent, _) = pointer.rsplit_once('/')?;
    inserted(&without(before, pointer)?, parent, to, value)
}

/// A map with a key that it does not have yet; nothing counts as an empty map.
fn inserted(before: &Json, pointer: &str, key: &str, value: Json) -> Option<Json> {
    let mut after = before.clone();
    let map = after.pointer_mut(pointer)?;
    if map.is_null() {
        *map = serde_json::json!({});
    }
    // Two keys that differ only in case are taken for one by some readers.
    let map = map.as_object_mut().filter(|map| !map.keys().any(|have| have.eq_ignore_ascii_case(key)))?;
    map.insert(key.to_owned(), value);
    Some(after)
}
