//! What entities say about each other, as far as both ends are known: circles, repetitions, and
//! two sides of a relation that do not agree.

pub(super) mod ambiguous;
pub(super) mod cycles;
pub(super) mod duplicate;
pub(super) mod members;
pub(super) mod parents;
pub(super) mod redundant;
pub(super) mod similar;
