//! GitHub's dialect: patterns as in `.gitignore`, without `!`, `[ ]` and `\#`; owners behind
//! them, a comment behind those. A line that is wrong anywhere is skipped as a whole.

use crate::base::Span;

use super::pattern::{Pattern, Segment, Token, names};
use super::{CodeOwners, Entry, Fault, Heading, Owner, OwnerKind, Problem, words};

/// Reads one line.
pub(super) fn line(out: &mut CodeOwners, line: &str, start: usize) {
    let mut words = words(line, start).into_iter().take_while(|(word, _)| !word.starts_with('#'));
    let Some((text, span)) = words.next() else { return };
    let owners: Vec<(&str, Span)> = words.collect();
    if let Some((fault, span)) = fault_of_pattern(line, text, span, start) {
        out.problems.push(Problem { fault, span });
        return;
    }
    let mut read = Vec::with_capacity(owners.len());
    for (text, span) in owners {
        match owner(text) {
            Ok(kind) => read.push(Owner { kind, span }),
            Err(fault) => {
                out.problems.push(Problem { fault, span });
                return;
            }
        }
    }
    let entry = Entry { pattern: compile(text), span, heading: 0, owners: read, exclusion: false };
    out.push(entry);
}

fn fault_of_pattern(line: &str, text: &str, span: Span, start: usize) -> Option<(Fault, Span)> {
    let whole = Span::new(start, start + line.len());
    let indent = line.len() - line.trim_start().len();
    let line = line.trim_start();
    if let Some((_, length)) = Heading::parse(line) {
        let at = start + indent;
        return Some((Fault::SectionOfGitLab, Span::new(at, at + length.min(whole.end as usize - at))));
    }
    let fault = if text.starts_with('!') {
        Fault::Negation
    } else if text.starts_with("\\#") {
        Fault::EscapedHash
    } else if text.contains("***") {
        Fault::ThreeStars
    } else if has_unescaped(text, '[') || has_unescaped(text, ']') {
        Fault::CharacterRange
    } else {
        return None;
    };
    Some((fault, span))
}

fn has_unescaped(text: &str, wanted: char) -> bool {
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character == '\\' {
            characters.next();
        } else if character == wanted {
            return true;
        }
    }
    false
}

fn owner(text: &str) -> Result<OwnerKind, Fault> {
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|one| one.is_ascii_alphanumeric() || matches!(one, '-' | '_' | '.'))
    };
    if text.starts_with("@@") {
        return Err(Fault::RoleOfGitLab);
    }
    let Some(name) = text.strip_prefix('@') else {
        return if super::is_email(text) { Ok(OwnerKind::Email(text.to_owned())) } else { Err(Fault::InvalidOwner) };
    };
    match name.split('/').collect::<Vec<_>>()[..] {
        [user] if is_name(user) => Ok(OwnerKind::Name(name.to_owned())),
        [organisation, team] if is_name(organisation) && is_name(team) => Ok(OwnerKind::Path(name.to_owned())),
        [_, _, _, ..] => Err(Fault::NestedTeam),
        _ => Err(Fault::InvalidOwner),
    }
}

/// A pattern as `.gitignore` reads it, but that `docs/*` goes one level deep.
pub(super) fn compile(text: &str) -> Pattern {
    let mut parts = names(text, false);
    let is_rooted = parts.len() > 1 && parts[0].is_empty();
    if is_rooted {
        parts.remove(0);
    }
    let is_folder = parts.len() > 1 && parts.last().is_some_and(Vec::is_empty);
    if is_folder {
        parts.pop();
    }
    let mut segments = Vec::with_capacity(parts.len() + 3);
    if !is_rooted && parts.len() == 1 {
        segments.push(Segment::AnyDepth);
    }
    let last = parts.len() - 1;
    for (at, part) in parts.into_iter().enumerate() {
        let is_last = at == last && !is_folder;
        let is_star = part[..] == [Token::Many];
        if part[..] == [Token::Many, Token::Many] {
            segments.push(Segment::AnyDepth);
            if is_last {
                segments.push(Segment::any_name());
            }
        } else {
            segments.push(Segment::Name(part));
            // A name may be that of a folder, and then all in it is meant.
            if is_last && !is_star {
                segments.push(Segment::AnyDepth);
            }
        }
    }
    if is_folder {
        segments.extend([Segment::AnyDepth, Segment::any_name()]);
    }
    Pattern::new(segments)
}
