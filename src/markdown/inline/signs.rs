//! Typographic quotes, dashes and ellipses for plain ones, as Python-Markdown's `smarty` has them.
//! Only where the settings of the site ask for it; code, addresses and what is escaped stay.

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use crate::markdown::extensions::Signs;

use super::{Kind, Piece, cut, is_word};

/// Replaces the signs.
pub(super) fn pass(pieces: &mut Vec<Piece<'_>>, signs: Signs) {
    let is_worth = |piece: &Piece<'_>| matches!(piece.kind, Kind::Text(text) if worth(text));
    if !signs.any() || !pieces.iter().any(is_worth) {
        return;
    }
    let old = std::mem::take(pieces);
    let mut around = Around { before: None, first: true };
    let mut in_address = false;
    let mut rest = old.into_iter().peekable();
    while let Some(piece) = rest.next() {
        match &piece.kind {
            Kind::Event(Event::Start(Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. })) => {
                in_address = true;
            }
            Kind::Event(Event::End(TagEnd::Link)) => in_address = false,
            _ => {}
        }
        let last = piece.kind.last();
        // A quote inside of an element begins anew; after one it ends what began before.
        let opens = matches!(piece.kind, Kind::Event(Event::Start(_)) | Kind::Open(_) | Kind::Turn(..));
        match piece.kind {
            Kind::Text(text) if worth(text) && !in_address => {
                let after = rest.peek().map(|next| next.kind.first());
                let found = find(text, around, after, signs);
                cut(pieces, text, &piece.range, found);
            }
            _ => pieces.push(piece),
        }
        around = Around { before: last, first: opens };
    }
}

/// What stands before a text.
#[derive(Clone, Copy)]
struct Around {
    before: Option<char>,
    /// Whether it is the first of its element.
    first: bool,
}

fn worth(text: &str) -> bool {
    text.bytes().any(|byte| matches!(byte, b'"' | b'\'' | b'-' | b'.' | b'<' | b'>'))
}

fn find<'a>(text: &'a str, around: Around, after: Option<Option<char>>, signs: Signs) -> Vec<super::Found<'a>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = text[at..].find(['"', '\'', '-', '.', '<', '>']) {
        let start = at + offset;
        let byte = text.as_bytes()[start];
        let run = text.as_bytes()[start..].iter().take_while(|other| **other == byte).count();
        let sign = match (byte, run) {
            (b'-', 3) if signs.dashes => Some("—"),
            (b'-', 2) if signs.dashes => Some("–"),
            (b'.', 3) if signs.ellipses => Some("…"),
            (b'<', 2) if signs.angles => Some("«"),
            (b'>', 2) if signs.angles => Some("»"),
            _ => None,
        };
        if let Some(sign) = sign {
            found.push((start..start + run, Kind::Literal(CowStr::Borrowed(sign))));
        }
        at = start + run;
        if matches!(byte, b'"' | b'\'') {
            at = start + 1;
            if signs.quotes {
                let (length, sign) = quote(text, start, around, after);
                at = start + length;
                found.push((start..at, Kind::Literal(CowStr::Borrowed(sign))));
            }
        }
    }
    found
}

/// The sign for a quote, and how many bytes it stands for.
fn quote(text: &str, start: usize, around: Around, after: Option<Option<char>>) -> (usize, &'static str) {
    let double = text.as_bytes()[start] == b'"';
    let outer = if start == 0 { around.before } else { None };
    let before = text[..start].chars().next_back().or(outer);
    // After code, emphasis and the like there is something, though no character.
    let after_element = before.is_none() && start == 0 && !around.first;
    let rest = &text[start + 1..];
    let next = rest.chars().next().or(if rest.is_empty() { after.flatten() } else { None });
    let at_end = rest.is_empty() && after.is_none();
    let closes_after = before.is_some_and(|c| !matches!(c, ' ' | '\t' | '\r' | '\n' | '[' | '{' | '(' | '-'));
    let is_space = |c: Option<char>| c.is_some_and(char::is_whitespace);
    let next_is_word = next.is_some_and(is_word);
    // Two kinds together.
    let other = if double { '\'' } else { '"' };
    if rest.starts_with(other) {
        let follows = rest[1..].chars().next();
        if follows.is_some_and(is_word) {
            return (2, if double { "“‘" } else { "‘“" });
        }
        if closes_after {
            return (2, if double { "”’" } else { "’”" });
        }
    }
    let (open, close) = if double { ("“", "”") } else { ("‘", "’") };
    let punctuated = next.is_some_and(|c| c.is_ascii_punctuation());
    if before.is_none() && punctuated && !rest.chars().nth(1).is_some_and(is_word) {
        return (1, close);
    }
    if !double && !before.is_some_and(is_word) && is_decade(rest) {
        return (1, close);
    }
    let before_opens = is_space(before) || matches!(before, Some('–' | '—')) || text[..start].ends_with("--");
    if before_opens && next_is_word {
        return (1, open);
    }
    if double {
        let closes = is_space(next) || closes_after || (after_element && !next_is_word && (at_end || next.is_some()));
        return (1, if closes { close } else { open });
    }
    let is_genitive = rest.starts_with('s') && !rest[1..].starts_with(is_word);
    let closes = (closes_after && !next.is_some_and(|c| c.is_ascii_digit()))
        || is_space(next)
        || is_genitive
        || (after_element && !next_is_word);
    (1, if closes { close } else { open })
}

/// `80s` of `the '80s`.
fn is_decade(rest: &str) -> bool {
    let bytes = rest.as_bytes();
    matches!(bytes, [first, second, b's', ..] if first.is_ascii_digit() && second.is_ascii_digit())
}
