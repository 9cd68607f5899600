//! Baselines: findings that were there when somebody began to check, each by the fingerprint of
//! its content, in a file that is kept in git. Reformatting changes nothing, and one mistake
//! exchanged for another is seen: there are no counts that could hide it.

use serde::{Deserialize, Serialize};

use crate::base::Sources;
use crate::diagnostics::Diagnostic;

/// The version of the format that is written, and the highest that is read.
const VERSION: u32 = 1;

/// A baseline. Its schema is `schema/baseline.schema.json`.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    version: u32,
    findings: Vec<Known>,
}

/// A finding that is known. Only the fingerprint counts; the rest is for who reads the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Known {
    /// The repository, where it has one.
    #[serde(default)]
    pub repository: Option<String>,
    /// The file in it, where it has one.
    #[serde(default)]
    pub file: Option<String>,
    /// The rule.
    pub code: String,
    /// The full reference of the entity, where it is about one.
    #[serde(default)]
    pub entity: Option<String>,
    /// What was said.
    #[serde(default)]
    pub message: String,
    /// What it is known by.
    pub fingerprint: String,
}

/// Why a baseline cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// It is no baseline.
    #[error("it is no baseline: {0}")]
    Format(#[from] serde_json::Error),
    /// A newer program wrote it.
    #[error("it has version {0}, and this program reads up to {VERSION}: use a newer one, or write it anew")]
    Newer(u32),
}

impl Baseline {
    /// A baseline of some findings.
    pub fn of(findings: &[(Diagnostic, String)], sources: &dyn Sources) -> Self {
        let known = |(finding, fingerprint): &(Diagnostic, String)| Known {
            repository: finding
                .repository_of(sources)
                .map(|id| sources.repository(id))
                .filter(|repository| !repository.settings_home)
                .map(|repository| repository.name.clone()),
            file: finding.place.map(|place| sources.path(place.file).to_owned()),
            code: finding.rule.code.to_owned(),
            entity: finding.entity.clone(),
            message: finding.message.clone(),
            fingerprint: fingerprint.clone(),
        };
        let mut findings: Vec<Known> = findings.iter().map(known).collect();
        // Not by line: a line that is put in above would move half of the file.
        findings.sort();
        Self { version: VERSION, findings }
    }

    /// Reads one.
    pub fn read(text: &str) -> Result<Self, BaselineError> {
        #[derive(Deserialize)]
        struct Versioned {
            version: u32,
        }
        let Versioned { version } = serde_json::from_str(text)?;
        if version > VERSION {
            return Err(BaselineError::Newer(version));
        }
        Ok(serde_json::from_str(text)?)
    }

    /// Its text, the same for the same findings, one finding a line so that two branches merge.
    pub fn text(&self) -> Result<String, serde_json::Error> {
        let lines: Result<Vec<String>, _> =
            self.findings.iter().map(|known| serde_json::to_string(known).map(|line| format!("    {line}"))).collect();
        let lines = lines?.join(",\n");
        let list = if lines.is_empty() { "[]".to_owned() } else { format!("[\n{lines}\n  ]") };
        Ok(format!("{{\n  \"version\": {VERSION},\n  \"findings\": {list}\n}}\n"))
    }

    /// How many findings it knows.
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// Whether it knows none.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// Takes out what is known. Gives how many that were.
    pub fn subtract(&self, findings: &mut Vec<(Diagnostic, String)>) -> usize {
        let known: rustc_hash::FxHashSet<&str> = self.findings.iter().map(|one| one.fingerprint.as_str()).collect();
        let before = findings.len();
        findings.retain(|(_, fingerprint)| !known.contains(fingerprint.as_str()));
        before - findings.len()
    }

    /// Takes out of the baseline what is no longer found. Gives how many that were.
    pub fn prune(&mut self, findings: &[(Diagnostic, String)]) -> usize {
        let found: rustc_hash::FxHashSet<&str> = findings.iter().map(|(_, fingerprint)| fingerprint.as_str()).collect();
        let before = self.findings.len();
        self.findings.retain(|known| found.contains(known.fingerprint.as_str()));
        before - self.findings.len()
    }
}
