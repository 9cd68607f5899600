//! The documentation of another entity: `backstage.io/techdocs-entity`, over chains of it, and the
//! page to begin with, `backstage.io/techdocs-entity-path`.

use crate::base::paths;
use crate::diagnostics::{DOCS_NOT_FOUND, Diagnostic};
use crate::model::{Catalog, Context, Entity, EntityId, EntityRef};

use super::{Docs, Site};

pub(super) const ENTITY: &str = "backstage.io/techdocs-entity";
const PATH: &str = "backstage.io/techdocs-entity-path";

/// Longest chain of entities that use each other's documentation.
pub(super) const MAX_HOPS: usize = 20;

/// Findings that get advice.
const MAX_ADVICE: usize = 100;

/// An entity that uses the documentation of another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Borrowed {
    /// The entity.
    pub entity: EntityId,
    /// Whose documentation; itself when only a path is given.
    pub from: EntityId,
    /// The path to begin with, as it is written.
    pub path: Option<String>,
    /// The page of that path.
    pub page: Option<usize>,
}

/// Whose documentation entities name as theirs, one step of the chain, where it is in view.
pub(super) fn named(catalog: &Catalog) -> impl Iterator<Item = (EntityId, EntityId)> + '_ {
    catalog.entities.iter().filter_map(|entity| {
        let reference = EntityRef::parse(entity.annotation(ENTITY)?, Context::default()).ok()?;
        Some((entity.id, catalog.find(&reference.key())?.id))
    })
}

/// Follows the annotations of all entities. Those that lead nowhere are findings, except where the
/// other entity may be out of view.
pub(super) fn borrow(catalog: &Catalog, docs: &Docs, is_closed: bool) -> (Vec<Borrowed>, Vec<Diagnostic>) {
    let mut out = Vec::new();
    let mut findings = Vec::new();
    for entity in &catalog.entities {
        let path = entity.annotation(PATH);
        if entity.annotation(ENTITY).is_none() && path.is_none() {
            continue;
        }
        let from = match source(catalog, docs, entity, is_closed) {
            Ok(Some(from)) => from,
            Ok(None) => continue,
            Err(message) => {
                findings.extend((!entity.imported).then(|| finding(entity, ENTITY, message)));
                continue;
            }
        };
        let site = docs.site_of(from);
        let page = path.zip(site).and_then(|(path, site)| page(site, path));
        if let (Some(path), Some(site), None, false) = (path, site, page, entity.imported) {
            let whose = catalog.entity(from).key();
            let message = format!("the documentation of `{whose}` has no page `{path}`");
            let names = site.content.pages.iter().take(if findings.len() < MAX_ADVICE { usize::MAX } else { 0 });
            let names = names.map(|page| page.source.as_str());
            let name = path.trim_matches('/');
            let help = crate::base::suggest::nearest(&format!("{name}.md"), names);
            let help = help.map(|name| format!("did you mean `/{}`?", name.trim_end_matches(".md")));
            findings.push(finding(entity, PATH, message).maybe_help(help));
        }
        out.push(Borrowed { entity: entity.id, from, path: path.map(str::to_owned), page });
    }
    (out, findings)
}

/// Whose documentation an entity shows in the end; `None` where that is not in view.
fn source(catalog: &Catalog, docs: &Docs, entity: &Entity, is_closed: bool) -> Result<Option<EntityId>, String> {
    let mut here = entity;
    for _ in 0..MAX_HOPS {
        let Some(text) = here.annotation(ENTITY) else {
            let is_absent = docs.absent.binary_search_by_key(&here.id, |absent| absent.entity).is_ok();
            // What is wrong with its own annotation is said there.
            if is_absent || docs.site_of(here.id).is_some() || here.imported {
                return Ok(Some(here.id));
            }
            return Err(format!("`{}` has no documentation", here.key()));
        };
        // A value that names no entity has a finding as an annotation.
        let Ok(reference) = EntityRef::parse(text, Context::default()) else { return Ok(None) };
        let Some(next) = catalog.find(&reference.key()) else {
            return if is_closed { Err(format!("there is no entity `{}`", reference.key())) } else { Ok(None) };
        };
        if next.id == entity.id {
            return Err("the documentation is that of the entity itself, in a circle".to_owned());
        }
        // Its own documentation goes before what it borrows.
        if docs.site_of(next.id).is_some() {
            return Ok(Some(next.id));
        }
        here = next;
    }
    Err(format!("the documentation is borrowed over more than {MAX_HOPS} entities"))
}

/// The page at a path as the address of the reader has it: `/guide/setup`.
fn page(site: &Site, path: &str) -> Option<usize> {
    let path = path.split(['#', '?']).next().unwrap_or(path).trim_matches('/');
    let path = path.strip_suffix("index.html").or_else(|| path.strip_suffix(".html")).unwrap_or(path);
    let stem = paths::percent_decoded(path.trim_end_matches('/'));
    let inside = |name: &str| if stem.is_empty() { name.to_owned() } else { format!("{stem}/{name}") };
    let names = [stem.clone(), format!("{stem}.md"), inside("index.md"), inside("README.md")];
    let pages = &site.content.pages;
    names.iter().find_map(|name| pages.binary_search_by(|page| page.source.as_str().cmp(name)).ok())
}

fn finding(entity: &Entity, annotation: &str, message: String) -> Diagnostic {
    let pointer = format!("/metadata/annotations/{}", crate::yaml::pointer_escape(annotation));
    let place = entity.place(&pointer);
    Diagnostic::new(&DOCS_NOT_FOUND, message)
        .at(place.file, place.span)
        .pointer(pointer)
        .entity(entity.key())
        .subject(entity.annotation(annotation).unwrap_or(""))
}
