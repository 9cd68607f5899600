//! `template-unknown-step`: outputs of steps that do not exist, or that run later.

use crate::diagnostics::{Diagnostic, TEMPLATE_UNKNOWN_STEP};

use super::Template;

pub(super) fn check(template: &Template<'_>, out: &mut Vec<Diagnostic>) {
    let Some(steps) = &template.steps else { return };
    for (text, variable) in template.uses("steps") {
        let Some(first) = variable.path.first() else { continue };
        let name = first.name.as_str();
        if variable.called && variable.path.len() == 1 {
            continue;
        }
        let at = template.steps_with(name).first().copied();
        let finding = match (at, text.step) {
            (Some(at), Some(own)) if at == own => {
                let message = format!("the step `{name}` uses its own output, which is not there yet");
                Diagnostic::new(&TEMPLATE_UNKNOWN_STEP, message)
            }
            (Some(at), Some(own)) if at > own => {
                let message = format!("the step `{name}` runs later, so it has no output here");
                let place = template.entity.place(&format!("{}/id", steps[at].pointer));
                let finding = Diagnostic::new(&TEMPLATE_UNKNOWN_STEP, message);
                finding.related("it stands here", place).help("put this step after it")
            }
            (Some(_), _) => continue,
            (None, _) => {
                let whole = variable.hyphenated.as_ref().filter(|_| variable.path.len() == 1);
                let parts = whole.map(|rest| format!("{name}{}", rest.name));
                // `steps.fetch-base.output`: everything after the hyphen is another variable.
                let meant = parts.filter(|whole| !template.steps_with(whole).is_empty());
                let help = match meant {
                    Some(id) => Some(format!("a `-` is a minus in an expression: write `steps['{id}']`")),
                    None => template.did_you_mean(name, steps.iter().map(|step| step.id.as_str())),
                };
                Diagnostic::new(&TEMPLATE_UNKNOWN_STEP, format!("there is no step `{name}`")).maybe_help(help)
            }
        };
        out.push(template.at_part(finding.subject(name), text, first.span.clone()));
    }
}
