//! What git says about a folder: where it came from and what is checked out. Read only where the
//! folder itself has `.git`, or where the settings say that it inherits.

use std::path::Path;

use crate::base::hosts::Remote;

/// What git knows; nothing where there is no git.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(in crate::scan) struct Facts {
    /// `origin`, without credentials.
    pub(in crate::scan) remote: Option<Remote>,
    /// The commit that is checked out.
    pub(in crate::scan) revision: Option<String>,
    /// The branch that is checked out.
    pub(in crate::scan) branch: Option<String>,
    /// When that commit was made, in seconds since 1970.
    pub(in crate::scan) committed: Option<i64>,
}

/// Reads the facts of a folder. A repository that cannot be read has none.
pub(in crate::scan) fn facts(root: &Path, inherit: bool) -> Facts {
    let repository = if root.join(".git").exists() {
        gix::open_opts(root, super::options()).ok()
    } else if inherit {
        let real = root.canonicalize().ok();
        let around = real.as_deref().and_then(super::nearest);
        around.and_then(|folder| gix::open_opts(folder, super::options()).ok())
    } else {
        None
    };
    repository.map_or_else(Facts::default, |repository| of(&repository))
}

/// The facts of a clone.
pub(super) fn of(repository: &gix::Repository) -> Facts {
    let origin = repository.config_snapshot().string("remote.origin.url").map(|url| url.to_string());
    Facts {
        remote: origin.as_deref().and_then(Remote::parse),
        revision: repository.head_id().ok().map(|id| id.to_string()),
        committed: repository.head_commit().ok().and_then(|commit| Some(commit.time().ok()?.seconds)),
        branch: repository.head_name().ok().flatten().map(|name| name.shorten().to_string()),
    }
}
