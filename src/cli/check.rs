//! `catalog check`

use crate::base::{MemoryMemo, Sources as _};
use crate::diagnostics::Level;
use crate::pipeline::{self, Compiled, Options};
use crate::report::{Finding, Summary};
use crate::scan;

use super::args::{CheckArgs, Common, FailOn, InputArgs, WorldArg};
use super::baseline;
use super::print::{Print, print};
use super::target::{Target, spinner, write_stderr};
use super::{FINDINGS, SUCCESS};

pub(super) fn run(args: &CheckArgs, common: &Common) -> anyhow::Result<u8> {
    super::threads(common)?;
    let target = Target::of(&args.paths)?;
    let mut options = options(&args.input, Vec::new());
    options.against = against(args)?;
    let bar = spinner(common, "checking");
    let mut compiled = pipeline::compile(&target.root, &options, &MemoryMemo::default())?;
    bar.finish_and_clear();
    if let Some(path) = &args.baseline.write_baseline {
        return baseline::write(&compiled, path, common);
    }
    let known = baseline::apply(&mut compiled, &args.baseline)?;
    narrow(&mut compiled, &target);
    let code = exit_code(&compiled.summary, args.input.fail_on, Level::Error);
    print(&compiled, &Print { root: &target.root, output: &args.output, common, failed: code == FINDINGS })?;
    if let Some(known) = known.filter(|_| !common.quiet) {
        write_stderr(&known)?;
    }
    Ok(code)
}

/// The published catalog, with the token of whoever may read it.
fn against(args: &CheckArgs) -> anyhow::Result<Option<scan::Site>> {
    let Some(site) = args.against.as_ref().filter(|site| !site.is_empty()) else { return Ok(None) };
    anyhow::ensure!(
        args.input.world != Some(WorldArg::Open),
        "--world open contradicts --against: with a published catalog all of the organisation is in view"
    );
    let token = std::env::var("CATALOG_TOKEN").ok().filter(|token| !token.is_empty());
    Ok(Some(scan::Site::new(site.clone(), token)))
}

/// What the pipeline is asked for.
pub(super) fn options(args: &InputArgs, skip: Vec<std::path::PathBuf>) -> Options {
    let scan =
        scan::Options { world: args.world.map(Into::into), repository: args.repository.clone(), skip, layout: None };
    let levels = [(&args.allow, Level::Off), (&args.warn, Level::Warning), (&args.deny, Level::Error)];
    let levels = levels.into_iter().flat_map(|(selectors, level)| selectors.iter().map(move |one| (*one, level)));
    Options { scan, levels: levels.collect(), now: args.now, against: None }
}

/// 1 when something is at or above the level.
pub(super) fn exit_code(summary: &Summary, asked: Option<FailOn>, default: Level) -> u8 {
    let level = asked.map_or(default, FailOn::level);
    if summary.at_or_above(level) > 0 { FINDINGS } else { SUCCESS }
}

fn narrow(compiled: &mut Compiled, target: &Target) {
    if target.only.is_empty() {
        return;
    }
    let sources = &compiled.workspace.sources;
    let wanted = |finding: &Finding| {
        let path = finding.0.place.map(|place| sources.display_path(place.file));
        target.wants(path.as_deref())
    };
    let kept = std::mem::take(&mut compiled.findings).into_iter().filter(wanted).collect();
    compiled.findings = kept;
    compiled.summary = Summary::new(&compiled.catalog, &compiled.workspace.sources, &compiled.findings);
}
