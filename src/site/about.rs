//! The page about the build, and the page for what is not there.

use serde::Serialize;

use crate::base::RepoId;
use crate::config::Settings;
use crate::routes;
use crate::theme::{Texts, said};

use super::context::Context;
use super::docs::{date, day};
use super::home::KindCount;
use super::lists::common;
use super::views::Fact;
use super::{Site, ThemeError, reports};

/// Most repositories on the page.
const REPOSITORIES: usize = 2_000;
/// Most patterns of a setting that are shown.
const PATTERNS: usize = 8;

/// What the site has for programs: a file, and what it is. Those that not every site has are left
/// out where they are not there.
const FILES: &[(&str, &str)] = &[
    ("catalog.json", said("every entity, in Backstage's shape")),
    ("interface.json", said("what a check of one repository needs")),
    ("manifest.json", said("the hash of every file")),
];

#[derive(Serialize)]
struct About {
    facts: Vec<Fact>,
    counts: Vec<KindCount>,
    settings: Vec<Fact>,
    total: usize,
    repositories: Vec<RepositoryRow>,
    left_out: usize,
    files: Vec<FileRow>,
}

#[derive(Serialize)]
struct RepositoryRow {
    title: String,
    href: Option<String>,
    revision: Option<String>,
    revision_href: Option<String>,
    branch: Option<String>,
    day: Option<String>,
    date: Option<String>,
    entities: usize,
    pages: usize,
}

#[derive(Serialize)]
struct FileRow {
    title: &'static str,
    href: &'static str,
    description: &'static str,
}

/// The page about the build.
pub(super) fn about(site: &Site<'_>) -> Result<(String, Vec<u8>), ThemeError> {
    let path = "about.html";
    let context = Context::new(site, path);
    let mut repositories = repositories(site);
    let total = repositories.len();
    repositories.truncate(REPOSITORIES);
    let feed = site.settings.site_url.is_some() && !site.changes.is_empty();
    let feed = feed.then_some((routes::CHANGES_FEED, said("what changed, as an Atom feed")));
    let files = FILES.iter().copied().chain(feed);
    let body = About {
        facts: facts(site),
        counts: super::home::kinds(&context),
        settings: settings(site.settings, site.texts()),
        total,
        left_out: total - repositories.len(),
        repositories,
        files: files.map(|(path, description)| FileRow { title: path, href: path, description }).collect(),
    };
    let texts = site.texts();
    let text = texts.t("What went in, what came out, and which version did it.").to_owned();
    let common = common(path, texts.t("About this build").to_owned(), "about", Some(text));
    Ok((path.to_owned(), site.theme.render("about.html", &common, &body)?))
}

fn facts(site: &Site<'_>) -> Vec<Fact> {
    let total = site.total;
    let texts = site.texts();
    let counts =
        [(total.errors, "error", "errors"), (total.warnings, "warning", "warnings"), (total.notes, "note", "notes")];
    let found = counts.iter().filter(|(number, _, _)| *number > 0);
    let findings: Vec<String> = found.map(|(number, one, many)| texts.counted(*number, one, many)).collect();
    let findings = if findings.is_empty() { texts.t("none").to_owned() } else { findings.join(", ") };
    let pages: usize = site.docs.sites.iter().map(|docs| docs.content.pages.len()).sum();
    let newest = site.sources.repositories().iter().filter_map(|repository| repository.committed).max();
    let mut facts = vec![Fact::mono(texts.t("Generator"), super::GENERATOR)];
    // There is no clock in a build: its day is that of what went in.
    facts.extend(newest.and_then(|at| day(site, at)).map(|day| Fact::text(texts.t("Newest commit"), day)));
    facts.push(Fact::text(texts.t("Entities"), texts.number(site.catalog.entities.len())));
    let (pages, sites) = (texts.counted(pages, "page", "pages"), texts.counted(site.docs.sites.len(), "site", "sites"));
    let documentation = texts.with("{pages} in {sites}", &[("pages", &pages), ("sites", &sites)]);
    facts.push(Fact::text(texts.t("Documentation"), documentation));
    facts.push(Fact::text(texts.t("API definitions"), texts.number(site.apis.iter().count())));
    facts.push(Fact::styled(texts.t("Findings"), findings, "text", Some(reports::findings_path(None, 1))));
    if site.catalog.templated > 0 {
        facts.push(Fact::text(texts.t("Templates of descriptors skipped"), site.catalog.templated.to_string()));
    }
    if !site.catalog.unreached.is_empty() {
        let path = routes::report("orphans", "files", 1);
        let unreached = texts.counted(site.catalog.unreached.len(), "file", "files");
        facts.push(Fact::styled(texts.t("Not reached"), unreached, "text", Some(path)));
    }
    facts
}

/// What the settings say, as far as it shapes what is seen here.
fn settings(settings: &Settings, texts: &Texts) -> Vec<Fact> {
    let world = match settings.world {
        Some(crate::config::World::Closed) => texts.t("closed: what is not here does not exist"),
        Some(crate::config::World::Open) => texts.t("open: what is not here may be elsewhere"),
        None => "",
    };
    let values = [
        (said("Organisation"), settings.organization.clone().unwrap_or_default()),
        (said("Served from"), settings.site_url.clone().unwrap_or_default()),
        (said("World"), world.to_owned()),
        (
            said("Search engines"),
            if settings.noindex { texts.t("asked to stay away").to_owned() } else { String::new() },
        ),
        (said("Theme"), settings.theme.folder.clone().unwrap_or_default()),
    ];
    let kinds: Vec<String> = settings.kinds.iter().map(|kind| kind.kind.clone()).collect();
    let lists: [(&str, &[String]); 7] = [
        (said("Sources"), settings.sources.as_deref().unwrap_or_default()),
        (said("Also read"), &settings.include),
        (said("Left out"), &settings.exclude),
        (said("Imported"), &settings.import),
        (said("Exist elsewhere"), &settings.external),
        (said("Took the place of"), &settings.backstage),
        (said("Own kinds"), &kinds),
    ];
    let values =
        values.into_iter().filter(|(_, text)| !text.is_empty()).map(|(label, text)| Fact::text(texts.t(label), text));
    let lists = lists.into_iter().filter(|(_, list)| !list.is_empty()).map(|(label, list)| {
        let more = list.len().saturating_sub(PATTERNS);
        let mut text = list.iter().take(PATTERNS).map(String::as_str).collect::<Vec<_>>().join(", ");
        if more > 0 {
            text.push_str(&texts.with(" and {n} more in the file of the settings", &[("n", &texts.number(more))]));
        }
        Fact::mono(texts.t(label), text)
    });
    let changed = settings.levels.rules.len();
    let levels = (changed > 0).then(|| Fact::text(texts.t("Levels changed"), texts.counted(changed, "rule", "rules")));
    values.chain(lists).chain(levels).collect()
}

fn repositories(site: &Site<'_>) -> Vec<RepositoryRow> {
    let sources = site.sources;
    let shown = (0..).map(RepoId).zip(sources.repositories()).filter(|(_, repository)| !repository.settings_home);
    shown
        .map(|(id, repository)| {
            let remote = repository.remote.as_ref();
            let revision = repository.revision.as_deref();
            RepositoryRow {
                title: repository.name.clone(),
                href: remote.map(crate::base::hosts::Remote::web_url),
                revision: revision.map(|revision| revision.chars().take(10).collect()),
                revision_href: remote.zip(revision).and_then(|(remote, at)| remote.commit_url(sources.hosts(), at)),
                branch: repository.branch.clone(),
                day: repository.committed.and_then(|at| day(site, at)),
                date: repository.committed.and_then(date),
                entities: site.index.entities_by_repository[id.0 as usize],
                pages: site.index.pages_by_repository[id.0 as usize],
            }
        })
        .collect()
}

/// The page for what is not there. A host serves it at any depth, so its links begin at the
/// site's own root: the path of its URL, or `/`.
pub(super) fn not_found(site: &Site<'_>) -> Result<(String, Vec<u8>), ThemeError> {
    let mut common = common("404.html", site.texts().t("Not found").to_owned(), "", None);
    let url = site.settings.site_url.as_deref().and_then(|url| url::Url::parse(url).ok());
    common.path = None;
    common.root = url.map_or_else(|| "/".to_owned(), |url| url.path().to_owned());
    Ok(("404.html".to_owned(), site.theme.render("404.html", &common, &())?))
}
