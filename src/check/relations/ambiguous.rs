//! `ambiguous-reference`: a short reference that fits more than one entity.

use crate::diagnostics::{AMBIGUOUS_REFERENCE, Diagnostic, Mend};
use crate::model::DEFAULT_NAMESPACE;
use crate::model::{Entity, Reference, Target};

use super::super::Input;

pub(in crate::check) fn check(entity: &Entity, input: &Input<'_>, out: &mut Vec<Diagnostic>) {
    let references = input.catalog.references_of(entity.id).iter();
    out.extend(references.filter_map(|reference| find(reference, input)));
}

fn find(reference: &Reference, input: &Input<'_>) -> Option<Diagnostic> {
    let Target::Entity(id) = reference.target else { return None };
    let meant = &input.catalog.entity(id).reference;
    let other =
        of_another_kind(reference, meant, input).or_else(|| of_the_default_namespace(reference, meant, input))?;
    let full = meant.key();
    let message = format!("`{}` may be `{}` or `{}`", reference.text, meant.short(), other.reference.short());
    let finding = Diagnostic::new(&AMBIGUOUS_REFERENCE, message)
        .label(format!("is read as `{}`", meant.short()))
        .related("the other one", other.place("/metadata/name"))
        .help(format!("write `{full}`"))
        .mend(Mend::Text { pointer: reference.pointer.to_string(), to: full });
    Some(input.at_reference(finding, reference))
}

/// A field that takes two kinds has a default for references that name none.
fn of_another_kind<'a>(
    reference: &Reference,
    meant: &crate::model::EntityRef,
    input: &'a Input<'_>,
) -> Option<&'a Entity> {
    if reference.text.contains(':') {
        return None;
    }
    let field = input.catalog.field(reference);
    let others = field.kinds.iter().filter(|kind| !kind.eq_ignore_ascii_case(&meant.kind));
    let key = |kind: &str| format!("{kind}:{}/{}", meant.namespace, meant.name).to_lowercase();
    others.filter_map(|kind| input.catalog.find(&key(kind))).next()
}

/// A reference that names no namespace means the one it stands in.
fn of_the_default_namespace<'a>(
    reference: &Reference,
    meant: &crate::model::EntityRef,
    input: &'a Input<'_>,
) -> Option<&'a Entity> {
    if reference.text.contains('/') || meant.namespace.eq_ignore_ascii_case(DEFAULT_NAMESPACE) {
        return None;
    }
    input.catalog.find(&format!("{}:{DEFAULT_NAMESPACE}/{}", meant.kind, meant.name).to_lowercase())
}
