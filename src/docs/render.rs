//! Output paths of a site, and the HTML of its pages with every link relative to the page.

use std::sync::Arc;

use crate::base::{Memo, RepoId, Sources, Span};
use crate::diagnostics::{Diagnostic, PATH_COLLISION};
use crate::markdown::Href;
use crate::model::{Catalog, EntityId};
use crate::{base::Place, routes};

use super::{Content, Docs, Site, Target};

/// The site of an entity with this content.
pub(super) fn site(
    catalog: &Catalog,
    sources: &dyn Sources,
    entity: EntityId,
    content: Arc<Content>,
) -> (Site, Vec<Diagnostic>) {
    let reference = &catalog.entity(entity).reference;
    let pages = content
        .pages
        .iter()
        .map(|page| (sources.path(page.file).to_owned(), routes::docs_page(reference, &page.source)));
    let assets = content.assets.iter().map(|asset| {
        let path = sources.path(asset.file);
        let output = match &asset.source {
            Some(source) => routes::docs_asset(reference, source),
            None => routes::docs_asset(reference, &format!("_files/{path}")),
        };
        (path.to_owned(), output)
    });
    // Last, so that a page never gives way to one that is not there any more.
    let redirects = content
        .redirects
        .iter()
        .map(|redirect| (content.physical(&redirect.source), routes::docs_page(reference, &redirect.source)));
    let (distinct, collisions) = routes::distinct(pages.chain(assets).chain(redirects).collect());
    let mut findings = Vec::new();
    for (first, second) in collisions {
        let (Some(first_file), Some(second_file)) =
            (sources.lookup(content.repository, &first), sources.lookup(content.repository, &second))
        else {
            continue;
        };
        findings.push(
            Diagnostic::new(&PATH_COLLISION, format!("`{second}` and `{first}` would be the same file of the site"))
                .at(second_file, Span::default())
                .related("the other one", Place::start_of(first_file))
                .help("rename one of them; until then this one has a suffix"),
        );
    }
    let mut outputs: Vec<String> = distinct.into_iter().map(|(_, output)| output).collect();
    let mut asset_outputs = outputs.split_off(content.pages.len());
    let redirect_outputs = asset_outputs.split_off(content.assets.len());
    (Site { entity, content, outputs, asset_outputs, redirect_outputs }, findings)
}

/// The article of a page, all links relative to its output path.
pub fn page_html(docs: &Docs, site: &Site, page: usize, memo: &dyn Memo) -> String {
    page_html_with(docs, site, page, Elsewhere::Site, memo)
}

/// Where links to other sites lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Elsewhere {
    /// To the pages of our own site.
    Site,
    /// To pages as TechDocs stores them.
    Stored,
}

/// The article of a page, all links relative to its output path.
pub(super) fn page_html_with(docs: &Docs, site: &Site, page: usize, elsewhere: Elsewhere, memo: &dyn Memo) -> String {
    let from = &site.outputs[page];
    let content = &site.content.pages[page];
    let href = |to: &str, anchor: Option<&str>| match elsewhere {
        Elsewhere::Site => href(from, to, anchor),
        Elsewhere::Stored => stored_href(from, to, anchor),
    };
    let mut resolve = |link| match content.targets.get(link) {
        None | Some(Target::Unlinked) => Href::Unlinked,
        Some(Target::Missing) => Href::Missing,
        Some(Target::Url(url)) => Href::To(url.clone()),
        Some(Target::Page { page: to, anchor }) => Href::To(href(&site.outputs[*to], anchor.as_deref())),
        Some(Target::Elsewhere { file, anchor }) => match (docs.page_of(*file), elsewhere) {
            (None, _) => Href::Unlinked,
            (Some(to), Elsewhere::Site) => Href::To(href(to, anchor.as_deref())),
            (Some(to), Elsewhere::Stored) => Href::To(href(&routes::docs_storage(to), anchor.as_deref())),
        },
        Some(Target::Asset { asset, fragment }) => Href::To(href(&site.asset_outputs[*asset], fragment.as_deref())),
    };
    content.rendered.html(&mut resolve, memo)
}

/// A link between stored pages: their folders, not the indexes in them.
pub(super) fn stored_href(from: &str, to: &str, anchor: Option<&str>) -> String {
    let link = href(from, to, anchor);
    let (path, anchor) = link.split_once('#').map_or((link.as_str(), None), |(path, anchor)| (path, Some(anchor)));
    let Some(folder) = path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'))
    else {
        return link;
    };
    let folder = if folder.is_empty() { "./" } else { folder };
    anchor.map_or_else(|| folder.to_owned(), |anchor| format!("{folder}#{anchor}"))
}

fn href(from: &str, to: &str, anchor: Option<&str>) -> String {
    match anchor {
        Some(anchor) if from == to => format!("#{anchor}"),
        Some(anchor) => format!("{}#{anchor}", routes::link(from, to)),
        None => routes::link(from, to),
    }
}

/// The address of a file or folder of a repository on the web, where it is known.
pub fn web_url(sources: &dyn Sources, repository: RepoId, path: &str) -> Option<String> {
    let repository = sources.repository(repository);
    let revision = repository.revision.as_ref().or(repository.branch.as_ref())?;
    repository.remote.as_ref()?.file_url(sources.hosts(), revision, path)
}
