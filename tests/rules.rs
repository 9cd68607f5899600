//! Every rule of the table has a bad example that it reports, and a good one on which it is
//! silent. They are what `catalog explain` prints.

use catalog::diagnostics::{Example, RULES};
use serde_json::Value as Json;

use crate::support;

/// Rules whose bad example is no text: bytes, sizes, links, two folders, a published catalog.
const NO_BAD_EXAMPLE: &[&str] = &[
    "invalid-utf8",
    "file-too-large",
    "unreadable-file",
    "outside-link",
    "duplicate-repository",
    "markdown-limit",
    "large-image",
    "docs-outdated",
    "api-outdated",
    "breaks-reference",
    "unknown-to-published",
    "api-limit",
    "host-limit",
];

/// The codes that the command line reports for some files.
fn codes(files: &Example, rule: &str) -> Vec<String> {
    findings(files, rule).iter().map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
}

fn findings(files: &Example, rule: &str) -> Vec<Json> {
    let folder = tempfile::tempdir().unwrap();
    support::write(folder.path(), files);
    let mut arguments = vec!["check", ".", "--world=closed", "--format=json"];
    // Examples have no commits, which tell the day.
    if rule != "dates-not-judged" {
        arguments.push("--now=2027-01-01");
    }
    support::run(folder.path(), &arguments).json()["diagnostics"].as_array().unwrap().clone()
}

#[test]
fn bad_examples_are_reported_and_good_ones_are_not() {
    let mut wrong = Vec::new();
    for rule in RULES.iter() {
        let (bad, good) = (rule.bad(), rule.good());
        let off = rule.level() == catalog::diagnostics::Level::Off;
        if bad.is_empty() {
            if !NO_BAD_EXAMPLE.contains(&rule.code) {
                wrong.push(format!("{} has no bad example", rule.code));
            }
        } else if !codes(&with_rule_on(bad, rule.code, off), rule.code).iter().any(|code| code == rule.code) {
            wrong.push(format!("{} does not report its bad example", rule.code));
        }
        if good.is_empty() {
            wrong.push(format!("{} has no good example", rule.code));
        } else if codes(&with_rule_on(good, rule.code, off), rule.code).iter().any(|code| code == rule.code) {
            wrong.push(format!("{} reports its good example", rule.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_rule_says_whether_its_findings_can_be_fixed() {
    let mut wrong = Vec::new();
    for rule in RULES.iter() {
        let off = rule.level() == catalog::diagnostics::Level::Off;
        let found = findings(&with_rule_on(rule.bad(), rule.code, off), rule.code);
        let has_fix = found.iter().any(|finding| finding["code"] == rule.code && finding["fix"].is_array());
        if has_fix && !rule.is_fixable() {
            wrong.push(format!("{} has a fix, and is missing in `FIXABLE`", rule.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The example, with settings that turn the rule on where it is off.
fn with_rule_on(mut files: Example, code: &str, off: bool) -> Example {
    if off && !files.iter().any(|(path, _)| *path == "catalog-config.yaml") {
        files.push(("catalog-config.yaml", format!("rules:\n  {code}: warning\n").leak()));
    }
    files
}

#[test]
fn good_examples_have_no_finding_at_all() {
    let mut wrong = Vec::new();
    for rule in RULES.iter() {
        let found: Vec<String> =
            codes(&rule.good(), rule.code).into_iter().filter(|code| *code != "owners-not-in-view").collect();
        if !found.is_empty() {
            wrong.push(format!("{}: {}", rule.code, found.join(", ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rules_read_as_one_table() {
    for rule in RULES.iter() {
        assert!(rule.code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-' || byte.is_ascii_digit()));
        assert!(
            !rule.what.ends_with('.') && rule.why.ends_with('.'),
            "{}: `what` is a clause, `why` a text",
            rule.code
        );
    }
    let mut codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), RULES.len());
}
