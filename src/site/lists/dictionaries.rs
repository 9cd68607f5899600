//! The values that entities of a list can have, each once and numbered from 1; 0 is none. Their order is
//! the one that a list is sorted in.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::graph::RelationTarget;
use crate::model::{EntityId, EntityRef, RelationId};
use crate::routes;
use crate::site::Site;
use crate::site::context::icon;

/// Texts: types, lifecycles, namespaces.
#[derive(Debug, Default, Serialize)]
#[serde(transparent)]
pub(super) struct Words {
    keys: Vec<String>,
    #[serde(skip)]
    numbers: FxHashMap<String, usize>,
}

impl Words {
    fn new<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let distinct: BTreeSet<(String, &str)> = words.map(|word| (word.to_lowercase(), word)).collect();
        Self::ordered(distinct.into_iter().map(|(_, word)| word.to_owned()).collect())
    }

    fn ordered(keys: Vec<String>) -> Self {
        let numbers = keys.iter().enumerate().map(|(at, key)| (key.clone(), at + 1)).collect();
        Self { keys, numbers }
    }

    /// The number of a text.
    pub(super) fn number(&self, word: Option<&str>) -> usize {
        word.and_then(|word| self.numbers.get(word)).copied().unwrap_or(0)
    }
}

/// Entities that others name: owners, systems, domains.
#[derive(Debug, Default, Serialize)]
pub(super) struct Named {
    refs: Vec<String>,
    /// Empty where it is the name.
    titles: Vec<String>,
    /// Of those in view: empty where the path follows from the reference.
    paths: Vec<Option<String>>,
    /// What is above each, by number.
    above: Vec<Vec<usize>>,
    #[serde(skip)]
    numbers: FxHashMap<String, usize>,
}

impl Named {
    /// What relations lead to, and what is above that.
    fn new<'a>(
        site: &Site<'_>,
        targets: impl Iterator<Item = &'a RelationTarget>,
        above: impl Fn(EntityId) -> Vec<EntityId>,
    ) -> Self {
        let mut known: BTreeMap<String, RelationTarget> = BTreeMap::new();
        let mut parents: FxHashMap<String, Vec<String>> = FxHashMap::default();
        for target in targets {
            let mut waiting = vec![target.clone()];
            while let Some(target) = waiting.pop() {
                let key = site.graph.target_key(&target);
                if known.contains_key(&key) {
                    continue;
                }
                if let RelationTarget::Entity(id) = target {
                    let upper = above(id);
                    parents.insert(key.clone(), upper.iter().map(|&id| site.graph.key(id).to_owned()).collect());
                    waiting.extend(upper.into_iter().map(RelationTarget::Entity));
                }
                known.insert(key, target);
            }
        }
        let mut all: Vec<(String, &RelationTarget)> = known.iter().map(|(key, target)| (key.clone(), target)).collect();
        all.sort_by_cached_key(|(key, target)| (title(site, target).to_lowercase(), key.clone()));
        let numbers: FxHashMap<String, usize> =
            all.iter().enumerate().map(|(at, (key, _))| (key.clone(), at + 1)).collect();
        let mut named = Self::default();
        for (key, target) in all {
            let reference = reference(site, target);
            let title = title(site, target);
            named.titles.push(if title == reference.name { String::new() } else { title.to_owned() });
            named.paths.push(match target {
                RelationTarget::Entity(_) => Some(unusual_path(reference).unwrap_or_default()),
                RelationTarget::Unresolved(_) => None,
            });
            let above = parents.get(&key).into_iter().flatten().filter_map(|key| numbers.get(key).copied());
            named.above.push(above.collect());
            // As it is written: what is shown of what has no title.
            named.refs.push(format!("{}:{}/{}", icon(&reference.kind), reference.namespace, reference.name));
        }
        Self { numbers, ..named }
    }

    /// The number of what a relation leads to.
    pub(super) fn number(&self, site: &Site<'_>, target: Option<&RelationTarget>) -> usize {
        target.and_then(|target| self.numbers.get(&site.graph.target_key(target))).copied().unwrap_or(0)
    }
}

fn reference<'a>(site: &'a Site<'_>, target: &'a RelationTarget) -> &'a EntityRef {
    match target {
        RelationTarget::Entity(id) => &site.catalog.entity(*id).reference,
        RelationTarget::Unresolved(reference) => reference,
    }
}

fn title<'a>(site: &'a Site<'_>, target: &'a RelationTarget) -> &'a str {
    match target {
        RelationTarget::Entity(id) => site.catalog.entity(*id).title(),
        RelationTarget::Unresolved(reference) => &reference.name,
    }
}

/// All values.
#[derive(Debug, Serialize)]
pub(super) struct Dictionaries {
    pub(super) kinds: Words,
    /// What one of each kind and many of it are called.
    labels: Vec<String>,
    plurals: Vec<String>,
    pub(super) namespaces: Words,
    pub(super) types: Words,
    pub(super) lifecycles: Words,
    pub(super) owners: Named,
    pub(super) systems: Named,
    pub(super) domains: Named,
    /// By what they are known by; their labels where these are others.
    pub(super) tags: Words,
    tag_labels: BTreeMap<usize, String>,
}

impl Dictionaries {
    pub(super) fn new(site: &Site<'_>) -> Self {
        let (catalog, graph) = (site.catalog, site.graph);
        let entities = || catalog.entities.iter();
        let kinds: Vec<_> = site.index.kind_counts.iter().filter(|(_, count)| *count > 0).map(|(id, _)| *id).collect();
        let ids = || entities().map(|entity| entity.id);
        let above = |relation: RelationId, kind: &'static str| {
            move |id: EntityId| -> Vec<EntityId> {
                graph.targets(id, relation).filter(|&to| catalog.entity(to).reference.kind == kind).collect()
            }
        };
        let tags = site.index.shelves.tags.iter();
        Self {
            labels: kinds.iter().map(|&id| site.t(&catalog.kinds.get(id).name)).collect(),
            plurals: kinds.iter().map(|&id| site.t(&super::plural(catalog.kinds.get(id)))).collect(),
            kinds: Words::ordered(kinds.iter().map(|&id| catalog.kinds.get(id).name.to_string()).collect()),
            namespaces: Words::ordered(site.index.shelves.namespaces.keys().cloned().collect()),
            types: Words::new(entities().filter_map(|entity| entity.spec_type())),
            lifecycles: Words::new(entities().filter_map(|entity| entity.lifecycle())),
            owners: Named::new(site, ids().filter_map(|id| graph.owner(id)), above(RelationId::CHILD_OF, "Group")),
            systems: Named::new(site, ids().filter_map(|id| graph.system(catalog, id)), |_| Vec::new()),
            domains: Named::new(
                site,
                ids().filter_map(|id| graph.domain(catalog, id)),
                above(RelationId::PART_OF, "Domain"),
            ),
            tag_labels: tags
                .clone()
                .enumerate()
                .filter(|(_, (key, tagged))| **key != tagged.label)
                .map(|(at, (_, tagged))| (at + 1, tagged.label.clone()))
                .collect(),
            tags: Words::ordered(tags.map(|(key, _)| key.clone()).collect()),
        }
    }
}

/// The path of an entity's page where it is not `catalog/<namespace>/<kind>/<name>.html` in lower case,
/// which the script makes itself.
pub(in crate::site) fn unusual_path(reference: &EntityRef) -> Option<String> {
    let path = routes::entity_page(reference);
    let plain = format!("catalog/{}/{}/{}.html", reference.namespace, reference.kind, reference.name).to_lowercase();
    (path != plain).then_some(path)
}
