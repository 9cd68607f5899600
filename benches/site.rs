//! What the site of a large organisation costs: `catalog build` on one that is made up, CPU seconds, peak
//! memory, files and bytes by what they are for.
//!
//! `cargo bench --bench site [-- ENTITIES…]`

#![allow(clippy::print_stdout, clippy::disallowed_methods)]

#[path = "support/organisation.rs"]
mod organisation;
mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

const SIZES: &[usize] = &[1_000, 20_000, 100_000];
/// What of the output is shown by itself.
const PARTS: &[&str] = &["catalog", "lists", "lists/data", "reports", "cards", "search", "llms-full"];

fn main() {
    let wanted: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    println!("{:>9} {:>8} {:>8} {:>8} {:>9} {:>14}", "entities", "CPU s", "MiB", "files", "MB", "µs per entity");
    for &entities in if wanted.is_empty() { SIZES } else { &wanted } {
        let folder = tempfile::tempdir().expect("a folder");
        let (input, output) = (folder.path().join("in"), folder.path().join("out"));
        write(&input, entities);
        let mut command = Command::new(env!("CARGO_BIN_EXE_catalog"));
        command.arg("build").arg(&input).arg("-o").arg(&output).args(["--quiet", "--no-cache"]);
        let cost = support::cost_of(command.stderr(std::process::Stdio::null()));
        let sizes = sizes(&output);
        let (files, bytes) = sizes.iter().fold((0, 0), |(files, bytes), (_, size)| (files + 1, bytes + size));
        #[allow(clippy::cast_precision_loss, reason = "shown with few digits")]
        let (megabytes, each) = (bytes as f64 / 1e6, cost.cpu * 1e6 / entities as f64);
        println!("{entities:>9} {:>8.2} {:>8} {files:>8} {megabytes:>9.1} {each:>14.0}", cost.cpu, cost.peak);
        parts(&sizes);
    }
}

fn write(folder: &Path, entities: usize) {
    std::fs::create_dir_all(folder).expect("it is made");
    std::fs::write(folder.join("catalog-config.yaml"), "sources: [{path: 'r*/*'}]\n").expect("it is written");
    for (name, text) in organisation::organisation(entities) {
        let home = folder.join(name);
        std::fs::create_dir_all(&home).expect("it is made");
        std::fs::write(home.join("catalog-info.yaml"), text).expect("it is written");
    }
}

/// The bytes of each file.
fn sizes(folder: &Path) -> BTreeMap<String, u64> {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let sized = entries.filter(|entry| entry.file_type().is_file()).filter_map(|entry| {
        let path = entry.path().strip_prefix(folder).ok()?.to_string_lossy().into_owned();
        Some((path, entry.metadata().ok()?.len()))
    });
    sized.collect()
}

fn parts(sizes: &BTreeMap<String, u64>) {
    for part in PARTS {
        let inside = sizes.iter().filter(|(path, _)| path.starts_with(&format!("{part}/")));
        let (files, bytes) = inside.fold((0, 0), |(files, bytes), (_, size)| (files + 1, bytes + size));
        #[allow(clippy::cast_precision_loss, reason = "shown with one decimal")]
        let megabytes = bytes as f64 / 1e6;
        println!("{part:>18} {files:>17} {megabytes:>9.1}");
    }
}
