//! A descriptor as it could be, with a line on top that says what it was read from.

use serde_json::{Map, Value as Json, json};

use crate::base::{RepoId, Sources, hosts::HostKind, paths};
use crate::model::format;
use crate::yaml;

use super::definitions::Definition;
use super::{Facts, Proposed};

/// The nearest text that is a name.
pub(super) fn as_name(text: &str, fallback: &str) -> String {
    let clean = |text: &str| {
        let replaced: String = text
            .to_lowercase()
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' })
            .collect();
        let cut: String = replaced.chars().take(63).collect();
        cut.trim_matches(|c| "-_.".contains(c)).to_owned()
    };
    [clean(text), clean(fallback)]
        .into_iter()
        .find(|name| format::is_name(name))
        .unwrap_or_else(|| "unnamed".to_owned())
}

/// Where the descriptor of a component stands.
pub(super) fn path_of(facts: &Facts) -> String {
    if facts.folder.is_empty() { "catalog-info.yaml".to_owned() } else { format!("{}/catalog-info.yaml", facts.folder) }
}

pub(super) fn write(
    facts: &Facts,
    definitions: &[Definition],
    owner: Option<&str>,
    repository: RepoId,
    sources: &dyn Sources,
) -> Proposed {
    let path = path_of(facts);
    let mut because: Vec<String> = facts.manifest.iter().map(|manifest| format!("`{manifest}`")).collect();
    because.extend(owner.is_some().then(|| "CODEOWNERS".to_owned()));
    let owner_text = owner.unwrap_or("unknown");
    let apis: Vec<(String, &Definition)> = api_names(facts, definitions);
    let mut component = document("Component", &facts.name, facts.description.as_deref());
    let metadata = &mut component["metadata"];
    let annotations = annotations(facts, repository, sources);
    because.extend(annotations.contains_key("backstage.io/techdocs-ref").then(|| "docs".to_owned()));
    if !annotations.is_empty() {
        metadata["annotations"] = Json::Object(annotations);
    }
    if let Some(language) = facts.language {
        metadata["tags"] = json!([language]);
    }
    component["spec"] = json!({"type": facts.kind, "lifecycle": "production", "owner": owner_text});
    if !apis.is_empty() {
        component["spec"]["providesApis"] = apis.iter().map(|(name, _)| json!(name)).collect();
        because.push(format!("{} API definition{}", apis.len(), if apis.len() == 1 { "" } else { "s" }));
    }
    let mut documents = vec![component];
    for (name, definition) in &apis {
        let mut api = document("API", name, None);
        if let Some(title) = &definition.title {
            api["metadata"]["title"] = json!(title);
        }
        let target = format!("./{}", paths::relative(&path, &definition.path));
        api["spec"] = json!({
            "type": definition.kind,
            "lifecycle": "production",
            "owner": owner_text,
            "definition": {"$text": target},
        });
        documents.push(api);
    }
    let because = if because.is_empty() { "the names of its files".to_owned() } else { because.join(", ") };
    let doubt = if owner.is_some() { "the lifecycle" } else { "the owner, which nobody could tell, and the lifecycle" };
    let body: Vec<String> = documents.iter().map(yaml::to_text).collect();
    let text = format!("# Read from {because}. Look at {doubt}.\n{}", body.join("---\n"));
    Proposed { path, text, because }
}

fn document(kind: &str, name: &str, description: Option<&str>) -> Json {
    let mut metadata = json!({"name": name});
    if let Some(description) = description {
        metadata["description"] = json!(description);
    }
    json!({"apiVersion": "backstage.io/v1alpha1", "kind": kind, "metadata": metadata})
}

fn annotations(facts: &Facts, repository: RepoId, sources: &dyn Sources) -> Map<String, Json> {
    let mut out = Map::new();
    let here = |path: &str| if facts.folder.is_empty() { path.to_owned() } else { format!("{}/{path}", facts.folder) };
    let has = |path: &str| sources.lookup(repository, &here(path)).is_some();
    if has("mkdocs.yml") || has("mkdocs.yaml") || has("docs/index.md") || has("docs/README.md") {
        out.insert("backstage.io/techdocs-ref".to_owned(), json!("dir:."));
    }
    if let Some(remote) = &sources.repository(repository).remote {
        let key = match sources.hosts().kind(&remote.host) {
            Some(HostKind::GitHub) => Some("github.com/project-slug"),
            Some(HostKind::GitLab) => Some("gitlab.com/project-slug"),
            _ => None,
        };
        if let Some(key) = key {
            out.insert(key.to_owned(), json!(remote.path));
        }
    }
    out
}

/// A name for each definition: of its file, or of the folder that it stands in.
fn api_names<'a>(facts: &Facts, definitions: &'a [Definition]) -> Vec<(String, &'a Definition)> {
    let mut seen = rustc_hash::FxHashSet::default();
    let general = ["openapi", "swagger", "asyncapi", "api", "schema", "index", "spec", "definition", "api-docs"];
    definitions
        .iter()
        .map(|definition| {
            let file = paths::file_name(&definition.path);
            let stem = file.split('.').next().unwrap_or(file);
            let base = if general.contains(&stem) { facts.name.clone() } else { as_name(stem, &facts.name) };
            let mut name = base.clone();
            let mut number = 2;
            while !seen.insert(name.clone()) {
                name = format!("{base}-{number}");
                number += 1;
            }
            (name, definition)
        })
        .collect()
}
