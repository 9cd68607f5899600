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
    if entity.lifecycle().is_some_and(says_deprecated) {
        return Some("/spec/lifecycle".to_owned());
    }
    entity.tags().position(says_deprecated).map(|at| format!("/metadata/tags/{at}"))
}

/// Whether a lifecycle or a tag is one of those words.
pub(super) fn says_deprecated(text: &str) -> bool {
    DEPRECATED.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Whether it is in production.
pub(super) fn is_production(entity: &Entity) -> bool {
    entity.lifecycle().is_some_and(|lifecycle| lifecycle.eq_ignore_ascii_case("production"))
}

/// Whether it is an experiment.
pub(super) fn is_experimental(entity: &Entity) -> bool {
    entity.lifecycle().is_some_and(says_experimental)
}

/// Whether a lifecycle is that of an experiment.
pub(super) fn says_experimental(text: &str) -> bool {
    text.eq_ignore_ascii_case("experimental")
}
