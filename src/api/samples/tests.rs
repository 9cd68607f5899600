//! Hostile texts in samples: what a program reads of them is what the definition says.

use super::languages;
use super::request::{Content, Request, Value};
use serde_json::json;

const HOSTILE: &str = "a'b\"c`d\\e$(touch x)${y}\n#{z}\u{2028}\u{feff}%s </script> é";

fn request(body: Option<Content>) -> Request {
    Request {
        method: "PO'ST".to_owned(),
        url: format!("https://example.com/{HOSTILE}"),
        headers: vec![(HOSTILE.to_owned(), HOSTILE.to_owned())],
        body,
    }
}

fn bodies() -> Vec<Option<Content>> {
    let text = HOSTILE.to_owned();
    let pairs = vec![(text.clone(), Value::Text(text.clone())), (text.clone(), Value::File(text.clone()))];
    vec![
        None,
        Some(Content::Json(json!({HOSTILE: [HOSTILE, null, true, 1.5], "__proto__": 1}))),
        Some(Content::Form(vec![(text.clone(), text.clone())])),
        Some(Content::Parts(pairs)),
        Some(Content::Text(text.clone())),
        Some(Content::File(text)),
    ]
}

/// The words of a command, as a shell has them.
fn shell_words(command: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted) = (Vec::new(), String::new(), false);
    let mut rest = command.chars();
    while let Some(character) = rest.next() {
        match character {
            '\'' => quoted = !quoted,
            _ if quoted => word.push(character),
            '\\' => word.extend(rest.next().filter(|&next| next != '\n')),
            ' ' | '\n' => words.push(std::mem::take(&mut word)),
            '$' | '`' | '"' | ';' | '(' | '&' | '|' | '<' | '>' | '#' => {
                panic!("{character} without quotes in {command}")
            }
            _ => word.push(character),
        }
    }
    assert!(!quoted, "{command}");
    words.retain(|word| !word.is_empty());
    words
}

/// The texts in double quotes, as JSON reads them; what stands outside has to be code.
fn literals(code: &str) -> Vec<String> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(start) = code[at..].find('"').map(|start| at + start) {
        let mut escaped = false;
        let end = code[start + 1..].find(|character| {
            let ends = character == '"' && !escaped;
            escaped = character == '\\' && !escaped;
            assert_ne!(character, '\n', "a text over two lines in {code}");
            ends
        });
        let end = start + 1 + end.unwrap_or_else(|| panic!("no end in {code}"));
        found.push(serde_json::from_str(&code[start..=end]).unwrap());
        at = end + 1;
    }
    found
}

#[test]
fn a_shell_reads_what_the_definition_says() {
    for body in bodies() {
        let words = shell_words(&languages::curl(&request(body.clone())));
        assert!(words.contains(&"PO'ST".to_owned()), "{words:?}");
        assert!(words.contains(&format!("https://example.com/{HOSTILE}")), "{words:?}");
        assert!(words.contains(&format!("{HOSTILE}: {HOSTILE}")), "{words:?}");
        let is_there = match body {
            Some(Content::Text(_)) => words.contains(&HOSTILE.to_owned()),
            Some(Content::Parts(_)) => words.contains(&format!("{HOSTILE}={HOSTILE}")),
            Some(Content::Json(json)) => {
                words.iter().any(|word| serde_json::from_str::<serde_json::Value>(word).is_ok_and(|read| read == json))
            }
            _ => true,
        };
        assert!(is_there, "{words:?}");
    }
}

#[test]
fn programs_read_what_the_definition_says() {
    for body in bodies() {
        for write in [languages::javascript, languages::python, languages::go] {
            let code = write(&request(body.clone()));
            let found = literals(&code);
            assert!(found.contains(&format!("https://example.com/{HOSTILE}")), "{code}");
            assert!(found.contains(&HOSTILE.to_owned()), "{code}");
            assert!(!code.contains('\u{feff}') && !code.contains('\u{2028}'), "{code}");
        }
    }
}

#[test]
fn what_python_and_javascript_write_otherwise_is_theirs() {
    let body = || Some(Content::Json(json!({"a": [true, false, null], "b": {}})));
    assert!(languages::python(&request(body())).contains("True,\n            False,\n            None,"));
    assert!(languages::javascript(&request(body())).contains("[\n      true,\n      false,\n      null\n    ]"));
    let inherits = languages::javascript(&request(Some(Content::Json(json!({"__proto__": 1})))));
    assert!(inherits.contains("JSON.parse("), "{inherits}");
}
