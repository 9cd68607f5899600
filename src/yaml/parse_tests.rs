//! Reading streams: places, limits and what is wrong in them.

use proptest::prelude::*;

use super::*;

fn one(text: &str) -> Document {
    let mut documents = parse(text, Limits::default());
    assert_eq!(documents.len(), 1, "{text}");
    documents.remove(0)
}

fn slice(text: &str, span: Span) -> &str {
    &text[span.range()]
}

#[test]
fn every_node_knows_its_place() {
    let text =
        "# ü\nmetadata:\n  name: shop # c\n  tags: [a, 'b c']\n  text: |\n    one\n    two\n\nspec: {owner: me}\n";
    let document = one(text);
    let root = document.root.unwrap();
    assert_eq!(slice(text, root.locate("/metadata/name", false)), "shop");
    assert_eq!(slice(text, root.locate("/metadata/name", true)), "name");
    assert_eq!(slice(text, root.locate("/metadata/tags", false)), "[a, 'b c']");
    assert_eq!(slice(text, root.locate("/metadata/tags/1", false)), "'b c'");
    assert_eq!(slice(text, root.locate("/metadata/text", false)), "one\n    two");
    assert_eq!(slice(text, root.locate("/spec/owner", false)), "me");
    assert_eq!(slice(text, root.locate("/spec/nothing", true)), "spec");
    assert_eq!(
        slice(text, root.locate("/metadata", false)),
        "name: shop # c\n  tags: [a, 'b c']\n  text: |\n    one\n    two"
    );
}

#[test]
fn anchors_and_tags_are_no_part_of_a_value() {
    let text = "a: &x one\nb: !!str two\nc: &y\n  - &z !t three\n  - &w\nd: &v {k: 1}\ne: &u\n  k: 1\nf: !!map [1]\ng: &t |\n  !x\n&s h: 1\ni: >\n  | y\n";
    let root = one(text).root.unwrap();
    let shown = |pointer: &str| slice(text, root.locate(pointer, false));
    assert_eq!(["/a", "/b", "/c/0", "/d", "/e", "/f"].map(shown), ["one", "two", "three", "{k: 1}", "k: 1", "[1]"]);
    assert_eq!(["/g", "/i"].map(shown), ["!x", "| y"]);
    assert_eq!(slice(text, root.locate("/h", true)), "h");
    assert_eq!(shown("/c"), "- &z !t three\n  - &w");
}

#[test]
fn tabs_may_stand_before_a_value() {
    let text = "a:\tb\nc: {d:\t\te}\nf: |\n  g:\th\n";
    let root = one(text).root.unwrap();
    assert_eq!(root.to_json().to_string(), r#"{"a":"b","c":{"d":"e"},"f":"g:\th\n"}"#);
    assert_eq!(slice(text, root.locate("/c/d", false)), "e");
}

#[test]
fn keys_are_one_by_type_and_text() {
    assert!(one("1: a\n'1': b\n").problems.is_empty());
    assert!(one("? [a]\n: 1\n? [a]\n: 2\n").problems.is_empty());
    assert_eq!(one("1: a\n0x1: b\n").problems.len(), 1);
}

#[test]
fn a_version_holds_until_another_is_asked_for() {
    let read = |text: &str| {
        let documents = parse(text, Limits::default());
        documents.into_iter().map(|document| document.root.unwrap().to_json().to_string()).collect::<Vec<_>>()
    };
    let text = "%YAML 1.1\n---\na: yes\n...\n---\na: no\n...\n%YAML 1.2\n---\na: no\n";
    assert_eq!(read(text), [r#"{"a":true}"#, r#"{"a":false}"#, r#"{"a":"no"}"#]);
    assert_eq!(read("a: |\n  x\n  %YAML 1.1\nb: yes\n"), [r#"{"a":"x\n%YAML 1.1\n","b":"yes"}"#]);
}

#[test]
fn an_alias_points_at_what_it_stands_for() {
    let text = "b: &x {k: 1}\na: *x\n";
    let root = one(text).root.unwrap();
    assert_eq!(root.pointer("/a/k").unwrap().value, Value::Int(1));
    assert_eq!(slice(text, root.locate("/a/k", false)), "1");
}

#[test]
fn problems_do_not_hide_what_can_be_read() {
    let text = "a: 1\na: 2\n---\nb: [\n---\nc: 1\n";
    let documents = parse(text, Limits::default());
    assert_eq!(documents.len(), 3);
    assert!(matches!(documents[0].problems[0].kind, ProblemKind::DuplicateKey { at_root: true, .. }));
    assert!(documents[1].root.is_none() && matches!(documents[1].problems[0].kind, ProblemKind::Syntax(_)));
    assert_eq!(documents[2].root.as_ref().unwrap().get("c").unwrap().value, Value::Int(1));
}

#[test]
fn hostile_input_meets_a_limit() {
    let mut bomb = "a0: &a0 x\n".to_owned();
    for level in 1..9 {
        let uses = vec![format!("*a{}", level - 1); 9].join(",");
        bomb.push_str(&format!("a{level}: &a{level} [{uses}]\n"));
    }
    for text in [bomb, "[".repeat(100_000), "{a: ".repeat(100_000), "- ".repeat(100_000)] {
        let document = one(&text);
        assert!(document.root.is_none());
        assert!(!document.problems.is_empty());
    }
    let many = "---\na: 1\n".repeat(20_001);
    let documents = parse(&many, Limits::default());
    assert_eq!(documents.len(), 20_001);
    assert!(matches!(documents[20_000].problems[0].kind, ProblemKind::Limit(_)));
}

#[test]
fn map_keys_are_printed_in_flow_style() {
    let root = one("a: {{ x }}").root.unwrap();
    assert_eq!(root.to_json().to_string(), r#"{"a":{"{ x }":null}}"#);
}

fn check_spans(node: &Node, length: usize) {
    assert!(node.span.start <= node.span.end && node.span.end as usize <= length);
    for item in node.items() {
        check_spans(item, length);
    }
    for entry in node.entries() {
        assert!(entry.key_span.end as usize <= length);
        check_spans(&entry.value, length);
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic_and_spans_stay_inside(text in "([a-zé:\\-\\[\\]{}&*!|>'\"#%@` \t\n0-9.,?~\u{0}]|---\n|: |- |\n  ){0,60}") {
        for document in parse(&text, Limits::default()) {
            prop_assert!(document.root.is_some() || !document.problems.is_empty());
            for problem in &document.problems {
                prop_assert!(text.get(problem.span.range()).is_some());
            }
            if let Some(root) = &document.root {
                check_spans(root, text.len());
            }
        }
    }
}
