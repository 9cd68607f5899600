//! What must hold of lists of any length: the data for the script is the catalog, whatever its names are,
//! and the pages of a list have each entity once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::api::Apis;
use crate::base::{MemorySources, NoMemo, Repository};
use crate::config::{Settings, World};
use crate::docs::Docs;
use crate::graph::{Graph, RelationTarget};
use crate::link::{self, DiscoveryRules};
use crate::model::{Catalog, Entity, KindTable};
use crate::routes;
use crate::site::context::description;
use crate::site::{Input, Site};
use crate::theme::Look;

use super::paged::PER_PAGE;

#[path = "../../../benches/support/organisation.rs"]
mod organisation;

/// What was made of some descriptors.
struct Made {
    catalog: Catalog,
    graph: Graph,
    files: BTreeMap<String, String>,
}

/// The data of lists of an organisation, and its lists where they are asked for.
fn made(repositories: Vec<(String, String)>, with_lists: bool) -> Made {
    let file = |text: String| vec![("catalog-info.yaml".to_owned(), text.into_bytes())];
    let named = repositories.into_iter().map(|(name, text)| (Repository::named(&name), file(text)));
    let sources = MemorySources::new(named.collect());
    let settings = Settings::default();
    let discovery = vec![DiscoveryRules::default(); crate::base::Sources::repositories(&sources).len()];
    let (catalog, _) = link::link(link::Input {
        sources: &sources,
        settings: &settings,
        settings_file: None,
        world: World::Open,
        kinds: KindTable::default(),
        discovery,
        published: None,
    });
    let graph = Graph::new(&catalog);
    let (docs, apis, look) = (Docs::default(), Apis::default(), Look::default());
    let files = Mutex::new(BTreeMap::new());
    let sink = |path: String, bytes: Vec<u8>| {
        files.lock().unwrap().insert(path, String::from_utf8(bytes).unwrap());
        Ok(())
    };
    let input = Input {
        catalog: &catalog,
        graph: &graph,
        sources: &sources,
        settings: &settings,
        findings: &[],
        docs: &docs,
        apis: &apis,
        memo: &NoMemo,
        look: &look,
    };
    let mut site = Site::new(&input, &sink).unwrap();
    site.list_data = Some(super::data(&site).unwrap());
    if with_lists {
        super::files(&site).unwrap();
    }
    drop(site);
    Made { catalog, graph, files: files.into_inner().unwrap() }
}

/// The values of the calls of one name, in order.
fn calls(files: &BTreeMap<String, String>, name: &str) -> Vec<Json> {
    let start = format!("catalogList.{name}(");
    let calls = files.iter().filter(|(path, _)| path.starts_with("lists/data/"));
    let calls = calls.filter_map(|(_, text)| text.strip_prefix(&start)?.strip_suffix(");\n")?.split_once(','));
    let mut calls: Vec<(usize, Json)> =
        calls.map(|(at, value)| (at.parse().unwrap(), serde_json::from_str(value).unwrap())).collect();
    calls.sort_by_key(|(at, _)| *at);
    assert!(calls.iter().enumerate().all(|(at, (number, _))| at == *number), "one of {name} is missing");
    calls.into_iter().map(|(_, value)| value).collect()
}

fn numbers(value: &Json) -> Vec<usize> {
    value.as_array().unwrap().iter().map(|one| usize::try_from(one.as_u64().unwrap()).unwrap()).collect()
}

/// The entities as the script reads them.
fn decoded(files: &BTreeMap<String, String>) -> Vec<Json> {
    let head = &calls(files, "head")[0];
    let texts: Vec<Json> =
        calls(files, "texts").into_iter().flat_map(|part| part.as_array().unwrap().clone()).collect();
    let values = &head["values"];
    let word = |of: &str, number: usize| number.checked_sub(1).map_or(Json::Null, |at| values[of][at].clone());
    let named = |of: &str, number: usize| {
        number.checked_sub(1).map_or(Json::Null, |at| json!(values[of]["refs"][at].as_str().unwrap().to_lowercase()))
    };
    let mut rows = Vec::new();
    for chunk in calls(files, "rows") {
        let column = |name: &str| numbers(&chunk[name]);
        let tags = column("tags");
        let mut tag = 0;
        for (at, name) in chunk["names"].as_array().unwrap().iter().enumerate() {
            let own = &tags[tag + 1..=tag + tags[tag]];
            tag += own.len() + 1;
            let (kind, namespace) = (word("kinds", column("kinds")[at]), word("namespaces", column("namespaces")[at]));
            let plain = format!(
                "catalog/{}/{}/{}.html",
                namespace.as_str().unwrap(),
                kind.as_str().unwrap(),
                name.as_str().unwrap()
            );
            let title = &chunk["titles"][at];
            rows.push(json!({
                "kind": kind,
                "namespace": namespace,
                "name": name,
                "title": if title == "" { name } else { title },
                "type": word("types", column("types")[at]),
                "lifecycle": word("lifecycles", column("lifecycles")[at]),
                "owner": named("owners", column("owners")[at]),
                "system": named("systems", column("systems")[at]),
                "domain": named("domains", column("domains")[at]),
                "tags": own.iter().map(|&tag| word("tags", tag)).collect::<Vec<Json>>(),
                "docs": column("docs")[at] == 1,
                "path": chunk["paths"].get(at.to_string()).cloned().unwrap_or_else(|| json!(plain.to_lowercase())),
                "description": texts[rows.len()],
            }));
        }
    }
    assert_eq!((json!(rows.len()), rows.len()), (head["total"].clone(), texts.len()));
    rows
}

/// The same from the catalog itself.
fn expected(made: &Made, entity: &Entity) -> Json {
    let key = |target: Option<&RelationTarget>| target.map(|target| made.graph.target_key(target));
    let mut tags: Vec<String> = Vec::new();
    for tag in entity.tags().map(str::to_lowercase) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    json!({
        "kind": made.catalog.kind_of(entity).name,
        "namespace": entity.reference.namespace.to_lowercase(),
        "name": entity.reference.name,
        "title": entity.title(),
        "type": entity.spec_type(),
        "lifecycle": entity.lifecycle(),
        "owner": key(made.graph.owner(entity.id)),
        "system": key(made.graph.system(&made.catalog, entity.id)),
        "domain": key(made.graph.domain(&made.catalog, entity.id)),
        "tags": tags,
        "docs": false,
        "path": routes::entity_page(&entity.reference),
        "description": description(entity).unwrap_or_default(),
    })
}

fn same(made: &Made) {
    let rows = decoded(&made.files);
    assert_eq!(rows.len(), made.catalog.entities.len());
    for (row, entity) in rows.iter().zip(&made.catalog.entities) {
        assert_eq!(*row, expected(made, entity));
    }
}

#[test]
fn data_of_several_files_is_the_catalog() {
    let made = made(organisation::organisation(9_000), false);
    assert_eq!(made.catalog.entities.len(), 9_000);
    same(&made);
    // What filters is read whole, but a list of a kind needs only what has that kind.
    let head = &calls(&made.files, "head")[0];
    let kinds: Vec<Vec<usize>> = head["kinds_of"].as_array().unwrap().iter().map(numbers).collect();
    for (chunk, kinds) in calls(&made.files, "rows").iter().zip(&kinds) {
        assert_eq!(numbers(&chunk["kinds"]).into_iter().collect::<BTreeSet<_>>(), kinds.iter().copied().collect());
    }
    assert!(kinds.len() == 3 && !kinds[2].contains(&kinds[0][0]), "{kinds:?}");
}

/// An entity with odd words in all places.
fn odd() -> impl Strategy<Value = String> {
    let text = || prop_oneof![3 => "[a-zA-Z0-9_.-]{1,12}", 2 => any::<String>().prop_map(|text| text.chars().take(20).collect())];
    let kind = prop::sample::select(vec!["Component", "API", "Resource", "System", "Domain", "Group", "User"]);
    let words = (text(), text(), text(), text(), text(), prop::collection::vec(text(), 0..4));
    (kind, words, prop::option::of("[aA]/?[bBx]{1,2}"), 0usize..6).prop_map(
        |(kind, (name, title, about, sort, stage, tags), namespace, near)| {
            let entity = json!({
                "apiVersion": "backstage.io/v1alpha1",
                "kind": kind,
                "metadata": {"name": name, "title": title, "description": about, "tags": tags,
                    "namespace": namespace.unwrap_or_else(|| "default".to_owned())},
                "spec": {"type": sort, "lifecycle": stage, "owner": format!("group:default/g{near}"),
                    "system": format!("s{near}"), "domain": format!("d{near}"), "definition": "x", "children": [], "memberOf": []},
            });
            format!("---\n{entity}\n")
        },
    )
}

const NEAR: &str = "---\n{apiVersion: backstage.io/v1alpha1, kind: Group, metadata: {name: G0, title: First}, spec: {type: team, children: []}}\n---\n{apiVersion: backstage.io/v1alpha1, kind: System, metadata: {name: s1}, spec: {owner: g0, domain: d1}}\n---\n{apiVersion: backstage.io/v1alpha1, kind: Domain, metadata: {name: d1}, spec: {owner: g0, subdomainOf: d2}}\n";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn data_of_odd_names_is_the_catalog(entities in prop::collection::vec(odd(), 1..30)) {
        same(&made(vec![("r".to_owned(), format!("{NEAR}{}", entities.concat()))], false));
    }
}

/// The path that a link from a page leads to.
fn resolved(from: &str, href: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in href.split('/') {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

/// The way that a page has for a word, if it has one.
fn way(text: &str, word: &str) -> Option<String> {
    let rest = text.split_once(&format!("rel=\"{word}\" href=\""))?.1;
    Some(rest.split_once('"')?.0.to_owned())
}

/// The pages of a list in order, with the entities that each leads to.
fn walked(files: &BTreeMap<String, String>, first: String) -> Vec<(String, Vec<String>)> {
    let mut pages: Vec<(String, Vec<String>)> = Vec::new();
    let mut next = Some(first);
    while let Some(path) = next {
        let text = &files[&path];
        let before = way(text, "prev").map(|href| resolved(&path, &href));
        assert_eq!(before.as_ref(), pages.last().map(|(path, _)| path), "{path}");
        let rows = text.split("<tr><td><a href=\"").skip(1).filter_map(|row| row.split_once('"'));
        let rows: Vec<String> = rows.map(|(href, _)| resolved(&path, href)).collect();
        next = way(text, "next").map(|href| resolved(&path, &href));
        pages.push((path, rows));
    }
    pages
}

#[test]
fn pages_of_a_list_have_each_entity_once() {
    let made = made(organisation::organisation(2_400), true);
    for (id, kind) in made.catalog.kinds.iter() {
        let of_kind = made.catalog.entities.iter().filter(|entity| entity.kind == id);
        let wanted: Vec<String> = of_kind.map(|entity| routes::entity_page(&entity.reference)).collect();
        if wanted.is_empty() {
            continue;
        }
        let pages = walked(&made.files, routes::list(Some(&kind.name), 1));
        assert_eq!(pages.len(), wanted.len().div_ceil(PER_PAGE), "{}", kind.name);
        assert!(pages.iter().all(|(_, rows)| rows.len() <= PER_PAGE), "{}", kind.name);
        let found: Vec<String> = pages.into_iter().flat_map(|(_, rows)| rows).collect();
        assert_eq!(found, wanted, "{}", kind.name);
    }
    // What all have together is cut, with ways to the lists that are whole.
    let all = walked(&made.files, routes::list(None, 1));
    assert_eq!(all.iter().map(|(_, rows)| rows.len()).collect::<Vec<_>>(), [PER_PAGE; super::MAX_TOGETHER / PER_PAGE]);
    let first = &made.files["lists/all.html"];
    let rest = first.split_once("class=\"list-rest\"").expect("it says what is left out").1;
    assert!(rest.contains("1,400 more") && rest.contains("href=\"component.html\""), "{rest}");
    let page = made.files.values().map(|text| text.matches("<tr><td><a").count()).max();
    assert_eq!(page, Some(PER_PAGE));
}
