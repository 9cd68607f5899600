//! Output paths of a site, and the HTML of its pages with every link relative to the page.

use std::sync::Arc;

use crate::base::{RepoId, Sources, Span};
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
    let (distinct, collisions) = routes::distinct(pages.chain(assets).collect());
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
    let asset_outputs = outputs.split_off(content.pages.len());
    (Site { entity, content, outputs, asset_outputs }, findings)
}

/// The article of a page, all links relative to its output path.
pub fn page_html(docs: &Docs, site: &Site, page: usize) -> String {
    page_html_at(docs, site, page, &site.outputs[page], &mut |_, _| None)
}

/// The same as it is seen from another output path, where `own` may lead links to pages of the site
/// somewhere else.
pub fn page_html_at(
    docs: &Docs,
    site: &Site,
    page: usize,
    from: &str,
    own: &mut dyn FnMut(usize, Option<&str>) -> Option<String>,
) -> String {
    let content = &site.content.pages[page];
    content.rendered.html(&mut |link| match content.targets.get(link) {
        None | Some(Target::Unlinked) => Href::Unlinked,
        Some(Target::Missing) => Href::Missing,
        Some(Target::Url(url)) => Href::To(url.clone()),
        Some(Target::Page { page: to, anchor }) => {
            Href::To(own(*to, anchor.as_deref()).unwrap_or_else(|| href(from, &site.outputs[*to], anchor.as_deref())))
        }
        Some(Target::Elsewhere { file, anchor }) => match docs.page_of(*file) {
            Some(to) => Href::To(href(from, to, anchor.as_deref())),
            None => Href::Unlinked,
        },
        Some(Target::Asset { asset, fragment }) => {
            Href::To(href(from, &site.asset_outputs[*asset], fragment.as_deref()))
        }
    })
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
