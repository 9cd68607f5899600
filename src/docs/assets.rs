//! Files beside the pages that are copied to the site: pictures, and a few types of data. Never
//! anything that a browser would run.

use crate::base::{FileId, Sources, paths};
use crate::markdown::clean_svg;

/// A file that is copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// The file.
    pub file: FileId,
    /// Its path below the folder of the pages; `None` when it is elsewhere in the repository.
    pub source: Option<String>,
    /// Its size in bytes, as it is copied.
    pub size: u64,
}

/// Largest file that is copied.
const MAX_BYTES: usize = 10 * 1024 * 1024;

const IMAGES: &[&str] = &["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "ico", "bmp"];
const DATA: &[&str] = &["pdf", "txt", "csv", "json", "yaml", "yml", "mp4", "webm"];

/// Whether a file may be shown in a page.
pub(super) fn is_image(path: &str) -> bool {
    let extension = paths::extension(path);
    IMAGES.contains(&extension.as_str()) || matches!(extension.as_str(), "mp4" | "webm")
}

/// Whether a file may be copied for a link to it.
pub(super) fn is_copied(path: &str) -> bool {
    let extension = paths::extension(path);
    IMAGES.contains(&extension.as_str()) || DATA.contains(&extension.as_str())
}

/// The size of a file as it is copied, or why it is not, in words.
pub(super) fn size(sources: &dyn Sources, file: FileId) -> Result<u64, String> {
    asset_bytes(sources, file).map(|bytes| bytes.len() as u64)
}

/// The bytes that are written for a file; the error says why there are none. Drawings are cleaned.
pub fn asset_bytes(sources: &dyn Sources, file: FileId) -> Result<Vec<u8>, String> {
    let bytes = sources.bytes(file).map_err(|error| match error {
        crate::base::ReadError::TooLarge(size) => too_large(size),
        crate::base::ReadError::Failed(why) => format!("it cannot be read: {why}"),
    })?;
    if bytes.len() > MAX_BYTES {
        return Err(too_large(bytes.len() as u64));
    }
    if paths::extension(sources.path(file)) == "svg" {
        return clean_svg(&bytes).map(String::into_bytes).ok_or_else(|| "it is no drawing in SVG".to_owned());
    }
    Ok(bytes)
}

fn too_large(size: u64) -> String {
    format!("it has {} MiB, and {} MiB is the most", size.div_ceil(1024 * 1024), MAX_BYTES / 1024 / 1024)
}
