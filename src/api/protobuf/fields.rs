//! Fields of messages and their types as shapes, and what options say in words.

use serde_json::Value as Json;

use super::super::model::{Basic, Extra, Fact, Field, Layer, Shape};
use super::ast::{self, Label, Name, Opt, is_set, option};
use super::fill::Fill;
use super::names::Meaning;

/// Options that are said in other ways.
const SAID: [&str; 3] = ["deprecated", "json_name", "default"];

impl Fill<'_> {
    /// A field of a message, as names mean in `scope`.
    pub(super) fn field(&self, scope: &str, field: &ast::Field, oneofs: &[ast::Oneof]) -> Field {
        let behaves = |word: &str| behaviours(&field.options).contains(&word);
        let shape = Shape {
            description: field.comment.clone(),
            default: option(&field.options, "default").cloned(),
            deprecated: deprecated(&field.options),
            read_only: behaves("OUTPUT_ONLY"),
            write_only: behaves("INPUT_ONLY"),
            extras: extras(&field.options),
            ..self.field_type(scope, field)
        };
        let json_name = option(&field.options, "json_name").and_then(Json::as_str);
        Field {
            name: field.name.text.clone(),
            shape,
            required: field.label == Some(Label::Required) || behaves("REQUIRED"),
            number: field.number.map(|(number, _)| number),
            one_of: field.oneof.and_then(|at| oneofs.get(at)).map(|oneof| oneof.name.clone()),
            facts: json_name.map(|name| fact("JSON name", name)).into_iter().collect(),
            ..Field::default()
        }
    }

    fn field_type(&self, scope: &str, field: &ast::Field) -> Shape {
        let mut shape = self.named(scope, &field.of);
        let named = shape.type_text.clone();
        shape.type_text = match (&field.key, field.label) {
            (Some(key), _) => format!("map<{key}, {named}>"),
            (None, Some(Label::Repeated)) => format!("repeated {named}"),
            (None, Some(Label::Optional)) => format!("optional {named}"),
            (None, _) => named,
        };
        match (&field.key, field.label) {
            (Some(_), _) => shape.layers.push(Layer::Map),
            (None, Some(Label::Repeated)) => shape.layers.push(Layer::List),
            _ => {}
        }
        shape
    }

    /// The type with this name.
    pub(super) fn named(&self, scope: &str, name: &Name) -> Shape {
        let written = name.text.trim_start_matches('.');
        let mut shape = Shape { type_text: written.to_owned(), ..Shape::default() };
        match self.names.meaning(scope, &name.text) {
            Meaning::Scalar => (shape.basic, shape.format) = scalar(written),
            Meaning::Entry(at) => {
                shape.of = self.id(at);
                shape.basic = self.basic(at);
            }
            Meaning::WellKnown(known) => {
                shape.basic = known.basic;
                shape.format = known.format.map(str::to_owned);
            }
            Meaning::Unknown => {}
        }
        shape
    }
}

/// The type says its own size, so that a format would only repeat it.
fn scalar(name: &str) -> (Basic, Option<String>) {
    let basic = match name {
        "double" | "float" => Basic::Number,
        "bool" => Basic::Boolean,
        "string" | "bytes" => Basic::Text,
        _ => Basic::Integer,
    };
    (basic, None)
}

/// What `google.api.field_behavior` says.
pub(super) fn behaviours(options: &[Opt]) -> Vec<&str> {
    match option(options, "(google.api.field_behavior)") {
        Some(Json::String(one)) => vec![one],
        Some(Json::Array(all)) => all.iter().filter_map(Json::as_str).collect(),
        _ => Vec::new(),
    }
}

/// Whether something is deprecated; nobody says why.
pub(super) fn deprecated(options: &[Opt]) -> Option<String> {
    is_set(options, "deprecated").then(String::new)
}

/// The options that are not said in other ways.
pub(super) fn extras(options: &[Opt]) -> Vec<Extra> {
    let others = options.iter().filter(|option| !SAID.contains(&option.name.as_str()));
    others.map(|option| Extra { name: option.name.clone(), value: option.value.clone() }).collect()
}

/// A fact in code.
pub(super) fn fact(label: &str, text: impl Into<String>) -> Fact {
    Fact { label: label.to_owned(), text: text.into(), href: None, code: true }
}
