//! Baselines on the command line: to write one, to leave out what it knows, to prune it.

use std::path::Path;

use anyhow::Context as _;

use crate::change::Baseline;
use crate::pipeline::Compiled;
use crate::report::{Summary, count};
use crate::{emit, scan};

use super::SUCCESS;
use super::args::{BaselineArgs, Common};
use super::target::write_stderr;

/// Writes all findings as known.
pub(super) fn write(compiled: &Compiled, path: &Path, common: &Common) -> anyhow::Result<u8> {
    let baseline = Baseline::of(&compiled.findings, &compiled.workspace.sources);
    emit::report_file(path, &baseline.text()?)?;
    if !common.quiet {
        write_stderr(&format!(
            "{} in {}: check with `--baseline {}` to see what is new\n",
            count(baseline.len(), "known finding"),
            path.display(),
            path.display()
        ))?;
    }
    Ok(SUCCESS)
}

/// Leaves out what the baseline knows. Gives a line about it.
pub(super) fn apply(compiled: &mut Compiled, args: &BaselineArgs) -> anyhow::Result<Option<String>> {
    let Some(path) = args.baseline.as_deref().or(args.prune_baseline.as_deref()) else { return Ok(None) };
    let shown = path.display();
    let text = scan::file(path).with_context(|| format!("write the baseline first: `--write-baseline {shown}`"))?;
    let mut baseline = Baseline::read(&text).with_context(|| format!("the baseline {shown} cannot be used"))?;
    let mended = baseline.prune(&compiled.findings);
    let known = baseline.subtract(&mut compiled.findings);
    compiled.summary = Summary::new(&compiled.catalog, &compiled.workspace.sources, &compiled.findings);
    let mut line = format!("{} of {shown} left out", count(known, "known finding"));
    if args.prune_baseline.is_some() {
        if mended > 0 {
            emit::report_file(path, &baseline.text()?)?;
        }
        line.push_str(&format!(", {mended} mended and taken out of it"));
    } else if mended > 0 {
        line.push_str(&format!(", {mended} mended: `--prune-baseline {shown}` takes them out of it"));
    }
    line.push('\n');
    Ok(Some(line))
}
