//! The map as files: classic scripts that call `catalogMap` of the theme's script, because a page that was
//! opened from a file can load nothing else. The first has all boxes with their names and places, and what
//! leads from box to box: enough for the first look. Names of what is in them and single relations are in
//! others. Where leaves are follows from the grids of their boxes.

use rayon::prelude::*;
use serde::Serialize;

use crate::base::Hash;
use crate::model::{EntityRef, RelationId};
use crate::routes;
use crate::site::context::icon;
use crate::site::drawing::{LEAF_GAP, LEAF_HEIGHT, Place};
use crate::site::lists::unusual_path;
use crate::site::{Error, Site, borders, lists};

use super::code::Coded;
use super::edges::{self, Edge};
use super::tree::{Tree, What, nests};

/// Nodes of a file of names, and of a file of relations.
const PER_NAMES: usize = 2_048;
const PER_EDGES: usize = 16_384;
/// Digits of the hash that a file is named by.
const NAME: usize = 12;

#[derive(Serialize)]
struct Head {
    version: u32,
    /// How many nodes there are, boxes among them.
    total: usize,
    entities: usize,
    width: i32,
    height: i32,
    leaf_height: i32,
    leaf_gap: i32,
    kinds: Vec<KindView>,
    /// The number of each node's kind from 1, as runs; 0 for a box that is no entity.
    of_kind: String,
    relations: Vec<RelationView>,
    /// The first node that is not in view; all after it in its box are neither.
    missing: [usize; 2],
    /// Nodes in an entity that they have no relation to, because what is between them has no room: each by
    /// how far it is from the one before.
    loose: String,
    boxes: String,
    titles: Vec<String>,
    /// What leads from box to box, seen from far away and from less far.
    lines: [String; 2],
    namespaces: Vec<String>,
    per_names: usize,
    names: String,
    per_edges: usize,
    edges: String,
}

#[derive(Serialize)]
struct KindView {
    /// What stands in a reference.
    name: String,
    label: String,
    plural: String,
    count: usize,
    /// The relation by which one is in the box that it stands in.
    nests: u16,
}

#[derive(Serialize)]
struct RelationView {
    name: String,
    label: String,
    back: String,
    count: usize,
    /// Whether it is drawn as lines at first.
    drawn: bool,
    /// Whether the one that has it is what the other end uses.
    turned: bool,
}

/// Names of nodes that follow each other.
#[derive(Default, Serialize)]
struct Names<'a> {
    /// As runs of numbers from 0.
    namespaces: String,
    names: Vec<&'a str>,
    /// Empty where it is the name.
    titles: Vec<&'a str>,
    /// Those that do not follow from the reference, by place.
    paths: std::collections::BTreeMap<usize, String>,
}

/// Makes all files. Returns the path of the one that leads to the others.
pub(super) fn files(site: &Site<'_>, tree: &Tree, places: &[Place], all: &[Edge]) -> Result<String, Error> {
    let kinds = kinds(site, tree);
    let mut spaces: Vec<String> = references(site, tree).map(|one| one.namespace.to_lowercase()).collect();
    spaces.sort_unstable();
    spaces.dedup();
    let ranges: Vec<_> = (0..tree.nodes.len()).step_by(PER_NAMES).enumerate().collect();
    let names = ranges.into_par_iter().map(|(at, from)| {
        let to = (from + PER_NAMES).min(tree.nodes.len());
        call("names", at, &names(site, tree, &spaces, from..to))
    });
    let names: Vec<String> = names.collect();
    // What the boxes say is not said again.
    let kept: Vec<Edge> = all.iter().copied().filter(|edge| !edges::is_nesting(site, tree, edge)).collect();
    let ranges: Vec<_> = (0..tree.nodes.len()).step_by(PER_EDGES).enumerate().collect();
    let files = ranges.into_par_iter().map(|(at, from)| {
        let part = |node: usize| kept.partition_point(|edge| edge.from < node);
        let part = &kept[part(from)..part(from + PER_EDGES)];
        call("edges", at, &edges::coded(part, from).0)
    });
    let relations_of: Vec<String> = files.collect();
    // Of a small organisation all of it is in the first file.
    let is_small = tree.nodes.len() <= PER_NAMES;
    let inside = if is_small { names.concat() + &relations_of.concat() } else { String::new() };
    let put_all = |texts: Vec<String>| -> Result<String, Error> {
        let texts = if is_small { Vec::new() } else { texts };
        let paths: Result<Vec<String>, Error> = texts.into_par_iter().map(|text| put(site, text)).collect();
        Ok(paths?.join(" "))
    };
    let lines = [1, 2].map(|depth| edges::coded_lines(&edges::between(tree, all, depth)).0);
    let (boxes, titles) = boxes(site, tree, places);
    let missing = tree.of_missing.values().min().map_or([0, 0], |&first| [first, first + tree.missing.len()]);
    let head = Head {
        version: 1,
        total: tree.nodes.len(),
        entities: site.catalog.entities.len(),
        width: places[0].rect.width,
        height: places[0].rect.height,
        leaf_height: LEAF_HEIGHT,
        leaf_gap: LEAF_GAP,
        of_kind: Coded::runs((0..tree.nodes.len()).map(|at| {
            let kind = kind_of(site, tree, at);
            kind.and_then(|kind| kinds.iter().position(|one| one.name == kind)).map_or(0, |at| at + 1)
        }))
        .0,
        kinds,
        relations: relations(site, all),
        missing,
        loose: loose(site, tree, all).0,
        boxes,
        titles,
        lines,
        namespaces: spaces,
        per_names: PER_NAMES,
        names: put_all(names)?,
        per_edges: PER_EDGES,
        edges: put_all(relations_of)?,
    };
    let name = put(site, inside + &call("head", 0, &head))?;
    Ok(routes::map_data(&name))
}

/// Some data as a call of the script.
fn call(what: &str, at: usize, value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).unwrap_or_default();
    format!("catalogMap.{what}({at},{json});\n")
}

/// Writes a file and returns its name.
fn put(site: &Site<'_>, text: String) -> Result<String, Error> {
    let name = Hash::of(text.as_bytes()).short(NAME);
    site.put(routes::map_data(&name), text.into_bytes())?;
    Ok(name)
}

/// What a node is known by; nothing of a box that is no entity.
pub(super) fn reference<'a>(site: &'a Site<'_>, tree: &'a Tree, at: usize) -> Option<&'a EntityRef> {
    match &tree.nodes[at] {
        What::Entity(id) => Some(&site.catalog.entity(*id).reference),
        What::Missing(number) => Some(&tree.missing[*number]),
        What::Box(..) => None,
    }
}

fn references<'a>(site: &'a Site<'_>, tree: &'a Tree) -> impl Iterator<Item = &'a EntityRef> {
    (0..tree.nodes.len()).filter_map(|at| reference(site, tree, at))
}

fn kind_of(site: &Site<'_>, tree: &Tree, at: usize) -> Option<String> {
    reference(site, tree, at).map(|reference| icon(&reference.kind))
}

fn loose(site: &Site<'_>, tree: &Tree, all: &[Edge]) -> Coded {
    let is_entity = |at: usize| matches!(tree.nodes[at], What::Entity(_));
    let mut is_said = vec![false; tree.nodes.len()];
    all.iter().filter(|edge| edges::is_nesting(site, tree, edge)).for_each(|edge| is_said[edge.from] = true);
    let mut coded = Coded::default();
    let mut last = 0;
    for (at, is_said) in is_said.into_iter().enumerate().skip(1) {
        if is_entity(at) && is_entity(tree.parents[at]) && !is_said {
            coded.put(at - last);
            last = at;
        }
    }
    coded
}

/// The kinds of all nodes: those of the catalog in its order, then what only references name.
fn kinds(site: &Site<'_>, tree: &Tree) -> Vec<KindView> {
    let mut counts = std::collections::BTreeMap::new();
    for reference in references(site, tree) {
        counts.entry(icon(&reference.kind)).or_insert_with(|| (reference.kind.clone(), 0)).1 += 1;
    }
    let mut kinds: Vec<KindView> = counts
        .into_iter()
        .map(|(name, (written, count))| {
            let known = site.catalog.kinds.find(&written).map(|id| site.catalog.kinds.get(id));
            let (label, plural) = match known {
                Some(kind) => (site.t(&kind.name), site.t(&lists::plural(kind))),
                None => (written.clone(), written),
            };
            let nests = nests(known.map_or("", |kind| &kind.name)).pair;
            KindView { name, label, plural, count, nests }
        })
        .collect();
    let order = |kind: &KindView| site.catalog.kinds.find(&kind.name).map_or(u16::MAX, |id| id.0);
    kinds.sort_by_key(order);
    kinds
}

fn relations(site: &Site<'_>, all: &[Edge]) -> Vec<RelationView> {
    let table = &site.catalog.kinds.relations;
    let mut counts = vec![0; table.iter().count()];
    for edge in all {
        counts[usize::from(edge.relation)] += 1;
    }
    let view = |(count, pair): (usize, u16)| {
        let id = RelationId { pair, inverse: false };
        RelationView {
            name: table.name(id).to_owned(),
            label: site.t(table.label(id)),
            back: site.t(table.label(id.flipped())),
            count,
            drawn: edges::is_drawn(id),
            turned: borders::uses(id) == Some(false),
        }
    };
    counts.into_iter().zip(0u16..).map(view).collect()
}

/// Of each box in order: how many nodes after the one before, how many are in it, its place in what it is
/// in, its size, its header, and its grid: the place, how many columns, and how wide they are. And names.
fn boxes(site: &Site<'_>, tree: &Tree, places: &[Place]) -> (String, Vec<String>) {
    let mut coded = Coded::default();
    let mut titles = Vec::new();
    let mut last = 0;
    for at in (0..tree.nodes.len()).filter(|&at| at == 0 || tree.is_box(at)) {
        let Place { rect, header, grid } = places[at];
        let above = places[tree.parents[at]].rect;
        coded.put(at - last);
        coded.put(tree.ends[at] - at);
        let numbers = [rect.x - above.x, rect.y - above.y, rect.width, rect.height, header];
        let of_grid = [grid.x - rect.x, grid.y - rect.y, grid.columns, grid.width];
        for number in numbers.into_iter().chain(of_grid) {
            coded.put(usize::try_from(number).unwrap_or(0));
        }
        last = at;
        titles.push(match &tree.nodes[at] {
            What::Entity(id) => site.catalog.entity(*id).title().to_owned(),
            What::Missing(number) => tree.missing[*number].name.clone(),
            What::Box(title, _) => title.clone(),
        });
    }
    (coded.0, titles)
}

fn names<'a>(site: &'a Site<'_>, tree: &'a Tree, spaces: &[String], range: std::ops::Range<usize>) -> Names<'a> {
    let mut names = Names::default();
    let mut numbers = Vec::with_capacity(range.len());
    for (place, at) in range.enumerate() {
        let Some(reference) = reference(site, tree, at) else {
            numbers.push(0);
            names.names.push("");
            names.titles.push("");
            continue;
        };
        numbers.push(spaces.binary_search(&reference.namespace.to_lowercase()).unwrap_or(0));
        names.names.push(&reference.name);
        let title = match &tree.nodes[at] {
            What::Entity(id) => site.catalog.entity(*id).title(),
            _ => &reference.name,
        };
        names.titles.push(if title == reference.name { "" } else { title });
        if let Some(path) = unusual_path(reference) {
            names.paths.insert(place, path);
        }
    }
    names.namespaces = Coded::runs(numbers).0;
    names
}
