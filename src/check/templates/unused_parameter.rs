//! `template-unused-parameter`: parameters that are asked for and change nothing.

use std::collections::BTreeSet;

use crate::diagnostics::{Diagnostic, TEMPLATE_UNUSED_PARAMETER};
use crate::parse::expression::{Marks, expressions};
use crate::yaml::Node;

use super::Template;

pub(super) fn check(template: &Template<'_>, out: &mut Vec<Diagnostic>) {
    let mut used: BTreeSet<String> = template.form.conditions.iter().map(|&name| name.to_owned()).collect();
    let spec = template.entity.root.get("spec");
    let parts = ["steps", "output"].into_iter().filter_map(|key| spec?.get(key));
    if template.steps.is_none() || template.is_partly_unknown("/spec/output") {
        return;
    }
    for part in parts {
        if !collect(part, &mut used) {
            return;
        }
    }
    for property in template.form.properties.iter().filter(|property| !property.conditional) {
        if used.contains(property.name) || property.name.starts_with('$') {
            continue;
        }
        let message = format!("`{}` is asked for, but no step and no output uses it", property.name);
        let finding = Diagnostic::new(&TEMPLATE_UNUSED_PARAMETER, message).subject(property.name);
        let place = template.entity.key_place(&property.pointer);
        let finding = finding.at(place.file, place.span).pointer(property.pointer.clone());
        out.push(finding.entity(template.entity.key()));
    }
}

/// Collects the parameters that a tree uses, keys included. False when it uses all of them, or
/// some that cannot be known.
fn collect(node: &Node, used: &mut BTreeSet<String>) -> bool {
    let mut text = |text: &str| {
        let found = expressions(text, Marks::Scaffolder);
        found.faults.is_empty()
            && !found.cut
            && found.variables.iter().filter(|variable| variable.root.name == "parameters").all(|variable| {
                let rest = variable.hyphenated.as_ref().map_or("", |rest| &rest.name);
                let first = variable.path.first();
                used.extend(first.map(|first| format!("{}{rest}", first.name)));
                used.extend(first.map(|first| first.name.clone()));
                first.is_some()
            })
    };
    let here = node.as_str().is_none_or(&mut text) && node.entries().iter().all(|entry| text(&entry.key));
    here && node.items().iter().all(|item| collect(item, used))
        && node.entries().iter().all(|entry| collect(&entry.value, used))
}
