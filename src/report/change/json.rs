//! Changes as JSON: `schema/diff.schema.json`, `schema/impact.schema.json`, `schema/why.schema.json`.
//! Types of their own; fields are only added.

use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::change::{Affected, Changed, Diff, Edge, FieldChange, Impact, Snapshot, Tie, Why};

use super::words;

/// The version of all three.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Entity<'a> {
    #[serde(rename = "ref")]
    reference: &'a str,
    kind: Option<&'a str>,
    title: Option<&'a str>,
    owners: &'a [String],
    source: Option<Source<'a>>,
}

#[derive(Serialize)]
struct Source<'a> {
    repository: Option<&'a str>,
    file: &'a str,
    line: usize,
}

#[derive(Serialize)]
struct Relation<'a> {
    from: &'a str,
    #[serde(rename = "type")]
    relation: &'a str,
    to: &'a str,
}

#[derive(Serialize)]
struct Field<'a> {
    pointer: &'a str,
    before: Option<&'a Json>,
    after: Option<&'a Json>,
    added: &'a [Json],
    removed: &'a [Json],
}

fn entity<'a>(key: &'a str, snapshot: &'a Snapshot) -> Entity<'a> {
    let found = snapshot.get(key);
    Entity {
        reference: key,
        kind: found.map(|one| one.reference.kind.as_str()),
        title: found.map(|one| one.title.as_str()),
        owners: snapshot.owners(key),
        source: found.map(|one| Source {
            repository: one.origin.repository.as_deref(),
            file: &one.origin.file,
            line: one.origin.line,
        }),
    }
}

fn relation(edge: &Edge) -> Relation<'_> {
    Relation { from: &edge.from, relation: &edge.relation, to: &edge.to }
}

fn field(change: &FieldChange) -> Field<'_> {
    Field {
        pointer: &change.pointer,
        before: change.before.as_ref(),
        after: change.after.as_ref(),
        added: &change.added,
        removed: &change.removed,
    }
}

/// An entity with more fields.
fn with(entity: &Entity<'_>, more: Json) -> Json {
    let mut all = json!(entity);
    if let (Json::Object(all), Json::Object(more)) = (&mut all, more) {
        all.extend(more);
    }
    all
}

/// The difference of two states.
pub fn diff(diff: &Diff<'_>) -> Json {
    let changed = |one: &Changed<'_>| {
        let owners = one.owners.as_ref().map(|owners| json!({"before": owners.before, "after": owners.after}));
        let fields: Vec<Field<'_>> = one.fields.iter().map(field).collect();
        with(&entity(&one.after.key, diff.head), json!({"ownerChange": owners, "fields": fields}))
    };
    let affected = |one: &Affected| {
        with(
            &entity(&one.key, diff.head),
            json!({
                "distance": one.distance,
                "cause": one.cause,
                "via": one.via,
                "type": one.relation,
                "broken": one.broken,
            }),
        )
    };
    let owners = diff.changed.iter().filter(|one| one.owners.is_some()).count();
    json!({
        "version": VERSION,
        "summary": {
            "text": words::verdict(diff).replace('`', ""),
            "base": diff.base.entities.len(),
            "head": diff.head.entities.len(),
            "added": diff.added.len(),
            "removed": diff.removed.len(),
            "renamed": diff.renamed.len(),
            "changed": diff.changed.len(),
            "ownersChanged": owners,
            "relationsAdded": diff.relations_added.len(),
            "relationsRemoved": diff.relations_removed.len(),
            "affected": diff.affected.len(),
            "affectedOwners": words::owners_of(diff).len(),
            "definitionsNotCompared": diff.base.unread.max(diff.head.unread),
        },
        "added": diff.added.iter().map(|one| entity(&one.key, diff.head)).collect::<Vec<_>>(),
        "removed": diff.removed.iter().map(|one| entity(&one.key, diff.base)).collect::<Vec<_>>(),
        "renamed": diff.renamed.iter().map(|one| json!({
            "from": entity(&one.from.key, diff.base),
            "to": entity(&one.to.key, diff.head),
        })).collect::<Vec<_>>(),
        "changed": diff.changed.iter().map(changed).collect::<Vec<_>>(),
        "followed": diff.followed.iter().map(|one| one.key.as_str()).collect::<Vec<_>>(),
        "relations": {
            "added": diff.relations_added.iter().map(|edge| relation(edge)).collect::<Vec<_>>(),
            "removed": diff.relations_removed.iter().map(|edge| relation(edge)).collect::<Vec<_>>(),
        },
        "impact": diff.affected.iter().map(affected).collect::<Vec<_>>(),
        "owners": words::owners_of(diff),
    })
}

/// What depends on an entity.
pub fn impact(impact: &Impact<'_>) -> Json {
    let groups = words::by_owner(&impact.dependents, |one| one.key.as_str(), impact.snapshot);
    json!({
        "version": VERSION,
        "of": entity(&impact.of, impact.snapshot),
        "summary": {
            "text": words::verdict_of_impact(impact).replace('`', ""),
            "dependents": impact.dependents.len(),
            "direct": impact.dependents.iter().filter(|one| one.distance == 1).count(),
        },
        "dependents": impact.dependents.iter().map(|one| with(
            &entity(&one.key, impact.snapshot),
            json!({"distance": one.distance, "via": one.via, "type": one.relation}),
        )).collect::<Vec<_>>(),
        "owners": groups.iter().map(|(owner, all)| json!({
            "owner": owner,
            "dependents": all.iter().map(|one| one.key.as_str()).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}

/// The way between two entities.
pub fn why(why: &Why<'_>) -> Json {
    let tie = why.tie.map(|tie| match tie {
        Tie::Same => "same",
        Tie::Depends => "depends",
        Tie::DependedOn => "depended-on",
        Tie::Related => "related",
    });
    json!({
        "version": VERSION,
        "from": entity(&why.from, why.snapshot),
        "to": entity(&why.to, why.snapshot),
        "summary": {"text": words::verdict_of_why(why).replace('`', "")},
        "tie": tie,
        "steps": why.steps.iter().map(|step| json!({
            "from": step.from, "type": step.relation, "to": step.to,
        })).collect::<Vec<_>>(),
    })
}
