//! `unknown-to-published`: a repository that the published catalog knows nothing of.

use crate::base::{RepoId, suggest};
use crate::diagnostics::{Diagnostic, UNKNOWN_TO_PUBLISHED};

use super::super::Input;

/// Names that are shown when none is near.
const MOST_NAMES: usize = 5;

pub(in crate::check) fn check(input: &Input<'_>, out: &mut Vec<Diagnostic>) {
    let Some(published) = &input.catalog.published else { return };
    for (id, repository) in (0..).map(RepoId).zip(input.sources.repositories()) {
        if repository.settings_home || published.known.iter().any(|(_, known)| *known == id) {
            continue;
        }
        let message = format!("the published catalog has nothing from `{}`", repository.name);
        let names = nearest(&repository.name, published.sources.iter().map(|source| source.name.as_str()));
        let more = published.sources.len().saturating_sub(names.len());
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let has =
            if names.is_empty() { "it has none".to_owned() } else { format!("it has {}{more}", names.join(", ")) };
        out.push(
            Diagnostic::new(&UNKNOWN_TO_PUBLISHED, message)
                .in_repository(id)
                .subject("")
                .help(format!("it is new, or it goes by another name there (`--repository`): {has}")),
        );
    }
}

/// The names that are most like one: with the same last part, then near in letters, then the first.
fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let last = |name: &str| name.rsplit('/').next().unwrap_or("").to_lowercase();
    let wanted = last(name);
    let mut ranked: Vec<(usize, &str)> = names
        .map(|other| {
            let theirs = last(other);
            let rank = if theirs == wanted {
                0
            } else if suggest::nearest(&wanted, [theirs.as_str()]).is_some() {
                1
            } else if !wanted.is_empty() && (theirs.contains(&wanted) || wanted.contains(&theirs)) {
                2
            } else {
                3
            };
            (rank, other)
        })
        .collect();
    ranked.sort_unstable();
    ranked.into_iter().map(|(_, name)| name).take(MOST_NAMES).collect()
}
