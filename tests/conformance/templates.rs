//! Section AJ: expressions of Templates, filled in as the task runner does it.

use catalog::check::render_value;
use serde_json::Value as Json;

use super::{Judged, Outcome, Row};

/// Rows that our engine cannot agree with, and why. They are no decisions: an expression like
/// these is passed over or, at worst, filled in otherwise, and no rule reports it.
const NOT_COVERED: &[(&str, &str)] = &[("AJ29", "`==` compares as JavaScript does, `1` and `\"1\"` alike")];

pub(super) fn is_covered(row: &Row) -> bool {
    !NOT_COVERED.iter().any(|(id, _)| *id == row.id)
}

pub(super) fn not_covered() -> usize {
    NOT_COVERED.len()
}

pub(super) fn value(row: &Row) -> Judged {
    let template = row.raw["template"].as_str().unwrap();
    let ours = match render_value(template, &row.raw["context"]) {
        Ok(Some(value)) => Outcome::new("gives", value.to_string()),
        Ok(None) => Outcome::new("gives", "undefined"),
        Err(refused) => Outcome::new("error", refused.0),
    };
    // Both fail; the words are of two engines.
    let agrees = ours.verdict == row.verdict && (row.verdict == "error" || same(&ours.detail, &row.detail));
    Judged { ours, agrees }
}

fn same(ours: &str, theirs: &str) -> bool {
    let read = |text: &str| serde_json::from_str::<Json>(text).ok();
    ours == theirs || (read(ours).is_some() && read(ours) == read(theirs))
}
