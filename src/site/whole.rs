//! The page of a system or a domain: a drawing of what is in it and of what crosses its border, and
//! the same as lists.

use serde::Serialize;

use crate::model::{Entity, EntityId, RelationId};

use super::borders::{self, Border, Side};
use super::context::Context;
use super::drawing;
use super::lists::LongList;
use super::views::Link;

/// Most parts in the list of what uses what.
const MAX_FROM: usize = 40;
/// Most that one of them is said to use.
const MAX_TO: usize = 8;

/// What is in a system or a domain, and what crosses its border.
#[derive(Serialize)]
pub(super) struct Whole {
    pub(super) graph_svg: Option<String>,
    /// How many relations there are between parts.
    inside_total: usize,
    inside: Vec<Uses>,
    inside_more: usize,
    /// The list of all parts.
    parts_href: String,
    pub(super) used_by: Side,
    pub(super) uses: Side,
}

/// A part and what it uses inside.
#[derive(Serialize)]
struct Uses {
    from: Link,
    to: Vec<Used>,
    more: usize,
}

#[derive(Serialize)]
struct Used {
    entity: Link,
    count: usize,
}

/// What the page of a system or a domain has more than others; `None` for other kinds.
pub(super) fn view(context: &Context<'_>, entity: &Entity, long: &mut Vec<LongList>) -> Option<Whole> {
    if !matches!(entity.reference.kind.as_str(), "System" | "Domain") {
        return None;
    }
    let (site, id) = (context.site, entity.id);
    let parts: Vec<EntityId> =
        site.graph.targets(id, RelationId::PART_OF.flipped()).filter(|&part| part != id).collect();
    let members = borders::members(site.graph, id);
    let border = Border::of(site.graph, &members, borders::neighbour_of(site, id));
    let graph_svg = drawing::parts(context, id, &parts, &border);
    let (inside, inside_more) = inside(context, &border);
    let texts = site.texts();
    Some(Whole {
        graph_svg,
        inside_total: border.inside.values().sum(),
        inside,
        inside_more,
        parts_href: super::lists::of_parts(context, id),
        used_by: Side::of(context, &border.used_by, (id, "used-by", texts.t("Used by")), long),
        uses: Side::of(context, &border.uses, (id, "uses", texts.t("Uses")), long),
    })
}

/// The relations between parts by who uses, and how many parts have no room.
fn inside(context: &Context<'_>, border: &Border) -> (Vec<Uses>, usize) {
    let mut rows: Vec<Uses> = Vec::new();
    let mut last = None;
    let mut total = 0;
    for (&(from, to), &count) in &border.inside {
        if last != Some(from) {
            last = Some(from);
            total += 1;
            if total <= MAX_FROM {
                rows.push(Uses { from: context.link(from), to: Vec::new(), more: 0 });
            }
        }
        let Some(row) = rows.last_mut().filter(|_| total <= MAX_FROM) else { continue };
        if row.to.len() < MAX_TO {
            row.to.push(Used { entity: context.link(to), count });
        } else {
            row.more += 1;
        }
    }
    let shown = rows.len();
    (rows, total - shown)
}
