//! Where `---` is missing in a document that holds several entities.

use crate::parse::DescriptorDocument;
use crate::yaml::ProblemKind;

/// Where lines with `---` must be put in. Empty where that is not sure to part the entities.
pub(super) fn missing(text: &str, document: &DescriptorDocument) -> Vec<usize> {
    // The key that begins the second entity begins the others too.
    let mut begins: Option<&str> = None;
    let mut at = Vec::new();
    for problem in &document.problems {
        let ProblemKind::DuplicateKey { key, at_root: true, .. } = &problem.kind else { continue };
        if *begins.get_or_insert(key) == key {
            let Some(line) = line_of(text, problem.span.start as usize, document.span.start as usize) else {
                return Vec::new();
            };
            at.push(line);
        }
    }
    // Where `metadata` came first, say, it is not clear what belongs to which.
    if matches!(begins, Some("apiVersion" | "kind")) { at } else { Vec::new() }
}

/// The start of the line of a key, and of the comments that stand directly above it.
fn line_of(text: &str, key: usize, from: usize) -> Option<usize> {
    let mut line = text.get(..key)?.rfind('\n')? + 1;
    if !text[line..key].bytes().all(|byte| byte == b' ') || line <= from {
        return None;
    }
    let indent = &text[line..key];
    while line > from {
        let above = text[..line - 1].rfind('\n').map_or(0, |end| end + 1);
        let is_comment = text[above..line].strip_prefix(indent).is_some_and(|rest| rest.starts_with('#'));
        if !is_comment || above <= from {
            break;
        }
        line = above;
    }
    Some(line)
}
