//! What every format reads: the findings of a run with all that stands around them, and the few
//! questions that formats share. Paths are those that a host of code expects: from the root of
//! the repository that is being checked.

use crate::base::{FileId, Place, Position, Sources};
use crate::change::Diff;
use crate::diagnostics::{At, Diagnostic, Level, Related, Rule, positions};
use crate::model::Catalog;

use super::{Finding, Summary, count};

/// Places in other repositories that are told in one text.
const MOST_ELSEWHERE: usize = 10;

/// A run, as formats see it.
pub struct Run<'a> {
    /// What was found, in order.
    pub findings: &'a [Finding],
    /// The run in numbers.
    pub summary: Summary,
    /// The input.
    pub sources: &'a dyn Sources,
    /// The catalog, for owners and for the world.
    pub catalog: &'a Catalog,
    /// The file of the settings: stands in where a finding has no place and a format needs one.
    pub settings: Option<FileId>,
    /// Where the site is served from, ending in a slash.
    pub site: Option<&'a str>,
    /// What is put before the paths of files.
    pub prefix: &'a str,
    /// Whether a finding is at or above the fail level.
    pub failed: bool,
    /// What the change does to the catalog, where it was checked against an earlier state.
    pub change: Option<&'a Diff<'a>>,
}

/// A range of a file, as it is written in reports.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    /// The path, with forward slashes.
    pub(super) path: String,
    /// Both ends; none where the file cannot be shown as text.
    pub(super) ends: Option<(Position, Position)>,
}

impl Spot {
    /// Where it begins.
    pub(super) fn start(&self) -> Option<Position> {
        self.ends.map(|(start, _)| start)
    }
}

impl Run<'_> {
    /// A place as path, lines and columns.
    pub(super) fn spot(&self, place: Place) -> Spot {
        let ends = self.sources.text(place.file).ok().map(|text| positions(&text, place.span));
        Spot { path: prefixed(self.prefix, &self.sources.display_path(place.file)), ends }
    }

    /// Where a finding is, if it is anywhere.
    pub(super) fn spot_of(&self, finding: &Diagnostic) -> Option<Spot> {
        finding.place.map(|place| self.spot(place))
    }

    /// Where a finding is; the file of the settings, if there is one, for those without a place.
    pub(super) fn spot_if_any(&self, finding: &Diagnostic) -> Option<Spot> {
        let settings =
            || Some(Spot { path: prefixed(self.prefix, &self.sources.display_path(self.settings?)), ends: None });
        self.spot_of(finding).or_else(settings)
    }

    /// The same for formats that have no finding without a file: where the settings would be.
    pub(super) fn spot_or_settings(&self, finding: &Diagnostic) -> Spot {
        let settings = || Spot { path: prefixed(self.prefix, crate::config::FILE_NAME), ends: None };
        self.spot_if_any(finding).unwrap_or_else(settings)
    }

    /// Errors, then warnings, then notes; each in the order of findings.
    pub(super) fn gravest_first(&self) -> Vec<&Finding> {
        let mut sorted: Vec<&Finding> = self.findings.iter().collect();
        sorted.sort_by_key(|(finding, _)| std::cmp::Reverse(finding.level));
        sorted
    }

    /// The page about a rule.
    pub(super) fn rule_url(&self, rule: &Rule) -> Option<String> {
        self.site.map(|site| format!("{site}{}", rule.page()))
    }
}

/// A path as seen from where a prefix leads from.
pub(super) fn prefixed(prefix: &str, relative: &str) -> String {
    match (prefix, relative) {
        ("" | ".", relative) => relative.to_owned(),
        (prefix, "") => prefix.to_owned(),
        (prefix, relative) => format!("{}/{relative}", prefix.trim_end_matches('/')),
    }
}

/// Message and advice, each a sentence, for formats with one text for both.
pub(super) fn told(finding: &Diagnostic, between: &str) -> String {
    let help = finding.help.as_ref().map(|help| format!("{between}{help}")).unwrap_or_default();
    format!("{}{help}{}", finding.message, told_elsewhere(finding, between))
}

/// What other repositories have to do with a finding, for formats that can name no place there.
pub(super) fn told_elsewhere(finding: &Diagnostic, between: &str) -> String {
    let told = |related: &Related| match &related.at {
        At::Elsewhere(elsewhere) => Some(format!("{between}{} ({})", related.message, elsewhere.text())),
        At::Here(_) => None,
    };
    let mut all: Vec<String> = finding.related.iter().filter_map(told).collect();
    if let Some(more) = all.len().checked_sub(MOST_ELSEWHERE).filter(|more| *more > 0) {
        all.truncate(MOST_ELSEWHERE);
        all.push(format!("{between}… and {more} more"));
    }
    all.concat()
}

/// `2 errors, 1 note`, or nothing.
pub(super) fn tally(errors: usize, warnings: usize, notes: usize) -> String {
    let parts: Vec<String> = [(errors, "error"), (warnings, "warning"), (notes, "note")]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, noun)| count(number, noun))
        .collect();
    parts.join(", ")
}

/// The tally of some findings.
pub(super) fn tally_of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> String {
    let mut numbers = [0; 3];
    for (finding, _) in findings {
        numbers[level_index(finding.level)] += 1;
    }
    tally(numbers[0], numbers[1], numbers[2])
}

/// 0 for errors, 1 for warnings, 2 for notes.
pub(super) fn level_index(level: Level) -> usize {
    match level {
        Level::Error => 0,
        Level::Warning => 1,
        Level::Note | Level::Off => 2,
    }
}

/// Text in one line without control characters: names and paths may carry them from the input.
pub(super) fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c == '\n' { ' ' } else { c })
        .filter(|c| *c != '\r')
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

/// A first letter in upper case and a full stop: clauses of rules as sentences.
pub(super) fn sentence(clause: &str) -> String {
    let mut chars = clause.chars();
    let Some(first) = chars.next() else { return String::new() };
    let text: String = first.to_uppercase().chain(chars).collect();
    if text.ends_with(['.', '?', '!']) { text } else { text + "." }
}
