//! What is new: findings against those that are known. Reads two states and says how they
//! differ; decides neither level nor form, and writes nothing.

mod against;
mod anchor;
mod baseline;
mod lines;

pub use against::{News, State, against};
pub use baseline::{Baseline, BaselineError, Known};
