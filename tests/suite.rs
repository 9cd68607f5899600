//! Cases written as Markdown, in `suite/**/*.md`: prose, files, and the findings that they must
//! give, all of them and no others. Each case runs as it is written, with carriage returns and
//! with a byte order mark, and lines and columns must be the same for all three.
//!
//! - `# heading` begins a case. Fences with a path after the language are files, relative to the
//!   folder that is checked.
//! - ` ```expect ` has one finding a line: `file:line:column-endColumn level code "message"`, where
//!   the message may be a part of the real one. `-` stands for no place. Lines below it that begin
//!   with two blanks are the `help` and the `related` places, where a case cares for them.
//! - ` ```entities ` lists the catalog, ` ```summary ` has its counts; both may be left out.
//! - `<!-- … -->` has attributes, divided by commas: `open`, `closed`; `warn RULE` turns a rule on,
//!   `only RULE` all others off; `args …` are more arguments of `catalog check`; `team` puts a
//!   Group `team-a` into `.backstage/team.yaml`; `git FOLDER URL` makes a folder a clone; `as-is`
//!   leaves the bytes alone.
//!
//! `UPDATE=1` writes the expectations anew; `SUITE=text` runs the cases with this in their name.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use catalog::base::NoMemo;
use catalog::diagnostics::RULES;
use catalog::pipeline;
use serde_json::Value as Json;

use crate::support;

const TEAM: &str =
    "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata:\n  name: team-a\nspec:\n  type: team\n  children: []\n";

/// Rules that no text can show, and where they are tested instead.
const NOT_IN_TEXT: &[(&str, &str)] = &[
    ("invalid-utf8", "bad_input.rs: bytes"),
    ("file-too-large", "bad_input.rs: a large file"),
    ("unreadable-file", "bad_input.rs: a link to nothing"),
    ("outside-link", "bad_input.rs: a link out of the repository"),
    ("breaks-reference", "against.rs: a published catalog"),
    ("unknown-to-published", "against.rs: a published catalog"),
    ("markdown-limit", "src/markdown/tests.rs: hostile texts"),
    ("large-image", "src/docs/tests.rs: a large file"),
    ("docs-outdated", "src/base/history.rs: days"),
    ("api-outdated", "src/base/history.rs: days; history.rs: a definition"),
    ("host-limit", "tests/machines.rs: a build warns before a host refuses the site"),
    ("api-limit", "src/api/lint/tests.rs: a schema that branches without end"),
];

#[derive(Debug, Default)]
struct Case {
    name: String,
    attributes: Vec<String>,
    files: Vec<(String, String)>,
    blocks: Vec<Block>,
}

/// An expectation and the lines it stands on, without its fences.
#[derive(Debug)]
struct Block {
    kind: String,
    text: String,
    lines: std::ops::Range<usize>,
}

fn suite_files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite");
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(root)
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    files.sort_unstable();
    files
}

fn parse(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        if let Some(name) = line.strip_prefix("# ") {
            cases.push(Case { name: name.to_owned(), ..Case::default() });
        } else if let Some(list) = line.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->")) {
            let case = cases.last_mut().unwrap();
            case.attributes.extend(list.split(',').map(|attribute| attribute.trim().to_owned()));
        } else if line.starts_with("```") {
            let fence: String = line.chars().take_while(|&character| character == '`').collect();
            let info = line[fence.len()..].trim();
            let mut content = String::new();
            let mut end = at + 1;
            for (number, line) in lines.by_ref() {
                end = number;
                if line == fence {
                    break;
                }
                content.push_str(line);
                content.push('\n');
            }
            let case = cases.last_mut().unwrap_or_else(|| panic!("line {}: a fence before the first heading", at + 1));
            match info.split_once(' ') {
                Some((_, path)) => case.files.push((path.to_owned(), content)),
                None => {
                    assert!(matches!(info, "expect" | "entities" | "summary"), "line {}: what is `{info}`?", at + 1);
                    case.blocks.push(Block { kind: info.to_owned(), text: content, lines: at + 1..end });
                }
            }
        }
    }
    cases.retain(|case| !case.files.is_empty() || !case.blocks.is_empty());
    cases
}

/// How the bytes on disk differ from the text of the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Variant {
    AsWritten,
    CarriageReturns,
    ByteOrderMark,
}

/// What a run gave, in the form that the cases have.
struct Seen {
    findings: Vec<Json>,
    entities: Vec<String>,
    summary: String,
}

fn run(case: &Case, variant: Variant) -> Seen {
    let folder = tempfile::tempdir().unwrap();
    // The folder's own name is the repository's: it must not change from run to run.
    let root = folder.path().join("shop");
    std::fs::create_dir(&root).unwrap();
    let mut arguments = vec!["check", "shop", "--format", "json"];
    for attribute in &case.attributes {
        let words: Vec<&str> = attribute.split(' ').collect();
        match words[..] {
            ["open"] => arguments.push("--world=open"),
            ["closed"] => arguments.push("--world=closed"),
            ["warn", rule] => arguments.extend(["--warn", rule]),
            ["only", rule] => arguments.extend(["--allow", "all", "--warn", rule]),
            ["args", ref more @ ..] => arguments.extend(more),
            ["team"] => support::write(&root, &[(".backstage/team.yaml", TEAM)]),
            ["git", folder, url] => support::clone_of(&root.join(folder), url),
            ["as-is"] => {}
            _ => panic!("{}: what is `{attribute}`?", case.name),
        }
    }
    for (path, text) in &case.files {
        let text = match variant {
            Variant::CarriageReturns => text.replace('\n', "\r\n"),
            Variant::ByteOrderMark => format!("\u{feff}{text}"),
            Variant::AsWritten => text.clone(),
        };
        support::write(&root, &[(path, text)]);
    }
    let ran = support::run(folder.path(), &arguments);
    assert!(ran.code <= 1, "{}: {}", case.name, ran.stderr);
    let report = ran.json();
    let count = |key: &str| report["summary"][key].as_u64().unwrap();
    Seen {
        summary: format!(
            "{} repositories, {} entities, {} templated, {} unreached\n",
            count("repositories"),
            count("entities"),
            count("templated"),
            count("unreached")
        ),
        findings: report["diagnostics"].as_array().unwrap().clone(),
        entities: if case.blocks.iter().any(|block| block.kind == "entities") { entities(&root) } else { Vec::new() },
    }
}

fn entities(root: &Path) -> Vec<String> {
    let compiled = pipeline::compile(root, &pipeline::Options::default(), &NoMemo).unwrap();
    compiled.catalog.entities.iter().map(catalog::model::Entity::key).collect()
}

/// `file:line:column-endColumn`, or `-`.
fn place(at: &Json) -> String {
    let path = at["path"].as_str().unwrap_or("-");
    let number = |key: &str| at[key].as_u64();
    match (number("line").zip(number("column")), number("endLine").zip(number("endColumn"))) {
        (Some((line, column)), Some((end_line, end))) if line == end_line => format!("{path}:{line}:{column}-{end}"),
        (Some((line, column)), Some((end_line, end))) => format!("{path}:{line}:{column}-{end_line}:{end}"),
        _ => path.to_owned(),
    }
}

/// A finding as the expectation of a case writes it.
fn printed(finding: &Json, help: bool, related: bool) -> String {
    let text = |key: &str| finding[key].as_str().unwrap_or("");
    let mut out = format!("{} {} {} \"{}\"\n", place(finding), text("severity"), text("code"), text("message"));
    if help && finding["help"].is_string() {
        let _ = writeln!(out, "  help \"{}\"", text("help"));
    }
    for other in finding["related"].as_array().into_iter().flatten().filter(|_| related) {
        let _ = writeln!(out, "  related {} \"{}\"", place(other), other["message"].as_str().unwrap());
    }
    out
}

/// What the blocks of a case would say if they were written now.
fn expectations(block: &Block, seen: &Seen) -> String {
    match block.kind.as_str() {
        "entities" => seen.entities.iter().map(|key| format!("{key}\n")).collect(),
        "summary" => seen.summary.clone(),
        _ => {
            let has = |word: &str| block.text.lines().any(|line| line.trim_start().starts_with(word));
            let (help, related) = (has("help \""), has("related "));
            seen.findings.iter().map(|finding| printed(finding, help, related)).collect()
        }
    }
}

/// Whether a line is what was expected, whose quoted text may be a part of the real one.
fn fits(expected: &str, real: &str) -> bool {
    let Some((head, message)) = expected.split_once(" \"") else { return expected == real };
    let message = message.strip_suffix('"').unwrap_or(message);
    real.split_once(" \"").is_some_and(|(real_head, real_message)| {
        head == real_head && real_message.strip_suffix('"').unwrap_or(real_message).contains(message)
    })
}

fn same(block: &Block, seen: &Seen) -> Result<(), String> {
    let real = expectations(block, seen);
    let expected: Vec<&str> = block.text.lines().filter(|line| !line.trim().is_empty()).collect();
    let lines: Vec<&str> = real.lines().collect();
    if expected.len() == lines.len() && expected.iter().zip(&lines).all(|(expected, real)| fits(expected, real)) {
        return Ok(());
    }
    let listed = |lines: &[&str]| lines.iter().map(|line| format!("      {line}\n")).collect::<String>();
    Err(format!("    expected:\n{}    found:\n{}", listed(&expected), listed(&lines)))
}

fn check(case: &Case) -> Vec<String> {
    let mut failures = Vec::new();
    assert!(case.blocks.iter().any(|block| block.kind == "expect"), "{}: expects nothing", case.name);
    let as_is = case.attributes.iter().any(|attribute| attribute == "as-is");
    for variant in [Variant::AsWritten, Variant::CarriageReturns, Variant::ByteOrderMark] {
        if as_is && variant != Variant::AsWritten {
            continue;
        }
        let seen = run(case, variant);
        for block in &case.blocks {
            if let Err(difference) = same(block, &seen) {
                failures.push(format!("{} ({variant:?}, {}):\n{difference}", case.name, block.kind));
            }
        }
    }
    failures
}

/// The text of a suite file with its expectations as they are now.
fn updated(text: &str, cases: &[Case]) -> String {
    let mut replaced: Vec<(std::ops::Range<usize>, String)> = Vec::new();
    for case in cases {
        let seen = run(case, Variant::AsWritten);
        replaced.extend(case.blocks.iter().map(|block| (block.lines.clone(), expectations(block, &seen))));
    }
    let mut out = String::new();
    let mut replaced = replaced.into_iter().peekable();
    for (at, line) in text.lines().enumerate() {
        if replaced.peek().is_some_and(|(lines, _)| lines.end <= at) {
            let (_, new) = replaced.next().unwrap();
            out.push_str(&new);
        }
        if !replaced.peek().is_some_and(|(lines, _)| lines.contains(&at)) {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

#[test]
fn every_case_gives_its_findings_and_no_others() {
    let wanted = std::env::var("SUITE").unwrap_or_default();
    let (mut failures, mut count, mut names) = (Vec::new(), 0, BTreeSet::new());
    for file in suite_files() {
        let text = std::fs::read_to_string(&file).unwrap();
        let cases = parse(&text);
        assert!(!cases.is_empty(), "{} has no case", file.display());
        if support::updating() {
            std::fs::write(&file, updated(&text, &cases)).unwrap();
            continue;
        }
        for case in cases.iter().filter(|case| case.name.contains(&wanted)) {
            assert!(names.insert(case.name.clone()), "two cases are called `{}`", case.name);
            count += 1;
            failures.extend(check(case).into_iter().map(|why| format!("{}: {why}", file.display())));
        }
    }
    println!("{count} cases, each in three forms");
    assert!(failures.is_empty(), "{} differences:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn every_rule_is_shown_by_some_case() {
    let mut shown = BTreeSet::new();
    for file in suite_files() {
        for case in parse(&std::fs::read_to_string(file).unwrap()) {
            for block in case.blocks.iter().filter(|block| block.kind == "expect") {
                shown.extend(block.text.lines().filter_map(|line| line.split(' ').nth(2)).map(str::to_owned));
            }
        }
    }
    let elsewhere: BTreeSet<&str> = NOT_IN_TEXT.iter().map(|(code, _)| *code).collect();
    let missing: Vec<&str> =
        RULES.iter().map(|rule| rule.code).filter(|code| !shown.contains(*code) && !elsewhere.contains(code)).collect();
    assert!(missing.is_empty(), "no case shows {}", missing.join(", "));
    let needless: Vec<&str> = elsewhere.into_iter().filter(|code| shown.contains(*code)).collect();
    assert!(needless.is_empty(), "shown after all: {}", needless.join(", "));
}
