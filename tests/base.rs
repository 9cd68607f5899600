//! `check --base`: what is new since a revision, read from the objects of real clones without a
//! checkout, and shown at the line that causes it.

use std::path::Path;
use std::process::Command;

use crate::support::{self, Ran, git, run};

/// A clone in a folder of its own, made by git itself.
struct Clone {
    folder: tempfile::TempDir,
}

impl Clone {
    /// A repository with one commit on `main`.
    fn new(files: &[(&str, &str)]) -> Self {
        let clone = Self { folder: tempfile::tempdir().unwrap() };
        git(clone.path(), &["init", "-q", "-b", "main"]);
        clone.commit(files);
        clone
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn git(&self, arguments: &[&str]) -> String {
        git(self.path(), arguments)
    }

    fn write(&self, files: &[(&str, &str)]) {
        support::write(self.path(), files);
    }

    fn remove(&self, path: &str) {
        std::fs::remove_file(self.path().join(path)).unwrap();
    }

    fn commit(&self, files: &[(&str, &str)]) {
        self.write(files);
        self.git(&["add", "-A"]);
        self.git(&["commit", "-qm", "a", "--allow-empty"]);
    }

    /// Checks against `main`, and that nothing of the clone was touched.
    fn check(&self, path: &str, more: &[&str]) -> Ran {
        let before = self.state();
        let base = if more.iter().any(|one| one.starts_with("--base")) { &[][..] } else { &["--base=main"] };
        let ran = run(self.path(), &[&["check", path, "--world=closed", "--repository=shop"], base, more].concat());
        assert_eq!(self.state(), before, "the clone was touched");
        ran
    }

    /// `code path:line` of each finding, in order.
    fn found(&self, path: &str, more: &[&str]) -> Vec<String> {
        let ran = self.check(path, &[&["--format=json"], more].concat());
        assert!(ran.code <= 1, "{}", ran.stderr);
        spots(&ran)
    }

    fn state(&self) -> Vec<(String, Vec<u8>, std::time::SystemTime)> {
        let files = walkdir::WalkDir::new(self.path()).sort_by_file_name().into_iter().map(Result::unwrap);
        let files = files.filter(|entry| entry.file_type().is_file());
        let state = |entry: walkdir::DirEntry| {
            let bytes = std::fs::read(entry.path()).unwrap();
            (entry.path().display().to_string(), bytes, entry.metadata().unwrap().modified().unwrap())
        };
        files.map(state).collect()
    }
}

fn spots(ran: &Ran) -> Vec<String> {
    let json = ran.json();
    let spot = |one: &serde_json::Value| {
        format!("{} {}:{}", one["code"].as_str().unwrap(), one["path"].as_str().unwrap_or("-"), one["line"])
    };
    json["diagnostics"].as_array().unwrap().iter().map(spot).collect()
}

fn group(name: &str) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata:\n  name: {name}\nspec:\n  type: team\n  children: []\n"
    )
}

fn component(name: &str, owner: &str, more: &str) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {name}\nspec:\n  type: service\n  lifecycle: production\n  owner: {owner}\n{more}"
    )
}

/// Two teams in one file, and a component of each; one finding is there from the beginning.
fn shop() -> Clone {
    let clone = Clone::new(&[
        ("teams/catalog-info.yaml", &[group("team-a"), group("team-b")].join("---\n")),
        ("a/catalog-info.yaml", &component("a", "team-a", "  system: gone\n")),
        ("b/catalog-info.yaml", &component("b", "team-b", "")),
    ]);
    clone.git(&["checkout", "-qb", "change"]);
    clone
}

const DANGLING: &str = "dangling-reference";

#[test]
fn only_what_is_new_is_reported() {
    let clone = shop();
    assert_eq!(clone.found(".", &[]), [""; 0]);
    clone.commit(&[("b/catalog-info.yaml", &component("b", "team-b", "  dependsOn: [resource:db]\n"))]);
    assert_eq!(clone.found(".", &[]), ["dangling-reference b/catalog-info.yaml:9"]);
    assert_eq!(clone.found(".", &["--all-findings"]).len(), 2);
    let ran = clone.check(".", &[]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("1 finding was there before and is not shown"), "{}", ran.stderr);
    assert!(ran.stderr.contains(", 0 mended\n"), "{}", ran.stderr);
    assert!(clone.check(".", &["--all-findings"]).stderr.contains("1 finding was there before, 0 mended"));
    assert!(!clone.check(".", &["-q"]).stderr.contains("before"));

    clone.commit(&[("a/catalog-info.yaml", &component("a", "team-a", ""))]);
    let ran = clone.check(".", &[]);
    assert!(ran.stderr.contains("no finding was there before, 1 mended\n"), "{}", ran.stderr);
}

#[test]
fn what_breaks_elsewhere_is_shown_at_the_line_that_breaks_it() {
    let clone = shop();
    clone.commit(&[("teams/catalog-info.yaml", &[group("team-a"), group("team-c")].join("---\n"))]);
    let ran = clone.check(".", &["--format=json"]);
    assert_eq!(spots(&ran), ["unknown-owner teams/catalog-info.yaml:12"]);
    let finding = &ran.json()["diagnostics"][0];
    let related = &finding["related"][0];
    assert_eq!((related["path"].as_str(), related["line"].as_u64()), (Some("b/catalog-info.yaml"), Some(8)));
    assert_eq!(related["message"], "the reference that no longer resolves, owned by `group:team-b`");
    assert_eq!(finding["entity"], "component:default/b");
    let people = clone.check(".", &[]);
    assert!(people.stderr.contains("teams/catalog-info.yaml:12:3"), "{}", people.stderr);
    assert!(people.stderr.contains("`group:team-b` stood here before"), "{}", people.stderr);
    // Whoever asks for one of the two files gets the finding.
    for path in ["teams/catalog-info.yaml", "b/catalog-info.yaml"] {
        assert_eq!(clone.found(path, &[]), ["unknown-owner teams/catalog-info.yaml:12"], "{path}");
    }
    assert_eq!(clone.found("a/catalog-info.yaml", &[]), [""; 0]);

    // Taken out without a replacement: the last line that is left of what stood there.
    clone.commit(&[("teams/catalog-info.yaml", &group("team-a"))]);
    assert_eq!(clone.found(".", &[]), ["unknown-owner teams/catalog-info.yaml:7"]);
    for format in
        ["sarif", "github", "gitlab", "junit", "rdjson", "checkstyle", "azure", "markdown", "concise", "jsonl"]
    {
        let ran = clone.check(".", &["--format", format]);
        assert!(ran.stdout.contains("teams/catalog-info.yaml"), "{format}: {}", ran.stdout);
    }
}

#[test]
fn a_deleted_file_is_named_where_its_entities_are_missed() {
    let clone = shop();
    clone.remove("teams/catalog-info.yaml");
    clone.commit(&[("a/catalog-info.yaml", &group("team-a"))]);
    let ran = clone.check(".", &["--format=json"]);
    assert_eq!(spots(&ran), ["unknown-owner b/catalog-info.yaml:8"]);
    assert_eq!(
        ran.json()["diagnostics"][0]["message"],
        "there is no group `team-b`; `group:team-b` stood in `teams/catalog-info.yaml:12`, which was deleted"
    );
}

#[test]
fn what_nothing_leads_to_any_more_is_missed_where_it_was_led_to() {
    let location = |targets: &str| {
        format!(
            "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata:\n  name: all\nspec:\n  targets:\n    - ./b.yaml\n{targets}"
        )
    };
    let clone = Clone::new(&[
        ("catalog-config.yaml", "discovery: entry-points\n"),
        ("catalog-info.yaml", &location("    - ./org/teams.yaml\n")),
        ("org/teams.yaml", &group("team-b")),
        ("b.yaml", &[component("b", "team-b", ""), group("team-x")].join("---\n")),
    ]);
    assert_eq!(clone.found(".", &["--all-findings"]), [""; 0]);
    clone.write(&[("catalog-info.yaml", &location(""))]);
    let found = clone.found(".", &[]);
    assert!(found.contains(&"unknown-owner catalog-info.yaml:7".to_owned()), "{found:?}");
}

#[test]
fn of_two_descriptions_the_new_one_is_to_blame() {
    let clone = shop();
    // Read before the old one, so that the old one is the second.
    clone.commit(&[("a/catalog-info.yaml", &component("b", "team-a", ""))]);
    let ran = clone.check(".", &["--format=json"]);
    assert_eq!(spots(&ran), ["duplicate-entity a/catalog-info.yaml:4"]);
    let related = &ran.json()["diagnostics"][0]["related"][0];
    assert_eq!(related["path"], "b/catalog-info.yaml");
}

#[test]
fn a_file_with_another_name_brings_nothing_new() {
    let broken = "apiVersion: backstage.io/v1alpha1\nkind: [\n";
    let clone = Clone::new(&[("a/catalog-info.yaml", broken), ("b/catalog-info.yaml", &component("b", "x", ""))]);
    clone.git(&["checkout", "-qb", "change"]);
    let all = clone.found(".", &["--all-findings"]);
    clone.git(&["mv", "a", "c"]);
    clone.git(&["mv", "b", "d"]);
    assert_eq!(clone.found(".", &[]), [""; 0]);
    assert_eq!(clone.found(".", &["--all-findings"]).len(), all.len());
    clone.write(&[("c/catalog-info.yaml", "apiVersion: backstage.io/v1alpha1\nkind: {\n")]);
    assert_eq!(clone.found(".", &[]).len(), 1, "not the same file");
}

#[test]
fn what_a_lost_entity_breaks_is_one_finding() {
    let clone = shop();
    let users: Vec<(String, String)> = (10..22)
        .map(|number| (format!("m{number}/catalog-info.yaml"), component(&format!("m{number}"), "team-b", "")))
        .collect();
    let users: Vec<(&str, &str)> = users.iter().map(|(path, text)| (&**path, &**text)).collect();
    clone.git(&["checkout", "-q", "main"]);
    clone.commit(&users);
    clone.git(&["checkout", "-q", "change"]);
    clone.git(&["rebase", "-q", "main"]);
    clone.commit(&[("teams/catalog-info.yaml", &[group("team-a"), group("squad-b")].join("---\n"))]);
    let ran = clone.check(".", &["--format=json"]);
    assert_eq!(spots(&ran), ["unknown-owner teams/catalog-info.yaml:12"]);
    let json = ran.json();
    let finding = &json["diagnostics"][0];
    assert_eq!(finding["message"], "`group:team-b` is `group:squad-b` now, and 13 references still name the old one");
    assert_eq!(
        finding["help"],
        "give it its old name back and run `catalog rename group:team-b group:squad-b --write`, which changes what refers to it too; or keep the old name; 3 more references are not listed"
    );
    let places: Vec<&str> =
        finding["related"].as_array().unwrap().iter().map(|one| one["path"].as_str().unwrap()).collect();
    assert_eq!(places.len(), 10);
    assert!(places.is_sorted() && places[0] == "b/catalog-info.yaml", "{places:?}");
    assert_eq!((&json["summary"]["errors"], &finding["entity"]), (&1.into(), &"group:default/squad-b".into()));
    assert_eq!(ran.stdout, clone.check(".", &["--format=json"]).stdout);
    // Who checks one folder is told of what is in it, whatever else there is.
    assert_eq!(clone.found("m21/catalog-info.yaml", &[]), ["unknown-owner teams/catalog-info.yaml:12"]);
    clone.commit(&[("teams/catalog-info.yaml", &group("team-a"))]);
    let json = clone.check(".", &["--format=json"]).json();
    assert_eq!(json["diagnostics"].as_array().unwrap().len(), 1);
    let message = &json["diagnostics"][0]["message"];
    assert_eq!(message, "`group:team-b` is gone, and 13 references to it lead nowhere");
    clone.commit(&[("squads/catalog-info.yaml", &[group("team-a"), group("squad-b")].join("---\n"))]);
    clone.remove("teams/catalog-info.yaml");
    let ran = clone.check(".", &["--format=json"]);
    assert_eq!(spots(&ran), ["unknown-owner b/catalog-info.yaml:8"]);
    let finding = &ran.json()["diagnostics"][0];
    assert_eq!(
        finding["message"],
        "`group:team-b` is gone, and 13 references to it lead nowhere; `group:team-b` stood in `teams/catalog-info.yaml:12`, which was deleted"
    );
    assert_eq!(finding["related"].as_array().unwrap().len(), 10);
    assert!(finding["help"].as_str().unwrap().ends_with("; 2 more references are not listed"), "{finding}");
}

#[test]
fn the_base_is_where_the_branch_parted() {
    let clone = shop();
    // `main` moves on, and mends what was wrong; the branch is not to blame for what it still has.
    clone.git(&["checkout", "-q", "main"]);
    clone.commit(&[("a/catalog-info.yaml", &component("a", "team-a", ""))]);
    clone.git(&["tag", "-a", "v1", "-m", "v1"]);
    clone.git(&["checkout", "-q", "change"]);
    assert_eq!(clone.found(".", &[]), [""; 0]);
    clone.commit(&[("b/catalog-info.yaml", &component("b", "team-b", "  system: x\n"))]);
    for base in ["main", "v1", "HEAD~1", "main~1", &clone.git(&["rev-parse", "main"])] {
        assert_eq!(clone.found(".", &["--base", base]), ["dangling-reference b/catalog-info.yaml:9"], "{base}");
    }
    assert_eq!(clone.found(".", &["--base=HEAD"]), [""; 0]);
}

#[test]
fn what_is_not_committed_counts() {
    let clone = shop();
    clone.write(&[("b/catalog-info.yaml", &component("b", "team-b", "  system: x\n"))]);
    assert_eq!(clone.found(".", &["--base=HEAD"]), ["dangling-reference b/catalog-info.yaml:9"]);
    clone.write(&[("c/catalog-info.yaml", &component("c", "team-c", ""))]);
    assert_eq!(clone.found(".", &["--base=HEAD"]).len(), 2);
}

#[test]
fn line_ends_and_marks_are_no_change() {
    let clone = shop();
    let crlf = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let b = component("b", "team-b", "");
    clone.git(&["checkout", "-q", "main"]);
    clone.commit(&[
        ("b/catalog-info.yaml", &crlf(&b)),
        ("a/catalog-info.yaml", &crlf(&component("a", "team-a", "  system: gone\n"))),
    ]);
    clone.git(&["checkout", "-qb", "later"]);
    clone.commit(&[("b/catalog-info.yaml", &b), ("teams/catalog-info.yaml", &group("team-a"))]);
    assert_eq!(clone.found(".", &[]), ["unknown-owner teams/catalog-info.yaml:7"], "b is the same as before");
}

#[test]
fn a_monorepo_is_compared_as_a_workspace() {
    let clone = Clone::new(&[
        ("catalog-config.yaml", "sources:\n  - path: repos/*\n"),
        ("repos/org/catalog-info.yaml", &group("team-a")),
        ("repos/shop/catalog-info.yaml", &component("a", "team-a", "  system: gone\n")),
        ("repos/shop/catalog-config.yaml", "name: the-shop\nexclude: [old/]\n"),
        ("repos/shop/old/catalog-info.yaml", &component("old", "nobody", "")),
    ]);
    clone.git(&["checkout", "-qb", "change"]);
    assert_eq!(clone.found(".", &[]), [""; 0]);
    clone.commit(&[("repos/org/catalog-info.yaml", &group("team-b"))]);
    assert_eq!(clone.found(".", &[]), ["unknown-owner repos/org/catalog-info.yaml:4"]);
    clone.commit(&[("repos/new/catalog-info.yaml", &component("new", "team-a", ""))]);
    assert_eq!(
        clone.found(".", &[]),
        ["unknown-owner repos/new/catalog-info.yaml:8", "unknown-owner repos/org/catalog-info.yaml:4"]
    );
    // A repository of it that has a history of its own.
    git(&clone.path().join("repos/new"), &["init", "-q"]);
    let ran = clone.check(".", &[]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("`repos/new` is a git repository of its own"), "{}", ran.stderr);
}

#[test]
fn a_folder_of_a_repository_is_compared_with_itself() {
    let clone = Clone::new(&[
        ("README.md", "x"),
        ("deep/down/catalog-info.yaml", &component("a", "team-a", "  system: gone\n")),
    ]);
    clone.git(&["checkout", "-qb", "change"]);
    clone.commit(&[("deep/down/catalog-info.yaml", &component("a", "team-a", "  system: gone\n  domain: x\n"))]);
    assert_eq!(clone.found("deep/down", &[]), ["misspelt-field catalog-info.yaml:10"]);
    assert_eq!(clone.found("deep", &[]), ["misspelt-field down/catalog-info.yaml:10"]);
    // A folder that was not there: all of it is new.
    clone.commit(&[("new/catalog-info.yaml", &component("n", "team-n", "  system: gone\n"))]);
    assert_eq!(clone.found("new", &[])[1..], ["dangling-reference catalog-info.yaml:9"]);
}

#[test]
fn packed_objects_are_read_too() {
    let clone = shop();
    for number in 0..20 {
        clone.commit(&[("b/catalog-info.yaml", &component("b", "team-b", &format!("  system: s{number}\n")))]);
    }
    clone.git(&["gc", "-q", "--aggressive"]);
    assert_eq!(clone.found(".", &["--base=HEAD~7"]), ["dangling-reference b/catalog-info.yaml:9"]);
    assert_eq!(clone.found(".", &["--base=main", "--all-findings"]).len(), 2);
}

#[test]
fn a_base_without_descriptors_is_a_base() {
    let clone = Clone::new(&[("README.md", "x")]);
    clone.git(&["checkout", "-qb", "change"]);
    clone.commit(&[(
        "catalog-info.yaml",
        &[group("team-a"), component("a", "team-a", "  system: gone\n")].join("---\n"),
    )]);
    assert_eq!(clone.found(".", &[]), ["dangling-reference catalog-info.yaml:17"]);
}

#[test]
fn what_is_large_and_not_asked_for_is_not_read() {
    let clone = shop();
    let large = "x".repeat(10 * 1024 * 1024);
    clone.git(&["checkout", "-q", "main"]);
    clone.commit(&[("data.bin", &large)]);
    let blob = clone.git(&["rev-parse", "main:data.bin"]);
    clone.git(&["checkout", "-qb", "later"]);
    clone.remove("data.bin");
    clone.commit(&[("b/catalog-info.yaml", &component("b", "team-b", "  system: x\n"))]);
    // Not even its object has to be there.
    let object = clone.path().join(".git/objects").join(&blob[..2]).join(&blob[2..]);
    std::fs::remove_file(object).unwrap();
    assert_eq!(clone.found(".", &[]), ["dangling-reference b/catalog-info.yaml:9"]);
    // The one of a descriptor does.
    let blob = clone.git(&["rev-parse", "main:a/catalog-info.yaml"]);
    std::fs::remove_file(clone.path().join(".git/objects").join(&blob[..2]).join(&blob[2..])).unwrap();
    let ran = clone.check(".", &[]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains(&format!("`a/catalog-info.yaml` ({blob}) is not in this clone")), "{}", ran.stderr);
    assert!(ran.stderr.contains("--filter"), "{}", ran.stderr);
}

#[test]
#[cfg(unix)]
fn both_trees_leave_out_the_same() {
    use std::os::unix::fs::symlink;
    let clone = Clone::new(&[
        ("teams/catalog-info.yaml", &group("team-a")),
        ("real/thing.yaml", &component("linked", "team-a", "  system: gone\n")),
        (".gitignore", "/ignored/\n*.tmp.yaml\n!keep.tmp.yaml\n"),
        ("node_modules/x/catalog-info.yaml", &component("module", "nobody", "")),
    ]);
    let root = clone.path();
    std::fs::create_dir_all(root.join("links")).unwrap();
    symlink("../real/thing.yaml", root.join("links/catalog-info.yaml")).unwrap();
    symlink("../real", root.join("links/folder")).unwrap();
    symlink("/etc/hostname", root.join("links/outside.md")).unwrap();
    symlink("nowhere", root.join("links/nowhere.md")).unwrap();
    symlink("loop.md", root.join("links/loop.md")).unwrap();
    symlink("../../../../../../../../../../etc/hostname", root.join("links/far.md")).unwrap();
    clone.write(&[
        ("ignored/catalog-info.yaml", &component("ignored", "nobody", "")),
        ("a.tmp.yaml", &component("tmp", "nobody", "")),
        ("keep.tmp.yaml", &component("keep", "nobody", "")),
    ]);
    clone.git(&["add", "-Af"]);
    clone.git(&["commit", "-qm", "b"]);
    clone.git(&["checkout", "-qb", "change"]);
    let ran = clone.check(".", &[]);
    assert!(ran.stderr.contains("0 mended"), "{}", ran.stderr);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(clone.found(".", &[]), [""; 0]);
    clone.commit(&[("real/thing.yaml", &component("linked", "team-b", "  system: gone\n"))]);
    assert_eq!(clone.found(".", &[]), ["unknown-owner links/catalog-info.yaml:8"]);
}

#[test]
fn submodules_are_in_neither_tree() {
    let other = Clone::new(&[("catalog-info.yaml", &component("theirs", "nobody", ""))]);
    let clone = shop();
    let commit = other.git(&["rev-parse", "HEAD"]);
    clone.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{commit},theirs")]);
    clone
        .write(&[(".gitmodules", "[submodule \"theirs\"]\n\tpath = theirs\n\turl = https://git.example.org/theirs\n")]);
    clone.git(&["add", ".gitmodules"]);
    clone.git(&["commit", "-qm", "with a submodule"]);
    git(clone.path(), &["clone", "-q", other.path().to_str().unwrap(), "theirs"]);
    assert_eq!(clone.found(".", &[]), [""; 0]);
    assert_eq!(clone.found(".", &["--base=HEAD"]), [""; 0]);
}

#[test]
fn what_is_not_in_the_clone_is_said_with_what_brings_it() {
    let origin = shop();
    origin.commit(&[]);
    origin.git(&["checkout", "-q", "main"]);
    origin.commit(&[("README.md", "x")]);
    let folder = tempfile::tempdir().unwrap();
    let url = format!("file://{}", origin.path().display());
    git(folder.path(), &["clone", "-q", "--depth=1", "--no-single-branch", "-b", "change", &url, "shop"]);
    let shallow = folder.path().join("shop");
    let says = |folder: &Path, base: &str, words: &[&str]| {
        let ran = run(folder, &["check", ".", "--base", base]);
        assert_eq!(ran.code, 2, "{}", ran.stderr);
        assert_eq!(ran.stderr.lines().count(), 1, "{}", ran.stderr);
        for words in words {
            assert!(ran.stderr.contains(words), "{words}: {}", ran.stderr);
        }
    };
    says(&shallow, "origin/main", &["this clone is shallow", "`git fetch --unshallow`", "`fetch-depth: 0`"]);
    says(
        &shallow,
        "origin/nope",
        &[
            "`origin/nope` is not in this clone",
            "`git fetch origin nope:refs/remotes/origin/nope`",
            "The clone is shallow",
        ],
    );
    says(&shallow, "HEAD~9", &["no commit of this clone", "The clone is shallow"]);
    says(&shallow, "main", &["did you mean `origin/main`?"]);
    git(&shallow, &["fetch", "-q", "--unshallow"]);
    assert_eq!(run(&shallow, &["check", ".", "--base=origin/main", "--world=closed"]).code, 0);

    says(&shallow, "0123456789012345678901234567890123456789", &["is not in this clone", "`git fetch origin 0123"]);
    says(&shallow, "HEAD:a/catalog-info.yaml", &["is no commit"]);
    says(&shallow, "main..HEAD", &["no commit of this clone"]);
    says(&shallow, "", &["no commit of this clone"]);
    says(origin.path(), "nope", &["`nope` is not in this clone", "git branch --all"]);
    says(folder.path(), "main", &["is in no git repository"]);
    origin.git(&["checkout", "-q", "--orphan", "alone"]);
    says(origin.path(), "main", &["has no commit yet"]);
    origin.git(&["commit", "-qm", "alone"]);
    says(origin.path(), "main", &["have no commit in common"]);
}

#[test]
fn a_branch_that_was_not_fetched_comes_with_what_the_error_says() {
    let origin = shop();
    origin.commit(&[("b/catalog-info.yaml", &component("b", "team-b", "  system: x\n"))]);
    let folder = tempfile::tempdir().unwrap();
    let url = format!("file://{}", origin.path().display());
    git(folder.path(), &["clone", "-q", "--single-branch", "-b", "change", &url, "shop"]);
    let single = folder.path().join("shop");
    let ran = run(&single, &["check", ".", "--base=origin/main"]);
    let advice =
        ran.stderr.split('`').find(|part| part.starts_with("git fetch")).unwrap_or_else(|| panic!("{}", ran.stderr));
    git(&single, &advice.split(' ').skip(1).collect::<Vec<_>>());
    // A checkout of its own, and of no branch, as CI jobs have it.
    git(&single, &["worktree", "add", "-q", "--detach", "../tree", "HEAD"]);
    for folder in [&single, &folder.path().join("tree")] {
        let ran = run(folder, &["check", ".", "--base=origin/main", "--format=json"]);
        assert_eq!(spots(&ran), [format!("{DANGLING} b/catalog-info.yaml:9")]);
    }
}

#[test]
fn hostile_revisions_and_trees_meet_a_limit() {
    let clone = shop();
    let long = "x".repeat(100_000);
    for base in [
        "HEAD~99999999999",
        "HEAD^99",
        "HEAD^{/[}",
        ":/x",
        "@{u}",
        "-",
        "main@{1.day.ago}",
        "..",
        "a b",
        "\u{202e}",
        &long,
    ] {
        let ran = run(clone.path(), &["check", ".", &format!("--base={base}")]);
        assert!(ran.code <= 2, "{base}: {}", ran.stderr);
    }
    // Folders in each other, each there a thousand times: four objects, a thousand thousand million files.
    let tree = |entries: &str| {
        let mut child = Command::new("git")
            .args(["mktree"])
            .current_dir(clone.path())
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), entries.as_bytes()).unwrap();
        String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap().trim().to_owned()
    };
    let many =
        |what: &str, id: &str| tree(&(0..1_000).map(|name| format!("{what} {id}\t{name:03}\n")).collect::<String>());
    let mut id = many("100644 blob", &clone.git(&["rev-parse", "main:a/catalog-info.yaml"]));
    for _ in 0..3 {
        id = many("040000 tree", &id);
    }
    let commit = clone.git(&["commit-tree", &id, "-m", "bomb"]);
    clone.git(&[
        "update-ref",
        "refs/heads/change",
        &clone.git(&["commit-tree", "main^{tree}", "-p", &commit, "-m", "x"]),
    ]);
    let ran = run(clone.path(), &["check", ".", "--base", &commit]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("it has more than 1000000 entries"), "{}", ran.stderr);
}

#[test]
fn a_partial_clone_says_what_brings_the_rest() {
    let origin = shop();
    origin.git(&["config", "uploadpack.allowFilter", "true"]);
    origin.git(&["checkout", "-q", "main"]);
    let folder = tempfile::tempdir().unwrap();
    let url = format!("file://{}", origin.path().display());
    origin.git(&["checkout", "-q", "change"]);
    origin.commit(&[("b/catalog-info.yaml", &component("b", "team-b", "  system: x\n"))]);
    git(folder.path(), &["clone", "-q", "--filter=blob:none", &url, "shop"]);
    let partial = folder.path().join("shop");
    let ran = run(&partial, &["check", ".", "--base=origin/main"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("`git fetch --refetch --no-filter`"), "{}", ran.stderr);
    git(&partial, &["fetch", "-q", "--refetch", "--no-filter"]);
    let ran = run(&partial, &["check", ".", "--base=origin/main", "--world=closed", "--format=json"]);
    assert_eq!(spots(&ran), [format!("{DANGLING} b/catalog-info.yaml:9")]);
}
