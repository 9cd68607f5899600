//! Marks that a merge leaves in a file where it could not decide. A document between them is
//! neither of the two, so it is never read; and no `---` between them parts documents.

use std::ops::Range;

/// What a mark is, by the characters that a line begins with.
fn is_mark(line: &str, mark: &str) -> bool {
    line.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\n', '\r']))
}

/// Whether a conflict begins with a line.
pub(super) fn begins(line: &str) -> bool {
    is_mark(line, "<<<<<<<")
}

/// Whether a conflict ends with a line.
pub(super) fn ends(line: &str) -> bool {
    is_mark(line, ">>>>>>>")
}

/// Where the first conflict begins that is whole.
pub(super) fn whole(text: &str) -> Option<Range<usize>> {
    // Nearly no text has one: a look at the bytes is enough.
    memchr::memmem::find(text.as_bytes(), b"<<<<<<<")?;
    let mut first: Option<(Range<usize>, bool)> = None;
    for (range, line) in lines(text) {
        match &mut first {
            None if begins(line) => first = Some((range, false)),
            Some((_, parted)) if is_mark(line, "=======") => *parted = true,
            Some((range, true)) if ends(line) => return Some(range.clone()),
            _ => {}
        }
    }
    None
}

/// The first mark of any sort, in a text that cannot be read.
pub(super) fn any(text: &str) -> Option<Range<usize>> {
    lines(text).find(|(_, line)| begins(line) || ends(line) || line.trim_end() == "=======").map(|(range, _)| range)
}

/// Lines with the range of what is written on them.
fn lines(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start..start + line.trim_end().len(), line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conflict_has_its_three_marks_in_order() {
        assert_eq!(whole("a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n"), Some(5..17));
        assert_eq!(whole("a: 1\n<<<<<<< HEAD\nb: 1\n>>>>>>> x\n"), None);
        assert_eq!(whole("a: |\n  <<<<<<< HEAD\n  =======\n  >>>>>>> x\n"), None);
        assert_eq!(whole("<<<<<<<<<<\n=======\n>>>>>>> x\n"), None);
        assert_eq!(any("a: 1\n>>>>>>> x\n"), Some(5..14));
        assert_eq!(any("a: 1\n=======\n"), Some(5..12));
        assert_eq!(any("a: 1\n========\n"), None);
    }
}
