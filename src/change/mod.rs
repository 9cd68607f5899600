//! What is new, and what follows from it: findings against those that are known, one state of a
//! catalog against another, who depends on what, and over which way. Reads states and says how
//! they differ; decides neither level nor form, and writes nothing.

mod against;
mod anchor;
mod baseline;
mod content;
mod diff;
mod fields;
mod find;
mod impact;
mod lines;
mod lost;
mod network;
mod pages;
mod published;
mod published_state;
mod renames;
mod snapshot;
mod version;
mod why;

pub use against::{News, State, against};
pub use baseline::{Baseline, BaselineError, Known};
pub use diff::{Affected, Changed, Diff, Owners, Renamed, diff};
pub use fields::FieldChange;
pub use find::FindError;
pub use impact::{Dependent, Impact, impact};
pub use lost::{Lost, joined};
pub use network::{DEPENDENCIES, Network};
pub use pages::{MovedPage, Pages, moved_pages};
pub use published::{PublishedError, read as read_published};
pub use published_state::StateError;
pub use snapshot::{Described, Edge, Origin, Snapshot};
pub use why::{Step, Tie, Why, why};
