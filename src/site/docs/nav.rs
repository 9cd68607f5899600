//! The sidebar of a documentation site: its top level, the sections that a page stands in, and what
//! stands beside them. Pages of one folder and one section have the same, so it is made once for
//! all of them, and each gets its own mark spliced in. What a page shows of a large nav, and what
//! that costs, does not grow with the number of pages.

use std::collections::BTreeMap;

use memchr::memmem;
use serde::Serialize;

use crate::base::paths;
use crate::docs::{self, NavNode, NavTarget};
use crate::markdown::escape;

use crate::site::context::Context;

/// Most entries of a nav that is shown whole, closed sections included.
const WHOLE: usize = 100;
/// Most links of a sidebar that shows a branch; with the one to the site they are 200.
const MAX_LINKS: usize = 199;
/// Links of a level that is cut, to what stands before and after.
const AROUND: usize = 2;
/// Fewest entries of a level that is cut.
const MIN_LEVEL: usize = 4;
/// Most entries of one level of such a sidebar when not all levels have room.
const MAX_LEVEL: usize = 100;
/// What a link to the page itself has.
const MARK: &str = " aria-current=\"page\"";

#[derive(Serialize)]
pub(super) struct NavView {
    title: String,
    href: Option<String>,
    children: Vec<NavView>,
    external: bool,
    open: bool,
    /// Has entries below it that are not shown here.
    closed: bool,
}

/// The nav of a site in one list, each entry before those below it.
pub(super) struct Nav<'a> {
    docs: &'a docs::Site,
    entries: Vec<Entry<'a>>,
    top: Vec<usize>,
    /// The first entry of each page.
    of_page: Vec<Option<usize>>,
}

struct Entry<'a> {
    node: &'a NavNode,
    parent: Option<usize>,
    /// Its place among its siblings.
    position: usize,
    /// The entries right below it.
    children: Vec<usize>,
    /// The first page that is reached over it.
    first_page: Option<usize>,
}

/// What pages with the same sidebar have in common.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Branch {
    /// The folder of their output: links are relative to it.
    folder: String,
    /// The deepest section that is open.
    open: Option<usize>,
    /// Which part of a level that is too long is shown.
    block: usize,
}

impl<'a> Nav<'a> {
    pub(super) fn new(docs: &'a docs::Site) -> Self {
        let mut nav = Self { docs, entries: Vec::new(), top: Vec::new(), of_page: Vec::new() };
        nav.of_page.resize(docs.content.pages.len(), None);
        nav.top = nav.add(&docs.content.nav, None);
        nav
    }

    /// Nesting is limited where nav is read.
    fn add(&mut self, nodes: &'a [NavNode], parent: Option<usize>) -> Vec<usize> {
        let mut added = Vec::with_capacity(nodes.len());
        for (position, node) in nodes.iter().enumerate() {
            let at = self.entries.len();
            self.entries.push(Entry { node, parent, position, children: Vec::new(), first_page: None });
            added.push(at);
            if let NavTarget::Page(page) = node.target
                && let Some(entry @ None) = self.of_page.get_mut(page)
            {
                *entry = Some(at);
            }
            let children = self.add(&node.children, Some(at));
            let first_page = match node.target {
                NavTarget::Page(page) => Some(page),
                _ => children.iter().find_map(|&child| self.entries[child].first_page),
            };
            let entry = &mut self.entries[at];
            (entry.children, entry.first_page) = (children, first_page);
        }
        added
    }

    /// Whether a sidebar has all entries.
    pub(super) fn is_whole(&self) -> bool {
        self.entries.len() <= WHOLE
    }

    /// Whether there are pages that no sidebar leads to, or not every one.
    pub(super) fn hides_pages(&self) -> bool {
        !self.is_whole() || self.of_page.iter().any(Option::is_none)
    }

    /// Whether the nav leads to a page.
    pub(super) fn has(&self, page: usize) -> bool {
        self.of_page.get(page).is_some_and(Option::is_some)
    }

    /// The place of the section that a page stands in: nothing comes before all, a section before
    /// those in it.
    pub(super) fn section(&self, page: usize) -> Option<usize> {
        self.of_page.get(page).copied().flatten().and_then(|at| self.entries[at].parent)
    }

    /// The sections that a page stands in, from the top: title, and the first page of each.
    pub(super) fn sections(&self, page: usize) -> Vec<(&str, Option<usize>)> {
        let entry = self.of_page.get(page).copied().flatten();
        let above = self.above(entry.and_then(|at| self.entries[at].parent));
        above.into_iter().map(|at| (self.entries[at].node.title.as_str(), self.entries[at].first_page)).collect()
    }

    /// An entry and those it stands in, from the top.
    fn above(&self, entry: Option<usize>) -> Vec<usize> {
        let mut path: Vec<usize> = std::iter::successors(entry, |&at| self.entries[at].parent).collect();
        path.reverse();
        path
    }

    /// The pages by the sidebar they have.
    pub(super) fn branches(&self) -> BTreeMap<Branch, Vec<usize>> {
        let mut branches: BTreeMap<Branch, Vec<usize>> = BTreeMap::new();
        for (page, entry) in self.of_page.iter().enumerate() {
            let folder = paths::parent(&self.docs.outputs[page]).to_owned();
            branches.entry(self.branch(folder, *entry)).or_default().push(page);
        }
        branches
    }

    fn branch(&self, folder: String, entry: Option<usize>) -> Branch {
        let Some(at) = entry else { return Branch { folder, open: None, block: 0 } };
        let entry = &self.entries[at];
        if !entry.children.is_empty() {
            return Branch { folder, open: Some(at), block: 0 };
        }
        let most = self.most(&self.above(entry.parent));
        Branch { folder, open: entry.parent, block: most.map_or(0, |most| entry.position / most) }
    }

    /// How many entries of a level are shown when these sections are open; all where nothing is said.
    fn most(&self, path: &[usize]) -> Option<usize> {
        let links: usize = self.top.len() + path.iter().map(|&at| self.entries[at].children.len()).sum::<usize>();
        let levels = path.len() + 1;
        let fits = (MAX_LINKS / levels).saturating_sub(AROUND);
        (!self.is_whole() && links > MAX_LINKS).then(|| fits.clamp(MIN_LEVEL, MAX_LEVEL))
    }

    /// The sidebar of a page that is none of the nav: every section is closed.
    pub(super) fn closed_views(&self, context: &Context<'_>) -> Vec<NavView> {
        self.views(context, &self.branch(String::new(), None))
    }

    /// The sidebar of a branch, as one of its pages sees it.
    pub(super) fn views(&self, context: &Context<'_>, branch: &Branch) -> Vec<NavView> {
        let path = self.above(branch.open);
        let most = self.most(&path);
        Seen { nav: self, context, path, most, block: branch.block }.level(&self.top, 0)
    }
}

/// Marks the links of a sidebar that lead to the page it is shown on.
pub(super) fn mark(sidebar: &str, href: &str) -> String {
    // As the engine writes it.
    let link = format!("href=\"{}\"", escape(href).replace('\'', "&#39;"));
    let mut out = String::with_capacity(sidebar.len() + 2 * MARK.len());
    let mut from = 0;
    for at in memmem::find_iter(sidebar.as_bytes(), link.as_bytes()) {
        let end = at + link.len();
        out.push_str(&sidebar[from..end]);
        out.push_str(MARK);
        from = end;
    }
    out.push_str(&sidebar[from..]);
    out
}

/// The nav as seen from the pages of one branch.
struct Seen<'a, 'b> {
    nav: &'a Nav<'b>,
    context: &'a Context<'b>,
    /// The open sections, from the top.
    path: Vec<usize>,
    most: Option<usize>,
    block: usize,
}

impl Seen<'_, '_> {
    fn level(&self, level: &[usize], depth: usize) -> Vec<NavView> {
        let Some(most) = self.most.filter(|&most| level.len() > most) else {
            return level.iter().map(|&at| self.view(at, depth)).collect();
        };
        let block = self.path.get(depth).map_or(self.block, |&at| self.nav.entries[at].position / most);
        let start = (block * most).min(level.len());
        let end = (start + most).min(level.len());
        let mut views = Vec::with_capacity(most + 2);
        views.extend(self.rest(level[..start].iter().rev(), start));
        views.extend(level[start..end].iter().map(|&at| self.view(at, depth)));
        views.extend(self.rest(level[end..].iter(), level.len() - end));
        views
    }

    /// What stands for entries that are not shown. It leads to the nearest of them.
    fn rest<'c>(&self, mut entries: impl Iterator<Item = &'c usize>, count: usize) -> Option<NavView> {
        let page = entries.find_map(|&at| self.nav.entries[at].first_page)?;
        let href = Some(self.href(page));
        let title = self.context.site.texts().with("{n} more", &[("n", &count)]);
        Some(NavView { title, href, children: Vec::new(), external: false, open: false, closed: false })
    }

    fn href(&self, page: usize) -> String {
        self.context.href(&self.nav.docs.outputs[page])
    }

    fn view(&self, at: usize, depth: usize) -> NavView {
        let entry = &self.nav.entries[at];
        let open = self.path.get(depth) == Some(&at);
        let shown = open || self.nav.is_whole();
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
            children: if shown { self.level(&entry.children, depth + 1) } else { Vec::new() },
            external: matches!(entry.node.target, NavTarget::Url(_)),
            open,
            closed: !shown && !entry.children.is_empty(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::mark;

    #[test]
    fn only_links_to_the_page_are_marked() {
        let sidebar = "<a href=\"a.html\">A</a><a href=\"a.html#x\">X</a><a href=\"b/a.html\">B</a><a href=\"it&#39;s&amp;.html\">C</a>";
        assert_eq!(mark(sidebar, "a.html"), sidebar.replacen("\"a.html\"", "\"a.html\" aria-current=\"page\"", 1));
        assert_eq!(mark(sidebar, "it's&.html").matches("&amp;.html\" aria-current=\"page\"").count(), 1);
        assert_eq!(mark(sidebar, "c.html"), sidebar);
    }
}
