//! One line for each finding: `path:line:col: level[code] message`, which editors and `grep` know.

use std::fmt::Write as _;

use crate::diagnostics::Level;

use super::run::{Run, one_line};

/// The lines, in the order of findings.
pub fn text(run: &Run<'_>, color: bool) -> String {
    let mut out = String::new();
    for (finding, _) in run.findings {
        let spot = run.spot_of(finding);
        if let Some(spot) = &spot {
            out.push_str(&painted(&one_line(&spot.path), "1", color));
            if let Some(start) = spot.start() {
                let _ = write!(out, ":{}:{}", start.line, start.column);
            }
            out.push_str(": ");
        } else if let Some(repository) = finding.repository.map(|id| run.sources.repository(id)) {
            let _ = write!(out, "{}: ", painted(&one_line(&repository.name), "1", color));
        }
        let (name, paint) = match finding.level {
            Level::Error => ("error", "1;31"),
            Level::Warning => ("warning", "1;33"),
            Level::Note | Level::Off => ("note", "1;32"),
        };
        let _ = write!(out, "{} {}", painted(&format!("{name}[{}]", finding.rule.code), paint, color), finding.message);
        if let Some(help) = &finding.help {
            let _ = write!(out, " ({})", one_line(help));
        }
        out.push('\n');
    }
    out
}

fn painted(text: &str, paint: &str, color: bool) -> String {
    if color { format!("\u{1b}[{paint}m{text}\u{1b}[0m") } else { text.to_owned() }
}
