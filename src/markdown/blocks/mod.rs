//! The line pass before CommonMark: blocks of MkDocs become markers around their dedented body,
//! and every byte of the result knows where it came from. A page without such blocks is passed
//! on as it is.
//!
//! A marker is an HTML comment that holds a number only this page knows, so that it ends a
//! paragraph, nests in lists and quotes, and cannot be written by an author.
//!
//! Places are addresses, as in the source map of a compiler: those of the page are its bytes,
//! those of the files that it includes follow ([`super::snippets`]).

mod html;
mod kept;
mod layout;
mod lines;
mod out;
mod pass;
mod quotes;
mod slashes;
mod tables;

use std::borrow::Cow;

use memchr::memmem;

use crate::base::Span;

use super::directives::Directive;

pub use kept::lost_words;
pub(super) use lines::Line;
pub(super) use pass::MAX_DEPTH;

/// A text ready for CommonMark.
#[derive(Debug)]
pub(super) struct Source<'a> {
    /// The text.
    pub(super) text: Cow<'a, str>,
    /// The blocks that the markers name by their index.
    pub(super) directives: Vec<Directive>,
    /// The number in the markers.
    nonce: &'a str,
    /// Where the page first nests blocks too deep for the pass.
    pub(super) too_deep: Option<usize>,
    /// Starts of pieces: in `text`, their address; and whether the piece is a copy.
    map: out::Map,
}

/// A marker in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    /// The block begins.
    Open(usize),
    /// The tab before it ends and this one begins.
    Next(usize),
    /// The innermost block ends.
    Close,
}

/// What a page holds that the line pass changes. Other pages need none.
const SIGNS: &[&str] = &[
    "!!!",
    "???",
    "===\u{20}\"",
    "===!",
    "===+",
    "///",
    "markdown",
    "annotate",
    ">>>",
    "::uml::",
    "[!",
    "|-",
    "| -",
    "|:",
    "| :",
    "-|",
    "- |",
    ":|",
];

impl<'a> Source<'a> {
    /// Rewrites `text`, which begins at `base` of its page; `lines` is the same with what it
    /// includes.
    pub(super) fn new(text: &'a str, base: usize, nonce: &'a str, lines: Option<Vec<Line<'_>>>) -> Self {
        let is_expanded = lines.is_some();
        if is_expanded
            || SIGNS.iter().any(|sign| memmem::find(text.as_bytes(), sign.as_bytes()).is_some())
            || is_worth(text)
        {
            let lines = lines.unwrap_or_else(|| whole_lines(text, base));
            let pass = pass::run(&lines, nonce);
            if is_expanded || pass.changed {
                let (text, directives, too_deep) = (Cow::Owned(pass.out.text), pass.directives, pass.too_deep);
                return Self { text, directives, nonce, too_deep, map: pass.out.map };
            }
        }
        Self { text: Cow::Borrowed(text), directives: Vec::new(), nonce, too_deep: None, map: vec![(0, base, true)] }
    }

    /// The span in the page of a range of the text.
    pub(super) fn span(&self, range: std::ops::Range<usize>) -> Span {
        let start = self.original(range.start);
        // The end belongs to the byte before it: what follows may have come from elsewhere.
        let end = if range.end > range.start { self.original(range.end - 1) + 1 } else { start };
        Span::new(start, end.max(start))
    }

    fn original(&self, at: usize) -> usize {
        let index = self.map.partition_point(|(start, ..)| *start <= at).saturating_sub(1);
        let Some((start, origin, is_copy)) = self.map.get(index) else { return 0 };
        if *is_copy { origin + at.saturating_sub(*start) } else { *origin }
    }

    /// The marker that a line of HTML is.
    pub(super) fn marker(&self, html: &str) -> Option<Marker> {
        if self.directives.is_empty() {
            return None;
        }
        let inner = html.trim().strip_prefix("<!--")?.strip_suffix("-->")?.strip_prefix(self.nonce)?;
        let (word, number) = inner.split_at(inner.len().min(1));
        let index = number.parse::<usize>().ok().filter(|index| *index < self.directives.len());
        match word {
            "o" => index.map(Marker::Open),
            "n" => index.map(Marker::Next),
            "c" => Some(Marker::Close),
            _ => None,
        }
    }
}

/// Whether a page without these signs may have to be changed all the same.
fn is_worth(text: &str) -> bool {
    may_be_shallow(text) || may_be_laid_out(text) || may_be_no_definition(text)
}

/// Whether there may be HTML over blank lines.
fn may_be_laid_out(text: &str) -> bool {
    ["<pre", "    <", "\t<", "  <t"].iter().any(|sign| text.contains(sign))
}

/// Whether a line may begin with a colon that makes no definition.
fn may_be_no_definition(text: &str) -> bool {
    memchr::memchr_iter(b':', text.as_bytes()).any(|at| {
        let before = text[..at].trim_end_matches([' ', '\t', '>']);
        before.ends_with('\n') && !text[at + 1..].starts_with([' ', '\t'])
    })
}

/// Whether there may be a numbered list with lines that stand in too little.
fn may_be_shallow(text: &str) -> bool {
    let is_number = |bytes: &[u8]| bytes[0].is_ascii_digit() && matches!(bytes[1], b'.' | b')') && bytes[2] == b' ';
    (text.contains("\n  ") || text.contains("\n>   ")) && text.as_bytes().windows(3).any(is_number)
}

/// The lines of a text that begins at `base`.
pub(super) fn whole_lines(text: &str, base: usize) -> Vec<Line<'_>> {
    let mut at = base;
    let lines = text.split_inclusive('\n').map(|line| {
        let found = Line::new(line.strip_suffix('\n').unwrap_or(line), 0, at, true);
        at += line.len();
        found
    });
    lines.collect()
}
