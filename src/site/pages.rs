//! The pages that the theme adds: Markdown with lists of entities in it.

use rayon::prelude::*;
use serde::Serialize;

use crate::theme::{Page, Query};

use super::context::Context;
use super::lists::common;
use super::views::{Row, Way};
use super::{Error, Site};

/// The columns of a list whose author names none, as far as there is something in them.
const COLUMNS: &[&str] = &["kind", "type", "lifecycle", "owner", "system"];

#[derive(Serialize)]
struct Body {
    heading: Option<String>,
    here: String,
    parts: Vec<Part>,
    toc: Vec<Way>,
}

/// Some HTML, and the list after it.
#[derive(Serialize)]
struct Part {
    html: String,
    list: Option<List>,
}

#[derive(Serialize)]
struct List {
    title: String,
    columns: Vec<&'static str>,
    rows: Vec<Row>,
    count: usize,
    empty: Option<String>,
}

/// All of them.
pub(super) fn all(site: &Site<'_>) -> Result<(), Error> {
    site.look.pages.par_iter().try_for_each(|page| {
        let bytes = rendered(site, page)?;
        site.put(page.output.clone(), bytes)
    })
}

fn rendered(site: &Site<'_>, page: &Page) -> Result<Vec<u8>, Error> {
    let context = Context::new(site, &page.output);
    let part = |(html, query): (String, Option<&Query>)| Part { html, list: query.map(|query| list(&context, query)) };
    let outline = page.rendered.outline.iter().filter(|heading| heading.level == 2);
    let body = Body {
        heading: page.rendered.title.is_none().then(|| page.title.clone()),
        here: page.output.clone(),
        parts: page.parts(site.memo).into_iter().map(part).collect(),
        toc: outline
            .map(|heading| Way { title: heading.text.clone(), href: Some(format!("#{}", heading.id)) })
            .collect(),
    };
    let common = common(&page.output, page.title.clone(), "pages", page.description.clone());
    Ok(site.theme.render("page.html", &common, &body)?)
}

fn list(context: &Context<'_>, query: &Query) -> List {
    let rows: Vec<Row> = query.shown.iter().map(|&id| context.row(id)).collect();
    let columns = query.columns.clone().unwrap_or_else(|| {
        let is_there = |column: &&&str| super::lists::has(column, &rows);
        // A column in which all say the same says nothing.
        let says = |column: &&&str| **column != "kind" || rows.iter().any(|row| row.link.kind != rows[0].link.kind);
        COLUMNS.iter().filter(is_there).filter(says).copied().collect()
    });
    List {
        title: query.title.clone().unwrap_or_else(|| context.site.texts().t("Entities").to_owned()),
        columns,
        count: query.total,
        empty: query.empty.clone(),
        rows,
    }
}
