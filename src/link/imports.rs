//! Groups and users from files that the settings name: an export of a directory, or of another
//! catalog.

use crate::base::{FileId, RepoId, Sources, Span, paths};
use crate::diagnostics::{Diagnostic, IMPORT_INVALID};
use crate::model::Document;
use crate::yaml::{self, Entry, Limits, Node, Value};

use super::Input;

/// The groups and users of all import files.
pub(super) fn load(input: &Input<'_>, findings: &mut Vec<Diagnostic>) -> Vec<Document> {
    let mut documents = Vec::new();
    for (index, path) in input.settings.import.iter().enumerate() {
        match find(input, path).ok_or_else(|| format!("there is no file `{path}` beside the settings")).and_then(
            |file| {
                let entities = read(input.sources, file)?;
                Ok((file, entities))
            },
        ) {
            Ok((file, entities)) => documents.extend(entities.into_iter().filter(is_person).map(|root| Document {
                file,
                entry_point: file,
                span: root.span,
                root: without_output(root),
                origins: Vec::new(),
                imported: true,
            })),
            Err(why) => findings.push(problem(input, index, path, &why)),
        }
    }
    documents
}

/// The import files that are there: what is in them is no descriptor that something must lead to.
pub(super) fn files(input: &Input<'_>) -> Vec<FileId> {
    input.settings.import.iter().filter_map(|path| find(input, path)).collect()
}

fn find(input: &Input<'_>, path: &str) -> Option<FileId> {
    let home = input.settings_file.map_or(RepoId(0), |file| input.sources.repo_of(file));
    input.sources.lookup(home, &paths::join("", path).ok()?)
}

fn problem(input: &Input<'_>, index: usize, path: &str, why: &str) -> Diagnostic {
    let pointer = format!("/import/{index}");
    let finding = Diagnostic::new(&IMPORT_INVALID, format!("`{path}` cannot be imported: {why}"))
        .subject(path)
        .pointer(&pointer)
        .help("write the answer of Backstage's `/api/catalog/entities?filter=kind=group&filter=kind=user` into it, or one entity a line");
    let Some(file) = input.settings_file else { return finding };
    let root = input.sources.text(file).ok().and_then(|text| yaml::parse_value(text.as_str(), Limits::default()).ok());
    finding.at(file, root.map(|root| root.locate(&pointer, false)).unwrap_or_default())
}

/// The entities of an import file: a JSON list, an object with `items`, one object a line, or
/// YAML documents.
fn read(sources: &dyn Sources, file: FileId) -> Result<Vec<Node>, String> {
    let text = sources.text(file).map_err(|error| match error {
        crate::base::ReadError::TooLarge(_) => "it is too large".to_owned(),
        crate::base::ReadError::Failed(why) => why,
    })?;
    let text = text.as_str();
    let trimmed = text.trim_start();
    if trimmed.starts_with('[') || trimmed.starts_with('{') {
        let json = match serde_json::from_str::<serde_json::Value>(text) {
            Ok(json) => json,
            Err(error) if trimmed.starts_with('[') => return Err(format!("it is no JSON: {error}")),
            Err(_) => return lines(text),
        };
        let limits = Limits { nodes: usize::MAX, ..Limits::default() };
        let root = yaml::parse_value(text, limits).unwrap_or_else(|_| Node::from_json(&json, Span::default()));
        return Ok(match root.value {
            Value::List(items) => items,
            Value::Map(_) if root.get("items").is_some() => {
                root.get("items").map(|items| items.items().to_vec()).unwrap_or_default()
            }
            _ => vec![root],
        });
    }
    let documents = yaml::parse(text, Limits::default());
    if let Some(problem) = documents.iter().flat_map(|document| &document.problems).next() {
        let why = match &problem.kind {
            yaml::ProblemKind::Syntax(why) | yaml::ProblemKind::Limit(why) => why.clone(),
            yaml::ProblemKind::DuplicateKey { key, .. } => format!("the key `{key}` stands twice"),
        };
        return Err(why);
    }
    Ok(documents.into_iter().filter_map(|document| document.root).filter(Node::is_map).collect())
}

fn lines(text: &str) -> Result<Vec<Node>, String> {
    let mut at = 0;
    let mut entities = Vec::new();
    for (index, line) in text.split_inclusive('\n').enumerate() {
        if !line.trim().is_empty() {
            let json: serde_json::Value =
                serde_json::from_str(line).map_err(|error| format!("line {} is no JSON: {error}", index + 1))?;
            let span = Span::new(at, at + line.trim_end().len());
            // JSON is YAML: the tree of that has places.
            let tree = yaml::parse_value(line, Limits::default()).ok().filter(|tree| tree.to_json() == json);
            entities.push(tree.map_or_else(|| Node::from_json(&json, span), |tree| tree.shifted(at)));
        }
        at += line.len();
    }
    Ok(entities)
}

fn is_person(root: &Node) -> bool {
    matches!(root.get("kind").and_then(Node::as_str), Some("Group" | "User"))
}

/// Without what a catalog adds on its way out.
fn without_output(mut root: Node) -> Node {
    if let Value::Map(entries) = &mut root.value {
        entries.retain(|entry| !matches!(&*entry.key, "relations" | "status"));
        for entry in entries.iter_mut().filter(|entry: &&mut Entry| &*entry.key == "metadata") {
            if let Value::Map(fields) = &mut entry.value.value {
                fields.retain(|field| !matches!(&*field.key, "uid" | "etag"));
            }
        }
    }
    root
}
