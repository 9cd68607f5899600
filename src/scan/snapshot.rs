//! A folder as it was at a commit. Read from the objects of the clone, file by file when somebody
//! asks: there is no checkout. What the walk over a folder on disk leaves out, links and ignored
//! files among them, is left out here too, or everything that the two see differently would look
//! like a change.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::base::{History, ReadError, paths};

use super::folder::{Folder, folder_name};
use super::git::{BlobError, Commit, Entry, EntryKind, Facts, GitError, Repository};
use super::left_out::LeftOut;
use super::walk::{Walked, globs};

/// Links that are followed for one path, as systems have it.
const MAX_LINKS: usize = 40;
/// Longest target of a link, in bytes.
const MAX_TARGET: u64 = 4_096;

/// A folder at a commit.
#[derive(Debug)]
pub(super) struct Snapshot {
    git: Repository,
    commit: Commit,
    /// Where it is on disk.
    disk: PathBuf,
    /// Its path in the git repository.
    prefix: String,
    /// What is below it, sorted by path.
    entries: Vec<Entry>,
    failure: OnceLock<GitError>,
}

/// Where a path leads, links followed.
enum Leads<'a> {
    File(&'a Entry),
    Folder(String),
    /// Out of the folder.
    Outside,
    Nothing,
}

impl Snapshot {
    pub(super) fn new(git: Repository, commit: Commit, disk: &Path, prefix: String) -> Result<Self, GitError> {
        let entries = git.list(commit, &prefix)?;
        Ok(Self { git, commit, disk: disk.to_path_buf(), prefix, entries, failure: OnceLock::new() })
    }

    /// The folders that are commits of other repositories.
    pub(super) fn submodules(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().filter(|entry| entry.kind == EntryKind::Submodule).map(|entry| entry.path.as_str())
    }

    fn entry(&self, path: &str) -> Option<&Entry> {
        let at = self.entries.binary_search_by(|entry| entry.path.as_str().cmp(path)).ok()?;
        Some(&self.entries[at])
    }

    /// All entries below a folder.
    fn under(&self, folder: &str) -> &[Entry] {
        if folder.is_empty() {
            return &self.entries;
        }
        let prefix = format!("{folder}/");
        let start = self.entries.partition_point(|entry| entry.path < prefix);
        let length = self.entries[start..].partition_point(|entry| entry.path.starts_with(&prefix));
        &self.entries[start..start + length]
    }

    fn blob(&self, entry: &Entry, limit: u64) -> Result<Vec<u8>, ReadError> {
        self.git.blob(entry, limit).map_err(|error| match error {
            BlobError::Read(error) => error,
            BlobError::Missing(error) => {
                let reason = ReadError::Failed(error.to_string());
                let _ = self.failure.set(error);
                reason
            }
        })
    }

    fn target(&self, link: &Entry) -> Option<String> {
        String::from_utf8(self.blob(link, MAX_TARGET).ok()?).ok()
    }

    fn follow(&self, path: &str) -> Leads<'_> {
        let mut rest: Vec<String> = path.rsplit('/').map(str::to_owned).collect();
        let mut at: Vec<String> = Vec::new();
        // Links may lead out of the folder and back into it, as long as they stay in the repository.
        let prefix: Vec<&str> = self.prefix.split('/').filter(|part| !part.is_empty()).collect();
        at.extend(prefix.iter().map(|part| (*part).to_owned()));
        let inside = |at: &[String]| {
            let is_inside = at.len() >= prefix.len() && at.iter().zip(&prefix).all(|(a, b)| a == b);
            is_inside.then(|| at[prefix.len()..].join("/"))
        };
        let mut links = 0;
        while let Some(part) = rest.pop() {
            match part.as_str() {
                "" | "." => continue,
                ".." if at.pop().is_none() => return Leads::Outside,
                ".." => continue,
                _ => at.push(part),
            }
            let link = inside(&at).and_then(|path| self.entry(&path)).filter(|entry| entry.kind == EntryKind::Link);
            let Some(link) = link else { continue };
            links += 1;
            let Some(target) = self.target(link).filter(|_| links <= MAX_LINKS) else { return Leads::Nothing };
            if target.starts_with('/') {
                return Leads::Outside;
            }
            at.pop();
            rest.extend(target.rsplit('/').map(str::to_owned));
        }
        let Some(path) = inside(&at) else { return Leads::Outside };
        match self.entry(&path) {
            Some(entry) if entry.kind == EntryKind::File => Leads::File(entry),
            _ if path.is_empty() || !self.under(&path).is_empty() => Leads::Folder(path),
            _ => Leads::Nothing,
        }
    }

    /// A link of a repository, as the walk over a folder on disk sees it.
    fn link(&self, root: &str, entry: &Entry, relative: &str, walked: &mut Walked) {
        let is_below = |path: &str| root.is_empty() || path == root || path.starts_with(&format!("{root}/"));
        let nothing = |walked: &mut Walked| {
            walked.unreadable.push((relative.to_owned(), "No such file or directory".to_owned()));
        };
        match self.follow(&entry.path) {
            Leads::File(target) if is_below(&target.path) => walked.files.push(relative.to_owned()),
            Leads::Folder(target) if is_below(&target) => {}
            Leads::File(_) | Leads::Folder(_) => walked.outside.push(relative.to_owned()),
            Leads::Nothing => nothing(walked),
            // Whether anything is there only the disk can say, which the other walk asks as well.
            Leads::Outside => {
                let target = self.target(entry).unwrap_or_default();
                if self.disk.join(paths::parent(&entry.path)).join(target).exists() {
                    walked.outside.push(relative.to_owned());
                } else {
                    nothing(walked);
                }
            }
        }
    }
}

impl Folder for Snapshot {
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        match self.follow(path) {
            Leads::File(entry) => self.blob(entry, limit),
            _ => Err(ReadError::Failed("No such file or directory".to_owned())),
        }
    }

    fn is_file(&self, path: &str) -> bool {
        matches!(self.follow(path), Leads::File(_))
    }

    fn is_folder(&self, path: &str) -> bool {
        matches!(self.follow(path), Leads::Folder(_))
    }

    fn folders(&self, path: &str) -> Vec<String> {
        let Leads::Folder(folder) = self.follow(path) else { return Vec::new() };
        let cut = if folder.is_empty() { 0 } else { folder.len() + 1 };
        let names = self.under(&folder).iter().filter_map(|entry| entry.path[cut..].split_once('/'));
        let mut names: Vec<String> = names.map(|(name, _)| name.to_owned()).collect();
        names.dedup();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn is_clone(&self, path: &str) -> bool {
        path.is_empty() && self.disk.join(".git").exists()
    }

    /// The pages of an earlier state are never made.
    fn history(&self, _: &str) -> Option<History> {
        None
    }

    fn facts(&self, path: &str, inherit: bool) -> Facts {
        if inherit || self.is_clone(path) { self.git.facts_at(self.commit) } else { Facts::default() }
    }

    fn name(&self, path: &str) -> String {
        folder_name(&if path.is_empty() { self.disk.clone() } else { self.disk.join(path) })
    }

    fn walk(&self, path: &str, exclude: &[&str]) -> Walked {
        let mut walked = Walked::default();
        let Leads::Folder(root) = self.follow(path) else { return walked };
        let cut = if root.is_empty() { 0 } else { root.len() + 1 };
        let mut left_out = LeftOut::new(self, &root, globs(exclude));
        for entry in self.under(&root) {
            let relative = &entry.path[cut..];
            if entry.kind == EntryKind::Submodule || left_out.file(relative) {
                continue;
            }
            if entry.kind == EntryKind::File {
                walked.files.push(relative.to_owned());
            } else {
                self.link(&root, entry, relative, &mut walked);
            }
        }
        walked
    }

    fn failure(&self) -> Option<GitError> {
        self.failure.get().cloned()
    }
}
