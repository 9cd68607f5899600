//! Which lines of a text changed. The only file that names the line diff.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::base::{Span, Text};

/// Most pairs of lines that are compared; what is more is one change from its first line to its
/// last. A rewritten file of 5,000 lines still fits.
const MAX_PAIRS: usize = 25_000_000;

/// Lines that were replaced by others, counted from 0; either side may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hunk {
    pub(super) base: Range<usize>,
    pub(super) head: Range<usize>,
}

/// What changed between two texts, in order.
pub(super) fn hunks(base: &Text, head: &Text) -> Vec<Hunk> {
    let (base, head) = (lines(base), lines(head));
    let same_start = base.iter().zip(&head).take_while(|(a, b)| a == b).count();
    let rest = base.len().min(head.len()) - same_start;
    let same_end = base.iter().rev().zip(head.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let (old, new) = (&base[same_start..base.len() - same_end], &head[same_start..head.len() - same_end]);
    if old.is_empty() && new.is_empty() {
        return Vec::new();
    }
    let moved = |range: Range<usize>| range.start + same_start..range.end + same_start;
    if old.len().saturating_mul(new.len()) > MAX_PAIRS {
        return vec![Hunk { base: moved(0..old.len()), head: moved(0..new.len()) }];
    }
    let changed = capture_diff_slices(Algorithm::Myers, old, new).into_iter();
    let changed = changed.filter(|op| !matches!(op, DiffOp::Equal { .. }));
    changed.map(|op| Hunk { base: moved(op.old_range()), head: moved(op.new_range()) }).collect()
}

fn lines(text: &Text) -> Vec<&str> {
    (1..=text.line_count()).map(|line| text.line(line)).collect()
}

/// The line of the head, from 0, that stands for a line of the base which is no longer there: the
/// one that replaced it, or the one that closed the gap, of the change nearest to it.
pub(super) fn nearest(hunks: &[Hunk], line: usize) -> Option<usize> {
    let distance = |hunk: &Hunk| {
        if line < hunk.base.start { hunk.base.start - line } else { (line + 1).saturating_sub(hunk.base.end) }
    };
    let hunk = hunks.iter().min_by_key(|hunk| distance(hunk))?;
    let into = line.saturating_sub(hunk.base.start);
    Some(hunk.head.start + into.min(hunk.head.len().saturating_sub(1)))
}

/// Whether a line of the head, from 0, is one that changed.
pub(super) fn is_changed(hunks: &[Hunk], line: usize) -> bool {
    hunks.iter().any(|hunk| hunk.head.contains(&line))
}

/// What stands in a line, from 0, without the blanks around it; in the nearest one before it that
/// is not empty, where it is.
pub(super) fn span(text: &Text, line: usize) -> Span {
    let mut found = Span::default();
    let mut start = 0;
    for content in text.as_str().split('\n').take(line + 1) {
        let inner = content.trim();
        if !inner.is_empty() && inner != "---" {
            let from = start + (content.len() - content.trim_start().len());
            found = Span::new(from, from + inner.len());
        }
        start += content.len() + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(lines: &str) -> Text {
        Text::from_bytes(lines.as_bytes())
    }

    fn between(base: &str, head: &str) -> Vec<(Range<usize>, Range<usize>)> {
        hunks(&text(base), &text(head)).into_iter().map(|hunk| (hunk.base, hunk.head)).collect()
    }

    #[test]
    fn changes_are_found_line_by_line() {
        assert_eq!(between("a\nb\nc\n", "a\nb\nc\n"), []);
        assert_eq!(between("a\nb\nc\n", "a\nx\nc\n"), [(1..2, 1..2)]);
        assert_eq!(between("a\nb\nc\n", "a\nc\n"), [(1..2, 1..1)]);
        assert_eq!(between("a\nc\n", "a\nb\nc\n"), [(1..1, 1..2)]);
        assert_eq!(between("a\na\n", "a\na\na\n"), [(2..2, 2..3)]);
        assert_eq!(between("a\nb\nc\nd\ne", "x\nb\nc\nd\ny"), [(0..1, 0..1), (4..5, 4..5)]);
        assert_eq!(between("", "a"), [(0..1, 0..1)]);
        assert_eq!(between("\u{feff}a\r\nb\r\n", "a\nb\n"), [], "how lines end is no change");
    }

    #[test]
    fn what_is_too_large_to_compare_is_one_change() {
        let many = |word: &str| (0..6_000).map(|line| format!("{word}{line}\n")).collect::<String>();
        let (base, head) = (format!("same\n{}end\n", many("a")), format!("same\n{}end\n", many("b")));
        assert_eq!(between(&base, &head), [(1..6_001, 1..6_001)]);
    }

    #[test]
    fn a_lost_line_is_looked_for_where_it_stood() {
        let of = |base: &str, head: &str, line| nearest(&hunks(&text(base), &text(head)), line);
        assert_eq!(of("a\nb\nc\n", "a\nx\nc\n", 1), Some(1));
        assert_eq!(of("a\nb\nc\n", "a\nc\n", 1), Some(1), "the line that closed the gap");
        assert_eq!(of("a\nb\nc\nd\n", "a\nx\ny\nd\n", 2), Some(2), "the same line of the same change");
        assert_eq!(of("a\nb\nc\nd\ne\nf", "x\nb\nc\nd\ne\ny", 4), Some(5), "the nearer of two");
        assert_eq!(of("a\nb\nc\nd\ne\nf", "x\nb\nc\nd\ne\ny", 1), Some(0));
        assert_eq!(of("a\n", "a\n", 0), None);
    }

    #[test]
    fn a_line_is_marked_without_its_blanks() {
        let text = text("a:\n  b: ä \n\n---\nc\n");
        let slice = |line| text.slice(span(&text, line));
        assert_eq!(slice(1), "b: ä");
        assert_eq!(slice(3), "b: ä", "an empty line marks nothing");
        assert_eq!(slice(4), "c");
        assert_eq!(slice(99), "c");
        assert_eq!(span(&text, 0), Span::new(0, 2));
    }
}
