//! The home of all documentation: every site by domain and system, and by owner. The lists are
//! static pages, cut where they are long.

use std::cmp::Reverse;

use rayon::prelude::*;
use serde::Serialize;

use crate::docs;
use crate::model::{EntityId, RelationId};
use crate::site::context::{Context, description};
use crate::site::lists::{common, numbered, paged};
use crate::site::views::{Link, Pages};
use crate::site::{Error, Site};

use super::{HOME, facts, title};

/// The same by owner.
const BY_OWNER: &str = "docs/owners.html";
/// Longest way from a part to its domain.
const MAX_PARTS: usize = 8;

#[derive(Serialize)]
struct Home {
    heading: String,
    total: usize,
    documents: usize,
    documented: usize,
    components: usize,
    dated: bool,
    by_owner: bool,
    views: [View; 2],
    sections: Vec<Section>,
    pages: Option<Pages>,
}

#[derive(Serialize)]
struct View {
    title: String,
    href: String,
    current: bool,
}

#[derive(Serialize)]
struct Section {
    title: Option<String>,
    entity: Option<Link>,
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Group {
    title: String,
    entity: Option<Link>,
    sites: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    title: String,
    href: String,
    description: Option<String>,
    entity: Link,
    owner: Option<Link>,
    lifecycle: Option<String>,
    pages: usize,
    words: usize,
    updated: Option<String>,
    updated_on: Option<String>,
    old: bool,
}

/// A site before it is shown.
struct Entry<'a> {
    docs: &'a docs::Site,
    title: String,
    words: usize,
    updated: Option<i64>,
    system: Option<EntityId>,
    domain: Option<EntityId>,
}

/// Where a site stands in a list: the titles it is sorted by, and the entities they are of. By
/// owner there is one section for all.
type Place = [Option<(String, Option<Link>)>; 2];

/// The pages of the home.
pub(in crate::site) fn pages(site: &Site<'_>) -> Result<(), Error> {
    let entries: Vec<Entry<'_>> = site.docs.sites.par_iter().map(|docs| entry(site, docs)).collect();
    let documents = entries.iter().map(|entry| entry.docs.content.pages.len()).sum();
    let components = site.ids_of("Component");
    let documented = components.iter().filter(|&&id| site.docs_home(id).is_some()).count();
    for by_owner in [false, true] {
        let first = if by_owner { BY_OWNER } else { HOME };
        let stem = first.trim_end_matches(".html");
        let path = |page: usize| if page <= 1 { first.to_owned() } else { format!("{stem}-{page}.html") };
        let mut order: Vec<&Entry<'_>> = entries.iter().collect();
        let sorted = Context::new(site, first);
        order.sort_by_cached_key(|entry| {
            let key = place(&sorted, entry, by_owner).map(|part| {
                let part = part.map(|(title, link)| (title.to_lowercase(), link.map(|link| link.reference)));
                // Those without come last.
                (part.is_none(), part)
            });
            (key, entry.title.to_lowercase(), entry.docs.home())
        });
        paged(site, order.len(), &path, &|context, range, pages| {
            let view = |title, to: &str| View { title, href: context.href(to), current: to == first };
            let start = range.start;
            let body = Home {
                heading: site.t("Documentation"),
                total: entries.len(),
                documents,
                documented,
                components: components.len(),
                by_owner,
                dated: entries.iter().any(|entry| entry.updated.is_some()),
                views: [view(site.t("By domain and system"), HOME), view(site.t("By owner"), BY_OWNER)],
                sections: sections(context, &order[range], by_owner),
                pages,
            };
            let title = if by_owner { site.t("Documentation by owner") } else { site.t("Documentation") };
            let text = site.t("What teams wrote down, next to the code it is about.");
            let common = common(context.from, numbered(site, &title, start), "docs", Some(text));
            site.theme.render("docs-index.html", &common, &body)
        })?;
    }
    Ok(())
}

fn entry<'a>(site: &Site<'_>, docs: &'a docs::Site) -> Entry<'a> {
    let words = docs.content.pages.iter().map(|page| page.rendered.text.split_whitespace().count()).sum();
    let (mut system, mut domain) = (None, None);
    let mut at = Some(docs.entity);
    for _ in 0..MAX_PARTS {
        let Some(id) = at else { break };
        match site.catalog.entity(id).reference.kind.as_str() {
            "System" if system.is_none() => system = Some(id),
            "Domain" => {
                domain = Some(id);
                break;
            }
            _ => {}
        }
        // A part of several things is shown with the first that leads up.
        let mut above: Vec<EntityId> = site.graph.targets(id, RelationId::PART_OF).collect();
        above.sort_by_key(|&id| (Reverse(site.catalog.entity(id).reference.kind == "System"), id));
        at = above.first().copied();
    }
    Entry { docs, title: title(site, docs), words, updated: facts::newest(site, docs), system, domain }
}

fn place(context: &Context<'_>, entry: &Entry<'_>, by_owner: bool) -> Place {
    let linked = |link: Link| (link.title.clone(), Some(link));
    if by_owner {
        let owner = context.targets(entry.docs.entity, RelationId::OWNED_BY).into_iter().next();
        return [None, owner.map(linked)];
    }
    [entry.domain.map(|id| linked(context.link(id))), entry.system.map(|id| linked(context.link(id)))]
}

fn sections(context: &Context<'_>, entries: &[&Entry<'_>], by_owner: bool) -> Vec<Section> {
    let reference = |link: &Option<Link>| link.as_ref().map(|link| link.reference.clone());
    let mut sections: Vec<Section> = Vec::new();
    for entry in entries {
        let [outer, inner] = place(context, entry, by_owner);
        let texts = context.site.texts();
        let none = |title: &str| (title.to_owned(), None);
        let (title, entity) = outer.unwrap_or_else(|| none(texts.t("Without a domain")));
        if sections.last().is_none_or(|last| reference(&last.entity) != reference(&entity)) {
            sections.push(Section { title: (!by_owner).then_some(title), entity, groups: Vec::new() });
        }
        let Some(section) = sections.last_mut() else { continue };
        let without = if by_owner { texts.t("Without an owner") } else { texts.t("Without a system") };
        let (title, entity) = inner.unwrap_or_else(|| none(without));
        if section.groups.last().is_none_or(|last| reference(&last.entity) != reference(&entity)) {
            section.groups.push(Group { title, entity, sites: Vec::new() });
        }
        if let Some(group) = section.groups.last_mut() {
            group.sites.push(row(context, entry));
        }
    }
    sections
}

fn row(context: &Context<'_>, entry: &Entry<'_>) -> Row {
    let (docs, id) = (entry.docs, entry.docs.entity);
    let entity = context.site.catalog.entity(id);
    Row {
        title: entry.title.clone(),
        href: context.href(docs.home()),
        description: docs.content.description.clone().or_else(|| description(entity)),
        entity: context.link(id),
        owner: context.targets(id, RelationId::OWNED_BY).into_iter().next(),
        lifecycle: entity.lifecycle().map(str::to_owned),
        pages: docs.content.pages.len(),
        words: entry.words,
        updated: entry.updated.and_then(|at| facts::day(context.site, at)),
        updated_on: entry.updated.and_then(facts::date),
        old: entry.updated.is_some_and(|changed| facts::is_old(context.site, changed)),
    }
}
