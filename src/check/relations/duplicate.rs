//! `duplicate-reference`: the same entity twice in one list.

use rustc_hash::FxHashMap;

use crate::diagnostics::{DUPLICATE_REFERENCE, Diagnostic, Mend};
use crate::model::{Entity, EntityId, Reference, Target};

use super::super::Input;

pub(in crate::check) fn check(entity: &Entity, input: &Input<'_>, out: &mut Vec<Diagnostic>) {
    let references = input.catalog.references_of(entity.id);
    if references.len() < 2 {
        return;
    }
    let mut first: FxHashMap<(u16, EntityId), &Reference> = FxHashMap::default();
    for reference in references {
        let Target::Entity(target) = reference.target else { continue };
        match first.entry((reference.field, target)) {
            std::collections::hash_map::Entry::Vacant(entry) => {
                entry.insert(reference);
            }
            std::collections::hash_map::Entry::Occupied(entry) => out.push(report(reference, entry.get(), input)),
        }
    }
}

fn report(again: &Reference, first: &Reference, input: &Input<'_>) -> Diagnostic {
    let field = input.catalog.field(again).dotted();
    let message = if again.text == first.text {
        format!("`{}` stands twice in `{field}`", again.text)
    } else {
        format!("`{}` and `{}` in `{field}` are the same", first.text, again.text)
    };
    let finding = Diagnostic::new(&DUPLICATE_REFERENCE, message)
        .related("it stands here already", input.catalog.place(first))
        .help("delete one of the two")
        .mend(Mend::Remove { pointer: again.pointer.to_string() });
    input.at_reference(finding, again)
}
