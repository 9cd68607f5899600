//! AsyncAPI 2 and 3 to the reference model. Channels are groups, `send` and `receive` are
//! operations, and a message with a name is a schema of its own, with its headers and its payload
//! as fields, so that operations lead to it and it says where it is used.
//!
//! Everything is told from the side of the application that the definition describes: it sends or
//! it receives. AsyncAPI 2 tells what others do (`publish`: others may publish, so the application
//! receives), and is turned round here, once.

mod avro;
mod bindings;
mod channels;
mod examples;
mod facts;
mod info;
mod messages;
mod operations;
mod payload;
mod read;
mod security;
mod servers;
#[cfg(test)]
mod tests;
mod view;

pub(super) use read::read;
