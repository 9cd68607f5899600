//! Fixes: each case of `tests/fix` byte by byte, also with CRLF and a byte order mark, and again
//! without further change; and what `--fix` must never do. A case has the text of a file before and
//! after, under a heading.

use std::path::Path;

use crate::support::{self, run};

/// What the cases refer to, in a file beside theirs.
const AROUND: &str = "\
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: shop}
spec: {type: service, lifecycle: production, owner: team-a}
---
apiVersion: backstage.io/v1alpha1
kind: Resource
metadata: {name: db}
spec: {type: database, owner: team-a}
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: team-a}
spec: {type: team, children: []}
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: team-b}
spec: {type: team, children: []}
";

struct Case {
    name: String,
    before: String,
    after: String,
}

fn cases(file: &str) -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fix").join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    let mut cases = Vec::new();
    for part in format!("\n{text}").split("\n# ").skip(1) {
        // A heading of a case has a blank line after it; a comment in a file has a fence around it.
        let Some((name, rest)) = part.split_once("\n\n```before\n") else { continue };
        let _ = rest;
        cases.push(name.to_owned());
    }
    let block = |text: &str, kind: &str| {
        let (_, rest) = text.split_once(&format!("```{kind}\n")).unwrap();
        rest.split_once("\n```").unwrap().0.to_owned() + "\n"
    };
    cases
        .iter()
        .map(|name| {
            let (_, rest) = text.split_once(&format!("# {name}\n")).unwrap();
            Case { name: name.clone(), before: block(rest, "before"), after: block(rest, "after") }
        })
        .collect()
}

fn folder(descriptor: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    support::write(
        folder.path(),
        &[
            ("org/catalog-info.yaml", descriptor),
            ("org/around/catalog-info.yaml", AROUND.as_bytes()),
            ("org/part.yaml", b"type: service\nlifecycle: production\n"),
            ("org/CODEOWNERS", b"* @acme/team-a\n"),
        ],
    );
    support::clone_of(&folder.path().join("org"), "https://github.com/acme/org");
    folder
}

fn read(folder: &Path, path: &str) -> Vec<u8> {
    std::fs::read(folder.join(path)).unwrap()
}

fn fixed(case: &Case, before: &str, after: &str, arguments: &[&str]) {
    let work = folder(before.as_bytes());
    let all = [&["check", "org", "--world=closed", "--fix"], arguments].concat();
    for time in ["once", "twice"] {
        let ran = run(work.path(), &all);
        assert!(ran.code <= 1, "{}: {}", case.name, ran.stderr);
        let found = String::from_utf8(read(work.path(), "org/catalog-info.yaml")).unwrap();
        assert_eq!(found, after, "{} ({time}): {}", case.name, ran.stderr);
        if time == "twice" {
            assert!(ran.stderr.starts_with("nothing was fixed"), "{}: {}", case.name, ran.stderr);
        }
    }
}

#[test]
fn each_fix_changes_what_it_says_and_nothing_else() {
    for (file, arguments) in [("safe.md", &[][..]), ("unsafe.md", &["--unsafe"])] {
        let cases = cases(file);
        assert!(cases.len() > 2, "{file}");
        for case in &cases {
            fixed(case, &case.before, &case.after, arguments);
            let crlf = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
            fixed(case, &crlf(&case.before), &crlf(&case.after), arguments);
            let open = |text: &str| text.trim_end_matches('\n').to_owned();
            let (before, after) = (open(&case.before), open(&case.after));
            let work = folder(before.as_bytes());
            let ran = run(work.path(), &[&["check", "org", "--world=closed", "--fix"], arguments].concat());
            let found = String::from_utf8(read(work.path(), "org/catalog-info.yaml")).unwrap();
            assert_eq!(open(&found), after, "{} without a last line end: {}", case.name, ran.stderr);
        }
    }
}

const WRONG: &str = "apiVersion: backstage.io/v1alpha1\nkind: component\nmetadata: {name: one}\nspec: {typ: service, lifecycle: production, owner: team-a}\n";

#[test]
fn a_diff_shows_what_would_change_and_writes_nothing() {
    let work = folder(WRONG.as_bytes());
    for arguments in [&["--diff"][..], &["--fix", "--diff"]] {
        let ran = run(work.path(), &[&["check", "org", "--world=closed"], arguments].concat());
        assert_eq!(ran.code, 1, "{}", ran.stderr);
        assert!(
            ran.stdout.starts_with("--- a/org/catalog-info.yaml\n+++ b/org/catalog-info.yaml\n@@"),
            "{}",
            ran.stdout
        );
        assert!(ran.stdout.contains("-kind: component\n+kind: Component\n"), "{}", ran.stdout);
        assert!(ran.stderr.contains("can be fixed: `catalog check --fix`"), "{}", ran.stderr);
        assert_eq!(read(work.path(), "org/catalog-info.yaml"), WRONG.as_bytes());
    }
    let ran = run(work.path(), &["check", "org", "--diff", "--format=json"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    let ran = run(work.path(), &["check", "org", "--unsafe"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
}

#[test]
fn what_was_fixed_is_said_before_what_is_left() {
    let work = folder(WRONG.replace(", owner: team-a", ", owner: team-aa").as_bytes());
    let ran = run(work.path(), &["check", "org", "--world=closed", "--fix"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(ran.stderr.starts_with("2 fixed in 1 file; 1 more with `--unsafe`\n"), "{}", ran.stderr);
    let ran = run(work.path(), &["check", "org", "--world=closed", "--fix", "--unsafe", "--format=json"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, "1 fixed in 1 file\n"));
    assert_eq!(ran.json()["diagnostics"], serde_json::json!([]));
}

#[test]
fn only_the_files_that_are_named_are_fixed() {
    let work = folder(WRONG.as_bytes());
    let other = WRONG.replace("name: one", "name: two");
    support::write(work.path(), &[("org/b/catalog-info.yaml", other.as_str()), ("org/c/readme.md", "x")]);
    let ran = run(work.path(), &["check", "org/b/catalog-info.yaml", "org/c/readme.md", "--fix"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(read(work.path(), "org/catalog-info.yaml"), WRONG.as_bytes());
    assert!(String::from_utf8(read(work.path(), "org/b/catalog-info.yaml")).unwrap().contains("{type: service"));
}

#[test]
fn what_is_suppressed_or_known_is_not_fixed() {
    let known = WRONG.replace("kind: component\n", "kind: component # catalog-ignore[unknown-kind]: a test\n");
    let work = folder(known.as_bytes());
    let ran = run(work.path(), &["check", "org", "--world=closed", "--allow=misspelt-field", "--fix"]);
    assert!(ran.stderr.contains("nothing was fixed"), "{}", ran.stderr);
    assert_eq!(read(work.path(), "org/catalog-info.yaml"), known.as_bytes());
}

#[test]
fn a_read_only_file_is_an_error_and_others_stay_as_they_are() {
    let work = folder(WRONG.as_bytes());
    let other = WRONG.replace("name: one", "name: two");
    support::write(work.path(), &[("org/b/catalog-info.yaml", other.as_str())]);
    let path = work.path().join("org/catalog-info.yaml");
    let mut permissions = path.metadata().unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    let ran = run(work.path(), &["check", "org", "--world=closed", "--fix"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("org/catalog-info.yaml is read-only; nothing was written"), "{}", ran.stderr);
    assert_eq!(read(work.path(), "org/b/catalog-info.yaml"), other.as_bytes());
}

/// Every entity of a catalog, with what it says.
fn entities(site: &Path) -> std::collections::BTreeMap<String, serde_json::Value> {
    let text = std::fs::read_to_string(site.join("catalog.json")).unwrap();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let key = |entity: &serde_json::Value| {
        let text = |value: &serde_json::Value| value.as_str().unwrap_or("").to_lowercase();
        format!(
            "{}:{}/{}",
            text(&entity["kind"]),
            text(&entity["metadata"]["namespace"]),
            text(&entity["metadata"]["name"])
        )
    };
    value["entities"].as_array().unwrap().iter().map(|entity| (key(entity), entity.clone())).collect()
}

#[test]
fn real_catalogs_read_as_the_same_but_for_the_fix() {
    let corpus =
        std::env::var_os("CATALOG_CORPUS").map_or_else(|| "/work/shared/corpus".into(), std::path::PathBuf::from);
    let Ok(folders) = corpus.read_dir() else {
        println!("skipped: there is no corpus at {}; CATALOG_CORPUS names another", corpus.display());
        return;
    };
    let mut folders: Vec<_> = folders.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    for folder in folders {
        let work = tempfile::tempdir().unwrap();
        for entry in
            walkdir::WalkDir::new(&folder).into_iter().map(Result::unwrap).filter(|one| one.file_type().is_file())
        {
            let to = work.path().join("org").join(entry.path().strip_prefix(&folder).unwrap());
            std::fs::create_dir_all(to.parent().unwrap()).unwrap();
            // The bytes alone: the originals are read-only.
            std::fs::write(to, std::fs::read(entry.path()).unwrap()).unwrap();
        }
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let errors = |ran: &support::Ran| ran.json()["summary"]["errors"].as_u64().unwrap();
        let build = |site: &str| {
            let ran = run(work.path(), &["build", "org", "-o", site, "--format=json"]);
            assert!(ran.code <= 1, "{name}: {}", ran.stderr);
            (entities(&work.path().join(site)), errors(&ran))
        };
        let (before, errors_before) = build("before");
        let ran = run(work.path(), &["check", "org", "--fix", "--format=json"]);
        assert!(ran.code <= 1, "{name}: {}", ran.stderr);
        let fixed: usize = ran.stderr.split(' ').next().and_then(|count| count.parse().ok()).unwrap_or(0);
        let (after, errors_after) = build("after");
        assert!(errors_after <= errors_before, "{name}: {errors_after} errors, before {errors_before}");
        let without_place = |entity: &serde_json::Value| {
            let mut entity = entity.clone();
            entity.as_object_mut().unwrap().remove("source");
            entity.as_object_mut().unwrap().remove("relations");
            entity
        };
        let mut changed = 0;
        for (key, entity) in &before {
            let now = after.get(key).unwrap_or_else(|| panic!("{name}: `{key}` is gone"));
            changed += usize::from(without_place(now) != without_place(entity));
        }
        assert!(changed <= fixed, "{name}: {changed} entities changed, and {fixed} findings were fixed");
        println!(
            "{name}: {fixed} fixed, {changed} of {} entities changed, {} more",
            before.len(),
            after.len() - before.len()
        );
        let ran = run(work.path(), &["check", "org", "--fix"]);
        assert!(ran.stderr.starts_with("nothing was fixed"), "{name}: {}", ran.stderr);
    }
}

#[test]
fn a_rename_reaches_every_reference_in_the_form_it_has() {
    let work = tempfile::tempdir().unwrap();
    let before: &[(&str, &str)] = &[
        (
            "org/shop/catalog-info.yaml",
            "# The shop.\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n    name:  'a'   # short\n    annotations:\n        backstage.io/techdocs-ref: dir:.\nspec:\n    type: service\n    lifecycle: production\n    owner: team\n---\napiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: team}\nspec: {type: team, children: []}\n",
        ),
        ("org/shop/mkdocs.yml", "site_name: a\n"),
        (
            "org/shop/docs/index.md",
            "# a\n\nSee [a](/docs/default/component/a/x.html), [its page][1] and `catalog/default/component/a`.\n\n[1]: https://c.example/catalog/default/component/a\n",
        ),
        (
            "org/other/catalog-info.yaml",
            "\u{feff}apiVersion: backstage.io/v1alpha1\r\nkind: Component\r\nmetadata:\r\n  name: o\r\n  annotations: {backstage.io/techdocs-entity: \"component:default/a\"}\r\nspec:\r\n  type: library\r\n  lifecycle: production\r\n  owner: group:team # they\r\n  subcomponentOf: a\r\n  dependsOn: [ component:a , 'component:default/a', component:a-b ]\r\n",
        ),
        (
            "org/catalog-config.yaml",
            "sources:\n  - path: \"*\"\nexternal:\n  - component:default/a-b   # elsewhere\n  - component:default/a\n",
        ),
    ];
    support::write(work.path(), before);
    for repository in ["shop", "other"] {
        support::clone_of(&work.path().join("org").join(repository), &format!("https://github.com/acme/{repository}"));
    }
    let shown = run(work.path(), &["rename", "component:a", "component:b", "org"]);
    assert_eq!(shown.code, 0, "{}", shown.stderr);
    assert!(
        shown
            .stderr
            .contains("`component:default/a` becomes `component:default/b`: 8 places in 4 files of 3 repositories"),
        "{}",
        shown.stderr
    );
    assert!(shown.stderr.contains("nothing was written: `--write` does it"), "{}", shown.stderr);
    assert!(shown.stdout.contains("+    name:  'b'   # short"), "{}", shown.stdout);
    for (path, text) in before {
        assert_eq!(read(work.path(), path), text.as_bytes(), "{path}");
    }
    let ran = run(work.path(), &["rename", "component:a", "b", "org", "--write"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
    let text = |path: &str| String::from_utf8(read(work.path(), path)).unwrap();
    assert_eq!(text("org/shop/catalog-info.yaml"), before[0].1.replace("'a'", "'b'"));
    assert_eq!(
        text("org/shop/docs/index.md"),
        "# a\n\nSee [a](/docs/default/component/b/x.html), [its page][1] and `catalog/default/component/a`.\n\n[1]: https://c.example/catalog/default/component/b\n"
    );
    assert_eq!(
        text("org/other/catalog-info.yaml"),
        before[3]
            .1
            .replace("\"component:default/a\"", "\"component:default/b\"")
            .replace("subcomponentOf: a", "subcomponentOf: b")
            .replace("component:a ,", "component:b ,")
            .replace("'component:default/a'", "'component:default/b'")
    );
    assert_eq!(
        text("org/catalog-config.yaml"),
        before[4].1.replace("  - component:default/a\n", "  - component:default/b\n")
    );

    let moved = run(work.path(), &["rename", "component:b", "component:web/b", "org", "--write"]);
    assert_eq!(moved.code, 0, "{}", moved.stderr);
    let shop = text("org/shop/catalog-info.yaml");
    assert!(shop.contains("dir:.\n    namespace: web\nspec:") && shop.contains("    owner: default/team\n"), "{shop}");
    assert!(
        text("org/other/catalog-info.yaml")
            .contains("subcomponentOf: web/b\r\n  dependsOn: [ component:web/b , 'component:web/b'")
    );
    let ran = run(work.path(), &["check", "org"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

#[test]
fn a_rename_that_cannot_be_says_why() {
    let work = folder(WRONG.replace("component", "Component").as_bytes());
    for (from, to, why) in [
        ("component:shopp", "component:x", "did you mean `component:shop`?"),
        ("shop", "x", "write it as `component:name`"),
        ("component:shop", "component:one", "there is a `component:default/one` already"),
        ("component:shop", "resource:shop2", "is another kind"),
        ("component:shop", "component:a b", "is no name"),
        ("component:shop", "component:Shop/x", "is no namespace"),
        ("component:shop", "shop", "that is its name"),
    ] {
        let ran = run(work.path(), &["rename", from, to, "org", "--write"]);
        assert_eq!(ran.code, 2, "{from} {to}: {}", ran.stderr);
        assert!(ran.stderr.contains(why), "{from} {to}: {}", ran.stderr);
    }
    // JSON in one line has no room for a namespace that it does not have, and half a rename is none.
    let person = "{\"items\": [{\"apiVersion\": \"backstage.io/v1alpha1\", \"kind\": \"Group\", \"metadata\": {\"name\": \"crew\"}, \"spec\": {\"type\": \"team\", \"children\": []}}]}";
    support::write(work.path(), &[("org/crew.json", person), ("org/catalog-config.yaml", "import: [crew.json]\n")]);
    let ran = run(work.path(), &["rename", "group:crew", "group:x/crew", "org", "--write"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("cannot be changed at crew.json:1"), "{}", ran.stderr);
    let ran = run(work.path(), &["rename", "group:crew", "hands", "org", "--write"]);
    assert_eq!(read(work.path(), "org/crew.json"), person.replace("crew", "hands").as_bytes(), "{}", ran.stderr);
    // A map in one line has.
    let ran = run(work.path(), &["rename", "component:one", "component:x/two", "org", "--write"]);
    let found = String::from_utf8(read(work.path(), "org/catalog-info.yaml")).unwrap();
    assert!(found.contains("metadata: {name: two, namespace: x}\n"), "{found}{}", ran.stderr);
    assert!(found.contains("owner: default/team-a"), "{found}");

    let ran = run(work.path(), &["rename", "resource:db", "resource:data", "org"]);
    assert!(ran.stderr.contains("the rest of the organisation is not in view"), "{}", ran.stderr);
}
