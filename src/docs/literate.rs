//! `SUMMARY.md`: a nav as a list in Markdown, as literate-nav reads it.

use crate::base::Span;

use super::items::{MAX_DEPTH, MAX_ITEMS};
use super::order::{Entry, Rules, What};

/// A line of the list.
struct Line<'a> {
    indent: usize,
    text: &'a str,
    span: Span,
}

/// Reads a nav. Lines that are no items of the list are not looked at.
pub(super) fn read(text: &str) -> Rules {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut in_comment = false;
    for whole in text.split_inclusive('\n') {
        let line = whole.trim_end();
        let body = line.trim_start();
        in_comment = (in_comment || body.starts_with("<!--")) && !body.contains("-->");
        let indent: usize = line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum();
        let item = body.strip_prefix(['-', '*', '+']).or_else(|| {
            let rest = body.trim_start_matches(|c: char| c.is_ascii_digit());
            if rest.len() < body.len() { rest.strip_prefix(['.', ')']) } else { None }
        });
        if let Some(item) = item.filter(|item| item.starts_with([' ', '\t']) && !in_comment) {
            let item = item.trim();
            let at = start + line.len() - item.len();
            lines.push(Line { indent, text: item, span: Span::new(at, at + item.len()) });
        }
        start += whole.len();
        if lines.len() == MAX_ITEMS {
            break;
        }
    }
    let mut rest = lines.as_slice();
    Rules { entries: Some(list(&mut rest, 0)), ..Rules::default() }
}

/// The items of one level; deeper ones belong to the item before them.
fn list(lines: &mut &[Line<'_>], depth: usize) -> Vec<Entry> {
    let mut out = Vec::new();
    let Some(level) = lines.first().map(|line| line.indent) else { return out };
    while let Some((line, after)) = lines.split_first() {
        if line.indent < level && depth > 0 {
            break;
        }
        *lines = after;
        let is_above = lines.first().is_some_and(|next| next.indent > line.indent.max(level));
        let inner = if is_above && depth < MAX_DEPTH { list(lines, depth + 1) } else { Vec::new() };
        out.extend(entry(line, inner));
    }
    out
}

fn entry(line: &Line<'_>, inner: Vec<Entry>) -> Option<Entry> {
    let span = line.span;
    let text = line.text;
    let link = text.strip_prefix('[').and_then(|rest| {
        let close = rest.find("](")?;
        let target = rest[close + 2..].split([')', ' ']).next()?;
        Some((rest[..close].to_owned(), crate::base::paths::percent_decoded(target.trim_matches(['<', '>']))))
    });
    let Some((title, target)) = link else {
        if !inner.is_empty() {
            let title = Some(text.trim_matches(['*', '_']).to_owned());
            return Some(Entry { title, what: What::Section(inner, None), span });
        }
        // A bare name is a pattern.
        let text = text.replace('\\', "");
        let what = if text.contains('*') || text.ends_with('/') { What::Wildcard(text) } else { What::Target(text) };
        return Some(Entry { title: None, what, span });
    };
    let what = if inner.is_empty() { What::Target(target) } else { What::Section(inner, Some(target)) };
    Some(Entry { title: Some(title), what, span })
}
