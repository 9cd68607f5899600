//! Where a part of a scalar's value stands in the file. The value of a quoted, folded or block
//! scalar is not what is written; the two are walked along side by side.

use std::ops::Range;

use crate::base::Span;

/// The span of `part` of a scalar's value. `written` is the scalar as it stands in the file from
/// `start` on. Blanks and line ends may differ, as folding and indentation make them differ, and
/// the escapes of quoted scalars are known. `None` where the two do not agree.
pub fn span_inside(written: &str, start: usize, value: &str, part: Range<usize>) -> Option<Span> {
    if written == value {
        return Some(Span::new(start + part.start, start + part.end));
    }
    let quote = quote(written);
    let (from, to, _) = walk(written, value, quote, (0, usize::from(quote.is_some())), &part)?;
    Some(Span::new(start + from, start + to))
}

/// A scalar whose value is looked into many times.
#[derive(Debug)]
pub struct Inside {
    written: Box<str>,
    value: Box<str>,
    start: usize,
    quote: Option<char>,
    /// Places in the value and in what is written that belong together, in order.
    steps: Vec<(usize, usize)>,
}

/// How far the walk goes between two places that are remembered.
const STEP: usize = 1024;

impl Inside {
    /// The scalar that is written so, from `start` on in its file, and has this value.
    pub fn new(written: &str, start: usize, value: &str) -> Self {
        let quote = quote(written);
        let mut steps = vec![(0, usize::from(quote.is_some()))];
        let mut from = STEP;
        while let Some(begin) = (from..value.len()).find(|at| value.is_char_boundary(*at)) {
            let last = steps.last().copied().unwrap_or_default();
            let Some((_, _, reached)) = walk(written, value, quote, last, &(begin..begin)) else { break };
            steps.push((begin, reached));
            from = begin + STEP;
        }
        Self { written: written.into(), value: value.into(), start, quote, steps }
    }

    /// The value.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The span of a part of the value; of the whole scalar where the two do not agree.
    pub fn span(&self, part: Range<usize>) -> Span {
        if self.written == self.value {
            return Span::new(self.start + part.start, self.start + part.end);
        }
        let at = self.steps.partition_point(|(value, _)| *value <= part.start).saturating_sub(1);
        let from = self.steps.get(at).copied().unwrap_or_default();
        // What has no letter is widened to one, or it would stand nowhere.
        let end = if part.is_empty() { (part.start + 1).min(self.value.len()) } else { part.end };
        match walk(&self.written, &self.value, self.quote, from, &(part.start..end)) {
            Some((from, to, _)) if from <= to => Span::new(self.start + from, self.start + to),
            _ => Span::new(self.start, self.start + self.written.len()),
        }
    }
}

fn quote(written: &str) -> Option<char> {
    let quote = written.chars().next().filter(|quote| matches!(quote, '"' | '\''));
    quote.filter(|quote| written.len() >= 2 && written.ends_with(*quote))
}

/// Walks from a pair of places to the end of `part`: where it begins and ends in what is written,
/// and how far the walk came.
fn walk(
    written: &str,
    value: &str,
    quote: Option<char>,
    (base, mut at): (usize, usize),
    part: &Range<usize>,
) -> Option<(usize, usize, usize)> {
    let (mut from, mut to) = (None, None);
    let characters = value.get(base..)?.char_indices().map(|(offset, character)| (base + offset, character));
    for (offset, character) in characters.take_while(|(offset, _)| *offset < part.end) {
        if character.is_whitespace() {
            continue;
        }
        let (begin, end) = find(written, at, character, quote)?;
        if offset >= part.start {
            from.get_or_insert(begin);
            to = Some(end);
        }
        at = end;
    }
    if part.is_empty() {
        return Some((at, at, at));
    }
    Some((from?, to?, at))
}

/// The next character that is no blank, where it is the one that is looked for.
fn find(written: &str, from: usize, wanted: char, quote: Option<char>) -> Option<(usize, usize)> {
    let mut at = from;
    loop {
        let rest = &written[at..];
        let character = rest.chars().next()?;
        if character.is_whitespace() {
            at += character.len_utf8();
            continue;
        }
        if quote == Some('\'') && rest.starts_with("''") {
            return (wanted == '\'').then_some((at, at + 2));
        }
        if quote == Some('"') && character == '\\' {
            let escaped = rest[1..].chars().next()?;
            match escaped {
                'n' | 't' | 'r' | ' ' | '\n' => at += 2,
                _ => return (escaped == wanted && "\"\\/".contains(escaped)).then_some((at, at + 2)),
            }
            continue;
        }
        return (character == wanted).then_some((at, at + character.len_utf8()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(written: &'a str, value: &str, part: &str) -> Option<&'a str> {
        let at = value.find(part).unwrap();
        span_inside(written, 0, value, at..at + part.len()).map(|span| &written[span.range()])
    }

    #[test]
    fn parts_are_found_in_all_styles() {
        assert_eq!(found("a ${{ b }}", "a ${{ b }}", "b"), Some("b"));
        assert_eq!(found("'it''s ${{ b }}'", "it's ${{ b }}", "b }}"), Some("b }}"));
        assert_eq!(found(r#""a\"\n ${{ b }}""#, "a\"\n ${{ b }}", "${{ b"), Some("${{ b"));
        assert_eq!(found("one\n    ${{ b\n    }}\n", "one\n${{ b\n}}\n", "b"), Some("b"));
        assert_eq!(found("one\n  two ${{ b }}", "one two ${{ b }}", "two"), Some("two"));
        assert_eq!(found(r#""\x41 ${{ b }}""#, "A ${{ b }}", "b"), None);
        assert_eq!(found("else", "value", "al"), None);
    }

    #[test]
    fn a_long_value_is_found_part_by_part() {
        let line = |number: usize| format!("key{number}: [a, \"b\"]\n");
        let value: String = (0..500).map(line).collect();
        let written: String = (0..500).map(|number| format!("    {}", line(number))).collect();
        let inside = Inside::new(&written, 10, &value);
        for number in [0, 1, 77, 250, 499] {
            let key = format!("key{number}:");
            let at = value.find(&key).unwrap();
            let span = inside.span(at..at + key.len());
            assert_eq!(&written[span.start as usize - 10..span.end as usize - 10], key);
        }
    }
}
