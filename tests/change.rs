//! What changed, what depends on what, and why: through the binary, in all forms. Golden files are
//! in `tests/change`; `UPDATE=1` writes them anew.

use std::fmt::Write as _;
use std::path::Path;

use catalog::change::{Snapshot, diff};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::support::{self, Ran, run};

/// A group, two services, an API between them and a database.
const BASE: &str = "\
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: team-a}
spec: {type: team, children: []}
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: team-b}
spec: {type: team, children: []}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  title: The shop
  description: Sells.
  tags: [go, web]
spec:
  type: service
  lifecycle: production
  owner: team-a
  providesApis: [orders]
  dependsOn: [resource:db, resource:cache]
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata: {name: orders, description: Orders.}
spec: {type: openapi, lifecycle: production, owner: team-a, definition: 'openapi: 3.0.0'}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: mail, description: Writes letters.}
spec: {type: service, lifecycle: production, owner: team-b, consumesApis: [orders]}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: print, description: Prints letters.}
spec: {type: service, lifecycle: production, owner: team-b, dependsOn: [component:mail]}
---
apiVersion: backstage.io/v1alpha1
kind: Resource
metadata: {name: db, description: Holds orders.}
spec: {type: database, owner: team-a}
---
apiVersion: backstage.io/v1alpha1
kind: Resource
metadata: {name: cache, description: Forgets orders.}
spec: {type: cache, owner: team-a}
";

/// The same after some work: `orders` is gone, `cache` has another name that not all use, `mail`
/// has another owner, `shop` another lifecycle and database, and there is a new service.
fn head() -> String {
    let documents: Vec<String> = BASE
        .split("---\n")
        .filter(|one| !one.contains("name: orders"))
        .map(|one| {
            one.replace("name: cache", "name: memory")
                .replace("lifecycle: production\n  owner: team-a", "lifecycle: deprecated\n  owner: team-a")
                .replace("[resource:db, resource:cache]", "[resource:db2, resource:cache]")
                .replace("tags: [go, web]", "tags: [rust, web]")
                .replace("owner: team-b, consumesApis", "owner: team-a, consumesApis")
        })
        .collect();
    documents.join("---\n")
        + "---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: new}\nspec: {type: service, lifecycle: experimental, owner: team-b}\n"
}

fn folder(states: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in states {
        support::write(&folder.path().join(name), &[("catalog-info.yaml", text)]);
    }
    folder
}

fn ran(folder: &Path, arguments: &[&str]) -> Ran {
    let ran = run(folder, arguments);
    assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.stderr);
    ran
}

fn diff_json(folder: &Path, base: &str, head: &str) -> Json {
    let json = ran(folder, &["diff", base, head, "--format=json", "--quiet"]).json();
    valid("diff", &json);
    json
}

fn valid(schema: &str, value: &Json) {
    let schema: Json = serde_json::from_str(&catalog::schemas::text(schema).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(value).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?} {value:#}");
}

fn golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/change").join(name);
    if support::updating() {
        std::fs::write(path, text).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, expected, "{name}: UPDATE=1 writes it anew");
}

fn refs(list: &Json) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|one| one["ref"].as_str().unwrap()).collect()
}

#[test]
fn all_forms_are_as_they_were() {
    let folder = folder(&[("base", BASE), ("head", &head())]);
    let folder = folder.path();
    for (format, file) in [("human", "diff.txt"), ("markdown", "diff.md"), ("json", "diff.json")] {
        golden(file, &ran(folder, &["diff", "base", "head", "--format", format, "--quiet"]).stdout);
    }
    for (format, end) in [("human", "txt"), ("markdown", "md"), ("json", "json"), ("dot", "dot"), ("mermaid", "mmd")] {
        golden(&format!("impact.{end}"), &ran(folder, &["impact", "shop", "base", "--format", format]).stdout);
        golden(&format!("why.{end}"), &ran(folder, &["why", "print", "db", "base", "--format", format]).stdout);
    }
    valid("impact", &ran(folder, &["impact", "shop", "base", "--format=json"]).json());
    valid("why", &ran(folder, &["why", "print", "db", "base", "--format=json"]).json());
}

#[test]
fn what_changed_is_found_and_told_apart() {
    let folder = folder(&[("base", BASE), ("head", &head())]);
    let json = diff_json(folder.path(), "base", "head");
    assert_eq!(refs(&json["added"]), ["component:default/new"]);
    assert_eq!(refs(&json["removed"]), ["api:default/orders"]);
    assert_eq!(json["renamed"][0]["from"]["ref"], "resource:default/cache");
    assert_eq!(json["renamed"][0]["to"]["ref"], "resource:default/memory");
    assert_eq!(refs(&json["changed"]), ["component:default/mail", "component:default/shop"]);
    let owners = &json["changed"][0]["ownerChange"];
    assert_eq!(*owners, json!({"before": ["group:default/team-b"], "after": ["group:default/team-a"]}));
    let fields = json["changed"][1]["fields"].as_array().unwrap();
    let depends = fields.iter().find(|field| field["pointer"] == "/spec/dependsOn").unwrap();
    assert_eq!(
        (&depends["added"], &depends["removed"]),
        (&json!(["resource:default/db2"]), &json!(["resource:default/db"]))
    );
    let impact = json["impact"].as_array().unwrap();
    let find = |name: &str| impact.iter().find(|one| one["ref"] == name).unwrap();
    assert_eq!(find("component:default/mail")["cause"], "api:default/orders");
    assert_eq!(find("component:default/shop")["broken"], true);
    assert_eq!(
        (find("component:default/print")["distance"].as_u64(), find("component:default/print")["via"].as_str()),
        (Some(1), Some("component:default/mail"))
    );
}

#[test]
fn the_exit_code_is_asked_for() {
    let folder = folder(&[("base", BASE), ("head", &head())]);
    for (arguments, code) in [
        (&["diff", "base", "head"][..], 0),
        (&["diff", "base", "head", "--exit-code"], 1),
        (&["diff", "base", "base", "--exit-code"], 0),
        (&["diff", "base", "missing"], 2),
        (&["diff", "base/catalog-info.yaml", "base"], 2),
        (&["impact", "nothing", "base"], 2),
        (&["why", "shop", "nothing", "base"], 2),
    ] {
        let ran = run(folder.path(), arguments);
        assert_eq!(ran.code, code, "{arguments:?} {}", ran.stderr);
        assert!(code == 2 || !ran.stdout.contains('\u{1b}'), "colour although it is no terminal");
    }
    let ran = run(folder.path(), &["diff", "base", "head", "--color=always"]);
    assert!(ran.stdout.contains("\u{1b}[31m"));
}

#[test]
fn what_only_looks_different_is_no_difference() {
    let work = folder(&[("base", BASE)]);
    let reordered: Vec<&str> = BASE.split("---\n").collect();
    let reordered = reordered.into_iter().rev().map(str::trim_end).collect::<Vec<_>>().join("\n---\n");
    let reformatted = reordered
        .replace(
            "dependsOn: [resource:db, resource:cache]",
            "dependsOn:\n    - Resource:default/cache # fast\n    - 'resource:db'",
        )
        .replace("owner: team-a", "owner: \"group:team-a\"")
        .replace("tags: [go, web]", "tags: [web, go]")
        .replace("description: Sells.", "description: >\n    Sells.");
    support::write(
        &work.path().join("head"),
        &[
            (
                "catalog-info.yaml",
                "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {name: all}\nspec: {targets: ['./deep/*.yaml']}\n",
            ),
            ("deep/all.yaml", &reformatted),
        ],
    );
    let json = diff_json(work.path(), "base", "head");
    assert_eq!(refs(&json["added"]), ["location:default/all"]);
    for list in ["removed", "renamed", "changed", "followed", "impact"] {
        assert_eq!(json[list], json!([]), "{list}");
    }
    assert_eq!(json["relations"], json!({"added": [], "removed": []}));
}

#[test]
fn a_rename_that_all_follow_concerns_nobody() {
    let renamed = BASE.replace("name: cache", "name: memory").replace("resource:cache", "resource:memory");
    let folder = folder(&[("base", BASE), ("head", &renamed)]);
    let json = diff_json(folder.path(), "base", "head");
    assert_eq!(json["summary"]["text"], "1 resource renamed");
    assert_eq!(json["followed"], json!(["component:default/shop"]));
    assert_eq!((&json["changed"], &json["impact"]), (&json!([]), &json!([])));
    // A chain: what refers to a renamed entity has another name too.
    let chain = BASE
        .replace("name: mail", "name: post")
        .replace("component:mail", "component:post")
        .replace("name: print", "name: press");
    support::write(&folder.path().join("chain"), &[("catalog-info.yaml", chain)]);
    let json = diff_json(folder.path(), "base", "chain");
    assert_eq!(json["summary"]["text"], "2 components renamed");
}

#[test]
fn two_published_sites_say_what_their_folders_say() {
    let long = "x".repeat(5_000);
    let with = |text: &str| text.replace("'openapi: 3.0.0'", &format!("'openapi: 3.0.0 # {long}'"));
    let (base, changed) = (with(BASE), with(BASE).replace("# xx", "# xy").replace("resource:db,", "resource:db2,"));
    let folder = folder(&[("base", &base), ("head", &changed)]);
    let folder = folder.path();
    for name in ["base", "head"] {
        ran(folder, &["build", name, "--quiet", "--out-dir", &format!("{name}-site")]);
    }
    let expected = diff_json(folder, "base", "head");
    assert_eq!(expected["summary"]["changed"], 2);
    let published = diff_json(folder, "base-site", "head-site");
    assert_eq!(published, expected);
    assert_eq!(diff_json(folder, "base", "base-site")["summary"]["text"], "nothing changed");
    let alone = diff_json(folder, "base-site/catalog.json", "head-site/catalog.json");
    assert_eq!((&alone["summary"]["changed"], &alone["summary"]["definitionsNotCompared"]), (&json!(1), &json!(1)));
    assert_eq!(ran(folder, &["impact", "db", "base-site"]).stdout, ran(folder, &["impact", "db", "base"]).stdout);

    support::write(
        folder,
        &[
            ("newer.json", "{\"version\": 9}"),
            ("broken.json", "[1]"),
            ("odd.json", "{\"version\": 1, \"entities\": [1, {}, {\"kind\": \"A\", \"metadata\": {\"name\": \"\"}}]}"),
        ],
    );
    for (file, words) in [("newer.json", "it has version 9"), ("broken.json", "it is no `catalog.json`")] {
        let ran = run(folder, &["diff", file, "base"]);
        assert!(ran.code == 2 && ran.stderr.contains(words), "{}", ran.stderr);
    }
    assert_eq!(diff_json(folder, "odd.json", "base")["summary"]["base"], 0);
}

#[test]
fn the_demo_published_is_the_demo() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let work = tempfile::tempdir().unwrap();
    let site = work.path().join("site");
    let site = site.to_str().unwrap();
    ran(root, &["build", "example-org", "--quiet", "--out-dir", site]);
    let ran = run(root, &["diff", "example-org", site, "--exit-code"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, "nothing changed\n"), "kinds of its own included");
}

#[test]
fn short_references_are_taken_where_they_fit_one() {
    let extra = "---\napiVersion: backstage.io/v1alpha1\nkind: System\nmetadata: {name: shop}\nspec: {owner: team-a}\n---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: till, namespace: eu}\nspec: {type: service, lifecycle: production, owner: default/team-a, dependsOn: [resource:default/db, resource:default/gone]}\n";
    let folder = folder(&[("base", &format!("{BASE}{extra}"))]);
    let folder = folder.path();
    for (text, words) in [
        ("shop", "`shop` may be `component:shop` or `system:shop`: write the kind"),
        ("shpo", "did you mean `"),
        ("component:mial", "did you mean `component:mail`?"),
        ("", "there is no entity ``"),
        ("a\u{1b}[31m", "there is no entity `a\u{fffd}[31m`"),
    ] {
        let ran = run(folder, &["impact", text, "base"]);
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains(words), "{}", ran.stderr);
    }
    for text in ["component:shop", "Component:default/SHOP", "component:till", "eu/till", "TILL"] {
        ran(folder, &["impact", text, "base"]);
    }
    let gone = ran(folder, &["impact", "resource:gone", "base"]).stdout;
    assert!(gone.starts_with("1 entity of 1 team depends on resource:gone, directly"), "{gone}");
    let system = ran(folder, &["impact", "group:team-a", "base"]).stdout;
    assert!(system.starts_with("nothing depends on group:team-a") && system.contains("ownerOf 6"), "{system}");
}

#[test]
fn ways_are_told_by_what_they_say() {
    let folder = folder(&[("base", BASE)]);
    for (a, b, tie) in [
        ("print", "db", json!("depends")),
        ("db", "print", json!("depended-on")),
        ("db", "cache", json!("related")),
        ("db", "db", json!("same")),
        ("team-a", "team-b", json!("related")),
    ] {
        let json = ran(folder.path(), &["why", a, b, "base", "--format=json"]).json();
        valid("why", &json);
        assert_eq!(json["tie"], tie, "{a} {b}");
    }
    support::write(
        &folder.path().join("two"),
        &[(
            "catalog-info.yaml",
            "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: a}\nspec: {type: team, children: []}\n---\napiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: b}\nspec: {type: team, children: []}\n",
        )],
    );
    let none = ran(folder.path(), &["why", "a", "b", "two"]).stdout;
    assert_eq!(none, "no relations lead from group:a to group:b, in either direction\n");
}

/// A published catalog in which each entity depends on some others, by their numbers.
fn published(entities: &[(String, String, Vec<String>)]) -> String {
    let entities: Vec<Json> = entities
        .iter()
        .map(|(name, description, uses)| {
            let relations: Vec<Json> = uses
                .iter()
                .map(|to| json!({"type": "dependsOn", "targetRef": format!("component:default/{to}")}))
                .collect();
            let uses: Vec<String> = uses.iter().map(|to| format!("component:{to}")).collect();
            json!({
                "apiVersion": "backstage.io/v1alpha1", "kind": "Component",
                "metadata": {"name": name, "namespace": "default", "description": description, "annotations": {}},
                "spec": {"type": "service", "lifecycle": "production", "owner": "team", "dependsOn": uses},
                "relations": relations,
                "source": {"repository": "r", "file": "f.yaml", "line": 1},
            })
        })
        .collect();
    json!({"version": 1, "organization": null, "sources": [], "entities": entities}).to_string()
}

fn snapshot(entities: &[(String, String, Vec<String>)]) -> Snapshot {
    Snapshot::published(&published(entities), &|_| None).unwrap()
}

#[test]
fn circles_end() {
    let one = |name: &str, about: &str, uses: &str| (name.to_owned(), about.to_owned(), vec![uses.to_owned()]);
    let base = snapshot(&[one("a", "1", "b"), one("b", "2", "c"), one("c", "3", "a"), one("d", "4", "d")]);
    let head = snapshot(&[one("a", "1", "d"), one("b", "2", "c"), one("c", "3", "a"), one("d", "4", "d")]);
    let found = diff(&base, &head);
    let keys: Vec<&str> = found.affected.iter().map(|one| one.key.as_str()).collect();
    assert_eq!(keys, ["component:default/c", "component:default/b"]);
    assert_eq!(catalog::change::impact(&base, "component:default/a").dependents.len(), 2);
    assert_eq!(catalog::change::why(&base, "component:default/a", "component:default/c").steps.len(), 2);
}

#[test]
fn many_entities_are_compared() {
    let all: Vec<(String, String, Vec<String>)> = (0..20_000)
        .map(|n| (format!("c{n}"), format!("number {n}"), vec![format!("c{}", n / 2), format!("c{}", n / 3)]))
        .collect();
    let mut other = all.clone();
    other[0].2.clear();
    other.pop();
    let (base, head) = (snapshot(&all), snapshot(&other));
    let found = diff(&base, &head);
    assert_eq!((found.removed.len(), found.changed.len(), found.affected.len()), (1, 1, 19_998));
    let text = catalog::report::change::human::diff(&found, false);
    assert!(text.len() < 10_000 && text.contains("… and 19986 more"), "{text}");
    let text = catalog::report::change::markdown::section(&found, 65_000);
    assert!(text.len() < 65_000 && text.contains("more\n"), "{}", text.len());
    // All of them changed, and half got another name: fewer will do to see that it is linear.
    let all = &all[..5_000];
    let base = snapshot(all);
    let changed: Vec<_> = all.iter().map(|(name, _, uses)| (name.clone(), "x".to_owned(), uses.clone())).collect();
    assert_eq!(diff(&base, &snapshot(&changed)).changed.len(), 5_000);
    let renamed: Vec<_> = all
        .iter()
        .enumerate()
        .map(|(n, (name, about, _))| {
            (if n % 2 == 0 { format!("{name}x") } else { name.clone() }, about.clone(), Vec::new())
        })
        .collect();
    let before: Vec<_> = all.iter().map(|(name, about, _)| (name.clone(), about.clone(), Vec::new())).collect();
    assert_eq!(diff(&snapshot(&before), &snapshot(&renamed)).renamed.len(), 2_500);
}

const HOSTILE: &[&str] = &[
    "@everyone #1 GH-1",
    "</details><script>alert(1)</script>",
    "a\"]; n0 -> n1; x[\"",
    "\\\" ]; evil [label=\\\"",
    "```\n# head\n[x](javascript:alert(1))",
    "`code` **bold** | table |",
    "größe 東京 🚢",
    "\u{1b}[31mred\u{7}",
];

#[test]
fn names_stay_names() {
    let all = |suffix: &str| -> Vec<(String, String, Vec<String>)> {
        HOSTILE
            .iter()
            .map(|name| {
                (format!("{name}{suffix}"), (*name).to_owned(), vec![HOSTILE[0].to_owned(), HOSTILE[2].to_owned()])
            })
            .collect()
    };
    let (base, mut other) = (snapshot(&all("")), all(""));
    other[2].1 = format!("{} more", HOSTILE[1]);
    other[3].2 = HOSTILE.iter().map(|name| (*name).to_owned()).collect();
    other.remove(0);
    let head = snapshot(&other);
    let found = diff(&base, &head);
    let human = catalog::report::change::human::diff(&found, false);
    assert!(!human.contains('\u{1b}') && !human.contains('\u{7}'), "{human}");
    let markdown = catalog::report::change::markdown::section(&found, 65_000);
    let tags = ["<details", "</details>", "<summary>", "</summary>", "<b>", "</b>", "<code>", "</code>"];
    for event in pulldown_cmark::Parser::new(&markdown) {
        use pulldown_cmark::{Event, Tag};
        match event {
            Event::Text(text) => assert!(!text.contains("@everyone") && !text.contains("GH-"), "{text}"),
            Event::Html(html) | Event::InlineHtml(html) => {
                let ours = html
                    .split_inclusive('>')
                    .all(|one| one.find('<').is_none_or(|at| tags.iter().any(|tag| one[at..].starts_with(tag))));
                assert!(ours, "{html}");
            }
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::Table(_) | Tag::CodeBlock(_) | Tag::Emphasis) => {
                panic!("{event:?} in {markdown}")
            }
            _ => {}
        }
    }

    let impact = catalog::change::impact(&base, &format!("component:default/{}", HOSTILE[2]).to_lowercase());
    assert_eq!(impact.dependents.len(), HOSTILE.len() - 1);
    let drawing = catalog::report::change::of_impact(&impact);
    for line in catalog::report::change::mermaid(&drawing).lines().skip(1) {
        let allowed = |text: &str| text.chars().all(|c| c.is_alphanumeric() || " []\"-|>#;:/.".contains(c));
        assert!(allowed(line) && matches!(line.matches('"').count(), 0 | 2), "{line}");
    }
    for line in catalog::report::change::dot(&drawing).lines() {
        // What is left of a line without its strings has nothing of a name in it.
        let bare = line.replace("\\\\", "").replace("\\\"", "");
        assert!(matches!(bare.matches('"').count(), 0 | 2), "{line}");
    }
}

#[test]
fn a_section_fits_and_ends_whole() {
    let all: Vec<_> =
        (0..500).map(|n| (format!("c{n}"), "x".repeat(50), vec!["c0".to_owned(), "gone".to_owned()])).collect();
    let (base, head) = (snapshot(&all), snapshot(&all[250..]));
    let found = diff(&base, &head);
    for most in [0, 50, 300, 1_000, 5_000, 20_000, 65_000] {
        let text = catalog::report::change::markdown::section(&found, most);
        assert!(text.len() <= most && (text.is_empty() || text.ends_with('\n')), "{most}: {}", text.len());
        assert_eq!(text.matches("<details").count(), text.matches("</details>").count(), "{most}");
    }
}

/// A small catalog: which of eight entities there are, what each says, and what it uses.
fn state() -> impl Strategy<Value = Snapshot> {
    let entity = (any::<bool>(), 0..3u8, proptest::collection::vec(0..8usize, 0..3));
    proptest::collection::vec(entity, 8).prop_map(|all| {
        let entities: Vec<_> = all
            .into_iter()
            .enumerate()
            .filter(|(_, (there, ..))| *there)
            .map(|(n, (_, about, uses))| {
                (format!("c{n}"), about.to_string(), uses.into_iter().map(|to| format!("c{to}")).collect())
            })
            .collect();
        snapshot(&entities)
    })
}

proptest! {
    #[test]
    fn a_state_does_not_differ_from_itself(state in state()) {
        let found = diff(&state, &state);
        prop_assert!(found.is_empty() && found.affected.is_empty());
    }

    #[test]
    fn read_backwards_a_difference_is_the_same(base in state(), head in state()) {
        let (there, back) = (diff(&base, &head), diff(&head, &base));
        let keys = |list: &[&catalog::change::Described]| list.iter().map(|one| one.key.clone()).collect::<Vec<_>>();
        prop_assert_eq!(keys(&there.added), keys(&back.removed));
        prop_assert_eq!(keys(&there.removed), keys(&back.added));
        let mut pairs: Vec<_> = there.renamed.iter().map(|one| (&one.from.key, &one.to.key)).collect();
        let mut mirrored: Vec<_> = back.renamed.iter().map(|one| (&one.to.key, &one.from.key)).collect();
        pairs.sort();
        mirrored.sort();
        prop_assert_eq!(pairs, mirrored);
        let changed = |diff: &catalog::change::Diff<'_>| diff.changed.iter().map(|one| one.after.key.clone()).collect::<Vec<_>>();
        prop_assert_eq!(changed(&there), changed(&back));
        prop_assert_eq!(keys(&there.followed), keys(&back.followed));
        prop_assert_eq!(&there.relations_added, &back.relations_removed);
        prop_assert_eq!(&there.relations_removed, &back.relations_added);
        for one in &there.affected {
            prop_assert!(head.get(&one.key).is_some() && one.distance > 0 && one.key != one.cause);
        }
        // Every form takes it.
        let mut all = String::new();
        let _ = write!(all, "{}", catalog::report::change::json::diff(&there));
        all.push_str(&catalog::report::change::human::diff(&there, true));
        all.push_str(&catalog::report::change::markdown::section(&there, 2_000));
        prop_assert!(!all.is_empty());
    }
}
