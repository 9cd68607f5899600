//! `interface.json` as it is read: what a published catalog has of the repositories that are not in
//! view. Only what is asked for later is kept, so that a catalog of a whole organisation costs
//! little; fields that are not known are passed over.

use std::borrow::Cow;
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::base::{RepoId, Sources};
use crate::model::{Published, PublishedEntity, PublishedPlace, PublishedReference, PublishedSource};

use super::version::{self, HIGHEST};

/// Why a published catalog cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PublishedError {
    /// It is none.
    #[error(
        "{site} is no published catalog: {why}\n`--against` takes a site that `catalog build` made: its folder, its URL, or its interface.json"
    )]
    Format {
        /// What was typed.
        site: String,
        /// What is wrong with it.
        why: String,
    },
    /// A newer program wrote it.
    #[error(
        "{site} was published by a newer catalog: its interface.json has version {version}, and this program reads up to {HIGHEST}\nuse the release that builds the site"
    )]
    Newer {
        /// What was typed.
        site: String,
        /// The version it has.
        version: u32,
    },
}

#[derive(Deserialize)]
struct Interface<'a> {
    version: u32,
    #[serde(borrow, default)]
    sources: Vec<Source<'a>>,
    #[serde(borrow)]
    entities: Vec<Entity<'a>>,
}

#[derive(Deserialize)]
struct Source<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow, default)]
    url: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    revision: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct Entity<'a> {
    #[serde(rename = "ref", borrow)]
    key: Text<'a>,
    #[serde(borrow, default)]
    owner: Option<Text<'a>>,
    #[serde(borrow, default)]
    lifecycle: Option<Text<'a>>,
    #[serde(borrow, default)]
    source: Option<Place<'a>>,
    #[serde(borrow, default)]
    references: Vec<Reference<'a>>,
}

#[derive(Deserialize)]
struct Place<'a> {
    #[serde(borrow, default)]
    repository: Option<Text<'a>>,
    #[serde(borrow, default)]
    file: Option<Text<'a>>,
    #[serde(default)]
    line: Option<u32>,
}

#[derive(Deserialize)]
struct Reference<'a> {
    #[serde(borrow)]
    field: Text<'a>,
    #[serde(borrow)]
    relation: Text<'a>,
    #[serde(borrow)]
    target: Text<'a>,
    #[serde(borrow, default)]
    file: Option<Text<'a>>,
    #[serde(default)]
    line: Option<u32>,
    #[serde(default)]
    column: Option<u32>,
}

/// Text that is borrowed from the file where it has no escapes, which is nearly everywhere.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

impl Text<'_> {
    fn boxed(&self) -> Box<str> {
        self.0.as_ref().into()
    }
}

/// Reads a published catalog for those who have the repositories of `sources` in view.
pub fn read(site: &str, text: &str, sources: &dyn Sources) -> Result<Published, PublishedError> {
    let interface = parse(site, text)?;
    let published: Vec<PublishedSource> = interface.sources.iter().map(Source::owned).collect();
    let known = known(&published, sources);
    let numbers: FxHashMap<&str, u32> = interface.sources.iter().map(|source| &*source.name).zip(0..).collect();
    let in_view: FxHashSet<u32> = known.iter().map(|(number, _)| *number).collect();
    let number = |entity: &Entity<'_>| numbers.get(entity.source.as_ref()?.repository.as_ref()?.0.as_ref()).copied();
    let total = interface.entities.len();
    let mut elsewhere: Vec<(Option<u32>, Entity<'_>)> = Vec::with_capacity(total);
    let mut own = Vec::new();
    for entity in interface.entities.into_iter().filter(|entity| is_reference(&entity.key.0)) {
        match number(&entity) {
            Some(number) if in_view.contains(&number) => own.push(kept(&entity, Some(number))),
            number => elsewhere.push((number, entity)),
        }
    }
    // The file is sorted, but nothing says that nobody touched it.
    elsewhere.sort_by(|a, b| a.1.key.0.cmp(&b.1.key.0));
    elsewhere.dedup_by(|a, b| a.1.key.0 == b.1.key.0);
    own.sort_by(|a, b| a.key.cmp(&b.key));
    let into = references(&elsewhere);
    let entities = elsewhere.iter().map(|(number, entity)| kept(entity, *number)).collect();
    let site = site.to_owned();
    Ok(Published { site, sources: published, entities, own, into, total, known, split: OnceLock::new() })
}

fn parse<'a>(site: &str, text: &'a str) -> Result<Interface<'a>, PublishedError> {
    let newer = |version| PublishedError::Newer { site: site.to_owned(), version };
    match serde_json::from_str::<Interface<'_>>(text) {
        Ok(interface) if interface.version > HIGHEST => Err(newer(interface.version)),
        Ok(interface) => Ok(interface),
        // A newer one may have another form altogether: that it is newer is what helps.
        Err(error) => match version::of(text) {
            Ok(version) if version > HIGHEST => Err(newer(version)),
            _ => Err(PublishedError::Format { site: site.to_owned(), why: error.to_string() }),
        },
    }
}

/// Which of the published repositories are in view: by name, else by the name that the remote
/// gives them, else by their place on the web.
fn known(published: &[PublishedSource], sources: &dyn Sources) -> Vec<(u32, RepoId)> {
    let repositories = (0..).map(RepoId).zip(sources.repositories());
    repositories
        .filter(|(_, repository)| !repository.settings_home)
        .filter_map(|(id, repository)| {
            let at = |found: &dyn Fn(&PublishedSource) -> bool| published.iter().position(found);
            let remote = repository.remote.as_ref();
            let number = at(&|source| source.name == repository.name)
                .or_else(|| remote.and_then(|remote| at(&|source| source.name == remote.identity())))
                .or_else(|| remote.and_then(|remote| at(&|source| source.url.as_ref() == Some(&remote.web_url()))))?;
            Some((u32::try_from(number).ok()?, id))
        })
        .collect()
}

/// The references that lead to no entity of the list, sorted by target.
fn references(entities: &[(Option<u32>, Entity<'_>)]) -> Vec<PublishedReference> {
    let keys: FxHashSet<&str> = entities.iter().map(|(_, entity)| &*entity.key.0).collect();
    let mut into = Vec::new();
    for (from, (source, entity)) in (0..).zip(entities) {
        for reference in entity.references.iter().filter(|reference| !keys.contains(&*reference.target.0)) {
            let own_file = || entity.source.as_ref().and_then(|place| place.file.as_ref());
            let file = reference.file.as_ref().or_else(own_file).map(Text::boxed);
            into.push(PublishedReference {
                target: reference.target.boxed(),
                from,
                field: reference.field.boxed(),
                relation: reference.relation.boxed(),
                place: PublishedPlace { source: *source, file, line: reference.line, column: reference.column },
            });
        }
    }
    into.sort_by(|a, b| (&a.target, a.from).cmp(&(&b.target, b.from)));
    into
}

fn kept(entity: &Entity<'_>, source: Option<u32>) -> PublishedEntity {
    let place = entity.source.as_ref();
    PublishedEntity {
        key: entity.key.boxed(),
        owner: entity.owner.as_ref().map(Text::boxed),
        lifecycle: entity.lifecycle.as_ref().map(Text::boxed),
        place: PublishedPlace {
            source,
            file: place.and_then(|place| place.file.as_ref()).map(Text::boxed),
            line: place.and_then(|place| place.line),
            column: None,
        },
    }
}

fn is_reference(key: &str) -> bool {
    key.split_once(':').is_some_and(|(_, rest)| rest.contains('/'))
}

impl Source<'_> {
    fn owned(&self) -> PublishedSource {
        PublishedSource {
            name: self.name.clone().into_owned(),
            url: self.url.clone().map(Cow::into_owned),
            revision: self.revision.clone().map(Cow::into_owned),
        }
    }
}
