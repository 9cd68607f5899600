//! The tool's settings: `catalog-config.yaml` as written (`shape`) and as resolved
//! ([`Settings`]). Reading never fails: what cannot be used is a [`Problem`], and the rest counts.

mod annotations;
mod architecture;
mod catalog_rules;
mod hosting;
mod publish;
mod read;
mod shape;
mod theme;

pub use annotations::{ANNOTATION_GROUPS, AnnotationLink, read_annotations};
pub use architecture::{Border, CORE_RELATIONS, DEFAULT_RELATIONS, EdgeEnd, EdgeRule, Trait};
pub use catalog_rules::{AllowRule, AllowedKind, LocationMatch, LocationSetting, is_allowed};
pub use hosting::{HOSTINGS, Hosting};
pub use publish::{Publish, Redirect, Twins};
pub use read::{Problem, read, site_url};
pub use shape::{json_schema, shape};
pub use theme::{
    ColorSetting, FontFile, FontSetting, LogoSetting, NavSetting, POINTER as THEME_POINTER, SECTIONS, ThemeSettings,
};

use crate::base::hosts::HostKind;
use crate::diagnostics::Levels;

/// The name of the file.
pub const FILE_NAME: &str = "catalog-config.yaml";

/// Whether all of the organisation is in view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum World {
    /// One repository of many: what is not there may be elsewhere.
    Open,
    /// All of it: what is not there does not exist.
    Closed,
}

impl World {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }

    /// The world with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "open" => Some(Self::Open),
            "closed" => Some(Self::Closed),
            _ => None,
        }
    }
}

/// How the descriptors of a repository are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Discovery {
    /// From the entry points on, along Locations.
    EntryPoints,
    /// Every YAML document whose apiVersion and kind are known.
    All,
}

/// How CODEOWNERS is read, whatever the host is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeOwnersSetting {
    /// As GitHub does.
    GitHub,
    /// As GitLab does.
    GitLab,
    /// Not at all.
    Off,
}

/// The settings, resolved: every value is there.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The organisation's name.
    pub organization: Option<String>,
    /// The title of the site.
    pub site_title: Option<String>,
    /// Where the site will be served from, ending in a slash.
    pub site_url: Option<String>,
    /// Whether search engines are asked to stay away.
    pub noindex: bool,
    /// How the site is published.
    pub publish: Publish,
    /// Whether addresses of e-mail from git are published.
    pub emails: bool,
    /// Folder patterns of the repositories; `None` when the key is not there.
    pub sources: Option<Vec<String>>,
    /// Whether all of the organisation is in view, where it is said.
    pub world: Option<World>,
    /// The repository's name, where it is said.
    pub name: Option<String>,
    /// More entry points, as patterns.
    pub include: Vec<String>,
    /// Files that are not looked at, as patterns.
    pub exclude: Vec<String>,
    /// How descriptors are found, where it is said.
    pub discovery: Option<Discovery>,
    /// Files with groups and users.
    pub import: Vec<String>,
    /// Levels of rules.
    pub levels: Levels,
    /// References, or patterns of them, that exist elsewhere.
    pub external: Vec<String>,
    /// Addresses of the Backstage that this catalog takes the place of, without a slash at the end.
    pub backstage: Vec<String>,
    /// Which kinds which locations may hold; `None` for all.
    pub catalog_rules: Option<Vec<AllowRule>>,
    /// Locations with rules of their own.
    pub catalog_locations: Vec<LocationSetting>,
    /// Which edges the architecture allows.
    pub architecture: Vec<EdgeRule>,
    /// Kinds of the organisation's own.
    pub kinds: Vec<CustomKind>,
    /// Names of more fields in the `spec` of core kinds.
    pub fields: Vec<(String, Vec<String>)>,
    /// Actions that the organisation's own scaffolder has, as patterns.
    pub scaffolder_actions: Vec<String>,
    /// Filters that it has.
    pub scaffolder_filters: Vec<String>,
    /// Kinds of hosts.
    pub hosts: Vec<(String, HostKind)>,
    /// How the site looks.
    pub theme: ThemeSettings,
    /// Rows for the table of well-known annotations.
    pub annotations: Vec<AnnotationLink>,
    /// Whether folders without `.git` take the facts of the repository around them.
    pub inherit_git: bool,
    /// How CODEOWNERS is read, where it is said.
    pub codeowners: Option<CodeOwnersSetting>,
    /// Variables of the environment that `!ENV` of a `mkdocs.yml` may read.
    pub docs_environment: Vec<String>,
    /// Hosts whose pages may stand in documentation as frames.
    pub docs_frames: Vec<String>,
    /// Whether documentation is written as TechDocs stores it, too.
    pub docs_backstage: bool,
}

impl Settings {
    /// The title of the site.
    pub fn title(&self) -> String {
        self.site_title.clone().or_else(|| self.organization.clone()).unwrap_or_else(|| "Software catalog".to_owned())
    }
}

/// A kind of the organisation's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomKind {
    /// Its name.
    pub kind: String,
    /// The apiVersions it is accepted with.
    pub api_versions: Vec<String>,
    /// The word for many of them.
    pub plural: String,
    /// What it is for.
    pub description: String,
    /// The path of its JSON Schema, relative to the settings.
    pub schema: Option<String>,
    /// Its fields that refer to other entities.
    pub references: Vec<CustomReference>,
    /// Where the settings name it.
    pub span: crate::base::Span,
}

/// A field of such a kind that refers to other entities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomReference {
    /// Its keys: `spec.owner`.
    pub field: String,
    /// The kinds it may lead to; empty for any.
    pub kinds: Vec<String>,
    /// The kind of references that do not say.
    pub default_kind: Option<String>,
    /// The relation it makes.
    pub relation: String,
    /// The relation's name from the other end.
    pub inverse: Option<String>,
}
