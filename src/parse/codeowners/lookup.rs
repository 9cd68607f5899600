//! Which rules to try on a path. Rules are found by a name that their paths must have, so that a
//! thousand rules over twenty thousand files are a few tries each and not twenty million.

use rustc_hash::FxHashMap;

use super::CodeOwners;
use super::pattern::{Key, apart};

/// Most tries of rules on paths when all files are looked at.
const MOST_TRIES: usize = 20_000_000;

/// Rules by the names that their paths must have.
#[derive(Debug, Default)]
pub(super) struct Lookup {
    prefix: FxHashMap<String, Vec<usize>>,
    some: FxHashMap<String, Vec<usize>>,
    ending: FxHashMap<String, Vec<usize>>,
    rest: Vec<usize>,
}

impl Lookup {
    pub(super) fn new(owners: &CodeOwners) -> Self {
        let mut lookup = Self::default();
        for (at, entry) in owners.entries.iter().enumerate() {
            match entry.pattern.key() {
                Key::Prefix(path) => lookup.prefix.entry(path).or_default().push(at),
                Key::Some(name) => lookup.some.entry(name).or_default().push(at),
                Key::Ending(ending) => lookup.ending.entry(ending).or_default().push(at),
                Key::None => lookup.rest.push(at),
            }
        }
        lookup
    }

    /// The rules that match a path, in their order.
    pub(super) fn matching(&self, owners: &CodeOwners, path: &str) -> Vec<usize> {
        let names = apart(path);
        let mut found = self.candidates(path);
        found.retain(|&at| owners.entries[at].pattern.matches_names(&names));
        found
    }

    /// How many rules are tried on a path.
    #[cfg(test)]
    pub(super) fn tries(&self, path: &str) -> usize {
        self.candidates(path).len()
    }

    fn candidates(&self, path: &str) -> Vec<usize> {
        let mut found = self.rest.clone();
        let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        found.extend(ends.filter_map(|end| self.prefix.get(&path[..end])).flatten());
        for name in path.split('/') {
            found.extend(self.some.get(name).into_iter().flatten());
            found.extend(name.rsplit_once('.').and_then(|(_, end)| self.ending.get(end)).into_iter().flatten());
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    pub(super) fn used<'a>(&self, owners: &CodeOwners, paths: impl Iterator<Item = &'a str>) -> Option<Vec<bool>> {
        let mut tries = 0;
        let mut used = vec![false; owners.entries.len()];
        for path in paths {
            let names = apart(path);
            let candidates = self.candidates(path);
            tries += candidates.len();
            if tries > MOST_TRIES {
                return None;
            }
            for at in candidates {
                // One that was seen to match need not be tried again.
                used[at] = used[at] || owners.entries[at].pattern.matches_names(&names);
            }
        }
        Some(used)
    }
}
