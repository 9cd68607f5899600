//! Decision records: which pages are some, and what they say of themselves, in the forms of MADR
//! (front matter, or a list at the top) and of Nygard (`## Status`, `Date:`).

use crate::base::{Span, paths};
use crate::markdown::Rendered;

/// Folders that hold decision records where nothing else is said, from the folder of the
/// documentation or of the descriptor.
pub(super) const FOLDERS: &[&str] =
    &["docs/adr", "docs/adrs", "docs/decisions", "docs/architecture/decisions", "doc/adr", "adr"];

/// The annotation that names the folder.
pub(super) const LOCATION: &str = "backstage.io/adr-location";

/// Most lines at the head of a record that are looked through.
const MAX_LINES: usize = 400;
/// Most records that one names.
const MAX_NAMED: usize = 20;

/// What a record says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// Its number, by the name of its file.
    pub number: u32,
    /// Its title without the number.
    pub title: String,
    /// Its status, the word alone; empty where it says none.
    pub status: String,
    /// The day it was decided on, as it is written.
    pub date: Option<String>,
    /// The numbers of records that it takes the place of.
    pub supersedes: Vec<u32>,
    /// The numbers of records that took its place.
    pub superseded_by: Vec<u32>,
    /// Where its status stands; empty where there is none, or it is front matter.
    pub span: Span,
    /// Whether it says that it was superseded and names no record by its number.
    pub names_nothing: bool,
}

/// The words that a status may be.
pub(super) const STATUSES: &[&str] =
    &["accepted", "proposed", "rejected", "deprecated", "superseded", "draft", "amended", "withdrawn", "implemented"];

/// The number of a record by its path: `0007-title.md`.
pub(super) fn number(path: &str) -> Option<u32> {
    let name = paths::file_name(path);
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &name[digits..];
    let fits = (1..=6).contains(&digits) && rest.starts_with(['-', '_', ' ', '.']) && rest.len() > 4;
    fits.then(|| name[..digits].parse().ok()).flatten()
}

/// Reads a record.
pub(super) fn read(path: &str, title: &str, text: &str, rendered: &Rendered) -> Option<Said> {
    let number = number(path)?;
    let mut said = Said { number, title: bare_title(title).to_owned(), ..Said::default() };
    let mut status = String::new();
    if let Some(front) = &rendered.front_matter {
        status = front.text("status").unwrap_or_default();
        said.date = front.text("date");
        for key in ["superseded-by", "superseded_by", "supersededBy"] {
            said.superseded_by.extend(front.text(key).iter().flat_map(|text| numbers(text)));
        }
        said.supersedes.extend(front.text("supersedes").iter().flat_map(|text| numbers(text)));
    }
    let mut section = String::new();
    let mut lines = 0;
    let mut in_status = false;
    let start = if rendered.front_matter.is_some() { text.find("\n---").map_or(0, |at| at + 4) } else { 0 };
    let mut end = start;
    for line in text[start..].split_inclusive('\n').take(MAX_LINES) {
        let from = end + line.len() - line.trim_start().len();
        end += line.len();
        let line = line.trim();
        let place = Span::new(from, from + line.len());
        if let Some(heading) = line.strip_prefix('#') {
            in_status = heading.trim_matches(['#', ' ', ':']).eq_ignore_ascii_case("status");
            continue;
        }
        let plain = line.trim_start_matches(['*', '-', ' ', '>']).replace("**", "");
        if let Some(value) = after(&plain, "status").filter(|_| status.is_empty()) {
            value.clone_into(&mut status);
            said.span = place;
        } else if let Some(value) = after(&plain, "date").filter(|_| said.date.is_none()) {
            said.date = Some(value.to_owned()).filter(|date| !date.is_empty());
        } else if in_status && !line.is_empty() && lines < MAX_NAMED {
            if lines == 0 && status.is_empty() {
                said.span = place;
            }
            lines += 1;
            section.push_str(&plain);
            section.push('\n');
        } else {
            relation(&plain, &mut said);
        }
    }
    if status.is_empty() {
        section.lines().next().unwrap_or("").clone_into(&mut status);
    }
    section.lines().for_each(|line| relation(line, &mut said));
    relation(&status, &mut said);
    let word: String = status.trim_start().chars().take_while(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
    said.names_nothing = word == "superseded" && said.superseded_by.is_empty();
    said.status = word;
    for list in [&mut said.supersedes, &mut said.superseded_by] {
        list.sort_unstable();
        list.dedup();
        list.truncate(MAX_NAMED);
    }
    Some(said)
}

/// What a line says about other records.
fn relation(line: &str, said: &mut Said) {
    let lower = line.to_lowercase();
    for phrase in ["superseded by", "superceded by", "replaced by"] {
        if lower.starts_with(phrase) {
            said.superseded_by.extend(line.get(phrase.len()..).map(numbers).unwrap_or_default());
            return;
        }
    }
    for phrase in ["supersedes", "supercedes", "replaces"] {
        if lower.starts_with(phrase) {
            said.supersedes.extend(line.get(phrase.len()..).map(numbers).unwrap_or_default());
            return;
        }
    }
}

/// What stands after `name:` at the start of a line.
fn after<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let head = line.get(..name.len())?;
    let rest = line.get(name.len()..)?.trim_start().strip_prefix(':')?;
    head.eq_ignore_ascii_case(name).then_some(rest.trim())
}

/// The numbers of the records that a text names: by the files of its links, else as `ADR-7`, or
/// as a number that begins a title.
fn numbers(text: &str) -> Vec<u32> {
    let linked: Vec<u32> =
        text.split("](").skip(1).filter_map(|rest| number(rest.split([')', '#', ' ']).next().unwrap_or(""))).collect();
    if !linked.is_empty() {
        return linked;
    }
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '(' | ')' | ':' | ';'));
    let of = |word: &str| {
        let word = word.to_lowercase();
        let word = word.strip_prefix("adr").unwrap_or(&word).trim_start_matches(['-', '#', '_']);
        let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
        // A date is no number of a record.
        let is_date = digits.len() == 4 && word.as_bytes().get(7) == Some(&b'-');
        let rest = &word[digits.len()..];
        let ends = rest.is_empty() || rest.starts_with(['.', '-', '_']);
        if ends && !is_date { digits.parse().ok() } else { None }
    };
    words.filter_map(of).take(MAX_NAMED).collect()
}

/// A title without the number before it: `3. gRPC`, `ADR-0003: gRPC`, `0003 - gRPC`.
fn bare_title(title: &str) -> &str {
    let rest = title.trim();
    let rest = rest.strip_prefix("ADR").or_else(|| rest.strip_prefix("adr")).unwrap_or(rest);
    let numbered = rest.trim_start_matches(['-', ' ', '#', '_']);
    let digits = numbered.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        return title.trim();
    }
    let after = &numbered[digits..];
    let bare = after.trim_start_matches(['.', ':', '-', '–', '—', ' ', ')']);
    if bare.is_empty() || bare.len() == after.len() { title.trim() } else { bare }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::NoMemo;
    use crate::markdown::{Options, render};

    fn said(text: &str) -> String {
        let rendered = render(text, &Options::PAGE, &NoMemo);
        let title = rendered.title.clone().unwrap_or_default();
        let said = read("docs/adr/0007-x.md", &title, text, &rendered).unwrap();
        format!("{}|{}|{:?}|{:?}|{:?}", said.title, said.status, said.date, said.supersedes, said.superseded_by)
    }

    #[test]
    fn records_of_every_form_are_read() {
        for (text, expected) in [
            (
                "# 7. Use X\n\nDate: 2023-09-19\n\n## Status\n\nAccepted\n\nSupersedes [2. Y](0002-y.md)\n\n## Context\n",
                "Use X|accepted|Some(\"2023-09-19\")|[2]|[]",
            ),
            ("# 7. X\n\n## Status\n\nSuperseded by [9. Z](0009-z.md#a)\n", "X|superseded|None|[]|[9]"),
            (
                "# ADR-0007: X\n\n* Status: superseded by [ADR-0012](0012-a.md)\n* Date: 2020-01-02\n",
                "X|superseded|Some(\"2020-01-02\")|[]|[12]",
            ),
            (
                "---\nstatus: superseded by ADR-0005\ndate: 2024-02-03\n---\n# X\n",
                "X|superseded|Some(\"2024-02-03\")|[]|[5]",
            ),
            ("---\nstatus: accepted\nsupersedes: ADR-3, ADR-4\n---\n# X\n", "X|accepted|None|[3, 4]|[]"),
            ("# X\n\n- **Status**: Proposed\n", "X|proposed|None|[]|[]"),
            ("# X\n\n## Status\n\nSuperseded\n", "X|superseded|None|[]|[]"),
            ("# X\n", "X||None|[]|[]"),
            ("# 42\n", "42||None|[]|[]"),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
    }

    #[test]
    fn files_have_numbers() {
        for (path, expected) in [
            ("docs/adr/0001-a.md", Some(1)),
            ("12_b.md", Some(12)),
            ("README.md", None),
            ("2024.md", None),
            ("1234567-a.md", None),
            ("template.md", None),
        ] {
            assert_eq!(number(path), expected, "{path}");
        }
    }
}
