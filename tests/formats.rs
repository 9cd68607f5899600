//! Every output format through the binary, on an organisation that is broken in all the ways that
//! make trouble in reports: against golden files, against the schemas and readers of those who
//! consume them, and against the limits of hosts. `tests/formats` holds the expectations.

use std::path::Path;

use serde_json::{Value as Json, json};

use crate::support::{self, Ran, run, run_in};

const FORMATS: &[&str] =
    &["concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "rdjson", "checkstyle", "azure", "markdown"];

const SHOP: &str = r#"apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: team-a}
spec: {type: team, children: []}
---
apiVersion: backstage.io/v1alpha1
kind: Resource
metadata: {name: shopdb}
spec: {type: database, owner: team-a}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: cart}
spec:
  type: service
  lifecycle: production
  owner: team-a
  dependsOn: [resource:shop-db, "component:a%b:c,d<e>&f]]>|;`g`", shopdb]
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: "@all\n::error::x\u0001"}
spec: {type: service, lifecycle: production, owner: "@nobody#1 <b>[x](https://x.example)"}
---
apiVersion: backstage.io/v1alpha1
kind: component
metadata: {name: lower}
spec: {type: service, lifecycle: production, owner: team-a, system: ~}
"#;

/// With a byte order mark, carriage returns, and letters of more than one byte before a fix.
const WARM: &str = "\u{feff}apiVersion: backstage.io/v1alpha1\r\nkind: Component\r\nmetadata: {name: tür}\r\nspec:\r\n  type: service\r\n  lifecycle: production\r\n  owner: \"größe\"\r\n  dependsOn: [\"ä\", cart]\r\n---\r\napiVersion: backstage.io/v1alpha1\r\nkind: Component\r\nmetadata: {name: cart}\r\nspec: {type: service, lifecycle: production, owner: team-a}\r\n";

fn organisation() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    support::write(
        folder.path(),
        &[
            (
                "catalog-config.yaml",
                "sources: [{path: 'repos/*'}]\nsite: {url: 'https://catalog.example.org'}\nimport: [gone.json]\nnonsense: 1\nrules: {null-field: warning}\n",
            ),
            ("repos/shop/catalog-info.yaml", SHOP),
            ("repos/wärm & co/catalog-info.yaml", WARM),
            ("repos/empty/teams.yaml", SHOP.split("---\n").next().unwrap()),
        ],
    );
    support::clone_of(&folder.path().join("repos/shop"), "https://github.com/acme/shop.git");
    folder
}

fn report(folder: &Path, format: &str) -> String {
    let ran = run(folder, &["check", ".", "--format", format]);
    assert_eq!(ran.code, 1, "{format}: {}", ran.stderr);
    assert!(format == "concise" || ran.stderr.is_empty(), "{format}: {}", ran.stderr);
    assert!(!ran.stdout.contains('\u{1b}'), "{format} has colour");
    ran.stdout
}

fn entries(folder: &Path) -> Vec<Json> {
    serde_json::from_str::<Json>(&report(folder, "json")).unwrap()["diagnostics"].as_array().unwrap().clone()
}

fn valid(schema: &Json, report: &Json) {
    let validator = jsonschema::validator_for(schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(report).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn reports_are_as_expected() {
    let folder = organisation();
    for format in FORMATS {
        let version = format!("\"semanticVersion\": \"{}\"", env!("CARGO_PKG_VERSION"));
        let text = report(folder.path(), format).replace(&version, "\"semanticVersion\": \"1.2.3\"");
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/formats/{format}.txt"));
        if support::updating() {
            std::fs::write(&file, &text).unwrap();
        }
        let expected = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(text == expected, "{} differs; UPDATE=1 writes it anew. It is now:\n{text}", file.display());
    }
}

#[test]
fn several_reports_are_written_in_one_run() {
    let folder = organisation();
    let out = tempfile::tempdir().unwrap();
    let reports: Vec<String> =
        FORMATS.iter().map(|format| format!("--report={format}={}", out.path().join(format).display())).collect();
    let arguments: Vec<&str> =
        ["check", ".", "--quiet"].into_iter().chain(reports.iter().map(String::as_str)).collect();
    let ran = run(folder.path(), &arguments);
    assert!(ran.code == 1 && ran.stdout.is_empty());
    for format in FORMATS {
        let written = std::fs::read_to_string(out.path().join(format)).unwrap();
        assert_eq!(written, report(folder.path(), format), "{format}");
    }
}

#[test]
fn concise_has_one_line_for_each_finding() {
    let folder = organisation();
    let text = report(folder.path(), "concise");
    let entries = entries(folder.path());
    assert_eq!(text.lines().count(), entries.len());
    for (line, entry) in text.lines().zip(&entries) {
        let code = format!("{}[{}] ", entry["severity"].as_str().unwrap(), entry["code"].as_str().unwrap());
        let place = format!("{}:{}:{}: ", entry["path"].as_str().unwrap_or(""), entry["line"], entry["column"]);
        assert!(line.contains(&code) && (entry["path"].is_null() || line.starts_with(&place)), "{line}");
    }
    let coloured = run(folder.path(), &["check", "repos/shop", "--format", "concise", "--color", "always"]).stdout;
    assert!(coloured.starts_with("\u{1b}[1mrepos/shop/catalog-info.yaml\u{1b}[0m:"), "{coloured}");
}

#[test]
fn json_lines_are_the_entries_of_json() {
    let folder = organisation();
    let lines: Vec<Json> =
        report(folder.path(), "jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines, entries(folder.path()));
}

#[test]
fn sarif_follows_its_schema() {
    let folder = organisation();
    let report: Json = serde_json::from_str(&report(folder.path(), "sarif")).unwrap();
    let schema = include_str!("formats/sarif-2.1.0.schema.json");
    // One pattern of the published schema has a bracket too many, and is no regular expression.
    let schema = schema.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}$");
    valid(&serde_json::from_str(&schema).unwrap(), &report);
    let run = &report["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["invocations"], json!([{"executionSuccessful": true}]));
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), entries(folder.path()).len());
    let mut fingerprints = Vec::new();
    for result in results {
        assert_eq!(rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()]["id"], result["ruleId"]);
        let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.is_ascii() && !uri.contains([' ', '&', '<']), "{uri}");
        fingerprints.push(result["partialFingerprints"]["primaryLocationLineHash"].as_str().unwrap());
    }
    fingerprints.sort_unstable();
    fingerprints.dedup();
    assert_eq!(fingerprints.len(), results.len());
    for rule in rules {
        for text in ["shortDescription", "fullDescription"] {
            assert!(rule[text]["text"].as_str().unwrap().len() <= 1024);
        }
    }
    let of = |code: &str| results.iter().find(|result| result["ruleId"] == code).unwrap();
    assert_eq!(
        of("reference-without-kind")["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"],
        "resource:shopdb"
    );
    assert!(of("duplicate-entity")["relatedLocations"][0]["id"] == 1);
}

#[test]
fn gitlab_gets_the_fields_it_asks_for() {
    let folder = organisation();
    let schema = json!({
        "type": "array",
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "additionalProperties": false,
            "properties": {
                "description": {"type": "string", "minLength": 1},
                "check_name": {"type": "string", "minLength": 1},
                "fingerprint": {"type": "string", "minLength": 1},
                "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "properties": {
                        "path": {"type": "string", "pattern": "^[^/.]"},
                        "lines": {"type": "object", "required": ["begin"], "properties": {"begin": {"type": "integer", "minimum": 1}}},
                    },
                },
            },
        },
    });
    let report: Json = serde_json::from_str(&report(folder.path(), "gitlab")).unwrap();
    valid(&schema, &report);
    let mut fingerprints: Vec<&str> =
        report.as_array().unwrap().iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
    fingerprints.sort_unstable();
    fingerprints.dedup();
    assert_eq!(fingerprints.len(), entries(folder.path()).len(), "those of one fingerprint collapse");
}

#[test]
fn rdjson_has_byte_columns_and_suggestions() {
    let folder = organisation();
    let position = json!({
        "type": "object",
        "required": ["line", "column"],
        "additionalProperties": false,
        "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
    });
    let range = json!({
        "type": "object", "required": ["start", "end"], "additionalProperties": false,
        "properties": {"start": position, "end": position},
    });
    let location = json!({
        "type": "object", "required": ["path"], "additionalProperties": false,
        "properties": {"path": {"type": "string"}, "range": range},
    });
    let schema = json!({
        "type": "object",
        "required": ["source", "diagnostics"],
        "additionalProperties": false,
        "properties": {
            "source": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}, "url": {"type": "string"}}},
            "diagnostics": {"type": "array", "items": {
                "type": "object",
                "required": ["message", "location", "severity", "code"],
                "additionalProperties": false,
                "properties": {
                    "message": {"type": "string", "minLength": 1},
                    "location": location,
                    "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
                    "code": {"type": "object", "required": ["value"], "properties": {"value": {"type": "string"}, "url": {"type": "string"}}},
                    "related_locations": {"type": "array", "items": {
                        "type": "object", "required": ["message", "location"], "properties": {"location": location},
                    }},
                    "suggestions": {"type": "array", "minItems": 1, "items": {
                        "type": "object", "required": ["range", "text"], "additionalProperties": false,
                        "properties": {"range": range, "text": {"type": "string"}},
                    }},
                },
            }},
        },
    });
    let report: Json = serde_json::from_str(&report(folder.path(), "rdjson")).unwrap();
    valid(&schema, &report);
    // What a suggestion replaces in the bytes of the file is the token, also after letters of two bytes.
    let mut seen = 0;
    for diagnostic in report["diagnostics"].as_array().unwrap() {
        let bytes = std::fs::read(folder.path().join(diagnostic["location"]["path"].as_str().unwrap())).unwrap();
        for suggestion in diagnostic["suggestions"].as_array().into_iter().flatten() {
            let (start, end) = (&suggestion["range"]["start"], &suggestion["range"]["end"]);
            assert_eq!(start["line"], end["line"]);
            let number = |value: &Json| usize::try_from(value.as_u64().unwrap()).unwrap() - 1;
            let line = bytes.split(|byte| *byte == b'\n').nth(number(&start["line"])).unwrap();
            let replaced = std::str::from_utf8(&line[number(&start["column"])..number(&end["column"])]).unwrap();
            assert!(["shopdb", "cart", "component"].contains(&replaced), "{replaced}");
            seen += 1;
        }
    }
    assert_eq!(seen, 3);
}

#[test]
fn xml_is_read_as_it_was_meant() {
    let folder = organisation();
    let entries = entries(folder.path());
    let messages = |of: &roxmltree::Document<'_>, name: &str, attribute: &str| -> Vec<String> {
        let nodes = of.descendants().filter(|node| node.has_tag_name(name));
        nodes.map(|node| node.attribute(attribute).unwrap().to_owned()).collect()
    };
    let text = report(folder.path(), "junit");
    let junit = roxmltree::Document::parse(&text).unwrap();
    let root = junit.root_element();
    assert!(root.has_tag_name("testsuites"));
    let number = |node: roxmltree::Node<'_, '_>, name: &str| node.attribute(name).unwrap().parse::<usize>().unwrap();
    let errors = entries.iter().filter(|entry| entry["severity"] == "error").count();
    assert_eq!((number(root, "tests"), number(root, "failures")), (entries.len(), errors));
    assert_eq!(number(root, "skipped"), entries.len() - errors);
    for suite in root.children().filter(roxmltree::Node::is_element) {
        assert!(suite.has_tag_name("testsuite") && suite.attribute("name").is_some());
        let cases: Vec<_> = suite.children().filter(roxmltree::Node::is_element).collect();
        let failed = |name: &str| cases.iter().filter(|case| case.children().any(|of| of.has_tag_name(name))).count();
        assert_eq!(number(suite, "tests"), cases.len());
        assert_eq!((number(suite, "failures"), number(suite, "skipped")), (failed("failure"), failed("skipped")));
        let mut names: Vec<_> =
            cases.iter().map(|case| (case.attribute("classname"), case.attribute("name"))).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), cases.len(), "cases of one name count as one");
    }
    let mut failures = messages(&junit, "failure", "message");
    let mut wanted: Vec<String> = entries
        .iter()
        .filter(|entry| entry["severity"] == "error")
        .map(|entry| entry["message"].as_str().unwrap().to_owned())
        .collect();
    failures.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(failures, wanted);

    let text = report(folder.path(), "checkstyle");
    let checkstyle = roxmltree::Document::parse(&text).unwrap();
    assert!(checkstyle.root_element().has_tag_name("checkstyle"));
    assert_eq!(messages(&checkstyle, "error", "message").len(), entries.len());
    assert!(messages(&checkstyle, "file", "name").contains(&"repos/wärm & co/catalog-info.yaml".to_owned()));
    assert!(
        messages(&checkstyle, "error", "severity").iter().all(|one| ["error", "warning", "info"].contains(&&**one))
    );

    let clean = tempfile::tempdir().unwrap();
    support::write(clean.path(), &[("catalog-info.yaml", SHOP.split("---\n").next().unwrap())]);
    let text = run(clean.path(), &["check", "--format", "junit"]).stdout;
    assert_eq!(messages(&roxmltree::Document::parse(&text).unwrap(), "testcase", "name"), ["nothing to report"]);
}

/// The commands of a log as the runner of GitHub reads them: kind, properties, message.
fn commands(text: &str) -> Vec<(String, Vec<(String, String)>, String)> {
    let decoded = |text: &str, property: bool| {
        let text = if property { text.replace("%3A", ":").replace("%2C", ",") } else { text.to_owned() };
        text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
    };
    let lines = text.lines().filter_map(|line| line.trim_start().strip_prefix("::"));
    lines
        .map(|line| {
            let (command, message) = line.split_once("::").unwrap();
            let (kind, properties) = command.split_once(' ').unwrap();
            let properties = properties.split(',').map(|pair| pair.split_once('=').unwrap());
            let properties = properties.map(|(name, value)| (name.to_owned(), decoded(value, true))).collect();
            (kind.to_owned(), properties, decoded(message, false))
        })
        .collect()
}

#[test]
fn github_reads_the_commands_as_they_were_meant() {
    let folder = organisation();
    let entries = entries(folder.path());
    let commands = commands(&report(folder.path(), "github"));
    for (kind, properties, message) in &commands {
        assert!(["error", "warning", "notice"].contains(&kind.as_str()));
        let of = |name: &str| properties.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        if of("title") == Some("catalog") {
            continue;
        }
        let said = |entry: &&Json| {
            Some(entry["message"].as_str().unwrap()) == message.split('\n').next()
                && entry["code"] == of("title").unwrap()
        };
        let entry = entries.iter().find(said).unwrap_or_else(|| panic!("{message}"));
        assert_eq!(of("file"), Some(entry["path"].as_str().unwrap_or("catalog-config.yaml")));
        assert_eq!(of("line").map(str::to_owned), entry["line"].as_u64().map(|line| line.to_string()));
    }
    // A finding about nothing that is in a file has none.
    let empty = tempfile::tempdir().unwrap();
    let nothing = run(empty.path(), &["check", "--format", "github"]).stdout;
    assert!(nothing.starts_with("::warning title=nothing-found::no entity was found"), "{nothing}");
    assert!(commands.iter().any(|(_, _, message)| message.contains("component:a%b:c,d<e>&f]]>|;`g`")));
}

#[test]
fn azure_knows_errors_and_warnings() {
    let folder = organisation();
    let text = report(folder.path(), "azure");
    let entries = entries(folder.path());
    let notes = entries.iter().filter(|entry| entry["severity"] == "note").count();
    assert!(notes > 0 && text.ends_with("left out: Azure Pipelines knows errors and warnings only\n"));
    let commands: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("##vso[task.logissue ")).collect();
    assert_eq!(commands.len(), entries.len() - notes);
    for command in commands {
        let (properties, message) = command.split_once(']').unwrap();
        assert!(!message.is_empty());
        for pair in properties.trim_end_matches(';').split(';') {
            let (name, value) = pair.split_once('=').unwrap();
            assert!(["type", "sourcepath", "linenumber", "columnnumber", "code"].contains(&name), "{pair}");
            assert!(name != "type" || ["error", "warning"].contains(&value));
        }
    }
}

/// Text without code spans, in which a host would look for names and references, and the URLs of
/// links.
fn outside_code(markdown: &str) -> (String, Vec<String>) {
    use pulldown_cmark::{Event, Parser, Tag};
    let (mut text, mut links) = (String::new(), Vec::new());
    for event in Parser::new(markdown) {
        match event {
            Event::Text(part) => text.extend([&part, "\n"]),
            Event::Start(Tag::Link { dest_url, .. }) => links.push(dest_url.to_string()),
            Event::InlineHtml(html) => assert_eq!(&*html, "<br>"),
            _ => {}
        }
    }
    (text, links)
}

#[test]
fn markdown_says_the_verdict_first_and_groups_by_owner() {
    let folder = organisation();
    let text = report(folder.path(), "markdown");
    assert!(text.starts_with("## ❌ Catalog: "), "{text}");
    let owners: Vec<&str> = text.lines().filter(|line| line.starts_with("<details")).collect();
    assert!(owners.len() > 2 && owners.last().unwrap().contains("Without an owner"), "{owners:?}");
    let (plain, links) = outside_code(&text);
    let mention = |text: &str| text.match_indices('@').any(|(at, _)| text[at + 1..].starts_with(char::is_alphanumeric));
    assert!(!mention(&plain), "{plain}");
    let known = |url: &String| {
        url.starts_with("https://github.com/acme/shop/blob/") || url.starts_with("https://catalog.example.org/")
    };
    assert!(links.len() > 20 && links.iter().all(known), "{links:?}");
    assert!(text.contains("[`repos/shop/catalog-info.yaml:18`](https://github.com/acme/shop/blob/"), "{text}");
    let clean = tempfile::tempdir().unwrap();
    support::write(clean.path(), &[("catalog-info.yaml", SHOP.split("---\n").next().unwrap())]);
    let text = run(clean.path(), &["check", "--format", "markdown"]).stdout;
    assert_eq!(text, "## ✅ Catalog: nothing to report\n\n1 entity in 1 repository, open world.\n");
}

/// A repository with many errors, by owners who are not there.
fn many(errors: usize, owners: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut text = SHOP.split("---\n").next().unwrap().to_owned();
    for number in 0..errors {
        text.push_str(&format!(
            "---\napiVersion: backstage.io/v1alpha1\nkind: Resource\nmetadata: {{name: r-{number}}}\nspec: {{type: t, owner: team-{}}}\n",
            number % owners
        ));
    }
    support::write(folder.path(), &[("catalog-info.yaml", &text)]);
    folder
}

fn check_many(folder: &Path, arguments: &[&str]) -> Ran {
    run(folder, &[&["check", ".", "--world", "closed"], arguments].concat())
}

#[test]
fn github_is_told_of_what_it_would_drop() {
    let folder = many(60, 3);
    let text = check_many(folder.path(), &["--format", "github"]).stdout;
    let commands = commands(&text);
    assert_eq!(commands.iter().filter(|(kind, ..)| kind == "error").count(), 10);
    for kind in ["warning", "notice"] {
        assert!(commands.iter().filter(|(one, ..)| one == kind).count() <= 10);
    }
    let (kind, _, message) = commands.last().unwrap();
    assert!(kind == "notice" && message.starts_with("not shown here: 50 errors"), "{message}");
}

#[test]
fn sarif_says_what_it_leaves_out() {
    let folder = many(6_000, 3);
    let report = check_many(folder.path(), &["--format", "sarif"]).json();
    let run = &report["runs"][0];
    assert_eq!(run["results"].as_array().unwrap().len(), 5_000);
    let notification = &run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
    assert!(notification.as_str().unwrap().starts_with("1000 errors left out"), "{notification}");
}

#[test]
fn markdown_fits_into_a_comment() {
    for owners in [1, 5_000] {
        let folder = many(5_000, owners);
        let text = check_many(folder.path(), &["--format", "markdown"]).stdout;
        assert!(text.len() < 65_000 && text.len() > 50_000, "{}", text.len());
        let shown = text.lines().filter(|line| line.starts_with("- ❌")).count();
        assert!(shown > 100, "{shown}");
        assert!(text.contains(&format!("**{} errors left out here**", 5_000 - shown)), "{owners}");
        assert_eq!(text.matches("<details").count(), text.matches("</details>").count());
    }
}

#[test]
fn inside_actions_annotations_and_summary_come_unasked() {
    let folder = organisation();
    let out = tempfile::tempdir().unwrap();
    let summary = out.path().join("summary.md");
    std::fs::write(&summary, "before\n").unwrap();
    let inside: &[(&str, &Path)] = &[("GITHUB_ACTIONS", Path::new("true")), ("GITHUB_STEP_SUMMARY", &summary)];
    let written = || std::fs::read_to_string(&summary).unwrap();

    let ran = run_in(folder.path(), &["check", "."], inside);
    assert!(ran.code == 1 && ran.stdout.is_empty());
    assert!(ran.stderr.contains("error[dangling-reference]"), "what people read is still there");
    assert!(written().starts_with("before\n## ❌ Catalog: "));
    // No line but ours is a command, whatever the input is called.
    let expected = commands(&report(folder.path(), "github"));
    assert_eq!(commands(&ran.stderr), expected);

    std::fs::write(&summary, "").unwrap();
    for arguments in [&["check", ".", "--no-ci"][..], &["check", ".", "--format", "json"]] {
        let ran = run_in(folder.path(), arguments, inside);
        assert!(commands(&ran.stderr).is_empty() && written().is_empty(), "{arguments:?}");
    }
    let elsewhere = run_in(folder.path(), &["check", "."], &[("GITHUB_STEP_SUMMARY", &summary)]);
    assert!(commands(&elsewhere.stderr).is_empty() && written().is_empty());

    // What others wrote into the summary before counts too.
    std::fs::write(&summary, "x".repeat(997_000)).unwrap();
    assert_eq!(run_in(folder.path(), &["check", "."], inside).code, 1);
    assert!(written().len() <= 1_000_000 && written().contains("left out here"));

    // A summary that is full already, or that cannot be written, changes nothing else.
    std::fs::write(&summary, "x".repeat(999_990)).unwrap();
    let full = run_in(folder.path(), &["check", "."], inside);
    assert!(full.code == 1 && full.stderr.contains("the step summary was not written"));
    assert_eq!(written().len(), 999_990);
}

#[test]
fn hosts_are_told_paths_from_the_root_of_the_repository() {
    let folder = organisation();
    let path = |ran: &Ran| ran.json()["diagnostics"][0]["location"]["path"].as_str().unwrap().to_owned();
    // As typed, where nothing is known about the folder around it.
    let typed = run(folder.path(), &["check", "repos/shop", "--format", "rdjson"]);
    assert_eq!(path(&typed), "repos/shop/catalog-info.yaml");
    // From the root of the clone that the command runs in.
    let below = run(&folder.path().join("repos/shop"), &["check", ".", "--format", "rdjson"]);
    assert_eq!(path(&below), "catalog-info.yaml");
    let absolute = folder.path().join("repos/shop").display().to_string();
    let from_afar = run(Path::new("/"), &["check", &absolute, "--format", "rdjson"]);
    assert_eq!(path(&from_afar), "catalog-info.yaml");
    std::fs::create_dir(folder.path().join(".git")).unwrap();
    let inside = run(&folder.path().join("repos"), &["check", "shop", "--format", "rdjson"]);
    assert_eq!(path(&inside), "repos/shop/catalog-info.yaml");
    // From the workspace of the job.
    let environment: &[(&str, &Path)] =
        &[("GITHUB_ACTIONS", Path::new("true")), ("GITHUB_WORKSPACE", &folder.path().join("repos"))];
    let actions = run_in(folder.path(), &["check", "repos/shop", "--format", "rdjson"], environment);
    assert_eq!(path(&actions), "shop/catalog-info.yaml");
}
