//! `members-disagree`: a group that lists its members and a user who lists their groups, of whom
//! only one names the other. Backstage takes the union, so somebody who has left a team in one
//! file is still in it by the other.

use rustc_hash::FxHashSet;

use crate::diagnostics::{Diagnostic, MEMBERS_DISAGREE};
use crate::model::{Entity, EntityId, Reference, RelationId, Target};

use super::super::Input;

pub(in crate::check) fn check(entity: &Entity, input: &Input<'_>, out: &mut Vec<Diagnostic>) {
    for (reference, other) in memberships(entity.id, input) {
        // A side that lists nobody leaves the matter to the other one.
        let theirs: FxHashSet<EntityId> = memberships(other, input).map(|(_, target)| target).collect();
        if theirs.is_empty() || theirs.contains(&entity.id) {
            continue;
        }
        out.push(report(entity, reference, input.catalog.entity(other), input));
    }
}

/// What an entity says about who is a member: of a group its users, of a user the groups.
fn memberships<'a>(id: EntityId, input: &'a Input<'_>) -> impl Iterator<Item = (&'a Reference, EntityId)> {
    input.catalog.references_of(id).iter().filter_map(|reference| match reference.target {
        Target::Entity(target) if input.catalog.field(reference).relation.pair == RelationId::MEMBER_OF.pair => {
            Some((reference, target))
        }
        _ => None,
    })
}

fn report(entity: &Entity, reference: &Reference, other: &Entity, input: &Input<'_>) -> Diagnostic {
    let is_group = input.catalog.field(reference).relation.inverse;
    let (message, pointer) = if is_group {
        (
            format!("`{}` is listed as a member, and does not list `{}`", other.title(), entity.reference.name),
            "/spec/memberOf",
        )
    } else {
        (format!("`{}` lists its members, and `{}` is not among them", other.title(), entity.title()), "/spec/members")
    };
    let finding = Diagnostic::new(&MEMBERS_DISAGREE, message)
        .related("the other list", other.key_place(pointer))
        .help("say it on both sides, or keep the list on one side only");
    input.at_reference(finding, reference)
}
