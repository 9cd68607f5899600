//! A protobuf text to tokens, with the comments between them. Nothing is an error here: a byte that
//! begins no token is a token of its own, which the parser then does not know.

use crate::base::Span;

use super::comments::Comment;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Number,
    Text,
    Symbol,
    End,
}

/// A token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) span: Span,
    /// The line it begins on and the one it ends on, from 0.
    pub(super) lines: (usize, usize),
    /// How many comments stand before it in all.
    pub(super) comments: usize,
}

/// All tokens, with one for the end, and all comments.
pub(super) fn tokens(text: &str) -> (Vec<Token>, Vec<Comment>) {
    let mut lexer = Lexer { text, at: 0, line: 0 };
    let (mut tokens, mut comments) = (Vec::new(), Vec::new());
    loop {
        lexer.blanks();
        if let Some(comment) = lexer.comment() {
            comments.push(comment);
            continue;
        }
        let (start, line) = (lexer.at, lexer.line);
        let kind = lexer.token();
        let span = Span::new(start, lexer.at);
        tokens.push(Token { kind, span, lines: (line, lexer.line), comments: comments.len() });
        if kind == Kind::End {
            return (tokens, comments);
        }
    }
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Lexer<'_> {
    fn rest(&self) -> &[u8] {
        &self.text.as_bytes()[self.at..]
    }

    fn take_while(&mut self, holds: impl Fn(u8) -> bool) {
        let count = self.rest().iter().take_while(|&&byte| holds(byte)).count();
        self.line += self.rest()[..count].iter().filter(|&&byte| byte == b'\n').count();
        self.at += count;
    }

    fn blanks(&mut self) {
        self.take_while(|byte| byte.is_ascii_whitespace());
    }

    fn comment(&mut self) -> Option<Comment> {
        let (start, line) = (self.at, self.line);
        let is_line = match self.rest() {
            [b'/', b'/', ..] => true,
            // In values of options.
            [b'#', ..] => true,
            [b'/', b'*', ..] => false,
            _ => return None,
        };
        if is_line {
            self.take_while(|byte| byte != b'\n');
        } else {
            let end = self.text[self.at + 2..].find("*/").map_or(self.text.len(), |end| self.at + 2 + end + 2);
            self.line += self.text[start..end].matches('\n').count();
            self.at = end;
        }
        Some(Comment { span: Span::new(start, self.at), lines: (line, self.line), is_line })
    }

    fn token(&mut self) -> Kind {
        match self.rest().first() {
            None => Kind::End,
            Some(byte) if byte.is_ascii_alphabetic() || *byte == b'_' => {
                self.take_while(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
                Kind::Word
            }
            Some(byte) if byte.is_ascii_digit() => self.number(),
            Some(b'.') if self.rest().get(1).is_some_and(u8::is_ascii_digit) => self.number(),
            Some(&quote @ (b'"' | b'\'')) => self.quoted(quote),
            Some(_) => {
                self.at += self.text[self.at..].chars().next().map_or(1, char::len_utf8);
                Kind::Symbol
            }
        }
    }

    fn number(&mut self) -> Kind {
        let is_hex = self.rest().starts_with(b"0x") || self.rest().starts_with(b"0X");
        self.take_while(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
        let ends_in_e = self.text[..self.at].ends_with(['e', 'E']);
        if !is_hex && ends_in_e && matches!(self.rest().first(), Some(b'+' | b'-')) {
            self.at += 1;
            self.take_while(|byte| byte.is_ascii_alphanumeric());
        }
        Kind::Number
    }

    /// To the quote that ends it, at the latest to the end of the line.
    fn quoted(&mut self, quote: u8) -> Kind {
        self.at += 1;
        loop {
            match self.rest() {
                [b'\\', next, ..] if *next != b'\n' => {
                    self.at += 1 + self.text[self.at + 1..].chars().next().map_or(1, char::len_utf8);
                }
                [] | [b'\n', ..] => return Kind::Text,
                [byte, ..] if *byte == quote => {
                    self.at += 1;
                    return Kind::Text;
                }
                _ => self.at += self.text[self.at..].chars().next().map_or(1, char::len_utf8),
            }
        }
    }
}

/// The value of a quoted text: escapes are bytes, and bytes that are no text are replaced.
pub(super) fn unquoted(written: &str) -> String {
    let inner = written.get(1..).unwrap_or_default();
    let quote = written.chars().next().unwrap_or('"');
    let inner = inner.strip_suffix(quote).unwrap_or(inner);
    if !inner.contains('\\') {
        return inner.to_owned();
    }
    let mut bytes = Vec::with_capacity(inner.len());
    let mut rest = inner.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        let (b'\\', [escaped, after @ ..]) = (*first, rest) else {
            bytes.push(*first);
            continue;
        };
        rest = after;
        match escaped {
            b'n' => bytes.push(b'\n'),
            b't' => bytes.push(b'\t'),
            b'r' => bytes.push(b'\r'),
            b'a' => bytes.push(7),
            b'b' => bytes.push(8),
            b'f' => bytes.push(12),
            b'v' => bytes.push(11),
            b'x' | b'X' => bytes.push(low_byte(digits(&mut rest, 16, 2, 0))),
            b'u' => push_character(&mut bytes, digits(&mut rest, 16, 4, 0)),
            b'U' => push_character(&mut bytes, digits(&mut rest, 16, 8, 0)),
            b'0'..=b'7' => bytes.push(low_byte(digits(&mut rest, 8, 2, u32::from(escaped - b'0')))),
            other => bytes.push(*other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn digits(rest: &mut &[u8], radix: u32, most: usize, from: u32) -> u32 {
    let mut value = from;
    for _ in 0..most {
        let Some(digit) = rest.first().and_then(|byte| char::from(*byte).to_digit(radix)) else { break };
        value = value.wrapping_mul(radix).wrapping_add(digit);
        *rest = &rest[1..];
    }
    value
}

fn low_byte(value: u32) -> u8 {
    value.to_le_bytes()[0]
}

fn push_character(bytes: &mut Vec<u8>, code: u32) {
    let character = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
    bytes.extend(character.encode_utf8(&mut [0; 4]).bytes());
}
