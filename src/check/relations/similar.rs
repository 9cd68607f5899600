//! `similar-name`: two entities of one kind whose names differ by one letter.

use rustc_hash::FxHashMap;

use crate::diagnostics::{Diagnostic, SIMILAR_NAME};
use crate::model::{Entity, EntityId};

use super::super::Input;

/// Shorter names are alike by nature.
const SHORTEST: usize = 6;

pub(in crate::check) fn check(input: &Input<'_>, out: &mut Vec<Diagnostic>) {
    // Two names that differ by one edit share one of the texts that are left when a letter is
    // taken out: finding them is linear in the number of names.
    let mut by_rest: FxHashMap<(&str, &str, String), EntityId> = FxHashMap::default();
    for entity in &input.catalog.entities {
        let name = entity.reference.name.to_lowercase();
        if name.chars().count() < SHORTEST {
            continue;
        }
        let mut near = None;
        for rest in rests(&name) {
            let key = (entity.reference.kind.as_str(), entity.reference.namespace.as_str(), rest);
            match by_rest.entry(key) {
                std::collections::hash_map::Entry::Vacant(entry) => {
                    entry.insert(entity.id);
                }
                std::collections::hash_map::Entry::Occupied(entry) => near = near.or(Some(*entry.get())),
            }
        }
        let near = near.map(|id| input.catalog.entity(id));
        if let Some(near) = near.filter(|near| is_slip(&name, &near.reference.name.to_lowercase())) {
            out.push(report(entity, near, input));
        }
    }
}

/// The name itself, and all that it is with one letter less.
fn rests(name: &str) -> impl Iterator<Item = String> + '_ {
    let without = name.char_indices().map(|(at, c)| format!("{}{}", &name[..at], &name[at + c.len_utf8()..]));
    std::iter::once(name.to_owned()).chain(without)
}

/// Whether the difference looks like a slip of the hand. Numbers and single letters at the end
/// (`node-1`, `node-2`, `team-a`, `team-b`) and a plural are not one.
fn is_slip(a: &str, b: &str) -> bool {
    if a == b || a.trim_end_matches('s') == b.trim_end_matches('s') {
        return false;
    }
    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let (rest_a, rest_b): (Vec<char>, Vec<char>) = (a.chars().skip(same).collect(), b.chars().skip(same).collect());
    let is_counter = |rest: &[char]| rest.len() <= 1 || rest[0].is_ascii_digit();
    !is_counter(&rest_a) && !is_counter(&rest_b)
}

fn report(entity: &Entity, near: &Entity, input: &Input<'_>) -> Diagnostic {
    let message = format!("`{}` differs from `{}` by one letter", entity.reference.name, near.reference.name);
    let finding = Diagnostic::new(&SIMILAR_NAME, message)
        .related("the other one", near.place("/metadata/name"))
        .help("if both are meant, one of them could have a name that is told apart at a glance");
    input.at_value(finding, entity, "/metadata/name")
}

#[cfg(test)]
mod tests {
    use super::is_slip;

    #[test]
    fn counters_and_plurals_are_no_slips() {
        for (a, b) in [("node-1", "node-2"), ("team-a", "team-b"), ("payment", "payments"), ("api-v1x", "api-v2x")] {
            assert!(!is_slip(a, b), "{a} {b}");
        }
        for (a, b) in [("payments", "paymemts"), ("billing-api", "biling-api"), ("orders", "roders")] {
            assert!(is_slip(a, b), "{a} {b}");
        }
    }
}
