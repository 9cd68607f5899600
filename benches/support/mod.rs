//! What benchmarks need that measure in a process of their own: to start it, and what it cost.

#![allow(clippy::disallowed_methods)]
#![allow(dead_code, reason = "no benchmark needs all of it")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs this program once more on a folder, and returns the numbers that it prints.
pub(crate) fn measured<const N: usize>(folder: &Path) -> [String; N] {
    let itself = std::env::current_exe().expect("this program");
    let output = Command::new(itself).arg("--child").arg(folder).output().expect("it runs");
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
    let ticks = ticks(12);
    // A tick is a hundredth of a second on every Linux that there is.
    if ticks.len() == 2 { format!("{:.2}", (ticks[0] + ticks[1]) / 100.0) } else { "?".to_owned() }
}

/// Most memory that this process had at once, in MiB, where the system says so.
pub(crate) fn peak_memory() -> String {
    peak_of("self").map_or_else(|| "?".to_owned(), |megabytes| megabytes.to_string())
}

/// What a program cost.
pub(crate) struct Cost {
    /// CPU seconds, of the user and of the system.
    pub(crate) cpu: f64,
    /// Most memory at once, in MiB.
    pub(crate) peak: u64,
}

/// Runs a program. CPU time is what all children cost, after and before; memory is the high-water
/// mark, which the program's own `/proc` entry has until it is waited for.
pub(crate) fn cost_of(command: &mut Command) -> Cost {
    let before = children();
    let mut child = command.stdout(std::process::Stdio::null()).spawn().expect("it runs");
    let mut peak = 0;
    let status = loop {
        peak = peak_of(&child.id().to_string()).unwrap_or(0).max(peak);
        if let Some(status) = child.try_wait().expect("it ends") {
            break status;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    };
    assert!(status.success(), "it ends well: {status}");
    Cost { cpu: children() - before, peak }
}

/// User and system seconds of the children that have ended.
fn children() -> f64 {
    ticks(14).iter().sum::<f64>() / 100.0
}

/// Two numbers of this process, from one on.
fn ticks(from: usize) -> Vec<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or("");
    after.split(' ').skip(from).take(2).filter_map(|number| number.parse().ok()).collect()
}

fn peak_of(process: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse::<u64>().ok().map(|kilobytes| kilobytes / 1024)
}
