//! `forbidden-edge`: what the settings say about who may use what: architecture as code.

use crate::config::{Border, EdgeRule, Trait};
use crate::diagnostics::{Diagnostic, FORBIDDEN_EDGE};
use crate::model::{Entity, EntityId, Reference, RelationId, Target};

use super::super::Input;

pub(in crate::check) fn check(entity: &Entity, input: &Input<'_>, out: &mut Vec<Diagnostic>) {
    let rules = &input.settings.architecture;
    if rules.is_empty() {
        return;
    }
    for reference in input.catalog.references_of(entity.id) {
        let Target::Entity(other) = reference.target else { continue };
        let relation = input.catalog.field(reference).relation;
        let names = &input.catalog.kinds.relations;
        for rule in rules {
            // The relation by the name that the rule has for it, from whichever end it is declared.
            let (from, to) = if rule.relations.iter().any(|name| name == names.name(relation)) {
                (entity.id, other)
            } else if rule.relations.iter().any(|name| name == names.name(relation.flipped())) {
                (other, entity.id)
            } else {
                continue;
            };
            if breaks(rule, from, to, input) {
                out.push(report(rule, reference, from, to, input));
            }
        }
    }
}

fn breaks(rule: &EdgeRule, from: EntityId, to: EntityId, input: &Input<'_>) -> bool {
    let crosses = rule.across.is_none_or(|border| {
        let what = match border {
            Border::System => Trait::System,
            Border::Domain => Trait::Domain,
            Border::Owner => Trait::Owner,
        };
        values(from, what, input) != values(to, what, input)
    });
    crosses
        && rule.from.fits(&|what| values(from, what, input))
        && rule.to.fits(&|what| values(to, what, input)) != rule.only
}

/// The values of a trait, in lower case. An entity is known by its name and by its reference.
fn values(id: EntityId, what: Trait, input: &Input<'_>) -> Vec<String> {
    let entity = input.catalog.entity(id);
    let one = |text: Option<&str>| text.map(str::to_lowercase).into_iter().collect::<Vec<_>>();
    match what {
        Trait::Kind => one(Some(&entity.reference.kind)),
        Trait::Type => one(entity.spec_type()),
        Trait::Lifecycle => one(entity.lifecycle()),
        Trait::Tag => entity.tags().map(str::to_lowercase).collect(),
        Trait::Namespace => one(Some(&entity.reference.namespace)),
        Trait::Name => names(id, input),
        Trait::Owner => input.graph.targets(id, RelationId::OWNED_BY).flat_map(|owner| names(owner, input)).collect(),
        Trait::System => above(id, "system", input),
        Trait::Domain => above(id, "domain", input),
    }
}

fn names(id: EntityId, input: &Input<'_>) -> Vec<String> {
    vec![input.catalog.entity(id).reference.name.to_lowercase(), input.graph.key(id).to_owned()]
}

/// The nearest entity of a kind that something is part of, itself included.
fn above(id: EntityId, kind: &str, input: &Input<'_>) -> Vec<String> {
    let is = |id: &EntityId| input.catalog.entity(*id).reference.kind.eq_ignore_ascii_case(kind);
    if is(&id) {
        return names(id, input);
    }
    let up = input.graph.reach(id, &[RelationId::PART_OF], false);
    up.iter().map(|(id, _)| id).find(|id| is(id)).map(|id| names(*id, input)).unwrap_or_default()
}

fn report(rule: &EdgeRule, reference: &Reference, from: EntityId, to: EntityId, input: &Input<'_>) -> Diagnostic {
    let short = |id: EntityId| input.catalog.entity(id).reference.short();
    let message = format!("`{}` may not use `{}`: {}", short(from), short(to), rule.name.trim_end_matches('.'));
    let mut finding = Diagnostic::new(&FORBIDDEN_EDGE, message)
        .subject(format!("{} {} {}", rule.name, short(from), short(to)))
        .help("go another way, or change the rule under `architecture:` in catalog-config.yaml");
    if let Some(file) = input.settings_file {
        finding = finding.related("the rule", crate::base::Place::new(file, rule.span));
    }
    input.at_reference(finding, reference)
}
