//! What is not described: components without documentation, APIs without a definition, entities
//! without a description.

use crate::api;
use crate::model::EntityId;
use crate::theme::said;

use super::super::Site;
use super::super::context::description;
use super::{Part, Report, Whole};

/// The report. What has documentation or a definition that is not in view counts as described.
pub(super) fn report(site: &Site<'_>) -> Report {
    let components = site.ids_of("Component");
    let has_docs = |id: EntityId| site.docs_home(id).is_some() || site.docs_not_fetched(id);
    let apis: Vec<EntityId> =
        site.ids_of("API").into_iter().filter(|&id| api::needs_definition(site.catalog.entity(id))).collect();
    let everything: Vec<EntityId> = site.catalog.entities.iter().map(|entity| entity.id).collect();
    let described: Vec<EntityId> = everything.into_iter().filter(|&id| is_described_kind(site, id)).collect();
    let part = |part: Part, label: &'static str, all: &[EntityId], has: &dyn Fn(EntityId) -> bool| {
        let without: Vec<EntityId> = all.iter().copied().filter(|&id| !has(id)).collect();
        Part { of: Some(Whole { label, count: all.len() }), ..part }.of_entities(site, &without)
    };
    Report {
        name: "undocumented",
        title: said("Undocumented"),
        why: said(
            "Whoever cannot read what something does, or how to call it, has to ask. Here is what leaves people asking.",
        ),
        icon: "docs",
        parts: vec![
            part(
                Part::new("", said("Components without docs"), said("Every component has documentation.")),
                said("Components with docs"),
                &components,
                &has_docs,
            ),
            part(
                Part::new("apis", said("APIs without a definition"), said("Every API has a definition.")),
                said("APIs with a definition"),
                &apis,
                &|id| site.apis.of(id).is_some(),
            ),
            part(
                Part::new(
                    "description",
                    said("Entities without a description"),
                    said("Every entity says in a sentence what it is."),
                ),
                said("Entities with a description"),
                &described,
                &|id| description(site.catalog.entity(id)).is_some(),
            ),
        ],
    }
}

/// People have profiles, and Locations are signposts.
fn is_described_kind(site: &Site<'_>, id: EntityId) -> bool {
    !matches!(&*site.catalog.entity(id).reference.kind, "User" | "Location")
}
