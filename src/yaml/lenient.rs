//! Texts that YAML refuses and most of its readers do not. Never for descriptors, which are read
//! as Backstage reads them; for what others wrote and others' tools read.

use super::faults;
use super::parse::{Limits, Problem, ProblemKind, read_value};
use super::tree::Node;

/// How many bytes are read again for quoted texts that stand too far left.
const MOST_READ_AGAIN: usize = 8 * 1024 * 1024;

/// Reads a text that holds one value, with the first thing that is wrong with it. There is a tree
/// all the same where a key stands twice, or where the further lines of a text in quotes stand no
/// further right than its key.
pub fn read_leniently(text: &str, limits: Limits) -> (Option<Node>, Option<Problem>) {
    let (mut root, problem) = read_value(text, limits);
    let mut again = problem.clone();
    let mut patched = String::new();
    let mut read_again = 0;
    // One such text is found at a time: how far right its lines must stand depends on what is around it.
    while root.is_none()
        && let Some(start) = again.as_ref().and_then(too_far_left)
    {
        read_again += text.len();
        if patched.is_empty() {
            text.clone_into(&mut patched);
        }
        match on_one_line(&patched, start).filter(|_| read_again <= MOST_READ_AGAIN) {
            Some(line) => patched.replace_range(start..start + line.len(), &line),
            None => return (None, problem),
        }
        (root, again) = read_value(&patched, limits);
    }
    match root {
        Some(root) => (Some(root), problem),
        None => (None, again),
    }
}

/// Where a text in quotes begins whose lines stand too far left.
fn too_far_left(problem: &Problem) -> Option<usize> {
    let ProblemKind::Syntax(reason) = &problem.kind else { return None };
    [faults::LEFT_OF_KEY, faults::OPEN_QUOTE].contains(&reason.as_str()).then_some(problem.span.start as usize)
}

/// A text in quotes on one line, with as many bytes, so that all places stay what they are.
fn on_one_line(text: &str, start: usize) -> Option<String> {
    let bytes = text.as_bytes().get(start..)?;
    let quote = *bytes.first().filter(|byte| matches!(byte, b'"' | b'\''))?;
    let mut at = 1;
    while *bytes.get(at)? != quote || (quote == b'\'' && bytes.get(at + 1) == Some(&quote)) {
        at += if bytes[at] == quote || (quote == b'"' && bytes[at] == b'\\') { 2 } else { 1 };
    }
    let quoted = text.get(start..=start + at).filter(|quoted| quoted.contains('\n'))?;
    // In double quotes an empty line can be kept: the escape is as long.
    let quoted = if quote == b'"' { quoted.replace("\n\n", "\\n") } else { quoted.to_owned() };
    Some(quoted.replace('\n', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, bool) {
        let (root, problem) = read_leniently(text, Limits::default());
        (root.map_or_else(String::new, |root| root.to_json().to_string()), problem.is_some())
    }

    #[test]
    fn texts_in_quotes_may_stand_too_far_left() {
        let text = "a:\n  b: \"one\n  two\n\n  three\"\n  c: 'it''s\n  so'\n  d: 1\n";
        assert_eq!(read(text), (r#"{"a":{"b":"one   two\n  three","c":"it's   so","d":1}}"#.to_owned(), true));
        assert_eq!(read("a: \"one\n  two\"\n"), (r#"{"a":"one two"}"#.to_owned(), false));
    }

    #[test]
    fn places_stay_what_they_are() {
        let text = "a:\n  b: \"one\n  two\"\n  c: é\n";
        let (root, problem) = read_leniently(text, Limits::default());
        let root = root.unwrap();
        let span = root.at(&["a", "c"]).unwrap().span;
        assert_eq!(&text[span.start as usize..span.end as usize], "é");
        assert_eq!(problem.unwrap().span.start as usize, text.find('"').unwrap());
    }

    #[test]
    fn what_is_broken_stays_broken() {
        for text in ["a: \"one\n", "a:\n  b: \"one\n  two\n", "a:\n  b: \"one\n  two\"\n  c: [\n", "a: 'b\nc: d'' e"] {
            let (root, problem) = read_leniently(text, Limits::default());
            assert!(root.is_none() && problem.is_some(), "{text}");
        }
        // Only its first 8 MiB worth of reading is tried.
        let many = "a:\n  b: \"one\n  two\"\n".replace("a:", "- a:").replace("\n  ", "\n    ").repeat(3_000);
        assert!(read_leniently(&many, Limits::default()).1.is_some());
    }
}
