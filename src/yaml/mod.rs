//! YAML text to trees with a span on every node. YAML 1.2 core schema, as Backstage's reader has
//! it: no merge keys, `yes` is a string, `010` is ten. A broken document never hides its
//! neighbours. The only module that names the YAML parser.

mod builder;
mod chars;
mod conflicts;
mod faults;
mod inside;
mod lenient;
mod lines;
mod parse;
mod places;
mod scalar;
pub mod shape;
mod split;
mod tree;

pub use inside::{Inside, span_inside};
pub use lenient::read_leniently;
pub use parse::{Document, Limits, Problem, ProblemKind, parse, parse_value, read_value};
pub use scalar::number_text;
use serde_json::Value as Json;

/// JSON as YAML text.
pub fn to_text(value: &Json) -> String {
    serde_yaml::to_string(value).unwrap_or_default()
}

pub use tree::{Entry, Node, Value, pointer_escape, pointer_join, pointer_parts};
