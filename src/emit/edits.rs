//! A plan to the files of the input. All of them are looked at before the first is written, so
//! that what must be refused leaves everything as it was.

use std::fs::{self, Permissions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;

/// A file of a repository that becomes another.
#[derive(Debug)]
pub struct Edited<'a> {
    /// The repository.
    pub root: &'a Path,
    /// The path in it.
    pub path: &'a str,
    /// Its bytes as they were read.
    pub before: &'a [u8],
    /// Its bytes to be.
    pub after: &'a [u8],
}

/// Why files were not written. None was, unless it says otherwise.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// Somebody else was faster.
    #[error("{0} changed since it was read; nothing was written")]
    Changed(String),
    /// It may not be written.
    #[error("{0} is read-only; nothing was written")]
    ReadOnly(String),
    /// It stands elsewhere.
    #[error("{0} leads out of its repository; nothing was written")]
    Outside(String),
    /// The system refused before the first file was written.
    #[error("cannot write {path}: {source}; nothing was written")]
    Io {
        /// What was to be written.
        path: String,
        /// Why not.
        source: io::Error,
    },
    /// The system refused when some files were written already.
    #[error("cannot write {path}: {source}; {written} of {all} files were written before it")]
    Partly {
        /// What was to be written.
        path: String,
        /// Why not.
        source: io::Error,
        /// How many files were written.
        written: usize,
        /// How many there are.
        all: usize,
    },
}

/// Writes files whole, each in one step, so that nobody reads half of one.
pub fn edits(files: &[Edited<'_>]) -> Result<usize, EditError> {
    let mut ready = Vec::new();
    let mut seen = FxHashSet::default();
    for file in files {
        let real = real_path(file)?;
        // Two paths may be one file: a link inside of the repository, and what it leads to.
        if seen.insert(real.clone()) {
            ready.push(prepare(file, real)?);
        }
    }
    let all = ready.len();
    for (written, (shown, real, temporary)) in ready.into_iter().enumerate() {
        temporary.persist(&real).map_err(|error| EditError::Partly {
            path: shown,
            source: error.error,
            written,
            all,
        })?;
    }
    Ok(all)
}

/// Where a file stands, links followed.
fn real_path(file: &Edited<'_>) -> Result<PathBuf, EditError> {
    let path = file.root.join(file.path);
    let shown = || path.display().to_string();
    let real = |path: &Path| path.canonicalize().map_err(|source| EditError::Io { path: shown(), source });
    let (root, found) = (real(file.root)?, real(&path)?);
    if found.starts_with(&root) { Ok(found) } else { Err(EditError::Outside(shown())) }
}

/// Looks at a file, and writes what it becomes beside it.
fn prepare(file: &Edited<'_>, real: PathBuf) -> Result<(String, PathBuf, tempfile::NamedTempFile), EditError> {
    let shown = file.root.join(file.path).display().to_string();
    let refused = |source: io::Error| EditError::Io { path: shown.clone(), source };
    let permissions: Permissions = real.metadata().map_err(refused)?.permissions();
    if permissions.readonly() {
        return Err(EditError::ReadOnly(shown));
    }
    let folder = real.parent().unwrap_or(Path::new("."));
    let mut temporary = tempfile::Builder::new().prefix(".catalog-").tempfile_in(folder).map_err(refused)?;
    temporary.write_all(file.after).map_err(refused)?;
    temporary.as_file().set_permissions(permissions).map_err(refused)?;
    // As late as can be: what was written since it was read is not written over.
    #[allow(clippy::disallowed_methods, reason = "compares with what was read")]
    let now = fs::read(&real).map_err(refused)?;
    if now != file.before {
        return Err(EditError::Changed(shown));
    }
    Ok((shown, real, temporary))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited<'a>(root: &'a Path, path: &'a str, before: &'a str, after: &'a str) -> Edited<'a> {
        Edited { root, path, before: before.as_bytes(), after: after.as_bytes() }
    }

    #[allow(clippy::disallowed_methods)]
    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            fs::write(folder.path().join(path), text).unwrap();
        }
        folder
    }

    #[allow(clippy::disallowed_methods)]
    fn text(folder: &tempfile::TempDir, path: &str) -> String {
        fs::read_to_string(folder.path().join(path)).unwrap()
    }

    #[test]
    fn a_file_that_changed_is_refused_and_no_other_is_written() {
        let folder = folder(&[("a", "old"), ("b", "newer")]);
        let root = folder.path();
        let error = edits(&[edited(root, "a", "old", "new"), edited(root, "b", "old", "new")]).unwrap_err();
        assert!(error.to_string().contains("b changed since it was read"), "{error}");
        assert_eq!((text(&folder, "a"), text(&folder, "b")), ("old".to_owned(), "newer".to_owned()));
        assert_eq!(root.read_dir().unwrap().count(), 2, "nothing else is left behind");
    }

    #[test]
    fn a_read_only_file_is_refused_and_no_other_is_written() {
        let folder = folder(&[("a", "old"), ("b", "old")]);
        let root = folder.path();
        let mut permissions = root.join("b").metadata().unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(root.join("b"), permissions).unwrap();
        let error = edits(&[edited(root, "a", "old", "new"), edited(root, "b", "old", "new")]).unwrap_err();
        assert!(error.to_string().contains("b is read-only"), "{error}");
        assert_eq!(text(&folder, "a"), "old");
    }

    #[cfg(unix)]
    #[test]
    fn links_stay_links_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let elsewhere = folder(&[("x", "old")]);
        let folder = folder(&[("a", "old")]);
        let root = folder.path();
        fs::set_permissions(root.join("a"), Permissions::from_mode(0o640)).unwrap();
        symlink("a", root.join("link")).unwrap();
        symlink(elsewhere.path().join("x"), root.join("out")).unwrap();
        assert_eq!(edits(&[edited(root, "a", "old", "new"), edited(root, "link", "old", "new")]).unwrap(), 1);
        assert!(root.join("link").symlink_metadata().unwrap().is_symlink());
        assert_eq!(root.join("a").metadata().unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(text(&folder, "link"), "new");
        let error = edits(&[edited(root, "out", "old", "new")]).unwrap_err();
        assert!(error.to_string().contains("leads out of its repository"), "{error}");
    }
}
