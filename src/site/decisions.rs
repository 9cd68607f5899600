//! The decision records of an entity: number, title, status, date, and what took the place of
//! what. Its page has the newest, and the documentation has a list of all.

use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::docs::Record;
use crate::model::EntityId;

use super::context::Context;
use super::views::Way;

/// Most records on the page of an entity; its documentation has the list of all.
const MAX_RECORDS: usize = 10;

#[derive(Debug, Serialize)]
pub(super) struct DecisionsView {
    total: usize,
    records: Vec<RecordView>,
    more: Option<Way>,
}

#[derive(Debug, Serialize)]
pub(super) struct RecordView {
    number: u32,
    title: String,
    href: Option<String>,
    /// As it is shown.
    status: String,
    /// `good`, `open`, `bad` or `old`: how it looks.
    state: &'static str,
    date: Option<String>,
    supersedes: Vec<Way>,
    superseded_by: Vec<Way>,
}

/// The newest records of an entity, as its page shows them.
pub(super) fn view(context: &Context<'_>, id: EntityId) -> Option<DecisionsView> {
    let total = context.site.docs.decisions_of(id)?.records.len();
    let list = context.site.docs.site_of(id).map(|docs| super::docs::decisions_page(context.site, docs));
    Some(DecisionsView {
        total,
        records: rows(context, id, 0..MAX_RECORDS.min(total)),
        more: list.filter(|_| total > MAX_RECORDS).map(|list| Way {
            title: context.site.texts().with("All {n} decisions", &[("n", &total)]),
            href: Some(context.href(&list)),
        }),
    })
}

/// A part of the records of an entity as seen from an output file, counted from the newest.
pub(super) fn rows(context: &Context<'_>, id: EntityId, part: Range<usize>) -> Vec<RecordView> {
    let docs = context.site.docs;
    let Some(decisions) = docs.decisions_of(id) else { return Vec::new() };
    let records = &decisions.records;
    let site = docs.site_of(id);
    let pages: FxHashMap<_, &str> = site
        .iter()
        .flat_map(|site| site.content.pages.iter().map(|page| page.file).zip(site.outputs.iter().map(String::as_str)))
        .collect();
    let way = |record: &Record| {
        let own = pages.get(&record.file).copied();
        let output = own.or_else(|| docs.page_of(record.file));
        output.map(|output| context.href(output)).or_else(|| context.site.file_url(record.file))
    };
    let others = |numbers: &[usize]| -> Vec<Way> {
        let named = numbers.iter().filter_map(|number| records.get(*number));
        named
            .map(|other| Way { title: format!("{}. {}", other.said.number, other.said.title), href: way(other) })
            .collect()
    };
    let shown = records.iter().rev().skip(part.start).take(part.len()).map(|record| RecordView {
        number: record.said.number,
        title: record.said.title.clone(),
        href: way(record),
        status: crate::model::sentence(&record.said.status),
        state: match record.said.status.as_str() {
            _ if !record.superseded_by.is_empty() => "old",
            "accepted" | "implemented" | "amended" => "good",
            "rejected" | "withdrawn" => "bad",
            "superseded" | "deprecated" => "old",
            _ => "open",
        },
        date: record.said.date.clone(),
        supersedes: others(&record.supersedes),
        superseded_by: others(&record.superseded_by),
    });
    shown.collect()
}
