//! GitLab's dialect: sections, each with a last match of its own, owners that a section's entries
//! share, exclusions, roles. Patterns are those of Ruby's `File.fnmatch` with slashes minded:
//! without a slash at the front they match at any depth, and without one at the end a file alone.

use crate::base::Span;

use super::pattern::{Pattern, Segment, Token, names};
use super::{CodeOwners, Entry, Fault, Heading, Owner, OwnerKind, Problem, words};

/// The roles that can own files, which GitLab also takes in the plural.
const ROLES: &[&str] = &["developer", "developers", "maintainer", "maintainers", "owner", "owners"];

/// Reads one line.
pub(super) fn line(out: &mut CodeOwners, line: &str, start: usize) {
    let indent = line.len() - line.trim_start().len();
    let (line, start) = (line.trim(), start + indent);
    if line.is_empty() || line.starts_with('#') {
        return;
    }
    match heading(out, line, start) {
        Line::Heading => {}
        Line::Entry => entry(out, line, start, true),
        Line::BrokenHeading(fault) => {
            out.problems.push(Problem { fault, span: Span::new(start, start + line.len()) });
            // GitLab takes it for an entry of the section before it; nothing is owned through it.
            entry(out, line, start, false);
        }
    }
}

enum Line {
    Heading,
    Entry,
    BrokenHeading(Fault),
}

fn heading(out: &mut CodeOwners, line: &str, start: usize) -> Line {
    let bare = line.strip_prefix('^').unwrap_or(line);
    if !bare.starts_with('[') {
        return Line::Entry;
    }
    let Some((mut found, length)) = Heading::parse(line) else {
        return if bare.contains(']') && !bare.starts_with("[]") {
            Line::Entry
        } else {
            Line::BrokenHeading(Fault::BrokenSection)
        };
    };
    let rest = &line[length..];
    let is_plain = |one: char| one.is_alphanumeric() || one.is_whitespace() || "@_.-/+".contains(one);
    if rest.contains('#') {
        return Line::BrokenHeading(Fault::CommentBehindSection);
    }
    if !rest.chars().all(is_plain) {
        return Line::BrokenHeading(Fault::BrokenSection);
    }
    if found.approvals == Some(0) {
        out.problems.push(Problem { fault: Fault::NoApprovals, span: Span::new(start, start + length) });
    }
    found.span = Some(Span::new(start, start + length));
    found.owners = owners(out, &words(rest, start + length), true);
    out.open_section(found);
    Line::Heading
}

fn entry(out: &mut CodeOwners, line: &str, start: usize, report: bool) {
    let exclusion = line.starts_with('!');
    let (line, start) = if exclusion { (&line[1..], start + 1) } else { (line, start) };
    let words = words(line, start);
    let Some(&(text, span)) = words.first() else { return };
    let owners = owners(out, &words[1..], report && !exclusion);
    let heading = out.headings.len() - 1;
    let inherits = !out.headings[heading].owners.is_empty();
    if report && !exclusion && words.len() == 1 && !inherits {
        out.problems.push(Problem { fault: Fault::NoOwner, span });
    }
    out.push(Entry { pattern: compile(text), span, heading, owners, exclusion });
}

/// The owners among some words. The rest is ignored, as GitLab does, and said.
fn owners(out: &mut CodeOwners, words: &[(&str, Span)], report: bool) -> Vec<Owner> {
    let mut owners = Vec::new();
    let mut in_comment = false;
    for &(text, span) in words {
        if text.starts_with('#') && !in_comment {
            in_comment = true;
            if report {
                out.problems.push(Problem { fault: Fault::InlineComment, span });
            }
        }
        match owner(text) {
            Ok(kind) => owners.push(Owner { kind, span }),
            Err(fault) if report && !in_comment => out.problems.push(Problem { fault, span }),
            Err(_) => {}
        }
    }
    owners
}

fn owner(text: &str) -> Result<OwnerKind, Fault> {
    if let Some(role) = text.strip_prefix("@@") {
        let role = role.to_lowercase();
        return if ROLES.contains(&&*role) { Ok(OwnerKind::Role(role)) } else { Err(Fault::UnknownRole) };
    }
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|one| one.is_alphanumeric() || matches!(one, '-' | '_' | '.'))
    };
    match text.strip_prefix('@') {
        Some(path) if path.split('/').all(is_name) => {
            Ok(if path.contains('/') { OwnerKind::Path(path.to_owned()) } else { OwnerKind::Name(path.to_owned()) })
        }
        None if super::is_email(text) => Ok(OwnerKind::Email(text.to_owned())),
        _ => Err(Fault::InvalidOwner),
    }
}

/// A pattern as GitLab reads it.
pub(super) fn compile(text: &str) -> Pattern {
    let mut parts = names(text, true);
    let mut segments = Vec::with_capacity(parts.len() + 2);
    if parts.len() > 1 && parts[0].is_empty() {
        parts.remove(0);
    } else {
        segments.push(Segment::AnyDepth);
    }
    let is_folder = parts.last().is_some_and(Vec::is_empty);
    if is_folder {
        parts.pop();
    }
    let count = parts.len();
    for (at, part) in parts.into_iter().enumerate() {
        // Two stars go through folders only when a slash is behind them.
        if part[..] == [Token::Many, Token::Many] && (at + 1 < count || is_folder) {
            segments.push(Segment::AnyDepth);
        } else {
            segments.push(Segment::Name(part));
        }
    }
    if is_folder {
        segments.extend([Segment::AnyDepth, Segment::any_name()]);
    }
    Pattern::new(segments)
}
