//! A descriptor that was made from a skeleton: what is wrong with it, and which line of the
//! skeleton that comes from. The rules see it through sources in which it stands in the
//! skeleton's place.

use std::sync::Arc;

use crate::base::hosts::Hosts;
use crate::base::{FileId, ReadError, RepoId, Repository, Sources, Span, Text};
use crate::check::{Input, Subject, formats, kinds, shape};
use crate::diagnostics::{Diagnostic, Level, SKELETON_INVALID};
use crate::model::{Document, Origin, OriginState};
use crate::parse::expression::Marks;
use crate::parse::{Envelope, descriptor};
use crate::yaml::{Node, ProblemKind, pointer_join};

/// The errors of a text that was made, with places in that text.
pub(super) fn findings(input: &Input<'_>, file: FileId, text: &Arc<Text>) -> Vec<Diagnostic> {
    let sources = Made { inner: input.sources, file, text: Arc::clone(text) };
    let mut out = Vec::new();
    for part in descriptor(text).documents {
        for problem in &part.problems {
            if let ProblemKind::Syntax(reason) = &problem.kind {
                let finding = Diagnostic::new(&SKELETON_INVALID, format!("it cannot be read as YAML: {reason}"));
                out.push(finding.at(file, problem.span));
            }
        }
        let Some(root) = part.root.filter(|_| part.problems.is_empty() && !part.templated) else { continue };
        let envelope = Envelope::of(&root);
        let (Some(version), Some(kind)) = (envelope.api_version, envelope.kind) else { continue };
        // What is of another system, or of a kind that nobody knows, is not ours to judge.
        let Some(kind) = input.catalog.kinds.recognise(version, kind) else { continue };
        let mut origins = Vec::new();
        placeholders(&root, String::new(), &mut origins);
        let document = Document { file, entry_point: file, span: part.span, root, origins, imported: false };
        let subject = Subject { document: &document, key: None, kind: Some(kind), sources: &sources };
        let mut findings = Vec::new();
        kinds::check(&subject, input.catalog, &mut findings);
        shape::check(&subject, input.catalog, &mut findings);
        formats::check(&subject, &mut findings);
        let levels = &input.settings.levels;
        findings.retain(|finding| {
            let is_error = finding.level == Level::Error && levels.of_rule(finding.rule) != Level::Off;
            let pointer = finding.pointer.as_deref().unwrap_or("");
            is_error && !subject.is_not_in_view(pointer)
        });
        out.extend(findings);
    }
    out
}

/// Placeholders stand for what is in the new repository, which nobody has seen.
fn placeholders(node: &Node, pointer: String, out: &mut Vec<Origin>) {
    if let [entry] = node.entries()
        && entry.key.starts_with('$')
    {
        let state = OriginState::NotFetched(String::new());
        out.push(Origin { pointer, resolver: entry.key.to_string(), span: node.span, state });
        return;
    }
    for (index, item) in node.items().iter().enumerate() {
        placeholders(item, format!("{pointer}/{index}"), out);
    }
    for entry in node.entries() {
        placeholders(&entry.value, pointer_join(&pointer, &entry.key), out);
    }
}

/// The line of a skeleton that a line of the result comes from; the first one where that is not
/// certain.
pub(super) fn nearest_line(source: &str, made: &str, at: usize, marks: Marks) -> Span {
    let first = Span::new(0, source.lines().next().unwrap_or("").trim_end().len());
    let start = made[..at.min(made.len())].rfind('\n').map_or(0, |line| line + 1);
    let line = made[start..].lines().next().unwrap_or("").trim();
    // What stands before the first expression of a line stands in the result too.
    let fixed = |line: &str| line.find(marks.open()).or_else(|| line.find("{%")).map_or(line.len(), |end| end);
    let mut found = None;
    let mut offset = 0;
    for raw in source.split_inclusive('\n') {
        let trimmed = raw.trim();
        let prefix = &trimmed[..fixed(trimmed)];
        let is_alike =
            if prefix.len() == trimmed.len() { trimmed == line } else { line.starts_with(prefix.trim_end()) };
        if is_alike && prefix.contains(':') {
            let begin = offset + raw.len() - raw.trim_start().len();
            if found.is_some() {
                return first;
            }
            found = Some(Span::new(begin, begin + trimmed.len()));
        }
        offset += raw.len();
    }
    found.unwrap_or(first)
}

/// The sources, with the text of one file replaced by what was made of it.
struct Made<'a> {
    inner: &'a dyn Sources,
    file: FileId,
    text: Arc<Text>,
}

impl Sources for Made<'_> {
    fn repositories(&self) -> &[Repository] {
        self.inner.repositories()
    }

    fn files(&self) -> &[(RepoId, String)] {
        self.inner.files()
    }

    fn hosts(&self) -> &Hosts {
        self.inner.hosts()
    }

    fn bytes(&self, file: FileId) -> Result<Vec<u8>, ReadError> {
        if file == self.file { Ok(self.text.as_str().as_bytes().to_vec()) } else { self.inner.bytes(file) }
    }

    fn text(&self, file: FileId) -> Result<Arc<Text>, ReadError> {
        if file == self.file { Ok(Arc::clone(&self.text)) } else { self.inner.text(file) }
    }

    fn each_text(&self, see: &mut dyn FnMut(FileId, &Text)) {
        self.inner.each_text(see);
    }

    fn is_outside_link(&self, repository: RepoId, path: &str) -> bool {
        self.inner.is_outside_link(repository, path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_found_where_it_is_certain() {
        let source = "kind: API\n{% if a %}\nowner: ${{ values.a }}\n{% endif %}\nx: 1\nx: 1\n";
        let made = "kind: API\n\nowner: b\n\nx: 1\nx: 1\n";
        let found = |at: &str| &source[nearest_line(source, made, made.find(at).unwrap(), Marks::Scaffolder).range()];
        assert_eq!(found("owner"), "owner: ${{ values.a }}");
        assert_eq!(found("API"), "kind: API");
        assert_eq!(found("x"), "kind: API");
    }
}
