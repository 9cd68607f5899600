//! CODEOWNERS files: text to rules, owners and sections, each with its span. Knows the grammars of
//! GitHub and GitLab; Gitea, Forgejo and Bitbucket have others, which nothing here reads. Never
//! fails: what the host would skip is a [`Problem`], and the rest counts.

mod backstage;
mod github;
mod gitlab;
mod lookup;
mod pattern;
#[cfg(test)]
mod tests;
mod tree;

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::base::Span;

pub use backstage::{backstage_name, backstage_owner};
use lookup::Lookup;
pub use pattern::Pattern;
pub use tree::{CodeOwners, Dialect, Entry, Fault, Heading, Owner, OwnerKind, Problem, Section, Unusable};

/// Largest file that GitHub loads, in bytes.
pub const MOST_BYTES: usize = 3 * 1024 * 1024;

/// Most rules of a file that are read. The last one wins, so that with some missing nothing can be
/// said about any file.
pub const MOST_RULES: usize = 10_000;

/// Most problems that are kept of a file; one that is written for another host is full of them.
const MOST_PROBLEMS: usize = 20;

/// Reads a file.
pub fn parse(text: &str, dialect: Dialect) -> CodeOwners {
    let unnamed =
        Heading { name: String::new(), optional: false, approvals: None, owners: Vec::new(), span: None, section: 0 };
    let mut out = CodeOwners {
        dialect,
        sections: vec![Section { name: String::new(), optional: false }],
        headings: vec![unnamed],
        entries: Vec::new(),
        problems: Vec::new(),
        unusable: None,
        lookup: Lookup::default(),
        by_name: FxHashMap::default(),
    };
    if dialect == Dialect::GitHub && text.len() >= MOST_BYTES {
        out.unusable = Some(Unusable::TooLarge);
        return out;
    }
    let mut start = 0;
    for line in text.split('\n') {
        match dialect {
            Dialect::GitHub => github::line(&mut out, line, start),
            Dialect::GitLab => gitlab::line(&mut out, line, start),
        }
        out.problems.truncate(MOST_PROBLEMS);
        if out.entries.len() > MOST_RULES || out.headings.len() > MOST_RULES {
            out.entries.clear();
            out.unusable = Some(Unusable::TooManyRules);
            break;
        }
        start += line.len() + 1;
    }
    out.lookup = Lookup::new(&out);
    out
}

impl CodeOwners {
    fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    fn open_section(&mut self, mut heading: Heading) {
        let next = self.sections.len();
        heading.section = *self.by_name.entry(heading.name.to_lowercase()).or_insert(next);
        if heading.section == next {
            self.sections.push(Section { name: heading.name.clone(), optional: true });
        }
        // Required anywhere is required.
        self.sections[heading.section].optional &= heading.optional;
        self.headings.push(heading);
    }

    /// The section of a rule.
    pub fn section_of(&self, entry: usize) -> usize {
        self.headings[self.entries[entry].heading].section
    }

    /// The owners of a rule: its own, or those of its section.
    pub fn owners_of(&self, entry: usize) -> &[Owner] {
        let entry = &self.entries[entry];
        if entry.exclusion {
            &[]
        } else if entry.owners.is_empty() {
            &self.headings[entry.heading].owners
        } else {
            &entry.owners
        }
    }

    /// The rules that decide about a file, one of each section that has one, in order.
    pub fn deciding(&self, path: &str) -> Vec<usize> {
        let mut last: Vec<Option<usize>> = vec![None; self.sections.len()];
        let mut excluded = vec![false; self.sections.len()];
        for entry in self.lookup.matching(self, path) {
            let section = self.section_of(entry);
            // What is excluded once stays so.
            excluded[section] |= self.entries[entry].exclusion;
            last[section] = Some(entry);
        }
        let decided = last.into_iter().zip(excluded).filter(|(_, excluded)| !excluded);
        decided.filter_map(|(entry, _)| entry).collect()
    }

    /// The owners of a file.
    pub fn owners(&self, path: &str) -> Vec<&Owner> {
        self.deciding(path).into_iter().flat_map(|entry| self.owners_of(entry)).collect()
    }

    /// Which rules match any of some files. `None` when that is too much to look at.
    pub fn used<'a>(&self, paths: impl Iterator<Item = &'a str>) -> Option<Vec<bool>> {
        self.lookup.used(self, paths)
    }
}

impl Heading {
    /// Reads `^[name][2]` at the begin of a line, with its length. `None` where it is none, as when
    /// something stands right behind it.
    fn parse(line: &str) -> Option<(Self, usize)> {
        let bare = line.strip_prefix('^');
        let rest = bare.unwrap_or(line).strip_prefix('[')?;
        let (name, mut rest) = rest.split_once(']')?;
        if name.is_empty() {
            return None;
        }
        let mut approvals = None;
        if let Some((number, behind)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'))
            && number.bytes().all(|byte| byte.is_ascii_digit())
        {
            approvals = if number.is_empty() { None } else { Some(number.parse().unwrap_or(u32::MAX)) };
            rest = behind;
        }
        if !(rest.is_empty() || rest.starts_with(char::is_whitespace)) {
            return None;
        }
        let heading = Self {
            name: name.to_owned(),
            optional: bare.is_some(),
            approvals,
            owners: Vec::new(),
            span: None,
            section: 0,
        };
        Some((heading, line.len() - rest.len()))
    }
}

/// Whether it is an address. Hosts look no closer either.
fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !host.contains('@')
    })
}

/// The words of a line with their spans. A blank behind a backslash is part of a word.
fn words(line: &str, start: usize) -> Vec<(&str, Span)> {
    let mut words = Vec::new();
    let mut begin: Option<usize> = None;
    let mut escaped = false;
    let mut push = |range: Range<usize>| {
        let span = Span::new(start + range.start, start + range.end);
        words.push((&line[range], span));
    };
    for (at, character) in line.char_indices() {
        if character.is_whitespace() && !escaped {
            if let Some(begin) = begin.take() {
                push(begin..at);
            }
        } else if begin.is_none() {
            begin = Some(at);
        }
        escaped = character == '\\' && !escaped;
    }
    if let Some(begin) = begin {
        push(begin..line.len());
    }
    words
}
