//! Footnotes: numbered by first use, collected at the end of the page, with ways back.

use rustc_hash::FxHashMap;

use super::text::escape;

/// The footnotes of one page.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    /// What marks an attribute as the engine's own.
    own: String,
    numbers: FxHashMap<String, usize>,
    /// Labels by number, with how often each is referred to.
    used: Vec<(String, usize)>,
    references: usize,
    /// Labels with their text, in order of the page.
    defined: Vec<(String, String)>,
}

/// Most ways back from one footnote.
const MAX_BACK: usize = 20;
/// Most footnotes of a page, and most references to them.
pub(super) const MAX_NOTES: usize = 5_000;
const MAX_REFERENCES: usize = 4 * MAX_NOTES;

impl Footnotes {
    /// None yet; `own` is put before ids and links that are not the author's.
    pub(super) fn new(own: String) -> Self {
        Self { own, ..Self::default() }
    }

    /// The mark in the text for a reference; none where there are too many.
    pub(super) fn reference(&mut self, label: &str) -> Option<String> {
        let next = self.used.len();
        if self.references >= MAX_REFERENCES || (next >= MAX_NOTES && !self.numbers.contains_key(label)) {
            return None;
        }
        self.references += 1;
        let index = *self.numbers.entry(label.to_owned()).or_insert(next);
        if index == next {
            self.used.push((label.to_owned(), 0));
        }
        let times = &mut self.used[index].1;
        *times += 1;
        let (own, id, number) = (&self.own, back(label, *times), index + 1);
        let label = escape(label);
        Some(format!("<sup class=\"footnote-ref\"><a id=\"{own}{id}\" href=\"{own}#fn:{label}\">{number}</a></sup>"))
    }

    /// Whether the page has as many as it can bear.
    pub(super) fn is_full(&self) -> bool {
        self.defined.len() >= MAX_NOTES
    }

    /// Takes the text of a footnote.
    pub(super) fn define(&mut self, label: String, html: String) {
        self.defined.push((label, html));
    }

    /// All footnotes, those that nothing refers to at the end.
    pub(super) fn html(mut self) -> String {
        if self.defined.is_empty() {
            return String::new();
        }
        let numbers = std::mem::take(&mut self.numbers);
        let number = |label: &String| numbers.get(label).copied().unwrap_or(usize::MAX);
        self.defined.sort_by_key(|(label, _)| number(label));
        let mut out = "<section class=\"footnotes\" aria-label=\"Footnotes\"><ol>\n".to_owned();
        let (mut last, own) = (None, &self.own);
        for (label, html) in &self.defined {
            let times = numbers.get(label).map_or(0, |index| self.used[*index].1);
            let repeated = last == Some(label);
            last = Some(label);
            let id = if repeated { String::new() } else { format!(" id=\"{own}fn:{}\"", escape(label)) };
            let ways: String = (1..=times.min(MAX_BACK))
                .map(|time| format!(" <a href=\"{own}#{}\" aria-label=\"Back to the text\">↩</a>", back(label, time)))
                .collect();
            let html = html.trim_end();
            let with_ways = match html.strip_suffix("</p>") {
                Some(start) => format!("{start}{ways}</p>"),
                None => format!("{html}{ways}"),
            };
            out.push_str(&format!("<li{id}>{with_ways}</li>\n"));
        }
        out.push_str("</ol></section>\n");
        out
    }
}

fn back(label: &str, time: usize) -> String {
    let number = if time > 1 { time.to_string() } else { String::new() };
    format!("fnref{number}:{}", escape(label))
}
