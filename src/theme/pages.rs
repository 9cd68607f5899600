//! Pages that the theme adds: Markdown below `pages/` of its folder, with links to entities, to each
//! other and to places of the site, and with query blocks. Their findings have file and line like those
//! of documentation.

use rustc_hash::FxHashMap;

use crate::base::{FileId, Memo, Sources, paths};
use crate::diagnostics::{BROKEN_LINK, Diagnostic};
use crate::graph::Graph;
use crate::markdown::{self, Href, LinkKind, Options, Rendered};
use crate::model::format::is_dangerous_url;
use crate::model::{Catalog, Context, EntityRef};
use crate::routes;

use super::query::{self, Query};
use super::{Look, hashed_name};

/// Where the pages are in the folder of the theme.
pub(super) const FOLDER: &str = "pages/";

/// Most pages of a theme.
const MAX_PAGES: usize = 1_000;

/// Files that pages may show.
const PICTURES: &[&str] = &["svg", "png", "webp", "jpg", "jpeg", "avif", "gif"];

/// A page of the theme.
#[derive(Debug)]
pub struct Page {
    /// Its path in the theme's folder: `pages/handbook.md`.
    pub source: String,
    /// Its output path.
    pub output: String,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub description: Option<String>,
    /// Whether the bar leads to it.
    pub in_bar: bool,
    /// Its content, with a mark for each query.
    pub rendered: Rendered,
    /// Its queries; nothing where one could not be understood.
    pub queries: Vec<Option<Query>>,
    /// Where its links lead.
    targets: Vec<Target>,
}

/// Where a link leads.
#[derive(Debug)]
enum Target {
    Output(String),
    Entity(String, String),
    Url(String),
    Missing,
    Unlinked,
}

impl Page {
    /// The parts of its HTML: what stands before each query, and that; last what comes after all.
    pub fn parts(&self, memo: &dyn Memo) -> Vec<(String, Option<&Query>)> {
        let mut resolve = |link: usize| match self.targets.get(link) {
            Some(Target::Output(to)) => Href::To(self.link(to)),
            Some(Target::Entity(to, title)) => Href::Titled(routes::link(&self.output, to), title.clone()),
            Some(Target::Url(url)) => Href::To(url.clone()),
            Some(Target::Missing) => Href::Missing,
            None | Some(Target::Unlinked) => Href::Unlinked,
        };
        let html = self.rendered.html(&mut resolve, memo);
        let mut parts = Vec::new();
        let mut rest = html.as_str();
        for (number, query) in self.queries.iter().enumerate() {
            let mark = format!("<p>{}{number}{}</p>", query::OPEN, query::CLOSE);
            if let Some((before, after)) = rest.split_once(&mark) {
                parts.push((before.trim().to_owned(), query.as_ref()));
                rest = after;
            }
        }
        parts.push((rest.trim().to_owned(), None));
        parts
    }

    /// Its words, for the search.
    pub fn text(&self) -> String {
        let is_mark = |c: char| matches!(c, query::OPEN | query::CLOSE);
        let mut out = String::with_capacity(self.rendered.text.len());
        for (index, part) in self.rendered.text.split(is_mark).enumerate() {
            // Every second part is the number between two marks.
            if index % 2 == 0 || self.queries.is_empty() {
                out.push_str(part);
            }
        }
        out
    }

    fn link(&self, to: &str) -> String {
        match to.strip_prefix(&self.output).filter(|rest| rest.starts_with('#')) {
            Some(anchor) => anchor.to_owned(),
            None => routes::link(&self.output, to),
        }
    }
}

/// What pages are read with.
pub(super) struct Reader<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) graph: &'a Graph,
    pub(super) sources: &'a dyn Sources,
    pub(super) memo: &'a dyn Memo,
    /// The folder of the theme.
    pub(super) folder: &'a str,
}

impl Reader<'_> {
    /// Reads all pages among the files of a theme.
    pub(super) fn read(&self, files: &[FileId], look: &mut Look, findings: &mut Vec<Diagnostic>) {
        let in_theme = |file: &FileId| self.sources.path(*file)[self.folder.len() + 1..].to_owned();
        let is_page = |path: &str| path.starts_with(FOLDER) && paths::extension(path) == "md";
        let named: Vec<(String, FileId)> = files
            .iter()
            .map(|file| (in_theme(file), *file))
            .filter(|(path, _)| is_page(path))
            .take(MAX_PAGES)
            .collect();
        let outputs = named.iter().map(|(path, _)| (path.clone(), routes::theme_page(path)));
        let outputs: FxHashMap<String, String> = routes::distinct(outputs.collect()).0.into_iter().collect();
        let mut pages: Vec<Page> =
            named.iter().filter_map(|(path, file)| self.page(path, *file, &outputs, findings)).collect();
        let anchors: FxHashMap<String, Vec<String>> =
            pages.iter().map(|page| (page.source.clone(), page.rendered.anchors.clone())).collect();
        let titles: FxHashMap<&String, FileId> = named.iter().map(|(path, file)| (path, *file)).collect();
        for page in &mut pages {
            let file = titles[&page.source];
            let around = Around { reader: self, file, outputs: &outputs, anchors: &anchors };
            page.targets = around.targets(page, look, findings);
        }
        look.pages = pages;
    }

    fn page(
        &self,
        path: &str,
        file: FileId,
        outputs: &FxHashMap<String, String>,
        findings: &mut Vec<Diagnostic>,
    ) -> Option<Page> {
        let text = self.sources.text(file).ok()?;
        let (shown, blocks) = query::taken_out(text.as_str());
        let rendered = markdown::render(&shown, &Options::PAGE, self.memo);
        let mut reader = query::Reader { catalog: self.catalog, graph: self.graph, file, findings };
        let queries = blocks.iter().map(|block| reader.read(text.as_str(), *block)).collect();
        let front = rendered.front_matter.as_ref();
        let said = |key: &str| front.and_then(|front| front.text(key));
        let stem = paths::file_name(path).trim_end_matches(".md").replace(['-', '_'], " ");
        Some(Page {
            source: path.to_owned(),
            output: outputs.get(path)?.clone(),
            title: said("title").or_else(|| rendered.title.clone()).unwrap_or_else(|| super::capitalised(&stem)),
            description: said("description")
                .or_else(|| rendered.lead.clone().filter(|lead| !lead.contains(query::OPEN))),
            in_bar: said("nav").is_some_and(|text| text == "true"),
            queries,
            targets: Vec::new(),
            rendered,
        })
    }
}

/// What the links of one page are resolved with.
struct Around<'a> {
    reader: &'a Reader<'a>,
    file: FileId,
    outputs: &'a FxHashMap<String, String>,
    anchors: &'a FxHashMap<String, Vec<String>>,
}

impl Around<'_> {
    fn targets(&self, page: &Page, look: &mut Look, findings: &mut Vec<Diagnostic>) -> Vec<Target> {
        let mut out = Vec::with_capacity(page.rendered.links.len());
        for link in &page.rendered.links {
            let target = self.target(&page.source, &link.target, link.kind, look).unwrap_or_else(|(message, help)| {
                let finding = Diagnostic::new(&BROKEN_LINK, message).at(self.file, link.span);
                findings.push(finding.maybe_help(help));
                Target::Missing
            });
            out.push(target);
        }
        out
    }

    fn target(
        &self,
        source: &str,
        text: &str,
        kind: LinkKind,
        look: &mut Look,
    ) -> Result<Target, (String, Option<String>)> {
        let text = text.trim();
        if is_dangerous_url(text) {
            return Ok(Target::Unlinked);
        }
        if ["https://", "http://", "mailto:"].iter().any(|scheme| text.starts_with(scheme)) {
            return Ok(Target::Url(crate::base::hosts::without_credentials(text)));
        }
        if !kind.is_image()
            && let Some(target) = entity(self.reader.catalog, text)
        {
            return Ok(target);
        }
        if matches!(kind, LinkKind::Reference) || names_kind(self.reader.catalog, text) {
            let keys = self.reader.catalog.index.keys().map(String::as_str);
            let help = crate::diagnostics::did_you_mean(&text.to_lowercase(), keys);
            return Err((format!("there is no entity `{text}` in the catalog"), help));
        }
        let (path, anchor) = text.split_once('#').map_or((text, None), |(path, anchor)| (path, Some(anchor)));
        // From the root of the site, whose other pages are not known here.
        if let Some(of_site) = text.strip_prefix('/') {
            return Ok(Target::Output(of_site.to_owned()));
        }
        let joined = if path.is_empty() {
            Ok(source.to_owned())
        } else {
            paths::join(paths::parent(source), &paths::percent_decoded(path))
        };
        let Ok(joined) = joined else { return Err((format!("`{text}` leads out of the theme"), None)) };
        if let Some(output) = self.outputs.get(&joined) {
            let known = self.anchors.get(&joined).map_or(&[][..], Vec::as_slice);
            return match anchor.filter(|anchor| !anchor.is_empty()) {
                Some(anchor) if !known.iter().any(|id| id == anchor) => {
                    let help = crate::diagnostics::did_you_mean(anchor, known.iter().map(String::as_str));
                    Err((format!("`{joined}` has no heading `#{anchor}`"), help))
                }
                Some(anchor) => Ok(Target::Output(format!("{output}#{anchor}"))),
                None => Ok(Target::Output(output.clone())),
            };
        }
        if PICTURES.contains(&paths::extension(&joined).as_str())
            && let Some(bytes) = self.bytes(&joined)
        {
            let output = hashed_name(&format!("assets/{}", joined.replace('/', "-")), &bytes);
            if !look.assets.iter().any(|(known, _)| *known == output) {
                look.assets.push((output.clone(), bytes));
            }
            return Ok(Target::Output(output));
        }
        let help = crate::diagnostics::did_you_mean(&joined, self.outputs.keys().map(String::as_str)).or_else(|| {
            Some("entities are linked as `component:default/name`, other pages of the site from `/`".to_owned())
        });
        Err((format!("the link `{text}` leads to no page of the theme"), help))
    }

    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        let sources = self.reader.sources;
        let whole = format!("{}/{path}", self.reader.folder);
        sources.bytes(sources.lookup(sources.repo_of(self.file), &whole)?).ok()
    }
}

/// Whether a text begins with a kind, as references do.
fn names_kind(catalog: &Catalog, text: &str) -> bool {
    text.split_once(':').is_some_and(|(kind, _)| catalog.kinds.find(kind).is_some())
}

/// The page of an entity that a text names with its kind.
fn entity(catalog: &Catalog, text: &str) -> Option<Target> {
    let (name, anchor) = text.split_once('#').map_or((text, None), |(name, anchor)| (name, Some(anchor)));
    let name = name.strip_prefix("entity:").unwrap_or(name);
    if !name.contains(':') {
        return None;
    }
    let key = EntityRef::parse(name, Context::default()).ok()?.key();
    let entity = catalog.find(&key)?;
    let page = routes::entity_page(&entity.reference);
    let to = anchor.map_or(page.clone(), |anchor| format!("{page}#{anchor}"));
    Some(Target::Entity(to, entity.title().to_owned()))
}
