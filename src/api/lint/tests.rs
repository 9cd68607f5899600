//! Limits, hostile definitions, and the names that Spectral and Redocly have for the rules.

use std::fmt::Write as _;

use crate::base::{MemorySources, RepoId, Sources as _};
use crate::diagnostics::{Diagnostic, Level, Rule};
use crate::refs::{Documents, Home};

use super::super::model::Family;
use super::{redocly, spectral};

fn findings_in(files: &[(&str, &str)]) -> Vec<Diagnostic> {
    let sources = MemorySources::single("r", files);
    let file = sources.lookup(RepoId(0), files[0].0).unwrap();
    let text = sources.text(file).unwrap();
    let documents = Documents::load(Home::File(file), text.as_str(), &sources);
    let mut findings = Vec::new();
    super::check(&documents, Family::OpenApi, &sources, &mut findings);
    findings
}

fn findings(text: &str) -> Vec<Diagnostic> {
    findings_in(&[("api.yaml", text)])
}

fn of<'a>(findings: &'a [Diagnostic], code: &str) -> Vec<&'a Diagnostic> {
    findings.iter().filter(|finding| finding.rule.code == code).collect()
}

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: Shop, version: '1'}\n";

#[test]
fn a_schema_that_branches_without_end_is_left_at_some_point() {
    let mut text = format!("{HEAD}components:\n  schemas:\n    S0: {{type: object}}\n");
    for level in 1..60 {
        let below = level - 1;
        let _ = writeln!(
            text,
            "    S{level}: {{allOf: [{{$ref: '#/components/schemas/S{below}'}}, {{$ref: '#/components/schemas/S{below}'}}]}}"
        );
    }
    text.push_str("    Last: {allOf: [{$ref: '#/components/schemas/S59'}], example: {a: 1}}\n");
    text.push_str(
        "    Loop: {allOf: [{$ref: '#/components/schemas/Loop'}, {$ref: '#/components/schemas/Loop'}], example: 1}\n",
    );
    let found = findings(&text);
    let limits = of(&found, "api-limit");
    assert_eq!(limits.len(), 1, "{found:?}");
    assert!(limits[0].message.contains("not checked"));
    assert!(of(&found, "api-example-invalid").is_empty());
}

#[test]
fn a_circular_schema_checks_an_example_as_deep_as_it_is() {
    let text = format!(
        "{HEAD}components:\n  schemas:\n    Node:\n      type: object\n      properties: {{next: {{$ref: '#/components/schemas/Node'}}, name: {{type: string}}}}\n      example: {}{{name: 1}}{}\n",
        "{next: ".repeat(40),
        "}".repeat(40)
    );
    let found = findings(&text);
    let invalid = of(&found, "api-example-invalid");
    assert_eq!(invalid.len(), 1, "{found:?}");
    assert!(invalid[0].message.contains(".next.name"), "{}", invalid[0].message);
}

#[test]
fn many_findings_of_a_kind_are_counted() {
    let mut text = format!("{HEAD}components:\n  schemas:\n    Big:\n      type: string\n      enum:\n");
    for value in 0..10_000 {
        let _ = writeln!(text, "        - {value}");
    }
    let found = findings(&text);
    let types = of(&found, "api-enum-type");
    assert_eq!(types.len(), 21);
    assert_eq!(types[20].message, "and 9980 more of this kind in this definition");
}

#[test]
fn schemas_may_refer_to_each_other_ten_thousand_deep() {
    let mut text = format!("{HEAD}components:\n  schemas:\n");
    for level in 0..10_000 {
        let next = level + 1;
        let _ = writeln!(
            text,
            "    S{level}: {{type: object, properties: {{a: {{$ref: '#/components/schemas/S{next}'}}}}, example: {{a: {{a: 1}}}}}}"
        );
    }
    text.push_str("    S10000: {type: string}\n");
    let found = findings(&text);
    assert_eq!(of(&found, "api-example-invalid").len(), 21);
    assert!(of(&found, "api-unresolved-ref").is_empty());
}

#[test]
fn a_thousand_files_are_one_definition() {
    let mut files =
        vec![("api.yaml".to_owned(), format!("{HEAD}components: {{schemas: {{A: {{$ref: 's0.yaml'}}}}}}\n"))];
    for level in 0..1000 {
        files.push((
            format!("s{level}.yaml"),
            format!("type: object\nproperties: {{a: {{$ref: 's{}.yaml'}}}}\nenum: [1]\n", level + 1),
        ));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let found = findings_in(&files);
    assert_eq!(of(&found, "api-unresolved-ref").len(), 1, "the last one leads nowhere");
    assert_eq!(of(&found, "api-enum-type").len(), 21);
}

#[test]
fn what_is_no_definition_is_no_panic() {
    for text in [
        "",
        "openapi: 3.0.3",
        "openapi: 3.0.3\npaths: []",
        "swagger: 2.0\npaths: {/a: 1, /b: {get: [], post: {parameters: {}}}}",
        "openapi: [1]",
        "openapi: 3.1.0\ncomponents: {schemas: {A: {enum: 1, type: [], items: [], required: x, properties: [], default: }}}",
    ] {
        for finding in findings(text) {
            assert!(!finding.message.is_empty());
        }
    }
}

/// The tables in the documentation are made of those here.
#[test]
fn the_documentation_lists_every_rule_of_spectral_and_of_redocly() {
    let mut table = String::from("| rule | Spectral | level here | level in Spectral |\n| --- | --- | --- | --- |\n");
    for row in spectral::ROWS.iter().filter(|row| !row.is_ours()) {
        let there = if row.on { row.level.name() } else { "off" };
        let _ = writeln!(
            table,
            "| [`{0}`](rules/{0}.md) | `{1}` | {2} | {3} |",
            row.rule.code,
            row.spectral(),
            row.rule.level().name(),
            there
        );
    }
    let mut other = String::from(
        "| Redocly | rule | level here | recommended | minimal | spec |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for row in redocly::ROWS {
        let mut rules: Vec<&Rule> = row.rows.iter().map(|name| spectral::row(name).rule).collect();
        rules.dedup_by_key(|rule| rule.code);
        let names: Vec<String> = rules.iter().map(|rule| format!("[`{0}`](rules/{0}.md)", rule.code)).collect();
        let [recommended, minimal, spec] = row.levels.map(Level::name);
        let (names, level) = (names.join(", "), rules[0].level().name());
        let _ = writeln!(other, "| `{}` | {names} | {level} | {recommended} | {minimal} | {spec} |", row.name);
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/apis.md");
    #[allow(clippy::disallowed_methods)]
    let mut text = std::fs::read_to_string(path).unwrap();
    for table in [table, other] {
        let head = table.split_once('\n').unwrap().0;
        if std::env::var_os("UPDATE").is_some() && !text.contains(&table) {
            let (before, rest) = text.split_once(head).unwrap();
            let after = rest.split_once("\n\n").map_or("", |(_, after)| after);
            text = format!("{before}{table}\n{after}");
            #[allow(clippy::disallowed_methods)]
            std::fs::write(path, &text).unwrap();
        }
        assert!(text.contains(&table), "UPDATE=1 writes docs/apis.md anew");
    }
}

/// A name that stands in one table only would be a level that nobody reads.
#[test]
fn rules_of_redocly_lead_to_rows_that_are_there() {
    let names: Vec<&str> = redocly::ROWS.iter().flat_map(|row| row.rows).copied().collect();
    assert!(names.iter().all(|name| spectral::ROWS.iter().any(|row| row.name == *name)), "{names:?}");
    let mut own: Vec<&str> = redocly::ROWS.iter().map(|row| row.name).collect();
    own.sort_unstable();
    own.dedup();
    assert_eq!(own.len(), redocly::ROWS.len());
}

#[test]
fn every_rule_is_in_the_table_of_names_or_has_no_name_there() {
    let ours = [
        "api-syntax",
        "api-ruleset",
        "api-unknown-type",
        "api-defined-twice",
        "api-interface-field",
        "api-field-number",
        "api-import",
        "api-definition-differs",
        "api-outdated",
    ];
    for rule in crate::diagnostics::RULES.iter().filter(|rule| rule.code.starts_with("api-")) {
        let named = spectral::ROWS.iter().any(|row| row.rule.code == rule.code);
        let elsewhere = ["api-without-provider", "api-without-consumer"];
        assert!(named || ours.contains(&rule.code) || elsewhere.contains(&rule.code), "{}", rule.code);
    }
}
