//! The YAML block that may stand at the start of a page.

use crate::base::Span;
use crate::yaml::{self, Limits, Node};

/// What the YAML block at the start of a page says.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontMatter {
    /// The block, with its dashes.
    pub span: Span,
    /// Its content, spans in the text of the page.
    pub root: Node,
}

impl FrontMatter {
    /// A text by its key.
    pub fn text(&self, key: &str) -> Option<String> {
        self.root.get(key)?.scalar_text().filter(|text| !text.trim().is_empty())
    }
}

/// Longest block that is looked at.
const MAX: usize = 64 * 1024;

/// Splits front matter off. Only a map is one, as in MkDocs; anything else is part of the page,
/// and a rule of dashes is no front matter.
pub(super) fn split(text: &str) -> (Option<FrontMatter>, usize) {
    let Some(rest) = text.strip_prefix("---\n").or_else(|| text.strip_prefix("--- \n")) else { return (None, 0) };
    let start = text.len() - rest.len();
    let mut at = start;
    for line in rest.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            let after = at + line.len();
            return read(text, start, at, after).map_or((None, 0), |found| (Some(found), after));
        }
        at += line.len();
        if at - start > MAX {
            break;
        }
    }
    (None, 0)
}

fn read(text: &str, start: usize, end: usize, after: usize) -> Option<FrontMatter> {
    // Spaces instead of what stands before keep the spans true.
    let padded = format!("{}{}", " ".repeat(start - 1) + "\n", &text[start..end]);
    let root = yaml::parse_value(&padded, Limits { documents: 1, ..Limits::default() }).ok()?;
    root.is_map().then(|| FrontMatter { span: Span::new(0, after), root })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_map_is_front_matter() {
        let text = "---\ntitle: A page\n---\n# B\n";
        let (found, after) = split(text);
        let found = found.unwrap();
        assert_eq!(found.text("title").as_deref(), Some("A page"));
        assert_eq!(&text[found.root.get("title").unwrap().span.range()], "A page");
        assert_eq!(&text[after..], "# B\n");
        for text in ["---\ntext\n---\n", "---\n\n# a\n", "# a\n---\n", "---\na: [\n---\n", "---", ""] {
            assert_eq!(split(text), (None, 0), "{text}");
        }
    }
}
