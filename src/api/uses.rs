//! Which operations and schemas use a schema, directly.

use super::model::{Body, Field, Operation, Part, Reference, SchemaId, Shape};

/// Who uses a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum User {
    /// An operation, by its number.
    Operation(usize),
    /// A group, by its number.
    Group(usize),
    /// Another schema, by its number.
    Schema(SchemaId),
}

/// The users of each schema, in the order of the definition, each one once.
#[derive(Debug, Default)]
pub struct Uses(Vec<Vec<User>>);

impl Uses {
    /// Finds them all, in one walk.
    pub fn of(reference: &Reference) -> Self {
        let mut uses = Self(vec![Vec::new(); reference.schemas.len()]);
        for (at, operation) in reference.operations.iter().enumerate() {
            uses.operation(operation, User::Operation(at));
        }
        for (at, group) in reference.groups.iter().enumerate() {
            uses.parts(&group.parts, User::Group(at));
        }
        for (at, schema) in reference.schemas.iter().enumerate() {
            uses.shape(&schema.shape, User::Schema(at));
            uses.parts(&schema.parts, User::Schema(at));
            // What implements an interface names it, and not the other way round.
            let named = schema.related.iter().filter(|(label, _)| *label != "Implemented by");
            for &related in named.flat_map(|(_, related)| related) {
                uses.add(related, User::Schema(at));
            }
        }
        uses
    }

    /// Who uses this schema.
    pub fn users(&self, schema: SchemaId) -> &[User] {
        self.0.get(schema).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, schema: SchemaId, user: User) {
        // Users come one after the other, so that the last one is the only one to look at.
        if let Some(users) = self.0.get_mut(schema)
            && users.last() != Some(&user)
            && user != User::Schema(schema)
        {
            users.push(user);
        }
    }

    fn operation(&mut self, operation: &Operation, user: User) {
        self.parts(&operation.parts, user);
        for inner in operation.callbacks.iter().flat_map(|callback| &callback.operations) {
            self.parts(&inner.parts, user);
        }
    }

    fn parts(&mut self, parts: &[Part], user: User) {
        for part in parts {
            self.fields(&part.fields, user);
            for Body { shape, .. } in &part.bodies {
                shape.iter().for_each(|shape| self.shape(shape, user));
            }
            self.parts(&part.parts, user);
        }
    }

    fn fields(&mut self, fields: &[Field], user: User) {
        for field in fields {
            self.shape(&field.shape, user);
            self.fields(&field.arguments, user);
        }
    }

    fn shape(&mut self, shape: &Shape, user: User) {
        for &schema in shape.of.iter().chain(&shape.includes) {
            self.add(schema, user);
        }
        self.fields(&shape.fields, user);
        for choice in shape.choices.iter().flat_map(|choices| &choices.options) {
            self.shape(&choice.shape, user);
        }
    }
}
