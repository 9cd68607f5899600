//! Definitions and the reference that they must give, in `api/*.md`.
//!
//! - `# heading` begins a case. Fences with a path after the language are files; the first of them
//!   is the definition, read as its ending says.
//! - ` ```outline ` is the whole reference as `outline.rs` writes it.
//! - ` ```findings ` has the findings, `file:line:column level code message`; none are expected
//!   where it is left out.
//!
//! `UPDATE=1` writes both anew; `SUITE=text` runs the cases with this in their name.
//! `DEFINITIONS=folder` looks for what is missing in the definitions below a folder, too.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use catalog::api;
use catalog::base::{FileId, MemorySources, Sources as _};
use catalog::diagnostics::Diagnostic;
use catalog::yaml;
use serde_json::Value as Json;

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
    let shown = findings.iter().filter(|finding| finding.level != catalog::diagnostics::Level::Off);
    let mut lines: Vec<String> = shown.map(|finding| line(finding, &sources)).collect();
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

/// What a definition says that a reader has to see: names of operations, parameters, fields, values of
/// enumerations, and all words.
fn said(json: &Json, above: &str, out: &mut BTreeSet<String>) {
    match json {
        Json::Array(items) => {
            for item in items {
                if let (true, Some(value)) = (above == "enum", plain(item)) {
                    out.insert(value);
                }
                said(item, above, out);
            }
        }
        Json::Object(map) => {
            for (key, value) in map {
                // Values are anything, and may look like something else.
                if matches!(key.as_str(), "example" | "examples" | "default" | "const") || key.starts_with("x-") {
                    continue;
                }
                if above == "properties" && value.is_object() {
                    out.insert(key.clone());
                }
                if matches!(key.as_str(), "description" | "summary" | "title" | "operationId" | "name" | "pattern")
                    && let Some(text) = value.as_str().map(str::trim).filter(|text| !text.is_empty())
                {
                    out.insert(text.to_owned());
                }
                said(value, if above == "properties" { "" } else { key }, out);
            }
        }
        _ => {}
    }
}

fn plain(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Array(_) | Json::Object(_) | Json::Null => None,
        other => Some(other.to_string()),
    }
}

/// What is missing in the outline of a definition.
fn missing(path: &Path) -> Vec<String> {
    let Ok(text) = std::fs::read_to_string(path) else { return Vec::new() };
    let sources = MemorySources::single("r", &[("api.yaml", &text)]);
    let main = file(&sources, "api.yaml");
    let definition = api::describe(&text, "", Some(main), Some("api.yaml"));
    if definition.family != api::Family::OpenApi {
        return Vec::new();
    }
    let title = definition.title.clone();
    let outline = outline(&api::read_text(definition, main, &sources).0.reference);
    let limits = yaml::Limits { nodes: 4_000_000, ..yaml::Limits::default() };
    let Ok(tree) = yaml::parse_value(&text, limits) else { return Vec::new() };
    let json = tree.to_json();
    let mut all = BTreeSet::new();
    for pointer in ["/info", "/tags", "/servers", "/paths", "/webhooks", "/components/schemas", "/definitions"] {
        said(json.pointer(pointer).unwrap_or(&Json::Null), "", &mut all);
    }
    for pointer in ["/paths", "/webhooks"] {
        let paths = json.pointer(pointer).and_then(Json::as_object);
        all.extend(paths.into_iter().flatten().map(|(path, _)| path.clone()).filter(|path| !path.starts_with("x-")));
    }
    // The title is that of the page.
    all.retain(|words| Some(words) != title.as_ref());
    let is_there = |words: &str| memchr::memmem::find(outline.as_bytes(), words.as_bytes()).is_some();
    // Texts stand in quotes, with what these need.
    let quoted = |words: &str| format!("{words:?}").trim_matches('"').to_owned();
    all.into_iter().filter(|words| !is_there(words) && !is_there(&quoted(words))).collect()
}

#[test]
fn nothing_is_missing_of_public_definitions() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("shared/corpus");
    let more = std::env::var_os("DEFINITIONS").map(PathBuf::from);
    let mut failures = Vec::new();
    for folder in std::iter::once(corpus).chain(more) {
        for entry in walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok) {
            let end = entry.path().extension().and_then(|end| end.to_str()).unwrap_or("");
            if matches!(end, "yaml" | "yml" | "json") {
                let missing = missing(entry.path());
                let shown: Vec<&String> = missing.iter().take(40).collect();
                if !missing.is_empty() {
                    failures.push(format!("{}: {} {shown:#?}", entry.path().display(), missing.len()));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_feature_names_a_case_that_exists() {
    let names: BTreeSet<String> = suites()
        .iter()
        .flat_map(|path| {
            let suite = path.file_name().unwrap().to_string_lossy().into_owned();
            let cases = parse(&std::fs::read_to_string(path).unwrap());
            cases.into_iter().map(move |case| format!("`{suite}`: {}", case.name)).collect::<Vec<_>>()
        })
        .collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = std::fs::read_to_string(root.join("tests/api/features.md")).unwrap();
    let rows = table.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| family"));
    for row in rows {
        let proof = row.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        if let Some((file, tests)) = proof.split_once("`: ").filter(|(file, _)| file.ends_with(".rs")) {
            let text = std::fs::read_to_string(root.join(file.trim_start_matches('`'))).unwrap();
            for test in tests.split(", ") {
                assert!(text.contains(&format!("fn {test}")), "there is no test `{test}`: {row}");
            }
        } else {
            let (suite, cases) = proof.split_once(": ").unwrap_or(("", proof));
            let is_case = |case: &str| case == "the same" || names.contains(&format!("{suite}: {case}"));
            assert!(cases.split("; ").all(is_case), "there is no such case: {row}");
        }
    }
}
