//! `catalog check`

use std::path::Path;

use crate::base::{MemoryMemo, Sources as _};
use crate::diagnostics::Level;
use crate::pipeline::{self, Compiled, Options};
use crate::report::{Finding, Summary, human, json};
use crate::{emit, scan};

use super::args::{CheckArgs, Common, FailOn, Format, InputArgs, OutputArgs};
use super::baseline;
use super::target::{Target, spinner, style, write_stderr, write_stdout};
use super::{FINDINGS, SUCCESS};

pub(super) fn run(args: &CheckArgs, common: &Common) -> anyhow::Result<u8> {
    super::threads(common)?;
    let target = Target::of(&args.paths)?;
    let options = options(&args.input, Vec::new());
    let bar = spinner(common, "checking");
    let mut compiled = pipeline::compile(&target.root, &options, &MemoryMemo::default())?;
    bar.finish_and_clear();
    if let Some(path) = &args.baseline.write_baseline {
        return baseline::write(&compiled, path, common);
    }
    let known = baseline::apply(&mut compiled, &args.baseline)?;
    narrow(&mut compiled, &target);
    print(&compiled, &target.root, &args.output, common)?;
    if let Some(known) = known.filter(|_| !common.quiet) {
        write_stderr(&known)?;
    }
    Ok(exit_code(&compiled.summary, args.input.fail_on, Level::Error))
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

/// Findings as a compiler prints them, and the last line.
pub(super) fn human_text(compiled: &Compiled, style: &human::Style) -> String {
    human::findings(&compiled.findings, &compiled.workspace.sources, style)
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

/// Prints findings, and writes those reports that were asked for.
pub(super) fn print(compiled: &Compiled, root: &Path, args: &OutputArgs, common: &Common) -> anyhow::Result<()> {
    match args.format {
        Format::Json => write_stdout(&json_text(compiled)?)?,
        Format::Human => {
            let mut text = human_text(compiled, &style(common, root));
            if !common.quiet {
                text.push_str(&human::summary(&compiled.summary, &compiled.catalog));
                text.push('\n');
                if let Some(code) = compiled.findings.first().map(|(finding, _)| finding.rule.code) {
                    text.push_str(&format!(
                        "`catalog explain {code}` says more about the first; any code in brackets will do\n"
                    ));
                }
            }
            write_stderr(&text)?;
        }
    }
    for (format, file) in &args.report {
        let text = match format {
            Format::Json => json_text(compiled)?,
            Format::Human => human_text(compiled, &human::Style { color: false, width: None, prefix: String::new() }),
        };
        emit::report_file(file, &text)?;
    }
    Ok(())
}

fn json_text(compiled: &Compiled) -> anyhow::Result<String> {
    let site = compiled.workspace.settings.site_url.as_deref();
    let report = json::report(&compiled.findings, compiled.summary, &compiled.workspace.sources, site);
    let mut text = serde_json::to_string_pretty(&report)?;
    text.push('\n');
    Ok(text)
}
