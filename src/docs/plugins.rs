//! The plugins of `mkdocs.yml`: those that are built in here, with their options. None is run.

use crate::base::{FileId, Span};
use crate::yaml::Node;

use super::layers::Layers;
use super::settings::Reader;

/// Most redirects of a site.
const MAX_REDIRECTS: usize = 10_000;

/// What the plugins change.
#[derive(Debug, Default)]
pub(super) struct Plugins {
    /// Old pages and where they went.
    pub(super) redirects: Vec<Redirect>,
    /// The name of the files with the nav, of `literate-nav`.
    pub(super) literate: Option<String>,
    /// The name of the order files, and whether they are those of `awesome-nav`.
    pub(super) order: Option<(String, bool)>,
    /// Whether `awesome-pages` collapses sections of one page.
    pub(super) collapse: bool,
    /// `section-index`.
    pub(super) section_index: bool,
    /// Whether `macros` would fill in `{{ x }}`.
    pub(super) macros: bool,
    /// Patterns of the plugin `exclude`.
    pub(super) exclude: Vec<String>,
}

/// An entry of `redirect_maps`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Redirect {
    pub(super) old: String,
    pub(super) new: String,
    pub(super) file: FileId,
    pub(super) span: Span,
}

/// A plugin as it is listed.
pub(super) struct Listed<'a> {
    pub(super) name: &'a str,
    pub(super) options: Option<&'a Node>,
    pub(super) file: FileId,
    pub(super) span: Span,
}

/// All plugins that are listed, those of groups too.
pub(super) fn listed(layers: &Layers) -> Vec<Listed<'_>> {
    let mut out = Vec::new();
    let Some(spot) = layers.get(&["plugins"]) else { return out };
    if spot.node.is_map() {
        for entry in layers.entries(&["plugins"]) {
            let (options, file, span) = (Some(entry.value.node), entry.value.file, entry.key_span);
            out.push(Listed { name: entry.key, options, file, span });
        }
    }
    items(spot.node, spot.file, &mut out);
    let groups: Vec<(&Node, FileId)> = out
        .iter()
        .filter(|plugin| matches!(plugin.name, "group" | "material/group"))
        .filter_map(|plugin| Some((plugin.options?.get("plugins")?, plugin.file)))
        .collect();
    for (node, file) in groups {
        items(node, file, &mut out);
    }
    out
}

fn items<'a>(node: &'a Node, file: FileId, out: &mut Vec<Listed<'a>>) {
    for item in node.items() {
        if let Some(name) = item.as_str() {
            out.push(Listed { name, options: None, file, span: item.span });
        }
        for entry in item.entries() {
            out.push(Listed { name: &entry.key, options: Some(&entry.value), file, span: entry.key_span });
        }
    }
}

/// Reads the options of the plugins that are built in.
pub(super) fn read(reader: &mut Reader<'_>) -> Plugins {
    let mut out = Plugins::default();
    let layers = reader.layers;
    for plugin in listed(layers) {
        let option = |key: &str| plugin.options.and_then(|options| options.get(key));
        let text = |key: &str| option(key).and_then(Node::as_str).filter(|text| !text.is_empty());
        match plugin.name {
            "redirects" => redirects(reader, &plugin, &mut out.redirects),
            "literate-nav" => out.literate = Some(text("nav_file").unwrap_or("SUMMARY.md").to_owned()),
            "awesome-pages" => {
                out.order = Some((text("filename").unwrap_or(".pages").to_owned(), false));
                out.collapse = option("collapse_single_pages").and_then(Node::as_bool).unwrap_or(false);
            }
            "awesome-nav" => out.order = Some((text("filename").unwrap_or(".nav.yml").to_owned(), true)),
            "macros" => out.macros = true,
            "section-index" => out.section_index = true,
            "exclude" => {
                let globs = option("glob").map(|node| match node.as_str() {
                    Some(one) => vec![one],
                    None => node.items().iter().filter_map(Node::as_str).collect(),
                });
                // Its `*` goes over folders, as that of a shell's `fnmatch`.
                out.exclude.extend(globs.unwrap_or_default().iter().map(|glob| glob.replace('*', "**")));
            }
            _ => {}
        }
    }
    out
}

fn redirects(reader: &mut Reader<'_>, plugin: &Listed<'_>, out: &mut Vec<Redirect>) {
    let Some(maps) = plugin.options.and_then(|options| options.get("redirect_maps")) else { return };
    for entry in maps.entries() {
        let mut report = |message: String, help: &str| {
            let finding = super::layers::invalid(plugin.file, entry.value.span, message);
            reader.findings.push(finding.subject(&*entry.key).help(help.to_owned()));
        };
        if out.len() == MAX_REDIRECTS {
            report(format!("there are more than {MAX_REDIRECTS} redirects; the rest is left out"), "remove old ones");
            return;
        }
        match entry.value.as_str() {
            Some(new) if entry.key.ends_with(".md") => out.push(Redirect {
                old: entry.key.trim_start_matches("./").to_owned(),
                new: new.trim().to_owned(),
                file: plugin.file,
                span: entry.value.span,
            }),
            Some(_) => report(format!("`{}` is no page", entry.key), "name the page that was there: `old.md: new.md`"),
            None => report(format!("`{}` leads to no page", entry.key), "write `old.md: new.md`, or a URL"),
        }
    }
}
