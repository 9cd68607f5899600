//! What a published catalog has of other repositories, held against what is in view: entities that
//! both describe, and those that only another repository leads to.

use crate::base::{FileId, Sources};
use crate::diagnostics::{DUPLICATE_ENTITY, Diagnostic};
use crate::model::{Catalog, Published};

/// A file that nothing here leads to may be reached from another repository, whose Location was
/// followed when the catalog was published. What stood in it counts as there.
pub(super) fn keep_unreached(published: &mut Published, unreached: &[(FileId, usize)], sources: &dyn Sources) {
    if unreached.is_empty() {
        return;
    }
    let known = published.known.clone();
    published.keep(|entity| {
        let place = &entity.place;
        let repository = known.iter().find(|(number, _)| Some(*number) == place.source).map(|(_, id)| *id);
        let file = repository.zip(place.file.as_ref()).and_then(|(id, file)| sources.lookup(id, file));
        file.is_some_and(|file| unreached.iter().any(|(other, _)| *other == file))
    });
}

/// Entities that another repository has published already. Imported groups and users are no
/// descriptors: they may be in view everywhere.
pub(super) fn duplicates(catalog: &Catalog, sources: &dyn Sources, findings: &mut Vec<Diagnostic>) {
    let Some(published) = &catalog.published else { return };
    for entity in catalog.entities.iter().filter(|entity| !entity.imported) {
        let key = entity.key();
        let Some(first) = published.find(&key) else { continue };
        let Some(source) = published.source(&first.place) else { continue };
        let place = entity.place("/metadata/name");
        let elsewhere = published.elsewhere(&first.place, sources.hosts());
        findings.push(
            Diagnostic::new(&DUPLICATE_ENTITY, format!("`{key}` is described in the repository `{}` too", source.name))
                .at(place.file, place.span)
                .label("described here again")
                .elsewhere("published from there", elsewhere)
                .pointer("/metadata/name")
                .entity(key.as_str())
                .subject(key.as_str())
                .help("give one of them another name or namespace, or delete it; when it moves here, delete it there first"),
        );
    }
}
