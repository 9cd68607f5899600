//! The line pass before CommonMark: blocks of MkDocs become markers around their dedented body,
//! and every byte of the result knows where it came from. A page without such blocks is passed
//! on as it is. More of MkDocs' block syntax belongs here.
//!
//! A marker is an HTML comment that holds a number only this page knows, so that it ends a
//! paragraph, nests in lists and quotes, and cannot be written by an author.

use std::borrow::Cow;

use crate::base::Span;

use super::directives::{Directive, Kind, Title};

/// A text ready for CommonMark.
#[derive(Debug)]
pub(super) struct Source<'a> {
    /// The text.
    pub(super) text: Cow<'a, str>,
    /// The blocks that the markers name by their index.
    pub(super) directives: Vec<Directive>,
    /// The number in the markers.
    nonce: &'a str,
    /// Starts of pieces: in `text`, in the page; and whether the piece is a copy of the page.
    map: Vec<(usize, usize, bool)>,
    /// Where the text begins in the page.
    base: usize,
}

/// A marker in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    /// The block begins.
    Open(usize),
    /// The tab before it ends and this one begins.
    Next(usize),
    /// The innermost block ends.
    Close,
}

/// Deepest nesting of blocks.
const MAX_DEPTH: usize = 32;

impl<'a> Source<'a> {
    /// Rewrites `text`, which begins at `base` of its page.
    pub(super) fn new(text: &'a str, base: usize, nonce: &'a str) -> Self {
        let plain = Self { text: Cow::Borrowed(text), directives: Vec::new(), nonce, map: vec![(0, 0, true)], base };
        let may_have = ["!!!", "???", "===\u{20}\"", "===!", "===+"].iter().any(|start| text.contains(start));
        if !may_have {
            return plain;
        }
        let pass = Pass::run(text, nonce);
        if pass.directives.is_empty() {
            return plain;
        }
        Self { text: Cow::Owned(pass.out), directives: pass.directives, nonce, map: pass.map, base }
    }

    /// The span in the page of a range of the text.
    pub(super) fn span(&self, range: std::ops::Range<usize>) -> Span {
        let start = self.original(range.start);
        // The end belongs to the byte before it: what follows may have come from elsewhere.
        let end = if range.end > range.start { self.original(range.end - 1) + 1 } else { start };
        Span::new(self.base + start, self.base + end.max(start))
    }

    fn original(&self, at: usize) -> usize {
        let index = self.map.partition_point(|(start, ..)| *start <= at).saturating_sub(1);
        let (start, origin, is_copy) = self.map[index];
        if is_copy { origin + (at - start) } else { origin }
    }

    /// The marker that a line of HTML is.
    pub(super) fn marker(&self, html: &str) -> Option<Marker> {
        if self.directives.is_empty() {
            return None;
        }
        let inner = html.trim().strip_prefix("<!--")?.strip_suffix("-->")?.strip_prefix(self.nonce)?;
        let (word, number) = inner.split_at(inner.len().min(1));
        let index = number.parse::<usize>().ok().filter(|index| *index < self.directives.len());
        match word {
            "o" => index.map(Marker::Open),
            "n" => index.map(Marker::Next),
            "c" => Some(Marker::Close),
            _ => None,
        }
    }
}

struct Container {
    column: usize,
    kind: Kind,
}

struct Fence {
    mark: u8,
    length: usize,
    depth: usize,
}

struct Pass<'a> {
    nonce: &'a str,
    out: String,
    map: Vec<(usize, usize, bool)>,
    directives: Vec<Directive>,
    stack: Vec<Container>,
    fence: Option<Fence>,
    in_comment: bool,
    /// Columns and first letters of earlier lines that a deep one may hang from.
    outline: Vec<(usize, Option<usize>)>,
}

impl<'a> Pass<'a> {
    fn run(text: &'a str, nonce: &'a str) -> Self {
        let mut pass = Self {
            nonce,
            out: String::with_capacity(text.len() + text.len() / 8),
            map: Vec::new(),
            directives: Vec::new(),
            stack: Vec::new(),
            fence: None,
            in_comment: false,
            outline: Vec::new(),
        };
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            pass.line(at, line);
            at += line.len();
        }
        while !pass.stack.is_empty() {
            pass.close(at);
        }
        pass
    }

    fn line(&mut self, at: usize, line: &str) {
        let content = line.trim_start_matches([' ', '\t']);
        if content.trim_end().is_empty() {
            // Blank lines of code keep what is beyond the body's own indentation.
            let (cut, spaces) = dedent(line.trim_end_matches('\n'), self.stack.len() * 4);
            return self.copy(at + cut, &" ".repeat(spaces), &line[cut..]);
        }
        let column = width(&line[..line.len() - content.len()]);
        let directive = if self.is_free() || self.leaves(column) { Directive::parse(content) } else { None };
        let next_tab = self.unwind(at, column, directive.as_ref());
        let free = self.is_free();
        match directive.filter(|_| free && self.stack.len() < MAX_DEPTH && self.may_begin(column)) {
            Some(directive) => self.open(at, line, content, column, directive, next_tab),
            None => {
                if next_tab {
                    self.close(at);
                }
                let (cut, spaces) = dedent(line, self.stack.len() * 4);
                self.copy(at + cut, &" ".repeat(spaces), &line[cut..]);
                self.follow(content);
            }
        }
        self.remember(column, content);
    }

    fn is_free(&self) -> bool {
        self.fence.is_none() && !self.in_comment
    }

    fn leaves(&self, column: usize) -> bool {
        self.stack.last().is_some_and(|inner| column < inner.column + 4)
    }

    /// Closes the blocks that a line at this column is no longer part of. True when the innermost
    /// of them is a tab, left open because the line begins the next one of its set.
    fn unwind(&mut self, at: usize, column: usize, directive: Option<&Directive>) -> bool {
        let is_tab = directive.is_some_and(|next| next.kind == Kind::Tab && !next.new_set);
        while let Some(inner) = self.stack.last() {
            if column >= inner.column + 4 {
                break;
            }
            if is_tab && inner.kind == Kind::Tab && inner.column == column {
                self.end_fence(at);
                return true;
            }
            self.close(at);
        }
        false
    }

    /// Whether a block may begin at a column: not where CommonMark sees code.
    fn may_begin(&self, column: usize) -> bool {
        let mut limit = self.stack.len() * 4 + 3;
        for (at, content) in &self.outline {
            if let Some(content) = content.filter(|_| *at < column) {
                limit = limit.max(content + 3);
            }
        }
        column <= limit
    }

    fn open(&mut self, at: usize, line: &str, content: &str, column: usize, directive: Directive, next: bool) {
        let depth = self.stack.len() - usize::from(next);
        let indent = " ".repeat(column.saturating_sub(depth * 4));
        if next {
            self.stack.pop();
        }
        let index = self.directives.len();
        let word = if next { 'n' } else { 'o' };
        self.blank(at);
        self.synthetic(at, &format!("{indent}<!--{}{word}{index}-->\n", self.nonce));
        if let Title::Written(range) = &directive.title {
            // A heading holds inline text only, so a title cannot begin a list.
            let from = line.len() - content.len() + range.start;
            self.copy(at + from, &format!("{indent}###### "), &line[from..from + range.len()]);
            self.synthetic(at, "\n");
        }
        self.stack.push(Container { column, kind: directive.kind });
        self.directives.push(directive);
    }

    fn close(&mut self, at: usize) {
        self.end_fence(at);
        let Some(inner) = self.stack.pop() else { return };
        let indent = " ".repeat(inner.column.saturating_sub(self.stack.len() * 4));
        self.blank(at);
        self.synthetic(at, &format!("{indent}<!--{}c-->\n", self.nonce));
        self.in_comment = false;
    }

    /// Ends code that its block leaves open.
    fn end_fence(&mut self, at: usize) {
        let Some(fence) = self.fence.take_if(|fence| fence.depth == self.stack.len()) else { return };
        let indent = self.stack.last().map_or(0, |inner| inner.column.saturating_sub((self.stack.len() - 1) * 4));
        if !self.out.ends_with('\n') {
            self.synthetic(at, "\n");
        }
        self.synthetic(
            at,
            &format!("{}{}\n", " ".repeat(indent), (fence.mark as char).to_string().repeat(fence.length)),
        );
    }

    /// Keeps track of code and comments, in which nothing begins.
    fn follow(&mut self, content: &str) {
        if let Some(fence) = &self.fence {
            let run = content.bytes().take_while(|byte| *byte == fence.mark).count();
            if run >= fence.length && content[run..].trim().is_empty() {
                self.fence = None;
            }
            return;
        }
        if self.in_comment {
            self.in_comment = !content.contains("-->");
            return;
        }
        let mut content = content;
        while let Some(rest) = after_list_mark(content) {
            content = rest;
        }
        let mark = content.bytes().next().unwrap_or(0);
        let run = content.bytes().take_while(|byte| *byte == mark).count();
        if matches!(mark, b'`' | b'~') && run >= 3 && !(mark == b'`' && content[run..].contains('`')) {
            self.fence = Some(Fence { mark, length: run, depth: self.stack.len() });
        } else if let Some(comment) = content.rfind("<!--") {
            self.in_comment = !content[comment..].contains("-->");
        }
    }

    fn remember(&mut self, column: usize, content: &str) {
        while self.outline.last().is_some_and(|(at, _)| *at >= column) {
            self.outline.pop();
        }
        let item = after_list_mark(content).map(|rest| column + content.len() - rest.len());
        self.outline.push((column, item));
        if self.outline.len() > 64 {
            self.outline.remove(0);
        }
    }

    fn blank(&mut self, at: usize) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            let newline = if self.out.ends_with('\n') { "\n" } else { "\n\n" };
            self.synthetic(at, newline);
        }
    }

    fn synthetic(&mut self, at: usize, text: &str) {
        self.map.push((self.out.len(), at, false));
        self.out.push_str(text);
    }

    fn copy(&mut self, at: usize, prefix: &str, text: &str) {
        if !prefix.is_empty() {
            self.map.push((self.out.len(), at, false));
            self.out.push_str(prefix);
        }
        self.map.push((self.out.len(), at, true));
        self.out.push_str(text);
    }
}

/// The column after some white space.
fn width(space: &str) -> usize {
    space.bytes().fold(0, |column, byte| if byte == b'\t' { column / 4 * 4 + 4 } else { column + 1 })
}

/// How many bytes of white space to cut to lose `columns`, and the spaces that a cut tab leaves.
fn dedent(line: &str, columns: usize) -> (usize, usize) {
    let mut column = 0;
    for (at, byte) in line.bytes().enumerate() {
        if column >= columns {
            return (at, column - columns);
        }
        match byte {
            b' ' => column += 1,
            b'\t' => column = column / 4 * 4 + 4,
            _ => return (at, 0),
        }
    }
    (line.len(), column.saturating_sub(columns))
}

/// What follows the mark of a list item.
fn after_list_mark(content: &str) -> Option<&str> {
    let digits = content.bytes().take_while(u8::is_ascii_digit).count();
    let after = if digits > 0 && digits <= 9 {
        content[digits..].strip_prefix(['.', ')'])?
    } else {
        content.strip_prefix(['-', '*', '+'])?
    };
    let rest = after.trim_start_matches([' ', '\t']);
    (rest.len() < after.len() && !rest.trim_end().is_empty()).then_some(rest)
}
