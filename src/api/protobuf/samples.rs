//! How to call a method: with grpcurl, and with curl where it has an HTTP side; with a body made
//! from the request. What is made is the same each time, and ends where messages lead to themselves.

use serde_json::{Map, Value as Json, json};

use super::super::model::{Example, Sample, Shape, Side};
use super::ast::{Field, Label, Method, Service, is_set};
use super::fields::behaviours;
use super::fill::{Fill, host};
use super::http::Binding;
use super::load::Loaded;
use super::names::{Found, Meaning, join};

/// How deep messages go.
const MAX_DEPTH: usize = 4;
/// Most fields of one message below the first.
const MAX_FIELDS: usize = 16;
/// Most fields of the first.
const MAX_FIRST_FIELDS: usize = 60;
/// Most values of one example.
const MAX_VALUES: usize = 200;

/// The host of services that name none.
const HOST: &str = "example.org";

/// What a message may look like in JSON.
pub(super) fn example(fill: &Fill<'_>, shape: &Shape, side: Side) -> Option<Example> {
    let value = message_of(fill, shape, side)?;
    Some(Example { text: pretty(&value), language: "json", generated: true, ..Example::default() })
}

fn message_of(fill: &Fill<'_>, shape: &Shape, side: Side) -> Option<Json> {
    let written = &shape.type_text;
    match fill.names.meaning("", &format!(".{written}")) {
        Meaning::WellKnown(known) => return Some(known.example("value")),
        _ if shape.of.is_none() => return None,
        _ => {}
    }
    let entry = fill.entry(shape.of?)?;
    let mut maker = Maker { fill, side, around: Vec::new(), values: 0 };
    Some(maker.message(entry))
}

/// How to call a method.
pub(super) fn calls(
    fill: &Fill<'_>,
    loaded: &Loaded,
    service: &Service,
    method: &Method,
    http: Option<&Binding>,
) -> Vec<Sample> {
    let request = fill.named(loaded.package(), &method.input);
    let body = message_of(fill, &request, Side::In).unwrap_or_else(|| json!({}));
    let full = join(loaded.package(), &service.name.text);
    let host = host(service).unwrap_or(HOST);
    let address = if host.contains(':') { host.to_owned() } else { format!("{host}:443") };
    let message = pretty(&body);
    // Messages of a stream follow each other in one text.
    let text = quoted(&if method.client_streaming { format!("{message}\n{message}") } else { message });
    let grpcurl = format!("grpcurl -d {text} \\\n  {address} {full}/{}\n", method.name.text);
    let mut samples = vec![sample("grpcurl", grpcurl)];
    if let Some(binding) = http.filter(|_| !method.client_streaming) {
        samples.push(sample("curl", curl(binding, &body, host)));
    }
    samples
}

fn curl(binding: &Binding, body: &Json, host: &str) -> String {
    let (path, used) = path(&binding.path, body);
    let body = match binding.body.as_deref() {
        None | Some("") => None,
        Some("*") => {
            let mut rest = body.clone();
            if let Json::Object(fields) = &mut rest {
                fields.retain(|name, _| !used.contains(name));
            }
            Some(rest)
        }
        Some(field) => Some(body.get(json_name(field)).cloned().unwrap_or_else(|| json!({}))),
    };
    let mut text = format!("curl -X {} 'https://{host}{}'", binding.verb, path.replace('\'', ""));
    if let Some(body) = body {
        text.push_str(&format!(" \\\n  -H 'Content-Type: application/json' \\\n  -d {}", quoted(&pretty(&body))));
    }
    text + "\n"
}

/// A path with values for its variables, and the fields that these are.
fn path(template: &str, body: &Json) -> (String, Vec<String>) {
    let (mut out, mut used, mut rest) = (String::new(), Vec::new(), template);
    while let Some((before, after)) = rest.split_once('{') {
        let Some((variable, after)) = after.split_once('}') else { break };
        let (name, pattern) = variable.split_once('=').unwrap_or((variable, ""));
        let names: Vec<String> = name.split('.').map(json_name).collect();
        let value = names.iter().try_fold(body, |value, name| value.get(name));
        let value = match value {
            _ if pattern.contains('*') => pattern.replace("**", "1").replace('*', "1"),
            Some(Json::String(text)) => text.clone(),
            Some(value @ (Json::Number(_) | Json::Bool(_))) => value.to_string(),
            _ => "1".to_owned(),
        };
        out = format!("{out}{before}{value}");
        used.extend(names.into_iter().take(1));
        rest = after;
    }
    (out + rest, used)
}

struct Maker<'a> {
    fill: &'a Fill<'a>,
    side: Side,
    /// The messages that it is in.
    around: Vec<usize>,
    values: usize,
}

impl Maker<'_> {
    fn message(&mut self, entry: usize) -> Json {
        let found = &self.fill.names.entries[entry];
        let Found::Message(message) = found.found else { return Json::Null };
        self.around.push(entry);
        let most = if self.around.len() == 1 { MAX_FIRST_FIELDS } else { MAX_FIELDS };
        let mut fields = Map::new();
        let mut chosen: Vec<usize> = Vec::new();
        for field in &message.fields {
            if fields.len() >= most || self.values >= MAX_VALUES || self.is_left_out(field) {
                continue;
            }
            // Of several of which one is set, the first is.
            if let Some(oneof) = field.oneof {
                if chosen.contains(&oneof) {
                    continue;
                }
                chosen.push(oneof);
            }
            if let Some(value) = self.value(&found.full, field) {
                let name = super::ast::option(&field.options, "json_name").and_then(Json::as_str);
                fields.insert(name.map_or_else(|| json_name(&field.name.text), str::to_owned), value);
            }
        }
        self.around.pop();
        fields.into()
    }

    fn is_left_out(&self, field: &Field) -> bool {
        let behaviours = behaviours(&field.options);
        let other_side = if self.side == Side::In { "OUTPUT_ONLY" } else { "INPUT_ONLY" };
        is_set(&field.options, "deprecated") || behaviours.contains(&other_side)
    }

    fn value(&mut self, scope: &str, field: &Field) -> Option<Json> {
        self.values += 1;
        let name = field.name.text.as_str();
        let value = match self.fill.names.meaning(scope, &field.of.text) {
            Meaning::Scalar => scalar(&field.of.text, name),
            Meaning::WellKnown(known) => known.example(name),
            Meaning::Unknown => json!({}),
            Meaning::Entry(at) => match self.fill.names.entries[at].found {
                Found::Enum(found) => {
                    // The one with the number 0 says that nothing was said.
                    let said = found.values.iter().find(|value| value.number.is_some_and(|(number, _)| number != 0));
                    json!(said.or(found.values.first())?.name.text)
                }
                Found::Message(_) if self.around.contains(&at) || self.around.len() >= MAX_DEPTH => return None,
                Found::Message(_) => self.message(at),
            },
        };
        Some(match (&field.key, field.label) {
            (Some(key), _) => json!({ map_key(key): value }),
            (None, Some(Label::Repeated)) => json!([value]),
            _ => value,
        })
    }
}

fn map_key(of: &str) -> &'static str {
    match of {
        "string" => "key",
        "bool" => "true",
        _ => "1",
    }
}

/// Whole numbers of 64 bits are texts in JSON.
fn scalar(of: &str, name: &str) -> Json {
    match of {
        "double" | "float" => json!(1.5),
        "bool" => json!(true),
        "string" => json!(name),
        "bytes" => json!("Ynl0ZXM="),
        "int64" | "uint64" | "sint64" | "fixed64" | "sfixed64" => json!("1"),
        _ => json!(1),
    }
}

/// The name of a field in JSON.
pub(super) fn json_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut after_underscore = false;
    for character in name.chars() {
        match character {
            '_' => after_underscore = true,
            _ if after_underscore => {
                out.push(character.to_ascii_uppercase());
                after_underscore = false;
            }
            _ => out.push(character),
        }
    }
    out
}

fn pretty(value: &Json) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// In quotes of a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

fn sample(title: &str, text: String) -> Sample {
    Sample { title: title.to_owned(), language: "bash".to_owned(), text }
}
