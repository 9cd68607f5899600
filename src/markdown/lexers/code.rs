//! Programming languages by a table: words, comments, strings, numbers, and what stands before a
//! name or after it. Not a parser: what cannot be told from this stays plain.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::{Scan, is_word};

/// What a language looks like. Words are separated by blanks.
pub(in crate::markdown) struct Language {
    /// Its names.
    pub(super) names: &'static [&'static str],
    pub(super) keywords: &'static str,
    /// Values: `true`, `null`, `self`.
    pub(super) constants: &'static str,
    pub(super) types: &'static str,
    /// Functions that are known without being called with a parenthesis.
    pub(super) functions: &'static str,
    /// After these a function is named.
    pub(super) before_function: &'static str,
    /// After these a type is named.
    pub(super) before_type: &'static str,
    pub(super) line_comments: &'static [&'static str],
    pub(super) block_comment: Option<(&'static str, &'static str)>,
    /// Quotes, the longest first.
    pub(super) strings: &'static [Quote],
    pub(super) rules: Rules,
}

/// A form of strings: its quote, whether a backslash escapes, whether it reaches over lines.
pub(super) type Quote = (&'static str, bool, bool);

/// What else is true of a language.
#[derive(Clone, Copy, Default)]
pub(super) struct Rules {
    /// Case of keywords does not matter.
    pub(super) any_case: bool,
    /// Names with a capital are types, names in capitals are constants.
    pub(super) capitals: bool,
    /// `@name` is an annotation.
    pub(super) annotations: bool,
    /// `name =` and the like at the beginning of a line is a key.
    pub(super) keys: bool,
    /// Keywords count only at the beginning of a line.
    pub(super) line_keywords: bool,
    /// `#[…]` is an attribute, `'a` a lifetime, `name!` a macro.
    pub(super) rust: bool,
    /// A slash where a value may stand begins a regular expression.
    pub(super) slashes: bool,
    /// Letters before a quote belong to the string.
    pub(super) prefixes: bool,
    /// `$name` is a variable.
    pub(super) dollars: bool,
}

impl Language {
    /// Its words, to look them up: to go through the lists for each word of a text was most of the
    /// work.
    fn words(&self) -> FxHashMap<Cow<'static, str>, Word> {
        let mut words: FxHashMap<Cow<'static, str>, Word> = FxHashMap::default();
        let mut each = |list: &'static str, mark: &dyn Fn(&mut Word)| {
            for word in list.split_ascii_whitespace() {
                mark(words.entry(self.rules.key(word)).or_default());
            }
        };
        // A word of two lists has the class of the first.
        let lists = [(self.keywords, b'k'), (self.constants, b'b'), (self.types, b't'), (self.functions, b'f')];
        for (list, class) in lists {
            each(list, &|word| word.class = word.class.or(Some(class)));
        }
        each(self.before_function, &|word| word.before_function = true);
        each(self.before_type, &|word| word.before_type = true);
        words
    }
}

impl Rules {
    /// What a word is looked up by.
    fn key(self, word: &str) -> Cow<'_, str> {
        if self.any_case { Cow::Owned(word.to_ascii_lowercase()) } else { Cow::Borrowed(word) }
    }
}

/// What a language says of a word.
#[derive(Clone, Copy, Default)]
struct Word {
    class: Option<u8>,
    before_function: bool,
    before_type: bool,
}

pub(super) fn lex(scan: &mut Scan<'_>, language: &Language) {
    let (rules, words) = (language.rules, language.words());
    let find = |word: &str| words.get(&*rules.key(word)).copied().unwrap_or_default();
    // The word before, for what it says of the next one, and whether a value may follow.
    let (mut before, mut value, mut fresh) = ("", true, true);
    while !scan.is_done() {
        let (rest, byte) = (scan.rest(), scan.peek());
        if byte.is_ascii_whitespace() {
            fresh |= byte == b'\n';
            value |= byte == b'\n';
            scan.take(1, 0);
            continue;
        }
        if language.line_comments.iter().any(|mark| rest.starts_with(mark)) && !(rules.rust && rest.starts_with("#[")) {
            scan.to(scan.line_end(), b'c');
            continue;
        }
        if let Some((_, end)) = language.block_comment.filter(|(open, _)| rest.starts_with(open)) {
            let end = rest[2..].find(end).map_or(scan.text.len(), |found| scan.at + 2 + found + end.len());
            scan.to(end, b'c');
            continue;
        }
        if let Some((quote, escapes, lines)) = language.strings.iter().find(|(quote, ..)| rest.starts_with(quote)) {
            if !(rules.rust && *quote == "'" && is_lifetime(rest)) {
                scan.string(quote, b's', *escapes, *lines);
                (before, value, fresh) = ("", false, false);
                continue;
            }
            let end = scan.end_of(scan.at + 1, is_word);
            scan.to(end, b'k');
            continue;
        }
        if byte.is_ascii_digit() {
            number(scan);
            (before, value) = ("", false);
        } else if is_word(byte) {
            let end = scan.end_of(scan.at, is_word);
            let word = &scan.text[scan.at..end];
            if rules.prefixes && word.len() <= 2 && matches!(scan.byte(end), b'"' | b'\'') {
                scan.to(end, b'k');
                continue;
            }
            let known = (find(word), find(before));
            let class = class(scan, rules, word, before, known, end, fresh);
            scan.to(end, class);
            if rules.rust && class == b'f' && scan.peek() == b'!' {
                scan.take(1, b'f');
            }
            value = class == b'k';
            before = word;
        } else if rules.annotations && byte == b'@' {
            let end = scan.end_of(scan.at + 1, |byte| is_word(byte) || byte == b'.');
            scan.to(end, b'a');
        } else if rules.dollars && byte == b'$' {
            let end = scan.end_of(scan.at + 1, |byte| is_word(byte) || matches!(byte, b'{' | b'}'));
            scan.to(end, b'v');
        } else if rules.rust && (rest.starts_with("#[") || rest.starts_with("#![")) {
            let line = &scan.text[scan.at..scan.line_end()];
            let end = line.find(']').map_or(scan.at + 1, |found| scan.at + found + 1);
            scan.to(end, b'a');
        } else if rules.slashes && byte == b'/' && value {
            regular_expression(scan);
            value = false;
        } else {
            let operator = b"+-*/%=<>!&|^~?".contains(&byte);
            scan.take(1, if operator && !rules.line_keywords { b'o' } else { 0 });
            value = !matches!(byte, b')' | b']' | b'}');
            before = if byte == b'.' { "." } else { "" };
        }
        fresh = false;
    }
}

/// The class of a word, with what is known of it and of the one before.
fn class(
    scan: &Scan<'_>,
    rules: Rules,
    word: &str,
    before: &str,
    (known, after): (Word, Word),
    end: usize,
    fresh: bool,
) -> u8 {
    if rules.line_keywords {
        let counts = fresh || after.before_function;
        return if counts && known.class == Some(b'k') { b'k' } else { 0 };
    }
    let next = scan.byte(end);
    let member = before == ".";
    if let Some(class) = known.class.filter(|_| !member) {
        return class;
    }
    if after.before_function {
        return b'f';
    }
    if after.before_type {
        return b't';
    }
    let sign = scan.end_of(end, |byte| byte == b' ');
    if rules.keys && fresh && matches!(scan.byte(sign), b'=' | b':') {
        return b'p';
    }
    if next == b'(' || (rules.rust && next == b'!' && scan.byte(end + 1) != b'=') {
        return b'f';
    }
    let first = word.as_bytes()[0];
    if rules.capitals && first.is_ascii_uppercase() {
        let constant = word.len() > 1 && word.bytes().all(|byte| !byte.is_ascii_lowercase());
        return if constant { b'b' } else { b't' };
    }
    0
}

fn number(scan: &mut Scan<'_>) {
    let mut end = scan.end_of(scan.at, is_word);
    // A point belongs to it when a digit follows, a sign when an exponent stands before it.
    while (scan.byte(end) == b'.' && scan.byte(end + 1).is_ascii_digit())
        || (matches!(scan.byte(end), b'-' | b'+')
            && matches!(scan.byte(end - 1), b'e' | b'E')
            && !scan.rest().starts_with("0x")
            && scan.byte(end + 1).is_ascii_digit())
    {
        end = scan.end_of(end + 1, is_word);
    }
    scan.to(end, b'n');
}

/// `'a` that is not `'a'`.
fn is_lifetime(rest: &str) -> bool {
    let name = rest[1..].bytes().take_while(|&byte| is_word(byte)).count();
    name > 0 && rest.as_bytes().get(name + 1) != Some(&b'\'')
}

/// `/x/g`, when it ends on this line.
fn regular_expression(scan: &mut Scan<'_>) {
    let (text, line_end) = (scan.text.as_bytes(), scan.line_end());
    let (mut at, mut set) = (scan.at + 1, false);
    while at < line_end {
        match text[at] {
            b'\\' => at += 1,
            b'[' => set = true,
            b']' => set = false,
            b'/' if !set => {
                let end = scan.end_of(at + 1, |byte| byte.is_ascii_lowercase());
                return scan.to(end, b'r');
            }
            _ => {}
        }
        at += 1;
    }
    scan.take(1, b'o');
}
