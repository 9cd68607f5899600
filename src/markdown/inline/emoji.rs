//! Short codes of emoji, by GitHub's names and those of EmojiOne, which TechDocs has. Codes of icon sets (`:material-check:`), which are
//! drawings that are not here, become a sign where one says the same, and a name that is read
//! but not shown elsewhere; alone in its block the name is shown, or a cell would be empty.

use std::sync::LazyLock;

use emojis::SkinTone;
use rustc_hash::FxHashMap;

use super::{Kind, Piece, is_word, replace};

/// Names of EmojiOne that GitHub does not have.
static EMOJIONE: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("emojione.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(' ')).collect()
});

const SETS: [&str; 4] = ["material-", "octicons-", "fontawesome-", "simple-"];

/// Icons that a sign says as well.
const SIGNS: &[(&str, &str)] = &[
    ("check", "✓"),
    ("close", "✗"),
    ("x", "✗"),
    ("cancel", "✗"),
    ("plus", "+"),
    ("minus", "−"),
    ("alert", "⚠"),
    ("triangle-exclamation", "⚠"),
    ("information", "ℹ"),
    ("star", "★"),
    ("star-outline", "☆"),
    ("heart", "♥"),
    ("arrow-right", "→"),
    ("arrow-left", "←"),
    ("arrow-up", "↑"),
    ("arrow-down", "↓"),
    ("circle-check", "✓"),
    ("circle-xmark", "✗"),
    ("check-circle", "✓"),
    ("close-circle", "✗"),
    ("check-bold", "✓"),
    ("check-all", "✓"),
    ("xmark", "✗"),
    ("help", "?"),
    ("lock", "🔒"),
];

/// The emoji of a name. A tone of skin at its end is EmojiOne's as well.
fn emoji(name: &str) -> Option<String> {
    if let Some(emoji) = emojis::get_by_shortcode(name) {
        return Some(emoji.as_str().to_owned());
    }
    if let Some(emoji) = EMOJIONE.get(name) {
        return Some((*emoji).to_owned());
    }
    let (base, tone) = name.rsplit_once("_tone")?;
    let tone = match tone {
        "1" => SkinTone::Light,
        "2" => SkinTone::MediumLight,
        "3" => SkinTone::Medium,
        "4" => SkinTone::MediumDark,
        "5" => SkinTone::Dark,
        _ => return None,
    };
    let base = emojis::get_by_shortcode(base).or_else(|| emojis::get(EMOJIONE.get(base)?))?;
    Some(base.with_skin_tone(tone)?.as_str().to_owned())
}

/// Finds short codes.
pub(super) fn pass(pieces: &mut Vec<Piece<'_>>) {
    let worth = |text: &str| text.bytes().filter(|byte| *byte == b':').take(2).count() == 2;
    replace(pieces, true, worth, |text, before, _| {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(at) = text[from..].find(':') {
            let start = from + at;
            from = start + 1;
            let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'+');
            let length = text[from..].bytes().take(80).take_while(is_name).count();
            let name = &text[from..from + length];
            if length == 0 || !text[from + length..].starts_with(':') {
                continue;
            }
            // `a:b:c` is three words.
            let before = if start == 0 { before } else { text[..start].chars().next_back() };
            let after = text[from + length + 1..].chars().next();
            if before.is_some_and(is_word) && after.is_some_and(is_word) {
                continue;
            }
            let kind = match emoji(name) {
                Some(emoji) => Kind::Html(emoji.clone(), emoji),
                None => match icon(name) {
                    Some(icon) => icon,
                    None => continue,
                },
            };
            from += length + 1;
            found.push((start..from, kind));
        }
        found
    });
}

fn icon<'a>(name: &str) -> Option<Kind<'a>> {
    let set = SETS.iter().find(|set| name.starts_with(**set))?;
    let mut name = &name[set.len()..];
    for style in ["brands-", "solid-", "regular-"] {
        name = name.strip_prefix(style).unwrap_or(name);
    }
    // `octicons-check-16` names its size.
    let name = name.trim_end_matches("-16").trim_end_matches("-24").trim_matches('-');
    if name.is_empty() {
        return None;
    }
    let words = name.replace(['-', '_'], " ");
    let Some((_, sign)) = SIGNS.iter().find(|(known, _)| *known == name) else { return Some(Kind::Icon(words)) };
    Some(Kind::Html((*sign).to_owned(), (*sign).to_owned()))
}
