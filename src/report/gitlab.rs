//! GitLab's Code Quality report: an array of findings. Those with the same fingerprint collapse
//! there; ours are unique.

use serde::Serialize;

use crate::diagnostics::Level;

use super::run::{Run, told};

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: &'a str,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// The report. GitLab reads it only without a byte order mark.
pub fn text(run: &Run<'_>) -> Result<String, serde_json::Error> {
    let issues: Vec<Issue<'_>> = run
        .findings
        .iter()
        .map(|(finding, fingerprint)| {
            let spot = run.spot_or_settings(finding);
            let (begin, end) = spot.ends.map_or((1, 1), |(start, end)| (start.line, end.line));
            Issue {
                description: told(finding, ": "),
                check_name: finding.rule.code,
                fingerprint,
                severity: match finding.level {
                    Level::Error => "major",
                    Level::Warning => "minor",
                    Level::Note | Level::Off => "info",
                },
                location: Location { path: spot.path, lines: Lines { begin, end } },
            }
        })
        .collect();
    Ok(serde_json::to_string_pretty(&issues)? + "\n")
}
