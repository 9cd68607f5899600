//! API definitions for a terminal and for programs: which there are, and what one of them has.

use std::fmt::Write as _;

use serde::Serialize;

use crate::api::model::{Operation, Reference};
use crate::api::{Apis, Read, State};
use crate::model::{Catalog, Entity, RelationId};

use super::count;
use super::run::one_line;

/// The version of the formats of `catalog api`.
const VERSION: u32 = 1;

/// `catalog api list --format json`.
#[derive(Debug, Serialize)]
pub struct List {
    version: u32,
    apis: Vec<Entry>,
}

/// An API in the list.
#[derive(Debug, Serialize)]
struct Entry {
    #[serde(rename = "ref")]
    reference: String,
    title: String,
    /// `null` where the definition is not in view.
    format: Option<String>,
    #[serde(rename = "apiVersion")]
    api_version: Option<String>,
    owner: Option<String>,
    lifecycle: Option<String>,
    operations: usize,
    schemas: usize,
    /// Where the definition is, when it is not in view.
    #[serde(rename = "notFetched")]
    not_fetched: Option<String>,
}

/// `catalog api show --format json`.
#[derive(Debug, Serialize)]
pub struct Show {
    version: u32,
    #[serde(rename = "ref")]
    reference: Option<String>,
    title: Option<String>,
    format: String,
    #[serde(rename = "apiVersion")]
    api_version: Option<String>,
    summary: Option<String>,
    description: Option<String>,
    servers: Vec<String>,
    security: Vec<Scheme>,
    groups: Vec<Group>,
    schemas: Vec<Schema>,
}

#[derive(Debug, Serialize)]
struct Scheme {
    name: String,
    kind: String,
}

#[derive(Debug, Serialize)]
struct Group {
    kind: &'static str,
    name: String,
    operations: Vec<Op>,
}

#[derive(Debug, Serialize)]
struct Op {
    verb: String,
    target: String,
    name: Option<String>,
    summary: Option<String>,
    deprecated: bool,
    anchor: String,
}

#[derive(Debug, Serialize)]
struct Schema {
    name: String,
    kind: String,
    anchor: String,
}

/// All APIs of a catalog that have a definition.
pub fn list(catalog: &Catalog, graph: &crate::graph::Graph, apis: &Apis) -> List {
    let entry = |api: &crate::api::Api| {
        let entity: &Entity = catalog.entity(api.entity);
        let owner = graph.targets(api.entity, RelationId::OWNED_BY).next().map(|owner| catalog.entity(owner).key());
        let (read, not_fetched) = match &api.state {
            State::Read(read) => (Some(read), None),
            State::NotFetched(url) => (None, Some(url.clone())),
        };
        Entry {
            reference: entity.key(),
            title: entity.title().to_owned(),
            format: read.map(|read| read.definition.format.clone()),
            api_version: read.and_then(|read| read.definition.version.clone()),
            owner,
            lifecycle: entity.lifecycle().map(str::to_owned),
            operations: read.map_or(0, |read| read.reference.operations.len()),
            schemas: read.map_or(0, |read| read.reference.schemas.len()),
            not_fetched,
        }
    };
    List { version: VERSION, apis: apis.iter().map(entry).collect() }
}

/// The list as a table.
pub fn list_text(list: &List) -> String {
    if list.apis.is_empty() {
        return "no API of this catalog has a definition\n".to_owned();
    }
    let rows: Vec<[String; 4]> = list
        .apis
        .iter()
        .map(|api| {
            let what = match &api.not_fetched {
                Some(url) => format!("not fetched: {url}"),
                None => format!("{}, {}", count(api.operations, "operation"), count(api.schemas, "schema")),
            };
            let format = api.format.clone().unwrap_or_default();
            let version = api.api_version.as_ref().map_or_else(String::new, |version| format!(" ({version})"));
            [
                api.reference.clone(),
                format!("{format}{version}"),
                api.owner.clone().unwrap_or_else(|| "no owner".to_owned()),
                what,
            ]
        })
        .collect();
    table(&rows)
}

/// Rows with their columns below each other.
fn table<const N: usize>(rows: &[[String; N]]) -> String {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count().min(60));
        }
    }
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (width, cell) in widths.iter().zip(row) {
            let _ = write!(line, "{:width$}  ", one_line(cell));
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

/// What a definition has.
pub fn show(read: &Read, reference: Option<String>) -> Show {
    let Reference { summary, description, servers, schemes, groups, operations, schemas, .. } = &read.reference;
    let op = |operation: &Operation| Op {
        verb: operation.verb.clone(),
        target: operation.target.clone(),
        name: operation.name.clone(),
        summary: operation.summary.clone(),
        deprecated: operation.deprecated.is_some(),
        anchor: operation.anchor.clone(),
    };
    Show {
        version: VERSION,
        reference,
        title: read.definition.title.clone(),
        format: read.definition.format.clone(),
        api_version: read.definition.version.clone(),
        summary: summary.clone(),
        description: description.clone(),
        servers: servers.iter().map(|server| server.url.clone()).collect(),
        security: schemes
            .iter()
            .map(|scheme| Scheme { name: scheme.name.clone(), kind: scheme.kind.clone() })
            .collect(),
        groups: groups
            .iter()
            .enumerate()
            .map(|(at, group)| Group {
                kind: group.kind,
                name: group.name.clone(),
                operations: operations.iter().filter(|operation| operation.group == at).map(op).collect(),
            })
            .collect(),
        schemas: schemas
            .iter()
            .map(|schema| Schema {
                name: schema.name.clone(),
                kind: schema.kind.clone(),
                anchor: schema.anchor.clone(),
            })
            .collect(),
    }
}

/// The same for people.
pub fn show_text(show: &Show) -> String {
    let mut out = String::new();
    let title = show.title.as_deref().or(show.reference.as_deref()).unwrap_or("without a title");
    let version = show.api_version.as_ref().map_or_else(String::new, |version| format!(" {version}"));
    let _ = writeln!(out, "{}{}  {}", one_line(title), one_line(&version), show.format);
    if let Some(summary) = &show.summary {
        let _ = writeln!(out, "{}", one_line(summary));
    }
    for server in &show.servers {
        let _ = writeln!(out, "server {}", one_line(server));
    }
    for scheme in &show.security {
        let _ = writeln!(out, "needs {}: {}", one_line(&scheme.name), one_line(&scheme.kind));
    }
    for group in show.groups.iter().filter(|group| !group.operations.is_empty()) {
        let _ = writeln!(out, "\n{}", one_line(&group.name));
        let rows: Vec<[String; 3]> = group
            .operations
            .iter()
            .map(|operation| {
                let text = operation.summary.as_ref().or(operation.name.as_ref()).cloned().unwrap_or_default();
                let text = if operation.deprecated { format!("{text} (deprecated)") } else { text };
                [format!("  {}", operation.verb), operation.target.clone(), text]
            })
            .collect();
        out.push_str(&table(&rows));
    }
    if !show.schemas.is_empty() {
        let _ = writeln!(out, "\nSchemas");
        for schema in &show.schemas {
            let _ = writeln!(out, "  {}", one_line(&schema.name));
        }
    }
    out
}
