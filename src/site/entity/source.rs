//! The descriptor of an entity as it was written, comments and all: highlighted, with links on the
//! references that resolve, marks on those that do not, and what was found in it below its line.
//! And the same entity as programs get it.

use std::fmt::Write as _;
use std::ops::Range;

use serde::Serialize;

use crate::base::Text;
use crate::markdown::{Mark, escape, highlight, with_marks};
use crate::model::{Entity, Target};
use crate::report::Finding;
use crate::routes;

use super::super::Site;
use super::super::context::{Context, severity};

/// Most lines that are shown; the source host, or the JSON beside the page, has all.
const MAX_LINES: usize = 300;
/// Most bytes: what a program wrote may be one line.
const MAX_BYTES: usize = 24 * 1024;
/// Most lines of JSON: the file is one click away.
const MAX_JSON_LINES: usize = 150;

#[derive(Serialize)]
pub(super) struct SourceView {
    html: String,
    lines: usize,
    /// How many lines are shown, where these are not all.
    shown: Option<usize>,
    /// All of it.
    href: Option<String>,
    file: Option<String>,
}

/// The descriptor; none for what comes from a directory.
pub(super) fn descriptor(context: &Context<'_>, entity: &Entity) -> Option<SourceView> {
    let site = context.site;
    if entity.imported {
        return None;
    }
    let text = site.sources.text(entity.file).ok()?;
    let whole = trimmed(text.slice(entity.span), entity.span.start as usize);
    let source = &text.as_str()[whole.clone()];
    let lines = source.lines().count();
    let range = whole.start..whole.start + head(source, MAX_LINES).len();
    let html = numbered(context, entity, &text, range.clone());
    let shown = text.as_str()[range].lines().count();
    let repository = &site.sources.repository(site.sources.repo_of(entity.file)).name;
    let separator = if repository.is_empty() { "" } else { "/" };
    Some(SourceView {
        html,
        lines,
        shown: (shown < lines).then_some(shown),
        href: context.place_url(entity.place("/metadata/name")),
        file: Some(format!("{repository}{separator}{}", site.sources.path(entity.file))),
    })
}

/// The entity as its JSON file has it.
pub(super) fn json(context: &Context<'_>, entity: &Entity) -> Option<SourceView> {
    let site = context.site;
    let bytes = site.public().short_json(entity).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let lines = text.lines().count();
    let shown = head(&text, MAX_JSON_LINES);
    let count = shown.lines().count();
    Some(SourceView {
        html: highlight(shown, "json", context.site.memo),
        lines,
        shown: (count < lines).then_some(count),
        href: site.has_twins().then(|| context.href(&routes::entity_json(&entity.reference))),
        file: None,
    })
}

/// The bytes of a document without the marker before it and the white space around it.
fn trimmed(source: &str, start: usize) -> Range<usize> {
    let body = source.trim_start_matches("---").trim_start_matches(['\n', ' ']);
    let start = start + source.len() - body.len();
    start..start + body.trim_end().len()
}

/// The first lines of a text that are shown.
fn head(text: &str, most: usize) -> &str {
    let end = text.match_indices('\n').nth(most - 1).map_or(text.len(), |(at, _)| at);
    &text[..text.floor_char_boundary(end.min(MAX_BYTES))]
}

/// Lines with their numbers in the file, links, and findings below the lines they point at.
fn numbered(context: &Context<'_>, entity: &Entity, text: &Text, range: Range<usize>) -> String {
    let source = &text.as_str()[range.clone()];
    let html =
        with_marks(&highlight(source, "yaml", context.site.memo), source, &marks(context, entity, source, range.start));
    let first = text.position(u32::try_from(range.start).unwrap_or(0)).line;
    let findings = findings(context.site, entity, text);
    let mut out = String::with_capacity(html.len() + html.len() / 4);
    for (line, number) in html.split('\n').zip(first..) {
        let mut here = findings.iter().filter(|(at, _)| *at == number).peekable();
        let tone = here.peek().map_or(String::new(), |(_, (found, _))| format!(" is-{}", severity(found.level)));
        let _ = writeln!(out, "<span class=\"line{tone}\" data-n=\"{number}\">{line}\n</span>");
        // The line feed stands inside of the line, which is a block.
        out.pop();
        for (_, (found, _)) in here {
            let level = severity(found.level);
            let _ = write!(
                out,
                "<a class=\"line-finding is-{level}\" href=\"{}\">{}<span class=\"visually-hidden\"> ({level})</span></a>",
                escape(&context.href(&found.rule.page())),
                escape(&found.message.replace('`', ""))
            );
        }
    }
    out
}

/// Findings that point into the descriptor, by line.
fn findings<'a>(site: &'a Site<'_>, entity: &Entity, text: &Text) -> Vec<(usize, &'a Finding)> {
    let of_entity = site.findings_of(entity.id);
    let here = of_entity.into_iter().filter_map(|finding| {
        let place = finding.0.place.filter(|place| place.file == entity.file)?;
        Some((text.position(place.span.start).line, finding))
    });
    here.collect()
}

/// A link on each reference that leads to an entity, and a mark on each that does not.
fn marks(context: &Context<'_>, entity: &Entity, source: &str, start: usize) -> Vec<Mark> {
    let catalog = context.site.catalog;
    let mut marks: Vec<Mark> = Vec::new();
    for reference in catalog.references_of(entity.id) {
        let place = catalog.place(reference);
        let (from, to) = (place.span.start as usize, place.span.end as usize);
        if place.file != entity.file || from < start || to > start + source.len() {
            continue;
        }
        let range = scalar(source, from - start..to - start);
        let (open, close) = match &reference.target {
            Target::Entity(id) => {
                let link = context.link(*id);
                (format!("<a class=\"ref\" href=\"{}\">", escape(&link.href.unwrap_or_default())), "</a>")
            }
            Target::Unresolved(target) => {
                let why = context.site.texts().with("{entity} is not in this catalog", &[("entity", &target.key())]);
                (format!("<span class=\"ref missing\" title=\"{}\">", escape(&why)), "</span>")
            }
            Target::Malformed(_) => ("<span class=\"ref missing\">".to_owned(), "</span>"),
        };
        marks.push(Mark { range, open, close });
    }
    marks.sort_by_key(|mark| mark.range.start);
    marks.dedup_by(|later, earlier| later.range.start < earlier.range.end);
    marks
}

/// What a scalar holds: without its quotes, and of several lines the first.
fn scalar(source: &str, range: Range<usize>) -> Range<usize> {
    let text = &source[range.clone()];
    let line = text.split('\n').next().unwrap_or("").trim_end();
    let quoted = line.len() > 1 && line.starts_with(['"', '\'']) && line.ends_with(['"', '\'']);
    let quote = usize::from(quoted);
    range.start + quote..range.start + line.len() - quote
}
