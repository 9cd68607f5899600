//! Code that calls an operation, made from what the definition says: curl, JavaScript, Python, Go.
//! What an author wrote goes first. Every text of a definition is a value here, and is quoted as its
//! language wants it.

mod languages;
mod request;
mod rpc;
#[cfg(test)]
mod tests;

use rustc_hash::FxHashMap;

use super::model::{Operation, Reference, Sample};

/// How a scheme is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Credential {
    /// In a header with this name.
    Header(String),
    /// In the query, under this name.
    Query(String),
    /// In a cookie with this name.
    Cookie(String),
    /// `Authorization: Bearer`.
    Bearer,
    /// `Authorization: Basic`.
    Basic,
    /// In a way that no header shows.
    Other,
}

/// The languages, in the order of the page.
const LANGUAGES: &[(&str, &str, fn(&request::Request) -> String)] = &[
    ("curl", "bash", languages::curl),
    ("JavaScript", "javascript", languages::javascript),
    ("Python", "python", languages::python),
    ("Go", "go", languages::go),
];

/// Gives every operation samples in the languages that its author wrote none for.
pub(super) fn fill(reference: &mut Reference, credentials: &FxHashMap<String, Credential>) {
    let made: Vec<Vec<Sample>> =
        reference.operations.iter().map(|operation| of_operation(operation, reference, credentials)).collect();
    for (operation, samples) in reference.operations.iter_mut().zip(made) {
        operation.samples.extend(samples);
    }
}

fn of_operation(
    operation: &Operation,
    reference: &Reference,
    credentials: &FxHashMap<String, Credential>,
) -> Vec<Sample> {
    // A webhook is called by the provider, and what is not there cannot be called.
    if operation.verb.is_empty() || operation.marks.iter().any(|mark| mark == "webhook") {
        return Vec::new();
    }
    in_all(&request::of(operation, reference, credentials), operation)
}

/// Gives every method of JSON-RPC samples.
pub(super) fn fill_rpc(reference: &mut Reference) {
    let made: Vec<Vec<Sample>> = reference
        .operations
        .iter()
        .map(|method| rpc::of(method, reference).map(|request| in_all(&request, method)).unwrap_or_default())
        .collect();
    for (method, samples) in reference.operations.iter_mut().zip(made) {
        method.samples.extend(samples);
    }
}

/// A call in the languages that its author wrote none for.
fn in_all(request: &request::Request, operation: &Operation) -> Vec<Sample> {
    let is_given = |title: &str, language: &str| {
        operation.samples.iter().any(|sample| sample.language == language || sample.title.eq_ignore_ascii_case(title))
    };
    let open = LANGUAGES.iter().filter(|(title, language, _)| !is_given(title, language));
    open.map(|(title, language, write)| Sample {
        title: (*title).to_owned(),
        language: (*language).to_owned(),
        text: write(request),
    })
    .collect()
}
