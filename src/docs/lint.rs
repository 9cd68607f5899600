//! What can be said of pages beside their links: headings, images, code, titles, their place in
//! the nav, and their age. A rule that is off is not run.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::history::{Reach, outdated};
use crate::base::{FileId, Place, Sources, Span, paths, suggest};
use crate::config::Settings;
use crate::diagnostics::{
    ALT_MISSING, COMPONENT_WITHOUT_DOCS, DOCS_OUTDATED, DUPLICATE_TITLE, Diagnostic, HEADING_SKIPPED, LARGE_IMAGE,
    PAGE_OUTSIDE_NAV, Rule, SEVERAL_TITLES, UNKNOWN_LANGUAGE,
};
use crate::markdown::{LinkKind, known_languages};
use crate::model::{Catalog, EntityId};

use super::{Content, Docs, Page, Target};

/// Largest image that a page shows without a finding.
const MAX_IMAGE: u64 = 2 * 1024 * 1024;
/// Findings of one rule on one page.
const MAX_OF_A_KIND: usize = 20;
/// Shortest name of a language that is compared with others.
const MIN_LANGUAGE: usize = 4;

/// The rules over the pages of one folder.
pub(super) fn content(
    content: &Content,
    entity: EntityId,
    catalog: &Catalog,
    sources: &dyn Sources,
    settings: &Settings,
    now: Option<i64>,
) -> Vec<Diagnostic> {
    let key = catalog.entity(entity).key();
    let mut lint = Lint { content, sources, settings, now, key: &key, findings: Vec::new() };
    for page in &content.pages {
        lint.page(page);
    }
    lint.images();
    lint.nav();
    lint.titles();
    lint.age();
    lint.findings
}

struct Lint<'a> {
    content: &'a Content,
    sources: &'a dyn Sources,
    settings: &'a Settings,
    now: Option<i64>,
    key: &'a str,
    findings: Vec<Diagnostic>,
}

impl Lint<'_> {
    fn is_on(&self, rule: &Rule) -> bool {
        self.settings.levels.may_report(rule)
    }

    fn report(&mut self, rule: &'static Rule, file: FileId, span: Span, message: String) -> &mut Diagnostic {
        let subject = message.clone();
        self.findings.push(Diagnostic::new(rule, message).at(file, span).entity(self.key).subject(subject));
        let last = self.findings.len() - 1;
        &mut self.findings[last]
    }

    /// A span without the end of its line.
    fn in_line(&self, file: FileId, span: Span) -> Span {
        let Ok(text) = self.sources.text(file) else { return span };
        let start = span.start as usize;
        Span::new(start, start + text.slice(span).trim_end().len())
    }

    fn page(&mut self, page: &Page) {
        let is_on = |rule| self.is_on(rule);
        if is_on(&SEVERAL_TITLES) || is_on(&HEADING_SKIPPED) {
            self.headings(page);
        }
        if self.is_on(&ALT_MISSING) {
            self.alternatives(page);
        }
        if self.is_on(&UNKNOWN_LANGUAGE) {
            for (language, span) in page.rendered.unknown_languages.iter().take(MAX_OF_A_KIND) {
                // There are more languages than are highlighted: only what looks like one of these
                // is surely a slip, and short names are near to each other.
                let names = known_languages().filter(|name| name.len() >= MIN_LANGUAGE);
                let Some(near) = suggest::nearest(language, names).filter(|_| language.len() >= MIN_LANGUAGE) else {
                    continue;
                };
                let message = format!("code in `{language}`, which is no language that is known");
                self.report(&UNKNOWN_LANGUAGE, page.file, *span, message).help =
                    Some(format!("did you mean `{}`?", near.to_lowercase()));
            }
        }
    }

    fn headings(&mut self, page: &Page) {
        let outline = &page.rendered.outline;
        let mut tops = outline.iter().filter(|heading| heading.level == 1);
        if let (Some(first), Some(second)) = (tops.next(), tops.next()) {
            let message = format!("a second title: `{}`", second.text);
            let place = Place::new(page.file, first.span);
            let span = self.in_line(page.file, second.span);
            let finding = self.report(&SEVERAL_TITLES, page.file, span, message);
            *finding = finding.clone().related("the first one", place).help("make it a heading of level 2");
        }
        // Headings that are written as HTML are not in the outline.
        let has_html = || {
            let text = self.sources.text(page.file).map(|text| text.as_str().to_lowercase()).unwrap_or_default();
            ["<h1", "<h2", "<h3", "<h4", "<h5"].iter().any(|tag| text.contains(tag))
        };
        let skipped: Vec<(u8, u8, Span)> = outline
            .windows(2)
            .filter(|pair| pair[1].level > pair[0].level + 1)
            .map(|pair| (pair[0].level, pair[1].level, pair[1].span))
            .take(MAX_OF_A_KIND)
            .collect();
        if skipped.is_empty() || has_html() {
            return;
        }
        for (before, level, span) in skipped {
            let message = format!("a heading of level {level} stands below one of level {before}");
            let span = self.in_line(page.file, span);
            self.report(&HEADING_SKIPPED, page.file, span, message).help =
                Some(format!("make it one of level {}", before + 1));
        }
    }

    fn alternatives(&mut self, page: &Page) {
        let Ok(text) = self.sources.text(page.file) else { return };
        let text = text.as_str();
        let bare = page.rendered.links.iter().filter(|link| match link.kind {
            LinkKind::Image => link.text.trim().is_empty(),
            LinkKind::HtmlImage => is_without_alt(text, link.span),
            _ => false,
        });
        let bare: Vec<(String, Span)> = bare.take(MAX_OF_A_KIND).map(|link| (link.target.clone(), link.span)).collect();
        for (target, span) in bare {
            self.report(&ALT_MISSING, page.file, span, format!("the image `{target}` has no text in its place")).help =
                Some("say what it shows: `![what it shows](…)`; for decoration, `<img alt=\"\" …>`".to_owned());
        }
    }

    fn images(&mut self) {
        if !self.is_on(&LARGE_IMAGE) {
            return;
        }
        let content = self.content;
        let mut seen: FxHashSet<usize> = FxHashSet::default();
        for page in &content.pages {
            for (link, target) in page.rendered.links.iter().zip(&page.targets) {
                let Target::Asset { asset, .. } = target else { continue };
                let size = content.assets[*asset].size;
                let is_picture = !matches!(paths::extension(&link.target).as_str(), "mp4" | "webm");
                if link.kind.is_image() && is_picture && size > MAX_IMAGE && seen.insert(*asset) {
                    #[expect(clippy::cast_precision_loss, reason = "sizes of files that were read")]
                    let mebibytes = size as f64 / 1024.0 / 1024.0;
                    let message = format!(
                        "the image `{}` has {mebibytes:.1} MiB; more than {} MiB keep readers waiting",
                        link.target,
                        MAX_IMAGE / 1024 / 1024
                    );
                    self.report(&LARGE_IMAGE, page.file, link.span, message).help =
                        Some("scale it to the width of a page, or save it as WebP".to_owned());
                }
            }
        }
    }

    /// Pages that a written nav does not have, and no other page leads to; all of the former where
    /// `validation` asks for them.
    fn nav(&mut self) {
        let content = self.content;
        let asked = content.validation.omitted_files;
        if !content.has_nav || (asked.is_none() && !self.is_on(&PAGE_OUTSIDE_NAV)) {
            return;
        }
        let mut linked: FxHashSet<usize> = FxHashSet::default();
        for (number, page) in content.pages.iter().enumerate().filter(|_| asked.is_none()) {
            linked.extend(page.targets.iter().filter_map(|target| match target {
                Target::Page { page, .. } if *page != number => Some(*page),
                _ => None,
            }));
        }
        for (number, page) in content.pages.iter().enumerate() {
            let is_reached = content.place[number].is_some() || linked.contains(&number) || number == content.home;
            if is_reached || content.records.contains(&number) || content.not_in_nav.contains(&number) {
                continue;
            }
            let message = match asked {
                Some(_) => format!("`{}` is not in the nav", page.source),
                None => format!("`{}` is not in the nav, and no page leads to it", page.source),
            };
            let finding = Diagnostic::new(&PAGE_OUTSIDE_NAV, message)
                .at(page.file, Span::default())
                .entity(self.key)
                .subject(&page.source)
                .help("add it to `nav` in mkdocs.yml, link to it, or name it under `not_in_nav`");
            self.findings.push(match asked {
                Some(level) => finding.with_level(level),
                None => finding,
            });
        }
    }

    fn titles(&mut self) {
        if !self.is_on(&DUPLICATE_TITLE) {
            return;
        }
        let content = self.content;
        let mut seen: FxHashMap<&str, &Page> = FxHashMap::default();
        for page in &content.pages {
            let Some(first) = seen.get(page.title.as_str()) else {
                seen.insert(&page.title, page);
                continue;
            };
            let message = format!("`{}` has the title `{}`, as `{}` has", page.source, page.title, first.source);
            let place = Place::start_of(first.file);
            let span = page.rendered.outline.first().map(|heading| heading.span).unwrap_or_default();
            let span = self.in_line(page.file, span);
            let finding = self.report(&DUPLICATE_TITLE, page.file, span, message);
            *finding = finding.clone().related("the other page", place);
        }
    }

    /// Documentation that nobody touched for long while the code beside it moved. Silent where the
    /// history is not in view.
    fn age(&mut self) {
        if !self.is_on(&DOCS_OUTDATED) || self.content.pages.is_empty() {
            return;
        }
        let content = self.content;
        let Some(now) = self.now else { return };
        let Some(history) = self.sources.history(content.repository).filter(|one| one.reach != Reach::Shallow) else {
            return;
        };
        let changed = |file: FileId| history.of(self.sources.path(file)).map(|file| file.changed);
        let pages: FxHashSet<FileId> = content.pages.iter().map(|page| page.file).collect();
        let Some(docs) = content.pages.iter().filter_map(|page| changed(page.file)).max() else { return };
        let prefix = format!("{}/", content.docs_dir);
        let beside = self.sources.under(content.repository, &content.root);
        let is_code = |file: &FileId| {
            !pages.contains(file) && (content.docs_dir.is_empty() || !self.sources.path(*file).starts_with(&prefix))
        };
        let Some(code) = beside.into_iter().filter(is_code).filter_map(changed).max() else { return };
        if let Some((docs, code)) = outdated(now, docs, code) {
            let message = format!(
                "nobody has changed this documentation for {docs} days, while its code changed {code} days ago"
            );
            let file = content.pages[content.home].file;
            self.report(&DOCS_OUTDATED, file, Span::default(), message).help =
                Some("read it against the code; any change to a page counts".to_owned());
        }
    }
}

/// Whether an image in HTML has no `alt`. An empty one says that it is decoration.
fn is_without_alt(text: &str, span: Span) -> bool {
    let start = span.start as usize;
    let Some(before) = text.get(..start) else { return false };
    let Some(open) = before.rfind('<') else { return false };
    let end = text[start..].find('>').map_or(text.len(), |at| start + at);
    let tag = text[open..end].to_lowercase();
    tag.starts_with("<img") && !tag.contains("alt")
}

/// Components without documentation, where that is asked for.
pub(super) fn undocumented(docs: &Docs, catalog: &Catalog, settings: &Settings) -> Vec<Diagnostic> {
    if !settings.levels.may_report(&COMPONENT_WITHOUT_DOCS) {
        return Vec::new();
    }
    let known: FxHashSet<EntityId> = docs
        .sites
        .iter()
        .map(|site| site.entity)
        .chain(docs.absent.iter().map(|absent| absent.entity))
        .chain(docs.borrowed.iter().map(|borrowed| borrowed.entity))
        .collect();
    let bare = catalog.entities.iter().filter(|entity| {
        entity.reference.kind.eq_ignore_ascii_case("component") && !entity.imported && !known.contains(&entity.id)
    });
    bare.map(|entity| {
        let place = entity.place("/metadata/name");
        Diagnostic::new(&COMPONENT_WITHOUT_DOCS, format!("`{}` has no documentation", entity.reference.short()))
            .at(place.file, place.span)
            .pointer("/metadata/name")
            .entity(entity.key())
            .help("write a README.md or docs/index.md, and set `backstage.io/techdocs-ref: dir:.`")
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_alt_is_decoration() {
        for (text, expected) in
            [("<img src=x>", true), ("<img alt=\"\" src=x>", false), ("<video src=x>", false), ("x", false)]
        {
            let at = text.find('x').unwrap_or(0);
            assert_eq!(is_without_alt(text, Span::new(at, at + 1)), expected, "{text}");
        }
    }
}
