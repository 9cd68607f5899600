//! One API definition of a compiled organisation: by its entity, or by its file, which no entity has
//! to name. Says why there is none, and what else may have been meant.

use std::sync::Arc;

use anyhow::bail;

use crate::api::{self, Family, Read, State};
use crate::base::sources::MAX_TEXT;
use crate::base::{FileId, ReadError, Sources as _, suggest};
use crate::change::{FindError, Snapshot};
use crate::diagnostics::{API_REF_NOT_FETCHED, API_REF_OUTSIDE, API_REF_UNRESOLVED, API_SYNTAX, settle};
use crate::model::{Entity, EntityId, RelationId};
use crate::report::Finding;

use super::Compiled;

/// Names that a sentence lists.
const MOST: usize = 5;

/// The API that is meant: a reference as short as it is clear, `api:` left out.
pub fn find_api(compiled: &Compiled, what: &str) -> anyhow::Result<EntityId> {
    let snapshot = Snapshot::of(&compiled.catalog, &compiled.graph, &compiled.workspace.sources);
    let asked = if what.contains(':') { what.to_owned() } else { format!("api:{what}") };
    let key = match snapshot.find(&asked) {
        Ok(key) => key,
        Err(FindError::Unknown(..)) if !what.contains(':') => bail!("{}", no_api(compiled, what)),
        Err(error) => return Err(error.into()),
    };
    let Some(id) = compiled.catalog.index.get(&key).copied() else {
        bail!("`{key}` is referred to, but not in view: name a folder that holds its repository as well");
    };
    let entity = compiled.catalog.entity(id);
    if entity.reference.kind != "API" {
        bail!("`{}` is no API{}", entity.reference.short(), its_apis(compiled, id));
    }
    Ok(id)
}

/// What is said where no API has a name.
fn no_api(compiled: &Compiled, what: &str) -> String {
    let apis = || compiled.catalog.entities.iter().filter(|entity| entity.reference.kind == "API");
    let names: Vec<String> = apis().map(|api| api.reference.short()).collect();
    let bare = what.rsplit('/').next().unwrap_or(what);
    let asked = format!("api:{what}");
    let near = suggest::nearest(&asked, names.iter().map(String::as_str))
        .or_else(|| apis().map(|api| &*api.reference.name).find(|name| suggest::nearest(bare, [*name]).is_some()));
    if looks_like_a_path(what) {
        let sources = &compiled.workspace.sources;
        let paths: Vec<String> =
            (0..).map(FileId).take(sources.files().len()).map(|file| sources.display_path(file)).collect();
        let near = near_path(what, &paths);
        let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        return format!("there is no file `{what}`, and no API of this name{near}");
    }
    let advice = match near {
        Some(near) => format!("; did you mean `{near}`?"),
        None if names.is_empty() => ": there are no APIs here".to_owned(),
        None if names.len() <= MOST => format!(": there {}", is_or_are(&names)),
        None => format!(": `catalog api list` lists the {} that there are", names.len()),
    };
    format!("there is no API `{what}`{advice}")
}

fn is_or_are(names: &[String]) -> String {
    let verb = if names.len() == 1 { "is" } else { "are" };
    format!("{verb} {}", suggest::both(&quoted(names.iter())))
}

fn quoted(names: impl Iterator<Item = impl AsRef<str>>) -> Vec<String> {
    names.map(|name| format!("`{}`", name.as_ref())).collect()
}

/// Whether somebody meant a file.
fn looks_like_a_path(what: &str) -> bool {
    let name = what.rsplit('/').next().unwrap_or(what);
    let extension = crate::base::paths::extension(name);
    what.starts_with(['.', '/'])
        || matches!(
            extension.as_str(),
            "yaml" | "yml" | "json" | "graphql" | "gql" | "graphqls" | "proto" | "txt" | "md"
        )
}

/// A file of nearly this path, or of nearly this name anywhere.
fn near_path<'a>(what: &str, paths: &'a [String]) -> Option<&'a str> {
    let name = |path: &'a str| path.rsplit('/').next().unwrap_or(path);
    let wanted = what.rsplit('/').next().unwrap_or(what);
    suggest::nearest(what, paths.iter().map(String::as_str))
        .or_else(|| paths.iter().map(String::as_str).find(|path| name(path) == wanted))
        .or_else(|| paths.iter().map(String::as_str).find(|path| suggest::nearest(wanted, [name(path)]).is_some()))
}

/// The APIs that something provides.
fn its_apis(compiled: &Compiled, id: EntityId) -> String {
    let provided: Vec<EntityId> = compiled.graph.targets(id, RelationId::PROVIDES_API).collect();
    let names: Vec<String> =
        provided.iter().take(MOST).map(|api| compiled.catalog.entity(*api).reference.short()).collect();
    match (names.len(), provided.len()) {
        (0, _) => String::new(),
        (named, all) if all > named => {
            format!("; it provides {} and {} more", quoted(names.iter()).join(", "), all - named)
        }
        _ => format!("; it provides {}", suggest::both(&quoted(names.iter()))),
    }
}

/// The definition of an API, or why it has none.
pub fn definition_of_api(compiled: &Compiled, id: EntityId) -> anyhow::Result<Arc<Read>> {
    let entity = compiled.catalog.entity(id);
    let name = entity.reference.short();
    match compiled.apis.of(id).map(|api| &api.state) {
        Some(State::Read(read)) => Ok(Arc::clone(read)),
        Some(State::NotFetched(url)) => bail!(
            "the definition of `{name}` is at {url}, which is not fetched: name a folder that holds that repository as well"
        ),
        None if entity.root.at(&["spec", "definition"]).is_some() => bail!(
            "the definition of `{name}` could not be read: `catalog check` says why, at {}",
            place(compiled, entity, "/spec/definition")
        ),
        None => bail!("`{name}` has no `spec.definition`, at {}", place(compiled, entity, "/spec")),
    }
}

/// Where something of an entity is written: `catalog-info.yaml:12`.
fn place(compiled: &Compiled, entity: &Entity, pointer: &str) -> String {
    let sources = &compiled.workspace.sources;
    let place = entity.place(pointer);
    let line = sources.text(place.file).map_or(1, |text| text.position(place.span.start).line);
    format!("{}:{line}", sources.display_path(place.file))
}

/// The definition in a file, by its path from the path that was compiled, and as it was typed. What is
/// found in it joins the findings. Nothing where there is no such file in view.
pub fn definition_of_file(compiled: &mut Compiled, path: &str, typed: &str) -> anyhow::Result<Option<Arc<Read>>> {
    let sources = &compiled.workspace.sources;
    let path = path.strip_prefix("./").unwrap_or(path);
    let mut files = (0..).map(FileId).take(sources.files().len());
    let Some(file) = files.find(|file| sources.display_path(*file) == path) else { return Ok(None) };
    let known = compiled.apis.iter().find_map(|api| match &api.state {
        State::Read(read) if read.definition.file == Some(file) => Some(Arc::clone(read)),
        _ => None,
    });
    if known.is_some() {
        return Ok(known);
    }
    let text = match sources.text(file) {
        Ok(text) => text,
        Err(ReadError::TooLarge(bytes)) => bail!("{typed} has {bytes} bytes: {MAX_TEXT} are read at most"),
        Err(ReadError::Failed(why)) => bail!("{typed} cannot be read: {why}"),
    };
    let definition = api::describe(text.as_str(), "", Some(file), Some(sources.path(file)));
    if definition.family == Family::Other {
        bail!("{typed} is no API definition{}", what_it_is(compiled, file));
    }
    let (read, findings) = api::read_text(definition, file, sources);
    let levels = &compiled.workspace.settings.levels;
    let suppressions = super::suppressions(&compiled.workspace, None);
    let found: Vec<_> = settle(findings, levels, &suppressions, sources)
        .into_iter()
        .filter(|(finding, _)| api::is_rule(finding.rule))
        .collect();
    compiled.findings.extend(found);
    Ok(Some(Arc::new(read)))
}

/// What a file that holds no definition may be.
fn what_it_is(compiled: &Compiled, file: FileId) -> String {
    let here = compiled.catalog.entities.iter().filter(|entity| entity.place("").file == file);
    let apis: Vec<String> =
        here.filter(|entity| entity.reference.kind == "API").map(|api| api.reference.short()).take(MOST).collect();
    match apis.as_slice() {
        [] => ": it has none of `openapi`, `swagger`, `asyncapi`, `openrpc` and `$schema` at its top, and is no \
               `.graphql` or `.proto` file"
            .to_owned(),
        apis => format!(": it is a descriptor, of {}", suggest::both(&quoted(apis.iter()))),
    }
}

/// What keeps a definition from being whole: what cannot be parsed, and references that lead nowhere.
pub fn gaps(compiled: &Compiled, read: &Arc<Read>, entity: Option<EntityId>) -> Vec<Finding> {
    let rules = [&API_SYNTAX, &API_REF_UNRESOLVED, &API_REF_OUTSIDE, &API_REF_NOT_FETCHED];
    let wanted = [(Arc::clone(read), entity.map(|id| compiled.catalog.entity(id).key()))];
    let is_gap = |(finding, _): &&Finding| rules.iter().any(|rule| rule.code == finding.rule.code);
    compiled.findings.iter().filter(is_gap).filter(|(finding, _)| is_about(finding, &wanted)).cloned().collect()
}

/// Keeps the findings about definitions: of these, or of all when there are none.
pub fn keep_findings_of_definitions(compiled: &mut Compiled, wanted: &[(Arc<Read>, Option<String>)]) {
    compiled
        .findings
        .retain(|(finding, _)| api::is_rule(finding.rule) && (wanted.is_empty() || is_about(finding, wanted)));
}

fn is_about(finding: &crate::diagnostics::Diagnostic, wanted: &[(Arc<Read>, Option<String>)]) -> bool {
    wanted.iter().any(|(read, entity)| {
        let here = finding.place.is_some_and(|place| read.files.contains(&place.file));
        here || (entity.is_some() && finding.entity == *entity)
    })
}
