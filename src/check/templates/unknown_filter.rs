//! `template-unknown-filter`: filters that neither the engine nor the scaffolder has.

use crate::diagnostics::{Diagnostic, TEMPLATE_UNKNOWN_FILTER};

use super::{Template, actions};

pub(super) fn check(template: &Template<'_>, out: &mut Vec<Diagnostic>) {
    let own = &template.input.settings.scaffolder_filters;
    let is_known = |name: &str| actions::FILTERS.contains(&name) || own.iter().any(|filter| filter == name);
    for text in template.texts.iter().filter(|text| text.found.faults.is_empty()) {
        for filter in text.found.filters.iter().filter(|filter| !is_known(&filter.name)) {
            let name = filter.name.as_str();
            let names = actions::FILTERS.iter().copied().chain(own.iter().map(String::as_str));
            let help = match name {
                "tojson" | "json" | "jsonify" => "did you mean `dump`?".to_owned(),
                _ => template.did_you_mean(name, names).unwrap_or_else(|| {
                    "if a plugin brings it, name it under `scaffolder.filters` in catalog-config.yaml".to_owned()
                }),
            };
            let finding = Diagnostic::new(&TEMPLATE_UNKNOWN_FILTER, format!("there is no filter `{name}`"));
            out.push(template.at_part(finding.subject(name).help(help), text, filter.span.clone()));
        }
    }
}
