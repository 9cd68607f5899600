//! A page of a reference: what stands around its parts.

use serde::Serialize;

use crate::api::Read;
use crate::api::model::Operation;
use crate::model::{Entity, RelationId};
use crate::routes;
use crate::site::context::Context;
use crate::site::lists::common;
use crate::site::views::{Link, Way};
use crate::site::{Site, ThemeError, machines};

use super::inner_links::Intro;
use super::layout::{Pieces, Plan, Planned};
use super::parts::{Maker, Shared, row_title, title, verb_class};
use super::sections::{self, SectionView};
use super::views::{ExtraView, FactView, LogoView, NeedView, SchemeView, ServerView, extras, facts};

/// Most bytes of the operations that are listed on a first page; pages of groups have the rest.
const MOST_BYTES_LISTED: usize = 280_000;
/// Most schemas that are listed on a first page.
pub(super) const MOST_SCHEMAS: usize = 450;
/// Most entries of a sidebar, of each sort.
pub(super) const MOST_NAV: usize = 150;
/// Most headings of the description in a sidebar.
const MOST_HEADINGS: usize = 40;
/// Most providers and consumers that are named.
const MOST_ENTITIES: usize = 20;

#[derive(Serialize)]
struct PageView {
    breadcrumbs: Vec<Way>,
    entity: Link,
    owner: Option<Link>,
    lifecycle: Option<String>,
    system: Option<Link>,
    nav: Vec<NavView>,
    heading: String,
    first_href: String,
    is_first: bool,
    is_one: bool,
    format: String,
    version: Option<String>,
    logo: Option<LogoView>,
    summary: Option<String>,
    text_html: Option<String>,
    facts: Vec<FactView>,
    servers: Vec<ServerView>,
    schemes: Vec<SchemeView>,
    security: Vec<Vec<NeedView>>,
    providers: Vec<Link>,
    providers_more: usize,
    consumers: Vec<Link>,
    consumers_more: usize,
    extras: Vec<ExtraView>,
    downloads: Vec<Way>,
    operations: Vec<RowView>,
    operations_total: usize,
    sections: Vec<SectionView>,
    schemas_listed: usize,
    schemas_total: usize,
    groups_html: String,
    previous: Option<Way>,
    next: Option<Way>,
    markdown_href: Option<String>,
}

#[derive(Serialize)]
pub(super) struct NavView {
    /// A heading above it.
    pub(super) section: Option<String>,
    pub(super) title: String,
    pub(super) href: String,
    pub(super) verb: Option<String>,
    pub(super) verb_class: &'static str,
    pub(super) current: bool,
    pub(super) children: Vec<NavView>,
    pub(super) count: usize,
}

/// An operation in a list.
#[derive(Debug, Clone, Serialize)]
pub(in crate::site) struct RowView {
    pub(super) id: Option<String>,
    pub(super) verb: String,
    pub(super) verb_class: &'static str,
    pub(super) target: String,
    pub(super) title: Option<String>,
    pub(super) href: String,
    pub(super) group: String,
    pub(super) deprecated: bool,
}

/// One of the pages.
pub(super) fn page(
    site: &Site<'_>,
    entity: &Entity,
    read: &Read,
    plan: &Plan,
    pieces: &Pieces,
    number: usize,
    shared: &Shared<'_>,
) -> Result<(String, Vec<u8>), ThemeError> {
    let planned = &plan.pages[number];
    let path = planned.path.clone();
    let context = Context::new(site, &path);
    let reference = &read.reference;
    let is_first = number == 0;
    let schemas_listed = if is_first && !plan.is_one { reference.schemas.len().min(MOST_SCHEMAS) } else { 0 };
    // What the first page alone says of all is not made again for the others.
    let maker = if is_first { Some(Maker::new(shared, &site.theme)?) } else { None };
    let links = |relation: RelationId| {
        let all = context.targets(entity.id, relation);
        let more = all.len().saturating_sub(MOST_ENTITIES);
        (all.into_iter().take(MOST_ENTITIES).collect::<Vec<_>>(), more)
    };
    let (providers, providers_more) = links(RelationId::PROVIDES_API.flipped());
    let (consumers, consumers_more) = links(RelationId::CONSUMES_API.flipped());
    let name = read.definition.title.clone().unwrap_or_else(|| entity.title().to_owned());
    let way = |at: usize| Way {
        title: plan.pages[at].title.clone().unwrap_or_else(|| site.t("Overview")),
        href: Some(context.href(&plan.pages[at].path)),
    };
    let twin = machines::markdown_twin(site, context.href(&super::twin_path(&path)));
    let first = &plan.pages[0].path;
    let operations_listed = if is_first { listed(read) } else { 0 };
    let view = PageView {
        breadcrumbs: breadcrumbs(&context, entity, planned, first),
        entity: context.link(entity.id),
        owner: context.targets(entity.id, RelationId::OWNED_BY).into_iter().next(),
        lifecycle: entity.lifecycle().map(str::to_owned),
        system: context.targets(entity.id, RelationId::PART_OF).into_iter().find(|link| link.kind == "system"),
        nav: nav(&context, read, plan, number, shared.intro),
        heading: planned.title.clone().unwrap_or_else(|| name.clone()),
        first_href: context.href(first),
        is_first,
        is_one: plan.is_one,
        format: read.definition.format.clone(),
        version: read.definition.version.clone(),
        logo: reference.logo.as_ref().filter(|_| is_first).map(|logo| super::views::logo(logo, &name)),
        summary: reference.summary.clone(),
        text_html: shared.intro.html.clone().filter(|_| is_first),
        facts: about(site, read),
        servers: maker.as_ref().map(|maker| maker.servers(&reference.servers)).unwrap_or_default(),
        schemes: maker.as_ref().map(Maker::schemes).unwrap_or_default(),
        security: maker.as_ref().map(|maker| maker.security(&reference.security)).unwrap_or_default(),
        providers,
        providers_more,
        consumers,
        consumers_more,
        extras: extras(&reference.extras),
        downloads: super::downloads(&context, entity, read),
        operations: reference.operations[..operations_listed]
            .iter()
            .map(|operation| row(&path, read, plan, operation))
            .collect(),
        operations_total: reference.operations.len(),
        sections: match schemas_listed {
            0 => sections::shown(site.texts(), read, &planned.schemas, pieces),
            most => sections::listed(&context, read, plan, most),
        },
        schemas_listed,
        schemas_total: reference.schemas.len(),
        groups_html: groups_html(planned, pieces),
        previous: number.checked_sub(1).map(way),
        next: (number + 1 < plan.pages.len()).then(|| way(number + 1)),
        markdown_href: twin.as_ref().map(|twin| twin.href.clone()),
    };
    maker.as_ref().map_or(Ok(()), |maker| maker.heads().checked())?;
    let title = planned.title.as_ref().map_or_else(
        || site.texts().with("{name} reference", &[("name", &name)]),
        |part| format!("{part} · {}", site.texts().with("{name} reference", &[("name", &name)])),
    );
    let description = reference.summary.clone().or_else(|| crate::site::context::description(entity));
    let mut common = common(&path, title, "apis", description);
    common.alternates = twin.into_iter().collect();
    let html = site.theme.text("api.html", &common, &view)?;
    let mut out = String::with_capacity(html.len());
    plan.places.fill(&path, &html, &mut out);
    Ok((path, out.into_bytes()))
}

/// How many operations the first page lists.
pub(super) fn listed(read: &Read) -> usize {
    // What stands around the texts of a row has about so many bytes.
    const AROUND: usize = 220;
    let mut bytes = 0;
    let operations = read.reference.operations.iter().take_while(|operation| {
        let group = read.reference.groups.get(operation.group).map_or(0, |group| group.name.len());
        let texts = 2 * operation.anchor.len() + 2 * operation.target.len() + title(operation).len() + 2 * group;
        bytes += AROUND + texts;
        bytes <= MOST_BYTES_LISTED
    });
    operations.count()
}

/// What the definition says of itself, and what its history says of it.
fn about(site: &Site<'_>, read: &Read) -> Vec<FactView> {
    let mut facts = facts(&read.reference.facts);
    let changed = crate::site::docs::changed_day(site, &read.files);
    facts.extend(changed.map(|text| FactView { label: site.t("Last changed"), text, href: None, code: false }));
    facts
}

/// The groups of a page and their operations, with their marks.
fn groups_html(planned: &Planned, pieces: &Pieces) -> String {
    let mut groups = String::new();
    for shown in &planned.groups {
        if !shown.continued {
            groups.push_str(&pieces.groups[shown.group]);
        }
        pieces.operations[shown.operations.clone()].iter().for_each(|piece| groups.push_str(piece));
    }
    groups
}

/// An operation as a row of a list, seen from a page.
fn row(from: &str, read: &Read, plan: &Plan, operation: &Operation) -> RowView {
    RowView {
        // Where all is on one page, the operation itself has the anchor.
        id: (!plan.is_one).then(|| operation.anchor.clone()),
        verb: operation.verb.clone(),
        verb_class: verb_class(&operation.verb),
        target: operation.target.clone(),
        title: row_title(operation),
        href: plan.places.link(from, &operation.anchor),
        group: read.reference.groups.get(operation.group).map_or_else(String::new, |group| group.name.clone()),
        deprecated: operation.deprecated.is_some(),
    }
}

/// A verb where there is little room.
fn short_verb(verb: &str) -> &str {
    match verb {
        "subscription" => "sub",
        "mutation" => "mut",
        _ => verb,
    }
}

fn breadcrumbs(context: &Context<'_>, entity: &Entity, planned: &Planned, first: &str) -> Vec<Way> {
    let way = |title: &str, to: Option<&str>| Way { title: title.to_owned(), href: to.map(|to| context.href(to)) };
    let mut ways = vec![
        way(&context.site.t("APIs"), Some(&routes::list(Some("API"), 1))),
        way(entity.title(), Some(&routes::entity_page(&entity.reference))),
        way(&context.site.t("Reference"), planned.title.as_ref().map(|_| first)),
    ];
    ways.extend(planned.title.as_ref().map(|title| way(title, None)));
    ways
}

fn nav(context: &Context<'_>, read: &Read, plan: &Plan, number: usize, intro: &Intro) -> Vec<NavView> {
    let reference = &read.reference;
    let here = &plan.pages[number];
    let first = context.href(&plan.pages[0].path);
    let own = |anchor: &str| if number == 0 { format!("#{anchor}") } else { format!("{first}#{anchor}") };
    let entry = |title: &str, href: String| NavView {
        section: None,
        title: title.to_owned(),
        href,
        verb: None,
        verb_class: "",
        current: false,
        children: Vec::new(),
        count: 0,
    };
    // On other pages the way to the first one is enough.
    let headings = intro.headings.iter().filter(|heading| number == 0 && heading.is_top).take(MOST_HEADINGS);
    let mut nav = vec![NavView {
        current: number == 0,
        children: headings.map(|heading| entry(&heading.title, plan.places.link(context.from, &heading.id))).collect(),
        ..entry(context.site.texts().t("Overview"), if number == 0 { "#main".to_owned() } else { first.clone() })
    }];
    if !reference.servers.is_empty() {
        nav.push(entry(context.site.texts().t("Servers"), own("servers")));
    }
    if !reference.schemes.is_empty() {
        nav.push(entry(context.site.texts().t("Authentication"), own("authentication")));
    }
    let mut left = MOST_NAV;
    let mut at = 0;
    let mut section: Option<&str> = None;
    for (group, view) in reference.groups.iter().enumerate().take(MOST_NAV) {
        let start = at;
        while reference.operations.get(at).is_some_and(|operation| operation.group == group) {
            at += 1;
        }
        let shown = here.groups.iter().find(|shown| shown.group == group);
        let mut one = entry(view.title.as_ref().unwrap_or(&view.name), plan.places.link(context.from, &view.anchor));
        if view.section.as_deref() != section {
            section = view.section.as_deref();
            one.section = Some(section.map_or_else(|| context.site.t("Further"), str::to_owned));
        }
        one.current = !plan.is_one && shown.is_some();
        one.count = at - start;
        if let Some(shown) = shown {
            let operations = reference.operations[shown.operations.clone()].iter().take(left);
            one.children = operations
                .map(|operation| NavView {
                    verb: Some(short_verb(&operation.verb).to_owned()),
                    verb_class: verb_class(&operation.verb),
                    ..entry(title(operation), plan.places.link(context.from, &operation.anchor))
                })
                .collect();
            left -= one.children.len();
        }
        nav.push(one);
    }
    let end = nav.len();
    nav.extend(sections::nav(&reference.schemas, plan, here, context, &entry));
    if let Some(first) = nav.get_mut(end).filter(|_| section.is_some()) {
        // What all groups share must not seem to be a part of the last heading.
        first.section = Some(context.site.t("Components"));
    }
    nav
}
