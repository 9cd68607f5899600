//! Which part of a reference stands on which page. A small definition is one page. A large one has
//! a first page that leads to all parts, pages for its groups, and pages for its schemas by package
//! or first letter, so that no page grows past what a browser shows at once and a part keeps its page
//! when others come and go.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::api::Reference;
use crate::model::EntityRef;
use crate::routes;
use crate::theme::Texts;

use super::parts::scheme_id;
use super::slots::Places;

/// Most bytes of parts on one page: with what stands around them, a page stays below 500 kB.
pub(super) const MOST_BYTES: usize = 400_000;

/// The HTML of all parts, by their numbers.
pub(super) struct Pieces {
    pub(super) groups: Vec<String>,
    pub(super) operations: Vec<String>,
    pub(super) schemas: Vec<String>,
}

/// A page before it is written.
#[derive(Debug, Default)]
pub(super) struct Planned {
    pub(super) path: String,
    /// What it shows, for its title; nothing for the first page.
    pub(super) title: Option<String>,
    /// The same among pages of its own kind.
    pub(super) short: Option<String>,
    pub(super) groups: Vec<Shown>,
    pub(super) schemas: Vec<usize>,
    /// The section of its schemas, where they have one.
    pub(super) section: Option<String>,
}

/// A group, or a part of one.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) group: usize,
    pub(super) operations: Range<usize>,
    /// Whether it goes on from the page before.
    pub(super) continued: bool,
}

/// The pages of a reference, the first one first.
pub(super) struct Plan {
    pub(super) pages: Vec<Planned>,
    pub(super) places: Places,
    /// Whether all is on the first page.
    pub(super) is_one: bool,
}

impl Plan {
    pub(super) fn new(entity: &EntityRef, reference: &Reference, pieces: &Pieces, texts: &Texts) -> Self {
        let all = pieces.groups.iter().chain(&pieces.operations).chain(&pieces.schemas);
        let is_one = all.map(String::len).sum::<usize>() <= MOST_BYTES;
        let first = routes::api_reference(entity);
        let mut pages = vec![Planned { path: first.clone(), ..Planned::default() }];
        if is_one {
            pages[0].groups =
                ranges(reference).map(|(group, operations)| Shown { group, operations, continued: false }).collect();
            pages[0].schemas = (0..reference.schemas.len()).collect();
        } else {
            let mut names = Names { entity, taken: FxHashSet::default() };
            groups(reference, pieces, texts, &mut names, &mut pages);
            schemas(reference, pieces, texts, &mut names, &mut pages);
        }
        let mut places = Places::default();
        for scheme in &reference.schemes {
            places.put(&scheme_id(&scheme.name), &first);
        }
        for page in &pages {
            for shown in &page.groups {
                if !shown.continued {
                    places.put(&reference.groups[shown.group].anchor, &page.path);
                }
                for operation in &reference.operations[shown.operations.clone()] {
                    places.put(&operation.anchor, &page.path);
                    for inner in operation.callbacks.iter().flat_map(|callback| &callback.operations) {
                        places.put(&inner.anchor, &page.path);
                    }
                }
            }
            for &schema in &page.schemas {
                places.put(&reference.schemas[schema].anchor, &page.path);
            }
        }
        Self { pages, places, is_one }
    }
}

/// The operations of each group; they stand together, in the order of the groups.
pub(super) fn ranges(reference: &Reference) -> impl Iterator<Item = (usize, Range<usize>)> + '_ {
    let mut at = 0;
    (0..reference.groups.len()).map(move |group| {
        let start = at;
        while reference.operations.get(at).is_some_and(|operation| operation.group == group) {
            at += 1;
        }
        (group, start..at)
    })
}

fn groups(reference: &Reference, pieces: &Pieces, texts: &Texts, names: &mut Names<'_>, pages: &mut Vec<Planned>) {
    for (group, operations) in ranges(reference) {
        let name = &reference.groups[group];
        let title = name.title.as_ref().unwrap_or(&name.name);
        let mut from = operations.start;
        let mut size = pieces.groups[group].len();
        let mut number = 1;
        let mut cut = |range: Range<usize>, number: usize| {
            let path = names.path("operations", &name.name, number);
            let title = page_title(texts, title, number);
            let shown = Shown { group, operations: range, continued: number > 1 };
            pages.push(Planned { path, title: Some(title), groups: vec![shown], ..Planned::default() });
        };
        for at in operations.clone() {
            if at > from && size + pieces.operations[at].len() > MOST_BYTES {
                cut(from..at, number);
                (from, size, number) = (at, 0, number + 1);
            }
            size += pieces.operations[at].len();
        }
        cut(from..operations.end, number);
    }
}

fn schemas(reference: &Reference, pieces: &Pieces, texts: &Texts, names: &mut Names<'_>, pages: &mut Vec<Planned>) {
    // Sections stand in the order of the schemas, and what has none comes after them by its first letter.
    let mut by_key: BTreeMap<(usize, String), Vec<usize>> = BTreeMap::new();
    let mut ranks: FxHashMap<&str, usize> = FxHashMap::default();
    for (at, schema) in reference.schemas.iter().enumerate() {
        let letter = || {
            schema
                .name
                .chars()
                .find(|c| c.is_alphanumeric())
                .map_or_else(|| "_".to_owned(), |c| c.to_lowercase().collect())
        };
        let next = ranks.len();
        let key = match &schema.section {
            Some(section) => (*ranks.entry(section).or_insert(next), section.clone()),
            None => (usize::MAX, letter()),
        };
        by_key.entry(key).or_default().push(at);
    }
    for ((rank, key), members) in by_key {
        let section = (rank < usize::MAX).then(|| key.clone());
        let mut number = 1;
        let mut size = 0;
        let mut here: Vec<usize> = Vec::new();
        let short = section.clone().unwrap_or_else(|| key.to_uppercase());
        let name = section.clone().unwrap_or_else(|| texts.with("Schemas: {letter}", &[("letter", &short)]));
        let mut cut = |schemas: Vec<usize>, number: usize| {
            let path = names.path("schemas", &key, number);
            let [title, short] = [&name, &short].map(|name| Some(page_title(texts, name, number)));
            let planned = Planned { path, title, short, schemas, section: section.clone(), ..Planned::default() };
            pages.push(planned);
        };
        for schema in members {
            if !here.is_empty() && size + pieces.schemas[schema].len() > MOST_BYTES {
                cut(std::mem::take(&mut here), number);
                (size, number) = (0, number + 1);
            }
            size += pieces.schemas[schema].len();
            here.push(schema);
        }
        cut(here, number);
    }
}

fn page_title(texts: &Texts, title: &str, number: usize) -> String {
    match number {
        1 => title.to_owned(),
        _ => texts.with("{title}, page {n}", &[("title", &title), ("n", &number)]),
    }
}

/// Paths that no other page of the reference has.
struct Names<'a> {
    entity: &'a EntityRef,
    taken: FxHashSet<String>,
}

impl Names<'_> {
    fn path(&mut self, kind: &str, name: &str, number: usize) -> String {
        let base = if number == 1 { name.to_owned() } else { format!("{name}-{number}") };
        let mut path = routes::api_part(self.entity, kind, &base);
        let mut again = 2;
        while !self.taken.insert(path.to_lowercase()) {
            path = routes::api_part(self.entity, kind, &format!("{base}~{again}"));
            again += 1;
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::model::{Group, Operation, Schema};

    fn reference(groups: &[usize]) -> Reference {
        let mut reference = Reference::default();
        for (group, count) in groups.iter().enumerate() {
            reference.groups.push(Group {
                anchor: format!("g{group}"),
                name: format!("Group {group}"),
                ..Group::default()
            });
            for number in 0..*count {
                let anchor = format!("o{group}-{number}");
                reference.operations.push(Operation { anchor, group, ..Operation::default() });
            }
        }
        for name in ["Ape", "ant", "Bee"] {
            reference.schemas.push(Schema { anchor: format!("s{name}"), name: name.to_owned(), ..Schema::default() });
        }
        reference
    }

    fn plan(reference: &Reference, size: usize) -> Plan {
        let pieces = Pieces {
            groups: vec!["x".repeat(10); reference.groups.len()],
            operations: vec!["x".repeat(size); reference.operations.len()],
            schemas: vec!["x".repeat(size / 2); reference.schemas.len()],
        };
        let entity = EntityRef { kind: "API".into(), namespace: "default".into(), name: "shop".into() };
        Plan::new(&entity, reference, &pieces, &Texts::default())
    }

    #[test]
    fn a_small_definition_is_one_page_and_a_large_one_is_cut_by_group_and_letter() {
        let reference = reference(&[2, 0, 3]);
        let small = plan(&reference, 100);
        assert!(small.is_one && small.pages.len() == 1 && small.pages[0].groups.len() == 3);
        let large = plan(&reference, MOST_BYTES / 2);
        let paths: Vec<&str> = large.pages.iter().map(|page| page.path.rsplit("shop/").next().unwrap()).collect();
        assert_eq!(
            paths,
            [
                "index.html",
                "operations/group~200.html",
                "operations/group~200-2.html",
                "operations/group~201.html",
                "operations/group~202.html",
                "operations/group~202-2.html",
                "schemas/a.html",
                "schemas/b.html"
            ]
        );
        let first = "catalog/default/api/shop/index.html";
        assert_eq!(large.places.link(first, "o2-2"), "operations/group~202-2.html#o2-2");
        assert_eq!(large.places.link(first, "sant"), "schemas/a.html#sant");
    }
}
