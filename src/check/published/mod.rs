//! What a published catalog shows that this repository alone cannot: `breaks-reference`,
//! `unknown-to-published`.

pub(super) mod breaks;
pub(super) mod unknown;
