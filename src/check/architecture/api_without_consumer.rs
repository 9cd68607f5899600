//! `api-without-consumer`: an API that nobody says they use.

use crate::diagnostics::{API_WITHOUT_CONSUMER, Diagnostic};
use crate::model::{Entity, RelationId};

use super::super::Input;

pub(in crate::check) fn check(entity: &Entity, input: &Input<'_>, out: &mut Vec<Diagnostic>) {
    let used = [RelationId::CONSUMES_API, RelationId::DEPENDS_ON];
    if input.is_open() || !input.is_api(entity) || used.iter().any(|relation| input.has(entity.id, relation.flipped()))
    {
        return;
    }
    if input.catalog.failed.mentions(&entity.reference.name) {
        return;
    }
    let message = format!("nothing consumes the API `{}`", entity.reference.name);
    let finding = Diagnostic::new(&API_WITHOUT_CONSUMER, message)
        .help("consumers name it under `consumesApis`; if there are none, it may be retired");
    out.push(input.at_value(finding, entity, "/metadata/name"));
}
