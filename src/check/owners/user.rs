//! `owner-is-user`: a person as the owner.

use crate::diagnostics::{Diagnostic, OWNER_IS_USER};
use crate::model::{Entity, RelationId, Target};

use super::super::Input;

pub(in crate::check) fn check(entity: &Entity, input: &Input<'_>, out: &mut Vec<Diagnostic>) {
    let catalog = input.catalog;
    for reference in catalog.references_of(entity.id).iter().filter(|one| catalog.field(one).is_owner()) {
        let is_user = match &reference.target {
            Target::Entity(id) => catalog.entity(*id).reference.kind.eq_ignore_ascii_case("user"),
            Target::Unresolved(target) => target.kind.eq_ignore_ascii_case("user"),
            Target::Malformed(_) => false,
        };
        if !is_user {
            continue;
        }
        let finding = Diagnostic::new(&OWNER_IS_USER, format!("the owner `{}` is a person", reference.text));
        let groups: Vec<String> = match reference.target {
            Target::Entity(id) => input
                .graph
                .targets(id, RelationId::MEMBER_OF)
                .map(|group| format!("`{}`", catalog.entity(group).reference.name))
                .take(3)
                .collect(),
            _ => Vec::new(),
        };
        let help = if groups.is_empty() {
            "name the group that answers for it".to_owned()
        } else {
            format!("name a group: they are in {}", crate::base::suggest::all_of(&groups))
        };
        out.push(input.at_reference(finding.help(help), reference));
    }
}
