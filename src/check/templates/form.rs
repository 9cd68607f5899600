//! The parameters of a Template as its pages ask for them: JSON Schemas, of which only the names
//! of properties and the required ones matter here.

use rustc_hash::FxHashSet;

use crate::yaml::{Node, pointer_join};

/// A property that a page asks for.
pub(super) struct Property<'a> {
    pub(super) name: &'a str,
    pub(super) pointer: String,
    /// Whether it is there only under a condition.
    pub(super) conditional: bool,
    pub(super) node: &'a Node,
}

/// A name under `required`.
pub(super) struct Required<'a> {
    pub(super) name: &'a str,
    pub(super) pointer: String,
}

/// All that the pages of one Template, or one object among its parameters, ask for.
#[derive(Default)]
pub(super) struct Form<'a> {
    pub(super) properties: Vec<Property<'a>>,
    pub(super) required: Vec<Required<'a>>,
    known: FxHashSet<&'a str>,
    needed: FxHashSet<&'a str>,
    /// Names that conditions look at.
    pub(super) conditions: Vec<&'a str>,
    /// Whether more names may be asked for than could be read.
    pub(super) open: bool,
}

/// How deep schemas may nest; the YAML tree has a limit of its own.
const MOST_DEPTH: usize = 32;

/// Keys under which the same object is described further.
const SAME_OBJECT: &[&str] = &["if", "then", "else"];
const SAME_OBJECT_LISTS: &[&str] = &["allOf", "anyOf", "oneOf"];

impl<'a> Form<'a> {
    /// Reads `spec.parameters`.
    pub(super) fn of(parameters: Option<&'a Node>) -> Self {
        let mut form = Self::default();
        let Some(node) = parameters.filter(|node| !node.is_null()) else { return form };
        if node.is_map() {
            form.object(node, "/spec/parameters", false, 0);
        } else {
            form.open |= node.as_str().is_some();
            for (index, page) in node.items().iter().enumerate() {
                form.object(page, &format!("/spec/parameters/{index}"), false, 0);
            }
        }
        form
    }

    /// Reads an object among the parameters.
    pub(super) fn of_object(node: &'a Node, pointer: &str) -> Self {
        let mut form = Self::default();
        form.object(node, pointer, false, 0);
        form
    }

    fn object(&mut self, node: &'a Node, pointer: &str, conditional: bool, depth: usize) {
        let is_open = |key: &str| node.get(key).is_some_and(|value| value.as_bool() != Some(false));
        let grows = ["patternProperties", "additionalProperties", "unevaluatedProperties"].into_iter().any(is_open);
        // A field of one's own may fill in what it likes.
        let is_placeholder = node.entries().iter().any(|entry| entry.key.starts_with('$') && &*entry.key != "$schema");
        if depth > MOST_DEPTH || !node.is_map() || grows || is_placeholder || node.get("ui:field").is_some() {
            self.open = true;
        }
        if depth > MOST_DEPTH {
            return;
        }
        let properties = pointer_join(pointer, "properties");
        for entry in node.get("properties").map(Node::entries).unwrap_or_default() {
            if entry.key.starts_with('$') {
                self.open = true;
            }
            let pointer = pointer_join(&properties, &entry.key);
            self.known.insert(&entry.key);
            self.properties.push(Property { name: &entry.key, pointer, conditional, node: &entry.value });
        }
        for (index, name) in node.get("required").map(Node::items).unwrap_or_default().iter().enumerate() {
            if let Some(name) = name.as_str() {
                self.needed.insert(name);
                self.required.push(Required { name, pointer: format!("{pointer}/required/{index}") });
            }
        }
        for key in SAME_OBJECT {
            if let Some(part) = node.get(key).filter(|part| part.is_map()) {
                if *key == "if" {
                    let names = part.get("properties").map(Node::entries).unwrap_or_default();
                    self.conditions.extend(names.iter().map(|entry| &*entry.key));
                }
                let before = self.required.len();
                self.object(part, &pointer_join(pointer, key), true, depth + 1);
                if *key == "if" {
                    // A condition asks whether a name is there, and does not require it.
                    self.required.truncate(before);
                }
            }
        }
        for key in SAME_OBJECT_LISTS {
            for (index, part) in node.get(key).map(Node::items).unwrap_or_default().iter().enumerate() {
                let conditional = conditional || *key != "allOf";
                self.object(part, &format!("{pointer}/{key}/{index}"), conditional, depth + 1);
            }
        }
        for key in ["dependencies", "dependentSchemas", "dependentRequired"] {
            for entry in node.get(key).map(Node::entries).unwrap_or_default() {
                self.conditions.push(&entry.key);
                // A list names what is required together.
                if entry.value.is_map() {
                    let pointer = pointer_join(&pointer_join(pointer, key), &entry.key);
                    self.object(&entry.value, &pointer, true, depth + 1);
                }
            }
        }
    }

    /// Whether a page asks for this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.known.contains(name)
    }

    /// Whether a page requires this name, be it under a condition.
    pub(super) fn needs(&self, name: &str) -> bool {
        self.needed.contains(name)
    }

    /// The names that are asked for.
    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.properties.iter().map(|property| property.name)
    }
}
