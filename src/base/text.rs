//! Text as it is read: decoded, its byte order mark and carriage returns taken out, and
//! with a line table made on first use. Offsets are into the normalised text; they can be led
//! back to the bytes of the file as it is.

use std::sync::{Arc, OnceLock};

/// A half-open range of byte offsets into the normalised text of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The range `start..end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: clamp(start), end: clamp(end.max(start)) }
    }

    /// The range as indexes into a string.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The same range, `by` bytes further on.
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start as usize + by, self.end as usize + by)
    }

    /// Whether nothing is in it.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

fn clamp(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// A place as people count: both from 1, the column in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
}

/// The text of one file.
#[derive(Debug)]
pub struct Text {
    text: Arc<str>,
    bom: bool,
    /// Offsets, in the normalised text, of line feeds that had a carriage return before them.
    crlf: Box<[u32]>,
    invalid: Option<u32>,
    utf16: bool,
    /// Whether each character is one byte, so that columns need no counting: a line may be a whole
    /// file, with a finding at each of its words.
    ascii: bool,
    lines: OnceLock<Box<[u32]>>,
}

impl Text {
    /// Decodes a file. Bytes that are not UTF-8 become replacement characters and
    /// [`Text::invalid_utf8`] tells where the first of them is.
    ///
    /// UTF-16 with a byte order mark is decoded too, so that findings in it can be shown. It is not
    /// UTF-8 from its first byte on, and its offsets cannot be led back to the file.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        if let Some(decoded) = utf16(bytes) {
            let (text, _) = without_carriage_returns(&decoded);
            let (crlf, ascii) = (Box::default(), text.is_ascii());
            return Self { text, bom: false, crlf, invalid: Some(0), utf16: true, ascii, lines: OnceLock::new() };
        }
        let bom = bytes.starts_with(b"\xEF\xBB\xBF");
        let bytes = if bom { &bytes[3..] } else { bytes };
        let (decoded, invalid_raw) = match std::str::from_utf8(bytes) {
            Ok(text) => (std::borrow::Cow::Borrowed(text), None),
            Err(error) => (String::from_utf8_lossy(bytes), Some(error.valid_up_to())),
        };
        let (text, crlf) = without_carriage_returns(&decoded);
        let invalid = invalid_raw.map(|at| clamp(at - crlf_before(&crlf, at)));
        let ascii = text.is_ascii();
        Self { text, bom, crlf, invalid, utf16: false, ascii, lines: OnceLock::new() }
    }

    /// The normalised text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// A shared handle to the normalised text.
    pub fn shared(&self) -> Arc<str> {
        Arc::clone(&self.text)
    }

    /// Offset of the first byte that is not UTF-8, in the normalised text.
    pub fn invalid_utf8(&self) -> Option<u32> {
        self.invalid
    }

    /// Whether the file is UTF-16.
    pub fn is_utf16(&self) -> bool {
        self.utf16
    }

    /// What the file is instead, where it is not UTF-8.
    pub fn encoding(&self) -> &'static str {
        if self.utf16 { "UTF-16" } else { "not UTF-8" }
    }

    /// The part of the text that a span covers; empty when it is not one of this text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// Line and column of an offset. Offsets past the end are taken as the end.
    pub fn position(&self, offset: u32) -> Position {
        let offset = self.floor(offset);
        let lines = self.lines();
        let line = lines.partition_point(|&start| start <= offset).max(1);
        let start = lines[line - 1] as usize;
        let before = &self.text[start..offset as usize];
        let column = if self.ascii { before.len() } else { before.chars().count() } + 1;
        Position { line, column }
    }

    /// The text of a line counted from 1, without its line feed.
    pub fn line(&self, line: usize) -> &str {
        let lines = self.lines();
        let Some(&start) = line.checked_sub(1).and_then(|index| lines.get(index)) else { return "" };
        let end = lines.get(line).map_or(self.text.len(), |&next| next as usize - 1);
        &self.text[start as usize..end]
    }

    /// How many lines there are; a text has at least one.
    pub fn line_count(&self) -> usize {
        self.lines().len()
    }

    /// The offset in the file as it is on disk.
    pub fn original_offset(&self, offset: u32) -> usize {
        let before = self.crlf.partition_point(|&at| at < offset);
        offset as usize + before + if self.bom { 3 } else { 0 }
    }

    /// How most of its lines end in the file as it is on disk.
    pub fn line_end(&self) -> &'static str {
        let all = memchr::memchr_iter(b'\n', self.text.as_bytes()).count();
        if self.crlf.len() * 2 > all { "\r\n" } else { "\n" }
    }

    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            std::iter::once(0).chain(memchr::memchr_iter(b'\n', self.text.as_bytes()).map(|at| clamp(at + 1))).collect()
        })
    }

    fn floor(&self, offset: u32) -> u32 {
        let mut at = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        clamp(at)
    }
}

/// A text that says in its first two bytes that it is UTF-16.
fn utf16(bytes: &[u8]) -> Option<String> {
    let unit = match bytes.get(..2)? {
        [0xff, 0xfe] => u16::from_le_bytes,
        [0xfe, 0xff] => u16::from_be_bytes,
        _ => return None,
    };
    let units = bytes[2..].chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    Some(char::decode_utf16(units).map(|one| one.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

fn without_carriage_returns(text: &str) -> (Arc<str>, Box<[u32]>) {
    if !text.contains("\r\n") {
        return (Arc::from(text), Box::default());
    }
    let mut out = String::with_capacity(text.len());
    let mut crlf = Vec::new();
    for (index, line) in text.split("\r\n").enumerate() {
        if index > 0 {
            crlf.push(clamp(out.len()));
            out.push('\n');
        }
        out.push_str(line);
    }
    (Arc::from(out), crlf.into())
}

/// How many carriage returns were taken out before the offset `raw` of the original.
fn crlf_before(crlf: &[u32], raw: usize) -> usize {
    let (mut low, mut high) = (0, crlf.len());
    while low < high {
        let mid = usize::midpoint(low, high);
        if (crlf[mid] as usize + mid) < raw { low = mid + 1 } else { high = mid }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_scalars_and_ignore_mark_and_carriage_returns() {
        let text = Text::from_bytes("\u{feff}a: 1\r\nbü: x\r\nc: 3".as_bytes());
        let at = u32::try_from(text.as_str().find('x').unwrap()).unwrap();
        assert_eq!(text.position(at), Position { line: 2, column: 5 });
        assert_eq!(text.line(2), "bü: x");
        let original = "\u{feff}a: 1\r\nbü: x\r\nc: 3";
        assert_eq!(&original[text.original_offset(at)..=text.original_offset(at)], "x");
    }

    #[test]
    fn the_first_invalid_byte_is_told_after_carriage_returns() {
        let text = Text::from_bytes(b"a: 1\r\nb: \xff\r\n");
        let position = text.position(text.invalid_utf8().unwrap());
        assert_eq!(position, Position { line: 2, column: 4 });
    }

    #[test]
    fn utf_16_is_read_and_told() {
        for big in [false, true] {
            let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
            let file: Vec<u8> = "\u{feff}a: ü\r\nb: 😀".encode_utf16().flat_map(bytes).collect();
            let text = Text::from_bytes(&file);
            assert_eq!((text.as_str(), text.encoding(), text.invalid_utf8()), ("a: ü\nb: 😀", "UTF-16", Some(0)));
        }
        assert_eq!(Text::from_bytes(b"\xff\xfe").as_str(), "");
        assert_eq!(Text::from_bytes(b"a\xff\xfe").encoding(), "not UTF-8");
    }

    #[test]
    fn an_offset_past_the_end_is_the_end() {
        let text = Text::from_bytes(b"ab");
        assert_eq!(text.position(99), Position { line: 1, column: 3 });
        assert_eq!(text.line(7), "");
    }
}
