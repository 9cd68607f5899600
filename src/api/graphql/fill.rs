//! A type system to the reference model: the fields of the root types are operations, all other
//! types and the directives are schemas. What directives say that everybody knows (deprecation,
//! specification, one of) is said in words; all others are shown as they are.

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value as Json;

use crate::refs::Home;

use super::super::model::{
    Basic, Body, Choice, Choices, EnumValue, Extra, Fact, Field, Group, Layer, Operation, Part, Reference, Schema,
    SchemaId, Shape, Side,
};
use super::samples::Sampler;
use super::types::{self, Applied, Kind, System, Type, TypeRef};

/// The reference of a type system.
pub(super) fn reference(system: &System, home: &Home) -> Reference {
    let operations = system.operations();
    let fill = Fill { system, home, ids: numbers(system, &operations), implementers: implementers(system) };
    let mut reference = Reference {
        description: system.description.clone(),
        extras: extras(&system.directives),
        ..Reference::default()
    };
    let sampler = Sampler::new(system);
    for (operation, at) in &operations {
        let root = &system.types[*at];
        let number = reference.groups.len();
        reference.groups.push(fill.group(operation, root));
        let fields = root.fields.iter().map(|field| fill.operation(operation, number, field, &sampler));
        reference.operations.extend(fields);
    }
    let mut order: Vec<(SchemaId, usize)> = fill.ids.values().map(|&(id, at)| (id, at)).collect();
    order.sort_unstable();
    reference.schemas = order.into_iter().map(|(_, at)| fill.schema(&system.types[at])).collect();
    reference
}

/// Schemas by the name of their type: their number, and that of the type. A root type is one only
/// where something names it, because its fields are shown as operations.
fn numbers(system: &System, operations: &[(&str, usize)]) -> FxHashMap<String, (SchemaId, usize)> {
    let mut named = FxHashSet::default();
    for of in &system.types {
        let fields = of.fields.iter().flat_map(|field| std::iter::once(field).chain(&field.arguments));
        named.extend(fields.map(|field| field.of.name.text.as_str()));
        named.extend(of.members.iter().map(|member| member.text.as_str()));
        if !of.implements.is_empty() {
            named.insert(of.name.text.as_str());
        }
    }
    let is_root = |at: usize| operations.iter().any(|(_, root)| *root == at);
    let shown = |at: &usize| !is_root(*at) || named.contains(system.types[*at].name.text.as_str());
    let mut order: Vec<usize> = (0..system.types.len()).filter(shown).collect();
    order.sort_by_key(|&at| system.types[at].kind);
    let key = |at: usize| match system.types[at].kind {
        Kind::Directive => format!("@{}", system.types[at].name.text),
        _ => system.types[at].name.text.clone(),
    };
    order.into_iter().enumerate().map(|(id, at)| (key(at), (id, at))).collect()
}

/// The types that implement an interface, in order.
fn implementers(system: &System) -> FxHashMap<&str, Vec<&str>> {
    let mut found: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    for of in &system.types {
        for interface in &of.implements {
            found.entry(interface.text.as_str()).or_default().push(&of.name.text);
        }
    }
    found
}

struct Fill<'a> {
    system: &'a System,
    home: &'a Home,
    ids: FxHashMap<String, (SchemaId, usize)>,
    implementers: FxHashMap<&'a str, Vec<&'a str>>,
}

impl Fill<'_> {
    fn group(&self, operation: &str, root: &Type) -> Group {
        let (kind, title) = match operation {
            "mutation" => ("Mutation", "Mutations"),
            "subscription" => ("Subscription", "Subscriptions"),
            _ => ("Query", "Queries"),
        };
        Group {
            kind,
            name: root.name.text.clone(),
            title: Some(title.to_owned()),
            description: root.description.clone(),
            extras: extras(&root.directives),
            place: Some(self.home.place(root.name.span)),
            ..Group::default()
        }
    }

    fn operation(&self, verb: &str, group: usize, field: &types::Field, sampler: &Sampler<'_>) -> Operation {
        let mut parts = Vec::new();
        if !field.arguments.is_empty() {
            let fields = field.arguments.iter().map(|argument| self.argument(argument)).collect();
            parts.push(Part { side: Side::In, title: "Arguments".to_owned(), fields, ..Part::default() });
        }
        let (samples, examples) = sampler.operation(verb, field);
        let body = Body {
            shape: Some(self.of_type(&field.of)),
            streamed: verb == "subscription",
            examples,
            ..Body::default()
        };
        parts.push(Part { side: Side::Out, title: "Result".to_owned(), bodies: vec![body], ..Part::default() });
        Operation {
            group,
            verb: verb.to_owned(),
            target: field.name.text.clone(),
            description: field.description.clone(),
            deprecated: deprecation(&field.directives),
            parts,
            samples,
            extras: extras(&field.directives),
            place: Some(self.home.place(field.name.span)),
            ..Operation::default()
        }
    }

    fn schema(&self, of: &Type) -> Schema {
        let is_directive = of.kind == Kind::Directive;
        let fields = of.fields.iter().map(|field| match of.kind {
            Kind::Input | Kind::Directive => self.argument(field),
            _ => self.field(field),
        });
        let shape = Shape {
            type_text: of.kind.name().to_owned(),
            basic: basic(of),
            description: of.description.clone(),
            constraints: constraints(of),
            values: of.values.iter().map(value).collect(),
            deprecated: deprecation(&of.directives),
            fields: fields.collect(),
            choices: self.members(of),
            extras: extras(&of.directives),
            ..Shape::default()
        };
        Schema {
            name: if is_directive { format!("@{}", of.name.text) } else { of.name.text.clone() },
            kind: of.kind.name().to_owned(),
            section: Some(of.kind.section().to_owned()),
            shape,
            facts: self.facts(of),
            related: self.related(of),
            place: Some(self.home.place(of.name.span)),
            ..Schema::default()
        }
    }

    fn members(&self, of: &Type) -> Vec<Choices> {
        if of.members.is_empty() {
            return Vec::new();
        }
        let option = |member: &types::Name| {
            let named = TypeRef { name: member.clone(), text: member.text.clone(), lists: 0 };
            Choice { value: None, shape: self.of_type(&named) }
        };
        vec![Choices { title: "one of", discriminator: None, options: of.members.iter().map(option).collect() }]
    }

    fn facts(&self, of: &Type) -> Vec<Fact> {
        let mut facts = Vec::new();
        if let Some(url) = argument(&of.directives, "specifiedBy", "url") {
            let href = (url.starts_with("https://") || url.starts_with("http://")).then(|| url.to_owned());
            facts.push(Fact { label: "Specified by".to_owned(), text: url.to_owned(), href, code: false });
        }
        if !of.locations.is_empty() {
            facts.push(fact("Locations", of.locations.join(", ")));
        }
        if of.repeatable {
            facts.push(Fact { code: false, ..fact("Repeatable", "yes".to_owned()) });
        }
        let unknown: Vec<&str> =
            of.implements.iter().map(|name| name.text.as_str()).filter(|name| !self.ids.contains_key(*name)).collect();
        if !unknown.is_empty() {
            facts.push(fact("Implements, not defined here", unknown.join(", ")));
        }
        facts
    }

    fn related(&self, of: &Type) -> Vec<(&'static str, Vec<SchemaId>)> {
        let ids = |names: &mut dyn Iterator<Item = &str>| -> Vec<SchemaId> {
            names.filter_map(|name| self.ids.get(name).map(|(id, _)| *id)).collect()
        };
        let implements = ids(&mut of.implements.iter().map(|name| name.text.as_str()));
        let implementers = self.implementers.get(of.name.text.as_str()).filter(|_| of.kind == Kind::Interface);
        let implementers = ids(&mut implementers.into_iter().flatten().copied());
        [("Implements", implements), ("Implemented by", implementers)]
            .into_iter()
            .filter(|(_, ids)| !ids.is_empty())
            .collect()
    }

    /// A field of an object or an interface.
    fn field(&self, field: &types::Field) -> Field {
        Field {
            arguments: field.arguments.iter().map(|argument| self.argument(argument)).collect(),
            required: false,
            ..self.argument(field)
        }
    }

    /// An argument, or a field of an input: it has to be given where null is not allowed and
    /// nothing is there by default.
    fn argument(&self, field: &types::Field) -> Field {
        let shape = Shape {
            description: field.description.clone(),
            default: field.default.clone(),
            deprecated: deprecation(&field.directives),
            extras: extras(&field.directives),
            ..self.of_type(&field.of)
        };
        let required = field.of.is_required() && field.default.is_none();
        Field { name: field.name.text.clone(), shape, required, ..Field::default() }
    }

    fn of_type(&self, of: &TypeRef) -> Shape {
        let named = of.name.text.as_str();
        Shape {
            type_text: of.text.clone(),
            of: self.ids.get(named).map(|(id, _)| *id),
            layers: vec![Layer::List; of.lists],
            basic: match named {
                "String" | "ID" => Basic::Text,
                "Int" => Basic::Integer,
                "Float" => Basic::Number,
                "Boolean" => Basic::Boolean,
                other => self.system.get(other).map_or(Basic::Any, basic),
            },
            ..Shape::default()
        }
    }
}

fn basic(of: &Type) -> Basic {
    match of.kind {
        Kind::Object | Kind::Interface | Kind::Union | Kind::Input => Basic::Object,
        Kind::Enum => Basic::Text,
        Kind::Scalar | Kind::Directive => Basic::Any,
    }
}

fn constraints(of: &Type) -> Vec<String> {
    let one_of = of.directives.iter().any(|applied| applied.name.text == "oneOf");
    one_of.then(|| "exactly one of its fields is given".to_owned()).into_iter().collect()
}

fn value(value: &types::Value) -> EnumValue {
    EnumValue {
        text: value.name.text.clone(),
        number: None,
        description: value.description.clone(),
        deprecated: deprecation(&value.directives),
        extras: extras(&value.directives),
    }
}

fn deprecation(directives: &[Applied]) -> Option<String> {
    let applied = directives.iter().find(|applied| applied.name.text == "deprecated")?;
    Some(applied.arguments.get("reason").and_then(Json::as_str).unwrap_or_default().to_owned())
}

fn argument<'a>(directives: &'a [Applied], directive: &str, argument: &str) -> Option<&'a str> {
    directives.iter().find(|applied| applied.name.text == directive)?.arguments.get(argument)?.as_str()
}

/// The directives that are not said in words.
fn extras(directives: &[Applied]) -> Vec<Extra> {
    let others =
        directives.iter().filter(|applied| !["deprecated", "specifiedBy", "oneOf"].contains(&&*applied.name.text));
    let extra = |applied: &Applied| Extra {
        name: format!("@{}", applied.name.text),
        value: if applied.arguments.is_empty() { Json::Bool(true) } else { Json::Object(applied.arguments.clone()) },
    };
    others.map(extra).collect()
}

fn fact(label: &str, text: String) -> Fact {
    Fact { label: label.to_owned(), text, href: None, code: true }
}
