//! `api-syntax`: definitions, and files that they refer to, which cannot be parsed, or not without
//! doubt.

use crate::diagnostics::{API_SYNTAX, Diagnostic, Level};
use crate::refs::Documents;
use crate::yaml::{ProblemKind, Value};

pub(super) fn check(documents: &Documents, findings: &mut Vec<Diagnostic>) {
    for (document, problem) in documents.problems() {
        let place = documents.place(document, problem.span);
        let is_read = !matches!(documents.root_of(document).node.value, Value::Null);
        let finding = match &problem.kind {
            // Most readers of YAML 1.1 take it.
            ProblemKind::Syntax(why) if is_read => {
                Diagnostic::new(&API_SYNTAX, format!("the definition is no valid YAML: {why}"))
                    .with_level(Level::Warning)
                    .help("it is read all the same; move its lines to the right, because other readers refuse it")
            }
            ProblemKind::Syntax(why) => Diagnostic::new(&API_SYNTAX, format!("the definition cannot be parsed: {why}"))
                .help(match &problem.help {
                    Some(help) => format!("{help}; until then nothing of it is shown but its source"),
                    None => "nothing of it is shown but its source".to_owned(),
                }),
            ProblemKind::Limit(why) => Diagnostic::new(&API_SYNTAX, format!("the definition is not read: {why}"))
                .help("nothing of it is shown but its source"),
            ProblemKind::DuplicateKey { key, first, .. } => {
                Diagnostic::new(&API_SYNTAX, format!("the key `{key}` stands twice in one map"))
                    .subject(&**key)
                    .help("the last one counts here; other readers refuse the definition")
                    .related("the first one", documents.place(document, *first))
            }
        };
        findings.push(finding.at(place.file, place.span));
    }
}
