//! What a plan changes, as a unified diff. The only file that names the crate for it.

use similar::TextDiff;

/// The difference of two versions of a file as `git apply` and `patch -p1` take it.
pub fn unified(path: &str, before: &[u8], after: &[u8]) -> String {
    let (before, after) = (String::from_utf8_lossy(before), String::from_utf8_lossy(after));
    let diff = TextDiff::from_lines(&*before, &*after);
    diff.unified_diff().context_radius(3).header(&format!("a/{path}"), &format!("b/{path}")).to_string()
}
