//! What is said about texts that are no YAML, place by place; and that nothing makes it panic.

use super::super::parse::{Limits, ProblemKind, parse};

/// What is said about a text: the place as the text marked there, the words, and the advice.
fn said(text: &str) -> (String, String, String) {
    let document = parse(text, Limits::default()).into_iter().find(|one| !one.problems.is_empty()).unwrap();
    let problem = document.problems.into_iter().next().unwrap();
    let ProblemKind::Syntax(message) = problem.kind else { panic!("{text}") };
    (text[problem.span.range()].to_owned(), message, problem.help.unwrap_or_default())
}

#[test]
fn nothing_is_parted_inside_of_a_conflict() {
    let text = "a: 1\n<<<<<<< x\n---\nb: 1\n=======\n---\nb: 2\n>>>>>>> y\n---\nc: 3\n";
    let documents = parse(text, Limits::default());
    assert_eq!(documents.len(), 2);
    assert!(documents[0].root.is_none() && documents[1].root.is_some());
    assert_eq!(documents[0].problems.len(), 1);
    assert_eq!(said(text).0, "<<<<<<< x");
    // One that does not end parts as ever.
    assert_eq!(parse("<<<<<<< x\n---\nb: 1\n", Limits::default()).len(), 2);
}

#[test]
fn no_text_makes_it_panic() {
    let parts = ["a", ":", " ", "\n", "- ", "\"", "'", "[", "{", "\\", "\u{a0}", "é", "\t", "|", "<<<<<<< ", "#", "*"];
    // A walk over texts that is the same each time.
    let mut state = 1_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..12 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(parts[(state >> 33) as usize % parts.len()]);
        }
        for document in parse(&text, Limits::default()) {
            for problem in document.problems {
                assert!(text.get(problem.span.range()).is_some(), "{text:?}: {problem:?}");
            }
        }
    }
}
