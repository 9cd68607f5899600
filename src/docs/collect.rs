//! The pages of one documentation folder: which files they are, read and rendered.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::{FileId, Memo, ReadError, Sources, Span, paths};
use crate::diagnostics::{DOCS_NOT_FOUND, Diagnostic, FILE_TOO_LARGE, INVALID_UTF8, MARKDOWN_LIMIT, UNREADABLE_FILE};
use crate::markdown::{self, Options, Rendered};
use crate::model::Catalog;

use super::locate::{Folder, FolderKind};
use super::settings::{self, Settings};
use super::{Content, Draft, MAX_PAGES, Page, nav, records, titles};

/// Reads and renders a folder.
pub(super) fn read(
    folder: &Folder,
    catalog: &Catalog,
    sources: &dyn Sources,
    memo: &dyn Memo,
) -> (Draft, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let (settings, settings_file) = match folder.kind {
        FolderKind::Settings(file) => {
            let (settings, more) = settings::read(sources, file, &folder.path);
            findings.extend(more);
            (settings, Some(file))
        }
        _ => (Settings::default(), None),
    };
    let inside = |name: &str| if folder.path.is_empty() { name.to_owned() } else { format!("{}/{name}", folder.path) };
    let docs_dir = match &folder.kind {
        FolderKind::Settings(_) => settings.docs_dir.clone().unwrap_or_else(|| inside("docs")),
        FolderKind::Pages(path) => path.clone(),
        FolderKind::Readme(_) => folder.path.clone(),
    };
    let (mut files, aliases) = match folder.kind {
        FolderKind::Readme(file) => (vec![file], Vec::new()),
        _ => pages(sources, folder, &docs_dir),
    };
    let mut single = matches!(folder.kind, FolderKind::Readme(_));
    let mut docs_dir = docs_dir;
    if files.is_empty() {
        // Settings without pages: the README is better than nothing.
        let readme =
            ["README.md", "readme.md"].iter().find_map(|name| sources.lookup(folder.repository, &inside(name)));
        if let (Some(file), Some(settings_file)) = (readme, settings_file) {
            files.push(file);
            findings.push(no_pages(&docs_dir, settings_file, folder, catalog).help("its README.md is shown instead"));
            docs_dir.clone_from(&folder.path);
            single = true;
        } else if let Some(file) = settings_file {
            findings.push(
                no_pages(&docs_dir, file, folder, catalog)
                    .help("put pages there, or name their folder with `docs_dir`"),
            );
        }
    }
    if files.len() > MAX_PAGES {
        let message = format!("the documentation has more than {MAX_PAGES} pages; the rest is left out");
        findings.push(Diagnostic::new(&MARKDOWN_LIMIT, message).at(files[MAX_PAGES], Span::default()));
        files.truncate(MAX_PAGES);
    }
    // Decision records are pages wherever they are.
    let entity = catalog.entity(folder.entity);
    let mut decisions: FxHashSet<FileId> = FxHashSet::default();
    for path in records::folders(entity, folder.repository, &folder.path, sources) {
        let known: FxHashSet<FileId> = files.iter().copied().collect();
        let found = records::files(sources, folder.repository, &path);
        decisions.extend(&found);
        let more = found.into_iter().filter(|file| !known.contains(file));
        files.extend(more.take(MAX_PAGES.saturating_sub(known.len())));
    }
    let inside = |path: &str| {
        let below = path.strip_prefix(&docs_dir).filter(|_| !docs_dir.is_empty());
        let root = || path.strip_prefix(&folder.path).filter(|_| !folder.path.is_empty());
        let below = below.and_then(|rest| rest.strip_prefix('/')).or_else(|| root()?.strip_prefix('/'));
        below.unwrap_or(path).to_owned()
    };
    let rendered: Vec<(Page, Vec<Diagnostic>)> =
        files.par_iter().map(|file| page(*file, &inside(sources.path(*file)), sources, memo)).collect();
    let mut pages = Vec::with_capacity(rendered.len());
    for (page, more) in rendered {
        pages.push(page);
        findings.extend(more);
    }
    let mut by_path: FxHashMap<String, usize> =
        pages.iter().enumerate().map(|(index, page)| (sources.path(page.file).to_owned(), index)).collect();
    for (alias, path) in aliases {
        if let Some(&page) = by_path.get(&path) {
            by_path.entry(alias).or_insert(page);
        }
    }
    let records_at = (0..pages.len()).filter(|number| decisions.contains(&pages[*number].file)).collect();
    let content = Content {
        repository: folder.repository,
        root: folder.path.clone(),
        docs_dir: docs_dir.clone(),
        settings_file,
        name: settings.name,
        description: settings.description,
        repo_url: settings.repo_url,
        edit_uri: settings.edit_uri,
        pages,
        order: Vec::new(),
        nav: Vec::new(),
        assets: Vec::new(),
        home: 0,
        has_nav: settings.nav.as_ref().is_some_and(|items| nav::names_each_page(items)),
        records: records_at,
        place: Vec::new(),
    };
    let mut draft = Draft { content, entity: folder.entity, by_path, single };
    let nav = match (&settings.nav, settings_file) {
        (Some(items), Some(file)) => nav::written(items, &draft, file, &mut findings),
        _ => nav::automatic(&draft),
    };
    draft.content.order = nav::order(&nav, draft.content.pages.len());
    draft.content.place = vec![None; draft.content.pages.len()];
    for (at, page) in draft.content.order.iter().enumerate() {
        draft.content.place[*page] = Some(at);
    }
    draft.content.nav = nav;
    let index =
        draft.content.pages.iter().position(|page| titles::is_index(&page.source) && !page.source.contains('/'));
    draft.content.home = index.or(draft.content.order.first().copied()).unwrap_or(0);
    (draft, findings)
}

/// The pages below a folder, by path, and other paths by which one may be named: where a folder
/// has an index and a README, the index is its page.
fn pages(sources: &dyn Sources, folder: &Folder, docs_dir: &str) -> (Vec<FileId>, Vec<(String, String)>) {
    let prefix = if docs_dir.is_empty() { 0 } else { docs_dir.len() + 1 };
    let mut files = Vec::new();
    let mut indexes: FxHashMap<&str, FileId> = FxHashMap::default();
    for file in sources.under(folder.repository, docs_dir) {
        let path = sources.path(file);
        let source = &path[prefix..];
        let hidden = source.split('/').any(|part| part.starts_with('.')) || source.starts_with("templates/");
        // Pages in the root of a repository do not bring all that was installed below it.
        let foreign = source.split('/').any(|part| matches!(part, "node_modules" | "vendor" | "site-packages"));
        if hidden || foreign || !matches!(paths::extension(path).as_str(), "md" | "markdown") {
            continue;
        }
        if paths::file_name(path) == "index.md" {
            indexes.insert(paths::parent(path), file);
        }
        files.push(file);
    }
    let mut aliases = Vec::new();
    files.retain(|file| {
        let path = sources.path(*file);
        let Some(index) = indexes.get(paths::parent(path)).filter(|index| *index != file && titles::is_index(path))
        else {
            return true;
        };
        aliases.push((path.to_owned(), sources.path(*index).to_owned()));
        false
    });
    (files, aliases)
}

fn no_pages(docs_dir: &str, file: FileId, folder: &Folder, catalog: &Catalog) -> Diagnostic {
    Diagnostic::new(&DOCS_NOT_FOUND, format!("there are no pages in `{docs_dir}/`"))
        .at(file, Span::default())
        .entity(catalog.entity(folder.entity).key())
        .subject(docs_dir)
}

fn page(file: FileId, source: &str, sources: &dyn Sources, memo: &dyn Memo) -> (Page, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let rendered = match sources.text(file) {
        Ok(text) => {
            if let Some(at) = text.invalid_utf8() {
                let span = Span::new(at as usize, at as usize + 1);
                findings.push(
                    Diagnostic::new(&INVALID_UTF8, "the page is not UTF-8 text")
                        .at(file, span)
                        .help("save it as UTF-8"),
                );
            }
            markdown::render(text.as_str(), &Options::PAGE, memo)
        }
        Err(error) => {
            let (rule, message) = match error {
                ReadError::TooLarge(size) => (&FILE_TOO_LARGE, format!("the page has {size} bytes and is not read")),
                ReadError::Failed(why) => (&UNREADABLE_FILE, format!("the page cannot be read: {why}")),
            };
            findings.push(Diagnostic::new(rule, message).at(file, Span::default()));
            Rendered::default()
        }
    };
    let mut seen = FxHashSet::default();
    for problem in &rendered.problems {
        let message = problem.kind.message();
        if seen.insert(message.clone()) {
            findings.push(Diagnostic::new(&MARKDOWN_LIMIT, message).at(file, problem.span));
        }
    }
    let title = titles::page(source, &rendered);
    (Page { file, source: source.to_owned(), title, rendered, targets: Vec::new() }, findings)
}
