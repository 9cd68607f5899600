//! Where a value stands in its text: the parser takes more than that for its place. Everything
//! here counts from the start of the text that it is given.

use std::ops::Range;

/// A quoted value up to its closing quote; the parser goes on to the end of the line when a comment
/// follows.
pub(super) fn quoted(text: &str, place: Range<usize>) -> Range<usize> {
    let start = place.start;
    let mut quote = None;
    let mut characters = text.get(place.clone()).unwrap_or("").char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        match quote {
            None => quote = Some(character),
            Some('"') if character == '\\' => drop(characters.next()),
            Some('\'') if character == '\'' && characters.next_if(|(_, next)| *next == '\'').is_some() => {}
            Some(quote) if character == quote => return start..start + at + 1,
            Some(_) => {}
        }
    }
    place
}

/// The text of a block value alone, without the line ends and the indentation around it. With an
/// anchor or a tag before it the header is still there.
pub(super) fn block(text: &str, place: Range<usize>, has_header: bool) -> Range<usize> {
    let start = place.start;
    let text = text[place].trim_end();
    let header = if has_header { text.find('\n').unwrap_or(text.len()) } else { 0 };
    let begin = text.len() - text[header..].trim_start().len();
    start + begin..start + text.len()
}

/// The dash of an item that holds nothing and stands at `at`; nothing where there is none.
pub(super) fn dash_before(text: &str, at: usize) -> Option<Range<usize>> {
    let before = text.get(..at).unwrap_or("").trim_end();
    before.ends_with('-').then(|| before.len() - 1..before.len())
}

/// Where a value begins behind its anchor and its tag.
pub(super) fn after_properties(text: &str, start: usize, end: usize) -> usize {
    let mut at = start;
    while let Some(rest) = text.get(at..end).filter(|rest| rest.starts_with(['&', '!'])) {
        let token = rest.find([' ', '\t', '\n', ',', ']', '}']).unwrap_or(rest.len());
        let mut after = rest[token..].trim_start();
        while after.starts_with('#') {
            after = after.find('\n').map_or("", |line| after[line..].trim_start());
        }
        at += rest.len() - after.len();
    }
    at
}
