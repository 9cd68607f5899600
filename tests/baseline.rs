//! Baselines: what is known is left out, however the file is reformatted, and what is new is not.

use std::path::Path;

use crate::support::{self, run};

const TEAM: &str =
    "---\napiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: team-a}\nspec: {type: team, children: []}\n";

fn component(spec: &str) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{name: shop}}\nspec:\n  type: service\n  lifecycle: production\n{spec}{TEAM}"
    )
}

/// Writes the descriptor, and gives the codes that are found with these arguments.
fn codes(folder: &Path, spec: &str, arguments: &[&str]) -> Vec<String> {
    support::write(folder, &[("org/catalog-info.yaml", component(spec))]);
    let ran = run(folder, &[&["check", "org", "--world=closed", "--format=json"], arguments].concat());
    let found = ran.json()["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["code"].as_str().unwrap().to_owned())
        .collect();
    assert!(ran.code <= 1, "{}", ran.stderr);
    found
}

#[test]
fn what_is_known_is_left_out_and_what_is_new_is_not() {
    let work = tempfile::tempdir().unwrap();
    let folder = work.path();
    let before = "  owner: team-b\n  dependsOn: [resource:db, resource:cache]\n";
    support::write(folder, &[("org/catalog-info.yaml", component(before))]);
    let ran = run(folder, &["check", "org", "--world=closed", "--write-baseline=known.json"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
    assert!(ran.stderr.starts_with("3 known findings in known.json"), "{}", ran.stderr);

    let known = &["--baseline=known.json"];
    assert_eq!(codes(folder, before, known), [""; 0]);
    let reformatted = "  # whose?\n  owner: 'team-b'\n  dependsOn:\n    - component:shop2\n    - \"resource:cache\"\n    - resource:db\n";
    assert_eq!(codes(folder, reformatted, known), ["dangling-reference"], "an item put in moves nothing");
    let swapped = "  owner: team-c\n  dependsOn: [resource:db, resource:cache]\n";
    assert_eq!(codes(folder, swapped, known), ["unknown-owner"], "one mistake for another is seen");
    let twice = "  owner: team-b\n  dependsOn: [resource:db, resource:db, resource:cache]\n";
    assert_eq!(codes(folder, twice, known), ["dangling-reference"], "the same once more is new");
}

#[test]
fn a_baseline_shrinks_and_never_grows_by_itself() {
    let work = tempfile::tempdir().unwrap();
    let folder = work.path();
    codes(folder, "  owner: team-b\n  system: s\n", &[]);
    run(folder, &["check", "org", "--world=closed", "--write-baseline=known.json"]);
    let first = std::fs::read_to_string(folder.join("known.json")).unwrap();
    let schema: serde_json::Value = serde_json::from_str(&catalog::schemas::text("baseline").unwrap()).unwrap();
    let value: serde_json::Value = serde_json::from_str(&first).unwrap();
    assert!(jsonschema::is_valid(&schema, &value), "{first}");

    support::write(folder, &[("org/catalog-info.yaml", component("  owner: team-a\n  system: s\n  domain: x\n"))]);
    let ran = run(folder, &["check", "org", "--world=closed", "--baseline=known.json"]);
    assert!(ran.stderr.contains("1 known finding of known.json left out, 1 mended"), "{}", ran.stderr);
    assert_eq!(std::fs::read_to_string(folder.join("known.json")).unwrap(), first, "only read");
    let ran = run(folder, &["check", "org", "--world=closed", "--prune-baseline=known.json"]);
    assert!(ran.stderr.contains("1 mended and taken out of it"), "{}", ran.stderr);
    let pruned = std::fs::read_to_string(folder.join("known.json")).unwrap();
    assert!(pruned.contains("dangling-reference") && !pruned.contains("unknown-owner"), "{pruned}");
    assert!(!pruned.contains("misspelt-field"), "what is new is not taken in");
}

#[test]
fn baselines_that_cannot_be_used_say_why() {
    let work = tempfile::tempdir().unwrap();
    let folder = work.path();
    support::write(
        folder,
        &[
            ("org/catalog-info.yaml", component("  owner: team-a\n")),
            ("newer.json", "{\"version\": 9, \"findings\": {}}".to_owned()),
            ("broken.json", "[]".to_owned()),
        ],
    );
    for (file, words) in [
        ("newer.json", "it has version 9"),
        ("broken.json", "it is no baseline"),
        ("missing.json", "write the baseline first: `--write-baseline missing.json`"),
    ] {
        let ran = run(folder, &["check", "org", "--baseline", file]);
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains(words), "{}", ran.stderr);
    }
}

#[test]
fn today_is_the_day_of_the_newest_commit() {
    let work = tempfile::tempdir().unwrap();
    let org = work.path().join("org");
    let spec = "  owner: team-a\n  system: s # catalog-ignore[dangling-reference]: split off until 2026-05-01\n";
    support::write(&org, &[("catalog-info.yaml", component(spec))]);
    support::git(&org, &["init", "-q"]);
    support::git(&org, &["add", "."]);
    support::git(&org, &["commit", "-qm", "a"]);
    let found = |more: &[&str]| {
        let ran = run(work.path(), &[&["check", "org", "--world=closed", "--format=json"], more].concat());
        ran.json()["diagnostics"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["code"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(found(&[]), ["dangling-reference", "expired-suppression"]);
    assert_eq!(found(&["--now=2026-05-01"]), [""; 0]);
}
