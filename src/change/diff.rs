//! How two states of a catalog differ, and whom that concerns. Linear in entities and relations:
//! what is affected is found in one walk from all that changed.

use std::collections::VecDeque;

use rustc_hash::FxHashSet;
use serde_json::Value as Json;

use super::fields::{FieldChange, changes};
use super::network::Network;
use super::renames::{self, Names};
use super::snapshot::{Described, Edge, Snapshot};

/// The difference of two states.
#[derive(Debug)]
pub struct Diff<'a> {
    /// The state before.
    pub base: &'a Snapshot,
    /// The state after.
    pub head: &'a Snapshot,
    /// Entities that are new.
    pub added: Vec<&'a Described>,
    /// Entities that are gone.
    pub removed: Vec<&'a Described>,
    /// Entities that have another name.
    pub renamed: Vec<Renamed<'a>>,
    /// Entities that say something else.
    pub changed: Vec<Changed<'a>>,
    /// Entities that only call a renamed one by its new name.
    pub followed: Vec<&'a Described>,
    /// Relations that are new, those of new entities included.
    pub relations_added: Vec<&'a Edge>,
    /// Relations that are gone. Ends that were renamed do not count.
    pub relations_removed: Vec<&'a Edge>,
    /// What depends on what is gone, renamed or changed: the nearest first.
    pub affected: Vec<Affected>,
}

/// An entity under another name.
#[derive(Debug)]
pub struct Renamed<'a> {
    /// As it was.
    pub from: &'a Described,
    /// As it is.
    pub to: &'a Described,
}

/// An entity that says something else.
#[derive(Debug)]
pub struct Changed<'a> {
    /// As it was.
    pub before: &'a Described,
    /// As it is.
    pub after: &'a Described,
    /// What differs.
    pub fields: Vec<FieldChange>,
    /// Its owners, if they are others.
    pub owners: Option<Owners<'a>>,
}

/// Owners before and after.
#[derive(Debug)]
pub struct Owners<'a> {
    /// Those that it had.
    pub before: &'a [String],
    /// Those that it has.
    pub after: &'a [String],
}

/// An entity that depends on something that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Affected {
    /// Its key.
    pub key: String,
    /// How many steps away the nearest change is.
    pub distance: usize,
    /// The key of that change: as it was before, if it is gone or renamed.
    pub cause: String,
    /// The key of what it depends on itself; the cause where the distance is 1.
    pub via: String,
    /// Its relation to that, seen from it.
    pub relation: String,
    /// Whether it still names something that is gone or has another name.
    pub broken: bool,
}

impl<'a> Diff<'a> {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty()
            && self.removed.is_empty()
            && self.renamed.is_empty()
            && self.changed.is_empty()
            && self.followed.is_empty()
            && self.relations_added.is_empty()
            && self.relations_removed.is_empty()
    }

    /// Relations that no list of entities tells of: those of entities that say what they said.
    /// Whether each is new.
    pub fn untold(&self) -> Vec<(bool, &'a Edge)> {
        let told: FxHashSet<&str> = self.changed.iter().map(|one| one.after.key.as_str()).collect();
        let stays = |key: &str| self.base.get(key).is_some() && self.head.get(key).is_some();
        let untold =
            |edge: &&Edge| stays(&edge.from) && !told.contains(edge.from.as_str()) && !told.contains(edge.to.as_str());
        let gone = self.relations_removed.iter().copied().filter(untold).map(|edge| (false, edge));
        gone.chain(self.relations_added.iter().copied().filter(untold).map(|edge| (true, edge))).collect()
    }

    /// The state to ask about a key that may be of either.
    pub fn side(&self, key: &str) -> &Snapshot {
        if self.head.get(key).is_some() { self.head } else { self.base }
    }
}

/// Compares two states.
pub fn diff<'a>(base: &'a Snapshot, head: &'a Snapshot) -> Diff<'a> {
    let mut removed: Vec<&Described> = base.entities.iter().filter(|one| head.get(&one.key).is_none()).collect();
    let mut added: Vec<&Described> = head.entities.iter().filter(|one| base.get(&one.key).is_none()).collect();
    let (pairs, names) = renames::pairs((base, head), &mut removed, &mut added);
    let (mut changed, mut followed) = (Vec::new(), Vec::new());
    for before in &base.entities {
        let Some(after) = head.get(&before.key) else { continue };
        if same(before, after) {
            continue;
        }
        let content = if names.is_empty() {
            before.content.clone()
        } else {
            names.towards(&before.content, Some(&after.content))
        };
        let fields = changes(&content, &after.content);
        let had = names.towards(&Json::from(before.owners.as_slice()), Some(&Json::from(after.owners.as_slice())));
        let has_others = had != Json::from(after.owners.as_slice());
        let owners = has_others.then_some(Owners { before: &before.owners, after: &after.owners });
        if !fields.is_empty() || owners.is_some() {
            changed.push(Changed { before, after, fields, owners });
        } else if content != before.content {
            followed.push(after);
        }
    }
    let (relations_added, relations_removed) = relations(base, head, &names);
    let renamed = pairs.into_iter().map(|(from, to)| Renamed { from, to }).collect();
    let mut diff = Diff {
        base,
        head,
        added,
        removed,
        renamed,
        changed,
        followed,
        relations_added,
        relations_removed,
        affected: Vec::new(),
    };
    diff.affected = affected(&diff, &names);
    diff
}

/// Whether two entities say the same. Keys of maps have no order.
fn same(before: &Described, after: &Described) -> bool {
    before.content == after.content && before.owners == after.owners
}

/// The relations that are only in one of the two, names of renamed entities put aside.
fn relations<'a>(base: &'a Snapshot, head: &'a Snapshot, names: &Names) -> (Vec<&'a Edge>, Vec<&'a Edge>) {
    let swapped = |edge: &Edge| Edge {
        from: names.swap(&edge.from).to_owned(),
        relation: edge.relation.clone(),
        to: names.swap(&edge.to).to_owned(),
    };
    let only = |here: &'a Snapshot, there: &'a Snapshot| {
        // What still uses the old name, or did use the new one before, is the same as well.
        let is_new = |edge: &&Edge| {
            there.edges.binary_search(edge).is_err()
                && (names.is_empty() || there.edges.binary_search(&swapped(edge)).is_err())
        };
        here.edges.iter().filter(is_new).collect()
    };
    (only(head, base), only(base, head))
}

/// One walk from everything that changed. What is gone or renamed concerns all that name it; from
/// there on, and from what changed, only dependencies lead further, as they are now.
fn affected(diff: &Diff<'_>, names: &Names) -> Vec<Affected> {
    let now = Network::new(diff.head);
    let before = if diff.removed.is_empty() { None } else { Some(Network::new(diff.base)) };
    let mut walk = Walk::new(now.keys.len());
    for gone in &diff.removed {
        let Some((before, at)) = before.as_ref().and_then(|before| Some((before, before.find(&gone.key)?))) else {
            continue;
        };
        let still = now.find(&gone.key);
        for link in before.links(at).iter().filter(|link| link.back) {
            let key = names.swap(before.key(link.to));
            let Some(to) = now.find(key).filter(|_| diff.head.get(key).is_some()) else { continue };
            let name = before.relation(*link);
            let broken = still.is_some_and(|still| {
                now.links(still).iter().any(|one| one.to == to && one.back && now.relation(*one) == name)
            });
            walk.first(to, &gone.key, name.to_owned(), broken);
        }
        // An API depends on who provides it.
        for link in before.dependents(at).filter(|link| !link.back) {
            let key = names.swap(before.key(link.to));
            let Some(to) = now.find(key).filter(|_| diff.head.get(key).is_some()) else { continue };
            walk.first(to, &gone.key, diff.base.name_of(before.relation(link), true), false);
        }
    }
    for renamed in &diff.renamed {
        let Some(at) = now.find(&renamed.from.key) else { continue };
        for link in now.links(at).iter().filter(|link| link.back && diff.head.get(now.key(link.to)).is_some()) {
            walk.first(link.to, &renamed.from.key, now.relation(*link).to_owned(), true);
        }
    }
    for changed in diff.changed.iter().filter(|one| one.owners.is_some() || one.fields.iter().any(FieldChange::matters))
    {
        if let Some(at) = now.find(&changed.after.key) {
            walk.start(at, &changed.after.key, &now, diff.head);
        }
    }
    walk.on(&now, diff.head);
    let mut found = walk.found;
    found.sort_by(|a, b| (a.distance, !a.broken, &a.key).cmp(&(b.distance, !b.broken, &b.key)));
    found
}

/// A walk from many at once: each is reached from the nearest.
struct Walk {
    reached: Vec<bool>,
    expanded: FxHashSet<u32>,
    queue: VecDeque<(u32, usize, String)>,
    found: Vec<Affected>,
}

impl Walk {
    fn new(ends: usize) -> Self {
        Self { reached: vec![false; ends], expanded: FxHashSet::default(), queue: VecDeque::new(), found: Vec::new() }
    }

    /// Reaches what names a cause itself, that is not in view any more.
    fn first(&mut self, to: u32, cause: &str, relation: String, broken: bool) {
        if std::mem::replace(&mut self.reached[to as usize], true) {
            return;
        }
        self.found.push(Affected {
            key: String::new(),
            distance: 1,
            cause: cause.to_owned(),
            via: cause.to_owned(),
            relation,
            broken,
        });
        let at = self.found.len() - 1;
        self.queue.push_back((to, at, cause.to_owned()));
    }

    /// Reaches what depends on a cause that is in view.
    fn start(&mut self, at: u32, cause: &str, now: &Network<'_>, head: &Snapshot) {
        self.expanded.insert(at);
        self.expand(at, cause, 1, now, head);
    }

    fn expand(&mut self, at: u32, cause: &str, distance: usize, now: &Network<'_>, head: &Snapshot) {
        for link in now.dependents(at) {
            let key = now.key(link.to);
            if self.reached[link.to as usize] || key == cause || head.get(key).is_none() {
                continue;
            }
            self.reached[link.to as usize] = true;
            self.found.push(Affected {
                key: key.to_owned(),
                distance,
                cause: cause.to_owned(),
                via: now.key(at).to_owned(),
                relation: head.name_of(now.relation(link), !link.back),
                broken: false,
            });
            self.queue.push_back((link.to, self.found.len() - 1, cause.to_owned()));
        }
    }

    /// Goes on until there is nothing new.
    fn on(&mut self, now: &Network<'_>, head: &Snapshot) {
        while let Some((at, found, cause)) = self.queue.pop_front() {
            if self.found[found].key.is_empty() {
                now.key(at).clone_into(&mut self.found[found].key);
            }
            if self.expanded.insert(at) {
                self.expand(at, &cause, self.found[found].distance + 1, now, head);
            }
        }
    }
}
