//! Events to HTML: the state of one page, text and inline events, the limits. What each block
//! becomes stands in [`super::elements`] and [`super::panels`].

use std::ops::Range;

use pulldown_cmark::{Event, OffsetIter, Parser, Tag};
use rustc_hash::FxHashSet;

use crate::base::{Hash, Memo, Span};

use super::assemble::{Draft, assemble};
use super::blocks::Source;
use super::fences::Info;
use super::footnotes::Footnotes;
use super::ids::Ids;
use super::raw::{self, Budget};
use super::references;
use super::text::{bare_urls, escape, escape_into};
use super::{Heading, Link, LinkKind, MAX_INPUT, Options, Part, Problem, ProblemKind, Rendered, front_matter};

/// Deepest nesting of elements.
pub(super) const MAX_DEPTH: usize = 100;
/// Most events of the parser.
pub(super) const MAX_EVENTS: usize = 1_500_000;

/// Renders a page.
pub(super) fn render(text: &str, options: &Options, memo: &dyn Memo) -> Rendered {
    let nonce = Hash::of(text.as_bytes()).short(16);
    let cut = cut(text);
    let (front, start) = if options.front_matter { front_matter::split(&text[..cut]) } else { (None, 0) };
    let source = Source::new(&text[start..cut], start, &nonce);
    let mut writer = Writer::new(&source, &nonce, *options, memo);
    writer.run();
    if cut < text.len() {
        writer.problem(Span::new(cut, text.len()), ProblemKind::TooLong);
        writer.plain(&text[cut..]);
    }
    let mut rendered = writer.finish();
    rendered.front_matter = front;
    rendered
}

/// Where the text is cut that is too long: at the end of a line, where there is one.
fn cut(text: &str) -> usize {
    if text.len() <= MAX_INPUT {
        return text.len();
    }
    let mut end = MAX_INPUT;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].rfind('\n').filter(|at| *at > end / 2).map_or(end, |at| at + 1)
}

/// The state of one page.
pub(super) struct Writer<'a> {
    pub(super) source: &'a Source<'a>,
    pub(super) options: Options,
    pub(super) memo: &'a dyn Memo,
    /// HTML with marks.
    pub(super) out: String,
    /// Plain text.
    pub(super) text: String,
    /// What is open.
    pub(super) frames: Vec<Frame>,
    pub(super) ids: Ids,
    pub(super) outline: Vec<Heading>,
    pub(super) footnotes: Footnotes,
    pub(super) code: Option<(Info, String)>,
    pub(super) image: Option<Image>,
    pub(super) links: Vec<Link>,
    /// Links that are open, with where their text begins.
    pub(super) open_links: Vec<(usize, usize)>,
    pub(super) lead: Option<String>,
    pub(super) tab_sets: usize,
    /// The block whose title is the next heading.
    pub(super) titling: Option<usize>,
    /// The lines of the HTML block that is open.
    pub(super) html_block: Option<(String, usize)>,
    mark: String,
    blobs: Vec<String>,
    references: Vec<Part>,
    pub(super) unknown_languages: Vec<(String, Span)>,
    raw: Vec<Range<usize>>,
    budget: Budget,
    problems: Vec<Problem>,
    reported: FxHashSet<&'static str>,
    /// Text that is gathered, with where its pieces come from.
    run: String,
    pieces: Vec<(usize, Range<usize>)>,
}

/// Something open.
#[derive(Debug)]
pub(super) enum Frame {
    /// An element of Markdown with what closes it.
    Element(&'static str),
    /// A paragraph, with where its text begins.
    Paragraph(usize),
    /// A list item, with where its HTML begins.
    Item(usize),
    /// A heading, with the HTML before it, where its text begins, and where it stands.
    Heading(u8, String, usize, Range<usize>),
    /// A footnote, with the HTML before it.
    Footnote(String, String),
    /// A table: its columns, the cell, and whether the body is open.
    Table(Vec<&'static str>, usize, bool),
    /// A block of MkDocs with what closes it.
    Panel(&'static str),
    /// A reference in angle brackets: where its HTML begins, its target, and where it stands.
    Reference(usize, String, Span),
    /// A set of tabs, by its number, and how many tabs it has.
    Tabs(usize, usize),
}

/// An image that is open: its alternative text is what stands in it.
pub(super) struct Image {
    pub(super) link: usize,
    pub(super) title: String,
    pub(super) alt: String,
    pub(super) depth: usize,
}

impl<'a> Writer<'a> {
    fn new(source: &'a Source<'a>, nonce: &str, options: Options, memo: &'a dyn Memo) -> Self {
        let mark = format!("~{nonce}");
        Self {
            source,
            options,
            memo,
            out: String::with_capacity(source.text.len() * 2),
            text: String::with_capacity(source.text.len()),
            frames: Vec::new(),
            ids: Ids::default(),
            outline: Vec::new(),
            footnotes: Footnotes::new(format!("{mark}K~")),
            code: None,
            image: None,
            links: Vec::new(),
            open_links: Vec::new(),
            lead: None,
            tab_sets: 0,
            titling: None,
            html_block: None,
            mark,
            blobs: Vec::new(),
            references: Vec::new(),
            unknown_languages: Vec::new(),
            raw: Vec::new(),
            budget: Budget::default(),
            problems: Vec::new(),
            reported: FxHashSet::default(),
            run: String::new(),
            pieces: Vec::new(),
        }
    }

    fn run(&mut self) {
        use pulldown_cmark::Options as Flags;
        let flags = Flags::ENABLE_TABLES
            | Flags::ENABLE_FOOTNOTES
            | Flags::ENABLE_STRIKETHROUGH
            | Flags::ENABLE_TASKLISTS
            | Flags::ENABLE_GFM
            | Flags::ENABLE_DEFINITION_LIST;
        let source = self.source;
        let mut events = Parser::new_ext(&source.text, flags).into_offset_iter();
        let mut count = 0;
        while let Some((event, range)) = events.next() {
            count += 1;
            if count > MAX_EVENTS {
                self.flush();
                let span = source.span(range.start..source.text.len());
                self.problem(span, ProblemKind::TooMany);
                self.close_all();
                self.plain(&source.text[range.start..]);
                return;
            }
            self.event(event, range, &events);
        }
        self.flush();
        self.close_all();
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>, events: &OffsetIter<'_>) {
        if let Event::Text(text) = &event {
            return self.gather(text, range);
        }
        self.flush();
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) if self.image.is_some() => {
                if let Some(image) = &mut self.image {
                    image.depth += 1;
                }
            }
            Event::Start(tag) => self.start(tag, range, events),
            Event::End(tag) => self.end(tag, range),
            Event::Code(code) => self.inline(&code, |out, code| {
                out.push_str("<code>");
                escape_into(out, code);
                out.push_str("</code>");
            }),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.inline(&text, escape_into),
            Event::SoftBreak => self.inline("\n", |out, _| out.push('\n')),
            Event::HardBreak => self.inline("\n", |out, _| out.push_str("<br>\n")),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::InlineHtml(html) => self.author_html(&html, range),
            Event::Html(html) => self.html_line(&html, range),
            Event::FootnoteReference(label) => {
                if self.image.is_none() {
                    let reference = self.footnotes.reference(&label);
                    self.out.push_str(&reference);
                }
            }
            Event::TaskListMarker(done) => self.task(done),
            Event::Text(_) => {}
        }
    }

    /// Text and what it is written as; in the alternative text of an image it is text only.
    fn inline(&mut self, text: &str, write: impl Fn(&mut String, &str)) {
        if let Some(image) = &mut self.image {
            image.alt.push_str(if text == "\n" { " " } else { text });
            return;
        }
        write(&mut self.out, text);
        self.text.push_str(if text == "\n" { " " } else { text });
    }

    fn gather(&mut self, text: &str, range: Range<usize>) {
        if let Some((_, code)) = &mut self.code {
            code.push_str(text);
            return;
        }
        if let Some((block, _)) = &mut self.html_block {
            // The indentation of a block comes apart from it.
            block.push_str(text);
            return;
        }
        self.pieces.push((self.run.len(), range));
        self.run.push_str(text);
    }

    /// Writes the text that was gathered, its bare URLs as links.
    pub(super) fn flush(&mut self) {
        if self.run.is_empty() {
            self.pieces.clear();
            return;
        }
        let run = std::mem::take(&mut self.run);
        let pieces = std::mem::take(&mut self.pieces);
        if !self.open_links.is_empty() || self.image.is_some() {
            return self.inline(&run, escape_into);
        }
        let mut from = 0;
        for found in references::find(&run) {
            self.urls(&run, from..found.range.start, &pieces);
            from = found.range.end;
            self.reference(&run, &found, &pieces);
        }
        self.urls(&run, from..run.len(), &pieces);
    }

    /// Writes a reference; what it is shown as is known when it is resolved.
    fn reference(&mut self, run: &str, found: &references::Found, pieces: &[(usize, Range<usize>)]) {
        let (start, end) = (origin(pieces, found.target.start), origin(pieces, found.target.end - 1) + 1);
        let text = found.text.clone().map(|range| run[range].to_owned());
        self.text.push_str(text.as_deref().unwrap_or(&run[found.target.clone()]));
        self.open_reference(
            run[found.target.clone()].to_owned(),
            text,
            run[found.range.clone()].to_owned(),
            self.source.span(start..end),
        );
    }

    /// Puts a mark for a reference.
    pub(super) fn open_reference(&mut self, target: String, text: Option<String>, written: String, span: Span) {
        let link = self.link(LinkKind::Reference, target, span);
        self.links[link].text = text.clone().unwrap_or_default();
        self.out.push_str(&format!("{}R{}~", self.mark, self.references.len()));
        self.references.push(Part::Reference { link, text, written });
    }

    /// Writes a part of the text that was gathered, its bare URLs as links.
    fn urls(&mut self, run: &str, range: Range<usize>, pieces: &[(usize, Range<usize>)]) {
        let mut from = range.start;
        for url in bare_urls(&run[range.clone()]) {
            let url = url.start + range.start..url.end + range.start;
            self.inline(&run[from..url.start], escape_into);
            from = url.end;
            let written = &run[url.clone()];
            let target = if written.starts_with("www.") { format!("https://{written}") } else { written.to_owned() };
            let (start, end) = (origin(pieces, url.start), origin(pieces, url.end - 1) + 1);
            let link = self.link(LinkKind::Bare, target, self.source.span(start..end));
            written.clone_into(&mut self.links[link].text);
            self.out.push_str(&format!("<a href=\"{}L{link}~\">{}</a>", self.mark, escape(written)));
            self.text.push_str(written);
        }
        self.inline(&run[from..range.end], escape_into);
    }

    /// Adds a link; gives its number.
    pub(super) fn link(&mut self, kind: LinkKind, target: String, span: Span) -> usize {
        self.links.push(Link { kind, target, text: String::new(), span });
        self.links.len() - 1
    }

    /// The mark for a link in an attribute.
    pub(super) fn slot(&self, link: usize) -> String {
        format!("{}L{link}~", self.mark)
    }

    /// What is put before the value of an attribute that is the engine's own.
    pub(super) fn own(&self) -> String {
        format!("{}K~", self.mark)
    }

    /// Writes HTML that no cleaner may touch.
    pub(super) fn blob(&mut self, html: String) {
        self.out.push_str(&format!("{}B{}~", self.mark, self.blobs.len()));
        self.blobs.push(html);
    }

    /// Writes HTML of the author.
    pub(super) fn author_html(&mut self, html: &str, range: Range<usize>) {
        if self.image.is_some() {
            return;
        }
        let html = raw::without_comments(html);
        self.text.push_str(&raw::plain(&html));
        if matches!(html.trim(), "" | "<br>" | "<br/>" | "<br />") {
            self.out.push_str(if html.trim().is_empty() { "" } else { "<br>" });
        } else if self.budget.take(&html) {
            self.out.push_str(&html);
            self.raw.push(range);
        } else {
            self.problem(self.source.span(range), ProblemKind::TooMuchHtml);
            escape_into(&mut self.out, &html);
        }
    }

    /// Notes a problem; of each kind one is enough.
    pub(super) fn problem(&mut self, span: Span, kind: ProblemKind) {
        let name = match kind {
            ProblemKind::TooLong => "long",
            ProblemKind::TooDeep => "deep",
            ProblemKind::TooMany => "many",
            ProblemKind::TooMuchHtml => "html",
        };
        if self.reported.insert(name) {
            self.problems.push(Problem { span, kind });
        }
    }

    /// Writes a text as it is.
    fn plain(&mut self, text: &str) {
        self.blob(format!("<pre class=\"hl\" tabindex=\"0\"><code>{}</code></pre>\n", escape(text)));
        self.text.push_str(text);
    }

    fn finish(mut self) -> Rendered {
        let footnotes = std::mem::take(&mut self.footnotes).html();
        self.out.push_str(&footnotes);
        let draft =
            Draft { html: self.out, mark: &self.mark, blobs: self.blobs, references: self.references, raw: self.raw };
        let parts = assemble(draft, self.source, &mut self.links, &mut self.ids);
        let (anchors, names) = self.ids.finish();
        let title = self.outline.iter().find(|heading| heading.level == 1).map(|heading| heading.text.clone());
        Rendered {
            parts,
            names,
            title,
            lead: self.lead,
            outline: self.outline,
            anchors,
            links: self.links,
            text: self.text.trim_end().to_owned(),
            front_matter: None,
            problems: self.problems,
            unknown_languages: self.unknown_languages,
        }
    }
}

/// Where a byte of gathered text comes from.
fn origin(pieces: &[(usize, Range<usize>)], at: usize) -> usize {
    let index = pieces.partition_point(|(start, _)| *start <= at).saturating_sub(1);
    pieces.get(index).map_or(0, |(start, range)| (range.start + (at - start)).min(range.end.saturating_sub(1)))
}
