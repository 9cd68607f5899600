//! The one Markdown engine: text in; HTML with open link slots, outline, plain text, links and
//! problems out. Pure: it knows no file, no entity and no site, and fetches nothing.
//!
//! The way of a page: front matter is split off, a line pass turns the block syntax of MkDocs
//! (`!!!`, `???`, `===`) into markers and keeps the offsets (`blocks`), pulldown-cmark reads
//! the rest as CommonMark with GitHub's extensions, `writer` turns events into HTML, and
//! `assemble` cleans what the author wrote as HTML and cuts the result at its links.
//!
//! This module alone names the Markdown parser, the highlighter and the HTML cleaner.

mod annotations;
mod assemble;
mod authored;
mod blocks;
mod clean;
mod diagrams;
mod directives;
mod elements;
mod extensions;
mod fences;
mod footnotes;
mod front_matter;
mod guard;
mod highlight;
mod ids;
mod inline;
mod lexers;
mod marks;
mod maths;
mod panels;
mod prose;
mod scopes;
mod snippets;
mod svg;
mod templates;
mod text;
mod writer;

#[cfg(test)]
mod block_tests;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use crate::base::{Memo, Span};
use crate::model::format::is_dangerous_url;

pub use authored::plain;
#[doc(hidden)]
pub use blocks::lost_words;
pub use extensions::{Case, Extensions, NO_EXTENSIONS, Signs, SlugRule, Slugs};
pub use front_matter::FrontMatter;
pub use highlight::{highlight, known_languages};
pub use marks::{Mark, with_marks};
pub use prose::{
    Description, Lead, described, description, description_with_parts, first_sentence, plain_text, reference_of,
};
pub use snippets::{IncludedFile, SnippetText, Snippets};
pub use svg::clean_svg;
pub use templates::Tags;
pub use text::escape;

/// Longest text that is read as Markdown, in bytes; what comes after is shown as it is.
pub const MAX_INPUT: usize = 4 * 1024 * 1024;

/// Longest line and paragraph in which inline syntax beyond CommonMark is looked for.
const MAX_LINE: usize = 256 * 1024;

/// What a text is rendered for.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// Whether headings get ids and anchors. Texts that are shown among others go without.
    pub anchors: bool,
    /// How many levels headings are moved down.
    pub heading_base: u8,
    /// Whether a YAML block at the very start is front matter.
    pub front_matter: bool,
    /// Hosts whose pages may stand in the page as frames.
    pub frames: &'a [String],
}

impl Options<'_> {
    /// A page of its own.
    pub const PAGE: Self = Self { anchors: true, heading_base: 0, front_matter: true, frames: &[] };
    /// A text inside another page.
    pub const FRAGMENT: Self = Self { anchors: false, heading_base: 2, front_matter: false, frames: &[] };
}

/// A text that was rendered, its links still open.
#[derive(Debug, Clone, Default)]
pub struct Rendered {
    /// The HTML, without what stands in its gaps.
    html: Box<str>,
    /// Where something is put into the HTML, and what, in order.
    gaps: Box<[(usize, Gap)]>,
    /// Ids and other names for them, to the index of the id.
    names: FxHashMap<String, usize>,
    /// The text of the first heading of level 1.
    pub title: Option<String>,
    /// The plain text of the first paragraph.
    pub lead: Option<String>,
    /// The headings, in order.
    pub outline: Vec<Heading>,
    /// All ids that a link may lead to.
    pub anchors: Vec<String>,
    /// All links and images, in the order of the slots.
    pub links: Vec<Link>,
    /// The plain text.
    pub text: String,
    /// The YAML block at the start.
    pub front_matter: Option<FrontMatter>,
    /// What could not be rendered as it was meant.
    pub problems: Vec<Problem>,
    /// What a template engine would fill in.
    pub template_tags: Tags,
    /// The files that the page includes. Every span of the page may lie in one of them.
    pub included: Vec<IncludedFile>,
    /// How many diagrams were drawn, and how many are shown as source.
    pub diagrams: Diagrams,
    /// Diagrams and formulas that are shown as source.
    pub undrawn: Vec<Undrawn>,
    /// Languages of fences that are not known, with where the fences begin.
    pub unknown_languages: Vec<(String, Span)>,
}

/// Diagrams in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Diagrams {
    /// Drawn.
    pub drawn: usize,
    /// Shown as source.
    pub shown: usize,
}

impl Diagrams {
    /// All of them.
    pub fn total(self) -> usize {
        self.drawn + self.shown
    }
}

/// A diagram or formula that is shown as source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undrawn {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: UndrawnKind,
    /// What is said of it.
    pub message: String,
}

/// What is shown as source, and whether that is somebody's mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UndrawnKind {
    /// A diagram that could not be drawn.
    Diagram,
    /// A diagram in a language that nothing here draws.
    Language,
    /// A formula that could not be read.
    Formula,
}

/// What is put into the HTML when it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Gap {
    /// An attribute, when its link leads somewhere.
    Slot { link: u32, attribute: &'static str },
    /// A block of code. It is highlighted when it is written: as text it is a third as long, and who
    /// only checks never pays for it.
    Code(Box<fences::Block>),
    /// A reference: a link with the text that its target has, or what was written.
    Reference(Box<Reference>),
}

/// A reference to something that is not known here.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Reference {
    link: usize,
    /// The text that the author gave it.
    text: Option<String>,
    written: String,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its id; empty when the options want none.
    pub id: String,
    /// Its plain text.
    pub text: String,
    /// Where that begins and ends in the plain text of the page.
    pub in_text: (usize, usize),
    /// Where it stands.
    pub span: Span,
}

/// A link or image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it is.
    pub kind: LinkKind,
    /// Its target, entities and escapes undone.
    pub target: String,
    /// The text of a link, the alternative text of an image.
    pub text: String,
    /// Where the target stands in the text.
    pub span: Span,
}

/// What a link is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// A link of Markdown.
    Page,
    /// An image of Markdown.
    Image,
    /// A URL that was written as text.
    Bare,
    /// A link in HTML.
    HtmlPage,
    /// An image, video or poster in HTML.
    HtmlImage,
    /// A reference to be resolved by what it names: `[[target]]`, `entity:kind:name`.
    Reference,
}

impl LinkKind {
    /// Whether it shows its target in the page.
    pub fn is_image(self) -> bool {
        matches!(self, Self::Image | Self::HtmlImage)
    }
}

/// Where a link leads in the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Href {
    /// Here.
    To(String),
    /// Here, with this text where the author gave none.
    Titled(String, String),
    /// To a picture of this size in pixels.
    Picture {
        /// Where it is.
        href: String,
        /// Its width.
        width: u32,
        /// Its height.
        height: u32,
    },
    /// To nothing that exists: the text stays and is marked.
    Missing,
    /// Nowhere: the text stays.
    Unlinked,
}

/// Something that could not be rendered as it was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it begins.
    pub span: Span,
    /// What it is.
    pub kind: ProblemKind,
}

/// The limits that a text can pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// It is longer than [`MAX_INPUT`].
    TooLong,
    /// Quotes, lists or emphasis are nested too deep; inner ones are shown flat.
    TooDeep,
    /// Blocks of MkDocs are nested too deep; inner ones are not looked for.
    BlocksTooDeep,
    /// A line or a paragraph is so long that only CommonMark is looked for in it.
    LongLine,
    /// There are more of something than a page can bear; the rest is text.
    TooManyOf(&'static str, usize),
    /// It makes more elements than a page can bear; the rest is shown as it is.
    TooMany,
    /// It holds more raw HTML than is cleaned; it is shown as text.
    TooMuchHtml,
    /// It includes more than a page may hold; what is beyond is left out.
    TooMuchIncluded,
    /// A file that it includes is not there.
    Snippet {
        /// What was written.
        name: String,
        /// Why, in words that follow a comma.
        why: String,
    },
    /// Its front matter cannot be read: why.
    FrontMatter(String),
}

impl ProblemKind {
    /// The problem in one sentence, and what is done about it.
    pub fn message(&self) -> String {
        match self {
            Self::TooLong => {
                format!("the page is longer than {} MiB; the rest is shown as plain text", MAX_INPUT / 1024 / 1024)
            }
            Self::TooDeep => format!("nested deeper than {} levels; what is inside is shown flat", writer::MAX_DEPTH),
            Self::BlocksTooDeep => {
                format!("blocks nested deeper than {} levels; what is inside is not looked into", blocks::MAX_DEPTH)
            }
            Self::LongLine => {
                format!("a line or paragraph is longer than {} KiB; it is read as plain CommonMark", MAX_LINE / 1024)
            }
            Self::TooManyOf(what, most) => {
                format!("the page has more than {} {what}; the rest is shown as text", grouped(*most))
            }
            Self::TooMany => {
                format!("the page has more than {} elements; the rest is shown as plain text", writer::MAX_EVENTS)
            }
            Self::TooMuchHtml => {
                format!("the page has more than {} HTML tags; they are shown as text", authored::MAX_TAGS)
            }
            Self::TooMuchIncluded => {
                format!("the page includes more than {} MiB; the rest is left out", MAX_INPUT / 1024 / 1024)
            }
            Self::Snippet { name, why } => format!("the snippet `{name}` is not included, {why}"),
            Self::FrontMatter(why) => format!("the front matter cannot be read: {why}"),
        }
    }
}

/// A number with a comma between its thousands.
fn grouped(number: usize) -> String {
    if number < 1_000 { number.to_string() } else { format!("{},{:03}", grouped(number / 1_000), number % 1_000) }
}

/// Renders a text. Diagrams and code within a line are asked of and given to `memo`.
pub fn render(text: &str, options: &Options<'_>, memo: &dyn Memo) -> Rendered {
    writer::render(text, options, None, &NO_EXTENSIONS, memo)
}

/// [`render`] for a page that may include files, with the options of its site.
pub fn render_with(
    text: &str,
    options: &Options<'_>,
    snippets: &dyn Snippets,
    extensions: &Extensions,
    memo: &dyn Memo,
) -> Rendered {
    writer::render(text, options, Some(snippets), extensions, memo)
}

/// Writes the size of a picture into its open tag, so that nothing moves when it is there. `rest` is
/// what follows in the tag; a width that the author gave decides on the height.
fn room(out: &mut String, rest: &str, width: u32, height: u32) {
    let before = &out[out.rfind('<').unwrap_or(0)..];
    if !before.starts_with("<img") {
        return;
    }
    let after = &rest[..rest.find('>').unwrap_or(rest.len())];
    let given = |name: &str| {
        let open = format!(" {name}=\"");
        [before, after].into_iter().find_map(|part| part.split_once(&open)?.1.split('"').next())
    };
    match (given("width").map(str::parse::<u32>), given("height")) {
        (None, None) => {
            let _ = write!(out, " width=\"{width}\" height=\"{height}\"");
        }
        (Some(Ok(shown)), None) => {
            let scaled = u64::from(shown) * u64::from(height) / u64::from(width.max(1));
            let _ = write!(out, " height=\"{}\"", scaled.max(1));
        }
        _ => {}
    }
}

impl Reference {
    fn write(&self, out: &mut String, resolve: &mut dyn FnMut(usize) -> Href) {
        let (href, title) = match resolve(self.link) {
            Href::To(href) | Href::Picture { href, .. } => (href, None),
            Href::Titled(href, title) => (href, Some(title)),
            Href::Missing | Href::Unlinked => (String::new(), None),
        };
        if href.is_empty() || is_dangerous_url(&href) {
            out.push_str(&escape(&self.written));
        } else {
            let shown = self.text.as_ref().or(title.as_ref()).unwrap_or(&self.written);
            out.push_str(&format!("<a href=\"{}\">{}</a>", escape(&href), escape(shown)));
        }
    }
}

impl Rendered {
    /// The HTML, with every link led to where `resolve` says by its index. Highlighted code is asked
    /// of and given to `memo`.
    pub fn html(&self, resolve: &mut dyn FnMut(usize) -> Href, memo: &dyn Memo) -> String {
        let gap = |(_, gap): &(usize, Gap)| if let Gap::Code(block) = gap { block.size() } else { 64 };
        let mut out = String::with_capacity(self.html.len() + self.gaps.iter().map(gap).sum::<usize>());
        let mut from = 0;
        for (at, gap) in &self.gaps {
            out.push_str(&self.html[from..*at]);
            from = *at;
            match gap {
                Gap::Code(block) => block.write(&mut out, memo),
                Gap::Reference(found) => found.write(&mut out, resolve),
                Gap::Slot { link, attribute } => {
                    let href = resolve(*link as usize);
                    if let (Href::Picture { width, height, .. }, "src") = (&href, *attribute) {
                        room(&mut out, &self.html[*at..], *width, *height);
                    }
                    self.slot(&mut out, *link as usize, attribute, href);
                }
            }
        }
        out.push_str(&self.html[from..]);
        out
    }

    fn slot(&self, out: &mut String, link: usize, attribute: &str, href: Href) {
        match href {
            Href::To(href) | Href::Titled(href, _) | Href::Picture { href, .. } if !is_dangerous_url(&href) => {
                for part in [" ", attribute, "=\"", &escape(&href), "\""] {
                    out.push_str(part);
                }
            }
            Href::Missing if self.links.get(link).is_some_and(|link| link.kind == LinkKind::Page) => {
                out.push_str(" class=\"missing\"");
            }
            _ => {}
        }
    }

    /// Where a span of the page really is: the number of the file that it includes, and the span
    /// in that file; no number for the page itself.
    pub fn place(&self, span: Span) -> (Option<u32>, Span) {
        // The last one that begins before it.
        let index = self.included.partition_point(|file| file.addresses.start <= span.start as usize);
        let file = index.checked_sub(1).and_then(|index| self.included.get(index));
        file.and_then(|file| Some((Some(file.number), file.span(span)?))).unwrap_or((None, span))
    }

    /// The id that a fragment leads to: the id itself, or the heading that GitHub would give
    /// this id.
    pub fn anchor(&self, fragment: &str) -> Option<&str> {
        let at = self.names.get(fragment).or_else(|| self.names.get(&fragment.to_lowercase()))?;
        self.anchors.get(*at).map(String::as_str)
    }
}
