//! The site: a linked catalog, docs and findings in, `(path, bytes)` out, each file given away as
//! soon as it is made. Pure: nothing here reads or writes a file. Pages are views (plain structs
//! with ready links) put through the theme's templates.

mod about;
mod api;
mod bar;
mod borders;
mod cards;
mod changes;
mod contacts;
mod context;
mod decisions;
mod described;
mod docs;
mod drawing;
mod entity;
mod home;
mod index;
mod ledger;
mod lists;
mod machines;
mod map;
mod mentions;
mod pages;
mod public;
mod reports;
mod search;
mod tables;
mod team;
mod theme;
mod tree;
mod twin;
mod views;
mod whole;

pub use public::Public;
pub use theme::ThemeError;

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use crate::api::Apis;
use crate::base::{FileId, Memo, Sources};
use crate::check::MoveProblem;
use crate::config::{Settings, Twins};
use crate::docs::Docs;
use crate::graph::{Dependents, Graph};
use crate::markdown::escape;
use crate::model::{Catalog, Entity, EntityId, KindId};
use crate::report::Finding;
use crate::routes;
use crate::theme::{Look, Texts};

use index::Index;
use ledger::Ledger;
use theme::Theme;
use views::Tally;

/// The name and version of this program.
const GENERATOR: &str = concat!("catalog ", env!("CARGO_PKG_VERSION"));

/// What a page may load and do. Images of other hosts are shown, because badges are; nothing else
/// comes from elsewhere, and nothing that stands in a page runs.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; font-src 'self'; \
    media-src 'self' https:; connect-src 'self'; frame-src 'none'; base-uri 'none'; form-action 'self'";

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
    /// The API definitions.
    pub apis: &'a Apis,
    /// Results of earlier work.
    pub memo: &'a dyn Memo,
    /// How it looks.
    pub look: &'a Look,
}

/// Takes the files of a site as they are made: from several threads, in any order.
pub trait Sink: Sync {
    /// Takes a file.
    fn put(&self, path: String, bytes: Vec<u8>) -> Result<(), SinkError>;
}

/// Why a sink did not take a file.
pub type SinkError = Box<dyn std::error::Error + Send + Sync>;

impl<F: Fn(String, Vec<u8>) -> Result<(), SinkError> + Sync> Sink for F {
    fn put(&self, path: String, bytes: Vec<u8>) -> Result<(), SinkError> {
        self(path, bytes)
    }
}

/// Why a site was not built.
#[derive(Debug)]
pub enum Error {
    /// The theme has a mistake.
    Theme(ThemeError),
    /// A file was not taken.
    Sink(SinkError),
}

impl From<ThemeError> for Error {
    fn from(error: ThemeError) -> Self {
        Self::Theme(error)
    }
}

/// What pages read: the input with what is looked up often.
struct Site<'a> {
    catalog: &'a Catalog,
    graph: &'a Graph,
    sources: &'a dyn Sources,
    settings: &'a Settings,
    findings: &'a [Finding],
    docs: &'a Docs,
    apis: &'a Apis,
    memo: &'a dyn Memo,
    sink: &'a dyn Sink,
    theme: Theme,
    annotations: &'a [crate::config::AnnotationLink],
    look: &'a Look,
    index: Index,
    total: Tally,
    references: api::References,
    ledger: Ledger,
    dependents: Dependents,
    changes: changes::Changes<'a>,
    /// The first file of what the script of lists reads.
    list_data: Option<String>,
}

/// Builds the site. Of what was given to the sink nothing is kept. Gives the redirects of the settings that lead nowhere.
pub fn build(input: &Input<'_>, sink: &dyn Sink) -> Result<Vec<MoveProblem>, Error> {
    let mut site = Site::new(input, sink)?;
    docs::read_histories(&site);
    site.changes = changes::gather(&site);
    reported(&site)?;
    for (path, bytes) in [about::about(&site)?, about::not_found(&site)?, tree::page(&site)?] {
        site.put(path, bytes)?;
    }
    changes::pages(&site)?;
    changes::feeds(&site)?;
    for (path, bytes) in &site.theme.assets {
        site.put(path.clone(), bytes.clone())?;
    }
    // First, because other pages lead to parts of these.
    site.references = api::references(&site)?;
    site.list_data = Some(lists::data(&site)?);
    let site = site;
    // On its own thread, because it goes from record to record and waits for nothing.
    let (searched, made) = rayon::join(|| search::files(&site), || all_pages(&site));
    searched?;
    made?;
    machines::files(&site)
}

/// The home page, the reports and the findings.
fn reported(site: &Site<'_>) -> Result<(), Error> {
    let (rules, owners) = (reports::by_rule(site), reports::by_owner(site));
    let all = reports::all(site, &rules, &owners);
    let (path, bytes) = home::home(site, &all)?;
    site.put(path, bytes)?;
    reports::pages(site, &all)?;
    reports::findings(site, &rules, &owners)?;
    reports::rules(site)
}

/// The pages of docs, lists and entities, and those of the theme.
fn all_pages(site: &Site<'_>) -> Result<(), Error> {
    pages::all(site)?;
    docs::home(site)?;
    site.docs.sites.par_iter().try_for_each(|documentation| docs::files(site, documentation))?;
    api::indexes(site)?;
    cards::files(site)?;
    lists::files(site)?;
    map::files(site)?;
    site.catalog.entities.par_iter().try_for_each(|entity| files_of(site, entity))
}

/// The files of one entity.
fn files_of(site: &Site<'_>, entity: &Entity) -> Result<(), Error> {
    entity::pages(site, entity.id)?;
    machines::of_entity(site, entity)?;
    if let Some(read) = site.apis.read(entity.id) {
        let definition = &read.definition;
        let path = routes::api_definition(&entity.reference, definition.extension);
        site.put(path, definition.text.clone().into_bytes())?;
    }
    Ok(())
}

impl<'a> Site<'a> {
    fn new(input: &Input<'a>, sink: &'a dyn Sink) -> Result<Self, ThemeError> {
        let mut total = Tally::default();
        for (finding, _) in input.findings {
            context::add(&mut total, finding.level);
        }
        let mut site = Self {
            catalog: input.catalog,
            graph: input.graph,
            sources: input.sources,
            settings: input.settings,
            findings: input.findings,
            docs: input.docs,
            apis: input.apis,
            memo: input.memo,
            sink,
            theme: Theme::new(input.look)?,
            annotations: &input.look.annotations,
            look: input.look,
            index: Index::new(input),
            total,
            references: api::References::default(),
            ledger: Ledger::default(),
            dependents: Dependents::new(input.graph),
            changes: changes::Changes::default(),
            list_data: None,
        };
        let globals = site.globals();
        site.theme.set_global("site", &globals);
        Ok(site)
    }

    /// Whether the JSON and Markdown of a page stand beside it.
    fn has_twins(&self) -> bool {
        self.settings.publish.twins == Twins::Files
    }

    fn put(&self, path: String, bytes: Vec<u8>) -> Result<(), Error> {
        self.ledger.note(&path);
        self.sink.put(path, bytes).map_err(Error::Sink)
    }

    fn globals(&self) -> SiteView {
        SiteView {
            title: self.settings.title(),
            organization: self.settings.organization.clone().unwrap_or_else(|| self.settings.title()),
            language: self.texts().language.clone(),
            direction: self.texts().direction,
            generator: GENERATOR,
            url: self.settings.site_url.clone(),
            open_search: self.settings.site_url.as_ref().map(|_| machines::OPEN_SEARCH),
            noindex: self.settings.noindex,
            icon: self.theme.asset("assets/icon.svg").unwrap_or_default().to_owned(),
            styles: self.theme.styles(),
            scripts: self.theme.scripts(),
            own_scripts: self.theme.own_scripts(),
            own_styles: self.theme.own_styles(),
            search: routes::SEARCH,
            search_parts: self.theme.search_parts(),
            cards: cards::files_for(self.catalog.entities.len()),
            policy: POLICY,
            about: "about.html",
            rules: reports::RULES_PATH,
            changes: routes::changes(1),
            reports: routes::REPORTS,
            logo: self.look.logo.clone().map(|logo| LogoView { light: logo.light, dark: logo.dark }),
            nav: bar::entries(self),
        }
    }

    /// A text of the theme.
    fn t(&self, english: &str) -> String {
        self.texts().t(english).to_owned()
    }

    /// The words of the theme.
    fn texts(&self) -> &Texts {
        &self.theme.texts
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
        self.index.findings_of_entity.get(&id).into_iter().flatten().map(|&at| &self.findings[at]).collect()
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
        self.index.kind_counts.iter().find(|(known, _)| Some(*known) == id).map_or(0, |(_, count)| *count)
    }

    /// What the kind of an entity is called.
    fn kind_label(&self, id: EntityId) -> String {
        self.t(&self.catalog.kinds.get(self.catalog.entity(id).kind).name)
    }

    /// So many of a kind, in words.
    fn counted(&self, kind: KindId, count: usize) -> String {
        let kind = self.catalog.kinds.get(kind);
        self.texts().counted(count, &kind.singular(), &kind.plural)
    }

    fn entities_in(&self, file: FileId) -> usize {
        self.index.entities_by_file.get(&file).copied().unwrap_or(0)
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
        let Some(borrowed) = self.docs.borrowed_by(id) else {
            return self.docs.site_of(id).map(|docs| docs.home().to_owned());
        };
        let docs = self.docs.site_of(borrowed.from)?;
        Some(borrowed.page.and_then(|page| docs.outputs.get(page)).map_or(docs.home(), String::as_str).to_owned())
    }

    fn docs_not_fetched(&self, id: EntityId) -> bool {
        self.index.docs_not_fetched.contains(&id)
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
    language: String,
    direction: &'static str,
    generator: &'static str,
    url: Option<String>,
    open_search: Option<&'static str>,
    noindex: bool,
    icon: String,
    styles: Vec<String>,
    scripts: Vec<String>,
    own_scripts: BTreeMap<&'static str, String>,
    own_styles: BTreeMap<&'static str, String>,
    search: &'static str,
    search_parts: Vec<String>,
    cards: usize,
    policy: &'static str,
    about: &'static str,
    rules: &'static str,
    changes: String,
    reports: &'static str,
    logo: Option<LogoView>,
    nav: Vec<bar::Entry>,
}

/// Paths of the logo from the root.
#[derive(Serialize)]
struct LogoView {
    light: String,
    dark: Option<String>,
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
