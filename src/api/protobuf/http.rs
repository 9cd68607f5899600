//! The HTTP side of a method, as `google.api.http` has it.

use serde_json::{Map, Value as Json};

use super::ast::{Opt, option};

/// The option's name.
const OPTION: &str = "(google.api.http)";

/// One way to call a method over HTTP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Binding {
    pub(super) verb: String,
    pub(super) path: String,
    /// The field that is the body; `*` is all that the path does not have.
    pub(super) body: Option<String>,
    /// The field of the answer that is its body.
    pub(super) response_body: Option<String>,
}

impl Binding {
    /// In one line.
    pub(super) fn text(&self) -> String {
        let part = |label: &str, field: &Option<String>| field.as_ref().map(|field| format!("{label}: {field}"));
        let parts: Vec<String> =
            [part("body", &self.body), part("response body", &self.response_body)].into_iter().flatten().collect();
        let parts = if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) };
        format!("{} {}{parts}", self.verb, self.path)
    }
}

/// Whether an option is said by the bindings.
pub(super) fn is_option(name: &str) -> bool {
    name.strip_prefix(OPTION).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The ways to call a method, the first one first.
pub(super) fn bindings(options: &[Opt]) -> Vec<Binding> {
    let whole = option(options, OPTION).cloned().unwrap_or_else(|| {
        // Also a field at a time: `(google.api.http).get = "/v1"`.
        let field = |option: &Opt| {
            Some((option.name.strip_prefix(OPTION)?.strip_prefix('.')?.to_owned(), option.value.clone()))
        };
        Json::Object(options.iter().filter_map(field).collect::<Map<_, _>>())
    });
    let more = match whole.get("additional_bindings") {
        Some(Json::Array(more)) => more.clone(),
        Some(one) => vec![one.clone()],
        None => Vec::new(),
    };
    std::iter::once(&whole).chain(&more).filter_map(binding).collect()
}

fn binding(rule: &Json) -> Option<Binding> {
    let text = |key: &str| rule.get(key).and_then(Json::as_str).map(str::to_owned);
    let plain =
        ["get", "put", "post", "delete", "patch"].into_iter().find_map(|verb| Some((verb.to_uppercase(), text(verb)?)));
    let (verb, path) = plain.or_else(|| {
        let custom = rule.get("custom")?;
        Some((custom.get("kind")?.as_str()?.to_uppercase(), custom.get("path")?.as_str()?.to_owned()))
    })?;
    Some(Binding { verb, path, body: text("body"), response_body: text("response_body") })
}
