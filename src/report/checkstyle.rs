//! Checkstyle's XML, which Jenkins and many others read: findings by file.

use std::fmt::Write as _;

use crate::diagnostics::Level;

use super::run::{Run, told};
use super::xml::attributes;

/// The report: files in order, and in each its findings.
pub fn text(run: &Run<'_>) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n");
    let mut spots: Vec<_> = run.findings.iter().map(|(finding, _)| (run.spot_or_settings(finding), finding)).collect();
    spots.sort_by(|(a, _), (b, _)| a.path.cmp(&b.path));
    for of_file in spots.chunk_by(|(a, _), (b, _)| a.path == b.path) {
        let _ = writeln!(out, "  <file{}>", attributes(&[("name", &of_file[0].0.path)]));
        for (spot, finding) in of_file {
            let (line, column) = spot.start().map_or((1, 1), |start| (start.line, start.column));
            let severity = match finding.level {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Note | Level::Off => "info",
            };
            let pairs = attributes(&[
                ("line", &line.to_string()),
                ("column", &column.to_string()),
                ("severity", severity),
                ("message", &told(finding, ": ")),
                ("source", &format!("catalog.{}", finding.rule.code)),
            ]);
            let _ = writeln!(out, "    <error{pairs}/>");
        }
        out.push_str("  </file>\n");
    }
    out.push_str("</checkstyle>\n");
    out
}
