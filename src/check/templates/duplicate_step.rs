//! `template-duplicate-step`: two steps with the same id.

use crate::diagnostics::{Diagnostic, TEMPLATE_DUPLICATE_STEP};

use super::Template;

pub(super) fn check(template: &Template<'_>, out: &mut Vec<Diagnostic>) {
    let Some(steps) = &template.steps else { return };
    let has_id = |at: usize| steps[at].node.get("id").is_some();
    for (at, step) in steps.iter().enumerate().filter(|(at, _)| has_id(*at)) {
        let Some(first) = template.steps_with(&step.id).iter().copied().find(|&first| has_id(first)) else { continue };
        if first == at {
            continue;
        }
        // Two that both have a condition are a way to do one thing in two ways.
        if step.node.get("if").is_some() && steps[first].node.get("if").is_some() {
            continue;
        }
        let message = format!("there is a step `{}` already", step.id);
        let finding = Diagnostic::new(&TEMPLATE_DUPLICATE_STEP, message)
            .subject(step.id.as_str())
            .related("the first one", template.entity.place(&format!("{}/id", steps[first].pointer)))
            .help("give it an id of its own");
        out.push(template.at_value(finding, &format!("{}/id", step.pointer)));
    }
}
