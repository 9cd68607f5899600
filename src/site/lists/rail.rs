//! The ways from a list to others: kinds, and the owners, systems, domains and tags that have most.
//! The same on every page, so that it costs nothing to have many.

use crate::model::EntityId;
use crate::routes;
use crate::site::context::{Context, icon};
use crate::site::views::{Facet, FacetOption, Way};

use super::page::Scope;
use super::{plural, said};

/// Lists of owners, systems, domains and tags that stand beside every list.
const MOST: usize = 8;

/// What has most, found once.
#[derive(Debug, Default)]
pub(in crate::site) struct Most {
    facets: Vec<Family>,
}

/// Lists of one sort.
#[derive(Debug)]
struct Family {
    title: &'static str,
    /// Those that have most.
    most: Vec<Scope>,
    /// How many lists there are.
    count: usize,
    more: &'static str,
    path: String,
}

impl Most {
    pub(in crate::site) fn new(shelves: &super::shelves::Shelves) -> Self {
        let entities = |shelves: &std::collections::BTreeMap<EntityId, super::shelves::Shelf>| {
            most(shelves.iter().map(|(id, shelf)| (*id, shelf.total)))
        };
        let several = shelves.namespaces.len() > 1;
        let namespaces = most(shelves.namespaces.iter().map(|(name, shelf)| (name.clone(), shelf.total)));
        let tags = most(shelves.tags.iter().map(|(tag, tagged)| (tag.clone(), tagged.shelf.total)));
        let family = |title, most: Vec<Scope>, count, more, path| Family { title, most, count, more, path };
        let owners = entities(&shelves.owners).into_iter().map(Scope::Owner).collect();
        let domains = entities(&shelves.domains).into_iter().map(Scope::Domain).collect();
        let systems = entities(&shelves.systems).into_iter().map(Scope::System).collect();
        let tags = tags.into_iter().map(Scope::Tag).collect();
        let namespaces = namespaces.into_iter().filter(|_| several).map(Scope::Namespace).collect();
        let index = |name| routes::shelves(name, 1);
        let of_kind = |kind| routes::list(Some(kind), 1);
        let mut facets = vec![
            family(said("Owners"), owners, shelves.owners.len(), said("All owners"), index("owners")),
            family(said("Domains"), domains, shelves.domains.len(), said("All domains"), of_kind("Domain")),
            family(said("Systems"), systems, shelves.systems.len(), said("All systems"), of_kind("System")),
            family(said("Tags"), tags, shelves.tags.len(), said("All tags"), index("tags")),
            family(
                said("Namespaces"),
                namespaces,
                shelves.namespaces.len(),
                said("All namespaces"),
                index("namespaces"),
            ),
        ];
        facets.retain(|family| !family.most.is_empty());
        Self { facets }
    }
}

fn most<T: Clone>(all: impl Iterator<Item = (T, usize)>) -> Vec<T> {
    let mut all: Vec<(T, usize)> = all.collect();
    all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    all.truncate(MOST);
    all.into_iter().map(|(one, _)| one).collect()
}

/// The way to a list, with how many are on it.
pub(super) fn option(context: &Context<'_>, scope: &Scope) -> Option<FacetOption> {
    let (site, shelves) = (context.site, &context.site.index.shelves);
    let entity = |id: &EntityId| {
        let entity = site.catalog.entity(*id);
        (entity.title().to_owned(), Some(icon(&entity.reference.kind)))
    };
    let ((label, icon), count) = match scope {
        Scope::Owner(id) => (entity(id), shelves.owners.get(id)?.total),
        Scope::System(id) => (entity(id), shelves.systems.get(id)?.total),
        Scope::Domain(id) => (entity(id), shelves.domains.get(id)?.total),
        Scope::Tag(tag) => {
            let tagged = shelves.tags.get(tag)?;
            ((tagged.label.clone(), None), tagged.shelf.total)
        }
        Scope::Namespace(namespace) => ((namespace.clone(), None), shelves.namespaces.get(namespace)?.total),
        Scope::Kind(name) => {
            let kind = site.catalog.kinds.get(site.catalog.kinds.find(name)?);
            ((site.texts().t(&plural(kind)).to_owned(), Some(icon(name))), site.count_of(name))
        }
        Scope::All => return None,
    };
    let href = match scope {
        Scope::Tag(tag) => super::tags::href(context, tag)?,
        _ => context.href(&scope.path(site, 1)),
    };
    Some(FacetOption { label, icon, count, href, current: false })
}

/// What stands beside a list; without a scope, beside one that is none of these.
pub(super) fn facets(context: &Context<'_>, scope: Option<&Scope>) -> Vec<Facet> {
    let mut facets = vec![kinds(context, scope)];
    if matches!(scope, Some(Scope::Kind(kind)) if kind == "API") {
        facets.push(crate::site::api::facet(context, None));
    }
    let texts = context.site.texts();
    let way = |title: &str, path: &str| Way { title: texts.t(title).to_owned(), href: Some(context.href(path)) };
    // There are as many lists of owners, systems and tags as of these: each has its own sort, and ways to the others.
    let is_of = |family: &Family| scope.is_none_or(|scope| scope.is_wide() || family.most[0].is_like(scope));
    let (near, far): (Vec<&Family>, Vec<&Family>) = context.site.index.most.facets.iter().partition(|one| is_of(one));
    facets.extend(near.into_iter().map(|family| {
        let options = family.most.iter().filter_map(|one| {
            let option = option(context, one)?;
            Some(FacetOption { current: scope == Some(one), ..option })
        });
        let more = Some(way(family.more, &family.path));
        Facet { title: texts.t(family.title).to_owned(), options: options.collect(), more }
    }));
    if !far.is_empty() {
        let options = far.into_iter().map(|family| FacetOption {
            label: texts.t(family.title).to_owned(),
            icon: None,
            count: family.count,
            href: context.href(&family.path),
            current: false,
        });
        let more = Some(way("All entities", &routes::list(None, 1)));
        facets.push(Facet { title: texts.t("Other lists").to_owned(), options: options.collect(), more });
    }
    facets
}

/// The kinds with their counts.
fn kinds(context: &Context<'_>, scope: Option<&Scope>) -> Facet {
    let site = context.site;
    let current = |kind: &str| matches!(scope, Some(Scope::Kind(current)) if current == kind);
    let mut options = vec![FacetOption {
        label: site.texts().t("Everything").to_owned(),
        icon: None,
        count: site.catalog.entities.len(),
        href: context.href(&routes::list(None, 1)),
        current: scope == Some(&Scope::All),
    }];
    for (kind, count) in &site.index.kind_counts {
        let kind = site.catalog.kinds.get(*kind);
        if *count == 0 && !current(&kind.name) {
            continue;
        }
        options.push(FacetOption {
            label: site.texts().t(&plural(kind)).to_owned(),
            icon: Some(icon(&kind.name)),
            count: *count,
            href: context.href(&routes::list(Some(&kind.name), 1)),
            current: current(&kind.name),
        });
    }
    Facet { title: site.texts().t("Kinds").to_owned(), options, more: None }
}
