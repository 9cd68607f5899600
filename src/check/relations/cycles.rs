//! `hierarchy-cycle`, `dependency-cycle` and, where the way round is one step, `self-reference`:
//! the shortest way, with the place of each step.

use crate::diagnostics::{DEPENDENCY_CYCLE, Diagnostic, HIERARCHY_CYCLE, Level, Rule, SELF_REFERENCE};
use crate::graph::cycles;
use crate::model::{EntityId, Reference, RelationId, Target};

use super::super::Input;

pub(in crate::check) fn check(input: &Input<'_>, out: &mut Vec<Diagnostic>) {
    let trees = [RelationId::CHILD_OF, RelationId::PART_OF];
    let circles = trees
        .iter()
        .flat_map(|&relation| cycles(input.graph, &[relation]).into_iter().map(move |cycle| (relation, cycle)));
    out.extend(circles.map(|(relation, cycle)| report(&HIERARCHY_CYCLE, relation, &cycle, input)));
    let dependencies = cycles(input.graph, &[RelationId::DEPENDS_ON]);
    out.extend(dependencies.iter().map(|cycle| report(&DEPENDENCY_CYCLE, RelationId::DEPENDS_ON, cycle, input)));
}

fn report(rule: &'static Rule, relation: RelationId, cycle: &[EntityId], input: &Input<'_>) -> Diagnostic {
    let catalog = input.catalog;
    let short = |id: EntityId| catalog.entity(id).reference.short();
    let way: Vec<String> = cycle.iter().chain(&cycle[..1]).map(|&id| short(id)).collect();
    let verb = if relation == RelationId::DEPENDS_ON { "depends on" } else { "is below" };
    let message = if cycle.len() == 1 {
        format!("`{}` {verb} itself", short(cycle[0]))
    } else {
        format!("a circle of {}: {}", cycle.len(), way.join(" → "))
    };
    let subject: Vec<&str> = cycle.iter().map(|&id| input.graph.key(id)).collect();
    let level = if relation == RelationId::DEPENDS_ON { Level::Warning } else { Level::Error };
    let finding = match cycle.len() {
        1 => Diagnostic::new(&SELF_REFERENCE, message).with_level(level),
        _ => Diagnostic::new(rule, message),
    };
    let mut finding = finding.subject(subject.join(" ")).entity(input.graph.key(cycle[0]));
    for (at, &from) in cycle.iter().enumerate() {
        let to = cycle[(at + 1) % cycle.len()];
        let Some(reference) = reference_between(from, to, relation, input) else { continue };
        let place = catalog.place(reference);
        if finding.place.is_none() {
            finding = finding
                .at(place.file, place.span)
                .pointer(&*reference.pointer)
                .label(format!("{verb} `{}`", short(to)));
        } else {
            finding = finding.related(format!("`{}` {verb} `{}`", short(from), short(to)), place);
        }
    }
    finding.help(match cycle.len() {
        1 => "take the reference out",
        _ => "take one of these references out, or turn it round",
    })
}

/// The reference that makes the edge, on whichever side it was written.
fn reference_between<'a>(
    from: EntityId,
    to: EntityId,
    relation: RelationId,
    input: &'a Input<'_>,
) -> Option<&'a Reference> {
    let written = |at: EntityId, other: EntityId, relation: RelationId| {
        input.catalog.references_of(at).iter().find(|reference| {
            reference.target == Target::Entity(other) && input.catalog.field(reference).relation == relation
        })
    };
    written(from, to, relation).or_else(|| written(to, from, relation.flipped()))
}
