//! `api-without-provider`: an API that no component implements.

use crate::diagnostics::{API_WITHOUT_PROVIDER, Diagnostic};
use crate::model::{Entity, RelationId};

use super::super::Input;

pub(in crate::check) fn check(entity: &Entity, input: &Input<'_>, out: &mut Vec<Diagnostic>) {
    if input.is_open() || !input.is_api(entity) || input.has(entity.id, RelationId::PROVIDES_API.flipped()) {
        return;
    }
    if input.catalog.failed.mentions(&entity.reference.name) {
        return;
    }
    let message = format!("no component provides the API `{}`", entity.reference.name);
    let finding = Diagnostic::new(&API_WITHOUT_PROVIDER, message)
        .help("name it under `providesApis` of the component that implements it");
    out.push(input.at_value(finding, entity, "/metadata/name"));
}
