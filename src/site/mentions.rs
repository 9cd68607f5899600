//! "Mentioned in": the documentation pages that mention an entity, by their site. The page of the
//! entity has the first of them, and lists of their own have all.

use serde::Serialize;

use crate::docs::Mention;
use crate::model::{Entity, EntityId};
use crate::routes;

use super::context::Context;
use super::lists::{common, numbered, paged};
use super::views::{Link, Pages, Way};
use super::{Error, Site};

/// Most pages on the page of an entity.
const MAX_PAGES: usize = 50;

#[derive(Debug, Serialize)]
pub(super) struct MentionsView {
    pub(super) total: usize,
    pub(super) sites: Vec<SiteView>,
    pub(super) more: Option<Way>,
}

#[derive(Debug, Serialize)]
pub(super) struct SiteView {
    pub(super) title: String,
    pub(super) href: String,
    pub(super) entity: Link,
    pub(super) pages: Vec<Way>,
}

/// The first pages that mention an entity, as seen from an output file.
pub(super) fn view(context: &Context<'_>, id: EntityId) -> Option<MentionsView> {
    let mentions = context.site.docs.mentions_of(id);
    let total = mentions.len();
    (total > 0).then(|| MentionsView {
        total,
        sites: sites(context, &mentions[..MAX_PAGES.min(total)]),
        more: (total > MAX_PAGES).then(|| Way {
            title: context.site.texts().with("All {n} pages", &[("n", &total)]),
            href: Some(context.href(&path(context.site.catalog.entity(id), 1))),
        }),
    })
}

fn sites(context: &Context<'_>, mentions: &[Mention]) -> Vec<SiteView> {
    let mut sites: Vec<SiteView> = Vec::new();
    let mut last = None;
    for mention in mentions {
        let site = &context.site.docs.sites[mention.site];
        if last.replace(mention.site) != Some(mention.site) {
            sites.push(SiteView {
                title: super::docs::title(context.site, site),
                href: context.href(site.home()),
                entity: context.link(site.entity),
                pages: Vec::new(),
            });
        }
        let page = Way {
            title: site.content.pages[mention.page].title.clone(),
            href: Some(context.href(&site.outputs[mention.page])),
        };
        if let Some(group) = sites.last_mut() {
            group.pages.push(page);
        }
    }
    sites
}

/// A list of all.
fn path(entity: &Entity, page: usize) -> String {
    routes::entity_list(&entity.reference, "mentioned-in-docs", page)
}

#[derive(Serialize)]
struct Mentions {
    breadcrumbs: Vec<Way>,
    entity: Link,
    heading: String,
    total: usize,
    sites: Vec<SiteView>,
    pages: Option<Pages>,
}

/// The lists of all, where the page of the entity has not room for them.
pub(super) fn pages(site: &Site<'_>, entity: &Entity) -> Result<(), Error> {
    let mentions = site.docs.mentions_of(entity.id);
    if mentions.len() <= MAX_PAGES {
        return Ok(());
    }
    paged(site, mentions.len(), &|page| path(entity, page), &|context, range, pages| {
        let link = context.link(entity.id);
        let way = |title: &str, href: Option<String>| Way { title: title.to_owned(), href };
        let title =
            numbered(site, &site.texts().with("{name}: mentioned in", &[("name", &entity.title())]), range.start);
        let body = Mentions {
            breadcrumbs: vec![
                way(&site.t("Catalog"), Some(context.href(&routes::list(None, 1)))),
                way(entity.title(), link.href.clone()),
                way(&site.t("Mentioned in"), None),
            ],
            entity: link,
            heading: site.t("Mentioned in"),
            total: mentions.len(),
            sites: sites(context, &mentions[range]),
            pages,
        };
        site.theme.render("mentions.html", &common(context.from, title, "catalog", None), &body)
    })
}
