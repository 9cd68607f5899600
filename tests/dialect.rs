//! What each extension of the dialect becomes, as data: `dialect/*.md` has a section for each, with
//! good and malformed Markdown and the HTML of both. A line `problem:` below the HTML is what the
//! page says of itself. `UPDATE=1` writes the HTML anew: read the difference as you would read code.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use catalog::base::{NoMemo, Text};
use catalog::markdown::{Extensions, Href, Options, SnippetText, Snippets, render_with};

const FENCE: &str = "``````";
/// What the cases include.
const FILE: &str = "one\n\ntwo\n<!-- --8<-- [start:s] -->\n*part*\n<!-- --8<-- [end:s] -->\n";

struct Files;

impl Snippets for Files {
    fn read(&self, name: &str) -> Result<SnippetText, String> {
        let (number, text) = match name {
            "f.md" => (0, FILE),
            "self.md" => (1, "self\n\n--8<-- \"self.md\"\n"),
            _ => return Err("as there is no such file".to_owned()),
        };
        Ok(SnippetText { number, text: Arc::new(Text::from_bytes(text.as_bytes())) })
    }
}

/// A case: its section and name, its Markdown, and the lines of its HTML.
struct Case {
    section: String,
    name: String,
    markdown: String,
    html: String,
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dialect");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort_unstable();
    files
}

/// The cases of a file. What stands between two fences belongs to the first of them.
fn parse(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut section = "";
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(name) = line.strip_prefix("# ") {
            section = name;
        } else if let Some(name) = line.strip_prefix("## ") {
            let (section, name) = (section.to_owned(), name.to_owned());
            cases.push(Case { section, name, markdown: String::new(), html: String::new() });
        } else if let Some(kind) = line.strip_prefix(FENCE) {
            let content: String =
                lines.by_ref().take_while(|line| *line != FENCE).flat_map(|line| [line, "\n"]).collect();
            let case = cases.last_mut().unwrap();
            match kind {
                "md" => case.markdown = content,
                "html" => case.html = content,
                _ => panic!("what is `{kind}`?"),
            }
        }
    }
    cases
}

fn html(markdown: &str) -> String {
    let page = render_with(markdown, &Options::PAGE, &Files, &Extensions::default(), &NoMemo);
    let mut html = page.html(&mut |link| Href::To(page.links[link].target.clone()), &NoMemo);
    if !html.is_empty() && !html.ends_with('\n') {
        html.push('\n');
    }
    for problem in &page.problems {
        let _ = writeln!(html, "problem: {}", problem.kind.message());
    }
    html
}

#[test]
fn every_extension_becomes_what_is_written() {
    let mut failures = Vec::new();
    for file in files() {
        let text = std::fs::read_to_string(&file).unwrap();
        let mut written = text.clone();
        for case in parse(&text) {
            let is = html(&case.markdown);
            if is == case.html {
                continue;
            }
            let block = |html: &str| {
                format!("## {}\n\n{FENCE}md\n{}{FENCE}\n\n{FENCE}html\n{html}{FENCE}\n", case.name, case.markdown)
            };
            written = written.replacen(&block(&case.html), &block(&is), 1);
            failures.push(format!("{}, {}:\n{}is now\n{is}", case.section, case.name, case.html));
        }
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&file, written).unwrap();
            failures.clear();
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_extension_has_good_and_malformed_cases() {
    let mut sections: Vec<(String, bool, bool)> = Vec::new();
    for case in files().iter().flat_map(|file| parse(&std::fs::read_to_string(file).unwrap())) {
        if sections.last().is_none_or(|(name, ..)| *name != case.section) {
            sections.push((case.section.clone(), false, false));
        }
        let last = sections.last_mut().unwrap();
        last.1 |= case.name.starts_with("good");
        last.2 |= case.name.starts_with("malformed");
    }
    for (section, good, malformed) in &sections {
        assert!(*good && *malformed, "{section} lacks a case");
    }
    assert!(sections.len() >= 34, "only {}", sections.len());
}
