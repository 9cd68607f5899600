//! Lists about one entity that are too long for its page.

use crate::model::{Entity, EntityId, EntityRef};
use crate::routes;
use crate::site::views::{Row, Way};
use crate::site::{Error, Site};

use super::page::{Body, Scope, rest, symbols};
use super::paged::{common, numbered, paged};
use super::{MAX_TOGETHER, groups, rail};

/// A table that is too long for an entity's page.
pub(in crate::site) struct LongList {
    entity: EntityId,
    reference: EntityRef,
    id: String,
    title: String,
    columns: Vec<&'static str>,
    references: Vec<String>,
    /// Whether the lists of groups have all of it.
    in_groups: bool,
}

impl LongList {
    pub(in crate::site) fn new(
        entity: &Entity,
        id: &str,
        title: &str,
        columns: Vec<&'static str>,
        references: Vec<String>,
    ) -> Self {
        Self {
            entity: entity.id,
            reference: entity.reference.clone(),
            id: id.to_owned(),
            title: title.to_owned(),
            columns,
            references,
            in_groups: false,
        }
    }

    /// A list of what groups below own, or those that a person is in. Each group above has another: only what
    /// the lists of groups have whole is cut.
    pub(in crate::site) fn of_groups(self) -> Self {
        Self { in_groups: true, ..self }
    }

    pub(in crate::site) fn path(&self, page: usize) -> String {
        routes::entity_list(&self.reference, &self.id, page)
    }
}

/// The pages of such a table.
pub(in crate::site) fn long_list(site: &Site<'_>, list: &LongList) -> Result<(), Error> {
    let ids: Vec<EntityId> = list.references.iter().filter_map(|key| site.catalog.index.get(key).copied()).collect();
    let entity = site.catalog.entity(list.entity);
    let below = if list.in_groups { groups(site, list.entity).collect() } else { Vec::new() };
    let total = ids.len();
    let kept = if below.is_empty() { total } else { total.min(MAX_TOGETHER) };
    let ids = &ids[..kept];
    paged(site, ids.len(), &|page| list.path(page), &|context, range, pages| {
        let rows: Vec<Row> = ids[range.clone()].iter().map(|&id| context.row(id)).collect();
        let subject = context.link(list.entity);
        let subject_way = subject.href.clone();
        let body = Body {
            heading: format!("{}: {}", entity.title(), list.title),
            kind: None,
            total,
            breadcrumbs: vec![
                Way { title: site.texts().t("Catalog").to_owned(), href: Some(context.href(&routes::list(None, 1))) },
                Way { title: subject.title.clone(), href: subject.href },
                Way { title: list.title.clone(), href: None },
            ],
            facets: rail::facets(context, None),
            symbols: symbols(site, &Scope::All),
            columns: list.columns.iter().copied().filter(|column| *column != "via").collect(),
            rows,
            pages,
            rest: rest(context, total - kept, &below, subject_way),
            subject: None,
            filter: None,
        };
        let title = numbered(site, &body.heading, range.start);
        site.theme.render("list.html", &common(context.from, title, "catalog", None), &body)
    })
}
