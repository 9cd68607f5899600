//! `catalog api` for programs: its JSON follows its schemas, and a bundle is the definition that it
//! was made of. What it prints for people stands in `commands/api.md`.

use std::path::Path;

use serde_json::Value as Json;

use crate::support::{self, run};

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/example-org");

/// One API of each family, and of what is shown as source.
const FAMILIES: [&str; 6] = ["billing", "quote-v1", "parcel-events", "depot-scans", "tracking", "route-planner"];

/// What is wrong with a value for a schema; a field that the schema does not name is wrong, too.
fn breaches(schema: &str, value: &Json) -> Vec<String> {
    let mut schema: Json = serde_json::from_str(schema).unwrap();
    close(&mut schema);
    let validator = jsonschema::validator_for(&schema).unwrap();
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn close(schema: &mut Json) {
    match schema {
        Json::Object(map) => {
            map.values_mut().for_each(close);
            if map.get("properties").is_some_and(|properties| !properties["type"].is_string()) {
                map.insert("additionalProperties".to_owned(), Json::Bool(false));
            }
        }
        Json::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

#[test]
fn json_of_list_and_show_follows_its_schema() {
    let folder = Path::new(EXAMPLE);
    let list = include_str!("../schema/api-list.schema.json");
    let all = run(folder, &["api", "list", "--format", "json"]).json();
    assert_eq!(breaches(list, &all), [""; 0]);
    assert!(all["apis"].as_array().unwrap().len() > FAMILIES.len());
    let none = run(folder, &["api", "list", "--format", "json", "--type", "nothing"]);
    assert_eq!((breaches(list, &none.json()).len(), none.code), (0, 0));
    let show = include_str!("../schema/api-show.schema.json");
    for name in FAMILIES {
        let shown = run(folder, &["api", "show", name, "--format", "json"]);
        assert_eq!((breaches(show, &shown.json()), shown.code), (Vec::new(), 0), "{name}");
        let operations = operations(&shown.json());
        assert!(!operations.is_empty(), "{name}");
        // The list counts what the other shows.
        let listed = all["apis"].as_array().unwrap().iter().find(|api| api["ref"] == format!("api:default/{name}"));
        assert_eq!(listed.unwrap()["operations"], operations.len(), "{name}");
    }
    let mut wrong = all;
    wrong["apis"][0]["operations"] = Json::from("many");
    assert_eq!(breaches(list, &wrong).len(), 1, "the schema takes anything");
}

#[test]
fn json_of_lint_follows_the_schema_of_findings() {
    let folder = tempfile::tempdir().unwrap();
    support::write(folder.path(), &[("openapi.yaml", "openapi: 3.1.0\ninfo: {title: A}\npaths: {/a: {get: {}}}\n")]);
    let ran = run(folder.path(), &["api", "lint", "openapi.yaml", "--format", "json"]);
    let report = ran.json();
    let schema: Json = serde_json::from_str(include_str!("../schema/diagnostics.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
    assert_eq!((errors, ran.code), (Vec::new(), 1));
    let findings = report["diagnostics"].as_array().unwrap();
    assert!(findings.iter().any(|finding| finding["severity"] == "error" && finding["file"] == "openapi.yaml"));
}

/// Verb, target and name of each operation.
fn operations(show: &Json) -> Vec<[String; 3]> {
    let groups = show["groups"].as_array().unwrap().iter();
    let all = groups.flat_map(|group| group["operations"].as_array().unwrap());
    all.map(|one| ["verb", "target", "name"].map(|key| one[key].to_string())).collect()
}

/// A definition over many files, as one, is a definition of the same operations and schemas.
#[test]
fn a_bundle_is_the_same_definition() {
    for format in ["yaml", "json"] {
        let printed = run(Path::new(EXAMPLE), &["api", "bundle", "booking", "--format", format]);
        assert_eq!((printed.code, printed.stderr.as_str()), (0, ""));
        let again = run(Path::new(EXAMPLE), &["api", "bundle", "booking", "--format", format, "--jobs", "1"]);
        assert!(printed.stdout == again.stdout, "a bundle differs from run to run");
        let alone = tempfile::tempdir().unwrap();
        let file = format!("booking.{format}");
        support::write(alone.path(), &[(&file, &printed.stdout)]);
        // It needs no other file, and nothing is wrong with it that was not wrong before.
        let lint = run(alone.path(), &["api", "lint", &file, "--format", "json", "--allow", "api-unused-component"]);
        assert_eq!((lint.json()["diagnostics"].as_array().unwrap().len(), lint.code), (0, 0), "{}", lint.stdout);
        let before = run(Path::new(EXAMPLE), &["api", "show", "booking", "--format", "json"]).json();
        let after = run(alone.path(), &["api", "show", &file, "--format", "json"]).json();
        assert_eq!(operations(&before), operations(&after));
        assert!(operations(&before).len() >= 12);
        for key in ["title", "apiVersion", "format", "servers", "security"] {
            assert_eq!(before[key], after[key], "{key}");
        }
        let twice = run(alone.path(), &["api", "bundle", &file, "--format", format]);
        assert!(twice.stdout == printed.stdout, "the bundle of a bundle is another");
    }
}

#[test]
fn colour_is_for_terminals_and_help_has_examples() {
    let folder = Path::new(EXAMPLE);
    for arguments in [&["api", "list"][..], &["api", "show", "billing"]] {
        let plain = run(folder, arguments).stdout;
        assert!(!plain.contains('\u{1b}') && plain.lines().count() > 5);
        let painted = run(folder, &[arguments, &["--color", "always"]].concat()).stdout;
        assert!(painted.contains("\u{1b}["), "{arguments:?}");
    }
    for command in ["list", "show", "bundle", "lint"] {
        let help = run(folder, &["api", command, "--help"]);
        assert!(help.code == 0 && help.stdout.contains(&format!("Examples:\n  catalog api {command}")), "{command}");
    }
}
