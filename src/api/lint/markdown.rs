//! `api-script-in-text`: titles and descriptions that hold a script.

use crate::yaml::Node;

use super::Input;
use super::report::Lint;

pub(super) fn check(input: &Input<'_>, lint: &mut Lint<'_>) {
    for part in input.parts.iter() {
        for field in ["description", "title"] {
            let Some(node) = part.at.node.get(field) else { continue };
            let Some(text) = Node::as_str(node) else { continue };
            let spot = (part.at.document, node.span);
            if text.contains("<script") {
                lint.report("no-script-tags-in-markdown", spot, format!("the {field} holds a `<script>`")).help =
                    Some("it is taken out of our pages; other readers may run it".to_owned());
            }
            if text.contains("eval(") {
                lint.report("no-eval-in-markdown", spot, format!("the {field} holds `eval(`"));
            }
        }
    }
}
