//! What several modules need: a catalog from texts in memory, a folder from texts on disk.

use std::path::Path;

use catalog::base::MemorySources;
use catalog::check;
use catalog::config::{Settings, World};
use catalog::diagnostics::{Level, settle};
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
    });
    let graph = Graph::new(&catalog);
    findings.extend(check::check(&check::Input { catalog: &catalog, graph: &graph, sources, settings: &settings }));
    let findings = settle(findings, &|_| None, sources);
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
