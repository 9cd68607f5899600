//! What the history of a repository says about its files, as plain data. Nothing here knows how it
//! was found.

use std::sync::Arc;

use rustc_hash::FxHashMap;

/// Most authors of a file that are named; the others are counted.
pub const NAMED_AUTHORS: usize = 5;

/// The history of a repository's files, as far as it is in view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// How far back it goes.
    pub reach: Reach,
    files: FxHashMap<Box<str>, FileHistory>,
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

impl History {
    /// Histories by path.
    pub fn new(reach: Reach, files: FxHashMap<Box<str>, FileHistory>) -> Self {
        Self { reach, files }
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
