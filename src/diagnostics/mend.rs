//! What would mend a finding, in terms of the document: a rule says which key or value it means
//! and what it should be, and `edit` finds the bytes. So rules know nothing of indentation.

/// Whether a fix may be made without a look at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Applicability {
    /// It makes of a text what its author surely meant.
    #[default]
    Safe,
    /// It may not be what was meant, or it fills in something for the author to replace.
    Unsafe,
}

impl Applicability {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// A change of the document that a finding stands in. Pointers are JSON pointers in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mend {
    /// The key that ends the pointer gets another name.
    Key {
        /// Where it is.
        pointer: String,
        /// Its new name.
        to: String,
    },
    /// The scalar becomes this text.
    Text {
        /// Where it is.
        pointer: String,
        /// The text.
        to: String,
    },
    /// The scalar becomes a list that holds it.
    List {
        /// Where it is.
        pointer: String,
    },
    /// The item of a list is deleted.
    Remove {
        /// Where it is.
        pointer: String,
    },
    /// The key that holds nothing is deleted; where its map would hold nothing then, or is written
    /// in one line, it gets an empty value.
    Clear {
        /// Where it is.
        pointer: String,
        /// `{}` or `[]`.
        empty: &'static str,
    },
    /// A map gets one key more.
    Insert {
        /// The map.
        pointer: String,
        /// The key.
        key: String,
        /// Its value, as YAML.
        value: String,
    },
    /// A key is moved into a map of the root, or to the root, with its value and its comments.
    Move {
        /// The map that it is in: the root, or a map of the root.
        from: String,
        /// The key.
        key: String,
        /// The key of the map that it gets into; nothing for the root.
        into: &'static str,
    },
}

/// The rules that offer a fix, for some of their findings at least.
pub(super) const FIXABLE: &[&str] = &[
    "missing-separator",
    "missing-field",
    "wrong-type",
    "null-field",
    "value-not-allowed",
    "unknown-kind",
    "invalid-namespace",
    "invalid-tag",
    "misplaced-field",
    "unknown-root-field",
    "misspelt-field",
    "duplicate-reference",
    "ambiguous-reference",
    "reference-without-kind",
    "dangling-reference",
    "impossible-reference",
    "unknown-owner",
    "missing-owner",
    "annotation-value",
    "misspelt-annotation",
];
