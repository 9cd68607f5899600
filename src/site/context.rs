//! What all pages are made with: links, rows and findings as views, seen from one output file.

use crate::base::Place;
use crate::diagnostics::{Diagnostic, Level};
use crate::graph::RelationTarget;
use crate::model::{Context as Names, Entity, EntityId, EntityRef, RelationId};
use crate::report::Finding;
use crate::routes;

use super::Site;
use super::views::{ExcerptLine, FindingView, Link, RelatedView, Row, Tally};

/// Longest line of an excerpt.
const MAX_EXCERPT_LINE: usize = 240;

/// Longest description in a table or under a title.
const MAX_DESCRIPTION: usize = 280;

/// The catalog as seen from one output file.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) site: &'a Site<'a>,
    pub(super) from: &'a str,
}

impl<'a> Context<'a> {
    pub(super) fn new(site: &'a Site<'a>, from: &'a str) -> Self {
        Self { site, from }
    }

    /// The relative link to an output file.
    pub(super) fn href(&self, to: &str) -> String {
        routes::link(self.from, to)
    }

    /// A link to an entity.
    pub(super) fn link(&self, id: EntityId) -> Link {
        let entity = self.site.catalog.entity(id);
        Link {
            reference: entity.key(),
            kind: icon(&entity.reference.kind),
            kind_label: self.kind_label(&entity.reference.kind),
            name: entity.reference.name.clone(),
            title: entity.title().to_owned(),
            href: Some(self.href(&routes::entity_page(&entity.reference))),
        }
    }

    /// A link to the entity that a whole reference names, where it is in view.
    pub(super) fn found(&self, reference: &str) -> Option<Link> {
        let reference = EntityRef::parse(reference, Names::default()).ok()?;
        self.site.catalog.index.get(&reference.key()).map(|&id| self.link(id))
    }

    /// What stands for an entity that is not in view.
    pub(super) fn missing(&self, reference: &EntityRef) -> Link {
        Link {
            reference: reference.key(),
            kind: icon(&reference.kind),
            kind_label: self.kind_label(&reference.kind),
            name: reference.name.clone(),
            title: reference.name.clone(),
            href: None,
        }
    }

    /// A link to the other end of a relation.
    pub(super) fn target(&self, target: &RelationTarget) -> Link {
        match target {
            RelationTarget::Entity(id) => self.link(*id),
            RelationTarget::Unresolved(reference) => self.missing(reference),
        }
    }

    /// Links to the other ends of one relation of an entity.
    pub(super) fn targets(&self, id: EntityId, relation: RelationId) -> Vec<Link> {
        let relations = self.site.graph.relations(id).iter().filter(|one| one.relation == relation);
        relations.map(|one| self.target(&one.target)).collect()
    }

    /// The kind in words.
    pub(super) fn kind_label(&self, kind: &str) -> String {
        let known = self.site.catalog.kinds.find(kind);
        known.map_or_else(|| kind.to_owned(), |id| self.site.t(&self.site.catalog.kinds.get(id).name))
    }

    /// An entity in a table.
    pub(super) fn row(&self, id: EntityId) -> Row {
        let entity = self.site.catalog.entity(id);
        let tally = self.site.tally(id);
        Row {
            link: self.link(id),
            description: description(entity),
            spec_type: entity.spec_type().map(str::to_owned),
            lifecycle: entity.lifecycle().map(str::to_owned),
            owner: self.targets(id, RelationId::OWNED_BY).into_iter().next(),
            system: self
                .targets(id, RelationId::PART_OF)
                .into_iter()
                .find(|link| link.kind == "system" || link.kind == "domain"),
            tags: entity.tags().take(6).map(|tag| super::lists::tag(self, tag)).collect(),
            via: None,
            contents: None,
            findings: (tally.errors + tally.warnings > 0).then_some(tally),
            initials: None,
        }
    }

    /// The other end of a relation in a table.
    pub(super) fn target_row(&self, target: &RelationTarget) -> Row {
        match target {
            RelationTarget::Entity(id) => self.row(*id),
            RelationTarget::Unresolved(reference) => Row {
                link: self.missing(reference),
                description: None,
                spec_type: None,
                lifecycle: None,
                owner: None,
                system: None,
                tags: Vec::new(),
                via: None,
                contents: None,
                findings: None,
                initials: None,
            },
        }
    }

    /// A finding with its excerpt.
    pub(super) fn finding(&self, finding: &Finding, anchor: Option<String>) -> FindingView {
        let (diagnostic, _) = finding;
        let sources = self.site.sources;
        let repository = diagnostic.repository_of(sources).map(|id| sources.repository(id));
        let position =
            diagnostic.place.and_then(|place| Some(sources.text(place.file).ok()?.position(place.span.start)));
        FindingView {
            severity: severity(diagnostic.level),
            code: diagnostic.rule.code,
            rule_href: Some(self.href(&diagnostic.rule.page())),
            anchor,
            message: diagnostic.message.clone(),
            repository: repository.map_or_else(String::new, |repository| repository.name.clone()),
            file: diagnostic.place.map(|place| sources.path(place.file).to_owned()),
            line: position.map(|position| position.line),
            column: position.map(|position| position.column),
            href: diagnostic.place.and_then(|place| self.place_url(place)),
            entity: diagnostic
                .entity
                .as_deref()
                .and_then(|key| self.site.catalog.index.get(key))
                .map(|&id| self.link(id)),
            excerpt: self.excerpt(diagnostic),
            help: diagnostic.help.clone(),
            related: diagnostic
                .related
                .iter()
                .map(|related| RelatedView {
                    message: related.message.clone(),
                    place: related.place().and_then(|place| self.place_text(place)),
                    href: related.place().and_then(|place| self.place_url(place)),
                })
                .collect(),
        }
    }

    /// A place as text: repository, file, line and column.
    fn place_text(&self, place: Place) -> Option<String> {
        let sources = self.site.sources;
        let position = sources.text(place.file).ok()?.position(place.span.start);
        let repository = &sources.repository(sources.repo_of(place.file)).name;
        Some(format!("{repository}/{}:{}:{}", sources.path(place.file), position.line, position.column))
    }

    /// The page of a place on its host.
    pub(super) fn place_url(&self, place: Place) -> Option<String> {
        let sources = self.site.sources;
        let url = self.site.file_url(place.file)?;
        let line = sources.text(place.file).ok()?.position(place.span.start).line;
        Some(if url.contains('?') { url } else { format!("{url}#L{line}") })
    }

    fn excerpt(&self, diagnostic: &Diagnostic) -> Vec<ExcerptLine> {
        let Some(place) = diagnostic.place else { return Vec::new() };
        let Ok(text) = self.site.sources.text(place.file) else { return Vec::new() };
        let start = text.position(place.span.start);
        let first = start.line.saturating_sub(1).max(1);
        let last = (start.line + 1).min(text.line_count());
        let mut lines = Vec::new();
        for number in first..=last {
            let line = text.line(number);
            if line.len() > MAX_EXCERPT_LINE && number != start.line {
                continue;
            }
            if number == start.line {
                lines.push(marked(line, number, start.column, place, &text, diagnostic.label.clone()));
            } else if !line.trim().is_empty() {
                let (before, mark, after) = (line.to_owned(), String::new(), String::new());
                lines.push(ExcerptLine { number, before, mark, after, label: None });
            }
        }
        lines
    }
}

fn marked(
    line: &str,
    number: usize,
    column: usize,
    place: Place,
    text: &crate::base::Text,
    label: Option<String>,
) -> ExcerptLine {
    // A line may be the whole of a large file, with a finding at each of its words: only what is
    // shown is looked at.
    let wanted = text.slice(place.span).split('\n').next().unwrap_or("").trim_end();
    let at = (place.span.start as usize).saturating_sub(line_start(text, line)).min(line.len());
    let (before, rest) = line.split_at_checked(at).unwrap_or((line, ""));
    let mark = first_characters(rest, first_characters(wanted, MAX_EXCERPT_LINE).chars().count());
    let after = first_characters(&rest[mark.len()..], MAX_EXCERPT_LINE).to_owned();
    let before = if column > MAX_EXCERPT_LINE + 1 { "…" } else { before };
    let (before, mark) = (before.to_owned(), mark.to_owned());
    ExcerptLine { number, before, mark, after, label }
}

/// Where a line of a text begins in it.
fn line_start(text: &crate::base::Text, line: &str) -> usize {
    (line.as_ptr() as usize).saturating_sub(text.as_str().as_ptr() as usize)
}

/// The start of a text, up to so many characters.
fn first_characters(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).map_or(text, |(end, _)| &text[..end])
}

/// The icon of a kind.
pub(super) fn icon(kind: &str) -> String {
    kind.to_lowercase()
}

/// The word for a level.
pub(super) fn severity(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note | Level::Off => "note",
    }
}

/// Adds a finding to a tally.
pub(super) fn add(tally: &mut Tally, level: Level) {
    match level {
        Level::Error => tally.errors += 1,
        Level::Warning => tally.warnings += 1,
        Level::Note | Level::Off => tally.notes += 1,
    }
}

/// The first paragraph of an entity's description, as one line of plain text.
pub(super) fn description(entity: &Entity) -> Option<String> {
    entity.description().map(plain_line).filter(|line| !line.is_empty())
}

/// The first paragraph of a Markdown text, as one line of plain text.
fn plain_line(text: &str) -> String {
    crate::markdown::first_sentence(text, MAX_DESCRIPTION)
}

/// The first letters of a name, for a circle.
pub(super) fn initials(title: &str) -> String {
    let words: Vec<&str> =
        title.split(|c: char| c.is_whitespace() || c == '.' || c == '-').filter(|word| !word.is_empty()).collect();
    let first = words.first().and_then(|word| word.chars().next());
    let last = if words.len() > 1 { words.last().and_then(|word| word.chars().next()) } else { None };
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}
