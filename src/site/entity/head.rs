//! What stands at the head of the page of an entity: where it belongs, what can be done with it,
//! and what one should know before reading on.

use serde::Serialize;

use crate::model::{Entity, EntityId, RelationId};
use crate::routes;

use super::super::Site;
use super::super::context::Context;
use super::super::lists;
use super::super::views::{Action, Way};
use super::web_url;

#[derive(Serialize)]
pub(super) struct Notice {
    severity: &'static str,
    text: String,
}

/// From the whole to the part, where there is one; else from the list of the kind.
pub(super) fn breadcrumbs(context: &Context<'_>, entity: &Entity) -> Vec<Way> {
    let graph = context.site.graph;
    let mut above = Vec::new();
    let mut at = entity.id;
    let mut seen = vec![at];
    loop {
        let relation = if entity.reference.kind == "Group" { RelationId::CHILD_OF } else { RelationId::PART_OF };
        let Some(next) = graph.targets(at, relation).find(|next| !seen.contains(next)) else { break };
        seen.push(next);
        above.push(context.link(next));
        at = next;
    }
    let mut ways = vec![Way {
        title: context.site.texts().t("Catalog").to_owned(),
        href: Some(context.href(&routes::list(None, 1))),
    }];
    if above.is_empty() {
        let kind = context.site.catalog.kind_of(entity);
        let list = routes::list(Some(&kind.name), 1);
        ways.push(Way { title: context.site.t(&lists::plural(kind)), href: Some(context.href(&list)) });
    }
    ways.extend(above.into_iter().rev().map(|link| Way { title: link.title, href: link.href }));
    ways.push(Way { title: entity.title().to_owned(), href: None });
    ways
}

pub(super) fn actions(context: &Context<'_>, entity: &Entity) -> Vec<Action> {
    let site = context.site;
    let texts = site.texts();
    let mut actions = Vec::new();
    if let Some(docs) = site.docs_home(entity.id) {
        actions.push(Action { title: texts.t("Documentation").to_owned(), icon: "docs", href: context.href(&docs) });
    }
    if let Some(href) = reference(context, entity) {
        actions.push(Action { title: texts.t("API reference").to_owned(), icon: "api", href });
    }
    let annotated = |key: &str| entity.annotation(key).and_then(web_url);
    let source = annotated("backstage.io/source-location")
        .or_else(|| {
            entity.annotation("backstage.io/source-location").and_then(|text| web_url(text.strip_prefix("url:")?))
        })
        .or_else(|| annotated("backstage.io/view-url"))
        .or_else(|| site.folder_url(entity.file));
    if let Some(href) = source {
        actions.push(Action { title: texts.t("Source").to_owned(), icon: "source", href });
    }
    if let Some(href) = annotated("backstage.io/edit-url").or_else(|| site.edit_url(entity.file)) {
        actions.push(Action { title: texts.t("Edit descriptor").to_owned(), icon: "edit", href });
    }
    actions
}

/// Where it is written how to call an entity: its own reference, that of the one API it provides, or
/// its section of APIs where there are several.
fn reference(context: &Context<'_>, entity: &Entity) -> Option<String> {
    let site = context.site;
    let is_written = |id: &EntityId| site.apis.read(*id).is_some_and(super::super::api::has_reference);
    let provided = || site.graph.targets(entity.id, RelationId::PROVIDES_API);
    let mut written = std::iter::once(entity.id).chain(provided()).filter(is_written);
    let first = written.next()?;
    if written.next().is_some() {
        return Some("#apis".to_owned());
    }
    Some(context.href(&routes::api_reference(&site.catalog.entity(first).reference)))
}

pub(super) fn notices(site: &Site<'_>, entity: &Entity) -> Vec<Notice> {
    let texts = site.texts();
    let mut notices = Vec::new();
    if entity.imported {
        let text =
            texts.t("This entity comes from a directory and not from a descriptor: it is changed there.").to_owned();
        notices.push(Notice { severity: "note", text });
    }
    if site.docs_not_fetched(entity.id) {
        let text = texts.t("Its documentation is in a repository outside of what this build reads.").to_owned();
        notices.push(Notice { severity: "note", text });
    }
    notices
}
