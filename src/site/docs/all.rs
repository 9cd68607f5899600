//! The list of all pages of a documentation site, by section: where the sidebar stops.

use serde::Serialize;

use crate::docs;
use crate::site::lists::{common, numbered, paged};
use crate::site::views::{Pages, Way};
use crate::site::{Error, Site};

use super::nav::Nav;
use super::{About, Whose};

#[derive(Serialize)]
struct All {
    breadcrumbs: Vec<Way>,
    #[serde(flatten)]
    whose: Whose,
    nav_html: Option<String>,
    heading: String,
    total: usize,
    sections: Vec<Section>,
    pages: Option<Pages>,
}

#[derive(Serialize)]
struct Section {
    title: Option<String>,
    entries: Vec<Way>,
}

/// The list, in pages.
pub(super) fn pages(site: &Site<'_>, docs: &docs::Site, nav: &Nav<'_>, about: &About<'_>) -> Result<(), Error> {
    let Some(first) = &about.all else { return Ok(()) };
    let stem = first.trim_end_matches(".html");
    let path = |page: usize| if page <= 1 { first.clone() } else { format!("{stem}-{page}.html") };
    let mut order = in_order(docs);
    // What stands right in a section comes before the sections in it, and pages in none come first:
    // behind one they would seem to belong to it.
    order.sort_by_key(|&page| (!nav.has(page), nav.section(page)));
    paged(site, order.len(), &path, &|context, range, pages| {
        let mut sections: Vec<Section> = Vec::new();
        for &page in &order[range.clone()] {
            let title = section(site, nav, page);
            let href = Some(context.href(&docs.outputs[page]));
            let entry = Way { title: docs.content.pages[page].title.clone(), href };
            match sections.last_mut().filter(|last| last.title == title) {
                Some(last) => last.entries.push(entry),
                None => sections.push(Section { title, entries: vec![entry] }),
            }
        }
        let mut breadcrumbs = about.breadcrumbs(context);
        breadcrumbs.push(Way { title: site.t("All pages"), href: None });
        let whose = about.whose(context);
        let nav_html = about.sidebar_of_list(context, nav, first)?;
        let body =
            All { breadcrumbs, whose, nav_html, heading: site.t("All pages"), total: order.len(), sections, pages };
        let title = numbered(
            site,
            &site.texts().with("All pages · {title} documentation", &[("title", &about.title)]),
            range.start,
        );
        site.theme.render("docs-all.html", &common(context.from, title, "docs", None), &body)
    })
}

/// The pages as the nav has them, then the others by path.
pub(in crate::site) fn in_order(docs: &docs::Site) -> Vec<usize> {
    let content = &docs.content;
    let mut listed = vec![false; content.pages.len()];
    let mut order = content.order.clone();
    for &page in &order {
        listed[page] = true;
    }
    let mut others: Vec<usize> = (0..content.pages.len()).filter(|&page| !listed[page]).collect();
    others.sort_by(|&a, &b| content.pages[a].source.cmp(&content.pages[b].source));
    order.extend(others);
    order
}

fn section(site: &Site<'_>, nav: &Nav<'_>, page: usize) -> Option<String> {
    let titles: Vec<&str> = nav.sections(page).into_iter().map(|(title, _)| title).collect();
    match titles.as_slice() {
        [] if nav.has(page) => None,
        [] => Some(site.t("Not in the navigation")),
        titles => Some(titles.join(" / ")),
    }
}
