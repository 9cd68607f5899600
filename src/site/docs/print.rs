//! All pages of a small documentation site on one, in the order of its nav: for print, and for those
//! who search with their browser. Links between the pages lead to places on this one, and what must
//! be unique on a page gets the number of the page it came from.

use serde::Serialize;

use crate::docs;
use crate::site::context::Context;
use crate::site::lists::common;
use crate::site::views::{Link, Way};
use crate::site::{Site, ThemeError};

use super::facts;
use super::{About, Whose, all};

/// Most pages of a site that are put on one.
pub(super) const MAX_PAGES: usize = 100;
/// Stands before a fragment that is right already.
const DONE: char = '!';

#[derive(Serialize)]
struct Print {
    breadcrumbs: Vec<Way>,
    #[serde(flatten)]
    whose: Whose,
    system: Option<Link>,
    summary: Option<String>,
    updated: Option<String>,
    updated_on: Option<String>,
    articles: Vec<Article>,
}

#[derive(Serialize)]
struct Article {
    id: String,
    title: String,
    heading: Option<String>,
    content_html: String,
}

/// The page with all others on it.
pub(super) fn page(site: &Site<'_>, docs: &docs::Site, about: &About<'_>, path: &str) -> Result<Vec<u8>, ThemeError> {
    let context = Context::new(site, path);
    let content = &docs.content;
    let articles = all::in_order(docs).into_iter().map(|number| {
        let page = &content.pages[number];
        let html = docs::page_html_at(
            site.docs,
            docs,
            number,
            path,
            &mut |to, anchor| {
                Some(match anchor {
                    Some(anchor) => format!("#{DONE}{}{anchor}", prefix(to)),
                    None => format!("#{DONE}{}", id(to)),
                })
            },
            site.memo,
        );
        let heading = page.rendered.title.is_none().then(|| page.title.clone());
        // Several pages have footnotes: no landmark of this page has the same name as another.
        let html =
            html.replace("<section class=\"footnotes\" aria-label=\"Footnotes\">", "<section class=\"footnotes\">");
        Article { id: id(number), title: page.title.clone(), heading, content_html: renamed(&html, &prefix(number)) }
    });
    let mut breadcrumbs = about.breadcrumbs(&context);
    breadcrumbs.push(Way { title: about.title.clone(), href: Some(context.href(docs.home())) });
    breadcrumbs.push(Way { title: site.t("Print"), href: None });
    let entity = site.catalog.entity(docs.entity);
    let newest = facts::newest(site, docs);
    let body = Print {
        breadcrumbs,
        whose: about.whose(&context),
        system: context.row(docs.entity).system,
        summary: content.description.clone().or_else(|| crate::site::context::description(entity)),
        updated: newest.and_then(|at| facts::day(site, at)),
        updated_on: newest.and_then(facts::date),
        articles: articles.collect(),
    };
    let title = site.texts().with("All of {title} documentation on one page", &[("title", &about.title)]);
    let text = body.summary.clone().unwrap_or_else(|| format!("{title}."));
    site.theme.render("docs-print.html", &common(path, title, "docs", Some(text)), &body)
}

/// The id of a page on the one with all.
fn id(page: usize) -> String {
    format!("page-{page}")
}

/// What stands before the ids of a page.
fn prefix(page: usize) -> String {
    format!("p{page}-")
}

/// Attributes that hold one id or several.
const IDS: &[&str] = &["id", "for", "name", "aria-labelledby", "aria-describedby", "aria-controls", "headers"];

/// A page's HTML with a prefix before every id and every link to one, and its headings a level
/// lower. The HTML is ours: attributes have double quotes, and no text has a bare `<`.
fn renamed(html: &str, prefix: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 16);
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = end_of_tag(rest);
        tag(&rest[..end], prefix, &mut out);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Where a tag ends: after the first `>` that stands in no quotes.
fn end_of_tag(text: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn tag(tag: &str, prefix: &str, out: &mut String) {
    let mut pieces = tag.split('"');
    let before = pieces.next().unwrap_or("");
    // `<h1 …` and `</h1>`.
    let lower = before.strip_prefix("<h").or_else(|| before.strip_prefix("</h")).and_then(|rest| {
        let level = rest.chars().next()?.to_digit(10).filter(|level| (1..=6).contains(level))?;
        rest[1..].starts_with([' ', '>']).then(|| (before.len() - rest.len(), (level + 1).min(6)))
    });
    match lower {
        Some((at, level)) => out.push_str(&format!("{}{level}{}", &before[..at], &before[at + 1..])),
        None => out.push_str(before),
    }
    let mut attribute = before;
    while let Some(value) = pieces.next() {
        let name = attribute.trim_end_matches('=').rsplit([' ', '\n']).next().unwrap_or("");
        out.push('"');
        match value.strip_prefix('#') {
            Some(fragment) if name == "href" || name == "xlink:href" => match fragment.strip_prefix(DONE) {
                Some(done) => out.push_str(&format!("#{done}")),
                None => out.push_str(&format!("#{prefix}{fragment}")),
            },
            _ if IDS.contains(&name) => {
                let ids: Vec<String> = value.split_whitespace().map(|id| format!("{prefix}{id}")).collect();
                out.push_str(&ids.join(" "));
            }
            _ => out.push_str(value),
        }
        if let Some(after) = pieces.next() {
            out.push('"');
            out.push_str(after);
            attribute = after;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::renamed;

    #[test]
    fn ids_and_links_to_them_get_a_prefix() {
        let cases = [
            ("<h1 id=\"a\">A</h1>", "<h2 id=\"p1-a\">A</h2>"),
            ("<h6>x</h6><hr><header>", "<h6>x</h6><hr><header>"),
            ("<a href=\"#a\">#a</a>", "<a href=\"#p1-a\">#a</a>"),
            ("<a href=\"#!p3-a\">x</a>", "<a href=\"#p3-a\">x</a>"),
            ("<a href=\"b.html#a\" title=\"id\">x</a>", "<a href=\"b.html#a\" title=\"id\">x</a>"),
            (
                "<input type=\"radio\" name=\"tabs-1\" id=\"tabs-1-1\" checked><label for=\"tabs-1-1\">",
                "<input type=\"radio\" name=\"p1-tabs-1\" id=\"p1-tabs-1-1\" checked><label for=\"p1-tabs-1-1\">",
            ),
            ("<p aria-labelledby=\"a b\">", "<p aria-labelledby=\"p1-a p1-b\">"),
            ("id=\"a\" <b title=\">\" id=\"c\">", "id=\"a\" <b title=\">\" id=\"p1-c\">"),
            ("<a href=\"", "<a href=\""),
            ("<", "<"),
        ];
        for (html, expected) in cases {
            assert_eq!(renamed(html, "p1-"), expected);
        }
    }
}
