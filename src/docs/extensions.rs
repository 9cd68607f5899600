//! `markdown_extensions` of `mkdocs.yml`: nearly all are always on here, so only the options are
//! read that change what a page says.

use crate::yaml::Node;

use super::layers::Layers;

/// Most folders of snippets.
const MAX_FOLDERS: usize = 20;

/// What the extensions change.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Extensions {
    /// Folders that snippets are looked for in, as written.
    pub(super) snippet_folders: Vec<String>,
}

/// Reads the options of the extensions.
pub(super) fn read(layers: &Layers) -> Extensions {
    let mut out = Extensions::default();
    let Some(spot) = layers.get(&["markdown_extensions"]) else { return out };
    if let Some(Some(options)) = named(spot.node, "pymdownx.snippets") {
        let base = options.get("base_path");
        let one = base.and_then(Node::scalar_text);
        let list = base.map(Node::items).unwrap_or_default().iter().filter_map(Node::scalar_text);
        out.snippet_folders = one.into_iter().chain(list).take(MAX_FOLDERS).collect();
    }
    out
}

/// The options of an extension: of a list of names and of maps with one name, or of a map.
fn named<'n>(list: &'n Node, name: &str) -> Option<Option<&'n Node>> {
    let in_items = list.items().iter().find_map(|item| match item.scalar_text() {
        Some(text) => (text == name).then_some(None),
        None => item.get(name).map(Some),
    });
    in_items.or_else(|| list.get(name).map(Some))
}
