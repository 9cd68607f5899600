//! What programs read: `catalog.json`, `interface.json`, and each entity as JSON, in files of its own
//! or in one. Types of their own: the model is not serialised.

use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use crate::base::{FileId, Sources};
use crate::graph::Graph;
use crate::model::{Catalog, Entity, location_annotations};
use crate::{api, routes};

/// Longest definition that stands in `catalog.json` itself.
const MAX_INLINE: usize = 4 * 1024;

#[derive(Serialize)]
struct CatalogJson<'a> {
    version: u32,
    organization: Option<&'a str>,
    sources: Vec<SourceJson<'a>>,
    #[serde(rename = "relationTypes")]
    relation_types: Vec<RelationTypeJson<'a>>,
    entities: Vec<Json>,
}

#[derive(Serialize)]
struct RelationTypeJson<'a> {
    #[serde(rename = "type")]
    forward: &'a str,
    inverse: &'a str,
}

#[derive(Serialize)]
struct SourceJson<'a> {
    name: &'a str,
    url: Option<String>,
    revision: Option<&'a str>,
}

#[derive(Serialize)]
struct InterfaceJson<'a> {
    version: u32,
    organization: Option<&'a str>,
    sources: Vec<SourceJson<'a>>,
    entities: Vec<InterfaceEntity>,
}

#[derive(Serialize)]
struct InterfaceEntity {
    #[serde(rename = "ref")]
    reference: String,
    owner: Option<String>,
    title: String,
    #[serde(rename = "type")]
    spec_type: Option<String>,
    lifecycle: Option<String>,
    source: Json,
    references: Vec<InterfaceReference>,
}

#[derive(Serialize)]
struct InterfaceReference {
    field: String,
    relation: String,
    target: String,
    pointer: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
}

/// What the public JSON is made from.
#[derive(Clone, Copy)]
pub struct Public<'a> {
    /// The catalog.
    pub catalog: &'a Catalog,
    /// Its relations.
    pub graph: &'a Graph,
    /// The files.
    pub sources: &'a dyn Sources,
    /// The organisation's name.
    pub organization: Option<&'a str>,
}

impl Public<'_> {
    /// `catalog.json`
    pub fn catalog_json(&self) -> serde_json::Result<Vec<u8>> {
        use rayon::prelude::*;
        let entities = self.catalog.entities.par_iter().map(|entity| self.entity(entity, true)).collect();
        let pairs = self.catalog.kinds.relations.iter();
        let relation_types =
            pairs.map(|pair| RelationTypeJson { forward: &pair.forward, inverse: &pair.inverse }).collect();
        let (organization, sources) = (self.organization, self.source_list());
        text(&CatalogJson { version: 1, organization, sources, relation_types, entities }, false)
    }

    /// `interface.json`
    pub fn interface_json(&self) -> serde_json::Result<Vec<u8>> {
        use rayon::prelude::*;
        let entities = self.catalog.entities.par_iter().map(|entity| self.interface(entity)).collect();
        text(
            &InterfaceJson { version: 1, organization: self.organization, sources: self.source_list(), entities },
            false,
        )
    }

    /// An entity as its own file, whole.
    pub fn entity_json(&self, entity: &Entity) -> serde_json::Result<Vec<u8>> {
        text(&self.entity(entity, false), true)
    }

    /// The same as it stands in the catalog, without a long definition.
    pub fn short_json(&self, entity: &Entity) -> serde_json::Result<Vec<u8>> {
        text(&self.entity(entity, true), true)
    }

    /// An entity whole, on one line.
    pub(super) fn entity_line(&self, entity: &Entity) -> serde_json::Result<Vec<u8>> {
        text(&self.entity(entity, false), false)
    }

    /// All entities whole, one a line.
    pub(super) fn entities_jsonl(&self) -> serde_json::Result<Vec<u8>> {
        use rayon::prelude::*;
        let lines = self.catalog.entities.par_iter().map(|entity| self.entity_line(entity));
        Ok(lines.collect::<serde_json::Result<Vec<_>>>()?.concat())
    }

    /// All entities as a list.
    pub(super) fn entity_list(&self) -> serde_json::Result<Vec<u8>> {
        use rayon::prelude::*;
        let entities: Vec<Json> = self.catalog.entities.par_iter().map(|entity| self.entity(entity, true)).collect();
        text(&entities, false)
    }

    /// The repositories, for the manifest.
    pub fn repositories(&self) -> Json {
        serde_json::to_value(self.source_list()).unwrap_or_default()
    }

    fn source_list(&self) -> Vec<SourceJson<'_>> {
        self.sources
            .repositories()
            .iter()
            .filter(|repository| !repository.settings_home)
            .map(|repository| SourceJson {
                name: &repository.name,
                url: repository.remote.as_ref().map(crate::base::hosts::Remote::web_url),
                revision: repository.revision.as_deref(),
            })
            .collect()
    }

    fn interface(&self, entity: &Entity) -> InterfaceEntity {
        let references = self.catalog.references_of(entity.id).iter().filter_map(|reference| {
            let field = self.catalog.field(reference);
            let target = match &reference.target {
                crate::model::Target::Entity(id) => self.graph.key(*id).to_owned(),
                crate::model::Target::Unresolved(target) => target.key(),
                crate::model::Target::Malformed(_) => return None,
            };
            let place = self.catalog.place(reference);
            let position = self.sources.text(place.file).ok().map(|text| text.position(place.span.start));
            Some(InterfaceReference {
                field: field.dotted(),
                relation: self.catalog.kinds.relations.name(field.relation).to_owned(),
                target,
                pointer: reference.pointer.to_string(),
                file: (place.file != entity.file).then(|| self.sources.path(place.file).to_owned()),
                line: position.map(|position| position.line),
                column: position.map(|position| position.column),
            })
        });
        let owner =
            self.graph.relations(entity.id).iter().find(|one| one.relation == crate::model::RelationId::OWNED_BY);
        InterfaceEntity {
            reference: entity.key(),
            owner: owner.map(|one| self.graph.target_key(&one.target)),
            title: entity.title().to_owned(),
            spec_type: entity.spec_type().map(str::to_owned),
            lifecycle: entity.lifecycle().map(str::to_owned),
            source: self.source(entity),
            references: references.collect(),
        }
    }

    /// An entity in Backstage's shape. `short` takes long definitions out.
    fn entity(&self, entity: &Entity, short: bool) -> Json {
        let mut root = entity.to_json();
        let mut out = Map::new();
        for key in ["apiVersion", "kind"] {
            out.insert(key.to_owned(), root[key].take());
        }
        out.insert("metadata".to_owned(), self.metadata(entity, root["metadata"].take()));
        let mut spec = root["spec"].take();
        if short {
            self.shorten(entity, &mut spec);
        }
        out.insert("spec".to_owned(), spec);
        let table = &self.catalog.kinds.relations;
        let relations: Vec<Json> = self
            .graph
            .relations(entity.id)
            .iter()
            .map(|one| json!({"type": table.name(one.relation), "targetRef": self.graph.target_key(&one.target)}))
            .collect();
        out.insert("relations".to_owned(), Json::Array(relations));
        out.insert("source".to_owned(), self.source(entity));
        Json::Object(out)
    }

    fn metadata(&self, entity: &Entity, metadata: Json) -> Json {
        let Json::Object(mut metadata) = metadata else { return metadata };
        metadata.shift_remove("uid");
        metadata.shift_remove("etag");
        metadata.insert("namespace".to_owned(), Json::from(entity.reference.namespace.as_str()));
        let mut annotations = match metadata.remove("annotations") {
            Some(Json::Object(map)) => map,
            _ => Map::new(),
        };
        let (location, origin) = (self.location(entity.file), self.location(entity.entry_point));
        let added = location_annotations(&location, &origin, self.sources.hosts());
        for (key, value) in added.defaults {
            annotations.entry(key).or_insert_with(|| Json::from(value));
        }
        for (key, value) in added.forced {
            annotations.insert(key.to_owned(), Json::from(value));
        }
        metadata.insert("annotations".to_owned(), Json::Object(annotations));
        Json::Object(metadata)
    }

    /// The location reference of a file: its URL where the remote is known.
    fn location(&self, file: FileId) -> String {
        let repository = self.sources.repository(self.sources.repo_of(file));
        let path = self.sources.path(file);
        let revision = repository.branch.as_deref().or(repository.revision.as_deref()).unwrap_or("HEAD");
        let url = repository.remote.as_ref().and_then(|remote| remote.file_url(self.sources.hosts(), revision, path));
        url.map_or_else(
            || {
                let separator = if repository.name.is_empty() { "" } else { "/" };
                format!("file:{}{separator}{path}", repository.name)
            },
            |url| format!("url:{url}"),
        )
    }

    fn shorten(&self, entity: &Entity, spec: &mut Json) {
        let long = spec["definition"].as_str().is_some_and(|text| text.len() > MAX_INLINE);
        if let (true, Some(extension)) = (long, api::extension(entity, self.sources)) {
            let path = routes::api_definition(&entity.reference, extension);
            spec["definition"] = json!({"$text": path});
        }
    }

    fn source(&self, entity: &Entity) -> Json {
        let repository = self.sources.repository(self.sources.repo_of(entity.file));
        let line = self.sources.text(entity.file).map_or(1, |text| text.position(entity.root.span.start).line);
        let name = (!repository.settings_home).then_some(repository.name.as_str());
        json!({"repository": name, "file": self.sources.path(entity.file), "line": line})
    }
}

fn text(value: &impl Serialize, pretty: bool) -> serde_json::Result<Vec<u8>> {
    let mut bytes = if pretty { serde_json::to_vec_pretty(value)? } else { serde_json::to_vec(value)? };
    bytes.push(b'\n');
    Ok(bytes)
}
