//! What the history of a repository says about its files, as plain data. Nothing here knows how it
//! was found.

use std::sync::Arc;

use rustc_hash::FxHashMap;

/// Most authors of a file that are named; the others are counted.
pub const NAMED_AUTHORS: usize = 5;

/// Most commits of a repository that are kept one by one, the newest.
pub const KEPT_COMMITS: usize = 500;
/// Most files of such a commit that are named; the others are counted.
pub const NAMED_FILES: usize = 200;

/// The history of a repository's files, as far as it is in view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// How far back it goes.
    pub reach: Reach,
    files: FxHashMap<Arc<str>, FileHistory>,
    commits: Vec<Commit>,
}

/// A commit that changed something written: see [`is_written`]. Those that changed nothing else
/// than code are not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its hash.
    pub id: Box<str>,
    /// When it was made, in seconds since 1970.
    pub time: i64,
    /// Who wrote it, where that is said.
    pub author: Option<Author>,
    /// The first line of its message.
    pub subject: Box<str>,
    /// The files of today that it changed and that are written, [`NAMED_FILES`] at the most.
    pub files: Vec<Arc<str>>,
    /// How many more there are.
    pub more_files: usize,
}

/// Who wrote a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The name, never an address.
    pub name: Arc<str>,
    /// The address, which is shown only where the settings say so.
    pub email: Arc<str>,
}

/// How far back a history goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// To the first commit.
    Whole,
    /// As far as is looked: older commits are left out.
    Recent,
    /// To where the clone was cut off. Who wrote what is there cannot be known.
    Shallow,
}

/// The history of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileHistory {
    /// When the last commit that changed it was made, in seconds since 1970.
    pub changed: i64,
    /// Who wrote it: those with most commits first, [`NAMED_AUTHORS`] at the most.
    pub authors: Vec<Arc<str>>,
    /// How many wrote it.
    pub author_count: usize,
}

/// Days without a change after which something is old, where the code beside it still moves.
pub const OLD_DAYS: i64 = 365;
/// Days in which code must have changed to move.
const MOVING_DAYS: i64 = 90;
const DAY: i64 = 24 * 60 * 60;

/// Days since something and the code beside it were changed, where the one is old and the other
/// moves. All times are in seconds since 1970.
pub fn outdated(now: i64, changed: i64, code: i64) -> Option<(i64, i64)> {
    let days = |time: i64| now.saturating_sub(time) / DAY;
    (days(changed) > OLD_DAYS && days(code) <= MOVING_DAYS).then(|| (days(changed), days(code)))
}

/// Endings of what descriptors, pages and API definitions are written in.
const WRITTEN: &[&str] = &[
    "adoc", "gql", "graphql", "graphqls", "json", "markdown", "md", "mdx", "proto", "rst", "txt", "wsdl", "xml", "xsd",
    "yaml", "yml",
];

/// Whether a file may be a descriptor, a page of documentation or a definition, by its name.
pub fn is_written(path: &str) -> bool {
    WRITTEN.binary_search(&super::paths::extension(path).as_str()).is_ok()
}

/// A text with the domains of e-mail addresses cut off: `ada@example.org` becomes `ada@…`.
pub fn without_addresses(text: &str) -> String {
    let words = text.split_inclusive(char::is_whitespace).map(|word| match word.split_once('@') {
        Some((local, domain)) if !local.is_empty() && domain.contains('.') => {
            let after = domain.trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
            format!("{local}@…{after}")
        }
        _ => word.to_owned(),
    });
    words.collect()
}

impl History {
    /// Histories by path, and the newest commits, the newest first.
    pub fn new(reach: Reach, files: FxHashMap<Arc<str>, FileHistory>, commits: Vec<Commit>) -> Self {
        Self { reach, files, commits }
    }

    /// The newest commits that changed something written, the newest first: [`KEPT_COMMITS`] at the
    /// most.
    pub fn commits(&self) -> &[Commit] {
        &self.commits
    }

    /// The history of the file at a path; nothing where its last change is not in view.
    pub fn of(&self, path: &str) -> Option<&FileHistory> {
        self.files.get(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lose_their_domain_and_nothing_else_does() {
        for (text, expected) in [
            ("ada@example.org", "ada@…"),
            ("Thank <ada.l@mail.example.org>, and bob", "Thank <ada.l@…>, and bob"),
            ("pin actions/checkout@v4 and @acme/ui", "pin actions/checkout@v4 and @acme/ui"),
            ("a\u{a0}b@c.example\tc", "a\u{a0}b@…\tc"),
        ] {
            assert_eq!(without_addresses(text), expected, "{text}");
        }
    }

    #[test]
    fn code_is_not_written() {
        assert!(WRITTEN.is_sorted());
        for (path, expected) in
            [("catalog-info.YAML", true), ("docs/a.md", true), ("main.rs", false), ("Makefile", false)]
        {
            assert_eq!(is_written(path), expected, "{path}");
        }
    }

    #[test]
    fn something_is_old_only_while_its_code_moves() {
        let now = 1_000 * DAY;
        for (changed, code, expected) in [
            (1_000 - 366, 1_000 - 90, Some((366, 90))),
            (1_000 - 365, 1_000, None),
            (1_000 - 366, 1_000 - 91, None),
            (0, 0, None),
        ] {
            assert_eq!(outdated(now, changed * DAY, code * DAY), expected, "{changed} {code}");
        }
    }
}
