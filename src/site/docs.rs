//! Documentation pages and their index.

use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use crate::base::history::{FileHistory, Reach};
use crate::base::{FileId, RepoId};
use crate::docs;
use crate::markdown::Heading;
use crate::model::{EntityId, RelationId};
use crate::routes;

use super::context::{Context, description};
use super::lists::{common, paged};
use super::nav::{Nav, NavView};
use super::views::{Alternate, FindingView, Link, Pages, Tally, Way};
use super::{Error, Site, ThemeError};

/// The index of all documentation.
pub(super) const INDEX: &str = "docs/index.html";
/// Most findings on a page.
const MAX_FINDINGS: usize = 20;

#[derive(Serialize)]
struct Page {
    breadcrumbs: Vec<Way>,
    entity: Link,
    owner: Option<Link>,
    lifecycle: Option<String>,
    docs_title: String,
    docs_href: String,
    nav: Vec<NavView>,
    toc: Vec<TocView>,
    heading: Option<String>,
    content_html: String,
    findings: Vec<FindingView>,
    findings_count: Tally,
    previous: Option<Way>,
    next: Option<Way>,
    updated: Option<String>,
    authors: Vec<String>,
    authors_more: usize,
    edit_href: Option<String>,
    source: Source,
}

#[derive(Serialize)]
struct TocView {
    title: String,
    href: String,
    children: Vec<TocView>,
}

#[derive(Serialize)]
struct Source {
    repository: String,
    file: String,
    href: Option<String>,
}

#[derive(Serialize)]
struct Index {
    heading: &'static str,
    total: usize,
    pages: Option<Pages>,
    sites: Vec<IndexRow>,
}

#[derive(Serialize)]
struct IndexRow {
    title: String,
    href: String,
    description: Option<String>,
    entity: Link,
    owner: Option<Link>,
    lifecycle: Option<String>,
    pages: usize,
}

/// The title of a site.
pub(super) fn title(site: &Site<'_>, docs: &docs::Site) -> String {
    docs.content.name.clone().unwrap_or_else(|| site.catalog.entity(docs.entity).title().to_owned())
}

/// The pages and files of one documentation site.
pub(super) fn files(site: &Site<'_>, docs: &docs::Site) -> Result<(), Error> {
    let nav = Nav::new(docs);
    (0..docs.content.pages.len()).into_par_iter().try_for_each(|number| {
        let (path, bytes) = page(site, docs, number, &nav)?;
        site.put(path, bytes)
    })?;
    docs.content.assets.par_iter().zip(&docs.asset_outputs).try_for_each(|(asset, output)| {
        // What cannot be copied has a finding where it is shown.
        docs::asset_bytes(site.sources, asset.file).map_or(Ok(()), |bytes| site.put(output.clone(), bytes))
    })?;
    let extra = docs::extra_files(site.docs, docs, site.catalog, site.sources, site.settings.docs_backstage, site.memo);
    extra.into_iter().try_for_each(|(path, bytes)| site.put(path, bytes))
}

fn page(site: &Site<'_>, docs: &docs::Site, number: usize, nav: &Nav<'_>) -> Result<(String, Vec<u8>), ThemeError> {
    let path = docs.outputs[number].clone();
    let context = Context::new(site, &path);
    let content = &docs.content;
    let page = &content.pages[number];
    let (previous, next) = content.neighbours(number);
    let way =
        |page: usize| Way { title: content.pages[page].title.clone(), href: Some(context.href(&docs.outputs[page])) };
    let here = site.index.findings_of_page.get(&page.file).map_or(&[][..], Vec::as_slice);
    let mut tally = Tally::default();
    for &at in here {
        super::context::add(&mut tally, site.findings[at].0.level);
    }
    let entity = site.catalog.entity(docs.entity);
    let title = title(site, docs);
    let repository = &site.sources.repository(content.repository).name;
    let (history, (authors, authors_more)) = history(site, page.file);
    let body = Page {
        breadcrumbs: vec![
            Way { title: "Docs".to_owned(), href: Some(context.href(INDEX)) },
            Way { title: entity.title().to_owned(), href: Some(context.href(&routes::entity_page(&entity.reference))) },
            Way { title: page.title.clone(), href: None },
        ],
        entity: context.link(docs.entity),
        owner: context.targets(docs.entity, RelationId::OWNED_BY).into_iter().next(),
        lifecycle: entity.lifecycle().map(str::to_owned),
        docs_href: context.href(docs.home()),
        docs_title: title.clone(),
        nav: nav.views(&context, number),
        toc: toc(&page.rendered.outline),
        heading: page.rendered.title.is_none().then(|| page.title.clone()),
        content_html: docs::page_html(site.docs, docs, number, site.memo),
        findings: here.iter().take(MAX_FINDINGS).map(|&at| context.finding(&site.findings[at], None)).collect(),
        findings_count: tally,
        previous: previous.map(way),
        next: next.map(way),
        updated: history.and_then(|file| day(file.changed)),
        authors: authors.iter().map(ToString::to_string).collect(),
        authors_more,
        edit_href: docs::edit_url(content, number, site.sources),
        source: Source {
            repository: repository.clone(),
            file: site.sources.path(page.file).to_owned(),
            href: site.file_url(page.file),
        },
    };
    let heading = if page.title == title || page.source == "index.md" {
        format!("{title} documentation")
    } else {
        format!("{} · {title} documentation", page.title)
    };
    let mut common = common(&path, heading, "docs", page.rendered.lead.clone());
    common.alternates = Vec::<Alternate>::new();
    let bytes = site.theme.render("docs.html", &common, &body)?;
    Ok((path, bytes))
}

/// Reads the histories of the repositories that have documentation, several at once.
pub(super) fn read_histories(site: &Site<'_>) {
    let mut repositories: Vec<RepoId> = site.docs.sites.iter().map(|docs| docs.content.repository).collect();
    repositories.sort_unstable();
    repositories.dedup();
    repositories.par_iter().for_each(|&repository| {
        let _ = site.sources.history(repository);
    });
}

/// The history of a file; who wrote it, and how many more did. Where the clone was cut off, nobody
/// is named: the first author would be missing.
fn history<'a>(site: &Site<'a>, file: FileId) -> (Option<&'a FileHistory>, (&'a [Arc<str>], usize)) {
    let Some(history) = site.sources.history(site.sources.repo_of(file)) else { return (None, (&[], 0)) };
    let Some(of_file) = history.of(site.sources.path(file)) else { return (None, (&[], 0)) };
    if history.reach == Reach::Shallow {
        return (Some(of_file), (&[], 0));
    }
    (Some(of_file), (&of_file.authors, of_file.author_count - of_file.authors.len()))
}

/// A day as a reader writes it, by Greenwich: the same on every machine.
fn day(seconds: i64) -> Option<String> {
    let time = jiff::Timestamp::from_second(seconds).ok()?;
    Some(time.to_zoned(jiff::tz::TimeZone::UTC).strftime("%-d %B %Y").to_string())
}

/// Headings of the second and third level.
fn toc(outline: &[Heading]) -> Vec<TocView> {
    let mut toc: Vec<TocView> = Vec::new();
    for heading in outline {
        let view = TocView { title: heading.text.clone(), href: format!("#{}", heading.id), children: Vec::new() };
        match (heading.level, toc.last_mut()) {
            (2, _) => toc.push(view),
            (3, Some(above)) => above.children.push(view),
            (3, None) => toc.push(view),
            _ => {}
        }
    }
    toc
}

/// The index of all documentation.
pub(super) fn index(site: &Site<'_>) -> Result<(), Error> {
    let sites = site.docs_sites();
    let path = |page: usize| if page <= 1 { INDEX.to_owned() } else { format!("docs/index-{page}.html") };
    paged(site, sites.len(), &path, &|context, range, pages| {
        let first = range.start;
        let rows =
            sites[range].iter().map(|docs| row(context, docs.entity, &docs.title, &docs.home, docs.pages)).collect();
        let body = Index { heading: "Documentation", total: sites.len(), pages, sites: rows };
        let text = "What teams wrote down, next to the code it is about.".to_owned();
        let common = common(context.from, super::lists::numbered("Documentation", first), "docs", Some(text));
        site.theme.render("docs-index.html", &common, &body)
    })
}

fn row(context: &Context<'_>, id: EntityId, title: &str, home: &str, pages: usize) -> IndexRow {
    let entity = context.site.catalog.entity(id);
    IndexRow {
        title: title.to_owned(),
        href: context.href(home),
        description: context
            .site
            .docs
            .site_of(id)
            .and_then(|docs| docs.content.description.clone())
            .or_else(|| description(entity)),
        entity: context.link(id),
        owner: context.targets(id, RelationId::OWNED_BY).into_iter().next(),
        lifecycle: entity.lifecycle().map(str::to_owned),
        pages,
    }
}
