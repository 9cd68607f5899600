//! The ground everything stands on: file ids, spans, text with line tables, hashes,
//! and the two traits through which the compiler meets the outside, [`Sources`] and [`Memo`].
//!
//! Nothing here does IO and nothing here knows what an entity is.

pub mod digits;
pub mod history;
pub mod hosts;
pub mod json_schema;
pub mod memo;
mod output;
pub mod paths;
pub mod sources;
pub mod suggest;
pub mod text;

pub use history::History;
pub use memo::{Hash, Memo, MemoryMemo, NoMemo};
pub use output::Output;
pub use sources::{FileId, MemorySources, ReadError, RepoId, Repository, Resolution, Sources};
pub use text::{Position, Span, Text};

/// A range of one input file. All findings point at one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The bytes of its normalised text.
    pub span: Span,
}

impl Place {
    /// A place in `file` that covers `span`.
    pub fn new(file: FileId, span: Span) -> Self {
        Self { file, span }
    }

    /// The very start of a file, for findings about the file as a whole.
    pub fn start_of(file: FileId) -> Self {
        Self { file, span: Span::default() }
    }
}
