//! Annotations: `(1)!` in a comment of code, or `(1)` where `.annotate` is said, lead to the items
//! of the ordered list that follows. The list stays, so that nothing is hidden or lost.

use pulldown_cmark::Tag;

use super::assemble::Blob;
use super::fences::{Block, Info};
use super::writer::{Frame, Writer};

/// What was written last and may have annotations.
#[derive(Debug)]
pub(super) struct Annotated {
    target: Target,
    /// How much was open around it.
    depth: usize,
}

#[derive(Debug)]
enum Target {
    /// Code, by its finished block, and whether its markers end in `!`.
    Code(usize, bool),
    /// HTML from here to there.
    Text(usize, usize),
}

/// A list of annotations that is open.
#[derive(Debug)]
pub(super) struct Notes {
    set: usize,
    count: usize,
    target: Target,
}

/// The annotations of a block of code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CodeNotes {
    /// The number of their list, and how many items it has.
    set: usize,
    count: usize,
    /// Whether markers end in `!`.
    marked: bool,
}

impl CodeNotes {
    /// Highlighted code with its markers as links.
    pub(super) fn linked(&self, html: &str) -> String {
        linked(html, (self.set, self.count), Some(self.marked), "")
    }
}

/// What begins a comment, as HTML.
const COMMENTS: &[&str] = &["#", "//", "--", "/*", ";", "%", "&lt;!--"];

impl Writer<'_> {
    /// Forgets what might have been annotated when something else than a list follows.
    pub(super) fn before_block(&mut self, tag: &Tag<'_>) {
        let depth = self.frames.len();
        let is_list = matches!(tag, Tag::List(Some(1)));
        self.annotated.take_if(|annotated| !is_list || annotated.depth != depth);
    }

    /// Whether the ordered list that begins holds annotations.
    pub(super) fn takes_notes(&self) -> bool {
        self.annotated.is_some()
    }

    /// Writes a block of code.
    pub(super) fn code_block(&mut self, mut info: Info, code: &str) {
        info.settle(self.extensions);
        info.id.take_if(|id| !self.ids.take(id));
        let annotated = code.contains("(1)!") || (info.annotate && code.contains("(1)"));
        let marked = !info.annotate;
        let block = self.finished(Blob::Code(Box::new(Block { info, code: code.into(), notes: None })));
        if annotated {
            let target = Target::Code(block, marked);
            self.annotated = Some(Annotated { target, depth: self.frames.len().saturating_sub(1) });
        }
    }

    /// Blocks with annotations have ended.
    pub(super) fn annotated_text(&mut self, from: usize) {
        let target = Target::Text(from, self.out.len());
        self.annotated = Some(Annotated { target, depth: self.frames.len() });
    }

    pub(super) fn open_notes(&mut self) {
        let Some(annotated) = self.annotated.take() else { return };
        self.note_sets += 1;
        self.out.push_str("<ol class=\"annotations\">\n");
        self.frames.push(Frame::Notes(Notes { set: self.note_sets, count: 0, target: annotated.target }));
    }

    /// Begins an item of a list.
    pub(super) fn open_item(&mut self) {
        let own = self.own();
        // The item itself is the innermost frame.
        let list = self.frames.iter_mut().rev().nth(1);
        match list {
            Some(Frame::Notes(notes)) => {
                notes.count += 1;
                let id = id(notes.set, notes.count);
                self.out.push_str(&format!("<li id=\"{own}{id}\">"));
            }
            _ => self.out.push_str("<li>"),
        }
    }

    pub(super) fn end_notes(&mut self, notes: &Notes) {
        self.out.push_str("</ol>\n");
        match notes.target {
            Target::Code(blob, marked) => {
                if let Some(Blob::Code(block)) = self.blobs.get_mut(blob) {
                    block.notes = Some(CodeNotes { set: notes.set, count: notes.count, marked });
                }
            }
            Target::Text(from, to) => {
                let own = self.own();
                if let Some(html) = self.out.get(from..to) {
                    let html = linked(html, (notes.set, notes.count), None, &own);
                    self.out.replace_range(from..to, &html);
                }
            }
        }
    }
}

fn id(set: usize, number: usize) -> String {
    format!("an:{set}:{number}")
}

/// HTML with its markers as links. In code a marker stands in a comment.
fn linked(html: &str, (set, count): (usize, usize), code: Option<bool>, own: &str) -> String {
    let mut out = String::with_capacity(html.len() + 256);
    // Whether a comment was seen on this line, and whether this is code inside of text.
    let (mut comment, mut in_code) = (false, false);
    let mut rest = html;
    while !rest.is_empty() {
        if let Some(tag) = rest.strip_prefix('<') {
            let end = tag.find('>').map_or(rest.len(), |at| at + 2);
            in_code = if tag.starts_with("code") { true } else { in_code && !tag.starts_with("/code") };
            out.push_str(&rest[..end]);
            rest = &rest[end..];
            continue;
        }
        let end = rest.find(['<', '\n', '(']).unwrap_or(rest.len());
        comment |= code.is_some() && COMMENTS.iter().any(|mark| rest[..end].contains(mark));
        out.push_str(&rest[..end]);
        rest = &rest[end..];
        if rest.starts_with('\n') {
            comment = false;
        }
        let may_be = if code.is_some() { comment } else { !in_code };
        match marker(rest, code.unwrap_or(false)).filter(|(number, _)| may_be && *number <= count) {
            Some((number, length)) => {
                let id = id(set, number);
                out.push_str(&format!(
                    "<a class=\"annotation\" href=\"{own}#{id}\" aria-label=\"Annotation {number}\">{number}</a>"
                ));
                rest = &rest[length..];
            }
            None if !rest.starts_with('<') => {
                let first = rest.chars().next().map_or(0, char::len_utf8);
                out.push_str(&rest[..first]);
                rest = &rest[first..];
            }
            None => {}
        }
    }
    out
}

/// The number of a marker at the start of a text, and its length.
fn marker(text: &str, marked: bool) -> Option<(usize, usize)> {
    let inner = text.strip_prefix('(')?;
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let number: usize = inner.get(..digits.min(4))?.parse().ok().filter(|number| *number > 0 && digits <= 4)?;
    let rest = inner[digits..].strip_prefix(')')?;
    let bang = rest.starts_with('!');
    (bang || !marked).then_some((number, digits + 2 + usize::from(bang)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_of_any_comment_become_links() {
        for (html, marked, links) in [
            ("a # (1)!", true, 1),
            ("a <span class=\"c\"># x (1)! (2)!</span>\n", true, 2),
            ("a // (1)", true, 0),
            ("a // (1)", false, 1),
            ("-- (2)!", true, 1),
            ("/* (1)! */", true, 1),
            ("&lt;!-- (1)! --&gt;", true, 1),
            ("; (1)!", true, 1),
            ("% (1)!", true, 1),
            ("f(1)!\n# x", true, 0),
            ("# (3)!", true, 0),
            ("# (0)! (99999)!", true, 0),
        ] {
            let found = linked(html, (1, 2), Some(marked), "");
            assert_eq!(found.matches("<a class=\"annotation\"").count(), links, "{found}");
        }
        let text = linked("<p>a (1) <code>(1)</code> <b title=\"(1)\">é(2)</b></p>", (1, 2), None, "");
        assert_eq!(text.matches("<a ").count(), 2, "{text}");
        assert!(text.contains("title=\"(1)\"") && text.contains("<code>(1)</code>"), "{text}");
    }
}
