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

/// Stack of each thread, in bytes, of which only what is used takes memory. What nests as deep as
/// `refs::MAX_DEPTH` is walked by functions that call themselves, and a first thread has 1 MiB on
/// some systems.
const STACK: usize = 32 * 1024 * 1024;

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let on_thread = std::thread::Builder::new().stack_size(STACK).spawn(move || run(&cli));
    match on_thread.map(std::thread::JoinHandle::join) {
        Ok(Ok(code)) => code,
        Ok(Err(panic)) => std::panic::resume_unwind(panic),
        Err(error) => {
            let _ = target::write_stderr(&format!("error: no thread can be started: {error}\n"));
            ExitCode::from(FAILURE)
        }
    }
}

fn run(cli: &Cli) -> ExitCode {
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

/// Starts the threads of this process, once: as many as there are cores where nothing is said.
fn threads(common: &args::Common) -> anyhow::Result<()> {
    anyhow::ensure!(common.jobs != Some(0), "--jobs must be at least 1");
    let pool = rayon::ThreadPoolBuilder::new().num_threads(common.jobs.unwrap_or(0)).stack_size(STACK);
    Ok(pool.build_global()?)
}

/// Whoever reads the output has seen enough: no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
