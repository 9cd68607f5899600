//! Where a repository's CODEOWNERS is, and whose grammar it has.

use crate::base::{ReadError, RepoId, Sources};
use crate::config::{CodeOwnersSetting, Settings};
use crate::parse::codeowners::{Dialect, Fault, Unusable, parse};

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
    let host = host(sources, settings, id)?;
    let looks = looks_like(sources, id);
    let first = match host {
        Host::Is(dialect) => dialect,
        Host::MayBeMirror => Dialect::GitHub,
        Host::Unknown => looks.unwrap_or(Dialect::GitHub),
    };
    let found = read(sources, id, first);
    // A project of GitLab that is mirrored on GitHub, or one on a host that nothing is known of: its
    // sections say whose grammar it is, and would be all wrong on the other.
    let is_other = first == Dialect::GitHub
        && match host {
            Host::Is(_) => false,
            Host::MayBeMirror => looks == Some(Dialect::GitLab),
            Host::Unknown => looks != Some(Dialect::GitHub),
        };
    let has_sections = |found: &Repository| found.owners.problems.iter().any(|one| one.fault == Fault::SectionOfGitLab);
    match found {
        Some(found) if is_other && has_sections(&found) => read(sources, id, Dialect::GitLab),
        other => other,
    }
}

/// Reads the first file that a host finds.
fn read(sources: &dyn Sources, id: RepoId, dialect: Dialect) -> Option<Repository> {
    let mut found = dialect.locations().iter().filter_map(|path| sources.lookup(id, path));
    let file = found.next()?;
    let text = sources.text(file);
    let mut owners = parse(text.as_ref().map_or("", |text| text.as_str()), dialect);
    if matches!(text, Err(ReadError::TooLarge(_))) {
        owners.unusable = Some(Unusable::TooLarge);
    }
    Some(Repository { id, file, owners, ignored: found.collect() })
}

enum Host {
    /// It is told, or known and the only one.
    Is(Dialect),
    /// It is GitHub, where mirrors of everything are.
    MayBeMirror,
    Unknown,
}

/// What the settings say, else what the host is. `None` where nothing is to be read, as on hosts
/// with other grammars.
fn host(sources: &dyn Sources, settings: &Settings, id: RepoId) -> Option<Host> {
    match settings.codeowners {
        Some(CodeOwnersSetting::Off) => return None,
        Some(CodeOwnersSetting::GitHub) => return Some(Host::Is(Dialect::GitHub)),
        Some(CodeOwnersSetting::GitLab) => return Some(Host::Is(Dialect::GitLab)),
        None => {}
    }
    let remote = sources.repository(id).remote.as_ref();
    Some(match remote.and_then(|remote| sources.hosts().kind(&remote.host)) {
        Some(kind) => match Dialect::of_host(kind)? {
            Dialect::GitHub => Host::MayBeMirror,
            Dialect::GitLab => Host::Is(Dialect::GitLab),
        },
        None => Host::Unknown,
    })
}

/// Whose files a repository has.
fn looks_like(sources: &dyn Sources, id: RepoId) -> Option<Dialect> {
    if sources.is_folder(id, ".github") {
        Some(Dialect::GitHub)
    } else if sources.is_folder(id, ".gitlab") || sources.lookup(id, ".gitlab-ci.yml").is_some() {
        Some(Dialect::GitLab)
    } else {
        None
    }
}
