//! What the docs of an organisation cost: `catalog build` on made-up pages of 600 words with six
//! headings, a table, lists, links and two blocks of code each, all distinct. Prints CPU seconds,
//! peak memory and bytes of output, cold and with the cache. The cache is deleted before each cold
//! run. Nothing here fails on a slow machine.
//!
//! `cargo bench --bench docs [-- PAGES…]`

#![allow(clippy::print_stdout, clippy::disallowed_methods)]

#[path = "docs/code.rs"]
mod code;
#[path = "docs/pages.rs"]
mod pages;

use std::path::Path;
use std::process::Command;

/// Components, pages of each, and what a build may cost: CPU seconds cold, with the cache, MiB.
/// One site of 1,000 pages costs MkDocs with techdocs-core 44 CPU seconds and 431 MB of output.
const SHAPES: &[(usize, usize, &str)] =
    &[(1, 1_000, "1.47 / 0.44 / -"), (1, 10_000, "10 / 4 / 300"), (1_000, 10, "10 / 4 / 300")];

fn main() {
    let wanted: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    println!(
        "{:>10} {:>6} {:>7} {:>8} {:>7} {:>8} {:>11}   goals: cold s / warm s / MiB",
        "components", "pages", "cache", "CPU s", "MiB", "MB", "kB per page"
    );
    for (components, each, goals) in SHAPES {
        let all = components * each;
        if !wanted.is_empty() && !wanted.contains(&all) {
            continue;
        }
        let folder = tempfile::tempdir().expect("a folder");
        pages::write(&folder.path().join("in"), *components, *each);
        for cache in ["off", "cold", "warm"] {
            let run = build(folder.path(), cache);
            let bytes = size(&folder.path().join("out"));
            #[allow(clippy::cast_precision_loss, reason = "shown with one decimal")]
            let (megabytes, per_page) = (bytes as f64 / 1e6, bytes as f64 / 1e3 / all as f64);
            println!(
                "{components:>10} {all:>6} {cache:>7} {:>8.2} {:>7} {megabytes:>8.1} {per_page:>11.1}   {goals}",
                run.cpu, run.peak
            );
        }
    }
}

struct Run {
    cpu: f64,
    peak: u64,
}

/// Runs the real program on an output folder that is empty.
fn build(folder: &Path, cache: &str) -> Run {
    let (output, kept) = (folder.join("out"), folder.join("cache"));
    let _ = std::fs::remove_dir_all(&output);
    let mut command = Command::new(env!("CARGO_BIN_EXE_catalog"));
    command.arg("build").arg(folder.join("in")).arg("--quiet").arg("-o").arg(&output);
    match cache {
        "off" => command.arg("--no-cache"),
        "cold" => {
            let _ = std::fs::remove_dir_all(&kept);
            command.arg("--cache-dir").arg(&kept)
        }
        _ => command.arg("--cache-dir").arg(&kept),
    };
    measure(&mut command)
}

/// CPU time and peak memory of a program: what all children cost, after and before; and the
/// high-water mark, which the program's own `/proc` entry has until it is waited for.
fn measure(command: &mut Command) -> Run {
    let before = children();
    let mut child = command.stdout(std::process::Stdio::null()).spawn().expect("it runs");
    let mut peak = 0;
    let status = loop {
        peak = peak_of(child.id()).unwrap_or(0).max(peak);
        if let Some(status) = child.try_wait().expect("it ends") {
            break status;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    };
    assert!(status.success(), "it builds: {status}");
    Run { cpu: children() - before, peak }
}

/// User and system seconds of the children that have ended.
fn children() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or("");
    let ticks = after.split(' ').skip(14).take(2).filter_map(|number| number.parse::<f64>().ok());
    // A tick is a hundredth of a second on every Linux that there is.
    ticks.sum::<f64>() / 100.0
}

fn peak_of(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse::<u64>().ok().map(|kilobytes| kilobytes / 1024)
}

fn size(folder: &Path) -> u64 {
    let files = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    files.filter_map(|entry| entry.metadata().ok()).filter(std::fs::Metadata::is_file).map(|file| file.len()).sum()
}
