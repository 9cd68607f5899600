//! `codeowners-two-systems`: one rule stands for entities of several systems that have different
//! owners, so that some of them are reviewed by others.

use std::collections::BTreeMap;

use crate::diagnostics::{CODEOWNERS_TWO_SYSTEMS, Diagnostic};
use crate::model::{EntityId, Target};

use super::{Owned, View};

pub(super) fn check(view: &View<'_>, out: &mut Vec<Diagnostic>) {
    // The entities with a system for which a rule decides, with that system.
    let mut decided: BTreeMap<(usize, usize), Vec<(EntityId, &Owned<'_>)>> = BTreeMap::new();
    for owned in &view.owned {
        let Some(system) = system_of(view, owned) else { continue };
        let owners = &view.repositories[owned.repository].owners;
        for rule in owners.deciding(view.input.sources.path(owned.entity.file)) {
            decided.entry((owned.repository, rule)).or_default().push((system, owned));
        }
    }
    for ((repository, rule), entities) in decided {
        let repository = &view.repositories[repository];
        if repository.owners.owners_of(rule).is_empty() {
            continue;
        }
        let (system, first) = entities[0];
        let other = entities.iter().find(|(other, owned)| *other != system && owned.owner != first.owner);
        let Some((other, second)) = other else { continue };
        let short = |id: EntityId| view.input.catalog.entity(id).reference.short();
        let span = repository.owners.entries[rule].span;
        let text = view.text(repository, span);
        let message = format!(
            "`{text}` stands for two systems with different owners, `{}` and `{}`",
            short(system),
            short(*other)
        );
        let mut finding = Diagnostic::new(&CODEOWNERS_TWO_SYSTEMS, message)
            .at(repository.file, span)
            .subject(text)
            .help("give the folder of each system a rule of its own");
        for (system, owned) in [(system, first), (*other, *second)] {
            let place = owned.entity.place("/metadata/name");
            finding = finding.related(format!("part of `{}`, owned by `{}`", short(system), short(owned.owner)), place);
        }
        out.push(finding);
    }
}

fn system_of(view: &View<'_>, owned: &Owned<'_>) -> Option<EntityId> {
    view.input.catalog.references_of(owned.entity.id).iter().find_map(|reference| match reference.target {
        Target::Entity(system) if &*reference.pointer == "/spec/system" => Some(system),
        _ => None,
    })
}
