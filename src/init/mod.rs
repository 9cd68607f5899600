//! A first run: what a repository without a descriptor could say of itself. Reads manifests,
//! CODEOWNERS, docs and definitions, and proposes files; guesses nothing that it does not say,
//! and writes nothing.

mod app_config;
mod definitions;
mod descriptor;
mod manifest;

use crate::base::{FileId, RepoId, Sources, paths};
use crate::markdown;
use crate::parse::codeowners::backstage_owner;

pub use app_config::{Taken, from_app_config, settings};

/// Components that are proposed for one repository.
const MOST_COMPONENTS: usize = 20;

/// A file that is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// Where it would stand, relative to the repository.
    pub path: String,
    /// What it would hold.
    pub text: String,
    /// What it was read from, in words.
    pub because: String,
}

/// What is known of a component before anybody has described it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    /// Its folder; empty for the root.
    pub(crate) folder: String,
    /// A name that names may have.
    pub(crate) name: String,
    /// What the manifest says it is.
    pub(crate) description: Option<String>,
    /// `service`, `website`, `library` or `documentation`.
    pub(crate) kind: &'static str,
    /// The language, as a tag.
    pub(crate) language: Option<&'static str>,
    /// The file that says so.
    pub(crate) manifest: Option<String>,
}

/// The descriptors that a repository could have. None where it has some already.
pub fn propose(repository: RepoId, sources: &dyn Sources) -> Vec<Proposed> {
    let found = sources.repository(repository);
    let fallback = paths::file_name(&found.name);
    let files = sources.under(repository, "");
    if files.is_empty() || files.iter().any(|&file| is_descriptor(sources.path(file))) {
        return Vec::new();
    }
    let mut components = manifest::components(repository, &files, sources);
    components.truncate(MOST_COMPONENTS);
    if components.is_empty() {
        components.push(manifest::without(repository, sources));
    }
    let definitions = definitions::find(&files, sources);
    for facts in &mut components {
        if facts.description.is_none() {
            facts.description = readme(repository, &facts.folder, sources);
        }
        // Something that has an interface runs somewhere.
        if facts.manifest.is_none() && !definitions.is_empty() {
            facts.kind = "service";
        }
        let own = if facts.folder.is_empty() { fallback } else { paths::file_name(&facts.folder) };
        facts.name = descriptor::as_name(if facts.name.is_empty() { own } else { &facts.name }, own);
    }
    distinct(&mut components);
    let mut definitions = definitions;
    // The deepest folder first: a definition belongs to the component that is nearest.
    let mut order: Vec<usize> = (0..components.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(components[at].folder.len()));
    let mut proposed: Vec<(usize, Proposed)> = Vec::new();
    for at in order {
        let facts = &components[at];
        let prefix = if facts.folder.is_empty() { String::new() } else { format!("{}/", facts.folder) };
        let (own, rest): (Vec<_>, Vec<_>) = definitions.into_iter().partition(|one| one.path.starts_with(&prefix));
        definitions = rest;
        let owner = owner(repository, &descriptor::path_of(facts), sources);
        proposed.push((at, descriptor::write(facts, &own, owner.as_deref(), repository, sources)));
    }
    proposed.sort_by_key(|(at, _)| *at);
    proposed.into_iter().map(|(_, one)| one).collect()
}

/// The first sentence of a README, where it is one.
fn readme(repository: RepoId, folder: &str, sources: &dyn Sources) -> Option<String> {
    let names = ["README.md", "readme.md", "Readme.md"];
    let join = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let file = names.iter().find_map(|name| sources.lookup(repository, &join(name)))?;
    let sentence = markdown::first_sentence(sources.text(file).ok()?.as_str(), 200);
    // Badges and headings are none.
    (sentence.split(' ').count() >= 4 && sentence.ends_with('.')).then_some(sentence)
}

fn is_descriptor(path: &str) -> bool {
    let name = paths::file_name(path);
    matches!(name, "catalog-info.yaml" | "catalog-info.yml")
        || path == "backstage.yaml"
        || path.starts_with(".backstage/")
}

/// Two folders of one name become two names.
fn distinct(components: &mut [Facts]) {
    let mut seen = rustc_hash::FxHashSet::default();
    for facts in components {
        let mut name = facts.name.clone();
        let mut number = 2;
        while !seen.insert(name.to_lowercase()) {
            name = format!("{}-{number}", facts.name);
            number += 1;
        }
        facts.name = name;
    }
}

/// The owner that CODEOWNERS names for a file, as Backstage would read it.
fn owner(repository: RepoId, path: &str, sources: &dyn Sources) -> Option<String> {
    let places = [".github/CODEOWNERS", ".gitlab/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];
    let file: FileId = places.iter().find_map(|place| sources.lookup(repository, place))?;
    let text = sources.text(file).ok()?;
    backstage_owner(text.as_str(), path).map(|owner| owner.replace("User:", "user:"))
}
