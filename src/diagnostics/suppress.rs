//! Findings that somebody has said are known, in a comment beside them. The comments are read by
//! `parse`; here they meet the findings. One that has no reason, no effect or no time left is a
//! finding itself: suppressions are debts, and are kept like them.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::base::{FileId, Place, Sources, Span};

use super::{
    DATES_NOT_JUDGED, Diagnostic, EXPIRED_SUPPRESSION, Levels, SUPPRESSION_WITHOUT_REASON, Selector,
    UNUSED_SUPPRESSION, did_you_mean, rule,
};

/// One comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// The rules that it is about.
    pub codes: Vec<Ignored>,
    /// Why; empty when it does not say.
    pub reason: String,
    /// The last day on which it counts.
    pub until: Option<Date>,
    /// Where the comment stands.
    pub span: Span,
    /// The line whose findings it is about, from 1.
    pub line: usize,
}

/// One code in a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignored {
    /// The code of a rule.
    pub code: String,
    /// Where it stands.
    pub span: Span,
}

/// All comments of the input.
#[derive(Debug, Default)]
pub struct Suppressions {
    /// By file.
    pub by_file: BTreeMap<FileId, Vec<Suppression>>,
    /// The day on which dates are judged; unknown where no commit is in view.
    pub today: Option<Date>,
}

impl Suppressions {
    /// Takes out what is suppressed, and gives what is wrong with the suppressions.
    pub(super) fn apply(
        &self,
        findings: &mut Vec<Diagnostic>,
        levels: &Levels,
        sources: &dyn Sources,
    ) -> Vec<Diagnostic> {
        let mut used = rustc_hash::FxHashSet::default();
        findings.retain(|finding| {
            let Some(at) = self.find(finding, sources) else { return true };
            used.insert(at);
            false
        });
        let mut out = Vec::new();
        for (&file, suppressions) in &self.by_file {
            for (index, suppression) in suppressions.iter().enumerate() {
                let unused = |ignored: &&Ignored| !used.contains(&(file, ignored.span));
                self.about(suppression, file, index, &unused, levels, &mut out);
            }
        }
        out.extend(self.not_judged());
        out
    }

    fn is_expired(&self, suppression: &Suppression) -> bool {
        suppression.until.zip(self.today).is_some_and(|(until, today)| until < today)
    }

    fn find(&self, finding: &Diagnostic, sources: &dyn Sources) -> Option<(FileId, Span)> {
        let place = finding.place?;
        let suppressions = self.by_file.get(&place.file)?;
        let line = sources.text(place.file).ok()?.position(place.span.start).line;
        let here = suppressions.iter().filter(|one| one.line == line && !self.is_expired(one));
        let codes = here.flat_map(|one| &one.codes);
        codes.filter(|ignored| ignored.code == finding.rule.code).map(|ignored| (place.file, ignored.span)).next()
    }

    fn about(
        &self,
        suppression: &Suppression,
        file: FileId,
        index: usize,
        unused: &dyn Fn(&&Ignored) -> bool,
        levels: &Levels,
        out: &mut Vec<Diagnostic>,
    ) {
        let subject = |code: &str| format!("{code} {index}");
        if suppression.reason.is_empty() {
            out.push(
                Diagnostic::new(&SUPPRESSION_WITHOUT_REASON, "the suppression has no reason")
                    .at(file, suppression.span)
                    .subject(subject("reason"))
                    .help("say why after a colon: `# catalog-ignore[code]: reason`"),
            );
        }
        if let (Some(until), true) = (suppression.until, self.is_expired(suppression)) {
            out.push(
                Diagnostic::new(&EXPIRED_SUPPRESSION, format!("the suppression was to last until {until}"))
                    .at(file, suppression.span)
                    .subject(subject("until"))
                    .help("mend what it is about, or say until when it is still known"),
            );
            return;
        }
        for ignored in suppression.codes.iter().filter(unused) {
            let message = match rule(&ignored.code) {
                // What is off finds nothing that could be suppressed.
                Some(rule) if !levels.may_report(rule) => continue,
                Some(_) => format!("nothing is suppressed: line {} has no `{}`", suppression.line, ignored.code),
                None if ignored.code.is_empty() => "the suppression names no rule".to_owned(),
                None => format!("there is no rule `{}`", ignored.code),
            };
            let help = match rule(&ignored.code) {
                Some(_) => Some("delete it".to_owned()),
                None => did_you_mean(&ignored.code, Selector::names()),
            };
            out.push(
                Diagnostic::new(&UNUSED_SUPPRESSION, message)
                    .at(file, ignored.span)
                    .subject(subject(&ignored.code))
                    .maybe_help(help),
            );
        }
    }

    /// Rules about dates are silent where it is not known what day it is, and say so.
    fn not_judged(&self) -> Option<Diagnostic> {
        if self.today.is_some() {
            return None;
        }
        let dated = self.by_file.iter().flat_map(|(file, all)| {
            all.iter().filter(|one| one.until.is_some()).map(|one| Place::new(*file, one.span))
        });
        let first = dated.min()?;
        Some(
            Diagnostic::new(
                &DATES_NOT_JUDGED,
                "no commit is in view, so it is not known whether suppressions have run out",
            )
            .at(first.file, first.span)
            .label("this one, for example")
            .subject("until")
            .help("check a clone of the repository, or give the day: `--now 2027-03-01`"),
        )
    }
}
