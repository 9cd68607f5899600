//! API definitions: read leniently into one reference model, whatever their format, and checked
//! where they are written. Knows no page and no path of the site, fetches nothing, and trusts no
//! definition to be well-formed: what cannot be understood is a finding, and the rest is shown.
//!
//! `definition` tells what a definition is, one module for each family fills [`model`], `anchors`
//! gives every part an address, `order` puts schemas in the order of the page, `uses` says which schema stands where, and `lint` has the rules.

mod anchors;
mod asyncapi;
mod definition;
mod example;
mod graphql;
mod joined;
mod lint;
pub mod model;
mod nodes;
mod openapi;
mod order;
mod protobuf;
mod read;
mod samples;
mod schema;
mod uses;

pub use definition::{Definition, definition, describe, extension, needs_definition, remotes};
pub use joined::check as check_joined;
pub use lint::{names_in_redocly, names_in_spectral};
pub use model::{Family, Reference};
pub use read::{Api, Apis, Read, State, bundle, read, read_text};
pub use uses::{User, Uses};

/// Whether a rule is about definitions.
pub fn is_rule(rule: &crate::diagnostics::Rule) -> bool {
    rule.code.starts_with("api-") && !matches!(rule.code, "api-without-consumer" | "api-without-provider")
}
