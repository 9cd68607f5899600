//! The only reader of the input: which folders are repositories, which files they hold, what git
//! says about them. Everything after it sees [`Sources`](crate::base::Sources) alone.

mod fetch;
mod folder;
mod git;
mod layout;
mod walk;

pub use fetch::Site;
pub use folder::{FolderSources, file};
pub use layout::{Layout, guess};

use std::path::{Path, PathBuf};

use crate::base::hosts::Hosts;
use crate::base::{FileId, RepoId, Repository, Sources as _};
use crate::config::{self, Discovery, Settings, World};
use crate::diagnostics::{DUPLICATE_REPOSITORY, Diagnostic, INVALID_SETTING, OUTSIDE_LINK, UNREADABLE_FILE};

/// What the command line says about the input.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Open or closed, whatever the settings say.
    pub world: Option<World>,
    /// The repository's name, where there is one repository.
    pub repository: Option<String>,
    /// Folders that are never looked at: the output and the cache.
    pub skip: Vec<PathBuf>,
    /// How the path is understood, whatever it looks like.
    pub layout: Option<Layout>,
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
    let (settings, problems) = read_settings(path);
    let layout = options.layout.unwrap_or_else(|| layout::detect(path, settings.as_ref()));
    let settings = settings.unwrap_or_default();
    let folders = layout::folders(path, layout, &settings);
    let world = options.world.or(settings.world).unwrap_or(layout.world());
    let mut builder = Builder { hosts: Hosts(settings.hosts.clone()), ..Builder::default() };
    let found: Vec<Found> = {
        use rayon::prelude::*;
        folders.par_iter().map(|folder| find(path, folder, layout, &settings, options)).collect()
    };
    let mut found: Vec<(String, Found)> = found.into_iter().map(|one| (one.name.clone(), one)).collect();
    found.sort_by(|a, b| (&a.0, &a.1.folder).cmp(&(&b.0, &b.1.folder)));
    for (_, one) in found {
        builder.add(one);
    }
    if layout != Layout::Repository {
        builder.add_settings_home(path, &settings);
    }
    let mut diagnostics = builder.diagnostics;
    let sources =
        FolderSources::new(builder.repositories, builder.roots, builder.files, builder.outside, builder.hosts);
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
    Ok(Workspace { sources, settings, settings_file, world, layout, overrides: builder.overrides, diagnostics })
}

fn sources_span(sources: &FolderSources, file: FileId) -> crate::base::Span {
    let text = sources.text(file);
    let root = text.ok().and_then(|text| crate::yaml::parse_value(text.as_str(), crate::yaml::Limits::default()).ok());
    root.map(|root| root.locate("/sources", true)).unwrap_or_default()
}

fn read_settings(folder: &Path) -> (Option<Settings>, Vec<config::Problem>) {
    match folder::read_text(&folder.join(config::FILE_NAME)) {
        Some(text) => {
            let (settings, problems) = config::read(text.as_str());
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

/// A repository as it was found on disk.
struct Found {
    name: String,
    folder: String,
    root: PathBuf,
    git: git::Facts,
    overrides: RepositorySettings,
    walked: walk::Walked,
}

fn find(path: &Path, folder: &str, layout: Layout, settings: &Settings, options: &Options) -> Found {
    let root = if folder.is_empty() { path.to_path_buf() } else { path.join(folder) };
    let git = git::facts(&root, settings.inherit_git);
    let own =
        if layout == Layout::Repository { Settings::default() } else { read_settings(&root).0.unwrap_or_default() };
    let declared = if layout == Layout::Repository {
        options.repository.clone().or_else(|| settings.name.clone())
    } else {
        own.name.clone()
    };
    let name = declared
        .or_else(|| git.remote.as_ref().map(crate::base::hosts::Remote::identity))
        .unwrap_or_else(|| folder_name(&root));
    let overrides = RepositorySettings { include: own.include, exclude: own.exclude, discovery: own.discovery };
    let exclude: Vec<&str> = settings.exclude.iter().chain(&overrides.exclude).map(String::as_str).collect();
    let walked = walk::walk(&root, &exclude, &options.skip);
    Found { name, folder: folder.to_owned(), root, git, overrides, walked }
}

fn folder_name(root: &Path) -> String {
    let name = |path: &Path| path.file_name().and_then(|name| name.to_str()).map(str::to_owned);
    name(root).or_else(|| root.canonicalize().ok().as_deref().and_then(name)).unwrap_or_else(|| "repository".to_owned())
}

#[derive(Default)]
struct Builder {
    repositories: Vec<Repository>,
    roots: Vec<PathBuf>,
    files: Vec<(RepoId, String)>,
    outside: Vec<(RepoId, String)>,
    overrides: Vec<RepositorySettings>,
    diagnostics: Vec<Diagnostic>,
    hosts: Hosts,
}

impl Builder {
    fn add(&mut self, found: Found) {
        let id = RepoId(u32::try_from(self.repositories.len()).unwrap_or(u32::MAX));
        let mut name = found.name.clone();
        let mut number = 2;
        while let Some(first) = self.repositories.iter().find(|repository| repository.name == name) {
            if number == 2 {
                let message = format!(
                    "`{}` and `{}` are both the repository `{}`",
                    shown(&first.root),
                    shown(&found.folder),
                    found.name
                );
                let finding = Diagnostic::new(&DUPLICATE_REPOSITORY, message)
                    .in_repository(id)
                    .subject(found.folder.clone())
                    .help("leave one of them out of the sources, or give it a `name:` in a catalog-config.yaml of its own");
                self.diagnostics.push(finding);
            }
            name = format!("{}~{number}", found.name);
            number += 1;
        }
        for link in found.walked.outside {
            let message = format!("`{link}` is a link that leads out of the repository");
            let finding = Diagnostic::new(&OUTSIDE_LINK, message).in_repository(id).subject(link.clone());
            self.diagnostics.push(finding.help("put a copy of what it leads to into the repository"));
            self.outside.push((id, link));
        }
        for (what, why) in found.walked.unreadable {
            let message = format!("`{what}` cannot be read: {why}");
            self.diagnostics.push(Diagnostic::new(&UNREADABLE_FILE, message).in_repository(id).subject(what));
        }
        self.files.extend(found.walked.files.into_iter().map(|file| (id, file)));
        self.repositories.push(Repository {
            name,
            root: found.folder,
            remote: found.git.remote,
            revision: found.git.revision,
            branch: found.git.branch,
            committed: found.git.committed,
            settings_home: false,
        });
        self.roots.push(found.root);
        self.overrides.push(found.overrides);
    }

    /// The workspace's own files: its settings and what they name.
    fn add_settings_home(&mut self, path: &Path, settings: &Settings) {
        let id = RepoId(u32::try_from(self.repositories.len()).unwrap_or(u32::MAX));
        let schemas = settings.kinds.iter().filter_map(|kind| kind.schema.as_ref());
        let named = settings.import.iter().chain(schemas).map(String::as_str);
        let mut files: Vec<String> = std::iter::once(config::FILE_NAME)
            .chain(named)
            .filter_map(|file| crate::base::paths::join("", file).ok())
            .filter(|file| path.join(file).is_file())
            .collect();
        if let Some(theme) = &settings.theme {
            let walked = walk::walk(&path.join(theme), &[], &[]);
            let theme = theme.trim_start_matches("./").trim_end_matches('/');
            files.extend(walked.files.into_iter().map(|file| format!("{theme}/{file}")));
        }
        files.sort_unstable();
        files.dedup();
        self.files.extend(files.into_iter().map(|file| (id, file)));
        self.repositories.push(Repository { settings_home: true, ..Repository::named("") });
        self.roots.push(path.to_path_buf());
        self.overrides.push(RepositorySettings::default());
    }
}

fn shown(folder: &str) -> &str {
    if folder.is_empty() { "." } else { folder }
}
