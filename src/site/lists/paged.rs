//! Something long page by page, with the ways between the pages.

use rayon::prelude::*;

use crate::routes;
use crate::site::context::Context;
use crate::site::views::{Common, PageNumber, Pages};
use crate::site::{Error, Site, ThemeError};

/// Rows of a page.
pub(super) const PER_PAGE: usize = 200;

/// A title, with the number of the page after the first.
pub(in crate::site) fn numbered(site: &Site<'_>, title: &str, first_row: usize) -> String {
    numbered_by(site, title, first_row, PER_PAGE)
}

/// The same where a page has so many rows.
pub(super) fn numbered_by(site: &Site<'_>, title: &str, first_row: usize, rows: usize) -> String {
    match first_row / rows {
        0 => title.to_owned(),
        before => {
            let number = site.texts().number(before + 1);
            site.texts().with("{title}, page {n}", &[("title", &title), ("n", &number)])
        }
    }
}

/// What every page of a list, a report or the like has in common.
pub(in crate::site) fn common(path: &str, title: String, section: &'static str, description: Option<String>) -> Common {
    Common {
        title,
        path: Some(crate::site::views::address(path)),
        root: routes::root(path),
        section,
        description,
        alternates: Vec::new(),
    }
}

/// Renders one page of several.
type Render<'a> =
    dyn Fn(&Context<'_>, std::ops::Range<usize>, Option<Pages>) -> Result<Vec<u8>, ThemeError> + Sync + 'a;

/// Renders something page by page.
pub(in crate::site) fn paged(
    site: &Site<'_>,
    total: usize,
    path: &(dyn Fn(usize) -> String + Sync),
    render: &Render<'_>,
) -> Result<(), Error> {
    paged_by(site, total, PER_PAGE, path, render)
}

/// The same with so many rows on a page.
pub(super) fn paged_by(
    site: &Site<'_>,
    total: usize,
    rows: usize,
    path: &(dyn Fn(usize) -> String + Sync),
    render: &Render<'_>,
) -> Result<(), Error> {
    let count = total.div_ceil(rows).max(1);
    (1..=count).into_par_iter().try_for_each(|page| {
        let from = path(page);
        let context = Context::new(site, &from);
        let range = (page - 1) * rows..(page * rows).min(total);
        let pages = (count > 1).then(|| numbers(&context, page, count, total, &range, path));
        let bytes = render(&context, range, pages)?;
        site.put(from, bytes)
    })
}

fn numbers(
    context: &Context<'_>,
    page: usize,
    count: usize,
    total: usize,
    range: &std::ops::Range<usize>,
    path: &dyn Fn(usize) -> String,
) -> Pages {
    let href = |page: usize| context.href(&path(page));
    let mut shown: Vec<usize> = vec![1, 2, page.saturating_sub(1), page, page + 1, count - 1, count];
    shown.retain(|number| (1..=count).contains(number));
    shown.sort_unstable();
    shown.dedup();
    let mut entries = Vec::new();
    let mut last = 0;
    for number in shown {
        if number > last + 1 {
            entries.push(PageNumber { label: "…".to_owned(), href: None, current: false });
        }
        entries.push(PageNumber { label: number.to_string(), href: Some(href(number)), current: number == page });
        last = number;
    }
    Pages {
        previous: (page > 1).then(|| href(page - 1)),
        next: (page < count).then(|| href(page + 1)),
        from: range.start + 1,
        to: range.end,
        total,
        numbers: entries,
    }
}
