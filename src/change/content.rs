//! What an entity says, in one form for one meaning: references whole and in lower case, lists of
//! references and tags in order, no trailing spaces, definitions by their hash, and nothing about
//! where it stands. What is equal after this says the same.

use serde_json::{Map, Value as Json, json};

use crate::base::Hash;

/// Annotations that say where an entity stands: added by the reader, and they follow the file.
const OF_PLACE: &[&str] = &[
    "backstage.io/managed-by-location",
    "backstage.io/managed-by-origin-location",
    "backstage.io/view-url",
    "backstage.io/edit-url",
    "backstage.io/source-location",
];

/// Content in the making.
pub(super) struct Content {
    root: Json,
    /// Pointers of lists of which something is a reference.
    lists: Vec<String>,
}

impl Content {
    /// Takes what belongs to content from a document.
    pub(super) fn new(mut root: Json, namespace: &str) -> Self {
        let mut out = Map::new();
        for key in ["apiVersion", "kind", "metadata", "spec"] {
            if let Some(value) = root.get_mut(key) {
                out.insert(key.to_owned(), value.take());
            }
        }
        if let Some(Json::Object(metadata)) = out.get_mut("metadata") {
            metadata.shift_remove("uid");
            metadata.shift_remove("etag");
            metadata.insert("namespace".to_owned(), Json::from(namespace));
            if let Some(Json::Object(annotations)) = metadata.get_mut("annotations") {
                annotations.retain(|key, _| !OF_PLACE.contains(&key.as_str()));
            }
            if metadata.get("annotations").is_some_and(|map| map.as_object().is_some_and(Map::is_empty)) {
                metadata.shift_remove("annotations");
            }
        }
        Self { root: Json::Object(out), lists: vec!["/metadata/tags".to_owned()] }
    }

    /// What stands at a pointer is a reference to this key.
    pub(super) fn refers(&mut self, pointer: &str, key: String) {
        if let Some(value) = self.root.pointer_mut(pointer) {
            *value = Json::String(key);
            if let Some((list, _)) = pointer.rsplit_once('/')
                && self.lists.last().is_none_or(|last| last != list)
            {
                self.lists.push(list.to_owned());
            }
        }
    }

    /// The spec, to look for references in.
    pub(super) fn root(&self) -> &Json {
        &self.root
    }

    /// The content.
    pub(super) fn finish(mut self) -> Json {
        for pointer in &self.lists {
            if let Some(Json::Array(items)) = self.root.pointer_mut(pointer)
                && items.iter().all(Json::is_string)
            {
                sort_texts(items);
            }
        }
        if let Some(definition) = self.root.pointer_mut("/spec/definition")
            && let Json::String(text) = definition
        {
            *definition = digest(text);
        }
        trim(&mut self.root);
        self.root
    }
}

/// Puts texts in order, each once.
pub(super) fn sort_texts(items: &mut Vec<Json>) {
    items.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
    items.dedup();
}

/// A definition by its hash: the text of one may be as long as a book.
fn digest(text: &str) -> Json {
    let text = text.trim_end();
    json!({"lines": text.lines().count(), "hash": Hash::of(text.as_bytes()).short(16)})
}

/// Takes spaces from the ends of texts: block scalars end with a line feed, plain ones do not.
fn trim(value: &mut Json) {
    match value {
        Json::String(text) => text.truncate(text.trim_end().len()),
        Json::Array(items) => items.iter_mut().for_each(trim),
        Json::Object(map) => map.values_mut().for_each(trim),
        _ => {}
    }
}

/// A value as text, with the keys of maps in order: the same for the same content.
pub(super) fn canonical(value: &Json) -> String {
    fn sorted(value: &Json) -> Json {
        match value {
            Json::Object(map) => {
                let mut entries: Vec<(&String, &Json)> = map.iter().collect();
                entries.sort_by_key(|(key, _)| *key);
                Json::Object(entries.into_iter().map(|(key, value)| (key.clone(), sorted(value))).collect())
            }
            Json::Array(items) => Json::Array(items.iter().map(sorted).collect()),
            other => other.clone(),
        }
    }
    sorted(value).to_string()
}

/// Whether a definition stands in another file of the site, which was not in view.
pub(super) fn is_unread(definition: &Json) -> bool {
    definition.get("$text").and_then(Json::as_str).is_some_and(|path| path.starts_with("catalog/"))
}
