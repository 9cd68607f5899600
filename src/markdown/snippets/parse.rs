//! The syntax of snippets: their lines, names, parts and sections.

use std::ops::Range;

/// What a line is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// It names a file, here.
    Inline(Range<usize>),
    /// It begins or ends a list of names.
    Block,
    /// It would be one of these without this `;`.
    Escaped(usize),
    None,
}

/// The part of a file that is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    All,
    /// First and last lines, from 1 on, or from the end when negative.
    Lines(Vec<(Option<i64>, Option<i64>)>),
    Section(&'a str),
}

/// The mark of a section.
pub(super) struct Mark<'a> {
    /// Where the `;` stands that makes it text.
    pub(super) escape: Option<usize>,
    is_start: bool,
    name: &'a str,
}

/// Most ranges of one name.
const MAX_RANGES: usize = 200;

/// Reads a line.
pub(super) fn line(line: &str) -> Found {
    let start = line.len() - line.trim_start_matches([' ', '\t']).len();
    let semicolons = line[start..].bytes().take_while(|byte| *byte == b';').count();
    let Some(after) = scissors(&line[start + semicolons..]) else { return Found::None };
    let rest = line[start + semicolons + after..].trim_end();
    let inner = rest.trim_start_matches([' ', '\t']);
    let quoted = ['"', '\''].iter().any(|quote| {
        inner.len() > 2 && inner.len() < rest.len() && inner.starts_with(*quote) && inner.ends_with(*quote)
    });
    if !(quoted || rest.is_empty()) {
        return Found::None;
    }
    if semicolons > 0 {
        return Found::Escaped(start);
    }
    if rest.is_empty() {
        return Found::Block;
    }
    let end = line.trim_end().len() - 1;
    Found::Inline(end - (inner.len() - 2)..end)
}

/// The length of `--8<--` at the start of a text.
fn scissors(text: &str) -> Option<usize> {
    let dashes = |text: &str| text.bytes().take_while(|byte| *byte == b'-').count();
    let before = dashes(text);
    let rest = text[before..].strip_prefix("8<")?;
    let after = dashes(rest);
    (before > 0 && after > 0).then_some(before + 2 + after)
}

/// The path of a name, and the part of the file.
pub(super) fn name(written: &str) -> (&str, Part<'_>) {
    if let Some((path, word)) = written.rsplit_once(':')
        && word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    {
        return (path.trim(), Part::Section(word));
    }
    let path = written.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | ',' | '-'));
    // The numbers begin at a colon.
    let Some(at) = written[path.len()..].find(':') else { return (written, Part::All) };
    let (path, numbers) = (&written[..path.len() + at], &written[path.len() + at + 1..]);
    let number = |text: &str| text.parse::<i64>().ok();
    let ranges = numbers.split(',').take(MAX_RANGES).map(|range| match range.split_once(':') {
        Some((from, to)) => (number(from), number(to)),
        None => (number(range), None),
    });
    (path.trim(), Part::Lines(ranges.collect()))
}

/// Some of the lines.
pub(super) fn select(lines: &[Range<usize>], ranges: &[(Option<i64>, Option<i64>)]) -> Vec<Range<usize>> {
    let total = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    let mut out = Vec::new();
    for (from, to) in ranges {
        let from = match from.unwrap_or(1) {
            from if from < 0 => total.saturating_add(from),
            from => from.saturating_sub(1),
        };
        let to = match to.unwrap_or(total) {
            to if to < 0 => total.saturating_add(to).saturating_add(1),
            to => to,
        };
        let at = |number: i64| usize::try_from(number.clamp(0, total)).unwrap_or(0);
        out.extend(lines.get(at(from)..at(to)).unwrap_or_default().iter().cloned());
    }
    out
}

/// The lines of a section.
pub(super) fn section(text: &str, lines: &[Range<usize>], name: &str) -> Option<Vec<Range<usize>>> {
    let mut found: Option<Vec<Range<usize>>> = None;
    for range in lines {
        let line = &text[range.clone()];
        match (section_mark(line).filter(|mark| mark.escape.is_none()), &mut found) {
            (Some(mark), None) if mark.is_start && mark.name.eq_ignore_ascii_case(name) => found = Some(Vec::new()),
            (Some(mark), Some(_)) if !mark.is_start && mark.name.eq_ignore_ascii_case(name) => break,
            (None, Some(found)) => found.push(range.clone()),
            _ => {}
        }
    }
    found
}

/// Lines without the indentation that all of them have.
pub(super) fn dedented(text: &str, lines: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let mut common: Option<&str> = None;
    for range in &lines {
        let line = &text[range.clone()];
        let own = &line[..indent(line)];
        if own.len() == line.len() {
            continue;
        }
        common = Some(match common {
            None => own,
            Some(common) => {
                let same = common.bytes().zip(own.bytes()).take_while(|(a, b)| a == b).count();
                &common[..same]
            }
        });
    }
    let width = common.map_or(0, str::len);
    lines.into_iter().map(|range| (range.start + width).min(range.end)..range.end).collect()
}

/// The mark of a section in a line: `--8<-- [start:name]`.
pub(super) fn section_mark(line: &str) -> Option<Mark<'_>> {
    let at = line.find("-8<-")?;
    let start = line[..=at].trim_end_matches('-').len();
    let after = start + scissors(&line[start..])?;
    let rest = line[after..].trim_start_matches([' ', '\t']).strip_prefix('[')?;
    let (kind, name) = rest[..rest.find(']')?].split_once(':')?;
    let is_start = match kind.trim().to_ascii_lowercase().as_str() {
        "start" => true,
        "end" => false,
        _ => return None,
    };
    let escape = line[..start].ends_with(';').then(|| start - 1);
    Some(Mark { escape, is_start, name: name.trim() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read() {
        for (text, expected) in [
            ("--8<-- \"a.md\"", Found::Inline(8..12)),
            ("  -8<---   'a b.md'  ", Found::Inline(12..18)),
            ("--8<--", Found::Block),
            ("  --8<--  ", Found::Block),
            (" ;--8<-- \"a\"", Found::Escaped(1)),
            (";;--8<--", Found::Escaped(0)),
            ("--8<--\"a\"", Found::None),
            ("--8<-- a", Found::None),
            ("8<-- \"a\"", Found::None),
            ("--8<-- \"\"", Found::None),
            ("--8<-- [start:x]", Found::None),
            ("text --8<-- \"a\"", Found::None),
        ] {
            assert_eq!(line(text), expected, "{text}");
        }
    }

    #[test]
    fn names_have_parts() {
        for (text, path, part) in [
            ("a.md", "a.md", Part::All),
            ("a-1.md", "a-1.md", Part::All),
            ("a.2", "a.2", Part::All),
            ("a.md:2:5", "a.md", Part::Lines(vec![(Some(2), Some(5))])),
            ("a.md:2", "a.md", Part::Lines(vec![(Some(2), None)])),
            ("a.md::5", "a.md", Part::Lines(vec![(None, Some(5))])),
            ("a.md:-2:", "a.md", Part::Lines(vec![(Some(-2), None)])),
            ("a.md:1:2,5:6", "a.md", Part::Lines(vec![(Some(1), Some(2)), (Some(5), Some(6))])),
            ("a.md:part-a", "a.md", Part::Section("part-a")),
            ("https://a.example/b.md", "https://a.example/b.md", Part::All),
        ] {
            assert_eq!(name(text), (path, part), "{text}");
        }
    }

    #[test]
    fn parts_are_lines() {
        let all: Vec<Range<usize>> = (0..6).map(|at| at..at).collect();
        let of = |from, to| select(&all, &[(from, to)]).iter().map(|range| range.start + 1).collect::<Vec<_>>();
        assert_eq!(of(Some(2), Some(3)), [2, 3]);
        assert_eq!(of(Some(5), None), [5, 6]);
        assert_eq!(of(Some(-2), None), [5, 6]);
        assert_eq!(of(None, Some(-2)), [1, 2, 3, 4, 5]);
        assert_eq!(of(Some(9), Some(4)), Vec::<usize>::new());
        assert_eq!(of(Some(i64::MIN), Some(i64::MAX)).len(), 6);
        assert_eq!(of(Some(0), Some(1)), [1]);
    }
}
