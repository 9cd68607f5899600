//! `consumes-deprecated-api`: who has to move before the API can go.

use crate::diagnostics::{CONSUMES_DEPRECATED_API, Diagnostic};
use crate::model::{Entity, RelationId};

use super::super::{Input, lifecycle, uses};

pub(in crate::check) fn check(entity: &Entity, input: &Input<'_>, out: &mut Vec<Diagnostic>) {
    for one in uses::declared_by(entity.id, input) {
        let relation = input.catalog.field(one.reference).relation;
        if relation.pair != RelationId::CONSUMES_API.pair || lifecycle::is_deprecated(one.user) {
            continue;
        }
        let Some(at) = one.used.deprecated_at(input) else { continue };
        let (user, api) = (one.user.reference.short(), one.used.short());
        let finding =
            Diagnostic::new(&CONSUMES_DEPRECATED_API, format!("`{user}` consumes `{api}`, which is deprecated"))
                .related_at("it says so here", at)
                .help("move to the API that replaces it before this one goes");
        out.push(input.at_reference(finding, one.reference));
    }
}
