//! The bar of a page: its sections, in their order, each only where it is there.

use serde::Serialize;

use crate::theme::Texts;

use super::Body;

#[derive(Serialize)]
pub(super) struct Section {
    id: &'static str,
    title: String,
    count: Option<usize>,
    severity: Option<&'static str>,
}

/// The sections of a page; none where there is nothing to choose from.
pub(super) fn of(body: &Body, texts: &Texts) -> Vec<Section> {
    let section = |id, title: &str| Section { id, title: title.to_owned(), count: None, severity: None };
    let counted = |id, title: &str, count| Section { count: Some(count), ..section(id, title) };
    let mut out = vec![section("overview", texts.t("Overview"))];
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
    if !body.api_tables.is_empty() || !body.related_apis.is_empty() {
        let count = body.api_tables.iter().map(|table| table.count).sum();
        out.push(counted("apis", texts.t("APIs"), count));
    }
    if body.has_docs() {
        out.push(section("docs", texts.t("Docs")));
    }
    let tally = body.findings_count;
    let count = tally.errors + tally.warnings + tally.notes;
    if count > 0 {
        let severity = match (tally.errors, tally.warnings) {
            (1.., _) => "error",
            (_, 1..) => "warning",
            _ => "note",
        };
        out.push(Section { severity: Some(severity), ..counted("findings", texts.t("Findings"), count) });
    }
    if body.descriptor.is_some() {
        out.push(section("descriptor", texts.t("Descriptor")));
    }
    if body.json.is_some() {
        out.push(section("json", texts.t("JSON")));
    }
    out
}
