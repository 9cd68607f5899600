//! Which cache a command uses: the folder that was named, the user's, or none.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::base::{Hash, Memo};
use crate::cache::DiskMemo;

use super::args::CacheArgs;

/// The cache of a command.
pub(super) enum Cache {
    /// In a folder, and whether somebody named it.
    Disk(DiskMemo, bool),
    Off,
}

impl Cache {
    /// Opens it. An empty name is none, as CI systems give it for a variable that is not set.
    pub(super) fn open(args: &CacheArgs) -> Self {
        let named = args.cache_dir.clone().or_else(|| std::env::var_os("CATALOG_CACHE_DIR").map(PathBuf::from));
        let named = named.filter(|folder| !folder.as_os_str().is_empty());
        let is_named = named.is_some();
        match named.or_else(users_folder).filter(|_| !args.no_cache) {
            Some(folder) => Self::Disk(DiskMemo::open(&folder), is_named),
            None => Self::Off,
        }
    }

    /// The folder, which is never part of the input.
    pub(super) fn folder(&self) -> Option<&Path> {
        match self {
            Self::Disk(memo, _) => Some(memo.folder()),
            Self::Off => None,
        }
    }

    /// Keeps what the command made. Where that is not possible and somebody asked for it, a line
    /// says so; nobody has to have a folder for a cache.
    pub(super) fn keep(self) -> Option<String> {
        let Self::Disk(memo, is_named) = self else { return None };
        let folder = memo.folder().display().to_string();
        (!memo.keep() && is_named)
            .then(|| format!("nothing could be kept in the cache {folder}; the next run does it all again\n"))
    }
}

impl Memo for Cache {
    fn get(&self, key: &Hash) -> Option<Arc<[u8]>> {
        match self {
            Self::Disk(memo, _) => memo.get(key),
            Self::Off => None,
        }
    }

    fn put(&self, key: Hash, value: &[u8]) {
        if let Self::Disk(memo, _) = self {
            memo.put(key, value);
        }
    }
}

/// `catalog` in the folder in which the user's programs keep what they can make again.
fn users_folder() -> Option<PathBuf> {
    let of = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = of("XDG_CACHE_HOME").or_else(|| of("LOCALAPPDATA")).or_else(|| Some(of("HOME")?.join(".cache")))?;
    Some(base.join("catalog"))
}
