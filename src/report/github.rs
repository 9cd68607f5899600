//! Workflow commands of GitHub Actions, which become annotations. GitHub shows ten of each kind for
//! a step and drops the rest without a word: the gravest come first, and the last one says how
//! many there are besides.

use std::fmt::Write as _;

use crate::base::Position;
use crate::diagnostics::Level;

use super::run::{Run, level_index, tally, told};

/// Annotations of a kind that GitHub shows for one step.
const MOST: usize = 10;

/// The commands, one a line.
pub fn text(run: &Run<'_>) -> String {
    let summary = run.summary;
    let over = [summary.errors, summary.warnings, summary.notes].iter().any(|number| *number > MOST);
    // The last word is a notice too, and must not be the eleventh.
    let most = [MOST, MOST, if over { MOST - 1 } else { MOST }];
    let mut shown = [0; 3];
    let mut out = String::new();
    for (finding, _) in run.gravest_first() {
        let index = level_index(finding.level);
        if shown[index] == most[index] {
            continue;
        }
        shown[index] += 1;
        let command = match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note | Level::Off => "notice",
        };
        let mut properties = Vec::new();
        if let Some(spot) = run.spot_if_any(finding) {
            properties.push(format!("file={}", property(&spot.path)));
            properties.extend(spot.ends.map(|(start, end)| range(start, end)));
        }
        properties.push(format!("title={}", property(finding.rule.code)));
        let _ = writeln!(out, "::{command} {}::{}", properties.join(","), data(&told(finding, "\n")));
    }
    if over {
        let left = tally(summary.errors - shown[0], summary.warnings - shown[1], summary.notes - shown[2]);
        let _ = writeln!(
            out,
            "::notice title=catalog::{}",
            data(&format!(
                "not shown here: {left}. GitHub shows {MOST} annotations of each kind for a step; the log of `catalog check` and the summary of its step have them all."
            ))
        );
    }
    out
}

/// Columns count only within one line: GitHub refuses them otherwise.
fn range(start: Position, end: Position) -> String {
    if start.line == end.line {
        format!("line={},endLine={},col={},endColumn={}", start.line, end.line, start.column, end.column)
    } else {
        format!("line={},endLine={}", start.line, end.line)
    }
}

/// What comes after the second pair of colons.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
