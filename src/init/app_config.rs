//! The settings file of a first run, and what is taken over from the `app-config.yaml` of a
//! Backstage: which locations are registered, and which kinds they may hold.

use serde_json::{Value as Json, json};

use crate::base::{Sources, hosts::RepositoryUrl, paths};
use crate::yaml::{self, Limits, Node};

/// What an app-config says about the catalog.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Taken {
    /// `catalog.rules`, as it is.
    pub rules: Option<Json>,
    /// `catalog.locations`, those that are URLs.
    pub locations: Vec<Json>,
    /// Files beside the Backstage, as paths that were written.
    pub files: Vec<String>,
    /// The organisation's name.
    pub organization: Option<String>,
    /// What could not be taken over, in words.
    pub remarks: Vec<String>,
}

/// Reads an app-config. The error is why it cannot be read at all.
pub fn from_app_config(text: &str) -> Result<Taken, String> {
    let root = yaml::parse_value(text, Limits::default()).map_err(|problem| match problem.kind {
        yaml::ProblemKind::Syntax(reason) | yaml::ProblemKind::Limit(reason) => reason,
        yaml::ProblemKind::DuplicateKey { key, .. } => format!("the key `{key}` stands twice in one map"),
    })?;
    let mut taken = Taken {
        rules: root.at(&["catalog", "rules"]).map(Node::to_json),
        organization: root.at(&["organization", "name"]).and_then(Node::as_str).map(str::to_owned),
        ..Taken::default()
    };
    for location in root.at(&["catalog", "locations"]).map(Node::items).unwrap_or_default() {
        let field = |key: &str| location.get(key).and_then(Node::as_str).unwrap_or("");
        let (kind, target) = (field("type"), field("target"));
        if target.contains("${") {
            taken.remarks.push(format!("`{target}` depends on the environment of the Backstage"));
            continue;
        }
        match kind {
            "url" => taken.locations.push(location.to_json()),
            "file" => taken.files.push(target.to_owned()),
            _ => taken.remarks.push(format!("a location of type `{kind}` is read by a plugin: `{target}`")),
        }
    }
    for (key, value) in root
        .at(&["catalog", "providers"])
        .map(Node::entries)
        .unwrap_or_default()
        .iter()
        .map(|entry| (&entry.key, &entry.value))
    {
        if !value.is_null() {
            taken.remarks.push(format!(
                "the provider `{key}` reads from a service; export what it gives, and name the file under `import:`"
            ));
        }
    }
    Ok(taken)
}

/// The text of a settings file.
pub fn settings(
    organization: &str,
    sources_pattern: Option<&str>,
    taken: Option<&Taken>,
    sources: &dyn Sources,
) -> String {
    let mut out = "# The settings of catalog: `catalog schema config` prints all of them.\n".to_owned();
    let name = taken.and_then(|taken| taken.organization.as_deref()).unwrap_or(organization);
    out.push_str(&yaml::to_text(&json!({"organization": name})));
    if let Some(pattern) = sources_pattern {
        out.push_str("\n# Each folder that matches is a repository; all of the organisation is in view.\n");
        out.push_str(&yaml::to_text(&json!({"sources": [{"path": pattern}]})));
    }
    out.push_str("\n# Groups and users that do not live in git, as Backstage's catalog API gives them.\n# import: [directory/groups.json]\n");
    let Some(taken) = taken else { return out };
    let includes: Vec<String> = taken.files.iter().filter_map(|file| beside(file, sources)).collect();
    if !includes.is_empty() {
        out.push_str("\n# Files that the app-config registers.\n");
        out.push_str(&yaml::to_text(&json!({"include": includes})));
    }
    let mut catalog = serde_json::Map::new();
    if let Some(rules) = &taken.rules {
        catalog.insert("rules".to_owned(), rules.clone());
    }
    if !taken.locations.is_empty() {
        catalog.insert("locations".to_owned(), json!(taken.locations));
    }
    if !catalog.is_empty() {
        out.push_str("\n# From the app-config.\n");
        out.push_str(&yaml::to_text(&json!({"catalog": catalog})));
    }
    let mut remarks = taken.remarks.clone();
    remarks.extend(missing(taken, sources));
    if !remarks.is_empty() {
        out.push_str("\n# Not taken over:\n");
        remarks.iter().for_each(|remark| out.push_str(&format!("# - {}\n", one_line(remark))));
    }
    out
}

/// The repositories that locations name and that are not in view, and files that are not there.
fn missing(taken: &Taken, sources: &dyn Sources) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for location in &taken.locations {
        let Some(url) = location["target"].as_str() else { continue };
        let Some(parsed) = RepositoryUrl::parse(url, sources.hosts()) else { continue };
        if sources.repository_at(&parsed.remote).is_none() {
            out.push(format!("{} is not in view: clone it beside the others", parsed.remote.identity()));
        }
    }
    out.extend(
        taken
            .files
            .iter()
            .filter(|file| beside(file, sources).is_none())
            .map(|file| format!("there is no file `{file}` here")),
    );
    out.sort();
    out.dedup();
    out
}

/// The path of a file in some repository. A Backstage reads paths from its backend's folder, two
/// levels down, so leading `../` are left off.
fn beside(target: &str, sources: &dyn Sources) -> Option<String> {
    let path = paths::join("", target.trim_start_matches("../").trim_start_matches("./")).ok()?;
    sources.files().iter().any(|(_, have)| *have == path).then_some(path)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::MemorySources;

    #[test]
    fn an_app_config_is_taken_over() {
        let text = "organization: {name: Acme}\ncatalog:\n  rules:\n    - allow: [Component, API]\n  locations:\n    - {type: url, target: 'https://github.com/acme/shop/blob/main/catalog-info.yaml'}\n    - {type: file, target: ../../org.yaml, rules: [{allow: [Group]}]}\n    - {type: url, target: '${WHERE}/x.yaml'}\n    - {type: bundle, target: x}\n  providers: {github: {org: acme}}\n";
        let taken = from_app_config(text).unwrap();
        assert_eq!(taken.locations.len(), 1);
        let sources = MemorySources::single("home", &[("org.yaml", "")]);
        let written = settings("home", None, Some(&taken), &sources);
        let (read, problems) = crate::config::read(&written);
        assert!(problems.is_empty(), "{problems:?}\n{written}");
        assert_eq!(read.organization.as_deref(), Some("Acme"));
        assert_eq!(read.include, ["org.yaml"]);
        assert_eq!(read.catalog_rules.map(|rules| rules.len()), Some(1));
        for words in ["depends on the environment", "read by a plugin", "the provider `github`", "clone it beside"] {
            assert!(written.contains(words), "{words}: {written}");
        }
        assert!(from_app_config("a: [").is_err());
    }
}
