//! What links are looked up in: pages by file, sites by entity, entities by name. Made once.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::{FileId, RepoId, suggest};
use crate::config::Settings;
use crate::model::{Catalog, EntityId, EntityRef};

use super::locate::{Absence, Located};
use super::{Draft, borrowed, entities};

pub(super) struct Index {
    by_file: FxHashMap<FileId, (usize, usize)>,
    /// Folders by entity.
    sites: FxHashMap<EntityId, usize>,
    /// Whose documentation an entity names as its own.
    borrowed: FxHashMap<EntityId, EntityId>,
    /// Entities whose documentation is elsewhere.
    not_in_view: FxHashSet<EntityId>,
    /// Entities by name, in lower case.
    by_name: FxHashMap<String, Vec<EntityId>>,
    /// Entities by kind and length of the name.
    by_length: FxHashMap<(String, usize), Vec<EntityId>>,
    /// Folders with pages: repository, path, and the number of the draft.
    folders: Vec<(RepoId, String, usize)>,
    /// Addresses under which the pages of entities were, or are.
    pub(super) addresses: Vec<String>,
}

impl Index {
    pub(super) fn new(drafts: &[Draft], located: &Located, catalog: &Catalog, settings: &Settings) -> Self {
        let mut by_file = FxHashMap::default();
        for (number, draft) in drafts.iter().enumerate() {
            for (page, content) in draft.content.pages.iter().enumerate() {
                by_file.entry(content.file).or_insert((number, page));
            }
        }
        let mut by_name: FxHashMap<String, Vec<EntityId>> = FxHashMap::default();
        let mut by_length: FxHashMap<(String, usize), Vec<EntityId>> = FxHashMap::default();
        for entity in &catalog.entities {
            let name = entity.reference.name.to_lowercase();
            let kind = entity.reference.kind.to_lowercase();
            by_length.entry((kind, name.chars().count())).or_default().push(entity.id);
            by_name.entry(name).or_default().push(entity.id);
        }
        let own = settings.site_url.iter().map(|url| url.trim_end_matches('/').to_owned());
        Self {
            by_file,
            sites: located.entities.iter().copied().collect(),
            borrowed: borrowed::named(catalog).collect(),
            not_in_view: located
                .absent
                .iter()
                .filter(|absent| matches!(absent.why, Absence::NotFetched(_)))
                .map(|absent| absent.entity)
                .collect(),
            by_name,
            by_length,
            folders: drafts
                .iter()
                .enumerate()
                .map(|(number, draft)| (draft.content.repository, draft.content.docs_dir.clone(), number))
                .collect(),
            addresses: settings.backstage.iter().cloned().chain(own).collect(),
        }
    }

    /// The page that a file became.
    pub(super) fn page(&self, file: FileId) -> Option<(usize, usize)> {
        self.by_file.get(&file).copied()
    }

    /// The folder with an entity's documentation, and whose it is.
    pub(super) fn docs_of(&self, entity: EntityId) -> Option<(EntityId, usize)> {
        let whose = self.lender(entity);
        Some((whose, *self.sites.get(&whose)?))
    }

    /// Whose documentation an entity shows in the end.
    fn lender(&self, entity: EntityId) -> EntityId {
        let mut whose = entity;
        for _ in 0..borrowed::MAX_HOPS {
            match self.borrowed.get(&whose) {
                Some(&next) if !self.sites.contains_key(&whose) => whose = next,
                _ => break,
            }
        }
        whose
    }

    pub(super) fn is_not_in_view(&self, entity: EntityId) -> bool {
        self.not_in_view.contains(&self.lender(entity))
    }

    /// The folder of pages that a path of a repository is in: the deepest.
    pub(super) fn folder_at(&self, repository: RepoId, path: &str) -> Option<usize> {
        let holds = |folder: &str| {
            folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let fitting = self.folders.iter().filter(|(have, folder, _)| *have == repository && holds(folder));
        fitting.max_by_key(|(_, folder, number)| (folder.len(), std::cmp::Reverse(*number))).map(|found| found.2)
    }

    pub(super) fn with_name(&self, name: &str) -> &[EntityId] {
        self.by_name.get(&name.to_lowercase()).map_or(&[], Vec::as_slice)
    }

    /// The only entity with a name, which may have a namespace before it.
    pub(super) fn only_with_name(&self, catalog: &Catalog, text: &str) -> Option<EntityId> {
        let (namespace, name) = text.trim().rsplit_once('/').map_or((None, text.trim()), |(a, b)| (Some(a), b));
        let fits = |id: &&EntityId| {
            namespace.is_none_or(|wanted| catalog.entity(**id).reference.namespace.eq_ignore_ascii_case(wanted))
        };
        let mut found = self.with_name(name).iter().filter(fits);
        let first = found.next()?;
        found.next().is_none().then_some(*first)
    }

    /// What may be meant by a reference to nothing.
    pub(super) fn advice(&self, catalog: &Catalog, reference: &EntityRef) -> Option<String> {
        let owned = |id: EntityId| {
            let owner = entities::owner_of(catalog, id).map(|owner| format!(" It is owned by `{owner}`."));
            owner.unwrap_or_default()
        };
        if let Some(&id) = self.with_name(&reference.name).first() {
            let found = &catalog.entity(id).reference;
            let same = found.kind.eq_ignore_ascii_case(&reference.kind);
            let what = if same { "in another namespace" } else { "of another kind" };
            return Some(format!("there is one {what}: did you mean `{}`?{}", found.short(), owned(id)));
        }
        let length = reference.name.chars().count();
        let kind = reference.kind.to_lowercase();
        let near: Vec<EntityId> = (length.saturating_sub(2)..=length + 2)
            .filter_map(|length| self.by_length.get(&(kind.clone(), length)))
            .flatten()
            .copied()
            .collect();
        let names = near.iter().map(|id| catalog.entity(*id).reference.name.as_str());
        let name = suggest::nearest(&reference.name, names)?;
        let id = near.iter().copied().find(|id| catalog.entity(*id).reference.name == name)?;
        Some(format!("did you mean `{}`?{}", catalog.entity(id).reference.short(), owned(id)))
    }
}
