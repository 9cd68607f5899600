//! What stands around a page's text: what its front matter asks for, when it was last changed and
//! by whom.

use std::sync::Arc;

use rayon::prelude::*;

use crate::base::history::{FileHistory, Reach};
use crate::base::{FileId, RepoId};
use crate::docs;
use crate::markdown::FrontMatter;
use crate::site::Site;

/// Most authors that a page names.
const AUTHORS: usize = 3;
/// Most tags that a page shows.
const TAGS: usize = 20;

/// What the front matter of a page asks for.
#[derive(Default)]
pub(super) struct Asked {
    /// `description`.
    pub(super) description: Option<String>,
    /// `status`.
    pub(super) status: Option<String>,
    /// `tags`.
    pub(super) tags: Vec<String>,
    /// `hide` has `navigation`.
    pub(super) no_navigation: bool,
    /// `hide` has `toc`.
    pub(super) no_toc: bool,
}

impl Asked {
    pub(super) fn of(front: Option<&FrontMatter>) -> Self {
        let Some(front) = front else { return Self::default() };
        let hide = list(front, "hide");
        let mut tags = list(front, "tags");
        tags.truncate(TAGS);
        Self {
            description: front.text("description"),
            status: front.text("status").map(|text| text.trim().to_lowercase()),
            tags,
            no_navigation: hide.iter().any(|what| what == "navigation"),
            no_toc: hide.iter().any(|what| what == "toc"),
        }
    }
}

/// The texts of a list, or the words of a text that stands in its place.
fn list(front: &FrontMatter, key: &str) -> Vec<String> {
    let Some(node) = front.root.get(key) else { return Vec::new() };
    let texts: Vec<String> = match node.scalar_text() {
        Some(text) => text.split(',').map(|part| part.trim().to_owned()).collect(),
        None => node.items().iter().filter_map(|item| Some(item.scalar_text()?.trim().to_owned())).collect(),
    };
    texts.into_iter().filter(|text| !text.is_empty()).collect()
}

/// When and by whom a file was changed.
#[derive(Default)]
pub(super) struct Changed {
    /// The time of the last change, in seconds since 1970.
    pub(super) at: Option<i64>,
    /// Who wrote it.
    pub(super) authors: Vec<String>,
    /// How many more did.
    pub(super) more: usize,
}

/// The day on which one of some files was last changed.
pub(in crate::site) fn changed_day(site: &Site<'_>, files: &[FileId]) -> Option<String> {
    files.iter().filter_map(|&file| Some(history(site, file)?.0.changed)).max().and_then(|at| day(site, at))
}

/// The same of one file, for programs.
pub(in crate::site) fn changed_date(site: &Site<'_>, file: FileId) -> Option<String> {
    date(history(site, file)?.0.changed)
}

/// What git says of a file. Where the clone was cut off, nobody is named: the first author would be
/// missing.
pub(super) fn changed(site: &Site<'_>, file: FileId) -> Changed {
    let Some((of_file, reach)) = history(site, file) else { return Changed::default() };
    let named: &[Arc<str>] = if reach == Reach::Shallow { &[] } else { &of_file.authors };
    // One more name takes no more room than the words for it.
    let shown = if of_file.author_count <= AUTHORS + 1 { named.len() } else { named.len().min(AUTHORS) };
    Changed {
        at: Some(of_file.changed),
        authors: named[..shown].iter().map(|name| public(name, site.settings.publish.emails).to_owned()).collect(),
        more: if named.is_empty() { 0 } else { of_file.author_count.saturating_sub(shown) },
    }
}

/// A name as it is published. Some have their address in its place.
fn public(name: &str, emails: bool) -> &str {
    match name.split_once('@') {
        Some((before, _)) if !emails && !before.trim().is_empty() => before.trim(),
        Some(_) if !emails => "?",
        _ => name,
    }
}

/// The newest change of a site, in seconds since 1970.
pub(super) fn newest(site: &Site<'_>, docs: &docs::Site) -> Option<i64> {
    docs.content.pages.iter().filter_map(|page| Some(history(site, page.file)?.0.changed)).max()
}

fn history<'a>(site: &Site<'a>, file: FileId) -> Option<(&'a FileHistory, Reach)> {
    let history = site.sources.history(site.sources.repo_of(file))?;
    Some((history.of(site.sources.path(file))?, history.reach))
}

/// Reads the histories of the repositories that something of the catalog is from, several at once.
pub(in crate::site) fn read_histories(site: &Site<'_>) {
    let mut repositories: Vec<RepoId> = site.docs.sites.iter().map(|docs| docs.content.repository).collect();
    let definitions = site.apis.iter().filter_map(|api| site.apis.read(api.entity)?.definition.file);
    repositories.extend(definitions.map(|file| site.sources.repo_of(file)));
    repositories.extend(site.catalog.entities.iter().map(|entity| site.sources.repo_of(entity.file)));
    repositories.sort_unstable();
    repositories.dedup();
    repositories.par_iter().for_each(|&repository| {
        let _ = site.sources.history(repository);
    });
}

/// A day as a reader writes it, by Greenwich: the same on every machine.
pub(in crate::site) fn day(site: &Site<'_>, seconds: i64) -> Option<String> {
    let day = civil(seconds)?;
    Some(site.texts().day(day.year(), day.month(), day.day()))
}

/// The same for programs.
pub(in crate::site) fn date(seconds: i64) -> Option<String> {
    Some(civil(seconds)?.to_string())
}

/// The moment for programs.
pub(in crate::site) fn moment(seconds: i64) -> Option<String> {
    Some(jiff::Timestamp::from_second(seconds).ok()?.to_string())
}

fn civil(seconds: i64) -> Option<jiff::civil::Date> {
    let time = jiff::Timestamp::from_second(seconds).ok()?;
    Some(time.to_zoned(jiff::tz::TimeZone::UTC).date())
}

/// Whether documentation with this last change is old: a year before the day that counts.
pub(super) fn is_old(site: &Site<'_>, changed: i64) -> bool {
    site.docs.now.is_some_and(|now| now.saturating_sub(changed) > docs::OLD_DAYS * 24 * 60 * 60)
}

#[cfg(test)]
mod tests {
    use super::{Asked, public};
    use crate::base::NoMemo;
    use crate::markdown::{Options, render};

    #[test]
    fn addresses_are_published_only_where_the_settings_say_so() {
        for (name, emails, expected) in [
            ("Ada", false, "Ada"),
            ("ada@x.example", false, "ada"),
            ("ada@x.example", true, "ada@x.example"),
            ("@x.example", false, "?"),
        ] {
            assert_eq!(public(name, emails), expected);
        }
    }

    #[test]
    fn front_matter_is_read_as_people_write_it() {
        let cases: &[(&str, &[&str], bool, bool)] = &[
            ("tags: [a, b]\nhide: [navigation, toc]", &["a", "b"], true, true),
            ("tags:\n  - a b\n  - 1\nhide:\n  - toc", &["a b", "1"], false, true),
            ("tags: a, b,\nhide: navigation", &["a", "b"], true, false),
            ("tags: {a: b}\nhide: {toc: true}", &[], false, false),
            ("tags: [[a], {b: c}, ' ', d]\nhide:", &["d"], false, false),
        ];
        for (yaml, tags, no_navigation, no_toc) in cases {
            let page = render(&format!("---\n{yaml}\nstatus: ' New '\n---\n# A\n"), &Options::PAGE, &NoMemo);
            let asked = Asked::of(page.front_matter.as_ref());
            assert_eq!(asked.tags, *tags, "{yaml}");
            assert_eq!((asked.no_navigation, asked.no_toc), (*no_navigation, *no_toc), "{yaml}");
            assert_eq!(asked.status.as_deref(), Some("new"), "{yaml}");
        }
    }
}
