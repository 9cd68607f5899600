//! What is shown of records, in files of many: `{"groups": [[label, context, owner, base]], "rows":
//! [[group, title, href, text, [[heading, anchor]]]]}`. What neighbours have in common stands once.

use std::borrow::Cow;

use super::{File, MAX_FILE, Record, call};

/// Longest title and longest text that are shown, in bytes.
const MAX_TITLE: usize = 160;
const MAX_TEXT: usize = 160;
/// Most headings of a record that are told, and the longest of them.
const MAX_HEADINGS: usize = 30;
const MAX_HEADING: usize = 100;

/// Files of records as they fill.
#[derive(Debug, Default)]
pub(super) struct Chunks {
    total: u32,
    /// The first record of the file that is being filled.
    first: u32,
    groups: Vec<[String; 4]>,
    rows: String,
    ready: Vec<File>,
    names: Vec<String>,
    steps: Vec<u32>,
    last: u32,
}

impl Chunks {
    pub(super) fn total(&self) -> u32 {
        self.total
    }

    /// The names of all files that were made.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// The first record of each, as the distance to that of the one before.
    pub(super) fn steps(&self) -> &[u32] {
        &self.steps
    }

    pub(super) fn take(&mut self) -> Vec<File> {
        std::mem::take(&mut self.ready)
    }

    /// Takes a record and gives its number.
    pub(super) fn add(&mut self, record: &Record<'_>) -> u32 {
        if self.rows.len() > MAX_FILE {
            self.close();
        }
        let group = self.group(record);
        let headings: Vec<(&str, &str)> = record
            .headings
            .iter()
            .filter(|(_, anchor)| !anchor.is_empty())
            .take(MAX_HEADINGS)
            .map(|(text, anchor)| (shortened(text, MAX_HEADING), *anchor))
            .collect();
        let (title, text) = (shortened(record.title, MAX_TITLE), teaser(record.text));
        let row = match (headings.is_empty(), text.is_empty()) {
            (true, true) => serde_json::to_string(&(group, title, record.href)),
            (true, false) => serde_json::to_string(&(group, title, record.href, text)),
            (false, _) => serde_json::to_string(&(group, title, record.href, text, headings)),
        };
        if !self.rows.is_empty() {
            self.rows.push(',');
        }
        self.rows.push_str(&row.unwrap_or_default());
        self.total += 1;
        self.total - 1
    }

    fn group(&mut self, record: &Record<'_>) -> usize {
        let wanted = [record.label, record.context, record.owner, record.base];
        // Neighbours share theirs, so the last are looked at first; a file holds few.
        if let Some(at) = self.groups.iter().rposition(|known| *known == wanted) {
            return at;
        }
        self.groups.push(wanted.map(str::to_owned));
        self.groups.len() - 1
    }

    /// Ends a file.
    pub(super) fn close(&mut self) {
        if self.rows.is_empty() {
            return;
        }
        let groups = serde_json::to_string(&self.groups).unwrap_or_default();
        let json = format!("{},{{\"groups\":{groups},\"rows\":[{}]}}", self.first, self.rows);
        let file = File::new(call("records", &json));
        self.names.push(file.name.clone());
        self.ready.push(file);
        self.steps.push(self.first - self.last);
        (self.last, self.first) = (self.first, self.total);
        self.groups.clear();
        self.rows.clear();
    }
}

/// The start of a longer text, up to the end of a word.
fn teaser(text: &str) -> Cow<'_, str> {
    let start = shortened(text, MAX_TEXT);
    if start.len() == text.len() {
        return Cow::Borrowed(text);
    }
    let end = start.rfind(char::is_whitespace).unwrap_or(start.len());
    Cow::Owned(format!("{}…", start[..end].trim_end()))
}

/// The start of a text, up to so many bytes.
fn shortened(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_share_what_they_have_in_common() {
        let mut chunks = Chunks::default();
        let one = Record {
            label: "Operation",
            context: "Shop",
            base: "shop.html",
            href: "#a",
            title: "A",
            ..Record::default()
        };
        let two = Record { href: "#b", title: "B", text: "Does b.", ..one };
        assert_eq!((chunks.add(&one), chunks.add(&two)), (0, 1));
        let headings = [("Set up", "set-up"), ("No anchor", "")];
        chunks.add(&Record { label: "Page", title: "C", headings: &headings, ..Record::default() });
        chunks.close();
        let files = chunks.take();
        assert_eq!(
            files[0].text,
            "catalogSearch.records(0,{\"groups\":[[\"Operation\",\"Shop\",\"\",\"shop.html\"],[\"Page\",\"\",\"\",\"\"]],\
             \"rows\":[[0,\"A\",\"#a\"],[0,\"B\",\"#b\",\"Does b.\"],[1,\"C\",\"\",\"\",[[\"Set up\",\"set-up\"]]]]});\n"
        );
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!(shortened("aé", 2), "a");
        assert_eq!(shortened("aé", 3), "aé");
        assert_eq!(teaser("short"), "short");
        assert!(teaser(&"word ".repeat(100)).ends_with("word…"));
    }
}
