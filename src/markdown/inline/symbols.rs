//! Symbols that are typed with plain letters, as pymdownx's smartsymbols has them. Quotes and
//! dashes stay as they are written.

use super::{Kind, Piece, is_word, replace};

/// Texts that are symbols wherever they stand.
const ANYWHERE: [(&str, &str); 5] = [("(tm)", "™"), ("(c)", "©"), ("(r)", "®"), ("+/-", "±"), ("=/=", "≠")];

const FRACTIONS: [(&str, &str); 15] = [
    ("1/4", "¼"),
    ("1/2", "½"),
    ("3/4", "¾"),
    ("1/3", "⅓"),
    ("2/3", "⅔"),
    ("1/5", "⅕"),
    ("2/5", "⅖"),
    ("3/5", "⅗"),
    ("4/5", "⅘"),
    ("1/6", "⅙"),
    ("5/6", "⅚"),
    ("1/8", "⅛"),
    ("3/8", "⅜"),
    ("5/8", "⅝"),
    ("7/8", "⅞"),
];

/// Finds symbols; links are left alone.
pub(super) fn pass(pieces: &mut Vec<Piece<'_>>) {
    replace(pieces, false, worth, |text, before, after| {
        let bytes = text.as_bytes();
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(offset) = bytes[at..].iter().position(|byte| is_start(*byte)) {
            let start = at + offset;
            at = start + 1;
            let before = text[..start].chars().next_back().or(if start == 0 { before } else { None });
            let follows = |end: usize| text[end..].chars().next().or(if end == text.len() { after } else { None });
            if let Some((length, shown)) = symbol(&text[start..], before, &follows, start) {
                at = start + length;
                let plain = shown.replace("<sup>", "").replace("</sup>", "");
                found.push((start..at, Kind::Html(shown, plain)));
            } else if bytes[start].is_ascii_digit() {
                // The rest of the number begins nothing.
                at += bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            }
        }
        found
    });
}

fn is_start(byte: u8) -> bool {
    matches!(byte, b'(' | b'+' | b'=' | b'<' | b'-' | b'c') || byte.is_ascii_digit()
}

/// A symbol has one of these.
pub(super) const WORTH: &[u8] = b"(/<-0123456789";

fn worth(text: &str) -> bool {
    text.bytes().any(|byte| WORTH.contains(&byte))
}

fn symbol(
    rest: &str,
    before: Option<char>,
    follows: &impl Fn(usize) -> Option<char>,
    start: usize,
) -> Option<(usize, String)> {
    let fixed = |length: usize, symbol: &str| Some((length, symbol.to_owned()));
    if let Some((written, symbol)) = ANYWHERE.iter().find(|(written, _)| rest.starts_with(written)) {
        return fixed(written.len(), symbol);
    }
    let (starts_word, ends_word) =
        (!before.is_some_and(is_word), |length: usize| !follows(start + length).is_some_and(is_word));
    if rest.starts_with("<-->") {
        return fixed(4, "↔");
    }
    // `8<--` is the scissors of a snippet.
    if rest.starts_with("<--") && follows(start + 3) != Some('-') && starts_word {
        return fixed(3, "←");
    }
    if rest.starts_with("-->") && before != Some('-') {
        return fixed(3, "→");
    }
    if rest.starts_with("c/o") && starts_word && ends_word(3) {
        return fixed(3, "℅");
    }
    if let Some((_, symbol)) = FRACTIONS.iter().find(|(written, _)| rest.starts_with(written)) {
        // Not in dates and versions, as `1/2/2024` and `3.9.1/3.8.7`.
        let goes_on = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || c == '/');
        let is_version = matches!(rest.as_bytes().get(3..5), Some([b'.', digit]) if digit.is_ascii_digit());
        let part = goes_on(before) || before == Some('.') || goes_on(follows(start + 3)) || is_version;
        return if part { None } else { fixed(3, symbol) };
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || !starts_word || digits > 18 {
        return None;
    }
    let (number, suffix) = (&rest[..digits], rest.get(digits..digits + 2)?);
    let eleventh = number.len() > 1 && number[..number.len() - 1].ends_with('1');
    let fits = match (number.as_bytes()[digits - 1], suffix) {
        (b'1' | b'2' | b'3', "th") => eleventh,
        (b'1', "st") | (b'2', "nd") | (b'3', "rd") | (b'0' | b'4'..=b'9', "th") => true,
        _ => false,
    };
    let leads = digits == 1 || !number.starts_with('0');
    (fits && leads && ends_word(digits + 2)).then(|| (digits + 2, format!("{number}<sup>{suffix}</sup>")))
}
