//! Findings of one definition in the making: the level that a team gave the rule, and no more of
//! one kind than somebody would read.

use rustc_hash::FxHashMap;

use crate::base::Span;
use crate::diagnostics::{Diagnostic, Group};
use crate::refs::{DocumentId, Documents};
use crate::yaml::{Node, pointer_join};

use super::ruleset::Ruleset;
use super::spectral;

/// Findings of one rule in one definition; the rest is counted in one more.
const MOST: usize = 20;
/// The same for rules about what could be added.
const MOST_OF_WISHES: usize = 3;

/// Where a finding belongs.
pub(super) type Spot = (DocumentId, Span);

/// Collects the findings of a definition.
pub(super) struct Lint<'a> {
    pub(super) documents: &'a Documents,
    ruleset: Ruleset,
    counts: FxHashMap<&'static str, usize>,
    /// The first of each rule that is not listed.
    rest: Vec<Diagnostic>,
    /// Stands for all after these; nobody sees it.
    unseen: Diagnostic,
    findings: Vec<Diagnostic>,
}

impl<'a> Lint<'a> {
    pub(super) fn new(documents: &'a Documents, ruleset: Ruleset) -> Self {
        Self {
            documents,
            ruleset,
            counts: FxHashMap::default(),
            rest: Vec::new(),
            unseen: Diagnostic::new(&crate::diagnostics::API_LIMIT, ""),
            findings: Vec::new(),
        }
    }

    /// Whether a team has set a level for a rule.
    pub(super) fn is_set(&self, name: &str) -> bool {
        self.ruleset.level(spectral::row(name)).is_some()
    }

    /// Reports what a rule of Spectral's found.
    pub(super) fn report(&mut self, name: &str, (document, span): Spot, message: impl Into<String>) -> &mut Diagnostic {
        let row = spectral::row(name);
        let count = self.counts.entry(row.rule.code).or_default();
        *count += 1;
        let most = if row.rule.group == Group::Completeness { MOST_OF_WISHES } else { MOST };
        if *count > most + 1 {
            self.unseen.related.clear();
            return &mut self.unseen;
        }
        let is_rest = *count > most;
        let message = message.into();
        let place = self.documents.place(document, span);
        let pointer = pointer_of(self.documents.root_of(document).node, span);
        let subject = format!("{pointer} {message}");
        let mut finding = Diagnostic::new(row.rule, message).at(place.file, place.span).subject(subject);
        if self.documents.is_file(document) {
            finding = finding.pointer(pointer);
        }
        if let Some(level) = self.ruleset.level(row) {
            finding = finding.with_level(level);
        }
        let list = if is_rest { &mut self.rest } else { &mut self.findings };
        list.push(finding);
        let last = list.len() - 1;
        &mut list[last]
    }

    /// All findings, with one for the rest of each rule.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        for first in self.rest {
            let count = self.counts.get(first.rule.code).copied().unwrap_or_default();
            let listed = self.findings.iter().filter(|finding| finding.rule.code == first.rule.code).count();
            let message = format!("and {} more of this kind in this definition", count - listed);
            let mut finding = Diagnostic::new(first.rule, message).subject("the rest").with_level(first.level);
            finding.place = first.place;
            self.findings.push(finding);
        }
        self.findings
    }
}

/// The pointer of the innermost value, or key, that a span is in.
fn pointer_of(root: &Node, span: Span) -> String {
    let inside = |outer: Span| outer.start <= span.start && span.end <= outer.end && !outer.is_empty();
    let mut node = root;
    let mut pointer = String::new();
    loop {
        if let Some(entry) = node.entries().iter().find(|entry| inside(entry.value.span) || inside(entry.key_span)) {
            pointer = pointer_join(&pointer, &entry.key);
            node = &entry.value;
        } else if let Some(at) = node.items().iter().position(|item| inside(item.span)) {
            pointer = format!("{pointer}/{at}");
            node = &node.items()[at];
        } else {
            return pointer;
        }
        if node.span == span {
            return pointer;
        }
    }
}
