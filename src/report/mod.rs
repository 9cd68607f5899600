//! Findings for people and for machines. Line and column are found here, and only here.

pub mod api;
pub mod azure;
pub mod change;
pub mod checkstyle;
pub mod concise;
pub mod github;
pub mod gitlab;
pub mod human;
pub mod json;
pub mod jsonl;
pub mod junit;
pub mod markdown;
mod markdown_text;
pub mod rdjson;
pub mod reference;
mod run;
pub mod sarif;
mod xml;

pub use run::Run;

use serde::Serialize;

use crate::base::Sources;
use crate::diagnostics::{Diagnostic, Level};
use crate::model::Catalog;

/// A finding with its fingerprint.
pub type Finding = (Diagnostic, String);

/// The run in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Repositories that were read.
    pub repositories: usize,
    /// Entities of the catalog.
    pub entities: usize,
    /// Templates of descriptors that were skipped.
    pub templated: usize,
    /// Entities in files that nothing leads to.
    pub unreached: usize,
    /// Findings that are errors.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
    /// Findings that are notes.
    pub notes: usize,
}

impl Summary {
    /// Counts.
    pub fn new(catalog: &Catalog, sources: &dyn Sources, findings: &[Finding]) -> Self {
        let of = |level: Level| findings.iter().filter(|(finding, _)| finding.level == level).count();
        Self {
            repositories: sources.repositories().iter().filter(|repository| !repository.settings_home).count(),
            entities: catalog.entities.len(),
            templated: catalog.templated,
            unreached: catalog.unreached.iter().map(|(_, entities)| entities).sum(),
            errors: of(Level::Error),
            warnings: of(Level::Warning),
            notes: of(Level::Note),
        }
    }

    /// How many findings are at or above a level.
    pub fn at_or_above(&self, level: Level) -> usize {
        match level {
            Level::Error => self.errors,
            Level::Warning => self.errors + self.warnings,
            Level::Note => self.errors + self.warnings + self.notes,
            Level::Off => 0,
        }
    }
}

/// `1 error`, `2 errors`.
pub fn count(number: usize, noun: &str) -> String {
    match (number, noun) {
        (1, _) => format!("1 {noun}"),
        (_, "entity") => format!("{number} entities"),
        (_, "repository") => format!("{number} repositories"),
        _ => format!("{number} {noun}s"),
    }
}
