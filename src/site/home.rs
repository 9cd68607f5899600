//! The home page: a way in for somebody who has never seen the catalog, and a look at its state
//! for those who come each morning. Never all of anything: each section has a way to the rest.

use serde::Serialize;

use crate::model::{EntityId, KindId, RelationId};
use crate::routes;
use crate::theme::said;

use super::changes::{self, ChangeView};
use super::context::{Context, description, icon};
use super::lists::{common, plural};
use super::reports::{self, Report};
use super::views::{Alternate, Link, Way};
use super::{DocsSite, Site, ThemeError, docs, tree};

/// Cards, and rows of each.
const CARDS: usize = 12;
const ROWS: usize = 6;
const DOCS: usize = 6;
const GROUPS: usize = 8;
const CHANGES: usize = 6;

#[derive(Serialize)]
struct Home {
    heading: String,
    kinds: Vec<KindCount>,
    questions: Vec<Question>,
    cards_heading: &'static str,
    cards: Vec<Card>,
    cards_more: Option<Way>,
    map_href: String,
    changes: Vec<ChangeView>,
    changes_href: String,
    docs: Vec<DocCard>,
    docs_more: Option<Way>,
    health: Health,
    coverage: Vec<Coverage>,
    reports_href: String,
    groups: Vec<GroupRow>,
    groups_more: Option<Way>,
    rules_href: String,
}

/// A kind with its number of entities.
#[derive(Serialize)]
pub(super) struct KindCount {
    kind: String,
    label: String,
    count: usize,
    href: String,
}

#[derive(Serialize)]
struct Question {
    title: &'static str,
    text: &'static str,
    icon: &'static str,
    href: String,
}

/// A part of the organisation: a domain with its systems, what a group owns, or some of a kind.
#[derive(Serialize)]
struct Card {
    entity: Option<Link>,
    title: String,
    icon: String,
    description: Option<String>,
    owner: Option<Link>,
    rows: Vec<CardRow>,
    more: Option<Way>,
}

#[derive(Serialize)]
struct CardRow {
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
    href: String,
}

#[derive(Serialize)]
struct GroupRow {
    #[serde(flatten)]
    link: Link,
    owned: usize,
}

/// The home page.
pub(super) fn home(site: &Site<'_>, reports: &[Report]) -> Result<(String, Vec<u8>), ThemeError> {
    let path = "index.html";
    let context = Context::new(site, path);
    let (cards_heading, cards, cards_more) = cards(&context);
    let (docs, docs_more) = docs(&context);
    let (groups, groups_more) = groups(&context);
    let body = Home {
        heading: site.settings.title(),
        kinds: kinds(&context),
        questions: questions(&context),
        cards_heading,
        cards,
        cards_more,
        map_href: context.href(routes::MAP),
        changes: changes::newest(&context, CHANGES),
        changes_href: context.href(&routes::changes(1)),
        docs,
        docs_more,
        health: Health {
            errors: site.total.errors,
            warnings: site.total.warnings,
            notes: site.total.notes,
            errors_href: reports::findings_path(Some("error"), 1),
            warnings_href: reports::findings_path(Some("warning"), 1),
            notes_href: reports::findings_path(Some("note"), 1),
        },
        coverage: coverage(&context, reports),
        reports_href: context.href(routes::REPORTS),
        groups,
        groups_more,
        rules_href: context.href(reports::RULES_PATH),
    };
    let text = match &site.settings.organization {
        Some(name) => site.texts().with(
            "Every service, API, system and team of {name}: who owns it, what it needs, and where its documentation is.",
            &[("name", name)],
        ),
        None => site.t("Every service, API, system and team: who owns it, what it needs, and where its documentation is."),
    };
    let mut common = common(path, site.settings.title(), "home", Some(text));
    common.alternates.push(Alternate {
        media: "application/json",
        href: "catalog.json".to_owned(),
        title: "catalog.json",
    });
    common.alternates.extend(changes::alternate(site));
    Ok((path.to_owned(), site.theme.render("home.html", &common, &body)?))
}

/// The way to the rest, where there is more than is shown.
fn more(context: &Context<'_>, shown: usize, total: usize, words: &'static str, to: &str) -> Option<Way> {
    let texts = context.site.texts();
    let way = || Way { title: texts.with(words, &[("n", &texts.number(total))]), href: Some(context.href(to)) };
    (total > shown).then(way)
}

/// The kinds that have entities.
pub(super) fn kinds(context: &Context<'_>) -> Vec<KindCount> {
    let site = context.site;
    let shown = site.index.kind_counts.iter().filter(|(_, count)| *count > 0);
    shown
        .map(|(id, count)| {
            let kind = site.catalog.kinds.get(*id);
            let href = context.href(&routes::list(Some(&kind.name), 1));
            KindCount {
                kind: icon(&kind.name),
                label: context.site.texts().t(&plural(kind)).to_owned(),
                count: *count,
                href,
            }
        })
        .collect()
}

/// What people come for, and where the answer is. Those that nothing here answers are left out.
fn questions(context: &Context<'_>) -> Vec<Question> {
    let site = context.site;
    let owners =
        if site.count_of("Group") > 0 { tree::PATH.to_owned() } else { routes::report("ownership", "owners", 1) };
    let question = |title, text, icon, path: &str| Question { title, text, icon, href: context.href(path) };
    let mut questions = vec![
        question(said("Who owns it?"), said("Teams, what they own, and what nobody does"), "owner", &owners),
        question(
            said("What breaks if it goes?"),
            said("What most others depend on"),
            "alert",
            &routes::report("impact", "", 1),
        ),
    ];
    if !site.docs.sites.is_empty() {
        questions.push(question(
            said("Where are its docs?"),
            said("All documentation, by system and owner"),
            "docs",
            docs::HOME,
        ));
    }
    if site.count_of("API") > 0 {
        let path = routes::list(Some("API"), 1);
        questions.push(question(said("How do I call it?"), said("APIs with every operation and schema"), "api", &path));
    }
    questions
}

type Cards = (&'static str, Vec<Card>, Option<Way>);

/// What the organisation consists of: domains with their systems; where there are neither, what
/// each group owns; where nobody owns anything, some of each kind.
fn cards(context: &Context<'_>) -> Cards {
    let site = context.site;
    let (domains, systems) = (site.ids_of("Domain"), site.ids_of("System"));
    if !domains.is_empty() {
        let rest = more(context, CARDS, domains.len(), said("All {n} domains"), &routes::list(Some("Domain"), 1));
        return (said("Domains and systems"), domain_cards(context, &domains, &systems), rest);
    }
    if !systems.is_empty() {
        let rest = more(context, CARDS, systems.len(), said("All {n} systems"), &routes::list(Some("System"), 1));
        let cards = systems.iter().take(CARDS).map(|&system| system_card(context, system));
        return (said("Systems"), cards.collect(), rest);
    }
    let owners = owners(site);
    if !owners.is_empty() {
        let rest =
            more(context, CARDS, owners.len(), said("All {n} owners"), &routes::report("ownership", "owners", 1));
        let cards = owners.iter().take(CARDS).map(|&(owner, _)| owner_card(context, owner));
        return (said("By owner"), cards.collect(), rest);
    }
    (said("By kind"), kind_cards(context), None)
}

/// Domains with their systems, and the systems without one.
fn domain_cards(context: &Context<'_>, domains: &[EntityId], systems: &[EntityId]) -> Vec<Card> {
    let site = context.site;
    let card = |&domain: &EntityId| {
        let parts = site.graph.targets(domain, RelationId::PART_OF.flipped());
        let parts: Vec<EntityId> = parts.filter(|&part| site.catalog.entity(part).reference.kind == "System").collect();
        entity_card(context, domain, &parts, said("All {n} systems"))
    };
    let mut cards: Vec<Card> = domains.iter().take(CARDS).map(card).collect();
    let is_alone = |system: &EntityId| site.graph.targets(*system, RelationId::PART_OF).next().is_none();
    let alone: Vec<EntityId> = systems.iter().copied().filter(is_alone).collect();
    if !alone.is_empty() {
        cards.push(Card {
            entity: None,
            title: site.texts().t("Without a domain").to_owned(),
            icon: "system".to_owned(),
            description: None,
            owner: None,
            rows: rows(context, &alone),
            more: more(context, ROWS, alone.len(), said("All {n} systems"), &routes::list(Some("System"), 1)),
        });
    }
    cards
}

fn system_card(context: &Context<'_>, system: EntityId) -> Card {
    let parts: Vec<EntityId> = context.site.graph.targets(system, RelationId::PART_OF.flipped()).collect();
    entity_card(context, system, &parts, said("All {n} parts"))
}

fn owner_card(context: &Context<'_>, owner: EntityId) -> Card {
    let owned: Vec<EntityId> = context.site.graph.targets(owner, RelationId::OWNED_BY.flipped()).collect();
    entity_card(context, owner, &owned, said("All {n} entities"))
}

fn entity_card(context: &Context<'_>, id: EntityId, parts: &[EntityId], words: &'static str) -> Card {
    let link = context.link(id);
    let entity = context.site.catalog.entity(id);
    Card {
        title: link.title.clone(),
        icon: link.kind.clone(),
        description: description(entity),
        owner: context.targets(id, RelationId::OWNED_BY).into_iter().next(),
        rows: rows(context, parts),
        more: more(context, ROWS, parts.len(), words, &routes::entity_page(&entity.reference)),
        entity: Some(link),
    }
}

fn kind_cards(context: &Context<'_>) -> Vec<Card> {
    let site = context.site;
    let counts = site.index.kind_counts.iter().filter(|(_, count)| *count > 0);
    counts
        .map(|&(id, count)| {
            let kind = site.catalog.kinds.get(id);
            let of_kind = site.catalog.entities.iter().filter(|entity| entity.kind == id).map(|entity| entity.id);
            Card {
                entity: None,
                title: site.texts().t(&plural(kind)).to_owned(),
                icon: icon(&kind.name),
                description: None,
                owner: None,
                rows: rows(context, &of_kind.take(ROWS).collect::<Vec<_>>()),
                more: more(context, ROWS, count, said("All {n}"), &routes::list(Some(&kind.name), 1)),
            }
        })
        .collect()
}

fn rows(context: &Context<'_>, ids: &[EntityId]) -> Vec<CardRow> {
    ids.iter().take(ROWS).map(|&id| CardRow { link: context.link(id), contents: contents(context, id) }).collect()
}

/// What a system holds in numbers; of everything else its type.
fn contents(context: &Context<'_>, id: EntityId) -> String {
    let site = context.site;
    let entity = site.catalog.entity(id);
    if entity.reference.kind != "System" {
        return entity.spec_type().unwrap_or_default().to_owned();
    }
    let mut kinds: Vec<KindId> =
        site.graph.targets(id, RelationId::PART_OF.flipped()).map(|part| site.catalog.entity(part).kind).collect();
    kinds.sort_unstable();
    let counted = kinds.chunk_by(|a, b| a == b).map(|same| site.counted(same[0], same.len()));
    counted.collect::<Vec<_>>().join(" · ")
}

/// Groups and users that own something, those with most first.
fn owners(site: &Site<'_>) -> Vec<(EntityId, usize)> {
    let mut owners: Vec<(EntityId, usize)> = Vec::new();
    for id in ["Group", "User"].iter().flat_map(|kind| site.ids_of(kind)) {
        let owned = site.graph.targets(id, RelationId::OWNED_BY.flipped()).count();
        if owned > 0 {
            owners.push((id, owned));
        }
    }
    owners.sort_by_key(|&(id, owned)| (std::cmp::Reverse(owned), id));
    owners
}

fn groups(context: &Context<'_>) -> (Vec<GroupRow>, Option<Way>) {
    let site = context.site;
    let owning = owners(site).into_iter().filter(|(id, _)| site.catalog.entity(*id).reference.kind == "Group");
    let groups: Vec<GroupRow> =
        owning.take(GROUPS).map(|(id, owned)| GroupRow { link: context.link(id), owned }).collect();
    let rest = more(context, groups.len(), site.count_of("Group"), said("All {n} groups"), tree::PATH);
    (groups, rest)
}

fn docs(context: &Context<'_>) -> (Vec<DocCard>, Option<Way>) {
    let site = context.site;
    let mut sites = site.docs_sites();
    sites.sort_by(|a, b| b.pages.cmp(&a.pages).then_with(|| a.title.cmp(&b.title)));
    let rest = more(context, DOCS, sites.len(), said("All {n} sites"), docs::HOME);
    let card = |docs: DocsSite| DocCard {
        href: context.href(&docs.home),
        description: description(site.catalog.entity(docs.entity)),
        pages: docs.pages,
        owner: context.targets(docs.entity, RelationId::OWNED_BY).into_iter().next(),
        title: docs.title,
    };
    (sites.into_iter().take(DOCS).map(card).collect(), rest)
}

/// How much of the catalog is as it should be, by the reports on what is not.
fn coverage(context: &Context<'_>, reports: &[Report]) -> Vec<Coverage> {
    let parts = reports.iter().flat_map(|report| report.parts.iter().map(move |part| (report, part)));
    parts
        .filter_map(|(report, part)| {
            let of = part.of?;
            let has = of.count - part.count();
            let percent = (has * 100).checked_div(of.count)?;
            let href = context.href(&report.path(part));
            Some(Coverage { label: of.label, percent, part: has, whole: of.count, href })
        })
        .collect()
}
