//! `markdown_extensions` of `mkdocs.yml`: nearly all are always on here, so only the options are
//! read that change what a page says.

use crate::base::{FileId, paths};
use crate::markdown::{self, Case, Signs, SlugRule, Slugs};
use crate::yaml::Node;

use super::layers::Layers;
use super::settings::Reader;

/// Most folders of snippets, and most snippets at the end of each page.
const MAX_FOLDERS: usize = 20;
const MAX_APPENDED: usize = 20;
/// Longest separator of ids.
const MAX_SEPARATOR: usize = 4;

/// What the extensions change.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Extensions {
    /// Folders that snippets are looked for in, as written.
    pub(super) snippet_folders: Vec<String>,
    /// What becomes of the pages.
    pub(super) pages: markdown::Extensions,
}

/// An extension as it is listed.
struct Listed<'a> {
    layers: &'a Layers,
    list: &'a Node,
    file: FileId,
}

/// Reads the options of the extensions.
pub(super) fn read(reader: &mut Reader<'_>) -> Extensions {
    let mut out = Extensions::default();
    let layers = reader.layers;
    let Some(spot) = layers.get(&["markdown_extensions"]) else { return out };
    let listed = Listed { layers, list: spot.node, file: spot.file };
    let flag = |options: Option<&Node>, name: &str| options.and_then(|node| node.get(name)).and_then(Node::as_bool);
    let pages = &mut out.pages;
    if let Some(options) = listed.options(&["pymdownx.snippets"]) {
        out.snippet_folders = texts(options, "base_path", MAX_FOLDERS);
        pages.append = texts(options, "auto_append", MAX_APPENDED);
        pages.dedent = flag(options, "dedent_subsections").unwrap_or(false);
    }
    if let Some(options) = listed.options(&["smarty", "markdown.extensions.smarty"]) {
        let on = |name: &str, default: bool| flag(options, name).unwrap_or(default);
        pages.signs = Signs {
            quotes: on("smart_quotes", true),
            angles: on("smart_angled_quotes", false),
            dashes: on("smart_dashes", true),
            ellipses: on("smart_ellipses", true),
        };
    }
    pages.breaks = listed.options(&["nl2br", "markdown.extensions.nl2br"]).is_some();
    if let Some(options) = listed.options(&["pymdownx.highlight"]) {
        pages.line_numbers = flag(options, "linenums").unwrap_or(false);
        pages.auto_title = flag(options, "auto_title").unwrap_or(false);
        let language = options.and_then(|node| node.get("default_lang")).and_then(Node::as_str);
        pages.default_language = language.map(str::to_ascii_lowercase).filter(|name| !name.is_empty());
    }
    if let Some(Some(options)) = listed.options(&["toc", "markdown.extensions.toc"]) {
        contents(&listed, options, pages);
        if let Some(depth) = options.get("toc_depth") {
            match levels(depth) {
                Some(levels) => pages.listed = levels,
                None => {
                    let finding =
                        super::layers::invalid(spot.file, depth.span, "`toc_depth` is no level of headings".to_owned());
                    reader.findings.push(finding.help("write `3`, or a range as `2-3`; levels are 1 to 6"));
                }
            }
        }
    }
    out
}

/// The options of `toc`.
fn contents(listed: &Listed<'_>, options: &Node, pages: &mut markdown::Extensions) {
    pages.contents_title = options.get("title").and_then(Node::scalar_text).filter(|title| !title.is_empty());
    let base = options.get("baselevel").and_then(Node::scalar_text).and_then(|text| text.parse::<u8>().ok());
    pages.moved = base.unwrap_or(1).clamp(1, 6) - 1;
    let separator = options.get("separator").and_then(Node::as_str).unwrap_or("");
    // It stands in ids and in links to them.
    let is_plain = separator.len() <= MAX_SEPARATOR && separator.bytes().all(|byte| b"-_.~".contains(&byte));
    let separator = if is_plain && separator != "-" { separator } else { "" };
    let rule = options.get("slugify").and_then(|node| listed.slug_rule(node)).unwrap_or_default();
    pages.slugs = Slugs { rule, separator: separator.to_owned() };
}

impl<'a> Listed<'a> {
    /// The options of the first of these names that is listed: in a list of names and of maps
    /// with one name, or in a map.
    fn options(&self, names: &[&str]) -> Option<Option<&'a Node>> {
        let named = |name: &str| {
            let in_items = self.list.items().iter().find_map(|item| match item.scalar_text() {
                Some(text) => (text == name).then_some(None),
                None => item.get(name).map(Some),
            });
            in_items.or_else(|| self.list.get(name).map(Some))
        };
        names.iter().find_map(|name| named(name))
    }

    /// A function that makes ids, by its name: it is not run.
    fn slug_rule(&self, node: &Node) -> Option<SlugRule> {
        let tag = self.layers.tag(self.file, node.span)?;
        let name = tag.rsplit_once(':').map_or(tag, |(_, name)| name);
        let words = node.get("kwds");
        let word = |key: &str| words.and_then(|words| words.get(key));
        let case = match word("case").and_then(Node::as_str) {
            Some("lower" | "fold") => Case::Lower,
            Some("lower-ascii") => Case::LowerAscii,
            _ => Case::None,
        };
        let percent = word("percent_encode").and_then(Node::as_bool).unwrap_or(false);
        Some(match name {
            "pymdownx.slugs.slugify" => SlugRule::Pymdown { case, percent },
            "pymdownx.slugs.uslugify" => SlugRule::Pymdown { case: Case::Lower, percent: false },
            "pymdownx.slugs.uslugify_encoded" => SlugRule::Pymdown { case: Case::Lower, percent: true },
            "pymdownx.slugs.uslugify_cased" => SlugRule::Pymdown { case: Case::None, percent: false },
            "pymdownx.slugs.uslugify_cased_encoded" => SlugRule::Pymdown { case: Case::None, percent: true },
            "pymdownx.slugs.gfm" => SlugRule::Pymdown { case: Case::LowerAscii, percent: false },
            "pymdownx.slugs.gfm_encoded" => SlugRule::Pymdown { case: Case::LowerAscii, percent: true },
            "markdown.extensions.toc.slugify_unicode" => SlugRule::Python { unicode: true },
            _ => return None,
        })
    }
}

/// A text, or a list of them.
fn texts(options: Option<&Node>, key: &str, most: usize) -> Vec<String> {
    let node = options.and_then(|options| options.get(key));
    let one = node.and_then(Node::scalar_text);
    let list = node.map(Node::items).unwrap_or_default().iter().filter_map(Node::scalar_text);
    one.into_iter()
        .chain(list)
        .filter(|text| !paths::file_name(text).is_empty() || key == "base_path")
        .take(most)
        .collect()
}

/// The levels of `toc_depth`: the last one, or the first and the last.
fn levels(node: &Node) -> Option<(u8, u8)> {
    let text = node.scalar_text()?;
    let level = |text: &str| text.trim().parse::<u8>().ok().filter(|level| *level <= 6);
    match text.split_once('-') {
        Some((first, last)) => Some((level(first)?, level(last)?)),
        None => Some((1, level(&text)?)),
    }
}
