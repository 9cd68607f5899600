//! From end to end, with real repositories: the published catalog of three, a branch in one of them
//! that takes an API away, and the check of that repository alone.

use std::path::{Path, PathBuf};

use crate::support::{self, Ran, git, run};

const TEAM: &str =
    "---\napiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: NAME}\nspec: {type: team, children: []}\n";

/// Three clones and the site of them all.
struct Organisation {
    work: tempfile::TempDir,
}

impl Organisation {
    fn new() -> Self {
        let it = Self { work: tempfile::tempdir().unwrap() };
        let orders = "apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata:\n  name: orders\nspec:\n  type: graphql\n  lifecycle: production\n  owner: team-orders\n  definition: 'type Query { a: Int }'\n";
        let shop = "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: shop\nspec:\n  type: website\n  lifecycle: production\n  owner: team-shop\n  consumesApis:\n    - orders\n";
        it.commit("orders", &[("catalog-info.yaml", &format!("{orders}{}", TEAM.replace("NAME", "team-orders")))]);
        it.commit("shop", &[("services/catalog-info.yaml", &format!("{shop}{}", TEAM.replace("NAME", "team-shop")))]);
        it.commit("handbook", &[("README.md", "How we work.\n")]);
        it.publish();
        it
    }

    fn path(&self, inside: &str) -> PathBuf {
        self.work.path().join(inside)
    }

    fn text(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap()
    }

    fn commit(&self, name: &str, files: &[(&str, &str)]) {
        let folder = self.path("org").join(name);
        support::write(&folder, files);
        if !folder.join(".git").exists() {
            git(&folder, &["init", "-q", "-b", "main"]);
            git(&folder, &["remote", "add", "origin", &format!("https://github.com/acme/{name}.git")]);
        }
        git(&folder, &["add", "-A"]);
        git(&folder, &["commit", "-qm", "a", "--allow-empty"]);
    }

    fn publish(&self) {
        let ran = run(self.work.path(), &["build", "org", "-o", "site"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
    }

    /// The check of a pull request: one repository, without the others.
    fn check(&self, name: &str) -> Ran {
        let alone = self.path("alone");
        let _ = std::fs::remove_dir_all(&alone);
        let from = self.path("org").join(name);
        git(self.work.path(), &["clone", "-q", from.to_str().unwrap(), "alone"]);
        git(&alone, &["remote", "set-url", "origin", &format!("https://github.com/acme/{name}.git")]);
        run(
            self.work.path(),
            &["check", "alone", "--base", "origin/main", "--against", "site", "--report=markdown=report.md"],
        )
    }

    fn branch(&self, name: &str) {
        git(&self.path("org").join(name), &["checkout", "-q", "-b", "change"]);
    }
}

fn replaced(org: &Organisation, path: &str, from: &str, to: &str) -> String {
    let text = org.text(path);
    assert!(text.contains(from), "{text}");
    text.replace(from, to)
}

fn has_all(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "{word}\n{text}");
    }
}

fn only_teams(text: &str) -> &str {
    &text[text.find("---\n").unwrap() + 4..]
}

#[test]
fn who_deletes_an_api_is_told_by_the_check_of_their_own_repository() {
    let org = Organisation::new();
    org.branch("orders");
    let text = org.text("org/orders/catalog-info.yaml");
    org.commit("orders", &[("catalog-info.yaml", only_teams(&text))]);
    let ran = org.check("orders");
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let place = "github.com/acme/shop/services/catalog-info.yaml:10:7";
    has_all(
        &ran.stderr,
        &["error[breaks-reference]", "`api:orders`", "component:shop", "team-shop", place, "1 API removed"],
    );
    has_all(&org.text("report.md"), &["❌ Catalog: 1 error", "api:orders", "team-shop", "What changes: 1 API removed"]);
}

#[test]
fn a_rename_fails_until_the_consumer_follows_and_then_passes() {
    let org = Organisation::new();
    org.branch("orders");
    let renamed = replaced(&org, "org/orders/catalog-info.yaml", "name: orders\n", "name: orders-v2\n");
    org.commit("orders", &[("catalog-info.yaml", &renamed)]);
    let ran = org.check("orders");
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    has_all(&ran.stderr, &["error[breaks-reference]", "orders-v2", "component:shop", "team-shop"]);

    // The consumer moves first: what it needs now is not there yet, and `external` says that it will be.
    let moved = replaced(&org, "org/shop/services/catalog-info.yaml", "- orders\n", "- orders-v2\n");
    org.commit(
        "shop",
        &[("services/catalog-info.yaml", &moved), ("catalog-config.yaml", "external: ['api:default/orders-v2']\n")],
    );
    git(&org.path("org/orders"), &["checkout", "-q", "main"]);
    org.publish();
    git(&org.path("org/orders"), &["checkout", "-q", "change"]);
    let ran = org.check("orders");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    has_all(&ran.stderr, &["1 API renamed", "nothing to report"]);
}

#[test]
fn a_rename_says_whom_it_does_not_reach() {
    let org = Organisation::new();
    let arguments = ["rename", "api:orders", "api:orders-v2", "org/orders", "--against", "site", "--write"];
    let ran = run(org.work.path(), &arguments);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let place = "github.com/acme/shop/services/catalog-info.yaml:10:7";
    has_all(&ran.stderr, &["not in view: `component:default/shop`, owned by `group:default/team-shop`", place]);
    assert!(org.text("org/orders/catalog-info.yaml").contains("name: orders-v2\n"));
    assert!(org.text("org/shop/services/catalog-info.yaml").contains("- orders\n"), "only what is in view");
}

#[test]
fn revisions_of_a_repository_are_compared() {
    let org = Organisation::new();
    let folder = org.path("org/orders");
    let renamed = replaced(&org, "org/orders/catalog-info.yaml", "owner: team-orders\n", "owner: team-new\n");
    org.branch("orders");
    org.commit("orders", &[("catalog-info.yaml", &renamed)]);
    let diff = |arguments: &[&str]| {
        let ran = run(Path::new(&folder), &[&["diff"], arguments].concat());
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        ran.stdout
    };
    has_all(&diff(&["main", "change"]), &["owner", "team-orders", "team-new"]);
    has_all(&diff(&["main"]), &["team-new"]);
    has_all(&diff(&[]), &["nothing changed"]);
    let wrong = run(&folder, &["diff", "no-such-branch"]);
    assert_eq!(wrong.code, 2);
    has_all(&wrong.stderr, &["no-such-branch", "no revision"]);
}
