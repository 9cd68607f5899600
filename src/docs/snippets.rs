//! The files that pages include: of the same repository, below the folders where MkDocs looks.

use crate::base::{ReadError, RepoId, Sources, paths};
use crate::markdown::{SnippetText, Snippets};

use super::locate::Folder;

/// Where the snippets of one site are looked for.
pub(super) struct Included<'a> {
    sources: &'a dyn Sources,
    repository: RepoId,
    /// Folders from the root of the repository, in order.
    folders: Vec<String>,
}

/// Longest name of a file.
const MAX_NAME: usize = 1_000;

impl<'a> Included<'a> {
    /// The folders that the settings name, that of the settings, that of the pages, and the root
    /// of the repository. MkDocs knows the folder it is started in, which is one of these.
    pub(super) fn new(sources: &'a dyn Sources, folder: &Folder, docs_dir: &str, named: &[String]) -> Self {
        let named = named.iter().filter_map(|path| paths::join(&folder.path, path.trim_start_matches('/')).ok());
        let mut folders: Vec<String> = Vec::new();
        for path in named.chain([folder.path.clone(), docs_dir.to_owned(), String::new()]) {
            if !folders.contains(&path) {
                folders.push(path);
            }
        }
        Self { sources, repository: folder.repository, folders }
    }
}

impl Snippets for Included<'_> {
    fn read(&self, name: &str) -> Result<SnippetText, String> {
        if name.contains("://") {
            return Err("as nothing is fetched".to_owned());
        }
        if name.len() > MAX_NAME {
            return Err("as its name is too long".to_owned());
        }
        let mut outside = false;
        for folder in &self.folders {
            let Ok(path) = paths::join(folder, name.trim_start_matches('/')) else {
                outside = true;
                continue;
            };
            let Some(file) = self.sources.lookup(self.repository, &path) else { continue };
            return match self.sources.text(file) {
                Ok(text) => Ok(SnippetText { number: file.0, text }),
                Err(ReadError::TooLarge(size)) => Err(format!("as it has {size} bytes")),
                Err(ReadError::Failed(why)) => Err(format!("as it cannot be read: {why}")),
            };
        }
        Err(if outside { "as it leads out of the repository" } else { "as there is no such file" }.to_owned())
    }
}
