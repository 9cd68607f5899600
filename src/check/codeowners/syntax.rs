//! `codeowners-syntax`: lines that the host skips or reads otherwise than they are meant.

use crate::diagnostics::{CODEOWNERS_SYNTAX, Diagnostic};
use crate::parse::codeowners::{Dialect, Fault};

use super::{Repository, View};

pub(super) fn check(view: &View<'_>, out: &mut Vec<Diagnostic>) {
    for repository in &view.repositories {
        for problem in &repository.owners.problems {
            let text = view.text(repository, problem.span);
            let (message, help) = words(problem.fault, &text, repository.owners.dialect);
            let help = meant(view, repository, problem.fault, &text).unwrap_or(help);
            out.push(
                Diagnostic::new(&CODEOWNERS_SYNTAX, message).at(repository.file, problem.span).subject(text).help(help),
            );
        }
    }
}

/// What is wrong, and what to do.
fn words(fault: Fault, text: &str, dialect: Dialect) -> (String, String) {
    let (message, help) = match fault {
        Fault::SectionOfGitLab => (
            format!("`{text}` is a section of GitLab, and GitHub has none"),
            "write the owners behind each pattern; or say `codeowners: gitlab` in catalog-config.yaml",
        ),
        Fault::RoleOfGitLab => (
            format!("`{text}` is a role of GitLab, and GitHub has none: the line is skipped"),
            "name a team: `@organisation/team`",
        ),
        Fault::Negation => (
            format!("GitHub has no exclusions: the line with `{text}` is skipped"),
            "write the pattern without `!` and without owners, below the rule that it is taken out of",
        ),
        Fault::CharacterRange => (
            format!("GitHub has no ranges of characters: the line with `{text}` is skipped"),
            "write a line for each case, or use `*` or `?`",
        ),
        Fault::EscapedHash => (
            format!("GitHub cannot escape a `#`: the line with `{text}` is skipped"),
            "match it by another pattern, such as `?name`",
        ),
        Fault::ThreeStars => {
            (format!("`{text}` has three stars, and the line is skipped"), "write `**` for folders at any depth")
        }
        Fault::NestedTeam => (
            format!("`{text}` is no owner on GitHub, and the line is skipped"),
            "a team is named by the organisation alone, whatever teams it is below: `@organisation/team`",
        ),
        Fault::InvalidOwner => {
            let then = if dialect == Dialect::GitHub { ", and GitHub skips the line" } else { "" };
            (format!("`{text}` is no owner{then}"), "an owner is `@user`, `@organisation/team` or an e-mail address")
        }
        Fault::UnknownRole => {
            (format!("`{text}` is no role"), "the roles are `@@developer`, `@@maintainer` and `@@owner`")
        }
        Fault::InlineComment => (
            "GitLab knows no comment at the end of a line, and reads owners in it".to_owned(),
            "put it on a line of its own",
        ),
        Fault::CommentBehindSection => (
            "with a comment behind it GitLab takes this for a pattern and not for a section".to_owned(),
            "put the comment on a line of its own",
        ),
        Fault::BrokenSection => (
            "GitLab takes this for a pattern and not for a section".to_owned(),
            "a section is written `[name]`, `^[name]` or `[name][2]`, with its owners behind it",
        ),
        Fault::NoApprovals => (
            format!("`{text}` asks for no approval, which GitLab ignores: one is needed"),
            "put `^` before a section that is optional",
        ),
        Fault::NoOwner => (
            format!("`{text}` has no owner, and needs no approval on GitLab"),
            "name an owner, or put `!` before it to say that it is meant",
        ),
    };
    (message, help.to_owned())
}

/// The owner that was meant, where a group of the catalog has the name.
fn meant(view: &View<'_>, repository: &Repository, fault: Fault, text: &str) -> Option<String> {
    if !matches!(fault, Fault::InvalidOwner | Fault::NestedTeam) {
        return None;
    }
    if text.ends_with([',', ';']) {
        return Some("owners are divided by blanks alone".to_owned());
    }
    let name = text.trim_start_matches('@').rsplit('/').next()?.to_lowercase();
    let last = |team: &str| team.rsplit('/').next().is_some_and(|last| last.to_lowercase() == name);
    let mut teams = view.people(repository.owners.dialect).teams().filter(|team| team.contains('/') && last(team));
    let team = teams.next()?;
    teams.next().is_none().then(|| format!("did you mean `@{team}`?"))
}
