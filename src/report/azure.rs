//! Logging commands of Azure Pipelines. It knows errors and warnings; notes are counted in the last
//! line instead of being called more than they are.

use std::fmt::Write as _;

use crate::diagnostics::Level;

use super::count;
use super::run::{Run, told};

/// The commands, one a line, the gravest first.
pub fn text(run: &Run<'_>) -> String {
    let mut out = String::new();
    for (finding, _) in run.gravest_first() {
        let kind = match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note | Level::Off => continue,
        };
        let _ = write!(out, "##vso[task.logissue type={kind}");
        if let Some(spot) = run.spot_if_any(finding) {
            let _ = write!(out, ";sourcepath={}", property(&spot.path));
            if let Some(start) = spot.start() {
                let _ = write!(out, ";linenumber={};columnnumber={}", start.line, start.column);
            }
        }
        let _ = writeln!(out, ";code={};]{}", property(finding.rule.code), data(&told(finding, ": ")));
    }
    if run.summary.notes > 0 {
        let are = if run.summary.notes == 1 { "is" } else { "are" };
        let _ = writeln!(
            out,
            "{} {are} left out: Azure Pipelines knows errors and warnings only",
            count(run.summary.notes, "note")
        );
    }
    out
}

/// What comes after the bracket.
fn data(text: &str) -> String {
    text.replace('%', "%AZP25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(';', "%3B").replace(']', "%5D")
}
