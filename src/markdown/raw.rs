//! The author's HTML before it is cleaned: how much of it there is, and what can be said of it
//! without a cleaner.

/// Keeps count of what the author opens and does not close. HTML parsers repeat open elements
/// for every paragraph, so a page that leaves many open would multiply.
#[derive(Debug, Default)]
pub(super) struct Budget {
    tags: usize,
    open: usize,
    formatting: usize,
}

/// Most tags that a page may hold.
pub(super) const MAX_TAGS: usize = 20_000;
const MAX_OPEN: usize = 200;
const MAX_FORMATTING: usize = 40;

const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Elements that need no end.
const LOOSE: &[&str] = &[
    "area", "base", "br", "col", "colgroup", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option",
    "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
];

impl Budget {
    /// Counts some HTML; false when it is too much.
    pub(super) fn take(&mut self, html: &str) -> bool {
        for (name, closes) in tags(html) {
            self.tags += 1;
            let count = if FORMATTING.contains(&name.as_str()) { &mut self.formatting } else { &mut self.open };
            if LOOSE.contains(&name.as_str()) {
                continue;
            }
            *count = if closes { count.saturating_sub(1) } else { *count + 1 };
            if self.tags > MAX_TAGS || self.open > MAX_OPEN || self.formatting > MAX_FORMATTING {
                return false;
            }
        }
        true
    }
}

/// The tags of some HTML: their names in lower case, and whether they close.
fn tags(html: &str) -> impl Iterator<Item = (String, bool)> + '_ {
    html.match_indices('<').filter_map(|(at, _)| {
        let rest = &html[at + 1..];
        let (rest, closes) = rest.strip_prefix('/').map_or((rest, false), |rest| (rest, true));
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len()).min(16);
        let name = rest.get(..end)?.to_ascii_lowercase();
        let ends_itself = !closes && rest[..rest.find('>').unwrap_or(0)].ends_with('/');
        (name.starts_with(|c: char| c.is_ascii_alphabetic()) && !ends_itself).then_some((name, closes))
    })
}

/// HTML without its comments. One that is not closed goes to the end.
pub(super) fn without_comments(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find("<!--") {
        out.push_str(&rest[..at]);
        rest = rest[at + 4..].find("-->").map_or("", |end| &rest[at + 4 + end + 3..]);
    }
    out.push_str(rest);
    out
}

/// The text of some HTML, for searching.
pub(super) fn plain(html: &str) -> String {
    let mut out = String::new();
    for piece in without_comments(html).split('<') {
        out.push_str(piece.split_once('>').map_or(if out.is_empty() { piece } else { "" }, |(_, text)| text));
    }
    super::text::unescape(&out)
}
