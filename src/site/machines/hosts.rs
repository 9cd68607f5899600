//! What static hosts obey: `_headers` and `_redirects`, as Cloudflare Pages, Netlify and GitLab
//! Pages (the latter only the second) read them. And the description by which a browser can search
//! the site, which needs to know where it is served.

use std::fmt::Write as _;

use crate::markdown::escape;
use crate::routes;
use crate::site::{Error, POLICY, Site};

use super::moved::Rule;

/// The description for browsers.
pub(in crate::site) const OPEN_SEARCH: &str = "opensearch.xml";

/// Most rules of the settings: GitLab Pages takes a thousand in all.
const MAX_RULES: usize = 900;
/// Most bytes of rules: GitLab Pages takes 64 KiB.
const MAX_BYTES: usize = 60_000;

/// What follows an entity's path in a Backstage, and is part of its page here.
const TABS: &[&str] =
    &["api", "ci-cd", "definition", "dependencies", "diagram", "kubernetes", "overview", "pull-requests"];

pub(super) fn files(site: &Site<'_>, rules: &[Rule]) -> Result<(), Error> {
    site.put("_headers".to_owned(), headers(site).into_bytes())?;
    site.put("_redirects".to_owned(), redirects(site, rules).into_bytes())?;
    if let Some(url) = &site.settings.site_url {
        site.put(OPEN_SEARCH.to_owned(), open_search(&site.settings.title(), url).into_bytes())?;
    }
    Ok(())
}

fn headers(site: &Site<'_>) -> String {
    let mut out = format!(
        "/*\n  X-Content-Type-Options: nosniff\n  Content-Security-Policy: {POLICY}; frame-ancestors 'self'\n  \
         Referrer-Policy: strict-origin-when-cross-origin\n"
    );
    if site.settings.noindex {
        out.push_str("  X-Robots-Tag: noindex\n");
    }
    // Names of these have the hash of their content.
    for folder in ["assets", "search"] {
        let _ = write!(out, "/{folder}/*\n  Cache-Control: public, max-age=31536000, immutable\n");
    }
    if site.settings.publish.backstage_api {
        out.push_str("/api/catalog/*\n  Content-Type: application/json; charset=utf-8\n");
    }
    out.push_str("/*.md\n  Content-Type: text/markdown; charset=utf-8\n");
    out
}

/// Rules with a place in them stand behind those without, and the first that fits counts.
fn redirects(site: &Site<'_>, rules: &[Rule]) -> String {
    let url = site.settings.site_url.as_deref().and_then(|url| url::Url::parse(url).ok());
    let prefix = url.map_or_else(String::new, |url| url.path().trim_end_matches('/').to_owned());
    let mut out = String::new();
    let mut put = |from: &str, to: &str, status: u16| {
        let to = if to.starts_with('/') { format!("{prefix}{to}") } else { to.to_owned() };
        let _ = writeln!(out, "{prefix}{from} {to} {status}");
    };
    if site.settings.publish.backstage_api {
        // A folder cannot be a file: where there are no rules, ask for the file in it.
        put("/api/catalog/entities", &format!("/{}", routes::BACKSTAGE_ENTITIES), 200);
    }
    // The docs are a folder of that name, which a host finds itself.
    let is_rule = |from: &str| !from.contains('/') && from != "docs.html";
    for (from, to, _) in super::moved::places(site).iter().filter(|(from, ..)| is_rule(from)) {
        put(&format!("/{}", from.trim_end_matches(".html")), &format!("/{to}"), 301);
    }
    let (dynamic, fixed): (Vec<&Rule>, Vec<&Rule>) = rules.iter().partition(|rule| rule.from.ends_with('*'));
    let mut bytes = 0;
    for rule in fixed.into_iter().chain(dynamic).take(MAX_RULES) {
        bytes += rule.from.len() + rule.to.len() + 2 * prefix.len() + 8;
        if bytes > MAX_BYTES {
            break;
        }
        put(&rule.from, &rule.to, 301);
    }
    put("/create/templates/:namespace/:name", "/catalog/:namespace/template/:name.html", 301);
    put("/catalog/:namespace/:kind/:name/docs/*", "/docs/:namespace/:kind/:name/:splat", 301);
    for tab in TABS {
        put(&format!("/catalog/:namespace/:kind/:name/{tab}"), "/catalog/:namespace/:kind/:name.html", 301);
    }
    out
}

fn open_search(title: &str, url: &str) -> String {
    // Browsers cut a longer name.
    let name: String = title.chars().take(16).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n\
         <ShortName>{}</ShortName>\n<Description>{}</Description>\n<InputEncoding>UTF-8</InputEncoding>\n\
         <Url type=\"text/html\" template=\"{}{}?q={{searchTerms}}\"/>\n</OpenSearchDescription>\n",
        escape(name.trim()),
        escape(title),
        escape(url),
        routes::SEARCH,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_told_in_xml() {
        let text = open_search("A & B <catalog> with a long name", "https://a.example/x/");
        let document = roxmltree::Document::parse(&text).unwrap();
        let url =
            document.descendants().find(|node| node.has_tag_name(("http://a9.com/-/spec/opensearch/1.1/", "Url")));
        assert_eq!(url.unwrap().attribute("template"), Some("https://a.example/x/search.html?q={searchTerms}"));
    }
}
