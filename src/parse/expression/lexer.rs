//! Tokens of the scaffolder's template language: names, texts, numbers, patterns and signs, each
//! with its bytes. Knows where an expression ends, and nothing of what it means.

use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Name,
    Text,
    Number,
    Pattern,
    Sign,
}

/// A token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) span: Range<usize>,
}

/// How an expression ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// At its closing mark; the byte after it.
    Closed(usize),
    /// With the text.
    TextOver,
    /// It goes on for longer than anybody writes.
    TooLong,
    /// In a quoted text that begins here and is never closed.
    InText(usize),
}

/// Tokens of one expression; far more than anybody writes.
const MOST_TOKENS: usize = 4_096;

/// Signs of several characters, the longest first.
const SIGNS: &[&str] = &["===", "!==", "==", "!=", "<=", ">=", "//", "**", "||", "&&"];

/// Reads tokens from `start` to the closing mark (`}}` or `%}`, with or without `-` before it).
pub(super) fn tokens(text: &str, start: usize, close: &str) -> (Vec<Token>, End) {
    let mut found: Vec<Token> = Vec::new();
    let mut at = start;
    let mut braces = 0usize;
    while let Some(character) = text[at..].chars().next() {
        if found.len() == MOST_TOKENS {
            return (found, End::TooLong);
        }
        let rest = &text[at..];
        let minus = usize::from(rest.starts_with('-'));
        if rest[minus..].starts_with(close) && (braces == 0 || close != "}}") {
            return (found, End::Closed(at + minus + close.len()));
        }
        let (kind, length) = if character.is_whitespace() {
            at += character.len_utf8();
            continue;
        } else if character == '"' || character == '\'' {
            let Some(length) = quoted(rest, character) else { return (found, End::InText(at)) };
            (Kind::Text, length)
        } else if let Some(length) = pattern(rest, found.last(), text) {
            (Kind::Pattern, length)
        } else if character.is_ascii_digit() {
            (Kind::Number, number(rest))
        } else if is_name_start(character) {
            (Kind::Name, rest.find(|c: char| !is_name_part(c)).unwrap_or(rest.len()))
        } else {
            match character {
                '{' => braces += 1,
                '}' => braces = braces.saturating_sub(1),
                _ => {}
            }
            let long = SIGNS.iter().find(|sign| rest.starts_with(**sign)).map(|sign| sign.len());
            (Kind::Sign, long.unwrap_or(character.len_utf8()))
        };
        found.push(Token { kind, span: at..at + length });
        at += length;
    }
    (found, End::TextOver)
}

/// A number with its fraction; the dot of `1.name` is none. Letters that follow are taken along,
/// be it an exponent or a name that begins with a digit.
fn number(rest: &str) -> usize {
    let whole = rest.find(|c: char| !is_name_part(c)).unwrap_or(rest.len());
    let fraction = rest[whole..].strip_prefix('.').filter(|tail| tail.starts_with(|c: char| c.is_ascii_digit()));
    fraction.map_or(whole, |tail| whole + 1 + tail.find(|c: char| !is_name_part(c)).unwrap_or(tail.len()))
}

/// The length of a quoted text with its quotes.
fn quoted(rest: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// The length of `r/…/gimy`, which stands where a value may begin.
fn pattern(rest: &str, before: Option<&Token>, text: &str) -> Option<usize> {
    let body = rest.strip_prefix("r/")?;
    if before.is_some_and(|token| token.kind != Kind::Sign || text[token.span.clone()].ends_with([')', ']', '}', '.']))
    {
        return None;
    }
    let mut escaped = false;
    for (at, character) in body.char_indices() {
        match character {
            '\n' => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '/' => {
                let flags = body[at + 1..].find(|c: char| !"gimy".contains(c)).unwrap_or(body.len() - at - 1);
                return Some(2 + at + 1 + flags);
            }
            _ => {}
        }
    }
    None
}

fn is_name_start(character: char) -> bool {
    character.is_alphabetic() || character == '_' || character == '$'
}

fn is_name_part(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || character == '$'
}
