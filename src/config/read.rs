//! The text of the settings to [`Settings`] and what is wrong with it.

use crate::base::hosts::HostKind;
use crate::base::{Span, suggest};
use crate::diagnostics::{
    DUPLICATE_KEY, INVALID_SETTING, Level, Levels, NEWER_VERSION_NEEDED, Override, Rule, Selector, Setting,
    UNKNOWN_SETTING, YAML_LIMIT, YAML_SYNTAX, did_you_mean,
};
use crate::yaml::shape::{self, Misfit, MisfitKind, Shape};
use crate::yaml::{self, Limits, Node};

use super::{
    AllowRule, AllowedKind, AnnotationLink, CodeOwnersSetting, CustomKind, CustomReference, Discovery, EdgeRule,
    LocationMatch, LocationSetting, Settings, ThemeSettings, World, annotations, architecture, theme,
};

/// Something wrong in the settings.
#[derive(Debug, Clone)]
pub struct Problem {
    /// The rule that was broken.
    pub rule: &'static Rule,
    /// The place in the file.
    pub span: Span,
    /// JSON pointer of the value.
    pub pointer: String,
    /// The cause.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// The address of a site as it is used, with a slash at its end; or what is wrong with it.
pub fn site_url(text: &str) -> Result<String, String> {
    let parsed = url::Url::parse(text).ok().filter(|parsed| matches!(parsed.scheme(), "http" | "https"));
    let url = parsed.ok_or_else(|| format!("`{text}` is no absolute URL of the web"))?.to_string();
    Ok(if url.ends_with('/') { url } else { url + "/" })
}

/// Reads the settings.
pub fn read(text: &str) -> (Settings, Vec<Problem>) {
    let (root, problems) = checked(text, &super::shape());
    let Some(root) = root else { return (Settings::default(), problems) };
    let mut reader = Reader { problems };
    let settings = reader.settings(&root);
    (settings, reader.problems)
}

/// A file of settings as a tree, where it holds anything, and where it parts from its shape.
pub(super) fn checked(text: &str, shape: &Shape) -> (Option<Node>, Vec<Problem>) {
    match yaml::parse_value(text, Limits::default()) {
        Ok(root) if root.is_null() => (None, Vec::new()),
        Ok(root) => {
            let problems = shape::check(&root, shape, "", &[]).into_iter().map(misfit).collect();
            (Some(root), problems)
        }
        Err(problem) => {
            let (rule, message) = match problem.kind {
                yaml::ProblemKind::Syntax(reason) => (&YAML_SYNTAX, reason),
                yaml::ProblemKind::Limit(reason) => (&YAML_LIMIT, reason),
                yaml::ProblemKind::DuplicateKey { key, .. } => {
                    (&DUPLICATE_KEY, format!("the key `{key}` stands twice in one map"))
                }
            };
            let (span, help) = (problem.span, problem.help);
            (None, vec![Problem { rule, span, pointer: String::new(), message, help }])
        }
    }
}

/// Where a tree and its shape part, in words.
fn misfit(misfit: Misfit) -> Problem {
    let at = dotted(&misfit.pointer);
    let (rule, message, help) = match misfit.kind {
        MisfitKind::Unknown { key, nearest, .. } => {
            let help = nearest.map(|nearest| format!("did you mean `{nearest}`?"));
            (&UNKNOWN_SETTING, format!("unknown setting `{key}`"), help)
        }
        MisfitKind::Missing { field, expected, .. } => {
            (&INVALID_SETTING, format!("`{at}` lacks `{field}`"), Some(format!("it is {expected}")))
        }
        MisfitKind::WrongType { expected, found } => {
            (&INVALID_SETTING, format!("`{at}` must be {expected}, but is {found}"), None)
        }
        MisfitKind::Empty => (&INVALID_SETTING, format!("`{at}` must not be empty"), None),
        MisfitKind::NotOneOf { allowed, found } => {
            let help = did_you_mean(&found, allowed.iter().copied());
            let help = help.unwrap_or_else(|| format!("it is one of {}", suggest::either(allowed)));
            (&INVALID_SETTING, format!("`{found}` is no value of `{at}`"), Some(help))
        }
    };
    Problem { rule, span: misfit.span, pointer: misfit.pointer, message, help }
}

/// A value that cannot be used, by its pointer.
pub(super) fn invalid(root: &Node, pointer: &str, message: String, help: Option<String>) -> Problem {
    let span = root.locate(pointer, false);
    Problem { rule: &INVALID_SETTING, span, pointer: pointer.to_owned(), message, help }
}

struct Reader {
    problems: Vec<Problem>,
}

impl Reader {
    fn settings(&mut self, root: &Node) -> Settings {
        let site = |key: &str| root.at(&["site", key]);
        self.location_matches(root);
        Settings {
            organization: text(root.get("organization")),
            site_title: text(site("title")),
            site_url: text(site("url")).and_then(|url| self.site_url(&url, root)),
            noindex: site("noindex").and_then(Node::as_bool).unwrap_or(false),
            emails: site("emails").and_then(Node::as_bool).unwrap_or(false),
            theme: self.theme(root),
            annotations: self.annotations(root),
            publish: super::publish::read(root),
            sources: root
                .get("sources")
                .map(|list| list.items().iter().filter_map(|item| text(item.get("path"))).collect()),
            world: root.get("world").and_then(Node::as_str).and_then(World::from_name),
            name: text(root.get("name")),
            include: texts(root.get("include")),
            exclude: texts(root.get("exclude")),
            discovery: match root.get("discovery").and_then(Node::as_str) {
                Some("all") => Some(Discovery::All),
                Some("entry-points") => Some(Discovery::EntryPoints),
                _ => None,
            },
            import: texts(root.get("import")),
            levels: self.levels(root),
            architecture: self.architecture(root),
            external: self.patterns(root, &["external"]),
            backstage: self.backstage(root),
            catalog_rules: root.at(&["catalog", "rules"]).map(allow_rules),
            catalog_locations: root.at(&["catalog", "locations"]).map(locations).unwrap_or_default(),
            kinds: self.kinds(root),
            fields: entries(root.get("fields")).map(|(kind, names)| (kind.to_owned(), texts(Some(names)))).collect(),
            scaffolder_actions: self.patterns(root, &["scaffolder", "actions"]),
            scaffolder_filters: texts(root.at(&["scaffolder", "filters"])),
            hosts: entries(root.get("hosts"))
                .filter_map(|(host, kind)| Some((host.to_owned(), HostKind::from_name(kind.as_str()?)?)))
                .collect(),
            codeowners: match root.get("codeowners").and_then(Node::as_str) {
                Some("github") => Some(CodeOwnersSetting::GitHub),
                Some("gitlab") => Some(CodeOwnersSetting::GitLab),
                Some("off") => Some(CodeOwnersSetting::Off),
                _ => None,
            },
            docs_environment: texts(root.at(&["docs", "environment"])),
            docs_frames: texts(root.at(&["docs", "frames"])),
            docs_backstage: root.at(&["docs", "backstage"]).and_then(Node::as_bool).unwrap_or(false),
            inherit_git: root.get("git").and_then(Node::as_str) == Some("inherit"),
        }
        .with_version_checked(root, self)
    }

    /// Addresses of portals; links to their pages lead to those of this site.
    fn backstage(&mut self, root: &Node) -> Vec<String> {
        let mut out = Vec::new();
        for url in texts(root.get("backstage")) {
            match url::Url::parse(&url).ok().filter(|parsed| matches!(parsed.scheme(), "http" | "https")) {
                Some(parsed) => {
                    out.push(crate::base::hosts::without_credentials(parsed.as_str()).trim_end_matches('/').to_owned());
                }
                None => {
                    let help = "write it as `https://backstage.example.org`".to_owned();
                    self.invalid(root, "/backstage", format!("`{url}` is no absolute URL of the web"), Some(help));
                }
            }
        }
        out
    }

    fn site_url(&mut self, url: &str, root: &Node) -> Option<String> {
        match site_url(url) {
            Ok(url) => Some(url),
            Err(why) => {
                let help = "write it as `https://catalog.example.org/`".to_owned();
                self.invalid(root, "/site/url", why, Some(help));
                None
            }
        }
    }

    fn theme(&mut self, root: &Node) -> ThemeSettings {
        let mut unknown = Vec::new();
        let read = theme::read(root.at(&["site", "theme"]), &mut |pointer, word| unknown.push((pointer, word)));
        for (pointer, word) in unknown {
            let help = did_you_mean(&word, theme::SECTIONS.iter().copied())
                .unwrap_or_else(|| format!("it is {}, or a map of `title` and `to`", suggest::either(theme::SECTIONS)));
            self.invalid(root, &pointer, format!("there is no section `{word}`"), Some(help));
        }
        read
    }

    fn levels(&mut self, root: &Node) -> Levels {
        let rules = self.rules(root.get("rules"), "/rules");
        let overrides = root.get("overrides").map(Node::items).unwrap_or_default().iter().enumerate();
        let overrides = overrides.map(|(index, one)| self.part(one, &format!("/overrides/{index}"), root)).collect();
        Levels { rules, overrides, asked: Vec::new() }
    }

    fn part(&mut self, one: &Node, pointer: &str, root: &Node) -> Override {
        let lower = |key: &str| texts(one.get(key)).iter().map(|text| text.to_lowercase()).collect();
        let paths = one.get("paths").map(|paths| {
            let set = Override::patterns(&texts(Some(paths)));
            let unreadable = |pattern: String| {
                let message = format!("`{pattern}` cannot be read as a pattern");
                self.invalid(root, &format!("{pointer}/paths"), message, None);
            };
            // One that matches nothing, rather than one that matches everything.
            set.map_err(unreadable).unwrap_or_default()
        });
        let rules = self.rules(one.get("rules"), &format!("{pointer}/rules"));
        Override { paths, kinds: lower("kinds"), namespaces: lower("namespaces"), rules }
    }

    fn rules(&mut self, map: Option<&Node>, at: &str) -> Vec<Setting> {
        let mut rules = Vec::new();
        for entry in map.map(Node::entries).unwrap_or_default() {
            let Some(selector) = Selector::from_name(&entry.key) else {
                let message = format!("there is no rule or group `{}`", entry.key);
                let pointer = format!("{at}/{}", yaml::pointer_escape(&entry.key));
                let help = Selector::advice(&entry.key);
                self.problems.push(Problem { rule: &UNKNOWN_SETTING, span: entry.key_span, pointer, message, help });
                continue;
            };
            if let Some(level) = entry.value.as_str().and_then(Level::from_name) {
                rules.push((selector, level));
            }
        }
        rules
    }

    fn architecture(&mut self, root: &Node) -> Vec<EdgeRule> {
        let mut problems = Vec::new();
        let rules = architecture::read(root, &mut |pointer, message| problems.push((pointer, message)));
        for (pointer, message) in problems {
            self.invalid(root, &pointer, message, None);
        }
        self.relations(&rules, root);
        rules
    }

    /// A relation that nothing makes would be a rule that never speaks.
    fn relations(&mut self, rules: &[EdgeRule], root: &Node) {
        let core = crate::config::CORE_RELATIONS.iter().map(|&name| name.to_owned());
        let own = root.get("kinds").map(Node::items).unwrap_or_default().iter();
        let own = own.flat_map(|kind| kind.get("references").map(Node::items).unwrap_or_default());
        let own = own.filter_map(|reference| text(reference.at(&["relation", "type"])));
        let known: Vec<String> = core.chain(own).collect();
        for (index, rule) in rules.iter().enumerate() {
            for name in rule.relations.iter().filter(|name| !known.contains(name)) {
                let help = did_you_mean(name, known.iter().map(String::as_str))
                    .unwrap_or_else(|| format!("it is one of {}", suggest::either(&known)));
                let message = format!("there is no relation `{name}`");
                self.invalid(root, &format!("/architecture/{index}/relations"), message, Some(help));
            }
        }
    }

    /// Patterns at a path of keys; those that cannot be read are reported.
    fn patterns(&mut self, root: &Node, path: &[&str]) -> Vec<String> {
        let patterns = texts(root.at(path));
        for pattern in &patterns {
            if globset::Glob::new(pattern).is_err() {
                let pointer = format!("/{}", path.join("/"));
                self.invalid(root, &pointer, format!("`{pattern}` cannot be read as a pattern"), None);
            }
        }
        patterns
    }

    /// As in Backstage, a location is matched to the letter or by a pattern.
    fn location_matches(&mut self, root: &Node) {
        let rules = root.at(&["catalog", "rules"]).map(Node::items).unwrap_or_default();
        for (index, rule) in rules.iter().enumerate() {
            let locations = rule.get("locations").map(Node::items).unwrap_or_default();
            for (at, location) in locations.iter().enumerate() {
                if location.get("exact").is_some() && location.get("pattern").is_some() {
                    let pointer = format!("/catalog/rules/{index}/locations/{at}/pattern");
                    let message = "a location has either `exact` or `pattern`".to_owned();
                    self.invalid(root, &pointer, message, Some("delete one of the two".to_owned()));
                }
            }
        }
    }

    fn kinds(&mut self, root: &Node) -> Vec<CustomKind> {
        let items = root.get("kinds").map(Node::items).unwrap_or_default();
        items.iter().filter_map(|item| self.kind(item)).collect()
    }

    fn kind(&mut self, node: &Node) -> Option<CustomKind> {
        let kind = text(node.get("kind"))?;
        let references = node.get("references").map(Node::items).unwrap_or_default();
        Some(CustomKind {
            api_versions: texts(node.get("api-versions")),
            plural: text(node.get("plural")).unwrap_or_else(|| format!("{}s", kind.to_lowercase())),
            description: text(node.get("description")).unwrap_or_default(),
            schema: text(node.get("schema")),
            references: references.iter().filter_map(|reference| self.reference(reference)).collect(),
            span: node.get("kind").map_or(node.span, |name| name.span),
            kind,
        })
    }

    fn reference(&mut self, node: &Node) -> Option<CustomReference> {
        let kinds = texts(node.get("kinds"));
        Some(CustomReference {
            field: text(node.get("field"))?,
            default_kind: text(node.get("default-kind")).or_else(|| kinds.first().cloned()),
            kinds,
            relation: text(node.at(&["relation", "type"]))?,
            inverse: text(node.at(&["relation", "inverse"])),
        })
    }

    fn invalid(&mut self, root: &Node, pointer: &str, message: String, help: Option<String>) {
        self.problems.push(invalid(root, pointer, message, help));
    }

    fn annotations(&mut self, root: &Node) -> Vec<AnnotationLink> {
        let Some(list) = root.at(&["site", "annotations"]) else { return Vec::new() };
        annotations::rows(list, "/site/annotations", &mut |pointer, message, help| {
            self.problems.push(invalid(root, &pointer, message, help));
        })
    }
}

impl Settings {
    fn with_version_checked(self, root: &Node, reader: &mut Reader) -> Self {
        let Some(node) = root.get("min-version") else { return self };
        let wanted = node.scalar_text().unwrap_or_default();
        let have = env!("CARGO_PKG_VERSION");
        match (version(&wanted), version(have)) {
            (Some(least), Some(current)) if least > current => reader.problems.push(Problem {
                rule: &NEWER_VERSION_NEEDED,
                span: node.span,
                pointer: "/min-version".to_owned(),
                message: format!("these settings need catalog {wanted} or newer, and this is {have}"),
                help: Some("install a newer version of catalog".to_owned()),
            }),
            (None, _) => reader.invalid(
                root,
                "/min-version",
                format!("`{wanted}` is no version"),
                Some("write it as `\"1.2\"`".to_owned()),
            ),
            _ => {}
        }
        self
    }
}

fn version(text: &str) -> Option<[u32; 3]> {
    let mut parts = text.trim().split('.');
    let mut out = [0; 3];
    for (index, slot) in out.iter_mut().enumerate() {
        match parts.next() {
            Some(part) => *slot = part.parse().ok()?,
            None if index > 0 => break,
            None => return None,
        }
    }
    parts.next().is_none().then_some(out)
}

fn allow_rules(list: &Node) -> Vec<AllowRule> {
    let kind = |node: &Node| match node.as_str() {
        Some(kind) => Some(AllowedKind { kind: kind.to_owned(), spec_type: None }),
        None => Some(AllowedKind { kind: text(node.get("kind"))?, spec_type: text(node.get("spec.type")) }),
    };
    let location = |node: &Node| LocationMatch {
        kind: text(node.get("type")),
        exact: text(node.get("exact")),
        pattern: text(node.get("pattern")),
    };
    let rule = |node: &Node| AllowRule {
        allow: node.get("allow").map(Node::items).unwrap_or_default().iter().filter_map(kind).collect(),
        locations: node.get("locations").map(|list| list.items().iter().map(location).collect()),
    };
    list.items().iter().map(rule).collect()
}

fn locations(list: &Node) -> Vec<LocationSetting> {
    let location = |node: &Node| {
        Some(LocationSetting {
            kind: text(node.get("type")).unwrap_or_else(|| "file".to_owned()),
            target: text(node.get("target"))?,
            rules: node.get("rules").map(allow_rules).unwrap_or_default(),
        })
    };
    list.items().iter().filter_map(location).collect()
}

pub(super) fn text(node: Option<&Node>) -> Option<String> {
    node.and_then(Node::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
}

pub(super) fn texts(node: Option<&Node>) -> Vec<String> {
    let Some(node) = node else { return Vec::new() };
    match node.as_str() {
        Some(one) => vec![one.to_owned()],
        None => node.items().iter().filter_map(|item| item.as_str().map(str::to_owned)).collect(),
    }
}

fn entries(node: Option<&Node>) -> impl Iterator<Item = (&str, &Node)> {
    node.map(Node::entries).unwrap_or_default().iter().map(|entry| (&*entry.key, &entry.value))
}

fn dotted(pointer: &str) -> String {
    let parts: Vec<String> = yaml::pointer_parts(pointer).collect();
    if parts.is_empty() { "the settings".to_owned() } else { parts.join(".") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_and_mistakes_named() {
        let text = "organization: Acme\norganisation: x\nsources:\n  - path: repos/*\nrules:\n  dangling-reference: warning\n  dangling-refrence: off\nmin-version: '99'\nworld: round\n";
        let (settings, problems) = read(text);
        assert_eq!(settings.organization.as_deref(), Some("Acme"));
        assert_eq!(settings.sources, Some(vec!["repos/*".to_owned()]));
        assert_eq!(settings.levels.of_rule(&crate::diagnostics::DANGLING_REFERENCE), Level::Warning);
        let mut seen: Vec<(&str, &str)> = problems.iter().map(|p| (p.rule.code, &text[p.span.range()])).collect();
        seen.sort_unstable();
        assert_eq!(
            seen,
            [
                ("invalid-setting", "round"),
                ("newer-version-needed", "'99'"),
                ("unknown-setting", "dangling-refrence"),
                ("unknown-setting", "organisation")
            ]
        );
    }

    #[test]
    fn an_empty_file_is_no_settings() {
        assert!(read("# nothing\n").1.is_empty());
    }
}
