//! What is wrong with a text that the parser refused, in words of who wrote it: what it is, where
//! it really is when a look at the lines above tells, and what to do. Only says things; what can be
//! read does not depend on it.

use std::ops::Range;

use super::conflicts;
use super::lines::{Level, Line, levels};

/// Names are cut here in messages.
const MOST_SHOWN: usize = 60;

/// What the reader of lenient texts looks for: lines of a text in quotes that stand too far left.
pub(super) const LEFT_OF_KEY: &str = "the lines of a text in quotes stand no further right than its key";
/// The same where more than the text is between the quotes.
pub(super) const OPEN_QUOTE: &str = "this quote is not closed";

/// Something wrong, as it is told.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) message: String,
    pub(super) help: Option<String>,
    pub(super) range: Range<usize>,
}

fn fault(range: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Fault {
    Fault { message: message.into(), help: Some(help.into()), range }
}

/// A merge conflict that begins here.
pub(super) fn conflict(range: Range<usize>) -> Fault {
    fault(
        range,
        "a merge conflict that was not resolved",
        "keep one of the two sides, or what is right in both, and delete the lines with `<<<<<<<`, `=======` and `>>>>>>>`",
    )
}

/// What is wrong at a place, where the parser gave a reason.
pub(super) fn explain(text: &str, range: Range<usize>, reason: &str) -> Fault {
    let Some(at) = Some(range.start).filter(|at| text.is_char_boundary(*at)) else {
        return Fault { message: reason.to_owned(), help: None, range };
    };
    let look = Look { text, at, range, line: Line::at(text, at) };
    if let Some(mark) = conflicts::any(text) {
        return conflict(mark);
    }
    look.explain(reason)
}

/// A place, and the line that it is on.
struct Look<'a> {
    text: &'a str,
    at: usize,
    range: Range<usize>,
    line: Line<'a>,
}

impl<'a> Look<'a> {
    fn explain(&self, reason: &str) -> Fault {
        let has = |part: &str| reason.contains(part);
        let told = if has("quoted scalar") && !has("trailing") {
            if has("escape") || has("hexadecimal") { self.escape() } else { Some(self.quote()) }
        } else if has("tab") && !has("indentation indicator") {
            Some(self.tab())
        } else if has("trailing content after") {
            Some(self.behind_quotes())
        } else if has("unexpected character") || has("anchor or alias, did not") || has("mapping keys are not allowed")
        {
            self.first_character()
        } else if has("unknown anchor") {
            Some(fault(
                self.range.clone(),
                "an alias to an anchor that is not there",
                "a text that begins with `*` must be in quotes",
            ))
        } else if has("flow") || has("illegal placement of ':'") {
            Some(self.bracket())
        } else if has("misplaced bracket") {
            Some(fault(self.range.clone(), "this bracket closes nothing", "delete it, or open one before it"))
        } else if has("expected node content") {
            Some(self.nothing())
        } else if has("block scalar, did not find expected comment") {
            Some(fault(
                self.range.clone(),
                "a text behind `|` or `>` begins on the next line",
                "put it on a line of its own, indented further than its key",
            ))
        } else {
            self.odd_blank().or_else(|| self.structure(reason))
        };
        told.unwrap_or_else(|| Fault {
            message: reason.trim().trim_end_matches('.').to_owned(),
            help: None,
            range: self.range.clone(),
        })
    }

    fn structure(&self, reason: &str) -> Option<Fault> {
        let has = |part: &str| reason.contains(part);
        if has("mapping values are not allowed") || has("simple key") {
            Some(self.colon())
        } else if has("did not find expected key") || has("expected '-' indicator") {
            Some(self.indentation())
        } else if has("block sequence entries are not allowed") {
            Some(self.item())
        } else {
            None
        }
    }

    /// A character that looks like a blank, or like nothing, where YAML wants a blank.
    fn odd_blank(&self) -> Option<Fault> {
        let mut near: Vec<Line<'a>> = self.line.above(self.text).take(3).collect();
        near.reverse();
        near.push(self.line);
        let (at, odd) = near.into_iter().find_map(odd_blank)?;
        let name = name_of_blank(odd)?;
        let (wrong, what) = match odd {
            '\u{feff}' => ("that is not at the start of a file", "delete it"),
            _ => ("where YAML wants a blank", "put a blank in its place, or nothing"),
        };
        let help = format!("{what}; editors show it when they are told to show invisible characters");
        let message = format!("{name} (U+{:04X}) {wrong}", u32::from(odd));
        Some(fault(at..at + odd.len_utf8(), message, help))
    }

    /// A colon that is too much, or one that is missing above it.
    fn colon(&self) -> Fault {
        let key = self.line.key();
        if let Some(key) = key.filter(|key| key.colon < self.at && self.at < self.line.start + self.line.text.len()) {
            let help = quoted(key.value).map_or_else(
                || "put the text in quotes".to_owned(),
                |text| format!("put the text in quotes: `{}: {text}`", shown(key.name)),
            );
            return fault(self.range.clone(), "a text with `: ` in it must be in quotes", help);
        }
        let mut without: Option<Line<'a>> = key.is_none().then_some(self.line);
        let mut holder = None;
        for above in self.line.above(self.text) {
            if above.key().is_some() || above.is_item() {
                holder = Some(above);
                break;
            }
            without = Some(above);
        }
        // Lines further right than a key with a text continue that text.
        let continues = |line: Line<'a>| {
            holder.is_some_and(|holder| {
                holder.key().is_none_or(|key| !key.value.is_empty()) && line.column() > holder.column()
            })
        };
        match (without, holder) {
            (Some(line), _) if !continues(line) => missing_colon(line),
            (_, Some(holder)) if continues(self.line) => self.too_far_right(holder),
            _ => fault(
                self.range.clone(),
                "no key can stand here",
                "a text with `: ` in it must be in quotes; or the line is indented too far",
            ),
        }
    }

    /// A key inside of the text above it.
    fn too_far_right(&self, holder: Line<'a>) -> Fault {
        let (word, range) = self.line.word();
        let what =
            holder.key().map_or_else(|| "the item above".to_owned(), |key| format!("`{}` above", shown(key.name)));
        let level = levels(self.line, self.text).into_iter().find(|level| level.key.is_some());
        let help = level.map_or_else(
            || "indent it less".to_owned(),
            |level| format!("{}, or put that text in quotes if this is a part of it", as_level(level)),
        );
        let message =
            format!("`{}` is indented as if it belonged to the text of {what}", shown(word.trim_end_matches(':')));
        fault(range, message, help)
    }

    /// A line that begins where nothing above it does.
    fn indentation(&self) -> Fault {
        let line = self.line;
        let (word, range) = line.word();
        let (indent, is_item) = (line.indent(), line.is_item());
        let range = if is_item { line.start + indent..line.start + indent + 1 } else { range };
        let what = match (is_item, line.key()) {
            (true, _) => "this item".to_owned(),
            (_, Some(key)) => format!("`{}`", shown(key.name)),
            _ if word.is_empty() => "this line".to_owned(),
            _ => format!("the line with `{}`", shown(word)),
        };
        let all = levels(line, self.text);
        let same_sort = |level: &&Level<'_>| level.key.is_none() == is_item && level.column != indent;
        let nearest = all.iter().filter(same_sort).min_by_key(|level| level.column.abs_diff(indent));
        let fits = all.iter().find(|level| level.column == indent);
        let message = match fits {
            Some(level) if level.key.is_none() && !is_item => {
                format!("{what} stands where the list above has its items")
            }
            Some(_) if is_item => "an item of a list stands between the keys of a map".to_owned(),
            _ => format!("the indentation of {what} fits nothing above it"),
        };
        let help = nearest.map_or_else(
            || "a list and a map cannot stand at one level: check the indentation".to_owned(),
            |level| as_level(*level),
        );
        if !is_item && line.key().is_none() {
            return fault(range, message, "indent it as the lines are that it belongs to");
        }
        fault(range, message, help)
    }

    /// An item of a list where none can begin.
    fn item(&self) -> Fault {
        match self.line.key().filter(|key| key.colon < self.at) {
            Some(key) => {
                let text = key.value.trim_start_matches('-').trim();
                let help = format!("put it on a line of its own, or write `{}: [{}]`", shown(key.name), shown(text));
                fault(self.range.clone(), "a list cannot begin on the line of its key", help)
            }
            None => fault(
                self.range.clone(),
                "no list can begin here",
                "a list and a map cannot stand at one level: check the indentation",
            ),
        }
    }

    fn tab(&self) -> Fault {
        let help = "indent with spaces; YAML does not allow tabs";
        let lines = [Some(self.line), self.line.below(self.text)];
        let in_indentation = lines.into_iter().flatten().find_map(|line| {
            let white = line.text.len() - line.text.trim_start_matches([' ', '\t']).len();
            line.text[..white].find('\t').map(|at| line.start + at)
        });
        match in_indentation {
            Some(at) => fault(at..at + 1, "a tab in the indentation", help),
            None => fault(self.range.clone(), "a tab where YAML allows none", "put blanks in its place"),
        }
    }

    /// A text in quotes that goes on too long.
    fn quote(&self) -> Fault {
        let rest = &self.text[self.at..];
        let quote = rest.chars().next().unwrap_or('"');
        let end = rest.get(1..).and_then(|inner| inner.find(quote)).map(|end| end + 1);
        let mut further = rest[..end.unwrap_or(0)].split('\n').skip(1);
        let is_text = end.is_some() && !further.any(|line| Line { start: 0, text: line }.key().is_some());
        if is_text {
            return fault(self.range.clone(), LEFT_OF_KEY, "indent its further lines, or close the quote");
        }
        fault(self.range.clone(), OPEN_QUOTE, format!("put a `{quote}` where the text ends"))
    }

    /// A backslash that begins nothing.
    fn escape(&self) -> Option<Fault> {
        let bytes = self.text.as_bytes();
        let mut at = self.at + 1;
        while at + 1 < bytes.len() && bytes[at] != b'"' {
            if bytes[at] != b'\\' {
                at += 1;
                continue;
            }
            let digits = match bytes[at + 1] {
                b'x' => 2,
                b'u' => 4,
                b'U' => 8,
                byte if b"0abtnvfre \"/\\N_LP\t\n".contains(&byte) => 0,
                _ => usize::MAX,
            };
            let is_whole = digits != usize::MAX
                && bytes.get(at + 2..at + 2 + digits).is_some_and(|part| part.iter().all(u8::is_ascii_hexdigit));
            if !is_whole {
                let length = self.text[at + 1..].chars().next().map_or(1, char::len_utf8);
                let range = at..at + 1 + length;
                let message = format!("`{}` means nothing in double quotes", &self.text[range.clone()]);
                return Some(fault(range, message, "write `\\\\` for a backslash, or put the text in single quotes"));
            }
            at += 2 + digits;
        }
        None
    }

    fn behind_quotes(&self) -> Fault {
        let range = self.range.clone();
        let next = self.text[self.at..].chars().next();
        if matches!(next, Some('"' | '\'' | '{' | '[')) {
            return fault(range, "a comma is missing before this", "put a `,` between the two");
        }
        let help = if self.text[..self.at].trim_end().ends_with('\'') {
            "a quote inside of quotes is written twice: 'it''s'"
        } else {
            "put all of it into the quotes; a quote inside of them is written `\\\"`"
        };
        fault(range, "something stands behind a text in quotes", help)
    }

    /// A text that begins with a character that means something else.
    fn first_character(&self) -> Option<Fault> {
        let line_end = self.line.start + self.line.text.len();
        let first = self.text[self.at..].chars().next().filter(char::is_ascii_punctuation)?;
        let value = self.text[self.at..line_end].split(" #").next().unwrap_or("").trim_end();
        let help =
            quoted(value).map_or_else(|| "put it in quotes".to_owned(), |text| format!("put it in quotes: `{text}`"));
        let shown = if first == '`' { "a backtick".to_owned() } else { format!("`{first}`") };
        Some(fault(self.range.clone(), format!("a text that begins with {shown} must be in quotes"), help))
    }

    /// A list or a map in brackets that does not end where it should.
    fn bracket(&self) -> Fault {
        let mut depth = 0_usize;
        let open = self.text[..self.at].char_indices().rev().find(|(_, one)| match one {
            ']' | '}' => {
                depth += 1;
                false
            }
            '[' | '{' if depth > 0 => {
                depth -= 1;
                false
            }
            '[' | '{' => true,
            _ => false,
        });
        let Some((at, bracket)) = open else {
            let help = "check the brackets: a `[` or `{` before this place is not closed";
            return fault(self.range.clone(), "a bracket before this is not closed", help);
        };
        let close = if bracket == '[' { ']' } else { '}' };
        let line = Line::at(self.text, at);
        if line.start == self.line.start && self.text[self.at..line.start + line.text.len()].contains(close) {
            let help = format!("put a `,` before it, or quotes around a text with `{bracket}`, `,` or `: ` in it");
            return fault(self.range.clone(), format!("neither `,` nor `{close}` stands before this"), help);
        }
        fault(at..at + 1, format!("this `{bracket}` is not closed"), format!("put a `{close}` where it ends"))
    }

    /// Where something should stand and nothing does.
    fn nothing(&self) -> Fault {
        let range = self.range.clone();
        match self.text[self.at..].chars().next() {
            Some(',') => {
                fault(range, "nothing stands before this comma", "write what belongs there, or delete the comma")
            }
            Some(close @ (']' | '}')) => {
                let help = "write what belongs before it, delete it, or put quotes around a text that begins with it";
                fault(range, format!("no value can begin with `{close}`"), help)
            }
            Some(open @ ('[' | '{')) => {
                let close = if open == '[' { ']' } else { '}' };
                fault(range, format!("this `{open}` is not closed"), format!("put a `{close}` where it ends"))
            }
            _ => fault(
                range,
                "a value is missing here, or a bracket is not closed",
                "something is missing before this place: a value, or the end of a bracket",
            ),
        }
    }
}

/// A line that would be a key if it had a colon.
fn missing_colon(line: Line<'_>) -> Fault {
    let (word, range) = line.word();
    if let Some((key, value)) = word.split_once(':').filter(|(key, value)| !key.is_empty() && !value.starts_with('/')) {
        let rest = &line.content()[word.len()..];
        let help = format!("write `{}: {}`", shown(key), shown(&format!("{value}{rest}")));
        return fault(range, format!("no blank stands behind the colon of `{}`", shown(key)), help);
    }
    let rest = line.content()[word.len()..].trim();
    let help = format!("write `{}`", shown(format!("{word}: {rest}").trim_end()));
    fault(range, format!("no colon stands behind `{}`", shown(word)), help)
}

/// A text in the quotes that it needs, where it is short and has none in it.
fn quoted(text: &str) -> Option<String> {
    let simple = !text.is_empty() && text.chars().count() <= MOST_SHOWN && !text.contains(['"', '\\', '`']);
    simple.then(|| format!("\"{text}\""))
}

/// `indent it by 2 spaces, as `type` above`
fn as_level(level: Level<'_>) -> String {
    let spaces = match level.column {
        0 => "put it at the start of the line".to_owned(),
        1 => "indent it by 1 space".to_owned(),
        more => format!("indent it by {more} spaces"),
    };
    match level.key {
        Some(key) => format!("{spaces}, as `{}` above", shown(key)),
        None => format!("{spaces}, as the items above"),
    }
}

fn shown(text: &str) -> String {
    match text.char_indices().nth(MOST_SHOWN) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

/// The first character of a line that only looks like a blank, in its indentation or behind what a
/// blank must follow.
fn odd_blank(line: Line<'_>) -> Option<(usize, char)> {
    let is_white = |one: char| one == ' ' || one == '\t' || name_of_blank(one).is_some();
    let content = line.text.trim_start_matches(is_white);
    let white = line.text.len() - content.len();
    let found = |from: usize, to: usize| {
        line.text[from..to]
            .char_indices()
            .find(|(_, one)| name_of_blank(*one).is_some())
            .map(|(at, one)| (from + at, one))
    };
    let behind = |mark: char| {
        let at = white + content.find(mark)? + 1;
        let odd = line.text[at..].chars().next().filter(|one| name_of_blank(*one).is_some())?;
        Some((at, odd))
    };
    let odd =
        found(0, white).or_else(|| content.starts_with('-').then(|| behind('-')).flatten()).or_else(|| behind(':'));
    odd.map(|(at, one)| (line.start + at, one))
}

fn name_of_blank(one: char) -> Option<&'static str> {
    Some(match one {
        '\u{a0}' => "a no-break space",
        '\u{202f}' => "a narrow no-break space",
        '\u{ad}' => "a soft hyphen",
        '\u{200b}' => "a zero-width space",
        '\u{200c}' | '\u{200d}' | '\u{2060}' => "an invisible joiner",
        '\u{200e}' | '\u{200f}' => "an invisible mark of direction",
        '\u{feff}' => "a byte order mark",
        '\u{3000}' => "an ideographic space",
        '\u{2000}'..='\u{200a}' | '\u{205f}' | '\u{1680}' => "a blank that is no space",
        _ => return None,
    })
}

#[cfg(test)]
#[path = "faults_tests.rs"]
mod tests;
