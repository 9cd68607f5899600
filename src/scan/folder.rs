//! A folder that is read: on disk, or as it was at a commit. What the rest of [`scan`](super)
//! knows about its input it knows from here, so that both are understood in the same way.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::base::sources::MAX_TEXT;
use crate::base::{History, ReadError, Text};

use super::git::{self, Facts, GitError};
use super::walk::{Walked, walk, without_number};

/// A folder with what is in it. Paths are relative to it, with forward slashes; the empty one is
/// the folder itself.
pub(super) trait Folder: std::fmt::Debug + Send + Sync {
    /// The bytes of a file, up to a size.
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError>;
    /// Whether there is a file, or a link to one.
    fn is_file(&self, path: &str) -> bool;
    /// Whether there is a folder, or a link to one.
    fn is_folder(&self, path: &str) -> bool;
    /// The names of the folders in a folder, links left out, in order.
    fn folders(&self, path: &str) -> Vec<String>;
    /// Whether a folder is a clone: it has a `.git` of its own.
    fn is_clone(&self, path: &str) -> bool;
    /// What git says about a folder.
    fn facts(&self, path: &str, inherit: bool) -> Facts;
    /// The history of a folder that is a clone.
    fn history(&self, path: &str) -> Option<History>;
    /// What a folder is called.
    fn name(&self, path: &str) -> String;
    /// The files of a repository, without those that patterns name.
    fn walk(&self, path: &str, exclude: &[&str]) -> Walked;
    /// Why something could not be read that must be there, if that was so.
    fn failure(&self) -> Option<GitError>;

    /// The text of a file, if there is one that can be read.
    fn text(&self, path: &str) -> Option<Text> {
        self.read(path, MAX_TEXT).ok().map(|bytes| Text::from_bytes(&bytes))
    }
}

/// A folder on disk.
#[derive(Debug)]
pub(super) struct Disk {
    root: PathBuf,
    /// Folders that are never looked at.
    skip: Vec<PathBuf>,
}

impl Disk {
    pub(super) fn new(root: &Path, skip: &[PathBuf]) -> Self {
        Self { root: root.to_path_buf(), skip: skip.to_vec() }
    }

    fn at(&self, path: &str) -> PathBuf {
        if path.is_empty() { self.root.clone() } else { self.root.join(path) }
    }
}

impl Folder for Disk {
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        read(&self.at(path), limit)
    }

    fn is_file(&self, path: &str) -> bool {
        self.at(path).is_file()
    }

    fn is_folder(&self, path: &str) -> bool {
        self.at(path).is_dir()
    }

    fn folders(&self, path: &str) -> Vec<String> {
        let Ok(entries) = self.at(path).read_dir() else { return Vec::new() };
        let mut names: Vec<String> = entries
            .filter_map(Result::ok)
            .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        names.sort_unstable();
        names
    }

    fn is_clone(&self, path: &str) -> bool {
        self.at(path).join(".git").exists()
    }

    fn facts(&self, path: &str, inherit: bool) -> Facts {
        git::facts(&self.at(path), inherit)
    }

    fn history(&self, path: &str) -> Option<History> {
        git::history(&self.at(path))
    }

    fn name(&self, path: &str) -> String {
        folder_name(&self.at(path))
    }

    fn walk(&self, path: &str, exclude: &[&str]) -> Walked {
        walk(&self.at(path), exclude, &self.skip)
    }

    fn failure(&self) -> Option<GitError> {
        None
    }
}

/// The name of a folder, however it was written.
pub(super) fn folder_name(root: &Path) -> String {
    let name = |path: &Path| path.file_name().and_then(|name| name.to_str()).map(str::to_owned);
    name(root).or_else(|| root.canonicalize().ok().as_deref().and_then(name)).unwrap_or_else(|| "repository".to_owned())
}

/// Largest file that the command line may name, in bytes.
const MAX_FILE: u64 = 256 * 1024 * 1024;

/// Reads a file up to a size.
pub(super) fn read(path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
    let failed = |error: std::io::Error| ReadError::Failed(without_number(&error.to_string()));
    let file = File::open(path).map_err(failed)?;
    let size = file.metadata().map_err(failed)?.len();
    if size > limit {
        return Err(ReadError::TooLarge(size));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    // The file may grow while it is read: the limit holds all the same.
    file.take(limit + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > limit {
        return Err(ReadError::TooLarge(bytes.len() as u64));
    }
    Ok(bytes)
}

/// The text of a file that the command line names. It is no part of the input.
pub fn file(path: &Path) -> Result<String, super::Error> {
    let shown = path.display().to_string();
    if !path.exists() {
        return Err(super::Error::NotFound(shown));
    }
    let bytes = read(path, MAX_FILE).map_err(|error| super::Error::Io {
        path: shown,
        source: std::io::Error::other(match error {
            ReadError::TooLarge(size) => format!("it has {size} bytes, and {MAX_FILE} are the most"),
            ReadError::Failed(why) => why,
        }),
    })?;
    Ok(Text::from_bytes(&bytes).as_str().to_owned())
}
