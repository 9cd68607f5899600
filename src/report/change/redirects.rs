//! What was renamed, as the part of the settings that leads old links on. Nothing but names, each in
//! quotes where YAML would read it as something else.

use std::fmt::Write as _;

use crate::change::Diff;

/// The `redirects:` of a difference.
pub fn redirects(diff: &Diff<'_>) -> String {
    if diff.renamed.is_empty() {
        return "redirects: {}\n".to_owned();
    }
    let mut out = String::from("redirects:\n");
    for renamed in &diff.renamed {
        let _ = writeln!(out, "  {}: {}", quoted(&renamed.from.key), quoted(&renamed.to.key));
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
