//! Lists of entities: all, by kind, by what they have in common, and what is too long for an entity's
//! page; indexes of these lists; and the data with which a script filters them. Every list is whole
//! in pages, or says how much it leaves to which others: its bytes are of the order of its entities.

mod columns;
mod data;
mod dictionaries;
mod indexes;
mod long;
mod page;
mod paged;
mod rail;
mod shelves;
mod tags;
#[cfg(test)]
mod tests;

pub(super) use data::files as data;
pub(super) use dictionaries::unusual_path;
pub(super) use long::{LongList, long_list};
pub(super) use page::has;
pub(super) use paged::{common, numbered, paged};
pub(super) use rail::Most;
pub(super) use shelves::Shelves;
pub(super) use tags::view as tag;

use std::borrow::Cow;

use rayon::prelude::*;

use crate::model::{EntityId, Kind, RelationId};
use crate::routes;

use super::context::Context;
use super::{Error, Site};
use page::{ListPlan, Scope};
use shelves::Shelf;

/// Lists that a capped list leads to.
pub(super) const MAX_BELOW: usize = 50;
/// Entities of a list that others have whole.
const MAX_TOGETHER: usize = 1000;

/// The word for many of a kind, as a heading.
pub(super) fn plural(kind: &Kind) -> String {
    crate::theme::capitalised(&kind.plural)
}

/// A text that is translated where it is shown.
const fn said(text: &'static str) -> &'static str {
    text
}

/// All lists of the site, and their indexes.
pub(super) fn files(site: &Site<'_>) -> Result<(), Error> {
    let mut plans = of_kinds(site);
    plans.extend(of_entities(site));
    plans.extend(of_names(site));
    plans.par_iter().try_for_each(|plan| page::pages(site, plan))?;
    indexes::files(site)
}

/// All, and those of each kind.
fn of_kinds<'a>(site: &'a Site<'_>) -> Vec<ListPlan<'a>> {
    let plan = |scope, heading: String, description, entities: Vec<EntityId>| ListPlan {
        scope,
        title: heading.clone(),
        heading,
        description,
        index: None,
        total: entities.len(),
        entities: Cow::Owned(entities),
        below: Vec::new(),
    };
    let everything: Vec<EntityId> = site.catalog.entities.iter().map(|entity| entity.id).collect();
    let all = plan(Scope::All, site.texts().t("All entities").to_owned(), None, everything);
    let mut plans = vec![all.cut(site)];
    for (_, kind) in site.catalog.kinds.iter() {
        let entities = site.ids_of(&kind.name);
        // Core kinds have a list even when it is empty: the navigation leads there.
        if entities.is_empty() && !kind.core {
            continue;
        }
        let description = (!kind.doc.is_empty()).then(|| site.texts().t(&kind.doc).to_owned());
        let heading = site.texts().t(&plural(kind)).to_owned();
        plans.push(plan(Scope::Kind(kind.name.to_string()), heading, description, entities));
    }
    plans
}

impl ListPlan<'_> {
    /// The first of what the lists of kinds have whole.
    fn cut(self, site: &Site<'_>) -> Self {
        if self.entities.len() <= MAX_TOGETHER {
            return self;
        }
        let kinds = site.index.kind_counts.iter().filter(|(_, count)| *count > 0);
        let below = kinds.map(|(id, _)| Scope::Kind(site.catalog.kinds.get(*id).name.to_string())).collect();
        Self { entities: Cow::Owned(self.entities[..MAX_TOGETHER].to_vec()), below, ..self }
    }
}

/// Those of each owner, system and domain.
fn of_entities<'a>(site: &'a Site<'_>) -> Vec<ListPlan<'a>> {
    let shelves = &site.index.shelves;
    let owners = shelves.owners.iter().map(|(id, shelf)| {
        let index = (said("Owners"), routes::shelves("owners", 1));
        let is_group = site.catalog.entity(*id).reference.kind == "Group";
        let (of_group, of_person) =
            (said("What this group and the groups below it own."), said("What this person owns."));
        let words = if is_group { of_group } else { of_person };
        of_entity(site, *id, Scope::Owner, said("Owned by {name}"), words, index, shelf)
    });
    let systems = shelves.systems.iter().map(|(id, shelf)| {
        let index = (said("Systems"), routes::list(Some("System"), 1));
        let words = said("Everything that is a part of this system.");
        of_entity(site, *id, Scope::System, said("Parts of {name}"), words, index, shelf)
    });
    let domains = shelves.domains.iter().map(|(id, shelf)| {
        let index = (said("Domains"), routes::list(Some("Domain"), 1));
        let words = said("Everything in this domain, its systems, and the domains inside of it.");
        of_entity(site, *id, Scope::Domain, said("In {name}"), words, index, shelf)
    });
    owners.chain(systems).chain(domains).collect()
}

fn of_entity<'a>(
    site: &Site<'_>,
    id: EntityId,
    scope: fn(EntityId) -> Scope,
    word: &str,
    description: &str,
    index: (&'static str, String),
    shelf: &'a Shelf,
) -> ListPlan<'a> {
    let entity = site.catalog.entity(id);
    let heading = site.texts().with(word, &[("name", &entity.title())]);
    ListPlan {
        scope: scope(id),
        // Titles of entities repeat, their references do not.
        title: format!("{heading} ({})", entity.reference.short()),
        heading,
        description: Some(site.texts().t(description).to_owned()),
        index: Some(index),
        entities: Cow::Borrowed(&shelf.entities),
        total: shelf.total,
        below: if shelf.total > shelf.entities.len() { below(site, id) } else { Vec::new() },
    }
}

/// The lists that have what the list of a group or domain leaves out.
fn below(site: &Site<'_>, id: EntityId) -> Vec<Scope> {
    let shelves = &site.index.shelves;
    let parts = site.graph.targets(id, RelationId::PART_OF.flipped());
    let parts = parts.filter_map(|id| match id {
        id if shelves.systems.contains_key(&id) => Some(Scope::System(id)),
        id => shelves.domains.contains_key(&id).then_some(Scope::Domain(id)),
    });
    groups(site, id).chain(parts).collect()
}

/// The lists of the groups below a group, or of those that a person is in.
fn groups(site: &Site<'_>, id: EntityId) -> impl Iterator<Item = Scope> {
    let targets = move |relation: RelationId| site.graph.targets(id, relation);
    let groups = targets(RelationId::CHILD_OF.flipped()).chain(targets(RelationId::MEMBER_OF));
    groups.filter(|id| site.index.shelves.owners.contains_key(id)).map(Scope::Owner)
}

/// The list of what a group or person owns, where there is one.
pub(super) fn of_owner(context: &Context<'_>, id: EntityId) -> Option<String> {
    let site = context.site;
    site.index.shelves.owners.contains_key(&id).then(|| context.href(&Scope::Owner(id).path(site, 1)))
}

/// The list of what is in a system or domain, or belongs to a group; of all where there is none.
pub(super) fn of_parts(context: &Context<'_>, id: EntityId) -> String {
    let (site, shelves) = (context.site, &context.site.index.shelves);
    let scope = match id {
        id if shelves.owners.contains_key(&id) => Scope::Owner(id),
        id if shelves.systems.contains_key(&id) => Scope::System(id),
        id if shelves.domains.contains_key(&id) => Scope::Domain(id),
        _ => Scope::All,
    };
    context.href(&scope.path(site, 1))
}

/// Those of each tag that several have, and of each namespace where there is more than one.
fn of_names<'a>(site: &'a Site<'_>) -> Vec<ListPlan<'a>> {
    let shelves = &site.index.shelves;
    let plan = |scope, heading: &str, title: String, index: &'static str, name: &str, shelf: &'a Shelf| ListPlan {
        scope,
        heading: heading.to_owned(),
        title,
        description: None,
        index: Some((index, routes::shelves(name, 1))),
        entities: Cow::Borrowed(&shelf.entities),
        total: shelf.total,
        below: Vec::new(),
    };
    let tags = shelves.tags.iter().filter(|(_, tagged)| tags::has_list(tagged)).map(|(tag, tagged)| {
        let title = site.texts().with("Tagged {name}", &[("name", &tagged.label)]);
        plan(Scope::Tag(tag.clone()), &tagged.label, title, said("Tags"), "tags", &tagged.shelf)
    });
    let several = shelves.namespaces.len() > 1;
    let namespaces = shelves.namespaces.iter().filter(|_| several).map(|(namespace, shelf)| {
        let title = site.texts().with("In the namespace {name}", &[("name", namespace)]);
        plan(Scope::Namespace(namespace.clone()), namespace, title, said("Namespaces"), "namespaces", shelf).cut(site)
    });
    tags.chain(namespaces).collect()
}
