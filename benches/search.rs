//! What finding things costs: the index of made-up documentation in CPU seconds and memory, what a first
//! query moves and how long answers take in a browser, and the same for Pagefind, with the ranking of
//! both by the queries of `tests/search`. Words of the pages are as frequent as those of a language: a few
//! in all of them, most in few. Nothing here fails on a slow machine.
//!
//! `cargo bench --bench search [-- PAGES]`, after `tests/run browser` has installed what it needs.
//! Pagefind comes from the npm registry. `CATALOG_CORPORA` names a folder of public catalogs.

#![allow(clippy::print_stdout, clippy::disallowed_methods)]

#[allow(dead_code, reason = "an organisation is not needed here, its chance is")]
#[path = "support/organisation.rs"]
mod organisation;
mod support;

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use organisation::Chance;

use catalog::search::{Builder, Kind, Record, Section, Weight};

/// Pages, and how many a component has.
const PAGES: usize = 10_000;
const EACH: usize = 50;
/// Words of a page, and different words.
const WORDS: usize = 590;
const VOCABULARY: usize = 30_000;

fn main() {
    if let Some(folder) = support::asked_for() {
        return index(&folder);
    }
    let pages = std::env::args().filter_map(|argument| argument.parse().ok()).next().unwrap_or(PAGES);
    let folder = tempfile::tempdir().expect("a folder");
    write(&folder.path().join("in"), pages);
    let [cpu, memory, bytes, files] = support::measured(&folder.path().join("in"));
    println!(
        "{pages} pages of {WORDS} words: index {cpu} CPU s (goal 4), {memory} MiB (goal 300), {bytes} bytes, {files} files"
    );
    let output = folder.path().join("out");
    let mut build = Command::new(env!("CARGO_BIN_EXE_catalog"));
    build.arg("build").arg(folder.path().join("in")).arg("--quiet").arg("--no-cache").arg("-o").arg(&output);
    let cost = support::cost_of(&mut build);
    println!("whole build: {:.2} CPU s, {} MiB", cost.cpu, cost.peak);
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let mut command = Command::new("node");
    command
        .arg("lib/search-cost.mjs")
        .arg(&output)
        .current_dir(tests)
        .env("CATALOG_BIN", env!("CARGO_BIN_EXE_catalog"));
    let status = command.status().expect("node, to drive a browser");
    assert!(status.success(), "the browser could not be driven: {status}");
}

/// Makes the index of the pages of a folder, and prints what it took beside their texts.
fn index(folder: &Path) {
    let mut pages: Vec<(String, String)> = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok) {
        if entry.path().extension().is_some_and(|ending| ending == "md") {
            let text = std::fs::read_to_string(entry.path()).expect("it is read");
            pages.push((entry.path().display().to_string(), text));
        }
    }
    let (before, held): (f64, u64) = (support::cpu_seconds().parse().unwrap_or(0.0), peak());
    let (mut bytes, mut files) = (0, 0);
    let mut written = |file: catalog::search::File| {
        bytes += file.text.len();
        files += 1;
    };
    let mut builder = Builder::new("en");
    builder.begin(Kind::Page);
    for (path, text) in &pages {
        let title = text.lines().next().unwrap_or_default();
        let sections: Vec<Section<'_>> = text
            .split("\n## ")
            .map(|part| {
                let (heading, text) = part.split_once('\n').unwrap_or_default();
                Section { heading, anchor: heading, text }
            })
            .collect();
        let words = [(Weight::Around, "Service")];
        builder.add(&Record { title, href: path, words: &words, sections: &sections, ..Record::default() });
        builder.take().into_iter().for_each(&mut written);
    }
    let index = builder.finish();
    index.files.into_iter().for_each(&mut written);
    let after: f64 = support::cpu_seconds().parse().unwrap_or(0.0);
    println!("{:.2} {} {} {files}", after - before, peak() - held, bytes + index.directory.len());
}

fn peak() -> u64 {
    support::peak_memory().parse().unwrap_or(0)
}

/// A word: the first of the vocabulary very often, the last hardly ever.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn frequent(chance: &mut Chance) -> String {
    let share = chance.below(1 << 20) as f64 / f64::from(1 << 20);
    word((VOCABULARY as f64).powf(share) as usize)
}

/// A word of its own for each number.
fn word(number: usize) -> String {
    const SYLLABLES: [&str; 32] = [
        "ba", "re", "ti", "no", "ku", "la", "me", "si", "do", "pu", "ka", "te", "ri", "mo", "su", "va", "ne", "li",
        "go", "tu", "da", "se", "mi", "ro", "nu", "pa", "le", "vi", "so", "ru", "ta", "de",
    ];
    let mut rest = number + 32;
    let mut out = String::new();
    while rest > 0 {
        out.push_str(SYLLABLES[rest % 32]);
        rest /= 32;
    }
    out
}

fn write(folder: &Path, pages: usize) {
    let put = |path: &str, text: &str| {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("it has one")).expect("it is made");
        std::fs::write(path, text).expect("it is written");
    };
    put("catalog-config.yaml", "sources: [{path: 'r*'}]\n");
    put(
        "r/catalog-info.yaml",
        "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: platform}\nspec: {type: team, children: []}\n",
    );
    let mut chance = Chance(7);
    for number in 0..pages {
        let (component, page) = (number / EACH, number % EACH);
        if page == 0 {
            put(
                &format!("r{component}/catalog-info.yaml"),
                &format!(
                    "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: svc-{component}\n  annotations: {{backstage.io/techdocs-ref: 'dir:.'}}\nspec: {{type: service, lifecycle: production, owner: platform}}\n"
                ),
            );
            put(&format!("r{component}/mkdocs.yml"), &format!("site_name: Service {component}\n"));
        }
        let name = if page == 0 { "index".to_owned() } else { format!("page-{page}") };
        put(&format!("r{component}/docs/{name}.md"), &text(&mut chance));
    }
}

fn text(chance: &mut Chance) -> String {
    let mut out = format!("# {} {} {}\n\n", frequent(chance), frequent(chance), frequent(chance));
    for at in 0..WORDS {
        if at % 100 == 99 {
            let _ = write!(out, "\n\n## {} {}\n\n", frequent(chance), frequent(chance));
        }
        out.push_str(&frequent(chance));
        out.push(if at % 17 == 16 { '\n' } else { ' ' });
    }
    out
}
