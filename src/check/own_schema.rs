//! `schema-violation`: entities of the organisation's own kinds against their JSON Schemas. The
//! only file that names the JSON Schema crate.

use jsonschema::Validator;
use jsonschema::error::ValidationErrorKind;
use rustc_hash::FxHashMap;

use crate::diagnostics::{Diagnostic, SCHEMA_VIOLATION};
use crate::model::{Catalog, KindId};

use super::Subject;

/// Compiles a schema; the error in words when it is none.
pub fn compile(schema: &serde_json::Value) -> Result<Validator, String> {
    jsonschema::validator_for(schema).map_err(|error| error.to_string())
}

/// The compiled schemas, by kind.
pub(super) struct Schemas(FxHashMap<KindId, Validator>);

impl Schemas {
    pub(super) fn new(catalog: &Catalog) -> Self {
        let compiled = catalog.kinds.iter().filter_map(|(id, kind)| Some((id, compile(kind.schema.as_ref()?).ok()?)));
        Self(compiled.collect())
    }
}

/// Most findings of one entity; a wrong `oneOf` can make hundreds.
const MOST: usize = 20;

pub(super) fn check(subject: &Subject<'_>, schemas: &Schemas, findings: &mut Vec<Diagnostic>) {
    let Some(validator) = subject.kind.and_then(|kind| schemas.0.get(&kind)) else { return };
    let json = subject.document.root.to_json();
    for error in validator.iter_errors(&json).take(MOST) {
        let pointer = error.instance_path().to_string();
        if subject.is_not_in_view(&pointer) {
            continue;
        }
        findings.push(match error.kind() {
            ValidationErrorKind::Required { property } => {
                let field = property.as_str().unwrap_or_default();
                let what = if pointer.is_empty() {
                    "the document".to_owned()
                } else {
                    format!("`{}`", &pointer[1..].replace('/', "."))
                };
                let finding = Diagnostic::new(&SCHEMA_VIOLATION, format!("{what} has no `{field}`")).subject(field);
                subject.at_key(finding.help("the schema of its kind requires it"), &pointer)
            }
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                let key = unexpected.first().map_or("", String::as_str);
                let finding =
                    Diagnostic::new(&SCHEMA_VIOLATION, format!("the schema does not know `{key}`")).subject(key);
                subject.at_key(finding, &crate::yaml::pointer_join(&pointer, key))
            }
            _ => subject.at_value(Diagnostic::new(&SCHEMA_VIOLATION, error.to_string()), &pointer),
        });
    }
}
