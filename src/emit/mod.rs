//! The only writer. Of an output it writes what changed, removes what an earlier build wrote and
//! this one did not, and touches nothing else; of the input, only what a plan of edits names.

mod edits;
mod folder;

pub use edits::{EditError, Edited, edits};
pub use folder::{Error, Writer, Written};

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;

#[allow(clippy::disallowed_methods, reason = "this is the writer")]
/// Writes a file of which there must be none. Nothing that is there is touched.
pub fn new_file(folder: &Path, path: &str, text: &str) -> anyhow::Result<()> {
    let target = folder.join(path);
    let context = || format!("cannot write {}", target.display());
    if let Some(parent) = target.parent() {
        std::fs::create_dir_all(parent).with_context(context)?;
    }
    let mut file = std::fs::File::create_new(&target).with_context(context)?;
    file.write_all(text.as_bytes()).with_context(context)
}

/// Writes a report that the command line asked for, whole or not at all.
pub fn report_file(path: &Path, text: &str) -> anyhow::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let context = || format!("cannot write {}", path.display());
    let mut file = tempfile::NamedTempFile::new_in(folder).with_context(context)?;
    file.write_all(text.as_bytes()).with_context(context)?;
    file.persist(path).with_context(context)?;
    Ok(())
}

/// Puts a text at the end of a file that others write to as well, and that must not become longer
/// than `most` bytes. The text is made for the room that is left.
pub fn append(path: &Path, most: usize, text: impl FnOnce(usize) -> String) -> anyhow::Result<()> {
    let context = || format!("cannot write {}", path.display());
    let mut file = OpenOptions::new().append(true).create(true).open(path).with_context(context)?;
    let length = usize::try_from(file.metadata().with_context(context)?.len()).unwrap_or(usize::MAX);
    let room = most.saturating_sub(length);
    let text = text(room);
    anyhow::ensure!(text.len() <= room, "{} has no room left", path.display());
    file.write_all(text.as_bytes()).with_context(context)
}
