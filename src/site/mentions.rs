//! "Mentioned in": the documentation pages that mention an entity, by their site.

use serde::Serialize;

use crate::model::EntityId;

use super::context::Context;
use super::views::{Link, Way};

/// Most pages on the page of an entity.
const MAX_PAGES: usize = 50;

#[derive(Debug, Serialize)]
pub(super) struct MentionsView {
    pub(super) total: usize,
    pub(super) sites: Vec<SiteView>,
    pub(super) more: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct SiteView {
    pub(super) title: String,
    pub(super) href: String,
    pub(super) entity: Link,
    pub(super) pages: Vec<Way>,
}

/// The pages that mention an entity, as seen from an output file.
pub(super) fn view(context: &Context<'_>, id: EntityId) -> Option<MentionsView> {
    let docs = context.site.docs;
    let mentions = docs.mentions_of(id);
    let mut sites: Vec<SiteView> = Vec::new();
    let mut last = None;
    for mention in mentions.iter().take(MAX_PAGES) {
        let site = &docs.sites[mention.site];
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
    (!sites.is_empty()).then(|| MentionsView {
        total: mentions.len(),
        sites,
        more: mentions.len().saturating_sub(MAX_PAGES),
    })
}
