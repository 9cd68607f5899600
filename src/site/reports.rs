//! The pages about findings and rules.

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::diagnostics::{Group, Level, RULES, Rule};
use crate::report::Finding;

use super::context::{Context, severity};
use super::lists::common;
use super::views::{FindingView, Pages, Tally, Way};
use super::{Error, Site, ThemeError, lists};

#[derive(Serialize)]
struct Findings {
    heading: &'static str,
    filters: Vec<Filter>,
    pages: Option<Pages>,
    groups: Vec<RepositoryGroup>,
}

#[derive(Serialize)]
struct Filter {
    title: &'static str,
    severity: Option<&'static str>,
    count: usize,
    href: String,
    current: bool,
}

#[derive(Serialize)]
struct RepositoryGroup {
    repository: String,
    href: Option<String>,
    count: Tally,
    files: Vec<FileGroup>,
}

#[derive(Serialize)]
struct FileGroup {
    file: String,
    href: Option<String>,
    findings: Vec<FindingView>,
}

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
    group: &'static str,
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
const RULES_PATH: &str = "reports/rules/index.html";

/// The page of findings of one severity, or of all.
pub(super) fn findings_path(severity: Option<&str>, page: usize) -> String {
    let stem = severity.map_or_else(|| "findings".to_owned(), |severity| format!("findings-{severity}"));
    if page <= 1 { format!("reports/{stem}.html") } else { format!("reports/{stem}-{page}.html") }
}

/// The pages of findings.
pub(super) fn findings(site: &Site<'_>) -> Result<(), Error> {
    for wanted in [None, Some(Level::Error), Some(Level::Warning), Some(Level::Note)] {
        let chosen: Vec<&Finding> =
            site.findings.iter().filter(|(finding, _)| wanted.is_none_or(|level| finding.level == level)).collect();
        let name = wanted.map(severity);
        lists::paged(site, chosen.len(), &|page| findings_path(name, page), &|context, range, pages| {
            let title = lists::numbered(
                match name {
                    None => "Findings",
                    Some("error") => "Errors",
                    Some("warning") => "Warnings",
                    Some(_) => "Notes",
                },
                range.start,
            );
            let body = Findings {
                heading: "Findings",
                filters: filters(context, name),
                pages,
                groups: groups(context, &chosen[range]),
            };
            let repositories =
                site.sources.repositories().iter().filter(|repository| !repository.settings_home).count();
            let text = format!(
                "What the compiler found in {}. Each has its place, its reason and a way out.",
                crate::report::count(repositories, "repository")
            );
            let common = common(context.from, title, "findings", Some(text));
            site.theme.render("findings.html", &common, &body)
        })?;
    }
    Ok(())
}

fn filters(context: &Context<'_>, current: Option<&str>) -> Vec<Filter> {
    let total = context.site.total;
    let all = total.errors + total.warnings + total.notes;
    [
        ("All", None, all),
        ("Errors", Some("error"), total.errors),
        ("Warnings", Some("warning"), total.warnings),
        ("Notes", Some("note"), total.notes),
    ]
    .into_iter()
    .map(|(title, severity, count)| Filter {
        title,
        severity,
        count,
        href: context.href(&findings_path(severity, 1)),
        current: severity == current,
    })
    .collect()
}

/// Findings by repository and file; they come in that order.
fn groups(context: &Context<'_>, findings: &[&Finding]) -> Vec<RepositoryGroup> {
    let sources = context.site.sources;
    let mut groups: Vec<RepositoryGroup> = Vec::new();
    for (number, finding) in findings.iter().enumerate() {
        let repository = finding.0.repository_of(sources).map(|id| sources.repository(id));
        let name = match repository {
            Some(repository) if !repository.settings_home => repository.name.clone(),
            _ => "Workspace".to_owned(),
        };
        if groups.last().is_none_or(|group| group.repository != name) {
            let href =
                repository.and_then(|repository| repository.remote.as_ref()).map(crate::base::hosts::Remote::web_url);
            groups.push(RepositoryGroup { repository: name, href, count: Tally::default(), files: Vec::new() });
        }
        let Some(group) = groups.last_mut() else { continue };
        super::context::add(&mut group.count, finding.0.level);
        let file = finding
            .0
            .place
            .map_or_else(|| "The repository as a whole".to_owned(), |place| sources.path(place.file).to_owned());
        if group.files.last().is_none_or(|last| last.file != file) {
            let href = finding.0.place.and_then(|place| context.site.file_url(place.file));
            group.files.push(FileGroup { file, href, findings: Vec::new() });
        }
        if let Some(last) = group.files.last_mut() {
            last.findings.push(context.finding(finding, Some(format!("f-{}", number + 1))));
        }
    }
    groups
}

/// The rule reference.
pub(super) fn rules(site: &Site<'_>) -> Result<(), Error> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for (finding, _) in site.findings {
        *counts.entry(finding.rule.code).or_default() += 1;
    }
    let count = |rule: &Rule| counts.get(rule.code).copied().unwrap_or(0);
    let context = Context::new(site, RULES_PATH);
    let groups = [
        (Group::Correctness, "The catalog would be wrong."),
        (Group::Suspicious, "Most likely a mistake."),
        (Group::Completeness, "Something is not there, or not in view."),
        (Group::Policy, "A choice of the organisation; off until it is made."),
        (Group::Pedantic, "For those who like it strict; off until asked for."),
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
                count_href: (count(rule) > 0).then(|| context.href(&findings_path(None, 1))),
            })
            .collect();
        (!rules.is_empty()).then(|| RuleGroup {
            id: group.name(),
            title: crate::model::sentence(group.name()),
            description,
            rules,
        })
    });
    let body = Rules { total: RULES.len(), groups: groups.collect() };
    let text = "What is checked, at which level, and how often it was found in this build.".to_owned();
    let common = common(RULES_PATH, "Rules".to_owned(), "", Some(text));
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
            Way { title: "Rules".to_owned(), href: Some(context.href(RULES_PATH)) },
            Way { title: rule.code.to_owned(), href: None },
        ],
        code: rule.code,
        summary: rule.what,
        level: site.settings.levels.of_rule(rule).name(),
        group: rule.group.name(),
        since: rule.since,
        fixable: rule.is_fixable(),
        count,
        count_href: (count > 0).then(|| context.href(&findings_path(None, 1))),
        what_html: super::paragraph(&sentence(rule.what)),
        why_html: super::paragraph(rule.why),
        bad_html: example(site, &rule.bad()),
        good_html: example(site, &rule.good()),
        settings_html: super::paragraph(&format!(
            "To change its level, write `{}: off` (or `note`, `warning`, `error`) under `rules:` in `catalog-config.yaml`.",
            rule.code
        )),
    };
    let common = common(&path, format!("{}: {}", rule.code, rule.what), "", Some(rule.what.to_owned()));
    let bytes = site.theme.render("rule.html", &common, &body)?;
    Ok((path, bytes))
}

fn sentence(text: &str) -> String {
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
