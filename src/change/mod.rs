//! What is new: findings against those that are known. Reads two states and says how they
//! differ; decides neither level nor form, and writes nothing. The state of other repositories comes
//! from a published catalog.

mod baseline;
mod published;

pub use baseline::{Baseline, BaselineError, Known};
pub use published::{PublishedError, read as read_published};
