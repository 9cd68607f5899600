//! `case-collision`: keys that differ only in case, which Backstage's search index takes for one.

use crate::diagnostics::{CASE_COLLISION, Diagnostic};
use crate::model::case_collisions;
use crate::yaml::pointer_parts;

use super::Subject;

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let document = subject.document;
    for found in case_collisions(&document.root) {
        let shown = |pointer: &str| {
            let text = document.root.pointer(pointer).and_then(|node| node.as_str()).filter(|_| !found.keys);
            text.map_or_else(|| pointer_parts(pointer).last().unwrap_or_default(), str::to_owned)
        };
        let (first, second) = (shown(&found.first), shown(&found.pointer));
        let place = if found.keys { document.key_place(&found.first) } else { document.place(&found.first) };
        let finding = Diagnostic::new(&CASE_COLLISION, format!("`{second}` and `{first}` differ only in case"))
            .subject(second)
            .related("the other one", place)
            .help("Backstage's search index takes them for one; delete or rename one of them");
        findings.push(if found.keys {
            subject.at_key(finding, &found.pointer)
        } else {
            subject.at_value(finding, &found.pointer)
        });
    }
}
