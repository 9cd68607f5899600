//! Pages of documentation that stand elsewhere now: with the same text, or with the same heading below
//! the same entity. What fits more than one page is no move. Pages of a renamed entity that kept their
//! place in its documentation need no word of their own: they follow the entity.

use std::collections::BTreeSet;
use std::hash::Hash as Hashed;

use rustc_hash::FxHashMap;

use crate::base::Hash;
use crate::model::EntityRef;
use crate::routes;

use super::diff::Diff;

/// A text shorter than this may stand in two places by chance.
const TELLING: usize = 40;

/// The pages of documentation of a state.
#[derive(Debug, Default)]
pub struct Pages {
    all: Vec<Page>,
    /// Paths of the site that lead on or are taken by something else.
    taken: BTreeSet<String>,
}

#[derive(Debug)]
struct Page {
    path: String,
    title: Option<String>,
    digest: Option<String>,
}

/// A page that is elsewhere.
#[derive(Debug, PartialEq, Eq)]
pub struct MovedPage<'a> {
    /// Where it was.
    pub from: &'a str,
    /// Where it is.
    pub to: &'a str,
}

impl Pages {
    /// Takes a page by its path in the site and what is written in its file.
    pub fn add(&mut self, path: String, text: &str) {
        let digest = (text.trim().len() >= TELLING).then(|| Hash::of(text.trim().as_bytes()).short(32));
        self.all.push(Page { path, title: heading(text), digest });
    }

    /// A path that is there without being a page.
    pub fn take(&mut self, path: String) {
        self.taken.insert(path);
    }
}

/// The first heading of a page of Markdown.
fn heading(text: &str) -> Option<String> {
    let body = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).map_or(text, |(_, body)| body);
    let line = body.lines().find(|line| !line.trim().is_empty())?;
    let title = line.strip_prefix("# ")?.trim().trim_end_matches('#').trim_end();
    (!title.is_empty()).then(|| title.to_owned())
}

/// Pages that were moved between the states of a difference, by where they were.
pub fn moved_pages<'a>(diff: &Diff<'a>) -> Vec<MovedPage<'a>> {
    let (base, head) = (diff.base, diff.head);
    let folders: FxHashMap<String, String> =
        diff.renamed.iter().map(|one| (folder(&one.from.reference), folder(&one.to.reference))).collect();
    let there = |pages: &'a Pages| pages.all.iter().map(|page| page.path.as_str()).collect::<BTreeSet<_>>();
    let (before, after) = (there(&base.pages), there(&head.pages));
    let mut removed: Vec<(&Page, String)> = Vec::new();
    let mut followed = BTreeSet::new();
    for page in &base.pages.all {
        let now = followed_path(&page.path, &folders);
        followed.insert(now.clone());
        if !after.contains(now.as_str()) && !head.pages.taken.contains(&now) && !after.contains(page.path.as_str()) {
            removed.push((page, now));
        }
    }
    let is_new = |page: &&Page| !before.contains(page.path.as_str()) && !followed.contains(&page.path);
    let mut added: Vec<&Page> = head.pages.all.iter().filter(is_new).collect();
    let mut found = Vec::new();
    // The surest sign first; each takes its pages away from the next.
    pair(&mut removed, &mut added, &mut found, &|now, page| Some((owner(now).to_owned(), page.digest.clone()?)));
    pair(&mut removed, &mut added, &mut found, &|_, page| page.digest.clone());
    pair(&mut removed, &mut added, &mut found, &|now, page| Some((owner(now).to_owned(), page.title.clone()?)));
    found.sort_unstable_by(|a, b| a.from.cmp(b.from));
    found
}

/// Where exactly one was removed and exactly one added with this key.
fn pair<'a, K: Hashed + Eq>(
    removed: &mut Vec<(&'a Page, String)>,
    added: &mut Vec<&'a Page>,
    found: &mut Vec<MovedPage<'a>>,
    key: &dyn Fn(&str, &Page) -> Option<K>,
) {
    let mut groups = FxHashMap::<K, (Vec<&'a Page>, Vec<&'a Page>)>::default();
    for (page, now) in removed.iter() {
        key(now, page).into_iter().for_each(|key| groups.entry(key).or_default().0.push(page));
    }
    for page in added.iter() {
        key(&page.path, page).into_iter().for_each(|key| groups.entry(key).or_default().1.push(page));
    }
    let alone = groups.into_values().filter_map(|(old, new)| match (old.as_slice(), new.as_slice()) {
        ([old], [new]) => Some((*old, *new)),
        _ => None,
    });
    let pairs: Vec<(&Page, &Page)> = alone.collect();
    let gone: BTreeSet<&str> = pairs.iter().map(|(old, _)| old.path.as_str()).collect();
    let come: BTreeSet<&str> = pairs.iter().map(|(_, new)| new.path.as_str()).collect();
    removed.retain(|(page, _)| !gone.contains(page.path.as_str()));
    added.retain(|page| !come.contains(page.path.as_str()));
    found.extend(pairs.into_iter().map(|(old, new)| MovedPage { from: &old.path, to: &new.path }));
}

fn folder(reference: &EntityRef) -> String {
    routes::docs_folder(reference)
}

/// The folder of the documentation that a page is of: `docs/<namespace>/<kind>/<name>`.
fn owner(path: &str) -> &str {
    path.match_indices('/').nth(3).map_or(path, |(at, _)| &path[..at])
}

/// Where a page is when its entity has a new name and nothing else changed.
fn followed_path(path: &str, folders: &FxHashMap<String, String>) -> String {
    let own = owner(path);
    folders.get(own).map_or_else(|| path.to_owned(), |new| format!("{new}{}", &path[own.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::{Snapshot, diff};

    const LONG: &str = "This is said in so many words that nobody says it twice.";

    fn state(pages: &[(&str, &str)]) -> Snapshot {
        let mut all = Pages::default();
        for (path, text) in pages {
            all.add(format!("docs/default/component/{path}.html"), text);
        }
        Snapshot::default().with_pages(all)
    }

    fn moves(before: &[(&str, &str)], after: &[(&str, &str)]) -> Vec<String> {
        let (before, after) = (state(before), state(after));
        let bare = |path: &str| path.strip_prefix("docs/default/component/").unwrap().replace(".html", "");
        moved_pages(&diff(&before, &after)).iter().map(|one| format!("{} > {}", bare(one.from), bare(one.to))).collect()
    }

    #[test]
    fn the_same_text_or_the_same_heading_is_a_move() {
        assert_eq!(moves(&[("a/old", LONG)], &[("a/new", LONG)]), ["a/old > a/new"]);
        assert_eq!(moves(&[("a/old", LONG)], &[("b/new", LONG)]), ["a/old > b/new"], "to another entity");
        assert_eq!(
            moves(&[("a/old", "# T\n\nOne.")], &[("a/new", "---\nx: y\n---\n\n# T #\n\nTwo.")]),
            ["a/old > a/new"]
        );
    }

    #[test]
    fn what_is_not_sure_is_no_move() {
        assert_eq!(moves(&[("a/old", LONG)], &[("a/x", LONG), ("a/y", LONG)]), [""; 0]);
        assert_eq!(moves(&[("a/x", LONG), ("a/y", LONG)], &[("a/new", LONG)]), [""; 0]);
        assert_eq!(moves(&[("a/old", "# T\n")], &[("b/new", "# T\n")]), [""; 0], "a heading of another entity");
        assert_eq!(moves(&[("a/old", "Soon.")], &[("a/new", "Soon.")]), [""; 0], "too short to tell");
        assert_eq!(moves(&[("a/old", LONG)], &[("a/old", LONG), ("a/new", LONG)]), [""; 0], "a copy");
    }

    #[test]
    fn of_several_with_one_text_those_of_one_entity_go_together() {
        assert_eq!(
            moves(&[("a/old", LONG), ("b/old", LONG)], &[("a/new", LONG), ("b/new", LONG)]),
            ["a/old > a/new", "b/old > b/new"]
        );
    }
}
