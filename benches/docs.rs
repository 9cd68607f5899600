//! What the docs of an organisation cost: `catalog build` on made-up pages of 600 words with six
//! headings, a table, lists, links and two blocks of code each, all distinct. Prints CPU seconds,
//! peak memory and bytes of output beside the goals: without a cache, with an empty one, with that of
//! the run before, and for `catalog check`. Nothing here fails on a slow machine.
//!
//! `cargo bench --bench docs [-- PAGES…]`

#![allow(clippy::print_stdout, clippy::disallowed_methods)]

#[path = "docs/code.rs"]
mod code;
#[path = "docs/pages.rs"]
mod pages;
mod support;

use std::path::Path;
use std::process::Command;

use support::Cost;

/// Components, pages of each, and what a build may cost: CPU seconds cold and with the cache, MiB.
/// One site of 1,000 pages costs MkDocs with techdocs-core 44 CPU seconds and 431 MB of output.
const SHAPES: &[(usize, usize, [&str; 3])] =
    &[(1, 1_000, ["1.47", "0.44", "-"]), (1, 10_000, ["10", "4", "300"]), (1_000, 10, ["10", "4", "300"])];
/// Most kB of output for each page.
const MOST_KB: usize = 30;

fn main() {
    let wanted: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    println!(
        "{:>10} {:>6} {:>7} {:>7} {:>5} {:>7} {:>5} {:>8} {:>11} {:>5}",
        "components", "pages", "cache", "CPU s", "goal", "MiB", "goal", "MB", "kB per page", "goal"
    );
    // Kept to the end: a file system that was just told to delete takes longer to write.
    let mut folders = Vec::new();
    for (components, each, [cold, warm, memory]) in SHAPES {
        let all = components * each;
        if !wanted.is_empty() && !wanted.contains(&all) {
            continue;
        }
        let folder = tempfile::tempdir().expect("a folder");
        pages::write(&folder.path().join("in"), *components, *each);
        for cache in ["off", "cold", "warm", "check"] {
            let run = run(folder.path(), cache);
            let bytes = size(&folder.path().join(format!("out-{cache}")));
            #[allow(clippy::cast_precision_loss, reason = "shown with one decimal")]
            let (megabytes, per_page) = (bytes as f64 / 1e6, bytes as f64 / 1e3 / all as f64);
            let goal = match cache {
                "check" => "-",
                "warm" => warm,
                _ => cold,
            };
            println!(
                "{components:>10} {all:>6} {cache:>7} {:>7.2} {goal:>5} {:>7} {memory:>5} {megabytes:>8.1} {per_page:>11.1} {MOST_KB:>5}",
                run.cpu, run.peak
            );
        }
        folders.push(folder);
    }
}

/// Runs the real program, a build into an output folder that is new: to delete one just before costs
/// what comes after it.
fn run(folder: &Path, cache: &str) -> Cost {
    let (output, kept) = (folder.join(format!("out-{cache}")), folder.join("cache"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_catalog"));
    command.arg(if cache == "check" { "check" } else { "build" }).arg(folder.join("in")).arg("--quiet");
    if cache != "check" {
        command.arg("-o").arg(&output);
    }
    if cache == "off" {
        command.arg("--no-cache");
    } else if cache != "check" {
        command.arg("--cache-dir").arg(&kept);
    }
    support::cost_of(&mut command)
}

fn size(folder: &Path) -> u64 {
    let files = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    files.filter_map(|entry| entry.metadata().ok()).filter(std::fs::Metadata::is_file).map(|file| file.len()).sum()
}
