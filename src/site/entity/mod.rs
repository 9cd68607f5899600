//! The page of an entity: what it is and who answers for it, what it stands on and what stands on
//! it, its API and its docs, what was found in it, and how it is written. Each section has a file.

mod definition;
mod facts;
mod head;
mod impact;
mod sections;
mod source;
mod targets;
mod template;
mod tools;

use serde::Serialize;

use crate::model::{Entity, EntityId, RelationId};
use crate::routes;

use super::context::Context;
use super::tables::Tables;
use super::views::{Action, Common, Fact, FindingView, Link, Table, Tally, Way};
use super::{drawing, lists};

use definition::ApiView;
pub(super) use facts::links;
use facts::{LinkView, Pair};
use head::Notice;
use impact::ImpactView;
use sections::Section;
use source::SourceView;
use targets::TargetView;
use template::TemplateView;
use tools::ToolGroup;

/// Most findings on the page of an entity.
const MAX_FINDINGS: usize = 20;

/// Tables that stand with the APIs of an entity and not with its dependencies.
const OF_APIS: [RelationId; 2] = [RelationId::PROVIDES_API, RelationId::CONSUMES_API];

#[derive(Serialize)]
struct Body {
    entity: Link,
    breadcrumbs: Vec<Way>,
    sections: Vec<Section>,
    line_html: Option<String>,
    description_html: Option<String>,
    #[serde(rename = "type")]
    spec_type: Option<String>,
    lifecycle: Option<String>,
    owner: Option<Link>,
    owner_expected: bool,
    system: Option<Link>,
    /// Of a group, its own name and those above it, as the search knows owners.
    near: Vec<String>,
    actions: Vec<Action>,
    notices: Vec<Notice>,
    findings: Vec<FindingView>,
    findings_count: Tally,
    findings_more: Option<Way>,
    tables: Vec<Table>,
    whole: Option<super::whole::Whole>,
    team: Option<super::team::Team>,
    graph_svg: Option<String>,
    graph_tall_svg: Option<String>,
    graph_note: Option<String>,
    map_href: String,
    api: Option<ApiView>,
    related_apis: Vec<super::api::Related>,
    template: Option<TemplateView>,
    targets: Vec<TargetView>,
    impact: Option<ImpactView>,
    relations: Vec<Table>,
    api_tables: Vec<Table>,
    decisions: Option<super::decisions::DecisionsView>,
    mentions: Option<super::mentions::MentionsView>,
    descriptor: Option<SourceView>,
    json: Option<SourceView>,
    facts: Vec<Fact>,
    docs: Option<DocsView>,
    tools: Vec<ToolGroup>,
    contacts: Vec<super::contacts::Contact>,
    links: Vec<LinkView>,
    labels: Vec<Pair>,
    annotations: Vec<Pair>,
}

#[derive(Serialize)]
struct DocsView {
    title: String,
    href: String,
    entries: Vec<Way>,
    more: Option<Way>,
}

/// The page of an entity, and the lists that are too long for it.
pub(super) fn pages(site: &super::Site<'_>, id: EntityId) -> Result<(), super::Error> {
    let entity = site.catalog.entity(id);
    let path = routes::entity_page(&entity.reference);
    let context = Context::new(site, &path);
    let mut long = Vec::new();
    let body = body(&context, entity, &mut long);
    let stem = path.rsplit('/').next().unwrap_or("").trim_end_matches(".html").to_owned();
    let common = Common {
        title: entity.title().to_owned(),
        path: Some(super::views::address(&path)),
        root: routes::root(&path),
        section: match entity.reference.kind.as_str() {
            "API" => "apis",
            "Group" | "User" => "organisation",
            _ => "catalog",
        },
        description: super::context::description(entity),
        alternates: super::machines::entity_twins(site, &stem)
            .into_iter()
            .chain(super::changes::alternate_of(&context, entity.id))
            .collect(),
    };
    let bytes = site.theme.render("entity.html", &common, &body)?;
    site.put(path, bytes)?;
    super::mentions::pages(site, entity)?;
    long.iter().try_for_each(|list| lists::long_list(site, list))
}

impl Body {
    fn has_dependencies(&self) -> bool {
        self.graph_svg.is_some() || !self.relations.is_empty() || self.impact.as_ref().is_some_and(ImpactView::has_any)
    }

    fn has_docs(&self) -> bool {
        self.docs.is_some() || self.decisions.is_some() || self.mentions.is_some()
    }
}

fn body(context: &Context<'_>, entity: &Entity, long: &mut Vec<lists::LongList>) -> Body {
    let (site, id) = (context.site, entity.id);
    let kind = entity.reference.kind.as_str();
    let findings = site.findings_of(id);
    let shown = findings.iter().take(MAX_FINDINGS).map(|finding| context.finding(finding, None)).collect();
    let whole = super::whole::view(context, entity, long);
    let team = super::team::view(context, entity, long);
    let contacts = super::contacts::of(site.texts(), entity);
    let mut tables = Tables::new(context, entity, long);
    let own = tables.own();
    let (api_tables, relations) = if kind == "API" {
        (Vec::new(), tables.relations())
    } else {
        let ids = OF_APIS.map(|relation| super::tables::section_id(site.catalog.kinds.relations.name(relation)));
        tables.relations().into_iter().partition(|table| ids.contains(&table.id))
    };
    // Kinds with a drawing of their own need no other.
    let ego = if whole.is_some() || team.is_some() { None } else { drawing::ego(context, id) };
    let (graph_svg, graph_tall_svg, graph_note) =
        ego.map_or((None, None, None), |ego| (Some(ego.wide), Some(ego.tall), ego.note));
    let kind_table = site.catalog.kind_of(entity);
    let (line_html, description_html) = super::described::view(context, entity);
    let mut body = Body {
        entity: context.link(id),
        breadcrumbs: head::breadcrumbs(context, entity),
        sections: Vec::new(),
        line_html,
        description_html,
        spec_type: entity.spec_type().map(str::to_owned),
        lifecycle: entity.lifecycle().map(str::to_owned),
        owner: context.targets(id, RelationId::OWNED_BY).into_iter().next(),
        owner_expected: kind_table.references.iter().any(crate::model::ReferenceField::is_owner),
        system: container(context, id, "system"),
        near: if kind == "Group" { super::search::near(site, id) } else { Vec::new() },
        actions: head::actions(context, entity),
        notices: head::notices(site, entity),
        findings: shown,
        findings_count: site.tally(id),
        findings_more: (findings.len() > MAX_FINDINGS).then(|| Way {
            title: site.texts().with("All {n} findings", &[("n", &site.texts().number(findings.len()))]),
            href: Some(context.href("reports/findings.html")),
        }),
        tables: own,
        whole,
        team,
        graph_svg,
        graph_tall_svg,
        graph_note,
        map_href: super::map::focused(context, id),
        api: (kind == "API").then(|| definition::view(context, entity)).flatten(),
        related_apis: super::api::related(context, id),
        template: (kind == "Template").then(|| template::view(site, entity)),
        targets: if kind == "Location" { targets::view(context, entity) } else { Vec::new() },
        impact: impact::view(context, entity),
        relations,
        api_tables,
        decisions: super::decisions::view(context, id),
        mentions: super::mentions::view(context, id),
        descriptor: source::descriptor(context, entity),
        json: source::json(context, entity),
        facts: facts::view(context, entity),
        docs: docs(context, id),
        tools: tools::view(context, entity),
        links: if contacts.is_empty() { facts::links(entity) } else { Vec::new() },
        contacts,
        labels: facts::labels(entity),
        annotations: facts::annotations(entity),
    };
    body.sections = sections::of(&body, site.texts());
    body
}

/// A URL of the web, without credentials.
pub(super) fn web_url(text: &str) -> Option<String> {
    let is_web = text.starts_with("https://") || text.starts_with("http://");
    (is_web && crate::model::format::is_url(text)).then(|| crate::base::hosts::without_credentials(text))
}

/// What an entity is part of, by kind.
fn container(context: &Context<'_>, id: EntityId, kind: &str) -> Option<Link> {
    context.targets(id, RelationId::PART_OF).into_iter().find(|link| link.kind == kind)
}

fn docs(context: &Context<'_>, id: EntityId) -> Option<DocsView> {
    const SHOWN: usize = 6;
    let docs = context.site.docs.site_of(id)?;
    let home = docs.home();
    let rest = docs.content.pages.len().saturating_sub(SHOWN + 1);
    let shown = super::docs::after_home(docs).take(SHOWN);
    Some(DocsView {
        title: super::docs::title(context.site, docs),
        href: context.href(home),
        entries: shown
            .map(|page| Way {
                title: docs.content.pages[page].title.clone(),
                href: Some(context.href(&docs.outputs[page])),
            })
            .collect(),
        more: (rest > 0).then(|| Way {
            title: context.site.texts().counted(rest, "more page", "more pages"),
            href: Some(context.href(home)),
        }),
    })
}
