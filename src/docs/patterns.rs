//! Patterns of paths as `.gitignore` has them: those of `exclude_docs`, `draft_docs` and
//! `not_in_nav`, and the simpler globs of plugins.

use globset::{GlobBuilder, GlobMatcher};

/// Most patterns of one setting, and the longest of them.
const MAX_PATTERNS: usize = 1_000;
const MAX_LENGTH: usize = 500;

/// A list of patterns. The last one that matches a path decides.
#[derive(Debug, Default)]
pub(super) struct Patterns(Vec<Rule>);

#[derive(Debug)]
struct Rule {
    excludes: bool,
    itself: Option<GlobMatcher>,
    below: GlobMatcher,
}

impl Patterns {
    /// Reads a text with one pattern a line; the second part has those that cannot be read.
    pub(super) fn read(text: &str) -> (Self, Vec<String>) {
        let mut out = Self::default();
        let mut unread = Vec::new();
        let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
        out.extend(lines, |line| unread.push(line.trim().to_owned()));
        (out, unread)
    }

    /// Adds patterns, one of each; `unread` hears of those that cannot be read.
    pub(super) fn extend<'a>(&mut self, lines: impl Iterator<Item = &'a str>, mut unread: impl FnMut(&str)) {
        for line in lines.take(MAX_PATTERNS) {
            match rule(line.trim()) {
                Some(rule) => self.0.push(rule),
                None => unread(line),
            }
        }
    }

    /// What the patterns say about a file: whether it is matched, or nothing.
    pub(super) fn says(&self, path: &str) -> Option<bool> {
        let matches = |rule: &&Rule| {
            rule.below.is_match(path) || rule.itself.as_ref().is_some_and(|itself| itself.is_match(path))
        };
        self.0.iter().rev().find(matches).map(|rule| rule.excludes)
    }

    /// Whether a file is matched.
    pub(super) fn matches(&self, path: &str) -> bool {
        self.says(path).unwrap_or(false)
    }
}

fn rule(line: &str) -> Option<Rule> {
    let (excludes, pattern) = line.strip_prefix('!').map_or((true, line), |rest| (false, rest));
    let pattern = pattern.strip_prefix('\\').filter(|rest| rest.starts_with(['#', '!'])).unwrap_or(pattern);
    if pattern.len() > MAX_LENGTH {
        return None;
    }
    let folder_only = pattern.ends_with('/');
    let pattern = pattern.trim_end_matches('/');
    // Without a slash inside, a pattern is for names at any depth.
    let pattern =
        if pattern.contains('/') { pattern.trim_start_matches('/').to_owned() } else { format!("**/{pattern}") };
    let itself = if folder_only { None } else { Some(glob(&pattern)?) };
    Some(Rule { excludes, itself, below: glob(&format!("{pattern}/**"))? })
}

/// A glob in which `*` stays inside of one folder.
pub(super) fn glob(pattern: &str) -> Option<GlobMatcher> {
    if pattern.len() > MAX_LENGTH {
        return None;
    }
    Some(GlobBuilder::new(pattern).literal_separator(true).backslash_escape(true).build().ok()?.compile_matcher())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_pattern_decides() {
        let patterns =
            Patterns::read("# no\n*.tmp.md\ndrafts/\n!drafts/keep.md\n/top.md\na/*.md\n\\#x.md\nb/**/c.md\n").0;
        for (path, expected) in [
            ("x.tmp.md", true),
            ("a/b/x.tmp.md", true),
            ("drafts/x.md", true),
            ("sub/drafts/x.md", true),
            ("drafts/keep.md", false),
            ("drafts", false),
            ("top.md", true),
            ("sub/top.md", false),
            ("a/x.md", true),
            ("a/b/x.md", false),
            ("#x.md", true),
            ("b/c.md", true),
            ("b/x/y/c.md", true),
            ("other.md", false),
        ] {
            assert_eq!(patterns.matches(path), expected, "{path}");
        }
        assert_eq!(Patterns::read("[z-a].md\nx").1, ["[z-a].md"]);
    }
}
