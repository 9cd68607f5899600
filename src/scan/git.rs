//! What git says about a folder: where it came from and what is checked out. Read only where the
//! folder itself has `.git`, or where the settings say that it inherits. Nothing is executed, no
//! configuration outside of the repository is read. The only module that names gix.

use std::path::Path;

use crate::base::hosts::Remote;

/// What git knows; nothing where there is no git.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Facts {
    /// `origin`, without credentials.
    pub(super) remote: Option<Remote>,
    /// The commit that is checked out.
    pub(super) revision: Option<String>,
    /// The branch that is checked out.
    pub(super) branch: Option<String>,
    /// When that commit was made, in seconds since 1970.
    pub(super) committed: Option<i64>,
}

/// Reads the facts of a folder. A repository that cannot be read has none.
pub(super) fn facts(root: &Path, inherit: bool) -> Facts {
    let options = gix::open::Options::isolated().with(gix::sec::Trust::Full);
    let repository = if root.join(".git").exists() {
        gix::open_opts(root, options).ok()
    } else if inherit {
        root.canonicalize()
            .ok()
            .and_then(|real| {
                real.ancestors().skip(1).find(|folder| folder.join(".git").exists()).map(Path::to_path_buf)
            })
            .and_then(|folder| gix::open_opts(folder, options).ok())
    } else {
        None
    };
    let Some(repository) = repository else { return Facts::default() };
    let origin = repository.config_snapshot().string("remote.origin.url").map(|url| url.to_string());
    Facts {
        remote: origin.as_deref().and_then(Remote::parse),
        revision: repository.head_id().ok().map(|id| id.to_string()),
        committed: repository.head_commit().ok().and_then(|commit| Some(commit.time().ok()?.seconds)),
        branch: repository.head_name().ok().flatten().map(|name| name.shorten().to_string()),
    }
}
