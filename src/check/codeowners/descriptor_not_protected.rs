//! `descriptor-not-protected`: a descriptor that others than its owner may change. Who changes it
//! may make themselves the owner.

use crate::diagnostics::{DESCRIPTOR_NOT_PROTECTED, Diagnostic};

use super::{Verdict, View, listed};

pub(super) fn check(view: &View<'_>, out: &mut Vec<Diagnostic>) {
    let catalog = view.input.catalog;
    for owned in &view.owned {
        let repository = &view.repositories[owned.repository];
        let owners = &repository.owners;
        if owners.unusable.is_some() {
            continue;
        }
        let path = view.input.sources.path(owned.entity.file);
        let asked = owners.owners(path);
        let owner = catalog.entity(owned.owner).reference.short();
        let message = if asked.is_empty() {
            format!("CODEOWNERS gives `{path}` to nobody, and not to its owner `{owner}`")
        } else if view.verdict(owned.owner, &asked, owners.dialect) == Verdict::Differs {
            format!("CODEOWNERS gives `{path}` to {}, and not to its owner `{owner}`", listed(&asked))
        } else {
            continue;
        };
        let team = view.handle(repository, owned.owner);
        let place = catalog.place(owned.reference);
        let mut finding = Diagnostic::new(&DESCRIPTOR_NOT_PROTECTED, message)
            .at(place.file, place.span)
            .pointer(&*owned.reference.pointer)
            .entity(owned.entity.key())
            .subject(owner)
            .help(format!("add the line `/{} {team}`", path.replace(' ', "\\ ")));
        if let Some(&rule) = owners.deciding(path).last() {
            finding = finding.related("the rule that decides", view.place(repository, owners.entries[rule].span));
        }
        out.push(finding);
    }
}
