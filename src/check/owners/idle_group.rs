//! `group-owns-nothing`: a group for which, or for a group below it, nothing names it as owner.

use crate::diagnostics::{Diagnostic, GROUP_OWNS_NOTHING};
use crate::graph::Ownership;
use crate::model::{EntityId, RelationId};

use super::super::Input;

pub(in crate::check) fn check(input: &Input<'_>, out: &mut Vec<Diagnostic>) {
    // In an open world it may own what is not in view.
    if input.is_open() {
        return;
    }
    // In other repositories it may own something, or a group below it may.
    let beyond = |id: EntityId| {
        [RelationId::OWNED_BY, RelationId::CHILD_OF].iter().any(|one| input.leads_elsewhere(id, one.flipped()))
    };
    let owns = |id: EntityId| {
        let below = || input.graph.reach(id, &[RelationId::CHILD_OF], true);
        !Ownership::of(input.graph, id, false).is_empty()
            || input.catalog.published.is_some() && (beyond(id) || below().iter().any(|(group, _)| beyond(*group)))
    };
    let may_own = |group: &crate::model::Entity| input.catalog.failed.mentions(&group.reference.name);
    for group in input.groups().filter(|group| !owns(group.id) && !may_own(group)) {
        let finding = Diagnostic::new(&GROUP_OWNS_NOTHING, format!("`{}` owns nothing", group.reference.name))
            .help("delete it if it is gone, or name it as the `owner` of what it answers for");
        out.push(input.at_value(finding, group, "/metadata/name"));
    }
}
