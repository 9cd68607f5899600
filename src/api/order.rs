//! Schemas in the order of the page: those of one section together, sections as they come first, and
//! what is listed under nothing at the end. So messages stand before the schemas that they are made of.
//! It moves and renumbers, and changes nothing else.

use rustc_hash::FxHashMap;

use super::model::{Field, Operation, Part, Reference, SchemaId, Shape};

/// Puts the schemas in order.
pub(super) fn by_section(reference: &mut Reference) {
    let mut ranks: FxHashMap<&str, usize> = FxHashMap::default();
    let mut ranked: Vec<(usize, SchemaId)> = Vec::with_capacity(reference.schemas.len());
    for (id, schema) in reference.schemas.iter().enumerate() {
        let next = ranks.len();
        let rank = schema.section.as_deref().map_or(usize::MAX, |section| *ranks.entry(section).or_insert(next));
        ranked.push((rank, id));
    }
    if ranked.is_sorted() {
        return;
    }
    ranked.sort_unstable();
    let mut numbers = vec![0; ranked.len()];
    for (number, &(_, id)) in ranked.iter().enumerate() {
        numbers[id] = number;
    }
    let mut schemas: Vec<_> = std::mem::take(&mut reference.schemas).into_iter().zip(&numbers).collect();
    schemas.sort_unstable_by_key(|(_, number)| **number);
    reference.schemas = schemas.into_iter().map(|(schema, _)| schema).collect();
    // A number that no schema has stays as it is.
    each_id(reference, &mut |id| *id = numbers.get(*id).copied().unwrap_or(*id));
}

/// Every place of a reference that names a schema.
pub(super) fn each_id(reference: &mut Reference, change: &mut dyn FnMut(&mut SchemaId)) {
    for server in &mut reference.servers {
        fields(&mut server.variables, change);
        parts(&mut server.parts, change);
    }
    reference.groups.iter_mut().for_each(|group| parts(&mut group.parts, change));
    operations(&mut reference.operations, change);
    for schema in &mut reference.schemas {
        shape(&mut schema.shape, change);
        parts(&mut schema.parts, change);
        schema.related.iter_mut().flat_map(|(_, ids)| ids).for_each(&mut *change);
    }
}

fn operations(all: &mut [Operation], change: &mut dyn FnMut(&mut SchemaId)) {
    for operation in all {
        parts(&mut operation.parts, change);
        for server in &mut operation.servers {
            fields(&mut server.variables, change);
            parts(&mut server.parts, change);
        }
        operation.callbacks.iter_mut().for_each(|callback| operations(&mut callback.operations, change));
    }
}

fn parts(all: &mut [Part], change: &mut dyn FnMut(&mut SchemaId)) {
    for part in all {
        fields(&mut part.fields, change);
        part.bodies.iter_mut().filter_map(|body| body.shape.as_mut()).for_each(|one| shape(one, change));
        parts(&mut part.parts, change);
    }
}

fn fields(all: &mut [Field], change: &mut dyn FnMut(&mut SchemaId)) {
    for field in all {
        shape(&mut field.shape, change);
        fields(&mut field.arguments, change);
    }
}

fn shape(one: &mut Shape, change: &mut dyn FnMut(&mut SchemaId)) {
    one.of.iter_mut().chain(&mut one.includes).for_each(&mut *change);
    fields(&mut one.fields, change);
    for choice in one.choices.iter_mut().flat_map(|choices| &mut choices.options) {
        shape(&mut choice.shape, change);
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::{Body, Group, Schema};
    use super::*;

    #[test]
    fn sections_come_first_and_what_names_a_schema_follows_it() {
        let of = |id: SchemaId| Shape { of: Some(id), ..Shape::default() };
        let schema = |name: &str, section: Option<&str>, uses: SchemaId| Schema {
            name: name.to_owned(),
            section: section.map(str::to_owned),
            shape: of(uses),
            related: vec![("Members", vec![uses])],
            ..Schema::default()
        };
        let body = Body { shape: Some(of(2)), ..Body::default() };
        let part = Part { bodies: vec![body], ..Part::default() };
        let mut reference = Reference {
            schemas: vec![
                schema("Order", None, 1),
                schema("Line", None, 99),
                schema("Placed", Some("Messages"), 0),
                schema("Other", Some("More"), 3),
                schema("Sent", Some("Messages"), 0),
            ],
            groups: vec![Group { parts: vec![part], ..Group::default() }],
            ..Reference::default()
        };
        by_section(&mut reference);
        let seen: Vec<_> = reference
            .schemas
            .iter()
            .map(|schema| (&*schema.name, schema.shape.of.unwrap(), schema.related[0].1[0]))
            .collect();
        assert_eq!(seen, [("Placed", 3, 3), ("Sent", 3, 3), ("Other", 2, 2), ("Order", 4, 4), ("Line", 99, 99)]);
        assert_eq!(reference.groups[0].parts[0].bodies[0].shape, Some(of(0)));
        let before = reference.clone();
        by_section(&mut reference);
        assert_eq!(reference, before);
    }
}
