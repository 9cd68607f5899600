//! The only integration binary: one link, one process, all suites. Each module below says what it
//! holds; data (cases, documents, expectations) stands beside it in files.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests stop at the first surprise, and write the folders that they check"
)]

mod about;
mod against;
mod api;
mod api_commands;
mod architecture;
mod bad_definitions;
mod bad_input;
mod base;
mod baseline;
mod build;
mod caps;
mod change;
mod ci_files;
mod cli;
mod commands;
mod conformance;
mod contract;
mod definitions;
mod dialect;
mod drawings;
mod fix;
mod formats;
mod graph;
mod history;
mod home;
mod init;
mod machines;
mod map;
mod outline;
mod pull_request;
mod rules;
mod sections;
mod suite;
mod support;
mod texts;
mod themes;
