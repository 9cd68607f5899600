//! The rule reference as Markdown, made from the table: a page for each rule, and the list of
//! them. `docs/rules` in the repository holds what is made here; a test compares the two.

use std::fmt::Write as _;

use crate::diagnostics::{Group, RULES, Rule};

use super::run::sentence;

/// All files of the reference: path and text.
pub fn files() -> Vec<(String, String)> {
    let pages = RULES.iter().map(|rule| (format!("{}.md", rule.code), page(rule)));
    std::iter::once(("README.md".to_owned(), index())).chain(pages).collect()
}

/// What a rule reports, why, and both of its examples, without a heading.
pub fn story(rule: &Rule) -> String {
    let mut out = format!("{}\n\n{}\n", sentence(rule.what), rule.why);
    for (title, example) in [("Reported", rule.bad()), ("Not reported", rule.good())] {
        for (path, text) in example {
            // Four marks: an example of documentation may have three.
            let _ = write!(out, "\n**{title}** (`{path}`)\n\n````{}\n{}\n````\n", language(path), text.trim_end());
        }
    }
    out
}

fn page(rule: &Rule) -> String {
    format!(
        "# {}\n\n{} · {} · since {}\n\n{}\n## Levels and exceptions\n\n```yaml\n# catalog-config.yaml\nrules:\n  {}: {}\n```\n\nFor one place: `# catalog-ignore[{}]: reason` on the line or above it.\n\n[All rules](README.md)\n",
        rule.code,
        rule.group.name(),
        rule.level().name(),
        rule.since,
        story(rule),
        rule.code,
        if rule.level() == crate::diagnostics::Level::Off { "warning" } else { "off" },
        rule.code,
    )
}

fn index() -> String {
    let mut out = "# Rules\n\nMade from the table of rules; `catalog explain CODE` prints the same. Levels are set in `catalog-config.yaml` for a rule or a whole group (`rules:`), for a part of the files or entities (`overrides:`), and for one run (`--deny`, `--warn`, `--allow`).\n".to_owned();
    for group in Group::ALL {
        let _ = write!(
            out,
            "\n## {}\n\n{} Level: {}.\n\n| rule | reports |\n|---|---|\n",
            group.name(),
            group.what(),
            group.level().name()
        );
        for rule in RULES.iter().filter(|rule| rule.group == *group) {
            let level = rule.level();
            let differs =
                if level == group.level() { String::new() } else { format!(" ({} in this version)", level.name()) };
            let _ = writeln!(out, "| [`{0}`]({0}.md) | {1}{differs} |", rule.code, rule.what.replace('|', "\\|"));
        }
    }
    out
}

fn language(path: &str) -> &'static str {
    match crate::base::paths::extension(path).as_str() {
        "md" => "markdown",
        "json" => "json",
        "yaml" | "yml" => "yaml",
        "graphql" => "graphql",
        "proto" => "protobuf",
        _ => "text",
    }
}
