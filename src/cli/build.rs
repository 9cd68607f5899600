//! `catalog build`

use std::path::Path;
use std::time::{Duration, Instant};

use crate::diagnostics::Level;
use crate::emit::Written;
use crate::pipeline::{self, Compiled};
use crate::report::count;

use super::FINDINGS;
use super::args::{BuildArgs, Common, Format};
use super::cache::Cache;
use super::check::{exit_code, options};
use super::print::{Print, print};
use super::target::{spinner, write_stderr};

pub(super) fn run(args: &BuildArgs, common: &Common) -> anyhow::Result<u8> {
    super::threads(common)?;
    let memo = Cache::open(&args.cache);
    let mut watch = Watch::default();
    let not_input = [Some(args.out_dir.as_path()), memo.folder()].into_iter().flatten().map(Path::to_owned).collect();
    let options = options(&args.input, not_input);
    let bar = spinner(common, "reading and checking");
    let mut compiled = pipeline::compile(&args.path, &options, &memo)?;
    let settings = &mut compiled.workspace.settings;
    settings.noindex |= args.noindex;
    settings.site_url = settings.site_url.take().or_else(|| args.site_url.clone());
    watch.lap("compile");
    bar.set_message("rendering");
    let written = pipeline::site(&mut compiled, &args.out_dir, &memo)?;
    watch.lap("render");
    let unkept = memo.keep();
    watch.lap("cache");
    bar.finish_and_clear();
    let code = exit_code(&compiled.summary, args.input.fail_on, Level::Off);
    let how = Print {
        root: &args.path,
        output: &args.output,
        common,
        failed: code == FINDINGS,
        change: None,
        looked_at: None,
    };
    print(&compiled, &how)?;
    if !common.quiet && args.output.format == Format::Human {
        write_stderr(&last_lines(args, &compiled, written, &watch, unkept))?;
    }
    Ok(code)
}

fn last_lines(
    args: &BuildArgs,
    compiled: &Compiled,
    written: Written,
    watch: &Watch,
    unkept: Option<String>,
) -> String {
    let files = written.changed + written.unchanged;
    let mut changes = vec![format!("{} written", written.changed)];
    if written.removed > 0 {
        changes.push(format!("{} removed", written.removed));
    }
    let mut out = format!(
        "{}, {:.1} MB in {} ({})\n",
        count(files, "file"),
        megabytes(written.bytes),
        args.out_dir.display(),
        changes.join(", ")
    );
    let diagrams = compiled.docs.diagrams();
    if diagrams.total() > 0 {
        out.push_str(&format!("diagrams: {} of {} drawn\n", diagrams.drawn, diagrams.total()));
    }
    out.push_str(&unkept.unwrap_or_default());
    if args.timings {
        out.push_str(&watch.to_string());
    }
    if compiled.catalog.entities.is_empty() {
        out.push_str("the site is empty: nothing was found to put into it\n");
    }
    out
}

#[allow(clippy::cast_precision_loss, reason = "shown with one decimal")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1_000_000.0
}

/// How long stages take.
struct Watch {
    last: Instant,
    laps: Vec<(&'static str, Duration)>,
}

impl Default for Watch {
    fn default() -> Self {
        Self { last: Instant::now(), laps: Vec::new() }
    }
}

impl Watch {
    fn lap(&mut self, name: &'static str) {
        let now = Instant::now();
        self.laps.push((name, now - self.last));
        self.last = now;
    }
}

impl std::fmt::Display for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.laps.iter().try_for_each(|(name, time)| writeln!(f, "{name:>8} {:>8.1} ms", time.as_secs_f64() * 1000.0))
    }
}
