//! A protobuf file as it is written: names are texts that nothing was looked up for, options have
//! their values as data whether or not their definition is known, comments stand where they belong.

use serde_json::Value as Json;

use crate::base::Span;

/// A name, or the path of a type, and where it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) span: Span,
}

/// An option and its value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Opt {
    /// As it is written: `deprecated`, `(google.api.http)`, `(validate.rules).string.min_len`.
    pub(super) name: String,
    pub(super) value: Json,
}

/// A file.
#[derive(Debug, Default)]
pub(super) struct File {
    /// `proto2`, `proto3` or an edition, with its word: `syntax` or `edition`.
    pub(super) syntax: Option<(&'static str, String)>,
    pub(super) package: Option<Name>,
    pub(super) imports: Vec<Import>,
    pub(super) options: Vec<Opt>,
    pub(super) messages: Vec<Message>,
    pub(super) enums: Vec<Enum>,
    pub(super) services: Vec<Service>,
    pub(super) extensions: Vec<Extend>,
    /// What stands at the package, or at the syntax.
    pub(super) comment: Option<String>,
}

/// An import.
#[derive(Debug, Clone)]
pub(super) struct Import {
    pub(super) path: Name,
    /// Whether who imports this file sees that one too.
    pub(super) public: bool,
}

/// A message.
#[derive(Debug, Default)]
pub(super) struct Message {
    pub(super) name: Name,
    pub(super) comment: Option<String>,
    pub(super) fields: Vec<Field>,
    pub(super) oneofs: Vec<Oneof>,
    pub(super) messages: Vec<Message>,
    pub(super) enums: Vec<Enum>,
    pub(super) extensions: Vec<Extend>,
    pub(super) reserved: Reserved,
    pub(super) ranges: Vec<Range>,
    pub(super) options: Vec<Opt>,
}

/// What may not be used.
#[derive(Debug, Default)]
pub(super) struct Reserved {
    pub(super) names: Vec<String>,
    pub(super) ranges: Vec<(i64, i64)>,
}

/// Numbers that others may use for extensions.
#[derive(Debug)]
pub(super) struct Range {
    pub(super) ranges: Vec<(i64, i64)>,
    pub(super) options: Vec<Opt>,
}

/// Fields of which only one is set.
#[derive(Debug)]
pub(super) struct Oneof {
    pub(super) name: String,
    pub(super) comment: Option<String>,
    pub(super) options: Vec<Opt>,
}

/// How often a field may be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Optional,
    Required,
    Repeated,
}

/// A field.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: Name,
    pub(super) number: Option<(i64, Span)>,
    pub(super) label: Option<Label>,
    /// The type of the keys of a map.
    pub(super) key: Option<String>,
    /// Its type, or that of the values of a map.
    pub(super) of: Name,
    /// Number of its oneof in the message.
    pub(super) oneof: Option<usize>,
    pub(super) options: Vec<Opt>,
    pub(super) comment: Option<String>,
}

/// Fields that a file adds to a message of another one.
#[derive(Debug)]
pub(super) struct Extend {
    pub(super) of: Name,
    pub(super) comment: Option<String>,
    pub(super) fields: Vec<Field>,
}

/// An enumeration.
#[derive(Debug, Default)]
pub(super) struct Enum {
    pub(super) name: Name,
    pub(super) comment: Option<String>,
    pub(super) values: Vec<Value>,
    pub(super) reserved: Reserved,
    pub(super) options: Vec<Opt>,
}

/// A value of an enumeration.
#[derive(Debug)]
pub(super) struct Value {
    pub(super) name: Name,
    pub(super) number: Option<(i64, Span)>,
    pub(super) options: Vec<Opt>,
    pub(super) comment: Option<String>,
}

/// A service.
#[derive(Debug, Default)]
pub(super) struct Service {
    pub(super) name: Name,
    pub(super) comment: Option<String>,
    pub(super) methods: Vec<Method>,
    pub(super) options: Vec<Opt>,
}

/// A method of a service.
#[derive(Debug, Default)]
pub(super) struct Method {
    pub(super) name: Name,
    pub(super) comment: Option<String>,
    pub(super) input: Name,
    pub(super) output: Name,
    pub(super) client_streaming: bool,
    pub(super) server_streaming: bool,
    pub(super) options: Vec<Opt>,
}

/// The first option with this name.
pub(super) fn option<'a>(options: &'a [Opt], name: &str) -> Option<&'a Json> {
    options.iter().find(|option| option.name == name).map(|option| &option.value)
}

/// Whether an option is set to true.
pub(super) fn is_set(options: &[Opt], name: &str) -> bool {
    option(options, name) == Some(&Json::Bool(true))
}
