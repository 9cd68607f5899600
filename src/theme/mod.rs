//! The organisation's own theme as it was read: the files that go before those of the default theme,
//! and its texts. What cannot be used is a finding, and the default stands in for it. Knows no
//! template: `site` renders.

mod annotations;
mod strings;
mod texts;

pub use texts::Texts;

use crate::base::{FileId, RepoId, Sources, paths};
use crate::config::{AnnotationLink, Settings};
use crate::diagnostics::Diagnostic;

/// A file of the user's theme: its path in the theme's folder, and its bytes.
pub type ThemeFile = (String, Vec<u8>);

/// How the site looks, as far as it is not the default.
#[derive(Debug, Default)]
pub struct Look {
    /// The folder of the theme, as findings and errors name it.
    pub folder: String,
    /// Its files that go before those of the default theme.
    pub files: Vec<ThemeFile>,
    /// The words of the site.
    pub texts: Texts,
    /// Where well-known annotations lead.
    pub annotations: Vec<AnnotationLink>,
}

impl Look {
    /// The path of a template as its author knows it; nothing for one of the default theme.
    pub fn path_of(&self, template: &str) -> Option<String> {
        self.files.iter().any(|(path, _)| path == template).then(|| format!("{}/{template}", self.folder))
    }
}

/// Reads the theme that the settings name.
pub fn read(settings: &Settings, settings_file: Option<FileId>, sources: &dyn Sources) -> (Look, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let home = settings_file.map_or(RepoId(0), |file| sources.repo_of(file));
    let mut look = Look::default();
    let mut annotations = Vec::new();
    let folder = settings.theme.folder.as_ref().and_then(|folder| paths::join("", folder).ok());
    if let Some(folder) = folder {
        let mut strings = None;
        for file in sources.under(home, &folder) {
            let path = &sources.path(file)[folder.len() + 1..];
            if path == strings::FILE {
                strings = Some(file);
            } else if path == annotations::FILE
                && let Ok(text) = sources.text(file)
            {
                annotations = annotations::read(file, text.as_str(), &mut findings);
            } else if is_of_theme(path)
                && let Ok(bytes) = sources.bytes(file)
            {
                look.files.push((path.to_owned(), bytes));
            }
        }
        look.folder = folder;
        if let Some((file, text)) = strings.and_then(|file| Some((file, sources.text(file).ok()?))) {
            let own: String = look.files.iter().map(|(_, bytes)| String::from_utf8_lossy(bytes)).collect();
            look.texts = strings::read(file, text.as_str(), &own, &mut findings);
        }
    }
    look.annotations = annotations::table(annotations, &settings.annotations);
    (look, findings)
}

/// Whether a file takes the place of one of the default theme, or stands beside them.
fn is_of_theme(path: &str) -> bool {
    path.ends_with(".html") || path.starts_with("assets/") || path.starts_with("styles/")
}

/// A word as a heading begins.
pub fn capitalised(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
