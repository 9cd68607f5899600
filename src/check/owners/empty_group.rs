//! `group-without-members`: a group that owns something, and in which there is nobody.

use crate::diagnostics::{Diagnostic, GROUP_WITHOUT_MEMBERS};
use crate::model::{EntityId, RelationId};

use super::super::Input;

pub(in crate::check) fn check(input: &Input<'_>, out: &mut Vec<Diagnostic>) {
    // In an open world its users may be elsewhere.
    if input.is_open() {
        return;
    }
    let graph = input.graph;
    let groups: Vec<EntityId> = input.groups().map(|group| group.id).collect();
    let has_members =
        |id: EntityId| graph.relations(id).iter().any(|one| one.relation == RelationId::MEMBER_OF.flipped());
    // Where no group has members, people are kept elsewhere.
    if !groups.iter().any(|&id| has_members(id)) {
        return;
    }
    for id in groups {
        let below = graph.reach(id, &[RelationId::CHILD_OF], true);
        let owns = graph.targets(id, RelationId::OWNED_BY.flipped()).count();
        // What is known of groups in other repositories is not who is in them.
        let beyond = |id: EntityId| input.leads_elsewhere(id, RelationId::CHILD_OF.flipped());
        let is_filled = |id: EntityId| has_members(id) || beyond(id);
        if owns == 0 || is_filled(id) || below.iter().any(|(group, _)| is_filled(*group)) {
            continue;
        }
        let group = input.catalog.entity(id);
        // Its users, or groups below it, may be what could not be read.
        if input.catalog.failed.mentions(&group.reference.name) {
            continue;
        }
        let message = if owns == 1 {
            format!("`{}` owns an entity and has no members", group.reference.name)
        } else {
            format!("`{}` owns {owns} entities and has no members", group.reference.name)
        };
        let finding = Diagnostic::new(&GROUP_WITHOUT_MEMBERS, message)
            .help("list them under `members`, or name the group in the `memberOf` of its users");
        let finding = finding.subject(group.reference.name.clone());
        out.push(input.at_value(finding, group, "/metadata/name"));
    }
}
