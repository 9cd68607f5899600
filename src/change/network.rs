//! The relations of a state by number, to walk over. What depends on an entity is decided here:
//! who says `dependsOn`, who consumes an API, and an API on those who provide it. A system does
//! not depend on its parts nor they on it: being part of something is where an entity belongs, and
//! one removed service would otherwise concern a whole domain.

use rustc_hash::FxHashMap;

use super::snapshot::Snapshot;

/// Relations that are dependencies, and whether the dependent stands at the forward end of it.
pub const DEPENDENCIES: &[(&str, bool)] = &[("dependsOn", false), ("consumesApi", false), ("providesApi", true)];

/// A relation as one end of it sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The other end.
    pub to: u32,
    /// Which, by its number in the list of names.
    pub relation: u16,
    /// Whether this end is the one that it leads to.
    pub back: bool,
}

/// All relations of a state, from both ends.
#[derive(Debug)]
pub struct Network<'a> {
    /// Keys of all ends, in view or not, in order.
    pub keys: Vec<&'a str>,
    relations: Vec<&'a str>,
    links: Vec<Vec<Link>>,
    index: FxHashMap<&'a str, u32>,
}

impl<'a> Network<'a> {
    /// The network of a state.
    pub fn new(snapshot: &'a Snapshot) -> Self {
        let ends = snapshot.edges.iter().flat_map(|edge| [edge.from.as_str(), edge.to.as_str()]);
        let mut keys: Vec<&str> = snapshot.entities.iter().map(|entity| entity.key.as_str()).chain(ends).collect();
        keys.sort_unstable();
        keys.dedup();
        let index: FxHashMap<&str, u32> = keys.iter().copied().zip(0..).collect();
        let mut relations: Vec<&str> = snapshot.edges.iter().map(|edge| edge.relation.as_str()).collect();
        relations.sort_unstable();
        relations.dedup();
        let mut links = vec![Vec::new(); keys.len()];
        for edge in &snapshot.edges {
            let (from, to) = (index[edge.from.as_str()], index[edge.to.as_str()]);
            let relation = relations.binary_search(&edge.relation.as_str()).unwrap_or_default();
            let relation = u16::try_from(relation).unwrap_or(u16::MAX);
            links[from as usize].push(Link { to, relation, back: false });
            links[to as usize].push(Link { to: from, relation, back: true });
        }
        Self { keys, relations, links, index }
    }

    /// The number of a key.
    pub fn find(&self, key: &str) -> Option<u32> {
        self.index.get(key).copied()
    }

    /// The key of a number.
    pub fn key(&self, number: u32) -> &'a str {
        self.keys[number as usize]
    }

    /// The name of a relation.
    pub fn relation(&self, link: Link) -> &'a str {
        self.relations.get(usize::from(link.relation)).copied().unwrap_or_default()
    }

    /// All relations of an end.
    pub fn links(&self, of: u32) -> &[Link] {
        &self.links[of as usize]
    }

    /// The relations over which others depend on this one, each once for each other.
    pub fn dependents(&self, of: u32) -> impl Iterator<Item = Link> + '_ {
        self.links(of).iter().copied().filter(|link| self.is_dependency(*link, !link.back))
    }

    /// The relations over which this one depends on others.
    pub fn dependencies(&self, of: u32) -> impl Iterator<Item = Link> + '_ {
        self.links(of).iter().copied().filter(|link| self.is_dependency(*link, link.back))
    }

    /// Whether the dependent is at the end that is asked for.
    fn is_dependency(&self, link: Link, at_forward_end: bool) -> bool {
        let name = self.relation(link);
        DEPENDENCIES.iter().any(|(known, forward)| *known == name && *forward == at_forward_end)
    }
}
