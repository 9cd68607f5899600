//! Every reference of every entity to an id, or to the reason why not, once.

use rayon::prelude::*;

use crate::model::{Catalog, Context, Entity, EntityRef, Reference, ReferenceError, Target};
use crate::yaml::{Node, Value};

/// All references, in the order of entities and fields.
pub(super) fn all(catalog: &Catalog) -> Vec<Reference> {
    catalog.entities.par_iter().flat_map_iter(|entity| of(catalog, entity)).collect()
}

fn of(catalog: &Catalog, entity: &Entity) -> Vec<Reference> {
    let mut out = Vec::new();
    for (field, index) in catalog.kind_of(entity).references.iter().zip(0u16..) {
        if field.only_type.is_some_and(|wanted| entity.spec_type() != Some(wanted)) {
            continue;
        }
        let context = Context { kind: field.default_kind.as_deref(), namespace: Some(&entity.reference.namespace) };
        let mut values = Vec::new();
        values_at(&entity.root, &field.path, String::new(), &mut values);
        for (pointer, node) in values {
            if node.is_map() && !field.compound {
                continue;
            }
            let Some((text, parsed)) = read(node, context) else { continue };
            let target = match parsed {
                Ok(reference) => match catalog.index.get(&reference.key()) {
                    Some(&id) => Target::Entity(id),
                    None => Target::Unresolved(reference),
                },
                Err(error) => Target::Malformed(error),
            };
            out.push(Reference { from: entity.id, field: index, text: text.into(), pointer: pointer.into(), target });
        }
    }
    out
}

/// The scalars and maps at a path; lists are gone through at every step.
fn values_at<'a, S: AsRef<str>>(node: &'a Node, path: &[S], pointer: String, out: &mut Vec<(String, &'a Node)>) {
    if let Value::List(items) = &node.value {
        for (index, item) in items.iter().enumerate() {
            values_at(item, path, format!("{pointer}/{index}"), out);
        }
        return;
    }
    match path.split_first() {
        None => out.push((pointer, node)),
        Some((key, rest)) => {
            if let Some(child) = node.get(key.as_ref()) {
                values_at(child, rest, crate::yaml::pointer_join(&pointer, key.as_ref()), out);
            }
        }
    }
}

/// A reference as text or as a map of its parts. Other values are no references; the check of
/// the entity's shape reports them.
fn read(node: &Node, context: Context<'_>) -> Option<(String, Result<EntityRef, ReferenceError>)> {
    match &node.value {
        Value::Text(text) if text.is_empty() => None,
        Value::Text(text) => Some((text.to_string(), EntityRef::parse(text, context))),
        Value::Map(_) => {
            let part = |key: &str| node.get(key).and_then(Node::as_str);
            let parsed = EntityRef::from_parts(part("kind"), part("namespace"), part("name").unwrap_or(""), context);
            let text = parsed.as_ref().map_or_else(|_| part("name").unwrap_or("").to_owned(), EntityRef::key);
            Some((text, parsed))
        }
        _ => None,
    }
}
