//! Documents that are no entities, because of what is wrong with them: what they could have
//! answered if they were. Other findings keep silent about that; the document has its own.

use rustc_hash::FxHashSet;

use crate::base::{FileId, RepoId};

/// What such documents say, as far as it is known.
#[derive(Debug, Default)]
pub struct Failed {
    /// References of those that could not be read, as [`super::EntityRef::key`].
    keys: FxHashSet<String>,
    /// Kinds, in lower case.
    kinds: FxHashSet<String>,
    /// All their words that may be names, in lower case.
    words: FxHashSet<String>,
    files: FxHashSet<FileId>,
    /// Repositories in which one of them names its documentation.
    documented: FxHashSet<RepoId>,
}

/// One such document.
#[derive(Debug, Default)]
pub struct FailedDocument {
    /// References that it may have.
    pub keys: Vec<String>,
    /// Kinds that it may be of.
    pub kinds: Vec<String>,
    /// Its words.
    pub words: Vec<String>,
    /// Whether it names documentation.
    pub names_docs: bool,
}

impl Failed {
    /// Takes a document in.
    pub fn add(&mut self, file: FileId, repository: RepoId, document: FailedDocument) {
        self.files.insert(file);
        self.keys.extend(document.keys);
        self.kinds.extend(document.kinds.iter().map(|kind| kind.to_lowercase()));
        self.words.extend(document.words);
        if document.names_docs {
            self.documented.insert(repository);
        }
    }

    /// Whether one of them would be this entity.
    pub fn is(&self, key: &str) -> bool {
        self.keys.contains(key)
    }

    /// Whether one of them would be of a kind.
    pub fn has_kind(&self, kind: &str) -> bool {
        self.kinds.contains(&kind.to_lowercase())
    }

    /// Whether one of them may refer to an entity with this name.
    pub fn mentions(&self, name: &str) -> bool {
        !self.words.is_empty() && self.words.contains(&name.to_lowercase())
    }

    /// Whether one of them stands in a file.
    pub fn is_in(&self, file: FileId) -> bool {
        self.files.contains(&file)
    }

    /// Whether one of a repository names its documentation.
    pub fn names_docs(&self, repository: RepoId) -> bool {
        self.documented.contains(&repository)
    }
}
