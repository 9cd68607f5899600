//! Who owns what, beyond that the owner exists: whether it can answer.

pub(super) mod deprecated;
pub(super) mod empty_group;
pub(super) mod idle_group;
pub(super) mod missing;
pub(super) mod user;
