//! `$text`, `$json`, `$yaml`, `$openapi`, `$asyncapi`: a map with one such key becomes what it
//! names. Results are not looked through again, and remember where they came from.

use crate::base::sources::is_glob;
use crate::base::{FileId, ReadError, Resolution, Sources, Span};
use crate::diagnostics::{Diagnostic, PLACEHOLDER_INVALID, PLACEHOLDER_MISSING, PLACEHOLDER_NOT_FETCHED};
use crate::model::{Document, Origin, OriginState};
use crate::parse::Envelope;
use crate::refs;
use crate::yaml::{self, Limits, Node, ProblemKind, Value, pointer_join};

/// Replaces the placeholders of a document.
pub(super) fn resolve(mut document: Document, sources: &dyn Sources) -> (Document, Vec<Diagnostic>) {
    let entity = {
        let envelope = Envelope::of(&document.root);
        let parts = envelope.kind.zip(envelope.namespace).zip(envelope.name);
        parts.map(|((kind, namespace), name)| format!("{kind}:{namespace}/{name}").to_lowercase())
    };
    let mut resolver = Resolver { file: document.file, sources, entity, origins: Vec::new(), findings: Vec::new() };
    if !document.imported {
        resolver.walk(&mut document.root, "");
    }
    document.origins = resolver.origins;
    (document, resolver.findings)
}

struct Resolver<'a> {
    file: FileId,
    sources: &'a dyn Sources,
    entity: Option<String>,
    origins: Vec<Origin>,
    findings: Vec<Diagnostic>,
}

impl Resolver<'_> {
    fn walk(&mut self, node: &mut Node, pointer: &str) {
        match &mut node.value {
            Value::List(items) => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.walk(item, &format!("{pointer}/{index}"));
                }
            }
            Value::Map(entries) if entries.iter().any(|entry| entry.key.starts_with('$')) => {
                let [entry] = &entries[..] else { return };
                let (Some(kind), Some(target)) = (Kind::from_key(&entry.key), entry.value.as_str()) else { return };
                let (target, span) = (target.to_owned(), entry.value.span);
                self.replace(node, pointer, kind, &target, span);
            }
            Value::Map(entries) => {
                for entry in entries {
                    let pointer = pointer_join(pointer, &entry.key);
                    self.walk(&mut entry.value, &pointer);
                }
            }
            _ => {}
        }
    }

    fn replace(&mut self, node: &mut Node, pointer: &str, kind: Kind, target: &str, span: Span) {
        let state = match self.content(kind, target) {
            Ok((file, value)) => {
                node.span = if kind.parsed() { value.span } else { span };
                node.value = value.value;
                OriginState::File { file, parsed: kind.parsed() }
            }
            Err(Failure::NotFetched(url)) => {
                let message = format!("`{url}` is outside of the workspace and is not fetched");
                let help =
                    "add its repository to the `sources` of catalog-config.yaml, or keep a copy beside the descriptor";
                self.report(Diagnostic::new(&PLACEHOLDER_NOT_FETCHED, message).help(help), pointer, kind, span, target);
                node.value = Value::Null;
                OriginState::NotFetched(url)
            }
            Err(Failure::Missing(path, nearest)) => {
                let help = match nearest {
                    Some(near) => format!("did you mean `{near}`?"),
                    None if is_glob(&path) => format!("patterns are for Locations; {ONE_FILE}"),
                    None => "paths are relative to the descriptor".to_owned(),
                };
                let finding = Diagnostic::new(&PLACEHOLDER_MISSING, format!("there is no file `{path}`")).help(help);
                self.report(finding, pointer, kind, span, target);
                node.value = Value::Null;
                OriginState::Failed
            }
            Err(Failure::Folder(path)) => {
                let finding = Diagnostic::new(&PLACEHOLDER_INVALID, format!("`{path}` is a folder")).help(ONE_FILE);
                self.report(finding, pointer, kind, span, target);
                node.value = Value::Null;
                OriginState::Failed
            }
            Err(Failure::Invalid(message)) => {
                self.report(Diagnostic::new(&PLACEHOLDER_INVALID, message), pointer, kind, span, target);
                node.value = Value::Null;
                OriginState::Failed
            }
        };
        self.origins.push(Origin { pointer: pointer.to_owned(), resolver: kind.key().to_owned(), span, state });
    }

    fn report(&mut self, finding: Diagnostic, pointer: &str, kind: Kind, span: Span, target: &str) {
        let mut finding = finding.at(self.file, span).pointer(format!("{pointer}/{}", kind.key())).subject(target);
        finding.entity.clone_from(&self.entity);
        self.findings.push(finding);
    }

    fn content(&self, kind: Kind, target: &str) -> Result<(FileId, Node), Failure> {
        let file = match self.sources.resolve(self.file, target) {
            Resolution::File(file) => file,
            Resolution::External(url) | Resolution::NotFetched(url) => return Err(Failure::NotFetched(url)),
            Resolution::Missing(repository, path) => {
                let files = self.sources.under(repository, crate::base::paths::parent(&path));
                let names: Vec<&str> = files.iter().map(|&file| self.sources.path(file)).collect();
                let nearest = crate::base::suggest::nearest(&path, names).map(str::to_owned);
                return Err(Failure::Missing(path, nearest));
            }
            Resolution::Folder(_, path) => return Err(Failure::Folder(path)),
            Resolution::Outside => return Err(Failure::Invalid(format!("`{target}` leads out of the repository"))),
            Resolution::Invalid => return Err(Failure::Invalid(format!("`{target}` is no path"))),
        };
        let path = self.sources.path(file);
        let text = self.sources.text(file).map_err(|error| {
            Failure::Invalid(match error {
                ReadError::TooLarge(size) => format!("`{path}` is too large ({} MiB)", size / (1024 * 1024)),
                ReadError::Failed(why) => format!("`{path}` cannot be read: {why}"),
            })
        })?;
        if text.invalid_utf8().is_some() {
            return Err(Failure::Invalid(format!("`{path}` is {} text", text.encoding())));
        }
        let text = text.as_str();
        let value = match kind {
            Kind::Text => Node::text(Span::default(), text),
            Kind::Json => json(text).map_err(|why| Failure::Invalid(format!("`{path}` is no JSON: {why}")))?,
            Kind::Yaml => self.tree(file, text)?,
            Kind::OpenApi | Kind::AsyncApi => {
                let root = self.tree(file, text)?;
                let documents = refs::Documents::of_tree(refs::Home::File(file), root, self.sources);
                Node::text(Span::default(), yaml::to_text(&refs::bundle(&documents)))
            }
        };
        Ok((file, value))
    }

    fn tree(&self, file: FileId, text: &str) -> Result<Node, Failure> {
        yaml::parse_value(text, Limits::default()).map_err(|problem| {
            let path = self.sources.path(file);
            Failure::Invalid(match problem.kind {
                ProblemKind::Syntax(why) | ProblemKind::Limit(why) => format!("`{path}` is no YAML: {why}"),
                ProblemKind::DuplicateKey { key, .. } => format!("the key `{key}` stands twice in `{path}`"),
            })
        })
    }
}

fn json(text: &str) -> Result<Node, String> {
    let value: serde_json::Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    // JSON is YAML but for its freedom in white space: the tree has places where that holds.
    let tree = yaml::parse_value(text, Limits::default()).ok().filter(|tree| tree.to_json() == value);
    Ok(tree.unwrap_or_else(|| Node::from_json(&value, Span::default())))
}

/// What to do with definitions that stand in many files.
const ONE_FILE: &str = "a placeholder takes one file: join the files into one, and name that";

enum Failure {
    NotFetched(String),
    Folder(String),
    Missing(String, Option<String>),
    Invalid(String),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Json,
    Yaml,
    OpenApi,
    AsyncApi,
}

impl Kind {
    fn from_key(key: &str) -> Option<Self> {
        Some(match key {
            "$text" => Self::Text,
            "$json" => Self::Json,
            "$yaml" => Self::Yaml,
            "$openapi" => Self::OpenApi,
            "$asyncapi" => Self::AsyncApi,
            _ => return None,
        })
    }

    fn key(self) -> &'static str {
        match self {
            Self::Text => "$text",
            Self::Json => "$json",
            Self::Yaml => "$yaml",
            Self::OpenApi => "$openapi",
            Self::AsyncApi => "$asyncapi",
        }
    }

    /// Whether the result is a tree of the file, so that places inside of it are places there.
    fn parsed(self) -> bool {
        matches!(self, Self::Json | Self::Yaml)
    }
}
