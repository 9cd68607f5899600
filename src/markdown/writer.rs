//! Events to HTML: the state of one page, text and inline events, the limits. What each block
//! becomes stands in [`super::elements`] and [`super::panels`].

use std::ops::Range;

use pulldown_cmark::{Event, OffsetIter, Parser};
use rustc_hash::FxHashSet;

use crate::base::{Hash, Memo, Span};

use super::annotations::{Annotated, Notes};
use super::assemble::{Blob, Draft, assemble};
use super::authored::Authored;
use super::blocks::Source;
use super::extensions::Extensions;
use super::fences::Info;
use super::footnotes::Footnotes;
use super::front_matter::{self, Front};
use super::ids::Ids;
use super::inline::{Abbreviations, Attributes, Leaf, MAX_ABBREVIATIONS, is_inline};
use super::snippets::{self, Included, Snippets};
use super::templates;
use super::text::escape;
use super::{
    Diagrams, Heading, Link, LinkKind, MAX_INPUT, MAX_LINE, Options, Problem, ProblemKind, Reference, Rendered, Undrawn,
};

/// Deepest nesting of elements.
pub(super) const MAX_DEPTH: usize = 100;
/// Most events of the parser.
pub(super) const MAX_EVENTS: usize = 1_500_000;

/// Renders a page.
pub(super) fn render(
    text: &str,
    options: &Options<'_>,
    snippets: Option<&dyn Snippets>,
    extensions: &Extensions,
    memo: &dyn Memo,
) -> Rendered {
    let cut = cut(text);
    let front = if options.front_matter { front_matter::split(&text[..cut]) } else { Front::default() };
    let start = front.end;
    let included = snippets::include(&text[start..cut], start, text.len(), snippets, extensions);
    let lines = included.as_ref().map(Included::lines);
    let nonce = nonce(text, included.as_ref());
    let source = Source::new(&text[start..cut], start, &nonce, lines);
    let mut writer = Writer::new(&source, &nonce, *options, extensions, memo);
    if let Some(wrong) = front.wrong {
        // It is shown, so that nothing is lost.
        writer.plain(&text[..start]);
        writer.problems.push(wrong);
    }
    if let Some(at) = source.too_deep {
        writer.problem(Span::new(at, at + 1), ProblemKind::BlocksTooDeep);
    }
    if let Some(range) = writer.abbreviations.beyond.take() {
        writer.problem(source.span(range), ProblemKind::TooManyOf("abbreviations", MAX_ABBREVIATIONS));
    }
    if let Some(line) = long_line(&text[..cut]) {
        writer.problem(line, ProblemKind::LongLine);
    }
    writer.run();
    let tags = templates::find(&source, &writer.code_ranges);
    if cut < text.len() {
        writer.problem(Span::new(cut, text.len()), ProblemKind::TooLong);
        writer.plain(&text[cut..]);
    }
    let mut rendered = writer.finish();
    rendered.front_matter = front.found;
    rendered.template_tags = tags;
    if let Some(included) = included {
        rendered.problems.extend(included.problems);
        rendered.included = included.files;
    }
    rendered
}

/// A number that only this page knows: of all that it holds, what it includes as well, so that no
/// file that is included can name it.
fn nonce(text: &str, included: Option<&Included<'_>>) -> String {
    let texts = || std::iter::once(text).chain(included.into_iter().flat_map(Included::texts));
    let mut hash = Hash::of(text.as_bytes());
    for other in texts().skip(1) {
        hash = Hash::of(format!("{}{}", hash.hex(), Hash::of(other.as_bytes()).hex()).as_bytes());
    }
    let mut nonce = hash.short(16);
    while texts().any(|text| text.contains(&nonce)) {
        nonce = Hash::of(nonce.as_bytes()).short(16);
    }
    nonce
}

/// The first line that is too long.
fn long_line(text: &str) -> Option<Span> {
    if text.len() <= MAX_LINE {
        return None;
    }
    let mut at = 0;
    let mut lines = text.split('\n').map(|line| {
        let start = at;
        at += line.len() + 1;
        start..start + line.len()
    });
    lines.find(|line| line.len() > MAX_LINE).map(|line| Span::new(line.start, line.end))
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
    pub(super) options: Options<'a>,
    pub(super) extensions: &'a Extensions,
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
    /// What the next block may be the annotations of.
    pub(super) annotated: Option<Annotated>,
    /// How many lists of annotations there are.
    pub(super) note_sets: usize,
    /// Ranges of code.
    pub(super) code_ranges: Vec<Range<usize>>,
    pub(super) diagrams: Diagrams,
    pub(super) formulas: usize,
    pub(super) undrawn: Vec<Undrawn>,
    mark: String,
    pub(super) blobs: Vec<Blob>,
    references: Vec<Reference>,
    pub(super) unknown_languages: Vec<(String, Span)>,
    /// Where the author wrote HTML.
    pub(super) raw: Vec<Range<usize>>,
    pub(super) authored: Authored,
    problems: Vec<Problem>,
    reported: FxHashSet<&'static str>,
    /// The leaf block that is open.
    pub(super) leaf: Leaf<'a>,
    pub(super) abbreviations: Abbreviations,
    /// What the heading that is open was given.
    pub(super) heading_attributes: Option<Attributes>,
    /// The blobs that become lists of headings.
    pub(super) contents: Vec<usize>,
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
    /// An element of the author, by its block.
    Authored(usize),
    /// Blocks with annotations: where their HTML begins, and what closes it.
    Annotated(usize, &'static str),
    /// The list of annotations.
    Notes(Notes),
}

impl Frame {
    /// Whether a marker of the line pass closes it.
    pub(super) fn is_panel(&self) -> bool {
        matches!(self, Self::Panel(_) | Self::Tabs(..) | Self::Authored(_) | Self::Annotated(..))
    }
}

/// An image that is open: its alternative text is what stands in it.
pub(super) struct Image {
    pub(super) link: usize,
    pub(super) title: String,
    pub(super) alt: String,
    pub(super) depth: usize,
    pub(super) attributes: Option<Box<Attributes>>,
}

impl<'a> Writer<'a> {
    fn new(
        source: &'a Source<'a>,
        nonce: &str,
        options: Options<'a>,
        extensions: &'a Extensions,
        memo: &'a dyn Memo,
    ) -> Self {
        let mark = format!("~{nonce}");
        Self {
            source,
            options,
            extensions,
            memo,
            out: String::with_capacity(source.text.len() * 2),
            text: String::with_capacity(source.text.len()),
            frames: Vec::new(),
            ids: Ids::new(extensions.slugs.clone()),
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
            annotated: None,
            note_sets: 0,
            code_ranges: Vec::new(),
            diagrams: Diagrams::default(),
            formulas: 0,
            undrawn: Vec::new(),
            mark,
            blobs: Vec::new(),
            references: Vec::new(),
            unknown_languages: Vec::new(),
            raw: Vec::new(),
            authored: Authored::default(),
            problems: Vec::new(),
            reported: FxHashSet::default(),
            leaf: Leaf::default(),
            abbreviations: Abbreviations::of(&source.text),
            heading_attributes: None,
            contents: Vec::new(),
        }
    }

    fn run(&mut self) {
        use pulldown_cmark::Options as Flags;
        let flags = Flags::ENABLE_TABLES
            | Flags::ENABLE_FOOTNOTES
            | Flags::ENABLE_TASKLISTS
            | Flags::ENABLE_DEFINITION_LIST
            | Flags::ENABLE_MATH;
        let source = self.source;
        let mut events = Parser::new_ext(&source.text, flags).into_offset_iter();
        let mut count = 0;
        while let Some((event, range)) = events.next() {
            count += 1;
            if count > MAX_EVENTS {
                self.leaf(&events);
                let span = source.span(range.start..source.text.len());
                self.problem(span, ProblemKind::TooMany);
                self.close_all();
                self.plain(&source.text[range.start..]);
                return;
            }
            self.event(event, range, &events);
        }
        self.leaf(&events);
        self.close_all();
    }

    fn event(&mut self, event: Event<'a>, range: Range<usize>, events: &OffsetIter<'_>) {
        if let Event::Text(text) = &event {
            if let Some((_, code)) = &mut self.code {
                code.push_str(text);
                return;
            }
            if let Some((block, _)) = &mut self.html_block {
                // The indentation of a block comes apart from it.
                block.push_str(text);
                return;
            }
        }
        if matches!(event, Event::Code(_) | Event::Start(pulldown_cmark::Tag::CodeBlock(_))) {
            self.code_ranges.push(range.clone());
        }
        if is_inline(&event) {
            let source = self.source;
            return self.leaf.push(event, range, &source.text);
        }
        self.leaf(events);
        match event {
            Event::Start(tag) => self.start(tag, range, events),
            Event::End(tag) => self.end(tag, range),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::Html(html) => self.html_line(&html, range),
            _ => {}
        }
    }

    /// Text and what it is written as; in the alternative text of an image it is text only.
    pub(super) fn inline(&mut self, text: &str, write: impl Fn(&mut String, &str)) {
        if let Some(image) = &mut self.image {
            image.alt.push_str(if text == "\n" { " " } else { text });
            return;
        }
        write(&mut self.out, text);
        self.text.push_str(if text == "\n" { " " } else { text });
    }

    /// Puts a mark for a reference.
    pub(super) fn open_reference(&mut self, target: String, text: Option<String>, written: String, span: Span) {
        let link = self.link(LinkKind::Reference, target, span);
        self.links[link].text = text.clone().unwrap_or_default();
        self.out.push_str(&format!("{}R{}~", self.mark, self.references.len()));
        self.references.push(Reference { link, text, written });
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

    /// Writes HTML that no cleaner may touch; gives its number.
    pub(super) fn blob(&mut self, html: String) -> usize {
        self.finished(Blob::Html(html))
    }

    /// Writes what no cleaner may touch; gives its number.
    pub(super) fn finished(&mut self, blob: Blob) -> usize {
        self.out.push_str(&format!("{}B{}~", self.mark, self.blobs.len()));
        self.blobs.push(blob);
        self.blobs.len() - 1
    }

    /// Notes a problem; of each kind one is enough.
    pub(super) fn problem(&mut self, span: Span, kind: ProblemKind) {
        let name = match kind {
            ProblemKind::TooLong => "long",
            ProblemKind::TooDeep => "deep",
            ProblemKind::TooMany => "many",
            ProblemKind::TooMuchHtml => "html",
            ProblemKind::BlocksTooDeep => "blocks",
            ProblemKind::LongLine => "line",
            ProblemKind::TooManyOf(what, _) => what,
            _ => "",
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
        self.close_all_authored();
        for blob in std::mem::take(&mut self.contents) {
            self.blobs[blob] = Blob::Html(self.contents_html());
        }
        let footnotes = std::mem::take(&mut self.footnotes).html();
        self.out.push_str(&footnotes);
        let draft =
            Draft { html: self.out, mark: &self.mark, blobs: self.blobs, references: self.references, raw: self.raw };
        let (html, gaps) = assemble(draft, self.source, &mut self.links, &mut self.ids);
        let (anchors, names) = self.ids.finish();
        let title = self.outline.iter().find(|heading| heading.level == 1).map(|heading| heading.text.clone());
        Rendered {
            html,
            gaps,
            names,
            title,
            lead: self.lead,
            outline: self.outline,
            anchors,
            links: self.links,
            text: self.text.trim_end().to_owned(),
            front_matter: None,
            problems: self.problems,
            template_tags: templates::Tags::default(),
            included: Vec::new(),
            diagrams: self.diagrams,
            undrawn: self.undrawn,
            unknown_languages: self.unknown_languages,
        }
    }
}
