//! Which level a finding has: what its rule says, unless the settings or the command line say
//! otherwise, for all of the workspace or for a part of it.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::base::Sources;

use super::{Diagnostic, Group, Level, RULES, Rule, did_you_mean, rule};

/// What a level is set for. A narrower one goes before a wider one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selector {
    /// Every rule.
    All,
    /// The rules of a group.
    Group(Group),
    /// One rule, by its code.
    Rule(&'static str),
}

impl Selector {
    /// The selector with this name: `all`, a group, or a code.
    pub fn from_name(name: &str) -> Option<Self> {
        if name == "all" {
            return Some(Self::All);
        }
        Group::ALL
            .iter()
            .find(|group| group.name() == name)
            .map(|group| Self::Group(*group))
            .or_else(|| rule(name).map(|rule| Self::Rule(rule.code)))
    }

    /// All names there are.
    pub fn names() -> impl Iterator<Item = &'static str> {
        std::iter::once("all")
            .chain(Group::ALL.iter().map(|group| group.name()))
            .chain(RULES.iter().map(|rule| rule.code))
    }

    /// What to say of a name that is none.
    pub fn advice(name: &str) -> Option<String> {
        did_you_mean(name, Self::names())
    }

    fn narrowness(self) -> u8 {
        match self {
            Self::All => 0,
            Self::Group(_) => 1,
            Self::Rule(_) => 2,
        }
    }

    fn selects(self, rule: &Rule) -> bool {
        match self {
            Self::All => true,
            Self::Group(group) => rule.group == group,
            Self::Rule(code) => rule.code == code,
        }
    }
}

/// A level for some rules.
pub type Setting = (Selector, Level);

/// Levels for a part of the workspace.
#[derive(Debug, Clone, Default)]
pub struct Override {
    /// The paths it is for; all when `None`.
    pub paths: Option<GlobSet>,
    /// The kinds of entities, in lower case; all when empty.
    pub kinds: Vec<String>,
    /// The namespaces, in lower case; all when empty.
    pub namespaces: Vec<String>,
    /// The levels.
    pub rules: Vec<Setting>,
}

impl Override {
    /// A set of path patterns, as `.gitignore` reads them without a slash: `*` stays in its folder,
    /// `**` does not. The error names the pattern that cannot be read.
    pub fn patterns(patterns: &[String]) -> Result<GlobSet, String> {
        let mut set = GlobSetBuilder::new();
        for pattern in patterns {
            let glob = GlobBuilder::new(pattern).literal_separator(true).build().map_err(|_| pattern.clone())?;
            set.add(glob);
        }
        set.build().map_err(|_| patterns.join(", "))
    }

    fn is_for(&self, finding: &Diagnostic, sources: &dyn Sources) -> bool {
        let by_path = self.paths.as_ref().is_none_or(|paths| {
            finding.place.is_some_and(|place| {
                paths.is_match(sources.path(place.file)) || paths.is_match(sources.display_path(place.file))
            })
        });
        by_path && self.is_for_entity(finding.entity.as_deref())
    }

    fn is_for_entity(&self, entity: Option<&str>) -> bool {
        if self.kinds.is_empty() && self.namespaces.is_empty() {
            return true;
        }
        let Some((kind, rest)) = entity.and_then(|entity| entity.split_once(':')) else { return false };
        let namespace = rest.split_once('/').map_or("default", |(namespace, _)| namespace);
        let fits = |wanted: &[String], have: &str| wanted.is_empty() || wanted.iter().any(|one| one == have);
        fits(&self.kinds, kind) && fits(&self.namespaces, namespace)
    }
}

/// All levels that differ from the rules' own.
#[derive(Debug, Clone, Default)]
pub struct Levels {
    /// Of the settings.
    pub rules: Vec<Setting>,
    /// For parts of the workspace; a later one goes before an earlier one.
    pub overrides: Vec<Override>,
    /// Of the command line, before all others.
    pub asked: Vec<Setting>,
}

impl Levels {
    /// The level of a finding, where it is not the one that it has.
    pub fn of(&self, finding: &Diagnostic, sources: &dyn Sources) -> Option<Level> {
        find(&self.asked, finding.rule)
            .or_else(|| {
                let overrides = self.overrides.iter().rev().filter(|one| one.is_for(finding, sources));
                overrides.filter_map(|one| find(&one.rules, finding.rule)).next()
            })
            .or_else(|| find(&self.rules, finding.rule))
    }

    /// The level that a rule has where no override says otherwise.
    pub fn of_rule(&self, rule: &Rule) -> Level {
        find(&self.asked, rule).or_else(|| find(&self.rules, rule)).unwrap_or_else(|| rule.level())
    }

    /// Whether a rule may be reported anywhere at all: if not, it need not be run.
    pub fn may_report(&self, rule: &Rule) -> bool {
        match find(&self.asked, rule) {
            Some(level) => level != Level::Off,
            None => {
                let overrides = self.overrides.iter().filter_map(|one| find(&one.rules, rule));
                self.of_rule(rule) != Level::Off || overrides.into_iter().any(|level| level != Level::Off)
            }
        }
    }
}

/// The level that a list gives a rule: the narrowest selector counts, and of two alike the later.
fn find(settings: &[Setting], rule: &Rule) -> Option<Level> {
    let fitting = settings.iter().filter(|(selector, _)| selector.selects(rule));
    fitting.max_by_key(|(selector, _)| selector.narrowness()).map(|(_, level)| *level)
}
