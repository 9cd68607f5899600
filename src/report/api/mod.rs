//! API definitions for a terminal and for programs: which there are, and what one of them has. The
//! JSON of both is public, with a schema in `schema/`.

mod list;
mod show;
mod table;

pub use list::{Filter, List, list, list_text};
pub use show::{Show, show, show_text};

use crate::graph::Graph;
use crate::model::{Catalog, Context, Entity, EntityRef, RelationId};

/// The version of the formats of `catalog api`.
const VERSION: u32 = 1;

/// How text is shown.
#[derive(Debug, Clone, Copy, Default)]
pub struct Look {
    /// Whether to use colour.
    pub color: bool,
    /// The width of the terminal, where there is one.
    pub width: Option<usize>,
}

impl Look {
    /// Text in a colour; without control characters, which names may carry.
    fn paint(self, text: &str, paint: &str) -> String {
        let text = super::run::one_line(text);
        if self.color && !paint.is_empty() { format!("\u{1b}[{paint}m{text}\u{1b}[0m") } else { text }
    }
}

/// The owner of an API, also where it is not in view.
fn owner(entity: &Entity, catalog: &Catalog, graph: &Graph) -> Option<String> {
    let known = graph.targets(entity.id, RelationId::OWNED_BY).next().map(|owner| catalog.entity(owner).key());
    known.or_else(|| {
        let context = Context { kind: Some("Group"), namespace: Some(&entity.reference.namespace) };
        EntityRef::parse(entity.text(&["spec", "owner"])?, context).ok().map(|owner| owner.key())
    })
}

/// A reference without the namespace `default`.
fn short(key: &str) -> String {
    key.replacen(":default/", ":", 1)
}
