//! `$ref` over span trees: a definition that stands in many files is read as one, and written as one.

mod bundle;
mod documents;
mod home;

pub use bundle::bundle;
pub use documents::{At, DocumentId, Documents, MAX_BYTES, MAX_FILES, Unresolved, reference};
pub use home::Home;
