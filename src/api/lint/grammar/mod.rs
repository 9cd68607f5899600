//! What may stand where in a definition: the objects of each specification with their fields, as
//! tables of text beside this file. Says nothing about a definition.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// The objects of a specification.
#[derive(Debug)]
pub(super) struct Grammar {
    kinds: FxHashMap<&'static str, Kind>,
}

/// An object of a specification.
#[derive(Debug, Default)]
pub(super) struct Kind {
    /// Its fields.
    pub(super) fields: Vec<Field>,
    /// What stands under all other keys.
    pub(super) others: Option<Type>,
    /// Whether keys that are not known mean nothing.
    pub(super) open: bool,
}

/// A field of an object.
#[derive(Debug)]
pub(super) struct Field {
    /// Its key.
    pub(super) name: &'static str,
    /// What it holds.
    pub(super) holds: Type,
    /// The minor version, of 3, that brought it.
    pub(super) since: u8,
    /// The last version in which it must be there.
    pub(super) required: Option<u8>,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Type {
    /// One, a list, or a map of them.
    pub(super) shape: Shape,
    /// Of what.
    pub(super) of: Of,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    One,
    List,
    Map,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Any,
    Text,
    Bool,
    Int,
    Number,
    List,
    Map,
    Kind(&'static str),
}

/// Every version there will be.
const ALWAYS: u8 = u8::MAX;

impl Grammar {
    /// The object with this name.
    pub(super) fn kind(&self, name: &str) -> Option<&Kind> {
        self.kinds.get(name)
    }

    fn new(texts: &[&'static str]) -> Self {
        let lines = texts.iter().flat_map(|text| text.lines()).filter(|line| !line.starts_with('#'));
        let kinds = lines.filter_map(|line| line.split_once(": ")).map(|(name, fields)| (name, kind(fields)));
        Self { kinds: kinds.collect() }
    }
}

fn kind(fields: &'static str) -> Kind {
    let mut kind = Kind::default();
    for field in fields.split(' ') {
        let Some((name, holds)) = field.split_once(':') else {
            kind.open = true;
            continue;
        };
        let holds = holds_of(holds);
        if name == "*" {
            kind.others = Some(holds);
            continue;
        }
        let (name, since) = match name.split_once('@') {
            Some((name, since)) => (name, minor(since)),
            None => (name, 0),
        };
        let (name, required) = match name.split_once('!') {
            Some((name, "")) => (name, Some(ALWAYS)),
            Some((name, until)) => (name, Some(minor(until))),
            None => (name, None),
        };
        kind.fields.push(Field { name, holds, since, required });
    }
    kind
}

/// `31` is the minor version 1.
fn minor(version: &str) -> u8 {
    version.trim_start_matches('3').parse().unwrap_or_default()
}

fn holds_of(text: &'static str) -> Type {
    let bare = text.trim_matches(['[', ']', '{', '}']);
    let shape = match text.as_bytes().first() {
        Some(b'[') => Shape::List,
        Some(b'{') => Shape::Map,
        _ => Shape::One,
    };
    let of = match bare {
        "any" => Of::Any,
        "text" => Of::Text,
        "bool" => Of::Bool,
        "int" => Of::Int,
        "num" => Of::Number,
        "list" => Of::List,
        "map" => Of::Map,
        kind => Of::Kind(kind),
    };
    Type { shape, of }
}

const OPENAPI: &str = include_str!("openapi.txt");

/// OpenAPI 3.0.
pub(super) static OPENAPI_30: LazyLock<Grammar> =
    LazyLock::new(|| Grammar::new(&[OPENAPI, include_str!("schema30.txt")]));
/// OpenAPI 3.1 and later.
pub(super) static OPENAPI_31: LazyLock<Grammar> =
    LazyLock::new(|| Grammar::new(&[OPENAPI, include_str!("schema31.txt")]));
/// Swagger 2.0.
pub(super) static SWAGGER: LazyLock<Grammar> = LazyLock::new(|| Grammar::new(&[include_str!("swagger.txt")]));
/// AsyncAPI 2.
pub(super) static ASYNCAPI_2: LazyLock<Grammar> =
    LazyLock::new(|| Grammar::new(&[include_str!("asyncapi2.txt"), include_str!("schema31.txt")]));
/// AsyncAPI 3.
pub(super) static ASYNCAPI_3: LazyLock<Grammar> =
    LazyLock::new(|| Grammar::new(&[include_str!("asyncapi3.txt"), include_str!("schema31.txt")]));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_object_that_is_named_is_there() {
        for grammar in [&OPENAPI_30, &OPENAPI_31, &SWAGGER, &ASYNCAPI_2, &ASYNCAPI_3] {
            let mut names: Vec<_> = grammar.kinds.keys().collect();
            names.sort_unstable();
            for name in names {
                let kind = &grammar.kinds[name];
                let held = kind.fields.iter().map(|field| field.holds).chain(kind.others);
                for holds in held {
                    if let Of::Kind(other) = holds.of
                        && !matches!(other, "Payload" | "Items" | "SchemaOrBool")
                    {
                        assert!(grammar.kind(other).is_some(), "{name} holds {other}");
                    }
                }
            }
        }
        let response = OPENAPI_31.kind("Response").unwrap();
        let description = response.fields.iter().find(|field| field.name == "description").unwrap();
        assert_eq!((description.since, description.required), (0, Some(1)));
    }
}
