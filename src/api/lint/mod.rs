//! Rules about definitions, where they are written. Reads trees that are there already, writes
//! findings, and changes nothing.
//!
//! `syntax` and `references` look at any definition. For OpenAPI and AsyncAPI, `walk` finds all
//! objects along the tables in `grammar`, and one file for each family of rules looks at them.
//! `spectral` has the names that Spectral knows the rules by, `redocly` those of Redocly, and
//! `ruleset` reads what a team set for them.

mod asyncapi;
mod components;
mod examples;
mod grammar;
mod info;
mod markdown;
mod operations;
mod paths;
mod redocly;
mod references;
mod report;
mod ruleset;
mod schemas;
mod security;
mod servers;
mod spectral;
mod structure;
mod syntax;
mod tags;
mod walk;

use crate::base::{Sources, Span};
use crate::diagnostics::{Diagnostic, Rule};
use crate::refs::Documents;
use crate::yaml::Node;

use super::model::Family;
use grammar::Grammar;
use report::Lint;
use walk::Parts;

/// The specification that a definition follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Version {
    /// Swagger 2.0.
    Swagger,
    /// OpenAPI 3, with the minor version.
    OpenApi(u8),
    /// AsyncAPI 2.
    AsyncApi2,
    /// AsyncAPI 3.
    AsyncApi3,
}

impl Version {
    fn of(root: &Node) -> Option<Self> {
        let version = |key: &str| root.get(key).and_then(Node::scalar_text);
        if let Some(version) = version("openapi") {
            let minor = version.split('.').nth(1).and_then(|minor| minor.parse().ok()).unwrap_or(0);
            return version.starts_with('3').then_some(Self::OpenApi(minor));
        }
        if let Some(version) = version("swagger") {
            return version.starts_with('2').then_some(Self::Swagger);
        }
        match version("asyncapi")?.chars().next() {
            Some('2') => Some(Self::AsyncApi2),
            Some('3') => Some(Self::AsyncApi3),
            _ => None,
        }
    }

    fn grammar(self) -> &'static Grammar {
        match self {
            Self::Swagger => &grammar::SWAGGER,
            Self::OpenApi(0) => &grammar::OPENAPI_30,
            Self::OpenApi(_) => &grammar::OPENAPI_31,
            Self::AsyncApi2 => &grammar::ASYNCAPI_2,
            Self::AsyncApi3 => &grammar::ASYNCAPI_3,
        }
    }

    fn minor(self) -> u8 {
        match self {
            Self::OpenApi(minor) => minor,
            _ => 0,
        }
    }

    fn is_openapi(self) -> bool {
        matches!(self, Self::OpenApi(_) | Self::Swagger)
    }

    /// One of two names: Spectral has a rule of its own for Swagger where the field has another place.
    fn pick(self, swagger: &'static str, openapi: &'static str) -> &'static str {
        if self == Self::Swagger { swagger } else { openapi }
    }
}

/// What a rule is called in Spectral, where several of its rules may be one of ours.
pub fn names_in_spectral(rule: &Rule) -> Vec<&'static str> {
    let rows = spectral::ROWS.iter().filter(|row| row.rule.code == rule.code && !row.is_ours());
    let mut names: Vec<&str> = rows.map(spectral::Row::spectral).collect();
    names.dedup();
    names
}

/// The same for Redocly.
pub fn names_in_redocly(rule: &Rule) -> Vec<&'static str> {
    let is_it = |name: &&str| spectral::row(name).rule.code == rule.code;
    redocly::ROWS.iter().filter(|row| row.rows.iter().any(is_it)).map(|row| row.name).collect()
}

pub(super) fn check(documents: &Documents, family: Family, sources: &dyn Sources, findings: &mut Vec<Diagnostic>) {
    syntax::check(documents, findings);
    let version = match family {
        Family::OpenApi | Family::AsyncApi => Version::of(documents.root().node),
        _ => None,
    };
    let rules = ruleset::of(documents.file(0), version, sources, findings);
    let mut lint = Lint::new(documents, rules);
    let references = references::check(&mut lint);
    if let Some(version) = version {
        let grammar = version.grammar();
        let parts = Parts::of(documents, grammar, version.minor());
        let input = Input { documents, version, parts: &parts, references: &references };
        structure::check(&input, grammar, &mut lint);
        for rules in OF_BOTH {
            rules(&input, &mut lint);
        }
        let more = if version.is_openapi() { OF_OPENAPI } else { OF_ASYNCAPI };
        for rules in more {
            rules(&input, &mut lint);
        }
    }
    findings.extend(lint.finish());
}

/// What the rules look at.
struct Input<'a> {
    documents: &'a Documents,
    version: Version,
    parts: &'a Parts<'a>,
    references: &'a [references::Reference<'a>],
}

impl Input<'_> {
    /// Where something about the whole definition is reported: its `info`, or its first key.
    fn head(&self) -> Span {
        let root = self.documents.root().node;
        let entry = root.entry("info").or_else(|| root.entries().first());
        entry.map_or(root.span, |entry| entry.key_span)
    }
}

type Rules = fn(&Input<'_>, &mut Lint<'_>);

const OF_BOTH: &[Rules] =
    &[info::check, schemas::check, examples::check, components::check, security::check, tags::check];
const OF_OPENAPI: &[Rules] = &[paths::check, operations::check, servers::check, markdown::check];
const OF_ASYNCAPI: &[Rules] = &[asyncapi::check];

#[cfg(test)]
mod tests;
