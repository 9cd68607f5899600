//! `api-example-invalid`, `api-example-value`: examples and defaults against their schemas.

mod fitted;

use crate::base::json_schema::{Fault, JsonSchema};
use crate::refs::{At, reference};
use crate::yaml::{Node, Value};

use super::report::Lint;
use super::walk::{Part, payload};
use super::{Input, Version};
use fitted::Fitting;

/// Findings of one example; a wrong `oneOf` can make hundreds.
const MOST_OF_ONE: usize = 3;

pub(super) fn check(input: &Input<'_>, lint: &mut Lint<'_>) {
    let mut examples = Examples { input, fitting: Fitting::new(input) };
    for part in input.parts.iter() {
        match (part.kind, input.version) {
            ("MediaType" | "Parameter" | "Header", Version::OpenApi(_)) => examples.of_media(part, lint),
            ("Response", Version::Swagger) => examples.of_response(part, lint),
            ("Schema", _) | ("Parameter" | "Header" | "SimpleItems", Version::Swagger) => {
                examples.of_schema(part, lint);
            }
            ("Message" | "MessageTrait", _) => examples.of_message(part, lint),
            ("Example", _) => value(part, lint),
            _ => {}
        }
    }
    let Fitting { skipped, stopped, .. } = examples.fitting;
    let limits =
        [(skipped, "this is not checked, and may not be the only one"), (stopped, "from here on nothing is checked")];
    for (at, message) in limits {
        if let Some(at) = at {
            lint.report("api-limit", (at.document, first(at.node)), format!("examples: {message}")).help =
                Some("a schema branches too often, or an example is too long; others are checked as ever".to_owned());
        }
    }
}

/// An example has its value here or elsewhere, not in both places.
fn value(part: &Part<'_>, lint: &mut Lint<'_>) {
    let has = |key: &str| part.at.node.get(key).is_some();
    let newer = has("dataValue") || has("serializedValue");
    let message = match (has("value"), has("externalValue")) {
        (true, true) => "has both `value` and `externalValue`",
        (false, false) if !newer => "has neither `value` nor `externalValue`",
        _ => return,
    };
    let message = format!("the example `{}` {message}", part.key);
    lint.report("oas3-examples-value-or-externalValue", (part.from, part.named), message);
}

struct Examples<'a, 'i> {
    input: &'i Input<'a>,
    fitting: Fitting<'a, 'i>,
}

impl<'a> Examples<'a, '_> {
    fn of_media(&mut self, part: &Part<'a>, lint: &mut Lint<'_>) {
        const RULE: &str = "oas3-valid-media-example";
        let here = |node| At { document: part.at.document, node };
        let Some(schema) = part.at.node.get("schema").map(here) else { return };
        // A text in another format is no value of its schema.
        if part.kind == "MediaType" && !is_json(part.key) {
            return;
        }
        if let Some(example) = part.at.node.get("example") {
            self.one(RULE, "example", here(example), schema, lint);
        }
        for entry in part.at.node.get("examples").map(Node::entries).unwrap_or_default() {
            let Ok(example) = self.input.documents.follow(here(&entry.value)) else { continue };
            if example.node.get("externalValue").is_some() {
                continue;
            }
            if let Some(node) = example.node.get("value") {
                self.one(RULE, "example", At { document: example.document, node }, schema, lint);
            }
        }
    }

    fn of_response(&mut self, part: &Part<'a>, lint: &mut Lint<'_>) {
        let here = |node| At { document: part.at.document, node };
        let Some(schema) = part.at.node.get("schema").map(here) else { return };
        let examples = part.at.node.get("examples").map(Node::entries).unwrap_or_default();
        for entry in examples.iter().filter(|entry| is_json(&entry.key)) {
            self.one("oas2-valid-media-example", "example", here(&entry.value), schema, lint);
        }
    }

    fn of_schema(&mut self, part: &Part<'a>, lint: &mut Lint<'_>) {
        const SAY_SOMETHING: &[&str] =
            &["type", "enum", "format", "properties", "items", "allOf", "oneOf", "anyOf", "$ref", "const"];
        let node = part.at.node;
        if !SAY_SOMETHING.iter().any(|key| node.get(key).is_some()) {
            return;
        }
        let here = |node| At { document: part.at.document, node };
        let is_async = !self.input.version.is_openapi();
        let rule = self.input.version.pick("oas2-valid-schema-example", "oas3-valid-schema-example");
        for (key, what) in [("example", "example"), ("x-example", "example"), ("default", "default")] {
            let foreign = key == "example" && is_async || key == "x-example" && self.input.version != Version::Swagger;
            if let Some(example) = node.get(key).filter(|_| !foreign) {
                let rule = if is_async { "asyncapi-schema-default" } else { rule };
                self.one(rule, what, here(example), part.at, lint);
            }
        }
        if matches!(self.input.version, Version::Swagger | Version::OpenApi(0)) {
            return;
        }
        let rule = if is_async { "asyncapi-schema-examples" } else { rule };
        for example in node.get("examples").map(Node::items).unwrap_or_default() {
            self.one(rule, "example", here(example), part.at, lint);
        }
    }

    fn of_message(&mut self, part: &Part<'a>, lint: &mut Lint<'_>) {
        let document = part.at.document;
        let schema = |key: &str| {
            let node = payload(part.at.node, part.at.node.get(key)?)?;
            node.is_map().then_some(At { document, node })
        };
        for example in part.at.node.get("examples").map(Node::items).unwrap_or_default() {
            for key in ["payload", "headers"] {
                if let (Some(node), Some(schema)) = (example.get(key), schema(key)) {
                    self.one("asyncapi-message-examples", "example", At { document, node }, schema, lint);
                }
            }
        }
    }

    fn one(&mut self, rule: &str, what: &str, example: At<'a>, schema: At<'a>, lint: &mut Lint<'_>) {
        // What is written elsewhere has another form.
        if reference(example.node).is_some() {
            return;
        }
        let Some(fitted) = self.fitting.fit(schema, example) else { return };
        let Ok(compiled) = JsonSchema::compile_foreign(&fitted) else { return };
        let json = example.node.to_json();
        let schema = self.input.documents.follow(schema).unwrap_or(schema);
        let place = lint.documents.place(schema.document, head(schema.node));
        for violation in compiled.violations(&json).take(MOST_OF_ONE) {
            let of = if violation.pointer.is_empty() {
                format!("the {what}")
            } else {
                format!("`{}` of the {what}", violation.pointer[1..].replace('/', "."))
            };
            let inside = example.node.pointer(&violation.pointer).unwrap_or(example.node);
            let (span, message) = match &violation.fault {
                Fault::Missing(field) => (head(inside), format!("{of} has no `{field}`, which its schema requires")),
                Fault::Unknown(key) => {
                    let span = inside.entry(key).map_or(inside.span, |entry| entry.key_span);
                    (span, format!("{of} has `{key}`, which its schema does not allow"))
                }
                Fault::Other => (first(inside), format!("{of} does not fit its schema: {}", violation.message)),
            };
            let finding = lint.report(rule, (example.document, span), message);
            *finding = finding.clone().related("the schema", place);
        }
    }
}

/// Whether a media type is JSON.
fn is_json(media_type: &str) -> bool {
    let bare = media_type.split(';').next().unwrap_or("").trim();
    bare == "application/json" || bare.ends_with("+json") || bare == "text/json"
}

/// The first key of a map, or all of it.
fn head(node: &Node) -> crate::base::Span {
    node.entries().first().map_or(node.span, |entry| entry.key_span)
}

/// The first scalar or key of a value.
fn first(node: &Node) -> crate::base::Span {
    match &node.value {
        Value::List(items) => items.first().map_or(node.span, first),
        _ => head(node),
    }
}
