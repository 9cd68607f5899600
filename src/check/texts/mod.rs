//! What people read: annotations that tools take at their word, links, descriptions.

pub(super) mod annotation_values;
pub(super) mod dead_links;
pub(super) mod described;
pub(super) mod descriptions;
pub(super) mod misspelt_annotation;
pub(super) mod untitled_links;
