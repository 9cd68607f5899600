//! The library behind the `catalog` binary. It compiles an organisation: descriptors, docs and
//! API definitions in, a linked catalog, findings and a static site out. ARCHITECTURE.md has the
//! map; the modules below stand in its order, and a module uses only those above it.

pub mod api;
pub mod base;
pub mod cache;
pub mod change;
pub mod check;
pub mod cli;
pub mod config;
pub mod diagnostics;
pub mod docs;
pub mod edit;
pub mod emit;
pub mod graph;
pub mod init;
pub mod link;
pub mod markdown;
pub mod model;
pub mod parse;
pub mod pipeline;
pub mod refs;
pub mod report;
pub mod routes;
pub mod scan;
pub mod schemas;
pub mod search;
pub mod site;
pub mod theme;
pub mod yaml;
