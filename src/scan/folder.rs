//! [`Sources`] over folders on disk.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::base::hosts::Hosts;
use crate::base::sources::MAX_TEXT;
use crate::base::{FileId, ReadError, RepoId, Repository, Sources, Text};

use super::walk::without_number;

/// Files on disk. Texts are kept once read; other files are read each time.
#[derive(Debug)]
pub struct FolderSources {
    repositories: Vec<Repository>,
    roots: Vec<PathBuf>,
    files: Vec<(RepoId, String)>,
    outside: Vec<(RepoId, String)>,
    hosts: Hosts,
    texts: Vec<OnceLock<Result<Arc<Text>, ReadError>>>,
}

/// Largest file that the command line may name, in bytes.
const MAX_FILE: u64 = 256 * 1024 * 1024;

impl FolderSources {
    /// Repositories with their roots, and all their files in order.
    pub(super) fn new(
        repositories: Vec<Repository>,
        roots: Vec<PathBuf>,
        files: Vec<(RepoId, String)>,
        outside: Vec<(RepoId, String)>,
        hosts: Hosts,
    ) -> Self {
        let texts = files.iter().map(|_| OnceLock::new()).collect();
        Self { repositories, roots, files, outside, hosts, texts }
    }

    /// The folder of a repository.
    pub fn root(&self, repository: RepoId) -> &Path {
        &self.roots[repository.0 as usize]
    }

    fn disk_path(&self, file: FileId) -> PathBuf {
        let (repository, path) = &self.files[file.0 as usize];
        self.roots[repository.0 as usize].join(path)
    }
}

impl Sources for FolderSources {
    fn repositories(&self) -> &[Repository] {
        &self.repositories
    }

    fn files(&self) -> &[(RepoId, String)] {
        &self.files
    }

    fn hosts(&self) -> &Hosts {
        &self.hosts
    }

    fn bytes(&self, file: FileId) -> Result<Vec<u8>, ReadError> {
        read(&self.disk_path(file), 4 * MAX_TEXT)
    }

    fn each_text(&self, see: &mut dyn FnMut(FileId, &Text)) {
        for (file, text) in (0..).map(FileId).zip(&self.texts) {
            if let Some(Ok(text)) = text.get() {
                see(file, text);
            }
        }
    }

    fn text(&self, file: FileId) -> Result<Arc<Text>, ReadError> {
        let read = || read(&self.disk_path(file), MAX_TEXT).map(|bytes| Arc::new(Text::from_bytes(&bytes)));
        self.texts[file.0 as usize].get_or_init(read).clone()
    }

    fn is_outside_link(&self, repository: RepoId, path: &str) -> bool {
        self.outside.iter().any(|(repo, link)| {
            *repo == repository
                && path.strip_prefix(link.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }
}

/// Reads a file up to a size.
fn read(path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
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

/// The text of a file, if there is one that can be read.
pub(super) fn read_text(path: &Path) -> Option<Text> {
    read(path, MAX_TEXT).ok().map(|bytes| Text::from_bytes(&bytes))
}
