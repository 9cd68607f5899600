//! What the environment says about the CI job around this process. The only place that reads it.

use std::path::PathBuf;

use crate::emit;
use crate::report::{Run, github, markdown};

use super::target::write_stderr;

/// A step of GitHub Actions.
#[derive(Debug)]
pub(super) struct Actions {
    /// The folder that the repository is checked out to.
    pub(super) workspace: Option<PathBuf>,
    /// The file that becomes the step's summary.
    summary: Option<PathBuf>,
}

impl Actions {
    /// The step that this process runs in, unless nobody wants to know.
    pub(super) fn around(unwanted: bool) -> Option<Self> {
        let inside = std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true");
        let path = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        (inside && !unwanted)
            .then(|| Self { workspace: path("GITHUB_WORKSPACE"), summary: path("GITHUB_STEP_SUMMARY") })
    }

    /// Writes annotations, and the summary, which must stand alone: a pull request from a fork has
    /// a token that may only read, so nothing can be posted for it.
    pub(super) fn tell(&self, run: &Run<'_>, quiet: bool) -> anyhow::Result<()> {
        write_stderr(&github::text(run))?;
        let Some(file) = &self.summary else { return Ok(()) };
        // Nobody asked for it, so it is no reason to fail either.
        if let Err(error) = emit::append(file, markdown::STEP_SUMMARY, |room| markdown::text(run, room))
            && !quiet
        {
            write_stderr(&format!("the step summary was not written: {error:#}\n"))?;
        }
        Ok(())
    }

    /// Text in which no line is taken for a command: names of the input could make one.
    pub(super) fn harmless(&self, text: &str) -> String {
        let is_command = |line: &str| line.trim_start().starts_with("::") || line.contains("##[");
        let line = |line: &str| {
            if is_command(line) {
                line.replace("::", ":\u{200d}:").replace("##[", "#\u{200d}#[")
            } else {
                line.to_owned()
            }
        };
        text.split_inclusive('\n').map(line).collect()
    }
}
