//! How fast pages are in a browser, by Lighthouse: prints its performance score and what it is made
//! of, for the pages that most people open. Nothing here fails on a slow machine.
//!
//! `cargo bench --bench pages`, after `tests/run browser` has installed what it needs.

use std::path::Path;
use std::process::Command;

fn main() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let mut command = Command::new("node");
    command.arg("lib/performance.mjs").current_dir(tests).env("CATALOG_BIN", env!("CARGO_BIN_EXE_catalog"));
    let status = command.status().expect("node, to drive a browser");
    assert!(status.success(), "the browser could not be driven: {status}");
}
