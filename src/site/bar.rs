//! The bar over every page: its sections, and what the theme adds or has instead.

use serde::Serialize;

use crate::routes;
use crate::theme::{NavEntry, NavTarget};

use super::{Site, docs, reports, tree};

/// An entry of the bar.
#[derive(Serialize)]
pub(super) struct Entry {
    title: String,
    /// From the root of the site; an address where it leads out of it.
    path: String,
    external: bool,
    section: &'static str,
    badge: Option<usize>,
    badge_severity: Option<&'static str>,
}

/// What the settings name, else the sections with the pages of the theme that ask for a place.
pub(super) fn entries(site: &Site<'_>) -> Vec<Entry> {
    if let Some(named) = &site.look.navigation {
        return named.iter().map(|entry| own(site, entry)).collect();
    }
    let sections = ["catalog", "apis", "docs", "map", "organisation"].map(|name| section(site, name));
    let pages = site.look.pages.iter().filter(|page| page.in_bar);
    let pages = pages.map(|page| plain(page.title.clone(), page.output.clone(), false, ""));
    // The last one stands on the other side.
    sections.into_iter().chain(pages).chain([section(site, "findings")]).collect()
}

fn own(site: &Site<'_>, entry: &NavEntry) -> Entry {
    match entry {
        NavEntry::Section(name) => section(site, name),
        NavEntry::Own(title, NavTarget::Path(path)) => plain(title.clone(), path.clone(), false, ""),
        NavEntry::Own(title, NavTarget::Url(url)) => plain(title.clone(), url.clone(), true, ""),
    }
}

fn plain(title: String, path: String, external: bool, section: &'static str) -> Entry {
    Entry { title, path, external, section, badge: None, badge_severity: None }
}

fn section(site: &Site<'_>, name: &str) -> Entry {
    let texts = site.texts();
    let entry = |title: &str, path: String, section| plain(title.to_owned(), path, false, section);
    match name {
        "apis" => entry(texts.t("APIs"), routes::list(Some("API"), 1), "apis"),
        "docs" => entry(texts.t("Docs"), docs::HOME.to_owned(), "docs"),
        "map" => entry(texts.t("Map"), routes::MAP.to_owned(), "map"),
        "organisation" => entry(texts.t("Organisation"), tree::PATH.to_owned(), "organisation"),
        "findings" => {
            let count = site.total.errors + site.total.warnings;
            let severity = if site.total.errors > 0 { "error" } else { "warning" };
            Entry {
                badge: (count > 0).then_some(count),
                badge_severity: (count > 0).then_some(severity),
                ..entry(texts.t("Findings"), reports::findings_path(None, 1), "findings")
            }
        }
        _ => entry(texts.t("Catalog"), routes::list(None, 1), "catalog"),
    }
}
