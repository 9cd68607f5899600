//! What is new: findings against those that are known. Reads two states and says how they
//! differ; decides neither level nor form, and writes nothing.

mod baseline;

pub use baseline::{Baseline, BaselineError, Known};
