//! Sections of pages, written as Markdown in `sections/*.md`: files of a repository, and what a section
//! of the site that is built from them says.
//!
//! - `# heading` begins a case; a fence with a language and a path is a file.
//! - A fence ` ```section PAGE ID ` is the text of the section with that label on that page: a row, an
//!   entry or a heading a line, cells divided by ` | `. Of a drawing it has what is written in it. No
//!   line: there is no such section.
//!
//! `UPDATE=1` writes the expectations anew.

use std::path::Path;

use crate::support;

#[test]
fn sections_say_what_the_cases_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sections");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort_unstable();
    let mut wrong = Vec::new();
    let mut count = 0;
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let mut written = String::new();
        for case in text.split_inclusive('\n').fold(Vec::<String>::new(), by_heading) {
            let seen = run(&case);
            count += seen.matches("```section ").count();
            if seen != case {
                let lines = seen.lines().filter(|line| !case.lines().any(|other| other == *line));
                let lines: Vec<&str> = lines.collect();
                wrong.push(format!("{}, {}: {lines:#?}", file.display(), case.lines().next().unwrap_or("")));
            }
            written.push_str(&seen);
        }
        if support::updating() && written != text {
            std::fs::write(&file, written).unwrap();
        }
    }
    assert!(count > 10, "only {count} sections");
    assert!(wrong.is_empty() || support::updating(), "{}", wrong.join("\n"));
}

/// The lines of a file, a text for each case.
fn by_heading(mut cases: Vec<String>, line: &str) -> Vec<String> {
    match cases.last_mut() {
        Some(case) if !line.starts_with("# ") => case.push_str(line),
        _ => cases.push(line.to_owned()),
    }
    cases
}

/// A case with what its sections say.
fn run(case: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let (input, out) = (folder.path().join("shop"), folder.path().join("out"));
    for fence in case.split("```").skip(1).step_by(2) {
        let (info, text) = fence.split_once('\n').unwrap();
        if let Some((_, path)) = info.split_once(' ').filter(|(language, _)| *language != "section") {
            support::write(&input, &[(path, text)]);
        }
    }
    if !input.exists() {
        return case.to_owned();
    }
    let ran = support::run(folder.path(), &["build", input.to_str().unwrap(), "-o", out.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let parts = case.split("```").enumerate().map(|(at, part)| match part.strip_prefix("section ") {
        Some(section) if at % 2 == 1 => {
            let (info, _) = section.split_once('\n').unwrap();
            let (page, id) = info.split_once(' ').unwrap();
            let html = std::fs::read_to_string(out.join(page)).unwrap_or_else(|error| panic!("{page}: {error}"));
            format!("section {info}\n{}", text_of(&html, id))
        }
        _ => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("```")
}

/// The text of a section, as far as it is seen.
fn text_of(html: &str, id: &str) -> String {
    let mark = format!("aria-labelledby=\"{id}\">");
    let Some((_, section)) = html.split_once(&mark) else { return String::new() };
    let section = section.split("</section>").next().unwrap();
    let mut out = String::new();
    let mut hidden = "";
    for part in section.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap();
        let name = tag.split([' ', '/']).find(|word| !word.is_empty()).unwrap_or("");
        let closes = tag.starts_with('/');
        if hidden.is_empty() && (matches!(name, "title" | "desc") || tag.contains("visually-hidden")) {
            hidden = name;
        } else if closes && name == hidden {
            hidden = "";
        }
        let ends = match name {
            "tr" | "h2" | "h3" | "li" | "p" | "summary" if closes => "\n",
            "td" | "th" if closes => " | ",
            "svg" if closes => "\n",
            "rect" => "\n",
            "ul" | "table" | "details" => "\n",
            _ => " ",
        };
        out.push_str(ends);
        if hidden.is_empty() {
            out.push_str(&text.replace('\n', " "));
        }
    }
    let plain = |line: &str| {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        line.trim_matches([' ', '|']).replace("&amp;", "&").replace("&#39;", "'")
    };
    out.lines().map(plain).filter(|line| !line.is_empty()).map(|line| line + "\n").collect()
}
