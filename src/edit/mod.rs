//! Fixes and renames as edits of bytes: a pure plan. It says which files become what; `emit` writes
//! it. Nothing but the edited ranges changes: byte order mark, line ends, comments, order and
//! style of a file stay.

mod diff;
mod mends;
mod rename;
mod tree;

pub use diff::unified;
pub use mends::prepare;
pub use rename::{Rename, rename};

use std::collections::BTreeMap;

use crate::base::{FileId, Sources, Text, paths};
use crate::diagnostics::Edit;
use crate::yaml::{self, Limits};

/// Edits of one file in one plan; what is beyond comes next.
const MOST_EDITS: usize = 5_000;
/// Fixes of one file that are tried one by one, when all together break it.
const MOST_TRIES: usize = 100;
/// Bytes that are read for these tries.
const MOST_TRIED: usize = 64 * 1024 * 1024;

/// A file that becomes another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewrite {
    /// Which one.
    pub file: FileId,
    /// Its bytes as they were read.
    pub before: Vec<u8>,
    /// Its bytes to be.
    pub after: Vec<u8>,
}

/// What would be done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The files, in order.
    pub files: Vec<Rewrite>,
    /// Which fixes are in it, by their number.
    pub taken: Vec<usize>,
}

/// Plans fixes, each made as a whole or not at all. One that touches what an earlier one changes is
/// left for the next plan; the same one twice counts twice and is made once.
pub fn plan(fixes: &[&[Edit]], sources: &dyn Sources) -> Plan {
    let mut by_file: BTreeMap<FileId, Vec<usize>> = BTreeMap::new();
    for (index, fix) in fixes.iter().enumerate() {
        // A fix stands in one file; that of a finding is about one document.
        if let Some(file) = fix.first().map(|edit| edit.place.file).filter(|file| is_within(fix, *file)) {
            by_file.entry(file).or_default().push(index);
        }
    }
    let mut plan = Plan::default();
    for (file, indexes) in by_file {
        let Some(original) = Original::read(file, sources) else { continue };
        if let Some((after, taken)) = original.with(&indexes, fixes) {
            plan.taken.extend(taken);
            plan.files.push(Rewrite { file, before: original.bytes, after });
        }
    }
    plan
}

fn is_within(fix: &[Edit], file: FileId) -> bool {
    fix.iter().all(|edit| edit.place.file == file)
}

/// A file with its bytes, from which its text was made.
struct Original {
    text: std::sync::Arc<Text>,
    bytes: Vec<u8>,
    is_yaml: bool,
}

impl Original {
    /// `None` when the file is no text, or is not any more what its text was made from.
    fn read(file: FileId, sources: &dyn Sources) -> Option<Self> {
        let text = sources.text(file).ok().filter(|text| text.invalid_utf8().is_none())?;
        let bytes = sources.bytes(file).ok()?;
        let again = Text::from_bytes(&bytes);
        let end = u32::try_from(text.as_str().len()).ok()?;
        let same = again.as_str() == text.as_str() && again.original_offset(end) == text.original_offset(end);
        let is_yaml = matches!(paths::extension(sources.path(file)).as_str(), "yaml" | "yml");
        same.then_some(Self { text, bytes, is_yaml })
    }

    /// The bytes with as many fixes as can be made together, and which those are.
    fn with(&self, indexes: &[usize], fixes: &[&[Edit]]) -> Option<(Vec<u8>, Vec<usize>)> {
        let (mut edits, mut taken): (Vec<&Edit>, Vec<usize>) = (Vec::new(), Vec::new());
        for &index in indexes {
            let fix = fixes[index];
            if fix.iter().all(|edit| edits.contains(&edit)) {
                taken.push(index);
            } else if edits.len() < MOST_EDITS && !fix.iter().any(|edit| edits.iter().any(|have| meet(have, edit))) {
                edits.extend(fix);
                taken.push(index);
            }
        }
        let together = apply(&self.text, &self.bytes, &edits);
        if !self.breaks(&together) {
            return (together != self.bytes).then_some((together, taken));
        }
        // Each is good by itself, but two of them name one key, say: the first of these is made.
        let (mut edits, mut kept): (Vec<&Edit>, Vec<usize>) = (Vec::new(), Vec::new());
        let tries = (MOST_TRIED / self.bytes.len().max(1)).min(MOST_TRIES);
        for index in taken.into_iter().take(tries) {
            let before = edits.len();
            let more = fixes[index].iter().filter(|edit| !edits.contains(edit)).collect::<Vec<_>>();
            edits.extend(more);
            if self.breaks(&apply(&self.text, &self.bytes, &edits)) {
                edits.truncate(before);
            } else {
                kept.push(index);
            }
        }
        (!kept.is_empty()).then(|| (apply(&self.text, &self.bytes, &edits), kept))
    }

    /// Whether a file of YAML has more wrong with it than it had.
    fn breaks(&self, after: &[u8]) -> bool {
        let problems = |text: &str| -> usize {
            yaml::parse(text, Limits::default()).iter().map(|document| document.problems.len()).sum()
        };
        self.is_yaml && problems(Text::from_bytes(after).as_str()) > problems(self.text.as_str())
    }
}

/// Whether two edits change the same bytes, or it is not clear in which order they stand. Whole
/// lines that are put in stand before what begins there, in the order of their findings.
fn meet(a: &Edit, b: &Edit) -> bool {
    let (one, other) = (a.place.span, b.place.span);
    let is_line = |edit: &Edit| edit.replacement.ends_with('\n');
    match (one.is_empty(), other.is_empty()) {
        (false, false) => one.start < other.end && other.start < one.end,
        (true, true) => one.start == other.start && !(is_line(a) && is_line(b)),
        (true, false) => touches(one.start, b, is_line(a)),
        (false, true) => touches(other.start, a, is_line(b)),
    }
}

fn touches(at: u32, edit: &Edit, is_line: bool) -> bool {
    let span = edit.place.span;
    (span.start < at && at < span.end) || (!is_line && (at == span.start || at == span.end))
}

/// The bytes of a file with edits that do not meet. New lines end as the file's own do.
pub fn apply(text: &Text, bytes: &[u8], edits: &[&Edit]) -> Vec<u8> {
    let mut edits: Vec<&Edit> = edits.to_vec();
    edits.sort_by_key(|edit| edit.place.span);
    let line_end = text.line_end();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    for edit in edits {
        let start = text.original_offset(edit.place.span.start).clamp(at, bytes.len());
        let end = text.original_offset(edit.place.span.end).clamp(start, bytes.len());
        out.extend_from_slice(&bytes[at..start]);
        out.extend_from_slice(edit.replacement.replace('\n', line_end).as_bytes());
        at = end;
    }
    out.extend_from_slice(&bytes[at..]);
    out
}

#[cfg(test)]
mod tests;
