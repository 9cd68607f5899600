//! What several modules need: a catalog from texts in memory, a folder from texts on disk.

use std::path::Path;
use std::process::{Command, Stdio};

use catalog::base::MemorySources;
use catalog::check;
use catalog::config::{Settings, World};
use catalog::diagnostics::{Level, Suppressions, settle};
use catalog::graph::Graph;
use catalog::link::{self, DiscoveryRules};
use catalog::model::{Catalog, KindTable};
use catalog::report::Finding;

/// A catalog that was linked and checked without a disk.
pub(crate) struct Linked {
    pub(crate) catalog: Catalog,
    pub(crate) graph: Graph,
    pub(crate) findings: Vec<Finding>,
}

/// Links and checks some sources, with the settings of someone who has none.
pub(crate) fn link(sources: &MemorySources, world: World) -> Linked {
    use catalog::base::Sources as _;
    let settings = Settings::default();
    let (catalog, mut findings) = link::link(link::Input {
        sources,
        settings: &settings,
        settings_file: None,
        world,
        kinds: KindTable::default(),
        discovery: vec![DiscoveryRules::default(); sources.repositories().len()],
        published: None,
    });
    let graph = Graph::new(&catalog);
    findings.extend(check::check(&check::Input {
        catalog: &catalog,
        graph: &graph,
        sources,
        settings: &settings,
        settings_file: None,
    }));
    findings.extend(catalog::docs::find(&catalog, sources, &settings, &[], None, &catalog::base::NoMemo).1);
    let findings = settle(findings, &settings.levels, &Suppressions::default(), sources);
    Linked { catalog, graph, findings }
}

impl Linked {
    /// The codes of all errors, in order.
    pub(crate) fn errors(&self) -> Vec<&'static str> {
        let errors = self.findings.iter().filter(|(finding, _)| finding.level == Level::Error);
        errors.map(|(finding, _)| finding.rule.code).collect()
    }
}

/// Writes files below a folder.
pub(crate) fn write(root: &Path, files: &[(impl AsRef<str>, impl AsRef<[u8]>)]) {
    for (path, content) in files {
        let path = root.join(path.as_ref());
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
}

/// Whether expectations are written anew instead of compared.
pub(crate) fn updating() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| value == "1")
}

/// Makes a folder a clone, as far as its `origin` and its branch go.
pub(crate) fn clone_of(folder: &Path, url: &str) {
    let config = format!("[core]\n\trepositoryformatversion = 0\n\tbare = false\n[remote \"origin\"]\n\turl = {url}\n");
    write(folder, &[(".git/HEAD", "ref: refs/heads/main\n"), (".git/config", &config)]);
    for name in ["objects", "refs/heads"] {
        std::fs::create_dir_all(folder.join(".git").join(name)).unwrap();
    }
}

/// A component with documentation, and the team that owns it.
pub(crate) const SHOP: &str = "apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  annotations: {backstage.io/techdocs-ref: 'dir:.'}
spec: {type: service, lifecycle: production, owner: team}
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: team}
spec: {type: team, children: []}
";

/// Runs git, with nobody's configuration and always at the same time.
pub(crate) fn git(folder: &Path, arguments: &[&str]) -> String {
    git_as(folder, arguments, ("a", "a@example.org"), "2026-05-02T10:30:00+0000")
}

/// The same as somebody, by name and address, at some time.
pub(crate) fn git_as(folder: &Path, arguments: &[&str], (name, email): (&str, &str), date: &str) -> String {
    let ran = Command::new("git")
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CEILING_DIRECTORIES", folder.parent().unwrap())
        .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_NAME"), name)))
        .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_EMAIL"), email)))
        .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_DATE"), date)))
        .output()
        .expect("git is there");
    assert!(ran.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).unwrap().trim().to_owned()
}

/// What a run of the binary gave.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    /// What was printed, as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", self.stdout, self.stderr))
    }
}

/// Runs the binary in a folder, with no more time than any input may take.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Ran {
    run_in(folder, arguments, &[])
}

/// The same, with some of the environment. That of a CI job around the tests does not count.
pub(crate) fn run_in(folder: &Path, arguments: &[&str], environment: &[(&str, &Path)]) -> Ran {
    const MOST: std::time::Duration = std::time::Duration::from_secs(60);
    let mut child = Command::new(env!("CARGO_BIN_EXE_catalog"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        // Not that of whoever runs the tests.
        .env("XDG_CACHE_HOME", concat!(env!("CARGO_TARGET_TMPDIR"), "/cache"))
        .env_remove("CATALOG_CACHE_DIR")
        .env_remove("GITHUB_ACTIONS")
        .env_remove("GITHUB_STEP_SUMMARY")
        .env_remove("GITHUB_WORKSPACE")
        .envs(environment.iter().copied())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Pipes are emptied while the program runs, or it would wait for us.
    let stdout = reader(child.stdout.take().unwrap());
    let stderr = reader(child.stderr.take().unwrap());
    let begin = std::time::Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if begin.elapsed() > MOST {
            child.kill().unwrap();
            panic!("{arguments:?} did not end within {MOST:?}");
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    };
    let (stdout, stderr) = (stdout.join().unwrap(), stderr.join().unwrap());
    assert!(!stderr.contains("panicked"), "{arguments:?}: {stderr}");
    Ran { code: status.code().unwrap_or(-1), stdout, stderr }
}

fn reader(mut pipe: impl std::io::Read + Send + 'static) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        pipe.read_to_end(&mut bytes).unwrap();
        String::from_utf8(bytes).expect("output is UTF-8")
    })
}
