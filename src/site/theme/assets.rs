//! The files of a theme that are written beside the pages: style sheets, scripts, pictures.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use crate::theme::{Texts, hashed_name};

use super::{stems, styles};

static DEFAULT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The style sheet of every page.
pub(super) const STYLE: &str = "assets/style.css";

/// The sheet of colours and fonts that the settings give.
pub(super) const OF_SETTINGS: &str = "assets/theme.css";

/// The script that has the words of the others, before which it is loaded.
pub(super) const TEXTS: &str = "assets/texts.js";

/// Files of a theme by their paths in it.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// The files of the default theme.
pub(super) fn default_files() -> Files {
    let mut files = Files::new();
    collect(&DEFAULT, &mut files);
    files
}

fn collect(folder: &Dir<'_>, files: &mut Files) {
    for file in folder.files() {
        if let Some(path) = file.path().to_str() {
            let is_script = path.ends_with(".js");
            let text = file.contents_utf8().filter(|_| is_script);
            let bytes = text.map_or_else(|| file.contents().to_vec(), |text| tight_script(text).into_bytes());
            files.insert(path.replace('\\', "/"), bytes);
        }
    }
    for folder in folder.dirs() {
        collect(folder, files);
    }
}

/// A script without comments that are lines or types, and without indentation. For our own alone: it
/// knows that no text in them is longer than a line or has the sign of such a comment.
fn tight_script(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let mut is_comment = false;
    for line in script.lines().map(str::trim) {
        let starts = line.starts_with("/*");
        let end = if is_comment || starts { line.find("*/").map(|at| at + 2) } else { None };
        let is_whole = line.starts_with("//") || line.is_empty() || end == Some(line.len());
        let is_inside = (is_comment || starts) && end.is_none();
        if !is_whole && !is_inside {
            let mut rest = line;
            while let Some((before, (_, after))) =
                rest.split_once("/**").and_then(|(before, after)| Some((before, after.split_once("*/")?)))
            {
                out.push_str(before);
                rest = after.trim_start();
            }
            out.push_str(rest);
            out.push('\n');
        }
        is_comment = is_inside;
    }
    out
}

/// The assets of a theme, under names with the hash of their content: `assets/style.1a2b3c4d.css`.
pub(super) fn made(files: Files, texts: &Texts) -> Vec<(String, Vec<u8>)> {
    let mut assets = styles::joined(&files);
    assets.extend(stems::script(&files, &texts.language));
    // A sheet or script of that name takes the place of all its parts.
    assets.extend(files.into_iter().filter(|(path, _)| path.starts_with("assets/")));
    with_texts(&mut assets, texts);
    assets.into_iter().map(|(path, bytes)| (hashed_name(&path, &bytes), bytes)).collect()
}

/// Puts the translations before the script that hands them out.
fn with_texts(assets: &mut Files, texts: &Texts) {
    if texts.is_english() {
        return;
    }
    let sources: Vec<String> = assets
        .iter()
        .filter(|(path, _)| path.ends_with(".js"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
    let data = format!("window.catalogStrings = {};\n", texts.for_scripts(&sources));
    if let Some(script) = assets.get_mut(TEXTS) {
        script.splice(0..0, data.into_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_lose_what_only_people_read() {
        let script = "// What\n(function () {\n  /** @param {string} a */\n  f(a);\n  /**\n   * Long.\n   */\n\n  /** @type {A} */ (b).c(); // why\n  var url = \"https://a\";\n})();\n";
        let expected = "(function () {\nf(a);\n(b).c(); // why\nvar url = \"https://a\";\n})();\n";
        assert_eq!(tight_script(script), expected);
    }

    #[test]
    fn no_text_of_our_scripts_is_longer_than_a_line() {
        let scripts: Vec<_> =
            DEFAULT.get_dir("assets").unwrap().files().filter_map(|file| file.contents_utf8()).collect();
        assert!(scripts.len() > 5);
        for line in scripts.into_iter().flat_map(str::lines) {
            assert!(line.matches('`').count() % 2 == 0, "{line}");
            assert!(!line.ends_with('\\'), "{line}");
            let quotes = line.split("/**").next().unwrap_or("").matches('"').count();
            assert!(quotes % 2 == 0 || !line.contains("/**"), "{line}");
        }
    }
}
