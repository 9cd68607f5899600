//! The inline half of the dialect. The events of one leaf block (a paragraph, heading, table
//! cell, tight list item) are gathered as pieces, small passes split text and pair delimiters,
//! and the writer writes what remains. A pass looks for its bytes first, so that a page pays
//! only for syntax that it uses. Nothing here loses text: what is no syntax stays as written.

mod abbreviations;
mod attributes;
mod critic;
mod delimiters;
mod emoji;
mod key_names;
mod keys;
mod links;
mod references;
mod signs;
mod symbols;
#[cfg(test)]
mod tests;
mod write;

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::extensions::Signs;

pub(super) use abbreviations::{Abbreviations, MAX_COUNT as MAX_ABBREVIATIONS};
pub(super) use attributes::Attributes;

/// What stands in a leaf block, in order.
#[derive(Debug)]
pub(super) struct Piece<'a> {
    pub(super) kind: Kind<'a>,
    /// Where it stands in the text that is parsed.
    pub(super) range: Range<usize>,
    /// What an attribute list gives it.
    pub(super) attributes: Option<Box<Attributes>>,
}

/// What a piece is.
#[derive(Debug)]
pub(super) enum Kind<'a> {
    /// Text as it stands in the source, in which syntax may be found.
    Text(&'a str),
    /// Escaped or from an entity: text that is no syntax.
    Literal(CowStr<'a>),
    /// Text inside of images and of the author's own links and code: neither syntax nor links.
    Quiet(CowStr<'a>),
    /// What the parser found.
    Event(Event<'a>),
    /// An element of ours begins.
    Open(&'static str),
    /// It ends.
    Close(&'static str),
    /// One ends and another begins.
    Turn(&'static str, &'static str),
    /// A URL or address that was written as text: its target, and its text.
    Url(String, String),
    /// A reference to something that is looked up later: its target, its own text, and the whole.
    Reference { target: &'a str, text: Option<&'a str>, written: &'a str },
    /// Finished HTML, and the text that it stands for.
    Html(String, String),
    /// An icon of a set that is not here, by its name.
    Icon(String),
    /// A possible delimiter: how often it stands there, and whether it may open and close.
    Run(&'a str, bool, bool),
}

impl<'a> Piece<'a> {
    pub(super) fn new(kind: Kind<'a>, range: Range<usize>) -> Self {
        Self { kind, range, attributes: None }
    }
}

/// How a piece changes the nesting.
pub(super) enum Step {
    Down,
    Up,
    Across,
    Stay,
}

impl Kind<'_> {
    pub(super) fn step(&self) -> Step {
        match self {
            Self::Event(Event::Start(_)) | Self::Open(_) => Step::Down,
            Self::Event(Event::End(_)) | Self::Close(_) => Step::Up,
            Self::Turn(..) => Step::Across,
            _ => Step::Stay,
        }
    }

    pub(super) fn is_break(&self) -> bool {
        matches!(self, Self::Event(Event::SoftBreak | Event::HardBreak))
    }

    /// Its first character, where it is text.
    fn first(&self) -> Option<char> {
        match self {
            Self::Text(text) | Self::Run(text, ..) => text.chars().next(),
            Self::Literal(text) | Self::Quiet(text) => text.chars().next(),
            kind if kind.is_break() => Some('\n'),
            _ => None,
        }
    }

    fn last(&self) -> Option<char> {
        match self {
            Self::Text(text) | Self::Run(text, ..) => text.chars().next_back(),
            Self::Literal(text) | Self::Quiet(text) => text.chars().next_back(),
            kind if kind.is_break() => Some('\n'),
            _ => None,
        }
    }
}

/// The inline events of a leaf block, while they come.
#[derive(Debug, Default)]
pub(super) struct Leaf<'a> {
    pub(super) pieces: Vec<Piece<'a>>,
    /// Where the last event ended.
    end: usize,
    images: usize,
    /// How many links and codes of the author are open.
    quiet: usize,
}

/// Whether an event stands in a leaf block.
pub(super) fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => matches!(
            tag,
            Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Superscript
                | Tag::Subscript
                | Tag::Link { .. }
                | Tag::Image { .. }
        ),
        Event::End(tag) => matches!(
            tag,
            TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Superscript
                | TagEnd::Subscript
                | TagEnd::Link
                | TagEnd::Image
        ),
        Event::Html(_) | Event::Rule => false,
        _ => true,
    }
}

impl<'a> Leaf<'a> {
    /// Takes an event.
    pub(super) fn push(&mut self, event: Event<'a>, range: Range<usize>, source: &'a str) {
        let before = std::mem::replace(&mut self.end, range.end);
        match event {
            Event::Text(text) => self.text(text, range, before, source),
            event => {
                match &event {
                    Event::Start(Tag::Image { .. }) => self.images += 1,
                    Event::End(TagEnd::Image) => self.images = self.images.saturating_sub(1),
                    Event::InlineHtml(html) => self.quiet = quieter(self.quiet, html),
                    _ => {}
                }
                if matches!(event, Event::Start(_)) {
                    // The range is that of the whole; what stands in it comes next.
                    self.end = range.start;
                }
                self.pieces.push(Piece::new(Kind::Event(event), range));
            }
        }
    }

    fn text(&mut self, text: CowStr<'a>, range: Range<usize>, before: usize, source: &'a str) {
        if self.images > 0 || self.quiet > 0 {
            self.pieces.push(Piece::new(Kind::Quiet(text), range));
            return;
        }
        let Some(written) = source.get(range.clone()).filter(|written| **written == *text) else {
            self.pieces.push(Piece::new(Kind::Literal(text), range));
            return;
        };
        let escaped = range.start > before && source[..range.start].ends_with('\\');
        let first = if escaped { written.chars().next().map_or(0, char::len_utf8) } else { 0 };
        if first > 0 {
            let literal = CowStr::Borrowed(&written[..first]);
            self.pieces.push(Piece::new(Kind::Literal(literal), range.start..range.start + first));
        }
        let range = range.start + first..range.end;
        if range.is_empty() {
            return;
        }
        // The parser cuts text where syntax might be; what was one text is one again.
        if let Some(Piece { kind: Kind::Text(last), range: of_last, .. }) = self.pieces.last_mut()
            && of_last.end == range.start
            && let Some(whole) = source.get(of_last.start..range.end)
        {
            *last = whole;
            of_last.end = range.end;
            return;
        }
        self.pieces.push(Piece::new(Kind::Text(&written[first..]), range));
    }
}

/// Elements of the author in which text is no syntax.
const QUIET: [&str; 7] = ["a", "code", "pre", "kbd", "samp", "tt", "var"];

fn quieter(depth: usize, html: &str) -> usize {
    let Some(rest) = html.strip_prefix('<') else { return depth };
    let (rest, closes) = rest.strip_prefix('/').map_or((rest, false), |rest| (rest, true));
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    if !QUIET.iter().any(|name| name.eq_ignore_ascii_case(&rest[..end])) || rest.ends_with("/>") {
        return depth;
    }
    if closes { depth.saturating_sub(1) } else { depth + 1 }
}

/// What is at hand in all passes.
pub(super) struct Leafs<'p> {
    pub(super) abbreviations: &'p mut Abbreviations,
    /// Whether an attribute list at the end of the text is the block's: headings, cells, terms.
    pub(super) ends_with_attributes: bool,
    /// Which signs are made of plain ones.
    pub(super) signs: Signs,
}

/// Which bytes stand in the texts of a block. All of them are read once, and not once for each pass.
struct Bytes([bool; 256]);

impl Bytes {
    fn of(pieces: &[Piece<'_>]) -> Self {
        let mut seen = [false; 256];
        for piece in pieces {
            if let Kind::Text(text) = piece.kind {
                text.bytes().for_each(|byte| seen[usize::from(byte)] = true);
            }
        }
        Self(seen)
    }

    fn any(&self, bytes: &[u8]) -> bool {
        bytes.iter().any(|&byte| self.0[usize::from(byte)])
    }
}

/// Runs all passes. Gives what an attribute list gives to the block.
pub(super) fn pass<'a>(pieces: &mut Vec<Piece<'a>>, leaf: &mut Leafs<'_>) -> Option<Attributes> {
    leaf.abbreviations.drop_definitions(pieces);
    if !pieces.iter().any(|piece| matches!(piece.kind, Kind::Text(_))) {
        return None;
    }
    // What the passes make of texts has no bytes that were not in them.
    let bytes = Bytes::of(pieces);
    let braces = bytes.any(b"{");
    let block = if braces { attributes::of_block(pieces, leaf.ends_with_attributes) } else { None };
    if braces {
        attributes::of_spans(pieces);
        critic::pass(pieces);
    }
    if bytes.any(b"[:") {
        references::pass(pieces);
    }
    if bytes.any(b":.@") {
        links::pass(pieces);
    }
    if bytes.any(b"+") {
        keys::pass(pieces);
    }
    if bytes.any(b":") {
        emoji::pass(pieces);
    }
    if bytes.any(symbols::WORTH) {
        symbols::pass(pieces);
    }
    signs::pass(pieces, leaf.signs);
    for mark in [b'=', b'^', b'~'] {
        if bytes.any(&[mark]) {
            delimiters::pass(pieces, mark);
        }
    }
    if braces {
        attributes::of_spans(pieces);
    }
    leaf.abbreviations.pass(pieces);
    block
}

/// Something found in a text: its bytes, and what stands there instead.
type Found<'a> = (Range<usize>, Kind<'a>);

/// Replaces what `find` finds in texts that `worth` a look. `find` gets the text, and the
/// character before and after it.
fn replace<'a>(
    pieces: &mut Vec<Piece<'a>>,
    in_links: bool,
    worth: impl Fn(&str) -> bool,
    mut find: impl FnMut(&'a str, Option<char>, Option<char>) -> Vec<Found<'a>>,
) {
    let is_worth = |piece: &Piece<'_>| matches!(piece.kind, Kind::Text(text) if worth(text));
    if !pieces.iter().any(is_worth) {
        return;
    }
    let old = std::mem::take(pieces);
    let (mut links, mut before) = (0_usize, None);
    let mut rest = old.into_iter().peekable();
    while let Some(piece) = rest.next() {
        match &piece.kind {
            Kind::Event(Event::Start(Tag::Link { .. })) => links += 1,
            Kind::Event(Event::End(TagEnd::Link)) => links = links.saturating_sub(1),
            _ => {}
        }
        let last = piece.kind.last();
        match piece.kind {
            Kind::Text(text) if worth(text) && (in_links || links == 0) => {
                let after = rest.peek().and_then(|next| next.kind.first());
                let found = find(text, before, after);
                cut(pieces, text, &piece.range, found);
            }
            _ => pieces.push(piece),
        }
        before = last;
    }
}

/// A text with pieces of it replaced.
fn cut<'a>(pieces: &mut Vec<Piece<'a>>, text: &'a str, range: &Range<usize>, found: Vec<Found<'a>>) {
    let mut from = 0;
    let start = range.start;
    for (at, kind) in found {
        if at.start > from {
            pieces.push(Piece::new(Kind::Text(&text[from..at.start]), start + from..start + at.start));
        }
        from = at.end;
        pieces.push(Piece::new(kind, start + at.start..start + at.end));
    }
    if from < text.len() {
        pieces.push(Piece::new(Kind::Text(&text[from..]), start + from..range.end));
    }
}

/// Whether a character belongs to a word.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
