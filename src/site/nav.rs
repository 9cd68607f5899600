//! The sidebar of a documentation site, as each of its pages sees it. The nav is gone through once;
//! what a page shows of it, and what that costs, does not grow with the number of pages.

use serde::Serialize;

use crate::docs::{self, NavNode, NavTarget};

use super::context::Context;

/// Most links of a sidebar; beyond that only the branch of the page is shown.
const MAX_NAV: usize = 200;
/// Most entries of one level of such a sidebar, around the one that leads to the page.
const MAX_LEVEL: usize = 100;

#[derive(Serialize)]
pub(super) struct NavView {
    title: String,
    href: Option<String>,
    current: bool,
    children: Vec<NavView>,
    external: bool,
    open: bool,
}

/// The nav of a site in one list, each entry before those below it.
pub(super) struct Nav<'a> {
    docs: &'a docs::Site,
    entries: Vec<Entry<'a>>,
    top: Vec<usize>,
    /// The entries of each page, in order.
    of_page: Vec<Vec<usize>>,
}

struct Entry<'a> {
    node: &'a NavNode,
    /// The entries right below it.
    children: Vec<usize>,
    /// Where the entries below it end.
    end: usize,
    /// The first page that is reached over it.
    first_page: Option<usize>,
}

impl<'a> Nav<'a> {
    pub(super) fn new(docs: &'a docs::Site) -> Self {
        let mut nav = Self { docs, entries: Vec::new(), top: Vec::new(), of_page: Vec::new() };
        nav.of_page.resize(docs.content.pages.len(), Vec::new());
        nav.top = nav.add(&docs.content.nav);
        nav
    }

    /// Nesting is limited where nav is read.
    fn add(&mut self, nodes: &'a [NavNode]) -> Vec<usize> {
        let mut added = Vec::with_capacity(nodes.len());
        for node in nodes {
            let at = self.entries.len();
            self.entries.push(Entry { node, children: Vec::new(), end: at + 1, first_page: None });
            added.push(at);
            if let NavTarget::Page(page) = node.target
                && let Some(entries) = self.of_page.get_mut(page)
            {
                entries.push(at);
            }
            let children = self.add(&node.children);
            let first_page = match node.target {
                NavTarget::Page(page) => Some(page),
                _ => children.iter().find_map(|&child| self.entries[child].first_page),
            };
            let end = self.entries.len();
            let entry = &mut self.entries[at];
            (entry.children, entry.end, entry.first_page) = (children, end, first_page);
        }
        added
    }

    /// The sidebar of a page.
    pub(super) fn views(&self, context: &Context<'_>, current: usize) -> Vec<NavView> {
        Seen { nav: self, context, current, whole: self.entries.len() <= MAX_NAV }.level(&self.top)
    }
}

/// The nav as seen from one page.
struct Seen<'a, 'b> {
    nav: &'a Nav<'b>,
    context: &'a Context<'b>,
    current: usize,
    whole: bool,
}

impl Seen<'_, '_> {
    /// Whether the page stands in a part of the list.
    fn stands_in(&self, start: usize, end: usize) -> bool {
        let places = self.nav.of_page.get(self.current).map_or(&[][..], Vec::as_slice);
        places.get(places.partition_point(|&at| at < start)).is_some_and(|&at| at < end)
    }

    /// The first of some entries that leads to the page.
    fn here(&self, level: &[usize]) -> Option<usize> {
        let (&first, &last) = (level.first()?, level.last()?);
        let places = self.nav.of_page.get(self.current)?;
        let at = *places.get(places.partition_point(|&at| at < first))?;
        (at < self.nav.entries[last].end).then(|| level.partition_point(|&entry| entry <= at) - 1)
    }

    fn level(&self, level: &[usize]) -> Vec<NavView> {
        if self.whole || level.len() <= MAX_LEVEL {
            return level.iter().map(|&at| self.view(at)).collect();
        }
        let here = self.here(level).unwrap_or(0);
        let start = here.saturating_sub(MAX_LEVEL / 2).min(level.len() - MAX_LEVEL);
        let end = start + MAX_LEVEL;
        let mut views = Vec::with_capacity(MAX_LEVEL + 2);
        views.extend(self.rest(level[..start].iter().rev(), start));
        views.extend(level[start..end].iter().map(|&at| self.view(at)));
        views.extend(self.rest(level[end..].iter(), level.len() - end));
        views
    }

    /// What stands for entries that are not shown. It leads to the nearest of them.
    fn rest<'c>(&self, mut entries: impl Iterator<Item = &'c usize>, count: usize) -> Option<NavView> {
        let page = entries.find_map(|&at| self.nav.entries[at].first_page)?;
        Some(NavView {
            title: format!("{count} more"),
            href: Some(self.href(page)),
            current: false,
            children: Vec::new(),
            external: false,
            open: false,
        })
    }

    fn href(&self, page: usize) -> String {
        self.context.href(&self.nav.docs.outputs[page])
    }

    fn view(&self, at: usize) -> NavView {
        let entry = &self.nav.entries[at];
        let open = self.stands_in(at + 1, entry.end);
        let shown = self.whole || open;
        let own = match &entry.node.target {
            NavTarget::Page(page) => Some(self.href(*page)),
            NavTarget::Url(url) => Some(url.clone()),
            NavTarget::Section => None,
        };
        // A closed branch of a large nav leads to its first page.
        let href = own.or_else(|| if shown { None } else { entry.first_page.map(|page| self.href(page)) });
        NavView {
            title: entry.node.title.clone(),
            href,
            current: entry.node.target == NavTarget::Page(self.current),
            children: if shown { self.level(&entry.children) } else { Vec::new() },
            external: matches!(entry.node.target, NavTarget::Url(_)),
            open,
        }
    }
}
