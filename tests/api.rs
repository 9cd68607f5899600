//! Definitions and the reference that they must give, in `api/*.md`.
//!
//! - `# heading` begins a case. Fences with a path after the language are files; the first of them
//!   is the definition, read as its ending says.
//! - ` ```outline ` is the whole reference as `outline.rs` writes it.
//! - ` ```findings ` has the findings, `file:line:column level code message`; none are expected
//!   where it is left out.
//!
//! `UPDATE=1` writes both anew; `SUITE=text` runs the cases with this in their name.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use catalog::api;
use catalog::base::{FileId, MemorySources, Sources as _};
use catalog::diagnostics::Diagnostic;

use crate::outline::outline;

#[derive(Debug, Default)]
struct Case {
    name: String,
    files: Vec<(String, String)>,
    outline: Option<String>,
    findings: Option<String>,
    /// The line after its last fence.
    end: usize,
}

fn parse(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((_, line)) = lines.next() {
        if let Some(name) = line.strip_prefix("# ") {
            cases.push(Case { name: name.to_owned(), ..Case::default() });
        } else if line.starts_with("```") {
            let fence: String = line.chars().take_while(|&character| character == '`').collect();
            let case = cases.last_mut().expect("a fence stands after a heading");
            let mut content = String::new();
            for (number, line) in lines.by_ref() {
                case.end = number + 1;
                if line == fence {
                    break;
                }
                content.push_str(line);
                content.push('\n');
            }
            match line[fence.len()..].trim() {
                "outline" => case.outline = Some(content),
                "findings" => case.findings = Some(content),
                info => case.files.push((info.split_once(' ').expect("a path").1.to_owned(), content)),
            }
        }
    }
    cases.retain(|case| !case.files.is_empty());
    cases
}

/// The type that the entity of such a definition has.
fn spec_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("graphql" | "gql" | "graphqls") => "graphql",
        Some("proto") => "grpc",
        _ if path.contains("asyncapi") => "asyncapi",
        _ if path.contains("schema") => "jsonschema",
        _ => "openapi",
    }
}

fn file(sources: &MemorySources, path: &str) -> FileId {
    let at = sources.files().iter().position(|(_, have)| have == path).unwrap();
    FileId(u32::try_from(at).unwrap())
}

fn run(case: &Case) -> (String, String) {
    let files: Vec<(&str, &str)> = case.files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let sources = MemorySources::single("acme", &files);
    let (path, text) = files[0];
    let main = file(&sources, path);
    let definition = api::describe(text, spec_type(path), Some(main), Some(path));
    let (read, findings) = api::read_text(definition, main, &sources);
    let mut lines: Vec<String> = findings.iter().map(|finding| line(finding, &sources)).collect();
    lines.sort();
    (outline(&read.reference), lines.concat())
}

fn line(finding: &Diagnostic, sources: &MemorySources) -> String {
    let place = finding.place.expect("a place");
    let text = sources.text(place.file).unwrap();
    let before = &text.as_str()[..place.span.start as usize];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
    let help = finding.help.as_deref().map(|help| format!("  help: {help}\n")).unwrap_or_default();
    let (path, level) = (sources.path(place.file), finding.level.name());
    format!("{path}:{line}:{column} {level} {} {}\n{help}", finding.rule.code, finding.message)
}

fn suites() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/api");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let is_suite =
        |path: &PathBuf| path.extension().is_some_and(|extension| extension == "md") && !path.ends_with("features.md");
    entries.filter(is_suite).collect::<BTreeSet<_>>().into_iter().collect()
}

#[test]
fn definitions_give_the_reference_that_they_say() {
    let only = std::env::var("SUITE").unwrap_or_default();
    let update = std::env::var_os("UPDATE").is_some();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for path in suites() {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for case in parse(&text).iter().rev().filter(|case| case.name.contains(&only)) {
            count += 1;
            let (outline, findings) = run(case);
            let expected = (case.outline.clone().unwrap_or_default(), case.findings.clone().unwrap_or_default());
            if expected == (outline.clone(), findings.clone()) {
                continue;
            }
            if update {
                write(&mut lines, case, &outline, &findings);
            } else {
                let seen = format!("{outline}{findings}");
                let diff = difference(&format!("{}{}", expected.0, expected.1), &seen);
                wrong.push(format!("{name}: {}\n{diff}", case.name));
            }
        }
        if update {
            std::fs::write(&path, lines.join("\n") + "\n").unwrap();
        }
    }
    assert!(count > 0, "no case has `{only}` in its name");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Puts what was seen after the last file of a case.
fn write(lines: &mut Vec<String>, case: &Case, outline: &str, findings: &str) {
    let start = lines[..case.end].iter().rposition(|line| *line == format!("# {}", case.name)).unwrap();
    let is_expectation = |line: &String| line == "```outline" || line == "```findings";
    let from = lines[start..case.end].iter().position(is_expectation).map_or(case.end, |at| start + at);
    let mut text = format!("```outline\n{outline}```");
    if from == case.end {
        text = format!("\n{text}");
    }
    if !findings.is_empty() {
        text = format!("{text}\n\n```findings\n{findings}```");
    }
    lines.splice(from..case.end, text.lines().map(str::to_owned));
}

fn difference(expected: &str, seen: &str) -> String {
    let known: BTreeSet<&str> = expected.lines().collect();
    let now: BTreeSet<&str> = seen.lines().collect();
    let gone = expected.lines().filter(|line| !now.contains(line)).map(|line| format!("  - {line}\n"));
    let new = seen.lines().filter(|line| !known.contains(line)).map(|line| format!("  + {line}\n"));
    gone.chain(new).collect()
}
