//! `redundant-relation`: a dependency that both ends declare, in different words. One of the two
//! will be forgotten when it changes.

use crate::diagnostics::{Diagnostic, REDUNDANT_RELATION};
use crate::model::{Entity, Target};

use super::super::Input;

pub(in crate::check) fn check(entity: &Entity, input: &Input<'_>, out: &mut Vec<Diagnostic>) {
    let catalog = input.catalog;
    for reference in catalog.references_of(entity.id) {
        let relation = catalog.field(reference).relation;
        // Trees of groups and members are declared from both sides by custom: Backstage requires
        // `children` and `memberOf`. Who forgets one is told by the rules about disagreement.
        let Target::Entity(other) = reference.target else { continue };
        if !relation.inverse || !super::super::uses::is_use(relation.flipped()) {
            continue;
        }
        let said = catalog.references_of(other).iter().find(|there| {
            there.target == Target::Entity(entity.id) && catalog.field(there).relation == relation.flipped()
        });
        if let Some(said) = said {
            let message = format!(
                "`{}` says this itself, under `{}`",
                catalog.entity(other).reference.short(),
                catalog.field(said).dotted()
            );
            let finding = Diagnostic::new(&REDUNDANT_RELATION, message)
                .related("it is said here", catalog.place(said))
                .help("keep the one of whoever needs the other, which changes with the code");
            out.push(input.at_reference(finding, reference));
        }
    }
}
