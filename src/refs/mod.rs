//! `$ref` over span trees: a definition that stands in many files is read as one, and written as one.

mod bundle;
mod documents;
mod home;

pub use bundle::bundle;
pub use documents::{At, DocumentId, Documents, MAX_BYTES, MAX_DEPTH, MAX_FILES, Unresolved, limits, reference};
pub use home::Home;
