//! An output set to a folder.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use walkdir::WalkDir;

use crate::base::Hash;

/// The name of the file that says what a build wrote.
const MANIFEST: &str = "manifest.json";
/// What the manifest of this program calls its maker.
const GENERATOR: &str = "catalog";

/// Why an output could not be written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder holds what no build wrote.
    #[error(
        "{0} is not empty and was not written by catalog; choose an empty folder with --out-dir, or empty this one"
    )]
    Foreign(String),
    /// There is a file where the folder should be.
    #[error("{0} is not a folder")]
    NotAFolder(String),
    /// The folder was written by a newer version.
    #[error("{0} was written by a newer version of catalog; use that version, or another folder")]
    Newer(String),
    /// The system refused.
    #[error("cannot write {path}: {source}")]
    Io {
        /// What was written.
        path: String,
        /// Why not.
        source: io::Error,
    },
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    /// Files that are new or have other content.
    pub changed: usize,
    /// Files that were there with the same content.
    pub unchanged: usize,
    /// Files of an earlier build that are gone.
    pub removed: usize,
    /// Bytes of all files of the output.
    pub bytes: u64,
}

#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    version: u32,
    generator: Generator,
    repositories: serde_json::Value,
    files: BTreeMap<String, Entry>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Generator {
    name: String,
    version: String,
}

#[derive(Debug, Serialize, Deserialize, PartialEq, Eq)]
struct Entry {
    hash: String,
    size: u64,
}

/// Writes files by path into a folder, with a manifest of them. `repositories` goes into the
/// manifest as it is.
pub fn write(folder: &Path, files: &[(String, Vec<u8>)], repositories: serde_json::Value) -> Result<Written, Error> {
    let before = earlier(folder)?;
    create_folder(folder)?;
    let folders: FxHashSet<PathBuf> =
        files.iter().filter_map(|(path, _)| folder.join(path).parent().map(Path::to_path_buf)).collect();
    let mut folders: Vec<PathBuf> = folders.into_iter().collect();
    folders.sort_unstable();
    // What an earlier build wrote may stand where a folder is needed now.
    let now: FxHashSet<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    let stale: Vec<&String> = before.iter().filter(|path| !now.contains(path.as_str())).collect();
    for path in &stale {
        remove(folder, path)?;
    }
    for folder in &folders {
        create_folder(folder)?;
    }
    let results: Vec<(bool, Entry)> = files
        .par_iter()
        .map(|(path, bytes)| {
            let changed = write_if_changed(&folder.join(path), bytes)?;
            Ok((changed, Entry { hash: Hash::of(bytes).hex(), size: bytes.len() as u64 }))
        })
        .collect::<Result<_, Error>>()?;
    let mut written = Written { removed: stale.len(), ..Written::default() };
    let mut entries = BTreeMap::new();
    for ((path, bytes), (changed, entry)) in files.iter().zip(results) {
        written.bytes += bytes.len() as u64;
        if changed {
            written.changed += 1;
        } else {
            written.unchanged += 1;
        }
        entries.insert(path.clone(), entry);
    }
    let manifest = Manifest {
        version: 1,
        generator: Generator { name: GENERATOR.to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        repositories,
        files: entries,
    };
    let mut text = serde_json::to_vec_pretty(&manifest).map_err(|error| io_error(folder, error.into()))?;
    text.push(b'\n');
    replace(&folder.join(MANIFEST), &text)?;
    remove_empty_folders(folder);
    Ok(written)
}

/// The files that an earlier build wrote into the folder. A folder with other things in it is
/// refused before anything is written.
fn earlier(folder: &Path) -> Result<Vec<String>, Error> {
    let shown = folder.display().to_string();
    match folder.metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(io_error(folder, source)),
        Ok(metadata) if !metadata.is_dir() => return Err(Error::NotAFolder(shown)),
        Ok(_) => {}
    }
    let mut entries = folder.read_dir().map_err(|source| io_error(folder, source))?;
    if entries.next().is_none() {
        return Ok(Vec::new());
    }
    #[allow(clippy::disallowed_methods, reason = "the manifest is what this module wrote")]
    let text = fs::read(folder.join(MANIFEST)).map_err(|_| Error::Foreign(shown.clone()))?;
    let value: serde_json::Value = serde_json::from_slice(&text).map_err(|_| Error::Foreign(shown.clone()))?;
    if value["generator"]["name"] != GENERATOR {
        return Err(Error::Foreign(shown));
    }
    if value["version"].as_u64().is_none_or(|version| version > 1) {
        return Err(Error::Newer(shown));
    }
    let manifest: Manifest = serde_json::from_value(value).map_err(|_| Error::Foreign(shown))?;
    Ok(manifest.files.into_keys().filter(|path| is_inside(path)).collect())
}

/// A manifest is a file like any other: a path in it that leads out of the folder is not believed.
fn is_inside(path: &str) -> bool {
    !path.is_empty() && crate::base::paths::join("", path).is_ok_and(|clean| clean == path)
}

/// Writes a file unless it has this content already. Tells whether it was written.
fn write_if_changed(path: &Path, bytes: &[u8]) -> Result<bool, Error> {
    let same = path.symlink_metadata().is_ok_and(|metadata| metadata.is_file() && metadata.len() == bytes.len() as u64);
    #[allow(clippy::disallowed_methods, reason = "compares with what an earlier build wrote")]
    if same && fs::read(path).is_ok_and(|have| have == bytes) {
        return Ok(false);
    }
    replace(path, bytes)?;
    Ok(true)
}

/// Writes a file whole: through a temporary one, so that nobody reads half of it, and no link is
/// followed out of the folder.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o644));
    }
    let mut file = builder.prefix(".catalog-").tempfile_in(folder).map_err(|source| io_error(path, source))?;
    io::Write::write_all(&mut file, bytes).map_err(|source| io_error(path, source))?;
    file.persist(path).map_err(|error| io_error(path, error.error))?;
    Ok(())
}

#[allow(clippy::disallowed_methods, reason = "this is the writer")]
fn create_folder(path: &Path) -> Result<(), Error> {
    fs::create_dir_all(path).map_err(|source| io_error(path, source))
}

#[allow(clippy::disallowed_methods, reason = "this is the writer")]
fn remove(folder: &Path, path: &str) -> Result<(), Error> {
    let full = folder.join(path);
    match fs::remove_file(&full) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => Err(io_error(&full, source)),
        _ => Ok(()),
    }
}

/// Folders that are empty now; others cannot be removed and are not.
fn remove_empty_folders(folder: &Path) {
    let below = WalkDir::new(folder).min_depth(1).contents_first(true).into_iter().filter_map(Result::ok);
    for entry in below.filter(|entry| entry.file_type().is_dir()) {
        let _ = fs::remove_dir(entry.path());
    }
}

fn io_error(path: &Path, source: io::Error) -> Error {
    Error::Io { path: path.display().to_string(), source }
}
