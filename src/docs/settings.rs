//! `mkdocs.yml`: what of it changes the site. Python tags are names here and nothing is run;
//! `!ENV` gives its default.

use crate::base::{FileId, Place, Sources, Span, paths};
use crate::diagnostics::{DOCS_SETTINGS_INVALID, Diagnostic};
use crate::yaml::{self, Document, Limits, Node, ProblemKind, Value};

/// What `mkdocs.yml` says.
#[derive(Debug, Default)]
pub(super) struct Settings {
    pub(super) name: Option<String>,
    pub(super) description: Option<String>,
    pub(super) repo_url: Option<String>,
    pub(super) edit_uri: Option<String>,
    /// The folder of the pages, from the root of the repository.
    pub(super) docs_dir: Option<String>,
    pub(super) nav: Option<Vec<Item>>,
    /// Folders that snippets are looked for in, as written.
    pub(super) snippet_folders: Vec<String>,
    /// Whether the plugin `macros` would fill in `{{ x }}`.
    pub(super) macros: bool,
}

/// An entry of the nav as it was written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) title: Option<String>,
    pub(super) target: Goal,
    pub(super) span: Span,
    pub(super) pointer: String,
}

/// What an entry of the nav is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Goal {
    Path(String),
    Section(Vec<Item>),
}

/// Deepest nesting of the nav, and most entries.
const MAX_DEPTH: usize = 20;
const MAX_ITEMS: usize = 50_000;
/// Most folders of snippets.
const MAX_FOLDERS: usize = 20;

/// Reads the settings of the site in `folder`.
pub(super) fn read(sources: &dyn Sources, file: FileId, folder: &str) -> (Settings, Vec<Diagnostic>) {
    let mut reader = Reader { file, findings: Vec::new(), document: None, items: 0 };
    let Ok(text) = sources.text(file) else {
        reader.report(Span::default(), "", "the settings of the documentation cannot be read".to_owned(), None);
        return (Settings::default(), reader.findings);
    };
    // `---` at the start is usual, a second document is not.
    let document = yaml::parse(text.as_str(), Limits::default()).into_iter().next();
    for problem in document.iter().flat_map(|document| &document.problems) {
        let message = match &problem.kind {
            ProblemKind::Syntax(why) | ProblemKind::Limit(why) => {
                format!("the settings of the documentation cannot be read: {why}")
            }
            ProblemKind::DuplicateKey { key, .. } => format!("the key `{key}` stands here twice; the last one counts"),
        };
        reader.report(problem.span, "", message, None);
    }
    reader.document = document;
    let root = reader.document.as_mut().and_then(|document| document.root.take());
    let settings = root.map(|root| reader.settings(&root, folder)).unwrap_or_default();
    (settings, reader.findings)
}

/// The options of an entry of a list of names, of maps with one name, or of a map.
fn named<'n>(list: Option<&'n Node>, name: &str) -> Option<Option<&'n Node>> {
    let list = list?;
    let in_items = list.items().iter().find_map(|item| match item.scalar_text() {
        Some(text) => (text == name).then_some(None),
        None => item.get(name).map(Some),
    });
    in_items.or_else(|| list.get(name).map(Some))
}

struct Reader {
    file: FileId,
    findings: Vec<Diagnostic>,
    document: Option<Document>,
    items: usize,
}

impl Reader {
    fn settings(&mut self, root: &Node, folder: &str) -> Settings {
        if root.is_null() {
            return Settings::default();
        }
        if !root.is_map() {
            let message = format!("the settings are {} and not a map", root.type_name());
            self.report(root.span, "", message, Some("write `site_name: …` and what else is needed".to_owned()));
            return Settings::default();
        }
        let mut text = |key: &str| self.text(root, key);
        let mut out = Settings {
            name: text("site_name"),
            description: text("site_description"),
            repo_url: text("repo_url"),
            edit_uri: text("edit_uri"),
            ..Settings::default()
        };
        if let Some(docs_dir) = text("docs_dir") {
            match paths::join(folder, docs_dir.trim_start_matches('/')) {
                Ok(path) => out.docs_dir = Some(path),
                Err(_) => {
                    let span = root.locate("/docs_dir", false);
                    self.report(
                        span,
                        "/docs_dir",
                        format!("`{docs_dir}` leads out of the repository"),
                        Some("name a folder beside mkdocs.yml; without one it is `docs`".to_owned()),
                    );
                }
            }
        }
        out.nav = root.get("nav").and_then(|nav| self.nav(nav));
        out.macros = named(root.get("plugins"), "macros").is_some();
        if let Some(Some(options)) = named(root.get("markdown_extensions"), "pymdownx.snippets") {
            let base = options.get("base_path");
            let one = base.and_then(Node::scalar_text);
            let list = base.map(Node::items).unwrap_or_default().iter().filter_map(Node::scalar_text);
            out.snippet_folders = one.into_iter().chain(list).take(MAX_FOLDERS).collect();
        }
        out
    }

    /// A scalar as text; something else is a finding.
    fn text(&mut self, root: &Node, key: &str) -> Option<String> {
        let node = root.get(key)?;
        let tag = self.document.as_ref().and_then(|document| document.tags.iter().find(|(span, _)| *span == node.span));
        if let Some((_, tag)) = tag {
            // `!ENV [NAME, default]`: the last is the default, and a lone name has none.
            let default = node.items().last().filter(|_| tag.ends_with("ENV") && node.items().len() > 1);
            return default.and_then(Node::scalar_text).filter(|text| !text.is_empty());
        }
        match node.scalar_text() {
            Some(text) => Some(text).filter(|text| !text.is_empty()),
            None => {
                let message = format!("`{key}` is {} and not text", node.type_name());
                self.report(node.span, &format!("/{key}"), message, None);
                None
            }
        }
    }

    fn nav(&mut self, node: &Node) -> Option<Vec<Item>> {
        match &node.value {
            Value::Null => None,
            Value::List(_) | Value::Map(_) => Some(self.items(node, "/nav", 0)),
            _ => {
                let message = format!("`nav` is {} and not a list", node.type_name());
                self.report(
                    node.span,
                    "/nav",
                    message,
                    Some("list pages: `- index.md` or `- Title: page.md`".to_owned()),
                );
                None
            }
        }
    }

    fn items(&mut self, node: &Node, pointer: &str, depth: usize) -> Vec<Item> {
        if depth > MAX_DEPTH {
            self.report(
                node.span,
                pointer,
                format!("the nav is nested deeper than {MAX_DEPTH} levels; what is inside is left out"),
                None,
            );
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
                        out.extend(self.titled(
                            &entry.key,
                            &entry.value,
                            &yaml::pointer_join(&pointer, &entry.key),
                            depth,
                        ));
                    }
                }
                Value::Text(path) => {
                    out.extend(self.item(None, Goal::Path(path.trim().to_owned()), item.span, &pointer));
                }
                _ => {
                    let message = format!("an entry of `nav` is {}", item.type_name());
                    self.report(
                        item.span,
                        &pointer,
                        message,
                        Some("write `page.md`, `Title: page.md`, or `Title:` and a list under it".to_owned()),
                    );
                }
            }
        }
        out
    }

    fn titled(&mut self, title: &str, node: &Node, pointer: &str, depth: usize) -> Option<Item> {
        match &node.value {
            Value::List(_) | Value::Map(_) => {
                let items = self.items(node, pointer, depth + 1);
                self.item(Some(title), Goal::Section(items), node.span, pointer)
            }
            Value::Null => {
                let message = format!("`{title}` has no page");
                self.report(node.span, pointer, message, Some(format!("write `{title}: page.md`, or a list under it")));
                None
            }
            _ => self.item(Some(title), Goal::Path(node.scalar_text()?.trim().to_owned()), node.span, pointer),
        }
    }

    fn item(&mut self, title: Option<&str>, target: Goal, span: Span, pointer: &str) -> Option<Item> {
        self.items += 1;
        if self.items == MAX_ITEMS {
            self.report(
                span,
                pointer,
                format!("the nav has more than {MAX_ITEMS} entries; the rest is left out"),
                None,
            );
        }
        (self.items < MAX_ITEMS).then(|| Item {
            title: title.map(str::to_owned),
            target,
            span,
            pointer: pointer.to_owned(),
        })
    }

    fn report(&mut self, span: Span, pointer: &str, message: String, help: Option<String>) {
        let place = Place::new(self.file, span);
        self.findings.push(
            Diagnostic::new(&DOCS_SETTINGS_INVALID, message)
                .at(place.file, place.span)
                .pointer(pointer)
                .maybe_help(help),
        );
    }
}
