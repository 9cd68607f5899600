//! Subtypes that a base schema does not list: schemas that include it by `allOf`, told apart by its
//! discriminator. They become choices of the base, as its readers expect.

use std::collections::VecDeque;

use rustc_hash::FxHashSet;

use super::super::model::{Choice, Schema, SchemaId, Shape};
use super::compose::Discriminator;

/// Adds the subtypes of all schemas that have a discriminator and no choices.
pub(super) fn add(schemas: &mut [Schema], bases: &[(SchemaId, Discriminator)]) {
    if bases.is_empty() {
        return;
    }
    let mut children: Vec<Vec<SchemaId>> = vec![Vec::new(); schemas.len()];
    for (id, schema) in schemas.iter().enumerate() {
        for &base in schema.shape.includes.iter().chain(&schema.shape.of) {
            children[base].push(id);
        }
    }
    for (base, discriminator) in bases {
        let mut choices = discriminator.clone().choices();
        let listed: FxHashSet<SchemaId> = choices.options.iter().filter_map(|option| option.shape.of).collect();
        let mut seen = FxHashSet::from_iter([*base]);
        // Subtypes of subtypes have values of the same property.
        let mut open = VecDeque::from([*base]);
        while let Some(next) = open.pop_front() {
            for &child in &children[next] {
                if !seen.insert(child) {
                    continue;
                }
                open.push_back(child);
                if !listed.contains(&child) {
                    let schema = &schemas[child];
                    let shape = Shape { of: Some(child), type_text: schema.name.clone(), ..Shape::default() };
                    choices.options.push(Choice { value: Some(value(schema)), shape });
                }
            }
        }
        if !choices.options.is_empty() {
            schemas[*base].shape.choices.push(choices);
        }
    }
}

/// The value that stands for a subtype.
fn value(schema: &Schema) -> String {
    let given = schema.shape.extras.iter().find(|extra| extra.name == "x-discriminator-value");
    given.and_then(|extra| extra.value.as_str()).map_or_else(|| schema.name.clone(), str::to_owned)
}
