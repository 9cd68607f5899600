//! The command line: what was typed, and what it comes to. The only place that decides exit codes
//! and that prints.

mod api;
mod args;
mod baseline;
mod build;
mod cache;
mod check;
mod ci;
mod diff;
mod explain;
mod fix;
mod impact;
mod init;
mod print;
mod rename;
mod schema;
mod state;
mod target;
mod why;

use std::process::ExitCode;

use clap::Parser as _;

pub use args::Cli;
use args::Command;

/// Nothing at or above the fail level.
const SUCCESS: u8 = 0;
/// A finding at or above the fail level.
const FINDINGS: u8 = 1;
/// The command could not run.
const FAILURE: u8 = 2;

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match &cli.command {
        Command::Build(args) => build::run(args, &cli.common),
        Command::Check(args) => check::run(args, &cli.common),
        Command::Rename(args) => rename::run(args, &cli.common),
        Command::Diff(args) => diff::run(args, &cli.common),
        Command::Impact(args) => impact::run(args, &cli.common),
        Command::Why(args) => why::run(args, &cli.common),
        Command::Api(args) => api::run(args, &cli.common),
        Command::Explain(args) => explain::run(args),
        Command::Init(args) => init::run(args, &cli.common),
        Command::Schema(args) => schema::run(args),
    };
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(error) if is_broken_pipe(&error) => ExitCode::from(SUCCESS),
        Err(error) => {
            let _ = target::write_stderr(&format!("error: {error:#}\n"));
            ExitCode::from(FAILURE)
        }
    }
}

/// Sets the number of threads, once.
fn threads(common: &args::Common) -> anyhow::Result<()> {
    if let Some(jobs) = common.jobs {
        anyhow::ensure!(jobs > 0, "--jobs must be at least 1");
        rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global()?;
    }
    Ok(())
}

/// Whoever reads the output has seen enough: no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
