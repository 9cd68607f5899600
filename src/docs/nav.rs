//! The nav: as `mkdocs.yml` has it, or from the folders in MkDocs' order.

use crate::base::paths;
use crate::diagnostics::{Diagnostic, NAV_PAGE_MISSING};

use super::items::{Goal, Item};
use super::order::Ordered;
use super::settings::Settings;
use super::{Content, Draft, titles};

/// An entry of the nav.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavNode {
    /// Its title.
    pub title: String,
    /// Where it leads.
    pub target: NavTarget,
    /// What is under it.
    pub children: Vec<NavNode>,
}

/// Where an entry of the nav leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NavTarget {
    /// To a page.
    Page(usize),
    /// Out of the site.
    Url(String),
    /// Nowhere: it is a section.
    Section,
}

/// Reads the nav that was written. Entries that lead nowhere are findings and left out.
pub(super) struct Written<'a> {
    pub(super) draft: &'a Draft,
    /// What gives folders and the rest of the pages.
    pub(super) ordered: &'a Ordered<'a>,
    /// Whether plugins take `...` and patterns for the rest.
    pub(super) has_rest: bool,
    pub(super) findings: Vec<Diagnostic>,
}

impl Written<'_> {
    /// The nav.
    pub(super) fn read(&mut self, items: &[Item]) -> Vec<NavNode> {
        if self.has_rest || has_wildcards(items) {
            self.claim(items);
        }
        self.nodes(items)
    }

    fn claim(&self, items: &[Item]) {
        for item in items {
            match &item.target {
                Goal::Section(items) => self.claim(items),
                Goal::Path(path) => {
                    if let Some(&page) = self.draft.by_source.get(plain(path)) {
                        self.ordered.use_page(page);
                    }
                }
                Goal::Below(_) => {}
            }
        }
    }

    fn nodes(&mut self, items: &[Item]) -> Vec<NavNode> {
        let mut out = Vec::new();
        for item in items {
            match &item.target {
                // The rest of the pages has no title of its own.
                Goal::Path(path) if self.has_rest && path.starts_with("...") => out.extend(self.ordered.below("")),
                Goal::Below(folder) if item.title.is_none() => out.extend(self.ordered.below(folder)),
                Goal::Path(path) if item.title.is_none() && is_wildcard(path) => out.extend(self.matching(item, path)),
                _ => out.extend(self.node(item)),
            }
        }
        out
    }

    fn node(&mut self, item: &Item) -> Option<NavNode> {
        let title = |default: &str| item.title.clone().unwrap_or_else(|| default.to_owned());
        let section = |title: String, children: Vec<NavNode>| {
            (!children.is_empty()).then_some(NavNode { title, target: NavTarget::Section, children })
        };
        let page = |page: usize, draft: &Draft| {
            let title = title(&draft.content.pages[page].title);
            Some(NavNode { title, target: NavTarget::Page(page), children: Vec::new() })
        };
        let path = match &item.target {
            Goal::Section(items) => return section(title(""), self.nodes(items)),
            Goal::Below(folder) => return section(title(""), self.ordered.below(folder)),
            Goal::Path(path) => path,
        };
        if is_url(path) {
            return url(item.title.as_deref(), path);
        }
        if is_wildcard(path) {
            return section(title(""), self.matching(item, path));
        }
        let wanted = paths::join("", plain(path)).unwrap_or_default();
        if let Some(&number) = self.draft.by_source.get(&wanted) {
            return page(number, self.draft);
        }
        if path.ends_with('/') {
            let children = self.ordered.below(&wanted);
            if self.has_rest {
                self.ordered.use_nodes(&children);
            }
            if !children.is_empty() {
                return section(title(&titles::words(paths::file_name(&wanted))), children);
            }
        }
        let help = if self.findings.len() < MAX_ADVICE { nearest(plain(path), self.draft) } else { None };
        self.missing(item, path, "and there is no such page", help);
        None
    }

    /// What a wildcard gives. One that fits nothing is a finding; one whose pages all stand
    /// elsewhere is none.
    fn matching(&mut self, item: &Item, path: &str) -> Vec<NavNode> {
        let (nodes, any) = self.ordered.matching(plain(path), 0);
        if !any {
            self.missing(item, path, "and no page is like this", None);
        }
        nodes
    }

    fn missing(&mut self, item: &Item, path: &str, what: &str, help: Option<String>) {
        let written = path.strip_prefix(item.prefix.as_str()).unwrap_or(path);
        let finding = Diagnostic::new(&NAV_PAGE_MISSING, format!("the nav names `{written}`, {what}"))
            .at(item.file, item.span)
            .pointer(&item.pointer)
            .subject(written)
            .maybe_help(help);
        self.findings.push(match self.draft.content.validation.nav_not_found {
            Some(level) => finding.with_level(level),
            None => finding,
        });
    }
}

/// Whether an entry is a pattern of pages.
fn is_wildcard(path: &str) -> bool {
    path.contains('*') && !is_url(path)
}

fn has_wildcards(items: &[Item]) -> bool {
    items.iter().any(|item| match &item.target {
        Goal::Section(items) => has_wildcards(items),
        Goal::Path(path) => is_wildcard(path),
        Goal::Below(_) => false,
    })
}

/// The titles that a nav gives to pages: of a page that stands twice the first one.
pub(super) fn titles(nav: &[NavNode], pages: usize) -> Vec<Option<String>> {
    let mut out = vec![None; pages];
    let mut stack: Vec<&NavNode> = nav.iter().rev().collect();
    while let Some(node) = stack.pop() {
        if let NavTarget::Page(page) = node.target
            && !node.title.is_empty()
            && out[page].is_none()
        {
            out[page] = Some(node.title.clone());
        }
        stack.extend(node.children.iter().rev());
    }
    out
}

/// A path without what leads to a place on the page.
fn plain(path: &str) -> &str {
    path.split('#').next().unwrap_or(path).trim_start_matches('/').trim_start_matches("./")
}

/// An entry that leads out of the site.
pub(super) fn url(title: Option<&str>, url: &str) -> Option<NavNode> {
    if crate::model::format::is_dangerous_url(url) {
        return None;
    }
    let target = NavTarget::Url(crate::base::hosts::without_credentials(url));
    Some(NavNode { title: title.unwrap_or(url).to_owned(), target, children: Vec::new() })
}

/// Missing pages that get advice.
const MAX_ADVICE: usize = 200;

/// The page whose path is nearest.
fn nearest(path: &str, draft: &Draft) -> Option<String> {
    let sources = || draft.content.pages.iter().map(|page| page.source.as_str());
    if let Some(found) = crate::base::suggest::nearest(path, sources()) {
        return Some(format!("did you mean `{found}`?"));
    }
    let name = paths::file_name(path);
    let mut same = sources().filter(|source| paths::file_name(source) == name);
    let found = same.next().filter(|source| !titles::is_index(source))?;
    same.next().is_none().then(|| format!("there is a page `{found}`"))
}

/// Advice: the name that is nearest.
pub(super) fn named_nearly(name: &str, names: &[&str]) -> Option<String> {
    crate::base::suggest::nearest(name, names.iter().copied()).map(|found| format!("did you mean `{found}`?"))
}

/// Whether a target is a URL and no path.
pub(super) fn is_url(target: &str) -> bool {
    let scheme = target.split(':').next().unwrap_or("");
    target.starts_with("//")
        || (target.contains(':')
            && scheme.len() > 1
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte)))
}

/// A section whose first entry is its page leads there itself: an index with `navigation.indexes` of
/// the theme, any page without a title of its own in the nav with the plugin `section-index`.
pub(super) fn with_indexes(nav: Vec<NavNode>, content: &Content, settings: &Settings) -> Vec<NavNode> {
    let leads = |node: &NavNode| match (&node.target, node.children.first()) {
        (NavTarget::Section, Some(NavNode { title, target: NavTarget::Page(page), children })) => {
            let page_of = &content.pages[*page];
            let by_theme = settings.section_indexes && titles::is_index(&page_of.source);
            let by_plugin = settings.plugins.section_index && *title == page_of.title && page_of.source != "index.md";
            (children.is_empty() && (by_theme || by_plugin)).then_some(*page)
        }
        _ => None,
    };
    let mut out = Vec::with_capacity(nav.len());
    for mut node in nav {
        if let Some(page) = leads(&node) {
            node.target = NavTarget::Page(page);
            node.children.remove(0);
        }
        node.children = with_indexes(node.children, content, settings);
        out.push(node);
    }
    out
}

/// The pages of a nav in its order, each once.
pub(super) fn order(nav: &[NavNode], pages: usize) -> Vec<usize> {
    let mut out = Vec::new();
    let mut seen = vec![false; pages];
    let mut stack: Vec<&NavNode> = nav.iter().rev().collect();
    while let Some(node) = stack.pop() {
        if let NavTarget::Page(page) = node.target
            && !std::mem::replace(&mut seen[page], true)
        {
            out.push(page);
        }
        stack.extend(node.children.iter().rev());
    }
    out
}
