//! What a team set for Redocly: the severities of its built-in rules in the nearest `redocly.yaml`,
//! for those that have a counterpart here. Configurable rules and plugins are not run. The table in
//! `docs/apis.md` is held against the one here.

use rustc_hash::FxHashMap;

use crate::base::{FileId, Resolution, Sources, Span};
use crate::diagnostics::Level;
use crate::yaml::{Entry, Node, Value};

use super::Version;
use super::ruleset::Chain;

/// Names of its settings, the newest first.
pub(super) const NAMES: &[&str] = &["redocly.yaml", "redocly.yml", ".redocly.yaml", ".redocly.yml"];
/// Sets of rules that it brings, in the order of [`Row::levels`].
const SETS: &[&str] = &["recommended", "minimal", "spec"];

/// A rule of Redocly.
#[derive(Debug)]
pub(super) struct Row {
    /// Its name.
    pub(super) name: &'static str,
    /// What Spectral calls the same, in the table that ours are found by.
    pub(super) rows: &'static [&'static str],
    /// Its level in the sets `recommended`, `minimal` and `spec`.
    pub(super) levels: [Level; 3],
}

const ERROR: Level = Level::Error;
const WARN: Level = Level::Warning;
const OFF: Level = Level::Off;

const fn row(name: &'static str, levels: [Level; 3], rows: &'static [&'static str]) -> Row {
    Row { name, rows, levels }
}

/// Its rules that have a counterpart.
pub(super) static ROWS: &[Row] = &[
    row(
        "struct",
        [ERROR, ERROR, ERROR],
        &["oas3-schema", "oas2-schema", "asyncapi-schema", "asyncapi-3-document-resolved"],
    ),
    row("no-unresolved-refs", [ERROR, ERROR, ERROR], &["invalid-ref", "invalid-ref/outside"]),
    row("operation-operationId-unique", [ERROR, WARN, ERROR], &["operation-operationId-unique"]),
    row("operation-operationId", [WARN, WARN, OFF], &["operation-operationId", "asyncapi-operation-operationId"]),
    row("operation-operationId-url-safe", [ERROR, WARN, OFF], &["operation-operationId-valid-in-url"]),
    row("path-parameters-defined", [ERROR, WARN, ERROR], &["path-params"]),
    row("no-identical-paths", [ERROR, WARN, ERROR], &["path-params/identical"]),
    row("path-declaration-must-exist", [ERROR, WARN, ERROR], &["path-declarations-must-exist"]),
    row("no-path-trailing-slash", [ERROR, WARN, OFF], &["path-keys-no-trailing-slash"]),
    row("path-not-include-query", [ERROR, WARN, ERROR], &["path-not-include-query"]),
    row(
        "no-channel-trailing-slash",
        [OFF, OFF, OFF],
        &["asyncapi-channel-no-trailing-slash", "asyncapi-3-channel-no-trailing-slash"],
    ),
    row("operation-parameters-unique", [ERROR, WARN, ERROR], &["operation-parameters"]),
    row("operation-2xx-response", [WARN, WARN, OFF], &["operation-success-response"]),
    row("no-enum-type-mismatch", [ERROR, WARN, OFF], &["typed-enum"]),
    row("no-invalid-media-type-examples", [WARN, WARN, OFF], &["oas3-valid-media-example"]),
    row("no-invalid-schema-examples", [WARN, OFF, OFF], &["oas3-valid-schema-example", "oas2-valid-schema-example"]),
    row("no-example-value-and-externalValue", [ERROR, WARN, ERROR], &["oas3-examples-value-or-externalValue"]),
    row(
        "security-defined",
        [ERROR, WARN, OFF],
        &[
            "oas3-operation-security-defined",
            "oas2-operation-security-defined",
            "asyncapi-operation-security",
            "asyncapi-3-operation-security",
            "asyncapi-server-security",
        ],
    ),
    row("no-unused-components", [WARN, WARN, OFF], &["oas3-unused-component", "oas2-unused-definition"]),
    row(
        "no-duplicated-tag-names",
        [WARN, OFF, ERROR],
        &["openapi-tags-uniqueness", "asyncapi-tags-uniqueness", "asyncapi-3-tags-uniqueness"],
    ),
    row("operation-tag-defined", [OFF, OFF, OFF], &["operation-tag-defined"]),
    row(
        "tags-alphabetical",
        [OFF, OFF, OFF],
        &["openapi-tags-alphabetical", "asyncapi-tags-alphabetical", "asyncapi-3-tags-alphabetical"],
    ),
    row("operation-singular-tag", [OFF, OFF, OFF], &["operation-singular-tag"]),
    row("no-undefined-server-variable", [ERROR, WARN, ERROR], &["oas3-server-variables"]),
    row("no-empty-servers", [ERROR, WARN, OFF], &["oas3-api-servers"]),
    row("no-server-trailing-slash", [ERROR, ERROR, OFF], &["oas3-server-trailing-slash"]),
    row("no-server-example.com", [WARN, WARN, OFF], &["oas3-server-not-example.com"]),
    row("info-contact", [OFF, OFF, OFF], &["info-contact", "asyncapi-info-contact"]),
    row("info-license", [WARN, OFF, OFF], &["info-license"]),
    row("info-license-strict", [WARN, OFF, OFF], &["license-url", "asyncapi-info-license-url"]),
    row("info-license-url", [OFF, OFF, OFF], &["license-url"]),
    row(
        "operation-description",
        [OFF, OFF, OFF],
        &["operation-description", "asyncapi-operation-description", "asyncapi-3-operation-description"],
    ),
    row("parameter-description", [OFF, OFF, OFF], &["oas3-parameter-description", "oas2-parameter-description"]),
    row(
        "tag-description",
        [WARN, WARN, OFF],
        &["tag-description", "asyncapi-tag-description", "asyncapi-3-tag-description"],
    ),
];

/// What its settings come to.
#[derive(Debug, Default)]
pub(super) struct Severities {
    /// Levels, by the name of the row of ours.
    pub(super) levels: FxHashMap<&'static str, Level>,
    /// What cannot be used, and where.
    pub(super) unused: Vec<(FileId, Span, String)>,
}

/// Reads the settings in a file, as far as they are about a definition.
pub(super) fn read(
    settings: FileId,
    definition: FileId,
    version: Option<Version>,
    sources: &dyn Sources,
) -> Severities {
    let mut reader = Reader { chain: Chain::new(sources), definition, version, out: Severities::default() };
    reader.file(settings);
    reader.out
}

struct Reader<'a> {
    chain: Chain<'a>,
    definition: FileId,
    version: Option<Version>,
    out: Severities,
}

impl Reader<'_> {
    fn file(&mut self, file: FileId) {
        match self.chain.next(file) {
            None => {}
            Some(Ok(root)) => {
                self.part(&root, file);
                for api in root.get("apis").map(Node::entries).unwrap_or_default() {
                    if self.is_for(&api.value, file) {
                        self.part(&api.value, file);
                    }
                }
            }
            Some(Err(problem)) => {
                self.out.unused.push((
                    file,
                    problem.span,
                    "what cannot be parsed in the settings of Redocly".to_owned(),
                ));
            }
        }
    }

    /// Whether settings of one API are for the definition.
    fn is_for(&self, api: &Node, file: FileId) -> bool {
        let root = api.get("root").and_then(Node::as_str);
        root.is_some_and(
            |root| matches!(self.chain.sources.resolve(file, root), Resolution::File(found) if found == self.definition),
        )
    }

    /// Settings, of all APIs or of one. Before its version 2 they stood under a key of their own.
    fn part(&mut self, node: &Node, file: FileId) {
        for inner in ["lint", "styleguide"] {
            if let Some(node) = node.get(inner).filter(|node| !node.entries().is_empty()) {
                self.part(node, file);
            }
        }
        match node.get("extends").map(|extends| (&extends.value, extends)) {
            Some((Value::Text(_), one)) => self.extend(one, file),
            Some((Value::List(items), _)) => items.iter().for_each(|one| self.extend(one, file)),
            _ => {}
        }
        let of_version = match self.version {
            Some(Version::Swagger) => Some("oas2Rules".to_owned()),
            Some(Version::OpenApi(minor)) => Some(format!("oas3_{minor}Rules")),
            Some(Version::AsyncApi2) => Some("async2Rules".to_owned()),
            Some(Version::AsyncApi3) => Some("async3Rules".to_owned()),
            None => None,
        };
        for key in std::iter::once("rules").chain(of_version.as_deref()) {
            for entry in node.get(key).map(Node::entries).unwrap_or_default() {
                self.rule(entry, file);
            }
        }
    }

    fn extend(&mut self, of: &Node, file: FileId) {
        let Some(name) = of.as_str() else { return };
        let set = name.strip_suffix("-strict").unwrap_or(name);
        if let Some(at) = SETS.iter().position(|known| *known == set) {
            for row in ROWS {
                let level = row.levels[at];
                // Strict ones have no warnings.
                self.set(row, if set != name && level == WARN { ERROR } else { level });
            }
        } else if name == "all" {
            ROWS.iter().for_each(|row| self.set(row, ERROR));
        } else if let (Resolution::File(other), false) = (self.chain.sources.resolve(file, name), name.contains("://"))
        {
            self.file(other);
        } else {
            self.out.unused.push((file, of.span, format!("`{name}`, which the settings of Redocly extend,")));
        }
    }

    fn rule(&mut self, entry: &Entry, file: FileId) {
        let severity = match &entry.value.value {
            Value::Map(_) => entry.value.get("severity").map_or(Some(ERROR), severity),
            _ => severity(&entry.value),
        };
        let known = ROWS.iter().find(|row| row.name == &*entry.key);
        match (known, severity) {
            (Some(row), Some(level)) => self.set(row, level),
            // What is off is not missed.
            (None, Some(OFF)) => {}
            _ => self.out.unused.push((file, entry.key_span, format!("the rule `{}` of Redocly", entry.key))),
        }
    }

    fn set(&mut self, row: &Row, level: Level) {
        self.out.levels.extend(row.rows.iter().map(|name| (*name, level)));
    }
}

fn severity(node: &Node) -> Option<Level> {
    match node.as_str() {
        Some("error") => Some(ERROR),
        Some("warn") => Some(WARN),
        Some("off") => Some(OFF),
        // YAML of another version reads `off` so.
        _ if matches!(node.value, Value::Bool(false)) => Some(OFF),
        _ => None,
    }
}
