//! `deprecated-owner`: an owner that is about to go.

use crate::diagnostics::{DEPRECATED_OWNER, Diagnostic};
use crate::model::{Entity, Target};

use super::super::{Input, lifecycle};

pub(in crate::check) fn check(entity: &Entity, input: &Input<'_>, out: &mut Vec<Diagnostic>) {
    let catalog = input.catalog;
    if lifecycle::is_deprecated(entity) {
        return;
    }
    for reference in catalog.references_of(entity.id).iter().filter(|one| catalog.field(one).is_owner()) {
        let Target::Entity(id) = reference.target else { continue };
        let owner = catalog.entity(id);
        if let Some(pointer) = lifecycle::deprecated_at(owner) {
            let message = format!("the owner `{}` is deprecated", owner.reference.short());
            let finding = Diagnostic::new(&DEPRECATED_OWNER, message)
                .related("it says so here", owner.place(&pointer))
                .help("name the group that has taken over");
            out.push(input.at_reference(finding, reference));
        }
    }
}
