//! git, read and never run: what a folder is a clone of, what a revision stands for, and the trees
//! and files of a commit. Nothing is executed, nothing is written, and no configuration outside of
//! the repository is read. The only module that names gix.

mod error;
mod facts;
mod history;
mod mailmap;
mod tree;

use std::path::{Path, PathBuf};

pub use error::GitError;
pub(super) use facts::{Facts, facts};
pub(super) use history::history;
pub(super) use tree::{BlobError, Entry, EntryKind};

/// A clone that commits are read from.
#[derive(Clone)]
pub(super) struct Repository {
    git: gix::ThreadSafeRepository,
    /// The folder that has `.git`.
    root: PathBuf,
}

/// A commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Commit(gix::ObjectId);

impl std::fmt::Display for Commit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::fmt::Debug for Repository {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Repository").field(&self.root).finish()
    }
}

/// How clones are opened: as they are, without the user's and the machine's configuration. Who owns
/// the folder does not matter, because nothing of it is executed.
fn options() -> gix::open::Options {
    gix::open::Options::isolated().with(gix::sec::Trust::Full)
}

/// The nearest folder with `.git`, from this one upwards.
fn nearest(real: &Path) -> Option<&Path> {
    real.ancestors().find(|folder| folder.join(".git").exists())
}

impl Repository {
    /// The repository around a path, and the path in it, with forward slashes.
    pub(super) fn around(path: &Path) -> Result<(Self, String), GitError> {
        let shown = || path.display().to_string();
        let real = path.canonicalize().map_err(|_| GitError::NotARepository(shown()))?;
        let root = nearest(&real).ok_or_else(|| GitError::NotARepository(shown()))?;
        let unreadable = |reason: String| GitError::Unreadable { path: root.display().to_string(), reason };
        let git = gix::open_opts(root, options()).map_err(|error| unreadable(error.to_string()))?.into_sync();
        let inside = real.strip_prefix(root).ok();
        let parts: Option<Vec<&str>> =
            inside.and_then(|inside| inside.components().map(|part| part.as_os_str().to_str()).collect());
        let inside = parts.ok_or_else(|| unreadable("the path in it is not UTF-8".to_owned()))?.join("/");
        Ok((Self { git, root: root.to_path_buf() }, inside))
    }

    /// The commit that is checked out.
    pub(super) fn head(&self) -> Result<Commit, GitError> {
        let git = self.git.to_thread_local();
        let id = git.head_id().map_err(|_| GitError::NoCommit(self.root.display().to_string()))?;
        Ok(Commit(id.detach()))
    }

    /// The commit that a branch, a tag, a hash or an expression such as `HEAD~1` stands for.
    pub(super) fn revision(&self, asked: &str) -> Result<Commit, GitError> {
        let git = self.git.to_thread_local();
        let Ok(id) = git.rev_parse_single(asked) else { return Err(self.unknown(&git, asked)) };
        let Ok(object) = id.object() else { return Err(self.unknown(&git, asked)) };
        let commit = object.peel_to_commit().map_err(|_| GitError::NotACommit(asked.to_owned()))?;
        Ok(Commit(commit.id))
    }

    /// Where the histories of two commits part. `asked` is how the first was named.
    pub(super) fn merge_base(&self, asked: &str, one: Commit, other: Commit) -> Result<Commit, GitError> {
        let git = self.git.to_thread_local();
        match git.merge_base(one.0, other.0) {
            Ok(Some(base)) => Ok(Commit(base.detach())),
            _ if self.is_shallow() => Err(GitError::Shallow(asked.to_owned())),
            Ok(None) => Err(GitError::Unrelated(asked.to_owned())),
            Err(error) => {
                Err(GitError::Unreadable { path: self.root.display().to_string(), reason: error.to_string() })
            }
        }
    }

    /// What is known of the clone, as if a commit were checked out.
    pub(super) fn facts_at(&self, commit: Commit) -> Facts {
        let git = self.git.to_thread_local();
        let committed = git.find_commit(commit.0).ok().and_then(|commit| Some(commit.time().ok()?.seconds));
        Facts { revision: Some(commit.to_string()), committed, ..facts::of(&git) }
    }

    /// Whether the commit that is checked out may name other repositories.
    pub(super) fn may_have_submodules(&self) -> bool {
        self.root.join(".gitmodules").exists()
    }

    fn is_shallow(&self) -> bool {
        self.git.to_thread_local().is_shallow().unwrap_or(false)
    }

    /// What to do about a revision that is not there: mostly it was never fetched.
    fn unknown(&self, git: &gix::Repository, asked: &str) -> GitError {
        let remotes: Vec<String> = git.remote_names().into_iter().map(|name| name.to_string()).collect();
        // A clone of one branch fetches no other by its name alone.
        let fetch =
            |remote: &str, branch: &str| format!("`git fetch {remote} {branch}:refs/remotes/{remote}/{branch}`");
        let named = asked.split_once('/').filter(|(remote, _)| remotes.iter().any(|known| known == remote));
        let is_hash = asked.len() >= 40 && asked.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_name(asked) {
            return GitError::NoSuchCommit { asked: asked.to_owned(), shallow: self.is_shallow() };
        }
        let advice = match (named, remotes.first()) {
            (Some((remote, branch)), _) => format!("{} brings it", fetch(remote, branch)),
            (None, Some(remote)) if git.rev_parse_single(format!("{remote}/{asked}").as_str()).is_ok() => {
                format!("did you mean `{remote}/{asked}`?")
            }
            (None, Some(remote)) if is_hash => format!("`git fetch {remote} {asked}` brings it"),
            (None, Some(remote)) => format!(
                "{} brings a branch, to be named `{remote}/{asked}`, and `git fetch --tags` brings tags",
                fetch(remote, asked)
            ),
            (None, None) => "name a branch, a tag or a commit; `git branch --all` lists branches".to_owned(),
        };
        GitError::UnknownRevision { asked: asked.to_owned(), advice, shallow: self.is_shallow() }
    }
}

/// Whether something reads as the name of a branch or tag, or as a hash, and not as an expression.
fn is_name(asked: &str) -> bool {
    let is_sign = |c: char| c.is_whitespace() || c.is_control() || "~^:@{}[]?*\\".contains(c);
    !asked.is_empty() && !asked.starts_with('-') && !asked.contains("..") && !asked.contains(is_sign)
}
