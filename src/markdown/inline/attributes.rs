//! Attribute lists, `{ #id .class key=value }`, by Python-Markdown's rules: right after a span,
//! or at the end of a block. What only looks like one (`/users/{id}`, `{world}`) is text: bare
//! words count beside an id, a class or a pair, or behind `{:`. Only attributes that cannot harm are kept; the others vanish with the list.

use pulldown_cmark::Event;

use crate::markdown::text::escape;

use super::{Kind, Piece, Step};

/// What a list gives to its element.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(in crate::markdown) struct Attributes {
    pub(in crate::markdown) id: Option<String>,
    pub(in crate::markdown) classes: Vec<String>,
    /// Names and values, safe to write when escaped.
    pub(in crate::markdown) pairs: Vec<(String, String)>,
}

/// Longest list, in bytes.
const MAX: usize = 1_000;

const ROLES: [&str; 10] =
    ["button", "note", "img", "presentation", "group", "list", "listitem", "heading", "none", "figure"];

impl Attributes {
    /// Reads a list at the start of a text; gives its length too.
    pub(super) fn parse(text: &str) -> Option<(usize, Self)> {
        let inner = text.strip_prefix('{')?;
        let mut rest = inner.strip_prefix(':').unwrap_or(inner);
        let mut found = Self::default();
        let mut is_sure = rest.len() < inner.len();
        let mut any = false;
        loop {
            rest = rest.trim_start_matches([' ', '\u{a0}']);
            if let Some(after) = rest.strip_prefix('}') {
                return (any && is_sure).then_some((text.len() - after.len(), found));
            }
            if text.len() - rest.len() > MAX {
                return None;
            }
            let (after, is_bare) = found.word(rest)?;
            rest = after;
            is_sure |= !is_bare;
            any = true;
        }
    }

    /// Takes a word; gives what follows it, and whether it says nothing.
    fn word<'t>(&mut self, rest: &'t str) -> Option<(&'t str, bool)> {
        let end =
            rest.bytes().take(MAX).position(|byte| matches!(byte, b' ' | b'}' | b'=' | b'\n' | b'"' | b'{' | b'<'))?;
        let (word, after) = rest.split_at(end);
        let is_key = word.starts_with(|c: char| c.is_ascii_alphabetic())
            && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.'));
        if let Some(value) = after.strip_prefix('=') {
            if !is_key {
                return None;
            }
            let (value, after) = match value.chars().next()? {
                quote @ ('"' | '\'') => {
                    let value = &value[1..];
                    let end = value.bytes().take(MAX).position(|byte| byte == quote as u8 || byte == b'\n')?;
                    (&value[..end], value[end..].strip_prefix(quote)?)
                }
                _ => {
                    let end = value.bytes().take(MAX).position(|byte| matches!(byte, b' ' | b'}' | b'\n'))?;
                    (&value[..end], &value[end..])
                }
            };
            self.pair(&word.to_ascii_lowercase(), value);
            return Some((after, false));
        }
        if is_key && after.starts_with([' ', '}']) {
            return Some((after, true));
        }
        let (sign, name) = word.split_at_checked(1)?;
        let is_name = !name.is_empty() && after.starts_with([' ', '}']);
        match sign {
            "#" if is_name => self.id = Some(name.to_owned()),
            "." if is_name => self.classes.push(name.to_owned()),
            _ => return None,
        }
        Some((after, false))
    }

    fn pair(&mut self, name: &str, value: &str) {
        let value = value.trim();
        let kept = match name {
            "id" => {
                if !value.is_empty() && !value.contains(char::is_whitespace) {
                    self.id = Some(value.to_owned());
                }
                return;
            }
            "class" => return self.classes.extend(value.split_whitespace().map(str::to_owned)),
            "title" | "lang" | "aria-label" => Some(value),
            "width" | "height" => size(value),
            "align" => {
                Some(value).filter(|value| matches!(*value, "left" | "right" | "center" | "middle" | "top" | "bottom"))
            }
            "loading" => Some(value).filter(|value| matches!(*value, "lazy" | "eager")),
            "dir" => Some(value).filter(|value| matches!(*value, "ltr" | "rtl" | "auto")),
            "role" => Some(value).filter(|value| ROLES.contains(value)),
            "target" => Some(value).filter(|value| *value == "_blank"),
            _ => None,
        };
        if let Some(value) = kept {
            self.pairs.retain(|(known, _)| known != name);
            self.pairs.push((name.to_owned(), value.to_owned()));
        }
    }

    /// The value of a pair.
    pub(in crate::markdown) fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// What both give; the later wins.
    fn merge(&mut self, other: Self) {
        self.id = other.id.or(self.id.take());
        self.classes.extend(other.classes);
        for (name, value) in other.pairs {
            self.pairs.retain(|(known, _)| *known != name);
            self.pairs.push((name, value));
        }
    }

    /// The pairs that are fit for an element, with a space before each.
    pub(in crate::markdown) fn written(&self, element: &str) -> String {
        let mut out = String::new();
        for (name, value) in &self.pairs {
            let fits = match name.as_str() {
                "width" | "height" | "loading" => element == "img",
                "target" => element == "a",
                "align" => matches!(element, "img" | "p" | "td" | "th" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"),
                _ => true,
            };
            if fits {
                out.push_str(&format!(" {name}=\"{}\"", escape(value)));
                out.push_str(if name == "target" { " rel=\"noopener\"" } else { "" });
            }
        }
        out
    }
}

/// A size in pixels or percent, as HTML has it.
fn size(value: &str) -> Option<&str> {
    let value = value.strip_suffix("px").unwrap_or(value);
    let digits = value.strip_suffix('%').unwrap_or(value);
    (!digits.is_empty() && digits.len() <= 5 && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'))
        .then_some(value)
}

/// Gives the lists right after spans to them.
pub(super) fn of_spans(pieces: &mut [Piece<'_>]) {
    if !pieces.iter().any(|piece| matches!(piece.kind, Kind::Text(text) if text.starts_with('{'))) {
        return;
    }
    let mut open = Vec::new();
    // The element that ended just before.
    let mut ended = None;
    for index in 0..pieces.len() {
        if let (Kind::Text(text), Some(element)) = (&pieces[index].kind, ended)
            && let Some((length, found)) = Attributes::parse(text)
        {
            let rest = &text[length..];
            pieces[index].kind = Kind::Text(rest);
            pieces[index].range.start += length;
            let element: &mut Piece<'_> = &mut pieces[element];
            element.attributes.get_or_insert_default().merge(found);
            ended = None;
            continue;
        }
        ended = None;
        match pieces[index].kind.step() {
            Step::Down => open.push(index),
            Step::Up => ended = open.pop(),
            Step::Across => {}
            Step::Stay => {
                if matches!(
                    pieces[index].kind,
                    Kind::Event(Event::Code(_)) | Kind::Html(..) | Kind::Icon(_) | Kind::Url(..)
                ) {
                    ended = Some(index);
                }
            }
        }
    }
}

/// The list that is the last line of a block, or stands at its end.
pub(super) fn of_block(pieces: &mut Vec<Piece<'_>>, at_end: bool) -> Option<Attributes> {
    let count = pieces.len();
    let Kind::Text(text) = pieces.last()?.kind else { return None };
    let trimmed = text.trim_end();
    if !trimmed.ends_with('}') {
        return None;
    }
    let from = trimmed.len().saturating_sub(MAX);
    let from = (from..trimmed.len()).find(|at| trimmed.is_char_boundary(*at))?;
    let starts = trimmed[from..].match_indices('{').map(|(at, _)| from + at);
    // A list may hold braces only in quotes, so the first that reads to the end is it.
    let (at, found) = starts.take(20).find_map(|at| {
        let (length, found) = Attributes::parse(&trimmed[at..])?;
        (at + length == trimmed.len()).then_some((at, found))
    })?;
    let before = &text[..at];
    if before.is_empty() {
        let is_own_line = count > 1 && pieces[count - 2].kind.is_break();
        if !is_own_line {
            return None;
        }
        pieces.truncate(count - 2);
        return Some(found);
    }
    if !(at_end && before.ends_with(' ')) {
        return None;
    }
    let mut kept = before.trim_end();
    // Number signs that close a heading: `## A ## { #a }`.
    let open = kept.trim_end_matches('#');
    if open.ends_with(' ') {
        kept = open.trim_end();
    }
    let last = pieces.last_mut()?;
    last.range.end = last.range.start + kept.len();
    last.kind = Kind::Text(kept);
    if kept.is_empty() {
        pieces.pop();
    }
    // A list that is all there is gives nothing to give to.
    Some(found)
}
