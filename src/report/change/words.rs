//! The words that all forms share: the verdict, what happened to a cause, who is to be told. Names
//! come out marked as code by backticks, for each form to show in its own way.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::base::suggest;
use crate::change::{Affected, Described, Diff, FieldChange, Impact, Snapshot, Tie, Why};
use crate::model::sentence;

use super::super::count;
use super::super::run::one_line;

/// Longest value of a field that is shown.
const MOST_VALUE: usize = 80;
/// Kinds that are told apart in the verdict.
const MOST_PARTS: usize = 5;
/// Owners that are named.
const MOST_OWNERS: usize = 8;

/// A name as code.
pub(super) fn code(text: &str) -> String {
    format!("`{}`", one_line(text).replace('`', "'"))
}

/// `2 components`, `1 API`.
fn of_kind(number: usize, kind: &str) -> String {
    let noun = if kind.eq_ignore_ascii_case("api") { "API".to_owned() } else { sentence(kind).to_lowercase() };
    let noun = one_line(&noun);
    match noun.strip_suffix('y').filter(|_| number != 1) {
        Some(stem) => format!("{number} {stem}ies"),
        None => count(number, &noun),
    }
}

/// What changed and whom it concerns, in one line.
pub(super) fn verdict(diff: &Diff<'_>) -> String {
    if diff.is_empty() {
        return "nothing changed".to_owned();
    }
    let lists: [(&str, Vec<&Described>); 4] = [
        ("removed", diff.removed.clone()),
        ("renamed", diff.renamed.iter().map(|one| one.to).collect()),
        ("changed", diff.changed.iter().map(|one| one.after).collect()),
        ("added", diff.added.clone()),
    ];
    let mut parts = Vec::new();
    for (verb, list) in &lists {
        let mut kinds = BTreeMap::<String, (usize, &str)>::new();
        for one in list {
            let kind = &one.reference.kind;
            kinds.entry(kind.to_lowercase()).or_insert((0, kind)).0 += 1;
        }
        parts.extend(kinds.values().map(|(number, kind)| format!("{} {verb}", of_kind(*number, kind))));
    }
    if parts.len() > MOST_PARTS {
        let all = lists.iter().filter(|(_, list)| !list.is_empty());
        parts = all.map(|(verb, list)| format!("{} {verb}", count(list.len(), "entity"))).collect();
    }
    let mut out = if parts.is_empty() {
        format!("{} changed", count(diff.relations_added.len() + diff.relations_removed.len(), "relation"))
    } else {
        parts.join(", ")
    };
    if !diff.affected.is_empty() {
        let owners = owners_of(diff);
        let changes = diff.removed.len() + diff.renamed.len() + diff.changed.len();
        let depend = if diff.affected.len() == 1 { "depends" } else { "depend" };
        out.push_str(&format!(
            "; {}{} {depend} on {}",
            count(diff.affected.len(), "entity"),
            of_owners(&owners),
            if changes == 1 { "it" } else { "them" }
        ));
    }
    out
}

/// ` of 2 teams`, or nothing.
fn of_owners(owners: &[&str]) -> String {
    let noun = if owners.iter().all(|owner| owner.starts_with("group:")) { "team" } else { "owner" };
    if owners.is_empty() { String::new() } else { format!(" of {}", count(owners.len(), noun)) }
}

/// All owners of what is affected, in order.
pub(super) fn owners_of<'a>(diff: &'a Diff<'_>) -> Vec<&'a str> {
    let mut owners: Vec<&str> =
        diff.affected.iter().flat_map(|one| diff.head.owners(&one.key)).map(String::as_str).collect();
    owners.sort_unstable();
    owners.dedup();
    owners
}

/// Things by their owner: those with most of them first, those without one last. What has several
/// owners stands with each.
pub(super) fn by_owner<'a, T>(
    things: &'a [T],
    key: impl Fn(&T) -> &str,
    snapshot: &'a Snapshot,
) -> Vec<(Option<&'a str>, Vec<&'a T>)> {
    let mut groups = BTreeMap::<Option<&str>, Vec<&T>>::new();
    for thing in things {
        let owners = snapshot.owners(key(thing));
        for owner in owners {
            groups.entry(Some(owner.as_str())).or_default().push(thing);
        }
        if owners.is_empty() {
            groups.entry(None).or_default().push(thing);
        }
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(owner, things)| (owner.is_none(), std::cmp::Reverse(things.len()), *owner));
    groups
}

/// Why something is affected: `consumesApi` of what, and what happened to that.
pub(super) fn because(diff: &Diff<'_>, one: &Affected) -> String {
    let via = code(&diff.side(&one.via).short(&one.via));
    let cause = code(&diff.side(&one.cause).short(&one.cause));
    let renamed = diff.renamed.iter().find(|renamed| renamed.from.key == one.cause);
    let happened = match renamed {
        Some(renamed) => format!("is called {} now", code(&renamed.to.reference.short())),
        None if diff.head.get(&one.cause).is_none() => "is gone".to_owned(),
        None => "changed".to_owned(),
    };
    let relation = code(&one.relation);
    if one.distance > 1 {
        return format!("{relation} {via}, {} from {cause}, which {happened}", count(one.distance, "step"));
    }
    match (one.broken, renamed) {
        (false, None) if diff.head.get(&one.cause).is_none() => {
            format!("had {relation} {via}, which {happened}")
        }
        _ => format!("{relation} {via}, which {happened}"),
    }
}

/// What to do about it, a sentence each.
pub(super) fn advice(diff: &Diff<'_>) -> Vec<String> {
    let mut out = Vec::new();
    let broken = diff.affected.iter().filter(|one| one.broken).count();
    if broken > 0 {
        out.push(format!(
            "{} still {} what is gone or has another name: mend {} in the same change, or keep the old name until nothing uses it.",
            count(broken, "entity"),
            if broken == 1 { "names" } else { "name" },
            if broken == 1 { "it" } else { "them" },
        ));
    }
    let owners = owners_of(diff);
    if !owners.is_empty() {
        let mut names: Vec<String> =
            owners.iter().take(MOST_OWNERS).map(|owner| code(&diff.head.short(owner))).collect();
        if owners.len() > MOST_OWNERS {
            names.push(count(owners.len() - MOST_OWNERS, "other"));
        }
        out.push(format!("Tell {}: what they own depends on what changes here.", suggest::all_of(&names)));
    }
    if diff.base.unread + diff.head.unread > 0 {
        out.push(
            "Long definitions were not compared: they stand in files of the site. Name the site's folder instead of its `catalog.json`."
                .to_owned(),
        );
    }
    out
}

/// A pointer as people write fields: `spec.dependsOn`.
pub(super) fn dotted(pointer: &str) -> String {
    let keys = pointer.split('/').skip(1).map(|key| key.replace("~1", "/").replace("~0", "~"));
    one_line(&keys.collect::<Vec<_>>().join("."))
}

/// A value in one line.
pub(super) fn value(value: Option<&Json>) -> String {
    let text = match value {
        None | Some(Json::Null) => "nothing".to_owned(),
        Some(Json::String(text)) => text.clone(),
        Some(Json::Object(map)) if map.len() == 2 && map.contains_key("hash") && map.contains_key("lines") => {
            let lines = map["lines"].as_u64().and_then(|lines| usize::try_from(lines).ok()).unwrap_or_default();
            format!("{}, {}", count(lines, "line"), map["hash"].as_str().unwrap_or_default())
        }
        Some(other) => other.to_string(),
    };
    super::super::markdown_text::shortened(&one_line(&text), MOST_VALUE)
}

/// The same, where a reference to an entity is as short as it can be.
pub(super) fn value_in(diff: &Diff<'_>, of: Option<&Json>) -> String {
    match of {
        Some(Json::String(text)) if diff.side(text).knows(text) => value(Some(&diff.side(text).short(text).into())),
        other => value(other),
    }
}

/// Whether a field is told already: that it refers to an owner, where owners are called out.
pub(super) fn is_owner(field: &FieldChange) -> bool {
    field.pointer == "/spec/owner"
}

/// What depends on an entity, in one line.
pub(super) fn verdict_of_impact(impact: &Impact<'_>) -> String {
    let of = code(&impact.snapshot.short(&impact.of));
    if impact.dependents.is_empty() {
        let mut out = format!("nothing depends on {of}");
        if !impact.others.is_empty() {
            let others: Vec<String> =
                impact.others.iter().map(|(relation, number)| format!("{} {number}", code(relation))).collect();
            out.push_str(&format!("; other relations are no dependencies, but it has {}", suggest::all_of(&others)));
        }
        return out;
    }
    let mut owners: Vec<&str> =
        impact.dependents.iter().flat_map(|one| impact.snapshot.owners(&one.key)).map(String::as_str).collect();
    owners.sort_unstable();
    owners.dedup();
    let direct = impact.dependents.iter().filter(|one| one.distance == 1).count();
    let depend = if impact.dependents.len() == 1 { "depends" } else { "depend" };
    let all = impact.dependents.len();
    let directly = match direct {
        _ if direct == all => ", directly".to_owned(),
        _ => format!(", {direct} of them directly"),
    };
    format!("{}{} {depend} on {of}{directly}", count(all, "entity"), of_owners(&owners))
}

/// How two entities have to do with each other, in one line.
pub(super) fn verdict_of_why(why: &Why<'_>) -> String {
    let (a, b) = (code(&why.snapshot.short(&why.from)), code(&why.snapshot.short(&why.to)));
    let steps = count(why.steps.len(), "step");
    match why.tie {
        None => format!("no relations lead from {a} to {b}, in either direction"),
        Some(Tie::Same) => format!("{a} is {b}"),
        Some(Tie::Depends) => format!("{a} depends on {b}, in {steps}"),
        Some(Tie::DependedOn) => format!("{b} depends on {a}, in {steps}, and not the other way round"),
        Some(Tie::Related) => {
            format!("neither of {a} and {b} depends on the other; other relations lead there in {steps}")
        }
    }
}
