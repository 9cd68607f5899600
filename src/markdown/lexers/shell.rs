//! Shell: commands, options, assignments, strings with what is expanded in them, here-documents;
//! and terminals, in which a prompt stands before what was typed.

use super::{Scan, is_word};

/// Deepest nesting of strings and commands in each other.
const MAX_DEPTH: usize = 16;

const KEYWORDS: &[&str] = &[
    "if", "then", "else", "elif", "fi", "for", "do", "done", "while", "until", "case", "esac", "in", "select",
    "function", "return", "break", "continue", "export", "local", "declare", "readonly", "typeset",
];

/// After these a command follows, not its arguments.
const BEFORE_COMMAND: &[&str] = &["if", "then", "else", "elif", "do", "while", "until"];

pub(super) fn lex(scan: &mut Scan<'_>) {
    Shell { scan, here: Vec::new() }.commands(0, 0, 0);
}

/// A terminal. Without any prompt it is all commands.
pub(super) fn session(scan: &mut Scan<'_>) {
    let is_prompted = scan.text.lines().any(|line| prompt(line) > 0);
    if !is_prompted {
        return lex(scan);
    }
    let mut continues = false;
    while !scan.is_done() {
        let end = scan.line_end();
        let line = &scan.text[scan.at..end];
        let prompt = prompt(line);
        if prompt > 0 || continues {
            scan.take(prompt, 0);
            let (text, at) = (scan.text, scan.at);
            // Of what was typed only its own line is read.
            scan.text = &text[..end];
            Shell { scan, here: Vec::new() }.commands(0, 0, 0);
            scan.text = text;
            debug_assert!(scan.at >= at);
        } else if line.trim_start().starts_with("# ") {
            scan.to(end, b'c');
        }
        continues = (prompt > 0 || continues) && line.ends_with('\\');
        scan.to(end + 1, 0);
    }
}

/// The length of a prompt with the blanks around it.
fn prompt(line: &str) -> usize {
    let trimmed = line.trim_start();
    let before = line.len() - trimmed.len();
    if trimmed.starts_with("$ ") || trimmed.starts_with("% ") { before + 2 } else { 0 }
}

struct Shell<'s, 't> {
    scan: &'s mut Scan<'t>,
    /// Here-documents whose text begins on the next line, and whether variables count in it.
    here: Vec<(String, bool)>,
}

impl Shell<'_, '_> {
    /// Commands up to `close` (0: the end). `base` is the class of what has none of its own.
    fn commands(&mut self, close: u8, base: u8, depth: usize) {
        let mut command = true;
        let mut parentheses = 0_usize;
        while !self.scan.is_done() {
            let byte = self.scan.peek();
            if byte == close && close != 0 && parentheses == 0 {
                return;
            }
            match byte {
                b'\n' => {
                    self.scan.take(1, 0);
                    self.here_documents();
                    command = true;
                }
                b' ' | b'\t' => self.scan.blanks(),
                b'#' => self.scan.to(self.scan.line_end(), b'c'),
                b'\\' if self.scan.byte(self.scan.at + 1) == b'\n' => self.scan.take(2, base),
                b'-' if command => {
                    self.argument(base, depth);
                    command = false;
                }
                b'$' if command && self.scan.byte(self.scan.at + 1) == b' ' => self.scan.take(2, base),
                b';' if self.scan.byte(self.scan.at + 1) == b';' => {
                    self.scan.take(2, base);
                    command = true;
                }
                b';' | b'|' | b'&' | b'!' => {
                    let run = self.scan.end_of(self.scan.at, |byte| matches!(byte, b'|' | b'&'));
                    self.scan.to(run.max(self.scan.at + 1), b'o');
                    command = true;
                }
                b'<' | b'>' => command = self.redirection(base),
                b'(' | b')' => {
                    parentheses = if byte == b'(' { parentheses + 1 } else { parentheses.saturating_sub(1) };
                    self.scan.take(1, base);
                    command = true;
                }
                b'{' | b'}' if command => self.scan.take(1, base),
                _ if command => command = self.command(base, depth),
                _ => self.argument(base, depth),
            }
        }
    }

    /// The word that a command begins with; whether another may follow.
    fn command(&mut self, base: u8, depth: usize) -> bool {
        let scan = &mut *self.scan;
        let name = scan.end_of(scan.at, is_word);
        let after = scan.byte(name);
        if name > scan.at
            && !scan.peek().is_ascii_digit()
            && (after == b'=' || (after == b'+' && scan.byte(name + 1) == b'='))
        {
            scan.to(name, b'v');
            let sign = if after == b'=' { 1 } else { 2 };
            scan.take(sign, b'o');
            if scan.peek() == b'(' {
                self.list(depth);
            } else {
                self.value(b's', depth);
            }
            return true;
        }
        let end = scan.end_of(scan.at, |byte| is_word(byte) || b"-./:+@%,~[]".contains(&byte));
        let word = &scan.text[scan.at..end];
        if KEYWORDS.contains(&word) {
            scan.to(end, b'k');
            return match word {
                "for" | "select" | "case" | "function" => {
                    self.head(word == "function", base, depth);
                    word == "function"
                }
                "export" | "local" | "declare" | "readonly" | "typeset" => {
                    self.declarations(base, depth);
                    false
                }
                _ => BEFORE_COMMAND.contains(&word),
            };
        }
        if end == scan.at {
            self.argument(base, depth);
            return false;
        }
        let pattern = scan.byte(end) == b')' || (!word.contains(char::is_alphanumeric) && !is_sign(word));
        scan.to(end, if pattern { base } else { b'f' });
        false
    }

    /// `for x in`, `case $x in`, `function name`
    fn head(&mut self, function: bool, base: u8, depth: usize) {
        for _ in 0..2 {
            self.scan.blanks();
            if function {
                let name = self.scan.end_of(self.scan.at, |byte| is_word(byte) || byte == b'-');
                return self.scan.to(name, b'f');
            }
            let end = self.scan.end_of(self.scan.at, is_word);
            if &self.scan.text[self.scan.at..end] == "in" {
                return self.scan.to(end, b'k');
            }
            if matches!(self.scan.peek(), b'\n' | b';' | b'(' | 0) {
                return;
            }
            self.argument(base, depth);
        }
    }

    /// `export A=1 B`
    fn declarations(&mut self, base: u8, depth: usize) {
        loop {
            self.scan.blanks();
            let name = self.scan.end_of(self.scan.at, is_word);
            if name == self.scan.at {
                if self.scan.peek() != b'-' {
                    return;
                }
                self.argument(base, depth);
                continue;
            }
            self.scan.to(name, b'v');
            if self.scan.peek() == b'=' {
                self.scan.take(1, b'o');
                if self.scan.peek() == b'(' {
                    return;
                }
                self.value(b's', depth);
            }
        }
    }

    /// `(a b)` behind the `=` of an assignment.
    fn list(&mut self, depth: usize) {
        while !self.scan.is_done() && self.scan.peek() != b')' {
            match self.scan.peek() {
                b'#' => self.scan.to(self.scan.line_end(), b'c'),
                b' ' | b'\t' | b'\n' | b'(' | b'|' | b'&' | b';' | b'<' | b'>' => self.scan.take(1, 0),
                _ => self.piece(0, depth),
            }
        }
        self.scan.take(1, 0);
    }

    /// What stands behind the `=` of an assignment.
    fn value(&mut self, base: u8, depth: usize) {
        while !self.scan.is_done() && !b" \t\n;|&)<>`".contains(&self.scan.peek()) {
            self.piece(base, depth);
        }
    }

    /// A word that is no command.
    fn argument(&mut self, base: u8, depth: usize) {
        let before = self.scan.at;
        match self.scan.peek() {
            b'-' => {
                let end = self.scan.end_of(self.scan.at, |byte| is_word(byte) || byte == b'-');
                let option = self.scan.text[self.scan.at..end].contains(|c: char| c != '-');
                self.scan.to(end, if option { b'v' } else { base });
                if option && self.scan.peek() == b'=' {
                    self.scan.take(1, b'o');
                }
            }
            b'~' => self.scan.take(1, b'b'),
            b']' => {
                let end = self.scan.end_of(self.scan.at, |byte| byte == b']');
                self.scan.to(end, b'f');
            }
            b'0'..=b'9' => {
                let digits = self.scan.end_of(self.scan.at, |byte| byte.is_ascii_digit());
                if matches!(self.scan.byte(digits), b'<' | b'>') {
                    return self.scan.to(digits, b'n');
                }
            }
            b'=' => {
                let end = self.scan.end_of(self.scan.at, |byte| matches!(byte, b'=' | b'~'));
                self.scan.to(end, b'o');
            }
            _ => {}
        }
        while !self.scan.is_done() && !b" \t\n;|&()<>`".contains(&self.scan.peek()) {
            self.piece(base, depth);
        }
        if self.scan.peek() == b'`' {
            self.piece(base, depth);
        }
        if self.scan.at == before {
            self.scan.take(1, base);
        }
    }

    /// A piece of a word: a string, something that is expanded, or plain characters.
    fn piece(&mut self, base: u8, depth: usize) {
        let scan = &mut *self.scan;
        match scan.peek() {
            b'\'' => scan.string("'", b's', false, true),
            b'"' => self.quoted(depth),
            b'$' | b'`' => self.expansion(base, depth),
            b'\\' if scan.byte(scan.at + 1) != b'\n' => scan.take(2, b'r'),
            b'*' | b'?' => scan.take(1, b'o'),
            _ => {
                let end = scan.end_of(scan.at + 1, |byte| !b" \t\n;|&()<>'\"$`\\*?".contains(&byte));
                scan.to(end, base);
            }
        }
    }

    /// A string in double quotes.
    fn quoted(&mut self, depth: usize) {
        self.scan.take(1, b's');
        while !self.scan.is_done() {
            match self.scan.peek() {
                b'"' => return self.scan.take(1, b's'),
                b'\\' => {
                    let escapes = b"\"$`\\".contains(&self.scan.byte(self.scan.at + 1));
                    self.scan.take(2, if escapes { b'r' } else { b's' });
                }
                b'$' | b'`' => self.expansion(b's', depth),
                _ => {
                    let end = self.scan.end_of(self.scan.at, |byte| !matches!(byte, b'"' | b'\\' | b'$' | b'`'));
                    self.scan.to(end, b's');
                }
            }
        }
    }

    /// `$x`, `${x:-y}`, `$(x)`, `$((x))`
    fn expansion(&mut self, base: u8, depth: usize) {
        let scan = &mut *self.scan;
        if scan.peek() == b'`' {
            scan.take(1, base);
            if depth < MAX_DEPTH {
                self.commands(b'`', base, depth + 1);
                self.scan.take(1, base);
            }
            return;
        }
        scan.take(1, base);
        match scan.peek() {
            b'\'' if base != b's' => scan.string("'", b's', true, true),
            b'(' if scan.byte(scan.at + 1) == b'(' => {
                let line = &scan.text[scan.at..scan.line_end()];
                let end = line.find("))").map_or(scan.at + 2, |found| scan.at + found + 2);
                self.arithmetic(end, base);
            }
            b'(' if depth < MAX_DEPTH => {
                scan.take(1, base);
                self.commands(b')', base, depth + 1);
                self.scan.take(1, base);
            }
            b'{' => {
                scan.take(1, base);
                let length = scan.end_of(scan.at, |byte| matches!(byte, b'#' | b'!'));
                scan.to(length, b'o');
                let name = scan.end_of(scan.at, is_word);
                scan.to(name, b'v');
                let operator = scan.end_of(scan.at, |byte| b":-=+?#%/^,".contains(&byte));
                scan.to(operator, b'o');
                while !self.scan.is_done() && !matches!(self.scan.peek(), b'}' | b'\n' | b'"') {
                    if self.scan.peek() == b'$' && depth < MAX_DEPTH {
                        self.expansion(base, depth + 1);
                    } else {
                        self.scan.take(1, base);
                    }
                }
                if self.scan.peek() == b'}' {
                    self.scan.take(1, base);
                }
            }
            byte if b"@*?$!#-".contains(&byte) => scan.take(1, b'b'),
            byte if byte.is_ascii_digit() => scan.take(1, b'v'),
            byte if byte.is_ascii_alphabetic() || byte == b'_' => {
                let end = scan.end_of(scan.at, |byte| byte.is_ascii_alphanumeric() || byte == b'_');
                scan.to(end, b'v');
            }
            _ => {}
        }
    }

    fn arithmetic(&mut self, end: usize, base: u8) {
        let scan = &mut *self.scan;
        while scan.at < end {
            let byte = scan.peek();
            let (stop, class) = if byte.is_ascii_digit() {
                (scan.end_of(scan.at, |byte| byte.is_ascii_digit()), b'n')
            } else if is_word(byte) {
                (scan.end_of(scan.at, is_word), b'v')
            } else {
                (scan.at + 1, if b"+-*/%<>=!".contains(&byte) { b'o' } else { base })
            };
            scan.to(stop.min(end), class);
        }
    }

    /// `>`, `2>&1`, `<<EOF`, `<(`; whether a command follows.
    fn redirection(&mut self, base: u8) -> bool {
        let scan = &mut *self.scan;
        let end = scan.end_of(scan.at, |byte| matches!(byte, b'<' | b'>' | b'&'));
        let operator = &scan.text[scan.at..end];
        scan.to(end, b'o');
        if operator == "<<" {
            if scan.peek() == b'-' {
                scan.take(1, b'o');
            }
            scan.blanks();
            let quoted = matches!(scan.peek(), b'\'' | b'"');
            if quoted {
                scan.take(1, b's');
            }
            let name = scan.end_of(scan.at, is_word);
            if name > scan.at {
                self.here.push((scan.text[scan.at..name].to_owned(), !quoted));
            }
            scan.to(name, b'k');
            if quoted && matches!(scan.peek(), b'\'' | b'"') {
                scan.take(1, b's');
            }
        } else if operator.ends_with('&') {
            let number = scan.end_of(scan.at, |byte| byte.is_ascii_digit());
            scan.to(number, b'n');
        } else if scan.peek() == b'(' {
            scan.take(1, base);
            return true;
        }
        false
    }

    /// The texts of here-documents, from the beginning of a line.
    fn here_documents(&mut self) {
        for (end, expands) in std::mem::take(&mut self.here) {
            while !self.scan.is_done() {
                let line_end = self.scan.line_end();
                if self.scan.text[self.scan.at..line_end].trim() == end {
                    self.scan.to(line_end, b'k');
                    self.scan.take(1, 0);
                    break;
                }
                while self.scan.at < line_end {
                    let dollar = if expands {
                        memchr::memchr(b'$', &self.scan.text.as_bytes()[self.scan.at..line_end])
                    } else {
                        None
                    };
                    match dollar {
                        Some(0) => self.expansion(b's', MAX_DEPTH),
                        Some(before) => self.scan.take(before, b's'),
                        None => self.scan.to(line_end, b's'),
                    }
                }
                if self.scan.at == line_end {
                    self.scan.take(1, b's');
                }
            }
        }
    }
}

/// Commands that are no words.
fn is_sign(word: &str) -> bool {
    matches!(word, ":" | "." | "[" | "[[")
}
