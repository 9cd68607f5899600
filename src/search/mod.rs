//! The index that a page searches without a server: plain records in, small files out, of which the
//! page loads those that a query needs. Knows no entity, no page and no template; never holds a text
//! for longer than it takes to read its words.
//!
//! Three sorts of files, each a classic script that calls a known function with its data, because
//! scripts are all that a page may load when it was opened from a file:
//!
//! - **terms**: words in order, each with the records that have it, cut to files of `MAX_FILE`;
//! - **records**: what is shown of each record, in their order;
//! - **the directory**: which file begins with which word and which record.
//!
//! Records are numbered kind by kind, so that the page knows kinds and counts before it loads any.
//! `words` says how texts are split, and `search.js` of the theme does the same to a query; `terms`
//! and `records` write the files.

mod records;
mod terms;
mod words;

use serde::Serialize;

use crate::base::Hash;

use records::Chunks;
use terms::Terms;

/// Where a file of terms or records is cut, in bytes.
const MAX_FILE: usize = 48 * 1024;
/// Digits of the hash that a file is named by.
const NAME: usize = 12;
/// Most words of a text that count.
const MAX_WORDS: usize = 1_000;

/// What a record is. The order is that of results that fit as well as each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An entity.
    Entity,
    /// An operation of an API.
    Operation,
    /// A schema of an API.
    Schema,
    /// What operations of an API have in common: a channel, a service, a tag; and a message.
    Channel,
    /// A page of documentation.
    Page,
    /// A field, parameter or header.
    Field,
}

impl Kind {
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Entity => ("entity", "Entities"),
            Self::Operation => ("operation", "Operations"),
            Self::Schema => ("schema", "Schemas"),
            Self::Channel => ("channel", "Channels and messages"),
            Self::Page => ("page", "Documentation"),
            Self::Field => ("field", "Fields"),
        }
    }
}

/// How much a word says of the record that has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Somewhere in its text.
    Text = 1,
    /// In its description.
    Description = 2,
    /// In the name of what it belongs to, or of its owner.
    Around = 3,
    /// In a heading or summary.
    Heading = 4,
    /// A tag.
    Tag = 5,
    /// In its name or title.
    Name = 6,
    /// The whole of its name or title, written as one word.
    Whole = 7,
}

/// What can be found. Nothing of it is kept but what is shown.
#[derive(Debug, Clone, Copy, Default)]
pub struct Record<'a> {
    /// What it is, in a word: `Component`, `Operation`.
    pub label: &'a str,
    /// What is shown as its name.
    pub title: &'a str,
    /// What it is a part of: an API, a documentation.
    pub context: &'a str,
    /// Its owner.
    pub owner: &'a str,
    /// The first part of its link, which its neighbours have too, from the root of the site.
    pub base: &'a str,
    /// The rest of its link.
    pub href: &'a str,
    /// What is shown below its name.
    pub text: &'a str,
    /// Other names that it is found by in full, as by its title.
    pub names: &'a [&'a str],
    /// What else it is found by.
    pub words: &'a [(Weight, &'a str)],
    /// Headings with their anchors.
    pub headings: &'a [(&'a str, &'a str)],
}

/// A file of the index: its name without folder and ending, and its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The hash of its content.
    pub name: String,
    /// Its content.
    pub text: String,
}

impl File {
    fn new(text: String) -> Self {
        Self { name: Hash::of(text.as_bytes()).short(NAME), text }
    }
}

/// Takes records, kind by kind.
#[derive(Debug, Default)]
pub struct Builder {
    terms: Terms,
    chunks: Chunks,
    kinds: Vec<Begin>,
}

/// The first record of a kind.
#[derive(Debug, Serialize)]
struct Begin {
    id: &'static str,
    title: &'static str,
    from: u32,
}

/// What was made of all records.
#[derive(Debug)]
pub struct Index {
    /// Files of terms and of records, those that were taken before left out.
    pub files: Vec<File>,
    /// The directory.
    pub directory: File,
    /// How many records there are.
    pub total: u32,
}

#[derive(Serialize)]
struct Directory<'a> {
    version: u32,
    total: u32,
    kinds: &'a [Begin],
    /// The first record of each file of records, as the distance to the one before.
    records: &'a [u32],
    record_files: String,
    /// The first term of each file of terms, and their names.
    terms: String,
    term_files: String,
}

impl Builder {
    /// The records that come next are of this kind.
    pub fn begin(&mut self, kind: Kind) {
        let (id, title) = kind.names();
        self.kinds.push(Begin { id, title, from: self.chunks.total() });
    }

    /// Takes a record.
    pub fn add(&mut self, record: &Record<'_>) {
        let number = self.chunks.add(record);
        for name in std::iter::once(&record.title).chain(record.names) {
            self.terms.add_whole(number, name);
            self.terms.add(number, Weight::Name, name);
        }
        for (heading, _) in record.headings {
            self.terms.add(number, Weight::Heading, heading);
        }
        for (weight, text) in record.words {
            self.terms.add(number, *weight, text);
        }
    }

    /// The files that are ready, so that they need not be held.
    pub fn take(&mut self) -> Vec<File> {
        self.chunks.take()
    }

    /// Writes the rest.
    pub fn finish(mut self) -> Index {
        self.chunks.close();
        let (starts, shards) = self.terms.files();
        let names = |files: &[String]| files.join(" ");
        let total = self.chunks.total();
        let shard_names: Vec<String> = shards.iter().map(|file| file.name.clone()).collect();
        let directory = Directory {
            version: 1,
            total,
            kinds: &self.kinds,
            records: self.chunks.steps(),
            record_files: names(self.chunks.names()),
            terms: starts.join(" "),
            term_files: names(&shard_names),
        };
        let directory = File::new(call("directory", &serde_json::to_string(&directory).unwrap_or_default()));
        let mut files = self.chunks.take();
        files.extend(shards);
        Index { files, directory, total }
    }
}

/// A script that gives data to the page.
fn call(function: &str, json: &str) -> String {
    format!("catalogSearch.{function}({json});\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record<'a>(title: &'a str, href: &'a str) -> Record<'a> {
        Record { label: "Component", title, href, base: "catalog/", ..Record::default() }
    }

    #[test]
    fn records_are_numbered_by_kind_and_the_directory_says_where_each_begins() {
        let mut builder = Builder::default();
        builder.begin(Kind::Entity);
        builder.add(&record("Payments API", "payments.html"));
        builder.add(&record("Ledger", "ledger.html"));
        builder.begin(Kind::Page);
        builder.add(&record("Retries", "retries.html"));
        let index = builder.finish();
        assert_eq!(index.total, 3);
        let text = &index.directory.text;
        assert!(text.starts_with("catalogSearch.directory({\"version\":1,\"total\":3,"), "{text}");
        assert!(text.contains(r#"{"id":"page","title":"Documentation","from":2}"#), "{text}");
        assert_eq!(index.files.len(), 2);
        assert!(index.files[0].text.contains("payments.html"));
        assert!(index.files[1].text.contains("paymentsapi "), "{}", index.files[1].text);
    }

    #[test]
    fn no_file_grows_with_the_site_and_every_build_is_the_same() {
        let build = || {
            let mut builder = Builder::default();
            builder.begin(Kind::Entity);
            let mut files = Vec::new();
            for number in 0..20_000 {
                let title = format!("service-{} {number}", number % 977);
                let text = "the service of all services";
                let words = [(Weight::Description, text)];
                builder.add(&Record { words: &words, text, ..record(&title, &title) });
                files.extend(builder.take());
            }
            let index = builder.finish();
            files.extend(index.files);
            (files, index.directory)
        };
        let (files, directory) = build();
        let largest = files.iter().map(|file| file.text.len()).max().unwrap_or(0);
        assert!(largest < 2 * MAX_FILE, "{largest}");
        assert!(directory.text.len() < MAX_FILE, "{}", directory.text.len());
        assert!(files.len() > 10);
        assert_eq!((files, directory), build());
    }
}
