//! Plans on sources in memory.

use proptest::prelude::*;

use crate::base::{MemorySources, Place, RepoId, Repository, Sources as _, Span};

use super::*;

fn sources(bytes: &[u8]) -> MemorySources {
    MemorySources::new(vec![(Repository::named("r"), vec![("a.txt".to_owned(), bytes.to_vec())])])
}

fn edit(start: usize, end: usize, replacement: &str) -> Edit {
    Edit { place: Place::new(FileId(0), Span::new(start, end)), replacement: replacement.to_owned() }
}

fn planned(bytes: &[u8], fixes: &[&[Edit]]) -> (String, Vec<usize>) {
    let plan = plan(fixes, &sources(bytes));
    let after = plan.files.first().map_or_else(|| bytes.to_vec(), |file| file.after.clone());
    (String::from_utf8(after).unwrap(), plan.taken)
}

#[test]
fn edits_lead_back_to_the_file_as_it_is() {
    let bytes = "\u{feff}a: 1\r\nb: 2\r\n".as_bytes();
    let fixes = [edit(3, 4, "one"), edit(5, 5, "# c\n"), edit(10, 10, "c: 3\n")];
    let fixes: Vec<&[Edit]> = fixes.iter().map(std::slice::from_ref).collect();
    assert_eq!(planned(bytes, &fixes), ("\u{feff}a: one\r\n# c\r\nb: 2\r\nc: 3\r\n".to_owned(), vec![0, 1, 2]));
}

#[test]
fn what_meets_is_left_and_what_is_the_same_is_made_once() {
    let (a, c) = ([edit(0, 4, "x")], [edit(6, 8, "z")]);
    let both = [edit(3, 6, "y"), edit(6, 8, "z")];
    let fixes: [&[Edit]; 4] = [&a, &both, &a, &c];
    assert_eq!(planned(b"abcdefghij", &fixes), ("xefzij".to_owned(), vec![0, 2, 3]));
    let lines: [&[Edit]; 3] = [&[edit(2, 2, "one\n")], &[edit(2, 2, "two\n")], &[edit(2, 4, "")]];
    assert_eq!(planned(b"a\nb\nc\n", &lines), ("a\none\ntwo\nc\n".to_owned(), vec![0, 1, 2]));
    let words: [&[Edit]; 2] = [&[edit(1, 1, "x")], &[edit(1, 1, "y")]];
    assert_eq!(planned(b"ab", &words), ("axb".to_owned(), vec![0]));
}

#[test]
fn a_file_that_is_no_text_is_left_alone() {
    assert!(plan(&[&[edit(0, 1, "x")]], &sources(b"a\xff")).files.is_empty());
}

#[test]
fn fixes_that_break_yaml_together_are_made_one_by_one() {
    let sources = MemorySources::single("r", &[("a.yaml", "spec:\n  typ: a\n  tpye: b\n")]);
    let file = sources.lookup(RepoId(0), "a.yaml").unwrap();
    let rename = |start: usize, end: usize| {
        vec![Edit { place: Place::new(file, Span::new(start, end)), replacement: "type".to_owned() }]
    };
    let (first, second) = (rename(8, 11), rename(17, 21));
    let plan = plan(&[&first, &second], &sources);
    assert_eq!(plan.taken, [0]);
    assert_eq!(String::from_utf8_lossy(&plan.files[0].after), "spec:\n  type: a\n  tpye: b\n");
}

proptest! {
    #[test]
    fn all_other_bytes_stay(
        lines in proptest::collection::vec("[a-zé #:-]{0,12}", 1..12),
        ends in proptest::collection::vec(any::<bool>(), 12),
        mark in any::<bool>(),
        cuts in proptest::collection::vec((0usize..160, 0usize..6, "[A-Z\n]{0,4}"), 0..6),
    ) {
        let mut raw = if mark { "\u{feff}".to_owned() } else { String::new() };
        for (line, crlf) in lines.iter().zip(&ends) {
            raw.push_str(line);
            raw.push_str(if *crlf { "\r\n" } else { "\n" });
        }
        let text = Text::from_bytes(raw.as_bytes());
        let normal = text.as_str().to_owned();
        let mut edits: Vec<Edit> = Vec::new();
        for (start, length, replacement) in cuts {
            let start = (0..=start.min(normal.len())).rev().find(|at| normal.is_char_boundary(*at)).unwrap();
            let end = (start + length).min(normal.len());
            let end = (end..=normal.len()).find(|at| normal.is_char_boundary(*at)).unwrap();
            let one = edit(start, end, &replacement);
            if !edits.iter().any(|have| meet(have, &one)) {
                edits.push(one);
            }
        }
        let after = apply(&text, raw.as_bytes(), &edits.iter().collect::<Vec<_>>());
        // What stands between the edits is found again, in order, byte by byte.
        edits.sort_by_key(|edit| edit.place.span);
        let (mut at, mut expected) = (0, Vec::new());
        for edit in &edits {
            let span = edit.place.span;
            expected.extend_from_slice(&raw.as_bytes()[at..text.original_offset(span.start).max(at)]);
            expected.extend_from_slice(edit.replacement.replace('\n', text.line_end()).as_bytes());
            at = text.original_offset(span.end);
        }
        expected.extend_from_slice(&raw.as_bytes()[at..]);
        prop_assert_eq!(after, expected);
    }
}
