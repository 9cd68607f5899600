//! Where a repository's CODEOWNERS is, and whose grammar it has.

use crate::base::{FileId, ReadError, RepoId, Sources};
use crate::config::{CodeOwnersSetting, Settings};
use crate::parse::codeowners::{Dialect, Unusable, parse};

use super::super::Input;
use super::Repository;

/// The files that hosts read, of all repositories that have one.
pub(super) fn find(input: &Input<'_>) -> Vec<Repository> {
    let repositories = input.sources.repositories().iter().enumerate();
    let repositories = repositories.filter(|(_, repository)| !repository.settings_home);
    repositories
        .filter_map(|(at, _)| of_repository(input.sources, input.settings, RepoId(u32::try_from(at).ok()?)))
        .collect()
}

fn of_repository(sources: &dyn Sources, settings: &Settings, id: RepoId) -> Option<Repository> {
    let dialect = dialect(sources, settings, id)?;
    let at = |paths: &[&str]| paths.iter().filter_map(|path| sources.lookup(id, path)).collect::<Vec<FileId>>();
    let mut found = at(dialect.locations());
    let is_in_place = !found.is_empty();
    if !is_in_place {
        found = at(&[".github/CODEOWNERS", ".gitlab/CODEOWNERS"]);
    }
    let file = *found.first()?;
    let text = sources.text(file);
    // What the host does not read says nothing.
    let read = text.as_ref().map_or("", |text| if is_in_place { text.as_str() } else { "" });
    let mut owners = parse(read, dialect);
    if is_in_place && matches!(text, Err(ReadError::TooLarge(_))) {
        owners.unusable = Some(Unusable::TooLarge);
    }
    let ignored = if is_in_place { found.split_off(1) } else { found };
    Some(Repository { id, file, owners, ignored, is_in_place })
}

/// Whose grammar: what the settings say, else what the host is, else what the repository looks
/// like. `None` where the host is known and has a grammar that is not read.
fn dialect(sources: &dyn Sources, settings: &Settings, id: RepoId) -> Option<Dialect> {
    match settings.codeowners {
        Some(CodeOwnersSetting::Off) => return None,
        Some(CodeOwnersSetting::GitHub) => return Some(Dialect::GitHub),
        Some(CodeOwnersSetting::GitLab) => return Some(Dialect::GitLab),
        None => {}
    }
    let remote = sources.repository(id).remote.as_ref();
    if let Some(kind) = remote.and_then(|remote| sources.hosts().kind(&remote.host)) {
        return Dialect::of_host(kind);
    }
    let is_github = sources.is_folder(id, ".github");
    let is_gitlab = sources.is_folder(id, ".gitlab") || sources.lookup(id, ".gitlab-ci.yml").is_some();
    Some(if is_gitlab && !is_github { Dialect::GitLab } else { Dialect::GitHub })
}
