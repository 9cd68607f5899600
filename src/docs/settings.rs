//! `mkdocs.yml`: what of it changes the site. Python tags are names here and nothing is run;
//! `!ENV` gives its default, or a variable that the tool's own settings list.

use crate::base::{FileId, Sources, Span, paths};
use crate::diagnostics::{Diagnostic, Level};
use crate::yaml::Node;

use super::extensions::{self, Extensions};
use super::ignored;
use super::items::{self, Item};
use super::layers::{Layers, Spot, invalid};
use super::patterns::Patterns;
use super::plugins::{self, Plugins};

/// Variables of the environment that `!ENV` may read, with their values.
pub type Environment = [(String, String)];

/// What `mkdocs.yml` says.
#[derive(Debug, Default)]
pub(super) struct Settings {
    pub(super) name: Option<String>,
    pub(super) description: Option<String>,
    pub(super) site_url: Option<String>,
    pub(super) repo_url: Option<String>,
    pub(super) edit: Edit,
    /// The folder of the pages, from the root of the repository.
    pub(super) docs_dir: Option<String>,
    pub(super) nav: Option<Vec<Item>>,
    /// Whether `a.md` was to be served as `a/` and not as `a.html`.
    pub(super) directory_urls: bool,
    /// Pages that are no part of the site.
    pub(super) exclude: Patterns,
    /// Pages that are not published.
    pub(super) drafts: Patterns,
    /// Pages that may be missing in the nav.
    pub(super) not_in_nav: Patterns,
    pub(super) validation: Validation,
    pub(super) plugins: Plugins,
    pub(super) extensions: Extensions,
    /// Whether the theme makes the first index of a section the page of the section.
    pub(super) section_indexes: bool,
}

/// Where the pages can be edited.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Edit {
    /// Where the repository's host has it.
    #[default]
    Default,
    /// Nowhere.
    Off,
    /// `edit_uri`: what stands before the path of a page.
    Before(String),
    /// `edit_uri_template`.
    Template(String),
}

/// The levels that `validation` gives to findings; `None` where it says nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Validation {
    /// Pages that the nav does not have.
    pub(super) omitted_files: Option<Level>,
    /// Entries of the nav that lead nowhere.
    pub(super) nav_not_found: Option<Level>,
    /// Links to pages that are not there.
    pub(super) not_found: Option<Level>,
    /// Links to headings that are not there.
    pub(super) anchors: Option<Level>,
    /// Links that begin with `/` and lead nowhere.
    pub(super) absolute_links: Option<Level>,
    /// Whether those are paths below the folder of the pages, and nothing else.
    pub(super) relative_to_docs: bool,
    /// Links that name neither a file nor a URL, as `../guide/`, and lead nowhere.
    pub(super) unrecognized_links: Option<Level>,
}

/// A reader of the settings of one site.
pub(super) struct Reader<'a> {
    pub(super) layers: &'a Layers,
    pub(super) environment: &'a Environment,
    pub(super) file: FileId,
    pub(super) folder: &'a str,
    pub(super) findings: &'a mut Vec<Diagnostic>,
}

/// Reads the settings of the site in `folder`.
pub(super) fn read(
    sources: &dyn Sources,
    environment: &Environment,
    file: FileId,
    folder: &str,
) -> (Settings, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let layers = Layers::read(sources, file, &mut findings);
    if layers.is_empty() {
        return (Settings::default(), findings);
    }
    let mut reader = Reader { layers: &layers, environment, file, folder, findings: &mut findings };
    let settings = reader.settings();
    ignored::note(&layers, file, &mut findings);
    (settings, findings)
}

impl Reader<'_> {
    fn settings(&mut self) -> Settings {
        let plugins = plugins::read(self);
        let mut exclude = self.patterns("exclude_docs");
        exclude.extend(plugins.exclude.iter().map(String::as_str), |_| {});
        Settings {
            name: self.text("site_name"),
            description: self.text("site_description"),
            site_url: self.text("site_url"),
            repo_url: self.text("repo_url"),
            edit: self.edit(),
            docs_dir: self.docs_dir(),
            nav: items::read(self),
            directory_urls: self.text("use_directory_urls").as_deref() != Some("false"),
            exclude,
            drafts: self.patterns("draft_docs"),
            not_in_nav: self.patterns("not_in_nav"),
            validation: self.validation(),
            extensions: extensions::read(self),
            section_indexes: self.has_feature("navigation.indexes"),
            plugins,
        }
    }

    fn validation(&mut self) -> Validation {
        // In the nav `/` is the folder of the pages at all times.
        self.absolute("nav");
        let (absolute_links, relative_to_docs) = self.absolute("links");
        Validation {
            omitted_files: self.level(&["validation", "nav", "omitted_files"], &["validation", "omitted_files"]),
            nav_not_found: self.level(&["validation", "nav", "not_found"], &["validation", "not_found"]),
            not_found: self.level(&["validation", "links", "not_found"], &["validation", "not_found"]),
            anchors: self.level(&["validation", "links", "anchors"], &["validation", "anchors"]),
            absolute_links,
            relative_to_docs,
            unrecognized_links: self
                .level(&["validation", "links", "unrecognized_links"], &["validation", "unrecognized_links"]),
        }
    }

    /// The level of `absolute_links`, or that they are relative to the pages.
    fn absolute(&mut self, part: &str) -> (Option<Level>, bool) {
        let (path, short) = (["validation", part, "absolute_links"], ["validation", "absolute_links"]);
        let spot = self.layers.get(&path).or_else(|| self.layers.get(&short));
        if spot.and_then(|spot| self.scalar(&spot)).as_deref() == Some("relative_to_docs") {
            return (None, true);
        }
        (self.level(&path, &short), false)
    }

    fn edit(&mut self) -> Edit {
        if let Some(template) = self.text("edit_uri_template") {
            return Edit::Template(template);
        }
        let written = self.layers.get(&["edit_uri"]).and_then(|spot| spot.node.scalar_text());
        match written.as_deref() {
            Some("") => Edit::Off,
            _ => self.text("edit_uri").map_or(Edit::Default, Edit::Before),
        }
    }

    fn docs_dir(&mut self) -> Option<String> {
        let written = self.text("docs_dir")?;
        match paths::join(self.folder, written.trim_start_matches('/')) {
            Ok(path) => Some(path),
            Err(_) => {
                let help = "name a folder beside mkdocs.yml; without one it is `docs`";
                self.report(&["docs_dir"], format!("`{written}` leads out of the repository"), Some(help));
                None
            }
        }
    }

    /// The value at a key as text; something else is a finding.
    pub(super) fn text(&mut self, key: &str) -> Option<String> {
        let spot = self.layers.get(&[key])?;
        let found = self.scalar(&spot);
        if found.is_none() && !spot.node.is_null() && spot.tag.is_none() {
            let message = format!("`{key}` is {} and not text", spot.node.type_name());
            self.report(&[key], message, None);
        }
        found.filter(|text| !text.is_empty())
    }

    /// A scalar, `!ENV` resolved: the first variable that may be read and is there, else the default.
    pub(super) fn scalar(&self, spot: &Spot<'_>) -> Option<String> {
        match spot.tag {
            Some(tag) if tag.ends_with("ENV") => {
                let names = spot.node.items();
                // A lone name has no default, and the last of a list is one.
                let (names, default) = match names.split_last() {
                    Some((last, names)) if !names.is_empty() => (names, last.scalar_text()),
                    _ if names.is_empty() => (std::slice::from_ref(spot.node), None),
                    _ => (names, None),
                };
                let value = |name: &Node| {
                    let name = name.as_str()?;
                    self.environment.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
                };
                names.iter().find_map(value).or(default)
            }
            Some(_) => None,
            None => spot.node.scalar_text(),
        }
    }

    fn patterns(&mut self, key: &str) -> Patterns {
        let Some(text) = self.text(key) else { return Patterns::default() };
        let (patterns, unread) = Patterns::read(&text);
        for pattern in unread {
            self.report(&[key], format!("`{pattern}` cannot be read as a pattern"), None);
        }
        patterns
    }

    fn level(&mut self, path: &[&str], short: &[&str]) -> Option<Level> {
        let (path, spot) = match self.layers.get(path) {
            Some(spot) => (path, spot),
            None => (short, self.layers.get(short)?),
        };
        match self.scalar(&spot).as_deref() {
            Some("warn") => Some(Level::Warning),
            Some("info") => Some(Level::Note),
            Some("ignore") => Some(Level::Off),
            written => {
                let shown = written.unwrap_or("this").to_owned();
                let help = "the levels are `warn`, `info` and `ignore`";
                self.report(path, format!("`{}` has no level `{shown}`", path.join(".")), Some(help));
                None
            }
        }
    }

    fn has_feature(&self, name: &str) -> bool {
        let features = self.layers.get(&["theme", "features"]);
        features.is_some_and(|spot| spot.node.items().iter().any(|item| item.as_str() == Some(name)))
    }

    /// A finding at a path of keys.
    pub(super) fn report(&mut self, path: &[&str], message: String, help: Option<&str>) {
        let (file, span) =
            self.layers.get(path).map_or((self.file, Span::default()), |spot| (spot.file, spot.node.span));
        let pointer: String = path.iter().map(|key| format!("/{key}")).collect();
        self.findings.push(invalid(file, span, message).pointer(pointer).maybe_help(help.map(str::to_owned)));
    }
}
