//! What records are filtered by, `owner:payments`: the same facets as those of lists. An owner counts for
//! the groups above it, a domain for those above, so that one finds what is below.

use crate::graph::RelationTarget;
use crate::model::{Entity, EntityId, EntityRef, RelationId};
use crate::site::Site;

/// A facet and a value.
pub(super) type Facet = (&'static str, String);

/// What something is.
pub(super) const KIND: &str = "kind";

/// Those of an entity.
pub(super) fn of_entity(site: &Site<'_>, entity: &Entity) -> Vec<Facet> {
    let mut facets = of_whole(site, entity);
    facets.push((KIND, entity.reference.kind.clone()));
    let own = [
        ("type", entity.spec_type()),
        ("lifecycle", entity.lifecycle()),
        ("namespace", Some(entity.reference.namespace.as_str())),
    ];
    facets.extend(own.into_iter().filter_map(|(name, value)| Some((name, value?.to_owned()))));
    facets.extend(entity.tags().map(|tag| ("tag", tag.to_owned())));
    facets
}

/// Those that an entity and its parts have in common: whose they are, and where they belong.
pub(super) fn of_whole(site: &Site<'_>, entity: &Entity) -> Vec<Facet> {
    let (graph, catalog) = (site.graph, site.catalog);
    let mut facets = Vec::new();
    above(site, graph.owner(entity.id), "owner", RelationId::CHILD_OF, &mut facets);
    above(site, graph.system(catalog, entity.id), "system", RelationId::PART_OF, &mut facets);
    above(site, graph.domain(catalog, entity.id), "domain", RelationId::PART_OF, &mut facets);
    facets
}

/// Those of a part of an entity that is no entity.
pub(super) fn of_part(site: &Site<'_>, entity: &Entity, is: &str) -> Vec<Facet> {
    let mut facets = of_whole(site, entity);
    facets.push((KIND, is.to_owned()));
    facets
}

/// Those of a page of the theme.
pub(super) fn of_page() -> Vec<Facet> {
    vec![(KIND, "docs".to_owned())]
}

/// As records take them.
pub(super) fn views(facets: &[Facet]) -> Vec<(&str, &str)> {
    facets.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

/// What a relation leads to, and those of its kind above it.
fn above(
    site: &Site<'_>,
    target: Option<&RelationTarget>,
    facet: &'static str,
    relation: RelationId,
    facets: &mut Vec<Facet>,
) {
    let Some(target) = target else { return };
    let RelationTarget::Entity(first) = target else {
        if let RelationTarget::Unresolved(reference) = target {
            facets.push((facet, value(reference)));
        }
        return;
    };
    facets.extend(with_those_above(site, *first, relation).into_iter().map(|value| (facet, value)));
}

/// A group and those above it, as values of `owner`: the nearest first.
pub(in crate::site) fn near(site: &Site<'_>, group: EntityId) -> Vec<String> {
    with_those_above(site, group, RelationId::CHILD_OF)
}

fn with_those_above(site: &Site<'_>, first: EntityId, relation: RelationId) -> Vec<String> {
    let reference = |id: EntityId| &site.catalog.entity(id).reference;
    let above = site.graph.reach(first, &[relation], false).into_iter().map(|(id, _)| id);
    let same = above.filter(|&id| reference(id).kind == reference(first).kind);
    std::iter::once(first).chain(same).map(|id| value(reference(id))).collect()
}

/// A reference as it is typed: the name, with the namespace where it is not the usual one.
fn value(reference: &EntityRef) -> String {
    if reference.namespace == "default" {
        reference.name.clone()
    } else {
        format!("{}/{}", reference.namespace, reference.name)
    }
}
