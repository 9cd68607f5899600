//! The organisation's own theme as it was read: the files that go before those of the default theme,
//! its texts, what the settings say of the looks, and the pages that it adds. What cannot be used is a
//! finding, and the default stands in for it. Knows no template: `site` renders.

mod annotations;
mod colors;
mod navigation;
mod pages;
mod palette;
mod query;
mod settings;
mod strings;
mod texts;

pub use navigation::{NavEntry, NavTarget};
pub use pages::Page;
pub use query::Query;
pub use texts::{Texts, said};

use crate::base::{FileId, Hash, Memo, RepoId, Sources, paths};
use crate::config::{AnnotationLink, Settings};
use crate::diagnostics::{Diagnostic, Rule};
use crate::graph::Graph;
use crate::model::Catalog;
use crate::yaml::{self, Limits, Node};

/// A file of the user's theme: its path in the theme's folder, and its bytes.
pub type ThemeFile = (String, Vec<u8>);

/// How the site looks, as far as it is not the default.
#[derive(Debug, Default)]
pub struct Look {
    /// The folder of the theme, as findings and errors name it.
    pub folder: String,
    /// Its files that go before those of the default theme.
    pub files: Vec<ThemeFile>,
    /// Files that are written as they are, by output path.
    pub assets: Vec<ThemeFile>,
    /// The words of the site.
    pub texts: Texts,
    /// Where well-known annotations lead.
    pub annotations: Vec<AnnotationLink>,
    /// The logo beside its name.
    pub logo: Option<Logo>,
    /// What the bar leads to; nothing for what it has by itself.
    pub navigation: Option<Vec<NavEntry>>,
    /// The pages that the theme adds.
    pub pages: Vec<Page>,
}

/// Output paths of the logo.
#[derive(Debug, Clone)]
pub struct Logo {
    /// For light ground, or for both.
    pub light: String,
    /// For dark ground, where it is another one.
    pub dark: Option<String>,
}

impl Look {
    /// The path of a template as its author knows it; nothing for one of the default theme.
    pub fn path_of(&self, template: &str) -> Option<String> {
        self.files.iter().any(|(path, _)| path == template).then(|| format!("{}/{template}", self.folder))
    }
}

/// What a theme is read with.
pub struct Input<'a> {
    /// The settings.
    pub settings: &'a Settings,
    /// Their file.
    pub settings_file: Option<FileId>,
    /// The files.
    pub sources: &'a dyn Sources,
    /// The catalog.
    pub catalog: &'a Catalog,
    /// Its relations.
    pub graph: &'a Graph,
    /// Results of earlier work.
    pub memo: &'a dyn Memo,
}

/// Reads the theme that the settings name.
pub fn read(input: &Input<'_>) -> (Look, Vec<Diagnostic>) {
    let Input { settings, settings_file, sources, .. } = *input;
    let home = settings_file.map_or(RepoId(0), |file| sources.repo_of(file));
    let mut look = Look::default();
    let mut findings = Vec::new();
    let mut annotations = Vec::new();
    if let Some(folder) = settings.theme.folder.as_ref().and_then(|folder| paths::join("", folder).ok()) {
        folder.clone_into(&mut look.folder);
        annotations = read_folder(input, home, &folder, &mut look, &mut findings);
    }
    let mut report = Report::new(settings_file, sources);
    let path = (!look.folder.is_empty()).then(|| look.folder.clone());
    let folder = settings::Folder { sources, home, path: path.as_deref() };
    settings::apply(&settings.theme, &folder, &mut look, &mut report);
    look.annotations = annotations::table(annotations, &settings.annotations);
    look.navigation = navigation::read(&settings.theme, input.catalog, &look.pages, &mut report);
    findings.append(&mut report.findings);
    (look, findings)
}

/// Reads the files of the folder; gives where its annotations lead.
fn read_folder(
    input: &Input<'_>,
    home: RepoId,
    folder: &str,
    look: &mut Look,
    findings: &mut Vec<Diagnostic>,
) -> Vec<AnnotationLink> {
    let sources = input.sources;
    let files = sources.under(home, folder);
    let mut strings = None;
    let mut annotations = Vec::new();
    for &file in &files {
        let path = &sources.path(file)[folder.len() + 1..];
        if path == strings::FILE {
            strings = Some(file);
        } else if path == annotations::FILE
            && let Ok(text) = sources.text(file)
        {
            annotations = annotations::read(file, text.as_str(), findings);
        } else if is_of_theme(path)
            && let Ok(bytes) = sources.bytes(file)
        {
            look.files.push((path.to_owned(), bytes));
        }
    }
    if let Some((file, text)) = strings.and_then(|file| Some((file, sources.text(file).ok()?))) {
        let own: String = look.files.iter().map(|(_, bytes)| String::from_utf8_lossy(bytes)).collect();
        look.texts = strings::read(file, text.as_str(), &own, findings);
    }
    let reader = pages::Reader { catalog: input.catalog, graph: input.graph, sources, memo: input.memo, folder };
    reader.read(&files, look, findings);
    annotations
}

/// Whether a file takes the place of one of the default theme, or stands beside them.
fn is_of_theme(path: &str) -> bool {
    path.ends_with(".html") || path.starts_with("assets/") || path.starts_with("styles/")
}

/// The name of an asset with the hash of its content: `assets/style.1a2b3c4d.css`.
pub fn hashed_name(path: &str, bytes: &[u8]) -> String {
    let hash = Hash::of(bytes).short(8);
    match path.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{hash}.{extension}"),
        None => format!("{path}.{hash}"),
    }
}

/// A word as a heading begins.
pub fn capitalised(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// Findings about the settings, at their places.
struct Report {
    file: Option<FileId>,
    root: Option<Node>,
    findings: Vec<Diagnostic>,
}

impl Report {
    fn new(file: Option<FileId>, sources: &dyn Sources) -> Self {
        let text = file.and_then(|file| sources.text(file).ok());
        let root = text.and_then(|text| yaml::parse_value(text.as_str(), Limits::default()).ok());
        Self { file, root, findings: Vec::new() }
    }

    #[cfg(test)]
    fn nowhere() -> Self {
        Self { file: None, root: None, findings: Vec::new() }
    }

    fn say(&mut self, rule: &'static Rule, pointer: &str, message: String, help: Option<String>) {
        let mut finding = Diagnostic::new(rule, message).pointer(pointer).maybe_help(help);
        if let (Some(file), Some(root)) = (self.file, &self.root) {
            finding = finding.at(file, root.locate(pointer, false));
        }
        self.findings.push(finding);
    }
}
