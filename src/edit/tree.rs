//! Where the parts of a YAML document stand as lines: what must be cut, and where something can be
//! put in, so that comments, order and style of the rest stay as they are. Nothing here is sure of
//! itself: whoever asks reads the result again.

use std::ops::Range;

use crate::base::Span;
use crate::yaml::{Entry, Node};

/// A replacement in the normalised text.
pub(super) type Change = (Span, String);

/// A document in the text of its file.
pub(super) struct Tree<'a> {
    pub(super) text: &'a str,
    pub(super) span: Span,
    pub(super) root: &'a Node,
}

impl Tree<'_> {
    /// The key that ends a pointer, with the entries around it.
    pub(super) fn entry(&self, pointer: &str) -> Option<(&Node, &Entry)> {
        let (parent, key) = pointer.rsplit_once('/')?;
        let parent = self.root.pointer(parent)?;
        let key = key.replace("~1", "/").replace("~0", "~");
        Some((parent, parent.entry(&key)?))
    }

    /// Whether a list or map is written with brackets.
    pub(super) fn is_flow(&self, node: &Node) -> bool {
        self.text.get(node.span.range()).is_some_and(|text| text.starts_with(['[', '{']))
    }

    /// A scalar in the quotes that it had, or as plain as it may be: the first that reads as the
    /// text is the one.
    pub(super) fn scalar(&self, span: Span, to: &str) -> Vec<Change> {
        let written = self.text.get(span.range()).unwrap_or("");
        if written.is_empty() || written.contains('\n') {
            return Vec::new();
        }
        let double = || serde_json::Value::from(to).to_string();
        let texts = match written.chars().next() {
            Some('\'') => vec![format!("'{}'", to.replace('\'', "''"))],
            Some('"') => vec![double()],
            _ => vec![to.to_owned(), double()],
        };
        texts.into_iter().map(|text| (span, text)).collect()
    }

    /// The item of a list without its line, or without the comma before it.
    pub(super) fn without_item(&self, list: &Node, at: usize) -> Option<Change> {
        let item = list.items().get(at)?;
        let (start, end) = (item.span.start as usize, item.span.end as usize);
        if self.is_flow(list) {
            let before = list.items().get(at.checked_sub(1)?)?.span.end as usize;
            let between = self.text.get(before..start)?;
            let is_bare = between.chars().all(|c| c.is_whitespace() || c == ',');
            return is_bare.then(|| (Span::new(before, end), String::new()));
        }
        let dash = self.text.get(..start)?.trim_end_matches(' ').len().checked_sub(1)?;
        if !self.text[dash..].starts_with('-') || !self.begins_line(dash) {
            return None;
        }
        Some(self.without_lines(dash, end))
    }

    /// A key that holds nothing, without its line.
    pub(super) fn without_key(&self, map: &Node, entry: &Entry) -> Option<Change> {
        let start = entry.key_span.start as usize;
        if map.entries().len() < 2 || self.is_flow(map) || !self.begins_line(start) {
            return None;
        }
        Some(self.without_lines(start, self.end_of(entry)?))
    }

    /// A key that holds nothing, with an empty value.
    pub(super) fn filled(&self, entry: &Entry, empty: &str) -> Option<Change> {
        if !entry.value.span.is_empty() && entry.value.span.start >= entry.key_span.end {
            return Some((entry.value.span, empty.to_owned()));
        }
        let colon = self.colon(entry)?;
        Some((Span::new(colon, colon), format!(" {empty}")))
    }

    /// A map with one more entry, given how far it is indented. The map is that of an entry.
    pub(super) fn with_lines(&self, home: &Entry, lines: impl Fn(usize) -> String) -> Option<Change> {
        let (at, indent) = self.end_of_block(home)?;
        Some(self.lines_at(at, lines(indent)))
    }

    /// Lines put in between others, or behind the last.
    fn lines_at(&self, at: usize, lines: String) -> Change {
        if at == self.text.len() && !self.text.is_empty() && !self.text.ends_with('\n') {
            return (Span::new(at, at), format!("\n{}", lines.trim_end_matches('\n')));
        }
        (Span::new(at, at), lines)
    }

    /// A map in one line with one more entry.
    pub(super) fn with_flow_entry(&self, map: &Node, key: &str, value: &str) -> Option<Change> {
        let Some(last) = map.entries().last() else {
            let inside = map.span.start as usize + 1;
            return Some((Span::new(inside, inside), format!("{key}: {value}")));
        };
        let end = last.value.span.end as usize;
        let is_there = !last.value.span.is_empty() && last.value.span.start >= last.key_span.end;
        is_there.then(|| (Span::new(end, end), format!(", {key}: {value}")))
    }

    /// An entry moved to the end of a map of the root, or behind it.
    pub(super) fn moved(&self, entry: &Entry, home: &Entry, behind: bool) -> Option<Vec<Change>> {
        let from = self.lines_of(entry)?;
        let column = self.column(entry.key_span.start as usize);
        let start = self.with_comments_above(from.start, column);
        let text = self.text.get(start..from.end)?;
        let shifted = |indent: usize| {
            let mut out = String::new();
            for line in text.lines() {
                let less = line.len() - line.trim_start_matches(' ').len();
                if !line.trim().is_empty() {
                    out.push_str(&" ".repeat(indent.saturating_sub(column)));
                }
                out.push_str(&line[less.min(column.saturating_sub(indent))..]);
                out.push('\n');
            }
            out
        };
        let put = if behind {
            let indent = self.column(home.key_span.start as usize);
            let end = self.lines_of(home)?.end;
            self.lines_at(end, shifted(indent))
        } else {
            self.with_lines(home, shifted)?
        };
        if put.0.start as usize == start || put.0.start as usize == from.end {
            let mut text = put.1.trim_matches('\n').to_owned();
            if self.text[..from.end].ends_with('\n') {
                text.push('\n');
            }
            return Some(vec![(Span::new(start, from.end), text)]);
        }
        Some(vec![(Span::new(start, from.end), String::new()), put])
    }

    /// Where the lines of a block map end, and how far its entries are indented.
    fn end_of_block(&self, home: &Entry) -> Option<(usize, usize)> {
        if self.is_flow(&home.value) {
            return None;
        }
        let column = self.column(home.key_span.start as usize);
        let (mut end, indent) = match home.value.entries() {
            [] if home.value.is_null() && home.value.span.is_empty() => {
                let lines = self.lines_of(home)?;
                (lines.end, column + self.step())
            }
            [first, ..] => {
                let last = home.value.entries().last()?;
                let indent = self.column(first.key_span.start as usize);
                (self.lines_of(last)?.end, indent)
            }
            [] => return None,
        };
        while let Some(after) = self.comment_line(end, indent) {
            end = after;
        }
        Some((end, indent))
    }

    /// How far entries of this document are indented below their map.
    fn step(&self) -> usize {
        let steps = self.root.entries().iter().filter(|entry| !self.is_flow(&entry.value)).filter_map(|entry| {
            let first = entry.value.entries().first()?.key_span.start as usize;
            self.column(first).checked_sub(self.column(entry.key_span.start as usize))
        });
        steps.into_iter().find(|step| *step > 0).unwrap_or(2)
    }

    /// The lines of an entry of a block map, with the comments below it that are indented further.
    fn lines_of(&self, entry: &Entry) -> Option<Range<usize>> {
        let key = entry.key_span.start as usize;
        if !self.begins_line(key) {
            return None;
        }
        let mut end = self.after_line(self.end_of(entry)?);
        while let Some(after) = self.comment_line(end, self.column(key) + 1) {
            end = after;
        }
        Some(self.line_start(key)..end)
    }

    /// The end of an entry's value, on its last line.
    fn end_of(&self, entry: &Entry) -> Option<usize> {
        if entry.value.span.is_empty() {
            return self.colon(entry);
        }
        // An alias stands elsewhere.
        (entry.value.span.start >= entry.key_span.end).then_some(entry.value.span.end as usize)
    }

    /// Behind the colon of an entry.
    fn colon(&self, entry: &Entry) -> Option<usize> {
        let rest = self.text.get(entry.key_span.end as usize..)?;
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        rest[blanks..].starts_with(':').then_some(entry.key_span.end as usize + blanks + 1)
    }

    /// The end of the line at an offset, when it is a comment that is indented so far at least.
    fn comment_line(&self, at: usize, indent: usize) -> Option<usize> {
        let line = self.text.get(at..self.after_line(at))?;
        let text = line.trim_start_matches(' ');
        (text.starts_with('#') && line.len() - text.len() >= indent).then(|| at + line.len())
    }

    /// The start of the comment lines that stand directly above a line, indented as it is. A
    /// comment at the head of a document is about all of it.
    fn with_comments_above(&self, line: usize, indent: usize) -> usize {
        let mut start = line;
        loop {
            if start <= self.span.start as usize {
                return line;
            }
            let above = self.line_start(start - 1);
            let text = &self.text[above..start];
            if text.starts_with("---") {
                return line;
            }
            if self.column_of_comment(text) != Some(indent) {
                return start;
            }
            start = above;
        }
    }

    fn column_of_comment(&self, line: &str) -> Option<usize> {
        let text = line.trim_start_matches(' ');
        text.starts_with('#').then(|| line.len() - text.len())
    }

    /// Lines from an offset to the one that another is on, cut, but for a comment at their end.
    fn without_lines(&self, start: usize, end: usize) -> Change {
        let after = self.after_line(end);
        let rest = self.text.get(end..after).unwrap_or("").trim();
        let line = self.line_start(start);
        if rest.starts_with('#') {
            let newline = if self.text[..after].ends_with('\n') { "\n" } else { "" };
            return (Span::new(line, after), format!("{}{rest}{newline}", &self.text[line..start]));
        }
        // The last line of a file that does not end in one: that before it must not become so.
        (Span::new(line, after), String::new())
    }

    fn begins_line(&self, at: usize) -> bool {
        self.text.get(self.line_start(at)..at).is_some_and(|before| before.bytes().all(|byte| byte == b' '))
    }

    fn column(&self, at: usize) -> usize {
        at - self.line_start(at)
    }

    fn line_start(&self, at: usize) -> usize {
        self.text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
    }

    fn after_line(&self, at: usize) -> usize {
        self.text.get(at..).and_then(|rest| rest.find('\n')).map_or(self.text.len(), |end| at + end + 1)
    }
}
