//! `template-unknown-parameter`: `parameters.x` that no page asks for.

use crate::diagnostics::{Diagnostic, TEMPLATE_UNKNOWN_PARAMETER};

use super::Template;

pub(super) fn check(template: &Template<'_>, out: &mut Vec<Diagnostic>) {
    let form = &template.form;
    if form.open {
        return;
    }
    for (text, variable) in template.uses("parameters") {
        let Some(first) = variable.path.first().filter(|first| !form.has(&first.name)) else { continue };
        if variable.called && variable.path.len() == 1 {
            continue;
        }
        let message = format!("no page of this Template asks for `{}`", first.name);
        let finding = Diagnostic::new(&TEMPLATE_UNKNOWN_PARAMETER, message).subject(first.name.as_str());
        // A name with a hyphen in it is read as a subtraction.
        let whole = variable.hyphenated.as_ref().filter(|_| variable.path.len() == 1);
        let whole = whole.map(|rest| format!("{}{}", first.name, rest.name)).filter(|name| form.has(name));
        let help = match whole {
            Some(name) => format!("a `-` is a minus in an expression: write `parameters['{name}']`"),
            None => template
                .did_you_mean(&first.name, form.names())
                .unwrap_or_else(|| "ask for it under `spec.parameters`, or take it out".to_owned()),
        };
        out.push(template.at_part(finding.help(help), text, first.span.clone()));
    }
}
