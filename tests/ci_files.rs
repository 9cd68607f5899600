//! The files that other people's CI uses, and our own: read as YAML, held to what keeps a pull
//! request from a stranger harmless, and their scripts run with what a runner would give them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value as Json, json};
use serde_yaml as yaml;

use crate::support;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> Json {
    let text = std::fs::read_to_string(root().join(path)).unwrap();
    yaml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every YAML file that a CI host reads.
fn files() -> Vec<String> {
    let mut found = vec![".pre-commit-hooks.yaml".to_owned()];
    for folder in [".github", "ci"] {
        for entry in walkdir::WalkDir::new(root().join(folder)).sort_by_file_name() {
            let path: PathBuf = entry.unwrap().into_path();
            if path.extension().is_some_and(|extension| extension == "yml" || extension == "yaml") {
                found.push(path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    found
}

/// All values of a key, at any depth.
fn all<'a>(value: &'a Json, key: &str, found: &mut Vec<&'a Json>) {
    match value {
        Json::Object(map) => {
            for (name, inner) in map {
                if name == key {
                    found.push(inner);
                }
                all(inner, key, found);
            }
        }
        Json::Array(items) => items.iter().for_each(|item| all(item, key, found)),
        _ => {}
    }
}

fn scripts(value: &Json) -> Vec<&str> {
    let mut found = Vec::new();
    all(value, "run", &mut found);
    found.into_iter().filter_map(Json::as_str).collect()
}

/// The script of a step.
fn step(value: &Json, name: &str) -> String {
    let mut lists = Vec::new();
    all(value, "steps", &mut lists);
    let steps = lists.iter().flat_map(|list| list.as_array().into_iter().flatten());
    steps.into_iter().find(|step| step["name"] == name).unwrap()["run"].as_str().unwrap().to_owned()
}

#[test]
fn nothing_that_a_stranger_wrote_is_run() {
    for path in files() {
        let text = std::fs::read_to_string(root().join(&path)).unwrap();
        assert!(!text.contains("pull_request_target"), "{path}");
        let ours = matches!(path.as_str(), ".github/workflows/ci.yml" | ".github/workflows/release.yml");
        for script in scripts(&read(&path)) {
            for said in ["github.event", "github.head_ref", "inputs."] {
                assert!(!script.contains(said), "{path}: `{said}` is put into a script");
            }
            assert!(ours || !script.contains("${{"), "{path}: an expression is put into a script");
        }
    }
}

#[test]
fn workflows_have_the_least_permissions() {
    for path in files().iter().filter(|path| path.starts_with(".github/workflows/")) {
        let workflow = read(path);
        let top = workflow.get("permissions").unwrap_or_else(|| panic!("{path} does not say its permissions"));
        assert!(*top == json!({}) || *top == json!({"contents": "read"}), "{path}: {top}");
        for (name, job) in workflow["jobs"].as_object().unwrap() {
            assert!(job["timeout-minutes"].is_number(), "{path}: {name} may run for ever");
        }
    }
    let called = read(".github/workflows/catalog.yml");
    assert_eq!(called["jobs"]["check"]["permissions"], json!({"contents": "read"}));
    assert_eq!(called["jobs"]["build"]["permissions"], json!({"contents": "read", "pages": "read"}));
    assert_eq!(called["jobs"]["deploy"]["permissions"], json!({"pages": "write", "id-token": "write"}));
    assert!(called["jobs"]["build"]["if"].as_str().unwrap().contains("github.event_name == 'push'"));
    assert_eq!(called["on"]["workflow_call"]["inputs"]["noindex"]["default"], true);
}

#[test]
fn the_hook_gets_the_files_of_a_catalog() {
    for hook in read(".pre-commit-hooks.yaml").as_array().unwrap() {
        for field in ["id", "name", "entry", "language", "files"] {
            assert!(hook[field].is_string(), "{hook}");
        }
        assert_ne!(hook["pass_filenames"], false);
        let pattern = jsonschema::validator_for(&json!({"type": "string", "pattern": hook["files"]})).unwrap();
        for path in ["catalog-info.yaml", "a/b/catalog-info.yml", ".backstage/a.yaml", "x/backstage.yaml", "mkdocs.yml"]
        {
            assert!(pattern.is_valid(&json!(path)), "{path}");
        }
        for path in ["my-catalog-info.yaml", "catalog-info.yaml.bak", "values.yaml", "backstage/a.yaml"] {
            assert!(!pattern.is_valid(&json!(path)), "{path}");
        }
    }
}

#[test]
fn gitlab_has_a_check_and_a_site() {
    let template = read("ci/gitlab/catalog.gitlab-ci.yml");
    let reports = &template["catalog-check"]["artifacts"]["reports"];
    assert!(reports["codequality"].is_string() && reports["junit"].is_string());
    assert_eq!(template["catalog-check"]["artifacts"]["when"], "always");
    assert_eq!(template["pages"]["artifacts"]["paths"], json!(["public"]));
    assert_eq!(template["variables"]["CATALOG_NOINDEX"], "true");
}

const GROUP: &str =
    "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: a b}\nspec: {type: team, children: []}\n";

/// A step of a job: a repository with one error, a place for temporary files, our binary on the PATH.
struct Job(tempfile::TempDir);

impl Job {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        support::write(
            folder.path(),
            &[("repository/catalog-info.yaml", GROUP), ("temp/.keep", ""), ("bin/.keep", "")],
        );
        Self(folder)
    }

    fn path(&self, inside: &str) -> PathBuf {
        self.0.path().join(inside)
    }

    fn read(&self, inside: &str) -> String {
        std::fs::read_to_string(self.path(inside)).unwrap_or_default()
    }

    fn run(&self, shell: &str, script: &str, environment: &[(&str, &str)]) -> Output {
        let ours = Path::new(env!("CARGO_BIN_EXE_catalog")).parent().unwrap();
        let path = std::env::var_os("PATH").unwrap();
        let folders = [self.path("bin"), ours.to_path_buf()].into_iter().chain(std::env::split_paths(&path));
        Command::new(shell)
            .args(["-e", "-c", script])
            .current_dir(self.path("repository"))
            .env("PATH", std::env::join_paths(folders).unwrap())
            .env("RUNNER_TEMP", self.path("temp"))
            .env("GITHUB_OUTPUT", self.path("temp/output"))
            .env("GITHUB_PATH", self.path("temp/path"))
            .env("GITHUB_ACTIONS", "true")
            .env("GITHUB_STEP_SUMMARY", self.path("temp/summary"))
            .env("GITHUB_WORKSPACE", self.path("repository"))
            .envs(environment.iter().copied())
            .output()
            .unwrap()
    }
}

#[test]
#[cfg(unix)]
fn the_action_checks_and_tells() {
    let script = step(&read(".github/actions/check/action.yml"), "Check");
    let job = Job::new();
    let inputs = [
        ("CATALOG_PATHS", "."),
        ("CATALOG_FAIL_ON", "error"),
        ("CATALOG_ARGS", "--world\nclosed\n"),
        ("CATALOG_AGAINST", ""),
        ("CATALOG_SARIF", ""),
        ("CATALOG_UPLOAD", "true"),
    ];
    let ran = job.run("bash", &script, &inputs);
    let stderr = String::from_utf8_lossy(&ran.stderr);
    // A finding does not end the step: the report is still to be sent.
    assert!(ran.status.success(), "{stderr}");
    assert!(job.read("temp/output").contains("exit-code=1\nsarif="), "{stderr}");
    assert!(job.read("temp/catalog.sarif").contains("\"invalid-name\""));
    assert!(job.read("temp/summary").starts_with("## ❌ Catalog: 1 error\n"));
    assert!(stderr.contains("::error file=catalog-info.yaml,line=3,"), "{stderr}");
    let job = Job::new();
    let several = [("CATALOG_PATHS", "catalog-info.yaml\n."), ("CATALOG_FAIL_ON", "never"), ("CATALOG_ARGS", "")];
    let ran = job.run("bash", &script, &[&several[..], &[("CATALOG_SARIF", ""), ("CATALOG_UPLOAD", "false")]].concat());
    assert!(ran.status.success() && job.read("temp/output").contains("exit-code=0\nsarif=\n"));
    // The job's folder is no clone: a base ends the check, and the one of a push is none.
    for (base, code) in [("", 0), ("origin/", 0), ("origin/main", 2)] {
        let job = Job::new();
        let more = [("CATALOG_SARIF", ""), ("CATALOG_UPLOAD", "false"), ("CATALOG_BASE", base)];
        let ran = job.run("bash", &script, &[&several[..], &more].concat());
        let output = job.read("temp/output");
        assert!(ran.status.success() && output.contains(&format!("exit-code={code}\n")), "{base}: {output}");
    }
}

#[test]
#[cfg(unix)]
fn the_action_builds_the_site_of_the_change() {
    let script = step(&read(".github/actions/check/action.yml"), "Build the site");
    let job = Job::new();
    let ran = job.run("bash", &script, &[("CATALOG_PATHS", ".\ncatalog-info.yaml")]);
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    assert!(job.read("temp/catalog-site/index.html").contains("noindex"));
}

#[test]
#[cfg(unix)]
fn the_published_site_asks_search_engines_to_stay_away() {
    let script = step(&read(".github/workflows/catalog.yml"), "Build");
    for (noindex, expected) in [("true", true), ("", true), ("false", false)] {
        let job = Job::new();
        let ran = job.run("bash", &script, &[("CATALOG_PATH", "."), ("CATALOG_NOINDEX", noindex)]);
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        assert_eq!(job.read("temp/site/index.html").contains("noindex"), expected, "{noindex:?}");
    }
    let warning = step(&read(".github/workflows/catalog.yml"), "Who can read it");
    let told = Job::new().run("bash", &warning, &[("CATALOG_NOINDEX", "true")]);
    assert!(String::from_utf8_lossy(&told.stdout).starts_with("::warning title=Pages may be public::"));
    let template = read("ci/gitlab/catalog.gitlab-ci.yml");
    let script = template["pages"]["script"][1].as_str().unwrap();
    for (noindex, expected) in [("true", true), ("false", false)] {
        let job = Job::new();
        let ran = job.run("sh", script, &[("CATALOG_PATH", "."), ("CATALOG_NOINDEX", noindex)]);
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        assert_eq!(job.read("repository/public/index.html").contains("noindex"), expected, "{noindex:?}");
    }
    let script = template["catalog-check"]["script"][0].as_str().unwrap();
    let job = Job::new();
    let ran = job.run("sh", script, &[("CATALOG_PATH", "."), ("CATALOG_FAIL_ON", "error"), ("GITHUB_ACTIONS", "")]);
    assert_eq!(ran.status.code(), Some(1));
    assert!(job.read("repository/gl-code-quality-report.json").contains("\"path\": \"catalog-info.yaml\""));
    assert!(job.read("repository/catalog-junit.xml").contains("<failure"));
}

/// Pages of a project lie below its name, and the 404 page can be asked for anywhere below.
#[test]
#[cfg(unix)]
fn the_published_site_knows_its_address() {
    let url = "https://o.pages.example/shop";
    let lost = |job: &Job, folder: &str| job.read(&format!("{folder}/404.html")).contains("data-lost=\"/shop/\"");
    let script = step(&read(".github/workflows/catalog.yml"), "Build");
    for (answer, expected) in [(format!("echo {url}"), true), ("echo '{}'; exit 1".to_owned(), false)] {
        let job = Job::new();
        support::write(&job.path("bin"), &[("gh", format!("#!/bin/sh\n{answer}\n"))]);
        job.run("bash", "chmod +x ../bin/gh", &[]);
        let ran = job.run("bash", &script, &[("CATALOG_PATH", "."), ("GITHUB_REPOSITORY", "o/shop")]);
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        assert_eq!(lost(&job, "temp/site"), expected);
    }
    let template = read("ci/gitlab/catalog.gitlab-ci.yml");
    let script = template["pages"]["script"][1].as_str().unwrap();
    for (url, expected) in [(url, true), ("", false)] {
        let job = Job::new();
        let ran = job.run("sh", script, &[("CATALOG_PATH", "."), ("CATALOG_NOINDEX", "true"), ("CI_PAGES_URL", url)]);
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        assert_eq!(lost(&job, "repository/public"), expected);
    }
}

/// The one comment of a pull request, with a `gh` that writes down what it was asked.
#[test]
#[cfg(unix)]
fn the_report_is_one_comment_that_is_written_anew() {
    let comment = |reference: &str, existing: &str, allowed: bool| {
        let job = Job::new();
        support::write(&job.path("temp"), &[("report.md", "## Verdict\n")]);
        let fake = format!(
            "#!/bin/sh\necho \"$@\" >> ../temp/asked\nfor last; do :; done\ncase \"$*\" in *--paginate*) echo '{existing}';; *) {} ;; esac\n",
            if allowed { "cat \"${last#body=@}\" > ../temp/body" } else { "exit 1" }
        );
        support::write(&job.path("bin"), &[("gh", fake)]);
        job.run("bash", "chmod +x ../bin/gh", &[]);
        let script = root().join(".github/actions/check/comment.sh");
        let environment = [("GITHUB_REF", reference), ("GITHUB_REPOSITORY", "o/shop"), ("REPORT", "../temp/report.md")];
        let ran = job.run("bash", &format!("bash '{}'", script.display()), &environment);
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        let said = String::from_utf8_lossy(&ran.stdout).into_owned();
        (said, job.read("temp/asked"), job.read("temp/body"))
    };
    let (_, asked, body) = comment("refs/pull/12/merge", "", true);
    assert!(asked.contains("--method POST repos/o/shop/issues/12/comments"), "{asked}");
    assert_eq!(body, "<!-- catalog-check -->\n## Verdict\n");
    let (_, asked, _) = comment("refs/pull/12/merge", "345", true);
    assert!(asked.contains("--method PATCH repos/o/shop/issues/comments/345"), "{asked}");
    let (said, ..) = comment("refs/pull/12/merge", "", false);
    assert!(said.starts_with("::notice title=catalog::the token may not comment"), "{said}");
    let (said, asked, _) = comment("refs/heads/main", "", true);
    assert!(said.starts_with("no pull request") && asked.is_empty(), "{said}{asked}");
}

/// A release of one binary, as `gh` would download it, or another in its place.
#[test]
#[cfg(target_os = "linux")]
fn a_binary_is_installed_only_with_its_checksum() {
    const NAME: &str = "catalog-v9.8.7-x86_64-unknown-linux-musl";
    let install = |environment: &[(&str, &str)], spoil: bool| {
        let job = Job::new();
        let packed = format!(
            "mkdir -p ../release/{NAME} && cd ../release && printf '#!/bin/sh\\necho catalog 9.8.7\\n' > {NAME}/catalog
            chmod +x {NAME}/catalog && tar -czf {NAME}.tar.gz {NAME} && sha256sum {NAME}.tar.gz > SHA256SUMS
            echo 'case \"$2 $3\" in \"view --repo\") echo v9.8.7;; \"download v9.8.7\") cp ../../release/*.tar.gz ../../release/SHA256SUMS .;; *) exit 9;; esac' > ../bin/gh
            chmod +x ../bin/gh"
        );
        let packed = job.run("bash", &packed, &[]);
        assert!(packed.status.success(), "{}", String::from_utf8_lossy(&packed.stderr));
        if spoil {
            support::write(&job.path("release"), &[(format!("{NAME}.tar.gz"), "another")]);
        }
        let script = root().join(".github/actions/check/install.sh");
        let runner = [("RUNNER_OS", "Linux"), ("RUNNER_ARCH", "X64"), ("CATALOG_REPOSITORY", "o/catalog")];
        let ran = job.run("bash", &format!("bash '{}'", script.display()), &[&runner[..], environment].concat());
        (ran, job.read("temp/path"))
    };
    let text =
        |ran: &Output| format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    for environment in
        [&[][..], &[("CATALOG_VERSION", "v9.8.7")], &[("CATALOG_REF", "v9.8.7")], &[("CATALOG_REF", "main")]]
    {
        let (ran, path) = install(environment, false);
        assert!(ran.status.success() && text(&ran).contains("catalog 9.8.7"), "{}", text(&ran));
        assert!(path.trim_end().ends_with(NAME), "{path}");
    }
    for (environment, spoil) in
        [(&[][..], true), (&[("CATALOG_VERSION", "v1.0.0")], false), (&[("RUNNER_ARCH", "Z80")], false)]
    {
        let (ran, path) = install(environment, spoil);
        assert!(!ran.status.success() && path.is_empty(), "{}", text(&ran));
    }
}
