//! An entity by what somebody typed: a full reference, or a part of one that fits only one.

use crate::base::suggest;
use crate::model::{Context, EntityRef};

use super::snapshot::{Snapshot, short};

/// Candidates that are named.
const MOST: usize = 10;

/// Why nothing was found.
#[derive(Debug, PartialEq, Eq)]
pub enum FindError {
    /// Nothing has this name. What is near to it.
    Unknown(String, Option<String>),
    /// Several have it: the first of them, and how many there are.
    Ambiguous(String, Vec<String>, usize),
}

impl std::error::Error for FindError {}

impl std::fmt::Display for FindError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unknown(text, near) => {
                write!(f, "there is no entity `{}`", shown(text))?;
                near.as_ref().map_or(Ok(()), |near| write!(f, "; did you mean `{}`?", shown(near)))
            }
            Self::Ambiguous(text, names, all) => {
                let names: Vec<String> = names.iter().map(|name| format!("`{}`", shown(name))).collect();
                write!(f, "`{}` may be {}", shown(text), suggest::either(&names))?;
                if *all > names.len() {
                    write!(f, ", and {} more", all - names.len())?;
                }
                f.write_str(if text.contains(':') {
                    ": write the whole reference"
                } else {
                    ": write the kind, or the whole reference"
                })
            }
        }
    }
}

/// Text without control characters.
fn shown(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

impl Snapshot {
    /// The key of what is meant. What is only referred to may be asked about too.
    pub fn find(&self, text: &str) -> Result<String, FindError> {
        if let Ok(reference) = EntityRef::parse(text, Context::default()) {
            let key = reference.key();
            if self.get(&key).is_some() || self.is_referred_to(&key) {
                return Ok(key);
            }
        }
        // The parts that were written; those left out fit anything.
        let wanted = EntityRef::parse(text, Context { kind: Some("?"), namespace: Some("?") }).ok();
        let Some(wanted) = wanted else { return Err(FindError::Unknown(text.to_owned(), None)) };
        let fits = |part: &str, wanted: &str| wanted == "?" || part.to_lowercase() == wanted.to_lowercase();
        let found: Vec<&EntityRef> = self
            .entities
            .iter()
            .map(|entity| &entity.reference)
            .filter(|one| {
                fits(&one.name, &wanted.name)
                    && fits(&one.kind, &wanted.kind)
                    && fits(&one.namespace, &wanted.namespace)
            })
            .collect();
        match found.as_slice() {
            [one] => Ok(one.key()),
            [] => Err(FindError::Unknown(text.to_owned(), self.near(text, &wanted))),
            several => {
                let names = several.iter().take(MOST).map(|one| one.short()).collect();
                Err(FindError::Ambiguous(text.to_owned(), names, several.len()))
            }
        }
    }

    fn is_referred_to(&self, key: &str) -> bool {
        self.edges.iter().any(|edge| edge.to == key || edge.from == key)
    }

    /// What has a name near to this one, of the same kind and namespace where they were written.
    fn near(&self, text: &str, wanted: &EntityRef) -> Option<String> {
        let keys: Vec<String> = self.entities.iter().map(|entity| short(&entity.key)).collect();
        if let Some(near) = suggest::nearest(text, keys.iter().map(String::as_str)) {
            return Some(near.to_owned());
        }
        let name = suggest::nearest(&wanted.name, self.entities.iter().map(|entity| entity.reference.name.as_str()));
        let name = name.unwrap_or(&wanted.name);
        let same = self.entities.iter().find(|entity| entity.reference.name == name);
        same.map(|entity| entity.reference.short())
    }
}
