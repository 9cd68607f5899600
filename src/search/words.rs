//! Texts as the words they are found by: lower case, identifiers as their parts and as one word, scripts
//! without spaces as pairs of characters; and words without their accents. `search-words.js` of the theme
//! does the same to what is typed; `tests/search/words.tsv` holds both to it.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// Longest word, in characters; what is beyond does not tell words apart.
pub(super) const MAX_WORD: usize = 48;

/// Letters that have no accent to lose, as who has no such keys types them.
const LETTERS: [(char, &str); 10] = [
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('ł', "l"),
    ('ı', "i"),
    ('ς', "σ"),
];

/// A text with the same letters however they are encoded.
fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfkc_quick(text.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.nfkc().collect())
}

/// A word in small letters without its accents.
pub(super) fn fold(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        return Cow::Borrowed(word);
    }
    let mut plain = String::with_capacity(word.len());
    for c in word.nfd().filter(|&c| !is_accent(c)) {
        match LETTERS.iter().find(|(letter, _)| *letter == c) {
            Some((_, typed)) => plain.push_str(typed),
            None => plain.push(c),
        }
    }
    let folded: String = plain.nfc().collect();
    if folded == word { Cow::Borrowed(word) } else { Cow::Owned(folded) }
}

/// A mark that is left out in typing: the accents of Latin, Greek and Cyrillic letters, the vowels and signs
/// of Hebrew and Arabic, and what says how a picture is shown. Marks of other scripts are letters.
fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}')
}

/// Gives away the words of a text, up to a number of runs of letters.
pub(super) fn words(text: &str, most: usize, each: &mut impl FnMut(&str)) {
    let text = plain(text);
    let mut buffer = String::new();
    let is_word = |c: char| c.is_alphanumeric() || is_combining_mark(c) || c == '_';
    for run in text.split(|c| !is_word(c)).filter(|run| !run.is_empty()).take(most) {
        // Most words need no copy.
        if run.len() <= MAX_WORD && run.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
            each(run);
        } else if run.is_ascii() {
            split(run, &mut buffer, each);
        } else {
            by_script(run, &mut buffer, each);
        }
    }
}

/// The whole of a name as one word: only its letters and digits.
pub(super) fn whole(name: &str) -> String {
    let text = plain(name);
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    let lower: String = letters.flat_map(char::to_lowercase).take(MAX_WORD).collect();
    fold(&lower).into_owned()
}

/// The words of a run that may change between scripts with and without spaces.
fn by_script(run: &str, buffer: &mut String, each: &mut impl FnMut(&str)) {
    let mut rest = run;
    while let Some(first) = rest.chars().next() {
        let signs = is_sign(first);
        let end = rest.find(|c| is_sign(c) != signs).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        if signs {
            pairs(part, each);
        } else {
            split(part, buffer, each);
        }
        rest = after;
    }
}

/// Each character with the next, and the last by itself.
fn pairs(signs: &str, each: &mut impl FnMut(&str)) {
    let starts: Vec<usize> = signs.char_indices().map(|(at, _)| at).collect();
    for (at, &start) in starts.iter().enumerate() {
        each(&signs[start..starts.get(at + 2).copied().unwrap_or(signs.len())]);
    }
}

/// The parts of an identifier, then, where there are some, all of it.
fn split(run: &str, buffer: &mut String, each: &mut impl FnMut(&str)) {
    let parts = parts(run);
    for part in &parts {
        lower(&run[part.clone()], buffer);
        each(buffer);
    }
    if parts.len() > 1 {
        lower(run, buffer);
        each(buffer);
    }
}

fn lower(text: &str, buffer: &mut String) {
    buffer.clear();
    buffer.extend(text.chars().filter(|&c| c != '_').flat_map(char::to_lowercase).take(MAX_WORD));
}

/// Where a run of letters is cut: at `_`, before a capital after a small letter or digit, and before the
/// last of several capitals when a small letter follows.
fn parts(run: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    let mut characters = run.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let next = characters.peek().map(|&(_, next)| next);
        let cuts = before.is_some_and(|before| {
            let is_hump = c.is_uppercase() && (!before.is_uppercase() || next.is_some_and(char::is_lowercase));
            c == '_' || before == '_' || is_hump
        });
        if cuts {
            push(&mut parts, run, start..at);
            start = at;
        }
        before = Some(c);
    }
    push(&mut parts, run, start..run.len());
    parts
}

fn push(parts: &mut Vec<Range<usize>>, run: &str, part: Range<usize>) {
    if run[part.clone()].chars().any(|c| c.is_alphanumeric() && !is_accent(c)) {
        parts.push(part);
    }
}

/// Of a script whose words have no spaces between them, or whose words carry others with them: Thai,
/// Lao, Burmese, Khmer, kana, Chinese characters, Hangul.
fn is_sign(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> String {
        let mut found = Vec::new();
        words(text, 1_000, &mut |word| found.push(word.to_owned()));
        found.join(" ")
    }

    #[test]
    fn identifiers_are_found_by_their_parts_and_in_full() {
        for (text, expected) in [
            ("plain words, here", "plain words here"),
            ("orderId", "order id orderid"),
            ("order_id", "order id orderid"),
            ("_internal_", "internal"),
            ("HTTPServer2", "http server2 httpserver2"),
            ("payments-api", "payments api"),
            ("GET /v1/orders/{orderId}", "get v1 orders order id orderid"),
            ("acme.orders.v1.OrderCreated", "acme orders v1 order created ordercreated"),
            ("Straße École ﬁle e\u{301}te\u{301}", "straße école file été"),
            ("❤\u{fe0f} हिन्दी", "हिन्दी"),
            ("", ""),
        ] {
            assert_eq!(all(text), expected, "{text}");
        }
    }

    #[test]
    fn scripts_without_spaces_are_found_by_pairs_of_characters() {
        for (text, expected) in [
            ("支払い api", "支払 払い い api"),
            ("決", "決"),
            ("APIの仕様v2", "api の仕 仕様 様 v2"),
            ("결제 서비스", "결제 제 서비 비스 스"),
        ] {
            assert_eq!(all(text), expected, "{text}");
        }
    }

    #[test]
    fn words_lose_accents_and_keep_what_is_a_letter() {
        for (word, expected) in [
            ("plain", "plain"),
            ("straße", "strasse"),
            ("été", "ete"),
            ("ёлка", "елка"),
            ("λόγος", "λογοσ"),
            ("हिन्दी", "हिन्दी"),
            ("ガ", "ガ"),
            ("مُحَمَّد", "محمد"),
        ] {
            assert_eq!(fold(word), expected);
        }
    }

    #[test]
    fn a_name_is_one_word_in_full() {
        assert_eq!(whole("Payments API"), "paymentsapi");
        assert_eq!(whole("/v1/orders/{order_id}"), "v1ordersorderid");
        assert_eq!(whole("Übersicht der Größen"), "ubersichtdergrossen");
        assert_eq!(whole(&"x".repeat(100)).len(), MAX_WORD);
    }

    #[test]
    fn a_long_text_counts_up_to_a_limit() {
        let mut count = 0;
        words(&"a ".repeat(100), 7, &mut |_| count += 1);
        assert_eq!(count, 7);
        assert_eq!(all(&"x".repeat(1_000)).len(), MAX_WORD);
    }
}
