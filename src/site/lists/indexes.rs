//! Indexes of lists from A to Z: owners, tags, namespaces.

use serde::Serialize;

use crate::model::EntityId;
use crate::routes;
use crate::site::context::Context;
use crate::site::views::{Facet, FacetOption, Link, Pages, Way};
use crate::site::{Error, Site};

use super::page::Scope;
use super::paged::{common, numbered_by, paged_by};
use super::shelves::letter;
use super::{rail, said, tags};

/// Lists that a page of an index names.
pub(super) const PER_PAGE: usize = 500;
/// Lists that are named above the others, because they have most.
const MOST: usize = 24;
/// From how many on that is of use, and that they stand under letters.
const MANY: usize = 48;
/// Letters that lead to their place.
const MAX_LETTERS: usize = 60;

#[derive(Serialize)]
struct Body {
    heading: String,
    icon: &'static str,
    name: &'static str,
    total: usize,
    breadcrumbs: Vec<Way>,
    facets: Vec<Facet>,
    most: Vec<FacetOption>,
    letters: Vec<Way>,
    sections: Vec<Section>,
    pages: Option<Pages>,
}

/// What begins with one letter.
#[derive(Serialize)]
struct Section {
    id: String,
    title: String,
    entries: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    label: String,
    icon: Option<String>,
    anchor: Option<String>,
    count: usize,
    href: Option<String>,
    /// The only one that is on the list, which has no page then.
    only: Option<Link>,
}

/// One list of an index.
struct Listed {
    letter: char,
    label: String,
    scope: Scope,
}

/// An index before it is rendered.
struct Plan {
    name: &'static str,
    heading: &'static str,
    icon: &'static str,
    description: &'static str,
    lists: Vec<Listed>,
}

/// All indexes.
pub(super) fn files(site: &Site<'_>) -> Result<(), Error> {
    let shelves = &site.index.shelves;
    let of_tag = |(tag, tagged): (&String, &super::shelves::Tagged)| {
        (tagged.rank, Listed { letter: letter(tag), label: tagged.label.clone(), scope: Scope::Tag(tag.clone()) })
    };
    let mut tags: Vec<(usize, Listed)> = shelves.tags.iter().map(of_tag).collect();
    tags.sort_by_key(|(rank, _)| *rank);
    let mut owners: Vec<Listed> = shelves.owners.keys().map(|&id| owner(site, id)).collect();
    owners.sort_by_cached_key(|listed| (listed.letter, listed.label.to_lowercase()));
    let namespaces = shelves.namespaces.keys().map(|name| Listed {
        letter: letter(name),
        label: name.clone(),
        scope: Scope::Namespace(name.clone()),
    });
    let mut plans = vec![
        Plan {
            name: "owners",
            heading: said("Owners"),
            icon: "owner",
            description: said("Groups and people, with what they own. Groups count what the groups below them own."),
            lists: owners,
        },
        Plan {
            name: "tags",
            heading: said("Tags"),
            icon: "tag",
            description: said("The words that entities are tagged with."),
            lists: tags.into_iter().map(|(_, listed)| listed).collect(),
        },
    ];
    if shelves.namespaces.len() > 1 {
        plans.push(Plan {
            name: "namespaces",
            heading: said("Namespaces"),
            icon: "generic",
            description: said("The namespaces of entities."),
            lists: namespaces.collect(),
        });
    }
    plans.iter().try_for_each(|plan| pages(site, plan))
}

fn owner(site: &Site<'_>, id: EntityId) -> Listed {
    let label = site.catalog.entity(id).title().to_owned();
    Listed { letter: letter(&label), label, scope: Scope::Owner(id) }
}

fn pages(site: &Site<'_>, plan: &Plan) -> Result<(), Error> {
    let has_letters = plan.lists.len() >= MANY;
    let letters = if has_letters { letters(&plan.lists) } else { Vec::new() };
    let path = |page: usize| routes::shelves(plan.name, page);
    paged_by(site, plan.lists.len(), PER_PAGE, &path, &|context, range, pages| {
        let heading = site.texts().t(plan.heading).to_owned();
        let title = numbered_by(site, &heading, range.start, PER_PAGE);
        let body = Body {
            heading: heading.clone(),
            icon: plan.icon,
            name: plan.name,
            total: plan.lists.len(),
            breadcrumbs: vec![
                Way { title: site.texts().t("Catalog").to_owned(), href: Some(context.href(&routes::list(None, 1))) },
                Way { title: heading, href: None },
            ],
            facets: rail::facets(context, None),
            most: if range.start == 0 { most(context, &plan.lists) } else { Vec::new() },
            letters: letters.iter().map(|&(letter, page)| way(context, plan.name, letter, page)).collect(),
            sections: sections(context, &plan.lists[range], has_letters),
            pages,
        };
        let common = common(context.from, title, "catalog", Some(site.texts().t(plan.description).to_owned()));
        site.theme.render("list-index.html", &common, &body)
    })
}

/// Those with most on them.
fn most(context: &Context<'_>, lists: &[Listed]) -> Vec<FacetOption> {
    if lists.len() < MANY {
        return Vec::new();
    }
    let mut options: Vec<FacetOption> = lists.iter().filter_map(|one| rail::option(context, &one.scope)).collect();
    options.sort_by_key(|option| std::cmp::Reverse(option.count));
    options.truncate(MOST);
    options
}

/// The first letters, each with the page that it begins on.
fn letters(lists: &[Listed]) -> Vec<(char, usize)> {
    let mut letters: Vec<(char, usize)> = Vec::new();
    for (at, listed) in lists.iter().enumerate() {
        if letters.last().is_none_or(|(letter, _)| *letter != listed.letter) {
            letters.push((listed.letter, at / PER_PAGE + 1));
        }
    }
    letters.truncate(MAX_LETTERS);
    letters
}

fn way(context: &Context<'_>, name: &str, letter: char, page: usize) -> Way {
    let path = format!("{}#{}", routes::shelves(name, page), letter_id(letter));
    Way { title: letter.to_string(), href: Some(context.href(&path)) }
}

fn letter_id(letter: char) -> String {
    if letter == '#' { "letter-none".to_owned() } else { format!("letter-{}", routes::segment(&letter.to_string())) }
}

/// Sections by letter, or one without a title where there are few.
fn sections(context: &Context<'_>, lists: &[Listed], has_letters: bool) -> Vec<Section> {
    let of_letter = |lists: &[Listed]| Section {
        id: letter_id(lists[0].letter),
        title: if has_letters { lists[0].letter.to_string() } else { String::new() },
        entries: lists.iter().filter_map(|listed| entry(context, listed)).collect(),
    };
    lists.chunk_by(|a, b| a.letter == b.letter || !has_letters).map(of_letter).collect()
}

fn entry(context: &Context<'_>, listed: &Listed) -> Option<Entry> {
    let option = rail::option(context, &listed.scope)?;
    let mut entry = Entry {
        label: option.label,
        icon: option.icon,
        anchor: None,
        count: option.count,
        href: Some(option.href),
        only: None,
    };
    if let Scope::Tag(tag) = &listed.scope {
        let tagged = context.site.index.shelves.tags.get(tag)?;
        if !tags::has_list(tagged) {
            entry.anchor = Some(tags::anchor(tag));
            entry.href = None;
            entry.only = tagged.shelf.entities.first().map(|&id| context.link(id));
        }
    }
    Some(entry)
}
