//! What would mend the shape of a document. Nothing is offered where the result would be another
//! finding of the same sort.

use crate::diagnostics::Mend;
use crate::model::Kind;
use crate::yaml::Node;

use super::Subject;

/// A key that gets the name that was meant.
pub(super) fn renamed(pointer: &str, nearest: Option<&str>) -> Option<Mend> {
    Some(Mend::Key { pointer: pointer.to_owned(), to: nearest?.to_owned() })
}

/// A key that holds nothing: deleted where it may be left out, else with an empty value.
pub(super) fn cleared(pointer: &str, empty: &'static str, kind: Option<&Kind>, subject: &Subject<'_>) -> Option<Mend> {
    let (home, key) = pointer[1..].split_once('/')?;
    let may_go = match home {
        "metadata" => matches!(key, "annotations" | "labels" | "links" | "tags"),
        "spec" => {
            let spec_type = subject.document.root.at(&["spec", "type"]).and_then(Node::as_str);
            let fields = kind?.spec_for(spec_type)?.fields;
            fields.iter().any(|field| field.name == key && !field.required) || matches!(key, "children" | "memberOf")
        }
        _ => false,
    };
    may_go.then(|| Mend::Clear { pointer: pointer.to_owned(), empty })
}

/// A word in the wrong case.
pub(super) fn same_word(pointer: &str, found: &str, allowed: &[&str]) -> Option<Mend> {
    let word = allowed.iter().find(|word| word.eq_ignore_ascii_case(found))?;
    Some(Mend::Text { pointer: pointer.to_owned(), to: (*word).to_owned() })
}

/// A required field with something in it for the author to replace.
pub(super) fn placeholder(field: &str, pointer: &str, kind: Option<&Kind>) -> Option<Mend> {
    if pointer != "/spec" {
        return None;
    }
    let value = match field {
        "lifecycle" => "experimental",
        "owner" => "TODO",
        "children" | "memberOf" => "[]",
        "type" => match &*kind?.name {
            "Component" | "Template" => "service",
            "API" => "openapi",
            "Resource" => "database",
            "Group" => "team",
            _ => return None,
        },
        _ => return None,
    };
    Some(Mend::Insert { pointer: pointer.to_owned(), key: field.to_owned(), value: value.to_owned() })
}
