//! What breaks if an entity goes: how many depend on it, who owns those, and the nearest of them
//! with the way in words. The graph is walked within a budget, so no page costs more because the
//! catalog is large; `catalog impact` has all.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::graph::Dependent;
use crate::model::{Entity, EntityId, KindId, RelationId};

use super::super::context::Context;
use super::super::views::Link;

/// Most dependents that are counted.
const MAX_COUNTED: usize = 2_000;
/// Most that are named; the first of them are in view.
const MAX_ROWS: usize = 40;
/// Most owners that are named.
const MAX_OWNERS: usize = 8;

#[derive(Serialize)]
pub(super) struct ImpactView {
    /// All that depend on it; `is_cut` says that there are more.
    pub(super) total: usize,
    direct: usize,
    is_cut: bool,
    kinds: Vec<KindCount>,
    owners: Vec<OwnerCount>,
    owners_more: usize,
    /// Dependents that nobody owns.
    without_owner: usize,
    rows: Vec<DependentRow>,
    /// What to type for all of them.
    command: String,
}

#[derive(Serialize)]
struct KindCount {
    kind: String,
    one: String,
    many: String,
    count: usize,
}

#[derive(Serialize)]
struct OwnerCount {
    owner: Link,
    count: usize,
}

#[derive(Serialize)]
struct DependentRow {
    entity: Link,
    owner: Option<Link>,
    /// `depends`, `consumes` or `provided`: its relation to what it stands on.
    how: &'static str,
    /// What it stands on, where that is not the entity itself.
    via: Option<Link>,
    distance: usize,
}

impl ImpactView {
    /// Whether anything depends on it.
    pub(super) fn has_any(&self) -> bool {
        self.total > 0
    }
}

/// What depends on an entity; `None` for kinds on which nothing can.
pub(super) fn view(context: &Context<'_>, entity: &Entity) -> Option<ImpactView> {
    let site = context.site;
    let impact = site.graph.impact(entity.id, MAX_COUNTED);
    let dependents = &impact.dependents;
    if dependents.is_empty() && !matches!(entity.reference.kind.as_str(), "Component" | "API" | "Resource") {
        return None;
    }
    let mut kinds: BTreeMap<KindId, usize> = BTreeMap::new();
    let mut owners: BTreeMap<EntityId, usize> = BTreeMap::new();
    let mut without_owner = 0;
    for one in dependents {
        *kinds.entry(site.catalog.entity(one.entity).kind).or_default() += 1;
        match context.site.index.owner(one.entity) {
            Some(owner) => *owners.entry(owner).or_default() += 1,
            None => without_owner += 1,
        }
    }
    let mut owners: Vec<(EntityId, usize)> = owners.into_iter().collect();
    owners.sort_by_key(|&(owner, count)| (std::cmp::Reverse(count), owner));
    Some(ImpactView {
        total: dependents.len(),
        direct: dependents.iter().filter(|one| one.distance == 1).count(),
        is_cut: impact.is_cut,
        kinds: kinds.into_iter().map(|(kind, count)| kind_count(context, kind, count)).collect(),
        owners_more: owners.len().saturating_sub(MAX_OWNERS),
        owners: owners
            .iter()
            .take(MAX_OWNERS)
            .map(|&(owner, count)| OwnerCount { owner: context.link(owner), count })
            .collect(),
        without_owner,
        rows: dependents.iter().take(MAX_ROWS).map(|one| row(context, entity.id, one)).collect(),
        command: format!("catalog impact {}", entity.key()),
    })
}

fn kind_count(context: &Context<'_>, kind: KindId, count: usize) -> KindCount {
    let kind = context.site.catalog.kinds.get(kind);
    let icon = super::super::context::icon(&kind.name);
    KindCount { kind: icon, one: kind.singular(), many: kind.plural.to_string(), count }
}

fn row(context: &Context<'_>, of: EntityId, one: &Dependent) -> DependentRow {
    DependentRow {
        entity: context.link(one.entity),
        owner: context.site.index.owner(one.entity).map(|owner| context.link(owner)),
        how: match one.relation {
            RelationId::CONSUMES_API => "consumes",
            relation if relation == RelationId::PROVIDES_API.flipped() => "provided",
            _ => "depends",
        },
        via: (one.via != of).then(|| context.link(one.via)),
        distance: one.distance,
    }
}

#[cfg(test)]
mod tests {
    use crate::change::DEPENDENCIES;
    use crate::graph::TO_DEPENDENTS;
    use crate::model::RelationTable;

    #[test]
    fn the_site_and_catalog_impact_mean_the_same() {
        let table = RelationTable::default();
        let named = |(name, forward): &(&str, bool)| {
            let relation = table.find(name).unwrap();
            if *forward { relation } else { relation.flipped() }
        };
        let mut told: Vec<_> = DEPENDENCIES.iter().map(named).collect();
        let mut walked = TO_DEPENDENTS.to_vec();
        told.sort_unstable();
        walked.sort_unstable();
        assert_eq!(told, walked);
    }
}
