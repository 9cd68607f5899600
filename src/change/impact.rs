//! What depends on one entity, directly and through others.

use std::collections::VecDeque;

use super::network::Network;
use super::snapshot::Snapshot;

/// What depends on an entity.
#[derive(Debug)]
pub struct Impact<'a> {
    /// The state that was asked.
    pub snapshot: &'a Snapshot,
    /// The key of the entity.
    pub of: String,
    /// All that depend on it: the nearest first, each once.
    pub dependents: Vec<Dependent>,
    /// What belongs to it or is its own, where nothing depends on it: relation and number.
    pub others: Vec<(String, usize)>,
}

/// Something that depends on an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependent {
    /// Its key.
    pub key: String,
    /// In how many steps; 1 for what depends on it directly.
    pub distance: usize,
    /// The key of what it depends on in the first of these steps.
    pub via: String,
    /// Its relation to that, seen from it.
    pub relation: String,
}

/// Everything that depends on the entity with this key. Takes each once, in a shortest way.
pub fn impact<'a>(snapshot: &'a Snapshot, key: &str) -> Impact<'a> {
    let network = Network::new(snapshot);
    let mut impact = Impact { snapshot, of: key.to_owned(), dependents: Vec::new(), others: Vec::new() };
    let Some(start) = network.find(key) else { return impact };
    let mut seen = vec![false; network.keys.len()];
    seen[start as usize] = true;
    let mut queue = VecDeque::from([(start, 0)]);
    while let Some((at, distance)) = queue.pop_front() {
        for link in network.dependents(at) {
            if std::mem::replace(&mut seen[link.to as usize], true) {
                continue;
            }
            impact.dependents.push(Dependent {
                key: network.key(link.to).to_owned(),
                distance: distance + 1,
                via: network.key(at).to_owned(),
                relation: snapshot.name_of(network.relation(link), !link.back),
            });
            queue.push_back((link.to, distance + 1));
        }
    }
    impact.dependents.sort_by(|a, b| (a.distance, &a.key).cmp(&(b.distance, &b.key)));
    if impact.dependents.is_empty() {
        let mut counts = std::collections::BTreeMap::<String, usize>::new();
        for link in network.links(start).iter().filter(|link| link.back) {
            *counts.entry(snapshot.name_of(network.relation(*link), true)).or_default() += 1;
        }
        impact.others = counts.into_iter().collect();
    }
    impact
}
