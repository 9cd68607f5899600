//! The site: a linked catalog, docs and findings in, `(path, bytes)` out. Pure: nothing here
//! reads or writes a file. Pages are views (plain structs with ready links) put through the
//! theme's templates.

mod context;
mod decisions;
mod docs;
mod entity;
mod graph_svg;
mod home;
mod lists;
mod mentions;
mod public;
mod reports;
mod tables;
mod theme;
mod tree;
mod twin;
mod views;

pub use public::Public;
pub use theme::{ThemeError, ThemeFile};

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::base::{FileId, Memo, Sources};
use crate::config::Settings;
use crate::docs::{Absence, Docs};
use crate::graph::Graph;
use crate::markdown::escape;
use crate::model::{Catalog, EntityId, KindId};
use crate::report::Finding;
use crate::{api, routes};

use theme::Theme;
use views::Tally;

/// The name and version of this program.
const GENERATOR: &str = concat!("catalog ", env!("CARGO_PKG_VERSION"));

/// What a site is made from.
pub struct Input<'a> {
    /// The catalog.
    pub catalog: &'a Catalog,
    /// Its relations.
    pub graph: &'a Graph,
    /// The files.
    pub sources: &'a dyn Sources,
    /// The settings.
    pub settings: &'a Settings,
    /// What was found.
    pub findings: &'a [Finding],
    /// The documentation.
    pub docs: &'a Docs,
    /// Results of earlier work.
    pub memo: &'a dyn Memo,
    /// Files of the user's own theme.
    pub theme: &'a [ThemeFile],
}

/// Files by path, in order.
pub type Output = Vec<(String, Vec<u8>)>;

/// What pages read: the input with what is looked up often.
struct Site<'a> {
    catalog: &'a Catalog,
    graph: &'a Graph,
    sources: &'a dyn Sources,
    settings: &'a Settings,
    findings: &'a [Finding],
    docs: &'a Docs,
    memo: &'a dyn Memo,
    theme: Theme,
    by_entity: FxHashMap<EntityId, Vec<usize>>,
    total: Tally,
    kind_counts: Vec<(KindId, usize)>,
    entities_by_file: FxHashMap<FileId, usize>,
    entities_by_repository: Vec<usize>,
}

/// Builds the site.
pub fn build(input: &Input<'_>) -> Result<Output, ThemeError> {
    let site = Site::new(input)?;
    let mut files: Output = vec![home::home(&site)?, home::about(&site)?, home::not_found(&site)?, tree::page(&site)?];
    files.extend(reports::findings(&site)?);
    files.extend(reports::rules(&site)?);
    files.extend(site.theme.assets.iter().cloned());
    files.extend(docs::index(&site)?);
    for documentation in &input.docs.sites {
        files.extend(docs::files(&site, documentation)?);
    }
    let lists = lists::all(&site);
    let listed: Vec<Output> = lists.par_iter().map(|plan| lists::pages(&site, plan)).collect::<Result<_, _>>()?;
    files.extend(listed.into_iter().flatten());
    let public = site.public();
    let entities: Vec<Output> = input
        .catalog
        .entities
        .par_iter()
        .map(|entity| {
            let mut files = entity::pages(&site, entity.id)?;
            files.push((routes::entity_json(&entity.reference), public.entity_json(entity).unwrap_or_default()));
            files.push(twin::entity(&site, entity));
            if let Some(Ok(definition)) =
                api::definition(entity, site.sources).filter(|_| entity.reference.kind == "API")
            {
                files.push((
                    routes::api_definition(&entity.reference, definition.extension),
                    definition.text.into_bytes(),
                ));
            }
            Ok(files)
        })
        .collect::<Result<_, ThemeError>>()?;
    files.extend(entities.into_iter().flatten());
    files.push(("catalog.json".to_owned(), public.catalog_json().unwrap_or_default()));
    files.push(("interface.json".to_owned(), public.interface_json().unwrap_or_default()));
    files.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    Ok(files)
}

impl<'a> Site<'a> {
    fn new(input: &Input<'a>) -> Result<Self, ThemeError> {
        let mut by_entity: FxHashMap<EntityId, Vec<usize>> = FxHashMap::default();
        let mut total = Tally::default();
        for (at, (finding, _)) in input.findings.iter().enumerate() {
            context::add(&mut total, finding.level);
            if let Some(&id) = finding.entity.as_deref().and_then(|key| input.catalog.index.get(key)) {
                by_entity.entry(id).or_default().push(at);
            }
        }
        let mut counts: FxHashMap<KindId, usize> = FxHashMap::default();
        let mut entities_by_file: FxHashMap<FileId, usize> = FxHashMap::default();
        let mut entities_by_repository = vec![0; input.sources.repositories().len()];
        for entity in &input.catalog.entities {
            *counts.entry(entity.kind).or_default() += 1;
            *entities_by_file.entry(entity.file).or_default() += 1;
            entities_by_repository[input.sources.repo_of(entity.file).0 as usize] += 1;
        }
        let kind_counts =
            input.catalog.kinds.iter().map(|(id, _)| (id, counts.get(&id).copied().unwrap_or(0))).collect();
        let mut site = Self {
            catalog: input.catalog,
            graph: input.graph,
            sources: input.sources,
            settings: input.settings,
            findings: input.findings,
            docs: input.docs,
            memo: input.memo,
            theme: Theme::new(input.theme)?,
            by_entity,
            total,
            kind_counts,
            entities_by_file,
            entities_by_repository,
        };
        let globals = site.globals();
        site.theme.set_global("site", &globals);
        Ok(site)
    }

    fn globals(&self) -> SiteView {
        let entry = |title, path: &str, section| NavEntry {
            title,
            path: path.to_owned(),
            section,
            badge: None,
            badge_severity: None,
        };
        let mut findings = entry("Findings", &reports::findings_path(None, 1), "findings");
        let count = self.total.errors + self.total.warnings;
        findings.badge = (count > 0).then_some(count);
        findings.badge_severity = if self.total.errors > 0 { Some("error") } else { (count > 0).then_some("warning") };
        SiteView {
            title: self.settings.title(),
            organization: self.settings.organization.clone().unwrap_or_else(|| self.settings.title()),
            language: "en",
            generator: GENERATOR,
            noindex: self.settings.noindex,
            icon: self.theme.asset("assets/icon.svg").unwrap_or_default().to_owned(),
            styles: self.theme.styles(),
            about: "about.html",
            rules: "reports/rules/index.html",
            nav: vec![
                entry("Catalog", &routes::list(None, 1), "catalog"),
                entry("APIs", &routes::list(Some("API"), 1), "apis"),
                entry("Docs", "docs/index.html", "docs"),
                entry("Organisation", tree::PATH, "organisation"),
                findings,
            ],
        }
    }

    fn public(&self) -> Public<'_> {
        Public {
            catalog: self.catalog,
            graph: self.graph,
            sources: self.sources,
            organization: self.settings.organization.as_deref(),
        }
    }

    fn findings_of(&self, id: EntityId) -> Vec<&Finding> {
        self.by_entity.get(&id).into_iter().flatten().map(|&at| &self.findings[at]).collect()
    }

    fn tally(&self, id: EntityId) -> Tally {
        let mut tally = Tally::default();
        for (finding, _) in self.findings_of(id) {
            context::add(&mut tally, finding.level);
        }
        tally
    }

    fn ids_of(&self, kind: &str) -> Vec<EntityId> {
        let Some(id) = self.catalog.kinds.find(kind) else { return Vec::new() };
        self.catalog.entities.iter().filter(|entity| entity.kind == id).map(|entity| entity.id).collect()
    }

    fn count_of(&self, kind: &str) -> usize {
        let id = self.catalog.kinds.find(kind);
        self.kind_counts.iter().find(|(known, _)| Some(*known) == id).map_or(0, |(_, count)| *count)
    }

    fn entities_in(&self, file: FileId) -> usize {
        self.entities_by_file.get(&file).copied().unwrap_or(0)
    }

    /// The page of a file on its host, at the revision that was read.
    fn file_url(&self, file: FileId) -> Option<String> {
        let repository = self.sources.repository(self.sources.repo_of(file));
        let revision = repository.revision.as_deref().or(repository.branch.as_deref())?;
        repository.remote.as_ref()?.file_url(self.sources.hosts(), revision, self.sources.path(file))
    }

    /// The page of a file's folder on its host.
    fn folder_url(&self, file: FileId) -> Option<String> {
        let repository = self.sources.repository(self.sources.repo_of(file));
        let remote = repository.remote.as_ref()?;
        let folder = crate::base::paths::parent(self.sources.path(file));
        if folder.is_empty() {
            return Some(remote.web_url());
        }
        let revision = repository.branch.as_deref().or(repository.revision.as_deref())?;
        remote.file_url(self.sources.hosts(), revision, folder).map(|url| url.replacen("/blob/", "/tree/", 1))
    }

    /// The page on which a file can be edited.
    fn edit_url(&self, file: FileId) -> Option<String> {
        let repository = self.sources.repository(self.sources.repo_of(file));
        repository.remote.as_ref()?.edit_url(
            self.sources.hosts(),
            repository.branch.as_deref()?,
            self.sources.path(file),
        )
    }

    /// The first page of an entity's documentation, its own or another's.
    fn docs_home(&self, id: EntityId) -> Option<String> {
        if let Some(docs) = self.docs.site_of(id) {
            return Some(docs.home().to_owned());
        }
        let borrowed = self.docs.borrowed.iter().find(|borrowed| borrowed.entity == id)?;
        self.docs.site_of(borrowed.from).map(|docs| docs.home().to_owned())
    }

    fn docs_not_fetched(&self, id: EntityId) -> bool {
        self.docs.absent.iter().any(|absent| absent.entity == id && matches!(absent.why, Absence::NotFetched(_)))
    }

    /// Title, first page, and the titles and paths of all pages.
    fn docs_summary(&self, id: EntityId) -> Option<(String, String, Vec<(String, String)>)> {
        let docs = self.docs.site_of(id)?;
        let pages = docs.content.pages.iter().zip(&docs.outputs);
        let pages = pages.map(|(page, output)| (page.title.clone(), output.clone())).collect();
        Some((docs::title(self, docs), docs.home().to_owned(), pages))
    }

    fn docs_sites(&self) -> Vec<DocsSite> {
        let of = |docs: &crate::docs::Site| DocsSite {
            entity: docs.entity,
            title: docs::title(self, docs),
            home: docs.home().to_owned(),
            pages: docs.content.pages.len(),
        };
        self.docs.sites.iter().map(of).collect()
    }

    fn pages_by_repository(&self, index: usize) -> usize {
        let here = self.docs.sites.iter().filter(|docs| docs.content.repository.0 as usize == index);
        here.map(|docs| docs.content.pages.len()).sum()
    }
}

/// A documentation site in a list.
struct DocsSite {
    entity: EntityId,
    title: String,
    home: String,
    pages: usize,
}

#[derive(Serialize)]
struct SiteView {
    title: String,
    organization: String,
    language: &'static str,
    generator: &'static str,
    noindex: bool,
    icon: String,
    styles: Vec<String>,
    about: &'static str,
    rules: &'static str,
    nav: Vec<NavEntry>,
}

#[derive(Serialize)]
struct NavEntry {
    title: &'static str,
    path: String,
    section: &'static str,
    badge: Option<usize>,
    badge_severity: Option<&'static str>,
}

/// Text with `code` in it as an HTML paragraph.
fn paragraph(text: &str) -> String {
    let mut out = String::from("<p>");
    for (index, part) in text.split('`').enumerate() {
        if index % 2 == 1 {
            out.push_str(&format!("<code>{}</code>", escape(part)));
        } else {
            out.push_str(&escape(part));
        }
    }
    out.push_str("</p>");
    out
}
