//! [`Sources`] over the folder that was opened.

use std::sync::{Arc, OnceLock};

use crate::base::hosts::Hosts;
use crate::base::sources::MAX_TEXT;
use crate::base::{FileId, History, ReadError, RepoId, Repository, Sources, Text};

use super::Error;
use super::folder::Folder;

/// Files of a folder, on disk or at a commit. Texts are kept once read, save those of pages of
/// documentation, which are most of them; other files are read each time.
#[derive(Debug)]
pub struct FolderSources {
    folder: Box<dyn Folder>,
    repositories: Vec<Repository>,
    files: Vec<(RepoId, String)>,
    outside: Vec<(RepoId, String)>,
    hosts: Hosts,
    texts: Vec<OnceLock<Result<Arc<Text>, ReadError>>>,
    histories: Vec<OnceLock<Option<History>>>,
}

impl FolderSources {
    /// Repositories of a folder, and all their files in order.
    pub(super) fn new(
        folder: Box<dyn Folder>,
        repositories: Vec<Repository>,
        files: Vec<(RepoId, String)>,
        outside: Vec<(RepoId, String)>,
        hosts: Hosts,
    ) -> Self {
        let texts = files.iter().map(|_| OnceLock::new()).collect();
        let histories = repositories.iter().map(|_| OnceLock::new()).collect();
        Self { folder, repositories, files, outside, hosts, texts, histories }
    }

    fn read(&self, file: FileId) -> Result<Arc<Text>, ReadError> {
        let bytes = self.folder.read(&self.display_path(file), MAX_TEXT)?;
        Ok(Arc::new(Text::from_bytes(&bytes)))
    }

    /// Fails where something could not be read that must be there: what was made of the rest would
    /// look as if it had been deleted.
    pub fn complete(&self) -> Result<(), Error> {
        self.folder.failure().map_or(Ok(()), |error| Err(Error::Git(error)))
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
        self.folder.read(&self.display_path(file), 4 * MAX_TEXT)
    }

    fn each_text(&self, see: &mut dyn FnMut(FileId, &Text)) {
        for (file, text) in (0..).map(FileId).zip(&self.texts) {
            if let Some(Ok(text)) = text.get() {
                see(file, text);
            }
        }
    }

    fn text(&self, file: FileId) -> Result<Arc<Text>, ReadError> {
        self.texts[file.0 as usize].get_or_init(|| self.read(file)).clone()
    }

    fn text_once(&self, file: FileId, keep: &dyn Fn(&Text) -> bool) -> Result<Arc<Text>, ReadError> {
        let kept = &self.texts[file.0 as usize];
        if let Some(text) = kept.get() {
            return text.clone();
        }
        let text = self.read(file);
        if text.as_ref().map_or(true, |text| keep(text)) { kept.get_or_init(|| text).clone() } else { text }
    }

    fn history(&self, repository: RepoId) -> Option<&History> {
        let at = repository.0 as usize;
        let found = &self.repositories[at];
        // The home of the settings is no repository, whatever the folder around it is.
        let find = || if found.settings_home { None } else { self.folder.history(&found.root) };
        self.histories[at].get_or_init(find).as_ref()
    }

    fn is_outside_link(&self, repository: RepoId, path: &str) -> bool {
        self.outside.iter().any(|(repo, link)| {
            *repo == repository
                && path.strip_prefix(link.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }
}
