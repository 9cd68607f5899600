//! Snippets: `--8<-- "file"` on a line of its own is replaced by the lines of that file, before
//! anything else is read. What may be read is for the caller to say; how much, is said here.
//!
//! Lines keep their place: the bytes of the page are addresses from 0 on, and every file that is
//! included gets a range of addresses behind them.

mod parse;

use std::ops::Range;
use std::sync::Arc;

use crate::base::{Span, Text};

use super::blocks::Line;
use super::extensions::Extensions;
use super::{MAX_INPUT, Problem, ProblemKind};
use parse::{Found, Part, section_mark};

/// The files that a page may include.
pub trait Snippets: Sync {
    /// The file of this name; else why it is not there, in words.
    fn read(&self, name: &str) -> Result<SnippetText, String>;
}

/// A file that is included.
#[derive(Debug, Clone)]
pub struct SnippetText {
    /// The number that the caller knows it by.
    pub number: u32,
    /// Its text.
    pub text: Arc<Text>,
}

/// The addresses of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncludedFile {
    /// The number that the caller knows it by.
    pub number: u32,
    /// The addresses of its bytes.
    pub addresses: Range<usize>,
}

impl IncludedFile {
    /// The span in this file of a span of the page, if it is there.
    pub fn span(&self, span: Span) -> Option<Span> {
        let start = (span.start as usize).checked_sub(self.addresses.start)?;
        (start <= self.addresses.len()).then(|| {
            let end = (span.end as usize).saturating_sub(self.addresses.start).min(self.addresses.len());
            Span::new(start, end)
        })
    }
}

/// Deepest nesting of files, most files, most lines that name one, and most addresses.
const MAX_DEPTH: usize = 16;
const MAX_FILES: usize = 2_000;
const MAX_READS: usize = 20_000;
const MAX_ADDRESSES: usize = 1 << 30;
/// Most problems that are told of.
const MAX_PROBLEMS: usize = 100;

/// A page with what it includes.
#[derive(Debug)]
pub(super) struct Included<'a> {
    page: &'a str,
    base: usize,
    texts: Vec<Arc<Text>>,
    pieces: Vec<Piece>,
    pub(super) files: Vec<IncludedFile>,
    pub(super) problems: Vec<Problem>,
    end: usize,
    size: usize,
    reads: usize,
    dedent: bool,
}

/// A line.
#[derive(Debug)]
struct Piece {
    from: From,
    pad: usize,
}

#[derive(Debug)]
enum From {
    /// The page, or a file, and where in it.
    Text(Option<usize>, Range<usize>),
    /// Words of our own, for an address.
    Words(String, usize),
}

/// Replaces the snippets of a page that begins at `base` of a text of `length`. None where there
/// are none.
pub(super) fn include<'a>(
    page: &'a str,
    base: usize,
    length: usize,
    snippets: Option<&dyn Snippets>,
    extensions: &Extensions,
) -> Option<Included<'a>> {
    let snippets = snippets.filter(|_| page.contains("8<-") || !extensions.append.is_empty())?;
    let mut included = Included {
        page,
        base,
        texts: Vec::new(),
        pieces: Vec::new(),
        files: Vec::new(),
        problems: Vec::new(),
        end: length + 1,
        size: 0,
        reads: 0,
        dedent: extensions.dedent,
    };
    included.walk(&Walk { file: None, pad: 0, is_section: false }, &lines(page), snippets, &mut Vec::new());
    // One that is not there is reported once for the whole site, by who read its settings.
    let whole = Walk { file: None, pad: 0, is_section: false };
    for name in &extensions.append {
        if let Ok((file, lines, is_section)) = included.lines_of(name, snippets, &[]) {
            included.words(&whole, String::new(), page.len());
            included.walk(&Walk { file: Some(file), pad: 0, is_section }, &lines, snippets, &mut vec![file]);
        }
    }
    Some(included)
}

/// A file on the way through it.
struct Walk {
    file: Option<usize>,
    pad: usize,
    is_section: bool,
}

impl Included<'_> {
    /// The lines of the page.
    pub(super) fn lines(&self) -> Vec<Line<'_>> {
        let lines = self.pieces.iter().map(|piece| match &piece.from {
            From::Text(file, range) => {
                Line::new(&self.text(*file)[range.clone()], piece.pad, self.address(*file, range.start), true)
            }
            From::Words(words, at) => Line::new(words, piece.pad, *at, false),
        });
        lines.collect()
    }

    /// The texts of the files that are included.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(|text| text.as_str())
    }

    fn text(&self, file: Option<usize>) -> &str {
        file.map_or(self.page, |file| self.texts[file].as_str())
    }

    fn address(&self, file: Option<usize>, at: usize) -> usize {
        file.map_or(self.base, |file| self.files[file].addresses.start) + at
    }

    fn walk(&mut self, walk: &Walk, lines: &[Range<usize>], snippets: &dyn Snippets, stack: &mut Vec<usize>) {
        let holder;
        let text: &str = match walk.file {
            Some(file) => {
                holder = Arc::clone(&self.texts[file]);
                holder.as_str()
            }
            None => self.page,
        };
        let mut in_block = false;
        for range in lines {
            let line = &text[range.clone()];
            let found = parse::line(line);
            match found {
                Found::Escaped(at) => {
                    let words = format!("{}{}", &line[..at], &line[at + 1..]);
                    self.words(walk, words, range.start);
                }
                Found::Block => in_block = !in_block,
                Found::Inline(_) if in_block => {}
                Found::Inline(name) => self.name(walk, line, range, name, snippets, stack),
                Found::None if in_block => {
                    let name = line.len() - line.trim_start().len()..line.trim_end().len();
                    if name.is_empty() {
                        self.push(walk, range.clone());
                    } else if !line[name.clone()].starts_with(';') {
                        self.name(walk, line, range, name, snippets, stack);
                    }
                }
                Found::None => match section_mark(line).filter(|_| !walk.is_section) {
                    Some(mark) if mark.escape.is_some() => {
                        let at = mark.escape.unwrap_or(0);
                        self.words(walk, format!("{}{}", &line[..at], &line[at + 1..]), range.start);
                    }
                    Some(_) => {}
                    None => self.push(walk, range.clone()),
                },
            }
        }
    }

    fn push(&mut self, walk: &Walk, range: Range<usize>) {
        self.size += range.len() + walk.pad + 1;
        if self.size <= MAX_INPUT + self.page.len() || walk.file.is_none() {
            self.pieces.push(Piece { from: From::Text(walk.file, range), pad: walk.pad });
        }
    }

    fn words(&mut self, walk: &Walk, words: String, at: usize) {
        self.size += words.len() + walk.pad + 1;
        let at = self.address(walk.file, at);
        self.pieces.push(Piece { from: From::Words(words, at), pad: walk.pad });
    }

    /// Includes what a line names.
    fn name(
        &mut self,
        walk: &Walk,
        line: &str,
        range: &Range<usize>,
        name: Range<usize>,
        snippets: &dyn Snippets,
        stack: &mut Vec<usize>,
    ) {
        let written = line[name.clone()].trim();
        let start = self.address(walk.file, range.start + name.start);
        let span = Span::new(start, start + name.len());
        let space = &line[..line.len() - line.trim_start().len()];
        let pad = walk.pad + Line::new(space, 0, 0, true).indent();
        match self.lines_of(written, snippets, stack) {
            Ok((file, lines, is_section)) => {
                stack.push(file);
                self.walk(&Walk { file: Some(file), pad, is_section }, &lines, snippets, stack);
                stack.pop();
                if self.size > MAX_INPUT + self.page.len() {
                    self.problem(span, ProblemKind::TooMuchIncluded);
                }
            }
            Err(kind) => {
                let words = match &kind {
                    ProblemKind::Snippet { why, .. } => format!("Snippet not included: `{written}`, {why}"),
                    _ => format!("Snippet not included: `{written}`"),
                };
                self.problem(span, kind);
                let walk = Walk { pad, ..*walk };
                self.words(&walk, words, range.start + name.start);
            }
        }
    }

    fn problem(&mut self, span: Span, kind: ProblemKind) {
        let is_known = kind == ProblemKind::TooMuchIncluded && self.problems.iter().any(|problem| problem.kind == kind);
        if self.problems.len() < MAX_PROBLEMS && !is_known {
            self.problems.push(Problem { span, kind });
        }
    }

    /// The file of a name, and the lines of it that are asked for.
    #[allow(clippy::type_complexity, reason = "a file, its lines, and whether they are a section")]
    fn lines_of(
        &mut self,
        written: &str,
        snippets: &dyn Snippets,
        stack: &[usize],
    ) -> Result<(usize, Vec<Range<usize>>, bool), ProblemKind> {
        let wrong = |why: String| ProblemKind::Snippet { name: written.to_owned(), why };
        self.reads += 1;
        let is_full = self.size > MAX_INPUT + self.page.len();
        if self.reads > MAX_READS || is_full || stack.len() >= MAX_DEPTH {
            return Err(ProblemKind::TooMuchIncluded);
        }
        let (path, part) = parse::name(written);
        let found = snippets.read(path).map_err(wrong)?;
        let file = match self.files.iter().position(|file| file.number == found.number) {
            Some(file) => file,
            None => {
                let length = found.text.as_str().len();
                if self.files.len() >= MAX_FILES || self.end + length > MAX_ADDRESSES {
                    return Err(ProblemKind::TooMuchIncluded);
                }
                self.files.push(IncludedFile { number: found.number, addresses: self.end..self.end + length });
                self.end += length + 1;
                self.texts.push(found.text);
                self.files.len() - 1
            }
        };
        if stack.contains(&file) {
            return Err(wrong("which includes itself".to_owned()));
        }
        let text = self.texts[file].as_str();
        // What is read counts too, so that small parts of a large file stay cheap.
        self.size += text.len() / 64;
        let all = lines(text);
        let (is_section, is_part) = (matches!(part, Part::Section(_)), part != Part::All);
        let lines = match part {
            Part::All => all,
            Part::Lines(ranges) => parse::select(&all, &ranges),
            Part::Section(name) => {
                parse::section(text, &all, name).ok_or_else(|| wrong(format!("there is no section `{name}` in it")))?
            }
        };
        let lines = if self.dedent && is_part { parse::dedented(text, lines) } else { lines };
        Ok((file, lines, is_section))
    }
}

/// The lines of a text, without their ends.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        let start = at;
        at += line.len();
        start..start + line.trim_end_matches(['\n', '\r']).len()
    });
    lines.collect()
}
