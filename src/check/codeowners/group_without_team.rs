//! `group-without-team`: a group that owns, and of which nothing says which team of the host it is.

use crate::diagnostics::{Diagnostic, GROUP_WITHOUT_TEAM};
use crate::model::RelationId;
use crate::parse::codeowners::Dialect;

use super::View;
use super::people::team;

pub(super) fn check(view: &View<'_>, out: &mut Vec<Diagnostic>) {
    let (catalog, graph) = (view.input.catalog, view.input.graph);
    let has = |dialect| view.repositories.iter().any(|repository| repository.owners.dialect == dialect);
    let annotation = if has(Dialect::GitHub) { "github.com/team-slug" } else { "gitlab.com/team-path" };
    for group in catalog.entities.iter().filter(|entity| view.github.is_group(entity.id)) {
        let owns = graph.targets(group.id, RelationId::OWNED_BY.flipped()).next().is_some();
        let is_told = team(group, Dialect::GitHub).or_else(|| team(group, Dialect::GitLab)).is_some();
        if !owns || is_told {
            continue;
        }
        let name = &group.reference.name;
        let place = group.place("/metadata/name");
        let message = format!("nothing says which team of the host `{}` is", group.reference.short());
        out.push(
            Diagnostic::new(&GROUP_WITHOUT_TEAM, message)
                .at(place.file, place.span)
                .pointer("/metadata/name")
                .entity(group.key())
                .subject(name.clone())
                .help(format!("add the annotation `{annotation}: organisation/{}`", name.to_lowercase())),
        );
    }
}
