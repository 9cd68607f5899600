//! `schema-violation`: entities of the organisation's own kinds against their JSON Schemas.

use rustc_hash::FxHashMap;

use crate::base::json_schema::{Fault, JsonSchema};
use crate::diagnostics::{Diagnostic, SCHEMA_VIOLATION};
use crate::model::{Catalog, KindId};

use super::Subject;

/// The compiled schemas, by kind.
pub(super) struct Schemas(FxHashMap<KindId, JsonSchema>);

impl Schemas {
    pub(super) fn new(catalog: &Catalog) -> Self {
        let compiled =
            catalog.kinds.iter().filter_map(|(id, kind)| Some((id, JsonSchema::compile(kind.schema.as_ref()?).ok()?)));
        Self(compiled.collect())
    }
}

/// Most findings of one entity; a wrong `oneOf` can make hundreds.
const MOST: usize = 20;

pub(super) fn check(subject: &Subject<'_>, schemas: &Schemas, findings: &mut Vec<Diagnostic>) {
    let Some(validator) = subject.kind.and_then(|kind| schemas.0.get(&kind)) else { return };
    let json = subject.document.root.to_json();
    for violation in validator.violations(&json).take(MOST) {
        let pointer = violation.pointer;
        if subject.is_not_in_view(&pointer) {
            continue;
        }
        findings.push(match &violation.fault {
            Fault::Missing(field) => {
                let what = if pointer.is_empty() {
                    "the document".to_owned()
                } else {
                    format!("`{}`", &pointer[1..].replace('/', "."))
                };
                let finding = Diagnostic::new(&SCHEMA_VIOLATION, format!("{what} has no `{field}`")).subject(field);
                subject.at_key(finding.help("the schema of its kind requires it"), &pointer)
            }
            Fault::Unknown(key) => {
                let finding =
                    Diagnostic::new(&SCHEMA_VIOLATION, format!("the schema does not know `{key}`")).subject(key);
                subject.at_key(finding, &crate::yaml::pointer_join(&pointer, key))
            }
            Fault::Other => subject.at_value(Diagnostic::new(&SCHEMA_VIOLATION, violation.whole), &pointer),
        });
    }
}
