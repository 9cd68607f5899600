//! Documentation pages and their index.

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::base::FileId;
use crate::docs::{self, Content, NavNode, NavTarget};
use crate::markdown::Heading;
use crate::model::{EntityId, RelationId};
use crate::routes;

use super::context::{Context, description};
use super::lists::{common, paged};
use super::views::{Alternate, FindingView, Link, Pages, Tally, Way};
use super::{Output, Site, ThemeError};

/// The index of all documentation.
pub(super) const INDEX: &str = "docs/index.html";
/// Most links of a sidebar; beyond that only the branch of the page is shown.
const MAX_NAV: usize = 200;
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
    edit_href: Option<String>,
    source: Source,
}

#[derive(Serialize)]
struct NavView {
    title: String,
    href: Option<String>,
    current: bool,
    children: Vec<NavView>,
    external: bool,
    open: bool,
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
pub(super) fn files(site: &Site<'_>, docs: &docs::Site) -> Result<Output, ThemeError> {
    use rayon::prelude::*;
    let findings = findings_by_file(site, &docs.content);
    let mut files: Output = (0..docs.content.pages.len())
        .into_par_iter()
        .map(|number| page(site, docs, number, &findings))
        .collect::<Result<_, ThemeError>>()?;
    for (asset, output) in docs.content.assets.iter().zip(&docs.asset_outputs) {
        // What cannot be copied has a finding where it is shown.
        if let Ok(bytes) = docs::asset_bytes(site.sources, asset.file) {
            files.push((output.clone(), bytes));
        }
    }
    files.extend(docs::extra_files(site.docs, docs, site.catalog, site.sources, site.settings.docs_backstage));
    Ok(files)
}

fn findings_by_file(site: &Site<'_>, content: &Content) -> FxHashMap<FileId, Vec<usize>> {
    let pages: rustc_hash::FxHashSet<FileId> = content.pages.iter().map(|page| page.file).collect();
    let mut by_file: FxHashMap<FileId, Vec<usize>> = FxHashMap::default();
    for (at, (finding, _)) in site.findings.iter().enumerate() {
        if let Some(file) = finding.place.map(|place| place.file).filter(|file| pages.contains(file)) {
            by_file.entry(file).or_default().push(at);
        }
    }
    by_file
}

fn page(
    site: &Site<'_>,
    docs: &docs::Site,
    number: usize,
    findings: &FxHashMap<FileId, Vec<usize>>,
) -> Result<(String, Vec<u8>), ThemeError> {
    let path = docs.outputs[number].clone();
    let context = Context::new(site, &path);
    let content = &docs.content;
    let page = &content.pages[number];
    let (previous, next) = content.neighbours(number);
    let way =
        |page: usize| Way { title: content.pages[page].title.clone(), href: Some(context.href(&docs.outputs[page])) };
    let here: Vec<usize> = findings.get(&page.file).cloned().unwrap_or_default();
    let mut tally = Tally::default();
    for &at in &here {
        super::context::add(&mut tally, site.findings[at].0.level);
    }
    let entity = site.catalog.entity(docs.entity);
    let title = title(site, docs);
    let repository = &site.sources.repository(content.repository).name;
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
        nav: Nav { context: &context, docs, current: number, whole: links(&content.nav) <= MAX_NAV }
            .views(&content.nav),
        toc: toc(&page.rendered.outline),
        heading: page.rendered.title.is_none().then(|| page.title.clone()),
        content_html: docs::page_html(site.docs, docs, number),
        findings: here.iter().take(MAX_FINDINGS).map(|&at| context.finding(&site.findings[at], None)).collect(),
        findings_count: tally,
        previous: previous.map(way),
        next: next.map(way),
        updated: None,
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

/// How many entries a nav has.
fn links(nodes: &[NavNode]) -> usize {
    nodes.iter().map(|node| 1 + links(&node.children)).sum()
}

/// The sidebar as seen from one page.
struct Nav<'a, 'b> {
    context: &'a Context<'b>,
    docs: &'a docs::Site,
    current: usize,
    whole: bool,
}

impl Nav<'_, '_> {
    fn views(&self, nodes: &[NavNode]) -> Vec<NavView> {
        nodes.iter().map(|node| self.view(node)).collect()
    }

    fn view(&self, node: &NavNode) -> NavView {
        let open = node.children.iter().any(|child| self.leads_here(child));
        let shown = self.whole || open;
        let own = match &node.target {
            NavTarget::Page(page) => Some(self.context.href(&self.docs.outputs[*page])),
            NavTarget::Url(url) => Some(url.clone()),
            NavTarget::Section => None,
        };
        // A closed branch of a large nav leads to its first page.
        let href = own.or_else(|| {
            if shown { None } else { first_page(node).map(|page| self.context.href(&self.docs.outputs[page])) }
        });
        NavView {
            title: node.title.clone(),
            href,
            current: node.target == NavTarget::Page(self.current),
            children: if shown { self.views(&node.children) } else { Vec::new() },
            external: matches!(node.target, NavTarget::Url(_)),
            open,
        }
    }

    fn leads_here(&self, node: &NavNode) -> bool {
        node.target == NavTarget::Page(self.current) || node.children.iter().any(|child| self.leads_here(child))
    }
}

fn first_page(node: &NavNode) -> Option<usize> {
    match node.target {
        NavTarget::Page(page) => Some(page),
        _ => node.children.iter().find_map(first_page),
    }
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
pub(super) fn index(site: &Site<'_>) -> Result<Output, ThemeError> {
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
