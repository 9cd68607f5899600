//! An output set to a folder.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry::{Occupied, Vacant};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use tempfile::TempDir;
use walkdir::WalkDir;

use crate::base::{Hash, Output};

/// The name of the file that says what a build wrote.
const MANIFEST: &str = "manifest.json";
/// What the manifest of this program calls its maker.
const GENERATOR: &str = "catalog";
/// Where the files of an output that is new wait, in the order they will have.
const WHOLE: &str = "new";

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

/// Writes an output as its files come, from several threads and in any order. A file that changed
/// waits beside the others until all are there, so that the output is the earlier one or the new
/// one: what fails before [`Writer::finish`] leaves the earlier one as it was. Of a file that was
/// written only its hash and size are kept.
#[derive(Debug)]
pub struct Writer {
    folder: PathBuf,
    /// Whether the folder was made for this output.
    is_new: bool,
    /// Whether there was nothing in it.
    is_empty: bool,
    /// Files of the earlier output.
    before: Vec<String>,
    /// Where changed files wait; on the same disk as their places.
    waiting: Option<TempDir>,
    next: AtomicU64,
    files: Mutex<BTreeMap<String, Put>>,
}

/// A file that was put.
#[derive(Debug)]
struct Put {
    hash: Hash,
    size: u64,
    waits: Waits,
}

/// Where a file waits for its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Waits {
    /// Nowhere: its place has this content already.
    No,
    /// Alone, under a number.
    Alone(u64),
    /// Among the others of an output that is new, at its path. All of them move at once, which costs
    /// the system half as much as to move each.
    InWhole,
}

impl Writer {
    /// Begins an output. A folder with what no build wrote is refused before anything is written.
    pub fn begin(folder: &Path) -> Result<Self, Error> {
        let before = earlier(folder)?;
        let is_new = !folder.exists();
        create_folder(folder)?;
        let is_empty = is_new || folder.read_dir().is_ok_and(|mut entries| entries.next().is_none());
        let mut writer = Self {
            folder: folder.to_path_buf(),
            is_new,
            is_empty,
            before,
            waiting: None,
            next: AtomicU64::new(0),
            files: Mutex::default(),
        };
        let waiting = tempfile::Builder::new().prefix(".catalog-").tempdir_in(folder);
        writer.waiting = Some(waiting.map_err(|source| io_error(folder, source))?);
        Ok(writer)
    }

    /// Takes a file. Of two with one path the same one stays, whichever comes first.
    pub fn put(&self, path: String, bytes: &[u8]) -> Result<(), Error> {
        let waits = self.wait(&path, bytes).map_err(|source| io_error(&self.folder.join(&path), source))?;
        let put = Put { hash: Hash::of(bytes), size: bytes.len() as u64, waits };
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        match files.entry(path) {
            Occupied(mut one) if one.get().hash > put.hash => drop(one.insert(put)),
            Occupied(_) => {}
            Vacant(none) => drop(none.insert(put)),
        }
        Ok(())
    }

    /// Writes a file where it waits, if it must.
    fn wait(&self, path: &str, bytes: &[u8]) -> io::Result<Waits> {
        if self.is_empty {
            match write_below(&self.whole(), path, bytes) {
                // There is one with this path already: which of them stays is seen later.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                done => return done.map(|()| Waits::InWhole),
            }
        } else if has_content(&self.folder.join(path), bytes) {
            return Ok(Waits::No);
        }
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        write_new(&self.waiting_at(number), bytes).map(|()| Waits::Alone(number))
    }

    /// What was put so far, in numbers, and the manifest that will say so.
    pub fn output(&self) -> Output {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let largest = files.iter().max_by_key(|(_, put)| put.size);
        Output {
            files: files.len() as u64 + 1,
            bytes: files.values().map(|put| put.size).sum(),
            largest: largest.map(|(path, put)| (path.clone(), put.size)),
            fullest: fullest(files.keys().map(String::as_str)),
        }
    }

    /// Puts everything into its place: stale files go, changed ones come, and a manifest says what
    /// is there. `repositories` goes into it as it is.
    pub fn finish(mut self, repositories: serde_json::Value) -> Result<Written, Error> {
        let files = std::mem::take(self.files.get_mut().unwrap_or_else(PoisonError::into_inner));
        // What an earlier build wrote may stand where a folder is needed now, and the other way round.
        let stale: Vec<&String> = self.before.iter().filter(|path| !files.contains_key(*path)).collect();
        for path in &stale {
            remove(&self.folder, path)?;
        }
        if !stale.is_empty() {
            remove_empty_folders(&self.folder, self.waiting.as_ref().map(TempDir::path));
        }
        self.move_whole()?;
        let alone = files.iter().filter_map(|(path, put)| match put.waits {
            Waits::Alone(number) => Some((self.folder.join(path), number)),
            Waits::No | Waits::InWhole => None,
        });
        let alone: Vec<(PathBuf, u64)> = alone.collect();
        // One after the other, in order: each folder is made once.
        let mut last = None;
        for (path, _) in &alone {
            if last != path.parent() {
                last = path.parent();
                create_folder(last.unwrap_or(&self.folder))?;
            }
        }
        alone.par_iter().try_for_each(|(path, number)| {
            fs::rename(self.waiting_at(*number), path).map_err(|source| io_error(path, source))
        })?;
        let unchanged = files.values().filter(|put| put.waits == Waits::No).count();
        let written = Written {
            changed: files.len() - unchanged,
            unchanged,
            removed: stale.len(),
            bytes: files.values().map(|put| put.size).sum(),
        };
        let entries = files.into_iter().map(|(path, put)| (path, Entry { hash: put.hash.hex(), size: put.size }));
        write_manifest(&self.folder, entries.collect(), repositories)?;
        Ok(written)
    }

    /// Moves what waits as a whole.
    #[allow(clippy::disallowed_methods, reason = "lists what this writer wrote")]
    fn move_whole(&self) -> Result<(), Error> {
        let whole = self.whole();
        let entries = match fs::read_dir(&whole) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            entries => entries.map_err(|source| io_error(&whole, source))?,
        };
        for entry in entries {
            let entry = entry.map_err(|source| io_error(&whole, source))?;
            let place = self.folder.join(entry.file_name());
            fs::rename(entry.path(), &place).map_err(|source| io_error(&place, source))?;
        }
        Ok(())
    }

    fn waiting_at(&self, number: u64) -> PathBuf {
        self.waiting_in(&number.to_string())
    }

    fn whole(&self) -> PathBuf {
        self.waiting_in(WHOLE)
    }

    fn waiting_in(&self, name: &str) -> PathBuf {
        self.waiting.as_ref().map_or(self.folder.as_path(), TempDir::path).join(name)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.waiting.take());
        if self.is_new {
            // Only where nothing came of it: a folder with files is not removed.
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

fn write_manifest(folder: &Path, files: BTreeMap<String, Entry>, repositories: serde_json::Value) -> Result<(), Error> {
    let generator = Generator { name: GENERATOR.to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() };
    let manifest = Manifest { version: 1, generator, repositories, files };
    let mut text = serde_json::to_vec_pretty(&manifest).map_err(|error| io_error(folder, error.into()))?;
    text.push(b'\n');
    replace(&folder.join(MANIFEST), &text)
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

/// The folder with the most files right in it.
fn fullest<'a>(paths: impl Iterator<Item = &'a str>) -> Option<(String, u64)> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for path in paths {
        *counts.entry(path.rsplit_once('/').map_or("", |(folder, _)| folder)).or_default() += 1;
    }
    let fullest = counts.into_iter().max_by_key(|&(folder, count)| (count, std::cmp::Reverse(folder)));
    fullest.map(|(folder, count)| (folder.to_owned(), count))
}

/// Whether a file has this content already.
fn has_content(path: &Path, bytes: &[u8]) -> bool {
    let same = path.symlink_metadata().is_ok_and(|metadata| metadata.is_file() && metadata.len() == bytes.len() as u64);
    #[allow(clippy::disallowed_methods, reason = "compares with what an earlier build wrote")]
    let have = || fs::read(path).is_ok_and(|have| have == bytes);
    same && have()
}

/// Writes a file that is not there yet, for everybody to read.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o644);
    io::Write::write_all(&mut options.open(path)?, bytes)
}

/// [`write_new`] at a path below a folder; folders are made when one is missing.
fn write_below(folder: &Path, path: &str, bytes: &[u8]) -> io::Result<()> {
    let place = folder.join(path);
    match write_new(&place, bytes) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            #[allow(clippy::disallowed_methods, reason = "this is the writer")]
            fs::create_dir_all(place.parent().unwrap_or(folder))?;
            write_new(&place, bytes)
        }
        done => done,
    }
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

/// Folders that are empty now, save one; others cannot be removed and are not.
fn remove_empty_folders(folder: &Path, save: Option<&Path>) {
    let below = WalkDir::new(folder).min_depth(1).contents_first(true).into_iter().filter_map(Result::ok);
    for entry in below.filter(|entry| entry.file_type().is_dir() && Some(entry.path()) != save) {
        let _ = fs::remove_dir(entry.path());
    }
}

fn io_error(path: &Path, source: io::Error) -> Error {
    Error::Io { path: path.display().to_string(), source }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn build(folder: &Path, files: &[(&str, &str)]) -> Result<Written, Error> {
        let writer = Writer::begin(folder)?;
        for (path, text) in files {
            writer.put((*path).to_owned(), text.as_bytes())?;
        }
        writer.finish(serde_json::Value::Null)
    }

    /// All files of a folder, the manifest left out.
    fn files(folder: &Path) -> Vec<(String, String)> {
        let below = WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
        let files = below.filter(|entry| entry.file_type().is_file() && entry.file_name() != MANIFEST);
        #[allow(clippy::disallowed_methods)]
        let text = |path: &Path| fs::read_to_string(path).unwrap();
        files
            .map(|entry| {
                let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                (path, text(entry.path()))
            })
            .collect()
    }

    fn are(folder: &Path, expected: &[(&str, &str)]) {
        let expected: Vec<(String, String)> =
            expected.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        assert_eq!(files(folder), expected);
    }

    #[test]
    fn a_file_may_become_a_folder_and_the_other_way_round() {
        let work = tempfile::tempdir().unwrap();
        let folder = work.path().join("site");
        build(&folder, &[("a", "1"), ("b/c/d", "2"), ("e", "3")]).unwrap();
        let written = build(&folder, &[("a/x", "1"), ("b", "2"), ("e", "3")]).unwrap();
        assert_eq!(written, Written { changed: 2, unchanged: 1, removed: 2, bytes: 3 });
        are(&folder, &[("a/x", "1"), ("b", "2"), ("e", "3")]);
        assert_eq!(folder.read_dir().unwrap().count(), 4, "nothing waits any more");
    }

    #[test]
    fn what_is_not_finished_leaves_the_earlier_output_as_it_was() {
        let work = tempfile::tempdir().unwrap();
        let folder = work.path().join("site");
        let writer = Writer::begin(&folder).unwrap();
        writer.put("a".to_owned(), b"1").unwrap();
        drop(writer);
        assert!(!folder.exists(), "nor is a folder made for nothing");
        build(&folder, &[("a", "1"), ("b", "2")]).unwrap();
        let writer = Writer::begin(&folder).unwrap();
        writer.put("a".to_owned(), b"other").unwrap();
        writer.put("c".to_owned(), b"new").unwrap();
        drop(writer);
        are(&folder, &[("a", "1"), ("b", "2")]);
        assert_eq!(folder.read_dir().unwrap().count(), 3, "nothing waits any more");
    }

    #[test]
    fn of_two_files_with_one_path_the_same_stays() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        build(one.path(), &[("a", "1"), ("a", "2"), ("a", "3")]).unwrap();
        build(other.path(), &[("a", "3"), ("a", "2"), ("a", "1")]).unwrap();
        assert_eq!(files(one.path()), files(other.path()));
        assert_eq!(files(one.path()).len(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_output_is_not_followed() {
        use std::os::unix::fs::symlink;
        let (work, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let target = elsewhere.path().join("x");
        #[allow(clippy::disallowed_methods)]
        fs::write(&target, "theirs").unwrap();
        build(work.path(), &[("a", "1")]).unwrap();
        remove(work.path(), "a").unwrap();
        symlink(&target, work.path().join("a")).unwrap();
        build(work.path(), &[("a", "1")]).unwrap();
        are(work.path(), &[("a", "1")]);
        are(elsewhere.path(), &[("x", "theirs")]);
    }
}
