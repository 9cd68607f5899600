//! What a team set for Spectral: the nearest ruleset above a definition, as far as it is a map of
//! severities; without one, what it set for Redocly. Functions, rules of one's own and rulesets from
//! elsewhere are not run; one note says so. `api-ruleset`.

use rustc_hash::FxHashMap;

use crate::base::{FileId, Resolution, Sources, paths};
use crate::diagnostics::{API_RULESET, Diagnostic, Level, Override};
use crate::yaml::{self, Entry, Limits, Node, Value};

use super::spectral::{ROWS, Row};
use super::{Version, redocly};

/// Names of rulesets, in Spectral's order.
const NAMES: &[&str] = &[".spectral.yaml", ".spectral.yml", ".spectral.json"];
/// How many files of settings may extend each other.
const MOST_FILES: usize = 20;

/// Files of settings that lead to each other; none is read twice.
pub(super) struct Chain<'a> {
    pub(super) sources: &'a dyn Sources,
    read: Vec<FileId>,
}

impl<'a> Chain<'a> {
    pub(super) fn new(sources: &'a dyn Sources) -> Self {
        Self { sources, read: Vec::new() }
    }

    /// What a file holds; nothing where it was read before, where there are too many, and where it
    /// cannot be had.
    pub(super) fn next(&mut self, file: FileId) -> Option<Result<Node, yaml::Problem>> {
        if self.read.contains(&file) || self.read.len() >= MOST_FILES {
            return None;
        }
        self.read.push(file);
        let text = self.sources.text(file).ok()?;
        Some(yaml::parse_value(text.as_str(), Limits::default()))
    }
}

/// What is set for a definition.
#[derive(Debug, Default)]
pub(super) struct Ruleset {
    oas: Base,
    asyncapi: Base,
    rules: FxHashMap<String, Setting>,
    /// Of Redocly, by the name of our row.
    redocly: FxHashMap<&'static str, Level>,
}

/// Which of Spectral's own rules are on.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Base {
    /// Nothing is said: our levels hold.
    #[default]
    Ours,
    Off,
    Recommended,
    All,
}

#[derive(Debug, Clone, Copy)]
enum Setting {
    Level(Level),
    /// On, at the level that it has in Spectral.
    Usual,
}

impl Ruleset {
    /// The level of a rule, where it is not ours.
    pub(super) fn level(&self, row: &Row) -> Option<Level> {
        if let Some(level) = self.redocly.get(row.name) {
            return Some(*level);
        }
        match self.rules.get(row.spectral()) {
            Some(Setting::Level(level)) => return Some(*level),
            Some(Setting::Usual) => return Some(row.level),
            None => {}
        }
        // What Spectral reports of its own accord is in no ruleset.
        if row.is_ours() || row.spectral() == "invalid-ref" {
            return None;
        }
        let base = if row.name.starts_with("asyncapi") { self.asyncapi } else { self.oas };
        match base {
            Base::Ours => None,
            Base::Off => Some(Level::Off),
            Base::Recommended => Some(if row.on { row.level } else { Level::Off }),
            Base::All => Some(row.level),
        }
    }
}

/// What is set for a definition in a file.
pub(super) fn of(
    definition: FileId,
    version: Option<Version>,
    sources: &dyn Sources,
    findings: &mut Vec<Diagnostic>,
) -> Ruleset {
    if let Some(file) = nearest(definition, NAMES, sources) {
        let mut reader =
            Reader { chain: Chain::new(sources), definition, ruleset: Ruleset::default(), unused: Vec::new() };
        reader.file(file);
        findings.extend(unused(&reader.unused, "Spectral"));
        return reader.ruleset;
    }
    let Some(file) = nearest(definition, redocly::NAMES, sources) else { return Ruleset::default() };
    let read = redocly::read(file, definition, version, sources);
    findings.extend(unused(&read.unused, "Redocly"));
    Ruleset { redocly: read.levels, ..Ruleset::default() }
}

/// One note about all that cannot be used.
fn unused(parts: &[(FileId, crate::base::Span, String)], tool: &str) -> Option<Diagnostic> {
    let (file, span, what) = parts.first()?;
    let more = match parts.len() {
        1 => String::new(),
        count => format!(", and {} more", count - 1),
    };
    let finding = Diagnostic::new(&API_RULESET, format!("{what} is not used here{more}")).at(*file, *span);
    Some(finding.help(format!("the severities of {tool}'s own rules are; go on running {tool} for the rest")))
}

/// The first of some files beside a file, or in the nearest folder above it.
fn nearest(from: FileId, names: &[&str], sources: &dyn Sources) -> Option<FileId> {
    let repository = sources.repo_of(from);
    let mut folder = paths::parent(sources.path(from));
    loop {
        for name in names {
            let path = if folder.is_empty() { (*name).to_owned() } else { format!("{folder}/{name}") };
            if let Some(file) = sources.lookup(repository, &path) {
                return Some(file);
            }
        }
        if folder.is_empty() {
            return None;
        }
        folder = paths::parent(folder);
    }
}

struct Reader<'a> {
    chain: Chain<'a>,
    definition: FileId,
    ruleset: Ruleset,
    /// What cannot be used, and where.
    unused: Vec<(FileId, crate::base::Span, String)>,
}

impl Reader<'_> {
    fn file(&mut self, file: FileId) {
        match self.chain.next(file) {
            None => {}
            Some(Ok(root)) => self.ruleset(&root, file, true),
            Some(Err(problem)) => self.unused.push((file, problem.span, "a ruleset that cannot be parsed".to_owned())),
        }
    }

    /// A ruleset, or a part of one for some files.
    fn ruleset(&mut self, root: &Node, file: FileId, is_whole: bool) {
        match root.get("extends").map(|extends| (&extends.value, extends)) {
            Some((Value::Text(_), one)) => self.extend(one, None, file),
            Some((Value::List(items), _)) => {
                for item in items {
                    match item.items() {
                        [of, how] => self.extend(of, how.as_str(), file),
                        _ => self.extend(item, None, file),
                    }
                }
            }
            _ => {}
        }
        for entry in root.get("rules").map(Node::entries).unwrap_or_default() {
            self.rule(entry, file);
        }
        if !is_whole {
            return;
        }
        for key in ["functions", "functionsDir"] {
            if let Some(entry) = root.entry(key) {
                self.unused.push((file, entry.key_span, format!("`{key}` of a ruleset")));
            }
        }
        for part in root.get("overrides").map(Node::items).unwrap_or_default() {
            if self.is_for(part, file) {
                self.ruleset(part, file, false);
            }
        }
    }

    fn extend(&mut self, of: &Node, how: Option<&str>, file: FileId) {
        let Some(name) = of.as_str() else { return };
        let base = match how {
            Some("off") => Base::Off,
            Some("all") => Base::All,
            _ => Base::Recommended,
        };
        match name {
            "spectral:oas" => self.ruleset.oas = base,
            "spectral:asyncapi" => self.ruleset.asyncapi = base,
            _ => match self.chain.sources.resolve(file, name) {
                Resolution::File(other) if name.starts_with('.') && !name.ends_with("js") => self.file(other),
                _ => self.unused.push((file, of.span, format!("the ruleset `{name}`"))),
            },
        }
    }

    fn rule(&mut self, entry: &Entry, file: FileId) {
        let name = &*entry.key;
        let is_known = ROWS.iter().any(|row| row.spectral() == name && !row.is_ours());
        let is_own = ["given", "then"].iter().any(|key| entry.value.get(key).is_some());
        let severity = match &entry.value.value {
            Value::Map(_) => entry.value.get("severity"),
            _ => Some(&entry.value),
        };
        match severity.map_or(Some(Setting::Usual), setting).filter(|_| is_known && !is_own) {
            Some(setting) => {
                self.ruleset.rules.insert(name.to_owned(), setting);
            }
            None if matches!(entry.value.value, Value::Bool(false)) || entry.value.as_str() == Some("off") => {}
            None => self.unused.push((file, entry.key_span, format!("the rule `{name}` of a ruleset"))),
        }
    }

    /// Whether a part of a ruleset is for the definition.
    fn is_for(&mut self, part: &Node, file: FileId) -> bool {
        let files = part.get("files").map(Node::items).unwrap_or_default();
        let whole: Vec<String> =
            files.iter().filter_map(Node::as_str).filter(|one| !one.contains('#')).map(str::to_owned).collect();
        if whole.len() < files.len() {
            self.unused.push((file, part.span, "an override for a part of a file".to_owned()));
        }
        let folder = paths::parent(self.chain.sources.path(file));
        let path = self.chain.sources.path(self.definition);
        let path = path.strip_prefix(folder).map_or(path, |rest| rest.trim_start_matches('/'));
        // As Spectral's matcher has it, `*.yaml` is for the files beside the ruleset alone.
        Override::patterns(&whole).is_ok_and(|patterns| patterns.is_match(path))
    }
}

fn setting(node: &Node) -> Option<Setting> {
    Some(match &node.value {
        Value::Bool(true) => Setting::Usual,
        Value::Bool(false) => Setting::Level(Level::Off),
        Value::Int(level) => Setting::Level(match level {
            -1 => Level::Off,
            0 => Level::Error,
            1 => Level::Warning,
            2 | 3 => Level::Note,
            _ => return None,
        }),
        Value::Text(text) => Setting::Level(match &**text {
            "off" => Level::Off,
            "error" => Level::Error,
            "warn" => Level::Warning,
            "info" | "hint" => Level::Note,
            "recommended" | "all" => return Some(Setting::Usual),
            _ => return None,
        }),
        _ => return None,
    })
}
