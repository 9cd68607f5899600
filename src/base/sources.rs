//! What files exist, their bytes, and where a target leads. The compiler sees its input through
//! this trait alone: the real one walks folders, tests hold a handful of files in memory.

use std::sync::Arc;

use globset::GlobBuilder;
use rustc_hash::FxHashMap;

use super::history::History;
use super::hosts::{Hosts, Remote, RepositoryUrl};
use super::paths::{self, PathError};
use super::text::Text;

/// Number of a repository in the workspace, in the order of their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RepoId(pub u32);

/// Number of a file, in the order of repository and path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// One repository of the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    /// Its identity: `host/owner/name`, or the name of its folder.
    pub name: String,
    /// Its folder, relative to the path that was asked for; empty when it is that path.
    pub root: String,
    /// Where it lives on the web, when `origin` says so.
    pub remote: Option<Remote>,
    /// The commit that is checked out.
    pub revision: Option<String>,
    /// The branch that is checked out.
    pub branch: Option<String>,
    /// When the commit was made, in seconds since 1970.
    pub committed: Option<i64>,
    /// Whether it is no repository at all but the home of the workspace's settings.
    pub settings_home: bool,
}

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// It is larger than what is read of a single file.
    TooLarge(u64),
    /// The system refused, in its words.
    Failed(String),
}

/// Largest file that is read as text, in bytes.
pub const MAX_TEXT: u64 = 16 * 1024 * 1024;

/// Where a target leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// To a file of the workspace.
    File(FileId),
    /// To a folder of a repository.
    Folder(RepoId, String),
    /// Out into the web, to something that is no repository file.
    External(String),
    /// To a file of a repository that is not in this workspace.
    NotFetched(String),
    /// Out of the repository that it stands in.
    Outside,
    /// To nothing: the path that was looked for.
    Missing(RepoId, String),
    /// It can not be read as a path at all.
    Invalid,
}

/// The input of the compiler.
pub trait Sources: Sync {
    /// All repositories, by [`RepoId`].
    fn repositories(&self) -> &[Repository];
    /// All files, by [`FileId`], sorted by repository and path.
    fn files(&self) -> &[(RepoId, String)];
    /// The kinds of hosts.
    fn hosts(&self) -> &Hosts;
    /// The bytes of a file.
    fn bytes(&self, file: FileId) -> Result<Vec<u8>, ReadError>;
    /// The text of a file, kept after it was first read.
    fn text(&self, file: FileId) -> Result<Arc<Text>, ReadError>;
    /// The text of a file that nobody is likely to read again. It is kept only where `keep` says so,
    /// for [`Self::each_text`].
    fn text_once(&self, file: FileId, _keep: &dyn Fn(&Text) -> bool) -> Result<Arc<Text>, ReadError> {
        self.text(file)
    }
    /// Every text that was read and kept so far, in the order of files.
    fn each_text(&self, see: &mut dyn FnMut(FileId, &Text));
    /// Whether there is a link at this path that leads out of its repository.
    fn is_outside_link(&self, repository: RepoId, path: &str) -> bool;

    /// What the history of a repository says about its files. Found when it is first asked for,
    /// because it costs a walk over all commits; nothing where there is none.
    fn history(&self, _: RepoId) -> Option<&History> {
        None
    }

    /// A repository.
    fn repository(&self, id: RepoId) -> &Repository {
        &self.repositories()[id.0 as usize]
    }

    /// The repository of a file.
    fn repo_of(&self, file: FileId) -> RepoId {
        self.files()[file.0 as usize].0
    }

    /// The path of a file in its repository.
    fn path(&self, file: FileId) -> &str {
        &self.files()[file.0 as usize].1
    }

    /// The path of a file relative to the path that was asked for.
    fn display_path(&self, file: FileId) -> String {
        let root = &self.repository(self.repo_of(file)).root;
        let path = self.path(file);
        if root.is_empty() { path.to_owned() } else { format!("{root}/{path}") }
    }

    /// The file at a path.
    fn lookup(&self, repository: RepoId, path: &str) -> Option<FileId> {
        let at = self.files().binary_search_by(|(repo, have)| (*repo, have.as_str()).cmp(&(repository, path))).ok()?;
        Some(FileId(u32::try_from(at).ok()?))
    }

    /// All files in and below a folder; the empty path is the whole repository.
    fn under(&self, repository: RepoId, folder: &str) -> Vec<FileId> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let files = self.files();
        let start = files.partition_point(|(repo, path)| (*repo, path.as_str()) < (repository, prefix.as_str()));
        files[start..]
            .iter()
            .take_while(|(repo, path)| *repo == repository && path.starts_with(&prefix))
            .enumerate()
            .map(|(offset, _)| FileId(u32::try_from(start + offset).unwrap_or(u32::MAX)))
            .collect()
    }

    /// Whether there is a file below this path.
    fn is_folder(&self, repository: RepoId, folder: &str) -> bool {
        if folder.is_empty() {
            return true;
        }
        let prefix = format!("{folder}/");
        let files = self.files();
        let start = files.partition_point(|(repo, path)| (*repo, path.as_str()) < (repository, prefix.as_str()));
        files.get(start).is_some_and(|(repo, path)| *repo == repository && path.starts_with(&prefix))
    }

    /// The repository of the workspace that lives at this remote.
    fn repository_at(&self, remote: &Remote) -> Option<RepoId> {
        let wanted = remote.identity();
        let same = |repository: &Repository| {
            repository.remote.as_ref().map_or(repository.name.eq_ignore_ascii_case(&wanted), |have| {
                have.identity().eq_ignore_ascii_case(&wanted)
            })
        };
        let at = self.repositories().iter().position(same)?;
        Some(RepoId(u32::try_from(at).ok()?))
    }

    /// Where a path or URL leads that stands in a file.
    fn resolve(&self, from: FileId, target: &str) -> Resolution {
        let target = target.trim();
        if let Some((scheme, _)) = target.split_once("://")
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        {
            return self.resolve_url(target);
        }
        let repository = self.repo_of(from);
        match paths::join(paths::parent(self.path(from)), target) {
            Ok(path) => self.at(repository, &path),
            Err(PathError::Outside) => Resolution::Outside,
            Err(PathError::Invalid) => Resolution::Invalid,
        }
    }

    /// What is at a path of a repository.
    fn at(&self, repository: RepoId, path: &str) -> Resolution {
        if let Some(file) = self.lookup(repository, path) {
            Resolution::File(file)
        } else if self.is_outside_link(repository, path) {
            Resolution::Outside
        } else if self.is_folder(repository, path) {
            Resolution::Folder(repository, path.to_owned())
        } else {
            Resolution::Missing(repository, path.to_owned())
        }
    }

    /// Where an absolute URL leads.
    fn resolve_url(&self, url: &str) -> Resolution {
        let clean = super::hosts::without_credentials(url);
        let Some(parsed) = RepositoryUrl::parse(&clean, self.hosts()) else {
            return Resolution::External(clean);
        };
        let Some(repository) = self.repository_at(&parsed.remote) else {
            return Resolution::NotFetched(clean);
        };
        // A branch that is known is no part of a longer name, so that what is missing is missing.
        let after = |branch: &str| parsed.revision_and_path.strip_prefix(branch)?.strip_prefix('/');
        let known = self.repository(repository).branch.as_deref();
        let rest = known.into_iter().chain(["main", "master", "HEAD"]).find_map(after);
        let candidates = match rest {
            Some(rest) => vec![rest.trim_matches('/').to_owned()],
            None => parsed.candidate_paths(),
        };
        let found = candidates.iter().map(|path| self.at(repository, path));
        // A part of the path is taken for one of the branch only when that leads to what was named.
        let fits = |what: &Resolution, first: bool| match what {
            Resolution::Missing(..) => false,
            Resolution::Folder(..) => first || !parsed.names_file,
            _ => true,
        };
        let mut found = found.enumerate().filter(|(at, what)| fits(what, *at == 0)).map(|(_, what)| what);
        found.next().unwrap_or_else(|| Resolution::Missing(repository, candidates[0].clone()))
    }

    /// Files that a pattern matches, from the folder of a file, in order. The error is the
    /// pattern's own fault, in words.
    fn glob(&self, from: FileId, pattern: &str) -> Result<Vec<FileId>, String> {
        let repository = self.repo_of(from);
        let folder = paths::parent(self.path(from));
        let pattern = paths::join(folder, pattern).map_err(|_| "it leads out of the repository".to_owned())?;
        self.glob_in(repository, &pattern)
    }

    /// Files of a repository that a pattern matches, from its root.
    fn glob_in(&self, repository: RepoId, pattern: &str) -> Result<Vec<FileId>, String> {
        let matcher = GlobBuilder::new(pattern)
            .literal_separator(true)
            .build()
            .map_err(|error| error.kind().to_string())?
            .compile_matcher();
        let fixed = pattern.find(['*', '?', '[', '{']).map_or(pattern, |at| &pattern[..at]);
        let files = self.under(repository, paths::parent(fixed));
        Ok(files.into_iter().filter(|&file| matcher.is_match(self.path(file))).collect())
    }
}

/// Whether a target is a pattern rather than a plain path.
pub fn is_glob(target: &str) -> bool {
    target.contains(['*', '?', '{', '['])
}

/// Sources that hold their files in memory.
#[derive(Debug, Default)]
pub struct MemorySources {
    repositories: Vec<Repository>,
    files: Vec<(RepoId, String)>,
    contents: Vec<Vec<u8>>,
    texts: FxHashMap<FileId, Arc<Text>>,
    hosts: Hosts,
}

impl MemorySources {
    /// Repositories by name, each with its files.
    pub fn new(repositories: Vec<(Repository, Vec<(String, Vec<u8>)>)>) -> Self {
        let mut sources = Self::default();
        for (index, (repository, mut files)) in repositories.into_iter().enumerate() {
            let id = RepoId(u32::try_from(index).unwrap_or(u32::MAX));
            sources.repositories.push(repository);
            files.sort();
            for (path, bytes) in files {
                let file = FileId(u32::try_from(sources.files.len()).unwrap_or(u32::MAX));
                sources.texts.insert(file, Arc::new(Text::from_bytes(&bytes)));
                sources.files.push((id, path));
                sources.contents.push(bytes);
            }
        }
        sources
    }

    /// One repository called `name`.
    pub fn single(name: &str, files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
        Self::new(vec![(Repository::named(name), files)])
    }
}

impl Repository {
    /// A repository about which nothing else is known.
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            root: String::new(),
            remote: None,
            revision: None,
            branch: None,
            committed: None,
            settings_home: false,
        }
    }
}

impl Sources for MemorySources {
    fn repositories(&self) -> &[Repository] {
        &self.repositories
    }
    fn files(&self) -> &[(RepoId, String)] {
        &self.files
    }
    fn hosts(&self) -> &Hosts {
        &self.hosts
    }
    fn bytes(&self, file: FileId) -> Result<Vec<u8>, ReadError> {
        Ok(self.contents[file.0 as usize].clone())
    }
    fn each_text(&self, see: &mut dyn FnMut(FileId, &Text)) {
        for file in (0..).map(FileId).take(self.files.len()) {
            if let Some(text) = self.texts.get(&file) {
                see(file, text);
            }
        }
    }

    fn text(&self, file: FileId) -> Result<Arc<Text>, ReadError> {
        let size = self.contents[file.0 as usize].len() as u64;
        if size > MAX_TEXT {
            return Err(ReadError::TooLarge(size));
        }
        Ok(Arc::clone(&self.texts[&file]))
    }
    fn is_outside_link(&self, _: RepoId, _: &str) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources() -> MemorySources {
        let mut shop = Repository::named("github.com/acme/shop");
        shop.remote = Remote::parse("https://github.com/acme/shop");
        MemorySources::new(vec![
            (shop, vec![("a/x.yaml".into(), vec![]), ("a/y.yaml".into(), vec![]), ("a-b.yaml".into(), vec![])]),
            (Repository::named("other"), vec![("z.yaml".into(), vec![])]),
        ])
    }

    #[test]
    fn targets_resolve_inside_the_workspace() {
        let sources = sources();
        let from = sources.lookup(RepoId(0), "a/x.yaml").unwrap();
        let y = sources.lookup(RepoId(0), "a/y.yaml").unwrap();
        assert_eq!(sources.resolve(from, "y.yaml"), Resolution::File(y));
        assert_eq!(sources.resolve(from, "/a/y.yaml"), Resolution::File(y));
        assert_eq!(sources.resolve(from, "https://github.com/acme/shop/blob/main/a/y.yaml"), Resolution::File(y));
        assert_eq!(sources.resolve(from, ".."), Resolution::Folder(RepoId(0), String::new()));
        assert_eq!(sources.resolve(from, "../../z.yaml"), Resolution::Outside);
        assert_eq!(sources.resolve(from, "nope"), Resolution::Missing(RepoId(0), "a/nope".into()));
        let missing = "https://github.com/acme/shop/blob/main/nope.yaml";
        assert_eq!(sources.resolve(from, missing), Resolution::Missing(RepoId(0), "nope.yaml".into()));
        let branch = "https://github.com/acme/shop/tree/feature/x";
        assert_eq!(sources.resolve(from, branch), Resolution::Folder(RepoId(0), String::new()));
        let foreign = "https://github.com/acme/none/blob/main/a.yaml";
        assert_eq!(sources.resolve(from, foreign), Resolution::NotFetched(foreign.into()));
        assert_eq!(sources.resolve(from, "https://x.example/a"), Resolution::External("https://x.example/a".into()));
    }

    #[test]
    fn globs_match_in_order_and_stay_in_the_folder() {
        let sources = sources();
        let from = sources.lookup(RepoId(0), "a/x.yaml").unwrap();
        assert_eq!(sources.glob(from, "./*.yaml").unwrap().len(), 2);
        assert_eq!(sources.glob(from, "../**/*.yaml").unwrap().len(), 3);
        assert!(sources.glob(from, "../../*.yaml").is_err());
        assert!(sources.glob(from, "[").is_err());
    }
}
