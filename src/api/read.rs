//! From entities to references: each definition is read once, in parallel, whoever provides it.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::base::{FileId, Place, Sources};
use crate::diagnostics::Diagnostic;
use crate::model::{Catalog, Entity, EntityId, Origin, OriginState};
use crate::refs::{self, Documents, Home};
use crate::yaml::Inside;

use super::model::{Family, Reference};
use super::{Definition, anchors, asyncapi, definition, graphql, lint, openapi, order, protobuf};

/// The API definitions of a catalog.
#[derive(Debug, Default)]
pub struct Apis {
    apis: Vec<Api>,
    by_entity: FxHashMap<EntityId, usize>,
}

/// An entity with a definition.
#[derive(Debug)]
pub struct Api {
    /// The entity.
    pub entity: EntityId,
    /// Its definition.
    pub state: State,
}

/// What came of a definition.
#[derive(Debug)]
pub enum State {
    /// It was read.
    Read(Arc<Read>),
    /// It is at a URL that is not fetched.
    NotFetched(String),
}

/// A definition that was read.
#[derive(Debug)]
pub struct Read {
    /// What it is.
    pub definition: Definition,
    /// What it says; nothing for formats that are shown as source.
    pub reference: Reference,
    /// The files that it is read from; none when it stands in its descriptor alone.
    pub files: Vec<FileId>,
}

impl Apis {
    /// All entities with a definition, in the order of the catalog.
    pub fn iter(&self) -> impl Iterator<Item = &Api> {
        self.apis.iter()
    }

    /// The definition of an entity.
    pub fn of(&self, entity: EntityId) -> Option<&Api> {
        self.by_entity.get(&entity).map(|&at| &self.apis[at])
    }

    /// The definition of an entity, where it was read.
    pub fn read(&self, entity: EntityId) -> Option<&Read> {
        match &self.of(entity)?.state {
            State::Read(read) => Some(read),
            State::NotFetched(_) => None,
        }
    }
}

/// Reads the definitions of all APIs.
pub fn read(catalog: &Catalog, sources: &dyn Sources) -> (Apis, Vec<Diagnostic>) {
    // Definitions in files of their own are read once, and reported on with the first entity.
    let mut first_of: FxHashMap<(FileId, String), usize> = FxHashMap::default();
    let mut jobs: Vec<(&Entity, Result<Definition, String>)> = Vec::new();
    let entities = catalog.entities.par_iter().filter(|entity| entity.reference.kind == "API");
    let found: Vec<_> = entities.filter_map(|entity| Some((entity, definition(entity, sources)?))).collect();
    let mut same_as = Vec::new();
    for (entity, found) in found {
        let key = found.as_ref().ok().and_then(|found| Some((found.file?, found.format.clone())));
        let at = jobs.len();
        same_as.push(key.map_or(at, |key| *first_of.entry(key).or_insert(at)));
        jobs.push((entity, found));
    }
    let outcomes: Vec<_> = jobs
        .into_par_iter()
        .enumerate()
        .map(|(at, (entity, found))| match found {
            Err(url) => (entity.id, Some((State::NotFetched(url), Vec::new()))),
            Ok(_) if same_as[at] != at => (entity.id, None),
            Ok(found) => {
                let home = home(entity, &found, sources);
                let (read, mut findings) = read_definition(found, home, sources);
                findings.iter_mut().for_each(|finding| finding.entity = Some(entity.key()));
                (entity.id, Some((State::Read(Arc::new(read)), findings)))
            }
        })
        .collect();
    let mut apis = Apis::default();
    let mut findings = Vec::new();
    for (at, (entity, outcome)) in outcomes.into_iter().enumerate() {
        let state = match outcome {
            Some((state, more)) => {
                findings.extend(more);
                state
            }
            None => match &apis.apis[same_as[at]].state {
                State::Read(read) => State::Read(Arc::clone(read)),
                State::NotFetched(url) => State::NotFetched(url.clone()),
            },
        };
        apis.by_entity.insert(entity, apis.apis.len());
        apis.apis.push(Api { entity, state });
    }
    (apis, findings)
}

/// Reads a definition that no entity names: a file by itself.
pub fn read_text(found: Definition, file: FileId, sources: &dyn Sources) -> (Read, Vec<Diagnostic>) {
    read_definition(found, Home::File(file), sources)
}

/// Where the text of an entity's definition stands.
fn home(entity: &Entity, found: &Definition, sources: &dyn Sources) -> Home {
    let place = entity.place("/spec/definition");
    match entity.origin_of("/spec/definition") {
        // What `$openapi` made of many files is read again from the first of them.
        Some(Origin { state: OriginState::File { file, .. }, .. }) => Home::File(*file),
        _ => inside(place, found, sources).unwrap_or(Home::Nowhere(place)),
    }
}

fn inside(place: Place, found: &Definition, sources: &dyn Sources) -> Option<Home> {
    let text = sources.text(place.file).ok()?;
    let written = text.as_str().get(place.span.range())?;
    Some(Home::Value(place.file, Box::new(Inside::new(written, place.span.start as usize, &found.text))))
}

fn read_definition(found: Definition, home: Home, sources: &dyn Sources) -> (Read, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let mut files: Vec<FileId> = found.file.into_iter().collect();
    // In a file of its own, what stands there counts and not what a placeholder made of it.
    let file_text = match &home {
        Home::File(file) => sources.text(*file).ok(),
        _ => None,
    };
    let text = file_text.as_ref().map_or(found.text.as_str(), |text| text.as_str());
    let mut reference = match found.family {
        Family::OpenApi | Family::AsyncApi | Family::JsonSchema | Family::OpenRpc => {
            let documents = Documents::load(home, text, sources);
            // The first is the descriptor, where there is no file.
            files = (usize::from(found.file.is_none())..documents.len()).map(|at| documents.file(at)).collect();
            lint::check(&documents, found.family, sources, &mut findings);
            match found.family {
                Family::AsyncApi => asyncapi::read(&documents),
                _ => openapi::read(&documents, found.family),
            }
        }
        Family::GraphQl => graphql::read(text, &home, sources, &mut findings),
        Family::Protobuf => protobuf::read(text, &home, sources, &mut findings),
        Family::Other => Reference::default(),
    };
    order::by_section(&mut reference);
    anchors::fill(&mut reference);
    (Read { definition: found, reference, files }, findings)
}

/// A definition and all that it refers to as one document; nothing for formats without references.
/// What stands in no file of its own is that of an entity.
pub fn bundle(read: &Read, entity: Option<&Entity>, sources: &dyn Sources) -> Option<serde_json::Value> {
    let found = &read.definition;
    if !matches!(found.family, Family::OpenApi | Family::AsyncApi | Family::JsonSchema | Family::OpenRpc) {
        return None;
    }
    let Some(file) = found.file else {
        let home = home(entity?, found, sources);
        return Some(refs::bundle(&Documents::load(home, &found.text, sources)));
    };
    let text = sources.text(file).ok()?;
    Some(refs::bundle(&Documents::load(Home::File(file), text.as_str(), sources)))
}
