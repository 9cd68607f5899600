//! Which entities are the same under another name: of the same kind and with the same content but
//! for the name, and either in the same file or the only two like that. What refers to a renamed
//! entity has a new content too, so names are put in again until nothing more is found.

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value as Json;

use super::content::{canonical, sort_texts};
use super::snapshot::{Described, Snapshot};

/// How often: a chain of renamed entities that refer to each other takes one for each link.
const MOST_ROUNDS: usize = 8;
/// Content that two entities have by chance is less than this many values beside the name.
const TELLING: usize = 4;

/// Names of renamed entities, each for the other: both ways are the same, so that a difference
/// read backwards is the same difference.
#[derive(Debug, Default)]
pub(super) struct Names(FxHashMap<String, String>);

impl Names {
    /// The name on the other side.
    pub(super) fn swap<'a>(&'a self, key: &'a str) -> &'a str {
        self.0.get(key).map_or(key, String::as_str)
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Content with the names that the other side has for the same: a name that is still used there
    /// stays, so that who has not followed a rename does not look as if they changed.
    pub(super) fn towards(&self, value: &Json, other: Option<&Json>) -> Json {
        match value {
            value if Some(value) == other => value.clone(),
            Json::String(text) => Json::from(self.swap(text)),
            Json::Array(items) => {
                let others: FxHashSet<&str> = texts(other).collect();
                let own: FxHashSet<&str> = texts(Some(value)).collect();
                let toward = |item: &Json| match item.as_str() {
                    Some(text) if !others.contains(text) && !own.contains(self.swap(text)) => {
                        Json::from(self.swap(text))
                    }
                    Some(_) => item.clone(),
                    None => self.swapped(item),
                };
                let mut toward: Vec<Json> = items.iter().map(toward).collect();
                if toward != *items && toward.iter().all(Json::is_string) {
                    sort_texts(&mut toward);
                }
                Json::Array(toward)
            }
            Json::Object(map) => {
                let entry = |(key, value): (&String, &Json)| {
                    (key.clone(), self.towards(value, other.and_then(|other| other.get(key))))
                };
                Json::Object(map.iter().map(entry).collect())
            }
            other => other.clone(),
        }
    }

    /// Content with the names of the other side.
    pub(super) fn swapped(&self, value: &Json) -> Json {
        match value {
            Json::String(text) => Json::from(self.swap(text)),
            Json::Array(items) => {
                let mut swapped: Vec<Json> = items.iter().map(|item| self.swapped(item)).collect();
                if swapped != *items && swapped.iter().all(Json::is_string) {
                    sort_texts(&mut swapped);
                }
                Json::Array(swapped)
            }
            Json::Object(map) => {
                Json::Object(map.iter().map(|(key, value)| (key.clone(), self.swapped(value))).collect())
            }
            other => other.clone(),
        }
    }
}

/// The texts of a list.
fn texts(list: Option<&Json>) -> impl Iterator<Item = &str> {
    list.and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str)
}

/// Finds pairs, and takes them out of both lists.
pub(super) fn pairs<'a>(
    (base, head): (&Snapshot, &Snapshot),
    removed: &mut Vec<&'a Described>,
    added: &mut Vec<&'a Described>,
) -> (Vec<(&'a Described, &'a Described)>, Names) {
    let repositories = !(base.one_repository && head.one_repository);
    let (mut found, mut names) = (Vec::new(), Names::default());
    for _ in 0..MOST_ROUNDS {
        let before: Vec<String> = removed.iter().map(|one| nameless(&names.swapped(&one.content))).collect();
        let after: Vec<String> = added.iter().map(|one| nameless(&one.content)).collect();
        let place = |one: &Described| {
            let repository = one.origin.repository.clone().filter(|_| repositories);
            Some((repository, one.origin.file.clone()))
        };
        let by_place = only_two(removed, added, &before, &after, &place);
        let by_content = only_two(removed, added, &before, &after, &|_| None::<()>);
        let mut taken = (vec![false; removed.len()], vec![false; added.len()]);
        for (left, right) in by_place.into_iter().chain(by_content) {
            let (old, new) = (removed[left], added[right]);
            // The second half has no place, which must be made up for by what it says.
            let is_telling = old.origin.file == new.origin.file || values(&old.content) >= TELLING;
            if taken.0[left] || taken.1[right] || !is_telling {
                continue;
            }
            (taken.0[left], taken.1[right]) = (true, true);
            names.0.insert(old.key.clone(), new.key.clone());
            names.0.insert(new.key.clone(), old.key.clone());
            found.push((old, new));
        }
        if !taken.0.contains(&true) {
            break;
        }
        let mut flags = taken.0.into_iter();
        removed.retain(|_| !flags.next().unwrap_or_default());
        let mut flags = taken.1.into_iter();
        added.retain(|_| !flags.next().unwrap_or_default());
    }
    found.sort_by(|a, b| a.0.key.cmp(&b.0.key));
    (found, names)
}

/// Where exactly one was removed and exactly one added with this content and this place.
fn only_two<P: std::hash::Hash + Eq>(
    removed: &[&Described],
    added: &[&Described],
    before: &[String],
    after: &[String],
    place: &dyn Fn(&Described) -> P,
) -> Vec<(usize, usize)> {
    let mut groups = FxHashMap::<(&str, P), (Vec<usize>, Vec<usize>)>::default();
    for (at, content) in before.iter().enumerate() {
        groups.entry((content, place(removed[at]))).or_default().0.push(at);
    }
    for (at, content) in after.iter().enumerate() {
        groups.entry((content, place(added[at]))).or_default().1.push(at);
    }
    let mut pairs: Vec<(usize, usize)> = groups
        .into_values()
        .filter_map(|(left, right)| match (left.as_slice(), right.as_slice()) {
            ([left], [right]) => Some((*left, *right)),
            _ => None,
        })
        .collect();
    pairs.sort_unstable();
    pairs
}

/// Content without what it is called, with the keys of maps in order.
fn nameless(content: &Json) -> String {
    let mut content = content.clone();
    if let Some(Json::Object(metadata)) = content.get_mut("metadata") {
        metadata.shift_remove("name");
        metadata.shift_remove("namespace");
    }
    canonical(&content)
}

/// How much an entity says beside what every one of its kind does.
fn values(content: &Json) -> usize {
    fn count(value: &Json) -> usize {
        match value {
            Json::Object(map) => map.values().map(count).sum(),
            Json::Array(items) => items.iter().map(count).sum(),
            Json::Null => 0,
            _ => 1,
        }
    }
    // apiVersion, kind, name and namespace.
    count(content).saturating_sub(4)
}
