//! What the history of a repository says about its files, read from real clones, and where a page
//! shows it.

use std::path::Path;

use catalog::base::history::{History, Reach};
use catalog::base::{RepoId, Sources as _};
use catalog::scan;

use crate::support::{self, git, git_as, run, write};

const ADA: (&str, &str) = ("Ada", "ada@example.org");
const BOB: (&str, &str) = ("Bob", "bob@example.org");

/// A commit on the day of May 2026 that is named, at noon.
fn commit(folder: &Path, day: u8, who: (&str, &str), files: &[(&str, &str)]) {
    write(folder, files);
    git(folder, &["add", "-A"]);
    git_as(folder, &["commit", "-qm", "a", "--allow-empty"], who, &at(day));
}

fn at(day: u8) -> String {
    format!("2026-05-{day:02}T12:00:00+0000")
}

fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["init", "-q", "-b", "main"]);
    folder
}

fn history(folder: &Path) -> Option<History> {
    let workspace = scan::open(folder, &scan::Options::default()).unwrap();
    workspace.sources.history(RepoId(0)).cloned()
}

/// Day of May, named authors and how many there are; of a file that is known.
fn file(history: &History, path: &str) -> Option<(i64, String, usize)> {
    const FIRST_OF_MAY: i64 = 1_777_593_600;
    let file = history.of(path)?;
    Some(((file.changed - FIRST_OF_MAY) / 86_400 + 1, file.authors.join(", "), file.author_count))
}

fn known(day: i64, authors: &str) -> Option<(i64, String, usize)> {
    Some((day, authors.to_owned(), authors.split(", ").count()))
}

#[test]
fn the_last_change_counts_and_authors_are_sorted_by_commits() {
    let folder = repository();
    let root = folder.path();
    commit(root, 1, ADA, &[("a.md", "1"), ("docs/b.md", "1"), ("docs/deep/c.md", "1"), ("gone.md", "1")]);
    commit(root, 2, BOB, &[("a.md", "2")]);
    commit(root, 3, BOB, &[("a.md", "3"), ("docs/b.md", "2")]);
    std::fs::remove_file(root.join("gone.md")).unwrap();
    // A file where a folder was, and a folder where a file was, are other files.
    std::fs::remove_dir_all(root.join("docs/deep")).unwrap();
    commit(root, 4, ADA, &[("docs/deep", "1"), ("new.md", "1")]);
    let history = history(root).unwrap();
    assert_eq!(history.reach, Reach::Whole);
    assert_eq!(file(&history, "a.md"), known(3, "Bob, Ada"));
    assert_eq!(file(&history, "docs/b.md"), known(3, "Ada, Bob"));
    assert_eq!(file(&history, "docs/deep"), known(4, "Ada"));
    assert_eq!(file(&history, "new.md"), known(4, "Ada"));
    assert_eq!(file(&history, "gone.md"), None);
    assert_eq!(file(&history, "docs"), None);
}

#[test]
fn a_merge_changes_only_what_no_side_has() {
    let folder = repository();
    let root = folder.path();
    commit(root, 1, ADA, &[("a.md", "1"), ("b.md", "1"), ("c.md", "1\n")]);
    git(root, &["switch", "-qc", "side"]);
    commit(root, 2, BOB, &[("b.md", "2"), ("c.md", "side\n")]);
    git(root, &["switch", "-q", "main"]);
    commit(root, 3, ADA, &[("a.md", "2"), ("c.md", "main\n")]);
    git_as(root, &["merge", "-q", "--no-commit", "-s", "ours", "side"], ADA, &at(4));
    commit(root, 5, ("Carol", "c@example.org"), &[("b.md", "2"), ("c.md", "both\n")]);
    let history = history(root).unwrap();
    assert_eq!(file(&history, "a.md"), known(3, "Ada"));
    assert_eq!(file(&history, "b.md"), known(2, "Ada, Bob"));
    assert_eq!(file(&history, "c.md"), known(5, "Ada, Bob, Carol").map(|_| (5, "Ada, Bob, Carol".to_owned(), 3)));
}

#[test]
fn one_person_has_one_name_and_many_are_counted() {
    let folder = repository();
    let root = folder.path();
    commit(
        root,
        1,
        ("ada l.", "ADA@old.example"),
        &[("a.md", "0"), (".mailmap", "Ada <ada@example.org> <ada@OLD.example>\n")],
    );
    for day in 2..9 {
        let name = format!("Author {day}");
        commit(root, day, (&name, &format!("{day}@example.org")), &[("a.md", &format!("{day}"))]);
    }
    commit(root, 9, ADA, &[("a.md", "9")]);
    // The newest name of an address is the one that is shown.
    commit(root, 10, ("Author two", "2@example.org"), &[("a.md", "10")]);
    let history = history(root).unwrap();
    let expected = "Ada, Author two, Author 3, Author 4, Author 5";
    assert_eq!(file(&history, "a.md"), Some((10, expected.to_owned(), 8)));
}

#[test]
fn what_a_shallow_clone_cannot_know_is_unknown() {
    let origin = repository();
    for day in 1..5 {
        let name = format!("{day}.md");
        commit(origin.path(), day, ADA, &[(&name, "x"), ("docs/all.md", &name)]);
    }
    let work = tempfile::tempdir().unwrap();
    let url = format!("file://{}", origin.path().display());
    git(work.path(), &["clone", "-q", "--depth=2", &url, "shallow"]);
    let history = history(&work.path().join("shallow")).unwrap();
    assert_eq!(history.reach, Reach::Shallow);
    assert_eq!(file(&history, "4.md"), known(4, "Ada"));
    assert_eq!(file(&history, "docs/all.md"), known(4, "Ada"));
    // The boundary seems to bring the third one, and all before it.
    for path in ["1.md", "2.md", "3.md"] {
        assert_eq!(file(&history, path), None, "{path}");
    }
}

#[test]
fn only_a_folder_with_its_own_git_has_a_history() {
    let folder = repository();
    let below = folder.path().join("below");
    commit(folder.path(), 1, ADA, &[("below/catalog-info.yaml", ""), ("a.md", "")]);
    assert_eq!(history(&below), None);
    // What is broken has none either, and hides nothing else.
    std::fs::remove_dir_all(folder.path().join(".git/objects")).unwrap();
    std::fs::create_dir(folder.path().join(".git/objects")).unwrap();
    assert_eq!(history(folder.path()), None);
}

#[test]
fn documentation_is_outdated_by_the_history_and_the_day_that_counts() {
    let folder = repository();
    let root = folder.path();
    let day = |date: &str, files: &[(&str, &str)]| {
        write(root, files);
        git(root, &["add", "-A"]);
        git_as(root, &["commit", "-qm", "a"], ADA, &format!("{date}T12:00:00+0000"));
    };
    let files =
        [("catalog-info.yaml", support::SHOP), ("mkdocs.yml", "site_name: Shop\n"), ("docs/index.md", "# Shop\n")];
    day("2024-01-10", &files);
    day("2026-05-01", &[("main.go", "package main\n")]);
    let findings = |arguments: &[&str]| {
        let ran = run(root, &[&["check", ".", "--format=json"], arguments].concat());
        let found = ran.json()["diagnostics"].as_array().unwrap().clone();
        let outdated = found.iter().filter(|finding| finding["code"] == "docs-outdated");
        outdated.map(|finding| (finding["file"].to_string(), finding["message"].to_string())).collect::<Vec<_>>()
    };
    let message = "\"nobody has changed this documentation for 842 days, while its code changed 0 days ago\"";
    assert_eq!(findings(&[]), [("\"docs/index.md\"".to_owned(), message.to_owned())]);
    // It can be turned off, a day on which the code rests too says nothing, and neither do docs that changed.
    assert!(findings(&["--allow=docs-outdated"]).is_empty());
    assert!(findings(&["--now=2026-12-01"]).is_empty());
    day("2026-05-02", &[("docs/more.md", "# More\n")]);
    assert!(findings(&[]).is_empty());
}

#[test]
fn a_page_says_when_it_was_changed_and_who_wrote_it() {
    let folder = repository();
    let root = folder.path().join("shop");
    write(&root, &[("a", "")]);
    git(&root, &["init", "-q", "-b", "main"]);
    let files =
        [("catalog-info.yaml", support::SHOP), ("mkdocs.yml", "site_name: Shop\n"), ("docs/index.md", "# Shop\n")];
    commit(&root, 3, ("Ada & \"co\" L", "ada@example.org"), &files);
    commit(&root, 4, BOB, &[("docs/new.md", "# New\n")]);
    let page = |root: &Path, name: &str| {
        let out = tempfile::tempdir().unwrap();
        let ran = run(root, &["build", ".", "-q", "-o", out.path().to_str().unwrap()]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        std::fs::read_to_string(out.path().join(format!("docs/default/component/shop/{name}.html"))).unwrap()
    };
    let index = page(&root, "index");
    assert!(
        index.contains("Last changed <time datetime=\"2026-05-03\">3 May 2026</time> by Ada &amp; &quot;co&quot; L"),
        "{index}"
    );
    assert!(page(&root, "new").contains("Last changed <time datetime=\"2026-05-04\">4 May 2026</time> by Bob</p>"));
    // Where the clone was cut off, the first authors would be missing.
    commit(&root, 5, BOB, &[("docs/index.md", "# The shop\n")]);
    let url = format!("file://{}", root.display());
    git(folder.path(), &["clone", "-q", "--depth=2", &url, "shallow"]);
    let shallow = folder.path().join("shallow");
    let index = page(&shallow, "index");
    assert!(index.contains("Last changed <time datetime=\"2026-05-05\">5 May 2026</time></p>"), "{index}");
    assert!(!page(&shallow, "new").contains("Last changed"));
}

#[test]
fn a_definition_that_its_code_left_behind_is_told_when_asked_for() {
    let folder = repository();
    let root = folder.path();
    let descriptor = "apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: {name: orders}\nspec: {type: graphql, lifecycle: production, owner: team-a, definition: {$text: a.graphql}}\n";
    let old = "2025-01-01T12:00:00+0000";
    write(root, &[("catalog-info.yaml", descriptor), ("a.graphql", "type Query { a: Int }\n"), ("main.rs", "1")]);
    git(root, &["add", "-A"]);
    git_as(root, &["commit", "-qm", "a"], ADA, old);
    let told = || {
        let run = run(root, &["check", ".", "--format=json", "--warn=api-outdated"]);
        let findings = run.json()["diagnostics"].as_array().unwrap().clone();
        findings.into_iter().find(|finding| finding["code"] == "api-outdated")
    };
    assert!(told().is_none(), "code that did not move leaves nothing behind");
    commit(root, 2, ADA, &[("main.rs", "2")]);
    let finding = told().unwrap();
    let message = finding["message"].as_str().unwrap();
    assert_eq!(message, "nobody has changed this definition for 486 days, while its code changed 0 days ago");
    commit(root, 3, ADA, &[("a.graphql", "type Query { a: Int, b: Int }\n")]);
    assert!(told().is_none());
}
