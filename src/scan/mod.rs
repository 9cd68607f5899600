//! The only reader of the input: which folders are repositories, which files they hold, what git
//! says about them. Everything after it sees [`Sources`](crate::base::Sources) alone.

mod base;
mod builder;
mod fetch;
mod folder;
mod git;
mod layout;
mod left_out;
mod snapshot;
mod sources;
mod walk;

pub use base::Base;
pub use fetch::Site;
pub use folder::file;
pub use git::GitError;
pub use layout::Layout;
pub use sources::FolderSources;

use std::path::{Path, PathBuf};

use crate::base::hosts::Hosts;
use crate::base::{FileId, RepoId, Sources as _};
use crate::config::{self, Discovery, Settings, World};
use crate::diagnostics::{Diagnostic, INVALID_SETTING, INVALID_UTF8};

use builder::{Builder, Found, find};
use folder::{Disk, Folder};

/// What the command line says about the input.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Open or closed, whatever the settings say.
    pub world: Option<World>,
    /// The repository's name, where there is one repository.
    pub repository: Option<String>,
    /// Folders that are never looked at: the output and the cache.
    pub skip: Vec<PathBuf>,
    /// Whether folders that nobody has described are taken for repositories by other signs.
    pub guess: bool,
}

/// Why there is no input. A failure of the machine or of the command line, not of a file in it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is nothing at the path.
    #[error("there is nothing at {0}")]
    NotFound(String),
    /// There is a file at the path.
    #[error("{0} is not a folder")]
    NotAFolder(String),
    /// A published site cannot be read.
    #[error("cannot read {site}: {why}")]
    Site {
        /// What was typed.
        site: String,
        /// Why not.
        why: String,
    },
    /// The system refused.
    #[error("cannot read {path}: {source}")]
    Io {
        /// What was read.
        path: String,
        /// Why not.
        source: std::io::Error,
    },
    /// A revision cannot be read.
    #[error(transparent)]
    Git(#[from] GitError),
}

/// The input, opened.
#[derive(Debug)]
pub struct Workspace {
    /// The files.
    pub sources: FolderSources,
    /// The settings.
    pub settings: Settings,
    /// Where the settings stand.
    pub settings_file: Option<FileId>,
    /// Open or closed.
    pub world: World,
    /// How the path was understood.
    pub layout: Layout,
    /// What each repository says about itself, by [`RepoId`].
    pub overrides: Vec<RepositorySettings>,
    /// Folders of repositories that are clones of their own, with a history of their own.
    pub clones: Vec<String>,
    /// Findings about settings, folders and links.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a repository's own settings say inside of a workspace.
#[derive(Debug, Clone, Default)]
pub struct RepositorySettings {
    /// More entry points.
    pub include: Vec<String>,
    /// Files that are not looked at.
    pub exclude: Vec<String>,
    /// How descriptors are found.
    pub discovery: Option<Discovery>,
}

/// Opens the input at a path.
pub fn open(path: &Path, options: &Options) -> Result<Workspace, Error> {
    let shown = path.display().to_string();
    match path.metadata() {
        Ok(metadata) if metadata.is_dir() => {}
        Ok(_) => return Err(Error::NotAFolder(shown)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(Error::NotFound(shown)),
        Err(source) => return Err(Error::Io { path: shown, source }),
    }
    Ok(understand(Box::new(Disk::new(path, &options.skip)), options))
}

/// A folder to a workspace, by its own settings and signs.
fn understand(top: Box<dyn Folder>, options: &Options) -> Workspace {
    let (settings, problems) = read_settings(&*top, "");
    let detect = if options.guess { layout::guess } else { layout::detect };
    let layout = detect(&*top, settings.as_ref());
    let settings = settings.unwrap_or_default();
    let folders = layout::folders(&*top, layout, &settings);
    let world = options.world.or(settings.world).unwrap_or(layout.world());
    let mut builder = Builder::default();
    let found: Vec<Found> = {
        use rayon::prelude::*;
        folders.par_iter().map(|folder| find(&*top, folder, layout, &settings, options)).collect()
    };
    let mut found: Vec<(String, Found)> = found.into_iter().map(|one| (one.name.clone(), one)).collect();
    found.sort_by(|a, b| (&a.0, &a.1.folder).cmp(&(&b.0, &b.1.folder)));
    for (_, one) in found {
        builder.add(one);
    }
    if layout != Layout::Repository {
        builder.add_settings_home(&*top, &settings);
    }
    let Builder { repositories, files, outside, overrides, mut diagnostics } = builder;
    let clones = folders.iter().filter(|folder| !folder.is_empty() && top.is_clone(folder)).cloned().collect();
    let sources = FolderSources::new(top, repositories, files, outside, Hosts(settings.hosts.clone()));
    let home = RepoId(u32::try_from(sources.repositories().len().saturating_sub(1)).unwrap_or(0));
    let settings_file = sources.lookup(home, config::FILE_NAME);
    diagnostics.extend(settings_findings(problems, settings_file));
    if layout == Layout::Workspace && folders.is_empty() {
        let mut finding = Diagnostic::new(&INVALID_SETTING, "`sources` names no folder that is there")
            .help("name the folders of the repositories, relative to these settings: `- path: repos/*`")
            .pointer("/sources");
        if let Some(file) = settings_file {
            finding = finding.at(file, sources_span(&sources, file));
        }
        diagnostics.push(finding);
    }
    Workspace { sources, settings, settings_file, world, layout, overrides, clones, diagnostics }
}

fn sources_span(sources: &FolderSources, file: FileId) -> crate::base::Span {
    let text = sources.text(file);
    let root = text.ok().and_then(|text| crate::yaml::parse_value(text.as_str(), crate::yaml::Limits::default()).ok());
    root.map(|root| root.locate("/sources", true)).unwrap_or_default()
}

fn read_settings(top: &dyn Folder, folder: &str) -> (Option<Settings>, Vec<config::Problem>) {
    let path = if folder.is_empty() { config::FILE_NAME.to_owned() } else { format!("{folder}/{}", config::FILE_NAME) };
    match top.text(&path) {
        Some(text) => {
            let (settings, mut problems) = config::read(text.as_str());
            if text.is_utf16() {
                let (span, pointer) = (crate::base::Span::default(), String::new());
                let (message, help) =
                    (format!("the settings are {} text", text.encoding()), Some("save them as UTF-8".to_owned()));
                problems.insert(0, config::Problem { rule: &INVALID_UTF8, span, pointer, message, help });
            }
            (Some(settings), problems)
        }
        None => (None, Vec::new()),
    }
}

fn settings_findings(problems: Vec<config::Problem>, file: Option<FileId>) -> Vec<Diagnostic> {
    problems
        .into_iter()
        .map(|problem| {
            let mut finding =
                Diagnostic::new(problem.rule, problem.message).pointer(problem.pointer).maybe_help(problem.help);
            if let Some(file) = file {
                finding = finding.at(file, problem.span);
            }
            finding
        })
        .collect()
}
