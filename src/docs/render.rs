//! Output paths of a site, and the HTML of its pages with every link relative to the page.

use std::sync::Arc;

use crate::base::{Memo, RepoId, Sources, Span};
use crate::diagnostics::{Diagnostic, PATH_COLLISION};
use crate::markdown::{Href, LinkKind};
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
            // Those of another repository stand apart, so that they never take the place of one's own.
            None if sources.repo_of(asset.file) != content.repository => {
                let other = &sources.repository(sources.repo_of(asset.file)).name;
                let output = routes::docs_asset(reference, &format!("_files/~{other}/{path}"));
                return (format!("~{other}/{path}"), output);
            }
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
    page_html_at(docs, site, page, &site.outputs[page], &mut |_, _| None, memo)
}

/// The same as it is seen from another output path, where `own` may lead links to pages of the site
/// somewhere else.
pub fn page_html_at(
    docs: &Docs,
    site: &Site,
    page: usize,
    from: &str,
    own: &mut dyn FnMut(usize, Option<&str>) -> Option<String>,
    memo: &dyn Memo,
) -> String {
    written(docs, site, page, &|to, anchor| href(from, to, anchor), &str::to_owned, own, memo)
}

/// The article of a page as TechDocs stores it: links to other sites lead to where these are stored.
pub(super) fn stored_html(docs: &Docs, site: &Site, page: usize, memo: &dyn Memo) -> String {
    let from = &site.outputs[page];
    written(
        docs,
        site,
        page,
        &|to, anchor| stored_href(from, to, anchor),
        &routes::docs_storage,
        &mut |_, _| None,
        memo,
    )
}

/// The article of a page: `href` makes links to output paths, `other` says where the page of
/// another site is, and `own` may lead links to pages of this one somewhere else.
fn written(
    docs: &Docs,
    site: &Site,
    page: usize,
    href: &dyn Fn(&str, Option<&str>) -> String,
    other: &dyn Fn(&str) -> String,
    own: &mut dyn FnMut(usize, Option<&str>) -> Option<String>,
    memo: &dyn Memo,
) -> String {
    let content = &site.content.pages[page];
    let mut to_page =
        |to: usize, anchor: Option<&str>| own(to, anchor).unwrap_or_else(|| href(&site.outputs[to], anchor));
    let is_reference =
        |link: usize| content.rendered.links.get(link).is_some_and(|one| one.kind == LinkKind::Reference);
    let mut resolve = |link| match content.targets.get(link) {
        Some(Target::Page { page: to, anchor }) if is_reference(link) => {
            Href::Titled(to_page(*to, anchor.as_deref()), site.content.pages[*to].title.clone())
        }
        Some(Target::Entity { title, output, anchor, .. }) => {
            Href::Titled(href(output, anchor.as_deref()), title.clone())
        }
        Some(Target::DocsPage { entity, page, anchor }) => {
            match docs.site_of(*entity).and_then(|site| site.outputs.get(*page)) {
                Some(to) => Href::To(href(&other(to), anchor.as_deref())),
                None => Href::Unlinked,
            }
        }
        None | Some(Target::Unlinked) => Href::Unlinked,
        Some(Target::Missing) => Href::Missing,
        Some(Target::Url(url)) => Href::To(url.clone()),
        Some(Target::Page { page: to, anchor }) => Href::To(to_page(*to, anchor.as_deref())),
        Some(Target::Elsewhere { file, anchor }) => match docs.page_of(*file) {
            Some(to) => Href::To(href(&other(to), anchor.as_deref())),
            None => Href::Unlinked,
        },
        Some(Target::Asset { asset, fragment }) => {
            let href = href(&site.asset_outputs[*asset], fragment.as_deref());
            match site.content.assets[*asset].extent {
                Some((width, height)) => Href::Picture { href, width, height },
                None => Href::To(href),
            }
        }
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
