//! `catalog explain`

use std::fmt::Write as _;

use crate::base::suggest;
use crate::diagnostics::{RULES, Rule, did_you_mean, rule};

use super::SUCCESS;
use super::args::ExplainArgs;
use super::target::write_stdout;

/// Codes that are proposed for a part of one.
const MOST_LIKE: usize = 8;

pub(super) fn run(args: &ExplainArgs) -> anyhow::Result<u8> {
    let text = match &args.code {
        None => table(),
        Some(code) => match rule(code.trim()) {
            Some(rule) => explanation(rule),
            None => {
                let help = near(code).unwrap_or_else(|| "`catalog explain` lists all of them".to_owned());
                anyhow::bail!("there is no rule `{code}`: {help}");
            }
        },
    };
    write_stdout(&text)?;
    Ok(SUCCESS)
}

/// Codes that are written like what was asked for, or have all its words in them.
fn near(code: &str) -> Option<String> {
    let code = code.trim().to_lowercase();
    if let Some(help) = did_you_mean(&code, RULES.iter().map(|rule| rule.code)) {
        return Some(help);
    }
    let words: Vec<&str> = code.split(|one: char| !one.is_alphanumeric()).filter(|word| word.len() > 2).collect();
    let is_in = |word: &str, rule: &Rule| {
        rule.code.split('-').any(|part| part.starts_with(word) || suggest::nearest(word, [part]).is_some())
    };
    let like = RULES.iter().filter(|rule| !words.is_empty() && words.iter().all(|word| is_in(word, rule)));
    let like: Vec<String> = like.take(MOST_LIKE).map(|rule| format!("`{}`", rule.code)).collect();
    (!like.is_empty()).then(|| format!("did you mean {}?", suggest::either(&like)))
}

fn table() -> String {
    let width = RULES.iter().map(|rule| rule.code.len()).max().unwrap_or(0);
    let mut out = String::new();
    for rule in RULES.iter() {
        let _ = writeln!(out, "{:width$}  {:7}  {}", rule.code, rule.level().name(), rule.what);
    }
    out
}

fn explanation(rule: &Rule) -> String {
    let mut out = format!("{}\n{}\n\n", rule.code, "=".repeat(rule.code.len()));
    let _ = writeln!(out, "{} · {} · since {}\n", rule.group.name(), rule.level().name(), rule.since);
    let _ = writeln!(out, "What it reports: {}.\n", rule.what);
    let _ = writeln!(out, "Why: {}", rule.why);
    if rule.is_fixable() {
        let _ = writeln!(out, "\nFix: where it is clear what was meant, `catalog check --fix`; see `--unsafe` too.");
    }
    for (title, files) in [("Reported:", rule.bad()), ("Not reported:", rule.good())] {
        if files.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n{title}");
        for (path, text) in files {
            let _ = writeln!(out, "\n  # {path}");
            for line in text.lines() {
                let _ = writeln!(out, "{}", format!("  {line}").trim_end());
            }
        }
    }
    let tools = [("Spectral", crate::api::names_in_spectral(rule)), ("Redocly", crate::api::names_in_redocly(rule))];
    for (tool, names) in tools.iter().filter(|(_, names)| !names.is_empty()) {
        let _ = writeln!(out, "\nIn {tool}: {}. What a team set there counts (docs/apis.md).", names.join(", "));
    }
    let _ = writeln!(out, "\nTo change its level, in catalog-config.yaml:\n\n  rules:\n    {}: off", rule.code);
    out
}
