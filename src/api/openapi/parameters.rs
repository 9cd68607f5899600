//! Parameters, by the place that they are sent in, and how lists and objects are written there.

use crate::refs::At;
use crate::yaml::Node;

use super::super::model::{Basic, Example, Fact, Field, Layer, Part, Shape};
use super::super::nodes::{code_fact, deprecated, description, extensions, fact, is_true, text};
use super::{Reader, entries, items};

/// The places in the order of the page, with the headings.
const PLACES: &[(&str, &str)] = &[
    ("path", "Path parameters"),
    ("query", "Query parameters"),
    ("querystring", "Query string"),
    ("header", "Header parameters"),
    ("cookie", "Cookie parameters"),
];

/// Extensions that are shown as something else.
const SHOWN: &[&str] = &["x-deprecated", "x-deprecated-reason", "x-example", "x-examples", "x-nullable"];

impl<'a> Reader<'a> {
    /// The parameters of an operation, and those of its path that it does not have itself.
    pub(super) fn all_parameters(&self, at: At<'a>, around: At<'a>) -> Vec<(At<'a>, Result<At<'a>, String>)> {
        let list = |at: At<'a>| {
            let found = self.under(at, "parameters");
            found.into_iter().flat_map(items).map(|at| (at, self.follow(at))).collect::<Vec<_>>()
        };
        let own = list(at);
        let name =
            |found: &Result<At<'a>, String>| found.as_ref().ok().map(|at| (text(at.node, "name"), text(at.node, "in")));
        let taken: rustc_hash::FxHashSet<_> = own.iter().filter_map(|(_, found)| name(found)).collect();
        let mut all: Vec<_> = list(around)
            .into_iter()
            .filter(|(_, found)| name(found).is_none_or(|name| !taken.contains(&name)))
            .collect();
        all.extend(own);
        all
    }

    /// The parts of an operation that have parameters, those of its path included.
    pub(super) fn parameters(&mut self, at: At<'a>, around: At<'a>) -> Vec<Part> {
        let all = self.all_parameters(at, around);
        let mut parts = Vec::new();
        for &(place, title) in PLACES {
            let mut part = Part { title: title.to_owned(), ..Part::default() };
            for (at, found) in &all {
                if let Ok(found) = found
                    && text(found.node, "in").as_deref() == Some(place)
                {
                    let field = self.parameter(*at, *found, place);
                    part.fields.push(field);
                }
            }
            if !part.fields.is_empty() {
                parts.push(part);
            }
        }
        parts.extend(self.other_parameters(&all));
        if self.is_2 {
            parts.extend(self.body_of_2(at, &all));
        }
        parts
    }

    /// Parameters that nobody knows where to send, and those that are not there.
    fn other_parameters(&mut self, all: &[(At<'a>, Result<At<'a>, String>)]) -> Option<Part> {
        let mut part = Part { title: "Parameters".to_owned(), ..Part::default() };
        for (at, found) in all {
            match found {
                Ok(found) => {
                    let place = text(found.node, "in").unwrap_or_default();
                    let is_body = self.is_2 && matches!(place.as_str(), "body" | "formData");
                    if !is_body && !PLACES.iter().any(|(known, _)| *known == place) {
                        let field = self.parameter(*at, *found, "");
                        part.fields.push(field);
                    }
                }
                Err(why) => {
                    let name = crate::refs::reference(at.node).and_then(|target| target.rsplit('/').next());
                    let shape = Shape { type_text: why.clone(), ..Shape::default() };
                    part.fields.push(Field { name: name.unwrap_or("").to_owned(), shape, ..Field::default() });
                }
            }
        }
        (!part.fields.is_empty()).then_some(part)
    }

    /// One parameter.
    pub(super) fn parameter(&mut self, at: At<'a>, found: At<'a>, place: &str) -> Field {
        let mut field = self.header(at, found);
        field.name = text(found.node, "name").unwrap_or_default();
        // What is in the path is always there, whether its author says so or not.
        field.required |= place == "path";
        if field.shape.type_text.is_empty() {
            field.shape.type_text = "any".to_owned();
        }
        field.facts.extend(written(found.node, place, &field.shape, self.is_2));
        field
    }

    /// What headers and parameters have in common.
    pub(super) fn header(&mut self, at: At<'a>, found: At<'a>) -> Field {
        let node = found.node;
        let mut shape = Shape::default();
        let mut facts = Vec::new();
        if let Some(schema) = node.get("schema") {
            shape = self.schemas.shape(super::inside(found, schema));
        } else if let Some((media, content)) = self.under(found, "content").and_then(|content| entries(content).next())
        {
            facts.push(code_fact("Media type", media));
            let content = self.follow(content).unwrap_or(content);
            shape = content
                .node
                .get("schema")
                .map(|schema| self.schemas.shape(super::inside(content, schema)))
                .unwrap_or_default();
            shape.example = self.given_examples(content, media).into_iter().next().map_or(shape.example, as_json);
        } else if !node.get("content").is_some_and(Node::is_map) {
            // In Swagger 2.0 the parameter is the schema.
            shape = Shape { description: None, deprecated: None, extras: Vec::new(), ..self.schemas.shape(found) };
        }
        if let Some(words) = self.description(at, found) {
            shape.description = Some(words);
        }
        shape.deprecated = deprecated(node).or(shape.deprecated);
        shape.extras.extend(extensions(node, SHOWN));
        let mut examples = self.given_examples(found, "application/json");
        if let Some(first) = examples.first() {
            shape.example = as_json(first.clone());
            if examples.len() == 1 && examples[0].name.is_none() {
                examples.clear();
            }
        }
        Field { shape, required: is_true(node, "required"), facts, examples, ..Field::default() }
    }

    /// Headers of an answer, or of a part of a body.
    pub(super) fn headers(&mut self, at: At<'a>) -> Vec<Field> {
        let mut fields = Vec::new();
        for (name, at) in self.under(at, "headers").into_iter().flat_map(entries) {
            let mut field = match self.follow(at) {
                Ok(found) => {
                    let mut field = self.header(at, found);
                    field.facts.extend(written(found.node, "header", &field.shape, self.is_2));
                    field
                }
                Err(why) => Field { shape: Shape { type_text: why, ..Shape::default() }, ..Field::default() },
            };
            name.clone_into(&mut field.name);
            if field.shape.type_text.is_empty() {
                field.shape.type_text = "any".to_owned();
            }
            if field.shape.description.is_none() {
                field.shape.description = description(self.documents, at);
            }
            fields.push(field);
        }
        fields
    }
}

fn as_json(example: Example) -> Option<serde_json::Value> {
    serde_json::from_str(&example.text).ok().or(Some(example.text.into()))
}

/// How a value is written, in words.
fn written(node: &Node, place: &str, shape: &Shape, is_2: bool) -> Vec<Fact> {
    let mut facts = Vec::new();
    let is_list = shape.layers.first() == Some(&Layer::List) || shape.basic == Basic::Tuple;
    let is_object = !is_list && (shape.basic == Basic::Object || shape.layers.first() == Some(&Layer::Map));
    let words = if is_2 {
        is_list.then(|| collection(text(node, "collectionFormat").as_deref().unwrap_or("csv")).to_owned())
    } else if node.get("schema").is_none() && node.get("content").is_some() {
        // It is written as its media type says.
        None
    } else {
        styled(node, place, is_list, is_object)
    };
    facts.extend(words.map(|words| fact("Written", words)));
    if is_true(node, "allowReserved") {
        facts.push(fact("Reserved characters", "sent as they are"));
    }
    if is_true(node, "allowEmptyValue") {
        facts.push(fact("Empty", "may be sent without a value"));
    }
    facts
}

/// The words of Swagger 2.0.
pub(super) fn collection(format: &str) -> &str {
    match format {
        "csv" => "comma-separated",
        "ssv" => "space-separated",
        "tsv" => "tab-separated",
        "pipes" => "pipe-separated",
        "multi" => "repeated key",
        other => other,
    }
}

/// The words of `style` and `explode`; nothing where both say what is clear anyway.
pub(super) fn styled(node: &Node, place: &str, is_list: bool, is_object: bool) -> Option<String> {
    let given = text(node, "style");
    let style = given.clone().unwrap_or_else(|| {
        match place {
            "path" | "header" => "simple",
            _ => "form",
        }
        .to_owned()
    });
    let explode = node.get("explode").and_then(Node::as_bool).unwrap_or(matches!(style.as_str(), "form" | "cookie"));
    if !is_list && !is_object {
        return given.filter(|style| !matches!(style.as_str(), "simple" | "form")).map(|style| match style.as_str() {
            "label" => "a dot before it".to_owned(),
            "matrix" => ";name=value".to_owned(),
            "deepObject" => "name[property]=value".to_owned(),
            other => other.to_owned(),
        });
    }
    Some(
        match (style.as_str(), explode, is_object) {
            ("form" | "cookie", true, false) => "repeated key",
            ("form" | "cookie", true, true) => "each property as a key",
            ("form" | "cookie", false, false) | ("simple", _, false) => "comma-separated",
            ("form" | "cookie", false, true) | ("simple", false, true) => "properties and values, comma-separated",
            ("simple", true, true) => "property=value, comma-separated",
            ("spaceDelimited", ..) => "space-separated",
            ("pipeDelimited", ..) => "pipe-separated",
            ("deepObject", ..) => "name[property]=value",
            ("label", ..) => "dot-separated, a dot before it",
            ("matrix", true, _) => ";name=value for each",
            ("matrix", false, _) => ";name=values, comma-separated",
            (other, ..) => other,
        }
        .to_owned(),
    )
}
