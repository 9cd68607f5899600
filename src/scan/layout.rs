//! What a path is: a workspace with settings, one repository, or a folder of repositories.

use globset::GlobBuilder;

use crate::config::{Settings, World};

use super::folder::Folder;

/// How a path is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Settings with `sources` say where the repositories are.
    Workspace,
    /// The folder is one repository.
    Repository,
    /// Each folder in it is a repository.
    FolderOfRepositories,
}

impl Layout {
    /// Whether all of the organisation is in view.
    pub fn world(self) -> World {
        match self {
            Self::Workspace | Self::FolderOfRepositories => World::Closed,
            Self::Repository => World::Open,
        }
    }
}

/// Files at the root of a folder that make it a repository of a catalog.
const ROOT_FILES: &[&str] =
    &["catalog-info.yaml", "catalog-info.yml", "backstage.yaml", ".backstage", "mkdocs.yml", "mkdocs.yaml"];

/// The first that matches: settings with `sources`; a repository by its own signs; a folder with
/// repositories in it; else one repository.
pub(super) fn detect(top: &dyn Folder, settings: Option<&Settings>) -> Layout {
    if settings.is_some_and(|settings| settings.sources.is_some()) {
        return Layout::Workspace;
    }
    if settings.is_some() || top.is_clone("") || has_root_file(top, "") {
        return Layout::Repository;
    }
    let children = child_folders(top, "");
    let with_git = children.iter().filter(|child| top.is_clone(child)).count();
    let with_file = children.iter().filter(|child| has_root_file(top, child)).count();
    if with_git >= 1 || with_file >= 2 { Layout::FolderOfRepositories } else { Layout::Repository }
}

/// Files at the root of a folder that make it one project, whether or not it is in a catalog.
const PROJECT_FILES: &[&str] = &[
    "README.md",
    "readme.md",
    "README",
    "package.json",
    "Cargo.toml",
    "go.mod",
    "pom.xml",
    "build.gradle",
    "build.gradle.kts",
    "pyproject.toml",
    "setup.py",
    "Gemfile",
    "composer.json",
    "Dockerfile",
    "Makefile",
];

/// What a path without any catalog is likely to be: a folder of repositories when the folders in
/// it are projects, and it is none itself.
pub(super) fn guess(top: &dyn Folder, settings: Option<&Settings>) -> Layout {
    let is_project = |folder: &str| {
        let at = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        top.is_clone(folder) || has_root_file(top, folder) || PROJECT_FILES.iter().any(|name| top.is_file(&at(name)))
    };
    if settings.is_some() {
        return detect(top, settings);
    }
    let children = child_folders(top, "");
    let projects = children.iter().filter(|child| is_project(child)).count();
    let is_folder = !is_project("") && (projects >= 2 || children.iter().any(|child| top.is_clone(child)));
    if is_folder { Layout::FolderOfRepositories } else { Layout::Repository }
}

/// The folders of the repositories, relative to the path, in order.
pub(super) fn folders(top: &dyn Folder, layout: Layout, settings: &Settings) -> Vec<String> {
    match layout {
        Layout::Repository => vec![String::new()],
        Layout::FolderOfRepositories => child_folders(top, ""),
        Layout::Workspace => {
            let patterns = settings.sources.iter().flatten();
            let mut found: Vec<String> = patterns.flat_map(|pattern| expand(top, pattern)).collect();
            found.sort_unstable();
            found.dedup();
            found
        }
    }
}

fn has_root_file(top: &dyn Folder, folder: &str) -> bool {
    ROOT_FILES.iter().map(|name| at(folder, name)).any(|path| top.is_file(&path) || top.is_folder(&path))
}

fn at(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

fn child_folders(top: &dyn Folder, folder: &str) -> Vec<String> {
    let mut names = top.folders(folder);
    names.retain(|name| !name.starts_with('.') && name != "node_modules");
    names
}

/// Folders that a pattern names, one step at a time, so that only folders that can match are read.
fn expand(top: &dyn Folder, pattern: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for part in pattern.split('/').filter(|part| !part.is_empty() && *part != ".") {
        let matcher = part.contains(['*', '?', '[', '{']).then(|| GlobBuilder::new(part).build());
        found = found
            .into_iter()
            .flat_map(|folder| {
                let join = |name: &str| at(&folder, name);
                match &matcher {
                    None => {
                        let next = join(part);
                        if top.is_folder(&next) { vec![next] } else { Vec::new() }
                    }
                    Some(Err(_)) => Vec::new(),
                    Some(Ok(glob)) => {
                        let glob = glob.compile_matcher();
                        let children = child_folders(top, &folder);
                        children.iter().filter(|name| glob.is_match(name)).map(|name| join(name)).collect()
                    }
                }
            })
            .collect();
    }
    found
}
