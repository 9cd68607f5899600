//! What a list knows of its entities, column by column: numbers of values, names, and nothing twice.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::model::Entity;
use crate::site::Site;

use super::dictionaries::{Dictionaries, unusual_path};
use super::shelves;

/// Entities that follow each other, by column.
#[derive(Debug, Default, Serialize)]
pub(super) struct Columns<'a> {
    kinds: Vec<usize>,
    namespaces: Vec<usize>,
    types: Vec<usize>,
    lifecycles: Vec<usize>,
    owners: Vec<usize>,
    systems: Vec<usize>,
    domains: Vec<usize>,
    /// Of each entity how many, and then these.
    tags: Vec<usize>,
    /// 1 where there is documentation.
    docs: Vec<usize>,
    errors: Vec<usize>,
    warnings: Vec<usize>,
    names: Vec<&'a str>,
    /// Empty where it is the name.
    titles: Vec<&'a str>,
    /// Those that do not follow from the reference, by place.
    paths: BTreeMap<usize, String>,
}

impl<'a> Columns<'a> {
    /// Of these entities.
    pub(super) fn new(site: &Site<'_>, dictionaries: &Dictionaries, entities: &'a [Entity]) -> Self {
        let mut columns = Self::default();
        for (at, entity) in entities.iter().enumerate() {
            columns.add(site, dictionaries, at, entity);
        }
        columns
    }

    /// The kinds of these.
    pub(super) fn distinct_kinds(&self) -> Vec<usize> {
        let distinct: BTreeSet<usize> = self.kinds.iter().copied().collect();
        distinct.into_iter().collect()
    }

    fn add(&mut self, site: &Site<'_>, values: &Dictionaries, at: usize, entity: &'a Entity) {
        let (id, reference) = (entity.id, &entity.reference);
        let tally = site.tally(id);
        self.kinds.push(values.kinds.number(Some(&site.catalog.kind_of(entity).name)));
        self.namespaces.push(values.namespaces.number(Some(&reference.namespace.to_lowercase())));
        self.types.push(values.types.number(entity.spec_type()));
        self.lifecycles.push(values.lifecycles.number(entity.lifecycle()));
        self.owners.push(values.owners.number(site, site.graph.owner(id)));
        self.systems.push(values.systems.number(site, site.graph.system(site.catalog, id)));
        self.domains.push(values.domains.number(site, site.graph.domain(site.catalog, id)));
        let tags = shelves::keys_of(entity);
        self.tags.push(tags.len());
        self.tags.extend(tags.iter().map(|(key, _)| values.tags.number(Some(key))));
        self.docs.push(usize::from(site.docs_home(id).is_some()));
        self.errors.push(tally.errors);
        self.warnings.push(tally.warnings);
        self.names.push(&reference.name);
        self.titles.push(if entity.title() == reference.name { "" } else { entity.title() });
        if let Some(path) = unusual_path(reference) {
            self.paths.insert(at, path);
        }
    }
}
