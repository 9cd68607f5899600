//! Documentation: the pages of a site with their sources beside them, a list of all its pages and
//! one of its decision records, all of them on one page for print, and the home of all
//! documentation.

mod all;
mod decisions;
mod facts;
mod home;
mod nav;
mod page;
mod print;

pub(super) use all::in_order;
pub(super) use facts::{changed_date, changed_day, date, day, moment, read_histories};
pub(super) use home::pages as home;

use rayon::prelude::*;
use serde::Serialize;

use crate::config::Twins;
use crate::model::RelationId;
use crate::{docs, routes};

use super::context::Context;
use super::views::{Link, Way};
use super::{Error, Site};
use nav::{Nav, NavView};

/// The home of all documentation.
pub(super) const HOME: &str = "docs/index.html";

/// The title of a site.
pub(super) fn title(site: &Site<'_>, docs: &docs::Site) -> String {
    docs.content.name.clone().unwrap_or_else(|| site.catalog.entity(docs.entity).title().to_owned())
}

/// The list of all decision records of a site.
pub(super) fn decisions_page(site: &Site<'_>, docs: &docs::Site) -> String {
    free(site, docs, "_decisions")
}

/// The pages of a site as its nav has them, the first one left out; then the others by path.
pub(super) fn after_home(docs: &docs::Site) -> impl Iterator<Item = usize> {
    let home = docs.content.home;
    all::in_order(docs).into_iter().filter(move |&page| page != home)
}

/// The pages and files of one documentation site.
pub(super) fn files(site: &Site<'_>, docs: &docs::Site) -> Result<(), Error> {
    let nav = Nav::new(docs);
    let about = About::new(site, docs, &nav);
    let branches: Vec<_> = nav.branches().into_iter().collect();
    branches.par_iter().try_for_each(|(branch, pages)| {
        let Some(&first) = pages.first() else { return Ok(()) };
        let context = Context::new(site, &docs.outputs[first]);
        let sidebar = about.sidebar(&context, nav.views(&context, branch))?;
        pages.par_iter().try_for_each(|&number| -> Result<(), Error> {
            let (path, bytes) = page::page(site, docs, number, &nav, &about, &sidebar)?;
            site.put(path, bytes)?;
            if site.settings.publish.twins == Twins::Files {
                site.put(twin_path(&docs.outputs[number]), source(site, docs, number).into_bytes())?;
            }
            Ok(())
        })
    })?;
    if about.all.is_some() {
        all::pages(site, docs, &nav, &about)?;
    }
    if about.decisions.is_some() {
        decisions::pages(site, docs, &nav, &about)?;
    }
    if let Some(path) = &about.print {
        let bytes = print::page(site, docs, &about, path)?;
        site.put(path.clone(), bytes)?;
    }
    docs.content.assets.par_iter().zip(&docs.asset_outputs).try_for_each(|(asset, output)| {
        // What cannot be copied has a finding where it is shown.
        docs::asset_bytes(site.sources, asset.file).map_or(Ok(()), |bytes| site.put(output.clone(), bytes))
    })?;
    let extra = docs::extra_files(site.docs, docs, site.catalog, site.sources, site.settings.docs_backstage, site.memo);
    extra.into_iter().try_for_each(|(path, bytes)| site.put(path, bytes))
}

/// The Markdown of a page as it was written.
pub(super) fn source(site: &Site<'_>, docs: &docs::Site, number: usize) -> String {
    let file = docs.content.pages[number].file;
    // Not kept: all of them are a quarter of the memory.
    site.sources.text_once(file, &|_| false).map(|text| text.as_str().to_owned()).unwrap_or_default()
}

/// Where it stands beside the page.
pub(super) fn twin_path(output: &str) -> String {
    format!("{}.md", output.strip_suffix(".html").unwrap_or(output))
}

/// What all pages of a site say of it.
struct About<'a> {
    docs: &'a docs::Site,
    title: String,
    /// The list of all pages; left out where the sidebar has them.
    all: Option<String>,
    /// The list of decision records, where there are some.
    decisions: Option<String>,
    /// How many there are.
    records: usize,
    /// All pages on one; left out where they are too many, or only one.
    print: Option<String>,
}

/// The sidebar, as its template gets it.
#[derive(Serialize)]
struct Sidebar {
    docs_title: String,
    docs_href: String,
    nav: Vec<NavView>,
    pages: usize,
    all_href: Option<String>,
    decisions: usize,
    decisions_href: Option<String>,
    print_href: Option<String>,
}

/// Whose documentation it is.
#[derive(Serialize)]
struct Whose {
    entity: Link,
    owner: Option<Link>,
    lifecycle: Option<String>,
    docs_title: String,
    docs_href: String,
}

impl<'a> About<'a> {
    fn new(site: &Site<'_>, docs: &'a docs::Site, nav: &Nav<'_>) -> Self {
        let count = docs.content.pages.len();
        let records = site.docs.decisions_of(docs.entity).map_or(0, |decisions| decisions.records.len());
        Self {
            docs,
            title: title(site, docs),
            all: (count > 1 && nav.hides_pages()).then(|| free(site, docs, "_pages")),
            decisions: (records > 0).then(|| decisions_page(site, docs)),
            records,
            print: (2..=print::MAX_PAGES).contains(&count).then(|| free(site, docs, "_print")),
        }
    }

    /// The HTML of a sidebar, without the mark of any page.
    fn sidebar(&self, context: &Context<'_>, nav: Vec<NavView>) -> Result<String, super::ThemeError> {
        let href = |path: &Option<String>| path.as_deref().map(|path| context.href(path));
        let body = Sidebar {
            docs_title: self.title.clone(),
            docs_href: context.href(self.docs.home()),
            nav,
            pages: self.docs.content.pages.len(),
            all_href: href(&self.all),
            decisions: self.records,
            decisions_href: href(&self.decisions),
            print_href: href(&self.print),
        };
        let common = super::lists::common(context.from, String::new(), "docs", None);
        let bytes = context.site.theme.render("docs-nav.html", &common, &body)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The sidebar of a list of ours, which is marked in it.
    fn sidebar_of_list(
        &self,
        context: &Context<'_>,
        nav: &Nav<'_>,
        list: &str,
    ) -> Result<Option<String>, super::ThemeError> {
        if self.docs.content.pages.len() < 2 {
            return Ok(None);
        }
        let sidebar = self.sidebar(context, nav.closed_views(context))?;
        Ok(Some(nav::mark(&sidebar, &context.href(list))))
    }

    fn whose(&self, context: &Context<'_>) -> Whose {
        let id = self.docs.entity;
        Whose {
            entity: context.link(id),
            owner: context.targets(id, RelationId::OWNED_BY).into_iter().next(),
            lifecycle: context.site.catalog.entity(id).lifecycle().map(str::to_owned),
            docs_title: self.title.clone(),
            docs_href: context.href(self.docs.home()),
        }
    }

    /// From all documentation to the entity.
    fn breadcrumbs(&self, context: &Context<'_>) -> Vec<Way> {
        let entity = context.site.catalog.entity(self.docs.entity);
        vec![
            Way { title: context.site.t("Docs"), href: Some(context.href(HOME)) },
            Way { title: entity.title().to_owned(), href: Some(context.href(&routes::entity_page(&entity.reference))) },
        ]
    }
}

/// A path for a page of ours that no page of the site has.
fn free(site: &Site<'_>, docs: &docs::Site, name: &str) -> String {
    let folder = routes::docs_folder(&site.catalog.entity(docs.entity).reference);
    let mut stem = format!("{folder}/{name}");
    let taken = |stem: &str| {
        let begins = |path: &String| path.get(..stem.len()).is_some_and(|start| start.eq_ignore_ascii_case(stem));
        docs.outputs.iter().chain(&docs.asset_outputs).chain(&docs.redirect_outputs).any(begins)
    };
    while taken(&stem) {
        stem.push('~');
    }
    stem + ".html"
}
