//! What is no part of a repository at a commit, although it was committed: what the walk over a
//! folder on disk leaves out for `.gitignore`, for the settings, or always.

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use rustc_hash::FxHashMap;

use crate::base::paths;

use super::folder::Folder;
use super::walk::{OUTPUT_FILES, SKIPPED};

/// Largest `.gitignore`, in bytes.
const MAX_IGNORE: u64 = 1024 * 1024;

/// What a walk leaves out of a repository: folders and files that are ignored, excluded, or never
/// looked at.
pub(super) struct LeftOut<'a> {
    folder: &'a dyn Folder,
    root: &'a str,
    excluded: globset::GlobSet,
    folders: FxHashMap<String, bool>,
    ignored: FxHashMap<String, Option<Gitignore>>,
}

impl<'a> LeftOut<'a> {
    pub(super) fn new(folder: &'a dyn Folder, root: &'a str, excluded: globset::GlobSet) -> Self {
        Self { folder, root, excluded, folders: FxHashMap::default(), ignored: FxHashMap::default() }
    }

    pub(super) fn file(&mut self, path: &str) -> bool {
        self.folder(paths::parent(path)) || self.excluded.is_match(path) || self.is_ignored(path, false)
    }

    fn folder(&mut self, path: &str) -> bool {
        if path.is_empty() {
            return false;
        }
        if let Some(&known) = self.folders.get(path) {
            return known;
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let left_out = self.folder(paths::parent(path))
            || SKIPPED.contains(&name)
            || self.excluded.is_match(path)
            || self.excluded.is_match(format!("{path}/"))
            || self.is_ignored(path, true)
            || OUTPUT_FILES.iter().all(|file| self.folder.is_file(&join(self.root, &join(path, file))));
        self.folders.insert(path.to_owned(), left_out);
        left_out
    }

    /// Whether a `.gitignore` says so. The nearest that says anything decides.
    fn is_ignored(&mut self, path: &str, is_folder: bool) -> bool {
        let mut folder = path;
        while !folder.is_empty() {
            folder = paths::parent(folder);
            if !self.ignored.contains_key(folder) {
                let read = self.read_ignored(folder);
                self.ignored.insert(folder.to_owned(), read);
            }
            let Some(Some(patterns)) = self.ignored.get(folder) else { continue };
            let relative = path[folder.len()..].trim_start_matches('/');
            match patterns.matched(relative, is_folder) {
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
                Match::None => {}
            }
        }
        false
    }

    fn read_ignored(&self, folder: &str) -> Option<Gitignore> {
        let path = join(self.root, &join(folder, ".gitignore"));
        let bytes = self.folder.read(&path, MAX_IGNORE).ok()?;
        let mut builder = GitignoreBuilder::new("");
        for line in String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').lines() {
            // A pattern that cannot be read ignores nothing.
            let _ = builder.add_line(None, line);
        }
        builder.build().ok()
    }
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
