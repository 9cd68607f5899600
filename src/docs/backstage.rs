//! What stands beside the pages of a site: pages that lead to where others went, and, on request,
//! the whole site once more as TechDocs stores it, so that a Backstage can read it from there.
//!
//! Backstage's reader takes the HTML of a page, puts it into a shadow DOM and looks for the parts of
//! the Material theme by their classes: these are all that a page here has.

use serde_json::json;

use crate::base::{Hash, Memo, Sources};
use crate::model::Catalog;
use crate::routes;

use super::redirects::{self, escaped};
use super::render;
use super::{Docs, NavNode, NavTarget, Page, Site};

/// Most entries of a nav on each page; beyond that only the branch of the page is whole.
const MAX_NAV: usize = 200;

/// The files of a site that are neither pages nor assets.
pub fn extra_files(
    docs: &Docs,
    site: &Site,
    catalog: &Catalog,
    sources: &dyn Sources,
    for_backstage: bool,
    memo: &dyn Memo,
) -> Vec<(String, Vec<u8>)> {
    let mut out: Vec<(String, Vec<u8>)> =
        (0..site.redirect_outputs.len()).filter_map(|number| redirects::page_html(site, number)).collect();
    if for_backstage {
        out.extend(storage(docs, site, catalog, sources, memo));
    }
    out
}

fn storage(
    docs: &Docs,
    site: &Site,
    catalog: &Catalog,
    sources: &dyn Sources,
    memo: &dyn Memo,
) -> Vec<(String, Vec<u8>)> {
    let entity = catalog.entity(site.entity);
    let folder = routes::docs_storage(&routes::docs_folder(&entity.reference));
    let moved =
        |outputs: &[String]| -> Vec<String> { outputs.iter().map(|output| routes::docs_storage(output)).collect() };
    let stored = Site {
        entity: site.entity,
        content: std::sync::Arc::clone(&site.content),
        outputs: moved(&site.outputs),
        asset_outputs: site.asset_outputs.iter().map(|output| output.replacen("docs/", "techdocs/", 1)).collect(),
        redirect_outputs: moved(&site.redirect_outputs),
    };
    let content = &site.content;
    let name = content.name.as_deref().unwrap_or(entity.title());
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let whole = count(&content.nav) <= MAX_NAV;
    for (number, page) in content.pages.iter().enumerate() {
        let article = render::stored_html(docs, &stored, number, memo);
        let shell = Shell { site: &stored, current: number, whole };
        let edit = super::edit_url(content, number, sources);
        files.push((stored.outputs[number].clone(), shell.page(name, page, &article, edit).into_bytes()));
    }
    for (asset, output) in content.assets.iter().zip(&stored.asset_outputs) {
        if let Ok(bytes) = super::asset_bytes(sources, asset.file) {
            files.push((output.clone(), bytes));
        }
    }
    files.extend((0..stored.redirect_outputs.len()).filter_map(|number| redirects::page_html(&stored, number)));
    // The reader begins at the root, which a site without an index does not have.
    let root = format!("{folder}/index.html");
    if !files.iter().any(|(path, _)| *path == root)
        && let (Some(home), Some(page)) = (stored.outputs.get(content.home), content.pages.get(content.home))
    {
        let html = redirects::leading_on(&render::stored_href(&root, home, None), &page.title);
        files.push((root, html));
    }
    files.push((format!("{folder}/search/search_index.json"), search_index(&stored, &folder)));
    let mut names: Vec<&str> =
        files.iter().filter_map(|(path, _)| path.strip_prefix(&folder)?.strip_prefix('/')).collect();
    names.push("techdocs_metadata.json");
    names.sort_unstable();
    let repository = sources.repository(content.repository);
    let all: Vec<u8> = files.iter().flat_map(|(_, bytes)| Hash::of(bytes).short(32).into_bytes()).collect();
    let mut metadata = json!({
        "site_name": name,
        // As MkDocs writes it, and as the reader knows it.
        "site_description": content.description.as_deref().unwrap_or("None"),
        "files": names,
        "etag": repository.revision.clone().unwrap_or_else(|| Hash::of(&all).short(40)),
    });
    // No clock: the time of what was built, not of the build.
    if let Some(seconds) = repository.committed {
        metadata["build_timestamp"] = json!(seconds.saturating_mul(1000));
    }
    files.push((format!("{folder}/techdocs_metadata.json"), metadata.to_string().into_bytes()));
    files
}

fn count(nodes: &[NavNode]) -> usize {
    nodes.iter().map(|node| 1 + count(&node.children)).sum()
}

/// An address in the shape that MkDocs has: the folder, not its index.
fn location<'a>(output: &'a str, folder: &str) -> &'a str {
    let path = output.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')).unwrap_or(output);
    path.strip_suffix("index.html").unwrap_or(path)
}

/// One entry for each page, and one for each heading with the text under it.
fn search_index(site: &Site, folder: &str) -> Vec<u8> {
    let mut entries = Vec::new();
    for (page, output) in site.content.pages.iter().zip(&site.outputs) {
        let location = location(output, folder);
        entries.push(json!({"location": location, "title": page.title, "text": page.rendered.text.trim()}));
        for (id, title, text) in sections(page) {
            entries.push(json!({"location": format!("{location}#{id}"), "title": title, "text": text}));
        }
    }
    let config = json!({
        "lang": ["en"], "separator": "[\\s\\-]+", "pipeline": ["stopWordFilter"], "min_search_length": 3,
        "indexing": "full", "prebuild_index": false,
    });
    json!({"config": config, "docs": entries}).to_string().into_bytes()
}

/// The headings of a page with the text under each.
fn sections(page: &Page) -> Vec<(&str, &str, &str)> {
    let text = page.rendered.text.as_str();
    let mut starts = Vec::new();
    let mut from = 0;
    for heading in page.rendered.outline.iter().filter(|heading| !heading.text.is_empty()) {
        let Some(at) = text[from..].find(heading.text.as_str()).map(|at| from + at) else { continue };
        from = at + heading.text.len();
        starts.push((heading, at, from));
    }
    let ends = starts.iter().skip(1).map(|(_, at, _)| *at).chain(std::iter::once(text.len()));
    let sections = starts.iter().zip(ends);
    sections
        .map(|((heading, _, from), end)| (&*heading.id, &*heading.text, text[*from..end.max(*from)].trim()))
        .collect()
}

/// The parts of the Material theme that the reader looks for.
struct Shell<'a> {
    site: &'a Site,
    current: usize,
    whole: bool,
}

impl Shell<'_> {
    fn page(&self, name: &str, page: &Page, article: &str, edit: Option<String>) -> String {
        let title = escaped(&page.title);
        let edit = edit.map_or_else(String::new, |url| {
            format!(
                "<a href=\"{}\" title=\"Edit this page\" class=\"md-content__button md-icon\">Edit</a>\n",
                escaped(&url)
            )
        });
        let heading = if page.rendered.title.is_none() { format!("<h1>{title}</h1>\n") } else { String::new() };
        let (previous, next) = self.site.content.neighbours(self.current);
        let step = |page: Option<usize>, way: &str, label: &str| {
            page.map_or_else(String::new, |page| {
                format!(
                    "<a href=\"{}\" class=\"md-footer__link md-footer__link--{way}\" aria-label=\"{label}\">\
                     <div class=\"md-footer__title\"><div class=\"md-ellipsis\">{}</div></div></a>\n",
                    self.href(page),
                    escaped(&self.site.content.pages[page].title)
                )
            })
        };
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title} - {name}</title>\n</head>\n\
             <body>\n<header class=\"md-header\"></header>\n<div class=\"md-container\" data-md-component=\"container\">\n\
             <main class=\"md-main\" data-md-component=\"main\">\n<div class=\"md-main__inner md-grid\">\n\
             <div class=\"md-sidebar md-sidebar--primary\" data-md-component=\"sidebar\"><div class=\"md-sidebar__scrollwrap\">\
             <div class=\"md-sidebar__inner\">\n<nav class=\"md-nav md-nav--primary\" aria-label=\"Navigation\">\n\
             <label class=\"md-nav__title\" for=\"__drawer\">{name}</label>\n{nav}</nav>\n</div></div></div>\n\
             <div class=\"md-sidebar md-sidebar--secondary\" data-md-component=\"sidebar\"><div class=\"md-sidebar__scrollwrap\">\
             <div class=\"md-sidebar__inner\">\n<nav class=\"md-nav md-nav--secondary\" aria-label=\"Table of contents\">\n\
             <ul class=\"md-nav__list\" data-md-component=\"toc\">\n{toc}</ul>\n</nav>\n</div></div></div>\n\
             <div class=\"md-content\" data-md-component=\"content\">\n<article class=\"md-content__inner md-typeset\">\n\
             {edit}{heading}{article}\n</article>\n</div>\n</div>\n</main>\n<footer class=\"md-footer\">\n\
             <nav class=\"md-footer__inner md-grid\" aria-label=\"Footer\">\n{before}{after}</nav>\n</footer>\n</div>\n</body>\n</html>\n",
            name = escaped(name),
            nav = self.list(&self.site.content.nav, 0, "0"),
            toc = toc(page, self.site.content.listed),
            before = step(previous, "prev", "Previous"),
            after = step(next, "next", "Next"),
        )
    }

    fn href(&self, page: usize) -> String {
        render::stored_href(&self.site.outputs[self.current], &self.site.outputs[page], None)
    }

    fn list(&self, nodes: &[NavNode], depth: usize, number: &str) -> String {
        let mut out = format!("<ul class=\"md-nav__list\" data-md-level=\"{depth}\">\n");
        for (at, node) in nodes.iter().enumerate() {
            let title = format!("<span class=\"md-ellipsis\">{}</span>", escaped(&node.title));
            let is_here = node.target == NavTarget::Page(self.current);
            let link = match &node.target {
                NavTarget::Page(page) => {
                    let active = if is_here { " md-nav__link--active" } else { "" };
                    format!("<a href=\"{}\" class=\"md-nav__link{active}\">{title}</a>", escaped(&self.href(*page)))
                }
                NavTarget::Url(url) => format!("<a href=\"{}\" class=\"md-nav__link\">{title}</a>", escaped(url)),
                NavTarget::Section => String::new(),
            };
            if node.children.is_empty() {
                let active = if is_here { " md-nav__item--active" } else { "" };
                out.push_str(&format!("<li class=\"md-nav__item{active}\">{link}</li>\n"));
                continue;
            }
            let open = is_here || self.is_open(node);
            let id = format!("__nav_{number}_{}", at + 1);
            // A branch that is closed in a large nav is not written on every page.
            let inner = if self.whole || open { self.list(&node.children, depth + 1, &id[6..]) } else { String::new() };
            let (active, checked) = if open { (" md-nav__item--active", " checked") } else { ("", "") };
            let label = if link.is_empty() { title.clone() } else { String::new() };
            out.push_str(&format!(
                "<li class=\"md-nav__item{active} md-nav__item--nested\">\
                 <input class=\"md-nav__toggle md-toggle\" type=\"checkbox\" id=\"{id}\"{checked}>{link}\
                 <label class=\"md-nav__link\" for=\"{id}\" tabindex=\"0\">{label}<span class=\"md-nav__icon md-icon\"></span></label>\
                 <nav class=\"md-nav\" data-md-level=\"{}\" aria-label=\"{}\">\n\
                 <label class=\"md-nav__title\" for=\"{id}\">{title}</label>\n{inner}</nav></li>\n",
                depth + 1,
                escaped(&node.title)
            ));
        }
        out.push_str("</ul>\n");
        out
    }

    fn is_open(&self, node: &NavNode) -> bool {
        node.children.iter().any(|child| child.target == NavTarget::Page(self.current) || self.is_open(child))
    }
}

fn toc(page: &Page, (first, last): (u8, u8)) -> String {
    let outline = page.rendered.outline.iter();
    let shown = outline.filter(|heading| matches!(heading.level, 2 | 3) && (first..=last).contains(&heading.level));
    let line = |heading: &crate::markdown::Heading| {
        let (id, text) = (escaped(&heading.id), escaped(&heading.text));
        format!("<li class=\"md-nav__item\"><a href=\"#{id}\" class=\"md-nav__link\">{text}</a></li>\n")
    };
    shown.map(line).collect()
}
