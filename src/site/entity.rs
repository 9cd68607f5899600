//! The page of an entity.

use serde::Serialize;

use crate::model::{Entity, EntityId, RelationId};
use crate::yaml::{Node, Value};
use crate::{api, routes};

use super::context::Context;
use super::tables::Tables;
use super::views::{Action, Alternate, Common, Fact, FactValue, FindingView, Link, Table, Tally, TreeNode, Way};
use super::{Site, graph_svg, lists};

/// Most findings on the page of an entity.
const MAX_FINDINGS: usize = 20;
/// Most lines of a definition on the page; the download has all.
const MAX_DEFINITION_LINES: usize = 2_000;
/// Most lines of one whose reference has pages of its own.
const MAX_LINES_BESIDE_REFERENCE: usize = 80;
/// Most bytes of either: what a program wrote may be one line.
const MAX_DEFINITION_BYTES: usize = 64 * 1024;

#[derive(Serialize)]
struct Body {
    entity: Link,
    breadcrumbs: Vec<Way>,
    line_html: Option<String>,
    description_html: Option<String>,
    #[serde(rename = "type")]
    spec_type: Option<String>,
    lifecycle: Option<String>,
    owner: Option<Link>,
    owner_expected: bool,
    system: Option<Link>,
    actions: Vec<Action>,
    notices: Vec<Notice>,
    findings: Vec<FindingView>,
    findings_count: Tally,
    findings_more: Option<Way>,
    tables: Vec<Table>,
    groups: Vec<TreeNode>,
    graph_svg: Option<String>,
    graph_note: Option<String>,
    api: Option<ApiView>,
    related_apis: Vec<super::api::Related>,
    template: Option<TemplateView>,
    targets: Vec<TargetView>,
    relations: Vec<Table>,
    decisions: Option<super::decisions::DecisionsView>,
    mentions: Option<super::mentions::MentionsView>,
    descriptor: Option<SourceView>,
    facts: Vec<Fact>,
    docs: Option<DocsView>,
    links: Vec<LinkView>,
    labels: Vec<Pair>,
    annotations: Vec<Pair>,
}

#[derive(Serialize)]
struct Notice {
    severity: &'static str,
    text: String,
}

#[derive(Serialize)]
struct ApiView {
    facts: Vec<Fact>,
    definition_html: Option<String>,
    truncated: Option<String>,
    download_href: Option<String>,
    download_name: Option<String>,
    overview: Option<super::api::Overview>,
    not_fetched: Option<String>,
}

#[derive(Serialize)]
struct TemplateView {
    parameters: Vec<ParameterPage>,
    steps: Vec<StepView>,
}

#[derive(Serialize)]
struct ParameterPage {
    title: String,
    description: Option<String>,
    fields: Vec<ParameterView>,
}

#[derive(Serialize)]
struct ParameterView {
    name: String,
    title: Option<String>,
    #[serde(rename = "type")]
    value_type: Option<String>,
    required: bool,
    description: Option<String>,
    default: Option<String>,
}

#[derive(Serialize)]
struct StepView {
    id: String,
    name: String,
    action: String,
    condition: Option<String>,
}

#[derive(Serialize)]
struct TargetView {
    target: String,
    href: Option<String>,
    state: &'static str,
    entities: usize,
}

#[derive(Serialize)]
struct SourceView {
    html: String,
    lines: usize,
}

#[derive(Serialize)]
struct DocsView {
    title: String,
    href: String,
    entries: Vec<Way>,
    more: Option<Way>,
}

#[derive(Serialize)]
struct LinkView {
    title: String,
    href: String,
    icon: &'static str,
    host: Option<String>,
}

#[derive(Serialize)]
struct Pair {
    key: String,
    text: String,
    href: Option<String>,
}

/// The page of an entity, and the lists that are too long for it.
pub(super) fn pages(site: &Site<'_>, id: EntityId) -> Result<(), super::Error> {
    let entity = site.catalog.entity(id);
    let path = routes::entity_page(&entity.reference);
    let context = Context::new(site, &path);
    let mut long = Vec::new();
    let body = body(&context, entity, &mut long);
    let stem = path.rsplit('/').next().unwrap_or("").trim_end_matches(".html").to_owned();
    let common = Common {
        title: entity.title().to_owned(),
        root: routes::root(&path),
        section: match entity.reference.kind.as_str() {
            "API" => "apis",
            "Group" | "User" => "organisation",
            _ => "catalog",
        },
        description: super::context::description(entity),
        alternates: vec![
            Alternate {
                media: "application/json",
                href: crate::base::hosts::encoded(&format!("{stem}.json")),
                title: "JSON",
            },
            Alternate {
                media: "text/markdown",
                href: crate::base::hosts::encoded(&format!("{stem}.md")),
                title: "Markdown",
            },
        ],
    };
    let bytes = site.theme.render("entity.html", &common, &body)?;
    site.put(path, bytes)?;
    super::mentions::pages(site, entity)?;
    long.iter().try_for_each(|list| lists::long_list(site, list))
}

fn body(context: &Context<'_>, entity: &Entity, long: &mut Vec<lists::LongList>) -> Body {
    let (site, id) = (context.site, entity.id);
    let kind = entity.reference.kind.as_str();
    let findings = site.findings_of(id);
    let shown = findings.iter().take(MAX_FINDINGS).map(|finding| context.finding(finding, None)).collect();
    let mut tables = Tables::new(context, entity, long);
    let (own, groups) = tables.own();
    let relations = tables.relations();
    let (graph_svg, graph_note) = graph_svg::ego(context, id).map_or((None, None), |(svg, note)| (Some(svg), note));
    let kind_table = site.catalog.kind_of(entity);
    let (line_html, description_html) = super::described::view(context, entity);
    Body {
        entity: context.link(id),
        breadcrumbs: breadcrumbs(context, entity),
        line_html,
        description_html,
        spec_type: entity.spec_type().map(str::to_owned),
        lifecycle: entity.lifecycle().map(str::to_owned),
        owner: context.targets(id, RelationId::OWNED_BY).into_iter().next(),
        owner_expected: kind_table.references.iter().any(crate::model::ReferenceField::is_owner),
        system: container(context, id, "system"),
        actions: actions(context, entity),
        notices: notices(site, entity),
        findings: shown,
        findings_count: site.tally(id),
        findings_more: (findings.len() > MAX_FINDINGS).then(|| Way {
            title: format!("All {} findings", findings.len()),
            href: Some(context.href("reports/findings.html")),
        }),
        tables: own,
        groups,
        graph_svg,
        graph_note,
        api: (kind == "API").then(|| api_view(context, entity)).flatten(),
        related_apis: super::api::related(context, id),
        template: (kind == "Template").then(|| template_view(entity)),
        targets: if kind == "Location" { targets(context, entity) } else { Vec::new() },
        relations,
        decisions: super::decisions::view(context, id),
        mentions: super::mentions::view(context, id),
        descriptor: descriptor(site, entity),
        facts: facts(context, entity),
        docs: docs(context, id),
        links: links(entity),
        labels: entity
            .labels()
            .map(|(key, text)| Pair { key: key.to_owned(), text: text.to_owned(), href: None })
            .collect(),
        annotations: entity
            .annotations()
            .map(|(key, text)| Pair { key: key.to_owned(), text: text.to_owned(), href: web_url(text) })
            .collect(),
    }
}

fn web_url(text: &str) -> Option<String> {
    let is_web = text.starts_with("https://") || text.starts_with("http://");
    (is_web && crate::model::format::is_url(text)).then(|| crate::base::hosts::without_credentials(text))
}

/// What an entity is part of, by kind.
fn container(context: &Context<'_>, id: EntityId, kind: &str) -> Option<Link> {
    context.targets(id, RelationId::PART_OF).into_iter().find(|link| link.kind == kind)
}

/// From the whole to the part, where there is one; else from the list of the kind.
fn breadcrumbs(context: &Context<'_>, entity: &Entity) -> Vec<Way> {
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
    let mut ways = vec![Way { title: "Catalog".to_owned(), href: Some(context.href(&routes::list(None, 1))) }];
    if above.is_empty() {
        let kind = context.site.catalog.kind_of(entity);
        let list = routes::list(Some(&kind.name), 1);
        ways.push(Way { title: lists::plural(kind), href: Some(context.href(&list)) });
    }
    ways.extend(above.into_iter().rev().map(|link| Way { title: link.title, href: link.href }));
    ways.push(Way { title: entity.title().to_owned(), href: None });
    ways
}

fn actions(context: &Context<'_>, entity: &Entity) -> Vec<Action> {
    let site = context.site;
    let mut actions = Vec::new();
    if let Some(docs) = site.docs_home(entity.id) {
        actions.push(Action { title: "Documentation".to_owned(), icon: "docs", href: context.href(&docs) });
    }
    if site.apis.read(entity.id).is_some_and(super::api::has_reference) {
        let href = context.href(&routes::api_reference(&entity.reference));
        actions.push(Action { title: "API reference".to_owned(), icon: "api", href });
    }
    let annotated = |key: &str| entity.annotation(key).and_then(web_url);
    let source = annotated("backstage.io/source-location")
        .or_else(|| {
            entity.annotation("backstage.io/source-location").and_then(|text| web_url(text.strip_prefix("url:")?))
        })
        .or_else(|| annotated("backstage.io/view-url"))
        .or_else(|| site.folder_url(entity.file));
    if let Some(href) = source {
        actions.push(Action { title: "Source".to_owned(), icon: "source", href });
    }
    if let Some(href) = annotated("backstage.io/edit-url").or_else(|| site.edit_url(entity.file)) {
        actions.push(Action { title: "Edit descriptor".to_owned(), icon: "edit", href });
    }
    actions
}

fn notices(site: &Site<'_>, entity: &Entity) -> Vec<Notice> {
    let mut notices = Vec::new();
    if entity.imported {
        let text = "This entity comes from a directory and not from a descriptor: it is changed there.".to_owned();
        notices.push(Notice { severity: "note", text });
    }
    if site.docs_not_fetched(entity.id) {
        let text = "Its documentation is in a repository outside of what this build reads.".to_owned();
        notices.push(Notice { severity: "note", text });
    }
    notices
}

fn facts(context: &Context<'_>, entity: &Entity) -> Vec<Fact> {
    let (site, id) = (context.site, entity.id);
    let mut facts = Vec::new();
    facts.extend(Fact::entities("Owner", context.targets(id, RelationId::OWNED_BY)));
    for (label, kind) in [("System", "system"), ("Domain", "domain"), ("Part of", "component")] {
        let links = context.targets(id, RelationId::PART_OF).into_iter().filter(|link| link.kind == kind);
        facts.extend(Fact::entities(label, links));
    }
    facts.extend(Fact::entities("Parent", context.targets(id, RelationId::CHILD_OF)));
    if let Some(text) = entity.spec_type() {
        facts.push(Fact::text("Type", text));
    }
    if let Some(text) = entity.lifecycle() {
        facts.push(Fact::styled("Lifecycle", text, "lifecycle", None));
    }
    if let Some(email) = entity.text(&["spec", "profile", "email"]) {
        let href = email.contains('@').then(|| format!("mailto:{email}"));
        facts.push(Fact::styled("E-mail", email, "text", href));
    }
    for (kind, url) in api::remotes(entity) {
        facts.push(Fact::styled("Remote", format!("{kind}: {url}"), "mono", None));
    }
    facts.extend(own_facts(site, entity));
    facts.push(Fact::mono("Namespace", entity.reference.namespace.clone()));
    let tags: Vec<FactValue> = entity
        .tags()
        .map(|tag| FactValue { text: Some(tag.to_owned()), style: "tag", ..FactValue::default() })
        .collect();
    if !tags.is_empty() {
        facts.push(Fact { label: "Tags".to_owned(), entries: tags });
    }
    let place = entity.place("/metadata/name");
    let repository = &site.sources.repository(site.sources.repo_of(entity.file)).name;
    let line = site.sources.text(entity.file).map_or(1, |text| text.position(entity.root.span.start).line);
    let separator = if repository.is_empty() { "" } else { "/" };
    let text = format!("{repository}{separator}{}:{line}", site.sources.path(entity.file));
    facts.push(Fact::styled("Source", text, "mono", context.place_url(place)));
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

fn api_view(context: &Context<'_>, entity: &Entity) -> Option<ApiView> {
    let site = context.site;
    match site.apis.of(entity.id).map(|api| &api.state) {
        Some(api::State::Read(read)) => {
            let definition = &read.definition;
            let overview = super::api::own(context, entity, read);
            let lines = definition.text.lines().count();
            // With a reference beside it the source is hardly read here.
            let most = if overview.is_some() { MAX_LINES_BESIDE_REFERENCE } else { MAX_DEFINITION_LINES };
            let head: String = definition.text.split_inclusive('\n').take(most).collect();
            let shown = &head[..head.floor_char_boundary(MAX_DEFINITION_BYTES)];
            let mut facts = vec![Fact::text("Format", definition.format.clone())];
            facts.extend(definition.title.as_ref().map(|title| Fact::text("Title", title.clone())));
            facts.extend(definition.version.as_ref().map(|version| Fact::mono("Version", version.clone())));
            let reference = &read.reference;
            facts.extend(reference.servers.first().map(|server| Fact::mono("Server", server.url.clone())));
            let schemes: Vec<&str> = reference.schemes.iter().map(|scheme| scheme.kind.as_str()).collect();
            if !schemes.is_empty() {
                facts.push(Fact::text("Authentication", schemes.join(", ")));
            }
            facts.push(Fact::text("Size", crate::report::count(lines, "line")));
            facts.extend(super::docs::changed_day(site, &read.files).map(|day| Fact::text("Last changed", day)));
            facts.extend(definition.file.map(|file| Fact::mono("File", site.sources.path(file))));
            let download = routes::api_definition(&entity.reference, definition.extension);
            Some(ApiView {
                facts,
                definition_html: Some(crate::markdown::highlight(shown, definition.language, site.memo)),
                truncated: match (shown.len() < head.len(), lines > most) {
                    (true, _) => Some("Only its beginning is shown. The download has all.".to_owned()),
                    (_, true) => Some(format!("The first {most} of {lines} lines are shown. The download has all.")),
                    _ => None,
                },
                download_href: Some(context.href(&download)),
                download_name: Some(format!("{}.{}", entity.reference.name, definition.extension)),
                overview,
                not_fetched: None,
            })
        }
        Some(api::State::NotFetched(url)) => Some(ApiView {
            facts: Vec::new(),
            definition_html: None,
            truncated: None,
            download_href: None,
            download_name: None,
            overview: None,
            not_fetched: Some(url.clone()),
        }),
        None if api::needs_definition(entity) => Some(ApiView {
            facts: Vec::new(),
            definition_html: None,
            truncated: None,
            download_href: None,
            download_name: None,
            overview: None,
            not_fetched: None,
        }),
        None => None,
    }
}

fn template_view(entity: &Entity) -> TemplateView {
    let parameters = entity.root.at(&["spec", "parameters"]);
    let pages: Vec<&Node> = match parameters {
        Some(Node { value: Value::List(items), .. }) => items.iter().collect(),
        Some(node) => vec![node],
        None => Vec::new(),
    };
    let text = |node: &Node, key: &str| node.get(key).and_then(Node::as_str).map(str::to_owned);
    let steps = entity.root.at(&["spec", "steps"]).map(Node::items).unwrap_or_default();
    TemplateView {
        parameters: pages
            .iter()
            .map(|page| ParameterPage {
                title: text(page, "title").unwrap_or_else(|| "Parameters".to_owned()),
                description: text(page, "description"),
                fields: fields(page),
            })
            .collect(),
        steps: steps
            .iter()
            .enumerate()
            .map(|(index, step)| StepView {
                id: text(step, "id").unwrap_or_else(|| format!("step-{}", index + 1)),
                name: text(step, "name").or_else(|| text(step, "id")).unwrap_or_else(|| format!("Step {}", index + 1)),
                action: text(step, "action").unwrap_or_default(),
                condition: step.get("if").and_then(Node::scalar_text),
            })
            .collect(),
    }
}

fn fields(page: &Node) -> Vec<ParameterView> {
    let required: Vec<&str> =
        page.get("required").map(Node::items).unwrap_or_default().iter().filter_map(Node::as_str).collect();
    let properties = page.get("properties").map(Node::entries).unwrap_or_default();
    let text = |node: &Node, key: &str| node.get(key).and_then(Node::as_str).map(str::to_owned);
    properties
        .iter()
        .map(|entry| ParameterView {
            name: entry.key.to_string(),
            title: text(&entry.value, "title"),
            value_type: text(&entry.value, "ui:field").or_else(|| text(&entry.value, "type")),
            required: required.contains(&&*entry.key),
            description: text(&entry.value, "description"),
            default: entry.value.get("default").and_then(Node::scalar_text),
        })
        .collect()
}

fn targets(context: &Context<'_>, entity: &Entity) -> Vec<TargetView> {
    use crate::base::{Resolution, sources::is_glob};
    let site = context.site;
    let spec = entity.root.get("spec");
    let one = spec.and_then(|spec| spec.get("target")).into_iter();
    let many = spec.and_then(|spec| spec.get("targets")).map(Node::items).unwrap_or_default().iter();
    one.chain(many)
        .filter_map(Node::as_str)
        .map(|target| {
            let files = if is_glob(target) && !target.contains("://") {
                site.sources.glob(entity.file, target).unwrap_or_default()
            } else {
                match site.sources.resolve(entity.file, target) {
                    Resolution::File(file) => vec![file],
                    _ => Vec::new(),
                }
            };
            let entities = files.iter().map(|file| site.entities_in(*file)).sum();
            let elsewhere = target.contains("://") && files.is_empty();
            let href = match files[..] {
                [file] => site.file_url(file),
                _ => None,
            };
            let state = if elsewhere {
                "not fetched"
            } else if files.is_empty() {
                "missing"
            } else {
                "read"
            };
            TargetView { target: target.to_owned(), href: href.or_else(|| web_url(target)), state, entities }
        })
        .collect()
}

fn descriptor(site: &Site<'_>, entity: &Entity) -> Option<SourceView> {
    if entity.imported {
        return None;
    }
    let text = site.sources.text(entity.file).ok()?;
    let source = text.slice(entity.span);
    let source = source.trim_start_matches("---").trim_start_matches('\n').trim_end();
    Some(SourceView { html: crate::markdown::highlight(source, "yaml", site.memo), lines: source.lines().count() })
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
            title: format!("{rest} more {}", if rest == 1 { "page" } else { "pages" }),
            href: Some(context.href(home)),
        }),
    })
}

fn links(entity: &Entity) -> Vec<LinkView> {
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
