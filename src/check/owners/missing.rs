//! `missing-owner`: an entity whose kind can have an owner, and that names none. Where the field
//! is required its absence is `missing-field`.

use crate::diagnostics::{Diagnostic, MISSING_OWNER};
use crate::model::{Entity, ReferenceField};
use crate::yaml::Node;

use super::super::Input;

pub(in crate::check) fn check(entity: &Entity, input: &Input<'_>, out: &mut Vec<Diagnostic>) {
    let kind = input.catalog.kind_of(entity);
    let Some(field) = kind.references.iter().find(|field| field.is_owner()) else { return };
    let is_required = kind
        .spec_for(entity.spec_type())
        .is_some_and(|spec| spec.fields.iter().any(|one| one.required && field.path.ends_with(&[one.name.into()])));
    if is_required || kind.schema.is_some() || value(entity, field).is_some() {
        return;
    }
    let message = format!("`{}` has no owner", entity.reference.short());
    let finding = Diagnostic::new(&MISSING_OWNER, message)
        .help(format!("add `{}: <group>`", field.path.last().map_or("owner", |key| key)));
    // The field of the core's kinds, which CODEOWNERS may know.
    let is_core = field.path.iter().map(|key| &**key).eq(["spec", "owner"]);
    let finding = if is_core { finding.subject("owner") } else { finding };
    out.push(input.at_value(finding, entity, "/metadata/name"));
}

fn value<'a>(entity: &'a Entity, field: &ReferenceField) -> Option<&'a Node> {
    let path: Vec<&str> = field.path.iter().map(|key| &**key).collect();
    entity.root.at(&path)
}
