//! JUnit's XML, as Jenkins, GitLab and Azure read it: a suite for each file, a case for each
//! finding. Errors are failures; warnings and notes are skipped cases, which those hosts show
//! without failing for them.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use crate::diagnostics::{Diagnostic, Level};

use super::run::{Run, Spot, told_elsewhere};
use super::xml::{attributes, escaped};

/// The report.
pub fn text(run: &Run<'_>) -> String {
    let mut spots: Vec<_> = run.findings.iter().map(|(finding, _)| (run.spot_or_settings(finding), finding)).collect();
    spots.sort_by(|(a, _), (b, _)| a.path.cmp(&b.path));
    let summary = run.summary;
    // A report without a case counts as broken: something was looked at, and it is well.
    let cases = spots.len().max(1);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(out, "<testsuites{}>", counts("catalog", cases, summary.errors, summary.warnings + summary.notes));
    if spots.is_empty() {
        let _ = writeln!(out, "  <testsuite{}>", counts("catalog check", 1, 0, 0));
        let _ = writeln!(
            out,
            "    <testcase{}/>\n  </testsuite>",
            attributes(&[("classname", "catalog"), ("name", "nothing to report"), ("time", "0")])
        );
    }
    for of_file in spots.chunk_by(|(a, _), (b, _)| a.path == b.path) {
        let failures = of_file.iter().filter(|(_, finding)| finding.level == Level::Error).count();
        let _ = writeln!(
            out,
            "  <testsuite{}>",
            counts(&of_file[0].0.path, of_file.len(), failures, of_file.len() - failures)
        );
        let mut seen = FxHashMap::<(String, String), usize>::default();
        for (spot, finding) in of_file {
            let class = finding.entity.clone().unwrap_or_else(|| spot.path.clone());
            let name = format!("{}: {}", finding.rule.code, finding.message);
            // Hosts take cases of one name for one case.
            let times = seen.entry((class.clone(), name.clone())).or_default();
            *times += 1;
            let name = if *times > 1 { format!("{name} ({times})") } else { name };
            out.push_str(&case(&class, &name, spot, finding));
        }
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

fn counts(name: &str, tests: usize, failures: usize, skipped: usize) -> String {
    attributes(&[
        ("name", name),
        ("tests", &tests.to_string()),
        ("failures", &failures.to_string()),
        ("errors", "0"),
        ("skipped", &skipped.to_string()),
        ("time", "0"),
    ])
}

fn case(class: &str, name: &str, spot: &Spot, finding: &Diagnostic) -> String {
    let line = spot.start().map_or_else(|| "1".to_owned(), |start| start.line.to_string());
    let head =
        attributes(&[("classname", class), ("name", name), ("file", &spot.path), ("line", &line), ("time", "0")]);
    let place = spot.start().map_or_else(String::new, |start| format!(":{}:{}", start.line, start.column));
    let help = finding.help.as_ref().map_or_else(String::new, |help| format!("\n{help}"));
    let body = escaped(&format!("{}{place}\n{}{help}{}", spot.path, finding.message, told_elsewhere(finding, "\n")))
        .replace("&#10;", "\n");
    let inner = if finding.level == Level::Error {
        let pairs = attributes(&[("message", &finding.message), ("type", finding.rule.code)]);
        format!("<failure{pairs}>{body}</failure>")
    } else {
        let level = if finding.level == Level::Warning { "warning" } else { "note" };
        format!(
            "<skipped{}/>\n      <system-out>{body}</system-out>",
            attributes(&[("message", &format!("{level}: {}", finding.message))])
        )
    };
    format!("    <testcase{head}>\n      {inner}\n    </testcase>\n")
}
