//! `case-collision`: keys of one map that differ only in case.

use rustc_hash::FxHashMap;

use crate::diagnostics::{CASE_COLLISION, Diagnostic};
use crate::yaml::{Node, pointer_join};

use super::Subject;

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for field in ["annotations", "labels"] {
        let entries = subject.document.root.at(&["metadata", field]).map(Node::entries).unwrap_or_default();
        let mut seen: FxHashMap<String, &str> = FxHashMap::default();
        for entry in entries {
            let lower = entry.key.to_lowercase();
            match seen.get(lower.as_str()) {
                Some(first) if **first != *entry.key => {
                    let base = format!("/metadata/{field}");
                    let message = format!("`{}` and `{first}` differ only in case", entry.key);
                    let finding = Diagnostic::new(&CASE_COLLISION, message)
                        .subject(&*entry.key)
                        .related("the other one", subject.document.key_place(&pointer_join(&base, first)))
                        .help("Backstage's search index takes them for one; delete or rename one of them");
                    findings.push(subject.at_key(finding, &pointer_join(&base, &entry.key)));
                }
                Some(_) => {}
                None => {
                    seen.insert(lower, &entry.key);
                }
            }
        }
    }
}
