//! One API definition of a compiled organisation: by its entity, or by its file, which no entity has
//! to name.

use std::sync::Arc;

use anyhow::Context as _;

use crate::api::{self, Read, State};
use crate::base::Sources as _;
use crate::change::Snapshot;
use crate::diagnostics::settle;
use crate::model::EntityId;

use super::Compiled;

/// The API that is meant: a reference as short as it is clear, `api:` left out.
pub fn find_api(compiled: &Compiled, what: &str) -> anyhow::Result<EntityId> {
    let snapshot = Snapshot::of(&compiled.catalog, &compiled.graph, &compiled.workspace.sources);
    let asked = if what.contains(':') { what.to_owned() } else { format!("api:{what}") };
    let key = snapshot.find(&asked)?;
    let found = compiled.catalog.index.get(&key).copied();
    found.with_context(|| format!("`{key}` is referred to, and is not in view"))
}

/// The definition in a file, by its path from the path that was compiled. What is found in it joins
/// the findings. Nothing where there is no such file, or none that can be read.
pub fn definition_of_file(compiled: &mut Compiled, path: &str) -> Option<Arc<Read>> {
    let sources = &compiled.workspace.sources;
    let path = path.strip_prefix("./").unwrap_or(path);
    let files = (0..).map(crate::base::FileId).take(sources.files().len());
    let file = files.into_iter().find(|file| sources.display_path(*file) == path)?;
    let known = compiled.apis.iter().find_map(|api| match &api.state {
        State::Read(read) if read.definition.file == Some(file) => Some(Arc::clone(read)),
        _ => None,
    });
    if known.is_some() {
        return known;
    }
    let text = sources.text(file).ok()?;
    let definition = api::describe(text.as_str(), "", Some(file), Some(sources.path(file)));
    let (read, findings) = api::read_text(definition, file, sources);
    let levels = &compiled.workspace.settings.levels;
    let suppressions = super::suppressions(&compiled.workspace, None);
    let found: Vec<_> = settle(findings, levels, &suppressions, sources)
        .into_iter()
        .filter(|(finding, _)| api::is_rule(finding.rule))
        .collect();
    compiled.findings.extend(found);
    Some(Arc::new(read))
}

/// Keeps what is about definitions: of these, or of all when there are none.
pub fn keep_findings_of_definitions(compiled: &mut Compiled, wanted: &[(Arc<Read>, Option<String>)]) {
    compiled.findings.retain(|(finding, _)| {
        let is_of = |(read, entity): &(Arc<Read>, Option<String>)| {
            let here = finding.place.is_some_and(|place| read.files.contains(&place.file));
            here || (entity.is_some() && finding.entity == *entity)
        };
        api::is_rule(finding.rule) && (wanted.is_empty() || wanted.iter().any(is_of))
    });
}
