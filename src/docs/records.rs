//! The decision records of each entity: where they are, how they name each other, and what is
//! wrong with them.

use rustc_hash::FxHashMap;

use crate::base::{FileId, Place, RepoId, Resolution, Sources, Span, paths};
use crate::diagnostics::{DECISION_NUMBER_TWICE, DECISION_STATUS, DECISION_SUPERSEDED_BY, Diagnostic};
use crate::model::{Catalog, EntityId};

use super::Docs;
use super::adr::{self, Said};

/// The decision records of an entity, by number.
#[derive(Debug, Default)]
pub struct Decisions {
    /// The records.
    pub records: Vec<Record>,
}

/// A decision record.
#[derive(Debug)]
pub struct Record {
    /// The file.
    pub file: FileId,
    /// What it says.
    pub said: Said,
    /// The records that it takes the place of, by their place in the list.
    pub supersedes: Vec<usize>,
    /// The records that took its place.
    pub superseded_by: Vec<usize>,
}

/// The folder that an entity names for its records.
fn named(entity: &crate::model::Entity, sources: &dyn Sources) -> Option<(RepoId, String)> {
    let text = entity.annotation(adr::LOCATION)?.trim();
    let text = text.strip_prefix("url:").or_else(|| text.strip_prefix("dir:")).unwrap_or(text);
    match sources.resolve(entity.file, text) {
        Resolution::Folder(repository, path) => Some((repository, path)),
        _ => None,
    }
}

/// The folders with records that belong to a folder of documentation: what its entity names, and
/// those that are usual.
pub(super) fn folders(
    entity: &crate::model::Entity,
    repository: RepoId,
    root: &str,
    sources: &dyn Sources,
) -> Vec<String> {
    let mut out = Vec::new();
    if let Some((_, path)) = named(entity, sources).filter(|(other, _)| *other == repository) {
        out.push(path);
    } else {
        // A folder of records may be the documentation itself.
        if adr::FOLDERS.iter().any(|folder| root == *folder || root.ends_with(&format!("/{folder}"))) {
            out.push(root.to_owned());
        }
        let usual = adr::FOLDERS.iter().filter_map(|folder| paths::join(root, folder).ok());
        out.extend(usual.filter(|folder| sources.is_folder(repository, folder)));
    }
    out
}

/// The files of records in a folder.
pub(super) fn files(sources: &dyn Sources, repository: RepoId, folder: &str) -> Vec<FileId> {
    let is_record = |file: &FileId| {
        let path = sources.path(*file);
        paths::parent(path) == folder && paths::extension(path) == "md" && adr::number(path).is_some()
    };
    sources.under(repository, folder).into_iter().filter(is_record).collect()
}

/// Reads the records of all sites. A folder that several entities share is reported on once.
pub(super) fn gather(
    docs: &Docs,
    catalog: &Catalog,
    sources: &dyn Sources,
) -> (FxHashMap<EntityId, Decisions>, Vec<Diagnostic>) {
    let mut out = FxHashMap::default();
    let mut findings = Vec::new();
    let mut reported: FxHashMap<(RepoId, String), ()> = FxHashMap::default();
    for site in &docs.sites {
        let entity = catalog.entity(site.entity);
        let own = folders(entity, site.content.repository, &site.content.root, sources);
        let mut places: Vec<(RepoId, String)> =
            own.into_iter().map(|folder| (site.content.repository, folder)).collect();
        if places.is_empty() {
            places.extend(named(entity, sources));
        }
        let mut decisions = Decisions::default();
        for (repository, folder) in places {
            let from = decisions.records.len();
            for file in files(sources, repository, &folder) {
                decisions.records.extend(record(docs, sources, file));
            }
            let records = &mut decisions.records[from..];
            let found = link(records, from, &entity.key());
            if reported.insert((repository, folder), ()).is_none() {
                findings.extend(found);
            }
        }
        if !decisions.records.is_empty() {
            out.insert(site.entity, decisions);
        }
    }
    (out, findings)
}

fn record(docs: &Docs, sources: &dyn Sources, file: FileId) -> Option<Record> {
    let (site, page) = docs.by_file.get(&file)?;
    let page = docs.sites[*site].content.pages.get(*page)?;
    let text = sources.text(file).ok()?;
    let said = adr::read(sources.path(file), &page.title, text.as_str(), &page.rendered)?;
    Some(Record { file, said, supersedes: Vec::new(), superseded_by: Vec::new() })
}

/// Leads the records of one folder to each other.
fn link(records: &mut [Record], from: usize, key: &str) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    records.sort_by_key(|record| (record.said.number, record.file));
    let mut by_number: FxHashMap<u32, usize> = FxHashMap::default();
    for (at, record) in records.iter().enumerate() {
        if let Some(&first) = by_number.get(&record.said.number) {
            let message = format!("there are two decisions with the number {}", record.said.number);
            let place = Place::start_of(records[first].file);
            findings.push(
                Diagnostic::new(&DECISION_NUMBER_TWICE, message)
                    .at(record.file, Span::default())
                    .related("the other one", place)
                    .entity(key)
                    .help("give the later one the next number"),
            );
        } else {
            by_number.insert(record.said.number, at);
        }
    }
    for at in 0..records.len() {
        let said = records[at].said.clone();
        let file = records[at].file;
        let mut missing: Vec<u32> = Vec::new();
        for (numbers, is_later) in [(&said.supersedes, false), (&said.superseded_by, true)] {
            for number in numbers {
                match by_number.get(number).filter(|other| **other != at) {
                    Some(&other) => {
                        // One of the two says it, both know it.
                        let (old, new) = if is_later { (at, other) } else { (other, at) };
                        add(&mut records[old].superseded_by, from + new);
                        add(&mut records[new].supersedes, from + old);
                    }
                    None if is_later => missing.push(*number),
                    None => {}
                }
            }
        }
        if let Some(number) = missing.first() {
            let message = format!("superseded by decision {number}, and there is none with this number");
            findings.push(superseded(file, said.span, key, message));
        }
        if !said.status.is_empty() && !adr::STATUSES.contains(&said.status.as_str()) {
            let near = crate::diagnostics::did_you_mean(&said.status, adr::STATUSES.iter().copied());
            findings.push(
                Diagnostic::new(&DECISION_STATUS, format!("`{}` is no status of a decision", said.status))
                    .at(file, said.span)
                    .entity(key)
                    .help(
                        near.unwrap_or_else(|| format!("it is {}", crate::base::suggest::either(&adr::STATUSES[..5]))),
                    ),
            );
        }
    }
    // What the later one says counts also where the earlier one keeps silent.
    let silent = records.iter().filter(|record| record.said.names_nothing && record.superseded_by.is_empty());
    findings.extend(silent.map(|record| {
        superseded(record.file, record.said.span, key, "superseded, and it does not say by which decision".to_owned())
    }));
    findings
}

fn superseded(file: FileId, span: Span, key: &str, message: String) -> Diagnostic {
    Diagnostic::new(&DECISION_SUPERSEDED_BY, message)
        .at(file, span)
        .entity(key)
        .help("write `Superseded by [3. Title](0003-title.md)`")
}

fn add(list: &mut Vec<usize>, number: usize) {
    if !list.contains(&number) {
        list.push(number);
    }
}
