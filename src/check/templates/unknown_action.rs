//! `template-unknown-action`: actions that the scaffolder does not have. Any plugin may bring some,
//! also under the prefixes of the core, so a name is reported only when it is nearly a known one.

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
        let Some(near) = near else { continue };
        let finding = Diagnostic::new(&TEMPLATE_UNKNOWN_ACTION, format!("there is no action `{name}`"))
            .subject(name)
            .help(format!("did you mean `{near}`? Else name it under `scaffolder.actions` in catalog-config.yaml"));
        out.push(template.at_value(finding, &format!("{}/action", step.pointer)));
    }
}
