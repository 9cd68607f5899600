//! Documentation sites: which entities have one, its settings, pages and nav, and where every
//! link of every page leads. Reads through `Sources`, renders through `markdown`, and writes
//! nothing: `site` asks for the HTML of a page.
//!
//! Two entities may name one folder. Its pages are then read, rendered and reported on once
//! ([`Content`]), and each entity has a site of its own with its own paths.

mod advice;
mod assets;
mod collect;
mod links;
mod locate;
mod nav;
mod render;
mod settings;
mod titles;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::base::{FileId, Memo, RepoId, Sources};
use crate::diagnostics::Diagnostic;
use crate::markdown::Rendered;
use crate::model::{Catalog, EntityId};

pub use assets::{Asset, asset_bytes};
pub use locate::{Absence, Absent, Borrowed};
pub use nav::{NavNode, NavTarget};
pub use render::{page_html, page_html_at, web_url};

/// Most pages of one site.
pub const MAX_PAGES: usize = 20_000;

/// All documentation of a catalog.
#[derive(Debug, Default)]
pub struct Docs {
    /// The sites, in the order of their entities.
    pub sites: Vec<Site>,
    /// Entities whose documentation is not in view or not there.
    pub absent: Vec<Absent>,
    /// Entities that use the documentation of another one.
    pub borrowed: Vec<Borrowed>,
    /// The first page that a file became: site and page.
    by_file: FxHashMap<FileId, (usize, usize)>,
}

/// The documentation of one entity.
#[derive(Debug)]
pub struct Site {
    /// Whose it is.
    pub entity: EntityId,
    /// What it holds.
    pub content: Arc<Content>,
    /// The output path of each page.
    pub outputs: Vec<String>,
    /// The output path of each asset.
    pub asset_outputs: Vec<String>,
}

/// A documentation folder as it was read.
#[derive(Debug)]
pub struct Content {
    /// The repository.
    pub repository: RepoId,
    /// The folder that was named.
    pub root: String,
    /// The folder of the pages.
    pub docs_dir: String,
    /// `mkdocs.yml`, where there is one.
    pub settings_file: Option<FileId>,
    /// `site_name`.
    pub name: Option<String>,
    /// `site_description`.
    pub description: Option<String>,
    /// `repo_url`.
    pub repo_url: Option<String>,
    /// `edit_uri`.
    pub edit_uri: Option<String>,
    /// The pages: in the order of nav, then the others by path.
    pub pages: Vec<Page>,
    /// The pages that previous and next lead through.
    pub order: Vec<usize>,
    /// The nav.
    pub nav: Vec<NavNode>,
    /// Files that pages show or lead to.
    pub assets: Vec<Asset>,
    /// The page to begin with.
    pub home: usize,
    /// Where each page stands in `order`.
    place: Vec<Option<usize>>,
}

/// A page.
#[derive(Debug)]
pub struct Page {
    /// Its file.
    pub file: FileId,
    /// Its path below the folder of the pages.
    pub source: String,
    /// Its title.
    pub title: String,
    /// Its content.
    pub rendered: Rendered,
    /// Where each of its links leads.
    pub targets: Vec<Target>,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To a page of the same site.
    Page {
        /// Which.
        page: usize,
        /// The id on it.
        anchor: Option<String>,
    },
    /// To the page of another site that a file became.
    Elsewhere {
        /// The file.
        file: FileId,
        /// The id on it.
        anchor: Option<String>,
    },
    /// To a file that is copied.
    Asset {
        /// Which.
        asset: usize,
        /// What stands after the `#`.
        fragment: Option<String>,
    },
    /// Out of the site.
    Url(String),
    /// To nothing: there is a finding about it.
    Missing,
    /// To something that is no part of the site and has no address.
    Unlinked,
}

/// Reads all documentation.
pub fn find(catalog: &Catalog, sources: &dyn Sources, memo: &dyn Memo) -> (Docs, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let located = locate::locate(catalog, sources, &mut findings);
    let read: Vec<(Draft, Vec<Diagnostic>)> =
        located.folders.par_iter().map(|folder| collect::read(folder, catalog, sources, memo)).collect();
    let mut drafts = Vec::with_capacity(read.len());
    for (draft, more) in read {
        findings.extend(more);
        drafts.push(draft);
    }
    let index = links::Index::new(&drafts);
    let resolved: Vec<links::Resolved> = (0..drafts.len())
        .into_par_iter()
        .map(|number| links::resolve(number, &drafts, &index, catalog, sources))
        .collect();
    let mut shared = Vec::with_capacity(drafts.len());
    for (draft, (targets, assets, more)) in drafts.into_iter().zip(resolved) {
        findings.extend(more);
        shared.push(Arc::new(draft.finish(targets, assets)));
    }
    let mut docs = Docs { absent: located.absent, borrowed: located.borrowed, ..Docs::default() };
    for (entity, folder) in located.entities {
        let (site, more) = render::site(catalog, sources, entity, Arc::clone(&shared[folder]));
        findings.extend(more);
        docs.sites.push(site);
    }
    for (number, site) in docs.sites.iter().enumerate() {
        for (page, content) in site.content.pages.iter().enumerate() {
            docs.by_file.entry(content.file).or_insert((number, page));
        }
    }
    (docs, findings)
}

/// A folder that was read and rendered, its links still open.
#[derive(Debug)]
struct Draft {
    content: Content,
    /// The entity that findings name.
    entity: EntityId,
    /// Pages by their path in the repository; other names of one page too.
    by_path: FxHashMap<String, usize>,
    /// Whether a README is all there is.
    single: bool,
}

impl Draft {
    fn finish(self, targets: Vec<Vec<Target>>, assets: Vec<Asset>) -> Content {
        let mut content = self.content;
        for (page, targets) in content.pages.iter_mut().zip(targets) {
            page.targets = targets;
        }
        content.assets = assets;
        content
    }
}

impl Docs {
    /// The site of an entity.
    pub fn site_of(&self, entity: EntityId) -> Option<&Site> {
        let at = self.sites.binary_search_by_key(&entity, |site| site.entity).ok()?;
        self.sites.get(at)
    }

    /// The output path of the page that a file became.
    pub fn page_of(&self, file: FileId) -> Option<&str> {
        let (site, page) = self.by_file.get(&file)?;
        Some(&self.sites[*site].outputs[*page])
    }
}

impl Site {
    /// The page to begin with, as an output path.
    pub fn home(&self) -> &str {
        self.outputs.get(self.content.home).map_or("", String::as_str)
    }
}

impl Content {
    /// The pages before and after a page, by the nav.
    pub fn neighbours(&self, page: usize) -> (Option<usize>, Option<usize>) {
        let Some(at) = self.place.get(page).copied().flatten() else { return (None, None) };
        (at.checked_sub(1).and_then(|at| self.order.get(at)).copied(), self.order.get(at + 1).copied())
    }
}
