//! Findings about links: what is wrong, and what may be meant.

use crate::base::{paths, suggest};
use crate::diagnostics::{BROKEN_LINK, Diagnostic, Level, Rule};
use crate::markdown::Rendered;
use crate::model::EntityId;

use super::entities::join_sentences;
use super::links::{Found, Resolver, Spot};
use super::{Target, titles};

/// A finding at the level that the site's own settings give it.
fn at_level(finding: Diagnostic, level: Option<Level>) -> Diagnostic {
    match level {
        Some(level) => finding.with_level(level),
        None => finding,
    }
}

/// Most names that one link is compared with.
const MAX_NAMES: usize = 5_000;

impl Resolver<'_> {
    /// A heading that is not there.
    pub(super) fn no_heading(&self, spot: Spot<'_>, path: &str, other: &Rendered, fragment: &str) -> Found {
        self.no_heading_of(spot, path, other, fragment, None)
    }

    /// A heading that is not there, on the page of another entity.
    pub(super) fn no_heading_of(
        &self,
        spot: Spot<'_>,
        path: &str,
        other: &Rendered,
        fragment: &str,
        entity: Option<EntityId>,
    ) -> Found {
        let same = std::ptr::eq(other, &raw const spot.page.rendered);
        let place = if same { "this page".to_owned() } else { format!("`{path}`") };
        let entity = entity.filter(|entity| *entity != self.draft.entity);
        let of = entity.map_or_else(String::new, |entity| format!(" of {}", self.named(entity)));
        let message = format!("there is no heading `#{fragment}` in {place}{of}");
        let names = other.anchors.iter().take(if spot.advice { MAX_NAMES } else { 0 }).map(String::as_str);
        let nearest = suggest::nearest(&paths::percent_decoded(fragment), names);
        let help = nearest.map(|id| format!("did you mean `#{id}`?"));
        let help = join_sentences(help, entity.and_then(|entity| self.who_to_ask(entity)));
        let finding = self.finding(&BROKEN_LINK, spot, message).maybe_help(help);
        Found::Broken(Box::new(at_level(finding, self.draft.content.validation.anchors)))
    }

    /// A path that leads to nothing.
    pub(super) fn broken(&self, spot: Spot<'_>, path: &str, outside: bool) -> Found {
        let is_image = spot.link.kind.is_image();
        let is_page = matches!(paths::extension(path).as_str(), "md" | "markdown");
        // Addresses of the site that these pages were written for (`/api/`), of the host that
        // shows the repository (`../../issues`), and what a template will fill in.
        let validation = &self.draft.content.validation;
        let is_absolute = path.starts_with('/');
        let is_foreign = is_absolute && !validation.relative_to_docs;
        let elsewhere = (is_foreign || outside) && !is_page && !is_image;
        if elsewhere || ["{{", "${", "{%"].iter().any(|mark| path.contains(mark)) {
            return Found::Target(Target::Unlinked);
        }
        let what = if is_image { "image" } else { "page or file" };
        let message = if outside {
            format!("`{path}` leads out of the repository")
        } else {
            format!("there is no {what} `{path}`")
        };
        let help = if spot.advice { self.nearest(spot, path) } else { None };
        let help = help.map(|path| format!("did you mean `{path}`?"));
        let finding = self.finding(&BROKEN_LINK, spot, message).maybe_help(help);
        let is_name = !is_image && (path.ends_with('/') || paths::extension(path).is_empty());
        let own = match (is_absolute, is_name) {
            (true, _) => validation.absolute_links,
            (false, true) => validation.unrecognized_links,
            (false, false) => None,
        };
        Found::Broken(Box::new(at_level(finding, own.or(validation.not_found))))
    }

    /// The file that may be meant, as it would be written on the page: one of a similar name in
    /// the same folder, or the only page of the same name.
    fn nearest(&self, spot: Spot<'_>, path: &str) -> Option<String> {
        let own = self.sources.path(spot.page.file);
        let wanted = paths::join(paths::parent(own), path).ok()?;
        let (folder, name) = (paths::parent(&wanted), paths::file_name(&wanted));
        let skip = if folder.is_empty() { 0 } else { folder.len() + 1 };
        let files = self.sources.under(self.draft.content.repository, folder);
        let names =
            files.iter().filter_map(|file| self.sources.path(*file).get(skip..)).filter(|name| !name.contains('/'));
        if let Some(found) = suggest::nearest(name, names.take(MAX_NAMES)) {
            let full = if folder.is_empty() { found.to_owned() } else { format!("{folder}/{found}") };
            return Some(paths::relative(own, &full));
        }
        let mut same = self.draft.content.pages.iter().filter(|other| paths::file_name(&other.source) == name);
        let found = same.next().filter(|_| same.next().is_none() && !titles::is_index(name))?;
        Some(paths::relative(own, self.sources.path(found.file)))
    }

    /// A finding about a link.
    pub(super) fn finding(&self, rule: &'static Rule, spot: Spot<'_>, message: String) -> Diagnostic {
        let (file, span) = spot.page.place(spot.link.span);
        Diagnostic::new(rule, message).at(file, span).entity(&self.entity).subject(&spot.link.target)
    }
}
