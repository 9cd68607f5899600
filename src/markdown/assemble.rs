//! From the writer's HTML to parts: the author's own HTML is cleaned, its links and ids are found
//! and joined to those of Markdown, and for every link it is noted where it stands.
//!
//! The writer leaves marks that hold a number only this page knows: `~<nonce>L7~` is link 7 in
//! an attribute, `~<nonce>B7~` is a finished block of HTML that no cleaner may touch,
//! `~<nonce>R7~` is a reference whose text is not known yet, and
//! `~<nonce>K~` before the value of an attribute says that it is the engine's own.

use std::ops::Range;

use super::blocks::Source;
use super::clean::clean;
use super::fences::Block;
use super::ids::Ids;
use super::text::{escape, unescape};
use super::{Gap, Link, LinkKind, Reference};

/// What the writer made.
pub(super) struct Draft<'a> {
    /// HTML with marks.
    pub(super) html: String,
    /// `~` and the nonce.
    pub(super) mark: &'a str,
    /// Finished blocks.
    pub(super) blobs: Vec<Blob>,
    /// References.
    pub(super) references: Vec<Reference>,
    /// Where the author wrote HTML, as ranges of the source; empty when nowhere.
    pub(super) raw: Vec<Range<usize>>,
}

/// A finished block.
pub(super) enum Blob {
    /// As it is.
    Html(String),
    /// Code that is highlighted when it is written.
    Code(Box<Block>),
}

/// Takes the marks out of a draft, and says what stands where they were. Links and ids of the author's HTML are added to the lists.
pub(super) fn assemble(
    draft: Draft<'_>,
    source: &Source<'_>,
    links: &mut Vec<Link>,
    ids: &mut Ids,
) -> (Box<str>, Box<[(usize, Gap)]>) {
    let blobs = draft.blobs.into_iter().map(Some).collect();
    let mut out = Assembly {
        gaps: Vec::new(),
        html: String::with_capacity(draft.html.len()),
        blobs,
        references: draft.references,
    };
    if draft.raw.is_empty() {
        out.text(&draft.html, draft.mark);
    } else {
        let cleaned = clean(&draft.html);
        let mut authored = Authored { source, links, ids, raw: draft.raw, at: (0, 0), misses: 0 };
        out.tokens(&cleaned, draft.mark, &mut authored);
    }
    // Copied: what only shrinks keeps its room, and a page is kept until the site is written.
    (Box::from(out.html.as_str()), out.gaps.into_boxed_slice())
}

struct Assembly {
    gaps: Vec<(usize, Gap)>,
    html: String,
    blobs: Vec<Option<Blob>>,
    references: Vec<Reference>,
}

impl Assembly {
    /// Takes HTML in which all marks are the writer's.
    fn text(&mut self, html: &str, mark: &str) {
        let mut rest = html;
        while let Some(at) = rest.find(mark) {
            self.html.push_str(&rest[..at]);
            rest = self.mark(&rest[at + mark.len()..]);
        }
        self.html.push_str(rest);
    }

    /// Takes what a mark stands for; gives what follows it.
    fn mark<'t>(&mut self, after: &'t str) -> &'t str {
        let Some((inner, rest)) = after.split_once('~') else { return after };
        let (kind, number) = inner.split_at(inner.len().min(1));
        match (kind, number.parse::<usize>()) {
            ("L", Ok(link)) => {
                for attribute in ["href", "src"] {
                    let open = format!(" {attribute}=\"");
                    if self.html.ends_with(&open) {
                        self.html.truncate(self.html.len() - open.len());
                        self.slot(link, attribute);
                        return rest.strip_prefix('"').unwrap_or(rest);
                    }
                }
                rest
            }
            ("R", Ok(reference)) => {
                if let Some(found) = self.references.get(reference) {
                    self.gaps.push((self.html.len(), Gap::Reference(Box::new(found.clone()))));
                }
                rest
            }
            ("B", Ok(blob)) => {
                match self.blobs.get_mut(blob).and_then(Option::take) {
                    Some(Blob::Html(html)) => self.html.push_str(&html),
                    Some(Blob::Code(block)) => self.gaps.push((self.html.len(), Gap::Code(block))),
                    None => {}
                }
                rest
            }
            _ => rest,
        }
    }

    fn slot(&mut self, link: usize, attribute: &'static str) {
        let Ok(link) = u32::try_from(link) else { return };
        self.gaps.push((self.html.len(), Gap::Slot { link, attribute }));
    }

    /// Takes HTML as the cleaner writes it: every `<` begins a tag, every value stands in double
    /// quotes.
    fn tokens(&mut self, html: &str, mark: &str, authored: &mut Authored<'_, '_>) {
        let mut rest = html;
        while let Some(open) = rest.find('<') {
            self.text(&rest[..open], mark);
            rest = &rest[open..];
            let name_end = rest.find([' ', '>']).unwrap_or(rest.len());
            let name = rest[1..name_end].to_owned();
            self.html.push_str(&rest[..name_end]);
            rest = &rest[name_end..];
            while let Some(attribute) = rest.strip_prefix(' ') {
                let Some((key, after)) = attribute.split_once("=\"") else { break };
                let end = after.find('"').unwrap_or(after.len());
                self.attribute(&name, key, &after[..end], mark, authored);
                rest = after.get(end + 1..).unwrap_or("");
            }
            let end = rest.find('>').map_or(rest.len(), |at| at + 1);
            self.html.push_str(&rest[..end]);
            rest = &rest[end..];
        }
        self.text(rest, mark);
    }

    fn attribute(&mut self, element: &str, key: &str, value: &str, mark: &str, authored: &mut Authored<'_, '_>) {
        if let Some(own) = value.strip_prefix(mark) {
            let Some((inner, rest)) = own.split_once('~') else { return };
            match inner.strip_prefix('L').and_then(|number| number.parse().ok()) {
                Some(link) => self.slot(link, if key == "src" { "src" } else { "href" }),
                None => self.html.push_str(&format!(" {key}=\"{rest}\"")),
            }
            return;
        }
        let plain = unescape(value);
        let (kind, attribute) = match (element, key) {
            ("a", "href") => (LinkKind::HtmlPage, "href"),
            (_, "src") => (LinkKind::HtmlImage, "src"),
            (_, "poster") => (LinkKind::HtmlImage, "poster"),
            // Of several pictures for several densities none can be told apart here.
            (_, "srcset") if plain.contains([',', ' ']) => return,
            (_, "srcset") => (LinkKind::HtmlImage, "srcset"),
            (_, "id") | ("a", "name") => {
                if !plain.is_empty() && !plain.contains(char::is_whitespace) && authored.ids.take(&plain) {
                    self.html.push_str(&format!(" id=\"{}\"", escape(&plain)));
                }
                return;
            }
            _ => {
                self.html.push_str(&format!(" {key}=\"{value}\""));
                return;
            }
        };
        let span = authored.span_of(key, &plain);
        authored.links.push(Link { kind, target: plain, text: String::new(), span });
        self.slot(authored.links.len() - 1, attribute);
    }
}

/// The author's HTML, to find places in it.
struct Authored<'l, 's> {
    source: &'s Source<'s>,
    links: &'l mut Vec<Link>,
    ids: &'l mut Ids,
    raw: Vec<Range<usize>>,
    at: (usize, usize),
    misses: usize,
}

/// How often a value may not be found before the search is given up: each miss reads all HTML.
const MAX_MISSES: usize = 50;

impl Authored<'_, '_> {
    /// Where the value of an attribute stands: the next place that reads the same behind its name, as
    /// attributes come in order.
    fn span_of(&mut self, key: &str, value: &str) -> crate::base::Span {
        let whole = self.raw.first().cloned().unwrap_or(0..0);
        if value.is_empty() || self.misses > MAX_MISSES {
            return self.source.span(whole);
        }
        for wanted in [value.to_owned(), escape(value)] {
            for index in self.at.0..self.raw.len() {
                let range = self.raw[index].clone();
                let from = if index == self.at.0 { self.at.1.max(range.start) } else { range.start };
                let text = self.source.text.get(from..range.end).unwrap_or("");
                let is_value = |(at, _): &(usize, &str)| is_behind(key, &text[..*at]);
                if let Some((found, _)) = text.match_indices(&wanted).find(is_value) {
                    let start = from + found;
                    self.at = (index, start + wanted.len());
                    return self.source.span(start..start + wanted.len());
                }
            }
        }
        self.misses += 1;
        self.source.span(whole)
    }
}

/// Whether a text ends with the name of an attribute, as far as its value.
fn is_behind(key: &str, text: &str) -> bool {
    let name = text.trim_end_matches(['"', '\'', ' ', '\t', '\n']).strip_suffix('=').map_or("", str::trim_end);
    let Some(at) = name.len().checked_sub(key.len()) else { return false };
    name.get(at..).is_some_and(|end| end.eq_ignore_ascii_case(key)) && name[..at].ends_with(char::is_whitespace)
}
