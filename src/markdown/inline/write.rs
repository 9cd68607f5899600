//! The pieces of a leaf block to HTML.

use pulldown_cmark::{Event, OffsetIter, Tag, TagEnd};

use crate::base::NoMemo;
use crate::markdown::footnotes::MAX_NOTES;
use crate::markdown::highlight::highlight;
use crate::markdown::text::{escape, escape_into};
use crate::markdown::writer::{Frame, Writer};
use crate::markdown::{LinkKind, MAX_LINE, ProblemKind};

use super::{Attributes, Kind, Leafs, Piece};

/// Deepest nesting of spans in one block.
const MAX_SPANS: usize = 40;
/// Most lists of headings on a page: each is as long as the page has headings.
const MAX_CONTENTS: usize = 3;

impl<'a> Writer<'a> {
    /// Writes the leaf block that was gathered.
    pub(in crate::markdown) fn leaf(&mut self, events: &OffsetIter<'_>) {
        let leaf = std::mem::take(&mut self.leaf);
        let mut pieces = leaf.pieces;
        fold(&mut pieces, &self.source.text);
        if pieces.is_empty() || self.contents(&pieces) {
            return;
        }
        let mut abbreviations = std::mem::take(&mut self.abbreviations);
        let ends_with_attributes = matches!(self.frames.last(), Some(Frame::Heading(..)))
            || matches!(last_element(&self.out), Some("td" | "th" | "dt"));
        let signs = self.extensions.signs;
        let mut leafs = Leafs { abbreviations: &mut abbreviations, ends_with_attributes, signs };
        let whole = pieces[0].range.start..pieces.last().map_or(0, |last| last.range.end);
        let block = if whole.len() > MAX_LINE {
            self.problem(self.source.span(whole), ProblemKind::LongLine);
            None
        } else {
            super::pass(&mut pieces, &mut leafs)
        };
        self.abbreviations = abbreviations;
        if let Some(attributes) = block {
            self.block_attributes(attributes);
        }
        let alone = pieces.iter().all(|piece| match piece.kind {
            Kind::Text(text) => text.trim().is_empty(),
            Kind::Icon(_) => true,
            _ => false,
        });
        let mut depth = 0;
        for piece in pieces {
            self.piece(piece, events, alone, &mut depth);
        }
    }

    fn piece(&mut self, piece: Piece<'a>, events: &OffsetIter<'_>, alone: bool, depth: &mut usize) {
        let Piece { kind, range, attributes } = piece;
        let from = self.out.len();
        match kind {
            Kind::Text(text) | Kind::Run(text, ..) => self.inline(text, escape_into),
            Kind::Literal(text) | Kind::Quiet(text) => self.inline(&text, escape_into),
            Kind::Event(event) => {
                let is_image = matches!(event, Event::Start(Tag::Image { .. }));
                if let Event::Code(code) = &event {
                    self.code_span(code);
                } else {
                    self.inline_event(event, range, events);
                }
                if let Some(attributes) = attributes {
                    match &mut self.image {
                        Some(image) if is_image && image.depth == 0 => image.attributes = Some(attributes),
                        Some(_) => {}
                        None => self.give(from, &attributes),
                    }
                }
            }
            Kind::Open(tag) => {
                *depth += 1;
                if *depth <= MAX_SPANS {
                    self.out.push_str(tag);
                    if let Some(attributes) = attributes {
                        self.give(from, &attributes);
                    }
                }
            }
            Kind::Close(tag) => {
                if *depth <= MAX_SPANS {
                    self.out.push_str(tag);
                }
                *depth = depth.saturating_sub(1);
            }
            Kind::Turn(close, open) if *depth <= MAX_SPANS => {
                self.out.push_str(close);
                self.out.push_str(open);
            }
            Kind::Turn(..) => {}
            Kind::Url(target, written) => {
                let link = self.link(LinkKind::Bare, target, self.source.span(range));
                written.clone_into(&mut self.links[link].text);
                let slot = self.slot(link);
                self.out.push_str(&format!("<a href=\"{slot}\">{}</a>", escape(&written)));
                self.text.push_str(&written);
                if let Some(attributes) = attributes {
                    self.give(from, &attributes);
                }
            }
            Kind::Reference { target, text, written } => {
                let at = range.start + (target.as_ptr() as usize - written.as_ptr() as usize);
                let span = self.source.span(at..at + target.len());
                self.text.push_str(text.unwrap_or(target));
                self.open_reference(target.to_owned(), text.map(str::to_owned), written.to_owned(), span);
            }
            Kind::Html(html, text) => {
                self.out.push_str(&html);
                self.text.push_str(&text);
            }
            Kind::Icon(name) if alone => {
                self.out.push_str(&format!("<span class=\"icon-name\">{}</span>", escape(&name)));
                self.text.push_str(&name);
            }
            Kind::Icon(name) => {
                self.out.push_str(&format!("<span class=\"visually-hidden\">{}</span>", escape(&name)));
            }
        }
    }

    /// An event that stands in a leaf block.
    fn inline_event(&mut self, event: Event<'a>, range: std::ops::Range<usize>, events: &OffsetIter<'_>) {
        if let Some(image) = &mut self.image {
            match event {
                Event::Start(Tag::Link { .. } | Tag::Image { .. }) => image.depth += 1,
                Event::End(TagEnd::Link | TagEnd::Image) => self.end_image(),
                Event::SoftBreak | Event::HardBreak => self.inline("\n", |_, _| {}),
                Event::InlineMath(text) | Event::DisplayMath(text) => self.inline(&text, escape_into),
                _ => {}
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, range, events),
            Event::End(tag) => self.end(tag, range),
            Event::InlineMath(text) => self.formula(&text, false, &range),
            Event::DisplayMath(text) => self.formula(&text, true, &range),
            Event::SoftBreak if self.extensions.breaks => self.inline("\n", |out, _| out.push_str("<br>\n")),
            Event::SoftBreak => self.inline("\n", |out, _| out.push('\n')),
            Event::HardBreak => self.inline("\n", |out, _| out.push_str("<br>\n")),
            Event::InlineHtml(html) => self.author_html(&html, range),
            Event::FootnoteReference(label) => match self.footnotes.reference(&label) {
                Some(reference) => self.out.push_str(&reference),
                None => {
                    self.too_many_notes(range);
                    self.inline(&format!("[^{label}]"), escape_into);
                }
            },
            Event::TaskListMarker(done) => self.task(done),
            _ => {}
        }
    }

    /// There are more footnotes than a page can bear.
    pub(in crate::markdown) fn too_many_notes(&mut self, range: std::ops::Range<usize>) {
        self.problem(self.source.span(range), ProblemKind::TooManyOf("footnotes", MAX_NOTES));
    }

    /// Code in a line, highlighted where it says its language: `#!py x`, `:::py x`.
    fn code_span(&mut self, code: &str) {
        let Some((language, code)) = language(code) else {
            return self.inline(code, |out, code| {
                out.push_str("<code>");
                escape_into(out, code);
                out.push_str("</code>");
            });
        };
        self.inline(code, |out, code| {
            // Short, so that it costs less than to remember it.
            let shown = highlight(code, language, &NoMemo);
            out.push_str(&format!("<code class=\"hl language-{}\">{shown}</code>", escape(language)));
        });
    }

    /// Gives attributes to the block that the leaf stands in.
    fn block_attributes(&mut self, attributes: Attributes) {
        if matches!(self.frames.last(), Some(Frame::Heading(..))) {
            self.heading_attributes = Some(attributes);
        } else if matches!(last_element(&self.out), Some("p" | "li" | "td" | "th" | "dt" | "dd")) {
            let from = self.out.rfind('<').unwrap_or(0);
            self.give(from, &attributes);
        }
    }

    /// Gives attributes to the element whose tag begins at `from` of the HTML.
    fn give(&mut self, from: usize, attributes: &Attributes) {
        let Some(tag) = self.out.get(from..).filter(|tag| tag.starts_with('<')) else { return };
        let Some(end) = tag.find('>') else { return };
        let name_end = tag.find([' ', '>']).unwrap_or(end);
        let element = self.out[from + 1..from + name_end].to_owned();
        let mut more = self.attribute_text(attributes, &element);
        if !attributes.classes.is_empty() {
            let classes = escape(&attributes.classes.join(" "));
            match self.out[from..from + end].find(" class=\"") {
                Some(at) => self.out.insert_str(from + at + " class=\"".len(), &format!("{classes} ")),
                None => more.insert_str(0, &format!(" class=\"{classes}\"")),
            }
        }
        if let Some(end) = self.out[from..].find('>') {
            self.out.insert_str(from + end, &more);
        }
    }

    /// The id and the pairs of a list for an element.
    pub(in crate::markdown) fn attribute_text(&mut self, attributes: &Attributes, element: &str) -> String {
        let mut out = String::new();
        if let Some(id) = attributes.id.as_ref().filter(|id| self.options.anchors && self.ids.take(id)) {
            out.push_str(&format!(" id=\"{}{}\"", self.own(), escape(id)));
        }
        out.push_str(&attributes.written(element));
        out
    }

    /// Leaves room for the list of headings where `[TOC]` asks for it.
    fn contents(&mut self, pieces: &[Piece<'_>]) -> bool {
        let [Piece { kind: Kind::Text(text), .. }] = pieces else { return false };
        if !matches!(text.trim(), "[TOC]" | "[[_TOC_]]") || !self.out.ends_with("<p>") {
            return false;
        }
        let Some(frame @ Frame::Paragraph(_)) = self.frames.last_mut() else { return false };
        *frame = Frame::Element("");
        self.out.truncate(self.out.len() - "<p>".len());
        if self.contents.len() < MAX_CONTENTS && self.options.anchors {
            let blob = self.blob(String::new());
            self.contents.push(blob);
        }
        true
    }

    /// The list of headings.
    pub(in crate::markdown) fn contents_html(&self) -> String {
        let mut out = String::new();
        let mut open: Vec<u8> = Vec::new();
        let (first, last) = self.extensions.listed;
        for heading in self.outline.iter().filter(|heading| (first..=last).contains(&heading.level)) {
            while open.last().is_some_and(|level| *level > heading.level) {
                open.pop();
                out.push_str("</li></ul>");
            }
            if open.last() == Some(&heading.level) {
                out.push_str("</li>\n");
            } else {
                open.push(heading.level);
                out.push_str("<ul>\n");
            }
            out.push_str(&format!("<li><a href=\"#{}\">{}</a>", escape(&heading.id), escape(&heading.text)));
        }
        for _ in &open {
            out.push_str("</li></ul>");
        }
        let title = self.extensions.contents_title.as_deref().filter(|title| !title.is_empty());
        let title = title.map_or_else(String::new, |title| format!("<p class=\"toctitle\">{}</p>\n", escape(title)));
        if out.is_empty() { out } else { format!("<div class=\"toc\">{title}{out}</div>\n") }
    }
}

/// Makes one piece of what is no text of the page: drawings, scripts, and style sheets.
fn fold<'a>(pieces: &mut Vec<Piece<'a>>, source: &'a str) {
    const WHOLE: [&str; 3] = ["svg", "script", "style"];
    let tag = |piece: &Piece<'_>, before: &str| match &piece.kind {
        Kind::Event(Event::InlineHtml(html)) => {
            let rest = html.strip_prefix(before)?;
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
            WHOLE.iter().copied().find(|name| name.eq_ignore_ascii_case(&rest[..end]))
        }
        _ => None,
    };
    if !pieces.iter().any(|piece| tag(piece, "<").is_some()) {
        return;
    }
    // Where each closes last: what is not closed is not looked for again and again.
    let last = WHOLE.map(|name| pieces.iter().rposition(|piece| tag(piece, "</") == Some(name)).unwrap_or(0));
    let mut at = 0;
    let mut out = Vec::with_capacity(pieces.len());
    while at < pieces.len() {
        let name = tag(&pieces[at], "<");
        let is_closed = WHOLE.iter().zip(last).any(|(whole, last)| Some(*whole) == name && last > at);
        let end = name.filter(|_| is_closed);
        let end = end.and_then(|name| pieces[at..].iter().position(|piece| tag(piece, "</") == Some(name)));
        let whole = end.and_then(|end| {
            let range = pieces[at].range.start..pieces[at + end].range.end;
            Some((end, source.get(range.clone())?, range))
        });
        let (used, piece) = match whole {
            Some((end, text, range)) => (end + 1, Piece::new(Kind::Event(Event::InlineHtml(text.into())), range)),
            None => {
                let range = pieces[at].range.clone();
                (1, std::mem::replace(&mut pieces[at], Piece::new(Kind::Text(""), range)))
            }
        };
        out.push(piece);
        at += used;
    }
    *pieces = out;
}

/// The name of the element whose tag ends some HTML.
fn last_element(html: &str) -> Option<&str> {
    let inner = html.strip_suffix('>')?;
    // Tags of ours are short; far more would be text.
    let mut from = inner.len().saturating_sub(200);
    while !inner.is_char_boundary(from) {
        from += 1;
    }
    let tag = &inner[from + inner[from..].rfind('<')? + 1..];
    tag.split([' ', '>']).next()
}

/// The language of a code span, and the code.
fn language(code: &str) -> Option<(&str, &str)> {
    let rest = match code.strip_prefix("#!") {
        Some(rest) => rest,
        None => code.strip_prefix(":::")?.trim_start_matches(':'),
    };
    let (language, code) = rest.split_once([' ', '\t'])?;
    let is_name =
        language.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'#' | b'.' | b'+' | b'-'));
    let code = code.trim();
    (is_name && !language.is_empty() && language.len() <= 40 && !code.is_empty()).then_some((language, code))
}
