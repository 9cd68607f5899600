//! Words with the records that have them, as files.
//!
//! A file is one text: `word postings,word postings`, in order of the words. The postings of a word
//! are numbers of records in rising order, each as the distance to the one before, times sixteen, plus
//! the weight, as `base::digits` writes them. A word that more than [`MAX_POSTINGS`] records have keeps the best of them, and its postings begin
//! with `~`. Where the words with the same first letters fill more than a file, `letters*` has the best
//! records of all of them, for who has not typed more yet.

use rustc_hash::FxHashMap;

use crate::base::digits;

use super::MAX_TERMS;
use super::files::{Shards, cut};

/// Most records of a word that are told.
const MAX_POSTINGS: usize = 2_000;
/// Most that are held while records come in.
const MAX_HELD: usize = 4 * MAX_POSTINGS;
/// Most records of the first letters of words.
const MAX_HEAD: usize = 100;
/// A weight that is kept when there are too many.
const GREAT: u32 = 9;

const BITS: u32 = 4;
const MASK: u32 = (1 << BITS) - 1;

/// All words, while records come in.
#[derive(Debug, Default)]
pub(super) struct Terms {
    numbers: FxHashMap<Box<str>, u32>,
    lists: Vec<List>,
}

/// The records that have a word: their number times sixteen, plus the weight.
#[derive(Debug, Default)]
struct List {
    postings: Vec<u32>,
    /// Whether some are left out.
    is_cut: bool,
}

impl List {
    fn add(&mut self, record: u32, weight: u32) {
        let posting = record << BITS | weight;
        match self.postings.last_mut() {
            Some(last) if *last >> BITS == record => *last = (*last).max(posting),
            _ => {
                let most = if weight < GREAT { MAX_POSTINGS } else { MAX_HELD };
                if self.postings.len() < most {
                    self.postings.push(posting);
                } else {
                    self.is_cut = true;
                }
            }
        }
    }

    /// The best, in rising order.
    fn best(&self, most: usize) -> Vec<u32> {
        best(self.postings.clone(), most)
    }
}

/// Those with the greatest weight, then those that come first, in rising order.
fn best(mut postings: Vec<u32>, most: usize) -> Vec<u32> {
    if postings.len() > most {
        postings.sort_unstable_by_key(|posting| (MASK - (posting & MASK), posting >> BITS));
        postings.truncate(most);
    }
    postings.sort_unstable();
    postings
}

impl Terms {
    /// The number of a word, which is new or known.
    pub(super) fn number(&mut self, word: &str) -> u32 {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        let number = u32::try_from(self.lists.len()).unwrap_or(u32::MAX);
        self.numbers.insert(word.into(), number);
        self.lists.push(List::default());
        number
    }

    /// A record has a word, by its number. Records come in rising order.
    pub(super) fn add(&mut self, number: u32, record: u32, weight: u32) {
        if let Some(list) = self.lists.get_mut(number as usize) {
            list.add(record, weight);
        }
    }

    /// A record has a word.
    pub(super) fn put(&mut self, word: &str, record: u32, weight: u32) {
        let number = self.number(word);
        self.add(number, record, weight);
    }

    /// The files.
    pub(super) fn files(&self) -> Shards {
        let known = self.numbers.iter().map(|(word, &number)| (&**word, &self.lists[number as usize]));
        let mut words: Vec<(&str, &List)> = known.filter(|(_, list)| !list.postings.is_empty()).collect();
        words.sort_unstable_by_key(|(word, _)| *word);
        let mut entries: Vec<(String, String)> = words.iter().map(|(word, list)| entry(word, list)).collect();
        entries.extend(heads(&words, &entries));
        // The heads stand before the words that they begin: `*` comes before every letter.
        entries.sort_unstable();
        cut(&entries, MAX_TERMS)
    }
}

/// A word with its postings, written.
fn entry(word: &str, list: &List) -> (String, String) {
    let shown = list.best(MAX_POSTINGS);
    let mut text = String::with_capacity(shown.len() * 3);
    if list.is_cut || shown.len() < list.postings.len() {
        text.push('~');
    }
    encode(&shown, &mut text);
    (word.to_owned(), text)
}

/// The best records for first letters that more than a file of words have.
fn heads(words: &[(&str, &List)], entries: &[(String, String)]) -> Vec<(String, String)> {
    let mut heads = Vec::new();
    let mut waiting = vec![(0..words.len(), 1)];
    while let Some((range, letters)) = waiting.pop() {
        let mut at = range.start;
        while at < range.end {
            let prefix = first(words[at].0, letters);
            let end = at + words[at..range.end].partition_point(|(word, _)| word.starts_with(prefix));
            let size: usize = entries[at..end].iter().map(|(word, text)| word.len() + text.len() + 2).sum();
            if size > MAX_TERMS && prefix.chars().count() == letters {
                heads.push((format!("{prefix}*"), head(&words[at..end])));
                // The words that go on; the one that ends here comes first.
                waiting.push((at + usize::from(words[at].0 == prefix)..end, letters + 1));
            }
            at = end;
        }
    }
    heads
}

/// The best records of some words, written.
fn head(words: &[(&str, &List)]) -> String {
    let mut postings: Vec<u32> = Vec::new();
    for (_, list) in words {
        postings.extend(list.best(MAX_HEAD));
        if postings.len() > MAX_HELD {
            postings = best(each_once(postings), MAX_HEAD);
        }
    }
    let mut text = "~".to_owned();
    encode(&best(each_once(postings), MAX_HEAD), &mut text);
    text
}

/// Each record with its greatest weight.
fn each_once(mut postings: Vec<u32>) -> Vec<u32> {
    postings.sort_unstable_by(|a, b| b.cmp(a));
    postings.dedup_by_key(|posting| *posting >> BITS);
    postings
}

fn first(word: &str, letters: usize) -> &str {
    word.char_indices().nth(letters).map_or(word, |(end, _)| &word[..end])
}

fn encode(postings: &[u32], out: &mut String) {
    let mut before = 0;
    for posting in postings {
        let record = posting >> BITS;
        digits::put(out, u64::from(record - before) << BITS | u64::from(posting & MASK));
        before = record;
    }
}

#[cfg(test)]
mod tests {
    use super::super::files::tests::entries;
    use super::*;

    /// What the page does.
    fn decode(text: &str) -> Vec<(u32, u32)> {
        let mut record = 0;
        let each = |value: u64| {
            record += u32::try_from(value >> BITS).unwrap();
            (record, u32::try_from(value & u64::from(MASK)).unwrap())
        };
        digits::numbers(text.trim_start_matches('~')).into_iter().map(each).collect()
    }

    #[test]
    fn postings_come_back_as_they_were() {
        let list = [3 << BITS | 1, 3_000_000 << BITS | 15, 3_000_001 << BITS | 2];
        let mut text = String::new();
        encode(&list, &mut text);
        assert_eq!(decode(&text), [(3, 1), (3_000_000, 15), (3_000_001, 2)]);
    }

    #[test]
    fn a_word_has_its_greatest_weight_in_each_record() {
        let mut terms = Terms::default();
        for (record, weight) in [(4, 1), (4, 12), (4, 3), (9, 1)] {
            terms.put("order", record, weight);
        }
        let all = entries(&terms.files());
        assert_eq!(decode(&all[0].1), [(4, 12), (9, 1)]);
    }

    #[test]
    fn a_word_of_very_many_records_keeps_the_best_and_says_so() {
        let mut terms = Terms::default();
        for record in 0..10_000 {
            terms.put("common", record, 1);
        }
        terms.put("common", 10_001, 12);
        let all = entries(&terms.files());
        let (_, text) = all.iter().find(|(word, _)| word == "common").unwrap();
        assert!(text.starts_with('~'));
        let found = decode(text);
        assert_eq!(found.len(), MAX_POSTINGS);
        assert_eq!(found.last(), Some(&(10_001, 12)));
    }

    #[test]
    fn letters_that_fill_more_than_a_file_have_a_head() {
        let mut terms = Terms::default();
        for record in 0..20_000 {
            terms.put(&format!("pay{record}"), record, 12);
        }
        terms.put("zebra", 20_000, 12);
        let shards = terms.files();
        assert!(shards.files.len() > 2 && shards.starts.is_sorted());
        assert!(shards.files.iter().all(|file| file.text.len() <= MAX_TERMS + 100));
        let all = entries(&shards);
        let heads: Vec<&str> = all.iter().map(|(word, _)| word.as_str()).filter(|word| word.ends_with('*')).collect();
        assert_eq!(heads[..3], ["p*", "pa*", "pay*"]);
        assert!(!heads.contains(&"z*"));
        let (_, head) = all.iter().find(|(word, _)| word == "pa*").unwrap();
        assert_eq!(decode(head).len(), MAX_HEAD);
    }
}
