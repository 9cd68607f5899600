//! `catalog check`

use rustc_hash::FxHashSet;

use crate::base::{MemoryMemo, Sources as _};
use crate::change::{Lost, Snapshot, diff, joined};
use crate::diagnostics::Level;
use crate::pipeline::{self, Compared, Compiled, Options};
use crate::report::{Finding, Summary, count};
use crate::scan;

use super::args::{BaseArgs, CheckArgs, Common, FailOn, Format, InputArgs, WorldArg};
use super::baseline;
use super::fix::Fixer;
use super::print::{Print, print};
use super::target::{Target, spinner, write_stderr};
use super::{FINDINGS, SUCCESS};

pub(super) fn run(args: &CheckArgs, common: &Common) -> anyhow::Result<u8> {
    super::threads(common)?;
    let target = Target::of(&args.paths)?;
    anyhow::ensure!(!args.fix.r#unsafe || args.fix.is_asked(), "--unsafe goes with --fix or --diff");
    anyhow::ensure!(
        !args.fix.diff || args.output.format == Format::Human,
        "--diff prints on stdout, where --format would print: write findings to a file with --report"
    );
    let mut options = options(&args.input, Vec::new());
    options.against = against(args.against.as_ref(), args.input.world)?;
    let mut fixer = Fixer::new(&args.fix, &target);
    let bar = spinner(common, "checking");
    let (mut compiled, since, known) = loop {
        let (mut compiled, since) = compile(args, &target, &options)?;
        if let Some(path) = &args.baseline.write_baseline {
            bar.finish_and_clear();
            return baseline::write(&compiled, path, common);
        }
        let known = baseline::apply(&mut compiled, &args.baseline)?;
        narrow(&mut compiled, &target, since.as_ref().map(|since| &since.moved));
        if !fixer.round(&compiled)? {
            break (compiled, since, known);
        }
    };
    bar.finish_and_clear();
    if !common.quiet {
        write_stderr(&fixer.told(&compiled))?;
    }
    let after = since.as_ref().map(|_| Snapshot::of(&compiled.catalog, &compiled.graph, &compiled.workspace.sources));
    let change = since.as_ref().zip(after.as_ref()).map(|(since, after)| diff(&since.before, after));
    if let Some((since, change)) = since.as_ref().zip(change.as_ref()) {
        let findings = std::mem::take(&mut compiled.findings);
        compiled.findings = joined(findings, &since.lost, &since.moved, change, &compiled.workspace.sources);
        compiled.summary = Summary::new(&compiled.catalog, &compiled.workspace.sources, &compiled.findings);
    }
    let code = exit_code(&compiled.summary, args.input.fail_on, Level::Error);
    let failed = code == FINDINGS;
    let how =
        Print { root: &target.root, output: &args.output, common, failed, change: change.as_ref(), looked_at: None };
    print(&compiled, &how)?;
    for line in [since.map(|since| since.line), known].into_iter().flatten().filter(|_| !common.quiet) {
        write_stderr(&line)?;
    }
    Ok(code)
}

/// Compiles what is asked for, alone or against what was there before.
fn compile(args: &CheckArgs, target: &Target, options: &Options) -> anyhow::Result<(Compiled, Option<Since>)> {
    let memo = MemoryMemo::default();
    let Some(revision) = &args.base.base else {
        return Ok((pipeline::compile(&target.root, options, &memo)?, None));
    };
    let compared = pipeline::compare(&target.root, revision, args.base.all_findings, options, &memo)?;
    let before = &compared.base;
    let before = Snapshot::of(&before.catalog, &before.graph, &before.workspace.sources);
    let since =
        Since { line: since(&compared, &args.base, revision), moved: compared.moved, lost: compared.lost, before };
    Ok((compared.head, Some(since)))
}

/// The published catalog, with the token of whoever may read it.
pub(super) fn against(site: Option<&String>, world: Option<WorldArg>) -> anyhow::Result<Option<scan::Site>> {
    let Some(site) = site.filter(|site| !site.is_empty()) else { return Ok(None) };
    anyhow::ensure!(
        world != Some(WorldArg::Open),
        "--world open contradicts --against: with a published catalog all of the organisation is in view"
    );
    let token = std::env::var("CATALOG_TOKEN").ok().filter(|token| !token.is_empty());
    Ok(Some(scan::Site::new(site.clone(), token)))
}

/// What a comparison leaves behind.
struct Since {
    line: String,
    moved: FxHashSet<String>,
    lost: Lost,
    before: Snapshot,
}

/// What is said about the findings that are not new.
fn since(compared: &Compared, args: &BaseArgs, revision: &str) -> String {
    let known = count(compared.known, "finding");
    let known = match (compared.known, args.all_findings) {
        (0, _) => "no finding was there before".to_owned(),
        (1, true) => format!("{known} was there before"),
        (_, true) => format!("{known} were there before"),
        (1, false) => format!("{known} was there before and is not shown (`--all-findings` shows it)"),
        (_, false) => format!("{known} were there before and are not shown (`--all-findings` shows them)"),
    };
    format!("since `{revision}` ({}): {known}, {} mended\n", compared.revision, compared.mended)
}

/// What the pipeline is asked for.
pub(super) fn options(args: &InputArgs, skip: Vec<std::path::PathBuf>) -> Options {
    let scan =
        scan::Options { world: args.world.map(Into::into), repository: args.repository.clone(), skip, guess: false };
    let levels = [(&args.allow, Level::Off), (&args.warn, Level::Warning), (&args.deny, Level::Error)];
    let levels = levels.into_iter().flat_map(|(selectors, level)| selectors.iter().map(move |one| (*one, level)));
    Options { scan, levels: levels.collect(), now: args.now, against: None }
}

/// 1 when something is at or above the level.
pub(super) fn exit_code(summary: &Summary, asked: Option<FailOn>, default: Level) -> u8 {
    let level = asked.map_or(default, FailOn::level);
    if summary.at_or_above(level) > 0 { FINDINGS } else { SUCCESS }
}

/// Keeps what was asked for. A finding that is shown where it is caused is also one about the
/// place where it stands.
fn narrow(compiled: &mut Compiled, target: &Target, moved: Option<&FxHashSet<String>>) {
    if target.only.is_empty() {
        return;
    }
    let sources = &compiled.workspace.sources;
    let wanted = |(finding, fingerprint): &Finding| {
        let path = finding.place.map(|place| sources.display_path(place.file));
        let stands = moved.is_some_and(|moved| moved.contains(fingerprint)).then(|| finding.related.first()).flatten();
        let stands = stands.and_then(crate::diagnostics::Related::place).map(|place| sources.display_path(place.file));
        target.wants(path.as_deref()) || (stands.is_some() && target.wants(stands.as_deref()))
    };
    let kept = std::mem::take(&mut compiled.findings).into_iter().filter(wanted).collect();
    compiled.findings = kept;
    compiled.summary = Summary::new(&compiled.catalog, &compiled.workspace.sources, &compiled.findings);
}
