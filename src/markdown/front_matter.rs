//! The YAML block that may stand at the start of a page.

use crate::base::Span;
use crate::yaml::{self, Limits, Node};

use super::authored::plain;
use super::{Problem, ProblemKind};

/// What the YAML block at the start of a page says.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontMatter {
    /// The block, with its dashes.
    pub span: Span,
    /// Its content, spans in the text of the page.
    pub root: Node,
}

/// Most words of a list that are read.
const MAX_WORDS: usize = 100;

impl FrontMatter {
    /// A text by its key.
    pub fn text(&self, key: &str) -> Option<String> {
        self.root.get(key)?.scalar_text().filter(|text| !text.trim().is_empty())
    }

    /// The title of the page, as plain text: MkDocs takes it as HTML.
    pub fn title(&self) -> Option<String> {
        self.text("title").map(|title| plain(&title))
    }

    /// What the page is about.
    pub fn description(&self) -> Option<String> {
        self.text("description")
    }

    /// How far the page is: `new`, `deprecated` or a word of the site's own.
    pub fn status(&self) -> Option<String> {
        self.text("status")
    }

    /// The template that the page asks for.
    pub fn template(&self) -> Option<String> {
        self.text("template")
    }

    /// The icon of the page.
    pub fn icon(&self) -> Option<String> {
        self.text("icon")
    }

    /// The tags of the page.
    pub fn tags(&self) -> Vec<String> {
        self.words("tags")
    }

    /// Whether the page hides a part of what surrounds it: `navigation`, `toc`, `footer`.
    pub fn hides(&self, part: &str) -> bool {
        self.words("hide").iter().any(|word| word == part)
    }

    /// Whether search leaves the page out.
    pub fn search_excluded(&self) -> bool {
        let value = self.root.get("search").and_then(|search| search.get("exclude"));
        value.and_then(Node::scalar_text).is_some_and(|text| text == "true")
    }

    /// A list of words, or one word.
    fn words(&self, key: &str) -> Vec<String> {
        let Some(node) = self.root.get(key) else { return Vec::new() };
        if let Some(word) = node.scalar_text() {
            return if word.trim().is_empty() { Vec::new() } else { vec![word] };
        }
        node.items().iter().filter_map(Node::scalar_text).take(MAX_WORDS).collect()
    }
}

/// What stands at the start of a page.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Front {
    pub(super) found: Option<FrontMatter>,
    /// What is wrong with it.
    pub(super) wrong: Option<Problem>,
    /// Where the text begins.
    pub(super) end: usize,
}

/// Longest block that is looked at.
const MAX: usize = 64 * 1024;

/// Splits front matter off. Only a map is one, as in MkDocs; anything else is part of the page,
/// and a rule of dashes is no front matter. What looks like a map and is none is a problem.
pub(super) fn split(text: &str) -> Front {
    let start = ["---\n", "---\r\n", "--- \n"].into_iter().find(|dashes| text.starts_with(dashes)).map(str::len);
    let Some(start) = start else { return Front::default() };
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return read(text, start, at, at + line.len());
        }
        at += line.len();
        if at - start > MAX {
            break;
        }
    }
    Front::default()
}

fn read(text: &str, start: usize, end: usize, after: usize) -> Front {
    // Spaces instead of what stands before keep the spans true.
    let padded = format!("{}{}", " ".repeat(start - 1) + "\n", &text[start..end]);
    match yaml::parse_value(&padded, Limits { documents: 1, ..Limits::default() }) {
        Ok(root) if root.is_map() => {
            Front { found: Some(FrontMatter { span: Span::new(0, after), root }), wrong: None, end: after }
        }
        Err(problem) if begins_a_map(&text[start..end]) => {
            let why = match problem.kind {
                yaml::ProblemKind::Syntax(why) | yaml::ProblemKind::Limit(why) => why,
                yaml::ProblemKind::DuplicateKey { key, .. } => format!("the key `{key}` stands here twice"),
            };
            let span = if (problem.span.start as usize) < after { problem.span } else { Span::new(0, after) };
            Front { found: None, wrong: Some(Problem { span, kind: ProblemKind::FrontMatter(why) }), end: after }
        }
        _ => Front::default(),
    }
}

/// Whether the first line with text is a key.
fn begins_a_map(text: &str) -> bool {
    let Some(line) = text.lines().next().filter(|line| !line.trim().is_empty()) else { return false };
    let Some((key, rest)) = line.split_once(':') else { return false };
    let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    !key.is_empty() && key.chars().all(is_key) && (rest.is_empty() || rest.starts_with([' ', '\t', '\r']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_map_is_front_matter() {
        let text = "---\ntitle: A page\n---\n# B\n";
        let front = split(text);
        let found = front.found.unwrap();
        assert_eq!(found.title().as_deref(), Some("A page"));
        assert_eq!(&text[found.root.get("title").unwrap().span.range()], "A page");
        assert_eq!(&text[front.end..], "# B\n");
        for text in ["---\ntext\n---\n", "---\n\n# a\n", "# a\n---\n", "---\nNote: this\n# a\n", "---", ""] {
            assert_eq!(split(text), Front::default(), "{text}");
        }
    }

    #[test]
    fn what_is_no_yaml_is_a_problem() {
        for text in ["---\na: [\n---\n", "---\ntitle: a: b\n---\n", "---\ntitle: \"x\n---\n# b"] {
            let front = split(text);
            let problem = front.wrong.unwrap();
            assert!(matches!(problem.kind, ProblemKind::FrontMatter(_)), "{text}");
            assert!(problem.span.end as usize <= front.end && front.found.is_none(), "{text}");
        }
    }

    #[test]
    fn values_are_read_by_their_meaning() {
        let text = "---\ntitle: T\ndescription: D\nstatus: new\ntemplate: home.html\nicon: x/y\n\
                    tags: [a, 1, {x: y}]\nhide:\n  - navigation\n  - toc\nsearch:\n  exclude: true\n---\n";
        let front = split(text).found.unwrap();
        let all = [front.title(), front.description(), front.status(), front.template(), front.icon()];
        assert_eq!(all.map(Option::unwrap_or_default), ["T", "D", "new", "home.html", "x/y"]);
        assert_eq!(front.tags(), ["a", "1"]);
        assert!(front.hides("toc") && front.hides("navigation") && !front.hides("footer"));
        assert!(front.search_excluded());
        for (title, plain) in [
            ("<code>a&#8203;.b</code>", "a\u{200b}.b"),
            ("A &amp; <b>B</b> &#x41;", "A & B A"),
            ("Vec<T> &&# &#x110000; <script>", "Vec<T> &&# &#x110000; <script>"),
            ("<b></b>", "<b></b>"),
        ] {
            let front = split(&format!("---\ntitle: '{title}'\n---\n")).found.unwrap();
            assert_eq!(front.title().as_deref(), Some(plain));
        }
        let other = split("---\ntitle:\nhide: toc\ntags: {a: b}\nsearch: x\n---\n").found.unwrap();
        assert_eq!((other.title(), other.tags().len(), other.hides("toc")), (None, 0, true));
        assert!(!other.search_excluded());
    }
}
