//! What hangs on nothing: entities without a relation, and descriptors that nothing leads to.

use crate::model::{EntityId, RelationId};
use crate::theme::said;

use super::super::Site;
use super::{Cell, Column, Part, Report};

/// The report.
pub(super) fn report(site: &Site<'_>) -> Report {
    Report {
        name: "orphans",
        title: said("Orphans"),
        why: said(
            "What is related to nothing is either forgotten, or its relations were never written down. Both make the catalog say less than is true.",
        ),
        icon: "link",
        parts: vec![alone(site), unreached(site)],
    }
}

/// Entities that have an owner at the most. Kinds that are by nature related to nothing else are
/// left out.
fn alone(site: &Site<'_>) -> Part {
    let ids: Vec<EntityId> = site
        .catalog
        .entities
        .iter()
        .filter(|entity| {
            let kind = site.catalog.kind_of(entity);
            let can_relate = kind.references.iter().any(|field| !field.is_owner());
            can_relate && site.graph.relations(entity.id).iter().all(|one| one.relation == RelationId::OWNED_BY)
        })
        .map(|entity| entity.id)
        .collect();
    let note = said("They belong to no system, need nothing, and nothing needs them.");
    Part {
        note: (!ids.is_empty()).then_some(note),
        ..Part::new("", said("Entities that nothing relates to"), said("Everything is related to something."))
    }
    .of_entities(site, &ids)
}

fn unreached(site: &Site<'_>) -> Part {
    let rows: Vec<Vec<Cell>> =
        site.catalog.unreached.iter().map(|(file, count)| vec![Cell::File(*file), Cell::Number(*count)]).collect();
    let note = said(
        "They look like descriptors, but neither a known name nor a Location leads to them, so what they describe is not in the catalog.",
    );
    Part {
        columns: vec![Column::text(said("File")), Column::number(said("Entities"))],
        note: (!rows.is_empty()).then_some(note),
        rows,
        ..Part::new("files", said("Files that nothing leads to"), said("Every descriptor is reached."))
    }
}
