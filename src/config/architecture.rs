//! Which edges an architecture allows: `architecture:` in the settings. Rules are matched by what
//! both ends are, not by their names alone, so that they hold for what is yet to come.

use globset::{GlobBuilder, GlobMatcher};

use crate::base::Span;
use crate::yaml::Node;

/// One rule about edges.
#[derive(Debug, Clone)]
pub struct EdgeRule {
    /// What it is for, in the words of who wrote it.
    pub name: String,
    /// Names of the relations that it is about.
    pub relations: Vec<String>,
    /// The entities that have the edge.
    pub from: EdgeEnd,
    /// The entities that it leads to.
    pub to: EdgeEnd,
    /// The border that an edge must cross to count.
    pub across: Option<Border>,
    /// Whether edges may lead nowhere else, instead of nowhere there.
    pub only: bool,
    /// Where the settings say it.
    pub span: Span,
}

/// What an edge may cross.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Border {
    /// From one system into another.
    System,
    /// From one domain into another.
    Domain,
    /// From what one owner has to what another has.
    Owner,
}

impl Border {
    /// The names that the settings use.
    pub const NAMES: &'static [&'static str] = &["system", "domain", "owner"];

    fn from_name(name: &str) -> Option<Self> {
        match name {
            "system" => Some(Self::System),
            "domain" => Some(Self::Domain),
            "owner" => Some(Self::Owner),
            _ => None,
        }
    }
}

/// Relations that a rule is about unless it says otherwise.
pub const DEFAULT_RELATIONS: &[&str] = &["dependsOn", "consumesApi"];

/// The relations that Backstage's own kinds make, from who has them.
pub const CORE_RELATIONS: &[&str] =
    &["ownedBy", "partOf", "providesApi", "consumesApi", "dependsOn", "childOf", "memberOf"];

/// What can be asked of one end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trait {
    /// The kind.
    Kind,
    /// `spec.type`
    Type,
    /// `spec.lifecycle`
    Lifecycle,
    /// The system it is part of.
    System,
    /// The domain that the system is in.
    Domain,
    /// Any of the tags.
    Tag,
    /// The owner.
    Owner,
    /// The namespace.
    Namespace,
    /// The name.
    Name,
}

impl Trait {
    /// The keys of the settings.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("kind", Self::Kind),
        ("type", Self::Type),
        ("lifecycle", Self::Lifecycle),
        ("system", Self::System),
        ("domain", Self::Domain),
        ("tag", Self::Tag),
        ("owner", Self::Owner),
        ("namespace", Self::Namespace),
        ("name", Self::Name),
    ];
}

/// One end of an edge: all that is asked must hold, and nothing of `not`.
#[derive(Debug, Clone, Default)]
pub struct EdgeEnd {
    /// What must hold, each by one of some patterns.
    pub all: Vec<(Trait, Vec<GlobMatcher>)>,
    /// What must not.
    pub not: Option<Box<EdgeEnd>>,
}

impl EdgeEnd {
    /// Whether an end fits, when asked for the values of its traits.
    pub fn fits(&self, values: &dyn Fn(Trait) -> Vec<String>) -> bool {
        let holds = |(what, patterns): &(Trait, Vec<GlobMatcher>)| {
            values(*what).iter().any(|value| patterns.iter().any(|pattern| pattern.is_match(value)))
        };
        self.all.iter().all(holds) && self.not.as_ref().is_none_or(|not| !not.fits(values))
    }
}

/// Reads the rules. What cannot be read as a pattern is handed to `problem`, with its pointer.
pub(super) fn read(root: &Node, problem: &mut dyn FnMut(String, String)) -> Vec<EdgeRule> {
    let rules = root.get("architecture").map(Node::items).unwrap_or_default();
    rules.iter().enumerate().filter_map(|(index, rule)| read_rule(rule, index, problem)).collect()
}

fn read_rule(rule: &Node, index: usize, problem: &mut dyn FnMut(String, String)) -> Option<EdgeRule> {
    let relations = super::read::texts(rule.get("relations"));
    let mut end = |key: &str| match rule.get(key) {
        Some(node) => read_end(node, &format!("/architecture/{index}/{key}"), problem),
        None => EdgeEnd::default(),
    };
    Some(EdgeRule {
        name: rule.get("name")?.as_str()?.to_owned(),
        relations: if relations.is_empty() {
            DEFAULT_RELATIONS.iter().map(|&name| name.to_owned()).collect()
        } else {
            relations
        },
        from: end("from"),
        to: end("to"),
        across: rule.get("across").and_then(Node::as_str).and_then(Border::from_name),
        only: rule.get("edges").and_then(Node::as_str) == Some("only"),
        span: rule.get("name")?.span,
    })
}

fn read_end(node: &Node, pointer: &str, problem: &mut dyn FnMut(String, String)) -> EdgeEnd {
    let mut all = Vec::new();
    for (key, what) in Trait::ALL {
        let Some(value) = node.get(key) else { continue };
        let mut patterns = Vec::new();
        for text in super::read::texts(Some(value)) {
            match GlobBuilder::new(&text.to_lowercase()).build() {
                Ok(glob) => patterns.push(glob.compile_matcher()),
                Err(_) => problem(format!("{pointer}/{key}"), format!("`{text}` cannot be read as a pattern")),
            }
        }
        all.push((*what, patterns));
    }
    // One `not` within another would be a riddle.
    let not = node.get("not").map(|not| Box::new(read_end(not, &format!("{pointer}/not"), problem)));
    EdgeEnd { all, not }
}
