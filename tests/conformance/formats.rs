//! Sections A to O: single values, references, location references.

use catalog::model::{Context, EntityRef, LocationRef, format};
use serde_json::Value as Json;

use super::{Judged, Outcome, Row};

/// A–K: one value and one validator.
pub(super) fn value(row: &Row) -> Judged {
    let function = row.raw["fn"].as_str().unwrap();
    let check: fn(&str) -> bool = match function {
        "isValidApiVersion" => format::is_api_version,
        "isValidKind" => format::is_kind,
        "isValidObjectName" => format::is_name,
        "isValidNamespace" => format::is_namespace,
        "isValidLabelKey" | "isValidAnnotationKey" => format::is_key,
        "isValidLabelValue" => format::is_label_value,
        "isValidAnnotationValue" => |_| true,
        "isValidTag" => format::is_tag,
        "isValidUrl" => format::is_url,
        "isNonEmptyString" => format::is_not_blank,
        "isValidDnsSubdomain" => format::is_dns_subdomain,
        other => panic!("no validator {other}"),
    };
    // What is no text is refused by the shape of the document before a format is looked at.
    let valid = row.raw["value"].as_str().is_some_and(check);
    let theirs = Outcome::plain(&row.verdict);
    Judged::compared(Outcome::plain(if valid { "valid" } else { "invalid" }), &theirs)
}

/// L, M: a reference and its defaults.
pub(super) fn reference(row: &Row) -> Judged {
    let defaults = &row.raw["context"];
    let context = Context { kind: defaults["defaultKind"].as_str(), namespace: defaults["defaultNamespace"].as_str() };
    let parsed = match &row.raw["ref"] {
        Json::String(text) => EntityRef::parse(text, context),
        Json::Object(parts) => {
            let part = |key: &str| parts.get(key).and_then(Json::as_str);
            EntityRef::from_parts(part("kind"), part("namespace"), part("name").unwrap_or(""), context)
        }
        _ => EntityRef::parse("", context),
    };
    let ours = match parsed {
        Ok(reference) => Outcome::new(
            "parsed",
            format!("kind={} ns={} name={}", reference.kind, reference.namespace, reference.name),
        ),
        Err(_) => Outcome::plain("error"),
    };
    let theirs = match row.raw.get("result") {
        Some(result) => Outcome::new(
            &row.verdict,
            format!(
                "kind={} ns={} name={}",
                result["kind"].as_str().unwrap(),
                result["namespace"].as_str().unwrap(),
                result["name"].as_str().unwrap()
            ),
        ),
        None => Outcome::plain(&row.verdict),
    };
    Judged::compared(ours, &theirs)
}

/// N: a reference as it is printed.
pub(super) fn printed(row: &Row) -> Judged {
    let parts = &row.raw["print"];
    let at = |key: &str| parts[key].as_str().or_else(|| parts["metadata"][key].as_str());
    let reference =
        EntityRef::from_parts(at("kind"), at("namespace"), at("name").unwrap_or(""), Context::default()).unwrap();
    let theirs = Outcome::new(&row.verdict, &row.detail);
    Judged::compared(Outcome::new("prints", reference.key()), &theirs)
}

/// O: a location reference.
pub(super) fn location(row: &Row) -> Judged {
    let parsed = row.raw["locationRef"].as_str().map(LocationRef::parse);
    let ours = match parsed {
        Some(Ok(location)) => Outcome::new("parsed", format!("type={} target={}", location.kind, location.target)),
        _ => Outcome::plain("error"),
    };
    let detail = if row.verdict == "parsed" { row.detail.as_str() } else { "" };
    Judged::compared(ours, &Outcome::new(&row.verdict, detail))
}
