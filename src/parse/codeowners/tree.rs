//! What a CODEOWNERS file is made of.

use rustc_hash::FxHashMap;

use crate::base::Span;
use crate::base::hosts::HostKind;

use super::lookup::Lookup;
use super::pattern::Pattern;

/// Whose grammar it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// GitHub's.
    GitHub,
    /// GitLab's.
    GitLab,
}

impl Dialect {
    /// The dialect of a kind of host; `None` where it is neither of the two.
    pub fn of_host(kind: HostKind) -> Option<Self> {
        match kind {
            HostKind::GitHub => Some(Self::GitHub),
            HostKind::GitLab => Some(Self::GitLab),
            _ => None,
        }
    }

    /// The host's name.
    pub fn host(self) -> &'static str {
        match self {
            Self::GitHub => "GitHub",
            Self::GitLab => "GitLab",
        }
    }

    /// Where the host looks, in its order: the first that is there counts.
    pub fn locations(self) -> &'static [&'static str] {
        match self {
            Self::GitHub => &[".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"],
            Self::GitLab => &["CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"],
        }
    }
}

/// A file, read.
#[derive(Debug)]
pub struct CodeOwners {
    /// Whose grammar it was read by.
    pub dialect: Dialect,
    /// The names of its sections; the first is the unnamed one.
    pub sections: Vec<Section>,
    /// Its headings; the first is that of the unnamed section, and stands nowhere.
    pub headings: Vec<Heading>,
    /// Its rules, in the order of the file.
    pub entries: Vec<Entry>,
    /// What the host would not take.
    pub problems: Vec<Problem>,
    /// Why nothing in it counts.
    pub unusable: Option<Unusable>,
    pub(super) lookup: Lookup,
    /// Sections by their names in lower case.
    pub(super) by_name: FxHashMap<String, usize>,
}

/// Why a file does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unusable {
    /// GitHub does not load it.
    TooLarge,
    /// It has more rules than are read.
    TooManyRules,
}

/// A section: all headings with one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its name, as it was first written.
    pub name: String,
    /// Whether all of its headings say that it is optional.
    pub optional: bool,
}

/// The heading of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its name.
    pub name: String,
    /// Whether it says that the section is optional.
    pub optional: bool,
    /// How many have to approve.
    pub approvals: Option<u32>,
    /// The owners of entries that name none.
    pub owners: Vec<Owner>,
    /// Where it stands.
    pub span: Option<Span>,
    /// Which section it is part of.
    pub section: usize,
}

/// A rule.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its pattern.
    pub pattern: Pattern,
    /// Where that stands.
    pub span: Span,
    /// The heading it stands under.
    pub heading: usize,
    /// The owners that it names.
    pub owners: Vec<Owner>,
    /// Whether what it matches has no owners in this section.
    pub exclusion: bool,
}

/// An owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// Who it is.
    pub kind: OwnerKind,
    /// Where it stands.
    pub span: Span,
}

/// Who owns files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OwnerKind {
    /// `@name`: a user; on GitLab it may also be a group.
    Name(String),
    /// `@organisation/team`, or a group below another.
    Path(String),
    /// `@@maintainer`
    Role(String),
    /// An address.
    Email(String),
}

/// What the host would not take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Problem {
    /// What it is.
    pub fault: Fault,
    /// Where.
    pub span: Span,
}

/// What can be wrong in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A section in a file for GitHub.
    SectionOfGitLab,
    /// A role in a file for GitHub.
    RoleOfGitLab,
    /// `!` in a file for GitHub.
    Negation,
    /// `[a-z]` in a file for GitHub.
    CharacterRange,
    /// `\#` in a file for GitHub.
    EscapedHash,
    /// `***`
    ThreeStars,
    /// `@organisation/team/other` in a file for GitHub.
    NestedTeam,
    /// Neither user, team nor address.
    InvalidOwner,
    /// `@@friend`
    UnknownRole,
    /// A comment behind owners in a file for GitLab.
    InlineComment,
    /// A comment behind the heading of a section.
    CommentBehindSection,
    /// A heading that cannot be read.
    BrokenSection,
    /// A section that nobody has to approve.
    NoApprovals,
    /// A rule of GitLab without owners.
    NoOwner,
}

impl OwnerKind {
    /// As it is written.
    pub fn text(&self) -> String {
        match self {
            Self::Name(name) | Self::Path(name) => format!("@{name}"),
            Self::Role(role) => format!("@@{role}"),
            Self::Email(address) => address.clone(),
        }
    }
}
