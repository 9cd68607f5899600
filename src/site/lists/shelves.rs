//! What entities have in common, found once: who owns them, the system and domain they are in, their
//! tags and namespaces. Knows no page.

use std::collections::BTreeMap;

use crate::graph::{Graph, RelationTarget};
use crate::model::{Catalog, Entity, EntityId, RelationId};

/// How far up owners and domains are followed; also what ends a circle.
const MAX_ABOVE: usize = 64;
/// Most entities of a list that belong to it through something below only.
const MAX_THROUGH: usize = 200;

/// Entities with something in common.
#[derive(Debug, Default)]
pub(in crate::site) struct Shelf {
    /// What belongs here itself, then the first of what does through something below.
    pub(super) entities: Vec<EntityId>,
    /// How many there are, also those that are not kept.
    pub(super) total: usize,
}

impl Shelf {
    fn add(&mut self, id: EntityId) {
        self.entities.push(id);
        self.total += 1;
    }

    /// Leaves what belongs here itself, and the first of the others.
    fn keep_own(&mut self, is_own: impl Fn(EntityId) -> bool) {
        let (own, others): (Vec<EntityId>, Vec<EntityId>) = self.entities.iter().partition(|&&id| is_own(id));
        self.entities = own;
        self.entities.extend(others.into_iter().take(MAX_THROUGH));
    }
}

/// A tag as it is most likely meant, with what has it.
#[derive(Debug)]
pub(in crate::site) struct Tagged {
    pub(super) label: String,
    pub(super) shelf: Shelf,
    /// Its place among all tags.
    pub(super) rank: usize,
}

/// All of them.
#[derive(Debug)]
pub(in crate::site) struct Shelves {
    /// By group or user.
    pub(in crate::site) owners: BTreeMap<EntityId, Shelf>,
    /// By system.
    pub(super) systems: BTreeMap<EntityId, Shelf>,
    /// By domain.
    pub(super) domains: BTreeMap<EntityId, Shelf>,
    /// By tag, in lower case.
    pub(in crate::site) tags: BTreeMap<String, Tagged>,
    /// By namespace, in lower case.
    pub(super) namespaces: BTreeMap<String, Shelf>,
}

impl Shelves {
    pub(in crate::site) fn new(catalog: &Catalog, graph: &Graph) -> Self {
        let (mut owners, mut systems, mut domains) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let (mut tags, mut namespaces) = (BTreeMap::<String, Tagged>::new(), BTreeMap::<String, Shelf>::new());
        for entity in &catalog.entities {
            let id = entity.id;
            if let Some(owner) = graph.targets(id, RelationId::OWNED_BY).next() {
                owners.entry(owner).or_insert_with(Shelf::default).add(id);
            }
            if let Some(&RelationTarget::Entity(system)) = graph.system(catalog, id) {
                systems.entry(system).or_insert_with(Shelf::default).add(id);
            }
            if let Some(&RelationTarget::Entity(domain)) = graph.domain(catalog, id) {
                domains.entry(domain).or_insert_with(Shelf::default).add(id);
            }
            for tag in keys_of(entity) {
                let new = || Tagged { label: tag.1, shelf: Shelf::default(), rank: 0 };
                tags.entry(tag.0).or_insert_with(new).shelf.add(id);
            }
            namespaces.entry(entity.reference.namespace.to_lowercase()).or_default().add(id);
        }
        let mut order: Vec<(&String, &mut Tagged)> = tags.iter_mut().collect();
        order.sort_by_key(|(tag, _)| (letter(tag), (*tag).clone()));
        order.into_iter().enumerate().for_each(|(rank, (_, tagged))| tagged.rank = rank);
        hand_up(&mut owners, |owner| above(graph, owner, RelationId::CHILD_OF, |_| true));
        let is_domain = |id: EntityId| catalog.entity(id).reference.kind == "Domain";
        hand_up(&mut domains, |domain| above(graph, domain, RelationId::PART_OF, is_domain));
        for (domain, shelf) in &mut domains {
            shelf.keep_own(|id| graph.targets(id, RelationId::PART_OF).any(|whole| whole == *domain));
        }
        Self { owners, systems, domains, tags, namespaces }
    }
}

/// The tags of an entity, each once: what it is known by, and as it is written.
pub(super) fn keys_of(entity: &Entity) -> Vec<(String, String)> {
    let mut keys: Vec<(String, String)> = Vec::new();
    for tag in entity.tags() {
        let key = tag.to_lowercase();
        if !keys.iter().any(|(known, _)| *known == key) {
            keys.push((key, tag.to_owned()));
        }
    }
    keys
}

/// The letter of an index under which a name stands; what begins with none stands before all.
pub(super) fn letter(name: &str) -> char {
    let first = name.chars().next().filter(|c| c.is_alphabetic());
    first.map_or('#', |c| c.to_uppercase().next().unwrap_or(c))
}

/// What is above an entity, over one relation, the nearest first.
fn above(graph: &Graph, id: EntityId, relation: RelationId, counts: impl Fn(EntityId) -> bool) -> Vec<EntityId> {
    let mut found = vec![id];
    let mut at = 0;
    while at < found.len() && found.len() <= MAX_ABOVE {
        for next in graph.targets(found[at], relation) {
            if counts(next) && !found.contains(&next) {
                found.push(next);
            }
        }
        at += 1;
    }
    found.remove(0);
    found
}

/// What belongs to something belongs to what is above that as well.
fn hand_up(shelves: &mut BTreeMap<EntityId, Shelf>, above: impl Fn(EntityId) -> Vec<EntityId>) {
    let mut through: BTreeMap<EntityId, Shelf> = BTreeMap::new();
    for (id, shelf) in shelves.iter() {
        for upper in above(*id) {
            let upper = through.entry(upper).or_default();
            let room = MAX_THROUGH.saturating_sub(upper.entities.len());
            upper.entities.extend(shelf.entities.iter().take(room));
            upper.total += shelf.total;
        }
    }
    for (id, mut more) in through {
        let shelf = shelves.entry(id).or_default();
        more.entities.sort_unstable();
        shelf.entities.append(&mut more.entities);
        shelf.total += more.total;
    }
}
