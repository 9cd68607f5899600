//! The list of all decision records of a documentation site, the newest first.

use serde::Serialize;

use crate::docs;
use crate::site::decisions::{RecordView, rows};
use crate::site::lists::{common, numbered, paged};
use crate::site::views::{Pages, Way};
use crate::site::{Error, Site};

use super::nav::Nav;
use super::{About, Whose};

#[derive(Serialize)]
struct Decisions {
    breadcrumbs: Vec<Way>,
    #[serde(flatten)]
    whose: Whose,
    nav_html: Option<String>,
    heading: String,
    total: usize,
    records: Vec<RecordView>,
    pages: Option<Pages>,
}

/// The list, in pages.
pub(super) fn pages(site: &Site<'_>, docs: &docs::Site, nav: &Nav<'_>, about: &About<'_>) -> Result<(), Error> {
    let Some(first) = &about.decisions else { return Ok(()) };
    let stem = first.trim_end_matches(".html");
    let path = |page: usize| if page <= 1 { first.clone() } else { format!("{stem}-{page}.html") };
    paged(site, about.records, &path, &|context, range, pages| {
        let mut breadcrumbs = about.breadcrumbs(context);
        breadcrumbs.push(Way { title: site.t("Decisions"), href: None });
        let title = numbered(
            site,
            &site.texts().with("Decisions · {title} documentation", &[("title", &about.title)]),
            range.start,
        );
        let body = Decisions {
            breadcrumbs,
            whose: about.whose(context),
            nav_html: about.sidebar_of_list(context, nav, first)?,
            heading: site.t("Decisions"),
            total: about.records,
            records: rows(context, docs.entity, range),
            pages,
        };
        site.theme.render("docs-decisions.html", &common(context.from, title, "docs", None), &body)
    })
}
