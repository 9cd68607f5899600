//! Which kinds may be registered from where: `catalog.rules`, as in Backstage's app-config.
//! Without rules everything is allowed (Backstage allows Component, API and Location).

use globset::GlobBuilder;

/// One rule: kinds that are allowed, from some locations or from all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowRule {
    /// The kinds.
    pub allow: Vec<AllowedKind>,
    /// The locations; `None` for all.
    pub locations: Option<Vec<LocationMatch>>,
}

/// A kind, or one type of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedKind {
    /// The kind, in any case.
    pub kind: String,
    /// `spec.type`, in any case.
    pub spec_type: Option<String>,
}

/// Which locations a rule is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocationMatch {
    /// `url` or `file`; any when left out.
    pub kind: Option<String>,
    /// The target to the letter.
    pub exact: Option<String>,
    /// A pattern of targets, in any case.
    pub pattern: Option<String>,
}

/// A location with rules of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocationSetting {
    /// `url` or `file`.
    pub kind: String,
    /// The location.
    pub target: String,
    /// Kinds that are allowed there.
    pub rules: Vec<AllowRule>,
}

/// Whether an entity may come from a location, which is the one that was registered and not one
/// that it led to.
pub fn is_allowed(
    rules: Option<&[AllowRule]>,
    locations: &[LocationSetting],
    kind: &str,
    spec_type: Option<&str>,
    location_kind: &str,
    target: &str,
) -> bool {
    let Some(rules) = rules else { return true };
    let fits = |allowed: &AllowedKind| {
        allowed.kind.eq_ignore_ascii_case(kind)
            && allowed
                .spec_type
                .as_deref()
                .is_none_or(|wanted| spec_type.is_some_and(|have| have.eq_ignore_ascii_case(wanted)))
    };
    let general = rules.iter().any(|rule| {
        rule.allow.iter().any(fits)
            && rule
                .locations
                .as_ref()
                .is_none_or(|matches| matches.iter().any(|one| one.matches(location_kind, target)))
    });
    general
        || locations
            .iter()
            .filter(|location| location.kind == location_kind && location.target == target)
            .flat_map(|location| &location.rules)
            .any(|rule| rule.allow.iter().any(fits))
}

impl LocationMatch {
    fn matches(&self, kind: &str, target: &str) -> bool {
        self.kind.as_deref().is_none_or(|wanted| wanted == kind)
            && self.exact.as_deref().is_none_or(|wanted| wanted == target)
            && self.pattern.as_deref().is_none_or(|pattern| {
                let glob = GlobBuilder::new(pattern).case_insensitive(true).literal_separator(true).build();
                glob.is_ok_and(|glob| glob.compile_matcher().is_match(target))
            })
    }
}
