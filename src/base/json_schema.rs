//! JSON Schemas and what they say of a value, as plain data. The only file that names the JSON
//! Schema crate. Fetches nothing: a schema that leads elsewhere cannot be compiled.

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, PatternOptions, ValidationError, Validator};
use serde_json::Value as Json;

/// How far a pattern may go back, and how large it may become.
const MOST_STEPS: usize = 100_000;
const MOST_BYTES: usize = 1024 * 1024;

/// A schema that is ready for use.
#[derive(Debug)]
pub struct JsonSchema(Validator);

/// Something in a value that a schema does not allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Where in the value.
    pub pointer: String,
    /// What it is.
    pub fault: Fault,
    /// In words, with `it` for the value.
    pub message: String,
    /// In words, with the value.
    pub whole: String,
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A key is missing.
    Missing(String),
    /// A key is not known.
    Unknown(String),
    /// Anything else.
    Other,
}

impl JsonSchema {
    /// Compiles a schema; the error in words when it is none.
    pub fn compile(schema: &Json) -> Result<Self, String> {
        jsonschema::validator_for(schema).map(Self).map_err(|error| error.to_string())
    }

    /// Compiles a schema of draft 2020-12 that nobody vouches for: patterns are bound, formats are
    /// checked.
    pub fn compile_foreign(schema: &Json) -> Result<Self, String> {
        let patterns = PatternOptions::fancy_regex().backtrack_limit(MOST_STEPS).size_limit(MOST_BYTES);
        jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .with_pattern_options(patterns)
            .build(schema)
            .map(Self)
            .map_err(|error| error.to_string())
    }

    /// Whether a value is one.
    pub fn accepts(&self, value: &Json) -> bool {
        self.0.is_valid(value)
    }

    /// What is wrong with a value, in its order.
    pub fn violations<'a>(&'a self, value: &'a Json) -> impl Iterator<Item = Violation> + 'a {
        self.0.iter_errors(value).map(|error| {
            let pointer = error.instance_path().to_string();
            let fault = match error.kind() {
                ValidationErrorKind::Required { property } => {
                    Fault::Missing(property.as_str().unwrap_or_default().to_owned())
                }
                ValidationErrorKind::AdditionalProperties { unexpected }
                | ValidationErrorKind::UnevaluatedProperties { unexpected } => {
                    Fault::Unknown(unexpected.first().cloned().unwrap_or_default())
                }
                _ => Fault::Other,
            };
            Violation { pointer, fault, message: in_words(&error), whole: error.to_string() }
        })
    }
}

/// What is wrong, without the value. Of several schemas the one is looked at that nearly fits.
fn in_words(error: &ValidationError<'_>) -> String {
    let (ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context }) = error.kind() else {
        return error.masked_with("it").to_string();
    };
    let is_type = |error: &ValidationError<'_>| matches!(error.kind(), ValidationErrorKind::Type { .. });
    let nearest = context
        .iter()
        .filter(|errors| !errors.iter().any(|inner| is_type(inner) && inner.instance_path() == error.instance_path()))
        .min_by_key(|errors| errors.len());
    let fits_none = "it fits none of the schemas that it may have";
    match nearest.and_then(|errors| errors.first()) {
        Some(inner) => {
            let at = inner.instance_path().to_string();
            let at = at.strip_prefix(&error.instance_path().to_string()).unwrap_or(&at).trim_start_matches('/');
            let of = if at.is_empty() { String::new() } else { format!("of `{}` ", at.replace('/', ".")) };
            format!("{fits_none}; nearest is one that says {of}{}", in_words(inner))
        }
        None => fits_none.to_owned(),
    }
}
