//! Reports: questions about the whole catalog, each with a page that says what it is and why one
//! would care. A report is made of plain rows, which become views page by page.

mod by_rule;
mod findings;
mod gaps;
mod orphans;
mod ownership;
mod rules;
mod uses;

pub(super) use by_rule::{by_owner, by_rule};
pub(super) use findings::{findings, findings_path};
pub(super) use rules::{RULES_PATH, rules};

use serde::Serialize;

use crate::base::FileId;
use crate::diagnostics::Level;
use crate::model::{EntityId, EntityRef, RelationId};
use crate::routes;
use crate::theme::said;

use super::context::{Context, description, severity};
use super::lists::{self, common};
use super::views::{Link, Pages, Way};
use super::{Error, Site, ThemeError};

/// Entities that a row names; the others are counted.
const NAMED: usize = 6;

/// A report.
pub(super) struct Report {
    /// Its name in paths.
    name: &'static str,
    /// Its title.
    pub(super) title: &'static str,
    /// What it is, and why one would care.
    why: &'static str,
    icon: &'static str,
    /// Its tables, each with pages of its own.
    pub(super) parts: Vec<Part>,
}

/// A table of a report.
pub(super) struct Part {
    /// Its name in paths; empty for the first.
    name: &'static str,
    title: &'static str,
    /// A sentence over the table.
    note: Option<&'static str>,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
    /// What an empty table means.
    empty: &'static str,
    /// Whether an empty table is good.
    good: bool,
    /// What it is a part of, where it is the part that lacks something.
    pub(super) of: Option<Whole>,
}

/// All of those of which some lack something.
#[derive(Clone, Copy)]
pub(super) struct Whole {
    /// What the others have.
    pub(super) label: &'static str,
    /// How many there are.
    pub(super) count: usize,
}

/// A column of a table.
#[derive(Clone, Copy, Serialize)]
struct Column {
    title: &'static str,
    is_number: bool,
}

/// What stands in a row.
enum Cell {
    /// An entity, with its description.
    Entity(EntityId),
    /// Something that is not in view.
    Missing(EntityRef),
    /// The owner of an entity.
    Owner(EntityId),
    /// Some of many entities.
    Entities(Vec<EntityId>),
    /// A way round, and how many more entities it leads through.
    Circle(Vec<EntityId>),
    /// A number.
    Number(usize),
    /// So many findings.
    Findings(usize, Level),
    /// Text, with `code` in it.
    Text(String),
    /// What the compiler says of itself, which is English in every language.
    English(String),
    /// A code that leads to a page.
    Code { text: &'static str, page: String },
    /// Text that leads to a page.
    Way { text: String, page: String },
    /// A file.
    File(FileId),
    /// Nothing.
    Nothing,
}

impl Column {
    fn text(title: &'static str) -> Self {
        Self { title, is_number: false }
    }

    fn number(title: &'static str) -> Self {
        Self { title, is_number: true }
    }
}

impl Part {
    fn new(name: &'static str, title: &'static str, empty: &'static str) -> Self {
        let (columns, rows) = (Vec::new(), Vec::new());
        Self { name, title, note: None, columns, rows, empty, good: true, of: None }
    }

    /// A table of entities with kind and owner.
    fn of_entities(self, site: &Site<'_>, ids: &[EntityId]) -> Self {
        let row = |&id: &EntityId| {
            let entity = site.catalog.entity(id);
            let kind = site.kind_label(id);
            vec![
                Cell::Entity(id),
                Cell::Text(kind),
                Cell::Text(entity.spec_type().unwrap_or("").to_owned()),
                Cell::Owner(id),
            ]
        };
        let columns = [said("Entity"), said("Kind"), said("Type"), said("Owner")].map(Column::text).to_vec();
        Self { columns, rows: ids.iter().map(row).collect(), ..self }
    }

    /// How many rows it has.
    pub(super) fn count(&self) -> usize {
        self.rows.len()
    }
}

impl Report {
    /// The first page of a part.
    pub(super) fn path(&self, part: &Part) -> String {
        routes::report(self.name, part.name, 1)
    }
}

#[derive(Serialize)]
struct Index {
    heading: &'static str,
    reports: Vec<ReportCard>,
}

#[derive(Serialize)]
struct ReportCard {
    title: &'static str,
    why: &'static str,
    icon: &'static str,
    href: String,
    parts: Vec<PartView>,
}

#[derive(Serialize)]
struct PartView {
    title: &'static str,
    count: usize,
    href: String,
    current: bool,
    good: bool,
}

#[derive(Serialize)]
struct Body {
    breadcrumbs: Vec<Way>,
    heading: &'static str,
    part: &'static str,
    parts: Vec<PartView>,
    note: Option<&'static str>,
    total: usize,
    of: Option<usize>,
    columns: Vec<Column>,
    rows: Vec<RowView>,
    pages: Option<Pages>,
    empty: &'static str,
    good: bool,
}

#[derive(Serialize)]
struct RowView {
    cells: Vec<CellView>,
}

#[derive(Default, Serialize)]
struct CellView {
    style: &'static str,
    entities: Vec<Link>,
    more: usize,
    /// Where the others are.
    more_href: Option<String>,
    text: Option<String>,
    href: Option<String>,
    count: Option<usize>,
}

/// All reports, in the order of their index.
pub(super) fn all(site: &Site<'_>, rules: &[by_rule::OfRule<'_>], owners: &[by_rule::OfOwner<'_>]) -> Vec<Report> {
    vec![
        ownership::report(site),
        gaps::report(site),
        uses::impact(site),
        uses::deprecated(site),
        uses::cycles(site),
        orphans::report(site),
        by_rule::report(site, rules, owners),
    ]
}

/// The index of the reports, and their pages.
pub(super) fn pages(site: &Site<'_>, reports: &[Report]) -> Result<(), Error> {
    let context = Context::new(site, routes::REPORTS);
    let cards = reports.iter().map(|report| ReportCard {
        title: report.title,
        why: report.why,
        icon: report.icon,
        href: context.href(&routes::report(report.name, "", 1)),
        parts: parts(&context, report, None),
    });
    let body = Index { heading: said("Reports"), reports: cards.collect() };
    let texts = site.texts();
    let text =
        texts.t("What the catalog says about itself: who answers for what, what is missing, and what rests on what.");
    let common = common(routes::REPORTS, texts.t("Reports").to_owned(), "findings", Some(text.to_owned()));
    site.put(routes::REPORTS.to_owned(), site.theme.render("reports.html", &common, &body)?)?;
    reports.iter().try_for_each(|report| report.parts.iter().try_for_each(|part| part_pages(site, report, part)))
}

fn part_pages(site: &Site<'_>, report: &Report, part: &Part) -> Result<(), Error> {
    lists::paged(
        site,
        part.rows.len(),
        &|page| routes::report(report.name, part.name, page),
        &|context, range, pages| {
            let (title, part_title) = (site.texts().t(report.title), site.texts().t(part.title));
            let of = if part.name.is_empty() { String::new() } else { format!(": {part_title}") };
            let title = lists::numbered(site, &format!("{title}{of}"), range.start);
            let way = Way { title: site.t("Reports"), href: Some(context.href(routes::REPORTS)) };
            let body = Body {
                breadcrumbs: vec![way, Way { title: site.texts().t(report.title).to_owned(), href: None }],
                heading: report.title,
                part: part.title,
                parts: parts(context, report, Some(part)),
                note: part.note,
                total: part.rows.len(),
                of: part.of.map(|of| of.count),
                columns: part.columns.clone(),
                rows: part.rows[range].iter().map(|row| row_view(context, row)).collect(),
                pages,
                empty: part.empty,
                good: part.good,
            };
            let common = common(context.from, title, "findings", Some(site.texts().t(report.why).to_owned()));
            let bytes: Result<Vec<u8>, ThemeError> = site.theme.render("report.html", &common, &body);
            bytes
        },
    )
}

fn parts(context: &Context<'_>, report: &Report, current: Option<&Part>) -> Vec<PartView> {
    let view = |part: &Part| PartView {
        title: part.title,
        count: part.rows.len(),
        href: context.href(&report.path(part)),
        current: current.is_some_and(|current| current.name == part.name),
        good: part.good,
    };
    report.parts.iter().map(view).collect()
}

fn row_view(context: &Context<'_>, row: &[Cell]) -> RowView {
    let mut cells: Vec<CellView> = row.iter().map(|cell| cell_view(context, cell)).collect();
    let of_row = cells.iter().find(|cell| cell.style == "entity").and_then(|cell| cell.entities.first()?.href.clone());
    for cell in cells.iter_mut().filter(|cell| cell.more > 0) {
        // A way round goes on from the last that is named.
        let last = cell.entities.last().filter(|_| cell.style == "circle").and_then(|link| link.href.clone());
        cell.more_href = last.or_else(|| of_row.clone());
    }
    RowView { cells }
}

fn cell_view(context: &Context<'_>, cell: &Cell) -> CellView {
    let site = context.site;
    let links = |ids: &[EntityId], most: usize| ids.iter().take(most).map(|&id| context.link(id)).collect::<Vec<_>>();
    let entities = |style, entities, more| CellView { style, entities, more, ..CellView::default() };
    let text = |style, text: &str, href| CellView { style, text: Some(text.to_owned()), href, ..CellView::default() };
    match cell {
        Cell::Entity(id) => {
            let text = description(site.catalog.entity(*id));
            CellView { text, ..entities("entity", vec![context.link(*id)], 0) }
        }
        Cell::Missing(reference) => entities("entity", vec![context.missing(reference)], 0),
        Cell::Owner(id) => {
            entities("links", context.targets(*id, RelationId::OWNED_BY).into_iter().take(1).collect(), 0)
        }
        Cell::Entities(ids) => entities("links", links(ids, NAMED), ids.len().saturating_sub(NAMED)),
        Cell::Circle(ids) => entities("circle", links(ids, 2 * NAMED), ids.len().saturating_sub(2 * NAMED)),
        Cell::Number(count) => CellView { style: "number", count: Some(*count), ..CellView::default() },
        Cell::Findings(count, level) => CellView {
            style: "findings",
            count: Some(*count),
            text: Some(severity(*level).to_owned()),
            ..CellView::default()
        },
        Cell::Text(words) => text("text", words, None),
        Cell::English(words) => text("english", words, None),
        Cell::Code { text: code, page } => text("code", code, Some(context.href(page))),
        Cell::Way { text: words, page } => text("text", words, Some(context.href(page))),
        Cell::File(file) => {
            let repository = site.sources.repository(site.sources.repo_of(*file));
            text("file", &format!("{}/{}", repository.name, site.sources.path(*file)), site.file_url(*file))
        }
        Cell::Nothing => CellView { style: "text", ..CellView::default() },
    }
}
