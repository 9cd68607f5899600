//! The house keeps its storeys: which module may use which, which foreign crate is named where,
//! how long a file may be, and that each file says what it is for.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The modules from the ground up: each may use those before it. `schemas` and `serve` stand
/// under the roof. `report` stands below `site`, whose page of findings shows what it makes.
const STOREYS: &[&str] = &[
    "base",
    "diagnostics",
    "yaml",
    "config",
    "model",
    "routes",
    "scan",
    "parse",
    "refs",
    "link",
    "graph",
    "markdown",
    "docs",
    "api",
    "theme",
    "check",
    "change",
    "edit",
    "init",
    "search",
    "report",
    "site",
    "emit",
    "cache",
    "pipeline",
    "schemas",
    "serve",
    "cli",
];

/// Modules that meet the machine. Only `pipeline` and what stands above it may use them; the
/// others see the traits `Sources` and `Memo`.
const RIM: &[&str] = &["scan", "emit", "cache"];

/// Foreign crates with one owner each: the module, or the one file in it. Who has two says why.
const OWNERS: &[(&str, &str)] = &[
    ("saphyr_parser", "yaml"),
    ("serde_yaml", "yaml"),
    ("pulldown_cmark", "markdown"),
    ("syntect", "markdown"),
    ("two_face", "markdown"),
    ("ammonia", "markdown"),
    ("html5ever", "markdown/authored/tests"),
    ("emojis", "markdown"),
    ("rusty_mermaid_core", "markdown/diagrams"),
    ("rusty_mermaid_diagrams", "markdown/diagrams"),
    ("pulldown_latex", "markdown/maths.rs"),
    ("gix", "scan/git"),
    ("ureq", "scan/fetch.rs"),
    ("similar", "change/lines.rs"),
    ("jsonschema", "base/json_schema.rs"),
    ("annotate_snippets", "report/human.rs"),
    ("similar", "edit/diff.rs"),
    ("apollo_parser", "api/graphql"),
    ("minijinja", "site"),
    // Skeletons are filled in by the engine that themes have: a second one would weigh more than
    // its differences are worth.
    ("minijinja", "check/templates/render.rs"),
    ("petgraph", "graph"),
    ("icu_plurals", "theme"),
    ("icu_locale_core", "theme/texts.rs"),
    ("clap", "cli"),
    ("ignore", "scan"),
    // Who writes does so through it: outputs and edits, and the cache, which is neither.
    ("tempfile", "emit"),
    ("tempfile", "cache"),
];

/// A source file: its path below `src`, its text, and the code of it without tests and comments.
struct Source {
    path: String,
    text: String,
    code: String,
}

impl Source {
    /// The module it is part of.
    fn module(&self) -> &str {
        self.path.split('/').next().unwrap().trim_end_matches(".rs")
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(&root)
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect();
    files.sort_unstable();
    let read = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).unwrap();
        let path = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        let code = without_comments_and_tests(&text);
        Source { path, text, code }
    };
    files.iter().map(read).collect()
}

fn without_comments_and_tests(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let line = |line: &str| line.split("//").next().unwrap().to_owned();
    code.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// The modules that a text names after `crate::`, in braces too.
fn used_modules(code: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        // `$crate::` and `othercrate::` are someone else's.
        if code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => used.extend(first_segments(group)),
            None => used.extend(identifier(rest)),
        }
    }
    used
}

fn identifier(text: &str) -> Option<String> {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    (end > 0).then(|| text[..end].to_owned())
}

/// `a::b, c::{d, e}, f}` has `a`, `c` and `f`.
fn first_segments(group: &str) -> Vec<String> {
    let (mut depth, mut start, mut found) = (0, 0, Vec::new());
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => {
                found.extend(identifier(group[start..at].trim_start()));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                found.extend(identifier(group[start..at].trim_start()));
                start = at + 1;
            }
            _ => {}
        }
    }
    found
}

#[test]
fn a_module_uses_only_those_below_it() {
    let storey = |module: &str| STOREYS.iter().position(|known| *known == module);
    let mut breaches = Vec::new();
    for source in sources().iter().filter(|source| !matches!(source.path.as_str(), "lib.rs" | "main.rs")) {
        let module = source.module();
        let Some(own) = storey(module) else {
            breaches.push(format!("{}: `{module}` stands on no storey", source.path));
            continue;
        };
        for used in used_modules(&source.code).iter().filter(|used| *used != module) {
            match storey(used) {
                Some(other) if other < own => {}
                // `crate::Name` of the library's root does not exist here; a macro would.
                None => breaches.push(format!("{}: uses `{used}`, which stands on no storey", source.path)),
                Some(_) => breaches.push(format!("{}: `{module}` uses `{used}`, which stands above it", source.path)),
            }
            if RIM.contains(&used.as_str()) && own < storey("pipeline").unwrap() {
                breaches.push(format!("{}: `{module}` uses `{used}`; it may see the trait alone", source.path));
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn the_library_names_its_modules_in_no_other_place() {
    let sources = sources();
    let lib = sources.iter().find(|source| source.path == "lib.rs").unwrap();
    for line in lib.code.lines().filter_map(|line| line.trim().strip_prefix("pub mod ")) {
        let module = line.trim_end_matches(';');
        assert!(STOREYS.contains(&module), "`{module}` is missing in the list of storeys");
    }
}

#[test]
fn a_foreign_crate_is_named_by_its_owner_alone() {
    let mut breaches = Vec::new();
    for source in sources() {
        for (krate, owner) in OWNERS {
            let named = source.code.match_indices(krate).any(|(at, _)| {
                let before = source.code[..at].chars().next_back();
                let after = &source.code[at + krate.len()..];
                // A module of ours may have the name of a crate.
                !source.code[..at].ends_with("mod ")
                    && !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':' || c == '"' || c == '.')
                    && (after.starts_with("::") || after.starts_with(';'))
                    // A file of ours may have the name of a crate.
                    && !source.code[..at].ends_with("mod ")
                    && !after.starts_with("::check")
            });
            let at_home = OWNERS.iter().filter(|(other, _)| other == krate).any(|(_, owner)| {
                source.path == *owner
                    || source.path.starts_with(&format!("{owner}/"))
                    || source.path == format!("{owner}.rs")
            });
            if named && !at_home {
                breaches.push(format!("{} names `{krate}`, which is {owner}'s", source.path));
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<String> =
        sources().into_iter().filter(|source| !source.text.starts_with("//!")).map(|source| source.path).collect();
    assert!(silent.is_empty(), "these files do not begin with `//!`: {}", silent.join(", "));
}

#[test]
fn files_stay_short() {
    const MOST: usize = 1_000;
    const WORTH_A_LOOK: usize = 600;
    // Data, one row a rule.
    const TABLES: &[&str] = &["diagnostics/rules.rs"];
    let lengths: BTreeMap<String, usize> = sources()
        .into_iter()
        .filter(|source| !TABLES.contains(&source.path.as_str()))
        .map(|source| (source.path, source.text.lines().count()))
        .collect();
    for (path, length) in lengths.iter().filter(|(_, length)| **length > WORTH_A_LOOK) {
        println!("{path} has {length} lines");
    }
    let long: Vec<String> = lengths
        .iter()
        .filter(|(_, length)| **length > MOST)
        .map(|(path, length)| format!("{path}: {length}"))
        .collect();
    assert!(long.is_empty(), "files of more than {MOST} lines: {}", long.join(", "));
}

#[test]
fn paths_are_found_in_uses_and_in_code() {
    let code = "use crate::base::Text;\nuse crate::{emit, scan::{Options, Error}};\nlet x = crate::yaml::Node::new();\nmycrate::no::x()";
    let used: Vec<String> = used_modules(code).into_iter().collect();
    assert_eq!(used, ["base", "emit", "scan", "yaml"]);
}
