//! The binary as people and CI call it: exit codes, streams, formats, and what a path means. What
//! the library can show is tested below it, where a thousand cases take a second.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value as Json;

use crate::support::{self, Ran, run};

const GROUP: &str =
    "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: team-a}\nspec: {type: team, children: []}\n";
/// One warning in an open world, one error in a closed one.
const DANGLING: &str =
    "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: team-b}\nspec: {type: team, children: [gone]}\n";
/// One error in any world.
const BROKEN: &str =
    "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: a b}\nspec: {type: team, children: []}\n";

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    support::write(folder.path(), files);
    folder
}

fn check(folder: &Path, arguments: &[&str]) -> Ran {
    run(folder, &[&["check", "."], arguments].concat())
}

fn json(folder: &Path, arguments: &[&str]) -> Json {
    check(folder, &[&["--format", "json"], arguments].concat()).json()
}

fn codes(report: &Json) -> Vec<&str> {
    report["diagnostics"].as_array().unwrap().iter().map(|finding| finding["code"].as_str().unwrap()).collect()
}

/// `error: 1, warning: 0 …` and so on: how often each level was found.
fn levels(report: &Json) -> [u64; 3] {
    ["errors", "warnings", "notes"].map(|level| report["summary"][level].as_u64().unwrap())
}

#[test]
fn the_exit_code_says_whether_the_fail_level_was_reached() {
    let clean = folder(&[("catalog-info.yaml", GROUP)]);
    let warning = folder(&[("catalog-info.yaml", DANGLING)]);
    let error = folder(&[("catalog-info.yaml", BROKEN)]);
    let note = folder(&[("teams.yaml", GROUP)]);
    for (folder, at, expected) in [
        (&clean, None, 0),
        (&clean, Some("note"), 0),
        (&warning, None, 0),
        (&warning, Some("error"), 0),
        (&warning, Some("warning"), 1),
        (&warning, Some("note"), 1),
        (&warning, Some("never"), 0),
        (&error, None, 1),
        (&error, Some("never"), 0),
        (&note, Some("warning"), 0),
        (&note, Some("note"), 1),
    ] {
        let arguments: Vec<&str> = at.map_or_else(Vec::new, |level| vec!["--fail-on", level]);
        assert_eq!(check(folder.path(), &arguments).code, expected, "{at:?} {folder:?}");
    }
}

#[test]
fn what_cannot_run_ends_with_two() {
    let folder = folder(&[("catalog-info.yaml", GROUP)]);
    for arguments in [
        &["check", "missing"][..],
        &["check", "catalog-info.yaml/x"],
        &["build", "missing"],
        &["build", "catalog-info.yaml"],
        &["check", "--fail-on", "sometimes"],
        &["check", "--format", "xml"],
        &["check", "--jobs", "0"],
        &["check", "--nonsense"],
        &["nonsense"],
        &["explain", "nonsense"],
        &["schema", "nonsense"],
        &[],
    ] {
        let ran = run(folder.path(), arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.stderr);
        assert!(ran.stdout.is_empty() && !ran.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn people_read_stderr_and_programs_stdout() {
    let folder = folder(&[("catalog-info.yaml", BROKEN)]);
    let human = check(folder.path(), &[]);
    assert!(human.stdout.is_empty());
    assert!(
        human.stderr.contains("error[invalid-name]") && human.stderr.contains("catalog-info.yaml:3:18"),
        "{}",
        human.stderr
    );
    assert!(!human.stderr.contains('\u{1b}'), "colour although it is no terminal");
    assert!(check(folder.path(), &["--color", "always"]).stderr.contains('\u{1b}'));
    let quiet = check(folder.path(), &["--quiet"]);
    assert!(quiet.stderr.contains("invalid-name") && !quiet.stderr.contains("open world"));
    assert!(check(folder.path(), &["--format", "json"]).stderr.is_empty());
}

#[test]
fn a_report_goes_into_a_file_as_well() {
    let folder = folder(&[("catalog-info.yaml", BROKEN)]);
    let out = tempfile::tempdir().unwrap();
    let file = out.path().join("findings.json");
    let ran = check(folder.path(), &["--report", &format!("json={}", file.display())]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    let report: Json = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    assert_eq!(codes(&report), ["invalid-name"]);
    assert_eq!(check(folder.path(), &["--report", "json=/nonexistent/x.json"]).code, 2);
}

/// An organisation with findings of every sort, in several repositories.
fn organisation() -> tempfile::TempDir {
    let folder = folder(&[
        (
            "catalog-config.yaml",
            "sources: [{path: 'repos/*'}]\nsite: {url: 'https://catalog.example.org'}\nnonsense: 1\n",
        ),
        ("repos/b/catalog-info.yaml", DANGLING),
        ("repos/b/z/catalog-info.yaml", BROKEN),
        ("repos/b/z/other.yaml", GROUP),
        (
            "repos/a/catalog-info.yaml",
            &format!(
                "{GROUP}---\n{GROUP}---\nkind: [\n---\n{BROKEN}apiVersion: x\n---\napiVersion: backstage.io/v1alpha1\nkind: component\nmetadata: {{name: x}}\n"
            ),
        ),
        ("repos/c/teams.yaml", DANGLING),
    ]);
    support::clone_of(&folder.path().join("repos/b"), "https://user:secret@github.com/acme/B.git");
    folder
}

#[test]
fn json_follows_its_schema_and_its_order() {
    let folder = organisation();
    let report = json(folder.path(), &[]);
    let schema: Json = serde_json::from_str(include_str!("../schema/diagnostics.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(&report).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    let findings = report["diagnostics"].as_array().unwrap();
    assert!(findings.len() > 6, "{report:#}");
    for finding in findings {
        // No field is there that the schema does not tell of.
        for key in finding.as_object().unwrap().keys() {
            let known = ["diagnostic", "place"].iter().any(|def| schema["$defs"][def]["properties"].get(key).is_some());
            assert!(known, "`{key}` is not in the schema");
        }
    }
    let text = |finding: &Json, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    let number = |finding: &Json, key: &str| finding[key].as_u64().unwrap_or_default();
    let order: Vec<_> = findings
        .iter()
        .map(|finding| {
            let place = (
                text(finding, "repository"),
                text(finding, "file"),
                number(finding, "line"),
                number(finding, "column"),
            );
            (place, text(finding, "code"), text(finding, "fingerprint"))
        })
        .collect();
    assert!(order.is_sorted(), "{order:#?}");
    assert!(findings.iter().all(|finding| finding["url"] != Json::Null));
    let counted = findings.iter().filter(|finding| finding["severity"] == "error").count();
    assert_eq!(report["summary"]["errors"], counted);
    let fixes = findings.iter().filter(|finding| finding["fix"].is_array()).count();
    assert!(fixes > 0);
}

#[test]
fn a_repository_is_named_by_its_origin_without_credentials() {
    let folder = organisation();
    let ran = check(folder.path(), &["--format", "json"]);
    assert!(!ran.stdout.contains("secret"));
    let report = ran.json();
    let names: std::collections::BTreeSet<&str> =
        report["diagnostics"].as_array().unwrap().iter().filter_map(|finding| finding["repository"].as_str()).collect();
    assert_eq!(names.into_iter().collect::<Vec<_>>(), ["a", "c", "github.com/acme/B"]);
    let of_b = report["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .find(|finding| finding["repository"] == "github.com/acme/B" && finding["file"] == "catalog-info.yaml");
    assert_eq!(of_b.unwrap()["path"], "repos/b/catalog-info.yaml");
    assert_eq!(of_b.unwrap()["file"], "catalog-info.yaml");
}

#[test]
fn git_itself_makes_the_repository_that_is_read() {
    let folder = folder(&[("shop/catalog-info.yaml", DANGLING)]);
    let shop = folder.path().join("shop");
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.args(arguments).current_dir(&shop).env("GIT_CONFIG_GLOBAL", "/dev/null").stdout(Stdio::null());
        command.stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    };
    if !git(&["init", "-q"]) {
        println!("git is not there: not tested");
        return;
    }
    assert!(git(&["remote", "add", "origin", "https://token:x-oauth@GitHub.com/Acme/shop.git"]));
    assert!(git(&["add", "."]));
    assert!(git(&["-c", "user.name=x", "-c", "user.email=x@y", "commit", "-qm", "x"]));
    let ran = check(&shop, &["--format", "json"]);
    assert!(!ran.stdout.contains("token"));
    assert_eq!(ran.json()["diagnostics"][0]["repository"], "github.com/Acme/shop");
    // One child with `.git` makes a folder of repositories, and a closed world.
    assert_eq!(levels(&json(folder.path(), &[])), [1, 0, 0]);
    assert_eq!(levels(&json(&shop, &[])), [0, 1, 0]);
    let named = json(&shop, &["--repository", "my/shop"]);
    assert_eq!(named["diagnostics"][0]["repository"], "my/shop");
}

#[test]
fn a_path_is_a_workspace_a_repository_or_a_folder_of_them() {
    let world = |files: &[(&str, &str)], arguments: &[&str]| {
        let folder = folder(files);
        let ran = check(folder.path(), arguments);
        let last = ran.stderr.lines().find(|line| line.contains(" world")).unwrap().to_owned();
        let (counts, world) = last.split_once(", ").unwrap();
        (counts.to_owned(), world.split(' ').next().unwrap().to_owned())
    };
    let is = |counts: &str, world: &str| (counts.to_owned(), world.to_owned());
    let sources = ("catalog-config.yaml", "sources: [{path: a}, {path: b}]\n");
    let children = [("a/catalog-info.yaml", GROUP), ("b/catalog-info.yaml", DANGLING)];
    // (1) settings with sources
    assert_eq!(world(&[sources, children[0], children[1]], &[]), is("2 entities in 2 repositories", "closed"));
    // (2) a root file, or settings without sources
    assert_eq!(world(&[("catalog-info.yaml", GROUP), children[0]], &[]).1, "open");
    assert_eq!(world(&[("mkdocs.yml", ""), children[0], children[1]], &[]), is("2 entities in 1 repository", "open"));
    assert_eq!(
        world(&[("catalog-config.yaml", "{}"), children[0], children[1]], &[]),
        is("2 entities in 1 repository", "open")
    );
    // (3) two children with a root file; one is not enough
    assert_eq!(world(&children, &[]), is("2 entities in 2 repositories", "closed"));
    assert_eq!(world(&children[..1], &[]), is("1 entity in 1 repository", "open"));
    // (4) anything else
    assert_eq!(world(&[("x/y/catalog-info.yaml", GROUP)], &[]), is("1 entity in 1 repository", "open"));
    // The command line goes before the settings, the settings before the layout.
    assert_eq!(world(&children, &["--world", "open"]).1, "open");
    let closed = ("catalog-config.yaml", "world: closed\n");
    assert_eq!(world(&[closed, children[0]], &[]).1, "closed");
    assert_eq!(world(&[closed, children[0]], &["--world", "open"]).1, "open");
}

#[test]
fn files_are_checked_in_the_repository_around_them() {
    let folder =
        folder(&[("catalog-config.yaml", "{}"), ("catalog-info.yaml", BROKEN), ("sub/catalog-info.yaml", BROKEN)]);
    let report = |arguments: &[&str]| run(folder.path(), &[&["check", "--format", "json"], arguments].concat()).json();
    assert_eq!(codes(&report(&["."])), ["invalid-name", "duplicate-entity", "invalid-name"]);
    let one = report(&["sub/catalog-info.yaml"]);
    let files: Vec<&str> =
        one["diagnostics"].as_array().unwrap().iter().map(|finding| finding["path"].as_str().unwrap()).collect();
    assert!(!files.is_empty() && files.iter().all(|file| *file == "sub/catalog-info.yaml"), "{files:?}");
}

#[test]
fn threads_change_nothing() {
    let folder = organisation();
    let one = check(folder.path(), &["--format", "json", "--jobs", "1"]);
    for jobs in ["2", "7"] {
        assert_eq!(check(folder.path(), &["--format", "json", "--jobs", jobs]).stdout, one.stdout);
    }
    let human = check(folder.path(), &["--jobs", "1"]);
    assert_eq!(check(folder.path(), &["--jobs", "2"]).stderr, human.stderr);
}

#[test]
fn the_place_of_the_input_changes_nothing() {
    let (first, second) = (organisation(), organisation());
    assert_eq!(check(first.path(), &["--format", "json"]).stdout, check(second.path(), &["--format", "json"]).stdout);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let folder = tempfile::tempdir().unwrap();
    let many: String =
        (0..3_000).map(|index| format!("{}---\n", BROKEN.replace("a b", &format!("a {index}")))).collect();
    support::write(folder.path(), &[("catalog-info.yaml", many)]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_catalog"))
        .args(["check", ".", "--format", "json", "--fail-on", "never"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(0));
    assert!(ended.stderr.is_empty(), "{}", String::from_utf8_lossy(&ended.stderr));
}

#[test]
fn explain_tells_of_every_rule() {
    let here = Path::new(".");
    let all = run(here, &["explain"]);
    for rule in catalog::diagnostics::RULES.iter() {
        assert!(all.stdout.contains(rule.code));
    }
    let one = run(here, &["explain", "null-field"]);
    assert_eq!(one.code, 0);
    for part in
        ["null-field\n", "What it reports:", "Why:", "Reported:", "Not reported:", "rules:\n    null-field: off"]
    {
        assert!(one.stdout.contains(part), "{part}: {}", one.stdout);
    }
    let wrong = run(here, &["explain", "nul-field"]);
    assert!(wrong.code == 2 && wrong.stderr.contains("did you mean `null-field`?"), "{}", wrong.stderr);
}

#[test]
fn schemas_in_the_repository_are_those_that_are_printed() {
    let here = Path::new(".");
    let names = run(here, &["schema"]).stdout;
    assert!(names.lines().count() >= 6);
    for name in names.lines() {
        let printed = run(here, &["schema", name]).stdout;
        let schema: Json = serde_json::from_str(&printed).unwrap();
        assert!(jsonschema::validator_for(&schema).is_ok(), "{name} is no JSON Schema");
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("schema/{name}.schema.json"));
        if support::updating() {
            std::fs::write(&file, &printed).unwrap();
        }
        let stored = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(stored == printed, "{} is not current: run the tests with UPDATE=1", file.display());
    }
}

#[test]
fn the_rule_reference_is_made_from_the_table() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules");
    let files = catalog::report::reference::files();
    if support::updating() {
        let _ = std::fs::remove_dir_all(&folder);
        support::write(&folder, &files);
    }
    for (path, text) in &files {
        let stored = std::fs::read_to_string(folder.join(path)).unwrap_or_default();
        assert!(stored == *text, "docs/rules/{path} is not current: run the tests with UPDATE=1");
    }
    assert_eq!(folder.read_dir().unwrap().count(), files.len(), "a page is left of a rule that is gone");
}

#[test]
fn the_schema_of_descriptors_agrees_with_the_checks() {
    let schema: Json = serde_json::from_str(&run(Path::new("."), &["schema", "descriptor"]).stdout).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for rule in catalog::diagnostics::RULES.iter() {
        let good = rule.good();
        let config = good.iter().any(|(path, _)| *path == "catalog-config.yaml");
        for (_, text) in good.iter().filter(|(path, _)| *path == "catalog-info.yaml" && !config) {
            for document in catalog::yaml::parse(text, catalog::yaml::Limits::default()) {
                let value = document.root.unwrap().to_json();
                // A placeholder is not what it brings in.
                if value.to_string().contains("\"$") {
                    continue;
                }
                let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
                assert!(errors.is_empty(), "{}: {}", rule.code, errors.join("; "));
            }
        }
    }
    for bad in [
        r#"{"apiVersion":"backstage.io/v1alpha1","kind":"Component","metadata":{"name":"x"},"spec":{"type":"t","lifecycle":"l"}}"#,
        r#"{"apiVersion":"backstage.io/v1","kind":"Component","metadata":{"name":"x"},"spec":{"type":"t","lifecycle":"l","owner":"o"}}"#,
        r#"{"apiVersion":"backstage.io/v1alpha1","kind":"Group","metadata":{"name":"x"},"spec":{"type":"t"}}"#,
        r#"{"kind":"Group"}"#,
    ] {
        assert!(!validator.is_valid(&serde_json::from_str(bad).unwrap()), "{bad}");
    }
}

/// What the field of a kind offers, in the schema with references.
fn offered(schema: &Json, kind: &str, pointer: &str) -> Vec<String> {
    let branches = schema["allOf"].as_array().unwrap();
    let branch = branches.iter().find(|branch| branch["if"]["properties"]["kind"]["const"] == kind).unwrap();
    let field = branch["then"].pointer(&format!("/properties/spec{pointer}")).unwrap_or_else(|| panic!("{pointer}"));
    let names = field["anyOf"][0]["enum"].as_array().unwrap();
    names.iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_schema_with_references_completes_what_there_is() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ran = run(root, &["schema", "descriptor", "--with-references", "example-org"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let schema: Json = serde_json::from_str(&ran.stdout).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("site");
    assert_eq!(run(root, &["build", "example-org", "--quiet", "-o", site.to_str().unwrap()]).code, 0);
    let catalog: Json = serde_json::from_str(&std::fs::read_to_string(site.join("catalog.json")).unwrap()).unwrap();
    let entities = catalog["entities"].as_array().unwrap();
    let systems: Vec<&str> = entities
        .iter()
        .filter(|entity| entity["kind"] == "System" && entity["metadata"]["namespace"] == "default")
        .map(|entity| entity["metadata"]["name"].as_str().unwrap())
        .collect();
    let offers = offered(&schema, "Component", "/properties/system");
    assert!(!systems.is_empty() && systems.iter().all(|system| offers.iter().any(|offer| offer == system)));
    // A kind that the field takes, and that is not its default, is named.
    let owners = offered(&schema, "Component", "/properties/owner");
    assert!(
        owners.iter().any(|owner| owner.starts_with("user:"))
            && !owners.iter().any(|owner| owner.starts_with("group:"))
    );
    let depends = offered(&schema, "Component", "/properties/dependsOn/items");
    assert!(depends.iter().all(|one| one.contains(':')));
    assert!(!offered(&schema, "Component", "/properties/providesApis/items").is_empty());
    // Every entity of the catalog follows it, and what is not there yet is still allowed.
    for entity in entities.iter().filter(|entity| entity["kind"] != "Location") {
        let mut entity = entity.clone();
        entity
            .as_object_mut()
            .unwrap()
            .retain(|key, _| ["apiVersion", "kind", "metadata", "spec"].contains(&key.as_str()));
        if entity["spec"].to_string().contains("\"$text\"") {
            continue;
        }
        let errors: Vec<String> = validator.iter_errors(&entity).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}: {}", entity["metadata"]["name"], errors.join("; "));
    }
    let new = serde_json::json!({
        "apiVersion": "backstage.io/v1alpha1", "kind": "Component", "metadata": {"name": "x"},
        "spec": {"type": "service", "lifecycle": "production", "owner": "not-there-yet", "dependsOn": ["resource:new"]},
    });
    assert!(validator.is_valid(&new));
    for arguments in [&["schema", "config", "--with-references"][..], &["schema", "descriptor", "example-org"]] {
        assert_eq!(run(root, arguments).code, 2, "{arguments:?}");
    }
}

#[test]
fn the_schema_of_settings_knows_their_names() {
    let schema: Json = serde_json::from_str(&run(Path::new("."), &["schema", "config"]).stdout).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let good = serde_json::json!({
        "organization": "Acme",
        "sources": [{"path": "repos/*"}],
        "rules": {"dangling-reference": "warning"},
        "import": "org.json",
        "kinds": [{"kind": "Dashboard", "api-versions": ["acme.example/v1"]}],
        "catalog": {"rules": [{"allow": ["Component", {"kind": "Resource", "spec.type": "database"}]}]},
    });
    let errors: Vec<String> = validator.iter_errors(&good).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{}", errors.join("; "));
    for bad in [
        serde_json::json!({"organisation": "x"}),
        serde_json::json!({"rules": {"nonsense": "off"}}),
        serde_json::json!({"world": "round"}),
    ] {
        assert!(!validator.is_valid(&bad), "{bad}");
    }
}

#[test]
fn help_and_version_are_there() {
    let here = Path::new(".");
    for arguments in
        [&["--help"][..], &["check", "--help"], &["build", "--help"], &["explain", "--help"], &["schema", "--help"]]
    {
        let ran = run(here, arguments);
        assert!(ran.code == 0 && ran.stdout.contains("Usage: catalog") && ran.stderr.is_empty(), "{arguments:?}");
    }
    assert_eq!(run(here, &["--version"]).stdout, format!("catalog {}\n", env!("CARGO_PKG_VERSION")));
}
