//! What Backstage's released code says about 532 inputs, and what we say. Each row of the table is
//! an assertion. Where we deviate on purpose, `deviations.yaml` has our verdict and the decision
//! that it falls under, which is a line of `decisions.txt`: the first cells of the table in the
//! design's section on semantics. A deviation that agrees with Backstage after all fails too.

mod documents;
mod entities;
mod formats;
mod reading;
mod templates;

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value as Json;

/// One row of the table.
#[derive(Debug, Deserialize)]
pub(crate) struct Row {
    id: String,
    section: String,
    case: String,
    verdict: String,
    detail: String,
    raw: Json,
}

/// What came of a row: the verdict in Backstage's words, and what goes with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outcome {
    verdict: String,
    detail: String,
}

impl Outcome {
    fn new(verdict: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { verdict: verdict.into(), detail: detail.into() }
    }

    fn plain(verdict: &str) -> Self {
        Self::new(verdict, "")
    }

    fn printed(&self) -> String {
        if self.detail.is_empty() { self.verdict.clone() } else { format!("{}: {}", self.verdict, self.detail) }
    }
}

/// A row's outcome and whether it is Backstage's.
pub(crate) struct Judged {
    ours: Outcome,
    agrees: bool,
}

impl Judged {
    /// Compares verdict and detail.
    fn compared(ours: Outcome, theirs: &Outcome) -> Self {
        let agrees = ours == *theirs;
        Self { ours, agrees }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Deviation {
    ours: String,
    decision: String,
}

fn rows() -> Vec<Row> {
    include_str!("conformance/backstage.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn deviations() -> BTreeMap<String, Deviation> {
    serde_yaml::from_str(include_str!("conformance/deviations.yaml")).unwrap()
}

fn judge(row: &Row) -> Judged {
    match row.section() {
        "A" | "B" | "C" | "D" | "E" | "F" | "G" | "H" | "I" | "J" | "K" => formats::value(row),
        "L" | "M" => formats::reference(row),
        "N" => formats::printed(row),
        "O" => formats::location(row),
        "P" | "Q" | "R" | "S" | "T" | "U" | "V" | "W" | "X" | "Y" | "Z" | "AA" => entities::entity(row),
        "AB" => reading::rules(row),
        "AC" => documents::yaml(row),
        "AD" => documents::placeholder(row),
        "AE" => reading::relative(row),
        "AF" => reading::location(row),
        "AG" => reading::annotations(row),
        "AH" => reading::owner(row),
        "AI" => entities::index(row),
        "AJ" => templates::value(row),
        other => panic!("no test for section {other}"),
    }
}

impl Row {
    /// The letters of the section.
    fn section(&self) -> &str {
        self.section.split('.').next().unwrap()
    }
}

#[test]
fn every_row_is_what_backstage_says_or_a_named_deviation() {
    let deviations = deviations();
    let (mut agreed, mut deviating, mut wrong) = (0, 0, Vec::new());
    for row in rows() {
        if row.section() == "AJ" && !templates::is_covered(&row) {
            continue;
        }
        let judged = judge(&row);
        let shown = format!("{} ({}, {})", row.id, row.section, row.case);
        match deviations.get(&row.id) {
            None if judged.agrees => agreed += 1,
            None => wrong.push(format!(
                "{shown}\n    Backstage: {} {}\n    ours:      {}\n    input:     {}",
                row.verdict,
                row.detail,
                judged.ours.printed(),
                row.raw
            )),
            Some(_) if judged.agrees => wrong.push(format!("{shown}: marked as a deviation, but agrees")),
            Some(deviation) if deviation.ours == judged.ours.printed() => deviating += 1,
            Some(deviation) => {
                wrong.push(format!("{shown}\n    marked: {}\n    ours:   {}", deviation.ours, judged.ours.printed()));
            }
        }
    }
    println!("{agreed} rows agree, {deviating} deviate on purpose");
    println!("{} rows of section AJ are not covered", templates::not_covered());
    assert!(wrong.is_empty(), "{} rows are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_row_was_lost_and_no_id_stands_twice() {
    let rows = rows();
    let ids: BTreeSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!((rows.len(), ids.len()), (532, 532));
}

#[test]
fn deviations_name_a_row_and_a_decision() {
    let ids: BTreeSet<String> = rows().into_iter().map(|row| row.id).collect();
    let decisions: BTreeSet<&str> = include_str!("conformance/decisions.txt").lines().collect();
    for (id, deviation) in deviations() {
        assert!(ids.contains(&id), "there is no row {id}");
        assert!(decisions.contains(deviation.decision.as_str()), "{id}: no such decision: {}", deviation.decision);
    }
}
