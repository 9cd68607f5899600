//! `catalog check --fix`: rounds of a plan, its writing, and a look at what is left.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::base::{FileId, Sources as _};
use crate::diagnostics::{Applicability, Diagnostic, Edit};
use crate::edit::{self, Plan};
use crate::emit;
use crate::pipeline::Compiled;
use crate::report::count;

use super::args::FixArgs;
use super::target::{Target, slashed, write_stdout};

/// Rounds of one run: what one fix brings to light, or what stood in the way of another, comes in
/// the next.
const MOST_ROUNDS: usize = 8;

/// Fixes files until there is nothing more that can be fixed.
pub(super) struct Fixer<'a> {
    args: &'a FixArgs,
    target: &'a Target,
    rounds: usize,
    fixed: usize,
    files: BTreeSet<String>,
}

impl<'a> Fixer<'a> {
    pub(super) fn new(args: &'a FixArgs, target: &'a Target) -> Self {
        Self { args, target, rounds: 0, fixed: 0, files: BTreeSet::new() }
    }

    /// Makes one round. Tells whether files were written, so that they must be read again.
    pub(super) fn round(&mut self, compiled: &Compiled) -> anyhow::Result<bool> {
        if !self.args.is_asked() || self.rounds == MOST_ROUNDS {
            return Ok(false);
        }
        let plan = self.plan(compiled);
        if self.args.diff {
            write_stdout(&diff(&plan, compiled, &self.target.root))?;
            return Ok(false);
        }
        if plan.files.is_empty() {
            return Ok(false);
        }
        write(&plan, compiled, &self.target.root)?;
        self.rounds += 1;
        self.fixed += plan.taken.len();
        self.files.extend(plan.files.iter().map(|file| compiled.workspace.sources.display_path(file.file)));
        Ok(true)
    }

    fn plan(&self, compiled: &Compiled) -> Plan {
        let sources = &compiled.workspace.sources;
        let is_wanted = |finding: &&Diagnostic| {
            (self.args.r#unsafe || finding.applicability == Applicability::Safe)
                && finding.fix.iter().all(|edit| self.target.wants(Some(&sources.display_path(edit.place.file))))
        };
        let findings = compiled.findings.iter().map(|(finding, _)| finding).filter(|finding| !finding.fix.is_empty());
        let fixes: Vec<&[Edit]> = findings.filter(is_wanted).map(|finding| &*finding.fix).collect();
        edit::plan(&fixes, sources)
    }

    /// What was done, in a line.
    pub(super) fn told(&self, compiled: &Compiled) -> String {
        if !self.args.fix || self.args.diff {
            return String::new();
        }
        let more = fixable(compiled, Applicability::Unsafe);
        let done = match self.fixed {
            0 => "nothing was fixed".to_owned(),
            fixed => format!("{fixed} fixed in {}", count(self.files.len(), "file")),
        };
        let more = match more {
            0 => String::new(),
            _ if self.args.r#unsafe => String::new(),
            more => format!("; {more} more with `--unsafe`"),
        };
        format!("{done}{more}\n")
    }
}

/// How many findings have a fix of this sort.
fn fixable(compiled: &Compiled, applicability: Applicability) -> usize {
    let findings = compiled.findings.iter().map(|(finding, _)| finding);
    findings.filter(|finding| !finding.fix.is_empty() && finding.applicability == applicability).count()
}

/// What could be fixed, for the end of a report.
pub(super) fn advice(compiled: &Compiled) -> Option<String> {
    let (safe, unsafely) = (fixable(compiled, Applicability::Safe), fixable(compiled, Applicability::Unsafe));
    match (safe, unsafely) {
        (0, 0) => None,
        (0, more) => Some(format!("{more} of these can be fixed: `catalog check --fix --unsafe`\n")),
        (safe, 0) => Some(format!("{safe} of these can be fixed: `catalog check --fix`\n")),
        (safe, more) => {
            Some(format!("{safe} of these can be fixed: `catalog check --fix`; {more} more with `--unsafe`\n"))
        }
    }
}

/// A plan as a diff, with the paths as they are typed from here.
pub(super) fn diff(plan: &Plan, compiled: &Compiled, root: &Path) -> String {
    let sources = &compiled.workspace.sources;
    let root = slashed(root);
    let shown = |file: FileId| {
        let path = sources.display_path(file);
        if root.is_empty() { path } else { format!("{root}/{path}") }
    };
    plan.files
        .iter()
        .map(|file| edit::unified(shown(file.file).trim_start_matches('/'), &file.before, &file.after))
        .collect()
}

/// Writes a plan.
pub(super) fn write(plan: &Plan, compiled: &Compiled, root: &Path) -> anyhow::Result<usize> {
    let sources = &compiled.workspace.sources;
    let roots: Vec<PathBuf> = sources.repositories().iter().map(|repository| root.join(&repository.root)).collect();
    let files: Vec<emit::Edited<'_>> = plan
        .files
        .iter()
        .map(|file| emit::Edited {
            root: &roots[sources.repo_of(file.file).0 as usize],
            path: sources.path(file.file),
            before: &file.before,
            after: &file.after,
        })
        .collect();
    Ok(emit::edits(&files)?)
}
