//! What other files of a schema define that stand beside it. A definition is one text, so they are no
//! part of it; a finding can only say where a type is. Reads few files, and small ones.

use rustc_hash::FxHashMap;

use crate::base::{Sources, paths};
use crate::refs::Home;

use super::sdl;

/// Most files that are looked into, and the largest of them, in bytes.
const MAX_FILES: usize = 100;
const MAX_BYTES: usize = 256 * 1024;

/// Types, with the path of the file that defines each.
pub(super) fn types(home: &Home, sources: &dyn Sources) -> FxHashMap<String, String> {
    let Home::File(own) = *home else { return FxHashMap::default() };
    let folder = paths::parent(sources.path(own));
    let is_schema = |path: &str| [".graphql", ".graphqls", ".gql"].iter().any(|ending| path.ends_with(ending));
    let files = sources.under(sources.repo_of(own), folder).into_iter();
    let beside = files.filter(|&file| file != own && is_schema(sources.path(file))).take(MAX_FILES);
    let mut types = FxHashMap::default();
    for file in beside {
        let Ok(text) = sources.text(file) else { continue };
        if text.as_str().len() > MAX_BYTES {
            continue;
        }
        let (system, _) = sdl::read(text.as_str());
        for of in system.types.into_iter().filter(|of| !of.extends) {
            types.entry(of.name.text).or_insert_with(|| sources.path(file).to_owned());
        }
    }
    types
}
