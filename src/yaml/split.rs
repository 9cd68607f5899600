//! A stream to its documents. YAML forbids `---` and `...` at the start of a line inside any
//! scalar, so the split is exact and one broken document cannot swallow the next.

use std::ops::Range;

use super::conflicts;

/// The byte ranges of the documents of a stream. Directives and comments before a `---` belong
/// to the document after it; a range without content is left out.
pub(super) fn documents(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    let mut has_content = false;
    let mut at = 0;
    // Where the last conflict of a merge ends; nothing is parted between its marks.
    let last_end = memchr::memmem::rfind(text.as_bytes(), b"\n>>>>>>>").unwrap_or(0);
    let mut in_conflict = false;
    for line in text.split_inclusive('\n') {
        in_conflict = at <= last_end && (in_conflict || conflicts::begins(line)) && !conflicts::ends(line);
        if in_conflict {
            has_content = true;
            at += line.len();
            continue;
        }
        if is_marker(line, "---") && has_content {
            ranges.push(start..at);
            start = at;
            has_content = false;
        }
        if is_marker(line, "---") {
            // What follows `---` on its line is content; so is an empty document between two.
            has_content = true;
        } else if is_marker(line, "...") {
            if has_content {
                ranges.push(start..at + line.len());
            }
            start = at + line.len();
            has_content = false;
        } else if !is_blank(line) && !line.starts_with('%') {
            has_content = true;
        }
        at += line.len();
    }
    if has_content {
        ranges.push(start..text.len());
    }
    ranges
}

fn is_marker(line: &str, marker: &str) -> bool {
    line.strip_prefix(marker).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']))
}

fn is_blank(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        documents(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn documents_are_split_at_their_markers() {
        assert_eq!(split("a: 1\n---\nb: 2\n"), ["a: 1\n", "---\nb: 2\n"]);
        assert_eq!(split("# c\n---\na: 1\n---\n"), ["# c\n---\na: 1\n", "---\n"]);
        assert_eq!(split("a: 1\n...\n"), ["a: 1\n...\n"]);
        assert_eq!(split("%YAML 1.1\n---\na: yes"), ["%YAML 1.1\n---\na: yes"]);
        assert_eq!(split("--- |\n text\n---x: 1\n"), ["--- |\n text\n---x: 1\n"]);
        assert!(split("# only a comment\n\n").is_empty());
    }
}
