//! What stands in a description: it is Markdown, and what goes wrong in it is told where it stands
//! in the descriptor. `dead-link` for relative links, which lead nowhere from the page of an
//! entity, and the rules of pages for references, diagrams, formulas and limits.

use std::ops::Range;

use crate::base::{NoMemo, Place};
use crate::diagnostics::{DEAD_LINK, DOCS_REFERENCE, Diagnostic, Level, MARKDOWN_LIMIT};
use crate::docs::shown_as_source;
use crate::markdown::{self, Link, Options, Rendered};
use crate::model::{Context, Entity, EntityRef};
use crate::yaml::span_inside;

use super::super::Input;

const POINTER: &str = "/metadata/description";
/// Most findings in one description: for each the text is walked through from its start.
const MAX_FINDINGS: usize = 50;
/// What a description holds that something can be said of.
const SIGNS: [char; 6] = ['[', '`', '$', '<', '~', '>'];
/// Longest description without any of these that is not looked into.
const SHORT: usize = 4_096;

pub(in crate::check) fn check(entity: &Entity, input: &Input<'_>, out: &mut Vec<Diagnostic>) {
    let Some(text) = entity.description() else { return };
    if text.len() <= SHORT && !text.contains(SIGNS) && !text.contains("entity:") {
        return;
    }
    let rendered = markdown::render(text, &Options::FRAGMENT, &NoMemo);
    for (finding, part) in findings(&rendered, input).into_iter().take(MAX_FINDINGS) {
        let place = place(entity, input, text, part);
        out.push(finding.at(place.file, place.span).pointer(POINTER).entity(entity.key()));
    }
}

/// The findings, each with the part of the text that it is about.
fn findings(rendered: &Rendered, input: &Input<'_>) -> Vec<(Diagnostic, Range<usize>)> {
    let links = rendered.links.iter().filter(|link| !link.kind.is_image());
    let links = links.filter_map(|link| Some((of_link(link, input)?, link.span.range())));
    let undrawn = rendered.undrawn.iter().map(|undrawn| (shown_as_source(undrawn), undrawn.span.range()));
    let problems = rendered.problems.iter().map(|problem| {
        let message = format!("in the description, {}", problem.kind.message());
        (Diagnostic::new(&MARKDOWN_LIMIT, message), problem.span.range())
    });
    links.chain(undrawn).chain(problems).collect()
}

fn of_link(link: &Link, input: &Input<'_>) -> Option<Diagnostic> {
    if let Some(reference) = markdown::reference_of(link) {
        return of_reference(reference, input);
    }
    let target = link.target.trim();
    if target.is_empty() || target.contains(':') || target.starts_with("//") {
        return None;
    }
    let message = format!("the link `{target}` in the description leads nowhere");
    let help = "a description is shown on many pages: write the URL in full";
    Some(Diagnostic::new(&DEAD_LINK, message).subject(target).help(help))
}

/// A reference to an entity that is not there. What does not begin with a known kind is text.
fn of_reference(text: &str, input: &Input<'_>) -> Option<Diagnostic> {
    let catalog = input.catalog;
    let text = text.split('#').next().unwrap_or(text).trim();
    let reference = EntityRef::parse(text, Context::default()).ok()?;
    catalog.kinds.find(&reference.kind)?;
    let is_owner = ["group", "user"].iter().any(|kind| reference.kind.eq_ignore_ascii_case(kind));
    let is_known = catalog.index.contains_key(&reference.key())
        || catalog.is_external(&reference)
        || catalog.elsewhere(&reference).is_some()
        || catalog.is_broken(&reference.key())
        || (is_owner && !catalog.has_groups());
    if is_known {
        return None;
    }
    let name = match reference.namespace.as_str() {
        "default" => reference.name.clone(),
        namespace => format!("{namespace}/{}", reference.name),
    };
    let message = format!("there is no {} `{name}`", reference.kind.to_lowercase());
    let finding = Diagnostic::new(&DOCS_REFERENCE, message).subject(reference.key());
    Some(if input.is_open() {
        finding
            .with_level(Level::Note)
            .help("the rest of the organisation was not in view: check the whole workspace, or declare it under `external:` in catalog-config.yaml")
    } else {
        finding.help("describe it in a descriptor, or declare it under `external:` in catalog-config.yaml")
    })
}

/// Where a part of the description stands: exactly where the file holds its text, else all of it.
fn place(entity: &Entity, input: &Input<'_>, text: &str, part: Range<usize>) -> Place {
    let whole = entity.place(POINTER);
    let exact = input.sources.text(whole.file).ok().and_then(|file| {
        let part = part.start..part.end.min(text.len());
        span_inside(file.slice(whole.span), whole.span.start as usize, text, part)
    });
    exact.map_or(whole, |span| Place::new(whole.file, span))
}
