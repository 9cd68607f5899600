//! The facts of an entity beside its page, and what is written in its metadata: links, labels,
//! annotations.

use serde::Serialize;

use crate::api;
use crate::model::{Entity, RelationId};
use crate::yaml::Node;

use super::super::Site;
use super::super::context::Context;
use super::super::views::{Fact, FactValue};
use super::web_url;

#[derive(Serialize)]
pub(in crate::site) struct LinkView {
    pub(in crate::site) title: String,
    pub(in crate::site) href: String,
    pub(in crate::site) icon: &'static str,
    pub(in crate::site) host: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Pair {
    key: String,
    text: String,
    href: Option<String>,
}

/// The facts of an entity.
pub(super) fn view(context: &Context<'_>, entity: &Entity) -> Vec<Fact> {
    let (site, id) = (context.site, entity.id);
    let texts = site.texts();
    let mut facts = Vec::new();
    // The head of the page has the first owner, the system, type and lifecycle.
    let others = context.targets(id, RelationId::OWNED_BY).into_iter().skip(1);
    facts.extend(Fact::entities(texts.t("Also owned by"), others));
    for (label, kind) in [(texts.t("Domain"), "domain"), (texts.t("Part of"), "component")] {
        let links = context.targets(id, RelationId::PART_OF).into_iter().filter(|link| link.kind == kind);
        facts.extend(Fact::entities(label, links));
    }
    facts.extend(Fact::entities(texts.t("Parent"), context.targets(id, RelationId::CHILD_OF)));
    let made_from = entity.annotation("backstage.io/source-template").and_then(|text| context.found(text));
    facts.extend(Fact::entities(texts.t("Made from"), made_from));
    for (kind, url) in api::remotes(entity) {
        facts.push(Fact::styled(texts.t("Remote"), format!("{kind}: {url}"), "mono", None));
    }
    facts.extend(own_facts(site, entity));
    if entity.reference.namespace != crate::model::DEFAULT_NAMESPACE {
        facts.push(Fact::mono(texts.t("Namespace"), entity.reference.namespace.clone()));
    }
    let tags: Vec<FactValue> = entity
        .tags()
        .map(|tag| {
            let tag = crate::site::lists::tag(context, tag);
            FactValue { text: Some(tag.label), href: tag.href, style: "tag", ..FactValue::default() }
        })
        .collect();
    if !tags.is_empty() {
        facts.push(Fact { label: texts.t("Tags").to_owned(), entries: tags });
    }
    let place = entity.place("/metadata/name");
    let repository = &site.sources.repository(site.sources.repo_of(entity.file)).name;
    let line = site.sources.text(entity.file).map_or(1, |text| text.position(entity.root.span.start).line);
    let separator = if repository.is_empty() { "" } else { "/" };
    let text = format!("{repository}{separator}{}:{line}", site.sources.path(entity.file));
    facts.push(Fact::styled(texts.t("Source"), text, "mono", context.place_url(place)));
    facts
}

/// Plain fields of `spec` of a kind of the organisation's own: nothing else shows them.
fn own_facts(site: &Site<'_>, entity: &Entity) -> Vec<Fact> {
    let kind = site.catalog.kind_of(entity);
    if kind.core {
        return Vec::new();
    }
    let references: Vec<&str> =
        kind.references.iter().filter_map(|field| field.path.get(1).map(|key| &**key)).collect();
    let entries = entity.root.get("spec").map(Node::entries).unwrap_or_default();
    entries
        .iter()
        .filter(|entry| !references.contains(&&*entry.key) && !matches!(&*entry.key, "type" | "lifecycle"))
        .filter_map(|entry| {
            let text = entry.value.scalar_text().filter(|text| !text.is_empty())?;
            Some(Fact::text(&crate::model::sentence(&entry.key), text))
        })
        .collect()
}

/// Its links.
pub(in crate::site) fn links(entity: &Entity) -> Vec<LinkView> {
    entity
        .links()
        .map(|link| {
            let clean = crate::base::hosts::without_credentials(link.url);
            let host = url::Url::parse(&clean).ok().and_then(|url| url.host_str().map(str::to_owned));
            LinkView {
                title: link.title.map_or_else(|| host.clone().unwrap_or_else(|| clean.clone()), str::to_owned),
                icon: match link.icon {
                    Some("dashboard" | "grafana") => "dashboard",
                    Some("chat" | "slack" | "message") => "chat",
                    Some("docs" | "doc" | "documentation" | "help") => "docs",
                    Some("email" | "mail") => "mail",
                    Some("github" | "git" | "code" | "source") => "source",
                    Some("alert" | "warning" | "pagerduty") => "alert",
                    Some("catalog") => "catalog",
                    Some("user") => "user",
                    Some("group") => "group",
                    _ => "link",
                },
                href: clean,
                host: host.filter(|_| link.title.is_some()),
            }
        })
        .collect()
}

/// Its labels.
pub(super) fn labels(entity: &Entity) -> Vec<Pair> {
    let pair = |(key, text): (&str, &str)| Pair { key: key.to_owned(), text: text.to_owned(), href: None };
    entity.labels().map(pair).collect()
}

/// Its annotations as they were written.
pub(super) fn annotations(entity: &Entity) -> Vec<Pair> {
    let pair = |(key, text): (&str, &str)| Pair { key: key.to_owned(), text: text.to_owned(), href: web_url(text) };
    entity.annotations().map(pair).collect()
}
