//! Findings of one state against those of an earlier one: which are new, and which are gone.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::{FileId, RepoId, Sources, Span};
use crate::diagnostics::{self, Diagnostic};
use crate::model::Catalog;

use super::anchor::Anchors;
use super::baseline::Baseline;
use super::lost::Lost;

/// A compiled input, before or after.
#[derive(Clone, Copy)]
pub struct State<'a> {
    /// Its catalog.
    pub catalog: &'a Catalog,
    /// Its files.
    pub sources: &'a dyn Sources,
    /// What was found in it.
    pub findings: &'a [(Diagnostic, String)],
}

/// How the findings of two states differ.
#[derive(Debug)]
pub struct News {
    /// Those that are new, each at the line that causes it where one is known, in order.
    pub new: Vec<(Diagnostic, String)>,
    /// Those that were there before, in order.
    pub known: Vec<(Diagnostic, String)>,
    /// How many are there no more.
    pub mended: usize,
    /// Fingerprints of those that are shown elsewhere than they stand: their first related place.
    pub moved: FxHashSet<String>,
    /// What findings about a reference lost that led to something before.
    pub lost: Lost,
}

/// Holds the findings of a state against those of an earlier one.
pub fn against(base: State<'_>, head: State<'_>) -> News {
    let mut earlier = Baseline::of(base.findings, base.sources);
    let gone = earlier.prune(head.findings);
    let mut new = head.findings.to_vec();
    earlier.subtract(&mut new);
    let renamed = renamed(base, head, &new);
    new.retain(|(_, fingerprint)| !renamed.contains(fingerprint));
    let is_new: FxHashSet<String> = new.iter().map(|(_, fingerprint)| fingerprint.clone()).collect();
    let known = head.findings.iter().filter(|(_, fingerprint)| !is_new.contains(fingerprint)).cloned().collect();
    let mut anchors = Anchors::new(base, head);
    let (mut moved, mut lost) = (FxHashSet::default(), Lost::default());
    for (finding, fingerprint) in &mut new {
        let anchored = anchors.anchor(finding);
        if anchored.moved {
            moved.insert(fingerprint.clone());
        }
        lost.extend(anchored.lost.map(|entity| (fingerprint.clone(), entity)));
    }
    diagnostics::in_order(&mut new, head.sources);
    News { new, known, mended: gone.saturating_sub(renamed.len()), moved, lost }
}

/// The file of another state that stands at the same path of the same repository.
pub(super) fn counterpart(file: FileId, of: &dyn Sources, other: &dyn Sources) -> Option<FileId> {
    let repository = of.repository(of.repo_of(file));
    let same = |one: &crate::base::Repository| {
        one.settings_home == repository.settings_home && (one.settings_home || one.name == repository.name)
    };
    let at = other.repositories().iter().position(same)?;
    other.lookup(RepoId(u32::try_from(at).ok()?), of.path(file))
}

/// Findings that are known by the path of their file, in a file that was only given another name.
fn renamed(base: State<'_>, head: State<'_>, new: &[(Diagnostic, String)]) -> FxHashSet<String> {
    type Key<'a> = (&'static str, &'a str, Span);
    fn key(finding: &Diagnostic) -> Option<(Key<'_>, FileId)> {
        let place = finding.place.filter(|_| finding.entity.is_none())?;
        Some(((finding.rule.code, finding.message.as_str(), place.span), place.file))
    }
    let mut lost = FxHashMap::<Key<'_>, Vec<FileId>>::default();
    for (finding, _) in base.findings {
        if let Some((key, file)) = key(finding)
            && counterpart(file, base.sources, head.sources).is_none()
        {
            lost.entry(key).or_default().push(file);
        }
    }
    let mut renamed = FxHashSet::default();
    for (finding, fingerprint) in new {
        let Some((key, file)) = key(finding) else { continue };
        let Some(candidates) = lost.get_mut(&key) else { continue };
        if counterpart(file, head.sources, base.sources).is_some() {
            continue;
        }
        let Ok(text) = head.sources.text(file) else { continue };
        let same = |old: &FileId| base.sources.text(*old).is_ok_and(|old| old.as_str() == text.as_str());
        if let Some(at) = candidates.iter().position(same) {
            candidates.swap_remove(at);
            renamed.insert(fingerprint.clone());
        }
    }
    renamed
}
