//! One page of documentation.

use serde::Serialize;

use crate::docs;
use crate::markdown::Heading;
use crate::site::context::{self, Context};
use crate::site::lists::common;
use crate::site::views::{FindingView, Tally, Way};
use crate::site::{Site, ThemeError, machines};

use super::facts::{self, Asked};
use super::nav::{self, Nav};
use super::{About, Whose, twin_path};

/// Most findings on a page.
const MAX_FINDINGS: usize = 20;
/// Most headings beside a page.
const MAX_TOC: usize = 150;

#[derive(Serialize)]
struct Page {
    breadcrumbs: Vec<Way>,
    #[serde(flatten)]
    whose: Whose,
    nav_html: Option<String>,
    nav_hidden: bool,
    toc: Vec<TocView>,
    heading: Option<String>,
    heading_html: Option<String>,
    lead: Option<String>,
    status: Option<String>,
    tags: Vec<String>,
    content_html: String,
    findings: Vec<FindingView>,
    findings_count: Tally,
    previous: Option<Way>,
    next: Option<Way>,
    updated: Option<String>,
    updated_on: Option<String>,
    authors: Vec<String>,
    authors_more: usize,
    edit_href: Option<String>,
    markdown_href: Option<String>,
    print_href: Option<String>,
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

pub(super) fn page(
    site: &Site<'_>,
    docs: &docs::Site,
    number: usize,
    nav: &Nav<'_>,
    about: &About<'_>,
    sidebar: &str,
) -> Result<(String, Vec<u8>), ThemeError> {
    let path = docs.outputs[number].clone();
    let context = Context::new(site, &path);
    let content = &docs.content;
    let page = &content.pages[number];
    let asked = Asked::of(page.rendered.front_matter.as_ref());
    let (previous, next) = content.neighbours(number);
    let way =
        |page: usize| Way { title: content.pages[page].title.clone(), href: Some(context.href(&docs.outputs[page])) };
    let here = site.index.findings_of_page.get(&page.file).map_or(&[][..], Vec::as_slice);
    let mut tally = Tally::default();
    for &at in here {
        context::add(&mut tally, site.findings[at].0.level);
    }
    let changed = facts::changed(site, page.file);
    let twin = machines::markdown_twin(site, context.href(&twin_path(&path)));
    let (heading_html, content_html) = split_heading(docs::page_html(site.docs, docs, number, site.memo));
    let body = Page {
        breadcrumbs: breadcrumbs(&context, docs, number, nav, about),
        whose: about.whose(&context),
        nav_html: (content.pages.len() > 1).then(|| nav::mark(sidebar, &context.href(&path))),
        nav_hidden: asked.no_navigation,
        toc: if asked.no_toc { Vec::new() } else { toc(&page.rendered.outline, content.listed) },
        heading: page.rendered.title.is_none().then(|| page.title.clone()),
        heading_html,
        lead: asked.description.clone(),
        status: asked.status,
        tags: asked.tags,
        content_html,
        findings: here.iter().take(MAX_FINDINGS).map(|&at| context.finding(&site.findings[at], None)).collect(),
        findings_count: tally,
        previous: previous.map(way),
        next: next.map(way),
        updated: changed.at.and_then(|at| facts::day(site, at)),
        updated_on: changed.at.and_then(facts::date),
        authors: changed.authors,
        authors_more: changed.more,
        edit_href: docs::edit_url(content, number, site.sources),
        markdown_href: twin.as_ref().map(|twin| twin.href.clone()),
        print_href: about.print.as_deref().map(|path| context.href(path)),
        source: Source {
            repository: site.sources.repository(content.repository).name.clone(),
            file: site.sources.path(page.file).to_owned(),
            href: site.file_url(page.file),
        },
    };
    let title = &about.title;
    let heading = if page.title == *title || page.source == "index.md" {
        site.texts().with("{title} documentation", &[("title", title)])
    } else {
        format!("{} · {}", page.title, site.texts().with("{title} documentation", &[("title", title)]))
    };
    let description = asked.description.or_else(|| page.rendered.lead.clone());
    let mut common = common(&path, heading, "docs", description);
    common.alternates = twin.into_iter().collect();
    let bytes = site.theme.render("docs.html", &common, &body)?;
    Ok((path, bytes))
}

/// The heading that a page begins with, and the rest.
fn split_heading(mut html: String) -> (Option<String>, String) {
    const END: &str = "</h1>";
    match html.find(END) {
        Some(at) if html.starts_with("<h1") => {
            let rest = html.split_off(at + END.len());
            (Some(html), rest)
        }
        _ => (None, html),
    }
}

/// From all documentation over the entity and the sections to the page.
fn breadcrumbs(context: &Context<'_>, docs: &docs::Site, number: usize, nav: &Nav<'_>, about: &About<'_>) -> Vec<Way> {
    let mut ways = about.breadcrumbs(context);
    for (title, first) in nav.sections(number) {
        let href = first.filter(|&first| first != number).map(|first| context.href(&docs.outputs[first]));
        ways.push(Way { title: title.to_owned(), href });
    }
    ways.push(Way { title: docs.content.pages[number].title.clone(), href: None });
    ways
}

/// Headings of the second and third level.
fn toc(outline: &[Heading], (first, last): (u8, u8)) -> Vec<TocView> {
    let mut toc: Vec<TocView> = Vec::new();
    let is_listed = |heading: &&Heading| matches!(heading.level, 2 | 3) && (first..=last).contains(&heading.level);
    for heading in outline.iter().filter(is_listed).take(MAX_TOC) {
        let view = TocView { title: heading.text.clone(), href: format!("#{}", heading.id), children: Vec::new() };
        match (heading.level, toc.last_mut()) {
            (3, Some(above)) => above.children.push(view),
            _ => toc.push(view),
        }
    }
    toc
}
