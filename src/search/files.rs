//! What files of the index have in common: classic scripts named by their content, and sorted entries cut
//! to files.

use crate::base::Hash;

/// Digits of the hash that a file is named by.
const NAME: usize = 12;

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

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// All entries of files.
    pub(in crate::search) fn entries(shards: &Shards) -> Vec<(String, String)> {
        let texts = shards.files.iter().map(|file| file.text.split('"').nth(3).unwrap());
        texts
            .flat_map(|text| text.split(','))
            .map(|entry| entry.split_once(' ').unwrap())
            .map(|(word, text)| (word.to_owned(), text.to_owned()))
            .collect()
    }
}
