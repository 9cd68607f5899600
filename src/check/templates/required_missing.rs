//! `template-required-missing`: names under `required` that nobody can fill in.

use crate::diagnostics::{Diagnostic, TEMPLATE_REQUIRED_MISSING};
use crate::yaml::Node;

use super::Template;
use super::form::Form;

/// How deep objects among the parameters are looked into.
const MOST_DEPTH: usize = 8;

pub(super) fn check(template: &Template<'_>, out: &mut Vec<Diagnostic>) {
    of_form(template, &template.form, None, 0, out);
}

fn of_form(template: &Template<'_>, form: &Form<'_>, object: Option<&str>, depth: usize, out: &mut Vec<Diagnostic>) {
    // The pages fill in one set of parameters: what one requires another may ask for.
    for required in form.required.iter().filter(|required| !form.open && !form.has(required.name)) {
        let name = required.name;
        let message = match object {
            None => format!("`{name}` is required, but no page asks for it"),
            Some(object) => format!("`{name}` is required, but `{object}` has no such property"),
        };
        let help = template.did_you_mean(name, form.names());
        let help = help.unwrap_or_else(|| "describe it under `properties`, or take it out of `required`".to_owned());
        let finding = Diagnostic::new(&TEMPLATE_REQUIRED_MISSING, message).subject(name).help(help);
        out.push(template.at_value(finding, &required.pointer));
    }
    if depth == MOST_DEPTH {
        return;
    }
    for property in &form.properties {
        let node = property.node;
        let is_described = node.get("properties").is_some_and(Node::is_map);
        if is_described && !template.is_partly_unknown(&property.pointer) {
            let inner = Form::of_object(node, &property.pointer);
            of_form(template, &inner, Some(property.name), depth + 1, out);
        }
    }
}
