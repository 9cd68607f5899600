//! What rests on what: what would be missed most, what is deprecated and still in use, and circles.

use crate::graph;
use crate::model::{EntityId, RelationId};
use crate::theme::said;

use super::super::Site;
use super::{Cell, Column, Part, Report};

/// Entities in the report of the largest impact.
const LARGEST: usize = 100;

/// What most others rest on.
pub(super) fn impact(site: &Site<'_>) -> Report {
    let row = |impact: graph::Loss| {
        vec![
            Cell::Entity(impact.entity),
            Cell::Text(site.kind_label(impact.entity)),
            Cell::Owner(impact.entity),
            Cell::Number(impact.direct),
            Cell::Number(impact.all),
        ]
    };
    let rows: Vec<Vec<Cell>> = site.dependents.largest(LARGEST).into_iter().map(row).collect();
    let note = said(
        "At most 100 entities. Everything counts that depends on one, directly or through others; the page of an entity names them.",
    );
    let columns = vec![
        Column::text(said("Entity")),
        Column::text(said("Kind")),
        Column::text(said("Owner")),
        Column::number(said("Directly")),
        Column::number(said("In all")),
    ];
    let empty =
        said("No entity depends on another. Write `dependsOn:`, `consumesApis:` or `providesApis:` under `spec`.");
    Report {
        name: "impact",
        title: said("Largest impact"),
        why: said("If one of these breaks or goes, most others feel it. It is worth knowing before one changes it."),
        icon: "alert",
        parts: vec![Part {
            note: (!rows.is_empty()).then_some(note),
            columns,
            rows,
            good: false,
            ..Part::new("", said("Entities that others rest on"), empty)
        }],
    }
}

/// What is deprecated, and who uses it all the same.
pub(super) fn deprecated(site: &Site<'_>) -> Report {
    let is_deprecated = |id: EntityId| {
        site.catalog.entity(id).lifecycle().is_some_and(|lifecycle| lifecycle.eq_ignore_ascii_case("deprecated"))
    };
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for entity in site.catalog.entities.iter().filter(|entity| is_deprecated(entity.id)) {
        let users: Vec<EntityId> =
            site.dependents.of(entity.id).iter().copied().filter(|&user| !is_deprecated(user)).collect();
        if !users.is_empty() {
            let kind = site.kind_label(entity.id);
            rows.push(vec![
                Cell::Entity(entity.id),
                Cell::Text(kind),
                Cell::Owner(entity.id),
                Cell::Number(users.len()),
                Cell::Entities(users),
            ]);
        }
    }
    let columns = vec![
        Column::text(said("Deprecated")),
        Column::text(said("Kind")),
        Column::text(said("Owner")),
        Column::number(said("Users")),
        Column::text(said("Used by")),
    ];
    Report {
        name: "deprecated",
        title: said("Deprecated, still in use"),
        why: said(
            "What is deprecated can only go when nobody needs it any more. Here is who still does, and whom to ask.",
        ),
        icon: "old",
        parts: vec![Part {
            columns,
            rows,
            ..Part::new("", said("In use"), said("Nothing that is deprecated is used by anything that is not."))
        }],
    }
}

/// Circles, each once.
pub(super) fn cycles(site: &Site<'_>) -> Report {
    let part = |name, title, relation, empty| {
        let circles = graph::cycles(site.graph, &[relation]);
        let rows = circles.into_iter().map(|circle| vec![Cell::Number(circle.len()), Cell::Circle(circle)]).collect();
        Part {
            columns: vec![Column::number(said("Entities")), Column::text(said("The way round"))],
            rows,
            ..Part::new(name, title, empty)
        }
    };
    Report {
        name: "cycles",
        title: said("Cycles"),
        why: said(
            "Things that need each other can only be started, changed and retired together. A circle of parts or groups is a mistake.",
        ),
        icon: "cycle",
        parts: vec![
            part(
                "",
                said("In dependencies"),
                RelationId::DEPENDS_ON,
                said("No dependency leads back to where it began."),
            ),
            part("parts", said("In parts"), RelationId::PART_OF, said("Nothing is a part of itself.")),
            part("groups", said("In groups"), RelationId::CHILD_OF, said("No group is below itself.")),
        ],
    }
}
