//! What is shown of records, in files of many: `{"groups": [[label, context, owner, base]], "rows":
//! [[group, title, href, text, [[heading, anchor, text]]]]}`. What neighbours have in common stands
//! once. The texts are what snippets are cut from.

use super::files::{File, call};
use super::{MAX_RECORDS, Record};

/// Longest title and longest text of a section, in bytes.
const MAX_TITLE: usize = 160;
const MAX_TEXT: usize = 16 * 1024;
/// Most text of a record.
const MAX_RECORD: usize = 48 * 1024;
const MAX_HEADING: usize = 160;

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
        let sections = sections(record);
        let size: usize =
            sections.iter().map(|(heading, anchor, text)| heading.len() + anchor.len() + text.len()).sum();
        if !self.rows.is_empty() && self.rows.len() + size > MAX_RECORDS {
            self.close();
        }
        let group = self.group(record);
        let (title, text) = (shortened(record.title, MAX_TITLE), shortened(record.text, MAX_TEXT));
        let row = match (sections.is_empty(), text.is_empty()) {
            (true, true) => serde_json::to_string(&(group, title, record.href)),
            (true, false) => serde_json::to_string(&(group, title, record.href, text)),
            (false, _) => serde_json::to_string(&(group, title, record.href, text, sections)),
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

/// The sections that snippets are cut from, up to a limit; of the rest only the headings, as long as
/// they lead somewhere.
fn sections<'a>(record: &Record<'a>) -> Vec<(&'a str, &'a str, &'a str)> {
    let mut left = MAX_RECORD;
    let all = record.sections.iter().map(|section| {
        let text = shortened(section.text.trim(), MAX_TEXT.min(left));
        left -= text.len();
        (shortened(section.heading, MAX_HEADING), section.anchor, text)
    });
    all.filter(|(_, anchor, text)| !anchor.is_empty() || !text.is_empty()).collect()
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
    use super::super::Section;
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
        let sections = [
            Section { heading: "", anchor: "", text: "First." },
            Section { heading: "Set up", anchor: "set-up", text: " Then. \n" },
            Section { heading: "No anchor", anchor: "", text: "" },
        ];
        chunks.add(&Record { label: "Page", title: "C", sections: &sections, ..Record::default() });
        chunks.close();
        let files = chunks.take();
        assert_eq!(
            files[0].text,
            "catalogSearch.records(0,{\"groups\":[[\"Operation\",\"Shop\",\"\",\"shop.html\"],[\"Page\",\"\",\"\",\"\"]],\
             \"rows\":[[0,\"A\",\"#a\"],[0,\"B\",\"#b\",\"Does b.\"],[1,\"C\",\"\",\"\",[[\"\",\"\",\"First.\"],[\"Set up\",\"set-up\",\"Then.\"]]]]});\n"
        );
    }

    #[test]
    fn long_texts_are_cut_between_characters_and_long_records_keep_their_headings() {
        assert_eq!(shortened("aé", 2), "a");
        assert_eq!(shortened("aé", 3), "aé");
        let text = "é".repeat(MAX_TEXT);
        let long = |anchor| Section { heading: "H", anchor, text: &text };
        let all = ["a", "b", "c", "d", "e"].map(long);
        let record = Record { sections: &all, ..Record::default() };
        let found = sections(&record);
        assert_eq!(found.len(), 5);
        assert_eq!(found.iter().map(|section| section.2.len()).collect::<Vec<_>>(), [16384, 16384, 16384, 0, 0]);
    }
}
