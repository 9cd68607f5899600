//! `component-without-system` and `system-without-domain`: what stands outside of the map.

use crate::diagnostics::{COMPONENT_WITHOUT_SYSTEM, Diagnostic, SYSTEM_WITHOUT_DOMAIN};
use crate::model::{Entity, RelationId};

use super::super::Input;

pub(in crate::check) fn check(entity: &Entity, input: &Input<'_>, out: &mut Vec<Diagnostic>) {
    let kind = entity.reference.kind.to_lowercase();
    let (rule, field) = match kind.as_str() {
        "component" => (&COMPONENT_WITHOUT_SYSTEM, "system"),
        "system" => (&SYSTEM_WITHOUT_DOMAIN, "domain"),
        _ => return,
    };
    // A part of a component is where the whole is.
    if input.has(entity.id, RelationId::PART_OF) {
        return;
    }
    let message = format!("the {kind} `{}` belongs to no {field}", entity.reference.name);
    let finding = Diagnostic::new(rule, message).help(format!("add `{field}:` with the name of one"));
    out.push(input.at_value(finding, entity, "/metadata/name"));
}
