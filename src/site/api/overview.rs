//! What other pages show of a definition: operations in a few rows, with the way to all of them.

use serde::Serialize;

use crate::api::Read;
use crate::api::model::Operation;
use crate::graph::RelationTarget;
use crate::model::{Entity, EntityId, RelationId};
use crate::routes;
use crate::site::context::Context;
use crate::site::views::{Link, Way};

use super::page::RowView;
use super::parts::{row_title, verb_class};

/// Most operations on the page of an API.
const MOST_OWN: usize = 60;
/// Most APIs that the page of another entity shows down to their operations, and most operations.
const MOST_APIS: usize = 10;
const MOST_OF_OTHERS: usize = 8;

/// The operations of an API in a few rows.
#[derive(Serialize)]
pub(in crate::site) struct Overview {
    operations: Vec<RowView>,
    total: usize,
    schemas: usize,
    reference: Way,
}

/// An API that another entity provides or consumes.
#[derive(Serialize)]
pub(in crate::site) struct Related {
    api: Link,
    how: &'static str,
    overview: Overview,
}

/// The operations of an API, seen from a page.
fn overview(context: &Context<'_>, entity: &Entity, read: &Read, most: usize) -> Option<Overview> {
    if !super::has_reference(read) {
        return None;
    }
    let operations = &read.reference.operations;
    Some(Overview {
        operations: operations.iter().enumerate().take(most).map(|(at, _)| row(context, entity, read, at)).collect(),
        total: operations.len(),
        schemas: read.reference.schemas.len(),
        reference: Way {
            title: match operations.len() {
                0 => context.site.t("The whole reference"),
                count if count > most => context.site.texts().with("All {n} operations", &[("n", &count)]),
                _ => context.site.t("The whole reference"),
            },
            href: Some(context.href(&routes::api_reference(&entity.reference))),
        },
    })
}

/// The operations on the page of the API itself.
pub(in crate::site) fn own(context: &Context<'_>, entity: &Entity, read: &Read) -> Option<Overview> {
    overview(context, entity, read, MOST_OWN)
}

/// The APIs that an entity provides and consumes, down to their operations.
pub(in crate::site) fn related(context: &Context<'_>, id: EntityId) -> Vec<Related> {
    let site = context.site;
    let mut related = Vec::new();
    for (relation, how) in [(RelationId::PROVIDES_API, "provides"), (RelationId::CONSUMES_API, "consumes")] {
        let relations = site.graph.relations(id).iter().filter(|one| one.relation == relation);
        let apis = relations.filter_map(|one| match one.target {
            RelationTarget::Entity(api) => Some(api),
            RelationTarget::Unresolved(_) => None,
        });
        related.extend(apis.filter_map(|api| {
            let overview = overview(context, site.catalog.entity(api), site.apis.read(api)?, MOST_OF_OTHERS)?;
            Some(Related { api: context.link(api), how, overview })
        }));
    }
    related.truncate(MOST_APIS);
    related
}

/// An operation, seen from outside of its reference.
pub(super) fn row(context: &Context<'_>, entity: &Entity, read: &Read, at: usize) -> RowView {
    let operation: &Operation = &read.reference.operations[at];
    RowView {
        id: None,
        verb: operation.verb.clone(),
        verb_class: verb_class(&operation.verb),
        target: operation.target.clone(),
        title: row_title(operation),
        href: part_href(context, entity, &operation.anchor),
        group: String::new(),
        deprecated: operation.deprecated.is_some(),
    }
}

/// A part where it stands, seen from outside of its reference.
pub(in crate::site) fn part_href(context: &Context<'_>, entity: &Entity, anchor: &str) -> String {
    match context.site.references.get(&entity.id).filter(|places| places.have(anchor)) {
        Some(places) => places.link(context.from, anchor),
        None => {
            let first = routes::api_reference(&entity.reference);
            context.href(&format!("{first}#{}", crate::base::hosts::encoded(anchor)))
        }
    }
}
