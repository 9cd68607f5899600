//! Which version a public file has, whatever else stands in it.

use serde::Deserialize;

/// The highest version of the published formats that is read.
pub(super) const HIGHEST: u32 = 1;

#[derive(Deserialize)]
struct Versioned {
    version: u32,
}

/// The version that a file says it has.
pub(super) fn of(text: &str) -> serde_json::Result<u32> {
    serde_json::from_str(text).map(|Versioned { version }| version)
}
