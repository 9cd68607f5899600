//! What commands print, in `commands/*.md`: read as a person reads a terminal.
//!
//! - `# heading` begins a case. Fences with a path after the language are files of its folder.
//! - ` ```console ` is a session: each line that begins with `$ catalog` is run in that folder; below
//!   it stand stdout, then stderr with `! ` before each line, then `=> code` where that is not 0.
//!
//! `UPDATE=1` writes sessions anew; `SUITE=text` runs the cases with this in their name.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::support::{self, run};

const PROMPT: &str = "$ catalog ";

/// Words of a command line; quotes keep spaces together.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for character in line.chars() {
        match character {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            other => words.last_mut().unwrap().push(other),
        }
    }
    words
}

fn session(folder: &Path, commands: &[&str]) -> String {
    let mut out = String::new();
    for command in commands {
        let words = words(command);
        let ran = run(folder, &words.iter().map(String::as_str).collect::<Vec<_>>());
        out.push_str(&format!("{PROMPT}{command}\n{}", ran.stdout));
        for line in ran.stderr.lines() {
            out.push_str(format!("! {line}").trim_end());
            out.push('\n');
        }
        if ran.code != 0 {
            out.push_str(&format!("=> {}\n", ran.code));
        }
        out.push('\n');
    }
    out.trim_end().to_owned() + "\n"
}

/// Runs all sessions of a file: the text as it should be, and how many there are.
fn replay(text: &str, only: &str) -> (String, usize) {
    let (mut out, mut count, mut case) = (String::new(), 0, String::new());
    let mut folder = tempfile::tempdir().unwrap();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        if let Some(name) = line.strip_prefix("# ") {
            case = name.to_owned();
            folder = tempfile::tempdir().unwrap();
        }
        let Some(info) = line.strip_prefix("```") else { continue };
        let content: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let content = content.iter().fold(String::new(), |all, line| all + line + "\n");
        let commands: Vec<&str> = content.lines().filter_map(|line| line.strip_prefix(PROMPT)).collect();
        match info.split_once(' ') {
            Some((_, path)) => support::write(folder.path(), &[(path, &content)]),
            None if info == "console" && case.contains(only) => {
                count += commands.len();
                out.push_str(&session(folder.path(), &commands));
                out.push_str("```\n");
                continue;
            }
            None => {}
        }
        out.push_str(&content);
        out.push_str("```\n");
    }
    (out, count)
}

#[test]
fn commands_print_what_the_sessions_show() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/commands");
    let paths: BTreeSet<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let only = std::env::var("SUITE").unwrap_or_default();
    let (mut wrong, mut all) = (Vec::new(), 0);
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let (seen, count) = replay(&text, &only);
        all += count;
        if seen == text {
            continue;
        }
        if support::updating() {
            std::fs::write(&path, &seen).unwrap();
            continue;
        }
        for (expected, seen) in text.lines().zip(seen.lines()).filter(|(expected, seen)| expected != seen).take(12) {
            wrong.push(format!("- {expected}\n+ {seen}"));
        }
        wrong.push(format!(
            "{} differs: {} lines, {} expected",
            path.display(),
            seen.lines().count(),
            text.lines().count()
        ));
    }
    assert!(all > 0, "no case has `{only}` in its name");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
