//! The shortest way from one entity to another: over dependencies if there is one, in either
//! direction, else over any relation, which is how things that never call each other belong
//! together.

use std::collections::VecDeque;

use super::network::{Link, Network};
use super::snapshot::Snapshot;

/// How two entities have to do with each other.
#[derive(Debug)]
pub struct Why<'a> {
    /// The state that was asked.
    pub snapshot: &'a Snapshot,
    /// The key of the one.
    pub from: String,
    /// The key of the other.
    pub to: String,
    /// What the way says; none if there is no way.
    pub tie: Option<Tie>,
    /// The steps of the way: from the one that depends to what it depends on.
    pub steps: Vec<Step>,
}

/// What a way says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tie {
    /// They are the same.
    Same,
    /// The first depends on the second.
    Depends,
    /// The second depends on the first.
    DependedOn,
    /// Neither depends on the other.
    Related,
}

/// A step of a way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The key of one end.
    pub from: String,
    /// The relation, seen from there.
    pub relation: String,
    /// The key of the other end.
    pub to: String,
}

/// Finds the way between two keys.
pub fn why<'a>(snapshot: &'a Snapshot, from: &str, to: &str) -> Why<'a> {
    let network = Network::new(snapshot);
    let none = |tie| Why { snapshot, from: from.to_owned(), to: to.to_owned(), tie, steps: Vec::new() };
    if from == to {
        return none(Some(Tie::Same));
    }
    let (Some(a), Some(b)) = (network.find(from), network.find(to)) else { return none(None) };
    let depends = |at: u32| network.dependencies(at).collect::<Vec<_>>();
    let any = |at: u32| network.links(at).to_vec();
    let ways: [(Tie, u32, u32, &dyn Fn(u32) -> Vec<Link>); 3] =
        [(Tie::Depends, a, b, &depends), (Tie::DependedOn, b, a, &depends), (Tie::Related, a, b, &any)];
    for (tie, start, end, next) in ways {
        if let Some(steps) = shortest(&network, snapshot, start, end, next) {
            return Why { steps, ..none(Some(tie)) };
        }
    }
    none(None)
}

fn shortest(
    network: &Network<'_>,
    snapshot: &Snapshot,
    start: u32,
    end: u32,
    next: &dyn Fn(u32) -> Vec<Link>,
) -> Option<Vec<Step>> {
    let mut came: Vec<Option<(u32, Link)>> = vec![None; network.keys.len()];
    let mut queue = VecDeque::from([start]);
    while let Some(at) = queue.pop_front().filter(|_| came[end as usize].is_none()) {
        for link in next(at) {
            if link.to != start && came[link.to as usize].is_none() {
                came[link.to as usize] = Some((at, link));
                queue.push_back(link.to);
            }
        }
    }
    let (mut steps, mut at) = (Vec::new(), end);
    while at != start {
        let (before, link) = came[at as usize]?;
        steps.push(Step {
            from: network.key(before).to_owned(),
            relation: snapshot.name_of(network.relation(link), link.back),
            to: network.key(at).to_owned(),
        });
        at = before;
    }
    steps.reverse();
    Some(steps)
}
