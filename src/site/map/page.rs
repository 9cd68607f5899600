//! The page of the map: what the script reads, and the boxes as a list.

use serde::Serialize;

use crate::model::RelationId;
use crate::routes;
use crate::site::context::Context;
use crate::site::home::{KindCount, kinds};
use crate::site::lists::common;
use crate::site::views::{Link, Way};
use crate::site::{Error, Site};

use super::edges::Edge;
use super::tree::{Tree, What};

/// Boxes of the list, and what is listed of each.
const PARTS: usize = 60;
const ROWS: usize = 12;

#[derive(Serialize)]
struct Body<'a> {
    heading: &'a str,
    /// The first file that the script reads, and the folder of the others.
    data: String,
    folder: &'static str,
    total: usize,
    relations: usize,
    kinds: Vec<KindCount>,
    parts: Vec<Part>,
    parts_more: Option<Way>,
}

/// A box with what is directly in it.
#[derive(Serialize)]
struct Part {
    entity: Option<Link>,
    title: String,
    count: usize,
    rows: Vec<PartRow>,
    more: Option<Way>,
}

#[derive(Serialize)]
struct PartRow {
    #[serde(flatten)]
    link: Link,
    /// How many are in it.
    count: usize,
}

pub(super) fn page(site: &Site<'_>, tree: &Tree, edges: &[Edge], data: String) -> Result<Vec<u8>, Error> {
    let context = Context::new(site, routes::MAP);
    let texts = site.texts();
    let heading = texts.t("Map");
    let total = site.catalog.entities.len();
    let used = edges.iter().filter(|edge| super::edges::is_drawn(RelationId { pair: edge.relation, inverse: false }));
    let relations = used.count();
    let description = (total > 0).then(|| {
        texts.with(
            "{entities}, and {relations} between them.",
            &[
                ("entities", &texts.counted(total, "entity", "entities")),
                ("relations", &texts.counted(relations, "relation", "relations")),
            ],
        )
    });
    let (parts, hidden) = parts(&context, tree);
    let all = || Way {
        title: texts.with("All {n} entities", &[("n", &texts.number(total))]),
        href: Some(context.href(&routes::list(None, 1))),
    };
    let body = Body {
        heading,
        data,
        folder: routes::MAP_FOLDER,
        total,
        relations,
        kinds: kinds(&context),
        parts,
        parts_more: hidden.then(all),
    };
    let common = common(routes::MAP, heading.to_owned(), "map", description);
    Ok(site.theme.render("map.html", &common, &body)?)
}

/// The first boxes, and whether there are more.
fn parts(context: &Context<'_>, tree: &Tree) -> (Vec<Part>, bool) {
    let (boxes, leaves): (Vec<usize>, Vec<usize>) = tree.children(0).partition(|&at| tree.is_box(at));
    let mut parts: Vec<Part> = boxes.iter().take(PARTS).map(|&at| part(context, tree, at)).collect();
    if !leaves.is_empty() {
        let title = context.site.t("With nothing in it");
        parts.push(listed(context, tree, title, None, &leaves, leaves.len()));
    }
    (parts, boxes.len() > PARTS)
}

fn part(context: &Context<'_>, tree: &Tree, at: usize) -> Part {
    let (title, entity) = match &tree.nodes[at] {
        What::Entity(id) => (context.site.catalog.entity(*id).title().to_owned(), Some(context.link(*id))),
        What::Box(title, _) => (title.clone(), None),
        What::Missing(number) => (tree.missing[*number].name.clone(), None),
    };
    // Boxes say more than what has nothing in it.
    let mut children: Vec<usize> = tree.children(at).collect();
    children.sort_by_key(|&child| !tree.is_box(child));
    listed(context, tree, title, entity, &children, entities_in(tree, at))
}

fn listed(
    context: &Context<'_>,
    tree: &Tree,
    title: String,
    entity: Option<Link>,
    children: &[usize],
    count: usize,
) -> Part {
    let texts = context.site.texts();
    let rows: Vec<PartRow> = children
        .iter()
        .take(ROWS)
        .map(|&child| PartRow { link: link(context, tree, child), count: entities_in(tree, child) })
        .collect();
    let more = (children.len() > rows.len()).then(|| Way {
        title: texts.with("All {n}", &[("n", &texts.number(children.len()))]),
        href: entity.as_ref().and_then(|link| link.href.clone()).or_else(|| Some(context.href(&routes::list(None, 1)))),
    });
    Part { entity, title, count, rows, more }
}

/// How many that are known by a name are below a node.
fn entities_in(tree: &Tree, at: usize) -> usize {
    tree.nodes[at + 1..tree.ends[at]].iter().filter(|what| !matches!(what, What::Box(..))).count()
}

/// A node as it is named; a box of an owner by that one.
fn link(context: &Context<'_>, tree: &Tree, at: usize) -> Link {
    match &tree.nodes[at] {
        What::Entity(id) | What::Box(_, Some(id)) => context.link(*id),
        What::Missing(number) => context.missing(&tree.missing[*number]),
        What::Box(title, None) => Link {
            reference: title.clone(),
            kind: String::new(),
            kind_label: String::new(),
            name: title.clone(),
            title: title.clone(),
            href: None,
        },
    }
}
