//! Lexers of our own for the languages that most code in docs is written in. They stand before
//! syntect, whose regular expressions were nearly all that a build of docs cost. One pass, linear
//! time, no failure: what is not understood stays plain. For descriptors, configuration and shell
//! their classes are those that syntect gives; `tests` holds them against each other and names
//! the differences that are meant. Every other language goes through syntect.

mod code;
mod json;
mod languages;
mod markup;
mod shell;
mod toml;
mod yaml;

#[cfg(test)]
mod tests;

use super::highlight::Spans;

/// A lexer: puts the whole of a text into spans.
#[derive(Clone, Copy)]
pub(in crate::markdown) enum Lexer {
    Yaml,
    Json,
    Toml,
    Shell,
    /// A terminal: what follows a prompt is shell, the rest is what it printed.
    Console,
    Markup,
    Code(&'static code::Language),
}

/// The lexer for a language, by the name it has in `highlight`.
pub(super) fn lexer(token: &str) -> Option<Lexer> {
    Some(match token {
        "yaml" => Lexer::Yaml,
        "json" => Lexer::Json,
        "toml" => Lexer::Toml,
        "bash" | "sh" => Lexer::Shell,
        "console" => Lexer::Console,
        "xml" | "html" | "xhtml" | "svg" | "htm" => Lexer::Markup,
        other => Lexer::Code(languages::language(other)?),
    })
}

/// The names of all languages that have one.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    const OWN: &[&str] = &["yaml", "json", "toml", "bash", "sh", "console", "xml", "html", "xhtml", "svg", "htm"];
    OWN.iter().copied().chain(languages::names())
}

impl Lexer {
    /// Highlights a text.
    pub(super) fn write(self, text: &str) -> String {
        let mut scan = Scan { text, at: 0, out: Spans::with_capacity(text.len() * 2) };
        match self {
            Self::Yaml => yaml::lex(&mut scan),
            Self::Json => json::lex(&mut scan),
            Self::Toml => toml::lex(&mut scan),
            Self::Shell => shell::lex(&mut scan),
            Self::Console => shell::session(&mut scan),
            Self::Markup => markup::lex(&mut scan),
            Self::Code(language) => code::lex(&mut scan, language),
        }
        // Nothing is lost, whatever a lexer did not look at.
        scan.to(text.len(), 0);
        scan.out.finish()
    }
}

/// A text and how far it was read.
struct Scan<'t> {
    text: &'t str,
    at: usize,
    out: Spans,
}

impl<'t> Scan<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// The next byte; 0 at the end.
    fn peek(&self) -> u8 {
        self.byte(self.at)
    }

    /// The byte at a place; 0 behind the end.
    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    fn is_done(&self) -> bool {
        self.at >= self.text.len()
    }

    /// Gives all up to a place this class. Goes on to the next character where that is inside of
    /// one.
    fn to(&mut self, end: usize, class: u8) {
        let mut end = end.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        if end > self.at {
            self.out.push(&self.text[self.at..end], class);
            self.at = end;
        }
    }

    /// Gives some bytes this class.
    fn take(&mut self, bytes: usize, class: u8) {
        self.to(self.at + bytes, class);
    }

    /// The end of the line, without its line feed.
    fn line_end(&self) -> usize {
        memchr::memchr(b'\n', self.rest().as_bytes()).map_or(self.text.len(), |found| self.at + found)
    }

    /// The first place from here whose byte is none of these.
    fn end_of(&self, from: usize, inside: impl Fn(u8) -> bool) -> usize {
        let bytes = self.text.as_bytes();
        from + bytes[from.min(bytes.len())..].iter().take_while(|&&byte| inside(byte)).count()
    }

    /// Blanks, not line feeds.
    fn blanks(&mut self) {
        let end = self.end_of(self.at, |byte| matches!(byte, b' ' | b'\t'));
        self.to(end, 0);
    }

    /// A string that begins here, up to its quote or, where it is one of a line, the end of that.
    fn string(&mut self, quote: &str, class: u8, escapes: bool, lines: bool) {
        self.take(quote.len(), class);
        self.string_rest(quote, class, escapes, lines);
    }

    /// What is left of a string; whether it ended.
    fn string_rest(&mut self, quote: &str, class: u8, escapes: bool, lines: bool) -> bool {
        let (text, first) = (self.text.as_bytes(), quote.as_bytes()[0]);
        let mut end = self.at;
        while end < text.len() {
            match text[end] {
                b'\\' if escapes => {
                    self.to(end, class);
                    let escape = escape_end(text, end);
                    self.to(escape, if escape > end + 1 { b'r' } else { class });
                    end = self.at;
                }
                b'\n' if !lines => break,
                byte if byte == first && self.text[end..].starts_with(quote) => {
                    self.to(end + quote.len(), class);
                    return true;
                }
                _ => end += 1,
            }
        }
        self.to(end, class);
        false
    }
}

/// Where an escape ends that begins with a backslash.
fn escape_end(text: &[u8], at: usize) -> usize {
    let digits = match text.get(at + 1) {
        Some(b'u') => 4,
        Some(b'x') => 2,
        Some(b'U') => 8,
        None | Some(b'\n') => return at + 1,
        _ => 0,
    };
    let hex = text[at + 2..].iter().take(digits).take_while(|byte| byte.is_ascii_hexdigit()).count();
    at + 2 + hex
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}
