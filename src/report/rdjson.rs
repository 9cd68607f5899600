//! reviewdog's Diagnostic Format: edits become suggestions that a reviewer takes over with a click.
//! Its columns count bytes of UTF-8.

use serde_json::{Value as Json, json};

use crate::base::{Place, Position, Sources};
use crate::diagnostics::{Applicability, Diagnostic, Level, positions};

use super::run::{Run, told};

/// The report.
pub fn text(run: &Run<'_>) -> Result<String, serde_json::Error> {
    let diagnostics: Vec<Json> = run.findings.iter().map(|(finding, _)| diagnostic(run, finding)).collect();
    let mut source = json!({"name": "catalog"});
    if let Some(site) = run.site {
        source["url"] = json!(site);
    }
    let report = json!({"source": source, "diagnostics": diagnostics});
    Ok(serde_json::to_string_pretty(&report)? + "\n")
}

fn diagnostic(run: &Run<'_>, finding: &Diagnostic) -> Json {
    let mut code = json!({"value": finding.rule.code});
    if let Some(url) = run.rule_url(finding.rule) {
        code["url"] = json!(url);
    }
    let severity = match finding.level {
        Level::Error => "ERROR",
        Level::Warning => "WARNING",
        Level::Note | Level::Off => "INFO",
    };
    let place = match finding.place {
        Some(place) => location(run, place),
        None => json!({"path": run.spot_or_settings(finding).path}),
    };
    let mut out = json!({"message": told(finding, "\n"), "location": place, "severity": severity, "code": code});
    let related: Vec<Json> = finding
        .related
        .iter()
        .filter_map(|related| Some(json!({"message": related.message, "location": location(run, related.place()?)})))
        .collect();
    if !related.is_empty() {
        out["related_locations"] = json!(related);
    }
    // A suggestion has no path of its own, and half of a fix is none. It is made with one click:
    // what wants a look is left out.
    let same_file = |place: Place| finding.place.is_some_and(|own| own.file == place.file);
    let is_safe = finding.applicability == Applicability::Safe;
    if is_safe && !finding.fix.is_empty() && finding.fix.iter().all(|edit| same_file(edit.place)) {
        let suggestions: Vec<Json> = finding
            .fix
            .iter()
            .filter_map(|edit| Some(json!({"range": range(run.sources, edit.place)?, "text": edit.replacement})))
            .collect();
        out["suggestions"] = json!(suggestions);
    }
    out
}

fn location(run: &Run<'_>, place: Place) -> Json {
    let mut location = json!({"path": run.spot(place).path});
    if let Some(range) = range(run.sources, place) {
        location["range"] = range;
    }
    location
}

fn range(sources: &dyn Sources, place: Place) -> Option<Json> {
    let text = sources.text(place.file).ok()?;
    let (start, end) = positions(&text, place.span);
    let bytes = |position: Position| {
        let before = text.line(position.line).chars().take(position.column - 1).map(char::len_utf8).sum::<usize>();
        // The byte order mark is part of the first line that reviewdog reads.
        let mark = if position.line == 1 { text.original_offset(0) } else { 0 };
        json!({"line": position.line, "column": before + mark + 1})
    };
    Some(json!({"start": bytes(start), "end": bytes(end)}))
}
