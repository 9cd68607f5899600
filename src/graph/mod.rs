//! The relations of a catalog in both directions, and what can be asked of them: cycles, reach
//! and layers. Built once, linear in entities and references.

mod cycles;
mod dependents;
mod impact;
mod ownership;
mod wholes;

pub use cycles::cycles;
pub use dependents::{Dependents, Loss};
pub use impact::{Dependent, Impact, TO_DEPENDENTS};
pub use ownership::Ownership;

use std::collections::VecDeque;

use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef as _;

use crate::model::{Catalog, Context, EntityId, EntityRef, RelationId, Target};

/// One relation of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Which, seen from the entity.
    pub relation: RelationId,
    /// The other end.
    pub target: RelationTarget,
}

/// The other end of a relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RelationTarget {
    /// An entity.
    Entity(EntityId),
    /// A reference to nothing in view.
    Unresolved(EntityRef),
}

/// All relations of a catalog.
#[derive(Debug)]
pub struct Graph {
    /// Entities and their forward relations: from what is owned to its owner, from part to whole,
    /// from user to used.
    edges: DiGraph<EntityId, RelationId, u32>,
    relations: Vec<Vec<Relation>>,
    keys: Vec<String>,
}

impl Graph {
    /// Builds the graph of a catalog.
    pub fn new(catalog: &Catalog) -> Self {
        let mut edges = DiGraph::with_capacity(catalog.entities.len(), catalog.references.len());
        for entity in &catalog.entities {
            edges.add_node(entity.id);
        }
        let mut relations: Vec<Vec<Relation>> = vec![Vec::new(); catalog.entities.len()];
        for reference in &catalog.references {
            let relation = catalog.field(reference).relation;
            match &reference.target {
                Target::Entity(to) => {
                    relations[reference.from.0 as usize]
                        .push(Relation { relation, target: RelationTarget::Entity(*to) });
                    let back =
                        Relation { relation: relation.flipped(), target: RelationTarget::Entity(reference.from) };
                    relations[to.0 as usize].push(back);
                    let (from, to) = if relation.inverse { (*to, reference.from) } else { (reference.from, *to) };
                    edges.add_edge(index(from), index(to), RelationId { inverse: false, ..relation });
                }
                Target::Unresolved(to) => {
                    let target = RelationTarget::Unresolved(to.clone());
                    relations[reference.from.0 as usize].push(Relation { relation, target });
                }
                Target::Malformed(_) => {}
            }
        }
        elsewhere(catalog, &mut relations);
        let keys: Vec<String> = catalog.entities.iter().map(crate::model::Entity::key).collect();
        let mut graph = Self { edges, relations, keys };
        graph.sort(catalog);
        graph
    }

    /// Puts the relations of each entity in the order of name and target, each once.
    fn sort(&mut self, catalog: &Catalog) {
        let keys = &self.keys;
        let table = &catalog.kinds.relations;
        for list in &mut self.relations {
            let order = |relation: &Relation| table.name(relation.relation);
            list.sort_by(|a, b| {
                order(a).cmp(order(b)).then_with(|| key_of(keys, &a.target).cmp(&key_of(keys, &b.target)))
            });
            list.dedup_by(|a, b| a.relation == b.relation && key_of(keys, &a.target) == key_of(keys, &b.target));
        }
    }

    /// The relations of an entity, sorted by name and target.
    pub fn relations(&self, id: EntityId) -> &[Relation] {
        &self.relations[id.0 as usize]
    }

    /// The entities at the other end of one relation of an entity.
    pub fn targets(&self, id: EntityId, relation: RelationId) -> impl Iterator<Item = EntityId> + '_ {
        self.relations(id).iter().filter(move |one| one.relation == relation).filter_map(|one| match one.target {
            RelationTarget::Entity(target) => Some(target),
            RelationTarget::Unresolved(_) => None,
        })
    }

    /// The full reference of an entity.
    pub fn key(&self, id: EntityId) -> &str {
        &self.keys[id.0 as usize]
    }

    /// The full reference of the other end of a relation.
    pub fn target_key(&self, target: &RelationTarget) -> String {
        key_of(&self.keys, target).into_owned()
    }

    /// Everything that is reached over some relations, with its distance, nearest first. Against
    /// the arrows when `back` is set: what depends on the entity.
    pub fn reach(&self, from: EntityId, relations: &[RelationId], back: bool) -> Vec<(EntityId, usize)> {
        let direction = if back { Direction::Incoming } else { Direction::Outgoing };
        let mut seen = rustc_hash::FxHashSet::default();
        seen.insert(from);
        let mut queue = VecDeque::from([(from, 0)]);
        let mut found = Vec::new();
        while let Some((at, distance)) = queue.pop_front() {
            let mut next: Vec<EntityId> = self
                .edges
                .edges_directed(index(at), direction)
                .filter(|edge| relations.contains(edge.weight()))
                .map(|edge| self.edges[if back { edge.source() } else { edge.target() }])
                .collect();
            next.sort_unstable();
            for id in next {
                if seen.insert(id) {
                    found.push((id, distance + 1));
                    queue.push_back((id, distance + 1));
                }
            }
        }
        found
    }

    /// The longest way down over some relations, for every entity: 0 for those that lead nowhere.
    /// Entities of one circle share a layer.
    pub fn layers(&self, relations: &[RelationId]) -> Vec<usize> {
        let filtered = self.filtered(relations);
        let mut layer = vec![0; self.keys.len()];
        // Tarjan's components come in reverse topological order: what is below comes first.
        for component in petgraph::algo::tarjan_scc(&filtered) {
            let below = component
                .iter()
                .flat_map(|&node| filtered.neighbors(node))
                .filter(|next| !component.contains(next))
                .map(|next| layer[next.index()] + 1)
                .max()
                .unwrap_or(0);
            for node in component {
                layer[node.index()] = below;
            }
        }
        layer
    }

    /// The graph of some relations alone; nodes keep their numbers.
    fn filtered(&self, relations: &[RelationId]) -> DiGraph<EntityId, RelationId, u32> {
        self.edges.filter_map(|_, node| Some(*node), |_, edge| relations.contains(edge).then_some(*edge))
    }
}

/// What other repositories say of entities in view, by a published catalog: relations with nothing
/// in view at the other end.
fn elsewhere(catalog: &Catalog, relations: &mut [Vec<Relation>]) {
    let Some(published) = &catalog.published else { return };
    for reference in &published.into {
        let Some(to) = catalog.index.get(&*reference.target) else { continue };
        let from = published.from(reference).map(|from| EntityRef::parse(&from.key, Context::default()));
        let relation = catalog.kinds.relations.find(&reference.relation);
        if let (Some(Ok(from)), Some(relation)) = (from, relation) {
            let target = RelationTarget::Unresolved(from);
            relations[to.0 as usize].push(Relation { relation: relation.flipped(), target });
        }
    }
}

fn index(id: EntityId) -> NodeIndex<u32> {
    NodeIndex::from(id.0)
}

fn key_of<'a>(keys: &'a [String], target: &'a RelationTarget) -> std::borrow::Cow<'a, str> {
    match target {
        RelationTarget::Entity(id) => keys[id.0 as usize].as_str().into(),
        RelationTarget::Unresolved(reference) => reference.key().into(),
    }
}
