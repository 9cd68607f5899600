//! `catalog check`

use crate::base::{MemoryMemo, Sources as _};
use crate::diagnostics::Level;
use crate::pipeline::{self, Compiled, Options};
use crate::report::{Finding, Summary};
use crate::scan;

use super::args::{CheckArgs, Common, FailOn, Format, InputArgs};
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
    let options = options(&args.input, Vec::new());
    let mut fixer = Fixer::new(&args.fix, &target);
    let bar = spinner(common, "checking");
    let (compiled, known) = loop {
        let mut compiled = pipeline::compile(&target.root, &options, &MemoryMemo::default())?;
        if let Some(path) = &args.baseline.write_baseline {
            bar.finish_and_clear();
            return baseline::write(&compiled, path, common);
        }
        let known = baseline::apply(&mut compiled, &args.baseline)?;
        narrow(&mut compiled, &target);
        if !fixer.round(&compiled)? {
            break (compiled, known);
        }
    };
    bar.finish_and_clear();
    let code = exit_code(&compiled.summary, args.input.fail_on, Level::Error);
    if !common.quiet {
        write_stderr(&fixer.told(&compiled))?;
    }
    print(&compiled, &Print { root: &target.root, output: &args.output, common, failed: code == FINDINGS })?;
    if !common.quiet {
        write_stderr(&known.unwrap_or_default())?;
    }
    Ok(code)
}

/// What the pipeline is asked for.
pub(super) fn options(args: &InputArgs, skip: Vec<std::path::PathBuf>) -> Options {
    let scan = scan::Options { world: args.world.map(Into::into), repository: args.repository.clone(), skip };
    let levels = [(&args.allow, Level::Off), (&args.warn, Level::Warning), (&args.deny, Level::Error)];
    let levels = levels.into_iter().flat_map(|(selectors, level)| selectors.iter().map(move |one| (*one, level)));
    Options { scan, levels: levels.collect(), now: args.now }
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
