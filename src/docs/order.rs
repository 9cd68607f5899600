//! The nav that files beside the pages order: `.pages` of awesome-pages, `.nav.yml` of
//! awesome-nav, `SUMMARY.md` of literate-nav. Each says what a folder has in its nav, by name, by
//! pattern, and as "the rest"; what has no such file has MkDocs' own order.

use std::cell::{Cell, RefCell};

use rustc_hash::FxHashSet;

use crate::base::{FileId, Sources, Span, paths};
use crate::diagnostics::{Diagnostic, NAV_PAGE_MISSING};

use super::items::{MAX_DEPTH, MAX_ITEMS};
use super::nav::{self, NavNode, NavTarget};
use super::plugins::Plugins;
use super::sorting::{Sections, Sorting};
use super::tree::{Folder, Tree};
use super::{Draft, literate, order_files, patterns, titles};

/// Most pages that patterns are held against; beyond that they do not look into the folders below.
pub(super) const MAX_WORK: usize = 5_000_000;

/// What a file says about its folder.
#[derive(Debug, Default)]
pub(super) struct Rules {
    pub(super) title: Option<String>,
    /// The entries; all, in their own order, where it has none.
    pub(super) entries: Option<Vec<Entry>>,
    /// Not in the nav.
    pub(super) hide: bool,
    /// A section with one entry is that entry.
    pub(super) collapse: Option<bool>,
    /// What folders below have too.
    pub(super) inherited: Inherited,
}

/// What a folder has from the one above it.
#[derive(Debug, Clone, Default)]
pub(super) struct Inherited {
    pub(super) sorting: Sorting,
    /// Sections with one entry are that entry.
    pub(super) collapse: bool,
    /// Titles of sections are the names of their folders as they are.
    pub(super) keep_names: bool,
    /// What a list does not name comes after it.
    pub(super) append: bool,
    /// Patterns of what no pattern finds.
    pub(super) ignore: Vec<String>,
}

/// An entry that such a file has.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) title: Option<String>,
    pub(super) what: What,
    pub(super) span: Span,
}

/// What an entry is.
#[derive(Debug)]
pub(super) enum What {
    /// A page, folder or URL.
    Target(String),
    /// Entries under a title, and the page that the title leads to.
    Section(Vec<Entry>, Option<String>),
    /// What a pattern matches and no other entry names.
    Matching(String),
    /// A wildcard of literate-nav.
    Wildcard(String),
}

/// The nav of a whole site, or of what `nav` of its settings calls the rest.
pub(super) struct Ordered<'a> {
    pub(super) draft: &'a Draft,
    sources: &'a dyn Sources,
    plugins: &'a Plugins,
    pub(super) tree: &'a Tree,
    pub(super) used: RefCell<Used>,
    pub(super) count: Cell<usize>,
    pub(super) work: Cell<usize>,
    findings: RefCell<Vec<Diagnostic>>,
    /// What the folders that are being read give to those below, the outermost first.
    above: RefCell<Vec<Inherited>>,
}

/// What the nav has already.
#[derive(Default)]
pub(super) struct Used {
    pub(super) pages: FxHashSet<usize>,
    pub(super) folders: FxHashSet<String>,
}

/// A folder while its entries are found.
struct Here<'a> {
    folder: &'a Folder,
    file: FileId,
    depth: usize,
}

impl<'a> Ordered<'a> {
    pub(super) fn new(draft: &'a Draft, sources: &'a dyn Sources, plugins: &'a Plugins, tree: &'a Tree) -> Self {
        let (used, findings) = (RefCell::default(), RefCell::default());
        let (count, work) = (Cell::new(0), Cell::new(0));
        // awesome-nav counts by itself.
        let is_nav = plugins.order.as_ref().is_some_and(|(_, is_nav)| *is_nav);
        let sorting = Sorting { natural: is_nav, grouped: is_nav, ..Sorting::default() };
        let above = RefCell::new(vec![Inherited { sorting, collapse: plugins.collapse, ..Inherited::default() }]);
        Self { draft, sources, plugins, tree, used, count, work, findings, above }
    }

    /// What was found wrong.
    pub(super) fn into_findings(self) -> Vec<Diagnostic> {
        self.findings.into_inner()
    }

    /// Takes pages out of what is the rest.
    pub(super) fn use_page(&self, page: usize) {
        self.used.borrow_mut().pages.insert(page);
    }

    /// Whether literate-nav has a file for the whole site, which goes before the nav of the settings.
    pub(super) fn is_literate(&self) -> bool {
        let root = self.tree.find("").and_then(|root| self.rules(root));
        self.plugins.literate.is_some()
            && root.is_some_and(|(_, rules)| rules.entries.is_some_and(|list| !list.is_empty()))
    }

    /// The nav of a folder, by its path.
    pub(super) fn below(&self, path: &str) -> Vec<NavNode> {
        self.tree.find(path).map(|folder| self.nodes(folder, 0).0).unwrap_or_default()
    }

    fn nodes(&self, folder: &Folder, depth: usize) -> (Vec<NavNode>, Rules) {
        if depth > MAX_DEPTH || self.count.get() > MAX_ITEMS {
            return (Vec::new(), Rules::default());
        }
        let Some((file, mut rules)) = self.rules(folder) else {
            let rules = Rules { inherited: self.inherited(), ..Rules::default() };
            return (self.children(folder, &rules, None, depth), rules);
        };
        self.above.borrow_mut().push(rules.inherited.clone());
        let nodes = match rules.entries.take() {
            None => self.children(folder, &rules, None, depth),
            Some(entries) => {
                let here = Here { folder, file, depth };
                self.claim(&here, &entries);
                self.entries(&here, &entries, &rules)
            }
        };
        self.above.borrow_mut().pop();
        (nodes, rules)
    }

    fn inherited(&self) -> Inherited {
        self.above.borrow().last().cloned().unwrap_or_default()
    }

    /// The order file of a folder.
    fn rules(&self, folder: &Folder) -> Option<(FileId, Rules)> {
        let inside = |name: &str| {
            let folder = self.draft.content.physical(&folder.path);
            let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
            self.sources.lookup(self.draft.content.repository, &path)
        };
        let mut findings = self.findings.borrow_mut();
        if let Some(file) = self.plugins.literate.as_deref().and_then(inside) {
            let text = self.sources.text(file).ok()?;
            return Some((file, literate::read(text.as_str())));
        }
        let (name, is_nav) = self.plugins.order.as_ref()?;
        let file = inside(name)?;
        Some((file, order_files::read(self.sources, file, &folder.path, *is_nav, &self.inherited(), &mut findings)))
    }

    /// Marks what entries name, so that it is no part of the rest.
    fn claim(&self, here: &Here<'_>, entries: &[Entry]) {
        for entry in entries {
            match &entry.what {
                What::Target(target) => self.claim_path(here, target),
                What::Section(entries, head) => {
                    head.iter().for_each(|head| self.claim_path(here, head));
                    self.claim(here, entries);
                }
                What::Matching(_) | What::Wildcard(_) => {}
            }
        }
    }

    fn claim_path(&self, here: &Here<'_>, target: &str) {
        let Ok(path) = paths::join(&here.folder.path, without_anchor(target)) else { return };
        let mut used = self.used.borrow_mut();
        match self.draft.by_source.get(&path) {
            Some(&page) => drop(used.pages.insert(page)),
            None => drop(used.folders.insert(path)),
        }
    }

    fn entries(&self, here: &Here<'_>, entries: &[Entry], rules: &Rules) -> Vec<NavNode> {
        let mut out = Vec::new();
        for entry in entries {
            self.count.set(self.count.get() + 1);
            if self.count.get() > MAX_ITEMS {
                break;
            }
            match &entry.what {
                What::Target(target) => out.extend(self.target(here, entry, target)),
                What::Section(inner, head) => {
                    // The page that the title leads to is the first of the section.
                    let untitled = Entry { title: None, what: What::Section(Vec::new(), None), span: entry.span };
                    let head = head.as_ref().and_then(|head| self.target(here, &untitled, head));
                    let children: Vec<NavNode> = head.into_iter().chain(self.entries(here, inner, rules)).collect();
                    let title = entry.title.clone().unwrap_or_default();
                    if !children.is_empty() {
                        out.push(NavNode { title, target: NavTarget::Section, children });
                    }
                }
                What::Wildcard(pattern) => {
                    let whole = [here.folder.path.as_str(), pattern.trim_start_matches('/')];
                    let whole = whole.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("/");
                    out.extend(self.matching(&whole, here.depth).0);
                }
                What::Matching(pattern) => out.extend(self.children(here.folder, rules, Some(pattern), here.depth)),
            }
        }
        out
    }

    fn target(&self, here: &Here<'_>, entry: &Entry, target: &str) -> Option<NavNode> {
        if nav::is_url(target) {
            return nav::url(entry.title.as_deref(), target);
        }
        let path = paths::join(&here.folder.path, without_anchor(target)).unwrap_or_default();
        if let Some(&page) = self.draft.by_source.get(&path) {
            let own = &self.draft.content.pages[page].title;
            let title = entry.title.clone().unwrap_or_else(|| own.clone());
            return Some(NavNode { title, target: NavTarget::Page(page), children: Vec::new() });
        }
        if let Some(folder) = self.tree.find(&path).filter(|_| path != here.folder.path) {
            let node = self.section(folder, here.depth + 1, true)?;
            return Some(NavNode { title: entry.title.clone().unwrap_or(node.title), ..node });
        }
        let message = format!("the nav names `{target}`, and there is no such page");
        let finding = Diagnostic::new(&NAV_PAGE_MISSING, message).at(here.file, entry.span).subject(target);
        let names = here.folder.names(self.draft);
        self.findings.borrow_mut().push(finding.maybe_help(nav::named_nearly(target, &names)));
        None
    }

    /// The section that a folder is; a hidden one only where it is named.
    pub(super) fn section(&self, folder: &Folder, depth: usize, is_named: bool) -> Option<NavNode> {
        let (mut children, rules) = self.nodes(folder, depth);
        if rules.hide && !is_named || children.is_empty() {
            return None;
        }
        if rules.collapse.unwrap_or(rules.inherited.collapse) && children.len() == 1 {
            return children.pop();
        }
        let name = paths::file_name(&folder.path);
        let own = || if rules.inherited.keep_names { name.to_owned() } else { titles::words(name) };
        let title = rules.title.unwrap_or_else(own);
        Some(NavNode { title, target: NavTarget::Section, children })
    }

    /// What stands in a folder, as far as a pattern matches it and nothing names it elsewhere.
    fn children(&self, folder: &Folder, rules: &Rules, pattern: Option<&str>, depth: usize) -> Vec<NavNode> {
        let folder_only = pattern.is_some_and(|pattern| pattern.ends_with('/'));
        let pattern = pattern.map(|pattern| pattern.trim_end_matches('/').trim_start_matches("./"));
        let glob = pattern.filter(|pattern| *pattern != "*").map(patterns::glob);
        if let Some(None) = glob {
            return Vec::new();
        }
        let glob = glob.flatten();
        // A pattern may look into the folders below.
        let deep = self.work.get() < MAX_WORK
            && pattern.is_some_and(|pattern| pattern.contains('/') || pattern.contains("**"));
        let prefix = if folder.path.is_empty() { 0 } else { folder.path.len() + 1 };
        let ignored: Vec<_> = rules.inherited.ignore.iter().filter_map(|pattern| patterns::glob(pattern)).collect();
        let shown = |path: &str| !ignored.iter().any(|glob| glob.is_match(path));
        let fits = |path: &str| {
            shown(path) && glob.as_ref().is_none_or(|glob| glob.is_match(path.get(prefix..).unwrap_or(path)))
        };
        let pages = if deep { folder.all_pages() } else { folder.pages.clone() };
        self.work.set(self.work.get() + pages.len());
        let mut pages: Vec<usize> = pages
            .into_iter()
            .filter(|page| !folder_only && !self.used.borrow().pages.contains(page))
            .filter(|page| fits(&self.draft.content.pages[*page].source))
            .collect();
        if pattern.is_some() {
            // Two patterns do not give one page twice.
            self.used.borrow_mut().pages.extend(&pages);
        }
        let sorting = rules.inherited.sorting;
        let title = |page: &usize| self.draft.content.pages[*page].title.as_str();
        let source = |page: &usize| self.draft.content.pages[*page].source.as_str();
        let is_index = |page: &usize| pattern.is_none() && titles::is_index(source(page));
        if sorting.is_own() || sorting.descending {
            pages.sort_by(|a, b| {
                let by = if sorting.by_title {
                    sorting.compare(title(a), title(b))
                } else {
                    sorting.compare(source(a), source(b))
                };
                let by = if sorting.descending { by.reverse() } else { by };
                (sorting.grouped && is_index(b)).cmp(&(sorting.grouped && is_index(a))).then(by)
            });
        }
        let mut out: Vec<NavNode> = pages
            .into_iter()
            .map(|page| {
                let title = self.draft.content.pages[page].title.clone();
                NavNode { title, target: NavTarget::Page(page), children: Vec::new() }
            })
            .collect();
        self.count.set(self.count.get() + out.len());
        let folders = folder
            .folders
            .iter()
            .filter(|folder| !self.used.borrow().folders.contains(&folder.path) && fits(&folder.path));
        let mut folders: Vec<&Folder> = folders.collect();
        if sorting.is_own() || sorting.descending {
            folders.sort_by(|a, b| sorting.compare(&a.path, &b.path));
            if sorting.descending {
                folders.reverse();
            }
        }
        let sections: Vec<(&str, NavNode)> = folders
            .into_iter()
            .filter_map(|folder| Some((folder.path.as_str(), self.section(folder, depth + 1, false)?)))
            .collect();
        if sorting.sections != Sections::Mixed {
            let at = if sorting.sections == Sections::First { 0 } else { out.len() };
            out.splice(at..at, sections.into_iter().map(|(_, node)| node));
            return out;
        }
        let pages = out.into_iter().map(|node| match node.target {
            NavTarget::Page(page) => (self.draft.content.pages[page].source.as_str(), node),
            _ => ("", node),
        });
        let mut both: Vec<(&str, NavNode)> = pages.chain(sections).collect();
        both.sort_by(|(a, left), (b, right)| {
            let by = if sorting.by_title {
                sorting.compare(&left.title, &right.title)
            } else {
                sorting.compare(paths::file_name(a), paths::file_name(b))
            };
            if sorting.descending { by.reverse() } else { by }
        });
        both.into_iter().map(|(_, node)| node).collect()
    }
}

fn without_anchor(target: &str) -> &str {
    target.split('#').next().unwrap_or(target)
}
