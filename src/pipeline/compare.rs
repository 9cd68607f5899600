//! Two states of one input: what is there now, and what was there at a revision.

use std::path::Path;

use rustc_hash::FxHashSet;

use crate::base::{Memo, Sources as _};
use crate::diagnostics::in_order;
use crate::report::Summary;
use crate::{change, scan};

use super::{Compiled, Error, Options, compile_workspace, fetch, today};

/// What is at a path against what was there at a revision.
pub struct Compared {
    /// What is there now; its findings are those that are asked for.
    pub head: Compiled,
    /// What was there. The diff of entities is between these two: `change::diff`.
    pub base: Compiled,
    /// The commit that was read.
    pub revision: String,
    /// Findings that were there before.
    pub known: usize,
    /// Findings that are there no more.
    pub mended: usize,
    /// Fingerprints of findings that are shown at the line that causes them.
    pub moved: FxHashSet<String>,
    /// What findings about a reference lost that led to something before.
    pub lost: change::Lost,
}

/// Compiles what is at a path, and what was there where its history parted from a revision. Only
/// new findings are kept, unless all are wanted.
pub fn compare(path: &Path, revision: &str, all: bool, options: &Options, memo: &dyn Memo) -> Result<Compared, Error> {
    let found = scan::Base::find(path, revision)?;
    let mut scanned = options.scan.clone();
    scanned.skip.extend(found.submodules().iter().cloned());
    let workspace = scan::open(path, &scanned)?;
    scan::Base::covers(&workspace)?;
    // Once for both: it may be far away, and it may change in between.
    let fetched = fetch(options)?;
    let mut head = compile_workspace(workspace, options, fetched.as_ref(), memo)?;
    // Both are judged on one day, and under one name: neither is part of the change.
    let mut then = Options {
        scan: scanned,
        levels: options.levels.clone(),
        now: today(&head.workspace, options.now),
        against: None,
    };
    if head.workspace.layout == scan::Layout::Repository {
        then.scan.repository = head.workspace.sources.repositories().first().map(|one| one.name.clone());
    }
    let revision = found.short();
    let base = compile_workspace(found.open(&then.scan), &then, fetched.as_ref(), memo)?;
    base.workspace.sources.complete()?;
    let news = change::against(state(&base), state(&head));
    let known = news.known.len();
    head.findings = news.new;
    if all {
        head.findings.extend(news.known);
        in_order(&mut head.findings, &head.workspace.sources);
    }
    head.summary = Summary::new(&head.catalog, &head.workspace.sources, &head.findings);
    Ok(Compared { head, base, revision, known, mended: news.mended, moved: news.moved, lost: news.lost })
}

fn state(compiled: &Compiled) -> change::State<'_> {
    change::State { catalog: &compiled.catalog, sources: &compiled.workspace.sources, findings: &compiled.findings }
}
