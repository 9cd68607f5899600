//! Wildcards in a nav as literate-nav has them: `guides/*`, `decisions/0*.md`, `teams/*/`. Each part
//! of a path is a pattern of its own, so that `**` is no more than `*`. What a wildcard gives is
//! given once: neither another one nor a folder has it again.

use globset::GlobMatcher;

use crate::base::paths;

use super::nav::{NavNode, NavTarget};
use super::order::Ordered;
use super::patterns;
use super::tree::Folder;

/// Most parts of one wildcard.
const MAX_PARTS: usize = 30;

/// A part of a wildcard.
enum Part {
    Name(String),
    Pattern(GlobMatcher),
}

impl Part {
    fn read(text: &str) -> Option<Self> {
        // `?` and brackets are patterns too, once there is a wildcard at all.
        if !text.contains(['*', '?', '[']) {
            return Some(Self::Name(text.to_owned()));
        }
        // Braces are no more than braces.
        patterns::glob(&text.replace('{', "[{]").replace('}', "[}]")).map(Self::Pattern)
    }

    fn fits(&self, name: &str) -> bool {
        match self {
            Self::Name(own) => own == name,
            Self::Pattern(glob) => glob.is_match(name),
        }
    }
}

impl Ordered<'_> {
    /// What a wildcard gives, from the root of the pages: first the pages, then the folders as
    /// sections, without what is in the nav already. The second value says whether anything fits.
    pub(super) fn matching(&self, pattern: &str, depth: usize) -> (Vec<NavNode>, bool) {
        let only_folders = pattern.ends_with('/');
        let Ok(path) = paths::join("", pattern.trim_matches('/')) else { return (Vec::new(), false) };
        let parts: Option<Vec<Part>> = path.split('/').take(MAX_PARTS).map(Part::read).collect();
        let Some((last, parents)) = parts.as_ref().and_then(|parts| parts.split_last()) else {
            return (Vec::new(), false);
        };
        let mut within: Vec<&Folder> = self.tree.find("").into_iter().collect();
        for part in parents {
            let below = within.iter().flat_map(|folder| self.looked_at(&folder.folders));
            within = below.filter(|folder| part.fits(paths::file_name(&folder.path))).collect();
        }
        let (mut nodes, mut folders, mut any) = (Vec::new(), Vec::new(), false);
        for folder in within {
            for &page in self.looked_at(&folder.pages) {
                let page_of = &self.draft.content.pages[page];
                if last.fits(paths::file_name(&page_of.source)) {
                    any = true;
                    if !only_folders && self.used.borrow_mut().pages.insert(page) {
                        let (title, target) = (page_of.title.clone(), NavTarget::Page(page));
                        nodes.push(NavNode { title, target, children: Vec::new() });
                    }
                }
            }
            folders.extend(self.looked_at(&folder.folders).iter().filter(|one| last.fits(paths::file_name(&one.path))));
        }
        self.count.set(self.count.get() + nodes.len());
        for folder in folders {
            any = true;
            if self.used.borrow().folders.contains(&folder.path) {
                continue;
            }
            self.used.borrow_mut().folders.insert(folder.path.clone());
            if let Some(node) = self.section(folder, depth + 1, false) {
                self.use_nodes(std::slice::from_ref(&node));
                nodes.push(node);
            }
        }
        (nodes, any)
    }

    /// Takes what is in the nav out of what is the rest.
    pub(super) fn use_nodes(&self, nodes: &[NavNode]) {
        for node in nodes {
            if let NavTarget::Page(page) = node.target {
                self.use_page(page);
            }
            self.use_nodes(&node.children);
        }
    }

    /// A list, or nothing when too much was looked at.
    fn looked_at<'t, T>(&self, list: &'t [T]) -> &'t [T] {
        self.work.set(self.work.get() + list.len());
        if self.work.get() > super::order::MAX_WORK { &[] } else { list }
    }
}
