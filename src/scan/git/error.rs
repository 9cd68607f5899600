//! Why a revision cannot be read, each with what to do about it: most clones of CI jobs hold less
//! than people think.

/// Why a revision cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GitError {
    /// There is no `.git` at the path or above it.
    #[error("{0} is in no git repository: a base is a revision of the repository, or monorepo, that is checked")]
    NotARepository(String),
    /// There is one, and it cannot be read.
    #[error("the git repository {path} cannot be read: {reason}")]
    Unreadable {
        /// Its folder.
        path: String,
        /// Why not.
        reason: String,
    },
    /// Nothing was committed yet.
    #[error("the git repository {0} has no commit yet, so there is nothing to compare with")]
    NoCommit(String),
    /// The revision is not in the clone.
    #[error("`{asked}` is not in this clone: {advice}{}", deeper(*shallow))]
    UnknownRevision {
        /// As it was typed.
        asked: String,
        /// What brings it.
        advice: String,
        /// Whether the clone has only some of the history.
        shallow: bool,
    },
    /// An expression leads to nothing.
    #[error("`{asked}` is no commit of this clone: name a branch, a tag or a commit{}", deeper(*shallow))]
    NoSuchCommit {
        /// As it was typed.
        asked: String,
        /// Whether the clone has only some of the history.
        shallow: bool,
    },
    /// The revision is a tree or a file.
    #[error("`{0}` is no commit: name a branch, a tag or a commit")]
    NotACommit(String),
    /// The histories meet, if at all, where the clone does not reach.
    #[error(
        "this clone is shallow, and does not reach to where `{0}` and `HEAD` part: `git fetch --unshallow` brings the rest, in GitHub Actions `fetch-depth: 0` of actions/checkout, in GitLab CI `GIT_DEPTH: 0`"
    )]
    Shallow(String),
    /// The histories do not meet.
    #[error("`{0}` and `HEAD` have no commit in common: name a revision that this branch came from")]
    Unrelated(String),
    /// An object that a tree names is not there.
    #[error(
        "`{path}` ({id}) is not in this clone, which seems to be a partial one: `git fetch --refetch --no-filter` brings what is missing, or clone without `--filter`"
    )]
    MissingObject {
        /// Which file or folder it is.
        path: String,
        /// Its id.
        id: String,
    },
    /// The tree is larger than any that is read.
    #[error("the tree of {commit} is not read: it has more than {most} {what}")]
    TooLarge {
        /// The commit.
        commit: String,
        /// The limit.
        most: usize,
        /// Of what.
        what: &'static str,
    },
    /// A repository of the workspace has a `.git` of its own, and so a history of its own.
    #[error(
        "`{0}` is a git repository of its own: a base is a revision of one repository, or of a monorepo; check this one alone with `--base`"
    )]
    SeveralRepositories(String),
}

fn deeper(shallow: bool) -> &'static str {
    if shallow {
        ". The clone is shallow: `git fetch --unshallow` brings the rest of its history, in GitHub Actions `fetch-depth: 0` of actions/checkout"
    } else {
        ""
    }
}
