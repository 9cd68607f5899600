//! Which files are pages: those below the folders of a site, without what its settings leave out.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::{FileId, RepoId, Sources, Span, paths};
use crate::diagnostics::{Diagnostic, PATH_COLLISION};

use super::mounts::Mount;
use super::titles;

/// A file that is a page, and its path in the site.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    pub(super) file: FileId,
    pub(super) source: String,
    pub(super) mount: usize,
}

/// The pages of a site, and other paths by which one may be named.
#[derive(Debug, Default)]
pub(super) struct Files {
    pub(super) pages: Vec<Listed>,
    /// Paths of READMEs with those of the indexes that go before them, in the site.
    pub(super) aliases: Vec<(String, String)>,
}

/// Files with the nav itself are no pages.
pub(super) struct Skipped<'a> {
    pub(super) nav_file: Option<&'a str>,
}

/// Lists the pages of all folders of a site.
pub(super) fn list(
    sources: &dyn Sources,
    repository: RepoId,
    mounts: &[Mount],
    skipped: &Skipped<'_>,
    findings: &mut Vec<Diagnostic>,
) -> Files {
    let mut out = Files::default();
    let mut taken: FxHashSet<String> = FxHashSet::default();
    // What is included goes before what the folder of the whole site has.
    for (number, mount) in mounts.iter().enumerate().rev() {
        let mut indexes: FxHashMap<String, FileId> = FxHashMap::default();
        let from = out.pages.len();
        for (file, source) in sources_of(sources, repository, mount) {
            if !is_shown(mount, &mounts[0], &source) || skipped.nav_file == Some(paths::file_name(&source)) {
                continue;
            }
            if paths::file_name(&source) == "index.md" {
                indexes.insert(paths::parent(&source).to_owned(), file);
            }
            let source = if mount.prefix.is_empty() { source } else { format!("{}/{source}", mount.prefix) };
            if taken.insert(source.clone()) {
                out.pages.push(Listed { file, source, mount: number });
            }
        }
        let pages = out.pages.split_off(from);
        let prefix = if mount.prefix.is_empty() { 0 } else { mount.prefix.len() + 1 };
        for page in pages {
            let folder = paths::parent(page.source.get(prefix..).unwrap_or(""));
            match indexes.get(folder).filter(|index| **index != page.file && titles::is_index(&page.source)) {
                None => out.pages.push(page),
                Some(index) => {
                    findings.push(hidden(&page, *index, sources));
                    let folder = paths::parent(&page.source);
                    let beside = if folder.is_empty() { "index.md".to_owned() } else { format!("{folder}/index.md") };
                    out.aliases.push((page.source, beside));
                }
            }
        }
    }
    out.pages.sort_unstable_by(|a, b| a.source.cmp(&b.source));
    out
}

/// A README that readers do not see, because there is an index.
fn hidden(page: &Listed, index: FileId, sources: &dyn Sources) -> Diagnostic {
    let name = paths::file_name(sources.path(page.file));
    let message = format!("`{name}` is not shown: the `index.md` beside it is the page of this folder");
    Diagnostic::new(&PATH_COLLISION, message)
        .at(page.file, Span::default())
        .related("the index", crate::base::Place::start_of(index))
        .help("make them one, or name the README in `exclude_docs`")
}

fn sources_of<'a>(
    sources: &'a dyn Sources,
    repository: RepoId,
    mount: &'a Mount,
) -> impl Iterator<Item = (FileId, String)> + 'a {
    let prefix = if mount.docs_dir.is_empty() { 0 } else { mount.docs_dir.len() + 1 };
    sources.under(repository, &mount.docs_dir).into_iter().filter_map(move |file| {
        let source = sources.path(file).get(prefix..)?;
        matches!(paths::extension(source).as_str(), "md" | "markdown").then(|| (file, source.to_owned()))
    })
}

/// Whether a page is part of the site, by its path below the folder of its pages. `exclude_docs`
/// can bring back what is left out by itself.
fn is_shown(mount: &Mount, root: &Mount, source: &str) -> bool {
    if mount.drafts.matches(source) {
        return false;
    }
    if let Some(excluded) = mount.exclude.says(source) {
        return !excluded;
    }
    if !mount.prefix.is_empty() && root.exclude.matches(&format!("{}/{source}", mount.prefix)) {
        return false;
    }
    let hidden = source.split('/').any(|part| part.starts_with('.')) || source.starts_with("templates/");
    // Pages in the root of a repository do not bring all that was installed below it.
    let foreign = source.split('/').any(|part| matches!(part, "node_modules" | "vendor" | "site-packages"));
    !hidden && !foreign
}
