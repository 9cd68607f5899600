//! `{{ x }}` and `{% x %}`: what a template engine would fill in. None runs here, so they are
//! shown as they are, and found to be told of.

use std::ops::Range;

use crate::base::Span;

use super::blocks::Source;

/// The first template tags of a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tags {
    /// The first in its text.
    pub in_text: Option<Span>,
    /// The first in its code.
    pub in_code: Option<Span>,
}

/// Longest tag.
const MAX: usize = 400;

/// Finds them; `code` are the ranges of code, in order.
pub(super) fn find(source: &Source<'_>, code: &[Range<usize>]) -> Tags {
    let text: &str = &source.text;
    let mut found = Tags::default();
    let (mut from, mut block) = (0, 0);
    while found.in_text.is_none() || found.in_code.is_none() {
        let Some(at) = text[from..].find('{').map(|offset| from + offset) else { break };
        let rest = &text[at..];
        from = at + 1;
        let close = if rest.starts_with("{{") {
            "}}"
        } else if rest.starts_with("{%") {
            "%}"
        } else {
            continue;
        };
        // GitHub's `${{ … }}` is not for us.
        let is_other = text[..at].ends_with(['$', '{', '\\']);
        let mut end = rest.len().min(MAX);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let Some(length) = rest[2..end.max(2)].find(close).filter(|length| *length > 0 && !is_other) else { continue };
        let tag = at..at + 2 + length + 2;
        while code.get(block).is_some_and(|range| range.end <= at) {
            block += 1;
        }
        let place = if code.get(block).is_some_and(|range| range.contains(&at)) {
            &mut found.in_code
        } else {
            &mut found.in_text
        };
        from = tag.end;
        place.get_or_insert_with(|| source.span(tag));
    }
    found
}
