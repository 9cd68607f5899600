//! What changed in the catalog, by git: commits that touched a descriptor, a page of documentation
//! or an API definition, over all repositories, the newest first. Never a day of today: all times
//! are those of commits.

mod feed;
mod page;

pub(super) use feed::feeds;
pub(super) use page::{ChangeView, alternate, alternate_of, newest, pages};

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::base::history::{Commit, Reach};
use crate::base::{FileId, RepoId};
use crate::model::{EntityId, OriginState, RelationId};

use super::Site;

/// Most changes that are listed.
const MOST: usize = 500;
/// Most changes in a feed.
const IN_FEED: usize = 30;
/// Most entities and pages that a change is known to touch; the others are counted.
const TOUCHED: usize = 100;

/// A commit and what it touched.
pub(super) struct Change<'a> {
    repository: RepoId,
    commit: &'a Commit,
    /// Entities whose descriptor or definition it changed, in the order of references.
    entities: Vec<EntityId>,
    /// Pages of documentation that it changed.
    pages: Vec<FileId>,
    /// How many more of either.
    more: usize,
}

/// All changes that are shown somewhere.
#[derive(Default)]
pub(super) struct Changes<'a> {
    all: Vec<Change<'a>>,
    /// How many there are in view.
    total: usize,
    /// Those of what a group or user owns, by their number.
    by_owner: BTreeMap<EntityId, Vec<usize>>,
    /// How far the histories go that are in view.
    reach: Histories,
}

/// The histories of the repositories in numbers.
#[derive(Default, Clone, Copy)]
struct Histories {
    repositories: usize,
    without: usize,
    shallow: usize,
}

impl Changes<'_> {
    /// Whether there are none in view.
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

/// Gathers them. The histories are read when they are asked for, so this is where they cost.
pub(super) fn gather<'a>(site: &Site<'a>) -> Changes<'a> {
    let touches = Touches::new(site);
    let mut changes = Changes::default();
    let mut all: Vec<Change<'a>> = Vec::new();
    for (repository, found) in (0..).map(RepoId).zip(site.sources.repositories()) {
        if found.settings_home {
            continue;
        }
        changes.reach.repositories += 1;
        let Some(history) = site.sources.history(repository) else {
            changes.reach.without += 1;
            continue;
        };
        changes.reach.shallow += usize::from(history.reach == Reach::Shallow);
        all.extend(history.commits().iter().filter_map(|commit| touches.change(site, repository, commit)));
    }
    // Stable: commits of one second stay as they stand in their history.
    all.sort_by_key(|change| std::cmp::Reverse(change.commit.time));
    changes.total = all.len();
    for (number, change) in all.iter().enumerate() {
        for owner in change.owners(site) {
            let of = changes.by_owner.entry(owner).or_default();
            if of.len() < IN_FEED {
                of.push(number);
            }
        }
    }
    changes.all = all;
    changes
}

/// What the files of the catalog stand for.
struct Touches {
    entities: FxHashMap<FileId, Vec<EntityId>>,
}

impl Touches {
    fn new(site: &Site<'_>) -> Self {
        let mut entities: FxHashMap<FileId, Vec<EntityId>> = FxHashMap::default();
        for entity in &site.catalog.entities {
            entities.entry(entity.file).or_default().push(entity.id);
            for origin in &entity.origins {
                if let OriginState::File { file, .. } = origin.state {
                    entities.entry(file).or_default().push(entity.id);
                }
            }
        }
        for api in site.apis.iter() {
            for file in site.apis.read(api.entity).into_iter().flat_map(|read| &read.files) {
                entities.entry(*file).or_default().push(api.entity);
            }
        }
        Self { entities }
    }

    /// What a commit touched; nothing where that is nothing of the catalog.
    fn change<'a>(&self, site: &Site<'_>, repository: RepoId, commit: &'a Commit) -> Option<Change<'a>> {
        let mut change = Change { repository, commit, entities: Vec::new(), pages: Vec::new(), more: 0 };
        for path in &commit.files {
            let Some(file) = site.sources.lookup(repository, path) else { continue };
            if let Some(entities) = self.entities.get(&file) {
                change.entities.extend(entities);
            }
            if site.docs.page_at(file).is_some() {
                change.pages.push(file);
            }
        }
        change.entities.sort_unstable();
        change.entities.dedup();
        let count = change.entities.len() + change.pages.len();
        change.entities.truncate(TOUCHED);
        change.pages.truncate(TOUCHED);
        change.more = count - change.entities.len() - change.pages.len();
        (count > 0).then_some(change)
    }
}

impl Change<'_> {
    /// Who owns what it touched, each once; a group or user owns itself.
    fn owners(&self, site: &Site<'_>) -> Vec<EntityId> {
        let docs = self.pages.iter().filter_map(|&file| Some(site.docs.page_at(file)?.0.entity));
        let mut owners: Vec<EntityId> = Vec::new();
        for id in self.entities.iter().copied().chain(docs) {
            owners.extend(site.graph.targets(id, RelationId::OWNED_BY));
            if matches!(&*site.catalog.entity(id).reference.kind, "Group" | "User") {
                owners.push(id);
            }
        }
        owners.sort_unstable();
        owners.dedup();
        owners
    }

    /// The page of the commit on its host.
    fn url(&self, site: &Site<'_>) -> Option<String> {
        site.sources.repository(self.repository).remote.as_ref()?.commit_url(site.sources.hosts(), &self.commit.id)
    }
}
