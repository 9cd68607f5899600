//! `mkdocs.yml` with what it inherits: the child's value goes before the parent's, maps are
//! merged, lists replaced. Each value keeps the file that it stands in, so that findings name it.

use rustc_hash::FxHashMap;

use crate::base::{FileId, Resolution, Sources, Span};
use crate::diagnostics::{DOCS_SETTINGS_INVALID, Diagnostic};
use crate::yaml::{self, Limits, Node, ProblemKind};

/// Longest chain of `INHERIT`.
const MAX_DEPTH: usize = 10;

/// The settings of a site and those that they inherit, the nearest first.
#[derive(Debug, Default)]
pub(super) struct Layers(Vec<Layer>);

#[derive(Debug)]
struct Layer {
    file: FileId,
    root: Node,
    tags: FxHashMap<(u32, u32), String>,
}

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Spot<'a> {
    pub(super) node: &'a Node,
    pub(super) file: FileId,
    /// The name of its tag, as `!ENV`.
    pub(super) tag: Option<&'a str>,
}

/// An entry of a map, and where it stands.
pub(super) struct Named<'a> {
    pub(super) key: &'a str,
    pub(super) key_span: Span,
    pub(super) value: Spot<'a>,
}

impl Layers {
    /// Reads a file and what it inherits.
    pub(super) fn read(sources: &dyn Sources, file: FileId, findings: &mut Vec<Diagnostic>) -> Self {
        let mut out = Self::default();
        let mut next = Some(file);
        while let Some(file) = next.take() {
            let Some(layer) = layer(sources, file, findings) else { break };
            let parent = layer.root.get("INHERIT").map(|node| (node.scalar_text().unwrap_or_default(), node.span));
            out.0.push(layer);
            let Some((target, span)) = parent else { break };
            match out.parent(sources, file, &target) {
                Ok(parent) => next = Some(parent),
                Err((message, help)) => findings.push(
                    invalid(file, span, message)
                        .pointer("/INHERIT")
                        .subject(&target)
                        .maybe_help(help.map(str::to_owned)),
                ),
            }
        }
        out
    }

    fn parent(
        &self,
        sources: &dyn Sources,
        from: FileId,
        target: &str,
    ) -> Result<FileId, (String, Option<&'static str>)> {
        match sources.resolve(from, target) {
            Resolution::File(file) if sources.repo_of(file) != sources.repo_of(from) => Err((
                format!("`{target}` is in another repository and is not read"),
                Some("settings are inherited from files of the same repository"),
            )),
            Resolution::File(file) if self.0.iter().any(|layer| layer.file == file) => {
                Err((format!("`{target}` inherits these settings in turn"), Some("one of the two must not inherit")))
            }
            Resolution::File(_) if self.0.len() >= MAX_DEPTH => {
                Err((format!("the settings inherit over more than {MAX_DEPTH} files; `{target}` is not read"), None))
            }
            Resolution::File(file) => Ok(file),
            Resolution::Outside | Resolution::NotFetched(_) | Resolution::External(_) => Err((
                format!("`{target}` is outside of the repository and is not read"),
                Some("settings are inherited from files of the same repository"),
            )),
            _ => Err((format!("there is no file `{target}` to inherit from"), None)),
        }
    }

    /// Whether any of the files could be read.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value at a path of keys.
    pub(super) fn get(&self, path: &[&str]) -> Option<Spot<'_>> {
        for layer in &self.0 {
            let mut node = &layer.root;
            let mut depth = 0;
            while let Some(inner) = path.get(depth).and_then(|key| node.get(key)) {
                node = inner;
                depth += 1;
            }
            if depth == path.len() {
                return Some(layer.spot(node));
            }
            // What is no map replaces all that is above it.
            if depth > 0 && !node.is_map() && !node.is_null() {
                return None;
            }
        }
        None
    }

    /// The entries of the map at a path, those of all files together.
    pub(super) fn entries(&self, path: &[&str]) -> Vec<Named<'_>> {
        let mut out: Vec<Named<'_>> = Vec::new();
        let mut seen = rustc_hash::FxHashSet::default();
        for layer in &self.0 {
            let Some(node) = layer.root.at(path) else { continue };
            for entry in node.entries() {
                if seen.insert(&*entry.key) {
                    out.push(Named { key: &entry.key, key_span: entry.key_span, value: layer.spot(&entry.value) });
                }
            }
            if !node.is_map() {
                break;
            }
        }
        out
    }

    /// The tags of all files that would run or name Python, and where they stand.
    pub(super) fn python(&self) -> impl Iterator<Item = (&str, FileId, Span)> {
        let tags = self.0.iter().flat_map(|layer| layer.tags.iter().map(move |(at, tag)| (layer.file, at, tag)));
        tags.filter_map(|(file, (start, end), tag)| {
            let name = &tag[tag.find("python/")?..];
            // Mostly nothing stands behind the tag: then it is the place itself.
            let length = if start == end { u32::try_from(name.len() + "!!".len()).ok()? } else { 0 };
            Some((name, file, Span { start: start.saturating_sub(length), end: *end }))
        })
    }

    /// The tag of a node of one of the files.
    pub(super) fn tag(&self, file: FileId, span: Span) -> Option<&str> {
        self.0.iter().find(|layer| layer.file == file)?.tag(span)
    }
}

impl Layer {
    fn spot<'a>(&'a self, node: &'a Node) -> Spot<'a> {
        Spot { node, file: self.file, tag: self.tag(node.span) }
    }

    fn tag(&self, span: Span) -> Option<&str> {
        self.tags.get(&(span.start, span.end)).map(String::as_str)
    }
}

fn layer(sources: &dyn Sources, file: FileId, findings: &mut Vec<Diagnostic>) -> Option<Layer> {
    let Ok(text) = sources.text(file) else {
        let message = "the settings of the documentation cannot be read".to_owned();
        findings.push(invalid(file, Span::default(), message));
        return None;
    };
    if text.is_utf16() {
        let message = format!("the settings of the documentation are {} text", text.encoding());
        findings.push(invalid(file, Span::default(), message).help("save the file as UTF-8"));
    }
    // `---` at the start is usual, a second document is not.
    let document = yaml::parse(text.as_str(), Limits::default()).into_iter().next()?;
    for problem in &document.problems {
        let message = match &problem.kind {
            ProblemKind::Syntax(why) | ProblemKind::Limit(why) => {
                format!("the settings of the documentation cannot be read: {why}")
            }
            ProblemKind::DuplicateKey { key, .. } => format!("the key `{key}` stands here twice; the last one counts"),
        };
        findings.push(invalid(file, problem.span, message).maybe_help(problem.help.clone()));
    }
    let root = document.root.filter(|root| !root.is_null())?;
    if !root.is_map() {
        let message = format!("the settings are {} and not a map", root.type_name());
        findings.push(invalid(file, root.span, message).help("write `site_name: …` and what else is needed"));
        return None;
    }
    let tags = document.tags.into_iter().map(|(span, tag)| ((span.start, span.end), tag)).collect();
    Some(Layer { file, root, tags })
}

/// A finding about a value of the settings.
pub(super) fn invalid(file: FileId, span: Span, message: String) -> Diagnostic {
    Diagnostic::new(&DOCS_SETTINGS_INVALID, message).at(file, span).pointer("")
}
