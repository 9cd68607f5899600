//! What pages ask for often, looked up once: a page must not cost more because there are others.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::FileId;
use crate::docs::Absence;
use crate::graph::Graph;
use crate::model::{EntityId, KindId, RelationId};

use super::Input;
use super::lists::{Most, Shelves};

/// Tables over the input of a site.
pub(super) struct Index {
    /// Findings about an entity, by their number.
    pub(super) findings_of_entity: FxHashMap<EntityId, Vec<usize>>,
    /// Findings in a page of documentation, by their number.
    pub(super) findings_of_page: FxHashMap<FileId, Vec<usize>>,
    /// How many entities each kind has, in the order of the table of kinds.
    pub(super) kind_counts: Vec<(KindId, usize)>,
    /// How many entities a file describes.
    pub(super) entities_by_file: FxHashMap<FileId, usize>,
    /// How many entities a repository describes.
    pub(super) entities_by_repository: Vec<usize>,
    /// How many pages of documentation a repository has.
    pub(super) pages_by_repository: Vec<usize>,
    /// Entities whose documentation is in a repository that is not in view.
    pub(super) docs_not_fetched: FxHashSet<EntityId>,
    /// The first whole and the first owner of each entity.
    above: Vec<(Option<EntityId>, Option<EntityId>)>,
    /// How much each group owns, with the groups below it.
    owned_below: FxHashMap<EntityId, usize>,
    /// What entities have in common.
    pub(super) shelves: Shelves,
    /// What has most of them.
    pub(super) most: Most,
}

impl Index {
    pub(super) fn new(input: &Input<'_>) -> Self {
        let (findings_of_entity, findings_of_page) = findings(input);
        let repositories = input.sources.repositories().len();
        let mut counts: FxHashMap<KindId, usize> = FxHashMap::default();
        let mut entities_by_file: FxHashMap<FileId, usize> = FxHashMap::default();
        let mut entities_by_repository = vec![0; repositories];
        for entity in &input.catalog.entities {
            *counts.entry(entity.kind).or_default() += 1;
            *entities_by_file.entry(entity.file).or_default() += 1;
            entities_by_repository[input.sources.repo_of(entity.file).0 as usize] += 1;
        }
        let mut pages_by_repository = vec![0; repositories];
        for docs in &input.docs.sites {
            pages_by_repository[docs.content.repository.0 as usize] += docs.content.pages.len();
        }
        let kinds = input.catalog.kinds.iter();
        let not_fetched = input.docs.absent.iter().filter(|absent| matches!(absent.why, Absence::NotFetched(_)));
        let shelves = Shelves::new(input.catalog, input.graph);
        Self {
            most: Most::new(&shelves),
            shelves,
            findings_of_entity,
            findings_of_page,
            kind_counts: kinds.map(|(id, _)| (id, counts.get(&id).copied().unwrap_or(0))).collect(),
            entities_by_file,
            entities_by_repository,
            pages_by_repository,
            docs_not_fetched: not_fetched.map(|absent| absent.entity).collect(),
            above: input.catalog.entities.iter().map(|entity| above(input.graph, entity.id)).collect(),
            owned_below: owned_below(input),
        }
    }

    /// What an entity is part of.
    pub(super) fn part_of(&self, id: EntityId) -> Option<EntityId> {
        self.above[id.0 as usize].0
    }

    /// Who owns an entity.
    pub(super) fn owner(&self, id: EntityId) -> Option<EntityId> {
        self.above[id.0 as usize].1
    }

    /// How much a group owns, with the groups below it.
    pub(super) fn owned_below(&self, group: EntityId) -> usize {
        self.owned_below.get(&group).copied().unwrap_or(0)
    }
}

fn above(graph: &Graph, id: EntityId) -> (Option<EntityId>, Option<EntityId>) {
    let first = |relation| graph.targets(id, relation).next();
    (first(RelationId::PART_OF), first(RelationId::OWNED_BY))
}

/// Each group adds what it owns to all groups above it.
fn owned_below(input: &Input<'_>) -> FxHashMap<EntityId, usize> {
    let mut total: FxHashMap<EntityId, usize> = FxHashMap::default();
    let groups = input.catalog.entities.iter().filter(|entity| entity.reference.kind == "Group");
    for group in groups {
        let own = input.graph.targets(group.id, RelationId::OWNED_BY.flipped()).count();
        if own > 0 {
            let above = input.graph.reach(group.id, &[RelationId::CHILD_OF], false);
            for id in std::iter::once(group.id).chain(above.into_iter().map(|(id, _)| id)) {
                *total.entry(id).or_default() += own;
            }
        }
    }
    total
}

type Findings<K> = FxHashMap<K, Vec<usize>>;

fn findings(input: &Input<'_>) -> (Findings<EntityId>, Findings<FileId>) {
    let contents = input.docs.sites.iter().map(|docs| &docs.content);
    let pages: FxHashSet<FileId> = contents.flat_map(|content| content.pages.iter().map(|page| page.file)).collect();
    let (mut of_entity, mut of_page) = (Findings::default(), Findings::default());
    for (at, (finding, _)) in input.findings.iter().enumerate() {
        if let Some(&id) = finding.entity.as_deref().and_then(|key| input.catalog.index.get(key)) {
            of_entity.entry(id).or_default().push(at);
        }
        if let Some(file) = finding.place.map(|place| place.file).filter(|file| pages.contains(file)) {
            of_page.entry(file).or_default().push(at);
        }
    }
    (of_entity, of_page)
}
