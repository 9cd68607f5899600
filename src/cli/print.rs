//! Findings to where they were asked for: a stream, files, and what the host of a CI job reads.

use std::path::Path;

use crate::change::Diff;
use crate::emit;
use crate::pipeline::Compiled;
use crate::report::{
    Run, azure, change, checkstyle, concise, github, gitlab, human, json, jsonl, junit, markdown, rdjson, sarif,
};

use super::args::{Common, Format, OutputArgs};
use super::ci::Actions;
use super::target::{from_repository, stderr_color, stdout_color, style, write_stderr, write_stdout};

/// Where a run was asked to print, and how it ended.
pub(super) struct Print<'a> {
    /// The path that was asked for.
    pub(super) root: &'a Path,
    /// How findings are shown.
    pub(super) output: &'a OutputArgs,
    /// What every command takes.
    pub(super) common: &'a Common,
    /// Whether a finding is at or above the fail level.
    pub(super) failed: bool,
    /// What the change does to the catalog.
    pub(super) change: Option<&'a Diff<'a>>,
    /// What was looked at, in words, where that is not the whole catalog.
    pub(super) looked_at: Option<&'a str>,
}

impl Print<'_> {
    /// The last line.
    fn summary(&self, compiled: &Compiled) -> String {
        match self.looked_at {
            Some(looked_at) => human::outcome(looked_at, &compiled.summary),
            None => human::summary(&compiled.summary, &compiled.catalog),
        }
    }
}

/// Prints findings, and writes those reports that were asked for.
pub(super) fn print(compiled: &Compiled, how: &Print<'_>) -> anyhow::Result<()> {
    let actions = Actions::around(how.output.no_ci);
    let prefix = from_repository(how.root, actions.as_ref().and_then(|actions| actions.workspace.as_deref()));
    let run = Run {
        findings: &compiled.findings,
        summary: compiled.summary,
        sources: &compiled.workspace.sources,
        catalog: &compiled.catalog,
        settings: compiled.workspace.settings_file,
        site: compiled.workspace.settings.site_url.as_deref(),
        prefix: &prefix,
        failed: how.failed,
        change: how.change,
    };
    match how.output.format {
        Format::Human => {
            let text = for_people(compiled, how);
            match &actions {
                Some(actions) => {
                    write_stderr(&actions.harmless(&text))?;
                    actions.tell(&run, how.common.quiet)?;
                }
                None => write_stderr(&text)?,
            }
        }
        Format::Concise => {
            let typed = style(how.common, how.root).prefix;
            write_stdout(&concise::text(&Run { prefix: &typed, ..run }, stdout_color(how.common)))?;
            if !how.common.quiet {
                write_stderr(&format!("{}\n", how.summary(compiled)))?;
            }
        }
        format => write_stdout(&text(format, &run)?)?,
    }
    for (format, file) in &how.output.report {
        emit::report_file(file, &text(*format, &run)?)?;
    }
    Ok(())
}

/// Findings as a compiler prints them, and the last lines.
fn for_people(compiled: &Compiled, how: &Print<'_>) -> String {
    let sources = &compiled.workspace.sources;
    let mut text = human::findings(&compiled.findings, sources, &style(how.common, how.root));
    if !how.common.quiet {
        text.push_str(&how.summary(compiled));
        text.push('\n');
        text.push_str(&super::fix::advice(compiled).unwrap_or_default());
        // Of equals the last is taken: from the end that is the first.
        if let Some((finding, _)) = compiled.findings.iter().rev().max_by_key(|(finding, _)| finding.level) {
            let (code, level) = (finding.rule.code, finding.level.name());
            text.push_str(&format!(
                "`catalog explain {code}` says more about the first {level}; any code in brackets will do\n"
            ));
        }
    }
    if let Some(change) = how.change.filter(|change| !change.is_empty() && !how.common.quiet) {
        text.push('\n');
        text.push_str(&change::human::diff(change, stderr_color(how.common)));
    }
    text
}

/// A report, for a file or for another program.
fn text(format: Format, run: &Run<'_>) -> anyhow::Result<String> {
    Ok(match format {
        Format::Human => {
            let style = human::Style { color: false, width: None, prefix: String::new() };
            human::findings(run.findings, run.sources, &style)
        }
        Format::Concise => concise::text(run, false),
        Format::Json => {
            let report = json::report(run.findings, run.summary, run.sources, run.site);
            serde_json::to_string_pretty(&report)? + "\n"
        }
        Format::Jsonl => jsonl::text(run)?,
        Format::Sarif => sarif::text(run)?,
        Format::Github => github::text(run),
        Format::Gitlab => gitlab::text(run)?,
        Format::Junit => junit::text(run),
        Format::Rdjson => rdjson::text(run)?,
        Format::Checkstyle => checkstyle::text(run),
        Format::Azure => azure::text(run),
        Format::Markdown => markdown::text(run, markdown::COMMENT),
    })
}
