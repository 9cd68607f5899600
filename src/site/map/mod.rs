//! The map: the whole organisation as boxes in boxes with what uses what between them. Where everything is
//! and how it is coded is made here; `map*.js` of the theme draws it. The page itself says the same as a
//! list, for those who have no script.

mod code;
mod data;
mod edges;
mod page;
mod tree;

use crate::model::EntityId;
use crate::routes;

use super::context::Context;
use super::{Error, Site, drawing};
use tree::Tree;

/// The page and its data.
pub(super) fn files(site: &Site<'_>) -> Result<(), Error> {
    let tree = Tree::of(site);
    let places = drawing::lay_out(&tree.ends, |at| matches!(tree.nodes[at], tree::What::Box(..)));
    let edges = edges::edges(site, &tree);
    let head = data::files(site, &tree, &places, &edges)?;
    site.put(routes::MAP.to_owned(), page::page(site, &tree, &edges, head)?)
}

/// The map with an entity in its middle.
pub(super) fn focused(context: &Context<'_>, id: EntityId) -> String {
    let reference = crate::base::hosts::encoded(&context.site.catalog.entity(id).key()).replace("%3A", ":");
    format!("{}#focus={reference}", context.href(routes::MAP))
}
