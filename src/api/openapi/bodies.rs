//! Bodies: what they look like for each media type, how their parts are encoded, and their examples.

use serde_json::Value as Json;

use crate::refs::At;
use crate::yaml::Node;

use super::super::example::language;
use super::super::model::{Basic, Body, Example, Fact, Field, Part, Shape};
use super::super::nodes::{extensions, external_docs, fact, is_true, plain, pretty, text};
use super::parameters::{collection, styled};
use super::{Reader, entries, inside, items, texts};

/// Media types that forms are sent as.
const FORMS: &[&str] = &["multipart/form-data", "application/x-www-form-urlencoded"];

impl<'a> Reader<'a> {
    /// The body that an operation takes.
    pub(super) fn request_body(&mut self, operation: At<'a>) -> Option<Part> {
        let at = inside(operation, operation.node.get("requestBody")?);
        let mut part = Part { title: "Request body".to_owned(), ..Part::default() };
        match self.follow(at) {
            Ok(found) => {
                part.description = self.description(at, found);
                part.summary = text(found.node, "summary").or_else(|| text(at.node, "summary"));
                part.required = Some(is_true(found.node, "required"));
                part.bodies = self.content(found);
                part.facts.extend(external_docs(found.node));
                part.extras = extensions(found.node, &[]);
            }
            Err(why) => part.description = Some(why),
        }
        Some(part)
    }

    /// The bodies of a request or an answer.
    pub(super) fn content(&mut self, at: At<'a>) -> Vec<Body> {
        let mut bodies = Vec::new();
        for (media, at) in self.under(at, "content").into_iter().flat_map(entries) {
            match self.follow(at) {
                Ok(found) => self.media(media, found, &mut bodies),
                Err(why) => {
                    let shape = Shape { type_text: why, ..Shape::default() };
                    bodies.push(Body { media: Some(media.to_owned()), shape: Some(shape), ..Body::default() });
                }
            }
        }
        bodies
    }

    fn media(&mut self, media: &str, at: At<'a>, bodies: &mut Vec<Body>) {
        let mut facts = self.encodings(at);
        facts.extend(extensions(at.node, &[]).into_iter().map(|extra| fact(&extra.name, plain(&extra.value))));
        let examples = self.given_examples(at, media);
        let shapes: Vec<(bool, At<'a>)> = [("schema", false), ("itemSchema", true)]
            .into_iter()
            .filter_map(|(key, streamed)| Some((streamed, inside(at, at.node.get(key)?))))
            .collect();
        let mut body = Body { media: Some(media.to_owned()), facts, examples, ..Body::default() };
        for (number, &(streamed, schema)) in shapes.iter().enumerate() {
            let mut more = if number == 0 { std::mem::take(&mut body) } else { Body::default() };
            more.media = Some(media.to_owned());
            more.streamed = streamed;
            more.shape = Some(self.schemas.shape(schema));
            more.examples.extend(self.examples_of_schema(schema, media));
            bodies.push(more);
        }
        if shapes.is_empty() {
            bodies.push(body);
        }
    }

    /// The examples that a schema gives where it stands, not those of what it refers to.
    fn examples_of_schema(&self, at: At<'a>, media: &str) -> Vec<Example> {
        let mut examples = self.schemas.examples(at);
        for example in &mut examples {
            example.language = language(media);
            if example.language != "json"
                && let Ok(Json::String(text)) = serde_json::from_str(&example.text)
            {
                example.text = text;
            }
        }
        examples
    }

    /// Examples beside a schema: one, a map of them with names, or a list.
    pub(super) fn given_examples(&self, at: At<'a>, media: &str) -> Vec<Example> {
        let mut all = Vec::new();
        for key in ["example", "x-example"] {
            if let Some(value) = at.node.get(key) {
                all.push(self.example(None, inside(at, value), media));
            }
        }
        for key in ["examples", "x-examples"] {
            let Some(given) = self.under(at, key) else { continue };
            all.extend(items(given).map(|at| self.example(None, at, media)));
            for (name, at) in entries(given) {
                all.push(self.named_example(name, at, media));
            }
        }
        all
    }

    /// An example with a name: an object with a value, or in older versions the value.
    fn named_example(&self, name: &str, at: At<'a>, media: &str) -> Example {
        const KEYS: &[&str] = &["value", "externalValue", "dataValue", "serializedValue", "summary", "description"];
        let found = match self.follow(at) {
            Ok(found) => found,
            Err(why) => {
                return Example { name: Some(name.to_owned()), text: why, language: "text", ..Example::default() };
            }
        };
        let is_object = KEYS.iter().any(|key| found.node.get(key).is_some())
            && found.node.entries().iter().all(|entry| KEYS.contains(&&*entry.key) || entry.key.starts_with("x-"));
        if !is_object {
            return self.example(Some(name), found, media);
        }
        let value = ["serializedValue", "value", "dataValue"].iter().find_map(|key| found.node.get(key));
        let made = value.map(|value| self.example(Some(name), inside(found, value), media));
        Example {
            name: Some(name.to_owned()),
            summary: text(at.node, "summary").or_else(|| text(found.node, "summary")),
            description: self.description(at, found),
            external: text(found.node, "externalValue"),
            language: language(media),
            ..made.unwrap_or_default()
        }
    }

    /// An example by its value. One that stands in another file is that file.
    fn example(&self, name: Option<&str>, at: At<'a>, media: &str) -> Example {
        let at = self.follow(at).unwrap_or(at);
        let text = shown(at.node, media);
        Example { name: name.map(str::to_owned), text, language: language(media), ..Example::default() }
    }

    /// How the properties of a form are sent.
    fn encodings(&self, at: At<'a>) -> Vec<Fact> {
        let mut facts = Vec::new();
        for (name, at) in self.under(at, "encoding").into_iter().flat_map(entries) {
            facts.extend(self.encoding(&format!("`{name}`: "), at));
        }
        for (number, at) in self.under(at, "prefixEncoding").into_iter().flat_map(items).enumerate() {
            facts.extend(self.encoding(&format!("item {number}: "), at));
        }
        if let Some(at) = self.under(at, "itemEncoding") {
            facts.extend(self.encoding("each item: ", at));
        }
        facts
    }

    fn encoding(&self, what: &str, at: At<'a>) -> Option<Fact> {
        let mut said: Vec<String> = text(at.node, "contentType").into_iter().collect();
        if at.node.get("style").is_some() || at.node.get("explode").is_some() {
            said.extend(styled(at.node, "query", true, false));
        }
        if is_true(at.node, "allowReserved") {
            said.push("reserved characters as they are".to_owned());
        }
        for (name, at) in self.under(at, "headers").into_iter().flat_map(entries) {
            let found = self.follow(at).unwrap_or(at);
            let words = self.description(at, found).map_or_else(String::new, |words| format!(" ({words})"));
            said.push(format!("header `{name}`{words}"));
        }
        said.extend(extensions(at.node, &[]).iter().map(|extra| format!("{} {}", extra.name, plain(&extra.value))));
        for nested in self.encodings(at) {
            said.push(nested.text);
        }
        (!said.is_empty()).then(|| fact("Encoding", format!("{what}{}", said.join(", "))))
    }

    /// In Swagger 2.0 bodies and forms are parameters.
    pub(super) fn body_of_2(&mut self, operation: At<'a>, all: &[(At<'a>, Result<At<'a>, String>)]) -> Vec<Part> {
        let types = Some(texts(operation.node, "consumes")).filter(|types| !types.is_empty());
        let types = types.unwrap_or_else(|| self.consumes.clone());
        let place = |found: &At<'a>| text(found.node, "in").unwrap_or_default();
        let mut parts = Vec::new();
        let mut form = Vec::new();
        for (at, found) in all.iter().filter_map(|(at, found)| Some((*at, *found.as_ref().ok()?))) {
            match place(&found).as_str() {
                "body" => parts.push(self.body_parameter(at, found, &types)),
                "formData" => {
                    let mut field = self.parameter(at, found, "formData");
                    if text(found.node, "collectionFormat").is_some() {
                        field.facts.retain(|fact| fact.label != "Written");
                        let format = text(found.node, "collectionFormat").unwrap_or_default();
                        field.facts.push(fact("Written", collection(&format)));
                    }
                    form.push(field);
                }
                _ => {}
            }
        }
        if !form.is_empty() {
            parts.push(form_part(form, types));
        }
        parts
    }

    fn body_parameter(&mut self, at: At<'a>, found: At<'a>, types: &[String]) -> Part {
        let mut part = Part {
            title: "Request body".to_owned(),
            description: self.description(at, found),
            required: Some(is_true(found.node, "required")),
            extras: extensions(found.node, &["x-example", "x-examples"]),
            ..Part::default()
        };
        let json = ["application/json".to_owned()];
        let schema = found.node.get("schema").map(|node| inside(found, node));
        for media in if types.is_empty() { &json } else { types } {
            let mut examples = self.given_examples(found, media);
            examples.extend(schema.map(|schema| self.examples_of_schema(schema, media)).unwrap_or_default());
            let shape = schema.map(|schema| self.schemas.shape(schema));
            part.bodies.push(Body { media: Some(media.clone()), shape, examples, ..Body::default() });
        }
        part
    }

    /// The content of an answer of Swagger 2.0.
    pub(super) fn content_of_2(&mut self, operation: At<'a>, at: At<'a>) -> Vec<Body> {
        let types = Some(texts(operation.node, "produces")).filter(|types| !types.is_empty());
        let mut types = types.unwrap_or_else(|| self.produces.clone());
        let given = self.under(at, "examples");
        for (media, _) in given.into_iter().flat_map(entries) {
            if !types.iter().any(|known| known == media) {
                types.push(media.to_owned());
            }
        }
        let schema = at.node.get("schema").map(|node| inside(at, node));
        if schema.is_none() && given.is_none() {
            return Vec::new();
        }
        if types.is_empty() {
            types.push("application/json".to_owned());
        }
        let mut bodies = Vec::new();
        for media in types {
            let example = given.and_then(|given| given.node.get(&media).map(|node| inside(given, node)));
            let mut examples: Vec<Example> = example.map(|at| self.example(None, at, &media)).into_iter().collect();
            examples.extend(schema.map(|schema| self.examples_of_schema(schema, &media)).unwrap_or_default());
            let shape = schema.map(|schema| self.schemas.shape(schema));
            bodies.push(Body { media: Some(media), shape, examples, ..Body::default() });
        }
        bodies
    }
}

fn form_part(fields: Vec<Field>, types: Vec<String>) -> Part {
    let mut types: Vec<String> = types.into_iter().filter(|media| FORMS.contains(&media.as_str())).collect();
    if types.is_empty() {
        let has_file = fields.iter().any(|field| field.shape.type_text.contains("file"));
        types.push(FORMS[usize::from(!has_file)].to_owned());
    }
    let required = Some(fields.iter().any(|field| field.required));
    let shape = Shape { type_text: "object".to_owned(), basic: Basic::Object, fields, ..Shape::default() };
    let body = |media| Body { media: Some(media), shape: Some(shape.clone()), ..Body::default() };
    Part {
        title: "Request body".to_owned(),
        required,
        bodies: types.into_iter().map(body).collect(),
        ..Part::default()
    }
}

/// A value as it is sent: texts that are not JSON as they are.
fn shown(node: &Node, media: &str) -> String {
    match node.to_json() {
        Json::String(text) if language(media) != "json" => text,
        // Some write the text of the JSON in place of the value.
        Json::String(text) if text.trim_start().starts_with(['{', '[']) => text,
        value => pretty(&value),
    }
}
