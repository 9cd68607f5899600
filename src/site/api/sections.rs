//! Schemas under headings: messages apart from what they are made of, packages, kinds of types. What has
//! no section of its own stands under "Schemas", as all of it does in most definitions.

use serde::Serialize;

use crate::api::model::Schema;
use crate::api::{Family, Read};
use crate::site::context::Context;
use crate::theme::{Texts, said};

use super::layout::{Pieces, Plan, Planned};
use super::page::{MOST_NAV, NavView};

/// Schemas under one heading: themselves, or rows that lead to them.
#[derive(Serialize)]
pub(super) struct SectionView {
    id: String,
    kind: Option<&'static str>,
    title: String,
    total: usize,
    html: String,
    rows: Vec<SchemaRow>,
}

#[derive(Serialize)]
struct SchemaRow {
    id: String,
    name: String,
    href: String,
}

/// The schemas of a page.
pub(super) fn shown(texts: &Texts, read: &Read, ids: &[usize], pieces: &Pieces) -> Vec<SectionView> {
    let schemas = &read.reference.schemas;
    let mut sections = Vec::new();
    for run in runs(ids, schemas) {
        let html = run.iter().map(|&id| pieces.schemas[id].as_str()).collect();
        sections.push(SectionView { html, total: run.len(), ..section(texts, read, &schemas[run[0]]) });
    }
    sections
}

/// The first of all schemas, as rows.
pub(super) fn listed(context: &Context<'_>, read: &Read, plan: &Plan, most: usize) -> Vec<SectionView> {
    let schemas = &read.reference.schemas;
    let ids: Vec<usize> = (0..schemas.len()).collect();
    let texts = context.site.texts();
    let mut left = most;
    let mut sections = Vec::new();
    for run in runs(&ids, schemas).filter(|run| !run.is_empty()) {
        let shown = &run[..run.len().min(left)];
        left -= shown.len();
        let rows = shown.iter().map(|&id| SchemaRow {
            id: schemas[id].anchor.clone(),
            name: short_name(&schemas[id]).to_owned(),
            href: plan.places.link(context.from, &schemas[id].anchor),
        });
        sections.push(SectionView { rows: rows.collect(), total: run.len(), ..section(texts, read, &schemas[run[0]]) });
        if left == 0 {
            break;
        }
    }
    sections
}

fn section(texts: &Texts, read: &Read, first: &Schema) -> SectionView {
    SectionView {
        id: id(first.section.as_deref()),
        kind: first.section.as_ref().filter(|_| read.definition.family == Family::Protobuf).map(|_| said("Package")),
        title: title(texts, first.section.as_deref()),
        total: 0,
        html: String::new(),
        rows: Vec::new(),
    }
}

/// Schemas of one section that follow each other.
fn runs<'a>(ids: &'a [usize], schemas: &'a [Schema]) -> impl Iterator<Item = &'a [usize]> {
    ids.chunk_by(|&one, &other| schemas[one].section == schemas[other].section)
}

/// What stands over schemas that have no section.
pub(super) const SCHEMAS: &str = said("Schemas");

fn title(texts: &Texts, section: Option<&str>) -> String {
    section.unwrap_or_else(|| texts.t(SCHEMAS)).to_owned()
}

/// The anchor of a section. No part has it: their anchors have a kind before the hyphen, or are a name.
fn id(section: Option<&str>) -> String {
    let Some(section) = section else { return "schemas".to_owned() };
    let safe = |c: char| if c.is_alphanumeric() || matches!(c, '_' | '.') { c } else { '-' };
    format!("schemas-{}", section.chars().map(safe).collect::<String>())
}

/// A name under the heading of its section: without the package that the heading says.
fn short_name(schema: &Schema) -> &str {
    let package = schema.section.as_deref();
    package.and_then(|package| schema.name.strip_prefix(package)?.strip_prefix('.')).unwrap_or(&schema.name)
}

/// The sections in the sidebar. Where a definition has several pages, each entry is one of them.
pub(super) fn nav(
    schemas: &[Schema],
    plan: &Plan,
    here: &Planned,
    context: &Context<'_>,
    entry: &dyn Fn(&str, String) -> NavView,
) -> Vec<NavView> {
    let mut left = MOST_NAV;
    let mut names = |ids: &[usize]| -> Vec<NavView> {
        let shown = &ids[..ids.len().min(left)];
        left -= shown.len();
        shown
            .iter()
            .map(|&id| entry(short_name(&schemas[id]), plan.places.link(context.from, &schemas[id].anchor)))
            .collect()
    };
    if plan.is_one {
        let section = |run: &[usize]| {
            let section = schemas[run[0]].section.as_deref();
            let mut view = entry(&title(context.site.texts(), section), format!("#{}", id(section)));
            view.count = run.len();
            view.children = names(run);
            view
        };
        return runs(&here.schemas, schemas).take(MOST_NAV).map(section).collect();
    }
    let mut page = |page: &Planned| {
        let mut view = entry(page.short.as_deref().unwrap_or(""), context.href(&page.path));
        view.current = page.path == here.path;
        view.count = page.schemas.len();
        if view.current {
            view.children = names(&page.schemas);
        }
        view
    };
    let pages = plan.pages.iter().filter(|page| !page.schemas.is_empty()).take(MOST_NAV);
    let (sections, letters): (Vec<&Planned>, Vec<&Planned>) = pages.partition(|page| page.section.is_some());
    let mut nav: Vec<NavView> = sections.into_iter().map(&mut page).collect();
    if !letters.is_empty() {
        let mut all = entry(context.site.texts().t(SCHEMAS), format!("{}#schemas", context.href(&plan.pages[0].path)));
        all.count = letters.iter().map(|page| page.schemas.len()).sum();
        all.children = letters.into_iter().map(&mut page).collect();
        nav.push(all);
    }
    nav
}
