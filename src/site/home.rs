//! The home page, the page about the build, and the page for what is not there.

use serde::Serialize;

use crate::model::{EntityId, RelationId};
use crate::{api, routes};

use super::context::{Context, description, icon};
use super::lists::{common, plural};
use super::views::{Fact, Link, Way};
use super::{Site, ThemeError, reports, tree};

/// Cards and rows of each section.
const DOMAINS: usize = 12;
const SYSTEMS: usize = 6;
const DOCS: usize = 6;
const GROUPS: usize = 8;
const REPOSITORIES: usize = 8;

#[derive(Serialize)]
struct Home {
    heading: String,
    kinds: Vec<KindCard>,
    domains: Vec<DomainCard>,
    domains_more: Option<Way>,
    docs: Vec<DocCard>,
    docs_more: Option<Way>,
    health: Health,
    coverage: Vec<Coverage>,
    groups: Vec<GroupRow>,
    groups_more: Option<Way>,
    repositories: Vec<RepositoryRow>,
    repositories_more: Option<Way>,
}

#[derive(Serialize)]
struct KindCard {
    kind: String,
    label: String,
    count: usize,
    href: String,
}

#[derive(Serialize)]
struct DomainCard {
    entity: Option<Link>,
    title: String,
    description: Option<String>,
    owner: Option<Link>,
    systems: Vec<SystemRow>,
    more: Option<Way>,
}

#[derive(Serialize)]
struct SystemRow {
    #[serde(flatten)]
    link: Link,
    contents: String,
}

#[derive(Serialize)]
struct DocCard {
    title: String,
    href: String,
    description: Option<String>,
    pages: usize,
    owner: Option<Link>,
}

#[derive(Serialize)]
struct Health {
    errors: usize,
    warnings: usize,
    notes: usize,
    errors_href: String,
    warnings_href: String,
    notes_href: String,
}

#[derive(Serialize)]
struct Coverage {
    label: &'static str,
    percent: usize,
    part: usize,
    whole: usize,
}

#[derive(Serialize)]
struct GroupRow {
    #[serde(flatten)]
    link: Link,
    owned: usize,
}

#[derive(Serialize)]
struct RepositoryRow {
    title: String,
    href: Option<String>,
    revision: Option<String>,
    entities: usize,
    pages: usize,
}

#[derive(Serialize)]
struct About {
    facts: Vec<Fact>,
    total: usize,
    repositories: Vec<RepositoryRow>,
    files: Vec<FileRow>,
}

#[derive(Serialize)]
struct FileRow {
    title: &'static str,
    href: &'static str,
    description: &'static str,
}

/// The home page.
pub(super) fn home(site: &Site<'_>) -> Result<(String, Vec<u8>), ThemeError> {
    let path = "index.html";
    let context = Context::new(site, path);
    let all_systems = site.ids_of("System");
    let (domains, domains_more) = domains(&context, &all_systems);
    let mut sites = site.docs_sites();
    sites.sort_by(|a, b| b.pages.cmp(&a.pages).then_with(|| a.title.cmp(&b.title)));
    let docs_total = sites.len();
    let mut groups: Vec<GroupRow> = site
        .ids_of("Group")
        .into_iter()
        .map(|id| GroupRow {
            link: context.link(id),
            owned: site.graph.targets(id, RelationId::OWNED_BY.flipped()).count(),
        })
        .filter(|group| group.owned > 0)
        .collect();
    groups.sort_by(|a, b| b.owned.cmp(&a.owned).then_with(|| a.link.title.cmp(&b.link.title)));
    groups.truncate(GROUPS);
    let mut repositories = repositories(site);
    repositories.sort_by(|a, b| b.entities.cmp(&a.entities).then_with(|| a.title.cmp(&b.title)));
    let repository_total = repositories.len();
    repositories.truncate(REPOSITORIES);
    let more = |shown: usize, total: usize, noun: &str, href: &str| {
        (total > shown).then(|| Way { title: format!("All {total} {noun}"), href: Some(href.to_owned()) })
    };
    let body = Home {
        heading: site.settings.title(),
        kinds: kind_cards(&context),
        domains,
        domains_more,
        docs: sites
            .into_iter()
            .take(DOCS)
            .map(|docs| DocCard {
                title: docs.title,
                href: context.href(&docs.home),
                description: description(site.catalog.entity(docs.entity)),
                pages: docs.pages,
                owner: context.targets(docs.entity, RelationId::OWNED_BY).into_iter().next(),
            })
            .collect(),
        docs_more: more(DOCS, docs_total, "sites", "docs/index.html"),
        health: Health {
            errors: site.total.errors,
            warnings: site.total.warnings,
            notes: site.total.notes,
            errors_href: reports::findings_path(Some("error"), 1),
            warnings_href: reports::findings_path(Some("warning"), 1),
            notes_href: reports::findings_path(Some("note"), 1),
        },
        coverage: coverage(site),
        groups_more: more(groups.len(), site.count_of("Group"), "groups", tree::PATH),
        groups,
        repositories_more: more(REPOSITORIES, repository_total, "repositories", "about.html"),
        repositories,
    };
    let text = site.settings.organization.as_ref().map(|name| {
        format!(
            "Every service, API, system and team of {name}: who owns it, what it needs, and where its documentation is."
        )
    });
    let mut common = common(path, site.settings.title(), "home", text);
    common.alternates.push(super::views::Alternate {
        media: "application/json",
        href: "catalog.json".to_owned(),
        title: "catalog.json",
    });
    Ok((path.to_owned(), site.theme.render("home.html", &common, &body)?))
}

fn kind_cards(context: &Context<'_>) -> Vec<KindCard> {
    let site = context.site;
    let shown = site.index.kind_counts.iter().filter(|(_, count)| *count > 0);
    shown
        .map(|(id, count)| {
            let kind = site.catalog.kinds.get(*id);
            let href = context.href(&routes::list(Some(&kind.name), 1));
            KindCard { kind: icon(&kind.name), label: plural(kind), count: *count, href }
        })
        .collect()
}

/// Domains with their systems, and the systems without one.
fn domains(context: &Context<'_>, systems: &[EntityId]) -> (Vec<DomainCard>, Option<Way>) {
    let site = context.site;
    let domains = site.ids_of("Domain");
    let mut cards: Vec<DomainCard> = domains
        .iter()
        .take(DOMAINS)
        .map(|&domain| {
            let parts: Vec<EntityId> = site
                .graph
                .targets(domain, RelationId::PART_OF.flipped())
                .filter(|&part| site.catalog.entity(part).reference.kind == "System")
                .collect();
            let link = context.link(domain);
            let href = link.href.clone();
            DomainCard {
                title: link.title.clone(),
                description: description(site.catalog.entity(domain)),
                owner: context.targets(domain, RelationId::OWNED_BY).into_iter().next(),
                systems: parts.iter().take(SYSTEMS).map(|&system| system_row(context, system)).collect(),
                more: (parts.len() > SYSTEMS)
                    .then(|| Way { title: format!("{} more systems", parts.len() - SYSTEMS), href }),
                entity: Some(link),
            }
        })
        .collect();
    let without: Vec<EntityId> = systems
        .iter()
        .copied()
        .filter(|&system| site.graph.targets(system, RelationId::PART_OF).next().is_none())
        .collect();
    if !without.is_empty() {
        cards.push(DomainCard {
            entity: None,
            title: if domains.is_empty() { "Systems".to_owned() } else { "Without a domain".to_owned() },
            description: None,
            owner: None,
            systems: without.iter().take(SYSTEMS).map(|&system| system_row(context, system)).collect(),
            more: (without.len() > SYSTEMS).then(|| Way {
                title: format!("{} more systems", without.len() - SYSTEMS),
                href: Some(context.href(&routes::list(Some("System"), 1))),
            }),
        });
    }
    let more = (domains.len() > DOMAINS).then(|| Way {
        title: format!("All {} domains", domains.len()),
        href: Some(context.href(&routes::list(Some("Domain"), 1))),
    });
    (cards, more)
}

fn system_row(context: &Context<'_>, system: EntityId) -> SystemRow {
    let site = context.site;
    let mut parts = Vec::new();
    for (kind, singular, plural) in
        [("Component", "component", "components"), ("API", "API", "APIs"), ("Resource", "resource", "resources")]
    {
        let count = site
            .graph
            .targets(system, RelationId::PART_OF.flipped())
            .filter(|&part| site.catalog.entity(part).reference.kind == kind)
            .count();
        if count > 0 {
            parts.push(format!("{count} {}", if count == 1 { singular } else { plural }));
        }
    }
    SystemRow { link: context.link(system), contents: parts.join(" · ") }
}

fn coverage(site: &Site<'_>) -> Vec<Coverage> {
    let mut out = Vec::new();
    let mut add = |label: &'static str, part: usize, whole: usize| {
        if let Some(percent) = (part * 100).checked_div(whole) {
            out.push(Coverage { label, percent, part, whole });
        }
    };
    let owned = |entity: &&crate::model::Entity| {
        let kind = site.catalog.kind_of(entity);
        kind.references.iter().any(crate::model::ReferenceField::is_owner)
    };
    let ownable: Vec<&crate::model::Entity> = site.catalog.entities.iter().filter(owned).collect();
    let with_owner =
        ownable.iter().filter(|entity| site.graph.targets(entity.id, RelationId::OWNED_BY).next().is_some()).count();
    add("Have an owner in view", with_owner, ownable.len());
    let components = site.ids_of("Component");
    let documented = components.iter().filter(|&&id| site.docs_home(id).is_some()).count();
    add("Components with docs", documented, components.len());
    let apis: Vec<EntityId> =
        site.ids_of("API").into_iter().filter(|&id| api::needs_definition(site.catalog.entity(id))).collect();
    let defined = apis.iter().filter(|&&id| site.apis.read(id).is_some()).count();
    add("APIs with a definition", defined, apis.len());
    out
}

fn repositories(site: &Site<'_>) -> Vec<RepositoryRow> {
    let sources = site.sources;
    sources
        .repositories()
        .iter()
        .enumerate()
        .filter(|(_, repository)| !repository.settings_home)
        .map(|(index, repository)| RepositoryRow {
            title: repository.name.clone(),
            href: repository.remote.as_ref().map(crate::base::hosts::Remote::web_url),
            revision: repository.revision.as_ref().map(|revision| revision.chars().take(10).collect()),
            entities: site.index.entities_by_repository[index],
            pages: site.index.pages_by_repository[index],
        })
        .collect()
}

/// The page about the build.
pub(super) fn about(site: &Site<'_>) -> Result<(String, Vec<u8>), ThemeError> {
    let path = "about.html";
    let repositories = repositories(site);
    let total = site.total;
    let counts = [(total.errors, "error"), (total.warnings, "warning"), (total.notes, "note")];
    let findings: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, noun)| crate::report::count(*count, noun)).collect();
    let findings = if findings.is_empty() { "none".to_owned() } else { findings.join(", ") };
    let pages: usize = site.docs_sites().iter().map(|docs| docs.pages).sum();
    let mut facts = vec![
        Fact::mono("Generator", super::GENERATOR),
        Fact::text("World", site.catalog.world.name()),
        Fact::text("Entities", site.catalog.entities.len().to_string()),
        Fact::text("Documentation pages", pages.to_string()),
        Fact::styled("Findings", findings, "text", Some(reports::findings_path(None, 1))),
    ];
    if site.catalog.templated > 0 {
        facts.push(Fact::text("Templates of descriptors skipped", site.catalog.templated.to_string()));
    }
    let body = About {
        facts,
        total: repositories.len(),
        repositories,
        files: vec![
            FileRow { title: "catalog.json", href: "catalog.json", description: "every entity, in Backstage's shape" },
            FileRow {
                title: "interface.json",
                href: "interface.json",
                description: "what a check of one repository needs",
            },
            FileRow { title: "manifest.json", href: "manifest.json", description: "the hash of every file" },
        ],
    };
    let text = "What went in, what came out, and which version did it.".to_owned();
    let common = common(path, "About this build".to_owned(), "about", Some(text));
    Ok((path.to_owned(), site.theme.render("about.html", &common, &body)?))
}

/// The page for what is not there. A host serves it at any depth, so its links begin at the
/// site's own root: the path of its URL, or `/`.
pub(super) fn not_found(site: &Site<'_>) -> Result<(String, Vec<u8>), ThemeError> {
    let mut common = common("404.html", "Not found".to_owned(), "", None);
    common.path = None;
    let url = site.settings.site_url.as_deref().and_then(|url| url::Url::parse(url).ok());
    common.root = url.map_or_else(|| "/".to_owned(), |url| url.path().to_owned());
    Ok(("404.html".to_owned(), site.theme.render("404.html", &common, &())?))
}
