//! What a path is: a workspace with settings, one repository, or a folder of repositories.

use std::path::Path;

use globset::GlobBuilder;

use crate::config::{Settings, World};

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
pub(super) fn detect(path: &Path, settings: Option<&Settings>) -> Layout {
    if settings.is_some_and(|settings| settings.sources.is_some()) {
        return Layout::Workspace;
    }
    if settings.is_some() || path.join(".git").exists() || has_root_file(path) {
        return Layout::Repository;
    }
    let children = child_folders(path);
    let with_git = children.iter().filter(|child| path.join(child).join(".git").exists()).count();
    let with_file = children.iter().filter(|child| has_root_file(&path.join(child))).count();
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
pub fn guess(path: &Path) -> Layout {
    let is_project = |folder: &Path| {
        folder.join(".git").exists()
            || has_root_file(folder)
            || PROJECT_FILES.iter().any(|name| folder.join(name).exists())
    };
    if path.join(super::config::FILE_NAME).exists() {
        let text = super::folder::read_text(&path.join(super::config::FILE_NAME));
        let settings = text.map(|text| super::config::read(text.as_str()).0);
        return detect(path, settings.as_ref());
    }
    let projects = child_folders(path).iter().filter(|child| is_project(&path.join(child))).count();
    let is_folder = !is_project(path)
        && (projects >= 2 || child_folders(path).iter().any(|child| path.join(child).join(".git").exists()));
    if is_folder { Layout::FolderOfRepositories } else { Layout::Repository }
}

/// The folders of the repositories, relative to the path, in order.
pub(super) fn folders(path: &Path, layout: Layout, settings: &Settings) -> Vec<String> {
    match layout {
        Layout::Repository => vec![String::new()],
        Layout::FolderOfRepositories => child_folders(path),
        Layout::Workspace => {
            let patterns = settings.sources.iter().flatten();
            let mut found: Vec<String> = patterns.flat_map(|pattern| expand(path, pattern)).collect();
            found.sort_unstable();
            found.dedup();
            found
        }
    }
}

fn has_root_file(path: &Path) -> bool {
    ROOT_FILES.iter().any(|name| path.join(name).exists())
}

fn child_folders(path: &Path) -> Vec<String> {
    let Ok(entries) = path.read_dir() else { return Vec::new() };
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.') && name != "node_modules")
        .collect();
    names.sort_unstable();
    names
}

/// Folders that a pattern names, one step at a time, so that only folders that can match are read.
fn expand(path: &Path, pattern: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for part in pattern.split('/').filter(|part| !part.is_empty() && *part != ".") {
        let matcher = part.contains(['*', '?', '[', '{']).then(|| GlobBuilder::new(part).build());
        found = found
            .into_iter()
            .flat_map(|folder| {
                let join = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
                match &matcher {
                    None => {
                        let next = join(part);
                        if path.join(&next).is_dir() { vec![next] } else { Vec::new() }
                    }
                    Some(Err(_)) => Vec::new(),
                    Some(Ok(glob)) => {
                        let glob = glob.compile_matcher();
                        let children = child_folders(&path.join(&folder));
                        children.iter().filter(|name| glob.is_match(name)).map(|name| join(name)).collect()
                    }
                }
            })
            .collect();
    }
    found
}
