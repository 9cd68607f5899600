//! Which files of a repository are entry points.

use crate::base::{FileId, RepoId, Sources, paths};

use super::DiscoveryRules;

/// The entry points of a repository, in order.
pub(super) fn entry_points(sources: &dyn Sources, repository: RepoId, rules: &DiscoveryRules) -> Vec<FileId> {
    let mut found: Vec<FileId> =
        sources.under(repository, "").into_iter().filter(|&file| is_entry_point(sources.path(file))).collect();
    for pattern in &rules.include {
        let pattern = pattern.trim_start_matches("./").trim_start_matches('/');
        found.extend(sources.glob_in(repository, pattern).unwrap_or_default());
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether a path is one of those where catalogs begin.
fn is_entry_point(path: &str) -> bool {
    let name = paths::file_name(path);
    matches!(name, "catalog-info.yaml" | "catalog-info.yml")
        || path == "backstage.yaml"
        || (is_yaml(name) && paths::file_name(paths::parent(path)) == ".backstage")
}

/// Whether a path ends as YAML files do.
pub(super) fn is_yaml(path: &str) -> bool {
    matches!(paths::extension(path).as_str(), "yaml" | "yml")
}
