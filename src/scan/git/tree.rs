//! The files of a commit: their names at once, their contents when somebody asks. Names come from
//! whoever made the commit, so those that no checkout would write are left out.

use crate::base::ReadError;

use super::{Commit, GitError, Repository};

/// Most entries of a tree, folders among them. A tree can name itself over and over.
const MAX_ENTRIES: usize = 1_000_000;
/// Deepest folder.
const MAX_DEPTH: usize = 256;
/// Longest path, in bytes.
const MAX_PATH: usize = 4_096;
/// Largest object that lists a folder, in bytes.
const MAX_TREE: u64 = 64 * 1024 * 1024;

/// What an entry of a tree is. Folders are only in the paths of their files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::scan) enum EntryKind {
    File,
    /// A symbolic link: its content is where it leads.
    Link,
    /// A commit of another repository.
    Submodule,
}

/// Content of a file, not yet read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::scan) struct Blob(gix::ObjectId);

/// A file of a commit.
#[derive(Debug, Clone)]
pub(in crate::scan) struct Entry {
    /// Its path below the folder that was listed, with forward slashes.
    pub(in crate::scan) path: String,
    pub(in crate::scan) kind: EntryKind,
    pub(in crate::scan) blob: Blob,
}

/// Why a file of a commit was not read.
pub(in crate::scan) enum BlobError {
    /// As with any file.
    Read(ReadError),
    /// It is not in the clone.
    Missing(GitError),
}

impl Repository {
    /// Everything below a folder of a commit, sorted by path; nothing where there is no such folder.
    pub(in crate::scan) fn list(&self, commit: Commit, folder: &str) -> Result<Vec<Entry>, GitError> {
        let git = self.git.to_thread_local();
        let missing = |path: &str, id: gix::ObjectId| GitError::MissingObject {
            path: if path.is_empty() { "/".to_owned() } else { path.to_owned() },
            id: id.to_string(),
        };
        let too_large = |most, what| GitError::TooLarge { commit: commit.to_string(), most, what };
        let root = git.find_commit(commit.0).ok().and_then(|commit| commit.tree_id().ok());
        let root = root.ok_or_else(|| missing("", commit.0))?.detach();
        let mut top = root;
        for name in folder.split('/').filter(|name| !name.is_empty()) {
            let tree = git.find_tree(top).map_err(|_| missing(folder, top))?;
            match tree.find_entry(name) {
                Some(entry) if entry.mode().is_tree() => top = entry.object_id(),
                _ => return Ok(Vec::new()),
            }
        }
        let mut entries = Vec::new();
        let mut seen = 0;
        let mut folders = vec![(String::new(), top, 0)];
        while let Some((path, id, depth)) = folders.pop() {
            if depth > MAX_DEPTH {
                return Err(too_large(MAX_DEPTH, "folders in each other"));
            }
            let size = git.find_header(id).map_err(|_| missing(&path, id))?.size();
            if size > MAX_TREE {
                return Err(too_large(usize::try_from(MAX_TREE).unwrap_or(usize::MAX), "bytes of names in a folder"));
            }
            let tree = git.find_tree(id).map_err(|_| missing(&path, id))?;
            // What cannot be decoded ends the folder: the rest of it has no names.
            for entry in tree.iter().map_while(Result::ok) {
                seen += 1;
                if seen > MAX_ENTRIES {
                    return Err(too_large(MAX_ENTRIES, "entries"));
                }
                let Some(name) = std::str::from_utf8(entry.filename()).ok().filter(|name| is_name(name)) else {
                    continue;
                };
                let path = if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") };
                if path.len() > MAX_PATH {
                    continue;
                }
                let (mode, id) = (entry.mode(), entry.object_id());
                let kind = if mode.is_tree() {
                    folders.push((path, id, depth + 1));
                    continue;
                } else if mode.is_commit() {
                    EntryKind::Submodule
                } else if mode.is_link() {
                    EntryKind::Link
                } else {
                    EntryKind::File
                };
                entries.push(Entry { path, kind, blob: Blob(id) });
            }
        }
        // git sorts a folder as if its name ended in a slash; everything here sorts whole paths.
        entries.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        entries.dedup_by(|a, b| a.path == b.path);
        Ok(entries)
    }

    /// The content of a file. Its size is looked at before it is inflated.
    pub(in crate::scan) fn blob(&self, entry: &Entry, limit: u64) -> Result<Vec<u8>, BlobError> {
        let git = self.git.to_thread_local();
        let id = entry.blob.0;
        let missing = || BlobError::Missing(GitError::MissingObject { path: entry.path.clone(), id: id.to_string() });
        let failed = |error: gix::Error| BlobError::Read(ReadError::Failed(error.to_string()));
        let header = git.try_find_header(id).map_err(failed)?.ok_or_else(missing)?;
        if header.size() > limit {
            return Err(BlobError::Read(ReadError::TooLarge(header.size())));
        }
        let mut object = git.try_find_object(id).map_err(failed)?.ok_or_else(missing)?;
        Ok(std::mem::take(&mut object.data))
    }
}

/// Whether a checkout would write a file of this name.
fn is_name(name: &str) -> bool {
    !matches!(name, "" | "." | "..") && !name.eq_ignore_ascii_case(".git") && !name.contains(['/', '\0'])
}
