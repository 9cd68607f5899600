//! The only writer. Writes what changed, removes what an earlier build wrote and this one did
//! not, and touches nothing else.

mod folder;

pub use folder::{Error, Written, write};

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;

/// Writes a report that the command line asked for, whole or not at all.
pub fn report_file(path: &Path, text: &str) -> anyhow::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let context = || format!("cannot write {}", path.display());
    let mut file = tempfile::NamedTempFile::new_in(folder).with_context(context)?;
    file.write_all(text.as_bytes()).with_context(context)?;
    file.persist(path).with_context(context)?;
    Ok(())
}

/// Puts a text at the end of a file that others write to as well, unless that would make it longer
/// than `most` bytes.
pub fn append(path: &Path, text: &str, most: u64) -> anyhow::Result<()> {
    let context = || format!("cannot write {}", path.display());
    let mut file = OpenOptions::new().append(true).create(true).open(path).with_context(context)?;
    let length = file.metadata().with_context(context)?.len();
    anyhow::ensure!(length + text.len() as u64 <= most, "{} would be longer than {most} bytes", path.display());
    file.write_all(text.as_bytes()).with_context(context)
}
