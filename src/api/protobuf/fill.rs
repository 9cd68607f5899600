//! Files to the reference model: services are groups, their methods operations, messages and
//! enumerations schemas. Of the files that are imported, those types have a part that something
//! here uses.

use rustc_hash::FxHashMap;
use serde_json::Value as Json;

use crate::refs::Home;

use super::super::model::{
    Basic, Body, EnumValue, Extra, Fact, Field, Group, Operation, Part, Reference, Schema, SchemaId, Server, Shape,
    Side,
};
use super::ast::{Enum, Extend, Message, Method, Name, Reserved, Service, option};
use super::fields::{deprecated, extras, fact};
use super::load::Loaded;
use super::names::{Found, Meaning, Names, join};
use super::{http, samples};

/// The reference of a definition.
pub(super) fn reference(files: &[Loaded], names: &Names<'_>, home: &Home) -> Reference {
    let entries = reached(files, names);
    let ids = entries.iter().enumerate().map(|(id, &entry)| (entry, id)).collect();
    let fill = Fill { files, names, home, ids, entries };
    let Some(main) = files.first() else { return Reference::default() };
    let mut reference = Reference {
        description: main.file.comment.clone(),
        facts: facts(main),
        servers: servers(files),
        extras: extras(&main.file.options),
        ..Reference::default()
    };
    for loaded in files.iter().filter(|loaded| loaded.shown) {
        for service in &loaded.file.services {
            let number = reference.groups.len();
            reference.groups.push(fill.group(loaded, service));
            let methods = service.methods.iter().map(|method| fill.operation(loaded, number, service, method));
            reference.operations.extend(methods);
        }
    }
    reference.schemas = fill.entries.iter().map(|&entry| fill.schema(entry)).collect();
    reference.schemas.extend(fill.extensions());
    reference
}

fn facts(main: &Loaded) -> Vec<Fact> {
    let mut facts = Vec::new();
    if let Some(package) = &main.file.package {
        facts.push(fact("Package", &package.text));
    }
    if let Some((word, value)) = &main.file.syntax {
        facts.push(fact(if *word == "edition" { "Edition" } else { "Syntax" }, value));
    }
    let (missing, here): (Vec<&str>, Vec<&str>) = main
        .file
        .imports
        .iter()
        .map(|import| import.path.text.as_str())
        .partition(|path| main.missing.iter().any(|missing| missing == path));
    for (label, paths) in [("Imports", here), ("Imports, not in view", missing)] {
        if !paths.is_empty() {
            facts.push(fact(label, paths.join(", ")));
        }
    }
    facts
}

/// The hosts that services name.
fn servers(files: &[Loaded]) -> Vec<Server> {
    let mut servers: Vec<Server> = Vec::new();
    for service in files.iter().filter(|loaded| loaded.shown).flat_map(|loaded| &loaded.file.services) {
        if let Some(host) = host(service)
            && !servers.iter().any(|server| server.url == host)
        {
            servers.push(Server { url: host.to_owned(), ..Server::default() });
        }
    }
    servers
}

/// The host of a service, where it says one.
pub(super) fn host(service: &Service) -> Option<&str> {
    option(&service.options, "(google.api.default_host)").and_then(Json::as_str)
}

/// The types that have a part: all of the files that are shown, and what they lead to.
fn reached(files: &[Loaded], names: &Names<'_>) -> Vec<usize> {
    let mut shown = vec![false; names.entries.len()];
    let mut open: Vec<usize> = (0..names.entries.len()).filter(|&at| files[names.entries[at].file].shown).collect();
    for loaded in files.iter().filter(|loaded| loaded.shown) {
        let methods = loaded.file.services.iter().flat_map(|service| &service.methods);
        let operands = methods.flat_map(|method| [&method.input, &method.output]);
        let added = loaded.file.extensions.iter().flat_map(|extend| extend.fields.iter().map(|field| &field.of));
        open.extend(operands.chain(added).filter_map(|name| entry(names, loaded.package(), name)));
    }
    while let Some(at) = open.pop() {
        if std::mem::replace(&mut shown[at], true) {
            continue;
        }
        if let Found::Message(message) = names.entries[at].found {
            let added = message.extensions.iter().filter(|_| files[names.entries[at].file].shown);
            let fields = message.fields.iter().chain(added.flat_map(|extend| &extend.fields));
            open.extend(fields.filter_map(|field| entry(names, &names.entries[at].full, &field.of)));
        }
    }
    (0..names.entries.len()).filter(|&at| shown[at]).collect()
}

fn entry(names: &Names<'_>, scope: &str, name: &Name) -> Option<usize> {
    match names.meaning(scope, &name.text) {
        Meaning::Entry(at) => Some(at),
        _ => None,
    }
}

/// What everything is looked up in.
pub(super) struct Fill<'a> {
    pub(super) files: &'a [Loaded],
    pub(super) names: &'a Names<'a>,
    home: &'a Home,
    ids: FxHashMap<usize, SchemaId>,
    /// The entries of the schemas.
    entries: Vec<usize>,
}

impl Fill<'_> {
    /// The schema of a type.
    pub(super) fn id(&self, entry: usize) -> Option<SchemaId> {
        self.ids.get(&entry).copied()
    }

    /// The type of a schema.
    pub(super) fn entry(&self, schema: SchemaId) -> Option<usize> {
        self.entries.get(schema).copied()
    }

    /// What a type is in JSON.
    pub(super) fn basic(&self, entry: usize) -> Basic {
        match self.names.entries[entry].found {
            Found::Message(_) => Basic::Object,
            Found::Enum(_) => Basic::Text,
        }
    }

    fn group(&self, loaded: &Loaded, service: &Service) -> Group {
        Group {
            kind: "Service",
            name: join(loaded.package(), &service.name.text),
            title: Some(service.name.text.clone()),
            description: service.comment.clone(),
            deprecated: deprecated(&service.options),
            extras: extras(&service.options),
            place: Some(loaded.place(self.home, service.name.span)),
            ..Group::default()
        }
    }

    fn operation(&self, loaded: &Loaded, group: usize, service: &Service, method: &Method) -> Operation {
        let bindings = http::bindings(&method.options);
        let mark = match (method.client_streaming, method.server_streaming) {
            (true, true) => Some("bidirectional streaming"),
            (true, false) => Some("client streaming"),
            (false, true) => Some("server streaming"),
            (false, false) => None,
        };
        let part = |side: Side, title: &str, name: &Name, streamed: bool| {
            let shape = self.named(loaded.package(), name);
            let examples = samples::example(self, &shape, side).into_iter().collect();
            let body = Body { shape: Some(shape), streamed, examples, ..Body::default() };
            Part { side, title: title.to_owned(), bodies: vec![body], ..Part::default() }
        };
        let full = join(loaded.package(), &service.name.text);
        let mut extras = extras(&method.options);
        extras.retain(|extra| bindings.is_empty() || !http::is_option(&extra.name));
        Operation {
            group,
            verb: "rpc".to_owned(),
            target: format!("/{full}/{}", method.name.text),
            name: Some(method.name.text.clone()),
            description: method.comment.clone(),
            marks: mark.map(str::to_owned).into_iter().collect(),
            deprecated: deprecated(&method.options),
            facts: bindings.iter().map(|binding| fact("HTTP", binding.text())).collect(),
            parts: vec![
                part(Side::In, "Request", &method.input, method.client_streaming),
                part(Side::Out, "Response", &method.output, method.server_streaming),
            ],
            samples: samples::calls(self, loaded, service, method, bindings.first()),
            extras,
            place: Some(loaded.place(self.home, method.name.span)),
            ..Operation::default()
        }
    }

    fn schema(&self, entry: usize) -> Schema {
        let entry = &self.names.entries[entry];
        let loaded = &self.files[entry.file];
        let (kind, shape, facts) = match entry.found {
            Found::Message(message) => ("message", self.message(&entry.full, message), message_facts(message)),
            Found::Enum(found) => ("enum", enumeration(found), reserved_facts(&found.reserved)),
        };
        Schema {
            name: entry.full.clone(),
            kind: kind.to_owned(),
            section: Some(loaded.package().to_owned()).filter(|package| !package.is_empty()),
            shape,
            facts,
            place: Some(loaded.place(self.home, entry.name().span)),
            ..Schema::default()
        }
    }

    fn message(&self, full: &str, message: &Message) -> Shape {
        let mut extras = extras(&message.options);
        for oneof in &message.oneofs {
            let named = |extra: Extra| Extra { name: format!("oneof {}: {}", oneof.name, extra.name), ..extra };
            extras.extend(self::extras(&oneof.options).into_iter().map(named));
        }
        for range in message.ranges.iter().filter(|range| !range.options.is_empty()) {
            let named =
                |extra: Extra| Extra { name: format!("extensions {}: {}", ranges(&range.ranges), extra.name), ..extra };
            extras.extend(self::extras(&range.options).into_iter().map(named));
        }
        Shape {
            type_text: "message".to_owned(),
            basic: Basic::Object,
            description: message.comment.clone(),
            deprecated: deprecated(&message.options),
            fields: message.fields.iter().map(|field| self.field(full, field, &message.oneofs)).collect(),
            extras,
            ..Shape::default()
        }
    }

    /// What the files that are shown add to messages: a schema for each message and scope.
    fn extensions(&self) -> Vec<Schema> {
        let mut schemas: Vec<Schema> = Vec::new();
        for (at, loaded) in self.files.iter().enumerate().filter(|(_, loaded)| loaded.shown) {
            for extend in &loaded.file.extensions {
                self.extension(loaded, loaded.package(), extend, &mut schemas);
            }
            for entry in self.names.entries.iter().filter(|entry| entry.file == at) {
                if let Found::Message(message) = entry.found {
                    message
                        .extensions
                        .iter()
                        .for_each(|extend| self.extension(loaded, &entry.full, extend, &mut schemas));
                }
            }
        }
        schemas
    }

    fn extension(&self, loaded: &Loaded, scope: &str, extend: &Extend, schemas: &mut Vec<Schema>) {
        let name = format!("extend {}", extend.of.text.trim_start_matches('.'));
        let of = self.named(scope, &extend.of).of;
        let fields = extend.fields.iter().map(|field| Field {
            name: format!("({})", join(scope, &field.name.text)),
            ..self.field(scope, field, &[])
        });
        if let Some(have) = schemas.iter_mut().find(|have| have.name == name) {
            have.shape.fields.extend(fields);
            return;
        }
        schemas.push(Schema {
            name,
            kind: "extension".to_owned(),
            section: Some(loaded.package().to_owned()).filter(|package| !package.is_empty()),
            shape: Shape {
                type_text: "extension".to_owned(),
                basic: Basic::Object,
                description: extend.comment.clone(),
                fields: fields.collect(),
                ..Shape::default()
            },
            related: of.map(|id| ("Extends", vec![id])).into_iter().collect(),
            place: Some(loaded.place(self.home, extend.of.span)),
            ..Schema::default()
        });
    }
}

fn enumeration(found: &Enum) -> Shape {
    let values = found.values.iter().map(|value| EnumValue {
        text: value.name.text.clone(),
        number: value.number.map(|(number, _)| number),
        description: value.comment.clone(),
        deprecated: deprecated(&value.options),
        extras: extras(&value.options),
    });
    Shape {
        type_text: "enum".to_owned(),
        basic: Basic::Text,
        description: found.comment.clone(),
        deprecated: deprecated(&found.options),
        values: values.collect(),
        extras: extras(&found.options),
        ..Shape::default()
    }
}

fn message_facts(message: &Message) -> Vec<Fact> {
    let mut facts = reserved_facts(&message.reserved);
    let numbers: Vec<String> = message.ranges.iter().map(|range| ranges(&range.ranges)).collect();
    if !numbers.is_empty() {
        facts.push(fact("Extension numbers", numbers.join(", ")));
    }
    for oneof in &message.oneofs {
        let text: Vec<&str> = oneof.comment.as_deref().unwrap_or_default().split_whitespace().collect();
        let text = text.join(" ");
        if !text.is_empty() {
            facts.push(Fact { label: format!("Oneof {}", oneof.name), text, href: None, code: false });
        }
    }
    facts
}

fn reserved_facts(reserved: &Reserved) -> Vec<Fact> {
    let numbers = (!reserved.ranges.is_empty()).then(|| fact("Reserved numbers", ranges(&reserved.ranges)));
    let names = (!reserved.names.is_empty()).then(|| fact("Reserved names", reserved.names.join(", ")));
    numbers.into_iter().chain(names).collect()
}

fn ranges(ranges: &[(i64, i64)]) -> String {
    let max = super::body::MAX_NUMBER;
    let range = |&(from, to): &(i64, i64)| match to {
        _ if from == to => from.to_string(),
        to if to == max => format!("{from} to max"),
        to => format!("{from} to {to}"),
    };
    ranges.iter().map(range).collect::<Vec<_>>().join(", ")
}
