//! Texts of a definition as HTML. Most are a plain sentence, and the same ones come again and again.

use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;

use crate::base::Memo;
use crate::markdown::{self, escape};

use super::inner_links::InnerLinks;
use super::slots::without_marks;

/// The texts of one definition, rendered once each.
pub(super) struct Texts<'a> {
    memo: &'a dyn Memo,
    known: Mutex<FxHashMap<String, String>>,
    links: InnerLinks,
}

impl<'a> Texts<'a> {
    pub(super) fn new(memo: &'a dyn Memo) -> Self {
        Self { memo, known: Mutex::default(), links: InnerLinks::default() }
    }

    /// The same, with links within the definition.
    pub(super) fn with_links(self, links: InnerLinks) -> Self {
        Self { links, ..self }
    }

    /// A description as HTML; nothing for one that says nothing.
    pub(super) fn html(&self, text: Option<&str>) -> Option<String> {
        let text = text.map(str::trim).filter(|text| !text.is_empty())?;
        if let Some(known) = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(text) {
            return Some(known.clone());
        }
        let clean = without_marks(text);
        let html = if is_plain(&clean) {
            format!("<p>{}</p>", escape(&clean))
        } else {
            markdown::description_with_parts(&clean, &|fragment| self.links.find(fragment), self.memo)
        };
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(text.to_owned(), html.clone());
        Some(html)
    }

    /// Code as HTML.
    pub(super) fn code(&self, text: &str, language: &str) -> String {
        markdown::highlight(&without_marks(text), language, self.memo)
    }
}

/// Whether Markdown would make one paragraph of a text and change nothing in it.
fn is_plain(text: &str) -> bool {
    let first = text.chars().next().unwrap_or(' ');
    first.is_alphabetic()
        && !text.contains("www.")
        && !text.contains("://")
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | ',' | ';' | '/' | '%' | '\'' | '"') || c == '.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::NoMemo;

    #[test]
    fn the_short_way_says_what_markdown_says() {
        for text in ["The name of a pet", "A number, 1.5 at least; \"x\" or 'y'/z", "e.g. 10% of it"] {
            assert!(is_plain(text), "{text}");
            assert_eq!(Texts::new(&NoMemo).html(Some(text)).unwrap(), markdown::description(text, &NoMemo).trim_end());
        }
        for text in ["a *b*", "see www.example.com", "1. one", "a\nb", "x: y", "a@b.example", "# a"] {
            assert!(!is_plain(text), "{text}");
        }
    }
}
