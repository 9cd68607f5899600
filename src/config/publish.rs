//! How the site is published: which files for machines it has, where it is served from, and what
//! leads from old places to new ones. Whether a redirect leads anywhere is not known here.

use crate::base::Span;
use crate::yaml::{self, Node};

use super::hosting::Hosting;

/// What becomes of an entity's JSON and Markdown, and of a documentation page's Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Twins {
    /// Files of their own, beside the pages.
    #[default]
    Files,
    /// All entities in one file, all text in parts.
    Packed,
    /// Left out.
    None,
}

impl Twins {
    /// How the settings name them.
    pub const NAMES: &[&str] = &["files", "packed", "none"];

    fn from_name(name: &str) -> Option<Self> {
        match name {
            "files" => Some(Self::Files),
            "packed" => Some(Self::Packed),
            "none" => Some(Self::None),
            _ => None,
        }
    }
}

/// How the site is published.
#[derive(Debug, Clone, Default)]
pub struct Publish {
    /// What becomes of twins.
    pub twins: Twins,
    /// Whether the read part of Backstage's catalog API is there as files.
    pub backstage_api: bool,
    /// Whether entities have badges.
    pub badges: bool,
    /// Whether names of authors that are e-mail addresses are shown whole.
    pub emails: bool,
    /// The host, where it is said.
    pub host: Option<&'static Hosting>,
    /// Where the settings say it, or the first place of the file.
    pub host_span: Span,
    /// What leads from an old place to a new one.
    pub redirects: Vec<Redirect>,
}

/// What leads from an old place to a new one, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// An entity reference, or a path of the site.
    pub from: String,
    /// The same, or a URL.
    pub to: String,
    /// Where the old one is written.
    pub from_span: Span,
    /// Where the new one is written.
    pub to_span: Span,
}

impl Redirect {
    /// The JSON pointer of the entry in the settings.
    pub fn pointer(&self) -> String {
        format!("/redirects/{}", yaml::pointer_escape(&self.from))
    }
}

pub(super) fn read(root: &Node) -> Publish {
    let site = |key: &str| root.at(&["site", key]);
    let is = |key: &str| site(key).and_then(Node::as_bool).unwrap_or(false);
    Publish {
        twins: site("twins").and_then(Node::as_str).and_then(Twins::from_name).unwrap_or_default(),
        backstage_api: is("backstage-api"),
        badges: is("badges"),
        emails: is("emails"),
        host: site("host").and_then(Node::as_str).and_then(Hosting::from_name),
        host_span: site("host").map(|node| node.span).unwrap_or_default(),
        redirects: redirects(root.get("redirects")),
    }
}

fn redirects(map: Option<&Node>) -> Vec<Redirect> {
    let entries = map.map(Node::entries).unwrap_or_default().iter();
    let redirect = |entry: &yaml::Entry| {
        Some(Redirect {
            from: entry.key.trim().to_owned(),
            to: entry.value.as_str()?.trim().to_owned(),
            from_span: entry.key_span,
            to_span: entry.value.span,
        })
    };
    entries.filter_map(redirect).collect()
}
