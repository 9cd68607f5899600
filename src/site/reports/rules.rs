//! The rule reference.

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::diagnostics::{Group, RULES, Rule};
use crate::routes;
use crate::theme::said;

use super::super::context::Context;
use super::super::lists::common;
use super::super::views::Way;
use super::super::{Error, Site, ThemeError};

#[derive(Serialize)]
struct Rules {
    total: usize,
    groups: Vec<RuleGroup>,
}

#[derive(Serialize)]
struct RuleGroup {
    id: &'static str,
    title: String,
    description: &'static str,
    rules: Vec<RuleRow>,
}

#[derive(Serialize)]
struct RuleRow {
    code: &'static str,
    href: String,
    summary: &'static str,
    level: &'static str,
    count: usize,
    count_href: Option<String>,
}

#[derive(Serialize)]
struct RulePage {
    breadcrumbs: Vec<Way>,
    code: &'static str,
    summary: &'static str,
    level: &'static str,
    group: String,
    since: &'static str,
    fixable: bool,
    count: usize,
    count_href: Option<String>,
    what_html: String,
    why_html: String,
    bad_html: Option<String>,
    good_html: Option<String>,
    settings_html: String,
}

/// The page of the rules.
pub(in crate::site) const RULES_PATH: &str = "reports/rules/index.html";

/// The rule reference.
pub(in crate::site) fn rules(site: &Site<'_>) -> Result<(), Error> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for (finding, _) in site.findings {
        *counts.entry(finding.rule.code).or_default() += 1;
    }
    let count = |rule: &Rule| counts.get(rule.code).copied().unwrap_or(0);
    let context = Context::new(site, RULES_PATH);
    let groups = [
        (Group::Correctness, said("The catalog would be wrong.")),
        (Group::Suspicious, said("Most likely a mistake.")),
        (Group::Completeness, said("Something is not there, or not in view.")),
        (Group::Policy, said("A choice of the organisation; off until it is made.")),
        (Group::Pedantic, said("For those who like it strict; off until asked for.")),
    ];
    let groups = groups.into_iter().filter_map(|(group, description)| {
        let rules: Vec<RuleRow> = RULES
            .iter()
            .filter(|rule| rule.group == group)
            .map(|rule| RuleRow {
                code: rule.code,
                href: context.href(&rule.page()),
                summary: rule.what,
                level: site.settings.levels.of_rule(rule).name(),
                count: count(rule),
                count_href: (count(rule) > 0).then(|| context.href(&routes::findings_of_rule(rule.code, 1))),
            })
            .collect();
        (!rules.is_empty()).then(|| RuleGroup { id: group.name(), title: site.t(title(group)), description, rules })
    });
    let body = Rules { total: RULES.len(), groups: groups.collect() };
    let texts = site.texts();
    let text = texts.t("What is checked, at which level, and how often it was found in this build.").to_owned();
    let common = common(RULES_PATH, texts.t("Rules").to_owned(), "", Some(text));
    site.put(RULES_PATH.to_owned(), site.theme.render("rules.html", &common, &body)?)?;
    for rule in RULES.iter() {
        let (path, bytes) = rule_page(site, rule, count(rule))?;
        site.put(path, bytes)?;
    }
    Ok(())
}

fn rule_page(site: &Site<'_>, rule: &'static Rule, count: usize) -> Result<(String, Vec<u8>), ThemeError> {
    let path = rule.page();
    let context = Context::new(site, &path);
    let body = RulePage {
        breadcrumbs: vec![
            Way { title: site.texts().t("Rules").to_owned(), href: Some(context.href(RULES_PATH)) },
            Way { title: rule.code.to_owned(), href: None },
        ],
        code: rule.code,
        summary: rule.what,
        level: site.settings.levels.of_rule(rule).name(),
        group: site.t(title(rule.group)),
        since: rule.since,
        fixable: rule.is_fixable(),
        count,
        count_href: (count > 0).then(|| context.href(&routes::findings_of_rule(rule.code, 1))),
        what_html: super::super::paragraph(&sentence(rule.what)),
        why_html: super::super::paragraph(rule.why),
        bad_html: example(site, &rule.bad()),
        good_html: example(site, &rule.good()),
        settings_html: super::super::paragraph(&site.texts().with(
            "To change its level, write `{code}: off` (or `note`, `warning`, `error`) under `rules:` in `catalog-config.yaml`.",
            &[("code", &rule.code)],
        )),
    };
    let common =
        common(&path, site.texts().with("The rule {name}", &[("name", &rule.code)]), "", Some(rule.what.to_owned()));
    let bytes = site.theme.render("rule.html", &common, &body)?;
    Ok((path, bytes))
}

/// What a group of rules is called.
const fn title(group: Group) -> &'static str {
    match group {
        Group::Correctness => said("Correctness"),
        Group::Suspicious => said("Suspicious"),
        Group::Completeness => said("Completeness"),
        Group::Policy => said("Policy"),
        Group::Pedantic => said("Pedantic"),
    }
}

/// What a rule reports, as a sentence.
pub(super) fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    let first: String = characters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("Reports that {first}{}.", characters.as_str()).replacen(
        &format!("that {first}"),
        &format!("that {}", first.to_lowercase()),
        1,
    )
}

fn example(site: &Site<'_>, files: &crate::diagnostics::Example) -> Option<String> {
    if files.is_empty() {
        return None;
    }
    let text: Vec<String> = if let [(_, text)] = files[..] {
        vec![text.trim_end().to_owned()]
    } else {
        files.iter().map(|(path, text)| format!("# {path}\n{}", text.trim_end())).collect()
    };
    Some(crate::markdown::highlight(&text.join("\n\n"), "yaml", site.memo))
}
