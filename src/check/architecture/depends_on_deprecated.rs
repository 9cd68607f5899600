//! `depends-on-deprecated`: something that stays rests on something that goes. For APIs that are
//! consumed there is `consumes-deprecated-api`.

use crate::diagnostics::{DEPENDS_ON_DEPRECATED, Diagnostic};
use crate::model::{Entity, RelationId};

use super::super::{Input, lifecycle, uses};

pub(in crate::check) fn check(entity: &Entity, input: &Input<'_>, out: &mut Vec<Diagnostic>) {
    for one in uses::declared_by(entity.id, input) {
        let relation = input.catalog.field(one.reference).relation;
        if relation.pair != RelationId::DEPENDS_ON.pair || lifecycle::is_deprecated(one.user) {
            continue;
        }
        let Some(at) = one.used.deprecated_at(input) else { continue };
        let (user, used) = (one.user.reference.short(), one.used.short());
        let finding = Diagnostic::new(&DEPENDS_ON_DEPRECATED, format!("`{user}` needs `{used}`, which is deprecated"))
            .related_at("it says so here", at)
            .help("move to what replaces it, or plan the removal of both");
        out.push(input.at_reference(finding, one.reference));
    }
}
