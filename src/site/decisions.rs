//! The decision records of an entity: number, title, status, date, and what took the place of what.

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::docs::Record;
use crate::model::EntityId;

use super::context::Context;
use super::views::Way;

/// Most records on the page of an entity; the documentation has all.
const MAX_RECORDS: usize = 100;

#[derive(Debug, Serialize)]
pub(super) struct DecisionsView {
    total: usize,
    more: usize,
    records: Vec<RecordView>,
}

#[derive(Debug, Serialize)]
struct RecordView {
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

/// The records of an entity as seen from an output file, the newest first.
pub(super) fn view(context: &Context<'_>, id: EntityId) -> Option<DecisionsView> {
    let docs = context.site.docs;
    let records = &docs.decisions_of(id)?.records;
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
    let shown = records.iter().rev().take(MAX_RECORDS).map(|record| RecordView {
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
    Some(DecisionsView {
        total: records.len(),
        more: records.len().saturating_sub(MAX_RECORDS),
        records: shown.collect(),
    })
}
