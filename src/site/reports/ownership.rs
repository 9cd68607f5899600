//! Who answers for what: what nobody owns, what each owner has, who owns alone, and groups that
//! are empty.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::config::World;
use crate::graph::RelationTarget;
use crate::model::{Entity, EntityId, EntityRef, KindId, ReferenceField, RelationId};
use crate::theme::said;

use super::super::Site;
use super::{Cell, Column, Part, Report, Whole};

/// The report.
pub(super) fn report(site: &Site<'_>) -> Report {
    Report {
        name: "ownership",
        title: said("Ownership"),
        why: said(
            "What nobody owns is repaired by nobody. Here is who answers for what, and where the answer is missing or rests on one person.",
        ),
        icon: "owner",
        parts: vec![unowned(site), by_owner(site), by_people(site), empty_groups(site)],
    }
}

/// Whether entities of its kind have owners.
fn is_ownable(site: &Site<'_>, entity: &Entity) -> bool {
    site.catalog.kind_of(entity).references.iter().any(ReferenceField::is_owner)
}

fn owners<'a>(site: &Site<'a>, id: EntityId) -> impl Iterator<Item = &'a RelationTarget> {
    let relations = site.graph.relations(id).iter().filter(|one| one.relation == RelationId::OWNED_BY);
    relations.map(|one| &one.target)
}

/// Whether somebody answers for an entity. A name that nobody has answers for nothing, where all groups are
/// in view.
fn is_owned(site: &Site<'_>, id: EntityId, knows_all: bool) -> bool {
    let catalog = site.catalog;
    owners(site, id).any(|owner| match owner {
        RelationTarget::Entity(_) => true,
        RelationTarget::Unresolved(name) => {
            !knows_all || catalog.is_external(name) || catalog.elsewhere(name).is_some()
        }
    })
}

fn unowned(site: &Site<'_>) -> Part {
    let ownable: Vec<&Entity> = site.catalog.entities.iter().filter(|entity| is_ownable(site, entity)).collect();
    let knows_all = site.catalog.world == World::Closed && site.catalog.has_groups();
    let unowned = ownable.iter().filter(|entity| !is_owned(site, entity.id, knows_all));
    let ids: Vec<EntityId> = unowned.map(|entity| entity.id).collect();
    Part {
        of: Some(Whole { label: said("Entities with an owner"), count: ownable.len() }),
        ..Part::new("", said("Without an owner"), said("Everything that can have an owner has one."))
    }
    .of_entities(site, &ids)
}

/// What somebody owns.
#[derive(Default)]
struct Owned {
    kinds: BTreeMap<KindId, usize>,
    findings: usize,
}

fn by_owner(site: &Site<'_>) -> Part {
    let (mut known, mut unknown): (FxHashMap<EntityId, Owned>, BTreeMap<String, (&EntityRef, Owned)>) =
        Default::default();
    for entity in &site.catalog.entities {
        let tally = site.tally(entity.id);
        for owner in owners(site, entity.id) {
            let owned = match owner {
                RelationTarget::Entity(id) => known.entry(*id).or_default(),
                RelationTarget::Unresolved(reference) => {
                    &mut unknown.entry(reference.key()).or_insert_with(|| (reference, Owned::default())).1
                }
            };
            *owned.kinds.entry(entity.kind).or_default() += 1;
            owned.findings += tally.errors + tally.warnings;
        }
    }
    let mut known: Vec<(EntityId, Owned)> = known.into_iter().collect();
    known.sort_by_key(|(id, owned)| (std::cmp::Reverse(owned.kinds.values().sum::<usize>()), *id));
    let row = |owner: Cell, members: Cell, owned: &Owned| {
        let kinds: Vec<String> = owned.kinds.iter().map(|(&kind, &count)| site.counted(kind, count)).collect();
        let total = owned.kinds.values().sum();
        vec![owner, members, Cell::Number(total), Cell::Text(kinds.join(", ")), Cell::Number(owned.findings)]
    };
    let mut rows: Vec<Vec<Cell>> = Vec::with_capacity(known.len() + unknown.len());
    for (id, owned) in &known {
        let members = site.graph.targets(*id, RelationId::MEMBER_OF.flipped()).count();
        rows.push(row(Cell::Entity(*id), Cell::Number(members), owned));
    }
    for (reference, owned) in unknown.values() {
        rows.push(row(Cell::Missing((*reference).clone()), Cell::Nothing, owned));
    }
    let columns = vec![
        Column::text(said("Owner")),
        Column::number(said("Members")),
        Column::number(said("Owns")),
        Column::text(said("Of which")),
        Column::number(said("Problems")),
    ];
    let note = said("Counted is what names the owner itself. What groups below it own stands on their pages.");
    let empty = said("No entity names an owner. Write `owner:` under `spec` in a descriptor.");
    Part { columns, rows, note: Some(note), good: false, ..Part::new("owners", said("By owner"), empty) }
}

/// What is owned by people and not by groups.
fn by_people(site: &Site<'_>) -> Part {
    let is_user = |target: &RelationTarget| match target {
        RelationTarget::Entity(id) => site.catalog.entity(*id).reference.kind == "User",
        RelationTarget::Unresolved(reference) => reference.kind.eq_ignore_ascii_case("user"),
    };
    let entities = site.catalog.entities.iter().filter(|entity| {
        let mut owners = owners(site, entity.id).peekable();
        owners.peek().is_some() && owners.all(is_user)
    });
    let ids: Vec<EntityId> = entities.map(|entity| entity.id).collect();
    let note = said("People change teams and go on holiday; a group stays.");
    Part {
        note: (!ids.is_empty()).then_some(note),
        ..Part::new("people", said("Owned by a person"), said("Every owner is a group."))
    }
    .of_entities(site, &ids)
}

fn empty_groups(site: &Site<'_>) -> Part {
    let title = said("Groups without members");
    if site.count_of("User") == 0 {
        let empty = said("No people are in view, so nothing can be said of the members of groups.");
        return Part { good: false, ..Part::new("empty-groups", title, empty) };
    }
    let has = |id: EntityId, relation: RelationId| site.graph.relations(id).iter().any(|one| one.relation == relation);
    let groups = site
        .ids_of("Group")
        .into_iter()
        .filter(|&id| !has(id, RelationId::MEMBER_OF.flipped()) && !has(id, RelationId::CHILD_OF.flipped()));
    let rows = groups.map(|id| {
        let owned = site.graph.targets(id, RelationId::OWNED_BY.flipped()).count();
        let kind = site.catalog.entity(id).spec_type().unwrap_or("").to_owned();
        vec![Cell::Entity(id), Cell::Text(kind), Cell::Number(owned)]
    });
    let columns = vec![Column::text(said("Group")), Column::text(said("Type")), Column::number(said("Owns"))];
    let note = said("Groups with neither members nor groups below them: nobody answers when they are asked.");
    let rows: Vec<Vec<Cell>> = rows.collect();
    Part {
        note: (!rows.is_empty()).then_some(note),
        columns,
        rows,
        ..Part::new("empty-groups", title, said("Every group has members, or groups below it."))
    }
}
