//! Names for schemas that only a reference leads to: from the words of the reference.

use crate::base::paths;
use crate::yaml::pointer_parts;

/// Parts of a pointer that every schema has, and that name none.
const COMMON: &[&str] = &[
    "schema",
    "schemas",
    "items",
    "content",
    "properties",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "$defs",
    "definitions",
    "components",
    "additionalProperties",
    "paths",
    "responses",
    "parameters",
    "requestBody",
    "messages",
    "payload",
];

/// What the target of a reference is called: `Pet` for `#/components/schemas/Pet` and `models/Pet.yaml`,
/// `Pet.tag` for a property of it.
pub(super) fn of_target(target: &str) -> String {
    let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
    let fragment = paths::percent_decoded(fragment);
    if !fragment.is_empty() && !fragment.starts_with('/') {
        return fragment;
    }
    let parts: Vec<String> = pointer_parts(&fragment).collect();
    let named = |part: &String| !COMMON.contains(&part.as_str()) && part.parse::<usize>().is_err();
    let Some(last) = parts.iter().rposition(named) else {
        let stem = stem(path);
        return if stem.is_empty() { "schema".to_owned() } else { stem };
    };
    let above = parts[..last].iter().rposition(named);
    match above {
        Some(above) if last > 0 && parts[last - 1] == "properties" => format!("{}.{}", parts[above], parts[last]),
        _ => parts[last].clone(),
    }
}

/// The name of a file without its endings.
pub(super) fn stem(path: &str) -> String {
    let name = paths::percent_decoded(paths::file_name(path));
    name.split('.').find(|part| !part.is_empty()).unwrap_or("").to_owned()
}
