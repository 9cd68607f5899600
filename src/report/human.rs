//! Findings as rustc shows them. The only module that names the snippet renderer.

use std::fmt::Write as _;

use annotate_snippets::renderer::{DEFAULT_TERM_WIDTH, DecorStyle};
use annotate_snippets::{Annotation, AnnotationKind, Group, Level as SnippetLevel, Origin, Renderer, Snippet};

use crate::base::{Place, Sources, Span, Text};
use crate::diagnostics::{At, Diagnostic, Level, Related};
use crate::model::Catalog;

use super::run::{prefixed, tally};
use super::{Finding, Summary, count};

/// How to show findings.
#[derive(Debug, Clone)]
pub struct Style {
    /// Whether to use colour.
    pub color: bool,
    /// The width of the terminal.
    pub width: Option<usize>,
    /// The path that was asked for, put before the paths of files.
    pub prefix: String,
}

/// Lines shown around a place.
const CONTEXT_LINES: usize = 0;
/// Longest line that is shown.
const MAX_LINE: usize = 2_000;
/// How far away a related place may be to be shown in the same snippet.
const NEAR: usize = 8;

/// Writes findings, each with an empty line after it.
pub fn findings(findings: &[Finding], sources: &dyn Sources, style: &Style) -> String {
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(style.width.unwrap_or(DEFAULT_TERM_WIDTH));
    let mut out = String::new();
    for (finding, _) in findings {
        let _ = writeln!(out, "{}\n", render(finding, sources, style, &renderer));
    }
    out
}

/// The last line: what was read and what was found.
pub fn summary(summary: &Summary, catalog: &Catalog) -> String {
    outcome(&read(summary, catalog), summary)
}

/// The same, with something else that was looked at.
pub fn outcome(looked_at: &str, summary: &Summary) -> String {
    let numbers = tally(summary.errors, summary.warnings, summary.notes);
    format!("{looked_at}: {}", if numbers.is_empty() { "nothing to report" } else { &numbers })
}

/// What was read: `12 entities in 3 repositories, closed world`.
pub fn read(summary: &Summary, catalog: &Catalog) -> String {
    let mut out = format!(
        "{} in {}, {}",
        count(summary.entities, "entity"),
        count(summary.repositories, "repository"),
        world(catalog)
    );
    if summary.templated > 0 {
        let _ = write!(
            out,
            ", {} skipped",
            count(summary.templated, "template of a descriptor")
                .replace("descriptors", "descriptor")
                .replace("template of", if summary.templated == 1 { "template of" } else { "templates of" })
        );
    }
    if summary.unreached > 0 {
        let _ = write!(out, ", {} not reached", summary.unreached);
    }
    out
}

/// What is known beyond what was read.
fn world(catalog: &Catalog) -> String {
    let Some(published) = &catalog.published else { return format!("{} world", catalog.world.name()) };
    format!(
        "against {}: {} of {}",
        printable(&published.site),
        grouped(published.total, "entity"),
        grouped(published.sources.len(), "repository")
    )
}

/// `12,345 entities`
fn grouped(number: usize, noun: &str) -> String {
    let digits = number.to_string();
    let at = |index: usize| index > 0 && (digits.len() - index).is_multiple_of(3);
    let long: String =
        digits.chars().enumerate().map(|(index, c)| if at(index) { format!(",{c}") } else { c.to_string() }).collect();
    count(number, noun).replacen(&digits, &long, 1)
}

fn level(level: Level) -> SnippetLevel<'static> {
    match level {
        Level::Error => SnippetLevel::ERROR,
        Level::Warning => SnippetLevel::WARNING,
        Level::Note | Level::Off => SnippetLevel::NOTE,
    }
}

/// Text without control characters: names and messages may carry them from the input.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect()
}

fn render(finding: &Diagnostic, sources: &dyn Sources, style: &Style, renderer: &Renderer) -> String {
    let title = level(finding.level).primary_title(printable(&finding.message)).id(finding.rule.code);
    let near_place = |related: &Related| {
        related.place().filter(|&other| finding.place.is_some_and(|place| is_near(place, other, sources)))
    };
    let mut group = Group::with_title(title);
    let mut groups = Vec::new();
    if let Some(place) = finding.place {
        let near: Vec<(Place, String)> = finding
            .related
            .iter()
            .filter_map(|related| Some((near_place(related)?, printable(&related.message))))
            .collect();
        let label = finding.label.as_deref().map(printable);
        group = match snippet(place, label, &near, sources, style) {
            Ok(snippet) => group.element(snippet),
            Err(origin) => group.element(origin),
        };
    } else if let Some(repository) = finding.repository.map(|id| sources.repository(id)) {
        let root = prefixed(&style.prefix, &repository.root);
        group = group.element(Origin::path(if root.is_empty() { repository.name.clone() } else { root }));
    }
    groups.push(group);
    for related in finding.related.iter().filter(|related| near_place(related).is_none()) {
        let group = Group::with_title(SnippetLevel::NOTE.secondary_title(printable(&related.message)));
        groups.push(match &related.at {
            At::Here(place) => match snippet(*place, None, &[], sources, style) {
                Ok(snippet) => group.element(snippet),
                Err(origin) => group.element(origin),
            },
            At::Elsewhere(elsewhere) => group.element(Origin::path(printable(&elsewhere.text()))),
        });
    }
    if let Some(help) = &finding.help {
        groups.push(Group::with_title(SnippetLevel::HELP.secondary_title(printable(help))));
    }
    renderer.render(&groups)
}

fn is_near(a: Place, b: Place, sources: &dyn Sources) -> bool {
    if a.file != b.file {
        return false;
    }
    let Ok(text) = sources.text(a.file) else { return false };
    text.position(a.span.start).line.abs_diff(text.position(b.span.start).line) <= NEAR
}

/// The lines around a place, or its name alone where they cannot be shown.
fn snippet(
    place: Place,
    label: Option<String>,
    near: &[(Place, String)],
    sources: &dyn Sources,
    style: &Style,
) -> Result<Snippet<'static, Annotation<'static>>, Origin<'static>> {
    let shown = prefixed(&style.prefix, &sources.display_path(place.file));
    let Ok(text) = sources.text(place.file) else { return Err(Origin::path(shown)) };
    let position = text.position(place.span.start);
    let bare = || Origin::path(shown.clone()).line(position.line).char_column(position.column);
    if text.as_str().is_empty() {
        return Err(bare());
    }
    let spans: Vec<Span> = std::iter::once(place.span)
        .chain(near.iter().map(|(place, _)| place.span))
        .map(|span| one_line(&text, span))
        .collect();
    let lines: Vec<usize> = spans.iter().map(|span| text.position(span.start).line).collect();
    let first = lines.iter().min().copied().unwrap_or(1).saturating_sub(CONTEXT_LINES).max(1);
    let last = (lines.iter().max().copied().unwrap_or(1) + CONTEXT_LINES).min(text.line_count());
    if (first..=last).any(|line| text.line(line).len() > MAX_LINE) {
        return Err(bare());
    }
    let source: Vec<&str> = (first..=last).map(|line| text.line(line)).collect();
    let start = offset_of_line(&text, first);
    let source = source.join("\n");
    let local = |span: Span| {
        let from = (span.start as usize).saturating_sub(start).min(source.len());
        let to = (span.end as usize).saturating_sub(start).clamp(from, source.len());
        from..to
    };
    let mut primary = AnnotationKind::Primary.span(local(spans[0]));
    if let Some(label) = label {
        primary = primary.label(label);
    }
    let mut snippet = Snippet::source(source.clone()).line_start(first).path(shown).fold(true).annotation(primary);
    for (span, (_, message)) in spans[1..].iter().zip(near) {
        snippet = snippet.annotation(AnnotationKind::Context.span(local(*span)).label(message.clone()));
    }
    Ok(snippet)
}

/// A span cut to its first line: a whole map or block scalar is not underlined.
fn one_line(text: &Text, span: Span) -> Span {
    let slice = text.slice(span);
    match slice.find('\n') {
        Some(end) => Span::new(span.start as usize, span.start as usize + slice[..end].trim_end().len()),
        None => span,
    }
}

fn offset_of_line(text: &Text, line: usize) -> usize {
    let whole = text.as_str();
    let wanted = text.line(line);
    // Lines are slices of the text: the distance between the two is the offset.
    (wanted.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize)
}
