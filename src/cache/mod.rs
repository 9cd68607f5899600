//! [`Memo`] on disk: results of pure stages, kept from one run to the next in one file.
//!
//! The cache can only make a run faster. A file that is broken, foreign or from another version
//! counts as none and is replaced; a folder that cannot be written is one without a cache. What a
//! value is, and whether it is still the result of its stage, is in its key.
//!
//! The file is written whole beside the old one and then takes its name, so that of two runs at
//! once the last one wins and neither sees half of a file.

mod pack;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;

use crate::base::{Hash, Memo};
use pack::{Place, Reader, Writer};

/// The name of the file. Another form of the file gets another name.
const NAME: &str = "memo-1.pack";
/// Most bytes that are kept. Beyond them what the last run did not use goes.
const MAX_BYTES: u64 = 256 * 1024 * 1024;
/// Longest value; longer ones are rare and are made again.
const MAX_VALUE: usize = 4 * 1024 * 1024;

/// A cache in a folder.
#[derive(Debug)]
pub struct DiskMemo {
    folder: PathBuf,
    limit: u64,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    old: Option<Reader>,
    /// What the file of the last run holds, and whether this one used it.
    known: FxHashMap<Hash, (Place, bool)>,
    /// What this run made. Begins with the first value that is put.
    new: Option<Writer>,
    made: FxHashMap<Hash, Place>,
    /// The folder cannot be written: nothing more is tried.
    broken: bool,
}

impl DiskMemo {
    /// Opens the cache in a folder, which need not be there.
    pub fn open(folder: &Path) -> Self {
        Self::with_limit(folder, MAX_BYTES)
    }

    fn with_limit(folder: &Path, limit: u64) -> Self {
        let (old, known) = match Reader::open(&folder.join(NAME)) {
            Some((reader, places)) => {
                (Some(reader), places.into_iter().map(|(key, place)| (key, (place, false))).collect())
            }
            None => (None, FxHashMap::default()),
        };
        let state = State { old, known, new: None, made: FxHashMap::default(), broken: false };
        Self { folder: folder.to_owned(), limit, state: Mutex::new(state) }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes what this run made, at its end; whether the cache is now as it should be. A run that
    /// made nothing leaves the file as it is.
    pub fn keep(self) -> bool {
        let mut state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        let Some(mut writer) = state.new.take().filter(|_| !state.broken) else { return !state.broken };
        let mut places: Vec<(Hash, Place)> = state.made.into_iter().collect();
        if let Some(old) = &mut state.old {
            let total: u64 = state.known.values().map(|(place, _)| u64::from(place.length)).sum();
            let all = total + writer.length() <= self.limit;
            let mut kept: Vec<(Hash, Place)> = state
                .known
                .iter()
                .filter(|(_, (_, used))| all || *used)
                .map(|(key, (place, _))| (*key, *place))
                .collect();
            kept.sort_unstable_by_key(|(_, place)| place.at);
            for (key, place) in kept {
                if writer.length() + u64::from(place.length) > self.limit {
                    break;
                }
                let Some(value) = old.value(place) else { continue };
                let Some(place) = writer.add(&value) else { return false };
                places.push((key, place));
            }
        }
        places.sort_unstable_by_key(|(key, _)| *key);
        writer.finish(&places, &self.folder.join(NAME)).is_some()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Memo for DiskMemo {
    fn get(&self, key: &Hash) -> Option<Arc<[u8]>> {
        let mut state = self.state();
        let State { old, known, new, made, .. } = &mut *state;
        if let Some(place) = made.get(key) {
            return new.as_mut()?.value(*place).map(Arc::from);
        }
        let (place, used) = known.get_mut(key)?;
        let found = old.as_mut()?.value(*place);
        *used = found.is_some();
        if found.is_none() {
            known.remove(key);
        }
        found.map(Arc::from)
    }

    fn put(&self, key: Hash, value: &[u8]) {
        let mut state = self.state();
        if state.broken || value.len() > MAX_VALUE || state.known.contains_key(&key) || state.made.contains_key(&key) {
            return;
        }
        if state.new.is_none() {
            state.new = Writer::new(&self.folder);
        }
        let full = state.new.as_ref().is_some_and(|new| new.length() + value.len() as u64 > self.limit);
        if full {
            return;
        }
        match state.new.as_mut().and_then(|new| new.add(value)) {
            Some(place) => {
                state.made.insert(key, place);
            }
            None => state.broken = true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Hash {
        Hash::of(text.as_bytes())
    }

    fn put(folder: &Path, limit: u64, texts: &[&str]) {
        let memo = DiskMemo::with_limit(folder, limit);
        for text in texts {
            match memo.get(&key(text)) {
                Some(found) => assert_eq!(&*found, text.as_bytes()),
                None => memo.put(key(text), text.as_bytes()),
            }
            assert_eq!(memo.get(&key(text)).as_deref(), Some(text.as_bytes()));
        }
        assert!(memo.keep());
    }

    fn has(folder: &Path, text: &str) -> bool {
        let found = DiskMemo::open(folder).get(&key(text));
        assert!(found.as_deref().is_none_or(|found| found == text.as_bytes()));
        found.is_some()
    }

    #[test]
    fn values_stay_from_run_to_run() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("not/there");
        let long = "x".repeat(300_000);
        put(&inner, MAX_BYTES, &["a", "", &long]);
        put(&inner, MAX_BYTES, &["b", "a"]);
        for text in ["a", "", "b", &long] {
            assert!(has(&inner, text));
        }
        assert!(!has(&inner, "c"));
        assert_eq!(inner.read_dir().unwrap().count(), 1, "nothing else is left behind");
    }

    #[test]
    fn beyond_its_limit_goes_what_was_not_used() {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), 100, &[&"a".repeat(30), &"b".repeat(30)]);
        put(folder.path(), 100, &[&"a".repeat(30), &"c".repeat(60)]);
        assert!(has(folder.path(), &"a".repeat(30)) && has(folder.path(), &"c".repeat(60)));
        assert!(!has(folder.path(), &"b".repeat(30)));
        put(folder.path(), 100, &[&"d".repeat(200)[..90], &"a".repeat(30)]);
        assert!(has(folder.path(), &"d".repeat(90)) && !has(folder.path(), &"a".repeat(30)));
    }

    #[test]
    #[allow(clippy::disallowed_methods)]
    fn a_broken_file_counts_as_none_and_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(NAME);
        put(folder.path(), MAX_BYTES, &["first", "second"]);
        let whole = std::fs::read(&file).unwrap();
        for at in 0..whole.len() {
            let mut broken = whole.clone();
            broken[at] ^= 0x55;
            std::fs::write(&file, &broken).unwrap();
            has(folder.path(), "first");
            has(folder.path(), "second");
            std::fs::write(&file, &whole[..at]).unwrap();
            assert!(!has(folder.path(), "first"), "cut at {at}");
        }
        std::fs::write(&file, b"something else entirely, and long enough to hold an end of its own").unwrap();
        put(folder.path(), MAX_BYTES, &["first"]);
        assert!(has(folder.path(), "first"));
    }

    #[test]
    #[allow(clippy::disallowed_methods)]
    fn a_folder_that_cannot_be_written_is_no_cache() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        let memo = DiskMemo::open(&file.join("below"));
        memo.put(key("a"), b"a");
        assert_eq!(memo.get(&key("a")), None);
        assert!(!memo.keep());
    }

    #[test]
    fn two_runs_at_once_leave_a_whole_file() {
        let folder = tempfile::tempdir().unwrap();
        let (one, two) = (DiskMemo::open(folder.path()), DiskMemo::open(folder.path()));
        one.put(key("a"), b"a");
        two.put(key("b"), b"b");
        assert!(one.keep() && two.keep());
        assert!(!has(folder.path(), "a") && has(folder.path(), "b"));
    }
}
