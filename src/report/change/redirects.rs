//! What was renamed or moved, as the part of the settings that leads old links on. Nothing but names and
//! paths, each in quotes where YAML would read it as something else.

use std::fmt::Write as _;

use crate::change::{Diff, moved_pages};

/// The `redirects:` of a difference.
pub fn redirects(diff: &Diff<'_>) -> String {
    let renamed = diff.renamed.iter().map(|one| (one.from.key.as_str(), one.to.key.as_str()));
    let moved = moved_pages(diff);
    let all: Vec<(&str, &str)> = renamed.chain(moved.iter().map(|page| (page.from, page.to))).collect();
    if all.is_empty() {
        return "redirects: {}\n".to_owned();
    }
    let mut out = String::from("redirects:\n");
    for (from, to) in all {
        let _ = writeln!(out, "  {}: {}", quoted(from), quoted(to));
    }
    out
}

fn quoted(key: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':');
    let is_safe =
        key.chars().all(is_plain) && key.starts_with(|c: char| c.is_ascii_alphabetic()) && !key.ends_with(':');
    if is_safe { key.to_owned() } else { format!("'{}'", key.replace('\'', "''")) }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_name_is_one_scalar() {
        assert_eq!(quoted("component:default/a.b-c_d"), "component:default/a.b-c_d");
        assert_eq!(quoted("component:default/it's # x"), "'component:default/it''s # x'");
    }
}
