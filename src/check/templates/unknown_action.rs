//! `template-unknown-action`: actions that the scaffolder does not have. Any plugin may bring some,
//! so a name is reported only when it is nearly a known one, or begins as the core's own do.

use globset::Glob;

use crate::base::suggest;
use crate::diagnostics::{Diagnostic, TEMPLATE_UNKNOWN_ACTION};
use crate::parse::expression::has_expressions;

use super::{Template, actions};

pub(super) fn check(template: &Template<'_>, out: &mut Vec<Diagnostic>) {
    let own = &template.input.settings.scaffolder_actions;
    let is_own = |name: &str| {
        own.iter().any(|pattern| Glob::new(pattern).is_ok_and(|glob| glob.compile_matcher().is_match(name)))
    };
    for step in template.steps.as_deref().unwrap_or_default() {
        let Some(name) = step.action.filter(|name| !name.is_empty() && !has_expressions(name)) else { continue };
        if actions::find(name).is_some() || is_own(name) {
            continue;
        }
        let near = suggest::nearest(name, actions::ACTIONS.iter().map(|action| action.name));
        let is_core = actions::CORE.iter().any(|start| name.starts_with(start));
        let (message, help) = match near {
            Some(near) => (format!("there is no action `{name}`"), format!("did you mean `{near}`?")),
            None if is_core => (
                format!("neither the scaffolder's core nor a well-known module has an action `{name}`"),
                "if a plugin of yours brings it, name it under `scaffolder.actions` in catalog-config.yaml".to_owned(),
            ),
            None => continue,
        };
        let finding = Diagnostic::new(&TEMPLATE_UNKNOWN_ACTION, message);
        out.push(template.at_value(finding.subject(name).help(help), &format!("{}/action", step.pointer)));
    }
}
