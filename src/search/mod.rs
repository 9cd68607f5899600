//! The index that a page searches without a server: plain records in, small files out, of which the
//! page loads those that a query needs. Knows no entity, no page and no template; never holds a text
//! for longer than it takes to read its words.
//!
//! Files are classic scripts that call a known function with their data, because scripts are all that
//! a page may load when it was opened from a file. They are in two tiers:
//!
//! - **names**: the words of names and titles of what is looked for most, as they are written, for
//!   whoever types a part of a name or mistypes it;
//! - **texts**: the stems of all words of all records, with how much each says of its record;
//!
//! and beside them **facets**, by which records are filtered, **records**, what is shown of each with
//! the texts that snippets are cut from, and **the directory**, which says what is in which file.
//!
//! Records are numbered kind by kind, so that the page knows kinds and counts before it loads any.
//! `words` and `stems` say what a word is, and `search-words.js` of the theme does the same to a query;
//! `search-index.js` reads what is written here, `search-query.js` asks.

mod facets;
mod files;
mod records;
mod stems;
mod terms;
mod words;

use rustc_hash::FxHashMap;
use serde::Serialize;

pub use files::File;
pub use stems::Language;

use facets::Facets;
use files::{Shards, call};
use records::Chunks;
use stems::Stems;
use terms::Terms;
use words::{fold, whole, words};

/// Where a file of words is cut, in bytes: a query loads one for each of its words and tiers.
const MAX_TERMS: usize = 20 * 1024;
/// Where a file of records is cut: each of the first results may lie in another.
const MAX_RECORDS: usize = 20 * 1024;
/// Most words of a text that count.
const MAX_WORDS: usize = 20_000;
/// A text of so many words is neither long nor short.
const USUAL_WORDS: f32 = 300.0;

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

    /// Whether its names are looked for from the first letter on.
    fn is_in_names(self) -> bool {
        matches!(self, Self::Entity | Self::Operation | Self::Page)
    }
}

/// How much a word says of the record that has it. Up to 6 it is how often the text has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// In its description.
    Description = 7,
    /// In the name of what it belongs to, or of its owner.
    Around = 8,
    /// In a heading or summary.
    Heading = 9,
    /// A tag.
    Tag = 10,
    /// In its name or title.
    Name = 12,
    /// The whole of its name or title, written as one word.
    Whole = 15,
}

/// The weight of a word that its text has very often.
const MAX_BODY: u8 = 6;

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
    /// Other names that it is found by, as by its title.
    pub names: &'a [&'a str],
    /// What tells it from all others, found in full alone: nobody types a part of it.
    pub keys: &'a [&'a str],
    /// What else it is found by.
    pub words: &'a [(Weight, &'a str)],
    /// Its text.
    pub sections: &'a [Section<'a>],
    /// What it is filtered by: names of facets and values.
    pub facets: &'a [(&'a str, &'a str)],
}

/// A part of a longer text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section<'a> {
    /// Its heading; empty before the first.
    pub heading: &'a str,
    /// The id of the heading.
    pub anchor: &'a str,
    /// What stands below.
    pub text: &'a str,
}

/// Takes records, kind by kind.
#[derive(Debug)]
pub struct Builder {
    kind: Kind,
    stems: Stems,
    /// Words to the numbers of their stems.
    known: FxHashMap<Box<str>, (u32, Option<u32>)>,
    names: Terms,
    texts: Terms,
    facets: Facets,
    chunks: Chunks,
    kinds: Vec<Begin>,
    /// How often the text of a record has each stem.
    counts: FxHashMap<u32, u32>,
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
    /// All files but the directory, those that were taken before left out.
    pub files: Vec<File>,
    /// The directory.
    pub directory: String,
    /// How many records there are.
    pub total: u32,
}

#[derive(Serialize)]
struct Directory<'a> {
    version: u32,
    language: &'static str,
    total: u32,
    kinds: &'a [Begin],
    records: FilesOf,
    names: FilesOf,
    texts: FilesOf,
    facets: FilesOf,
}

/// The first entry of each file, and their names, between spaces.
#[derive(Serialize)]
struct FilesOf {
    starts: String,
    files: String,
}

impl FilesOf {
    fn new(shards: &Shards) -> Self {
        let names: Vec<&str> = shards.files.iter().map(|file| file.name.as_str()).collect();
        Self { starts: shards.starts.join(" "), files: names.join(" ") }
    }
}

impl Builder {
    /// For texts in a language, by its tag.
    pub fn new(language: &str) -> Self {
        Self {
            kind: Kind::Entity,
            stems: Stems::new(language),
            known: FxHashMap::default(),
            names: Terms::default(),
            texts: Terms::default(),
            facets: Facets::default(),
            chunks: Chunks::default(),
            kinds: Vec::new(),
            counts: FxHashMap::default(),
        }
    }

    /// The records that come next are of this kind.
    pub fn begin(&mut self, kind: Kind) {
        let (id, title) = kind.names();
        self.kind = kind;
        self.kinds.push(Begin { id, title, from: self.chunks.total() });
    }

    /// Takes a record.
    pub fn add(&mut self, record: &Record<'_>) {
        let number = self.chunks.add(record);
        for name in std::iter::once(&record.title).chain(record.names) {
            self.add_name(number, name);
        }
        for key in record.keys {
            self.texts.put(&whole(key), number, Weight::Whole as u32);
        }
        for (weight, text) in record.words {
            self.add_words(number, *weight, text);
        }
        for section in record.sections {
            self.add_words(number, Weight::Heading, section.heading);
        }
        self.add_body(number, record.sections);
        for (facet, value) in record.facets {
            self.facets.add(number, facet, value);
        }
    }

    fn add_name(&mut self, record: u32, name: &str) {
        let whole = whole(name);
        if !whole.is_empty() {
            let tier = if self.kind.is_in_names() { &mut self.names } else { &mut self.texts };
            tier.put(&whole, record, Weight::Whole as u32);
        }
        self.add_words(record, Weight::Name, name);
    }

    fn add_words(&mut self, record: u32, weight: Weight, text: &str) {
        let is_name = self.kind.is_in_names() && matches!(weight, Weight::Name | Weight::Tag | Weight::Around);
        words(text, MAX_WORDS, &mut |word| {
            if is_name {
                self.names.put(&fold(word), record, weight as u32);
            }
            let (stem, plain) = numbers(&self.stems, &mut self.known, &mut self.texts, word);
            for stem in std::iter::once(stem).chain(plain) {
                self.texts.add(stem, record, weight as u32);
            }
        });
    }

    /// The words of a text, by how often it has them.
    #[allow(clippy::iter_over_hash_type, reason = "each stem has a list of its own, so that their order is nothing")]
    fn add_body(&mut self, record: u32, sections: &[Section<'_>]) {
        self.counts.clear();
        let mut total = 0;
        for section in sections {
            words(section.text, MAX_WORDS, &mut |word| {
                let (stem, plain) = numbers(&self.stems, &mut self.known, &mut self.texts, word);
                for stem in std::iter::once(stem).chain(plain) {
                    *self.counts.entry(stem).or_default() += 1;
                }
                total += 1;
            });
        }
        for (stem, count) in self.counts.drain() {
            self.texts.add(stem, record, body(count, total));
        }
    }

    /// The files that are ready, so that they need not be held.
    pub fn take(&mut self) -> Vec<File> {
        self.chunks.take()
    }

    /// Writes the rest.
    pub fn finish(mut self) -> Index {
        self.chunks.close();
        let [names, texts, facets] = [self.names.files(), self.texts.files(), self.facets.files()];
        let total = self.chunks.total();
        let steps: Vec<String> = self.chunks.steps().iter().map(u32::to_string).collect();
        let directory = Directory {
            version: 3,
            language: self.stems.language(),
            total,
            kinds: &self.kinds,
            records: FilesOf { starts: steps.join(" "), files: self.chunks.names().join(" ") },
            names: FilesOf::new(&names),
            texts: FilesOf::new(&texts),
            facets: FilesOf::new(&facets),
        };
        let directory = call("directory", &serde_json::to_string(&directory).unwrap_or_default());
        let mut files = self.chunks.take();
        files.extend([names, texts, facets].into_iter().flat_map(|shards| shards.files));
        Index { files, directory, total }
    }
}

/// The numbers of the stems of a word. Most words have been seen before.
fn numbers(
    stems: &Stems,
    known: &mut FxHashMap<Box<str>, (u32, Option<u32>)>,
    texts: &mut Terms,
    word: &str,
) -> (u32, Option<u32>) {
    if let Some(&found) = known.get(word) {
        return found;
    }
    let found = (texts.number(&stems.of(word)), stems.plain(word).map(|stem| texts.number(&stem)));
    known.insert(word.into(), found);
    found
}

/// How much a word says of a text of so many words that has it so often (the term frequency of BM25, with
/// its usual parameters), from 1 to [`MAX_BODY`].
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of six")]
fn body(count: u32, words: u32) -> u32 {
    let (count, length) = (count as f32, words as f32 / USUAL_WORDS);
    let share = count / (count + 1.2 * (0.25 + 0.75 * length));
    1 + (share * f32::from(MAX_BODY - 1)).round() as u32
}

#[cfg(test)]
mod tests;
