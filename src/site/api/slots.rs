//! Links to parts of a reference before it is known on which page each part will stand. A part is
//! rendered once, with marks in the place of links; when all parts have their page, the marks
//! become links.

use rustc_hash::FxHashMap;

use crate::routes;

/// What a mark begins and ends with: characters that no text of a page may hold.
const OPEN: char = '\u{2}';
const CLOSE: char = '\u{3}';

/// The mark of a part, to be used where its link will stand.
pub(super) fn mark(anchor: &str) -> String {
    format!("{OPEN}{anchor}{CLOSE}")
}

/// A text without the characters of marks.
pub(super) fn without_marks(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains([OPEN, CLOSE]) {
        return text.replace([OPEN, CLOSE], "").into();
    }
    text.into()
}

/// Where every part stands: the page by its anchor.
#[derive(Debug, Default)]
pub(in crate::site) struct Places(FxHashMap<String, String>);

impl Places {
    /// Puts a part on a page.
    pub(super) fn put(&mut self, anchor: &str, page: &str) {
        self.0.insert(anchor.to_owned(), page.to_owned());
    }

    /// Whether a part has a page.
    pub(super) fn have(&self, anchor: &str) -> bool {
        self.0.contains_key(anchor)
    }

    /// The link from a page to a part.
    pub(super) fn link(&self, from: &str, anchor: &str) -> String {
        let fragment = crate::base::hosts::encoded(anchor);
        match self.0.get(anchor) {
            Some(page) if page != from => format!("{}#{fragment}", routes::link(from, page)),
            _ => format!("#{fragment}"),
        }
    }

    /// The HTML of parts with its marks as links, for a page.
    pub(super) fn fill(&self, from: &str, html: &str, out: &mut String) {
        let mut rest = html;
        while let Some((before, marked)) = rest.split_once(OPEN) {
            out.push_str(before);
            let Some((anchor, after)) = marked.split_once(CLOSE) else {
                rest = marked;
                continue;
            };
            out.push_str(&self.link(from, anchor));
            rest = after;
        }
        out.push_str(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_links() {
        let mut places = Places::default();
        places.put("a", "x/index.html");
        places.put("b b", "x/schemas/b.html");
        let html = format!("<a href=\"{}\"><a href=\"{}\">{}", mark("a"), mark("b b"), OPEN);
        let mut out = String::new();
        places.fill("x/index.html", &html, &mut out);
        assert_eq!(out, "<a href=\"#a\"><a href=\"schemas/b.html#b%20b\">");
    }
}
