//! What crosses the border of a part of the catalog: of a system, a domain, or of all that a team
//! owns. Each relation is looked at from inside only, so the work is that of what is inside.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::graph::{Graph, Relation, RelationTarget};
use crate::model::{EntityId, RelationId};

use super::context::Context;
use super::lists::LongList;
use super::views::{Link, Way};
use super::{Site, lists};

/// Most relations that are told of one neighbour.
const MAX_PAIRS: usize = 4;
/// Most neighbours of a side in the table.
const MAX_ROWS: usize = 40;
/// How far up a part is followed.
const MAX_ABOVE: usize = 16;

/// Whether a relation, seen from one end, says that this end uses the other (`Some(true)`), that it is
/// used (`Some(false)`), or neither: who owns, contains or joins what is no dependency.
pub(super) fn uses(relation: RelationId) -> Option<bool> {
    let structure = [RelationId::OWNED_BY, RelationId::PART_OF, RelationId::CHILD_OF, RelationId::MEMBER_OF];
    if structure.iter().any(|one| one.pair == relation.pair) {
        return None;
    }
    // An API stands between those who call it and those who offer it.
    Some(relation.inverse == (relation.pair == RelationId::PROVIDES_API.pair))
}

/// What others are gathered under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Unit {
    /// A system, a domain or a group.
    Entity(EntityId),
    /// Who owns what is in nothing.
    Owner(EntityId),
    /// In nothing, and owned by nobody.
    Alone,
    /// Not in view.
    Elsewhere,
}

/// A neighbour.
#[derive(Debug, Default)]
pub(super) struct Neighbour {
    /// How many relations lead there.
    pub(super) count: usize,
    /// To which parts, and how many.
    pub(super) parts: BTreeMap<EntityId, usize>,
    /// The first of the relations.
    pairs: Vec<Pair>,
}

/// A relation, from the one that uses to the one that is used.
#[derive(Debug)]
struct Pair {
    relation: RelationId,
    from: RelationTarget,
    to: RelationTarget,
}

/// A part of the catalog and what crosses its border.
#[derive(Debug, Default)]
pub(super) struct Border {
    /// Relations between parts, from user to used, with how many they stand for.
    pub(super) inside: BTreeMap<(EntityId, EntityId), usize>,
    /// Who uses it: most relations first.
    pub(super) used_by: Vec<(Unit, Neighbour)>,
    /// What it uses: most relations first.
    pub(super) uses: Vec<(Unit, Neighbour)>,
}

impl Border {
    /// The border of some entities, each of which stands for a part; others are gathered by `unit`.
    pub(super) fn of(graph: &Graph, parts: &FxHashMap<EntityId, EntityId>, unit: impl Fn(EntityId) -> Unit) -> Self {
        let mut border = Self::default();
        let mut sides: [BTreeMap<Unit, Neighbour>; 2] = Default::default();
        let mut members: Vec<(EntityId, EntityId)> = parts.iter().map(|(&id, &part)| (id, part)).collect();
        members.sort_unstable();
        for (id, part) in members {
            for Relation { relation, target } in graph.relations(id) {
                let Some(uses) = uses(*relation) else { continue };
                let other = match target {
                    RelationTarget::Entity(other) => match parts.get(other) {
                        Some(&other_part) => {
                            // Both ends are inside: told by the one that uses.
                            if uses && other_part != part {
                                *border.inside.entry((part, other_part)).or_default() += 1;
                            }
                            continue;
                        }
                        None => unit(*other),
                    },
                    RelationTarget::Unresolved(_) => Unit::Elsewhere,
                };
                sides[usize::from(uses)].entry(other).or_default().add(id, part, *relation, target, uses);
            }
        }
        let [used_by, uses] = sides.map(|side| {
            let mut side: Vec<(Unit, Neighbour)> = side.into_iter().collect();
            side.sort_by_key(|(unit, neighbour)| (std::cmp::Reverse(neighbour.count), *unit));
            side
        });
        Self { used_by, uses, ..border }
    }
}

impl Neighbour {
    fn add(&mut self, id: EntityId, part: EntityId, relation: RelationId, target: &RelationTarget, uses: bool) {
        self.count += 1;
        *self.parts.entry(part).or_default() += 1;
        if self.pairs.len() < MAX_PAIRS {
            let (me, other) = (RelationTarget::Entity(id), target.clone());
            let (from, to) = if uses { (me, other) } else { (other, me) };
            let relation = if uses { relation } else { relation.flipped() };
            self.pairs.push(Pair { relation, from, to });
        }
    }
}

/// All that is in a system or a domain, each with the part of it in which it is.
pub(super) fn members(graph: &Graph, whole: EntityId) -> FxHashMap<EntityId, EntityId> {
    let inverse = RelationId::PART_OF.flipped();
    let mut found = FxHashMap::default();
    let mut queue: Vec<(EntityId, EntityId)> = Vec::new();
    for part in graph.targets(whole, inverse).filter(|&part| part != whole) {
        found.insert(part, part);
        queue.push((part, part));
    }
    while let Some((at, part)) = queue.pop() {
        for inner in graph.targets(at, inverse).filter(|&inner| inner != whole) {
            if let std::collections::hash_map::Entry::Vacant(entry) = found.entry(inner) {
                entry.insert(part);
                queue.push((inner, part));
            }
        }
    }
    found
}

/// What an entity is in, from the nearest on.
fn above(site: &Site<'_>, id: EntityId) -> Vec<EntityId> {
    let mut above: Vec<EntityId> = Vec::new();
    let mut at = id;
    while let Some(next) = site.index.part_of(at).filter(|next| *next != id && !above.contains(next)) {
        above.push(next);
        at = next;
        if above.len() == MAX_ABOVE {
            break;
        }
    }
    above
}

/// What others are gathered under, seen from a system or a domain: the system they are in, and from a
/// domain the largest whole that they do not share with it.
pub(super) fn neighbour_of(site: &Site<'_>, whole: EntityId) -> impl Fn(EntityId) -> Unit {
    let kind = |id: EntityId| site.catalog.entity(id).reference.kind.as_str();
    let shared = above(site, whole);
    let is_domain = kind(whole) == "Domain";
    move |id| {
        let wholes = std::iter::once(id).chain(above(site, id));
        let mut wholes =
            wholes.filter(|&one| one != whole && !shared.contains(&one) && matches!(kind(one), "System" | "Domain"));
        let found = if is_domain { wholes.next_back() } else { wholes.next() };
        found.map_or_else(|| owner_of(site, id), Unit::Entity)
    }
}

fn owner_of(site: &Site<'_>, id: EntityId) -> Unit {
    site.index.owner(id).map_or(Unit::Alone, Unit::Owner)
}

/// The team of an entity.
pub(super) fn team_of(site: &Site<'_>, id: EntityId) -> Unit {
    match owner_of(site, id) {
        Unit::Owner(team) => Unit::Entity(team),
        unit => unit,
    }
}

/// One side of a border as a table.
#[derive(Debug, Default, Serialize)]
pub(super) struct Side {
    /// How many neighbours.
    pub(super) total: usize,
    /// How many relations.
    relations: usize,
    rows: Vec<Crossing>,
    more: Option<Way>,
    /// The list of those whose own pages have all relations.
    parts_href: String,
}

#[derive(Debug, Serialize)]
struct Crossing {
    /// `None` for what is in nothing or not in view.
    entity: Option<Link>,
    /// Whether the entity is the owner of what is in nothing.
    is_owner: bool,
    is_elsewhere: bool,
    count: usize,
    pairs: Vec<PairView>,
    more: usize,
}

#[derive(Debug, Serialize)]
struct PairView {
    from: Link,
    relation: String,
    to: Link,
}

impl Side {
    /// A table of neighbours; those that have no room stand on pages of their own.
    pub(super) fn of(
        context: &Context<'_>,
        side: &[(Unit, Neighbour)],
        list: (EntityId, &str, &str),
        long: &mut Vec<LongList>,
    ) -> Self {
        let (id, anchor, title) = list;
        let more = (side.len() > MAX_ROWS).then(|| {
            let entities = side.iter().filter_map(|(unit, _)| match unit {
                Unit::Entity(id) | Unit::Owner(id) => Some(context.site.graph.key(*id).to_owned()),
                Unit::Alone | Unit::Elsewhere => None,
            });
            let list =
                lists::LongList::new(context.site.catalog.entity(id), anchor, title, vec!["kind"], entities.collect());
            let way = Way {
                title: context.site.texts().with("All {n}", &[("n", &side.len())]),
                href: Some(context.href(&list.path(1))),
            };
            long.push(list);
            way
        });
        Self {
            total: side.len(),
            relations: side.iter().map(|(_, neighbour)| neighbour.count).sum(),
            rows: side.iter().take(MAX_ROWS).map(|(unit, neighbour)| crossing(context, *unit, neighbour)).collect(),
            more,
            parts_href: lists::of_parts(context, id),
        }
    }
}

fn crossing(context: &Context<'_>, unit: Unit, neighbour: &Neighbour) -> Crossing {
    let relations = &context.site.catalog.kinds.relations;
    let pair = |pair: &Pair| PairView {
        from: context.target(&pair.from),
        relation: context.site.texts().t(relations.label(pair.relation)).to_lowercase(),
        to: context.target(&pair.to),
    };
    Crossing {
        entity: match unit {
            Unit::Entity(id) | Unit::Owner(id) => Some(context.link(id)),
            Unit::Alone | Unit::Elsewhere => None,
        },
        is_owner: matches!(unit, Unit::Owner(_)),
        is_elsewhere: unit == Unit::Elsewhere,
        count: neighbour.count,
        pairs: neighbour.pairs.iter().map(pair).collect(),
        more: neighbour.count - neighbour.pairs.len(),
    }
}
