//! What benchmarks need that measure in a process of their own: to start it, and what it cost.

#![allow(clippy::disallowed_methods)]

use std::path::{Path, PathBuf};

/// Runs this program once more on a folder, and returns the numbers that it prints.
pub(crate) fn measured<const N: usize>(folder: &Path) -> [String; N] {
    let itself = std::env::current_exe().expect("this program");
    let output = std::process::Command::new(itself).arg("--child").arg(folder).output().expect("it runs");
    let numbers = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let parts: Vec<String> = numbers.split(' ').map(str::to_owned).collect();
    parts.try_into().unwrap_or_else(|_| panic!("{numbers}{}", String::from_utf8_lossy(&output.stderr)))
}

/// The folder that this process was started for, if it was.
pub(crate) fn asked_for() -> Option<PathBuf> {
    let mut arguments = std::env::args().skip_while(|argument| argument != "--child");
    arguments.nth(1).map(PathBuf::from)
}

/// User and system time of this process, where the system says so.
pub(crate) fn cpu_seconds() -> String {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or("");
    let ticks: Vec<f64> = after.split(' ').skip(12).take(2).filter_map(|number| number.parse().ok()).collect();
    // A tick is a hundredth of a second on every Linux that there is.
    if ticks.len() == 2 { format!("{:.2}", (ticks[0] + ticks[1]) / 100.0) } else { "?".to_owned() }
}

/// Most memory that this process had at once, in MiB, where the system says so.
pub(crate) fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kilobytes.map_or_else(|| "?".to_owned(), |kilobytes| (kilobytes / 1024).to_string())
}
