//! Input that is broken, hostile or odd. None of it panics, hangs, or loses what else there is;
//! each has a limit or a finding. Through the binary, on real folders.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value as Json;

use crate::support::{self, Ran, run};

const GROUP: &str =
    "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata:\n  name: team-a\nspec:\n  type: team\n  children: []\n";

fn group(name: &str) -> String {
    GROUP.replace("team-a", name)
}

/// A folder with a good entity beside whatever a test puts into it.
struct Input(tempfile::TempDir);

impl Input {
    fn new(files: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        support::write(folder.path(), &[("catalog-info.yaml", GROUP)]);
        support::write(folder.path(), files);
        Self(folder)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn check(&self) -> Report {
        Report::of(&run(self.path(), &["check", ".", "--format", "json", "--world", "closed"]))
    }
}

/// What a check said.
struct Report {
    code: i32,
    json: Json,
}

impl Report {
    fn of(ran: &Ran) -> Self {
        assert!(ran.code == 0 || ran.code == 1, "exit code {}: {}", ran.code, ran.stderr);
        Self { code: ran.code, json: ran.json() }
    }

    /// `code file:line:column` of every finding.
    fn findings(&self) -> Vec<String> {
        let findings = self.json["diagnostics"].as_array().unwrap();
        let shown = |finding: &Json| {
            let code = finding["code"].as_str().unwrap();
            match finding["file"].as_str() {
                Some(file) => format!("{code} {file}:{}:{}", finding["line"], finding["column"]),
                None => code.to_owned(),
            }
        };
        findings.iter().map(shown).collect()
    }

    fn entities(&self) -> u64 {
        self.json["summary"]["entities"].as_u64().unwrap()
    }
}

#[test]
fn invalid_utf8_is_named_with_its_place_and_hides_nothing() {
    let mut latin1 = group("team-b").into_bytes();
    latin1.extend(b"# Gr\xfc\xdfe\n");
    let input = Input::new(&[("latin1/catalog-info.yaml", &latin1), ("binary/catalog-info.yaml", b"\xff\xfe\x00\x01")]);
    let report = input.check();
    assert_eq!((report.code, report.entities()), (1, 2));
    let findings = report.findings();
    assert!(findings.contains(&"invalid-utf8 latin1/catalog-info.yaml:8:5".to_owned()), "{findings:?}");
    assert!(findings.iter().any(|finding| finding.contains("binary/catalog-info.yaml")), "{findings:?}");
}

#[test]
fn utf16_is_no_utf8() {
    let utf16: Vec<u8> = std::iter::once(0xfeff).chain(GROUP.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let report = Input::new(&[("sub/catalog-info.yaml", &utf16)]).check();
    assert_eq!((report.code, report.entities()), (1, 1));
    assert!(
        report.findings().iter().any(|finding| finding.starts_with("invalid-utf8 sub/")),
        "{:?}",
        report.findings()
    );
}

#[test]
fn marks_and_carriage_returns_change_nothing() {
    let crlf = format!("\u{feff}{}", group("team-b").replace('\n', "\r\n"));
    let lone = group("team-c").replace('\n', "\r");
    let report = Input::new(&[("b/catalog-info.yaml", crlf.as_bytes())]).check();
    assert_eq!((report.code, report.entities(), report.findings().len()), (0, 2, 0));
    // Carriage returns alone are line ends of YAML, too; whatever comes of them, nothing is lost.
    assert!(Input::new(&[("c/catalog-info.yaml", lone.as_bytes())]).check().entities() >= 1);
}

#[test]
fn utf_16_is_one_finding_and_hides_nothing() {
    for big in [false, true] {
        let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        let file: Vec<u8> = format!("\u{feff}{}", group("team-b")).encode_utf16().flat_map(bytes).collect();
        let input = Input::new(&[("sub/catalog-info.yaml", &file)]);
        let report = input.check();
        assert_eq!((report.code, report.entities()), (1, 2));
        assert_eq!(report.findings(), ["invalid-utf8 sub/catalog-info.yaml:1:1"]);
        let shown = run(input.path(), &["check", "."]).stderr;
        assert!(shown.contains("the file is UTF-16 text") && shown.contains("1 | apiVersion: backstage.io"), "{shown}");
    }
}

#[test]
fn tabs_and_nul_bytes_have_their_place() {
    let report = Input::new(&[
        ("a/catalog-info.yaml", b"kind: Group\nmetadata:\n\tname: x\n"),
        ("b/catalog-info.yaml", format!("{}---\na: \0b\n", group("team-b")).as_bytes()),
        ("c/catalog-info.yaml", &[0; 4096]),
    ])
    .check();
    assert_eq!((report.code, report.entities()), (1, 2));
    assert_eq!(
        report.findings(),
        [
            "yaml-syntax a/catalog-info.yaml:3:1",
            "yaml-syntax b/catalog-info.yaml:9:4",
            "yaml-syntax c/catalog-info.yaml:1:1"
        ]
    );
}

#[test]
fn a_descriptor_of_50_megabytes_is_not_read() {
    let input = Input::new(&[]);
    let path = input.path().join("big");
    std::fs::create_dir(&path).unwrap();
    let file = std::fs::File::create(path.join("catalog-info.yaml")).unwrap();
    file.set_len(50 * 1024 * 1024).unwrap();
    let report = input.check();
    assert_eq!((report.code, report.entities()), (1, 1));
    assert_eq!(report.findings(), ["file-too-large big/catalog-info.yaml:null:null"]);
}

#[test]
fn ten_thousand_documents_in_one_file_are_read() {
    let many: String = (0..10_000).map(|index| format!("{}---\n", group(&format!("g{index}")))).collect();
    let begin = Instant::now();
    let report = Input::new(&[("many/catalog-info.yaml", many.as_bytes())]).check();
    assert_eq!((report.code, report.entities(), report.findings().len()), (0, 10_001, 0));
    assert!(begin.elapsed() < Duration::from_secs(30));
}

#[test]
fn more_than_twenty_thousand_documents_meet_the_limit() {
    let many = "---\na: 1\n".repeat(20_001);
    let report = Input::new(&[("many/catalog-info.yaml", many.as_bytes())]).check();
    assert_eq!((report.code, report.entities()), (1, 1));
    let limits: Vec<String> =
        report.findings().into_iter().filter(|finding| finding.starts_with("yaml-limit")).collect();
    assert_eq!(limits, ["yaml-limit many/catalog-info.yaml:40001:1"]);
}

#[test]
fn bombs_and_brackets_meet_a_limit() {
    let mut bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for level in 1..12 {
        let uses = vec![format!("*a{}", level - 1); 9].join(",");
        bomb.push_str(&format!("a{level}: &a{level} [{uses}]\n"));
    }
    let wide = format!("a: &a [{}]\nb: [{}]\n", "x,".repeat(50_000), "*a,".repeat(99));
    let deep = |part: &str| part.repeat(100_000);
    let (brackets, maps, dashes, keys) = (deep("["), deep("{a: "), deep("- "), deep("? "));
    let indented: String = (0..3_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    let files: Vec<(&str, &[u8])> = vec![
        ("a/catalog-info.yaml", bomb.as_bytes()),
        ("b/catalog-info.yaml", wide.as_bytes()),
        ("c/catalog-info.yaml", brackets.as_bytes()),
        ("d/catalog-info.yaml", maps.as_bytes()),
        ("e/catalog-info.yaml", dashes.as_bytes()),
        ("f/catalog-info.yaml", keys.as_bytes()),
        ("g/catalog-info.yaml", indented.as_bytes()),
    ];
    let begin = Instant::now();
    let report = Input::new(&files).check();
    assert_eq!((report.code, report.entities()), (1, 1));
    for folder in ["a", "b", "c", "d", "e", "f", "g"] {
        let path = format!(" {folder}/catalog-info.yaml");
        let of_file: Vec<String> = report.findings().into_iter().filter(|finding| finding.contains(&path)).collect();
        assert!(of_file.iter().any(|finding| finding.starts_with("yaml-")), "{folder}: {of_file:?}");
    }
    assert!(begin.elapsed() < Duration::from_secs(20), "{:?}", begin.elapsed());
}

#[test]
fn a_bomb_behind_a_placeholder_meets_the_same_limit() {
    let bomb = format!("a: &a [x,x]\nb: [{}]\n", "*a,".repeat(200));
    let api = "apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: {name: x, x: {$yaml: ./bomb.yaml}, y: {$json: ./deep.json}}\nspec: {type: openapi, lifecycle: l, owner: team-a, definition: {$openapi: ./bomb.yaml}}\n";
    let deep = "[".repeat(100_000);
    let report = Input::new(&[
        ("x/catalog-info.yaml", api.as_bytes()),
        ("x/bomb.yaml", bomb.as_bytes()),
        ("x/deep.json", deep.as_bytes()),
    ])
    .check();
    assert_eq!((report.code, report.entities()), (1, 2));
    assert_eq!(report.findings().iter().filter(|finding| finding.starts_with("placeholder-invalid")).count(), 3);
}

#[test]
fn references_in_a_circle_end() {
    let api = "apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: {name: x}\nspec: {type: openapi, lifecycle: l, owner: team-a, definition: {$openapi: ./a.yaml}}\n";
    let fan: String = (0..40).map(|index| format!("k{index}: {{$ref: './c.yaml'}}\n")).collect();
    let report = Input::new(&[
        ("x/catalog-info.yaml", api.as_bytes()),
        ("x/a.yaml", b"a: {$ref: './b.yaml'}\nb: {$ref: './c.yaml'}\nc: {$ref: './a.yaml#/a'}\n"),
        ("x/b.yaml", b"b: {$ref: './b.yaml#/b'}\nc: {$ref: './c.yaml'}\n"),
        ("x/c.yaml", fan.as_bytes()),
    ])
    .check();
    assert_eq!((report.code, report.entities()), (0, 2));
}

#[test]
fn duplicate_keys_and_odd_keys_leave_the_rest_alone() {
    let text = format!(
        "{}---\na: 1\na: 2\n---\n? {{x: [1, 2]}}\n: 1\n? [[a]]\n: 2\n? |\n  text\n: 3\n---\n{}",
        group("team-b"),
        group("team-c")
    );
    let report = Input::new(&[("x/catalog-info.yaml", text.as_bytes())]).check();
    assert_eq!((report.code, report.entities()), (1, 3));
    assert!(
        report.findings().contains(&"duplicate-key x/catalog-info.yaml:10:1".to_owned()),
        "{:?}",
        report.findings()
    );
}

#[test]
fn codeowners_that_are_too_much_are_not_read() {
    let large = "# x\n".repeat(3 * 1024 * 1024 / 4 + 1);
    let input = Input::new(&[(".github/CODEOWNERS", large.as_bytes())]);
    assert_eq!(input.check().findings(), ["codeowners-ignored .github/CODEOWNERS:1:1"]);
    let many = "*a*b* @o/t\n".repeat(10_001);
    let input = Input::new(&[(".github/CODEOWNERS", many.as_bytes())]);
    assert_eq!(input.check().findings(), ["codeowners-ignored .github/CODEOWNERS:1:1"]);
}

#[test]
fn hostile_patterns_of_codeowners_are_quick() {
    let rules = format!("{}x @o/t\n", "*a".repeat(5_000)).repeat(50) + &"**/a/".repeat(5_000) + "x @o/t\n";
    let path = format!("{}/{}", "a/".repeat(50), "a".repeat(200));
    let input = Input::new(&[("CODEOWNERS", rules.as_bytes()), (&path, b"")]);
    let began = Instant::now();
    run(input.path(), &["check", ".", "--warn", "all"]);
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}

#[test]
fn targets_do_not_leave_the_repository() {
    let outside = tempfile::tempdir().unwrap();
    support::write(outside.path(), &[("secret.txt", "SECRET"), ("catalog-info.yaml", &group("outside"))]);
    let input = Input(tempfile::tempdir_in(outside.path()).unwrap());
    let absolute = outside.path().join("secret.txt");
    let text = format!(
        "apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata:\n  name: x\n  a: {{$text: ../secret.txt}}\n  b: {{$text: {}}}\n  c: {{$text: x/../../secret.txt}}\n  d: {{$text: '..\\secret.txt'}}\n  e: {{$text: 'file://{}'}}\n  f: {{$text: ..%2Fsecret.txt}}\nspec: {{type: t, lifecycle: l, owner: team-a, definition: d}}\n---\napiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {{name: l}}\nspec: {{targets: [../catalog-info.yaml, '../*.yaml', '{}']}}\n",
        absolute.display(),
        absolute.display(),
        outside.path().join("catalog-info.yaml").display(),
    );
    support::write(input.path(), &[("catalog-info.yaml", format!("{GROUP}---\n{text}"))]);
    let ran = run(input.path(), &["check", ".", "--format", "json"]);
    assert!(!ran.stdout.contains("SECRET"));
    let report = Report::of(&ran);
    assert_eq!((report.code, report.entities()), (1, 3));
    let count = |code: &str| report.findings().iter().filter(|finding| finding.starts_with(code)).count();
    assert_eq!((count("placeholder-"), count("location-target-")), (6, 3), "{:?}", report.findings());
}

#[test]
fn names_that_differ_only_in_case_collide() {
    let report = Input::new(&[
        ("a/catalog-info.yaml", group("Shop").as_bytes()),
        ("A/catalog-info.yaml", group("shop").as_bytes()),
        ("b/Catalog-Info.yaml", group("not-an-entry-point").as_bytes()),
    ])
    .check();
    // On a file system that ignores case the two files are one.
    assert_eq!(report.entities(), 2);
    let duplicates = report.findings().iter().filter(|finding| finding.starts_with("duplicate-entity")).count();
    let two_files = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("CARGO.toml")).is_err();
    assert_eq!(duplicates, usize::from(two_files), "{:?}", report.findings());
}

#[test]
fn two_repositories_of_one_name_are_both_read() {
    let folder = tempfile::tempdir().unwrap();
    let settings = "sources: [{path: 'x/*'}, {path: 'y/*'}]\n";
    support::write(
        folder.path(),
        &[
            ("catalog-config.yaml", settings),
            ("x/shop/catalog-info.yaml", &group("a")),
            ("y/shop/catalog-info.yaml", &group("b")),
        ],
    );
    let report = Report::of(&run(folder.path(), &["check", "--format", "json"]));
    assert_eq!((report.code, report.entities()), (0, 2));
    assert_eq!(report.findings(), ["duplicate-repository"]);
}

#[test]
fn names_that_are_reserved_on_file_systems_build() {
    let names = ["con", "aux", "nul", "com1", "index", "a.", "LPT9.x", "'404'"];
    let text: String = names.iter().map(|name| format!("{}---\n", group(name))).collect();
    let input = Input::new(&[("x/catalog-info.yaml", text.as_bytes())]);
    let report = input.check();
    // `a.` is no name; the others are.
    assert_eq!(report.findings().len(), 1, "{:?}", report.findings());
    assert_eq!(report.entities(), 9);
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("site");
    let ran = run(input.path(), &["build", ".", "--out-dir", site.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for entry in walkdir::WalkDir::new(&site) {
        let entry = entry.unwrap();
        let name = entry.file_name().to_str().unwrap().to_lowercase();
        let stem = name.split('.').next().unwrap();
        assert!(!["con", "aux", "nul", "com1", "lpt9"].contains(&stem), "{}", entry.path().display());
        assert!(!name.ends_with('.'));
    }
}

#[test]
fn an_empty_folder_is_a_warning_and_a_missing_one_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let report = Report::of(&run(folder.path(), &["check", ".", "--format", "json"]));
    assert_eq!((report.code, report.findings()), (0, vec!["nothing-found".to_owned()]));
    let missing = run(folder.path(), &["check", "nothing"]);
    assert_eq!(missing.code, 2);
    assert!(missing.stderr.contains("nothing"), "{}", missing.stderr);
    support::write(folder.path(), &[("file", "x")]);
    assert_eq!(run(folder.path(), &["build", "file"]).code, 2);
    assert_eq!(run(folder.path(), &["check", "file/x"]).code, 2);
}

#[test]
fn settings_that_are_nonsense_stop_nothing() {
    for settings in [&b"\xff\xfe"[..], b"[", b"- 1\n", b"sources: 7\n", b"\0", b"kinds: [[[]]]\nrules: [x]\nhosts: 7\n"]
    {
        let report = Input::new(&[("catalog-config.yaml", settings)]).check();
        assert_eq!(report.code, 1, "{settings:?}: {:?}", report.findings());
        assert!(
            report.findings().iter().any(|finding| finding.contains(" catalog-config.yaml:")),
            "{settings:?}: {:?}",
            report.findings()
        );
    }
}

#[test]
fn text_from_the_input_does_not_steer_a_terminal() {
    let text = group("team-b").replace("team-b", "\"a\\e[31mred\\a\"");
    let input = Input::new(&[("x/catalog-info.yaml", text.as_bytes())]);
    let ran = run(input.path(), &["check", "."]);
    assert_eq!(ran.code, 1);
    assert!(!ran.stderr.contains('\u{1b}') && !ran.stderr.contains('\u{7}'), "{:?}", ran.stderr);
}

#[test]
fn long_lines_are_not_printed_whole() {
    let text = format!("kind: [{}\n", "x, ".repeat(200_000));
    let input = Input::new(&[("x/catalog-info.yaml", text.as_bytes())]);
    let ran = run(input.path(), &["check", "."]);
    assert!(ran.code == 1 && ran.stderr.len() < 20_000, "{}", ran.stderr.len());
}

/// Links and permissions, which other systems have in other ways.
#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    #[test]
    fn links_that_go_round_or_out_or_nowhere() {
        let outside = tempfile::tempdir().unwrap();
        support::write(
            outside.path(),
            &[("catalog-info.yaml", group("outside")), ("deep/catalog-info.yaml", group("deep"))],
        );
        let input = Input::new(&[
            ("sub/catalog-info.yaml", group("sub").as_bytes()),
            ("real.yaml", group("linked").as_bytes()),
        ]);
        let root = input.path();
        symlink(".", root.join("self")).unwrap();
        symlink("../..", root.join("sub/up")).unwrap();
        symlink("loop-b", root.join("loop-a")).unwrap();
        symlink("loop-a", root.join("loop-b")).unwrap();
        symlink("nothing", root.join("dangling.yaml")).unwrap();
        symlink(outside.path(), root.join("out")).unwrap();
        symlink(outside.path().join("catalog-info.yaml"), root.join("out.yaml")).unwrap();
        std::fs::create_dir(root.join("inside")).unwrap();
        symlink("../real.yaml", root.join("inside/catalog-info.yaml")).unwrap();
        let location = "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {name: l}\nspec: {targets: [./out.yaml, ./out/catalog-info.yaml, ./dangling.yaml, ./loop-a]}\n";
        support::write(root, &[("l/catalog-info.yaml", location.replace("./", "../"))]);
        let report = input.check();
        let findings = report.findings();
        assert_eq!(report.entities(), 4, "{findings:?}");
        let count = |code: &str| findings.iter().filter(|finding| finding.starts_with(code)).count();
        assert_eq!(count("outside-link"), 3, "{findings:?}");
        assert_eq!(count("unreadable-file"), 3, "{findings:?}");
        assert_eq!(count("location-target-"), 4, "{findings:?}");
        assert!(!report.json.to_string().contains("group:default/outside"));
    }

    #[test]
    fn a_link_to_a_device_or_a_pipe_is_not_read() {
        let input = Input::new(&[]);
        symlink("/dev/zero", input.path().join("catalog-info.yml")).unwrap();
        let pipe = input.path().join("sub");
        std::fs::create_dir(&pipe).unwrap();
        let made = std::process::Command::new("mkfifo").arg(pipe.join("catalog-info.yaml")).status();
        let report = input.check();
        assert_eq!(report.entities(), 1);
        assert!(made.is_ok());
    }

    #[test]
    fn files_and_folders_that_may_not_be_read() {
        let input = Input::new(&[("a/catalog-info.yaml", b"x"), ("b/catalog-info.yaml", b"x")]);
        let none = std::fs::Permissions::from_mode(0o000);
        std::fs::set_permissions(input.path().join("a/catalog-info.yaml"), none.clone()).unwrap();
        std::fs::set_permissions(input.path().join("b"), none).unwrap();
        let readable = std::fs::read(input.path().join("a/catalog-info.yaml")).is_ok();
        let report = input.check();
        std::fs::set_permissions(input.path().join("b"), std::fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(report.entities(), 1);
        // Root may read everything.
        let unreadable = report.findings().iter().filter(|finding| finding.starts_with("unreadable-file")).count();
        assert_eq!(unreadable, if readable { 0 } else { 2 }, "{:?}", report.findings());
    }

    #[test]
    fn names_that_are_no_text_are_passed_over() {
        use std::os::unix::ffi::OsStrExt as _;
        let input = Input::new(&[]);
        let name = std::ffi::OsStr::from_bytes(b"\xff\xfe");
        if std::fs::create_dir(input.path().join(name)).is_ok() {
            std::fs::write(input.path().join(name).join("catalog-info.yaml"), group("x")).unwrap();
        }
        assert_eq!(input.check().code, 0);
    }
}
