//! `codeowners-unknown-owner`: a team or user that the catalog does not have. Said only where all of
//! the organisation is in view and owners of that sort are found at all: else it is not they that
//! are missing, but the way from the host's names to the catalog's.

use rustc_hash::FxHashSet;

use crate::base::suggest;
use crate::config::World;
use crate::diagnostics::{CODEOWNERS_UNKNOWN_OWNER, Diagnostic};
use crate::model::{Context, EntityRef};
use crate::parse::codeowners::{CodeOwners, Dialect, Owner, OwnerKind};

use super::people::Found;
use super::{View, people};

/// Findings for which the nearest name is looked up.
const MOST_SUGGESTIONS: usize = 256;

pub(super) fn check(view: &View<'_>, out: &mut Vec<Diagnostic>) {
    let catalog = view.input.catalog;
    // A published catalog does not say what its groups and users are called on a host.
    if catalog.world != World::Closed || !catalog.has_groups() || catalog.published.is_some() {
        return;
    }
    let mut suggestions = 0;
    for dialect in [Dialect::GitHub, Dialect::GitLab] {
        let people = view.people(dialect);
        let of_dialect = || view.repositories.iter().filter(|repository| repository.owners.dialect == dialect);
        let found = |wants_group: bool| {
            of_dialect().flat_map(|repository| named(&repository.owners)).any(
                |owner| matches!(people.find(&owner.kind), Found::Entity(id) if people.is_group(id) == wants_group),
            )
        };
        let (teams, users) = (found(true), found(false));
        if !teams && !users {
            continue;
        }
        for repository in of_dialect() {
            let mut seen = FxHashSet::default();
            for owner in named(&repository.owners) {
                let is_on = match &owner.kind {
                    OwnerKind::Path(_) => teams,
                    // On GitLab a group has such a name too, and then both must be in view.
                    OwnerKind::Name(name) => users && (teams || dialect == Dialect::GitHub) && !is_machine(name),
                    _ => false,
                };
                if is_on && people.find(&owner.kind) == Found::Nobody && seen.insert(&owner.kind) {
                    out.extend(report(view, owner, people, suggestions < MOST_SUGGESTIONS).map(|finding| {
                        let place = view.place(repository, owner.span);
                        finding.at(place.file, place.span).subject(owner.kind.text())
                    }));
                    suggestions += 1;
                }
            }
        }
    }
}

/// All owners of a file, as often as they stand there.
fn named(owners: &CodeOwners) -> impl Iterator<Item = &Owner> {
    let of_entries = owners.entries.iter().flat_map(|entry| &entry.owners);
    owners.headings.iter().flat_map(|heading| &heading.owners).chain(of_entries)
}

/// Accounts of programs are rarely in a catalog.
fn is_machine(name: &str) -> bool {
    let name = name.to_lowercase();
    name.split(['-', '_']).any(|part| matches!(part, "bot" | "robot" | "ci" | "dependabot" | "renovate"))
}

fn report(view: &View<'_>, owner: &Owner, people: &people::People<'_>, suggest: bool) -> Option<Diagnostic> {
    let catalog = view.input.catalog;
    let (OwnerKind::Path(name) | OwnerKind::Name(name)) = &owner.kind else { return None };
    let is_team = matches!(owner.kind, OwnerKind::Path(_));
    let last = name.rsplit('/').next().unwrap_or(name);
    let context = Context { kind: Some(if is_team { "Group" } else { "User" }), namespace: None };
    let reference = EntityRef::parse(last, context).ok()?;
    // It is elsewhere, or what is wrong with it is said where it stands.
    if catalog.is_external(&reference) || catalog.is_broken(&reference.key()) {
        return None;
    }
    let noun = if is_team { "group" } else { "user" };
    let message = format!("no {noun} of the catalog is `{}`", owner.kind.text());
    let candidates: Vec<String> = if !suggest {
        Vec::new()
    } else if is_team {
        people.teams().collect()
    } else {
        people.logins().collect()
    };
    let near = suggest::nearest(name, candidates.iter().map(String::as_str)).map(str::to_owned);
    let near = near.or_else(|| {
        let names: Vec<&str> = candidates.iter().map(|name| name.rsplit('/').next().unwrap_or(name)).collect();
        suggest::nearest(last, names).map(|near| match name.rsplit_once('/') {
            Some((organisation, _)) => format!("{organisation}/{near}"),
            None => near.to_owned(),
        })
    });
    let annotation = match (people.dialect, is_team) {
        (Dialect::GitHub, true) => "github.com/team-slug",
        (Dialect::GitHub, false) => "github.com/user-login",
        (Dialect::GitLab, true) => "gitlab.com/team-path",
        (Dialect::GitLab, false) => "gitlab.com/user-login",
    };
    Some(Diagnostic::new(&CODEOWNERS_UNKNOWN_OWNER, message).help(match near {
        Some(near) => format!("did you mean `@{near}`?"),
        None => format!("describe the {noun}, or give it the annotation `{annotation}: {name}`"),
    }))
}
