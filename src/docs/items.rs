//! The nav as it was written: `nav` of `mkdocs.yml`, entry by entry with its place.

use crate::base::{FileId, Span};
use crate::markdown::plain;
use crate::yaml::{self, Node, Value};

use super::layers::{Spot, invalid};
use super::settings::Reader;

/// An entry of the nav as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) title: Option<String>,
    pub(super) target: Goal,
    pub(super) file: FileId,
    pub(super) span: Span,
    pub(super) pointer: String,
    /// What an include put before the path.
    pub(super) prefix: String,
}

/// What an entry of the nav is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Goal {
    /// A page, a URL, or what a plugin makes of it.
    Path(String),
    /// All pages below a folder, in their own order.
    Below(String),
    /// Entries under a title.
    Section(Vec<Item>),
}

/// Deepest nesting of the nav, and most entries.
pub(super) const MAX_DEPTH: usize = 20;
pub(super) const MAX_ITEMS: usize = 50_000;

/// Reads `nav`.
pub(super) fn read(reader: &mut Reader<'_>) -> Option<Vec<Item>> {
    let layers = reader.layers;
    let spot = layers.get(&["nav"])?;
    match &spot.node.value {
        Value::Null => None,
        Value::List(_) | Value::Map(_) => Some(Items { file: spot.file, count: 0, reader }.list(spot.node, "/nav", 0)),
        _ => {
            let message = format!("`nav` is {} and not a list", spot.node.type_name());
            reader.report(&["nav"], message, Some("list pages: `- index.md` or `- Title: page.md`"));
            None
        }
    }
}

struct Items<'a, 'b> {
    reader: &'a mut Reader<'b>,
    file: FileId,
    count: usize,
}

impl Items<'_, '_> {
    fn list(&mut self, node: &Node, pointer: &str, depth: usize) -> Vec<Item> {
        if depth > MAX_DEPTH {
            let message = format!("the nav is nested deeper than {MAX_DEPTH} levels; what is inside is left out");
            self.report(node.span, pointer, message, None);
            return Vec::new();
        }
        let mut out = Vec::new();
        // A map where a list is meant is read as one; MkDocs itself wants the list.
        for entry in node.entries() {
            out.extend(self.titled(&entry.key, &entry.value, &yaml::pointer_join(pointer, &entry.key), depth));
        }
        for (index, item) in node.items().iter().enumerate() {
            let pointer = format!("{pointer}/{index}");
            match &item.value {
                Value::Map(entries) => {
                    for entry in entries {
                        let pointer = yaml::pointer_join(&pointer, &entry.key);
                        out.extend(self.titled(&entry.key, &entry.value, &pointer, depth));
                    }
                }
                Value::Text(_) => {
                    let path = self.path(item);
                    out.extend(self.item(None, Goal::Path(path), item.span, &pointer));
                }
                _ => {
                    let message = format!("an entry of `nav` is {}", item.type_name());
                    let help = "write `page.md`, `Title: page.md`, or `Title:` and a list under it";
                    self.report(item.span, &pointer, message, Some(help.to_owned()));
                }
            }
        }
        out
    }

    fn titled(&mut self, title: &str, node: &Node, pointer: &str, depth: usize) -> Option<Item> {
        let is_variable = self.tag(node).is_some_and(|tag| tag.ends_with("ENV"));
        match &node.value {
            Value::List(_) | Value::Map(_) if !is_variable => {
                let items = self.list(node, pointer, depth + 1);
                self.item(Some(title), Goal::Section(items), node.span, pointer)
            }
            Value::Null => {
                let help = format!("write `{title}: page.md`, or a list under it");
                self.report(node.span, pointer, format!("`{title}` has no page"), Some(help));
                None
            }
            _ => {
                let path = self.path(node);
                self.item(Some(title), Goal::Path(path), node.span, pointer)
            }
        }
    }

    fn tag(&self, node: &Node) -> Option<String> {
        self.reader.layers.tag(self.file, node.span).map(str::to_owned)
    }

    /// The text of an entry. People forget the quotes of `'!include …'`, and YAML then has a tag.
    fn path(&self, node: &Node) -> String {
        let tag = self.tag(node);
        if tag.as_deref().is_some_and(|tag| tag.ends_with("!include")) {
            return format!("!include {}", node.scalar_text().unwrap_or_default());
        }
        let spot = Spot { node, file: self.file, tag: tag.as_deref() };
        self.reader.scalar(&spot).unwrap_or_default().trim().to_owned()
    }

    fn item(&mut self, title: Option<&str>, target: Goal, span: Span, pointer: &str) -> Option<Item> {
        self.count += 1;
        if self.count == MAX_ITEMS {
            let message = format!("the nav has more than {MAX_ITEMS} entries; the rest is left out");
            self.report(span, pointer, message, None);
        }
        (self.count < MAX_ITEMS).then(|| Item {
            title: title.map(plain),
            target,
            file: self.file,
            span,
            pointer: pointer.to_owned(),
            prefix: String::new(),
        })
    }

    fn report(&mut self, span: Span, pointer: &str, message: String, help: Option<String>) {
        self.reader.findings.push(invalid(self.file, span, message).pointer(pointer).maybe_help(help));
    }
}
