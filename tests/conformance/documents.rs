//! Sections AC and AD: the text of a descriptor file, and placeholders.

use catalog::base::{MemorySources, Text};
use catalog::config::World;
use catalog::parse;
use serde_json::Value as Json;

use super::{Judged, Outcome, Row};
use crate::support;

/// AC: what a descriptor file holds.
pub(super) fn yaml(row: &Row) -> Judged {
    let text = Text::from_bytes(row.raw["yaml"].as_str().unwrap().as_bytes());
    let descriptor = parse::descriptor(&text);
    let items: Vec<Result<Json, ()>> = descriptor
        .documents
        .iter()
        .map(|document| match &document.root {
            Some(root) if document.problems.is_empty() && root.is_map() => Ok(root.to_json()),
            _ => Err(()),
        })
        .collect();
    let names: Vec<&str> = items.iter().map(|item| if item.is_ok() { "entity" } else { "error" }).collect();
    let verdict = match &items[..] {
        [] => "ignored",
        items if items.iter().any(Result::is_err) => "error",
        _ => "parsed",
    };
    // A throw of their parser loses the rest of the file: here it is one broken document.
    let their_verdict = row.verdict.split(" (").next().unwrap();
    let (detail, their_detail) = match their_verdict {
        "parsed" if row.detail.split(" ; ").all(|item| item == "entity") => (names.join(" ; "), row.detail.clone()),
        "parsed" => {
            // The value of `a`, or the whole where there is none.
            let theirs: Json = serde_json::from_str(&row.detail).unwrap();
            let whole = items.first().and_then(|item| item.clone().ok()).unwrap_or_default();
            let value = whole.get("a").cloned().unwrap_or_default();
            (if whole == theirs { whole.to_string() } else { value.to_string() }, theirs.to_string())
        }
        "error" if row.verdict == "error" => {
            let theirs: Vec<&str> = row.detail.split(" ; ").map(|item| item.split(':').next().unwrap()).collect();
            (names.join(" ; "), theirs.join(" ; "))
        }
        _ => (String::new(), String::new()),
    };
    Judged::compared(Outcome::new(verdict, detail), &Outcome::new(their_verdict, their_detail))
}

/// AD: a placeholder in an API.
pub(super) fn placeholder(row: &Row) -> Judged {
    let mut entity = serde_json::json!({
        "apiVersion": "backstage.io/v1alpha1",
        "kind": "API",
        "metadata": {"name": "n"},
        "spec": {"type": "openapi", "lifecycle": "production", "owner": "me", "definition": "d"},
    });
    let (path, value) = match row.raw.get("placeholder") {
        Some(value) => (row.raw["field"].as_str().unwrap().to_owned(), value.clone()),
        // Two rows say in words what they hold.
        None => {
            let text = serde_json::json!({"$text": "./a.txt"});
            let field = if row.case.starts_with("metadata.annotations.a") {
                "metadata.annotations.a"
            } else {
                "spec.definition"
            };
            (field.to_owned(), text)
        }
    };
    let parts: Vec<&str> = path.split('.').collect();
    let mut at = &mut entity;
    for part in &parts {
        at = &mut at[*part];
    }
    *at = value;
    let text = entity.to_string();
    let sources = MemorySources::single(
        "r",
        &[
            ("catalog-info.yaml", &text),
            ("a.txt", "hello\n"),
            ("a.json", r#"{"k":[1]}"#),
            ("a.yaml", "k: 1\n"),
            ("two.yaml", "k: 1\n---\nk: 2\n"),
            ("nested.yaml", "k:\n  $text: ./a.txt\n"),
        ],
    );
    let linked = support::link(&sources, World::Open);
    let found =
        linked.catalog.entities.first().and_then(|entity| entity.root.at(&parts)).map(catalog::yaml::Node::to_json);
    let not_fetched = linked.findings.iter().any(|(finding, _)| finding.rule.code == "placeholder-not-fetched");
    let ours = if !linked.errors().is_empty() {
        Outcome::plain("error")
    } else if not_fetched {
        Outcome::plain("not fetched")
    } else {
        Outcome::new("resolved", found.unwrap_or_default().to_string())
    };
    let theirs = match row.verdict.as_str() {
        "resolved" => {
            let value: Json = serde_json::from_str(&row.detail).unwrap();
            Outcome::new("resolved", value.to_string())
        }
        other => Outcome::plain(other),
    };
    Judged::compared(ours, &theirs)
}
