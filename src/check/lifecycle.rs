//! How far along an entity is, as rules see it.

use crate::model::Entity;

/// Words for what is about to go.
const DEPRECATED: &[&str] = &["deprecated", "retired", "decommissioned", "end-of-life", "sunset"];

/// Whether an entity says that it is about to go.
pub(super) fn is_deprecated(entity: &Entity) -> bool {
    deprecated_at(entity).is_some()
}

/// Where it says so: its lifecycle, or a tag.
pub(super) fn deprecated_at(entity: &Entity) -> Option<String> {
    let is = |text: &str| DEPRECATED.iter().any(|word| word.eq_ignore_ascii_case(text));
    if entity.lifecycle().is_some_and(is) {
        return Some("/spec/lifecycle".to_owned());
    }
    entity.tags().position(is).map(|at| format!("/metadata/tags/{at}"))
}

/// Whether it is in production.
pub(super) fn is_production(entity: &Entity) -> bool {
    entity.lifecycle().is_some_and(|lifecycle| lifecycle.eq_ignore_ascii_case("production"))
}

/// Whether it is an experiment.
pub(super) fn is_experimental(entity: &Entity) -> bool {
    entity.lifecycle().is_some_and(|lifecycle| lifecycle.eq_ignore_ascii_case("experimental"))
}
