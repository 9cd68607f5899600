//! The pages of a site as folders, in MkDocs' order: the index of a folder first, then its pages
//! by name, then its folders.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::base::paths;

use super::{Draft, titles};

/// Deepest folder that the nav has.
const MAX_DEPTH: usize = 50;

/// The folders of a site.
#[derive(Debug)]
pub(super) struct Tree(Folder);

/// A folder with pages in it or below it.
#[derive(Debug, Default)]
pub(super) struct Folder {
    /// Its path below the folder of the pages.
    pub(super) path: String,
    pub(super) pages: Vec<usize>,
    pub(super) folders: Vec<Folder>,
}

impl Tree {
    pub(super) fn new(draft: &Draft) -> Self {
        let pages = &draft.content.pages;
        let mut by_folder: BTreeMap<&str, Vec<usize>> = BTreeMap::default();
        let mut below: BTreeMap<&str, Vec<&str>> = BTreeMap::default();
        let mut hung = FxHashSet::default();
        for (number, page) in pages.iter().enumerate() {
            let mut folder = paths::parent(&page.source);
            by_folder.entry(folder).or_default().push(number);
            // Each folder is hung under its parent once.
            while !folder.is_empty() && hung.insert(folder) {
                below.entry(paths::parent(folder)).or_default().push(folder);
                folder = paths::parent(folder);
            }
        }
        let key = |page: &usize| {
            let source = &pages[*page].source;
            (!titles::is_index(source), source.as_str())
        };
        for list in by_folder.values_mut() {
            list.sort_by(|a, b| key(a).cmp(&key(b)));
        }
        for list in below.values_mut() {
            list.sort_unstable();
        }
        Self(folder("", &by_folder, &below, 0))
    }

    /// The folder at a path.
    pub(super) fn find(&self, path: &str) -> Option<&Folder> {
        let mut here = &self.0;
        if path.is_empty() {
            return Some(here);
        }
        for (end, _) in path.match_indices('/').chain(std::iter::once((path.len(), ""))) {
            let at = here.folders.binary_search_by(|folder| folder.path.as_str().cmp(&path[..end])).ok()?;
            here = &here.folders[at];
        }
        Some(here)
    }
}

fn folder(path: &str, pages: &BTreeMap<&str, Vec<usize>>, below: &BTreeMap<&str, Vec<&str>>, depth: usize) -> Folder {
    let folders = below.get(path).filter(|_| depth < MAX_DEPTH).into_iter().flatten();
    Folder {
        path: path.to_owned(),
        pages: pages.get(path).cloned().unwrap_or_default(),
        folders: folders.map(|inner| folder(inner, pages, below, depth + 1)).collect(),
    }
}

impl Folder {
    /// All pages in and below it.
    pub(super) fn all_pages(&self) -> Vec<usize> {
        let mut out = self.pages.clone();
        for folder in &self.folders {
            out.extend(folder.all_pages());
        }
        out
    }

    /// The names of what stands in it.
    pub(super) fn names<'a>(&'a self, draft: &'a Draft) -> Vec<&'a str> {
        let pages = self.pages.iter().map(|page| paths::file_name(&draft.content.pages[*page].source));
        pages.chain(self.folders.iter().map(|folder| paths::file_name(&folder.path))).collect()
    }
}
