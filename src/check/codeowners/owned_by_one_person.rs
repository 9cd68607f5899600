//! `owned-by-one-person`: CODEOWNERS asks people and no team for what is described in a file.

use rustc_hash::FxHashSet;

use crate::diagnostics::{Diagnostic, OWNED_BY_ONE_PERSON};
use crate::parse::codeowners::{Dialect, Owner, OwnerKind};

use super::people::{Found, People};
use super::{View, listed};

pub(super) fn check(view: &View<'_>, out: &mut Vec<Diagnostic>) {
    let mut seen = FxHashSet::default();
    for owned in &view.owned {
        let repository = &view.repositories[owned.repository];
        let dialect = repository.owners.dialect;
        let path = view.input.sources.path(owned.entity.file);
        let owners = repository.owners.owners(path);
        let Some(first) = owners.first() else { continue };
        if !owners.iter().all(|owner| is_person(owner, view.people(dialect), dialect))
            || !seen.insert((repository.id, first.span))
        {
            continue;
        }
        let who = if owners.len() == 1 { "only one person" } else { "only people and no team" };
        let message = format!("{who} can review `{path}`: {}", listed(&owners));
        let is_team = view.people(dialect).is_group(owned.owner);
        let team = if is_team { view.handle(repository, owned.owner) } else { "@organisation/team".to_owned() };
        out.push(
            Diagnostic::new(&OWNED_BY_ONE_PERSON, message)
                .at(repository.file, first.span)
                .subject(path)
                .help(format!("name a team, as in `{team}`: it outlives the people that are in it")),
        );
    }
}

fn is_person(owner: &Owner, people: &People<'_>, dialect: Dialect) -> bool {
    match (people.find(&owner.kind), &owner.kind) {
        (Found::Entity(id), _) => !people.is_group(id),
        (_, OwnerKind::Name(_)) => dialect == Dialect::GitHub,
        _ => false,
    }
}
