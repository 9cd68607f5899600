//! The read part of Backstage's catalog API as files. A host answers with a file whatever the query
//! says: lists are whole, and filters are the caller's.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::model::RelationId;
use crate::routes;
use crate::site::{Error, Site};

/// Most values of a facet.
const MAX_VALUES: usize = 10_000;

/// The lists of all entities, and how many there are of each kind, type and so on.
pub(super) fn lists(site: &Site<'_>) -> Result<(), Error> {
    let entities = site.public().entity_list().unwrap_or_default();
    // As a page of a query: all of it, and none after it.
    let mut page = Vec::with_capacity(entities.len() + 64);
    page.extend_from_slice(b"{\"items\":");
    page.extend_from_slice(&entities);
    let rest = format!(",\"totalItems\":{},\"pageInfo\":{{}}}}\n", site.catalog.entities.len());
    page.extend_from_slice(rest.as_bytes());
    site.put(routes::BACKSTAGE_QUERY.to_owned(), page)?;
    site.put(routes::BACKSTAGE_ENTITIES.to_owned(), entities)?;
    let mut facets = serde_json::to_vec(&facets(site)).unwrap_or_default();
    facets.push(b'\n');
    site.put(routes::BACKSTAGE_FACETS.to_owned(), facets)
}

type Counts = BTreeMap<String, usize>;

/// The facets that Backstage's own pages ask for.
fn facets(site: &Site<'_>) -> Json {
    let mut facets: [(&str, Counts); 6] = [
        ("kind", Counts::new()),
        ("spec.type", Counts::new()),
        ("spec.lifecycle", Counts::new()),
        ("metadata.namespace", Counts::new()),
        ("metadata.tags", Counts::new()),
        ("relations.ownedBy", Counts::new()),
    ];
    for entity in &site.catalog.entities {
        let owners = site.graph.relations(entity.id).iter().filter(|one| one.relation == RelationId::OWNED_BY);
        let values: [Vec<String>; 6] = [
            vec![entity.reference.kind.clone()],
            entity.spec_type().map(str::to_owned).into_iter().collect(),
            entity.lifecycle().map(str::to_owned).into_iter().collect(),
            vec![entity.reference.namespace.clone()],
            entity.tags().map(str::to_owned).collect(),
            owners.map(|one| site.graph.target_key(&one.target)).collect(),
        ];
        for ((_, counts), values) in facets.iter_mut().zip(values) {
            values.into_iter().for_each(|value| *counts.entry(value).or_default() += 1);
        }
    }
    let list = |counts: Counts| -> Json {
        counts.into_iter().take(MAX_VALUES).map(|(value, count)| json!({"value": value, "count": count})).collect()
    };
    let facets: serde_json::Map<String, Json> =
        facets.into_iter().map(|(name, counts)| (name.to_owned(), list(counts))).collect();
    json!({"facets": facets})
}
