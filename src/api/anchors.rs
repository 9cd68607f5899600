//! An address for every group, operation and schema of a definition: readable, unique in the
//! definition, and the same as long as the name of the thing is.

use rustc_hash::FxHashSet;

use super::model::{Operation, Reference};

/// Longest anchor, in bytes.
const MAX_LENGTH: usize = 120;

/// Gives everything its anchor.
pub(super) fn fill(reference: &mut Reference) {
    let mut taken = FxHashSet::default();
    // Names of operations are what people link to: they come first. A name that several have, as
    // methods of different services do, would make their anchors depend on their order.
    let shared = shared_names(&reference.operations);
    for operation in &mut reference.operations {
        let is_shared = operation.name.as_ref().is_some_and(|name| shared.contains(name));
        let wanted = if is_shared { target_name(operation) } else { operation_name(operation) };
        operation.anchor = unique(&mut taken, &wanted);
    }
    for operation in &mut reference.operations {
        let anchor = operation.anchor.clone();
        for callback in &mut operation.callbacks {
            for inner in &mut callback.operations {
                inner.anchor =
                    unique(&mut taken, &format!("{anchor}-{}-{}", slug(&callback.name), operation_name(inner)));
            }
        }
    }
    for group in &mut reference.groups {
        group.anchor = unique(&mut taken, &format!("group-{}", slug(&group.name)));
    }
    for schema in &mut reference.schemas {
        // A front end may wish for another one.
        let wanted = match schema.anchor.is_empty() {
            true => format!("schema-{}", slug(&schema.name)),
            false => slug(&schema.anchor),
        };
        schema.anchor = unique(&mut taken, &wanted);
    }
}

fn operation_name(operation: &Operation) -> String {
    match operation.name.as_deref().map(slug) {
        Some(name) if !name.is_empty() => name,
        _ => target_name(operation),
    }
}

fn target_name(operation: &Operation) -> String {
    slug(&format!("{} {}", operation.verb.to_lowercase(), operation.target))
}

fn shared_names(operations: &[Operation]) -> FxHashSet<String> {
    let mut seen = FxHashSet::default();
    let names = operations.iter().filter_map(|operation| operation.name.as_ref());
    names.filter(|name| !seen.insert(*name)).cloned().collect()
}

/// A text as a part of an anchor: letters and digits of all scripts stay, with their case, because
/// names that differ in it alone are told apart so.
fn slug(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        if character.is_alphanumeric() || matches!(character, '_' | '.') {
            out.push(character);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        if out.len() >= MAX_LENGTH {
            break;
        }
    }
    out.trim_end_matches('-').to_owned()
}

fn unique(taken: &mut FxHashSet<String>, wanted: &str) -> String {
    // An anchor of nothing is none, and those of the page around must stay its own.
    let wanted = if wanted.is_empty() { "part" } else { wanted };
    let mut anchor = wanted.to_owned();
    let mut number = 2;
    while !taken.insert(anchor.clone()) {
        anchor = format!("{wanted}-{number}");
        number += 1;
    }
    anchor
}

#[cfg(test)]
mod tests {
    use super::super::model::Schema;
    use super::*;

    #[test]
    fn anchors_are_readable_and_unique() {
        let operation = |name: Option<&str>, target: &str| Operation {
            name: name.map(str::to_owned),
            verb: "GET".to_owned(),
            target: target.to_owned(),
            ..Operation::default()
        };
        let mut reference = Reference {
            operations: vec![
                operation(Some("listPets"), "/pets"),
                operation(None, "/pets/{id}"),
                operation(None, "/pets/id"),
                operation(Some("Get"), "/shop.Orders/Get"),
                operation(Some("Get"), "/shop.Items/Get"),
            ],
            schemas: vec![
                Schema { name: "Pet".into(), ..Schema::default() },
                Schema { name: "Pet!".into(), ..Schema::default() },
            ],
            ..Reference::default()
        };
        fill(&mut reference);
        let anchors: Vec<&str> = reference.operations.iter().map(|operation| &*operation.anchor).collect();
        assert_eq!(anchors, ["listPets", "get-pets-id", "get-pets-id-2", "get-shop.Orders-Get", "get-shop.Items-Get"]);
        assert_eq!(reference.schemas[1].anchor, "schema-Pet-2");
    }
}
