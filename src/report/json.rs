//! Findings as one JSON object: `schema/diagnostics.schema.json`.

use serde::Serialize;

use crate::base::{Place, Sources};
use crate::diagnostics::{At, Elsewhere, Level};

use super::{Finding, Summary};

/// The report.
#[derive(Debug, Serialize)]
pub struct Report {
    version: u32,
    summary: Summary,
    diagnostics: Vec<Entry>,
}

/// A finding.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// The rule's code.
    pub code: &'static str,
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// The cause.
    pub message: String,
    /// The repository's name.
    pub repository: Option<String>,
    /// The path in the repository.
    pub file: Option<String>,
    /// The path relative to the one that was asked for.
    pub path: Option<String>,
    /// Where it begins, from 1.
    pub line: Option<usize>,
    /// Where it begins, in Unicode scalar values from 1.
    pub column: Option<usize>,
    /// Where it ends.
    pub end_line: Option<usize>,
    /// Where it ends.
    pub end_column: Option<usize>,
    /// JSON pointer in the document.
    pub pointer: Option<String>,
    /// Full reference of the entity.
    pub entity: Option<String>,
    /// What to do.
    pub help: Option<String>,
    /// Other places.
    pub related: Vec<Related>,
    /// Edits that mend it.
    pub fix: Option<Vec<Edit>>,
    /// `safe` when they may be made without a look at them, else `unsafe`.
    pub applicability: Option<&'static str>,
    /// What stays the same when a file is reformatted.
    pub fingerprint: String,
    /// The page about the rule.
    pub url: Option<String>,
}

/// A place.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Location {
    repository: Option<String>,
    file: Option<String>,
    path: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

/// Another place that belongs to a finding.
#[derive(Debug, Serialize)]
pub struct Related {
    message: String,
    #[serde(flatten)]
    place: Location,
}

/// A replacement.
#[derive(Debug, Serialize)]
pub struct Edit {
    replacement: String,
    #[serde(flatten)]
    place: Location,
}

/// The report of a run. `site` is where its site is served from, for the links to rules.
pub fn report(findings: &[Finding], summary: Summary, sources: &dyn Sources, site: Option<&str>) -> Report {
    let diagnostics = findings.iter().map(|finding| entry(finding, sources, site)).collect();
    Report { version: 1, summary, diagnostics }
}

/// One finding.
pub fn entry((finding, fingerprint): &Finding, sources: &dyn Sources, site: Option<&str>) -> Entry {
    let place = finding.place.map(|place| location(place, sources));
    let repository = finding.repository_of(sources).map(|id| sources.repository(id));
    let named = repository.filter(|repository| !repository.settings_home).map(|repository| repository.name.clone());
    let fix: Vec<Edit> = finding
        .fix
        .iter()
        .map(|edit| Edit { replacement: edit.replacement.clone(), place: location(edit.place, sources) })
        .collect();
    let related = finding
        .related
        .iter()
        .map(|related| Related {
            message: related.message.clone(),
            place: match &related.at {
                At::Here(place) => location(*place, sources),
                At::Elsewhere(elsewhere) => Location::of(elsewhere),
            },
        })
        .collect();
    let place = place.unwrap_or_else(Location::none);
    Entry {
        code: finding.rule.code,
        severity: match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note | Level::Off => "note",
        },
        message: finding.message.clone(),
        repository: named,
        file: place.file,
        path: place.path,
        line: place.line,
        column: place.column,
        end_line: place.end_line,
        end_column: place.end_column,
        pointer: finding.pointer.clone(),
        entity: finding.entity.clone(),
        help: finding.help.clone(),
        related,
        applicability: (!fix.is_empty()).then(|| finding.applicability.name()),
        fix: (!fix.is_empty()).then_some(fix),
        fingerprint: fingerprint.clone(),
        url: site.map(|site| format!("{site}{}", finding.rule.page())),
    }
}

impl Location {
    /// Of a repository that is not in view: there is no path that leads there from here.
    fn of(elsewhere: &Elsewhere) -> Self {
        let file = elsewhere.file.clone();
        let line = file.as_ref().and(elsewhere.line);
        let column = line.and(elsewhere.column);
        Self { repository: elsewhere.repository.clone(), file, line, column, ..Self::none() }
    }

    fn none() -> Self {
        Self { repository: None, file: None, path: None, line: None, column: None, end_line: None, end_column: None }
    }
}

fn location(place: Place, sources: &dyn Sources) -> Location {
    let repository = sources.repository(sources.repo_of(place.file));
    let ends = sources.text(place.file).ok().map(|text| crate::diagnostics::positions(&text, place.span));
    Location {
        repository: (!repository.settings_home).then(|| repository.name.clone()),
        file: Some(sources.path(place.file).to_owned()),
        path: Some(sources.display_path(place.file)),
        line: ends.map(|(start, _)| start.line),
        column: ends.map(|(start, _)| start.column),
        end_line: ends.map(|(_, end)| end.line),
        end_column: ends.map(|(_, end)| end.column),
    }
}
