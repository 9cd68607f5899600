//! Sections P to AA and AI: whole entities through link, graph and check.

use std::collections::BTreeSet;

use catalog::base::MemorySources;
use catalog::config::World;
use catalog::model::{Context, EntityRef};
use serde_json::Value as Json;

use super::{Judged, Outcome, Row};
use crate::support::{self, Linked};

const FILE: &str = "catalog-info.yaml";

/// P–AA: verdict, and the edges in both directions.
pub(super) fn entity(row: &Row) -> Judged {
    // JSON is YAML.
    let text = row.raw["entity"].to_string();
    let alone = support::link(&MemorySources::single("r", &[(FILE, &text)]), World::Open);
    let ours = outcome(&alone, || with_targets_in_view(&text, &alone));
    let theirs = match row.raw.get("relations") {
        Some(relations) if row.verdict == "accepted" => {
            let edges: BTreeSet<String> =
                relations.as_array().unwrap().iter().map(|edge| edge.as_str().unwrap().to_owned()).collect();
            Outcome::new("accepted", joined(edges))
        }
        _ => Outcome::plain(&row.verdict),
    };
    // Which rules rejected it is ours to say.
    let agrees = if ours.verdict == "rejected" { theirs.verdict == "rejected" } else { ours == theirs };
    Judged { ours, agrees }
}

fn outcome(linked: &Linked, edges: impl FnOnce() -> BTreeSet<String>) -> Outcome {
    let errors = linked.errors();
    if errors.is_empty() {
        Outcome::new("accepted", joined(edges()))
    } else {
        Outcome::new("rejected", errors.join(", "))
    }
}

fn joined(edges: BTreeSet<String>) -> String {
    edges.into_iter().collect::<Vec<_>>().join("; ")
}

/// The edges of the one entity, with its targets put into view, so that the inverses are those
/// that the graph has and not those that a test would make up. Targets that no descriptor can
/// describe stay out of view; only the entity's own edges are there for them, and the table's
/// inverses of these are taken from it.
fn with_targets_in_view(text: &str, alone: &Linked) -> BTreeSet<String> {
    let own = edges(alone);
    let mut targets = BTreeSet::new();
    let mut out = BTreeSet::new();
    let names = &alone.catalog.kinds;
    for (source, name, target) in &own {
        let reference = EntityRef::parse(target, Context::default()).unwrap();
        let describable = names.find(&reference.kind).is_some()
            && catalog::model::format::is_name(&reference.name)
            && catalog::model::format::is_namespace(&reference.namespace);
        if describable && target != source {
            targets.insert(target.clone());
        } else {
            out.insert(format!("{source} {name} {target}"));
            let relation = names.relations.find(name).unwrap().flipped();
            out.insert(format!("{target} {} {source}", names.relations.name(relation)));
        }
    }
    let mut stream = text.to_owned();
    for target in &targets {
        let reference = EntityRef::parse(target, Context::default()).unwrap();
        let kind = names.get(names.find(&reference.kind).unwrap());
        let stub = serde_json::json!({
            "apiVersion": kind.api_versions[0],
            "kind": kind.name,
            "metadata": {"name": reference.name, "namespace": reference.namespace},
            "spec": {},
        });
        stream.push_str(&format!("\n---\n{stub}"));
    }
    let together = support::link(&MemorySources::single("r", &[(FILE, &stream)]), World::Open);
    out.extend(edges(&together).into_iter().map(|(source, name, target)| format!("{source} {name} {target}")));
    out
}

fn edges(linked: &Linked) -> BTreeSet<(String, String, String)> {
    let catalog = &linked.catalog;
    let of = |entity: &catalog::model::Entity| {
        let relations = linked.graph.relations(entity.id).iter();
        let source = entity.key();
        let edge = |relation: &catalog::graph::Relation| {
            let name = catalog.kinds.relations.name(relation.relation).to_owned();
            (source.clone(), name, linked.graph.target_key(&relation.target))
        };
        relations.map(edge).collect::<Vec<_>>()
    };
    catalog.entities.iter().flat_map(of).collect()
}

/// AI: the terms by which an entity is found, and keys that differ only in case.
pub(super) fn index(row: &Row) -> Judged {
    let entity: &Json = &row.raw["entity"];
    let text = entity.to_string();
    let root = catalog::yaml::parse_value(&text, catalog::yaml::Limits::default()).unwrap();
    let terms = catalog::model::index_terms(&root);
    let ours = if catalog::model::case_collisions(&root).is_empty() {
        let terms: Vec<String> =
            terms.iter().map(|term| format!("{}={}", term.key, term.value.as_deref().unwrap_or("null"))).collect();
        Outcome::new("indexed", terms.join(" ; "))
    } else {
        Outcome::plain("error")
    };
    let detail = if row.verdict == "error" { "" } else { row.detail.as_str() };
    Judged::compared(ours, &Outcome::new(&row.verdict, detail))
}
