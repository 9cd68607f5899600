//! `kind-not-allowed`: `catalog.rules`.

use crate::config::is_allowed;
use crate::diagnostics::{Diagnostic, KIND_NOT_ALLOWED};
use crate::model::Entity;

use super::Input;

pub(super) fn check(entity: &Entity, input: &Input<'_>, out: &mut Vec<Diagnostic>) {
    out.extend(find(entity, input));
}

fn find(entity: &Entity, input: &Input<'_>) -> Option<Diagnostic> {
    let settings = input.settings;
    let rules = settings.catalog_rules.as_deref()?;
    if entity.imported {
        return None;
    }
    // The entry point is what Backstage calls the registered location.
    let file = entity.entry_point;
    let repository = input.sources.repository(input.sources.repo_of(file));
    let path = input.sources.path(file);
    let branch = repository.branch.as_deref().unwrap_or("main");
    let url = repository.remote.as_ref().and_then(|remote| remote.file_url(input.sources.hosts(), branch, path));
    let (kind, target) = url.map_or_else(|| ("file", format!("{}/{path}", repository.name)), |url| ("url", url));
    let name = &entity.reference.kind;
    if is_allowed(Some(rules), &settings.catalog_locations, name, entity.spec_type(), kind, &target) {
        return None;
    }
    let place = entity.place("/kind");
    let finding = Diagnostic::new(&KIND_NOT_ALLOWED, format!("the kind {name} may not be registered from here"))
        .at(place.file, place.span)
        .pointer("/kind")
        .entity(entity.key())
        .subject(name.clone())
        .help(format!("allow it for `{target}` under `catalog.rules` in catalog-config.yaml"));
    Some(finding)
}
