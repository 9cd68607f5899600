//! What search engines read: `sitemap.xml`, which needs to know where the site is served, and
//! `robots.txt`.

use std::fmt::Write as _;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::markdown::escape;
use crate::routes;
use crate::site::{Error, Site, docs};

/// Most addresses of one file.
const MAX_URLS: usize = 50_000;

const PATH: &str = "sitemap.xml";
const XMLNS: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

pub(super) fn files(site: &Site<'_>) -> Result<(), Error> {
    let url = site.settings.site_url.as_deref().filter(|_| !site.settings.noindex);
    site.put("robots.txt".to_owned(), robots(site.settings.noindex, url).into_bytes())?;
    let Some(url) = url else { return Ok(()) };
    let changed = changed(site);
    let pages = site.ledger.sorted();
    let is_listed = |path: &&str| *path != "404.html" && *path != routes::SEARCH && !path.starts_with("techdocs/");
    let moved = site.docs.sites.iter().flat_map(|docs| docs.redirect_outputs.iter().map(String::as_str));
    let moved: FxHashSet<&str> = moved.collect();
    let pages = pages.iter().map(|page| &**page).filter(is_listed).filter(|path| !moved.contains(path));
    let pages: Vec<&str> = pages.collect();
    split(url, &pages, &changed, MAX_URLS).into_iter().try_for_each(|(path, text)| site.put(path, text.into_bytes()))
}

/// One file, or an index and files of so many addresses.
fn split(url: &str, pages: &[&str], changed: &FxHashMap<String, String>, most: usize) -> Vec<(String, String)> {
    if pages.len() <= most {
        return vec![(PATH.to_owned(), urls(url, pages, changed))];
    }
    let mut files = Vec::new();
    let mut index = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"{XMLNS}\">\n");
    for (number, some) in pages.chunks(most).enumerate() {
        let path = format!("sitemap-{}.xml", number + 1);
        let _ = writeln!(index, "<sitemap><loc>{}</loc></sitemap>", address(url, &path));
        files.push((path, urls(url, some, changed)));
    }
    index.push_str("</sitemapindex>\n");
    files.push((PATH.to_owned(), index));
    files
}

fn robots(noindex: bool, url: Option<&str>) -> String {
    let rule = if noindex { "Disallow: /" } else { "Allow: /" };
    let sitemap = url.map_or_else(String::new, |url| format!("\nSitemap: {url}{PATH}\n"));
    format!("User-agent: *\n{rule}\n{sitemap}")
}

fn urls(url: &str, pages: &[&str], changed: &FxHashMap<String, String>) -> String {
    let mut out = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"{XMLNS}\">\n");
    for path in pages {
        let day = changed.get(*path).map_or_else(String::new, |day| format!("<lastmod>{day}</lastmod>"));
        let _ = writeln!(out, "<url><loc>{}</loc>{day}</url>", address(url, path));
    }
    out.push_str("</urlset>\n");
    out
}

/// The address of a page; that of the first one is the site's own.
fn address(url: &str, path: &str) -> String {
    escape(&format!("{url}{}", crate::site::views::address(path)))
}

/// The days on which pages were last changed, as far as git says. Of a list nobody can say it.
fn changed(site: &Site<'_>) -> FxHashMap<String, String> {
    let entities = site.catalog.entities.iter().map(|entity| (routes::entity_page(&entity.reference), entity.file));
    let pages = site.docs.sites.iter().flat_map(|docs| {
        let files = docs.content.pages.iter().map(|page| page.file);
        docs.outputs.iter().cloned().zip(files)
    });
    entities.chain(pages).filter_map(|(path, file)| Some((path, docs::changed_date(site, file)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_addresses_are_split_and_each_is_there_once() {
        let (url, changed) = ("https://a.example/", FxHashMap::default());
        let names: Vec<String> = (0..7).map(|number| format!("p{number}.html")).collect();
        let pages: Vec<&str> = names.iter().map(String::as_str).collect();
        let locations = |text: &str| -> Vec<String> {
            let parts = text.split("<loc>").skip(1).filter_map(|part| part.split_once("</loc>"));
            parts.map(|(address, _)| address.trim_start_matches(url).to_owned()).collect()
        };
        let whole = split(url, &pages, &changed, 7);
        assert_eq!((whole.len(), whole[0].0.as_str(), locations(&whole[0].1)), (1, PATH, names.clone()));
        let parts = split(url, &pages, &changed, 3);
        let (path, index) = parts.last().unwrap();
        let files: Vec<String> = parts[..3].iter().map(|(path, _)| path.clone()).collect();
        assert_eq!((path.as_str(), locations(index), parts.len()), (PATH, files, 4));
        assert!(index.contains("<sitemapindex ") && parts[..3].iter().all(|(_, text)| locations(text).len() <= 3));
        assert_eq!(parts[..3].iter().flat_map(|(_, text)| locations(text)).collect::<Vec<_>>(), names);
    }

    #[test]
    fn robots_are_told_what_the_settings_say() {
        assert_eq!(robots(true, None), "User-agent: *\nDisallow: /\n");
        assert_eq!(
            robots(false, Some("https://a.example/")),
            "User-agent: *\nAllow: /\n\nSitemap: https://a.example/sitemap.xml\n"
        );
        assert_eq!(address("https://a.example/", "index.html"), "https://a.example/");
        assert_eq!(address("https://a.example/", "a b.html"), "https://a.example/a%20b.html");
    }
}
