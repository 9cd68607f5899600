//! What only the whole catalog can say of definitions: which go by one name and differ, and which
//! were left behind by their code.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::base::history::{Reach, outdated};
use crate::base::{FileId, Sources, paths};
use crate::config::Settings;
use crate::diagnostics::{API_DEFINITION_DIFFERS, API_OUTDATED, Diagnostic, Rule};
use crate::model::{Catalog, Entity};

use super::{Api, Apis, Family, Read, State};

/// The rules over all definitions.
pub fn check(apis: &Apis, catalog: &Catalog, sources: &dyn Sources, settings: &Settings) -> Vec<Diagnostic> {
    let is_on = |rule: &Rule| settings.levels.may_report(rule);
    let mut findings = Vec::new();
    if is_on(&API_DEFINITION_DIFFERS) {
        findings.extend(differing(apis, catalog));
    }
    if is_on(&API_OUTDATED) {
        findings.extend(apis.iter().filter_map(|api| old(api, catalog.entity(api.entity), sources)));
    }
    findings
}

/// Definitions of the same family with the same title and version, and another content.
fn differing(apis: &Apis, catalog: &Catalog) -> Vec<Diagnostic> {
    let mut first: FxHashMap<(Family, String, String), (&Entity, &Arc<Read>)> = FxHashMap::default();
    let mut findings = Vec::new();
    for api in apis.iter() {
        let State::Read(read) = &api.state else { continue };
        let (Some(title), Some(version)) = (&read.definition.title, &read.definition.version) else { continue };
        let entity = catalog.entity(api.entity);
        let key = (read.definition.family, title.trim().to_lowercase(), version.trim().to_owned());
        let (other, known) = *first.entry(key).or_insert((entity, read));
        if Arc::ptr_eq(known, read) || says_the_same(known, read) {
            continue;
        }
        let place = entity.place("/spec/definition");
        let message = format!(
            "the definition is called `{title}`, version `{version}`, as that of `{}` is, and differs from it",
            other.reference.short()
        );
        findings.push(
            Diagnostic::new(&API_DEFINITION_DIFFERS, message)
                .at(place.file, place.span)
                .pointer("/spec/definition")
                .entity(entity.key())
                .subject(other.key())
                .related("the other definition", other.place("/spec/definition"))
                .help("keep one of them, and let the other lead to its file; or give it another title or version"),
        );
    }
    findings
}

/// Whether two definitions differ in how they are written at most.
fn says_the_same(one: &Read, other: &Read) -> bool {
    let words = |read: &Read| read.definition.text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    one.definition.text == other.definition.text || words(one) == words(other)
}

/// A definition in a file of its own that nobody touched for long while its code moved.
fn old(api: &Api, entity: &Entity, sources: &dyn Sources) -> Option<Diagnostic> {
    let State::Read(read) = &api.state else { return None };
    let file = read.definition.file?;
    let repository = sources.repo_of(file);
    let now = sources.repositories().iter().filter_map(|repository| repository.committed).max()?;
    let history = sources.history(repository).filter(|history| history.reach != Reach::Shallow)?;
    let changed = |file: &FileId| Some(history.of(sources.path(*file))?.changed);
    let definition = read.files.iter().filter_map(changed).max()?;
    let is_code = |file: &FileId| {
        let extension = paths::extension(sources.path(*file));
        !read.files.contains(file) && !matches!(extension.as_str(), "md" | "yaml" | "yml" | "json" | "png" | "svg")
    };
    let code = sources.under(repository, "").iter().filter(|file| is_code(file)).filter_map(changed).max()?;
    let (days, ago) = outdated(now, definition, code)?;
    let place = entity.place("/spec/definition");
    let message = format!("nobody has changed this definition for {days} days, while its code changed {ago} days ago");
    Some(
        Diagnostic::new(&API_OUTDATED, message)
            .at(place.file, place.span)
            .pointer("/spec/definition")
            .entity(entity.key())
            .help("hold it against the code; any change to it counts"),
    )
}
