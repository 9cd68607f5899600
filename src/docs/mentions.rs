//! Which pages mention which entities: by a reference, by a link to the page of an entity, or by
//! one to its documentation. Gathered once; pages of an entity's own documentation do not count.

use rustc_hash::FxHashMap;

use crate::model::EntityId;

use super::{Docs, Target};

/// A page that mentions an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// The site, by its place in the list of sites.
    pub site: usize,
    /// The page of it.
    pub page: usize,
}

/// Pages by the entities that they mention, in the order of sites and pages, each once.
pub(super) fn gather(docs: &Docs) -> FxHashMap<EntityId, Vec<Mention>> {
    let mut found: FxHashMap<EntityId, Vec<Mention>> = FxHashMap::default();
    // Of several entities with one folder the first stands for it.
    let mut first: FxHashMap<*const super::Content, usize> = FxHashMap::default();
    let mut owners: FxHashMap<*const super::Content, Vec<EntityId>> = FxHashMap::default();
    for (number, site) in docs.sites.iter().enumerate() {
        let content = std::sync::Arc::as_ptr(&site.content);
        first.entry(content).or_insert(number);
        owners.entry(content).or_default().push(site.entity);
    }
    for (number, site) in docs.sites.iter().enumerate() {
        let content = std::sync::Arc::as_ptr(&site.content);
        if first.get(&content) != Some(&number) {
            continue;
        }
        let own = owners.get(&content).map_or(&[][..], Vec::as_slice);
        for (page, read) in site.content.pages.iter().enumerate() {
            for target in &read.targets {
                let Some(entity) = mentioned(docs, target).filter(|entity| !own.contains(entity)) else { continue };
                let mention = Mention { site: number, page };
                let list = found.entry(entity).or_default();
                if list.last() != Some(&mention) {
                    list.push(mention);
                }
            }
        }
    }
    found
}

fn mentioned(docs: &Docs, target: &Target) -> Option<EntityId> {
    match target {
        Target::Entity { entity, .. } | Target::DocsPage { entity, .. } => Some(*entity),
        Target::Elsewhere { file, .. } => {
            let (site, _) = docs.by_file.get(file)?;
            Some(docs.sites[*site].entity)
        }
        _ => None,
    }
}
