//! Repositories one after another, as they were found, to one list of files.

use crate::base::{RepoId, Repository};
use crate::config::{self, Settings};
use crate::diagnostics::{DUPLICATE_REPOSITORY, Diagnostic, OUTSIDE_LINK, UNREADABLE_FILE};

use super::folder::Folder;
use super::{Layout, Options, RepositorySettings, git, read_settings, walk};

/// A repository as it was found.
pub(super) struct Found {
    pub(super) name: String,
    pub(super) folder: String,
    git: git::Facts,
    overrides: RepositorySettings,
    walked: walk::Walked,
}

/// Looks at one repository.
pub(super) fn find(top: &dyn Folder, folder: &str, layout: Layout, settings: &Settings, options: &Options) -> Found {
    let git = top.facts(folder, settings.inherit_git);
    let own = if layout == Layout::Repository {
        Settings::default()
    } else {
        read_settings(top, folder).0.unwrap_or_default()
    };
    let declared = if layout == Layout::Repository {
        options.repository.clone().or_else(|| settings.name.clone())
    } else {
        own.name.clone()
    };
    let name = declared
        .or_else(|| git.remote.as_ref().map(crate::base::hosts::Remote::identity))
        .unwrap_or_else(|| top.name(folder));
    let overrides = RepositorySettings { include: own.include, exclude: own.exclude, discovery: own.discovery };
    let exclude: Vec<&str> = settings.exclude.iter().chain(&overrides.exclude).map(String::as_str).collect();
    let walked = top.walk(folder, &exclude);
    Found { name, folder: folder.to_owned(), git, overrides, walked }
}

/// The list as it grows.
#[derive(Default)]
pub(super) struct Builder {
    pub(super) repositories: Vec<Repository>,
    pub(super) files: Vec<(RepoId, String)>,
    pub(super) outside: Vec<(RepoId, String)>,
    pub(super) overrides: Vec<RepositorySettings>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Builder {
    pub(super) fn add(&mut self, found: Found) {
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
        self.overrides.push(found.overrides);
    }

    /// The workspace's own files: its settings and what they name.
    pub(super) fn add_settings_home(&mut self, top: &dyn Folder, settings: &Settings) {
        let id = RepoId(u32::try_from(self.repositories.len()).unwrap_or(u32::MAX));
        let schemas = settings.kinds.iter().filter_map(|kind| kind.schema.as_ref());
        let named = settings.import.iter().chain(schemas).map(String::as_str);
        let mut files: Vec<String> = std::iter::once(config::FILE_NAME)
            .chain(named)
            .filter_map(|file| crate::base::paths::join("", file).ok())
            .filter(|file| top.is_file(file))
            .collect();
        if let Some(theme) = settings.theme.folder.as_ref().and_then(|theme| crate::base::paths::join("", theme).ok()) {
            let walked = top.walk(&theme, &[]);
            files.extend(walked.files.into_iter().map(|file| format!("{theme}/{file}")));
        }
        files.sort_unstable();
        files.dedup();
        self.files.extend(files.into_iter().map(|file| (id, file)));
        self.repositories.push(Repository { settings_home: true, ..Repository::named("") });
        self.overrides.push(RepositorySettings::default());
    }
}

fn shown(folder: &str) -> &str {
    if folder.is_empty() { "." } else { folder }
}
