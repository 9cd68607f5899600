//! Findings: what a rule says about a place of the input, and the one table of all rules.
//!
//! A stage gives rule, place and words; [`settle`] decides the level; `report` finds line and
//! column, only when shown. Nothing here reads input or prints.

mod codes;
mod levels;
mod mend;
mod rules;
mod suppress;

pub use codes::{Example, Group, Level, Rule};
pub use levels::{Levels, Override, Selector, Setting};
pub use mend::{Applicability, Mend};
pub use rules::*;
pub use suppress::{Ignored, Suppression, Suppressions};

use crate::base::{FileId, Hash, Place, RepoId, Sources, Span, Text, suggest};

/// One finding.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The rule that was broken.
    pub rule: &'static Rule,
    /// How bad it is.
    pub level: Level,
    /// Whether the stage lowered or raised the rule's own level.
    pub adjusted: bool,
    /// The cause, in one sentence without a full stop.
    pub message: String,
    /// A few words for the marked place itself.
    pub label: Option<String>,
    /// Where it is; `None` for findings about the workspace.
    pub place: Option<Place>,
    /// The repository, for findings that have one but no place.
    pub repository: Option<RepoId>,
    /// JSON pointer in the document.
    pub pointer: Option<String>,
    /// Full reference of the entity.
    pub entity: Option<String>,
    /// What to do.
    pub help: Option<String>,
    /// Other places that matter.
    pub related: Vec<Related>,
    /// Edits that would mend it.
    pub fix: Vec<Edit>,
    /// What would mend it, until `edit` has made edits of it.
    pub mend: Option<Mend>,
    /// Whether these may be made without a look at them.
    pub applicability: Applicability,
    /// The value that is wrong, for the fingerprint.
    pub subject: String,
}

/// Another place that belongs to a finding.
#[derive(Debug, Clone)]
pub struct Related {
    /// What is there.
    pub message: String,
    /// Where it is.
    pub at: At,
}

/// Where something is that belongs to a finding.
#[derive(Debug, Clone)]
pub enum At {
    /// In view.
    Here(Place),
    /// In a repository that is not in view.
    Elsewhere(Elsewhere),
}

/// A place that nothing is known of but what a published catalog says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Elsewhere {
    /// The repository's name.
    pub repository: Option<String>,
    /// The path in it.
    pub file: Option<String>,
    /// The line, from 1.
    pub line: Option<usize>,
    /// The column, from 1.
    pub column: Option<usize>,
    /// The page on which its host shows it.
    pub url: Option<String>,
}

impl Elsewhere {
    /// Repository, file and line, as far as they are known.
    pub fn text(&self) -> String {
        let mut text = self.repository.clone().unwrap_or_default();
        if let Some(file) = &self.file {
            text = if text.is_empty() { file.clone() } else { format!("{text}/{file}") };
            for number in [self.line, self.line.and(self.column)].into_iter().flatten() {
                text = format!("{text}:{number}");
            }
        }
        in_one_line(text)
    }
}

impl Related {
    /// The place, where it is in view.
    pub fn place(&self) -> Option<Place> {
        match &self.at {
            At::Here(place) => Some(*place),
            At::Elsewhere(_) => None,
        }
    }
}

/// A replacement of some text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty for an insertion.
    pub place: Place,
    /// By what.
    pub replacement: String,
}

impl Diagnostic {
    /// A finding of a rule at its own level.
    pub fn new(rule: &'static Rule, message: impl Into<String>) -> Self {
        Self {
            rule,
            level: rule.level(),
            adjusted: false,
            message: in_one_line(message.into()),
            label: None,
            place: None,
            repository: None,
            pointer: None,
            entity: None,
            help: None,
            related: Vec::new(),
            fix: Vec::new(),
            mend: None,
            applicability: Applicability::Safe,
            subject: String::new(),
        }
    }

    /// At a place.
    #[must_use]
    pub fn at(mut self, file: FileId, span: Span) -> Self {
        self.place = Some(Place::new(file, span));
        self
    }

    /// About a repository as a whole.
    #[must_use]
    pub fn in_repository(mut self, repository: RepoId) -> Self {
        self.repository = Some(repository);
        self
    }

    /// With words for the marked place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// With advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With advice, where there is some.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// With the JSON pointer of the value.
    #[must_use]
    pub fn pointer(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = Some(pointer.into());
        self
    }

    /// About an entity.
    #[must_use]
    pub fn entity(mut self, reference: impl Into<String>) -> Self {
        self.entity = Some(reference.into());
        self
    }

    /// With the value that is wrong.
    #[must_use]
    pub fn subject(mut self, subject: impl Into<String>) -> Self {
        self.subject = subject.into();
        self
    }

    /// With another place.
    #[must_use]
    pub fn related(self, message: impl Into<String>, place: Place) -> Self {
        self.related_at(message, At::Here(place))
    }

    /// With a place in a repository that is not in view.
    #[must_use]
    pub fn elsewhere(self, message: impl Into<String>, elsewhere: Elsewhere) -> Self {
        self.related_at(in_one_line(message.into()), At::Elsewhere(elsewhere))
    }

    /// With another place, in view or not.
    #[must_use]
    pub fn related_at(mut self, message: impl Into<String>, at: At) -> Self {
        self.related.push(Related { message: message.into(), at });
        self
    }

    /// With an edit that mends it.
    #[must_use]
    pub fn fix(mut self, place: Place, replacement: impl Into<String>) -> Self {
        self.fix.push(Edit { place, replacement: replacement.into() });
        self
    }

    /// With a change of its document that mends it.
    #[must_use]
    pub fn mend(mut self, mend: Mend) -> Self {
        self.mend = Some(mend);
        self
    }

    /// With a change that mends it, where there is one.
    #[must_use]
    pub fn maybe_mend(mut self, mend: Option<Mend>) -> Self {
        self.mend = mend.or(self.mend);
        self
    }

    /// The same, where a condition holds.
    #[must_use]
    pub fn maybe_mend_where(self, holds: bool, mend: impl FnOnce() -> Option<Mend>) -> Self {
        if holds && self.mend.is_none() { self.maybe_mend(mend()) } else { self }
    }

    /// What mends it wants a look before it is made.
    #[must_use]
    pub fn unsafely(mut self) -> Self {
        self.applicability = Applicability::Unsafe;
        self
    }

    /// At another level than the rule's own.
    #[must_use]
    pub fn with_level(mut self, level: Level) -> Self {
        self.adjusted = self.level != level;
        self.level = level;
        self
    }

    /// The repository it is in.
    pub fn repository_of(&self, sources: &dyn Sources) -> Option<RepoId> {
        self.place.map(|place| sources.repo_of(place.file)).or(self.repository)
    }
}

/// Line ends and the like as they are written in quotes: names come from the input.
fn in_one_line(message: String) -> String {
    if message.chars().any(char::is_control) {
        message.chars().map(|c| if c.is_control() { c.escape_default().to_string() } else { c.to_string() }).collect()
    } else {
        message
    }
}

/// The advice "did you mean `x`?", where there is a nearest name.
pub fn did_you_mean<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    suggest::nearest(name, candidates).map(|nearest| format!("did you mean `{nearest}`?"))
}

/// Applies the levels of settings and command line, drops what is off, suppressed or said twice, and puts the rest in
/// order: by repository, file, line and column, code, fingerprint. Gives findings with their
/// fingerprints.
pub fn settle(
    diagnostics: Vec<Diagnostic>,
    levels: &Levels,
    suppressions: &Suppressions,
    sources: &dyn Sources,
) -> Vec<(Diagnostic, String)> {
    let at_its_level = |mut diagnostic: Diagnostic| {
        if let Some(level) = levels.of(&diagnostic, sources) {
            diagnostic.level = level;
        }
        (diagnostic.level != Level::Off).then_some(diagnostic)
    };
    let mut diagnostics: Vec<Diagnostic> = diagnostics.into_iter().filter_map(at_its_level).collect();
    let more = suppressions.apply(&mut diagnostics, levels, sources);
    diagnostics.extend(more.into_iter().filter_map(at_its_level));
    let mut keyed: Vec<(String, Diagnostic)> =
        diagnostics.into_iter().map(|diagnostic| (fingerprint(&diagnostic, sources), diagnostic)).collect();
    keyed.sort_by(|(a, x), (b, y)| order(x, a, sources).cmp(&order(y, b, sources)));
    let mut said = rustc_hash::FxHashSet::default();
    keyed.retain(|(_, diagnostic)| {
        said.insert((diagnostic.rule.code, diagnostic.place, diagnostic.repository, diagnostic.message.clone()))
    });
    let mut seen = rustc_hash::FxHashMap::<String, usize>::default();
    keyed
        .into_iter()
        .map(|(base, diagnostic)| {
            let times = seen.entry(base.clone()).or_default();
            *times += 1;
            let fingerprint = if *times == 1 { base } else { format!("{base}-{times}") };
            (diagnostic, fingerprint)
        })
        .collect()
}

type Order<'a> = (Option<&'a str>, Option<&'a str>, Option<u32>, &'static str, &'a str, &'a str);

/// Puts findings in order whose places have changed since they were settled.
pub fn in_order(findings: &mut [(Diagnostic, String)], sources: &dyn Sources) {
    findings.sort_by(|(x, a), (y, b)| order(x, a, sources).cmp(&order(y, b, sources)));
}

/// By repository, file, place, code and fingerprint. What stands in no repository comes first.
fn order<'a>(diagnostic: &'a Diagnostic, fingerprint: &'a str, sources: &'a dyn Sources) -> Order<'a> {
    let repository = diagnostic.repository_of(sources).map(|id| sources.repository(id));
    (
        repository.filter(|repository| !repository.settings_home).map(|repository| repository.name.as_str()),
        diagnostic.place.map(|place| sources.path(place.file)),
        diagnostic.place.map(|place| place.span.start),
        diagnostic.rule.code,
        fingerprint,
        &diagnostic.message,
    )
}

/// What stays the same when a file is reformatted or an item is put into a list: rule, entity,
/// pointer without list indexes, and the value.
fn fingerprint(diagnostic: &Diagnostic, sources: &dyn Sources) -> String {
    let pointer: String = diagnostic
        .pointer
        .as_deref()
        .unwrap_or("")
        .split('/')
        .filter(|part| part.parse::<usize>().is_err())
        .collect::<Vec<_>>()
        .join("/");
    let repository = diagnostic.repository_of(sources).map_or("", |id| sources.repository(id).name.as_str());
    let path = diagnostic.place.map_or("", |place| sources.path(place.file));
    let place = diagnostic.entity.as_deref().unwrap_or(path);
    let subject = if diagnostic.subject.is_empty() { &diagnostic.message } else { &diagnostic.subject };
    let subject = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    let parts = [diagnostic.rule.code, repository, place, &pointer, &subject];
    Hash::of_parts(parts.iter().map(|part| part.as_bytes())).short(16)
}

/// A span as line and column, both ends, for those who show findings.
pub fn positions(text: &Text, span: Span) -> (crate::base::Position, crate::base::Position) {
    (text.position(span.start), text.position(span.end))
}
