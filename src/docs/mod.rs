//! Documentation sites: which entities have one, its settings, pages and nav, and where every
//! link of every page leads. Reads through `Sources`, renders through `markdown`, and writes
//! nothing: `site` asks for the HTML of a page.
//!
//! Two entities may name one folder. Its pages are then read, rendered and reported on once
//! ([`Content`]), and each entity has a site of its own with its own paths.

mod across;
mod adr;
mod advice;
mod assets;
mod backstage;
mod borrowed;
mod collect;
mod edit;
mod entities;
mod extensions;
mod files;
mod ignored;
mod index;
mod items;
mod layers;
mod links;
mod lint;
mod literate;
mod locate;
mod mentions;
mod mounts;
mod nav;
mod order;
mod order_files;
mod patterns;
mod plugins;
mod records;
mod redirects;
mod render;
mod settings;
mod snippets;
mod sorting;
mod titles;
mod tree;
mod wildcards;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_options;
#[cfg(test)]
mod tests_site;

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::{FileId, Memo, RepoId, Sources, Span};
use crate::config::Settings;
use crate::diagnostics::Diagnostic;
use crate::markdown::{Diagrams, Rendered};
use crate::model::{Catalog, EntityId};

pub use crate::base::history::OLD_DAYS;
pub use assets::{Asset, asset_bytes};
pub use backstage::extra_files;
pub use borrowed::Borrowed;
pub use collect::shown_as_source;
pub use edit::edit_url;
pub use locate::{Absence, Absent};
pub use mentions::Mention;
pub use mounts::Mount;
pub use nav::{NavNode, NavTarget};
pub use records::{Decisions, Record};
pub use redirects::Redirected;
pub use render::{page_html, page_html_at, web_url};
pub use settings::{Edit, Environment, Validation};

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
    /// When ages are judged, in seconds since 1970; nothing where no commit is in view.
    pub now: Option<i64>,
    /// The first page that a file became: site and page.
    by_file: FxHashMap<FileId, (usize, usize)>,
    /// Pages by the entities that they mention.
    mentions: FxHashMap<EntityId, Vec<Mention>>,
    decisions: FxHashMap<EntityId, Decisions>,
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
    /// The output path of each redirect.
    pub redirect_outputs: Vec<String>,
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
    /// `site_url`.
    pub site_url: Option<String>,
    /// `use_directory_urls`.
    pub directory_urls: bool,
    /// The first and last level of headings that lists of them have.
    pub listed: (u8, u8),
    /// The levels that `validation` gives.
    pub validation: Validation,
    /// The folders of the pages: its own, then those of the sites that it includes.
    pub mounts: Vec<Mount>,
    /// Pages that went elsewhere.
    pub redirects: Vec<Redirected>,
    /// The pages, by their path in the site.
    pub pages: Vec<Page>,
    /// The pages that previous and next lead through.
    pub order: Vec<usize>,
    /// The nav.
    pub nav: Vec<NavNode>,
    /// Files that pages show or lead to.
    pub assets: Vec<Asset>,
    /// The page to begin with.
    pub home: usize,
    /// Whether the nav was written, page by page, and not made from the folders.
    has_nav: bool,
    /// Pages that may be missing in the nav.
    not_in_nav: FxHashSet<usize>,
    /// The pages that are decision records.
    records: FxHashSet<usize>,
    /// Where each page stands in `order`.
    place: Vec<Option<usize>>,
}

/// A page.
#[derive(Debug)]
pub struct Page {
    /// Its file.
    pub file: FileId,
    /// Its path in the site: below the folder of the pages, after the name of an included site.
    pub source: String,
    /// Which of the folders it is from.
    pub mount: usize,
    /// Its title.
    pub title: String,
    /// Its content.
    pub rendered: Rendered,
    /// Where each of its links leads.
    pub targets: Vec<Target>,
}

impl Page {
    /// Where a span of its content is: in its own file, or in one that it includes.
    fn place(&self, span: Span) -> (FileId, Span) {
        let (included, span) = self.rendered.place(span);
        (included.map_or(self.file, FileId), span)
    }
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
    /// To a page of the documentation of an entity.
    DocsPage {
        /// Whose.
        entity: EntityId,
        /// Which.
        page: usize,
        /// The id on it.
        anchor: Option<String>,
    },
    /// To the page of an entity.
    Entity {
        /// Which.
        entity: EntityId,
        /// Its title.
        title: String,
        /// The output path of its page.
        output: String,
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
pub fn find(
    catalog: &Catalog,
    sources: &dyn Sources,
    settings: &Settings,
    environment: &Environment,
    now: Option<i64>,
    memo: &dyn Memo,
) -> (Docs, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let located = locate::locate(catalog, sources, &mut findings);
    let read: Vec<(Draft, Vec<Diagnostic>)> = located
        .folders
        .par_iter()
        .map(|folder| collect::read(folder, catalog, sources, environment, &settings.docs_frames, memo))
        .collect();
    let mut drafts = Vec::with_capacity(read.len());
    for (draft, more) in read {
        findings.extend(more);
        drafts.push(draft);
    }
    let index = index::Index::new(&drafts, &located, catalog, settings);
    let resolved: Vec<links::Resolved> = (0..drafts.len())
        .into_par_iter()
        .map(|number| links::resolve(number, &drafts, &index, catalog, sources))
        .collect();
    let owners: Vec<EntityId> = drafts.iter().map(|draft| draft.entity).collect();
    let mut shared: Vec<Arc<Content>> = Vec::with_capacity(drafts.len());
    for (draft, (targets, assets, more)) in drafts.into_iter().zip(resolved) {
        findings.extend(more);
        shared.push(Arc::new(draft.finish(targets, assets)));
    }
    let linted: Vec<Vec<Diagnostic>> = shared
        .par_iter()
        .zip(&owners)
        .map(|(content, entity)| lint::content(content, *entity, catalog, sources, settings, now))
        .collect();
    findings.extend(linted.into_iter().flatten());
    let mut docs = Docs { absent: located.absent, now, ..Docs::default() };
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
    let (borrowed, more) = borrowed::borrow(catalog, &docs, catalog.world == crate::config::World::Closed);
    docs.borrowed = borrowed;
    findings.extend(more);
    docs.mentions = mentions::gather(&docs);
    let (decisions, more) = records::gather(&docs, catalog, sources);
    docs.decisions = decisions;
    findings.extend(more);
    findings.extend(lint::undocumented(&docs, catalog, settings));
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
    /// Pages by their path in the site; other names of one page too.
    by_source: FxHashMap<String, usize>,
    /// Pages that went out of the site, by the path that they had in it.
    moved: FxHashMap<String, String>,
    /// The headings that redirects lead to, by the path that led there.
    landed: FxHashMap<String, String>,
    /// Whether a README is all there is.
    single: bool,
}

impl Draft {
    /// Gives a page another name in the site.
    fn name(&mut self, alias: String, source: &str) {
        let Some(&page) = self.by_source.get(source) else { return };
        self.by_path.entry(self.content.physical(&alias)).or_insert(page);
        self.by_source.entry(alias).or_insert(page);
    }

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

    /// What an entity uses of another one's documentation, or which page of its own comes first.
    pub fn borrowed_by(&self, entity: EntityId) -> Option<&Borrowed> {
        let at = self.borrowed.binary_search_by_key(&entity, |borrowed| borrowed.entity).ok()?;
        self.borrowed.get(at)
    }

    /// The pages that mention an entity, in the order of sites.
    pub fn mentions_of(&self, entity: EntityId) -> &[Mention] {
        self.mentions.get(&entity).map_or(&[], Vec::as_slice)
    }

    /// The decision records of an entity.
    pub fn decisions_of(&self, entity: EntityId) -> Option<&Decisions> {
        self.decisions.get(&entity)
    }

    /// The output path of the page that a file became.
    pub fn page_of(&self, file: FileId) -> Option<&str> {
        let (site, page) = self.page_at(file)?;
        Some(&site.outputs[page])
    }

    /// The first site that has a file as a page, and which page.
    pub fn page_at(&self, file: FileId) -> Option<(&Site, usize)> {
        let (site, page) = self.by_file.get(&file)?;
        Some((&self.sites[*site], *page))
    }

    /// The diagrams of all pages in numbers; a page that several sites show counts once.
    pub fn diagrams(&self) -> Diagrams {
        let mut seen = FxHashSet::default();
        let mut sum = Diagrams::default();
        for page in self.sites.iter().flat_map(|site| &site.content.pages) {
            if seen.insert(page.file) {
                sum.drawn += page.rendered.diagrams.drawn;
                sum.shown += page.rendered.diagrams.shown;
            }
        }
        sum
    }
}

impl Site {
    /// The page to begin with, as an output path.
    pub fn home(&self) -> &str {
        self.outputs.get(self.content.home).map_or("", String::as_str)
    }
}

impl Content {
    /// The path in the repository of a path in the site.
    fn physical(&self, source: &str) -> String {
        let inside = |mount: &Mount| match source.strip_prefix(mount.prefix.as_str())? {
            rest if mount.prefix.is_empty() => Some(rest.to_owned()),
            "" => Some(String::new()),
            rest => rest.strip_prefix('/').map(str::to_owned),
        };
        let nearest = self.mounts.iter().filter(|mount| inside(mount).is_some()).max_by_key(|mount| mount.prefix.len());
        let Some(mount) = nearest else { return source.to_owned() };
        let rest = inside(mount).unwrap_or_default();
        [mount.docs_dir.as_str(), &rest].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("/")
    }

    /// The pages before and after a page, by the nav.
    pub fn neighbours(&self, page: usize) -> (Option<usize>, Option<usize>) {
        let Some(at) = self.place.get(page).copied().flatten() else { return (None, None) };
        (at.checked_sub(1).and_then(|at| self.order.get(at)).copied(), self.order.get(at + 1).copied())
    }
}
