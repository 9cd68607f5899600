//! What the names of types mean: as protobuf looks them up, from the innermost scope outwards, over
//! all files that are in view.

use rustc_hash::FxHashMap;

use super::ast::{Enum, Message, Name};
use super::load::Loaded;
use super::well_known::{self, WellKnown};

/// Types that need no definition.
pub(super) const SCALARS: [&str; 15] = [
    "double", "float", "int32", "int64", "uint32", "uint64", "sint32", "sint64", "fixed32", "fixed64", "sfixed32",
    "sfixed64", "bool", "string", "bytes",
];

/// A message or an enumeration.
#[derive(Debug, Clone, Copy)]
pub(super) enum Found<'a> {
    Message(&'a Message),
    Enum(&'a Enum),
}

/// A type that is defined in view.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    /// Its name with the package and what it is nested in.
    pub(super) full: String,
    /// Number of its file.
    pub(super) file: usize,
    pub(super) found: Found<'a>,
}

impl Entry<'_> {
    /// Its name as it is defined.
    pub(super) fn name(&self) -> &Name {
        match self.found {
            Found::Message(message) => &message.name,
            Found::Enum(enumeration) => &enumeration.name,
        }
    }
}

/// What a name means.
#[derive(Debug, Clone, Copy)]
pub(super) enum Meaning {
    /// A number, a text, bytes, true or false.
    Scalar,
    /// A type that is defined in view, by its number.
    Entry(usize),
    /// One that comes with every compiler.
    WellKnown(WellKnown),
    /// Nothing that is in view.
    Unknown,
}

/// All types, by their names.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    /// In the order of files, those that are nested after what they are in.
    pub(super) entries: Vec<Entry<'a>>,
    by_name: FxHashMap<String, usize>,
    /// A type and an earlier one of the same name.
    pub(super) twice: Vec<(usize, usize)>,
}

impl<'a> Names<'a> {
    /// The types of all files.
    pub(super) fn of(files: &'a [Loaded]) -> Self {
        let mut names = Self::default();
        for (at, loaded) in files.iter().enumerate() {
            let package = loaded.package();
            loaded.file.messages.iter().for_each(|message| names.message(at, package, message));
            loaded.file.enums.iter().for_each(|found| names.add(at, package, &found.name, Found::Enum(found)));
        }
        names
    }

    fn message(&mut self, file: usize, scope: &str, message: &'a Message) {
        self.add(file, scope, &message.name, Found::Message(message));
        // Nesting has a limit where it is read.
        let inner = join(scope, &message.name.text);
        message.messages.iter().for_each(|nested| self.message(file, &inner, nested));
        message.enums.iter().for_each(|found| self.add(file, &inner, &found.name, Found::Enum(found)));
    }

    fn add(&mut self, file: usize, scope: &str, name: &Name, found: Found<'a>) {
        let full = join(scope, &name.text);
        let number = self.entries.len();
        match self.by_name.get(&full) {
            Some(&first) => self.twice.push((number, first)),
            None => {
                self.by_name.insert(full.clone(), number);
            }
        }
        self.entries.push(Entry { full, file, found });
    }

    /// What a name means in a scope.
    pub(super) fn meaning(&self, scope: &str, name: &str) -> Meaning {
        if SCALARS.contains(&name) {
            return Meaning::Scalar;
        }
        if let Some(full) = name.strip_prefix('.') {
            return self.exact(full).unwrap_or(Meaning::Unknown);
        }
        let mut scope = scope;
        loop {
            if let Some(found) = self.exact(&join(scope, name)) {
                return found;
            }
            if scope.is_empty() {
                return Meaning::Unknown;
            }
            scope = scope.rsplit_once('.').map_or("", |(outer, _)| outer);
        }
    }

    fn exact(&self, full: &str) -> Option<Meaning> {
        let entry = self.by_name.get(full).map(|&at| Meaning::Entry(at));
        entry.or_else(|| well_known::find(full).map(Meaning::WellKnown))
    }
}

/// A name in a scope.
pub(super) fn join(scope: &str, name: &str) -> String {
    if scope.is_empty() { name.to_owned() } else { format!("{scope}.{name}") }
}
