//! All operations and all schemas of the organisation, by domain and owner.

use serde::Serialize;

use crate::graph::RelationTarget;
use crate::model::{Entity, EntityId, RelationId};
use crate::routes;
use crate::site::context::Context;
use crate::site::lists::{common, numbered, paged};
use crate::site::views::{Facet, FacetOption, Link, Pages};
use crate::site::{Error, Site};

use super::overview::{part_href, row};
use super::page::RowView;

/// What the two indexes are called.
const OPERATIONS: &str = "operations";
const SCHEMAS: &str = "schemas";

#[derive(Serialize)]
struct Body {
    heading: String,
    total: usize,
    facets: Vec<Facet>,
    sections: Vec<Section>,
    pages: Option<Pages>,
}

/// The rows of one API, or those of them that are on the page.
#[derive(Serialize)]
struct Section {
    domain: Option<Link>,
    owner: Option<Link>,
    api: Link,
    operations: Vec<RowView>,
    schemas: Vec<SchemaRow>,
}

#[derive(Serialize)]
struct SchemaRow {
    name: String,
    kind: String,
    href: String,
}

/// A row of an index: an API and the number of its operation or schema.
type Entry = (EntityId, usize);

/// The pages of both indexes.
pub(in crate::site) fn pages(site: &Site<'_>) -> Result<(), Error> {
    let apis = sorted(site);
    for (kind, heading) in [(OPERATIONS, site.t("All operations")), (SCHEMAS, site.t("All schemas"))] {
        let entries: Vec<Entry> =
            apis.iter().flat_map(|&api| (0..count(site, api, kind)).map(move |at| (api, at))).collect();
        paged(site, entries.len(), &|page| routes::api_index(kind, page), &|context, range, pages| {
            let title = numbered(site, &heading, range.start);
            let body = Body {
                heading: heading.clone(),
                total: entries.len(),
                facets: vec![facet(context, Some(kind))],
                sections: sections(context, &entries[range], kind),
                pages,
            };
            site.theme.render("api-index.html", &common(context.from, title, "apis", None), &body)
        })?;
    }
    Ok(())
}

fn count(site: &Site<'_>, api: EntityId, kind: &str) -> usize {
    let Some(read) = site.apis.read(api) else { return 0 };
    if kind == OPERATIONS { read.reference.operations.len() } else { read.reference.schemas.len() }
}

/// The APIs by domain, owner and title.
fn sorted(site: &Site<'_>) -> Vec<EntityId> {
    let title = |id: Option<EntityId>| {
        id.map_or_else(|| "\u{10ffff}".to_owned(), |id| site.catalog.entity(id).title().to_lowercase())
    };
    let mut apis: Vec<(String, String, String, EntityId)> = site
        .apis
        .iter()
        .map(|api| {
            let owner = site.graph.targets(api.entity, RelationId::OWNED_BY).next();
            let own = site.catalog.entity(api.entity).title().to_lowercase();
            (title(domain(site, api.entity)), title(owner), own, api.entity)
        })
        .collect();
    apis.sort();
    apis.into_iter().map(|(.., api)| api).collect()
}

/// The domain that an entity is part of, where it is in view.
fn domain(site: &Site<'_>, id: EntityId) -> Option<EntityId> {
    match site.graph.domain(site.catalog, id)? {
        RelationTarget::Entity(domain) => Some(*domain),
        RelationTarget::Unresolved(_) => None,
    }
}

fn sections(context: &Context<'_>, entries: &[Entry], kind: &str) -> Vec<Section> {
    let site = context.site;
    let mut sections: Vec<(EntityId, Section)> = Vec::new();
    for &(id, at) in entries {
        let entity: &Entity = site.catalog.entity(id);
        let Some(read) = site.apis.read(id) else { continue };
        if sections.last().is_none_or(|(last, _)| *last != id) {
            let section = Section {
                domain: domain(site, id).map(|id| context.link(id)),
                owner: context.targets(id, RelationId::OWNED_BY).into_iter().next(),
                api: context.link(id),
                operations: Vec::new(),
                schemas: Vec::new(),
            };
            sections.push((id, section));
        }
        let Some((_, section)) = sections.last_mut() else { continue };
        if kind == OPERATIONS {
            section.operations.push(row(context, entity, read, at));
        } else {
            let schema = &read.reference.schemas[at];
            let href = part_href(context, entity, &schema.anchor);
            section.schemas.push(SchemaRow { name: schema.name.clone(), kind: schema.kind.clone(), href });
        }
    }
    sections.into_iter().map(|(_, section)| section).collect()
}

/// The ways to the two indexes, for the sidebar of lists.
pub(in crate::site) fn facet(context: &Context<'_>, current: Option<&str>) -> Facet {
    let site = context.site;
    let option = |label: String, kind: &str| FacetOption {
        label,
        icon: None,
        count: site.apis.iter().map(|api| count(site, api.entity, kind)).sum(),
        href: context.href(&routes::api_index(kind, 1)),
        current: current == Some(kind),
    };
    let apis = FacetOption {
        label: site.t("All APIs"),
        icon: Some("api".to_owned()),
        count: site.count_of("API"),
        href: context.href(&routes::list(Some("API"), 1)),
        current: false,
    };
    let mut options = vec![option(site.t("All operations"), OPERATIONS), option(site.t("All schemas"), SCHEMAS)];
    if current.is_some() {
        options.insert(0, apis);
    }
    Facet { title: context.site.texts().t("Inside of APIs").to_owned(), options, more: None }
}
