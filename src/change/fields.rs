//! What differs between two contents, field by field. Maps are gone into, lists are told by what
//! was put in and taken out, and everything else by what it was and is.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::content::{canonical, is_unread};

/// A field that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// JSON pointer in the entity.
    pub pointer: String,
    /// What stood there.
    pub before: Option<Json>,
    /// What stands there.
    pub after: Option<Json>,
    /// Of a list: items that it did not have.
    pub added: Vec<Json>,
    /// Of a list: items that it has no more.
    pub removed: Vec<Json>,
}

impl FieldChange {
    /// Whether it is a list of which items came or went.
    pub fn is_list(&self) -> bool {
        !self.added.is_empty() || !self.removed.is_empty()
    }

    /// Whether others may have to care: what an entity is, whose, and what it is made of, but not
    /// how it is described.
    pub fn matters(&self) -> bool {
        let spec = self.pointer == "/spec" || self.pointer.starts_with("/spec/");
        spec && !self.pointer.starts_with("/spec/profile")
    }
}

/// The fields that differ, in the order of the first, then what is new.
pub(super) fn changes(before: &Json, after: &Json) -> Vec<FieldChange> {
    let mut found = Vec::new();
    compare(Some(before), Some(after), String::new(), &mut found);
    found
}

fn compare(before: Option<&Json>, after: Option<&Json>, pointer: String, found: &mut Vec<FieldChange>) {
    match (before, after) {
        (Some(Json::Object(before)), Some(Json::Object(after))) if !is_digest(before) && !is_digest(after) => {
            let keys = before.keys().chain(after.keys().filter(|key| !before.contains_key(key.as_str())));
            for key in keys {
                let pointer = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
                compare(before.get(key), after.get(key), pointer, found);
            }
        }
        (before, after) if before == after => {}
        // What could not be read may be anything; the state says how often that is so.
        (before, after) if [before, after].into_iter().flatten().any(is_unread) => {}
        (before, after) => {
            let (added, removed) = items(before, after);
            found.push(FieldChange { pointer, before: before.cloned(), after: after.cloned(), added, removed });
        }
    }
}

/// Whether it stands for a definition: that is one value.
fn is_digest(map: &serde_json::Map<String, Json>) -> bool {
    (map.len() == 2 && map.contains_key("hash") && map.contains_key("lines")) || map.contains_key("$text")
}

/// What was put into a list and taken out of it. A field that is one text on one side and a list
/// on the other counts as a list; one that is not there is an empty one.
fn items(before: Option<&Json>, after: Option<&Json>) -> (Vec<Json>, Vec<Json>) {
    let is_list = |side: Option<&Json>| side.is_some_and(Json::is_array);
    if !(is_list(before) || is_list(after)) {
        return (Vec::new(), Vec::new());
    }
    let list = |side: Option<&Json>| match side {
        Some(Json::Array(items)) => items.clone(),
        Some(Json::Null) | None => Vec::new(),
        Some(one) => vec![one.clone()],
    };
    let (before, after) = (list(before), list(after));
    (without(&after, &before), without(&before, &after))
}

/// Items of one list that the other has not, or not as often.
fn without(all: &[Json], others: &[Json]) -> Vec<Json> {
    let mut there = BTreeMap::<String, usize>::new();
    for other in others {
        *there.entry(canonical(other)).or_default() += 1;
    }
    let is_new = |item: &&Json| match there.get_mut(&canonical(item)) {
        Some(left) if *left > 0 => {
            *left -= 1;
            false
        }
        _ => true,
    };
    all.iter().filter(is_new).cloned().collect()
}
