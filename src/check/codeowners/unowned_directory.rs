//! `unowned-directory`: an entity is described in a folder for which CODEOWNERS asks nobody.

use rustc_hash::FxHashSet;

use crate::diagnostics::{Diagnostic, UNOWNED_DIRECTORY};

use super::{View, shown};

pub(super) fn check(view: &View<'_>, out: &mut Vec<Diagnostic>) {
    let mut seen = FxHashSet::default();
    for owned in &view.owned {
        let repository = &view.repositories[owned.repository];
        let owners = &repository.owners;
        let sources = view.input.sources;
        if owners.unusable.is_some() || !owners.owners(sources.path(owned.entity.file)).is_empty() {
            continue;
        }
        let (folder, files) = view.folder(owned.entity);
        if !seen.insert((repository.id, folder.clone()))
            || files.iter().any(|&file| !owners.owners(sources.path(file)).is_empty())
        {
            continue;
        }
        let team = view.handle(repository, owned.owner);
        let pattern = if folder.is_empty() { "*".to_owned() } else { format!("/{}/", folder.replace(' ', "\\ ")) };
        let place = owned.entity.place("/metadata/name");
        let message = format!("CODEOWNERS gives {} to nobody", shown(&folder));
        out.push(
            Diagnostic::new(&UNOWNED_DIRECTORY, message)
                .at(place.file, place.span)
                .pointer("/metadata/name")
                .entity(owned.entity.key())
                .subject(folder)
                .help(format!("add the line `{pattern} {team}`")),
        );
    }
}
