//! `parents-disagree`: a group that another one lists as a child, and that names a third one as
//! its parent.

use crate::diagnostics::{Diagnostic, PARENTS_DISAGREE};
use crate::model::{Entity, EntityId, Reference, RelationId, Target};

use super::super::Input;

pub(in crate::check) fn check(entity: &Entity, input: &Input<'_>, out: &mut Vec<Diagnostic>) {
    for reference in input.catalog.references_of(entity.id) {
        if input.catalog.field(reference).relation != RelationId::CHILD_OF.flipped() {
            continue;
        }
        let Target::Entity(child) = reference.target else { continue };
        if let Some((said, parent)) = parent_of(child, input).filter(|(_, parent)| *parent != entity.id) {
            let (child, parent) = (input.catalog.entity(child), input.catalog.entity(parent));
            let message = format!(
                "`{}` is listed as a child, and says that its parent is `{}`",
                child.reference.name, parent.reference.name
            );
            let finding = Diagnostic::new(&PARENTS_DISAGREE, message)
                .related("it says so here", input.catalog.place(said))
                .help("a group has one parent: take it out of one of the two");
            out.push(input.at_reference(finding, reference));
        }
    }
}

/// The parent that a group names itself.
fn parent_of<'a>(group: EntityId, input: &'a Input<'_>) -> Option<(&'a Reference, EntityId)> {
    input.catalog.references_of(group).iter().find_map(|reference| match reference.target {
        Target::Entity(parent) if input.catalog.field(reference).relation == RelationId::CHILD_OF => {
            Some((reference, parent))
        }
        _ => None,
    })
}
