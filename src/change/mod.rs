//! What is new: findings against those that are known. Reads two states and says how they
//! differ; decides neither level nor form, and writes nothing. The state of other repositories comes
//! from a published catalog.

mod against;
mod anchor;
mod baseline;
mod lines;
mod published;

pub use against::{News, State, against};
pub use baseline::{Baseline, BaselineError, Known};
pub use published::{PublishedError, read as read_published};
