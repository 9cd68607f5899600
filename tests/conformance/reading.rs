//! Sections AB and AE to AH: which kinds a location may hold, where targets lead, what a Location
//! brings in, and the annotations that say where an entity came from.

use std::collections::{BTreeMap, BTreeSet};

use catalog::base::hosts::{Hosts, Remote};
use catalog::base::{MemorySources, RepoId, Repository, Resolution, Sources as _};
use catalog::config::{self, World};
use catalog::model::location_annotations;
use catalog::parse::codeowners::{backstage_name, backstage_owner};
use serde_json::Value as Json;

use super::{Judged, Outcome, Row};
use crate::support;

/// AB: `catalog.rules`.
pub(super) fn rules(row: &Row) -> Judged {
    let (settings, problems) = config::read(&row.raw["config"].to_string());
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let (entity, location) = (&row.raw["entity"], &row.raw["location"]);
    let allowed = config::is_allowed(
        settings.catalog_rules.as_deref(),
        &settings.catalog_locations,
        &text(&entity["kind"]),
        entity["spec"]["type"].as_str(),
        &text(&location["type"]),
        &text(&location["target"]),
    );
    let verdict = match (problems.is_empty(), allowed) {
        (false, _) => "config error",
        (true, true) => "allowed",
        (true, false) => "denied",
    };
    Judged::compared(Outcome::plain(verdict), &Outcome::plain(&row.verdict))
}

/// AE: the base is a file of a branch on GitHub; here it is the same file of a clone of that
/// repository, and the URL that a target resolves to is a path of the clone.
pub(super) fn relative(row: &Row) -> Judged {
    const REPOSITORY: &str = "https://github.com/o/r";
    const BRANCH: &str = "https://github.com/o/r/blob/main/";
    let base = row.raw["base"].as_str().unwrap().split('?').next().unwrap().strip_prefix(BRANCH).unwrap();
    let without_query = row.detail.split(['?', '#']).next().unwrap();
    let wanted = without_query.strip_prefix(BRANCH).map(|path| path.trim_start_matches('/').to_owned());
    let repository = Repository { remote: Remote::parse(REPOSITORY), ..Repository::named("github.com/o/r") };
    let mut files = vec![(base.to_owned(), Vec::new())];
    files.extend(wanted.iter().filter(|path| *path != base && !path.is_empty()).map(|path| (path.clone(), Vec::new())));
    let sources = MemorySources::new(vec![(repository, files)]);
    let from = sources.lookup(RepoId(0), base).unwrap();
    let ours = match sources.resolve(from, row.raw["url"].as_str().unwrap()) {
        Resolution::File(file) => Outcome::new("resolves", sources.path(file)),
        Resolution::Folder(_, path) => Outcome::new("resolves", path),
        Resolution::External(url) | Resolution::NotFetched(url) => Outcome::new("resolves", url),
        Resolution::Outside => Outcome::plain("outside"),
        Resolution::Missing(_, path) => Outcome::new("missing", path),
        Resolution::Invalid => Outcome::plain("invalid"),
    };
    let detail = wanted.unwrap_or_else(|| row.detail.clone());
    Judged::compared(ours, &Outcome::new(&row.verdict, detail.trim_end_matches('/')))
}

/// AF: a Location on disk. `FX` is the folder of the Location, and the repository's root.
pub(super) fn location(row: &Row) -> Judged {
    let spec = row.raw["spec"].to_string().replace("\"FX/", "\"/");
    let location = format!(
        r#"{{"apiVersion":"backstage.io/v1alpha1","kind":"Location","metadata":{{"name":"loc"}},"spec":{spec}}}"#
    );
    let component = "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: x}\nspec: {type: t, lifecycle: l, owner: o}\n";
    let group = "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: g}\nspec: {type: t, children: []}\n";
    let files = [
        ("catalog-info.yaml", location.as_str()),
        ("a/x.yaml", component),
        ("a/g.yaml", group),
        ("a/bad.yaml", "not: an entity\n"),
    ];
    let linked = support::link(&MemorySources::single("r", &files), World::Open);
    let brought: BTreeSet<String> = linked
        .catalog
        .entities
        .iter()
        .map(catalog::model::Entity::key)
        .filter(|key| key != "location:default/loc")
        .collect();
    let listed = |keys: BTreeSet<String>| keys.into_iter().collect::<Vec<_>>().join(", ");
    let verdict = if linked.errors().is_empty() { "ok" } else { "error" };
    // The same entity twice is one entity.
    let theirs = row.raw["emits"].as_array().unwrap().iter().map(|key| key.as_str().unwrap().to_owned()).collect();
    Judged::compared(Outcome::new(verdict, listed(brought)), &Outcome::new(&row.verdict, listed(theirs)))
}

/// AG: annotations, those of the author merged in.
pub(super) fn annotations(row: &Row) -> Judged {
    let pairs = |text: &str| -> BTreeMap<String, String> {
        text.split(" ; ")
            .map(|pair| pair.split_once('=').unwrap())
            .map(|(key, value)| (key.into(), value.into()))
            .collect()
    };
    let theirs = pairs(&row.detail);
    // Where the row does not say its location, the outcome does.
    let location = row.raw["location"].as_str().unwrap_or(&theirs["managed-by-location"]);
    let origin = row.raw["location"].as_str().unwrap_or(&theirs["managed-by-origin-location"]);
    let added = location_annotations(location, origin, &Hosts::default());
    let short = |key: &str| key.trim_start_matches("backstage.io/").to_owned();
    let mut ours: BTreeMap<String, String> =
        added.defaults.iter().map(|(key, value)| (short(key), value.clone())).collect();
    for (key, value) in row.raw["annotations"].as_object().into_iter().flatten() {
        ours.insert(short(key), value.as_str().unwrap().to_owned());
    }
    ours.extend(added.forced.iter().map(|(key, value)| (short(key), value.clone())));
    let listed = |pairs: BTreeMap<String, String>| {
        pairs.into_iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(" ; ")
    };
    Judged::compared(Outcome::new(&row.verdict, listed(ours)), &Outcome::new(&row.verdict, listed(theirs)))
}

/// AH: CODEOWNERS to `spec.owner`. The target is a file of the repository's branch.
pub(super) fn owner(row: &Row) -> Judged {
    let text = |key: &str| row.raw[key].as_str();
    let found = match text("codeowners") {
        Some(codeowners) => {
            let path = text("target").unwrap().split_once("/blob/main/").unwrap().1;
            backstage_owner(codeowners, path)
        }
        None => text("owner").map(backstage_name),
    };
    let ours = found.map_or_else(|| Outcome::plain("no owner"), |owner| Outcome::new("owner", owner));
    Judged::compared(ours, &Outcome::new(&row.verdict, &*row.detail))
}
