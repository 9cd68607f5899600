//! `annotation-value`: a well-known annotation whose value the tool that reads it cannot use.

use crate::diagnostics::{ANNOTATION_VALUE, Diagnostic, Mend};
use crate::model::{Entity, annotations, format};
use crate::yaml::pointer_join;

use super::super::Input;

pub(in crate::check) fn check(entity: &Entity, input: &Input<'_>, out: &mut Vec<Diagnostic>) {
    for (key, value) in entity.annotations() {
        let Some(known) = annotations::find(key) else { continue };
        // A dangerous URL is said by another rule.
        if known.form.accepts(value) || format::is_dangerous_url(value) {
            continue;
        }
        let pointer = pointer_join("/metadata/annotations", key);
        if entity.origin_of(&pointer).is_some() {
            continue;
        }
        let message = if value.trim().is_empty() {
            format!("`{key}` is empty")
        } else {
            format!("`{value}` is no value of `{key}`")
        };
        let better = known.form.mended(value);
        let help = match &better {
            Some(better) => format!("write `{better}`: it is {}", known.form.described()),
            None => format!("it is {}", known.form.described()),
        };
        let mend = better.map(|to| Mend::Text { pointer: pointer.clone(), to });
        let finding = Diagnostic::new(&ANNOTATION_VALUE, message).subject(value).help(help).maybe_mend(mend);
        out.push(input.at_value(finding, entity, &pointer));
    }
}
