//! What is known of the repositories that are not in view: the entities of a published catalog
//! that come from elsewhere, those that it has from here, and who elsewhere refers to what. Plain
//! data; `change` reads it, `link` settles it, rules ask it.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::base::hosts::{Hosts, Remote};
use crate::diagnostics::Elsewhere;

use super::reference::{Context, EntityRef};

/// A published catalog, as one who checks a part of the organisation sees it.
#[derive(Debug, Default)]
pub struct Published {
    /// What was typed to find it, without credentials.
    pub site: String,
    /// The repositories it was made from.
    pub sources: Vec<PublishedSource>,
    /// Entities from other repositories, sorted by reference.
    pub entities: Vec<PublishedEntity>,
    /// Entities from the repositories in view, sorted by reference.
    pub own: Vec<PublishedEntity>,
    /// References of the former that lead to none of them, sorted by target: into the repositories
    /// in view, or to nothing.
    pub into: Vec<PublishedReference>,
    /// How many entities it has in all.
    pub total: usize,
    /// Repositories in view by the number that they have in `sources`; not all are known there.
    pub known: Vec<(u32, crate::base::RepoId)>,
    /// The references of `entities`, once somebody has asked.
    pub split: OnceLock<Vec<EntityRef>>,
}

/// A repository of a published catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedSource {
    /// Its name.
    pub name: String,
    /// Where it lives on the web.
    pub url: Option<String>,
    /// The commit that was read.
    pub revision: Option<String>,
}

/// An entity of a published catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedEntity {
    /// Its full reference.
    pub key: Box<str>,
    /// Its owner's full reference.
    pub owner: Option<Box<str>>,
    /// Its lifecycle.
    pub lifecycle: Option<Box<str>>,
    /// Where it is described.
    pub place: PublishedPlace,
}

/// A reference that stands in an entity of a published catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedReference {
    /// The full reference that it leads to.
    pub target: Box<str>,
    /// The number of the entity it stands in.
    pub from: u32,
    /// The field.
    pub field: Box<str>,
    /// The name of the relation, seen from the entity it stands in.
    pub relation: Box<str>,
    /// Where it stands.
    pub place: PublishedPlace,
}

/// A place in a repository that is not in view.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PublishedPlace {
    /// The number of the repository in the list of sources; none for the workspace's own files.
    pub source: Option<u32>,
    /// The path in it.
    pub file: Option<Box<str>>,
    /// The line, from 1.
    pub line: Option<u32>,
    /// The column, from 1.
    pub column: Option<u32>,
}

impl Published {
    /// The entity of another repository with this full reference.
    pub fn find(&self, key: &str) -> Option<&PublishedEntity> {
        let at = self.entities.binary_search_by(|entity| (*entity.key).cmp(key)).ok()?;
        self.entities.get(at)
    }

    /// The entity with this full reference that was published from a repository in view.
    pub fn find_own(&self, key: &str) -> Option<&PublishedEntity> {
        let at = self.own.binary_search_by(|entity| (*entity.key).cmp(key)).ok()?;
        self.own.get(at)
    }

    /// The references of other repositories to this full reference, which none of them has.
    pub fn into(&self, key: &str) -> &[PublishedReference] {
        let start = self.into.partition_point(|reference| *reference.target < *key);
        let end = self.into.partition_point(|reference| *reference.target <= *key);
        &self.into[start..end]
    }

    /// The entity that a reference stands in.
    pub fn from(&self, reference: &PublishedReference) -> Option<&PublishedEntity> {
        self.entities.get(reference.from as usize)
    }

    /// The repository of a place.
    pub fn source(&self, place: &PublishedPlace) -> Option<&PublishedSource> {
        self.sources.get(place.source? as usize)
    }

    /// A place for a finding, with the page on which its host shows it.
    pub fn elsewhere(&self, place: &PublishedPlace, hosts: &Hosts) -> Elsewhere {
        let source = self.source(place);
        let number = |number: Option<u32>| number.and_then(|number| usize::try_from(number).ok()).filter(|n| *n > 0);
        let line = number(place.line);
        let url = source.zip(place.file.as_ref()).and_then(|(source, file)| {
            let remote = Remote::parse(source.url.as_ref()?)?;
            remote.file_url(hosts, source.revision.as_deref().unwrap_or("HEAD"), file)
        });
        let with_line = |url: String| match line {
            Some(line) if !url.contains('?') => format!("{url}#L{line}"),
            _ => url,
        };
        Elsewhere {
            repository: source.map(|source| source.name.clone()),
            file: place.file.as_ref().map(ToString::to_string).filter(|file| !file.is_empty()),
            line,
            column: number(place.column),
            url: url.map(with_line),
        }
    }

    /// Whether it has a group from another repository.
    pub fn has_groups(&self) -> bool {
        let at = self.entities.partition_point(|entity| *entity.key < *"group:");
        self.entities.get(at).is_some_and(|entity| entity.key.starts_with("group:"))
    }

    /// The references of all entities from other repositories, split into their parts when somebody
    /// asks, which is where a name is not found.
    pub fn references(&self) -> &[EntityRef] {
        let read = |entity: &PublishedEntity| EntityRef::parse(&entity.key, Context::default()).ok();
        self.split.get_or_init(|| self.entities.iter().filter_map(read).collect())
    }

    /// Takes entities that were published from a repository in view for ones that are still there:
    /// those in files that only another repository leads to, which nobody reads here.
    pub fn keep(&mut self, is_kept: impl Fn(&PublishedEntity) -> bool) {
        let (kept, own): (Vec<_>, Vec<_>) = std::mem::take(&mut self.own).into_iter().partition(is_kept);
        self.own = own;
        if kept.is_empty() {
            return;
        }
        // Numbers of entities move: those of references follow them.
        let old: Vec<Box<str>> = self.entities.iter().map(|entity| entity.key.clone()).collect();
        self.entities.extend(kept);
        self.entities.sort_by(|a, b| a.key.cmp(&b.key));
        let new: FxHashMap<&str, u32> = self.entities.iter().map(|entity| &*entity.key).zip(0..).collect();
        for reference in &mut self.into {
            let moved = old.get(reference.from as usize).and_then(|key| new.get(&**key));
            reference.from = moved.copied().unwrap_or(u32::MAX);
        }
    }
}

/// A full reference as it is written for a reader: without the namespace where it is `default`.
pub fn short_key(key: &str) -> String {
    EntityRef::parse(key, Context::default()).map_or_else(|_| key.to_owned(), |reference| reference.short())
}
