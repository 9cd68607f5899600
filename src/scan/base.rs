//! The revision that a working tree is compared with: where the branch parted from it, as a pull
//! request is shown.

use std::path::{Path, PathBuf};

use super::git::{Commit, Repository};
use super::snapshot::Snapshot;
use super::{Error, GitError, Options, Workspace, understand};

/// A base, found.
#[derive(Debug)]
pub struct Base {
    asked: String,
    commit: Commit,
    snapshot: Snapshot,
    submodules: Vec<PathBuf>,
}

impl Base {
    /// The commit in which the history of what is checked out at a path parted from a revision.
    pub fn find(path: &Path, asked: &str) -> Result<Self, Error> {
        if !path.exists() {
            return Err(Error::NotFound(path.display().to_string()));
        }
        let (git, inside) = Repository::around(path)?;
        let head = git.head()?;
        let commit = git.merge_base(asked, git.revision(asked)?, head)?;
        // Most repositories have none, and need no look at the second tree.
        let now = if git.may_have_submodules() {
            Some(Snapshot::new(git.clone(), head, path, inside.clone())?)
        } else {
            None
        };
        let snapshot = Snapshot::new(git, commit, path, inside)?;
        let submodules = now.iter().chain([&snapshot]).flat_map(Snapshot::submodules);
        let submodules = submodules.map(|folder| path.join(folder)).collect();
        Ok(Self { asked: asked.to_owned(), commit, snapshot, submodules })
    }

    /// A commit itself, of the repository around a path.
    pub fn at(path: &Path, asked: &str) -> Result<Self, Error> {
        let (git, inside) = Repository::around(path)?;
        let commit = git.revision(asked)?;
        let snapshot = Snapshot::new(git, commit, path, inside)?;
        Ok(Self { asked: asked.to_owned(), commit, snapshot, submodules: Vec::new() })
    }

    /// The first digits of the commit.
    pub fn short(&self) -> String {
        self.commit.to_string().chars().take(10).collect()
    }

    /// How the revision was named.
    pub fn asked(&self) -> &str {
        &self.asked
    }

    /// Folders that are other repositories, before or after. Their files are in neither tree, so
    /// nothing in them can be compared.
    pub fn submodules(&self) -> &[PathBuf] {
        &self.submodules
    }

    /// Fails for a workspace whose repositories have a history of their own.
    pub fn covers(workspace: &Workspace) -> Result<(), Error> {
        let other = workspace.clones.first();
        other.map_or(Ok(()), |folder| Err(GitError::SeveralRepositories(folder.clone()).into()))
    }

    /// Opens the input as it was then, without a checkout.
    pub fn open(self, options: &Options) -> Workspace {
        understand(Box::new(self.snapshot), options)
    }
}
