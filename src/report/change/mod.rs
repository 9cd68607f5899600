//! What changed in a catalog, what depends on an entity, and how two have to do with each other:
//! for people, for comments, for programs and as drawings. Says what it leaves out.

mod drawing;
pub mod human;
pub mod json;
pub mod markdown;
pub mod redirects;
mod words;

pub use drawing::{dot, mermaid, of_impact, of_why};
