//! The nav: as `mkdocs.yml` has it, or from the folders in MkDocs' order.

use crate::base::{FileId, paths};
use crate::diagnostics::{Diagnostic, NAV_PAGE_MISSING};

use super::settings::{Goal, Item};
use super::{Draft, titles};

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

/// The nav that was written. Entries that lead nowhere are findings and left out.
pub(super) fn written(items: &[Item], draft: &Draft, file: FileId, findings: &mut Vec<Diagnostic>) -> Vec<NavNode> {
    items.iter().filter_map(|item| entry(item, draft, file, findings)).collect()
}

fn entry(item: &Item, draft: &Draft, file: FileId, findings: &mut Vec<Diagnostic>) -> Option<NavNode> {
    let title = |default: &str| item.title.clone().unwrap_or_else(|| default.to_owned());
    let path = match &item.target {
        Goal::Section(items) => {
            let children = written(items, draft, file, findings);
            return (!children.is_empty()).then(|| NavNode { title: title(""), target: NavTarget::Section, children });
        }
        Goal::Path(path) => path,
    };
    if is_url(path) {
        let target = NavTarget::Url(crate::base::hosts::without_credentials(path));
        let safe = !crate::model::format::is_dangerous_url(path);
        return safe.then(|| NavNode { title: title(path), target, children: Vec::new() });
    }
    // Plugins read these: other sites to include, and patterns.
    if path.starts_with(['!', '*']) || path.contains('*') {
        return None;
    }
    let (plain, _) = path.split_once('#').unwrap_or((path, ""));
    let wanted = paths::join(&draft.content.docs_dir, plain.trim_start_matches('/')).unwrap_or_default();
    if let Some(&page) = draft.by_path.get(&wanted) {
        let title = title(&draft.content.pages[page].title);
        return Some(NavNode { title, target: NavTarget::Page(page), children: Vec::new() });
    }
    if path.ends_with('/') && draft.by_path.keys().any(|have| have.starts_with(&format!("{wanted}/"))) {
        return Some(NavNode {
            title: title(&titles::words(paths::file_name(&wanted))),
            target: NavTarget::Section,
            children: below(draft, &wanted),
        });
    }
    let findings_so_far = findings.len();
    findings.push(
        Diagnostic::new(&NAV_PAGE_MISSING, format!("the nav names `{path}`, and there is no such page"))
            .at(file, item.span)
            .pointer(&item.pointer)
            .subject(path)
            .maybe_help(if findings_so_far < MAX_ADVICE { nearest(plain, draft) } else { None }),
    );
    None
}

/// Whether a nav names its pages one by one, and leaves nothing to a pattern or a plugin.
pub(super) fn names_each_page(items: &[Item]) -> bool {
    items.iter().all(|item| match &item.target {
        Goal::Section(items) => names_each_page(items),
        Goal::Path(path) => !path.contains('*') && !path.starts_with('!') && !path.ends_with('/'),
    })
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

/// Whether a target is a URL and no path.
pub(super) fn is_url(target: &str) -> bool {
    let scheme = target.split(':').next().unwrap_or("");
    target.starts_with("//")
        || (target.contains(':')
            && scheme.len() > 1
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte)))
}

/// The nav of a site that has none: the index of a folder first, then its pages, then its folders.
pub(super) fn automatic(draft: &Draft) -> Vec<NavNode> {
    below(draft, &draft.content.docs_dir)
}

fn below(draft: &Draft, folder: &str) -> Vec<NavNode> {
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let skip = if draft.content.docs_dir.is_empty() { 0 } else { draft.content.docs_dir.len() + 1 };
    let inside = prefix.get(skip..).unwrap_or("");
    let pages: Vec<(usize, &str)> = draft
        .content
        .pages
        .iter()
        .enumerate()
        .filter_map(|(index, page)| Some((index, page.source.strip_prefix(inside)?)))
        .collect();
    let mut root = Tree::default();
    for (index, source) in pages {
        root.add(index, source, 0);
    }
    root.nodes(draft)
}

#[derive(Default)]
struct Tree<'a> {
    pages: Vec<(usize, &'a str)>,
    folders: Vec<(&'a str, Tree<'a>)>,
}

impl<'a> Tree<'a> {
    fn add(&mut self, index: usize, source: &'a str, depth: usize) {
        match source.split_once('/') {
            // Deeper folders than anybody has are one level.
            Some((folder, rest)) if depth < 50 => {
                let at = self.folders.iter().rposition(|(name, _)| *name == folder).unwrap_or_else(|| {
                    self.folders.push((folder, Tree::default()));
                    self.folders.len() - 1
                });
                self.folders[at].1.add(index, rest, depth + 1);
            }
            _ => self.pages.push((index, source)),
        }
    }

    fn nodes(mut self, draft: &Draft) -> Vec<NavNode> {
        self.pages.sort_by(|a, b| (!titles::is_index(a.1), a.1).cmp(&(!titles::is_index(b.1), b.1)));
        self.folders.sort_by(|a, b| a.0.cmp(b.0));
        let pages = self.pages.into_iter().map(|(index, _)| NavNode {
            title: draft.content.pages[index].title.clone(),
            target: NavTarget::Page(index),
            children: Vec::new(),
        });
        let pages: Vec<NavNode> = pages.collect();
        let folders = self.folders.into_iter().map(|(name, tree)| NavNode {
            title: titles::words(name),
            target: NavTarget::Section,
            children: tree.nodes(draft),
        });
        pages.into_iter().chain(folders).collect()
    }
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
