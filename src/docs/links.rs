//! Where every link of every page leads: by MkDocs' rules first and GitHub's second, because the
//! same files are read in both places.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::base::{FileId, RepoId, Resolution, Sources, paths};
use crate::diagnostics::{BROKEN_LINK, DANGEROUS_URL, Diagnostic, IMAGE_NOT_SHOWN};
use crate::markdown::{Link, LinkKind, Rendered};
use crate::model::{Catalog, format::is_dangerous_url};

use super::assets::{self, Asset};
use super::entities::wiki_names;
use super::index::Index;
use super::{Draft, Page, Target, nav, render, titles};

/// What the links of one folder lead to: targets by page, the files to copy, and findings.
pub(super) type Resolved = (Vec<Vec<Target>>, Vec<Asset>, Vec<Diagnostic>);

/// Resolves the links of one folder.
pub(super) fn resolve(
    number: usize,
    drafts: &[Draft],
    index: &Index,
    catalog: &Catalog,
    sources: &dyn Sources,
) -> Resolved {
    let draft = &drafts[number];
    let has_references =
        draft.content.pages.iter().flat_map(|page| &page.rendered.links).any(|link| link.kind == LinkKind::Reference);
    let resolver = Resolver {
        number,
        draft,
        drafts,
        index,
        catalog,
        sources,
        entity: catalog.entity(draft.entity).key(),
        wiki: if has_references { wiki_names(draft) } else { FxHashMap::default() },
    };
    let found: Vec<Vec<Found>> = draft.content.pages.par_iter().map(|page| resolver.page(page)).collect();
    let mut files = Files {
        sources,
        repository: draft.content.repository,
        docs_dir: &draft.content.docs_dir,
        assets: Vec::new(),
        known: FxHashMap::default(),
    };
    let mut findings = Vec::new();
    let mut targets = Vec::with_capacity(found.len());
    for (page, links) in draft.content.pages.iter().zip(found) {
        let mut row = Vec::with_capacity(links.len());
        let (mut broken, mut beyond) = (0, None);
        for (link, found) in page.rendered.links.iter().zip(links) {
            row.push(match found {
                Found::Target(target) => target,
                Found::Broken(finding) => {
                    broken += 1;
                    if broken <= MAX_BROKEN {
                        findings.push(*finding);
                    } else if beyond.is_none() {
                        beyond = Some(Spot { page, link, advice: false });
                    }
                    Target::Missing
                }
                Found::File(file, fragment) => match files.add(file) {
                    Ok(asset) => Target::Asset { asset, fragment },
                    Err(why) if link.kind.is_image() => {
                        let message = format!("the image `{}` is not shown: {why}", link.target);
                        findings.push(resolver.finding(&IMAGE_NOT_SHOWN, Spot { page, link, advice: false }, message));
                        Target::Missing
                    }
                    Err(_) => resolver.on_the_web(file, fragment),
                },
            });
        }
        if let Some(first) = beyond {
            let message = format!("{} more links of this page lead nowhere, from this one on", broken - MAX_BROKEN);
            findings.push(resolver.finding(&BROKEN_LINK, first, message));
        }
        targets.push(row);
    }
    (targets, files.assets, findings)
}

/// Where a link leads, files not yet numbered.
pub(super) enum Found {
    Target(Target),
    File(FileId, Option<String>),
    Broken(Box<Diagnostic>),
}

/// The files of a site that are copied.
struct Files<'a> {
    sources: &'a dyn Sources,
    repository: RepoId,
    docs_dir: &'a str,
    assets: Vec<Asset>,
    known: FxHashMap<FileId, Result<usize, String>>,
}

impl Files<'_> {
    fn add(&mut self, file: FileId) -> Result<usize, String> {
        if let Some(known) = self.known.get(&file) {
            return known.clone();
        }
        let path = self.sources.path(file);
        let source = if self.sources.repo_of(file) != self.repository {
            None
        } else if self.docs_dir.is_empty() {
            Some(path)
        } else {
            path.strip_prefix(self.docs_dir).and_then(|rest| rest.strip_prefix('/'))
        };
        let number = assets::read(self.sources, file, source).map(|asset| {
            self.assets.push(asset);
            self.assets.len() - 1
        });
        self.known.insert(file, number.clone());
        number
    }
}

/// A link where it stands.
#[derive(Clone, Copy)]
pub(super) struct Spot<'a> {
    pub(super) page: &'a Page,
    pub(super) link: &'a Link,
    /// Whether to look for what may be meant: not for the thousandth broken link of a page.
    pub(super) advice: bool,
}

pub(super) struct Resolver<'a> {
    number: usize,
    pub(super) draft: &'a Draft,
    pub(super) drafts: &'a [Draft],
    pub(super) index: &'a Index,
    pub(super) catalog: &'a Catalog,
    pub(super) sources: &'a dyn Sources,
    pub(super) entity: String,
    /// Pages of this site by the names that `[[Page]]` may have.
    pub(super) wiki: FxHashMap<String, Option<usize>>,
}

/// Broken links of one page that get a finding each.
const MAX_BROKEN: usize = 1_000;
/// Broken links of one page that get advice.
const MAX_ADVICE: usize = 100;

impl Resolver<'_> {
    fn page(&self, page: &Page) -> Vec<Found> {
        let mut broken = 0;
        let links = page.rendered.links.iter().map(|link| {
            let found = self.target(Spot { page, link, advice: broken < MAX_ADVICE });
            broken += usize::from(matches!(found, Found::Broken(_)));
            found
        });
        links.collect()
    }

    fn target(&self, spot: Spot<'_>) -> Found {
        let text = spot.link.target.trim();
        if text.is_empty() {
            return Found::Target(Target::Unlinked);
        }
        if spot.link.kind == LinkKind::Reference {
            return self.reference(spot, text);
        }
        if is_dangerous_url(text) {
            return self.dangerous(spot);
        }
        if let Some(fragment) = text.strip_prefix('#') {
            return self.on_page(spot, spot.page, fragment);
        }
        if let Some(reference) = text.strip_prefix("entity:") {
            return self.entity(spot, reference);
        }
        if spot.link.kind == LinkKind::Bare || nav::is_url(text) {
            return self.own_url(spot, text).unwrap_or_else(|| self.url(spot, text));
        }
        let (path, fragment) = text.split_once('#').map_or((text, None), |(path, fragment)| (path, Some(fragment)));
        let path = paths::percent_decoded(path.split('?').next().unwrap_or(path));
        if path.is_empty() {
            return Found::Target(Target::Unlinked);
        }
        self.path(spot, &path, fragment)
    }

    fn dangerous(&self, spot: Spot<'_>) -> Found {
        let scheme = spot.link.target.trim().to_ascii_lowercase();
        if !scheme.starts_with("javascript:") && !scheme.starts_with("vbscript:") {
            return Found::Target(Target::Unlinked);
        }
        let message = "the link would run code in the reader's browser".to_owned();
        Found::Broken(Box::new(
            self.finding(&DANGEROUS_URL, spot, message).help("it is not made a link; show the code as code"),
        ))
    }

    /// A URL below `site_url`, which leads into the site.
    fn own_url(&self, spot: Spot<'_>, text: &str) -> Option<Found> {
        let site = self.draft.content.site_url.as_deref()?.trim_end_matches('/');
        let path = text.strip_prefix(site).filter(|rest| rest.starts_with(['/', '#']))?;
        self.in_site(spot, "", path)
    }

    fn page_of(&self, file: FileId) -> Option<(&Rendered, (usize, usize))> {
        let (number, page) = self.index.page(file)?;
        Some((&self.drafts[number].content.pages[page].rendered, (number, page)))
    }

    fn path(&self, spot: Spot<'_>, path: &str, fragment: Option<&str>) -> Found {
        // Sites that are included have their pages elsewhere in the repository than in the site.
        if self.draft.content.mounts.len() > 1 || !self.draft.content.redirects.is_empty() {
            let whole = fragment.map_or_else(|| path.to_owned(), |fragment| format!("{path}#{fragment}"));
            if let Some(found) = self.in_site(spot, paths::parent(&spot.page.source), &whole) {
                return found;
            }
        }
        let candidates = self.candidates(spot, path);
        // With a slash at the end, a page goes before a folder of the repository.
        let page = candidates.iter().find(|candidate| self.draft.by_path.contains_key(*candidate));
        if let Some(found) = page.filter(|_| path.ends_with('/')).and_then(|page| self.at(spot, page, fragment)) {
            return found;
        }
        for candidate in &candidates {
            if let Some(found) = self.at(spot, candidate, fragment) {
                return found;
            }
        }
        if path.starts_with('/')
            && let Some(found) = self.portal(spot, path, fragment)
        {
            return found;
        }
        if let Some(found) = self.outside(spot, path, fragment) {
            return found;
        }
        self.broken(spot, path, candidates.is_empty())
    }

    /// What is at a path of the site, written for a page or for its address.
    fn in_site(&self, spot: Spot<'_>, folder: &str, target: &str) -> Option<Found> {
        let (path, fragment) = target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
        let path = paths::join(folder, path.trim_start_matches('/')).ok()?;
        let stem = path.strip_suffix("index.html").or_else(|| path.strip_suffix(".html")).unwrap_or(&path);
        let stem = stem.trim_end_matches('/');
        let inside = |name: &str| if stem.is_empty() { name.to_owned() } else { format!("{stem}/{name}") };
        let names = [path.clone(), format!("{stem}.md"), inside("index.md"), inside("README.md")];
        if let Some(&page) = names.iter().find_map(|name| self.draft.by_source.get(name)) {
            return Some(match fragment {
                Some(fragment) => self.on_page(spot, &self.draft.content.pages[page], fragment),
                None => {
                    // A redirect may lead to a heading; a link with one of its own keeps that.
                    let anchor = names.iter().find_map(|name| self.draft.landed.get(name)).cloned();
                    Found::Target(Target::Page { page, anchor })
                }
            });
        }
        let url = names.iter().find_map(|name| self.draft.moved.get(name))?;
        Some(Found::Target(Target::Url(match fragment {
            Some(fragment) if !url.contains('#') => format!("{url}#{fragment}"),
            _ => url.clone(),
        })))
    }

    /// The paths of the repository that a link may mean, likeliest first.
    fn candidates(&self, spot: Spot<'_>, path: &str) -> Vec<String> {
        let own = self.sources.path(spot.page.file);
        let docs_dir = &self.draft.content.docs_dir;
        let mut folders: Vec<String> = Vec::new();
        if path.starts_with('/') {
            folders.push(docs_dir.clone());
            if !self.draft.content.validation.relative_to_docs {
                folders.push(String::new());
            }
        } else {
            folders.push(paths::parent(own).to_owned());
            let is_html = paths::extension(path) == "html";
            let is_name = is_html || paths::extension(path).is_empty() || path.ends_with('/');
            let in_html = matches!(spot.link.kind, LinkKind::HtmlPage | LinkKind::HtmlImage);
            // MkDocs serves `a.md` as `a/`, and leaves links in HTML and those without an ending
            // to the browser.
            if (is_name || in_html) && !titles::is_index(own) {
                let served = own.rsplit_once('.').map_or(own, |(stem, _)| stem).to_owned();
                // There is no such file: the link was written for the address.
                let first = is_html && self.draft.content.directory_urls;
                folders.insert(if first { 0 } else { 1 }, served);
            }
        }
        let mut out = Vec::new();
        for folder in folders {
            let Ok(joined) = paths::join(&folder, path.trim_start_matches('/')) else { continue };
            let with = |ending: &str| {
                if joined.is_empty() { ending.trim_start_matches('/').to_owned() } else { format!("{joined}{ending}") }
            };
            let below = [with("/index.md"), with("/README.md")];
            if let Some(stem) = joined.strip_suffix("/index.html") {
                out.extend([format!("{stem}.md"), format!("{stem}/README.md")]);
            }
            if let Some(stem) = joined.strip_suffix(".html") {
                out.push(format!("{stem}.md"));
            }
            let as_page = with(".md");
            out.push(joined);
            out.push(as_page);
            out.extend(below);
        }
        out
    }

    /// What is at a path of the repository, if anything.
    fn at(&self, spot: Spot<'_>, path: &str, fragment: Option<&str>) -> Option<Found> {
        if let Some(&number) = self.draft.by_path.get(path) {
            let other = &self.draft.content.pages[number];
            return Some(match fragment {
                Some(fragment) => self.on_page(spot, other, fragment),
                None => Found::Target(Target::Page { page: number, anchor: None }),
            });
        }
        let repository = self.draft.content.repository;
        match self.sources.at(repository, path) {
            Resolution::File(file) => Some(self.file(spot, file, fragment)),
            Resolution::Folder(repository, path) => {
                // A folder with an index is that page; the paths for it come after this one.
                let index = ["index.md", "README.md"]
                    .iter()
                    .map(|name| if path.is_empty() { (*name).to_owned() } else { format!("{path}/{name}") });
                if index.into_iter().any(|index| self.draft.by_path.contains_key(&index)) {
                    return None;
                }
                Some(Found::Target(
                    render::web_url(self.sources, repository, &path).map_or(Target::Unlinked, Target::Url),
                ))
            }
            Resolution::Outside => Some(Found::Target(Target::Unlinked)),
            _ => None,
        }
    }

    /// A file that is no page of this site.
    fn file(&self, spot: Spot<'_>, file: FileId, fragment: Option<&str>) -> Found {
        let path = self.sources.path(file);
        if let Some((rendered, (number, _))) = self.page_of(file).filter(|_| !spot.link.kind.is_image()) {
            debug_assert_ne!(number, self.number);
            return match fragment.map(|fragment| anchor(rendered, fragment).ok_or(fragment)) {
                None => Found::Target(Target::Elsewhere { file, anchor: None }),
                Some(Ok(id)) => Found::Target(Target::Elsewhere { file, anchor: Some(id) }),
                Some(Err(fragment)) => {
                    self.no_heading_of(spot, path, rendered, fragment, Some(self.drafts[number].entity))
                }
            };
        }
        let fragment = fragment.map(str::to_owned);
        if spot.link.kind.is_image() {
            if assets::is_image(path) {
                return Found::File(file, fragment);
            }
            let extension = paths::extension(path);
            let message = format!(
                "the image `{}` is not shown: files of type `{extension}` are not copied",
                spot.link.target.trim()
            );
            let finding = self.finding(&IMAGE_NOT_SHOWN, spot, message);
            return Found::Broken(Box::new(finding.help("pictures are png, jpg, gif, webp, avif, svg and ico")));
        }
        let docs_dir = &self.draft.content.docs_dir;
        let inside =
            docs_dir.is_empty() || path.strip_prefix(docs_dir.as_str()).is_some_and(|rest| rest.starts_with('/'));
        if assets::is_image(path) || (inside && !self.draft.single && assets::is_copied(path)) {
            return Found::File(file, fragment);
        }
        Found::Target(self.on_the_web(file, fragment))
    }

    /// A file where its repository is shown.
    pub(super) fn on_the_web(&self, file: FileId, fragment: Option<String>) -> Target {
        let path = self.sources.path(file);
        match render::web_url(self.sources, self.sources.repo_of(file), path) {
            Some(url) => Target::Url(fragment.map_or(url.clone(), |fragment| format!("{url}#{fragment}"))),
            None => Target::Unlinked,
        }
    }

    /// A place on the page itself.
    pub(super) fn here(&self, spot: Spot<'_>, anchor: Option<String>) -> Found {
        let page = self.draft.by_path.get(self.sources.path(spot.page.file)).copied().unwrap_or(0);
        Found::Target(Target::Page { page, anchor })
    }

    /// A place on a page of this site.
    pub(super) fn on_page(&self, spot: Spot<'_>, other: &Page, fragment: &str) -> Found {
        let number = self.draft.by_path.get(self.sources.path(other.file)).copied().unwrap_or(0);
        let found = |anchor| Found::Target(Target::Page { page: number, anchor });
        match anchor(&other.rendered, fragment) {
            Some(id) => found(Some(id)),
            None if fragment.is_empty() || fragment == "top" => found(None),
            None => self.no_heading(spot, &other.source, &other.rendered, fragment),
        }
    }
}

/// The id that a fragment leads to. Footnotes have ids of their own.
pub(super) fn anchor(rendered: &Rendered, fragment: &str) -> Option<String> {
    let decoded = paths::percent_decoded(fragment);
    let is_note = decoded.starts_with("fn:") || decoded.starts_with("fnref:");
    rendered.anchor(&decoded).map(str::to_owned).or_else(|| is_note.then(|| decoded.clone()))
}
