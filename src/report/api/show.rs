//! `catalog api show`

use std::fmt::Write as _;

use serde::Serialize;

use crate::api::model::{Operation, Reference};
use crate::api::{Family, Read};
use crate::base::Sources;
use crate::graph::Graph;
use crate::model::{Catalog, Entity};

use super::super::run::one_line;
use super::table::table;
use super::{Look, VERSION, owner, short};

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
    owner: Option<String>,
    lifecycle: Option<String>,
    /// The file it stands in; that of the descriptor, where it stands there.
    file: Option<String>,
    summary: Option<String>,
    description: Option<String>,
    servers: Vec<String>,
    security: Vec<Scheme>,
    groups: Vec<Group>,
    schemas: Vec<Schema>,
    /// Whether operations and schemas are known of this format at all.
    #[serde(skip)]
    is_read: bool,
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

/// What a definition has, and whose it is where an entity was asked for.
pub fn show(read: &Read, entity: Option<&Entity>, (catalog, graph): (&Catalog, &Graph), sources: &dyn Sources) -> Show {
    let Reference { summary, description, servers, schemes, groups, operations, schemas, .. } = &read.reference;
    let op = |operation: &Operation| Op {
        verb: operation.verb.clone(),
        target: operation.target.clone(),
        name: operation.name.clone(),
        summary: operation.summary.clone(),
        deprecated: operation.deprecated.is_some(),
        anchor: operation.anchor.clone(),
    };
    let file = read.definition.file.or_else(|| entity.map(|entity| entity.place("/spec/definition").file));
    Show {
        version: VERSION,
        reference: entity.map(Entity::key),
        title: read.definition.title.clone(),
        format: read.definition.format.clone(),
        api_version: read.definition.version.clone(),
        owner: entity.and_then(|entity| owner(entity, catalog, graph)),
        lifecycle: entity.and_then(Entity::lifecycle).map(str::to_owned),
        file: file.map(|file| sources.display_path(file)),
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
        is_read: read.definition.family != Family::Other,
    }
}

/// The same for people.
pub fn show_text(show: &Show, look: Look) -> String {
    let mut out = head(show, look);
    for group in show.groups.iter().filter(|group| !group.operations.is_empty()) {
        let _ = writeln!(out, "\n{}", look.paint(&group.name, "1;4"));
        let rows: Vec<[String; 3]> = group.operations.iter().map(row).collect();
        out.push_str(&table(&rows, ["36", "1", ""], 2, look));
    }
    if !show.schemas.is_empty() {
        let _ = writeln!(out, "\n{}", look.paint("Schemas", "1;4"));
        let rows: Vec<[String; 2]> =
            show.schemas.iter().map(|schema| [schema.name.clone(), schema.kind.clone()]).collect();
        out.push_str(&table(&rows, ["", "2"], 2, look));
    }
    if !show.is_read {
        let _ = writeln!(out, "\n{} is shown as it is written: its operations are not read", one_line(&show.format));
    }
    out
}

/// What stands above the operations.
fn head(show: &Show, look: Look) -> String {
    let mut out = String::new();
    let version = show.api_version.as_ref().map_or_else(String::new, |version| format!(" {version}"));
    let title = show.title.clone().or_else(|| show.reference.as_deref().map(short));
    let title = title.or_else(|| show.file.clone()).unwrap_or_default();
    let _ = writeln!(out, "{}  {}", look.paint(&format!("{title}{version}"), "1"), one_line(&show.format));
    let mut about: Vec<String> = Vec::new();
    about.extend(show.reference.as_deref().map(short));
    about.extend(show.owner.as_deref().map(|owner| format!("owner {}", short(owner))));
    about.extend(show.lifecycle.clone());
    about.extend(show.file.clone().filter(|file| *file != title));
    if !about.is_empty() {
        let _ = writeln!(out, "{}", look.paint(&about.join(", "), "2"));
    }
    if let Some(summary) = &show.summary {
        let _ = writeln!(out, "{}", one_line(summary));
    }
    for server in &show.servers {
        let _ = writeln!(out, "server {}", one_line(server));
    }
    for scheme in &show.security {
        let _ = writeln!(out, "needs {}: {}", one_line(&scheme.name), one_line(&scheme.kind));
    }
    out
}

fn row(operation: &Op) -> [String; 3] {
    // The name says no more than the end of the target.
    let name = operation.name.as_ref().filter(|name| !operation.target.ends_with(name.as_str()));
    let text = operation.summary.as_ref().or(name).cloned().unwrap_or_default();
    let text = if operation.deprecated { format!("{text} (deprecated)").trim_start().to_owned() } else { text };
    [operation.verb.clone(), operation.target.clone(), text]
}
