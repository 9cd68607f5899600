//! When files were last changed and who wrote them, by one walk from the commit that is checked
//! out: each commit's tree against those of its parents. Nothing is ever blamed line by line.

use std::path::Path;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::history::{self, Author, FileHistory, History, KEPT_COMMITS, NAMED_AUTHORS, NAMED_FILES, Reach};

use super::mailmap::Mailmap;
use super::tree::EntryKind;
use super::{Commit, Repository};

/// Most commits that are looked at. Who wrote a file before them is not counted.
const MAX_COMMITS: usize = 20_000;
/// Most entries of trees that are compared in all: a few seconds of work.
const MAX_COMPARED: usize = 50_000_000;
/// Most parents of a commit that are looked at.
const MAX_PARENTS: usize = 16;
/// Longest name of an author, in characters.
const MAX_NAME: usize = 80;
/// Longest first line of a message, in characters.
const MAX_SUBJECT: usize = 200;
/// Largest `.mailmap`, in bytes.
const MAX_MAILMAP: u64 = 1024 * 1024;
/// What is kept of objects that were read, in bytes: neighbouring commits share most trees.
const CACHE: usize = 16 * 1024 * 1024;

/// The history of a folder that has `.git` itself; nothing where there is no commit, or where it
/// cannot be read.
pub(in crate::scan) fn history(root: &Path) -> Option<History> {
    if !root.join(".git").exists() {
        return None;
    }
    let git = gix::open_opts(root, super::options()).ok()?.into_sync();
    let repository = Repository { git, root: root.to_path_buf() };
    let head = repository.head().ok()?;
    Some(Walk::new(&repository, head)?.run(head))
}

/// Why a walk ended before the first commit.
enum Stopped {
    /// Something is not in the clone.
    Missing,
    /// A limit was reached.
    Limit,
}

struct Walk {
    git: gix::Repository,
    /// The files of the commit that is checked out, by path.
    files: FxHashMap<Arc<str>, usize>,
    /// The same by number.
    paths: Vec<Arc<str>>,
    /// Their folders. Others are not looked into.
    folders: FxHashSet<String>,
    mailmap: Mailmap,
    /// Names by address.
    authors: FxHashMap<String, usize>,
    names: Vec<Author>,
    kept: Vec<history::Commit>,
    changed: Vec<Option<i64>>,
    /// How many commits of an author changed a file.
    commits: FxHashMap<(usize, usize), usize>,
    compared: usize,
}

impl Walk {
    fn new(repository: &Repository, head: Commit) -> Option<Self> {
        let entries = repository.list(head, "").ok()?;
        let mailmap = entries.iter().find(|entry| entry.path == ".mailmap" && entry.kind == EntryKind::File);
        let mailmap = mailmap.and_then(|entry| repository.blob(entry, MAX_MAILMAP).ok());
        let mailmap = mailmap.map_or_else(Mailmap::default, |bytes| Mailmap::parse(&String::from_utf8_lossy(&bytes)));
        let mut folders = FxHashSet::default();
        for entry in &entries {
            let mut path = crate::base::paths::parent(&entry.path);
            while !path.is_empty() && folders.insert(path.to_owned()) {
                path = crate::base::paths::parent(path);
            }
        }
        let paths: Vec<Arc<str>> = entries.into_iter().map(|entry| entry.path.into()).collect();
        let files: FxHashMap<Arc<str>, usize> = paths.iter().cloned().zip(0..).collect();
        let mut git = repository.git.to_thread_local();
        git.object_cache_size_if_unset(CACHE);
        Some(Self {
            git,
            changed: vec![None; files.len()],
            files,
            paths,
            folders,
            mailmap,
            authors: FxHashMap::default(),
            names: Vec::new(),
            kept: Vec::new(),
            commits: FxHashMap::default(),
            compared: 0,
        })
    }

    fn run(mut self, head: Commit) -> History {
        let reach = match self.walk(head) {
            Ok(reach) => reach,
            Err(Stopped::Missing) => Reach::Shallow,
            Err(Stopped::Limit) => Reach::Recent,
        };
        self.finish(reach)
    }

    fn walk(&mut self, head: Commit) -> Result<Reach, Stopped> {
        use gix::revision::walk::Sorting;
        use gix::traverse::commit::simple::CommitTimeOrder;
        let boundary: FxHashSet<gix::ObjectId> = match self.git.shallow_commits() {
            Ok(commits) => {
                commits.into_iter().flat_map(|commits| commits.iter().copied().collect::<Vec<_>>()).collect()
            }
            Err(_) => return Err(Stopped::Missing),
        };
        let git = self.git.clone();
        let walk = git.rev_walk([head.0]).sorting(Sorting::ByCommitTime(CommitTimeOrder::NewestFirst));
        // The commits are read anyway: a file about them would be read for nothing.
        let walk = walk.use_commit_graph(false).all().map_err(|_| Stopped::Missing)?;
        for (number, info) in walk.enumerate() {
            if number == MAX_COMMITS {
                return Err(Stopped::Limit);
            }
            let id = info.map_err(|_| Stopped::Missing)?.id;
            // Behind it there may be others: what it seems to bring may be older.
            if !boundary.contains(&id) {
                self.commit(id)?;
            }
        }
        Ok(if boundary.is_empty() { Reach::Whole } else { Reach::Shallow })
    }

    fn commit(&mut self, id: gix::ObjectId) -> Result<(), Stopped> {
        let git = self.git.clone();
        let commit = git.find_commit(id).map_err(|_| Stopped::Missing)?;
        let tree = commit.tree_id().map_err(|_| Stopped::Missing)?.detach();
        let mut parents = Vec::new();
        for parent in commit.parent_ids().take(MAX_PARENTS) {
            let parent = git.find_commit(parent).map_err(|_| Stopped::Missing)?;
            parents.push(parent.tree_id().map_err(|_| Stopped::Missing)?.detach());
        }
        let mut parents = parents.into_iter();
        let mut files = Vec::new();
        self.compare(parents.next(), tree, "", &mut files)?;
        // What a merge takes as it is from one side was changed there.
        for parent in parents {
            if files.is_empty() {
                break;
            }
            let mut other = Vec::new();
            self.compare(Some(parent), tree, "", &mut other)?;
            let other: FxHashSet<usize> = other.into_iter().collect();
            files.retain(|file| other.contains(file));
        }
        if files.is_empty() {
            return Ok(());
        }
        let time = commit.time().map_or(0, |time| time.seconds);
        let author = commit.author().ok().map(|author| (author.name.to_string(), author.email.to_string()));
        let author = author.and_then(|(name, email)| self.author(&name, &email));
        for &file in &files {
            self.changed[file].get_or_insert(time);
            if let Some(author) = author {
                *self.commits.entry((file, author)).or_default() += 1;
            }
        }
        self.keep(&commit, time, author, &files);
        Ok(())
    }

    /// Keeps a commit for itself where it changed something written.
    fn keep(&mut self, commit: &gix::Commit<'_>, time: i64, author: Option<usize>, files: &[usize]) {
        if self.kept.len() == KEPT_COMMITS {
            return;
        }
        let written: Vec<usize> =
            files.iter().copied().filter(|&file| history::is_written(&self.paths[file])).collect();
        if written.is_empty() {
            return;
        }
        let message = commit.message_raw_sloppy().to_string();
        let subject = message.trim_start().lines().next().unwrap_or("").trim_end();
        let subject: String = subject.chars().filter(|c| !c.is_control()).take(MAX_SUBJECT).collect();
        self.kept.push(history::Commit {
            id: commit.id.to_string().into(),
            time,
            author: author.map(|author| self.names[author].clone()),
            subject: subject.into(),
            files: written.iter().take(NAMED_FILES).map(|&file| Arc::clone(&self.paths[file])).collect(),
            more_files: written.len().saturating_sub(NAMED_FILES),
        });
    }

    /// The number of an author. The newest name of an address is the one that is shown.
    fn author(&mut self, name: &str, email: &str) -> Option<usize> {
        let (name, email) = self.mailmap.proper(name.trim(), email.trim());
        let name: String = name.chars().filter(|c| !c.is_control()).take(MAX_NAME).collect();
        // Some write their address in the place of a name.
        let name = history::without_addresses(&name);
        let key = if email.is_empty() { name.clone() } else { email.clone() };
        if let Some(&known) = self.authors.get(&key) {
            return Some(known);
        }
        if name.is_empty() {
            return None;
        }
        self.names.push(Author { name: name.into(), email: email.into() });
        self.authors.insert(key, self.names.len() - 1);
        Some(self.names.len() - 1)
    }

    /// The files of today that differ between two trees. Both are sorted in the same way.
    fn compare(
        &mut self,
        old: Option<gix::ObjectId>,
        new: gix::ObjectId,
        folder: &str,
        files: &mut Vec<usize>,
    ) -> Result<(), Stopped> {
        if old == Some(new) {
            return Ok(());
        }
        let git = self.git.clone();
        let tree = |id| git.find_tree(id).map_err(|_| Stopped::Missing);
        let old = old.map(tree).transpose()?;
        let new = tree(new)?;
        let mut before = old.iter().flat_map(|tree| tree.iter().map_while(Result::ok)).peekable();
        for entry in new.iter().map_while(Result::ok) {
            self.compared += 1;
            let order = |other: &gix::objs::tree::EntryRef<'_>| other.cmp(&entry.inner);
            while before.next_if(|other| order(&other.inner).is_lt()).is_some() {
                self.compared += 1;
            }
            let same =
                before.next_if(|other| order(&other.inner).is_eq()).map(|other| (other.mode(), other.object_id()));
            if same == Some((entry.mode(), entry.object_id())) {
                continue;
            }
            let Ok(name) = std::str::from_utf8(entry.filename()) else { continue };
            let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
            if entry.mode().is_tree() {
                // As deep as the folders of today, of which there is a limit.
                if self.folders.contains(&path) {
                    let before = same.filter(|(mode, _)| mode.is_tree()).map(|(_, id)| id);
                    self.compare(before, entry.object_id(), &path, files)?;
                }
            } else if let Some(&file) = self.files.get(path.as_str()) {
                files.push(file);
            }
        }
        if self.compared > MAX_COMPARED { Err(Stopped::Limit) } else { Ok(()) }
    }

    fn finish(self, reach: Reach) -> History {
        let mut authors: Vec<Vec<(usize, usize)>> = vec![Vec::new(); self.changed.len()];
        let mut commits: Vec<((usize, usize), usize)> = self.commits.into_iter().collect();
        commits.sort_unstable();
        for ((file, author), count) in commits {
            authors[file].push((count, author));
        }
        let files = self.files.into_iter().filter_map(|(path, file)| {
            let changed = self.changed[file]?;
            let mut wrote = std::mem::take(&mut authors[file]);
            wrote.sort_by(|a, b| {
                b.0.cmp(&a.0).then_with(|| self.names[a.1].name.cmp(&self.names[b.1].name)).then(a.1.cmp(&b.1))
            });
            let named = wrote.iter().take(NAMED_AUTHORS).map(|(_, author)| Arc::clone(&self.names[*author].name));
            Some((path, FileHistory { changed, authors: named.collect(), author_count: wrote.len() }))
        });
        History::new(reach, files.collect(), self.kept)
    }
}
