//! The files of one repository: `.gitignore` honoured, links checked, in order.

use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use ignore::WalkBuilder;

/// Folders that never hold anything of a catalog.
pub(super) const SKIPPED: &[&str] = &[".git", ".hg", ".svn", "node_modules"];

/// Files that a folder has when an earlier build wrote it.
pub(super) const OUTPUT_FILES: &[&str] = &["manifest.json", "interface.json", "catalog.json"];

/// The files of a repository, relative to its root, with forward slashes, sorted.
#[derive(Debug, Default)]
pub(super) struct Walked {
    pub(super) files: Vec<String>,
    /// Links that lead out of the repository.
    pub(super) outside: Vec<String>,
    /// Folders and links that could not be read, with the reason.
    pub(super) unreadable: Vec<(String, String)>,
}

/// Walks a repository. Links to files inside of it count as files; links to folders are not
/// followed, so there are no loops.
pub(super) fn walk(root: &Path, exclude: &[&str], skip: &[PathBuf]) -> Walked {
    let excluded = globs(exclude);
    let skip: Vec<PathBuf> = skip.iter().filter_map(|path| path.canonicalize().ok()).collect();
    let real_root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
    let mut walked = Walked::default();
    let own_root = root.to_path_buf();
    let walker = WalkBuilder::new(root)
        .hidden(false)
        .parents(false)
        .ignore(false)
        .git_global(false)
        .git_exclude(false)
        .require_git(false)
        .follow_links(false)
        .filter_entry(move |entry| {
            if entry.depth() == 0 || !entry.file_type().is_some_and(|kind| kind.is_dir()) {
                return true;
            }
            let name = entry.file_name().to_str().unwrap_or("");
            let path = entry.path();
            let is_excluded = relative(&own_root, path)
                .is_some_and(|path| excluded.is_match(&path) || excluded.is_match(format!("{path}/")));
            let is_skipped = !skip.is_empty() && path.canonicalize().is_ok_and(|path| skip.contains(&path));
            !(SKIPPED.contains(&name) || is_excluded || is_skipped || is_own_output(path))
        })
        .build();
    let excluded = globs(exclude);
    for entry in walker {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                walked.unreadable.push((error_path(&error, root), error_text(&error)));
                continue;
            }
        };
        let Some(kind) = entry.file_type() else { continue };
        let Some(path) = relative(root, entry.path()).filter(|path| !excluded.is_match(path)) else { continue };
        if kind.is_file() {
            walked.files.push(path);
        } else if kind.is_symlink() {
            link(entry.path(), path, &real_root, &mut walked);
        }
    }
    walked.files.sort_unstable();
    walked.outside.sort_unstable();
    walked.unreadable.sort_unstable();
    walked
}

fn link(path: &Path, relative: String, real_root: &Path, walked: &mut Walked) {
    match path.canonicalize() {
        Ok(target) if !target.starts_with(real_root) => walked.outside.push(relative),
        Ok(target) if target.is_file() => walked.files.push(relative),
        Ok(_) => {}
        // A link to nothing, or to itself: whoever asks for it is told.
        Err(error) => walked.unreadable.push((relative, without_number(&error.to_string()))),
    }
}

/// A folder that an earlier build wrote.
fn is_own_output(path: &Path) -> bool {
    OUTPUT_FILES.iter().all(|file| path.join(file).is_file())
}

fn relative(root: &Path, path: &Path) -> Option<String> {
    let relative = path.strip_prefix(root).ok()?;
    let parts: Option<Vec<&str>> = relative.components().map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/"))
}

/// Patterns as settings have them: from the root of the repository, a folder with all below it.
pub(super) fn globs(patterns: &[&str]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let pattern = pattern.trim_start_matches("./").trim_start_matches('/');
        let pattern = pattern.strip_suffix('/').map_or_else(|| pattern.to_owned(), |folder| format!("{folder}/**"));
        if let Ok(glob) = GlobBuilder::new(&pattern).literal_separator(true).build() {
            set.add(glob);
        }
    }
    set.build().unwrap_or_else(|_| GlobSet::empty())
}

fn error_path(error: &ignore::Error, root: &Path) -> String {
    match error {
        ignore::Error::WithPath { path, .. } => relative(root, path).unwrap_or_default(),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => error_path(err, root),
        _ => String::new(),
    }
}

fn error_text(error: &ignore::Error) -> String {
    error.io_error().map_or_else(|| "it cannot be read".to_owned(), |error| without_number(&error.to_string()))
}

/// An error of the system without its number, which differs between systems.
pub(super) fn without_number(text: &str) -> String {
    text.split(" (os error").next().unwrap_or(text).to_owned()
}
