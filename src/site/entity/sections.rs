//! The bar of a page: its sections, in their order, each only where it is there.

use serde::Serialize;

use crate::theme::Texts;

use super::super::team::Team;
use super::super::views::{Table, Tally};
use super::super::whole::Whole;
use super::Body;

#[derive(Serialize)]
pub(super) struct Section {
    id: String,
    title: String,
    count: Option<usize>,
    severity: Option<&'static str>,
}

/// The sections of a page; none where there is nothing to choose from.
pub(super) fn of(body: &Body, texts: &Texts) -> Vec<Section> {
    let mut out = vec![section("overview", texts.t("Overview"))];
    if let Some(whole) = &body.whole {
        out.extend(of_whole(whole, texts));
    }
    if let Some(team) = &body.team {
        out.extend(of_team(team, texts));
    }
    out.extend(body.tables.iter().map(of_table));
    if let Some(template) = &body.template {
        out.push(counted("parameters", texts.t("What it asks"), template.asked()));
        out.push(counted("steps", texts.t("What it does"), template.done()));
    }
    if !body.targets.is_empty() {
        out.push(counted("targets", texts.t("Targets"), body.targets.len()));
    }
    if body.api.is_some() {
        out.push(section("definition", texts.t("API")));
    }
    if body.has_dependencies() {
        // People and teams do not depend on each other.
        let are_people = matches!(body.entity.kind.as_str(), "group" | "user");
        let title = if are_people { texts.t("Relations") } else { texts.t("Dependencies") };
        out.push(section("dependencies", title));
    }
    if let Some(impact) = body.impact.as_ref().filter(|impact| impact.has_any()) {
        out.push(counted("impact", texts.t("What breaks"), impact.total));
    }
    if !body.api_tables.is_empty() || !body.related_apis.is_empty() {
        let count = body.api_tables.iter().map(|table| table.count).sum();
        out.push(counted("apis", texts.t("APIs"), count));
    }
    if body.has_docs() {
        out.push(section("docs", texts.t("Docs")));
    }
    out.extend(found("findings", texts.t("Findings"), body.findings_count));
    if body.descriptor.is_some() {
        out.push(section("descriptor", texts.t("Descriptor")));
    }
    if body.json.is_some() {
        out.push(section("json", texts.t("JSON")));
    }
    out
}

fn section(id: &str, title: &str) -> Section {
    Section { id: id.to_owned(), title: title.to_owned(), count: None, severity: None }
}

fn counted(id: &str, title: &str, count: usize) -> Section {
    Section { count: Some(count), ..section(id, title) }
}

fn of_table(table: &Table) -> Section {
    counted(&table.id, &table.title, table.count)
}

/// Findings by their number, with the severity of the gravest; `None` where there are none.
fn found(id: &str, title: &str, tally: Tally) -> Option<Section> {
    let count = tally.errors + tally.warnings + tally.notes;
    let severity = match (tally.errors, tally.warnings) {
        (1.., _) => "error",
        (_, 1..) => "warning",
        _ => "note",
    };
    (count > 0).then(|| Section { severity: Some(severity), ..counted(id, title, count) })
}

/// Those who use what the page is about, and what it uses.
fn sides(used_by: usize, uses: usize, texts: &Texts) -> impl Iterator<Item = Section> {
    let sides = [("used-by", texts.t("Used by"), used_by), ("uses", texts.t("Uses"), uses)];
    sides.into_iter().filter(|(.., total)| *total > 0).map(|(id, title, total)| counted(id, title, total))
}

/// The drawing of a system or a domain, and what crosses its border.
fn of_whole(whole: &Whole, texts: &Texts) -> Vec<Section> {
    let drawing = whole.graph_svg.is_some().then(|| section("inside", texts.t("Inside and around")));
    drawing.into_iter().chain(sides(whole.used_by.total, whole.uses.total, texts)).collect()
}

/// What a team owns, what of that is broken, who needs it, who is in it, and where it stands.
fn of_team(team: &Team, texts: &Texts) -> Vec<Section> {
    let mut out = vec![of_table(&team.owned)];
    out.extend(team.broken.as_ref().and_then(|broken| found("broken", texts.t("What is broken"), broken.tally)));
    out.extend(sides(team.used_by.total, team.uses.total, texts));
    out.extend(team.apis.as_ref().map(of_table));
    if team.docs_total > 0 {
        out.push(counted("team-docs", texts.t("Docs"), team.docs_total));
    }
    if team.members.count > 0 {
        out.push(of_table(&team.members));
    }
    if team.chart_svg.is_some() {
        out.push(section("groups", texts.t("In the organisation")));
    }
    out
}
