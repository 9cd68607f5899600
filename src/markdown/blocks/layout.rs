//! HTML of authors over blank lines, as Python-Markdown and browsers read it. CommonMark ends such
//! HTML at a blank line, and would then take what is only laid out with spaces for code, and the
//! text of a `<pre>` for Markdown.

use super::Line;
use super::html::{RAW, opens};
use super::lines::fence;
use super::pass::{Level, Pass};

/// Elements that are laid out over lines.
const LAID_OUT: &[&str] = &[
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "caption",
    "div",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "details",
    "section",
    "article",
    "aside",
    "header",
    "footer",
    "main",
    "nav",
    "figure",
    "center",
    "blockquote",
];
/// Most lines of code inside of a layout that are looked at.
const MAX_CODE: usize = 1_000;
/// Most elements that are remembered as open.
const MAX_OPEN: usize = 100;

/// The author's elements that are open, and the columns that their tags stand in.
#[derive(Debug, Default)]
pub(super) struct Layout {
    open: Vec<(&'static str, usize)>,
    /// Raw elements that nothing closes in what follows.
    endless: Vec<&'static str>,
}

impl Layout {
    /// Takes note of the tags in a line; outside of HTML only of those that close.
    pub(super) fn see(&mut self, line: &Line<'_>, html: bool) {
        if self.open.is_empty() && !html {
            return;
        }
        let text = line.text;
        for (at, _) in text.match_indices('<') {
            let rest = &text[at + 1..];
            let (name, closes) = rest.strip_prefix('/').map_or((rest, false), |rest| (rest, true));
            let Some(name) = LAID_OUT.iter().find(|known| opens(name, known)) else { continue };
            if closes {
                if let Some(at) = self.open.iter().rposition(|(open, _)| open == name) {
                    self.open.truncate(at);
                }
            } else if html && self.open.len() < MAX_OPEN {
                self.open.push((name, line.indent()));
            }
        }
    }

    /// How many lines belong together: to the next blank one that is in no code and no raw element.
    fn chunk_end(&mut self, lines: &[Line<'_>]) -> usize {
        let blank = lines.iter().take_while(|line| !line.is_blank()).count();
        if let Some((mark, length)) = fence(lines[0].content()) {
            let closes = |line: &&Line<'_>| {
                let content = line.content();
                let run = content.bytes().take_while(|byte| *byte == mark).count();
                run >= length && content[run..].trim().is_empty()
            };
            let end = lines.iter().take(MAX_CODE).skip(1).take_while(|line| !closes(line)).count() + 1;
            return lines.get(end).filter(|line| closes(line)).map_or(blank, |_| end + 1);
        }
        let Some((_, _, name)) = open_raw(&lines[..blank]) else { return blank };
        blank + self.raw_end(&lines[blank..], name).unwrap_or(0)
    }

    /// How many lines there are to the end of a raw element.
    fn raw_end(&mut self, lines: &[Line<'_>], name: &'static str) -> Option<usize> {
        if self.endless.contains(&name) {
            return None;
        }
        let close = format!("</{name}");
        let end = lines.iter().position(|line| line.text.to_ascii_lowercase().contains(&close));
        if end.is_none() {
            // What follows is not searched again and again.
            self.endless.push(name);
        }
        Some(end? + 1)
    }

    /// Forgets what is open: a heading is no part of a layout.
    pub(super) fn clear(&mut self) {
        self.open.clear();
    }
}

/// Whether a line begins with a tag.
pub(super) fn is_tag(content: &str) -> bool {
    let rest = content.strip_prefix('<').unwrap_or_default();
    rest.strip_prefix('/').unwrap_or(rest).starts_with(|c: char| c.is_ascii_alphabetic())
}

impl<'a> Pass<'a> {
    /// Writes lines behind a blank one that only seem to be code: tags inside of an element, and
    /// text inside of one whose tag stands in too. Gives how many they are.
    pub(super) fn laid_out(&mut self, lines: &[Line<'a>], level: Level, layout: &mut Layout) -> usize {
        let Some((_, column)) = layout.open.last() else { return 0 };
        let first = lines[0];
        if *column == 0 && !is_tag(first.content()) {
            return 0;
        }
        let used = layout.chunk_end(lines);
        let indent = first.indent();
        let inner: Vec<Line<'a>> = lines[..used].iter().map(|line| line.cut(indent)).collect();
        self.changed = true;
        self.level(&inner, Level { exact: false, depth: level.depth + 1, ..level });
        lines[..used].iter().for_each(|line| layout.see(line, true));
        used
    }

    /// Writes HTML that holds an element of raw text over blank lines, which CommonMark knows
    /// only where it begins a block. Gives how many lines it took.
    pub(super) fn raw_inside(&mut self, lines: &[Line<'a>], count: usize, level: Level, layout: &mut Layout) -> usize {
        let Some((at, place, name)) = open_raw(&lines[..count]) else { return 0 };
        let begins = lines[at].text[..place].trim().is_empty();
        if at == 0 && begins {
            return 0;
        }
        let Some(end) = layout.raw_end(&lines[count..], name) else { return 0 };
        self.changed = true;
        self.emit(&lines[..at], level);
        if !begins {
            self.out.line(lines[at].before(place));
        }
        self.out.blank(lines[at].at);
        let mut rest = lines[at..count + end].to_vec();
        rest[0] = rest[0].after(place);
        let used = at + self.raw(&rest, name, Level { exact: false, ..level });
        lines[..used].iter().for_each(|line| layout.see(line, true));
        used
    }
}

/// The element of raw text that lines leave open: the line, the byte, and its name.
fn open_raw(lines: &[Line<'_>]) -> Option<(usize, usize, &'static str)> {
    let mut open: Option<(usize, usize, &'static str)> = None;
    for (number, line) in lines.iter().enumerate() {
        for (at, _) in line.text.match_indices('<') {
            let rest = &line.text[at..];
            match open {
                None => open = RAW.iter().find(|name| opens(&rest[1..], name)).map(|name| (number, at, *name)),
                Some((.., name)) if rest.starts_with("</") && opens(&rest[2..], name) => open = None,
                Some(_) => {}
            }
        }
    }
    open
}
