//! The pages of findings: all, by severity, of one rule, and about what somebody owns.

use serde::Serialize;

use crate::diagnostics::Level;
use crate::report::Finding;
use crate::routes;
use crate::theme::said;

use super::super::context::{Context, add, severity};
use super::super::lists::{self, common};
use super::super::views::{FindingView, Pages, Tally, Way};
use super::super::{Error, Site};
use super::by_rule::{OfOwner, OfRule};

/// Most findings of a rule, or of an owner, that have pages; all stand on those of all.
const MOST: usize = 1_000;

#[derive(Serialize)]
struct Findings {
    breadcrumbs: Vec<Way>,
    heading: String,
    note: Option<String>,
    is_english: bool,
    way: Option<Way>,
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

/// The page of findings of one severity, or of all.
pub(in crate::site) fn findings_path(severity: Option<&str>, page: usize) -> String {
    let stem = severity.map_or_else(|| "findings".to_owned(), |severity| format!("findings-{severity}"));
    if page <= 1 { format!("reports/{stem}.html") } else { format!("reports/{stem}-{page}.html") }
}

/// The pages of findings.
pub(in crate::site) fn findings(site: &Site<'_>, rules: &[OfRule<'_>], owners: &[OfOwner<'_>]) -> Result<(), Error> {
    let texts = site.texts();
    for wanted in [None, Some(Level::Error), Some(Level::Warning), Some(Level::Note)] {
        let chosen: Vec<&Finding> =
            site.findings.iter().filter(|(finding, _)| wanted.is_none_or(|level| finding.level == level)).collect();
        let name = wanted.map(severity);
        let title = match name {
            None => texts.t("Findings"),
            Some("error") => texts.t("Errors"),
            Some("warning") => texts.t("Warnings"),
            Some(_) => texts.t("Notes"),
        };
        let view = View {
            title,
            heading: texts.t("Findings"),
            note: None,
            lede: &lede(site),
            is_english: false,
            severity: Some(name),
            way: None,
        };
        pages(site, &view, &chosen, &|page| findings_path(name, page))?;
    }
    for of in rules {
        let title = texts.with("Findings of {name}", &[("name", &of.rule.code)]);
        let lede = super::rules::sentence(of.rule.what);
        let note = note(site, of.findings.len());
        let way = Some((of.rule.code, of.rule.page()));
        let view = View { title: &title, heading: &title, note, lede: &lede, is_english: true, severity: None, way };
        let shown = &of.findings[..of.findings.len().min(MOST)];
        pages(site, &view, shown, &|page| routes::findings_of_rule(of.rule.code, page))?;
    }
    for of in owners {
        let Some(owner) = of.owner.map(|owner| site.catalog.entity(owner)) else { continue };
        let title = texts.with("Findings for {name}", &[("name", &owner.title())]);
        let lede = texts.with("What was found about the entities that {name} owns.", &[("name", &owner.title())]);
        let note = note(site, of.findings.len());
        let way = Some((owner.title(), routes::entity_page(&owner.reference)));
        let view = View { title: &title, heading: &title, note, lede: &lede, is_english: false, severity: None, way };
        let shown = &of.findings[..of.findings.len().min(MOST)];
        pages(site, &view, shown, &|page| routes::findings_of_owner(&owner.reference, page))?;
    }
    Ok(())
}

/// What tells the pages of some findings from those of others.
struct View<'a> {
    title: &'a str,
    heading: &'a str,
    note: Option<String>,
    lede: &'a str,
    /// Whether the compiler says that and no text of the theme.
    is_english: bool,
    /// The severity that was chosen, on the pages where one can be.
    severity: Option<Option<&'static str>>,
    /// The rule or owner that it is about: name and page.
    way: Option<(&'a str, String)>,
}

/// One page after the other.
fn pages(
    site: &Site<'_>,
    view: &View<'_>,
    findings: &[&Finding],
    path: &(dyn Fn(usize) -> String + Sync),
) -> Result<(), Error> {
    lists::paged(site, findings.len(), path, &|context, range, pages| {
        let title = lists::numbered(site, view.title, range.start);
        let body = Findings {
            breadcrumbs: breadcrumbs(context, view),
            heading: view.heading.to_owned(),
            note: view.note.clone(),
            is_english: view.is_english,
            way: view.way.as_ref().map(|(title, to)| Way { title: (*title).to_owned(), href: Some(context.href(to)) }),
            filters: view.severity.map_or_else(Vec::new, |current| filters(context, current)),
            pages,
            groups: groups(context, &findings[range]),
        };
        let common = common(context.from, title, "findings", Some(view.lede.to_owned()));
        site.theme.render("findings.html", &common, &body)
    })
}

fn breadcrumbs(context: &Context<'_>, view: &View<'_>) -> Vec<Way> {
    let texts = context.site.texts();
    let way = |title: &str, to: &str| Way { title: title.to_owned(), href: Some(context.href(to)) };
    let mut ways = vec![way(texts.t("Reports"), routes::REPORTS)];
    if view.way.is_some() {
        ways.push(way(texts.t("Findings"), &findings_path(None, 1)));
    }
    ways.push(Way { title: view.heading.to_owned(), href: None });
    ways
}

fn lede(site: &Site<'_>) -> String {
    let repositories = site.sources.repositories().iter().filter(|repository| !repository.settings_home).count();
    let repositories = site.texts().counted(repositories, "repository", "repositories");
    site.texts().with(
        "What the compiler found in {repositories}. Each has its place, its reason and a way out.",
        &[("repositories", &repositories)],
    )
}

fn note(site: &Site<'_>, total: usize) -> Option<String> {
    let number = |number| site.texts().number(number);
    (total > MOST).then(|| {
        site.texts().with(
            "The first {shown} of {total} are shown here; the page of all findings has the rest.",
            &[("shown", &number(MOST)), ("total", &number(total))],
        )
    })
}

fn filters(context: &Context<'_>, current: Option<&str>) -> Vec<Filter> {
    let total = context.site.total;
    let all = total.errors + total.warnings + total.notes;
    [
        (said("All"), None, all),
        (said("Errors"), Some("error"), total.errors),
        (said("Warnings"), Some("warning"), total.warnings),
        (said("Notes"), Some("note"), total.notes),
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
            _ => context.site.t("Workspace"),
        };
        if groups.last().is_none_or(|group| group.repository != name) {
            let href =
                repository.and_then(|repository| repository.remote.as_ref()).map(crate::base::hosts::Remote::web_url);
            groups.push(RepositoryGroup { repository: name, href, count: Tally::default(), files: Vec::new() });
        }
        let Some(group) = groups.last_mut() else { continue };
        add(&mut group.count, finding.0.level);
        let file = finding
            .0
            .place
            .map_or_else(|| context.site.t("The repository as a whole"), |place| sources.path(place.file).to_owned());
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
