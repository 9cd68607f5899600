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

/// The rules of section AC beyond its rows: the text of a document and its JSON, or nothing where
/// it cannot be read.
#[test]
fn yaml_is_read_by_its_rules_and_not_by_the_rows() {
    let cases: &[(&str, Option<&str>)] = &[
        ("a: 0o10", Some(r#"{"a":8}"#)),
        ("a: 0o9", Some(r#"{"a":"0o9"}"#)),
        ("a: 0b11", Some(r#"{"a":"0b11"}"#)),
        ("a: +12", Some(r#"{"a":12}"#)),
        ("a: -0x10", Some(r#"{"a":"-0x10"}"#)),
        ("a: 1e3", Some(r#"{"a":1000}"#)),
        ("a: 1.10", Some(r#"{"a":1.1}"#)),
        ("a: .5", Some(r#"{"a":0.5}"#)),
        ("a: 1.2.3", Some(r#"{"a":"1.2.3"}"#)),
        ("a: .inf", Some(r#"{"a":null}"#)),
        ("a: -.INF", Some(r#"{"a":null}"#)),
        ("a: .NaN", Some(r#"{"a":null}"#)),
        ("a: NULL", Some(r#"{"a":null}"#)),
        ("a: nULL", Some(r#"{"a":"nULL"}"#)),
        ("a: tRUE", Some(r#"{"a":"tRUE"}"#)),
        ("a: off", Some(r#"{"a":"off"}"#)),
        ("a: y", Some(r#"{"a":"y"}"#)),
        ("a: =", Some(r#"{"a":"="}"#)),
        ("a: 2024-01-01T10:00:00Z", Some(r#"{"a":"2024-01-01T10:00:00Z"}"#)),
        ("a:", Some(r#"{"a":null}"#)),
        ("a: ''", Some(r#"{"a":""}"#)),
        ("a: 'it''s'", Some(r#"{"a":"it's"}"#)),
        ("a: \"x\\ty\\u00e9\\x41\\\n  z\"", Some(r#"{"a":"x\tyéAz"}"#)),
        ("a: x\n  y\n\n  z", Some(r#"{"a":"x y\nz"}"#)),
        ("a: >\n  x\n  y\n\n  z\n", Some(r#"{"a":"x y\nz\n"}"#)),
        ("a: >-\n  x\n   y\n", Some(r#"{"a":"x\n y"}"#)),
        ("a: |+\n  x\n\n", Some(r#"{"a":"x\n\n"}"#)),
        ("a: |2\n    x\n", Some(r#"{"a":"  x\n"}"#)),
        ("a: |\n  # no comment\n", Some(r##"{"a":"# no comment\n"}"##)),
        ("a: b#c", Some(r##"{"a":"b#c"}"##)),
        ("a: b:c", Some(r#"{"a":"b:c"}"#)),
        ("a: http://x/?y#z", Some(r##"{"a":"http://x/?y#z"}"##)),
        ("a: b: c", None),
        ("a: `x`", None),
        ("a: %x", None),
        ("a: &x", Some(r#"{"a":null}"#)),
        ("a: &x 1\nb: *x\nc: &x 2\nd: *x", Some(r#"{"a":1,"b":1,"c":2,"d":2}"#)),
        ("&k a: 1\nb: *k", Some(r#"{"a":1,"b":"a"}"#)),
        ("b: *x\na: &x 1", None),
        ("<<: {a: 1}\nb: 2", Some(r#"{"<<":{"a":1},"b":2}"#)),
        ("a: &x {k: 1}\nb:\n  <<: *x\n  c: 2", Some(r#"{"a":{"k":1},"b":{"<<":{"k":1},"c":2}}"#)),
        ("a: !!str 123", Some(r#"{"a":"123"}"#)),
        ("a: !!int \"7\"", Some(r#"{"a":7}"#)),
        ("a: !!float 1", Some(r#"{"a":1}"#)),
        ("a: !!bool \"true\"", Some(r#"{"a":true}"#)),
        ("a: !!null ''", Some(r#"{"a":null}"#)),
        ("a: !custom x", Some(r#"{"a":"x"}"#)),
        ("a: !custom 7", Some(r#"{"a":"7"}"#)),
        ("a: !!python/object:os.system x", Some(r#"{"a":"x"}"#)),
        ("a: !custom {b: 1}", Some(r#"{"a":{"b":1}}"#)),
        ("a: ! 7", Some(r#"{"a":"7"}"#)),
        ("true: 1\nnull: 2\n1.0: 3\n0x10: 4\n~x: 5", Some(r#"{"true":1,"":2,"1":3,"16":4,"~x":5}"#)),
        ("? a\n: 1\n? b", Some(r#"{"a":1,"b":null}"#)),
        ("? [a, b]\n: 1", Some(r#"{"[ a, b ]":1}"#)),
        ("? {a: 1}\n: 1", Some(r#"{"{ a: 1 }":1}"#)),
        ("{a, b: , c: 1,}", Some(r#"{"a":null,"b":null,"c":1}"#)),
        ("{\"a\":1,\"b\":[1,2,],}", Some(r#"{"a":1,"b":[1,2]}"#)),
        ("a: [b: 1, c]", Some(r#"{"a":[{"b":1},"c"]}"#)),
        ("a: [1\n  , 2]", Some(r#"{"a":[1,2]}"#)),
        ("a: [1, , 2]", None),
        ("a: {{ x }}-y", None),
        ("a: '{{ x }}-y'", Some(r#"{"a":"{{ x }}-y"}"#)),
        ("a:\n- 1\n- - 2\n  - 3\n", Some(r#"{"a":[1,[2,3]]}"#)),
        ("a:\n  b: 1\n c: 2", None),
        ("a: 1\n  b: 2", None),
        ("\"a\": 1\n'b': 2", Some(r#"{"a":1,"b":2}"#)),
        ("a: 1\n\"a\": 2", None),
        ("a: 1\nA: 2", Some(r#"{"a":1,"A":2}"#)),
        ("a: 0.1", Some(r#"{"a":0.1}"#)),
        ("a: \"unclosed", None),
        ("a: 'x' y", None),
        ("a: |x\n  y", None),
        ("a:\t1", Some(r#"{"a":1}"#)),
        ("a: 1\t# c", Some(r#"{"a":1}"#)),
        ("a:\n  - b\n\t- c", None),
        ("%YAML 1.2\n---\na: yes", Some(r#"{"a":"yes"}"#)),
        ("%YAML 1.1\n---\na: 010\nb: 0b11\nc: 1_000\nd: ~", Some(r#"{"a":8,"b":3,"c":1000,"d":null}"#)),
        ("%TAG !e! tag:example.org,2000:\n---\na: !e!x 7", Some(r#"{"a":"7"}"#)),
        ("# comment\n---\n# more\na: 1\n", Some(r#"{"a":1}"#)),
        ("--- {a: 1}", Some(r#"{"a":1}"#)),
        ("---\na: 1\n...\n# end\n", Some(r#"{"a":1}"#)),
        ("a: \u{85}x", Some("{\"a\":\"\u{85}x\"}")),
        ("é: ü 🦀", Some(r#"{"é":"ü 🦀"}"#)),
    ];
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let descriptor = parse::descriptor(&Text::from_bytes(text.as_bytes()));
        let read = match &descriptor.documents[..] {
            [document] if document.problems.is_empty() => document.root.as_ref().map(catalog::yaml::Node::to_json),
            _ => None,
        };
        let wanted = expected.map(|text| serde_json::from_str::<Json>(text).unwrap());
        if read != wanted {
            wrong.push(format!("{text:?}\n    expected {wanted:?}\n    read     {read:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
