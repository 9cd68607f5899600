//! The first lines of MkDocs' blocks: `!!! note "Title"`, `??? note`, `=== "Tab"`.

use std::ops::Range;

/// A block of MkDocs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Directive {
    /// What it is.
    pub(super) kind: Kind,
    /// Its classes, the first of which is its type; empty for tabs.
    pub(super) classes: Vec<String>,
    /// Its title.
    pub(super) title: Title,
    /// Whether it begins open or selected.
    pub(super) open: bool,
    /// Whether a tab begins a new set.
    pub(super) new_set: bool,
    /// The title of one that has none of its own, where it is not the type.
    pub(super) name: Option<&'static str>,
    /// The id that the author gave it.
    pub(super) id: Option<String>,
    /// The tags around it, as the author wrote them.
    pub(super) element: Option<(String, String)>,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `!!!`
    Admonition,
    /// `???`
    Details,
    /// `===`
    Tab,
    /// GitLab's quote between `>>>`.
    Quote,
    /// An element of HTML around blocks.
    Element,
    /// An element of HTML around a line of text, which comes as its title.
    Inline,
    /// Blocks whose `(1)` belong to the list that follows.
    Annotated,
}

impl Kind {
    /// Whether it shows a title.
    pub(super) fn has_title(self) -> bool {
        matches!(self, Self::Admonition | Self::Details | Self::Tab)
    }
}

/// The title of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Title {
    /// These bytes of the line.
    Written(Range<usize>),
    /// The word for the type.
    Default,
    /// None.
    None,
}

impl Directive {
    /// A block about which nothing else is said.
    pub(super) fn plain(kind: Kind) -> Self {
        Self {
            kind,
            classes: Vec::new(),
            title: Title::Default,
            open: false,
            new_set: false,
            name: None,
            id: None,
            element: None,
        }
    }

    /// Reads a line without its indentation; ranges are into it.
    pub(super) fn parse(line: &str) -> Option<Self> {
        let line = line.trim_end();
        if let Some(rest) = line.strip_prefix("!!!") {
            return Self::with_type(line, rest, Kind::Admonition, true);
        }
        if let Some(rest) = line.strip_prefix("???") {
            let (rest, open) = rest.strip_prefix('+').map_or((rest, false), |rest| (rest, true));
            return Self::with_type(line, rest, Kind::Details, open);
        }
        let rest = line.strip_prefix("===")?;
        let marks = rest.len() - rest.trim_start_matches(['!', '+']).len();
        let (marks, rest) = rest.split_at(marks);
        let title = quoted(line, rest.trim_start())?;
        (rest.starts_with(' ') && !title.is_empty()).then(|| Self {
            title: Title::Written(title),
            open: marks.contains('+'),
            new_set: marks.contains('!'),
            ..Self::plain(Kind::Tab)
        })
    }

    fn with_type(line: &str, rest: &str, kind: Kind, open: bool) -> Option<Self> {
        let (words, title) = match rest.find('"') {
            Some(at) => {
                let title = quoted(line, &rest[at..])?;
                (&rest[..at], if title.is_empty() { Title::None } else { Title::Written(title) })
            }
            None => (rest, Title::Default),
        };
        let classes: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
        let are_words =
            classes.iter().all(|word| word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')));
        let spaced = classes.is_empty() || rest.starts_with(|c: char| c == ' ' || c.is_ascii_alphanumeric());
        // An admonition has a type; `!!!` alone is shouting.
        let typed = !classes.is_empty() || (kind == Kind::Details && matches!(title, Title::Written(_)));
        (are_words && spaced && typed).then(|| Self { classes, title, open, ..Self::plain(kind) })
    }

    /// The classes for the page: the type that the theme knows, then what was written.
    pub(super) fn class_list(&self) -> String {
        let Some(first) = self.classes.first() else { return "note".to_owned() };
        let known = canonical(first);
        let mut list = vec![known];
        list.extend(self.classes.iter().map(String::as_str).filter(|class| *class != known));
        list.join(" ")
    }

    /// The title of one that has none of its own.
    pub(super) fn default_title(&self) -> String {
        if let Some(name) = self.name {
            return name.to_owned();
        }
        let word = self.classes.first().map_or("note", String::as_str).replace(['-', '_'], " ");
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }
}

/// The range of the text between two quotes that end a line.
fn quoted(line: &str, rest: &str) -> Option<Range<usize>> {
    let inner = rest.strip_prefix('"')?.strip_suffix('"')?;
    let end = line.len() - 1;
    Some(end - inner.len()..end)
}

/// Whether a word is a type of Material's, or another name of one.
pub(super) fn is_known(word: &str) -> bool {
    let types = [
        "note", "abstract", "info", "tip", "success", "question", "warning", "failure", "danger", "bug", "example",
        "quote",
    ];
    types.contains(&canonical(word))
}

/// Of several words for one type the one that the theme knows.
pub(super) fn canonical(word: &str) -> &str {
    match word {
        "summary" | "tldr" => "abstract",
        "todo" => "info",
        "hint" | "important" => "tip",
        "check" | "done" => "success",
        "help" | "faq" => "question",
        "caution" | "attention" => "warning",
        "fail" | "missing" => "failure",
        "error" => "danger",
        "cite" => "quote",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_lines_are_read() {
        let of = |line: &str| {
            Directive::parse(line).map(|found| {
                let title = match found.title.clone() {
                    Title::Written(range) => line[range].to_owned(),
                    Title::Default => found.default_title(),
                    Title::None => String::new(),
                };
                (found.class_list(), title, found.open)
            })
        };
        let read = |classes: &str, title: &str, open| Some((classes.to_owned(), title.to_owned(), open));
        assert_eq!(of("!!! note"), read("note", "Note", true));
        assert_eq!(of("!!! note inline end \"A \"b\"\" "), read("note inline end", "A \"b\"", true));
        assert_eq!(of("!!! danger \"\""), read("danger", "", true));
        assert_eq!(of("!!! hint"), read("tip hint", "Hint", true));
        assert_eq!(of("??? question \"Why?\""), read("question", "Why?", false));
        assert_eq!(of("???+ \"Only a title\""), read("note", "Only a title", true));
        assert_eq!(of("=== \"Tab\""), read("note", "Tab", false));
        for line in ["!!!", "!!! ", "???", "===", "=====", "=== x", "!!! a, b", "!!!! note", "??? \"x", "=== \"\""] {
            assert_eq!(of(line), None, "{line}");
        }
    }
}
