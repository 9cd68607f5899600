//! One entity: its tree with places, and the few fields that everything asks for.

use serde_json::{Map, Value as Json};

use crate::base::{FileId, Place, Span};
use crate::yaml::Node;

use super::catalog::EntityId;
use super::kinds::KindId;
use super::reference::EntityRef;

/// A document of a descriptor, placeholders replaced.
#[derive(Debug, Clone)]
pub struct Document {
    /// The file it stands in.
    pub file: FileId,
    /// The entry point that led to the file.
    pub entry_point: FileId,
    /// The bytes it covers.
    pub span: Span,
    /// Its tree, placeholders replaced.
    pub root: Node,
    /// Which values came from other files.
    pub origins: Vec<Origin>,
    /// Whether it came from an import file and not from a descriptor.
    pub imported: bool,
}

/// An entity of the catalog: a document with a reference and a known kind.
#[derive(Debug)]
pub struct Entity {
    /// Its number, in the order of references.
    pub id: EntityId,
    /// Its reference, in the case it was written.
    pub reference: EntityRef,
    /// Its kind.
    pub kind: KindId,
    /// Its document.
    pub document: Document,
}

impl std::ops::Deref for Entity {
    type Target = Document;

    fn deref(&self) -> &Document {
        &self.document
    }
}

/// A value that a placeholder brought in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Where it stands in the entity.
    pub pointer: String,
    /// `$text`, `$json` …
    pub resolver: String,
    /// The place of the placeholder's value in the descriptor.
    pub span: Span,
    /// What came of it.
    pub state: OriginState,
}

/// What came of a placeholder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OriginState {
    /// The content of a file. Spans below it are in that file when it was parsed as a tree.
    File {
        /// The file.
        file: FileId,
        /// Whether it was read as a tree and not as text.
        parsed: bool,
    },
    /// A URL that was not fetched.
    NotFetched(String),
    /// Nothing: there is a finding about it.
    Failed,
}

/// A link of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link<'a> {
    /// The URL.
    pub url: &'a str,
    /// Its title.
    pub title: Option<&'a str>,
    /// The name of its icon.
    pub icon: Option<&'a str>,
    /// What it is.
    pub kind: Option<&'a str>,
}

impl Document {
    /// The place of a value, in the file that it was written in.
    pub fn place(&self, pointer: &str) -> Place {
        self.locate(pointer, false)
    }

    /// The place of a key, in the file that it was written in.
    pub fn key_place(&self, pointer: &str) -> Place {
        self.locate(pointer, true)
    }

    /// The origin of the value at a pointer, when it stands inside of one.
    pub fn origin_of(&self, pointer: &str) -> Option<&Origin> {
        self.origins.iter().find(|origin| {
            pointer.strip_prefix(origin.pointer.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    /// The document as JSON. A placeholder that was not fetched stands there as it was written.
    pub fn to_json(&self) -> Json {
        let mut root = self.root.to_json();
        for origin in &self.origins {
            if let OriginState::NotFetched(url) = &origin.state
                && let Some(value) = root.pointer_mut(&origin.pointer)
            {
                let mut placeholder = Map::new();
                placeholder.insert(origin.resolver.clone(), Json::from(url.as_str()));
                *value = Json::Object(placeholder);
            }
        }
        root
    }

    fn locate(&self, pointer: &str, key: bool) -> Place {
        if let Some(origin) = self.origin_of(pointer) {
            let inside = pointer.len() > origin.pointer.len();
            if let (OriginState::File { file, parsed: true }, true) = (&origin.state, inside) {
                return Place::new(*file, self.root.locate(pointer, key));
            }
            if !key {
                return Place::new(self.file, origin.span);
            }
        }
        Place::new(self.file, self.root.locate(pointer, key))
    }
}

impl Entity {
    /// The full reference in lower case.
    pub fn key(&self) -> String {
        self.reference.key()
    }

    /// A text by its path.
    pub fn text(&self, path: &[&str]) -> Option<&str> {
        self.root.at(path)?.as_str().filter(|text| !text.is_empty())
    }

    /// Title, display name, or name.
    pub fn title(&self) -> &str {
        self.text(&["metadata", "title"])
            .or_else(|| self.text(&["spec", "profile", "displayName"]))
            .filter(|title| !title.trim().is_empty())
            .unwrap_or(&self.reference.name)
    }

    /// The description.
    pub fn description(&self) -> Option<&str> {
        self.text(&["metadata", "description"])
    }

    /// `spec.type`
    pub fn spec_type(&self) -> Option<&str> {
        self.text(&["spec", "type"])
    }

    /// `spec.lifecycle`
    pub fn lifecycle(&self) -> Option<&str> {
        self.text(&["spec", "lifecycle"])
    }

    /// The tags.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.root.at(&["metadata", "tags"]).map(Node::items).unwrap_or_default().iter().filter_map(Node::as_str)
    }

    /// Annotations, in the order of the file.
    pub fn annotations(&self) -> impl Iterator<Item = (&str, &str)> {
        self.text_map("annotations")
    }

    /// Labels, in the order of the file.
    pub fn labels(&self) -> impl Iterator<Item = (&str, &str)> {
        self.text_map("labels")
    }

    /// An annotation.
    pub fn annotation(&self, key: &str) -> Option<&str> {
        self.text(&["metadata", "annotations", key])
    }

    /// Links with a URL that may be followed.
    pub fn links(&self) -> impl Iterator<Item = Link<'_>> {
        let links = self.root.at(&["metadata", "links"]).map(Node::items).unwrap_or_default();
        links.iter().filter_map(|link| {
            let text = |key| link.get(key).and_then(Node::as_str).filter(|text| !text.trim().is_empty());
            let url = text("url")?.trim();
            (super::format::is_url(url) && !super::format::is_dangerous_url(url)).then_some(())?;
            Some(Link { url, title: text("title"), icon: text("icon"), kind: text("type") })
        })
    }

    fn text_map<'a>(&'a self, field: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let entries = self.root.at(&["metadata", field]).map(Node::entries).unwrap_or_default();
        entries.iter().filter_map(|entry| Some((&*entry.key, entry.value.as_str()?)))
    }
}
