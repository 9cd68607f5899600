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
