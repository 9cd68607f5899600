//! Lines of a page as the line pass sees them: with columns, and with the place they come from.

/// A line, or what is left of it inside of quotes, items and blocks.
#[derive(Debug, Clone, Copy)]
pub(in crate::markdown) struct Line<'a> {
    /// Columns of space before the text that are not in it.
    pub(in crate::markdown) pad: usize,
    /// The text, without its end of line.
    pub(in crate::markdown) text: &'a str,
    /// Where the text begins, see [`super::Source`].
    pub(in crate::markdown) at: usize,
    /// Whether the text is a copy of what stands there.
    pub(in crate::markdown) copied: bool,
    /// The column of the text in the whole line.
    pub(super) column: usize,
    /// The number of the whole line.
    pub(super) whole: usize,
}

impl<'a> Line<'a> {
    /// A whole line.
    pub(in crate::markdown) fn new(text: &'a str, pad: usize, at: usize, copied: bool) -> Self {
        Self { pad, text, at, copied, column: pad, whole: 0 }
    }

    /// The text without white space before it.
    pub(super) fn content(&self) -> &'a str {
        self.text.trim_start_matches([' ', '\t'])
    }

    /// The text without white space around it.
    pub(super) fn trimmed(&self) -> &'a str {
        self.text.trim()
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Columns of white space before the content.
    pub(in crate::markdown) fn indent(&self) -> usize {
        let mut column = self.column;
        for byte in self.text.bytes() {
            match byte {
                b' ' => column += 1,
                b'\t' => column = column / 4 * 4 + 4,
                _ => break,
            }
        }
        self.pad + column - self.column
    }

    /// The line without up to so many columns of white space.
    pub(super) fn cut(&self, columns: usize) -> Self {
        if columns <= self.pad {
            return Self { pad: self.pad - columns, ..*self };
        }
        let mut left = columns - self.pad;
        let mut column = self.column;
        for (at, byte) in self.text.bytes().enumerate() {
            let wide = match byte {
                _ if left == 0 => return self.from(at, 0, column),
                b' ' => 1,
                b'\t' => 4 - column % 4,
                _ => return self.from(at, 0, column),
            };
            column += wide;
            if wide > left {
                return self.from(at + 1, wide - left, column);
            }
            left -= wide;
        }
        self.from(self.text.len(), 0, column)
    }

    fn from(&self, at: usize, pad: usize, column: usize) -> Self {
        Self { pad, text: &self.text[at..], at: self.at + if self.copied { at } else { 0 }, column, ..*self }
    }

    /// The line from a byte of its text on.
    pub(super) fn after(&self, at: usize) -> Self {
        let column = self.text[..at]
            .chars()
            .fold(self.column, |column, letter| if letter == '\t' { column / 4 * 4 + 4 } else { column + 1 });
        self.from(at, 0, column)
    }

    /// A part of the text, as it will be written: its columns no longer matter.
    pub(super) fn part(&self, range: std::ops::Range<usize>) -> Self {
        self.from(range.start, 0, 0).before(range.end - range.start)
    }

    /// The line without what follows a byte of its text.
    pub(super) fn before(&self, at: usize) -> Self {
        Self { text: &self.text[..at], ..*self }
    }
}

/// What follows the mark of a list item: the bytes of the mark, and whether it may stand in the
/// middle of a paragraph.
pub(super) fn list_mark(content: &str) -> Option<(usize, bool)> {
    let digits = content.bytes().take_while(u8::is_ascii_digit).count();
    let (mark, interrupts) = if digits > 0 && digits <= 9 {
        content[digits..].starts_with(['.', ')']).then_some((digits + 1, &content[..digits] == "1"))?
    } else {
        content.starts_with(['-', '*', '+']).then_some((1, true))?
    };
    let rest = content[mark..].trim_start_matches([' ', '\t']);
    (rest.len() < content.len() - mark && !rest.trim_end().is_empty()).then_some((mark, interrupts))
}

/// The mark and length of the fence that a line opens.
pub(super) fn fence(content: &str) -> Option<(u8, usize)> {
    let mark = *content.as_bytes().first().filter(|byte| matches!(byte, b'`' | b'~'))?;
    let run = content.bytes().take_while(|byte| *byte == mark).count();
    (run >= 3 && !(mark == b'`' && content[run..].contains('`'))).then_some((mark, run))
}

/// How many lines a fence takes that the first one opens, and whether it is closed.
pub(super) fn fence_end(lines: &[Line<'_>], mark: u8, length: usize) -> (usize, bool) {
    for (at, line) in lines.iter().enumerate().skip(1) {
        let content = line.content();
        let run = content.bytes().take_while(|byte| *byte == mark).count();
        if run >= length && content[run..].trim().is_empty() && line.indent() < 4 {
            return (at + 1, true);
        }
    }
    (lines.len(), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_with_tabs() {
        for (text, cut, indent, pad, rest) in [
            ("    a", 4, 4, 0, "a"),
            ("\ta", 2, 4, 2, "a"),
            ("  \t\ta", 4, 8, 0, "\ta"),
            ("a", 4, 0, 0, "a"),
            ("", 4, 0, 0, ""),
            ("  ", 4, 2, 0, ""),
        ] {
            let line = Line::new(text, 0, 10, true);
            assert_eq!(line.indent(), indent, "{text:?}");
            let short = line.cut(cut);
            assert_eq!((short.pad, short.text), (pad, rest), "{text:?}");
            assert_eq!(short.at, 10 + text.len() - rest.len());
        }
        let item = Line::new("-\ta", 0, 0, true).after(1);
        assert_eq!((item.indent(), item.cut(1).pad), (3, 2));
    }
}
