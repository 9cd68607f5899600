//! A published `catalog.json` as a state. It may come from anywhere: what it does not say is left
//! out, and nothing in it is trusted beyond its form.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value as Json;

use crate::model::{Context, EntityRef, KindTable, RelationTable};

use super::content::{Content, is_unread};
use super::snapshot::{Described, Edge, Origin, Snapshot, inverses};
use super::version::{self, HIGHEST};

/// Most references that are looked for in one entity: one list can hold a whole organisation.
const MOST_REFERENCES: usize = 100_000;
/// How deep lists and maps of a kind that is not known are gone through.
const DEEPEST: usize = 8;

/// Why a file is no published catalog.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// It has another form.
    #[error("it is no `catalog.json` of a published catalog: {0}")]
    Format(#[from] serde_json::Error),
    /// A newer program wrote it.
    #[error("it has version {0}, and this program reads up to {HIGHEST}: use a newer one, or build the site anew")]
    Newer(u32),
}

#[derive(Deserialize)]
struct Published {
    entities: Vec<Json>,
    #[serde(default, rename = "relationTypes")]
    relation_types: Vec<Pair>,
}

#[derive(Deserialize)]
struct Pair {
    #[serde(rename = "type")]
    forward: String,
    inverse: String,
}

impl Snapshot {
    /// The state that a `catalog.json` tells. `whole` gives the text of an entity's own file, where
    /// a long definition stands; without it a long definition is known by its path alone.
    pub fn published(text: &str, whole: &dyn Fn(&EntityRef) -> Option<String>) -> Result<Self, StateError> {
        let version = version::of(text)?;
        if version > HIGHEST {
            return Err(StateError::Newer(version));
        }
        let published: Published = serde_json::from_str(text)?;
        let table = KindTable::default();
        let mut pairs = inverses(&RelationTable::default());
        let known: Vec<String> = pairs.values().cloned().collect();
        for pair in published.relation_types {
            if !known.contains(&pair.forward) {
                pairs.entry(pair.forward).or_insert(pair.inverse);
            }
        }
        let forwards: BTreeMap<&str, &str> = pairs.iter().map(|(forward, back)| (&**back, &**forward)).collect();
        let (mut entities, mut edges) = (Vec::new(), Vec::new());
        for mut entity in published.entities {
            let Some(reference) = reference_of(&entity) else { continue };
            let key = reference.key();
            let mut targets = Vec::new();
            for relation in entity["relations"].as_array().into_iter().flatten() {
                let (Some(name), Some(target)) = (relation["type"].as_str(), relation["targetRef"].as_str()) else {
                    continue;
                };
                let target = target.to_lowercase();
                let (from, to) = (key.clone(), target.clone());
                edges.push(match forwards.get(name) {
                    Some(forward) => Edge { from: to, relation: (*forward).to_owned(), to: from },
                    None => Edge { from, relation: name.to_owned(), to },
                });
                targets.push(target);
            }
            put_definition_in(&mut entity, &reference, whole);
            entities.push(described(entity, reference, key, &targets, &table));
        }
        Ok(Self::new(entities, edges, pairs))
    }
}

fn reference_of(entity: &Json) -> Option<EntityRef> {
    let metadata = &entity["metadata"];
    let (kind, name) = (entity["kind"].as_str()?, metadata["name"].as_str()?);
    EntityRef::from_parts(Some(kind), metadata["namespace"].as_str(), name, Context::default()).ok()
}

/// The definition itself in place of the path that `catalog.json` has for a long one.
fn put_definition_in(entity: &mut Json, reference: &EntityRef, whole: &dyn Fn(&EntityRef) -> Option<String>) {
    if !is_unread(&entity["spec"]["definition"]) {
        return;
    }
    let Some(text) = whole(reference) else { return };
    let Ok(mut own) = serde_json::from_str::<Json>(&text) else { return };
    // Names that differ in case alone have files with a suffix: this may be another's.
    if reference_of(&own).is_some_and(|own| own.key() == reference.key()) && own["spec"]["definition"].is_string() {
        entity["spec"]["definition"] = own["spec"]["definition"].take();
    }
}

fn described(entity: Json, reference: EntityRef, key: String, targets: &[String], table: &KindTable) -> Described {
    let source = &entity["source"];
    let origin = Origin {
        repository: source["repository"].as_str().map(str::to_owned),
        file: source["file"].as_str().unwrap_or_default().to_owned(),
        line: source["line"].as_u64().and_then(|line| usize::try_from(line).ok()).unwrap_or(1),
    };
    let text = |pointer: &str| entity.pointer(pointer).and_then(Json::as_str).filter(|text| !text.trim().is_empty());
    let title = text("/metadata/title").or_else(|| text("/spec/profile/displayName")).unwrap_or(&reference.name);
    let title = title.to_owned();
    let mut content = Content::new(entity, &reference.namespace);
    for (pointer, key) in references(content.root(), &reference, targets, table) {
        content.refers(&pointer, key);
    }
    Described { key, title, owners: Vec::new(), content: content.finish(), origin, reference }
}

/// References in the spec: those of the fields that a core kind has, and in any other field the
/// texts that name a target of a relation.
fn references(root: &Json, reference: &EntityRef, targets: &[String], table: &KindTable) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let namespace = Some(reference.namespace.as_str());
    let kind = table.find(&reference.kind).map(|id| table.get(id));
    if let Some(kind) = kind {
        let spec_type = root["spec"]["type"].as_str();
        for field in &kind.references {
            if field.only_type.is_some_and(|only| Some(only) != spec_type) {
                continue;
            }
            let path: Vec<&str> = field.path.iter().map(AsRef::as_ref).collect();
            let mut at = Vec::new();
            values(root, &path, String::new(), &mut at);
            let context = Context { kind: field.default_kind.as_deref(), namespace };
            for (pointer, value) in at {
                let parsed = match value {
                    Json::String(text) => EntityRef::parse(text, context),
                    Json::Object(map) if field.compound => {
                        let part = |key: &str| map.get(key).and_then(Json::as_str);
                        EntityRef::from_parts(
                            part("kind"),
                            part("namespace"),
                            part("name").unwrap_or_default(),
                            context,
                        )
                    }
                    _ => continue,
                };
                found.extend(parsed.ok().map(|reference| (pointer, reference.key())));
            }
        }
    }
    if kind.is_none()
        && let Some(spec) = root.get("spec")
    {
        guesses(spec, "/spec", 0, &mut |pointer, text| {
            let named = targets.iter().find(|target| {
                let kind = target.split(':').next();
                EntityRef::parse(text, Context { kind, namespace }).is_ok_and(|read| read.key() == **target)
            });
            found.extend(named.map(|target| (pointer.to_owned(), target.clone())));
        });
    }
    found.truncate(MOST_REFERENCES);
    found
}

/// The values that a path leads to, through lists at any step.
fn values<'a>(value: &'a Json, path: &[&str], pointer: String, found: &mut Vec<(String, &'a Json)>) {
    if let Json::Array(items) = value {
        for (at, item) in items.iter().enumerate() {
            // A list in a list is no form that a reference has.
            if !item.is_array() {
                values(item, path, format!("{pointer}/{at}"), found);
            }
        }
        return;
    }
    match path.split_first() {
        None => found.push((pointer, value)),
        Some((key, rest)) => {
            if let Some(next) = value.get(*key) {
                values(next, rest, format!("{pointer}/{key}"), found);
            }
        }
    }
}

/// All texts below a value, but for what every kind has beside its references.
fn guesses(value: &Json, pointer: &str, depth: usize, see: &mut dyn FnMut(&str, &str)) {
    if depth > DEEPEST || matches!(pointer, "/spec/type" | "/spec/lifecycle") {
        return;
    }
    match value {
        Json::String(text) => see(pointer, text),
        Json::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                guesses(item, &format!("{pointer}/{at}"), depth + 1, see);
            }
        }
        Json::Object(map) => {
            for (key, item) in map {
                let key = key.replace('~', "~0").replace('/', "~1");
                guesses(item, &format!("{pointer}/{key}"), depth + 1, see);
            }
        }
        _ => {}
    }
}
