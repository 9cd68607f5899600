//! Abbreviations: `*[HTML]: text` anywhere on a page explains the word everywhere on it.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};
use rustc_hash::FxHashMap;

use crate::markdown::text::escape;

use super::{Kind, Piece, is_word, replace};

/// Most definitions of a page, their longest name and text, and how many bytes all explanations
/// on a page may take: each use repeats its text.
pub(in crate::markdown) const MAX_COUNT: usize = 2_000;
const MAX_NAME: usize = 80;
const MAX_TEXT: usize = 500;
const MAX_WRITTEN: usize = 512 * 1024;
/// Most names that begin with the same word.
const MAX_ALIKE: usize = 16;

/// The abbreviations of a page.
#[derive(Debug, Default)]
pub(in crate::markdown) struct Abbreviations {
    /// By their first word: whole names and texts, longest first.
    words: FxHashMap<String, Vec<(String, String)>>,
    /// Where the definitions stand, whole lines.
    lines: Vec<Range<usize>>,
    /// Where the first definition stands that is too many.
    pub(in crate::markdown) beyond: Option<Range<usize>>,
    written: usize,
}

impl Abbreviations {
    /// Reads the definitions of a page, wherever they stand outside of code.
    pub(in crate::markdown) fn of(text: &str) -> Self {
        let mut found = Self::default();
        if !text.contains("*[") {
            return found;
        }
        let mut fence: Option<(u8, usize)> = None;
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let range = at..at + line.len();
            at = range.end;
            let content = line.trim_start_matches(' ');
            let mark = content.bytes().next().unwrap_or(0);
            let run = content.bytes().take_while(|byte| *byte == mark).count();
            if matches!(mark, b'`' | b'~') && run >= 3 {
                match fence {
                    None => fence = Some((mark, run)),
                    Some((open, length)) if open == mark && run >= length => fence = None,
                    Some(_) => {}
                }
            } else if fence.is_none() && line.len() - content.len() < 4 {
                found.line(content, range);
            }
        }
        found
    }

    fn line(&mut self, line: &str, range: Range<usize>) {
        let read = || {
            let (name, text) = line.strip_prefix("*[")?.split_once(']')?;
            let text = text.trim_start_matches(' ').strip_prefix(':')?.trim();
            (!name.trim().is_empty() && !name.contains('\\')).then(|| (name.trim(), text))
        };
        let Some((name, text)) = read() else { return };
        if self.lines.len() >= MAX_COUNT {
            self.beyond = self.beyond.take().or(Some(range));
            return;
        }
        self.lines.push(range);
        if name.len() > MAX_NAME || matches!(text, "" | "''" | "\"\"") {
            return;
        }
        let text: String = text.chars().take(MAX_TEXT).collect();
        let alike = self.words.entry(first_word(name).to_owned()).or_default();
        alike.retain(|(known, _)| known != name);
        if alike.len() < MAX_ALIKE {
            alike.push((name.to_owned(), text));
            alike.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        }
    }

    /// Drops the definitions from a block.
    pub(super) fn drop_definitions(&self, pieces: &mut Vec<Piece<'_>>) {
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return };
        let next = self.lines.partition_point(|line| line.end <= first.range.start);
        if self.lines.get(next).is_none_or(|line| line.start >= last.range.end) {
            return;
        }
        let defines = |at: usize| {
            let next = self.lines.partition_point(|line| line.end <= at);
            self.lines.get(next).is_some_and(|line| line.start <= at)
        };
        pieces.retain(|piece| !defines(piece.range.start));
        while pieces.last().is_some_and(|piece| piece.kind.is_break()) {
            pieces.pop();
        }
        let mut begun = false;
        pieces.retain(|piece| {
            begun |= !piece.kind.is_break();
            begun
        });
    }

    /// Explains the words of a block.
    pub(super) fn pass(&mut self, pieces: &mut Vec<Piece<'_>>) {
        if self.words.is_empty()
            || pieces.iter().all(|piece| {
                matches!(piece.kind, Kind::Event(Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image)))
            })
        {
            return;
        }
        replace(
            pieces,
            false,
            |_| true,
            |text, before, after| {
                let mut found = Vec::new();
                let (mut at, mut before) = (0, before);
                while let Some(character) = text[at..].chars().next() {
                    let starts = !(is_word(character) && before.is_some_and(is_word));
                    let word = first_word(&text[at..]);
                    let hit = self.words.get(word).filter(|_| starts).and_then(|alike| {
                        alike.iter().find(|(name, _)| {
                            let end = at + name.len();
                            let next = text.get(end..).and_then(|rest| rest.chars().next().or(after));
                            text[at..].starts_with(name.as_str())
                                && !(name.ends_with(is_word) && next.is_some_and(is_word))
                        })
                    });
                    let length = match hit {
                        Some((name, explained)) if self.written < MAX_WRITTEN => {
                            self.written += explained.len();
                            let html = format!("<abbr title=\"{}\">{}</abbr>", escape(explained), escape(name));
                            found.push((at..at + name.len(), Kind::Html(html, name.clone())));
                            name.len()
                        }
                        _ => word.len(),
                    };
                    before = text[..at + length].chars().next_back();
                    at += length;
                }
                found
            },
        );
    }
}

/// The word at the start of a text, or its first character.
fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !is_word(c)).unwrap_or(text.len());
    let end = if end == 0 { text.chars().next().map_or(0, char::len_utf8) } else { end };
    &text[..end]
}
