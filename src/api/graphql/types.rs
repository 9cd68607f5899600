//! A type system as it was written, from GraphQL's schema language or from the answer to an
//! introspection query: names are texts, nothing is looked up yet.

use rustc_hash::FxHashMap;
use serde_json::Value as Json;

use crate::base::Span;

/// A name and where it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) span: Span,
}

/// What a type is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    #[default]
    Object,
    Interface,
    Union,
    Input,
    Enum,
    Scalar,
    Directive,
}

impl Kind {
    /// Its name in the language.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Object => "object",
            Self::Interface => "interface",
            Self::Union => "union",
            Self::Input => "input",
            Self::Enum => "enum",
            Self::Scalar => "scalar",
            Self::Directive => "directive",
        }
    }

    /// What types of this kind are listed under.
    pub(super) fn section(self) -> &'static str {
        match self {
            Self::Object => "Objects",
            Self::Interface => "Interfaces",
            Self::Union => "Unions",
            Self::Input => "Inputs",
            Self::Enum => "Enums",
            Self::Scalar => "Scalars",
            Self::Directive => "Directives",
        }
    }
}

/// The type of a field: a name with lists and marks around it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TypeRef {
    pub(super) name: Name,
    /// All of it, as it is written without blanks: `[Pet!]!`.
    pub(super) text: String,
    /// How many lists are around it.
    pub(super) lists: usize,
}

impl TypeRef {
    /// Whether null is not allowed.
    pub(super) fn is_required(&self) -> bool {
        self.text.ends_with('!')
    }
}

/// A directive in use, with its arguments.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Applied {
    pub(super) name: Name,
    pub(super) arguments: serde_json::Map<String, Json>,
}

/// A field, an argument or a field of an input.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Field {
    pub(super) name: Name,
    pub(super) description: Option<String>,
    pub(super) directives: Vec<Applied>,
    pub(super) of: TypeRef,
    pub(super) arguments: Vec<Field>,
    pub(super) default: Option<Json>,
}

/// A value of an enumeration.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Value {
    pub(super) name: Name,
    pub(super) description: Option<String>,
    pub(super) directives: Vec<Applied>,
}

/// A type or the definition of a directive.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Type {
    pub(super) kind: Kind,
    pub(super) name: Name,
    pub(super) description: Option<String>,
    pub(super) directives: Vec<Applied>,
    pub(super) implements: Vec<Name>,
    pub(super) members: Vec<Name>,
    /// Fields, or the arguments of a directive.
    pub(super) fields: Vec<Field>,
    pub(super) values: Vec<Value>,
    /// Where a directive may stand.
    pub(super) locations: Vec<String>,
    pub(super) repeatable: bool,
    /// Whether it is an extension of a type.
    pub(super) extends: bool,
}

/// The three operations, with the names that their types have when a schema does not say.
pub(super) const ROOTS: [(&str, &str); 3] =
    [("query", "Query"), ("mutation", "Mutation"), ("subscription", "Subscription")];

/// What is defined twice.
#[derive(Debug)]
pub(super) struct Twice {
    /// Its name in full: `Type` or `Type.field`.
    pub(super) name: String,
    pub(super) is_type: bool,
    pub(super) second: Span,
    pub(super) first: Span,
}

/// A type system.
#[derive(Debug, Default)]
pub(super) struct System {
    pub(super) description: Option<String>,
    pub(super) directives: Vec<Applied>,
    /// The types of operations that are named: operation and type.
    pub(super) roots: Vec<(String, Name)>,
    /// Whether the roots are all that there are.
    pub(super) has_schema: bool,
    pub(super) types: Vec<Type>,
    by_name: FxHashMap<String, usize>,
    /// A second definition of a type, field or value, and the first one.
    pub(super) twice: Vec<Twice>,
}

/// Types that every schema has.
pub(super) const BUILT_IN: [&str; 5] = ["Int", "Float", "String", "Boolean", "ID"];

impl System {
    /// Adds a type; an extension, or a second definition, to the one of its name.
    pub(super) fn add(&mut self, new: Type) {
        self.repeated(&new);
        let key = key(new.kind, &new.name.text);
        let Some(&at) = self.by_name.get(&key) else {
            self.by_name.insert(key, self.types.len());
            self.types.push(new);
            return;
        };
        let have = &mut self.types[at];
        if have.extends && !new.extends {
            // The definition comes after its extension: it has the name and the description.
            have.kind = new.kind;
            have.name.clone_from(&new.name);
        } else if !new.extends {
            let (second, first) = (new.name.span, have.name.span);
            self.twice.push(Twice { name: new.name.text.clone(), is_type: true, second, first });
        }
        let definition_first = have.extends && !new.extends;
        have.extends &= new.extends;
        have.description = have.description.take().or(new.description);
        join(&mut have.directives, new.directives, definition_first, |_| "");
        join(&mut have.implements, new.implements, definition_first, |name| &name.text);
        join(&mut have.members, new.members, definition_first, |name| &name.text);
        join(&mut have.fields, new.fields, definition_first, |field| &field.name.text);
        join(&mut have.values, new.values, definition_first, |value| &value.name.text);
    }

    /// Finds fields and values that one definition has twice, and leaves them to the reader.
    fn repeated(&mut self, of: &Type) {
        let mut first: FxHashMap<&str, Span> = FxHashMap::default();
        let names = of.fields.iter().map(|field| &field.name).chain(of.values.iter().map(|value| &value.name));
        for name in names {
            if let Some(&first) = first.get(name.text.as_str()) {
                let full = format!("{}.{}", of.name.text, name.text);
                self.twice.push(Twice { name: full, is_type: false, second: name.span, first });
            }
            first.entry(&name.text).or_insert(name.span);
        }
    }

    /// Adds what another reading of the same text found.
    pub(super) fn absorb(&mut self, other: Self) {
        for new in other.types {
            let key = key(new.kind, &new.name.text);
            match self.by_name.get(&key) {
                // As an extension, so that it is not taken for a second definition.
                Some(_) => self.add(Type { extends: true, ..new }),
                None => self.add(new),
            }
        }
        if self.roots.is_empty() {
            self.roots = other.roots;
        }
        self.has_schema |= other.has_schema;
    }

    /// Leaves out the fields that have no type: pieces of what could not be read.
    pub(super) fn without_untyped(&mut self) {
        self.types.iter_mut().for_each(|of| of.fields.retain(|field| !field.of.text.is_empty()));
    }

    /// The type with this name.
    pub(super) fn get(&self, name: &str) -> Option<&Type> {
        self.number(name).map(|at| &self.types[at])
    }

    /// Its number.
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// The operations that there are, with the numbers of their types.
    pub(super) fn operations(&self) -> Vec<(&'static str, usize)> {
        let named = |operation: &str| {
            self.roots.iter().find(|(known, _)| known == operation).map(|(_, name)| name.text.as_str())
        };
        let usual = |name: &'static str| (!self.has_schema).then_some(name);
        let find = |(operation, name): (&'static str, &'static str)| {
            let at = self.number(named(operation).or(usual(name))?)?;
            (self.types[at].kind == Kind::Object).then_some((operation, at))
        };
        ROOTS.into_iter().filter_map(find).collect()
    }
}

/// Types and directives have names of their own.
fn key(kind: Kind, name: &str) -> String {
    if kind == Kind::Directive { format!("@{name}") } else { name.to_owned() }
}

/// Adds to a list what is not there yet; an empty name is never there.
fn join<T>(have: &mut Vec<T>, more: Vec<T>, more_first: bool, name: fn(&T) -> &str) {
    let (first, second) = if more_first { (more, std::mem::take(have)) } else { (std::mem::take(have), more) };
    let known: rustc_hash::FxHashSet<String> =
        first.iter().map(|item| name(item).to_owned()).filter(|name| !name.is_empty()).collect();
    *have = first;
    have.extend(second.into_iter().filter(|item| !known.contains(name(item))));
}
