//! One file to syntax. Sees no other file, never fails, and its result depends on nothing but the
//! text and the kinds, so that it can run in parallel and be kept by content hash.

pub mod codeowners;
mod descriptor;
pub mod expression;
mod salvage;
mod suppressions;

pub use descriptor::{Descriptor, DescriptorDocument, Envelope, descriptor, is_templated_text, mentions_entities};
pub use salvage::{Salvaged, salvage, words};
pub use suppressions::{may_suppress, suppressions};
