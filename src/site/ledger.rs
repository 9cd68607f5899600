//! Which pages were made: what the sitemap lists, and what redirects lead to and must not stand on.
//! Of a page its path alone is kept.

use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashSet;

/// The pages of a site, as they are made.
#[derive(Debug, Default)]
pub(super) struct Ledger(Mutex<FxHashSet<Box<str>>>);

impl Ledger {
    /// Notes a file, if it is a page.
    pub(super) fn note(&self, path: &str) {
        if path.ends_with(".html") {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(path.into());
        }
    }

    /// The pages so far, in order.
    pub(super) fn sorted(&self) -> Vec<Box<str>> {
        let pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut pages: Vec<Box<str>> = pages.iter().cloned().collect();
        pages.sort_unstable();
        pages
    }
}
