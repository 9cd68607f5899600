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
    /// Width and height of a picture in pixels, so that a page keeps room for it.
    pub extent: Option<(u32, u32)>,
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

/// A file as it is copied, or why it is not, in words.
pub(super) fn read(sources: &dyn Sources, file: FileId, source: Option<&str>) -> Result<Asset, String> {
    let bytes = asset_bytes(sources, file)?;
    let is_drawing = paths::extension(sources.path(file)) == "svg";
    let extent = if is_drawing { drawing_extent(&bytes) } else { picture_extent(&bytes) };
    Ok(Asset { file, source: source.map(str::to_owned), size: bytes.len() as u64, extent })
}

fn picture_extent(bytes: &[u8]) -> Option<(u32, u32)> {
    let size = imagesize::blob_size(bytes).ok()?;
    Some((size.width.try_into().ok()?, size.height.try_into().ok()?))
}

/// The size of a cleaned drawing: what it says of itself in pixels, or else its box.
fn drawing_extent(bytes: &[u8]) -> Option<(u32, u32)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let tag = &text[..text.find('>')?];
    let attribute = |name: &str| {
        let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
        tag[from..].split('"').next()
    };
    let pixels = |text: &str| positive(text.trim().trim_end_matches("px"));
    if let (Some(width), Some(height)) = (attribute("width").and_then(pixels), attribute("height").and_then(pixels)) {
        return Some((width, height));
    }
    let view: Vec<&str> = attribute("viewBox")?.split([' ', ',']).filter(|part| !part.is_empty()).collect();
    let [_, _, width, height] = view[..] else { return None };
    Some((positive(width)?, positive(height)?))
}

fn positive(text: &str) -> Option<u32> {
    let value: f64 = text.parse().ok()?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in these bounds it fits")]
    (0.5..100_000.0).contains(&value).then(|| value.round() as u32)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_say_how_large_they_are() {
        for (svg, expected) in [
            ("<svg xmlns=\"x\" width=\"640\" height=\"480px\">", Some((640, 480))),
            ("<svg width=\"100%\" height=\"100%\" viewBox=\"0 0 30.4, 12\">", Some((30, 12))),
            ("<svg height=\"3\" viewBox=\"0,0,8,4\"><path width=\"9\"/>", Some((8, 4))),
            ("<svg viewBox=\"0 0 -1 4\">", None),
            ("<svg viewBox=\"0 0 NaN 1e99\">", None),
            ("<svg>", None),
            ("", None),
        ] {
            assert_eq!(drawing_extent(svg.as_bytes()), expected, "{svg}");
        }
        assert_eq!(picture_extent(b"GIF89a\x05\x00\x03\x00\x00\x00\x00"), Some((5, 3)));
        assert_eq!(picture_extent(b"no picture"), None);
    }
}
