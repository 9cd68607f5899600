//! Markdown in the author's HTML: `<div markdown>`, and what is never Markdown.

use std::ops::Range;

use super::Line;
use super::lines::{fence, fence_end};
use super::pass::{Level, Pass};
use crate::markdown::directives::{Directive, Kind};

/// Elements whose content is text as it stands.
pub(super) const RAW: &[&str] = &["pre", "script", "style", "textarea"];
/// Elements that hold a line of text and no blocks.
const SPANS: &[&str] = &[
    "address", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "legend", "li", "p", "summary", "td", "th", "span", "a",
];

/// A tag that asks for Markdown.
struct Tag<'a> {
    name: &'a str,
    /// The attribute, with the space before it.
    attribute: Range<usize>,
    end: usize,
    inline: bool,
}

impl<'a> Pass<'a> {
    /// The element that begins here, if its content is raw or asks for Markdown.
    pub(super) fn element(&mut self, lines: &[Line<'a>], level: Level) -> usize {
        let line = lines[0];
        let content = line.content();
        if let Some(name) = RAW.iter().find(|name| content.strip_prefix('<').is_some_and(|rest| opens(rest, name))) {
            return self.raw(lines, name, level);
        }
        let Some(tag) = parse(content) else {
            // `<summary>` and the like: what follows it is Markdown again.
            let whole = level.html && content.trim_end().ends_with('>') && content.contains("</");
            if whole {
                self.emit(&lines[..1], level);
                self.out.blank(line.at);
            }
            return usize::from(whole);
        };
        let start = line.text.len() - content.len();
        let close = format!("</{}", tag.name.to_ascii_lowercase());
        let (last, from, to) = end(lines, start + tag.end, tag.name, &close).unwrap_or_else(|| {
            let last = lines.len() - 1;
            (last, lines[last].text.len(), lines[last].text.len())
        });
        let mut inner: Vec<Line<'a>> = lines[..=last].to_vec();
        inner[last] = inner[last].before(from);
        inner[0] = inner[0].after(start + tag.end);
        self.changed = true;
        let opening = [
            line.after(start).before(tag.attribute.start),
            line.after(start + tag.attribute.end).before(tag.end - tag.attribute.end),
        ];
        let closing = lines[last].after(from).before(to - from);
        if tag.inline {
            let mut directive = Directive::plain(Kind::Inline);
            let tags = opening.map(|piece| piece.text).concat();
            directive.element =
                Some((tags, if closing.text.is_empty() { format!("{close}>") } else { closing.text.to_owned() }));
            self.open(line, 'o', directive);
            let pieces: Vec<Line<'a>> = inner.iter().map(trimmed).filter(|line| !line.is_blank()).collect();
            if pieces.is_empty() {
                self.out.synthetic(line.at, "######");
            }
            self.title(&pieces);
        } else {
            self.out.blank(line.at);
            self.out.start(line.at);
            for piece in opening {
                self.out.piece(0, piece);
            }
            self.out.end(line);
            // HTML goes on to the next blank line.
            self.out.blank(line.at);
            let skip = usize::from(inner[0].is_blank());
            inner[0] = trimmed(&inner[0]);
            // What is indented right below the tag is laid out so, and no code.
            if let Some(indent) = inner.get(1).filter(|line| skip == 1 && !line.is_blank()).map(Line::indent)
                && indent >= 4
            {
                inner[1..].iter_mut().for_each(|line| *line = line.cut(indent));
            }
            self.level(&inner[skip.min(inner.len())..], Level { html: true, ..level.body() });
            self.out.blank(closing.at);
            if closing.text.is_empty() {
                self.out.synthetic(closing.at, &format!("{close}>"));
            } else {
                self.out.line(closing);
            }
        }
        self.out.blank(closing.at);
        let rest = trimmed(&lines[last].after(to));
        if !rest.is_blank() {
            self.level(&[rest], Level { exact: false, depth: level.depth + 1, ..level });
        }
        last + 1
    }

    pub(super) fn raw(&mut self, lines: &[Line<'a>], name: &str, level: Level) -> usize {
        let close = format!("</{name}>");
        let found = lines.iter().position(|line| line.text.to_ascii_lowercase().contains(&close));
        let used = found.map_or(lines.len(), |at| at + 1);
        self.emit(&lines[..used], level);
        if found.is_none() && level.guarded {
            self.out.synthetic(lines[used - 1].at, &close);
        }
        used
    }
}

fn trimmed<'a>(line: &Line<'a>) -> Line<'a> {
    let start = line.text.len() - line.content().len();
    let cut = line.after(start);
    cut.before(cut.text.trim_end().len())
}

/// Whether a text begins with the name of this element.
pub(super) fn opens(text: &str, name: &str) -> bool {
    text.get(..name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name))
        && text[name.len()..].chars().next().is_none_or(|c| c.is_whitespace() || c == '>')
}

/// Reads a tag that has the attribute `markdown`.
fn parse(content: &str) -> Option<Tag<'_>> {
    let rest = content.strip_prefix('<')?;
    let name = &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len())];
    if name.is_empty() || !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut at = 1 + name.len();
    let mut found = None;
    loop {
        let space = at;
        at += content[at..].len() - content[at..].trim_start().len();
        if content[at..].starts_with('>') {
            let (attribute, value) = found?;
            let inline = match value {
                "span" => true,
                "block" => false,
                _ => SPANS.contains(&name.to_ascii_lowercase().as_str()),
            };
            return Some(Tag { name, attribute, end: at + 1, inline });
        }
        let key = content[at..].find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/' | '<' | '"' | '\''))?;
        let word = &content[at..at + key];
        if key == 0 || space == at {
            return None;
        }
        at += key;
        let mut value = "1";
        if let Some(rest) = content[at..].strip_prefix('=') {
            let (text, taken) = match rest.chars().next()? {
                quote @ ('"' | '\'') => {
                    let end = rest[1..].find(quote)?;
                    (&rest[1..=end], end + 2)
                }
                _ => {
                    let end = rest.find(|c: char| c.is_whitespace() || c == '>')?;
                    (&rest[..end], end)
                }
            };
            value = text;
            at += 1 + taken;
        }
        if word == "markdown" {
            if value == "0" {
                return None;
            }
            found = Some((space..at, value));
        }
    }
}

/// Where an element ends: the line, and the range of its closing tag.
fn end(lines: &[Line<'_>], from: usize, name: &str, close: &str) -> Option<(usize, usize, usize)> {
    let open = format!("<{}", name.to_ascii_lowercase());
    let mut depth = 1_usize;
    let mut at = 0;
    while at < lines.len() {
        if at > 0
            && lines[at].text.contains(['`', '~'])
            && let Some((mark, run)) = fence(lines[at].content())
        {
            let (code, closed) = fence_end(&lines[at..], mark, run);
            if closed {
                at += code;
                continue;
            }
        }
        let text = lines[at].text.to_ascii_lowercase();
        let mut place = if at == 0 { from } else { 0 };
        while let Some(offset) = text[place..].find('<') {
            place += offset;
            let rest = &text[place..];
            let bounded = |mark: &str| {
                rest.strip_prefix(mark).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
            };
            if bounded(close) {
                depth -= 1;
                if depth == 0 {
                    let end = rest.find('>').map_or(text.len(), |end| place + end + 1);
                    return Some((at, place, end));
                }
            } else if bounded(&open) {
                depth += 1;
            }
            place += 1;
        }
        at += 1;
    }
    None
}
