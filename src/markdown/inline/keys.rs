//! Keys to press: `++ctrl+alt+del++`, `++"x"++`.

use crate::markdown::text::escape;

use super::key_names::label;
use super::{Kind, Piece, replace};

/// Longest list of keys, in bytes.
const MAX: usize = 200;

/// Finds keys.
pub(super) fn pass(pieces: &mut Vec<Piece<'_>>) {
    replace(
        pieces,
        true,
        |text| text.contains("++"),
        |text, _, _| {
            let mut found = Vec::new();
            let mut from = 0;
            while let Some(at) = text[from..].find("++") {
                let start = from + at;
                from = start + 2;
                if let Some((length, keys)) = read(&text[from..]) {
                    from += length;
                    let shown: Vec<String> = keys.iter().map(|key| format!("<kbd>{}</kbd>", escape(key))).collect();
                    let html = format!("<span class=\"keys\">{}</span>", shown.join("<span>+</span>"));
                    found.push((start..from, Kind::Html(html, keys.join("+"))));
                }
            }
            found
        },
    );
}

/// The keys after `++`, with how many bytes they and the end take.
fn read(text: &str) -> Option<(usize, Vec<String>)> {
    let mut keys = Vec::new();
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let length = match quote {
            Some(quote) => {
                let mut end = MAX.min(rest.len());
                while !rest.is_char_boundary(end) {
                    end -= 1;
                }
                let inner = rest[1..end].find(quote).filter(|length| *length > 0)?;
                keys.push(rest[1..=inner].trim().to_owned());
                inner + 2
            }
            None => {
                let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
                let length = rest.bytes().take(MAX).take_while(is_name).count();
                keys.push(label(&rest[..length])?);
                length
            }
        };
        at += length;
        if at > MAX {
            return None;
        }
        let rest = &text[at..];
        if rest.starts_with("++") {
            return Some((at + 2, keys));
        }
        rest.strip_prefix('+')?;
        at += 1;
    }
}
