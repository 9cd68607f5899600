//! What files of the index have in common: classic scripts named by their content, numbers as digits of
//! six bits, and sorted entries cut to files.

use crate::base::Hash;

/// Digits of the hash that a file is named by.
const NAME: usize = 12;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A file of the index: its name without folder and ending, and its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The hash of its content.
    pub name: String,
    /// Its content.
    pub text: String,
}

impl File {
    pub(super) fn new(text: String) -> Self {
        Self { name: Hash::of(text.as_bytes()).short(NAME), text }
    }
}

/// Files of sorted entries, with the first entry of each.
#[derive(Debug, Default)]
pub(super) struct Shards {
    pub(super) starts: Vec<String>,
    pub(super) files: Vec<File>,
}

/// Cuts entries of a word and a text without spaces to files of so many bytes.
pub(super) fn cut(entries: &[(String, String)], most: usize) -> Shards {
    let mut shards = Shards::default();
    let mut text = String::new();
    for (word, postings) in entries {
        if !text.is_empty() && text.len() + word.len() + postings.len() > most {
            shards.files.push(shard(&std::mem::take(&mut text)));
        }
        if text.is_empty() {
            shards.starts.push(word.clone());
        } else {
            text.push(',');
        }
        text.push_str(word);
        text.push(' ');
        text.push_str(postings);
    }
    if !text.is_empty() {
        shards.files.push(shard(&text));
    }
    shards
}

/// A script that gives its text to the page, by its own name.
fn shard(text: &str) -> File {
    // Neither words nor digits need an escape.
    let name = Hash::of(text.as_bytes()).short(NAME);
    File { text: call("terms", &format!("\"{name}\",\"{text}\"")), name }
}

/// A script that gives data to the page.
pub(super) fn call(function: &str, json: &str) -> String {
    format!("catalogSearch.{function}({json});\n")
}

/// Writes a number: groups of five bits, the lowest first, with a sixth that says that more follow.
pub(super) fn digits(mut value: u64, out: &mut String) {
    loop {
        let digit = (value & 31) as usize;
        value >>= 5;
        out.push(char::from(DIGITS[if value > 0 { digit | 32 } else { digit }]));
        if value == 0 {
            break;
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The numbers that digits say, as the page reads them.
    pub(in crate::search) fn numbers(text: &str) -> Vec<u64> {
        let (mut found, mut value, mut shift) = (Vec::new(), 0, 0);
        for byte in text.bytes() {
            let digit = DIGITS.iter().position(|digit| *digit == byte).unwrap() as u64;
            value |= (digit & 31) << shift;
            shift += 5;
            if digit < 32 {
                found.push(value);
                (value, shift) = (0, 0);
            }
        }
        found
    }

    /// All entries of files.
    pub(in crate::search) fn entries(shards: &Shards) -> Vec<(String, String)> {
        let texts = shards.files.iter().map(|file| file.text.split('"').nth(3).unwrap());
        texts
            .flat_map(|text| text.split(','))
            .map(|entry| entry.split_once(' ').unwrap())
            .map(|(word, text)| (word.to_owned(), text.to_owned()))
            .collect()
    }

    #[test]
    fn numbers_come_back_as_they_were() {
        let mut text = String::new();
        let all = [0, 1, 31, 32, 1_000_000, u64::from(u32::MAX) << 4];
        all.iter().for_each(|&value| digits(value, &mut text));
        assert_eq!(numbers(&text), all);
    }
}
