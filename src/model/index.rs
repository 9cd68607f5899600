//! An entity as flat terms, the way Backstage's search index and its filters see it: a key for
//! every path to a scalar, and one for every text in a list. Two keys that differ only in case
//! cannot both be in that index.

use rustc_hash::FxHashMap;

use crate::yaml::{Node, Value, pointer_join, pointer_parts};

use super::reference::DEFAULT_NAMESPACE;

/// A key with its value, both in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// `metadata.tags.java`
    pub key: String,
    /// `None` for null, and for what is too long to be looked for.
    pub value: Option<String>,
}

/// A pair of keys that differ only in case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseCollision {
    /// JSON pointer of the second one.
    pub pointer: String,
    /// JSON pointer of the first one.
    pub first: String,
    /// Whether they are keys of maps, and not texts in a list.
    pub keys: bool,
}

/// Paths that the index fills in by other means.
const SPECIAL: &[&str] =
    &["attachments", "relations", "status", "metadata.name", "metadata.namespace", "metadata.uid", "metadata.etag"];
/// Longest key and value, in UTF-16 units.
const MOST: usize = 200;

/// The terms of an entity.
pub fn index_terms(root: &Node) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut add = |path: &str, value: Option<String>| {
        let key = path.to_lowercase();
        if key.encode_utf16().count() <= MOST {
            let value = value.map(|value| value.to_lowercase()).filter(|value| value.encode_utf16().count() <= MOST);
            terms.push(Term { key, value });
        }
    };
    visit(root, "", "", &mut |path, _, node| add(path, node.map_or_else(|| Some("true".to_owned()), scalar)));
    let metadata = |key: &str| root.at(&["metadata", key]).and_then(scalar);
    for key in ["name", "namespace", "uid"] {
        add(&format!("metadata.{key}"), metadata(key));
    }
    if metadata("namespace").is_none_or(|namespace| namespace.is_empty()) {
        add("metadata.namespace", Some(DEFAULT_NAMESPACE.to_owned()));
    }
    terms
}

/// The keys of an entity that differ only in case, in the order of the file.
pub fn case_collisions(root: &Node) -> Vec<CaseCollision> {
    let mut seen: FxHashMap<String, (String, String)> = FxHashMap::default();
    let mut found: Vec<CaseCollision> = Vec::new();
    visit(root, "", "", &mut |path, pointer, _| {
        let lower = path.to_lowercase();
        match seen.get(&lower) {
            Some((exact, first)) if exact != path => {
                let collision = where_they_part(first, pointer);
                if !found.iter().any(|known| known.pointer == collision.pointer) {
                    found.push(collision);
                }
            }
            Some(_) => {}
            None => {
                seen.insert(lower, (path.to_owned(), pointer.to_owned()));
            }
        }
    });
    found
}

fn scalar(node: &Node) -> Option<String> {
    if node.is_null() { None } else { node.scalar_text() }
}

/// Calls back with path, pointer and node of every scalar, and without a node for every text that
/// stands in a list.
fn visit(node: &Node, path: &str, pointer: &str, found: &mut dyn FnMut(&str, &str, Option<&Node>)) {
    if SPECIAL.contains(&path) {
        return;
    }
    match &node.value {
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                let pointer = format!("{pointer}/{index}");
                visit(item, path, &pointer, found);
                if let Some(text) = item.as_str() {
                    found(&format!("{path}.{text}"), &pointer, None);
                }
            }
        }
        Value::Map(entries) => {
            for entry in entries {
                let path = if path.is_empty() { entry.key.to_string() } else { format!("{path}.{}", entry.key) };
                visit(&entry.value, &path, &pointer_join(pointer, &entry.key), found);
            }
        }
        _ => found(path, pointer, Some(node)),
    }
}

/// The first step at which two ways are the same but for case; else both to their ends.
fn where_they_part(first: &str, second: &str) -> CaseCollision {
    let (mut above_first, mut above_second) = (String::new(), String::new());
    for (a, b) in pointer_parts(first).zip(pointer_parts(second)) {
        above_first = pointer_join(&above_first, &a);
        above_second = pointer_join(&above_second, &b);
        if a != b && a.to_lowercase() == b.to_lowercase() {
            return CaseCollision { pointer: above_second, first: above_first, keys: true };
        }
    }
    CaseCollision { pointer: second.to_owned(), first: first.to_owned(), keys: false }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::{Limits, parse_value};

    fn collisions(text: &str) -> Vec<(String, String)> {
        let root = parse_value(text, Limits::default()).unwrap();
        case_collisions(&root).into_iter().map(|found| (found.first, found.pointer)).collect()
    }

    #[test]
    fn keys_and_texts_that_differ_in_case_collide_once() {
        let pair = |a: &str, b: &str| vec![(a.to_owned(), b.to_owned())];
        assert_eq!(collisions("spec: {Foo: {x: 1, y: 2}, foo: {x: 1, y: 2}}"), pair("/spec/Foo", "/spec/foo"));
        assert_eq!(collisions("spec: {l: [{url: 1}, {URL: 1}]}"), pair("/spec/l/0/url", "/spec/l/1/URL"));
        assert_eq!(collisions("metadata: {tags: [java, Java, java]}"), pair("/metadata/tags/0", "/metadata/tags/1"));
        assert_eq!(collisions("spec: {Foo: {}, foo: 1, tags: [a, a]}"), []);
    }
}
