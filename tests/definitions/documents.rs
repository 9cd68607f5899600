//! What definitions in YAML and JSON say, found by walking their plain value: OpenAPI with Swagger,
//! and AsyncAPI. References are followed only where what they lead to has no part of its own.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use serde_json::Value as Json;

use super::{Wanted, What, Within};

/// How deep a definition is walked, and how far references lead.
const MOST_DEPTH: usize = 60;
const VERBS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// A document as a JSON value, whose keys are all texts.
pub(super) fn value(text: &str) -> Option<Json> {
    if text.trim_start().starts_with('{')
        && let Ok(value) = serde_json::from_str(text)
    {
        return Some(value);
    }
    serde_yaml::from_str::<serde_yaml::Value>(text).ok().map(json)
}

fn json(value: serde_yaml::Value) -> Json {
    use serde_yaml::Value as Yaml;
    let key = |key: Yaml| match key {
        Yaml::String(text) => text,
        other => serde_yaml::to_string(&other).unwrap().trim().to_owned(),
    };
    match value {
        Yaml::Mapping(map) => Json::Object(map.into_iter().map(|(name, value)| (key(name), json(value))).collect()),
        Yaml::Sequence(list) => Json::Array(list.into_iter().map(json).collect()),
        Yaml::Tagged(tagged) => json(tagged.value),
        other => serde_json::to_value(&other).unwrap_or(Json::Null),
    }
}

/// The type of API that a document defines.
pub(super) fn kind(value: &Json) -> Option<&'static str> {
    let has = |key: &str| value.get(key).is_some_and(|version| version.is_string() || version.is_number());
    match () {
        () if has("openapi") || has("swagger") => Some("openapi"),
        () if has("asyncapi") => Some("asyncapi"),
        () => None,
    }
}

/// All that a definition says.
pub(super) fn walk(path: &Path) -> BTreeSet<Wanted> {
    let root = value(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut walk = Walk {
        root: Rc::new(root),
        path: path.to_owned(),
        within: Within::Reference,
        wanted: BTreeSet::new(),
        depth: 0,
    };
    if walk.root.get("asyncapi").is_some() {
        walk.asyncapi();
    } else {
        walk.openapi();
    }
    walk.wanted
}

struct Walk {
    root: Rc<Json>,
    path: PathBuf,
    within: Within,
    wanted: BTreeSet<Wanted>,
    depth: usize,
}

/// The entries of an object, without extensions.
fn entries<'a>(value: &'a Json, key: &str) -> Vec<(&'a str, &'a Json)> {
    let object = value.get(key).and_then(Json::as_object);
    let all = object.into_iter().flatten().map(|(key, value)| (key.as_str(), value));
    all.filter(|(key, _)| !key.starts_with("x-")).collect()
}

/// Entries whose names are the author's own: those with `x-` count.
fn named<'a>(value: &'a Json, key: &str) -> Vec<(&'a str, &'a Json)> {
    let object = value.get(key).and_then(Json::as_object);
    object.into_iter().flatten().map(|(key, value)| (key.as_str(), value)).collect()
}

fn items<'a>(value: &'a Json, key: &str) -> &'a [Json] {
    value.get(key).and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Json, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Json::as_str)
}

/// A value as it is shown.
fn shown(value: &Json) -> String {
    match value {
        Json::String(text) if !text.is_empty() => text.trim().to_owned(),
        other => other.to_string(),
    }
}

impl Walk {
    fn want(&mut self, what: What, text: &str) {
        self.wanted.insert(Wanted { within: self.within.clone(), what, text: text.trim().to_owned() });
    }

    fn within(&mut self, within: Within, what: What, run: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.within, within);
        let name = match &self.within {
            Within::Operation(verb, target) => format!("{verb} {target}"),
            Within::Schema(name) => name.clone(),
            Within::Reference => String::new(),
        };
        self.want(what, &name);
        run(self);
        self.within = before;
    }

    /// Walks a value, or what it refers to; what stands in another file leads on from there.
    fn lead(&mut self, value: &Json, run: &mut dyn FnMut(&mut Walk, &Json)) {
        let Some(reference) = text(value, "$ref") else { return run(self, value) };
        if self.depth >= MOST_DEPTH {
            return;
        }
        self.depth += 1;
        let (file, pointer) = reference.split_once('#').unwrap_or((reference, ""));
        let before = (Rc::clone(&self.root), self.path.clone());
        if !file.is_empty() {
            self.path = self.path.parent().unwrap().join(file);
            let there = std::fs::read_to_string(&self.path).ok().and_then(|text| super::documents::value(&text));
            self.root = Rc::new(there.unwrap_or(Json::Null));
        }
        let root = Rc::clone(&self.root);
        if let Some(target) = root.pointer(&decoded(pointer)) {
            self.lead(target, run);
        }
        (self.root, self.path) = before;
        self.depth -= 1;
    }

    fn openapi(&mut self) {
        let root = Rc::clone(&self.root);
        let root = &*root;
        for (path, item) in entries(root, "paths") {
            self.path_item(path, item);
        }
        for (name, item) in entries(root, "webhooks") {
            self.path_item(name, item);
        }
        let components = root.get("components").unwrap_or(root);
        for (name, schema) in named(components, "schemas").into_iter().chain(named(root, "definitions")) {
            self.within(Within::Schema(name.to_owned()), What::Schema, |walk| walk.schema_of(schema));
        }
        for (name, _) in named(components, "securitySchemes").into_iter().chain(named(root, "securityDefinitions")) {
            self.want(What::Scheme, name);
        }
        for url in items(root, "servers").iter().filter_map(|server| text(server, "url")) {
            self.want(What::Server, url);
        }
    }

    fn path_item(&mut self, path: &str, item: &Json) {
        self.lead(item, &mut |walk, item| {
            let verbs = VERBS.iter().filter_map(|verb| Some((verb.to_uppercase(), item.get(*verb)?)));
            let more = named(item, "additionalOperations").into_iter().map(|(verb, one)| (verb.to_owned(), one));
            for (verb, operation) in verbs.chain(more) {
                walk.within(Within::Operation(verb, path.to_owned()), What::Operation, |walk| {
                    walk.parameters(item);
                    walk.operation(operation);
                });
            }
        });
    }

    fn operation(&mut self, operation: &Json) {
        if let Some(id) = text(operation, "operationId") {
            self.want(What::OperationId, id);
        }
        self.parameters(operation);
        if let Some(body) = operation.get("requestBody") {
            self.lead(body, &mut Walk::content);
        }
        for (code, response) in entries(operation, "responses") {
            self.want(What::Response, code);
            self.lead(response, &mut |walk, response| {
                walk.content(response);
                if let Some(schema) = response.get("schema") {
                    walk.schema_of(schema);
                }
                for (name, header) in named(response, "headers") {
                    walk.want(What::Property, name);
                    walk.lead(header, &mut Walk::holder);
                }
            });
        }
        for (_, callback) in entries(operation, "callbacks") {
            self.lead(callback, &mut |walk, callback| {
                let Some(paths) = callback.as_object() else { return };
                for (path, item) in paths.iter().filter(|(key, _)| !key.starts_with("x-")) {
                    for (verb, operation) in VERBS.iter().filter_map(|verb| Some((verb, item.get(*verb)?))) {
                        let within = Within::Operation(verb.to_uppercase(), path.clone());
                        walk.within(within, What::Operation, |walk| walk.operation(operation));
                    }
                }
            });
        }
    }

    fn parameters(&mut self, holder: &Json) {
        for parameter in items(holder, "parameters") {
            self.lead(parameter, &mut |walk, parameter| {
                if text(parameter, "in") != Some("body")
                    && let Some(name) = text(parameter, "name")
                {
                    let is_whole = text(parameter, "in") == Some("querystring");
                    if !is_whole {
                        walk.want(What::Parameter, name);
                    }
                }
                walk.holder(parameter);
            });
        }
    }

    /// What has a schema or a content, or in Swagger is a schema itself.
    fn holder(&mut self, holder: &Json) {
        self.content(holder);
        match holder.get("schema") {
            Some(schema) => self.schema_of(schema),
            None => self.values(holder.get("items").unwrap_or(holder)),
        }
    }

    fn content(&mut self, holder: &Json) {
        for (media, content) in named(holder, "content") {
            self.want(What::Media, media);
            self.lead(content, &mut |walk, content| {
                for schema in ["schema", "itemSchema"].iter().filter_map(|key| content.get(*key)) {
                    walk.schema_of(schema);
                }
            });
        }
    }

    fn values(&mut self, schema: &Json) {
        for value in items(schema, "enum").iter().chain(schema.get("const")) {
            self.want(What::Value, &shown(value));
        }
    }

    /// A schema that is written in place. Those with a name have a part of their own.
    fn schema_of(&mut self, schema: &Json) {
        self.depth += 1;
        if text(schema, "$ref").is_none() && self.depth < MOST_DEPTH {
            self.values(schema);
            for (name, property) in named(schema, "properties") {
                self.want(What::Property, name);
                self.schema_of(property);
            }
            for (_, inner) in named(schema, "patternProperties").into_iter().chain(named(schema, "dependentSchemas")) {
                self.schema_of(inner);
            }
            for key in ["allOf", "oneOf", "anyOf", "prefixItems"] {
                items(schema, key).iter().for_each(|inner| self.schema_of(inner));
            }
            for key in ["items", "additionalProperties", "not", "if", "then", "else", "contains"] {
                match schema.get(key) {
                    Some(Json::Array(all)) => all.iter().for_each(|inner| self.schema_of(inner)),
                    Some(inner) => self.schema_of(inner),
                    None => {}
                }
            }
        }
        self.depth -= 1;
    }

    fn asyncapi(&mut self) {
        let root = Rc::clone(&self.root);
        let root = &*root;
        for (name, server) in named(root, "servers") {
            self.want(What::Message, name);
            if let Some(url) = text(server, "url") {
                self.want(What::Server, url);
            }
        }
        for (name, channel) in named(root, "channels") {
            let address = text(channel, "address").unwrap_or(name);
            self.want(What::Channel, address);
            for (parameter, one) in named(channel, "parameters") {
                self.want(What::Parameter, parameter);
                self.lead(one, &mut |walk, one| {
                    walk.values(one);
                    one.get("schema").into_iter().for_each(|schema| walk.schema_of(schema));
                });
            }
            for (_, message) in named(channel, "messages") {
                self.lead(message, &mut Walk::message);
            }
            for operation in ["publish", "subscribe"].iter().filter_map(|key| channel.get(*key)) {
                text(operation, "operationId").into_iter().for_each(|id| self.want(What::OperationId, id));
                operation.get("message").into_iter().for_each(|message| self.lead(message, &mut Walk::message));
            }
        }
        for (name, _) in named(root, "operations") {
            self.want(What::OperationId, name);
        }
        let Some(components) = root.get("components") else { return };
        for (name, schema) in named(components, "schemas") {
            let schema = schema.get("schema").unwrap_or(schema);
            self.within(Within::Schema(name.to_owned()), What::Schema, |walk| walk.schema_of(schema));
        }
        for (name, _) in named(components, "securitySchemes") {
            self.want(What::Scheme, name);
        }
    }

    fn message(&mut self, message: &Json) {
        for one in items(message, "oneOf") {
            self.lead(one, &mut Walk::message);
        }
        if let Some(name) = text(message, "name").or_else(|| text(message, "title")) {
            self.want(What::Message, name);
        }
        for key in ["payload", "headers"] {
            let Some(schema) = message.get(key) else { continue };
            self.lead(schema, &mut |walk, schema| walk.schema_of(schema));
        }
        for one in items(message, "traits") {
            self.lead(one, &mut Walk::message);
        }
    }
}

/// A pointer without the escapes of a URL.
fn decoded(pointer: &str) -> String {
    pointer.replace("%7B", "{").replace("%7D", "}").replace("%24", "$").replace("%20", " ")
}
