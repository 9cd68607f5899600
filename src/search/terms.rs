//! Words with the records that have them, as files.
//!
//! A file is one text: `word postings,word postings`, in order of the words. The postings of a word
//! are numbers of records in rising order, each as the distance to the one before, times eight, plus
//! the weight: in groups of five bits, the lowest first, with a sixth that says that more follow. A
//! word that more than [`MAX_POSTINGS`] records have keeps the best of them, and its postings begin
//! with `~`: a query does not demand it. Where the words with the same first letters fill more than a
//! file, `letters*` has the best records of all of them, for who has not typed more yet.

use rustc_hash::FxHashMap;

use super::words::{whole, words};
use super::{File, MAX_FILE, MAX_WORDS, Weight, call};

/// Most records of a word that are told.
const MAX_POSTINGS: usize = 2_000;
/// Most that are held while records come in.
const MAX_HELD: usize = 4 * MAX_POSTINGS;
/// Most records of the first letters of words.
const MAX_HEAD: usize = 200;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// All words, while records come in.
#[derive(Debug, Default)]
pub(super) struct Terms {
    numbers: FxHashMap<Box<str>, u32>,
    lists: Vec<List>,
}

/// The records that have a word: their number times eight, plus the weight.
#[derive(Debug, Default)]
struct List {
    postings: Vec<u32>,
    /// Whether some are left out.
    is_cut: bool,
}

impl List {
    fn add(&mut self, record: u32, weight: Weight) {
        let posting = record << 3 | weight as u32;
        match self.postings.last_mut() {
            Some(last) if *last >> 3 == record => *last = (*last).max(posting),
            _ => {
                let most = if weight <= Weight::Around { MAX_POSTINGS } else { MAX_HELD };
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
        postings.sort_unstable_by_key(|posting| (7 - (posting & 7), posting >> 3));
        postings.truncate(most);
    }
    postings.sort_unstable();
    postings
}

impl Terms {
    /// The words of a text.
    pub(super) fn add(&mut self, record: u32, weight: Weight, text: &str) {
        // A letter alone tells nothing of a text.
        let shortest = if weight <= Weight::Description { 2 } else { 1 };
        words(text, MAX_WORDS, &mut |word| {
            if word.len() >= shortest {
                self.put(record, weight, word);
            }
        });
    }

    /// A name as one word.
    pub(super) fn add_whole(&mut self, record: u32, name: &str) {
        let whole = whole(name);
        if !whole.is_empty() {
            self.put(record, Weight::Whole, &whole);
        }
    }

    fn put(&mut self, record: u32, weight: Weight, word: &str) {
        let number = match self.numbers.get(word) {
            Some(&number) => number,
            None => {
                let number = u32::try_from(self.lists.len()).unwrap_or(u32::MAX);
                self.numbers.insert(word.into(), number);
                self.lists.push(List::default());
                number
            }
        };
        if let Some(list) = self.lists.get_mut(number as usize) {
            list.add(record, weight);
        }
    }

    /// The first word of each file, and the files.
    pub(super) fn files(&self) -> (Vec<String>, Vec<File>) {
        let mut words: Vec<(&str, &List)> =
            self.numbers.iter().map(|(word, &number)| (&**word, &self.lists[number as usize])).collect();
        words.sort_unstable_by_key(|(word, _)| *word);
        let mut entries: Vec<(String, String)> = words.iter().map(|(word, list)| entry(word, list)).collect();
        entries.extend(heads(&words, &entries));
        // The heads stand before the words that they begin: `*` comes before every letter.
        entries.sort_unstable();
        cut(&entries)
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
            if size > MAX_FILE && prefix.chars().count() == letters {
                let mut postings: Vec<u32> = Vec::new();
                for (_, list) in &words[at..end] {
                    postings.extend(list.best(MAX_HEAD));
                    if postings.len() > MAX_HELD {
                        postings = best(each_once(postings), MAX_HEAD);
                    }
                }
                let mut text = "~".to_owned();
                encode(&best(each_once(postings), MAX_HEAD), &mut text);
                heads.push((format!("{prefix}*"), text));
                // The words that go on; the one that ends here comes first.
                waiting.push((at + usize::from(words[at].0 == prefix)..end, letters + 1));
            }
            at = end;
        }
    }
    heads
}

/// Each record with its greatest weight.
fn each_once(mut postings: Vec<u32>) -> Vec<u32> {
    postings.sort_unstable_by(|a, b| b.cmp(a));
    postings.dedup_by_key(|posting| *posting >> 3);
    postings
}

fn first(word: &str, letters: usize) -> &str {
    word.char_indices().nth(letters).map_or(word, |(end, _)| &word[..end])
}

fn cut(entries: &[(String, String)]) -> (Vec<String>, Vec<File>) {
    let (mut starts, mut files) = (Vec::new(), Vec::new());
    let mut text = String::new();
    for (word, postings) in entries {
        if !text.is_empty() && text.len() + word.len() + postings.len() > MAX_FILE {
            files.push(file(&std::mem::take(&mut text)));
        }
        if text.is_empty() {
            starts.push(word.clone());
        } else {
            text.push(',');
        }
        text.push_str(word);
        text.push(' ');
        text.push_str(postings);
    }
    if !text.is_empty() {
        files.push(file(&text));
    }
    (starts, files)
}

fn file(text: &str) -> File {
    // Words are letters and digits, postings too: nothing needs an escape. The first word says
    // which file it is.
    let first = text.split(' ').next().unwrap_or("");
    File::new(call("terms", &format!("\"{first}\",\"{text}\"")))
}

fn encode(postings: &[u32], out: &mut String) {
    let mut before = 0;
    for posting in postings {
        let record = posting >> 3;
        let mut value = u64::from(record - before) << 3 | u64::from(posting & 7);
        before = record;
        loop {
            let digit = (value & 31) as usize;
            value >>= 5;
            out.push(char::from(DIGITS[if value > 0 { digit | 32 } else { digit }]));
            if value == 0 {
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the page does.
    fn decode(text: &str) -> Vec<(u32, u32)> {
        let (mut found, mut record, mut value, mut shift) = (Vec::new(), 0, 0, 0);
        for byte in text.trim_start_matches('~').bytes() {
            let digit = DIGITS.iter().position(|digit| *digit == byte).unwrap();
            value |= (digit & 31) << shift;
            shift += 5;
            if digit < 32 {
                record += u32::try_from(value >> 3).unwrap();
                found.push((record, u32::try_from(value & 7).unwrap()));
                (value, shift) = (0, 0);
            }
        }
        found
    }

    fn entries(terms: &Terms) -> Vec<(String, String)> {
        let (_, files) = terms.files();
        let texts = files.iter().map(|file| file.text.split('"').nth(3).unwrap().to_owned());
        let all: Vec<String> = texts.collect();
        all.iter()
            .flat_map(|text| text.split(','))
            .map(|entry| entry.split_once(' ').unwrap())
            .map(|(word, text)| (word.to_owned(), text.to_owned()))
            .collect()
    }

    #[test]
    fn postings_come_back_as_they_were() {
        let list = [3 << 3 | 1, 3_000_000 << 3 | 7, 3_000_001 << 3 | 2];
        let mut text = String::new();
        encode(&list, &mut text);
        assert_eq!(decode(&text), [(3, 1), (3_000_000, 7), (3_000_001, 2)]);
    }

    #[test]
    fn a_word_has_its_greatest_weight_in_each_record() {
        let mut terms = Terms::default();
        terms.add(4, Weight::Name, "Order service");
        terms.add_whole(4, "Order service");
        terms.add(4, Weight::Text, "an order is a order");
        terms.add(9, Weight::Text, "order");
        let all = entries(&terms);
        let of = |word: &str| decode(&all.iter().find(|(known, _)| known == word).unwrap().1);
        assert_eq!(of("order"), [(4, 6), (9, 1)]);
        assert_eq!(of("orderservice"), [(4, 7)]);
    }

    #[test]
    fn a_word_of_very_many_records_keeps_the_best_and_says_so() {
        let mut terms = Terms::default();
        for record in 0..10_000 {
            terms.add(record, Weight::Text, "common");
        }
        terms.add(10_001, Weight::Name, "common");
        let all = entries(&terms);
        let (_, text) = all.iter().find(|(word, _)| word == "common").unwrap();
        assert!(text.starts_with('~'));
        let found = decode(text);
        assert_eq!(found.len(), MAX_POSTINGS);
        assert_eq!(found.last(), Some(&(10_001, 6)));
    }

    #[test]
    fn letters_that_fill_more_than_a_file_have_a_head() {
        let mut terms = Terms::default();
        for record in 0..20_000 {
            terms.add(record, Weight::Name, &format!("pay{record}"));
        }
        terms.add(20_000, Weight::Name, "zebra");
        let (starts, files) = terms.files();
        assert!(files.len() > 2 && starts.is_sorted());
        assert!(files.iter().all(|file| file.text.len() <= MAX_FILE + 100));
        let all = entries(&terms);
        let heads: Vec<&str> = all.iter().map(|(word, _)| word.as_str()).filter(|word| word.ends_with('*')).collect();
        assert_eq!(heads[..3], ["p*", "pa*", "pay*"]);
        assert!(!heads.contains(&"z*"));
        let (_, head) = all.iter().find(|(word, _)| word == "pa*").unwrap();
        assert_eq!(decode(head).len(), MAX_HEAD);
    }
}
