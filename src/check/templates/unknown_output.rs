//! `template-unknown-output`: outputs that the action of a step does not give.

use crate::base::suggest;
use crate::diagnostics::{Diagnostic, TEMPLATE_UNKNOWN_OUTPUT, did_you_mean};

use super::{Template, actions};

pub(super) fn check(template: &Template<'_>, out: &mut Vec<Diagnostic>) {
    let Some(steps) = &template.steps else { return };
    for (text, variable) in template.uses("steps") {
        let [id, output, rest @ ..] = variable.path.as_slice() else { continue };
        // Of several steps with one id any may have run.
        let [step] = template.steps_with(&id.name) else { continue };
        let step = &steps[*step];
        if output.name != "output" {
            if variable.called && rest.is_empty() {
                continue;
            }
            let message = format!("a step has no `{}`: what it gives is under `output`", output.name);
            let finding = Diagnostic::new(&TEMPLATE_UNKNOWN_OUTPUT, message).subject(output.name.as_str());
            let finding = finding.help(format!("write `steps['{}'].output`", step.id));
            out.push(template.at_part(finding, text, output.span.clone()));
            continue;
        }
        let Some(name) = rest.first() else { continue };
        if variable.called && rest.len() == 1 {
            continue;
        }
        let known = step.action.and_then(actions::find).and_then(|action| Some((action.name, action.outputs?)));
        let Some((action, outputs)) = known.filter(|(_, outputs)| !outputs.contains(&name.name.as_str())) else {
            continue;
        };
        let (message, help) = if outputs.is_empty() {
            (format!("`{action}` gives no output"), None)
        } else {
            let all: Vec<String> = outputs.iter().map(|name| format!("`{name}`")).collect();
            let help = did_you_mean(&name.name, outputs.iter().copied());
            let help = help.unwrap_or_else(|| format!("it gives {}", suggest::all_of(&all)));
            (format!("`{action}` gives no output `{}`", name.name), Some(help))
        };
        let finding = Diagnostic::new(&TEMPLATE_UNKNOWN_OUTPUT, message).subject(name.name.as_str()).maybe_help(help);
        out.push(template.at_part(finding, text, name.span.clone()));
    }
}
