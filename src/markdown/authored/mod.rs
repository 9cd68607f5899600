//! The HTML that authors write among their Markdown, before the cleaner sees it. Only whole tags
//! of allowed elements pass; what is opened inside of a block of Markdown is closed with it, and
//! what closes nothing of the author's is left out. So whatever is written, the page keeps its
//! own structure, and nothing that a browser reads in a way of its own (scripts, `plaintext`,
//! comments that never end) reaches the cleaner at all.

mod frames;
mod styles;
mod tags;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::ProblemKind;
use super::clean::allowed;
use super::svg::clean_inline;
use super::text::{escape, escape_into, unescape};
use super::writer::Writer;
use tags::{Tag, Token};

/// Most tags that a page may hold.
pub(super) const MAX_TAGS: usize = 20_000;
/// Most elements, and most of those that parsers open again in every paragraph, that may be open.
const MAX_OPEN: usize = 200;
const MAX_FORMATTING: usize = 40;
/// Most bytes of drawings in a page, and of one.
const MAX_DRAWINGS: usize = 1024 * 1024;
const MAX_DRAWING: usize = 128 * 1024;

/// What the author opened and did not close yet.
#[derive(Debug, Default)]
pub(super) struct Authored {
    tags: usize,
    drawings: usize,
    drawn: usize,
    open: Vec<Open>,
    /// Elements that were closed inside of a block which is still open: its depth, and the name.
    pending: Vec<Open>,
    /// Elements that nothing closes in the HTML at hand.
    unclosed: Vec<String>,
}

/// An element, and how many blocks of Markdown are open around it.
#[derive(Debug, Clone, Copy)]
struct Open {
    name: &'static str,
    depth: usize,
}

const FORMATTING: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
];
const VOID: &[&str] = &["br", "col", "hr", "img", "source", "wbr"];
/// Elements that end a paragraph.
const BLOCKS: &[&str] = &[
    "blockquote",
    "details",
    "div",
    "dl",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "ul",
];
const TABLE: &[&str] = &["table", "thead", "tbody", "tfoot", "tr", "colgroup"];
const CELLS: &[&str] = &["td", "th", "caption"];
/// Elements whose content is no text of the page.
const DROPPED: &[&str] = &["script", "style", "title"];

impl Writer<'_> {
    /// Writes HTML of the author.
    pub(super) fn author_html(&mut self, html: &str, range: Range<usize>) {
        if self.image.is_some() {
            return;
        }
        if matches!(html.trim(), "<br>" | "<br/>" | "<br />") {
            return self.out.push_str("<br>");
        }
        let (mut at, from) = (0, self.out.len());
        self.authored.unclosed.clear();
        while let Some((token, next)) = tags::next(html, at) {
            at = next;
            match token {
                Token::Text("") => {}
                Token::Text(text) => self.author_text(text),
                Token::Close(name) => self.author_close(&name),
                Token::Open(tag) => {
                    self.authored.tags += 1;
                    if self.authored.tags > MAX_TAGS || self.authored.is_full(&tag.name) {
                        self.problem(self.source.span(range.clone()), ProblemKind::TooMuchHtml);
                        escape_into(&mut self.out, &html[tag.start..tag.end]);
                    } else {
                        at = self.author_open(html, &tag);
                    }
                }
            }
        }
        if !self.out[from..].trim().is_empty() {
            self.raw.push(range);
        } else if html.contains('<') {
            // Comments leave no space.
            self.out.truncate(from);
        }
    }

    fn author_text(&mut self, text: &str) {
        // Entities stay as they are: the cleaner reads them.
        self.out.push_str(&text.replace('<', "&lt;").replace('>', "&gt;"));
        self.text.push_str(&unescape(text));
    }

    /// Writes a tag that opens; gives where the HTML goes on.
    fn author_open(&mut self, html: &str, tag: &Tag<'_>) -> usize {
        let name = match tag.name.as_str() {
            "svg" => return self.drawing(html, tag),
            "iframe" => {
                self.frame(tag);
                // What it holds is for browsers that know no frames, and is kept as a text behind it.
                if html[tag.end..].starts_with(|c: char| c != '<' && !c.is_whitespace()) {
                    self.out.push(' ');
                }
                return tag.end;
            }
            // One that nothing closes is only a tag: its text stays.
            dropped if DROPPED.contains(&dropped) => return self.content_end(html, tag).unwrap_or(tag.end),
            "center" => "div",
            name => name,
        };
        let Some(name) = allowed(name) else { return tag.end };
        let depth = self.frames.len();
        let Some(until) = self.authored.ends_before(name, depth) else { return tag.end };
        self.close_down_to(until);
        if !FORMATTING.contains(&name) && !self.text.ends_with(char::is_whitespace) {
            self.text.push(' ');
        }
        self.out.push('<');
        self.out.push_str(name);
        let styled = styles::Styled::of(tag, name);
        self.out.push_str(&styled.classes());
        for (key, value) in &tag.attributes {
            if !matches!(key.as_str(), "style" | "class") && !styled.replaces(key) {
                let value = value.replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;");
                self.out.push_str(&format!(" {key}=\"{value}\""));
            }
        }
        self.out.push_str(&styled.sizes());
        if matches!(name, "video" | "audio") && tag.get("controls").is_none() {
            self.out.push_str(" controls");
        }
        self.out.push('>');
        // Nothing stands in an anchor that only has a name.
        let is_target = name == "a" && tag.get("href").is_none();
        if VOID.contains(&name) {
        } else if tag.ends || is_target {
            self.out.push_str(&format!("</{name}>"));
        } else {
            self.authored.open.push(Open { name, depth });
        }
        tag.end
    }

    fn author_close(&mut self, name: &str) {
        if name == "br" {
            // Browsers read it so.
            return self.out.push_str("<br>");
        }
        let Some(name) = allowed(if name == "center" { "div" } else { name }) else { return };
        let depth = self.frames.len();
        let Some(at) = self.authored.open.iter().rposition(|open| open.name == name) else { return };
        let found = self.authored.open[at];
        if found.depth == depth {
            // A cell does not end with a word in it.
            let bounded = self.authored.open[at + 1..].iter().any(|open| CELLS.contains(&open.name));
            if !bounded || TABLE.contains(&name) {
                self.close_down_to(at);
            }
        } else if self.authored.pending.len() < MAX_OPEN {
            self.authored.pending.push(found);
        }
    }

    /// Ends what the author left open inside of the blocks beyond a depth.
    pub(super) fn close_authored(&mut self, depth: usize) {
        if let Some(at) = self.authored.open.iter().position(|open| open.depth > depth) {
            self.close_down_to(at);
        }
    }

    /// Ends what the author closed inside of the block that has just ended.
    pub(super) fn close_pending(&mut self) {
        let depth = self.frames.len();
        let due: Vec<Open> = self.authored.pending.extract_if(.., |open| open.depth >= depth).collect();
        for wanted in due {
            let is_it = |open: &Open| open.depth == depth && wanted.depth == depth && open.name == wanted.name;
            if let Some(at) = self.authored.open.iter().rposition(is_it) {
                self.close_down_to(at);
            }
        }
    }

    /// Ends all that is open.
    pub(super) fn close_all_authored(&mut self) {
        self.close_down_to(0);
    }

    /// Ends a table of the author that Markdown follows outside of its cells.
    pub(super) fn close_table(&mut self) {
        let depth = self.frames.len();
        if let Some(last) = self.authored.open.last()
            && last.depth == depth
            && TABLE.contains(&last.name)
        {
            let inside = |open: &Open| open.depth == depth && TABLE.contains(&open.name);
            let count = self.authored.open.iter().rev().take_while(|open| inside(open)).count();
            self.close_down_to(self.authored.open.len() - count);
        }
    }

    fn close_down_to(&mut self, length: usize) {
        while self.authored.open.len() > length {
            let Some(open) = self.authored.open.pop() else { return };
            self.out.push_str(&format!("</{}>", open.name));
        }
    }

    fn content_end(&mut self, html: &str, tag: &Tag<'_>) -> Option<usize> {
        if self.authored.unclosed.contains(&tag.name) {
            return None;
        }
        let end = content_end(html, tag);
        if end.is_none() {
            self.authored.unclosed.push(tag.name.clone());
        }
        end
    }

    /// A drawing in the page: cleaned apart, and never seen by the cleaner of HTML.
    fn drawing(&mut self, html: &str, tag: &Tag<'_>) -> usize {
        let Some(end) = self.content_end(html, tag) else { return tag.end };
        let svg = &html[tag.start..end];
        self.authored.drawings += svg.len();
        if svg.len() > MAX_DRAWING || self.authored.drawings > MAX_DRAWINGS {
            // Its words stay.
            return tag.end;
        }
        self.authored.drawn += 1;
        if let Some(drawing) = clean_inline(svg, self.authored.drawn) {
            self.blob(drawing);
        }
        end
    }

    /// A page inside of the page: of a host that the settings name, or as a link.
    fn frame(&mut self, tag: &Tag<'_>) {
        let Some(address) = tag.get("src").map(unescape) else { return };
        if let Some(html) = frames::element(tag, &address, self.options.frames) {
            self.blob(html);
            return;
        }
        let name = frames::name(&address);
        self.out.push_str(&format!("<a href=\"{}\">Embedded page: {}</a>", escape(&address), escape(name)));
        self.text.push_str(&format!("Embedded page: {name} "));
    }
}

impl Authored {
    fn is_full(&self, name: &str) -> bool {
        let formatting = || self.open.iter().filter(|open| FORMATTING.contains(&open.name)).count();
        self.open.len() >= MAX_OPEN || (FORMATTING.contains(&name) && formatting() >= MAX_FORMATTING)
    }

    /// How many open elements stay when one begins here; none where it may not stand.
    fn ends_before(&self, name: &str, depth: usize) -> Option<usize> {
        let from = self.open.iter().position(|open| open.depth == depth).unwrap_or(self.open.len());
        let here = &self.open[from..];
        let last = |names: &[&str]| here.iter().rposition(|open| names.contains(&open.name));
        let all = self.open.len();
        // Where the innermost of `ends` stands inside of the innermost of `inside`.
        let inside = |inside: &[&str], ends: &[&str]| {
            let holder = last(inside)?;
            let found = here[holder..].iter().position(|open| ends.contains(&open.name));
            Some(found.map_or(all, |at| from + holder + at))
        };
        match name {
            "li" => inside(&["ul", "ol"], &["li"]),
            "dt" | "dd" => inside(&["dl"], &["dt", "dd"]),
            "td" | "th" => inside(&["table"], &["td", "th", "caption", "colgroup"]),
            "tr" => inside(&["table"], &["tr", "caption", "colgroup"]),
            "thead" | "tbody" | "tfoot" | "caption" | "colgroup" => {
                inside(&["table"], &["thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup"])
            }
            "col" => inside(&["table"], &["thead", "tbody", "tfoot", "tr", "td", "th", "caption"]),
            "a" => Some(self.open.iter().position(|open| open.name == "a" && open.depth == depth).unwrap_or(all)),
            block if BLOCKS.contains(&block) => {
                let formatting = here.iter().rev().take_while(|open| FORMATTING.contains(&open.name)).count();
                let holder = all.checked_sub(formatting + 1).and_then(|at| self.open.get(at).map(|open| (at, open)));
                let is_ended = |open: &Open| {
                    let heads = ["h1", "h2", "h3", "h4", "h5", "h6"];
                    open.name == "p" || (heads.contains(&open.name) && heads.contains(&block))
                };
                Some(holder.filter(|(_, open)| open.depth == depth && is_ended(open)).map_or(all, |(at, _)| at))
            }
            _ => Some(all),
        }
    }
}

/// A title that may hold tags of formatting and entities, as MkDocs takes it, without them.
pub fn plain(text: &str) -> String {
    if !text.contains(['<', '&']) {
        return text.to_owned();
    }
    let (mut at, mut out) = (0, String::with_capacity(text.len()));
    while let Some((token, next)) = tags::next(text, at) {
        match token {
            Token::Text(words) => out.push_str(&with_numbers(&unescape(words))),
            Token::Open(Tag { name, .. }) | Token::Close(name) if FORMATTING.contains(&name.as_str()) => {}
            _ => out.push_str(&text[at..next]),
        }
        at = next;
    }
    if out.trim().is_empty() { text.to_owned() } else { out }
}

/// Text with the characters that entities give by their number.
fn with_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("&#") {
        let (before, entity) = rest.split_at(at);
        out.push_str(before);
        let letter = entity.find(';').filter(|end| *end <= 9).and_then(|end| {
            let number = &entity[2..end];
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|letter| !letter.is_control()).map(|letter| (letter, end + 1))
        });
        match letter {
            Some((letter, length)) => {
                out.push(letter);
                rest = &entity[length..];
            }
            None => {
                out.push_str("&#");
                rest = &entity[2..];
            }
        }
    }
    out + rest
}

/// Where what follows an element begins; none where nothing closes it.
fn content_end(html: &str, tag: &Tag<'_>) -> Option<usize> {
    let rest = html.get(tag.end..)?;
    let name = tag.name.len();
    let is_close = |at: &usize| {
        let after = &rest.as_bytes()[at + 2..];
        after.get(..name).is_some_and(|word| word.eq_ignore_ascii_case(tag.name.as_bytes()))
            && after.get(name).is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
    };
    let close = rest.match_indices("</").map(|(at, _)| at).find(is_close)?;
    let end = rest[close..].find('>')? + close + 1;
    Some(tag.end + end)
}
