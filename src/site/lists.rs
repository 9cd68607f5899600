//! Lists of entities in pages: all, by kind, and what is too long for an entity's page.

use rayon::prelude::*;
use serde::Serialize;

use crate::model::{Entity, EntityId, Kind};
use crate::routes;

use super::context::{Context, icon};
use super::views::{Common, Facet, FacetOption, PageNumber, Pages, Row};
use super::{Error, Site, ThemeError};

/// Rows of a page.
const PER_PAGE: usize = 200;

#[derive(Serialize)]
struct Body {
    heading: String,
    kind: Option<String>,
    total: usize,
    facets: Vec<Facet>,
    columns: Vec<&'static str>,
    rows: Vec<Row>,
    pages: Option<Pages>,
}

/// The word for many of a kind, as a heading.
pub(super) fn plural(kind: &Kind) -> String {
    crate::theme::capitalised(&kind.plural)
}

/// All lists of the site.
pub(super) fn all(site: &Site<'_>) -> Vec<ListPlan> {
    let everything: Vec<EntityId> = site.catalog.entities.iter().map(|entity| entity.id).collect();
    let mut plans =
        vec![ListPlan { kind: None, heading: "All entities".to_owned(), description: None, entities: everything }];
    for (id, kind) in site.catalog.kinds.iter() {
        let entities: Vec<EntityId> =
            site.catalog.entities.iter().filter(|entity| entity.kind == id).map(|entity| entity.id).collect();
        // Core kinds have a list even when it is empty: the navigation leads there.
        if entities.is_empty() && !kind.core {
            continue;
        }
        plans.push(ListPlan {
            kind: Some(kind.name.to_string()),
            heading: plural(kind),
            description: (!kind.doc.is_empty()).then(|| kind.doc.to_string()),
            entities,
        });
    }
    plans
}

/// A list before it is rendered.
pub(super) struct ListPlan {
    kind: Option<String>,
    heading: String,
    description: Option<String>,
    entities: Vec<EntityId>,
}

/// The pages of a list.
pub(super) fn pages(site: &Site<'_>, plan: &ListPlan) -> Result<(), Error> {
    let columns: Vec<&'static str> = match plan.kind.as_deref() {
        None => vec!["kind", "type", "lifecycle", "owner", "system", "tags"],
        Some("User") => vec!["tags"],
        Some("Group" | "Location") => vec!["type", "tags"],
        Some("System" | "Domain") => vec!["owner", "tags"],
        Some("Resource") => vec!["type", "owner", "system", "tags"],
        Some("Template") => vec!["type", "owner", "tags"],
        Some(_) => vec!["type", "lifecycle", "owner", "system", "tags"],
    };
    let path = |page: usize| routes::list(plan.kind.as_deref(), page);
    paged(site, plan.entities.len(), &path, &|context, range, pages| {
        let title = numbered(&plan.heading, range.start);
        let rows: Vec<Row> = plan.entities[range].iter().map(|&id| context.row(id)).collect();
        let section = if plan.kind.as_deref() == Some("API") { "apis" } else { "catalog" };
        let body = Body {
            heading: plan.heading.clone(),
            kind: plan.kind.as_deref().map(icon),
            total: plan.entities.len(),
            facets: facets(context, plan.kind.as_deref()),
            columns: columns.iter().copied().filter(|column| has(column, &rows)).collect(),
            rows,
            pages,
        };
        let common = common(context.from, title, section, plan.description.clone());
        site.theme.render("list.html", &common, &body)
    })
}

/// Whether a column has something in it.
pub(super) fn has(column: &str, rows: &[Row]) -> bool {
    rows.iter().any(|row| match column {
        "type" => row.spec_type.is_some(),
        "lifecycle" => row.lifecycle.is_some(),
        "owner" => row.owner.is_some(),
        "system" => row.system.is_some(),
        "tags" => !row.tags.is_empty(),
        _ => true,
    })
}

/// A title, with the number of the page after the first.
pub(super) fn numbered(title: &str, first_row: usize) -> String {
    match first_row / PER_PAGE {
        0 => title.to_owned(),
        before => format!("{title}, page {}", before + 1),
    }
}

/// What every page of a list, a report or the like has in common.
pub(super) fn common(path: &str, title: String, section: &'static str, description: Option<String>) -> Common {
    Common {
        title,
        path: Some(super::views::address(path)),
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
pub(super) fn paged(
    site: &Site<'_>,
    total: usize,
    path: &(dyn Fn(usize) -> String + Sync),
    render: &Render<'_>,
) -> Result<(), Error> {
    let count = total.div_ceil(PER_PAGE).max(1);
    (1..=count).into_par_iter().try_for_each(|page| {
        let from = path(page);
        let context = Context::new(site, &from);
        let range = (page - 1) * PER_PAGE..(page * PER_PAGE).min(total);
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

/// The kinds with their counts.
fn facets(context: &Context<'_>, current: Option<&str>) -> Vec<Facet> {
    let site = context.site;
    let mut options = vec![FacetOption {
        label: "Everything".to_owned(),
        icon: None,
        count: site.catalog.entities.len(),
        href: context.href(&routes::list(None, 1)),
        current: current.is_none(),
    }];
    for (kind, count) in &site.index.kind_counts {
        let kind = site.catalog.kinds.get(*kind);
        if *count == 0 && current != Some(&*kind.name) {
            continue;
        }
        options.push(FacetOption {
            label: plural(kind),
            icon: Some(icon(&kind.name)),
            count: *count,
            href: context.href(&routes::list(Some(&kind.name), 1)),
            current: current == Some(&*kind.name),
        });
    }
    let mut facets = vec![Facet { title: "Kinds", options, more: None }];
    if current == Some("API") {
        facets.push(super::api::facet(context, None));
    }
    facets
}

/// A table that is too long for an entity's page.
pub(super) struct LongList {
    stem: String,
    heading: String,
    columns: Vec<&'static str>,
    references: Vec<String>,
}

impl LongList {
    pub(super) fn new(
        entity: &Entity,
        id: &str,
        title: &str,
        columns: Vec<&'static str>,
        references: Vec<String>,
    ) -> Self {
        let page = routes::entity_page(&entity.reference);
        let stem = format!("lists/{}/{id}", page.trim_start_matches("catalog/").trim_end_matches(".html"));
        Self { stem, heading: format!("{}: {}", entity.title(), title.to_lowercase()), columns, references }
    }

    pub(super) fn path(&self, page: usize) -> String {
        if page <= 1 { format!("{}.html", self.stem) } else { format!("{}-{page}.html", self.stem) }
    }
}

/// The pages of such a table.
pub(super) fn long_list(site: &Site<'_>, list: &LongList) -> Result<(), Error> {
    let ids: Vec<EntityId> = list.references.iter().filter_map(|key| site.catalog.index.get(key).copied()).collect();
    paged(site, ids.len(), &|page| list.path(page), &|context, range, pages| {
        let title = numbered(&list.heading, range.start);
        let rows: Vec<Row> = ids[range].iter().map(|&id| context.row(id)).collect();
        let body = Body {
            heading: list.heading.clone(),
            kind: None,
            total: ids.len(),
            facets: facets(context, Some("")),
            columns: list.columns.iter().copied().filter(|column| *column != "via").collect(),
            rows,
            pages,
        };
        site.theme.render("list.html", &common(context.from, title, "catalog", None), &body)
    })
}
