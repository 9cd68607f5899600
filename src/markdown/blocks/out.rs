//! What the line pass writes: text, and for every piece of it the place it comes from.

use super::lines::Line;

/// Starts of pieces: in the text, where they come from, and whether they are a copy.
pub(super) type Map = Vec<(usize, usize, bool)>;

/// The text that is written.
#[derive(Debug, Default)]
pub(super) struct Out {
    pub(super) text: String,
    pub(super) map: Map,
    /// What stands before every line.
    prefix: String,
    /// What stands before the next line instead.
    first: Option<String>,
    /// Whether the last line was blank.
    blank: bool,
}

impl Out {
    /// Puts something before every line from now on, and something else before the next. Gives
    /// what [`Self::leave`] wants.
    pub(super) fn enter(&mut self, first: &str, rest: &str) -> usize {
        let length = self.prefix.len();
        if first != rest || self.first.is_some() {
            let before = self.first.take().unwrap_or_else(|| self.prefix.clone());
            self.first = Some(before + first);
        }
        self.prefix.push_str(rest);
        length
    }

    /// Undoes [`Self::enter`].
    pub(super) fn leave(&mut self, length: usize) {
        self.prefix.truncate(length);
    }

    /// A line as it was.
    pub(super) fn whole(&mut self, line: Line<'_>) {
        self.first = None;
        self.piece(line.pad, line);
        self.end(line);
    }

    /// A line behind the prefix.
    pub(super) fn line(&mut self, line: Line<'_>) {
        if line.is_blank() && self.first.is_none() && self.prefix.trim().is_empty() {
            self.piece(0, Line { pad: 0, ..line });
        } else {
            self.start(line.at);
            self.piece(line.pad, line);
        }
        self.end(line);
    }

    /// Something that does not stand in the page, as a line.
    pub(super) fn synthetic(&mut self, at: usize, text: &str) {
        self.start(at);
        self.text.push_str(text);
        self.text.push('\n');
        self.blank = false;
    }

    /// A blank line, where the last is none.
    pub(super) fn blank(&mut self, at: usize) {
        if !self.text.is_empty() && !self.blank && self.first.is_none() {
            self.map.push((self.text.len(), at, false));
            let prefix = self.prefix.trim_end().len();
            self.text.push_str(&self.prefix[..prefix]);
            self.text.push('\n');
            self.blank = true;
        }
    }

    /// Begins a line of several pieces.
    pub(super) fn start(&mut self, at: usize) {
        self.map.push((self.text.len(), at, false));
        match self.first.take() {
            Some(first) => self.text.push_str(&first),
            None => self.text.push_str(&self.prefix),
        }
    }

    /// Something that does not stand in the page, inside of a line.
    pub(super) fn insert(&mut self, at: usize, text: &str) {
        self.map.push((self.text.len(), at, false));
        self.text.push_str(text);
    }

    /// A piece of a line.
    pub(super) fn piece(&mut self, pad: usize, line: Line<'_>) {
        if pad > 0 {
            self.insert(line.at, &" ".repeat(pad));
        }
        self.map.push((self.text.len(), line.at, line.copied));
        self.text.push_str(line.text);
    }

    /// Ends a line.
    pub(super) fn end(&mut self, line: Line<'_>) {
        self.text.push('\n');
        self.blank = line.is_blank();
    }
}
