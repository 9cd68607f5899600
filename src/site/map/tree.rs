//! What is in what: domains, systems, and their parts; groups and their people; and boxes for what is in
//! none of these. In preorder, of each box first what has nothing in it. Circles are cut where they close,
//! and what is nested too deep stands beside what it is in.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::graph::RelationTarget;
use crate::model::{EntityId, EntityRef, RelationId};
use crate::site::{Site, lists};

/// How deep entities nest.
const MAX_DEPTH: usize = 8;
/// With more that are in nothing, those of one owner have a box.
const MANY: usize = 24;

/// What a node stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    Entity(EntityId),
    /// What entities refer to and is not in view, by its number.
    Missing(usize),
    /// A box with a title. An owner where it holds what that one has.
    Box(String, Option<EntityId>),
}

/// All nodes in preorder; the first is the whole.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) nodes: Vec<What>,
    /// The number after the last one below each.
    pub(super) ends: Vec<usize>,
    pub(super) parents: Vec<usize>,
    /// The node of each entity.
    pub(super) of_entity: Vec<usize>,
    /// What is not in view, in the order of its references, and the node of each.
    pub(super) missing: Vec<EntityRef>,
    pub(super) of_missing: FxHashMap<String, usize>,
}

/// A node before it has a number.
#[derive(Debug)]
struct Draft {
    what: What,
    children: Vec<usize>,
}

impl Tree {
    pub(super) fn of(site: &Site<'_>) -> Self {
        let missing = missing(site);
        let mut drafts = Drafts { site, all: Vec::new() };
        let root = drafts.whole(&missing);
        let order = drafts.preorder(root);
        let mut tree = Self {
            nodes: Vec::with_capacity(order.len()),
            ends: vec![0; order.len()],
            parents: Vec::with_capacity(order.len()),
            of_entity: vec![0; site.catalog.entities.len()],
            of_missing: FxHashMap::default(),
            missing,
        };
        for (at, (draft, parent)) in order.into_iter().enumerate() {
            let what = std::mem::replace(&mut drafts.all[draft].what, What::Missing(0));
            match &what {
                What::Entity(id) => tree.of_entity[id.0 as usize] = at,
                What::Missing(number) => {
                    tree.of_missing.insert(tree.missing[*number].key(), at);
                }
                What::Box(..) => {}
            }
            tree.nodes.push(what);
            tree.parents.push(parent);
        }
        for at in (0..tree.nodes.len()).rev() {
            tree.ends[at] = tree.ends[at].max(at + 1);
            let parent = tree.parents[at];
            if parent != at {
                tree.ends[parent] = tree.ends[parent].max(tree.ends[at]);
            }
        }
        tree
    }

    /// The node at the other end of a relation.
    pub(super) fn node(&self, target: &RelationTarget) -> Option<usize> {
        match target {
            RelationTarget::Entity(id) => Some(self.of_entity[id.0 as usize]),
            RelationTarget::Unresolved(reference) => self.of_missing.get(&reference.key()).copied(),
        }
    }

    pub(super) fn is_box(&self, at: usize) -> bool {
        self.ends[at] > at + 1
    }

    /// The boxes and leaves directly in a box.
    pub(super) fn children(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let mut child = at + 1;
        std::iter::from_fn(move || {
            let found = child;
            (found < self.ends[at]).then(|| {
                child = self.ends[found];
                found
            })
        })
    }
}

/// By which relation an entity of a kind is in another.
pub(super) fn nests(kind: &str) -> RelationId {
    match kind {
        "Group" => RelationId::CHILD_OF,
        "User" => RelationId::MEMBER_OF,
        _ => RelationId::PART_OF,
    }
}

/// All references that lead to nothing in view, each once.
fn missing(site: &Site<'_>) -> Vec<EntityRef> {
    let mut seen = FxHashSet::default();
    let mut found: Vec<EntityRef> = Vec::new();
    for entity in &site.catalog.entities {
        for relation in site.graph.relations(entity.id) {
            if let RelationTarget::Unresolved(reference) = &relation.target
                && seen.insert(reference.key())
            {
                found.push(reference.clone());
            }
        }
    }
    found.sort_by_cached_key(EntityRef::key);
    found
}

/// What each entity is in.
fn parents(site: &Site<'_>) -> Vec<Option<EntityId>> {
    let mut parents: Vec<Option<EntityId>> =
        site.catalog.entities.iter().map(|entity| parent(site, entity.id)).collect();
    // 0: not looked at, 1: on the way, 2: known to end.
    let mut state = vec![0u8; parents.len()];
    let mut depths = vec![0usize; parents.len()];
    // The one that takes in what is nested too deep below it.
    let mut hooks: Vec<Option<EntityId>> = vec![None; parents.len()];
    for start in 0..parents.len() {
        let mut way = Vec::new();
        let mut at = start;
        while state[at] == 0 {
            state[at] = 1;
            way.push(at);
            match parents[at] {
                Some(next) if state[next.0 as usize] == 1 => parents[at] = None,
                Some(next) => at = next.0 as usize,
                None => {}
            }
        }
        for at in way.into_iter().rev() {
            state[at] = 2;
            let own = site.catalog.entities[at].id;
            let Some(above) = parents[at].map(|id| id.0 as usize) else {
                hooks[at] = Some(own);
                continue;
            };
            depths[at] = depths[above] + 1;
            hooks[at] = if depths[at] < MAX_DEPTH { Some(own) } else { hooks[above] };
            parents[at] = hooks[above];
        }
    }
    parents
}

/// The nearest of what an entity is in: for a part of a component that one, then the system, the domain.
fn parent(site: &Site<'_>, id: EntityId) -> Option<EntityId> {
    let kind = site.catalog.entity(id).reference.kind.as_str();
    let rank = |other: &EntityId| match site.catalog.entity(*other).reference.kind.as_str() {
        "System" => 1,
        "Domain" => 2,
        other if other == kind => 0,
        _ => 3,
    };
    site.graph.targets(id, nests(kind)).filter(|&other| other != id).min_by_key(rank)
}

struct Drafts<'a> {
    site: &'a Site<'a>,
    all: Vec<Draft>,
}

impl Drafts<'_> {
    fn add(&mut self, what: What, children: Vec<usize>) -> usize {
        self.all.push(Draft { what, children });
        self.all.len() - 1
    }

    /// A box, where there is something in it.
    fn boxed(&mut self, title: &str, children: Vec<usize>) -> Option<usize> {
        (!children.is_empty()).then(|| self.add(What::Box(title.to_owned(), None), children))
    }

    fn whole(&mut self, missing: &[EntityRef]) -> usize {
        let (site, texts) = (self.site, self.site.texts());
        let entities = &site.catalog.entities;
        // The draft of an entity has its number.
        for entity in entities {
            self.add(What::Entity(entity.id), Vec::new());
        }
        let mut roots = Vec::new();
        for (at, parent) in parents(site).into_iter().enumerate() {
            match parent {
                Some(parent) => self.all[parent.0 as usize].children.push(at),
                None => roots.push(at),
            }
        }
        let (mut top, mut systems, mut alone, mut people) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut others: Vec<Vec<usize>> = vec![Vec::new(); site.catalog.kinds.iter().count()];
        for at in roots {
            match entities[at].reference.kind.as_str() {
                "Domain" => top.push(at),
                "System" => systems.push(at),
                "Group" | "User" => people.push(at),
                "Component" | "API" | "Resource" => alone.push(at),
                _ => others[usize::from(entities[at].kind.0)].push(at),
            }
        }
        if top.is_empty() {
            top = systems;
        } else {
            top.extend(self.boxed(texts.t("Without a domain"), systems));
        }
        let alone = self.by_owner(alone);
        if top.is_empty() {
            top = alone;
        } else {
            top.extend(self.boxed(texts.t("In no system"), alone));
        }
        for (kind, of_kind) in others.into_iter().enumerate() {
            let kind = crate::model::KindId(u16::try_from(kind).unwrap_or(u16::MAX));
            top.extend(self.boxed(texts.t(&lists::plural(site.catalog.kinds.get(kind))), of_kind));
        }
        top.extend(self.boxed(texts.t("Teams"), people));
        let missing = (0..missing.len()).map(|number| self.add(What::Missing(number), Vec::new())).collect();
        top.extend(self.boxed(texts.t("Not in this catalog"), missing));
        self.add(What::Box(texts.t("Everything").to_owned(), None), top)
    }

    /// Entities in boxes by their owner, where they are many.
    fn by_owner(&mut self, alone: Vec<usize>) -> Vec<usize> {
        if alone.len() <= MANY {
            return alone;
        }
        let site = self.site;
        let mut owners: std::collections::BTreeMap<String, (Option<EntityId>, String, Vec<usize>)> =
            std::collections::BTreeMap::new();
        let mut out = Vec::new();
        for at in alone {
            let Some(owner) = site.graph.owner(site.catalog.entities[at].id) else {
                out.push(at);
                continue;
            };
            let (id, title) = match owner {
                RelationTarget::Entity(id) => (Some(*id), site.catalog.entity(*id).title().to_owned()),
                RelationTarget::Unresolved(reference) => (None, reference.name.clone()),
            };
            owners.entry(site.graph.target_key(owner)).or_insert_with(|| (id, title, Vec::new())).2.push(at);
        }
        for (id, title, owned) in owners.into_values() {
            if owned.len() < 2 {
                out.extend(owned);
            } else {
                out.push(self.add(What::Box(title, id), owned));
            }
        }
        out
    }

    /// All drafts below one, each with the number of what it is in.
    fn preorder(&mut self, root: usize) -> Vec<(usize, usize)> {
        let mut order = Vec::with_capacity(self.all.len());
        let mut waiting = vec![(root, 0)];
        while let Some((draft, parent)) = waiting.pop() {
            let at = order.len();
            order.push((draft, parent));
            let mut children = std::mem::take(&mut self.all[draft].children);
            children.sort_by_cached_key(|&child| self.place_in_order(child));
            waiting.extend(children.into_iter().rev().map(|child| (child, at)));
        }
        order
    }

    /// Leaves before boxes, of one kind after the other; made boxes after those that are entities.
    fn place_in_order(&self, draft: usize) -> (bool, usize, String, String) {
        let Draft { what, children } = &self.all[draft];
        let is_box = !children.is_empty();
        let catalog = self.site.catalog;
        match what {
            What::Entity(id) => {
                let entity = catalog.entity(*id);
                let kind = if is_box { 0 } else { usize::from(entity.kind.0) };
                (is_box, kind, entity.title().to_lowercase(), self.site.graph.key(*id).to_owned())
            }
            What::Missing(number) => (is_box, 0, String::new(), format!("{number:09}")),
            What::Box(title, owner) => (is_box, 1 + usize::from(owner.is_none()), title.to_lowercase(), title.clone()),
        }
    }
}
