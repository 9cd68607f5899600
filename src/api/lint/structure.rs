//! `api-structure`: objects of a definition that lack what they must have, have what they cannot
//! have, or hold it in another form.

use crate::base::suggest;
use crate::refs::At;
use crate::yaml::{Node, Value};

use super::grammar::{Field, Grammar, Kind, Of, Shape, Type};
use super::report::Lint;
use super::walk::Part;
use super::{Input, Version};

pub(super) fn check(input: &Input<'_>, grammar: &Grammar, lint: &mut Lint<'_>) {
    let name = match input.version {
        Version::Swagger => "oas2-schema",
        Version::OpenApi(_) => "oas3-schema",
        Version::AsyncApi2 => "asyncapi-schema",
        Version::AsyncApi3 => "asyncapi-3-document-resolved",
    };
    let minor = input.version.minor();
    let mut structure = Structure { input, name, minor, lint };
    for part in input.parts.iter() {
        // A requirement of AsyncAPI 3 that leads to something else has a rule of its own.
        let is_requirement = part.kind == "Scheme" && part.field == "security";
        if let Some(kind) = grammar.kind(part.kind).filter(|_| !is_requirement) {
            structure.part(part, kind);
        }
    }
    structure.whole();
}

struct Structure<'a, 'b, 'c> {
    input: &'a Input<'b>,
    name: &'static str,
    minor: u8,
    lint: &'a mut Lint<'c>,
}

impl Structure<'_, '_, '_> {
    fn part(&mut self, part: &Part<'_>, kind: &Kind) {
        let document = part.at.document;
        for entry in part.at.node.entries() {
            let known = kind.fields.iter().find(|field| field.name == &*entry.key);
            match known {
                Some(field) if field.since > self.minor => {
                    let message = format!("{} has no `{}` before OpenAPI 3.{}", what(part), entry.key, field.since);
                    self.lint.report(self.name, (document, entry.key_span), message);
                }
                Some(field) => {
                    // Texts stand in files of their own, too.
                    let Ok(value) = self.input.documents.follow(At { document, node: &entry.value }) else { continue };
                    if let Some(wrong) = wrong_form(field.holds, value.node, self.input.version) {
                        let message = format!("`{}` must be {wrong}, but is {}", entry.key, value.node.type_name());
                        let finding = self.lint.report(self.name, (document, entry.value.span), message);
                        if field.holds.of == Of::Text && matches!(entry.value.value, Value::Int(_) | Value::Float(_)) {
                            finding.help = Some("put it in quotes".to_owned());
                        }
                    }
                }
                None => self.unknown(part, kind, entry),
            }
        }
        let is_reference = part.at.node.get("$ref").is_some();
        for field in &kind.fields {
            if !is_reference && self.is_required(field) && part.at.node.get(field.name).is_none() {
                let span = if part.referred || part.parent.is_none() { first_token(part.at.node) } else { part.named };
                let document = if part.referred { document } else { part.from };
                self.lint.report(self.name, (document, span), format!("{} has no `{}`", what(part), field.name));
            }
        }
    }

    fn is_required(&self, field: &Field) -> bool {
        field.required.is_some_and(|until| self.minor <= until) && field.since <= self.minor
    }

    fn unknown(&mut self, part: &Part<'_>, kind: &Kind, entry: &crate::yaml::Entry) {
        let key = &*entry.key;
        if kind.open || key.starts_with("x-") || key == "$ref" || key.starts_with('$') && part.kind == "Root" {
            return;
        }
        let spot = (part.at.document, entry.key_span);
        match part.kind {
            "Responses" if !is_status(key) => {
                let message = format!("`{key}` is no status: a number such as 200, a class such as 2XX, or `default`");
                self.lint.report(self.name, spot, message);
            }
            "Paths" if !key.starts_with('/') => {
                let message = format!("the path `{key}` does not begin with `/`");
                self.lint.report(self.name, spot, message).help = Some(format!("write `/{key}`"));
            }
            _ if kind.others.is_some() => {}
            _ => {
                let names = kind.fields.iter().filter(|field| field.since <= self.minor).map(|field| field.name);
                let near = suggest::nearest(key, names).map(|near| format!("did you mean `{near}`?"));
                let help = near.or_else(|| Some("what is one's own begins with `x-`".to_owned()));
                self.lint.report(self.name, spot, format!("{} has no field `{key}`", what(part))).help = help;
            }
        }
    }

    /// What must be there in one of several places.
    fn whole(&mut self) {
        let root = self.input.documents.root();
        let has = |key: &str| root.node.get(key).is_some();
        let is_new = matches!(self.input.version, Version::OpenApi(1..));
        if is_new && !has("paths") && !has("components") && !has("webhooks") {
            let message = "the definition has none of `paths`, `webhooks` and `components`";
            self.lint.report(self.name, (0, first_token(root.node)), message);
        }
        for parameter in self.input.parts.of_kind("Parameter") {
            self.parameter(parameter);
        }
    }

    fn parameter(&mut self, part: &Part<'_>) {
        let node = part.at.node;
        if node.get("$ref").is_some() {
            return;
        }
        let places: &[&str] = match self.input.version {
            Version::Swagger => &["query", "header", "path", "formData", "body"],
            Version::OpenApi(2..) => &["query", "querystring", "header", "path", "cookie"],
            _ => &["query", "header", "path", "cookie"],
        };
        let Some(at) = node.get("in") else { return };
        let Some(place) = at.as_str() else { return };
        if !places.contains(&place) {
            let message = format!("`{place}` is no place of a parameter: {}", suggest::either(places));
            self.lint.report(self.name, (part.at.document, at.span), message);
            return;
        }
        let must = match (self.input.version, place) {
            (Version::Swagger, "body") => "schema",
            (Version::Swagger, _) => "type",
            _ if node.get("content").is_some() => return,
            _ => "schema",
        };
        if node.get(must).is_none() {
            let spot = (part.at.document, node.entry("name").map_or(at.span, |entry| entry.value.span));
            let message = match (self.input.version, must) {
                (Version::OpenApi(_), _) => "the parameter has neither `schema` nor `content`".to_owned(),
                _ => format!("the parameter has no `{must}`"),
            };
            self.lint.report(self.name, spot, message);
        }
    }
}

/// The first key of a map, or the value.
fn first_token(node: &Node) -> crate::base::Span {
    node.entries().first().map_or(node.span, |entry| entry.key_span)
}

fn what(part: &Part<'_>) -> String {
    let kind = match part.kind {
        "Root" => return "the definition".to_owned(),
        "Body" => "request body",
        "MediaType" => "media type",
        "PathItem" => "path",
        "Docs" => "`externalDocs`",
        "Scheme" => "security scheme",
        "Flow" => "OAuth flow",
        "Variable" => "server variable",
        "ChannelParameter" => "parameter",
        "Info" => return "`info`".to_owned(),
        "Components" => return "`components`".to_owned(),
        "Operation" | "Response" | "Schema" | "Parameter" | "Header" | "Tag" | "Server" | "Contact" | "License"
        | "Message" | "Channel" | "Example" | "Link" | "Encoding" => return named(&part.kind.to_lowercase(), part),
        _ => return "the object".to_owned(),
    };
    named(kind, part)
}

fn named(kind: &str, part: &Part<'_>) -> String {
    if part.key.is_empty() || part.key == part.field || part.referred {
        format!("the {kind}")
    } else {
        format!("the {kind} `{}`", part.key)
    }
}

fn is_status(key: &str) -> bool {
    let bytes = key.as_bytes();
    key == "default"
        || bytes.len() == 3
            && (b'1'..=b'5').contains(&bytes[0])
            && (bytes[1..].iter().all(u8::is_ascii_digit) || &bytes[1..] == b"XX" || &bytes[1..] == b"xx")
}

/// What a value must be, where it is not.
fn wrong_form(holds: Type, node: &Node, version: Version) -> Option<&'static str> {
    match holds.shape {
        Shape::List if !matches!(node.value, Value::List(_)) => return Some("a list"),
        Shape::Map if !node.is_map() => return Some("a map"),
        Shape::List | Shape::Map => return None,
        Shape::One => {}
    }
    let boolean = matches!(node.value, Value::Bool(_));
    let number = matches!(node.value, Value::Int(_) | Value::Float(_));
    let (fits, form) = match holds.of {
        Of::Any => (true, ""),
        Of::Text => (node.as_str().is_some(), "text"),
        Of::Bool => (boolean, "true or false"),
        Of::Int => (
            matches!(node.value, Value::Int(0..)) || matches!(node.value, Value::Float(value) if value.fract() == 0.0),
            "a whole number",
        ),
        Of::Number => (number, "a number"),
        Of::List => (matches!(node.value, Value::List(_)), "a list"),
        Of::Map => (node.is_map(), "a map"),
        Of::Kind("Payload" | "SchemaOrBool") => (node.is_map() || boolean, "a schema"),
        Of::Kind("Items") => (node.is_map() || boolean || matches!(node.value, Value::List(_)), "a schema"),
        Of::Kind("Schema") => {
            let json_schema = !matches!(version, Version::Swagger | Version::OpenApi(0));
            (node.is_map() || json_schema && boolean, "a schema")
        }
        Of::Kind(_) => (node.is_map(), "a map"),
    };
    (!fits).then_some(form)
}
