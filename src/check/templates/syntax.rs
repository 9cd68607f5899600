//! `template-syntax`: expressions that cannot be read.

use crate::diagnostics::{Diagnostic, TEMPLATE_SYNTAX};

use super::Template;

pub(super) fn check(template: &Template<'_>, out: &mut Vec<Diagnostic>) {
    for text in &template.texts {
        // The first is the cause, more often than not, of those after it.
        if let Some(fault) = text.found.faults.first() {
            let finding = Diagnostic::new(&TEMPLATE_SYNTAX, format!("the expression cannot be read: {}", fault.what));
            out.push(template.at_part(finding.subject(text.text), text, fault.span.clone()));
        }
    }
}
