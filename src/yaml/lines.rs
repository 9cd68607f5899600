//! The lines around a place that the parser stumbled over, as a person looks at them: how far
//! they are indented, which key they have. Guesses about a text that is not YAML; never used for
//! one that is.

use std::ops::Range;

/// Lines that are looked at above a place. What belongs to it is nearer.
const MOST_LINES: usize = 2_000;

/// A line without its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// Where it begins.
    pub(super) start: usize,
    pub(super) text: &'a str,
}

/// The key of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key<'a> {
    pub(super) name: &'a str,
    /// Where its colon is.
    pub(super) colon: usize,
    /// What stands behind it.
    pub(super) value: &'a str,
}

impl<'a> Line<'a> {
    /// The line that holds a byte.
    pub(super) fn at(text: &'a str, at: usize) -> Self {
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
        Self { start, text: &text[start..end] }
    }

    /// The lines above with something on them, the nearest first.
    pub(super) fn above(self, text: &'a str) -> impl Iterator<Item = Self> {
        let next = move |line: &Self| line.start.checked_sub(1).map(|end| Self::at(text, end));
        std::iter::successors(next(&self), next).take(MOST_LINES).filter(|line| line.says_something())
    }

    /// The next line below with something on it.
    pub(super) fn below(self, text: &'a str) -> Option<Self> {
        let next = |line: &Self| {
            let start = line.start + line.text.len() + 1;
            (start < text.len()).then(|| Self::at(text, start))
        };
        std::iter::successors(next(&self), next).take(MOST_LINES).find(|line| line.says_something())
    }

    fn says_something(self) -> bool {
        let content = self.text.trim();
        !(content.is_empty() || content.starts_with('#') || content.starts_with("---"))
    }

    /// By how many spaces it is indented.
    pub(super) fn indent(self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    /// Whether it begins an item of a list.
    pub(super) fn is_item(self) -> bool {
        let content = self.text.trim_start_matches(' ');
        content == "-" || content.starts_with("- ")
    }

    /// Where its content begins, dashes of items not counted.
    pub(super) fn column(self) -> usize {
        let mut at = self.indent();
        while let Some(rest) = self.text[at..].strip_prefix("- ") {
            at = self.text.len() - rest.trim_start_matches(' ').len();
        }
        at
    }

    /// What is written on it, dashes of items not counted.
    pub(super) fn content(self) -> &'a str {
        self.text[self.column()..].trim_end()
    }

    /// Its key, if it has one: what a colon with a blank behind it follows.
    pub(super) fn key(self) -> Option<Key<'a>> {
        let content = self.content();
        if content.starts_with(['[', '{', '#']) {
            return None;
        }
        let from = match content.chars().next().filter(|first| matches!(first, '"' | '\'')) {
            Some(quote) => content[1..].find(quote)? + 2,
            None => 0,
        };
        let colon = content[from..]
            .match_indices(':')
            .map(|(at, _)| from + at)
            .find(|at| content[at + 1..].chars().next().is_none_or(|after| after == ' ' || after == '\t'))?;
        Some(Key {
            name: content[..colon].trim_end(),
            colon: self.start + self.column() + colon,
            value: content[colon + 1..].trim(),
        })
    }

    /// The first word of its content, and where it is.
    pub(super) fn word(self) -> (&'a str, Range<usize>) {
        let content = self.content();
        let word = content.split([' ', '\t']).next().unwrap_or("");
        let start = self.start + self.column();
        (word, start..start + word.len())
    }
}

/// A column at which something above a line stands, and what that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Level<'a> {
    pub(super) column: usize,
    /// The key, or nothing for an item of a list.
    pub(super) key: Option<&'a str>,
}

/// The columns that a line could stand at, by what is above it: the deepest first.
pub(super) fn levels<'a>(line: Line<'a>, text: &'a str) -> Vec<Level<'a>> {
    let mut levels: Vec<Level<'a>> = Vec::new();
    let mut open = usize::MAX;
    for above in line.above(text) {
        let key = above.key().map(|key| key.name);
        if let Some(name) = key.filter(|_| above.column() < open) {
            levels.push(Level { column: above.column(), key: Some(name) });
            open = above.column();
        }
        if above.is_item() && above.indent() < open {
            levels.push(Level { column: above.indent(), key: None });
            open = above.indent();
        }
        if open == 0 {
            break;
        }
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::*;

    fn last(text: &str) -> Line<'_> {
        Line::at(text, text.len())
    }

    #[test]
    fn a_key_has_a_blank_behind_its_colon() {
        let key = |text| last(text).key().map(|key| (key.name, key.colon, key.value));
        assert_eq!(key("  - name: x: y "), Some(("name", 8, "x: y")));
        assert_eq!(key("metadata:"), Some(("metadata", 8, "")));
        assert_eq!(key("'a: b': c"), Some(("'a: b'", 6, "c")));
        assert_eq!(key("a:b"), None);
        assert_eq!(key("- {a: b}"), None);
        assert_eq!(key("https://x.example: y").map(|key| key.0), Some("https://x.example"));
    }

    #[test]
    fn levels_are_those_that_are_open() {
        let columns = |text| {
            levels(last(text), text).iter().map(|level| (level.column, level.key.unwrap_or("-"))).collect::<Vec<_>>()
        };
        assert_eq!(columns("a:\n  b: 1\n# c\n x: 1"), [(2, "b"), (0, "a")]);
        assert_eq!(columns("a:\n  - b: 1\n    c: 2\n x: 1"), [(4, "c"), (2, "-"), (0, "a")]);
        assert_eq!(columns("x"), []);
    }
}
