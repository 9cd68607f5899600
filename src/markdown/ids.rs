//! Ids of headings: Python-Markdown's rule, so that links written for MkDocs keep working, with
//! the ids that GitHub would give accepted as aliases.

use super::extensions::Slugs;

use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The ids that were given on one page.
#[derive(Debug, Default)]
pub(super) struct Ids {
    taken: FxHashSet<String>,
    order: Vec<String>,
    /// The last number that was tried for a stem, so that many equal headings stay cheap.
    numbers: FxHashMap<String, usize>,
    github: FxHashMap<String, usize>,
    aliases: Vec<(String, String)>,
    /// Another rule than the usual one, and how often its headings had a usual id.
    slugs: Slugs,
    usual: FxHashMap<String, usize>,
}

impl Ids {
    /// For a page whose site may have a rule of its own.
    pub(super) fn new(slugs: Slugs) -> Self {
        Self { slugs, ..Self::default() }
    }

    /// The id of a heading, never given before.
    pub(super) fn heading(&mut self, text: &str, explicit: Option<&str>) -> String {
        let own = self.slugs.slug(text);
        let has_own = own.is_some();
        let id = self.unique(explicit.map_or_else(|| own.unwrap_or_else(|| slug(text)), str::to_owned));
        if has_own {
            // What other sites have for it leads there too.
            let usual = slug(text);
            let times = self.usual.entry(usual.clone()).or_default();
            let alias = if *times == 0 && !usual.is_empty() { usual } else { format!("{usual}_{}", (*times).max(1)) };
            *times += 1;
            self.aliases.push((alias, id.clone()));
        }
        let github = github_slug(text);
        let gitlab = gitlab_slug(&github);
        self.alias(github.clone(), &id);
        if gitlab != github {
            self.alias(gitlab, &id);
        }
        id
    }

    /// Another name for an id, numbered as the hosts do.
    fn alias(&mut self, base: String, id: &str) {
        let times = self.github.entry(base.clone()).or_default();
        let alias = if *times == 0 { base } else { format!("{base}-{times}") };
        *times += 1;
        if !alias.is_empty() && alias != id {
            self.aliases.push((alias, id.to_owned()));
        }
    }

    /// Takes an id that the author wrote; false when it is taken.
    pub(super) fn take(&mut self, id: &str) -> bool {
        let new = self.taken.insert(id.to_owned());
        if new {
            self.order.push(id.to_owned());
        }
        new
    }

    /// The ids in order, and all names for them: themselves, GitHub's, and in lower case.
    pub(super) fn finish(self) -> (Vec<String>, FxHashMap<String, usize>) {
        let mut names: FxHashMap<String, usize> =
            self.order.iter().enumerate().map(|(at, id)| (id.clone(), at)).collect();
        for (alias, id) in self.aliases {
            if let Some(&at) = names.get(&id) {
                names.entry(alias).or_insert(at);
            }
        }
        for (at, id) in self.order.iter().enumerate() {
            names.entry(id.to_lowercase()).or_insert(at);
        }
        (self.order, names)
    }

    fn unique(&mut self, wanted: String) -> String {
        if !wanted.is_empty() && self.take(&wanted) {
            return wanted;
        }
        let (stem, from) = match wanted.rsplit_once('_') {
            Some((stem, digits)) if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                (stem.to_owned(), digits.parse::<usize>().unwrap_or(0).saturating_add(1))
            }
            _ => (wanted, 1),
        };
        let mut number = self.numbers.get(&stem).copied().unwrap_or(0).max(from);
        loop {
            let id = format!("{stem}_{number}");
            number = number.saturating_add(1);
            if self.take(&id) {
                self.numbers.insert(stem, number);
                return id;
            }
        }
    }
}

/// The slug of Python-Markdown's `toc` extension: letters outside of ASCII are lost.
pub(super) fn slug(text: &str) -> String {
    let kept = text
        .nfkd()
        .filter(|c| c.is_ascii() && (c.is_ascii_alphanumeric() || matches!(c, '_' | '-') || c.is_ascii_whitespace()));
    let kept: String = kept.map(|c| c.to_ascii_lowercase()).collect();
    let mut out = String::with_capacity(kept.len());
    for character in kept.trim().chars() {
        if character == '-' || character.is_ascii_whitespace() {
            if !out.ends_with('-') {
                out.push('-');
            }
        } else {
            out.push(character);
        }
    }
    out
}

/// The slug that GitHub makes: letters of all scripts, nothing collapsed.
fn github_slug(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    let kept = lower.chars().filter(|c| is_word(*c) || matches!(c, '-' | '_' | ' '));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// A letter, mark or digit, but no sign that only stands for digits, as in `²` and `½`.
fn is_word(c: char) -> bool {
    c.is_alphabetic() || is_combining_mark(c) || (c.is_numeric() && std::iter::once(c).nfkd().eq(std::iter::once(c)))
}

/// What GitLab makes of it: one dash for several, and no id of digits alone.
fn gitlab_slug(github: &str) -> String {
    let mut out = String::with_capacity(github.len());
    for c in github.chars() {
        if !(c == '-' && out.ends_with('-')) {
            out.push(c);
        }
    }
    let is_number = !out.is_empty() && out.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { format!("anchor-{out}") } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_those_of_python_markdown() {
        for (text, expected) in [
            ("What's new: C++ & foo_bar (v1.2)?", "whats-new-c-foo_bar-v12"),
            ("a -- b", "a-b"),
            ("Über", "uber"),
            ("日本", ""),
        ] {
            assert_eq!(slug(text), expected, "{text}");
        }
    }

    #[test]
    fn ids_of_the_hosts_are_other_names() {
        for (text, github, gitlab) in [
            ("What's new: C++ & foo_bar (v1.2)?", "whats-new-c--foo_bar-v12", "whats-new-c-foo_bar-v12"),
            ("a -- b", "a----b", "a-b"),
            ("A / B", "a--b", "a-b"),
            ("Über", "über", "über"),
            ("日本 語", "日本-語", "日本-語"),
            ("नमस्ते", "नमस्ते", "नमस्ते"),
            ("x² ½", "x-", "x-"),
            ("🚀 Launch", "-launch", "-launch"),
            ("2024", "2024", "anchor-2024"),
            ("Don’t", "dont", "dont"),
            ("a.b,c;d", "abcd", "abcd"),
            ("__init__", "__init__", "__init__"),
        ] {
            assert_eq!((github_slug(text).as_str(), gitlab_slug(&github_slug(text)).as_str()), (github, gitlab));
            let mut ids = Ids::default();
            ids.heading(text, None);
            ids.heading(text, None);
            let (_, names) = ids.finish();
            for name in [github, gitlab] {
                assert_eq!(names.get(name), Some(&0), "{name}");
                assert_eq!(names.get(&format!("{name}-1")), Some(&1), "{name}");
            }
        }
    }

    #[test]
    fn equal_headings_are_numbered() {
        let mut ids = Ids::default();
        let given: Vec<String> =
            ["Setup", "Setup", "Setup_1", "Setup", "日本"].iter().map(|text| ids.heading(text, None)).collect();
        assert_eq!(given, ["setup", "setup_1", "setup_2", "setup_3", "_1"]);
        let (_, names) = ids.finish();
        assert_eq!((names.get("setup-1"), names.get("日本")), (Some(&1), Some(&4)));
    }
}
