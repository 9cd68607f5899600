//! Titles where nobody wrote one, as MkDocs makes them.

use crate::base::paths;
use crate::markdown::{FrontMatter, Rendered};

/// The title of a page: front matter, first heading, or the name of its file.
pub(super) fn page(source: &str, rendered: &Rendered) -> String {
    let written = rendered.front_matter.as_ref().and_then(FrontMatter::title);
    written
        .or_else(|| rendered.title.clone().filter(|title| !title.trim().is_empty()))
        .unwrap_or_else(|| of_path(source))
}

fn of_path(source: &str) -> String {
    let name = paths::file_name(source);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if !is_index(source) {
        return words(stem);
    }
    match paths::file_name(paths::parent(source)) {
        "" => "Home".to_owned(),
        folder => words(folder),
    }
}

/// A name as words: dashes and underscores are spaces, and one without capitals gets its first.
pub(super) fn words(name: &str) -> String {
    let spaced = name.replace(['-', '_'], " ");
    if spaced.chars().any(char::is_uppercase) {
        return spaced;
    }
    let mut letters = spaced.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Whether a page stands for its folder.
pub(super) fn is_index(source: &str) -> bool {
    let name = paths::file_name(source);
    name.eq_ignore_ascii_case("index.md") || name.eq_ignore_ascii_case("readme.md")
}
