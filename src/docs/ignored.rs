//! What of `mkdocs.yml` is not used here, and why: one note per file.

use crate::base::{FileId, Place, Span};
use crate::diagnostics::{DOCS_SETTING_IGNORED, Diagnostic};

use super::layers::Layers;
use super::plugins;

/// Most places that one note lists.
const MAX_SHOWN: usize = 20;

/// Settings that would change the site and do not, with the reason.
const SETTINGS: &[(&[&str], &str)] = &[
    (&["hooks"], "nothing of a repository is run"),
    (&["extra_javascript"], "scripts of a repository would run for all readers of the site"),
    (&["extra_css"], "the style of the whole site is one; `site.theme` changes it"),
    (&["extra_templates"], "templates are those of the whole site; `site.theme` changes them"),
    (&["theme", "custom_dir"], "templates are those of the whole site; `site.theme` changes them"),
];

/// Plugins that are built in, or whose absence changes nothing that a reader would miss.
const PLUGINS: &[&str] = &[
    "techdocs-core",
    "search",
    "monorepo",
    "redirects",
    "literate-nav",
    "awesome-pages",
    "awesome-nav",
    "section-index",
    "same-dir",
    "exclude",
    "gh-admonitions",
    "group",
    "git-revision-date-localized",
    "git-revision-date",
    "git-authors",
    "git-committers",
    "minify",
    "offline",
    "optimize",
    "privacy",
    "mermaid2",
    "glightbox",
    "autorefs",
    "info",
    "meta",
    "typeset",
    "social",
    "llmstxt",
];

/// Python names in tags that stand for what is built in.
const NAMES: &[&str] = &["material.extensions.", "materialx.", "pymdownx.", "markdown.extensions.", "mermaid2."];

/// The note about one file of settings and what it inherits.
pub(super) fn note(layers: &Layers, file: FileId, findings: &mut Vec<Diagnostic>) {
    let mut found: Vec<(String, &str, Place)> = Vec::new();
    for (path, why) in SETTINGS {
        if let Some(spot) = layers.get(path).filter(|spot| !spot.node.is_null() && !is_empty(spot.node)) {
            found.push((format!("`{}`", path.join(".")), why, Place::new(spot.file, key_span(layers, path))));
        }
    }
    if layers.get(&["strict"]).is_some_and(|spot| spot.node.as_bool() == Some(true)) {
        let place = Place::new(layers.get(&["strict"]).map_or(file, |spot| spot.file), key_span(layers, &["strict"]));
        found.push(("`strict`".to_owned(), "the command line decides what fails: `--fail-on warning`", place));
    }
    for plugin in plugins::listed(layers) {
        let name = plugin.name.strip_prefix("material/").unwrap_or(plugin.name);
        if !PLUGINS.contains(&name) {
            let why = "the plugin is not built in, and plugins are not run";
            found.push((format!("plugin `{name}`"), why, Place::new(plugin.file, plugin.span)));
        }
    }
    for (tag, file, span) in layers.python() {
        let name = tag.split_once(':').map_or("", |(_, name)| name);
        if !NAMES.iter().any(|known| name.starts_with(known)) {
            found.push((format!("`!!{tag}`"), "nothing of a repository is run", Place::new(file, span)));
        }
    }
    found.sort_by_key(|(_, _, place)| (place.file != file, place.file, place.span.start));
    let Some((_, _, first)) = found.first() else { return };
    let names: Vec<&str> = found.iter().map(|(name, _, _)| name.as_str()).take(MAX_SHOWN).collect();
    let more = if found.len() > MAX_SHOWN { format!(" and {} more", found.len() - MAX_SHOWN) } else { String::new() };
    let mut note =
        Diagnostic::new(&DOCS_SETTING_IGNORED, format!("not used for this site: {}{more}", names.join(", ")))
            .at(first.file, first.span)
            .pointer("");
    for (name, why, place) in found.iter().take(MAX_SHOWN) {
        note = note.related(format!("{name}: {why}"), *place);
    }
    findings.push(note);
}

fn is_empty(node: &crate::yaml::Node) -> bool {
    node.as_str() == Some("") || matches!(&node.value, crate::yaml::Value::List(items) if items.is_empty())
}

fn key_span(layers: &Layers, path: &[&str]) -> Span {
    let (last, parents) = path.split_last().unwrap_or((&"", &[]));
    layers.entries(parents).into_iter().find(|entry| entry.key == *last).map_or(Span::default(), |entry| entry.key_span)
}
