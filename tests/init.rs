//! `catalog init`: what is proposed for repositories that nobody has described, and that nothing
//! is written over.

use std::path::Path;

use crate::support::{self, run};

fn organisation(folder: &Path) {
    support::write(
        folder,
        &[
            (
                "shop/package.json",
                r#"{"name": "@acme/shop", "description": "Sells: things", "dependencies": {"express": "4"}}"#,
            ),
            ("shop/.github/CODEOWNERS", "* @acme/team-shop\n"),
            ("shop/docs/index.md", "# Shop\n"),
            (
                "shop/api/openapi.yaml",
                "openapi: 3.0.0\ninfo:\n  title: Shop API\n  version: '1'\n  description: The shop.\n  contact: {name: Shop}\nservers: [{url: https://shop.example}]\npaths: {}\n",
            ),
            ("shop/tests/fixtures/openapi.yaml", "openapi: 3.0.0\ninfo: {title: No, version: '1'}\npaths: {}\n"),
            ("stock/go.mod", "module example.org/stock/v2\n"),
            ("stock/README.md", "# Stock\n\nKeeps count of what is in the stores.\n"),
            ("stock/Dockerfile", "FROM scratch\n"),
            ("stock/proto/stock.proto", "syntax = \"proto3\";\nservice Stock {}\n"),
            ("mono/README.md", "# All\n"),
            ("mono/apps/web/package.json", r#"{"name": "web", "dependencies": {"react-dom": "18"}}"#),
            ("mono/apps/lib/Cargo.toml", "[package]\nname = \"lib\"\n"),
            (
                "done/catalog-info.yaml",
                "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: team-shop}\nspec: {type: team, children: []}\n",
            ),
        ],
    );
    support::clone_of(&folder.join("shop"), "https://github.com/acme/shop.git");
}

#[test]
fn descriptors_are_proposed_and_written_only_when_asked() {
    let work = tempfile::tempdir().unwrap();
    let folder = work.path();
    organisation(folder);
    let shown = run(folder, &["init", "."]);
    assert_eq!(shown.code, 0, "{}", shown.stderr);
    assert!(shown.stderr.contains("nothing was written; `--write` writes 5 files"), "{}", shown.stderr);
    assert!(!folder.join("catalog-config.yaml").exists());
    for line in [
        "+organization: acme",
        "+  name: shop",
        "+  description: 'Sells: things'",
        "+    github.com/project-slug: acme/shop",
        "+    backstage.io/techdocs-ref: dir:.",
        "+    $text: ./api/openapi.yaml",
        "+  description: Keeps count of what is in the stores.",
        "+++ mono/apps/web/catalog-info.yaml",
    ] {
        assert!(shown.stdout.contains(line), "{line}\n{}", shown.stdout);
    }
    assert!(!shown.stdout.contains("fixtures") && !shown.stdout.contains("+++ done/"), "{}", shown.stdout);

    let written = run(folder, &["init", ".", "--write"]);
    assert_eq!(written.code, 0, "{}", written.stderr);
    let check = run(folder, &["check", ".", "--format=json"]).json();
    assert_eq!(check["summary"]["entities"], 7, "{check:#}");
    assert_eq!(check["summary"]["repositories"], 4);
    // Whoever could not be told is the only thing that is wrong.
    for finding in check["diagnostics"].as_array().unwrap() {
        assert_eq!(finding["code"], "unknown-owner", "{finding:#}");
    }
    let again = run(folder, &["init", ".", "--write"]);
    assert!(again.stderr.starts_with("nothing to propose"), "{}", again.stderr);
}

#[test]
fn what_is_there_is_never_written_over() {
    let work = tempfile::tempdir().unwrap();
    let folder = work.path();
    support::write(
        folder,
        &[("go.mod", "module a\n"), ("catalog-info.yml", "mine"), ("app.yaml", "catalog: {rules: []}\n")],
    );
    let ran = run(folder, &["init", ".", "--write"]);
    assert_eq!((ran.code, std::fs::read_to_string(folder.join("catalog-info.yml")).unwrap().as_str()), (0, "mine"));
    assert!(!folder.join("catalog-info.yaml").exists(), "one descriptor is enough");
    let settings = std::fs::read_to_string(folder.join("catalog-config.yaml")).unwrap();
    let ran = run(folder, &["init", ".", "--write", "--from", "app.yaml"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("never written over"), "{}", ran.stderr);
    assert_eq!(std::fs::read_to_string(folder.join("catalog-config.yaml")).unwrap(), settings);
}

#[test]
fn a_backstage_is_taken_over() {
    let work = tempfile::tempdir().unwrap();
    let folder = work.path();
    support::write(
        folder,
        &[
            (
                "app-config.yaml",
                "organization: {name: Acme}\ncatalog:\n  rules: [{allow: [Component, Group]}]\n  locations:\n    - {type: file, target: ../../org/all.yaml}\n",
            ),
            (
                "org/all.yaml",
                "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: g}\nspec: {type: team, children: []}\n---\napiVersion: backstage.io/v1alpha1\nkind: System\nmetadata: {name: s}\nspec: {owner: g}\n",
            ),
        ],
    );
    let ran = run(folder, &["init", ".", "--write", "--from", "app-config.yaml"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let check = run(folder, &["check", ".", "--world=closed", "--format=json"]).json();
    let codes: Vec<&str> =
        check["diagnostics"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"kind-not-allowed"), "the rule is taken over: {codes:?}");
    let broken = run(folder, &["init", ".", "--from", "org/missing.yaml"]);
    assert_eq!(broken.code, 2);
}
