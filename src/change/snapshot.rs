//! One state of a catalog as plain data, the same whether it was compiled or read from a published
//! `catalog.json`: what two states are compared by, and what is asked about one. Knows no file ids
//! and no spans, so that two states of different runs can stand beside each other.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde_json::Value as Json;

use crate::base::Sources;
use crate::graph::Graph;
use crate::model::{Catalog, Entity, EntityRef, RelationId, RelationTable, Target};

use super::content::{Content, is_unread};
use super::pages::Pages;

/// A state of a catalog.
#[derive(Debug, Default)]
pub struct Snapshot {
    /// All entities, sorted by key.
    pub entities: Vec<Described>,
    /// All relations, each once and forward, sorted.
    pub edges: Vec<Edge>,
    /// The inverse of each relation, by its forward name.
    pub inverses: BTreeMap<String, String>,
    /// Whether all files are of one repository, whose name then says nothing.
    pub one_repository: bool,
    /// Definitions that stand in files of a site that were not in view.
    pub unread: usize,
    /// Its pages of documentation, where they were asked for.
    pub(super) pages: Pages,
    index: FxHashMap<String, usize>,
}

/// An entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described {
    /// Its full reference in lower case.
    pub key: String,
    /// Its reference, in the case it was written.
    pub reference: EntityRef,
    /// Title, display name, or name.
    pub title: String,
    /// Keys of its owners, sorted.
    pub owners: Vec<String>,
    /// What it says: `apiVersion`, `kind`, `metadata` and `spec`, in one form for one meaning.
    pub content: Json,
    /// Where it stands.
    pub origin: Origin,
}

/// Where an entity stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The repository; none for what belongs to the workspace itself.
    pub repository: Option<String>,
    /// The path in it.
    pub file: String,
    /// The line that its document begins at.
    pub line: usize,
}

/// A relation, in its forward direction: from user to used, from part to whole, from what is owned
/// to its owner.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edge {
    /// The key of the entity that has it.
    pub from: String,
    /// Its name.
    pub relation: String,
    /// The key of the other end, in view or not.
    pub to: String,
}

impl Snapshot {
    /// The state of a compiled catalog.
    pub fn of(catalog: &Catalog, graph: &Graph, sources: &dyn Sources) -> Self {
        use rayon::prelude::*;
        let entities: Vec<Described> =
            catalog.entities.par_iter().map(|entity| described(entity, catalog, sources)).collect();
        let table = &catalog.kinds.relations;
        let mut edges = Vec::new();
        for entity in &catalog.entities {
            let key = graph.key(entity.id);
            for one in graph.relations(entity.id) {
                let forward = RelationId { inverse: false, ..one.relation };
                let (from, to) = (key.to_owned(), graph.target_key(&one.target));
                let (from, to) = if one.relation.inverse { (to, from) } else { (from, to) };
                edges.push(Edge { from, relation: table.name(forward).to_owned(), to });
            }
        }
        Self::new(entities, edges, inverses(table))
    }

    /// Puts a state together: sorts, and finds owners.
    pub(super) fn new(mut entities: Vec<Described>, mut edges: Vec<Edge>, inverses: BTreeMap<String, String>) -> Self {
        entities.sort_by(|a, b| a.key.cmp(&b.key));
        entities.dedup_by(|a, b| a.key == b.key);
        edges.sort_unstable();
        edges.dedup();
        let index: FxHashMap<String, usize> =
            entities.iter().enumerate().map(|(at, entity)| (entity.key.clone(), at)).collect();
        for edge in edges.iter().filter(|edge| edge.relation == "ownedBy") {
            if let Some(&at) = index.get(&edge.from) {
                entities[at].owners.push(edge.to.clone());
            }
        }
        let mut repositories = entities.iter().filter_map(|entity| entity.origin.repository.as_deref());
        let first = repositories.next();
        let one_repository = repositories.all(|other| Some(other) == first);
        let unread = entities.iter().filter(|one| is_unread(&one.content["spec"]["definition"])).count();
        Self { entities, edges, inverses, one_repository, unread, pages: Pages::default(), index }
    }

    /// The state with its pages of documentation.
    #[must_use]
    pub fn with_pages(self, pages: Pages) -> Self {
        Self { pages, ..self }
    }

    /// The entity with this key.
    pub fn get(&self, key: &str) -> Option<&Described> {
        self.index.get(key).map(|&at| &self.entities[at])
    }

    /// Whether a text is a full reference, as states have them in place of what was written.
    pub fn knows(&self, text: &str) -> bool {
        let read = || EntityRef::parse(text, crate::model::Context::default());
        self.get(text).is_some() || (text.contains(":default/") && read().is_ok_and(|read| read.key() == text))
    }

    /// The owners of an entity; none of what is not in view.
    pub fn owners(&self, key: &str) -> &[String] {
        self.get(key).map(|entity| entity.owners.as_slice()).unwrap_or_default()
    }

    /// The name of a relation as the end that has it sees it, or the other one.
    pub fn name_of(&self, relation: &str, back: bool) -> String {
        match self.inverses.get(relation).filter(|_| back) {
            Some(inverse) => inverse.clone(),
            None => relation.to_owned(),
        }
    }

    /// A key as short as it can be written, in the case that its entity has.
    pub fn short(&self, key: &str) -> String {
        self.get(key).map_or_else(|| short(key), |entity| entity.reference.short())
    }
}

/// A key as short as it can be written.
pub(super) fn short(key: &str) -> String {
    let parsed = EntityRef::parse(key, crate::model::Context::default());
    parsed.map_or_else(|_| key.to_owned(), |reference| reference.short())
}

/// The pairs of a table.
pub(super) fn inverses(table: &RelationTable) -> BTreeMap<String, String> {
    table.iter().map(|pair| (pair.forward.to_string(), pair.inverse.to_string())).collect()
}

fn described(entity: &Entity, catalog: &Catalog, sources: &dyn Sources) -> Described {
    let mut content = Content::new(entity.to_json(), &entity.reference.namespace);
    for reference in catalog.references_of(entity.id) {
        let key = match &reference.target {
            Target::Entity(id) => catalog.entity(*id).key(),
            Target::Unresolved(target) => target.key(),
            Target::Malformed(_) => continue,
        };
        content.refers(&reference.pointer, key);
    }
    let repository = sources.repository(sources.repo_of(entity.file));
    let line = sources.text(entity.file).map_or(1, |text| text.position(entity.root.span.start).line);
    Described {
        key: entity.key(),
        reference: entity.reference.clone(),
        title: entity.title().to_owned(),
        owners: Vec::new(),
        content: content.finish(),
        origin: Origin {
            repository: (!repository.settings_home).then(|| repository.name.clone()),
            file: sources.path(entity.file).to_owned(),
            line,
        },
    }
}
