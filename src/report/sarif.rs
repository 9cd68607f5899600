//! SARIF 2.1.0, as GitHub's code scanning reads it: one run, the rules that were broken, and as
//! many results as are shown there, the gravest first.

use serde_json::{Value as Json, json};

use crate::base::hosts::encoded;
use crate::base::{FileId, Place, Position};
use crate::diagnostics::{Applicability, At, Diagnostic, Edit, Level, Rule};

use super::Finding;
use super::reference;
use super::run::{Run, Spot, sentence, tally_of};

/// Results that GitHub shows of a run; it refuses a file with more than five times as many.
const MOST: usize = 5_000;

/// The report.
pub fn text(run: &Run<'_>) -> Result<String, serde_json::Error> {
    let sorted = run.gravest_first();
    let (shown, left) = sorted.split_at(sorted.len().min(MOST));
    let mut rules: Vec<&'static Rule> = shown.iter().map(|(finding, _)| finding.rule).collect();
    rules.sort_by_key(|rule| rule.code);
    rules.dedup_by_key(|rule| rule.code);
    let results: Vec<Json> = shown.iter().map(|finding| result(run, finding, &rules)).collect();
    let mut invocation = json!({"executionSuccessful": true});
    if !left.is_empty() {
        let left = tally_of(left.iter().copied());
        let words = format!("{left} left out: a run has at most {MOST} results here, the gravest first.");
        invocation["toolExecutionNotifications"] = json!([{"level": "warning", "message": {"text": words}}]);
    }
    let report = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "catalog",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|rule| descriptor(run, rule)).collect::<Vec<_>>(),
            }},
            "automationDetails": {"id": "catalog/"},
            "columnKind": "unicodeCodePoints",
            "invocations": [invocation],
            "results": results,
        }],
    });
    Ok(serde_json::to_string_pretty(&report)? + "\n")
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note | Level::Off => "note",
    }
}

fn descriptor(run: &Run<'_>, rule: &Rule) -> Json {
    let problem = match rule.level() {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note | Level::Off => "recommendation",
    };
    let what = sentence(rule.what);
    let mut out = json!({
        "id": rule.code,
        "shortDescription": {"text": what},
        "fullDescription": {"text": rule.why},
        "help": {
            "text": format!("{what} {}\n`catalog explain {}` shows it.", rule.why, rule.code),
            "markdown": reference::story(rule),
        },
        "defaultConfiguration": {"level": level(rule.level())},
        "properties": {"tags": [rule.group.name()], "precision": "very-high", "problem.severity": problem},
    });
    if let Some(url) = run.rule_url(rule) {
        out["helpUri"] = json!(url);
    }
    out
}

fn result(run: &Run<'_>, (finding, fingerprint): &Finding, rules: &[&'static Rule]) -> Json {
    let index = rules.iter().position(|rule| rule.code == finding.rule.code);
    let mut out = json!({
        "ruleId": finding.rule.code,
        "ruleIndex": index,
        "level": level(finding.level),
        // The first sentence is the title of an alert.
        "message": {"text": unlinked(&words(finding))},
        "locations": [{"physicalLocation": physical(&run.spot_or_settings(finding))}],
        "partialFingerprints": {"primaryLocationLineHash": fingerprint},
    });
    if let (Some(label), Some(_)) = (&finding.label, finding.place) {
        out["locations"][0]["message"] = json!({"text": unlinked(label)});
    }
    let related: Vec<Json> = finding
        .related
        .iter()
        .zip(1..)
        .map(|(related, id)| match &related.at {
            At::Here(place) => json!({
                "id": id,
                "physicalLocation": physical(&run.spot(*place)),
                "message": {"text": unlinked(&related.message)},
            }),
            // Without a location: paths are taken for ones of the repository that is checked.
            At::Elsewhere(elsewhere) => {
                json!({"id": id, "message": {"text": unlinked(&format!("{}: {}", related.message, elsewhere.text()))}})
            }
        })
        .collect();
    if !related.is_empty() {
        out["relatedLocations"] = json!(related);
    }
    // Editors make a fix with one click: what wants a look is left out.
    if !finding.fix.is_empty() && finding.applicability == Applicability::Safe {
        out["fixes"] = json!([fix(run, finding)]);
    }
    let mut properties = serde_json::Map::new();
    if let Some(entity) = &finding.entity {
        properties.insert("entity".to_owned(), json!(entity));
    }
    if let Some(pointer) = &finding.pointer {
        properties.insert("pointer".to_owned(), json!(pointer));
    }
    if !properties.is_empty() {
        out["properties"] = Json::Object(properties);
    }
    out
}

/// Message and advice as sentences.
fn words(finding: &Diagnostic) -> String {
    let help = finding.help.as_ref().map_or_else(String::new, |help| format!(" {}", sentence(help)));
    format!("{}{help}", sentence(&finding.message))
}

/// `[text](target)` would be a link in a message: the bracket gets the backslash that SARIF asks for.
fn unlinked(text: &str) -> String {
    if text.contains("](") { text.replace('[', "\\[") } else { text.to_owned() }
}

fn physical(spot: &Spot) -> Json {
    let mut out = json!({"artifactLocation": {"uri": encoded(&spot.path)}});
    if let Some((start, end)) = spot.ends {
        out["region"] = region(start, end);
    }
    out
}

fn region(start: Position, end: Position) -> Json {
    json!({"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column})
}

/// All edits of a finding, by file.
fn fix(run: &Run<'_>, finding: &Diagnostic) -> Json {
    let mut files: Vec<(FileId, Vec<&Edit>)> = Vec::new();
    for edit in &finding.fix {
        match files.iter_mut().find(|(file, _)| *file == edit.place.file) {
            Some((_, edits)) => edits.push(edit),
            None => files.push((edit.place.file, vec![edit])),
        }
    }
    let replacement = |edit: &&Edit| {
        let (start, end) = run.spot(edit.place).ends?;
        Some(json!({"deletedRegion": region(start, end), "insertedContent": {"text": edit.replacement}}))
    };
    let changes: Vec<Json> = files
        .iter()
        .map(|(file, edits)| {
            let spot = run.spot(Place::new(*file, crate::base::Span::default()));
            json!({
                "artifactLocation": {"uri": encoded(&spot.path)},
                "replacements": edits.iter().filter_map(replacement).collect::<Vec<_>>(),
            })
        })
        .collect();
    let words = finding.help.as_deref().unwrap_or(&finding.message);
    json!({"description": {"text": unlinked(words)}, "artifactChanges": changes})
}
