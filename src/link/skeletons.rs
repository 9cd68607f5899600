//! Folders from which a Template makes new repositories. What is in them are templates of
//! descriptors, however well they read.

use crate::base::{FileId, RepoId, Resolution, Sources};
use crate::yaml::Node;

/// The folders.
#[derive(Debug, Default)]
pub(super) struct Skeletons(Vec<(RepoId, String)>);

impl Skeletons {
    pub(super) fn contains(&self, sources: &dyn Sources, file: FileId) -> bool {
        let (repository, path) = (sources.repo_of(file), sources.path(file));
        self.0.iter().any(|(repo, folder)| {
            *repo == repository && path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'))
        })
    }
}

/// The folders that the `fetch:` steps of the Templates among some documents name. The root of a
/// repository is none: a Template may copy all of it, itself included.
pub(super) fn folders<'a>(documents: impl Iterator<Item = (FileId, &'a Node)>, sources: &dyn Sources) -> Skeletons {
    let mut folders = Vec::new();
    for (file, root) in documents {
        if root.get("kind").and_then(Node::as_str) != Some("Template") {
            continue;
        }
        let steps = root.at(&["spec", "steps"]).map(Node::items).unwrap_or_default();
        for step in steps {
            let is_fetch = step.get("action").and_then(Node::as_str).is_some_and(|action| action.starts_with("fetch:"));
            let url = step.at(&["input", "url"]).and_then(Node::as_str).filter(|_| is_fetch);
            if let Some(Resolution::Folder(repository, folder)) = url.map(|url| sources.resolve(file, url))
                && !folder.is_empty()
            {
                folders.push((repository, folder));
            }
        }
    }
    folders.sort_unstable();
    folders.dedup();
    Skeletons(folders)
}
