//! What a rule is: a stable code with its level, its story and two examples.

/// The version before which there was nobody to surprise.
const FIRST_VERSION: &str = "0.1.0";

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Not reported.
    Off,
    /// Worth knowing.
    Note,
    /// Likely wrong.
    Warning,
    /// Wrong.
    Error,
}

impl Level {
    /// The names that the settings use.
    pub const NAMES: &'static [&'static str] = &["error", "warning", "note", "off"];

    /// The level with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "error" => Self::Error,
            "warning" => Self::Warning,
            "note" => Self::Note,
            "off" => Self::Off,
            _ => return None,
        })
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
            Self::Off => "off",
        }
    }
}

/// What a rule is about; gives its usual level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The catalog would be wrong.
    Correctness,
    /// Most likely a mistake.
    Suspicious,
    /// Something is not there or not in view.
    Completeness,
    /// A choice of the organisation.
    Policy,
    /// For those who like it strict.
    Pedantic,
}

impl Group {
    /// All of them, the gravest first.
    pub const ALL: &'static [Self] =
        &[Self::Correctness, Self::Suspicious, Self::Completeness, Self::Policy, Self::Pedantic];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Correctness => "correctness",
            Self::Suspicious => "suspicious",
            Self::Completeness => "completeness",
            Self::Policy => "policy",
            Self::Pedantic => "pedantic",
        }
    }

    /// What it holds, in a sentence.
    pub fn what(self) -> &'static str {
        match self {
            Self::Correctness => "The catalog would be wrong.",
            Self::Suspicious => "Most likely a mistake.",
            Self::Completeness => "Something is not there, or not in view.",
            Self::Policy => "A choice of the organisation.",
            Self::Pedantic => "For those who like it strict.",
        }
    }

    /// The level its rules have unless they say otherwise.
    pub const fn level(self) -> Level {
        match self {
            Self::Correctness => Level::Error,
            Self::Suspicious => Level::Warning,
            Self::Completeness => Level::Note,
            Self::Policy | Self::Pedantic => Level::Off,
        }
    }
}

/// Files by path, as small as shows the point.
pub type Example = Vec<(&'static str, &'static str)>;

/// A rule of the table.
#[derive(Debug)]
pub struct Rule {
    /// Its stable name.
    pub code: &'static str,
    /// What it is about.
    pub group: Group,
    /// The version that brought it.
    pub since: &'static str,
    /// What it reports, in one sentence.
    pub what: &'static str,
    /// Why that is bad.
    pub why: &'static str,
    /// Both examples: `## bad` and `## good`, files headed by `==> path`.
    pub examples: &'static str,
}

impl Rule {
    /// Its level unless the settings say otherwise. A rule that is new to an existing version
    /// begins as a warning, so that an upgrade breaks no one's build: it becomes what its group
    /// says with the next minor version.
    pub fn level(&self) -> Level {
        self.level_in(env!("CARGO_PKG_VERSION"))
    }

    fn level_in(&self, version: &str) -> Level {
        let minor = |version: &str| version.rsplit_once('.').map(|(minor, _)| minor.to_owned());
        let is_new = self.since != FIRST_VERSION && minor(self.since) == minor(version);
        if is_new { self.group.level().min(Level::Warning) } else { self.group.level() }
    }

    /// Input that it reports. Empty where a text cannot show it (bytes, links, sizes).
    pub fn bad(&self) -> Example {
        files(self.examples.split("## good\n").next().unwrap_or("").trim_start_matches("## bad\n"))
    }

    /// The same, mended.
    pub fn good(&self) -> Example {
        files(self.examples.split_once("## good\n").map_or("", |(_, good)| good))
    }

    /// Whether `--fix` can mend some of its findings.
    pub fn is_fixable(&self) -> bool {
        super::mend::FIXABLE.contains(&self.code)
    }

    /// The page about it, relative to the root of a site.
    pub fn page(&self) -> String {
        format!("reports/rules/{}.html", self.code)
    }
}

fn files(text: &'static str) -> Example {
    text.split("==> ").skip(1).filter_map(|file| file.split_once('\n')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_rule_begins_as_a_warning_for_one_minor_version() {
        let rule = |group, since| Rule { code: "x", group, since, what: "", why: "", examples: "" };
        let level = |group, since, version| rule(group, since).level_in(version);
        assert_eq!(level(Group::Correctness, "0.1.0", "0.1.4"), Level::Error, "there from the beginning");
        assert_eq!(level(Group::Correctness, "0.3.0", "0.3.2"), Level::Warning, "new in this minor version");
        assert_eq!(level(Group::Correctness, "0.3.1", "0.4.0"), Level::Error, "no longer new");
        assert_eq!(level(Group::Completeness, "0.3.0", "0.3.0"), Level::Note, "never raised");
        assert_eq!(level(Group::Policy, "0.3.0", "0.3.0"), Level::Off);
    }
}
