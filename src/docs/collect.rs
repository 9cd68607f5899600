//! The pages of one documentation folder: which files they are, read and rendered.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::{FileId, Memo, ReadError, Sources, Span, paths};
use crate::diagnostics::{
    DIAGRAM_NOT_RENDERED, DIAGRAM_SHOWN_AS_SOURCE, DOCS_NOT_FOUND, Diagnostic, FILE_TOO_LARGE, FORMULA_NOT_RENDERED,
    FRONT_MATTER_INVALID, INVALID_UTF8, MACRO_NOT_RUN, MARKDOWN_LIMIT, SNIPPET_MISSING, UNREADABLE_FILE,
};
use crate::markdown::{self, Options, ProblemKind, Rendered, Undrawn, UndrawnKind};
use crate::model::Catalog;
use crate::parse;

use super::files::{self, Files, Listed, Skipped};
use super::items::Item;
use super::layers::invalid;
use super::locate::{Folder, FolderKind};
use super::mounts::{Includes, Mount};
use super::nav::{self, Written};
use super::order::Ordered;
use super::settings::{self, Environment, Settings};
use super::snippets::Included;
use super::tree::Tree;
use super::{Content, Draft, MAX_PAGES, Page, records, redirects, titles};

/// Most diagrams and formulas of one page that are named as not drawn.
const MAX_UNDRAWN: usize = 50;

/// Reads and renders a folder.
pub(super) fn read(
    folder: &Folder,
    catalog: &Catalog,
    sources: &dyn Sources,
    environment: &Environment,
    frames: &[String],
    memo: &dyn Memo,
) -> (Draft, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let (mut settings, settings_file) = match folder.kind {
        FolderKind::Settings(file) => {
            findings.extend(two_settings(sources, file));
            let (settings, more) = settings::read(sources, environment, file, &folder.path);
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
    let own = Mount {
        docs_dir,
        repo_url: settings.repo_url.clone(),
        edit: std::mem::take(&mut settings.edit),
        exclude: std::mem::take(&mut settings.exclude),
        drafts: std::mem::take(&mut settings.drafts),
        ..Mount::default()
    };
    let mut includes = Includes {
        sources,
        environment,
        repository: folder.repository,
        mounts: vec![own],
        findings: &mut findings,
        chain: settings_file.into_iter().collect(),
    };
    let items = settings.nav.take().map(|items| includes.expand(items, &folder.path, ""));
    let mut mounts = includes.mounts;
    let readme = |file: FileId| {
        let source = paths::file_name(sources.path(file)).to_owned();
        Files { pages: vec![Listed { file, source, mount: 0 }], aliases: Vec::new() }
    };
    let mut files = match folder.kind {
        FolderKind::Readme(file) => readme(file),
        _ => {
            let skipped = Skipped { nav_file: settings.plugins.literate.as_deref() };
            files::list(sources, folder.repository, &mounts, &skipped, &mut findings)
        }
    };
    let mut single = matches!(folder.kind, FolderKind::Readme(_));
    if let (true, Some(settings_file)) = (files.pages.is_empty(), settings_file) {
        // Settings without pages: the README is better than nothing.
        let beside =
            ["README.md", "readme.md"].iter().find_map(|name| sources.lookup(folder.repository, &inside(name)));
        let finding = no_pages(&mounts[0].docs_dir, settings_file, folder, catalog);
        if let Some(file) = beside {
            files = readme(file);
            findings.push(finding.help("its README.md is shown instead"));
            mounts[0].docs_dir.clone_from(&folder.path);
            single = true;
        } else {
            findings.push(finding.help("put pages there, or name their folder with `docs_dir`"));
        }
    }
    if files.pages.len() > MAX_PAGES {
        let message = format!("the documentation has more than {MAX_PAGES} pages; the rest is left out");
        findings.push(Diagnostic::new(&MARKDOWN_LIMIT, message).at(files.pages[MAX_PAGES].file, Span::default()));
        files.pages.truncate(MAX_PAGES);
    }
    // Decision records are pages wherever they are.
    let entity = catalog.entity(folder.entity);
    let mut decisions: FxHashSet<FileId> = FxHashSet::default();
    let mut known: FxHashSet<FileId> = files.pages.iter().map(|listed| listed.file).collect();
    for path in records::folders(entity, folder.repository, &folder.path, sources) {
        for file in records::files(sources, folder.repository, &path) {
            decisions.insert(file);
            if known.len() < MAX_PAGES && known.insert(file) {
                let source = below(sources.path(file), &[&mounts[0].docs_dir, &folder.path]).to_owned();
                files.pages.push(Listed { file, source, mount: 0 });
            }
        }
    }
    files.pages.sort_unstable_by(|a, b| a.source.cmp(&b.source).then(a.file.cmp(&b.file)));
    let snippets = Included::new(sources, folder, &mounts[0].docs_dir, &settings.extensions.snippet_folders);
    for name in &settings.extensions.pages.append {
        if let (Some(file), Err(why)) = (settings_file, markdown::Snippets::read(&snippets, name)) {
            let message = format!("the snippet `{name}`, which every page ends with, is not included, {why}");
            findings.push(Diagnostic::new(&SNIPPET_MISSING, message).at(file, Span::default()).subject(name));
        }
    }
    let extensions = &settings.extensions.pages;
    let reader = Reader { sources, memo, snippets, extensions, frames, macros: settings.plugins.macros };
    let rendered: Vec<(Page, Vec<Diagnostic>)> = files.pages.par_iter().map(|listed| reader.page(listed)).collect();
    let mut pages = Vec::with_capacity(rendered.len());
    for (page, more) in rendered {
        pages.push(page);
        findings.extend(more);
    }
    let numbered = || pages.iter().enumerate();
    let by_path = numbered().map(|(index, page)| (sources.path(page.file).to_owned(), index)).collect();
    let by_source = numbered().map(|(index, page)| (page.source.clone(), index)).collect();
    let records_at = (0..pages.len()).filter(|number| decisions.contains(&pages[*number].file)).collect();
    let content = Content {
        repository: folder.repository,
        root: folder.path.clone(),
        docs_dir: mounts[0].docs_dir.clone(),
        settings_file,
        name: settings.name.take(),
        description: settings.description.take(),
        repo_url: settings.repo_url.take(),
        site_url: settings.site_url.take(),
        directory_urls: settings.directory_urls || settings_file.is_none(),
        validation: settings.validation,
        listed: settings.extensions.pages.listed,
        mounts,
        redirects: Vec::new(),
        pages,
        order: Vec::new(),
        nav: Vec::new(),
        assets: Vec::new(),
        home: 0,
        has_nav: items.is_some(),
        not_in_nav: FxHashSet::default(),
        records: records_at,
        place: Vec::new(),
    };
    let (entity, moved) = (folder.entity, FxHashMap::default());
    let landed = FxHashMap::default();
    let mut draft = Draft { content, entity, by_path, by_source, moved, landed, single };
    for (alias, source) in files.aliases {
        draft.name(alias, &source);
    }
    redirects::read(&settings.plugins.redirects, &mut draft, &mut findings);
    navigate(&mut draft, &settings, items.as_deref(), sources, &mut findings);
    (draft, findings)
}

/// Gives a site its nav, and the way through it.
fn navigate(
    draft: &mut Draft,
    settings: &Settings,
    items: Option<&[Item]>,
    sources: &dyn Sources,
    findings: &mut Vec<Diagnostic>,
) {
    let tree = Tree::new(draft);
    let ordered = Ordered::new(draft, sources, &settings.plugins, &tree);
    let mut nav = match items {
        Some(items) if !ordered.is_literate() => {
            let has_rest = settings.plugins.order.is_some() || settings.plugins.literate.is_some();
            let mut written = Written { draft, ordered: &ordered, has_rest, findings: Vec::new() };
            let nav = written.read(items);
            findings.append(&mut written.findings);
            nav
        }
        _ => ordered.below(""),
    };
    let titles = nav::titles(&nav, draft.content.pages.len());
    findings.extend(ordered.into_findings());
    let content = &draft.content;
    if settings.section_indexes || settings.plugins.section_index {
        nav = nav::with_indexes(nav, content, settings);
    }
    let order = nav::order(&nav, content.pages.len());
    let mut place = vec![None; content.pages.len()];
    for (at, page) in order.iter().enumerate() {
        place[*page] = Some(at);
    }
    let index = content.pages.iter().position(|page| titles::is_index(&page.source) && !page.source.contains('/'));
    let content = &mut draft.content;
    // As in MkDocs, the nav names a page wherever its title is shown.
    for (page, title) in content.pages.iter_mut().zip(titles) {
        if let Some(title) = title {
            page.title = title;
        }
    }
    content.home = index.or(order.first().copied()).unwrap_or(0);
    (content.nav, content.order, content.place) = (nav, order, place);
    let named = content.pages.iter().enumerate().filter(|(_, page)| settings.not_in_nav.matches(&page.source));
    content.not_in_nav = named.map(|(number, _)| number).collect();
}

/// Of two files of settings the one that TechDocs takes is read.
fn two_settings(sources: &dyn Sources, file: FileId) -> Option<Diagnostic> {
    let stem = sources.path(file).strip_suffix(".yaml")?;
    let other = sources.lookup(sources.repo_of(file), &format!("{stem}.yml"))?;
    let finding = invalid(other, Span::default(), "this file is not read: `mkdocs.yaml` is beside it".to_owned());
    Some(finding.help("make them one; TechDocs reads `mkdocs.yaml` too"))
}

fn no_pages(docs_dir: &str, file: FileId, folder: &Folder, catalog: &Catalog) -> Diagnostic {
    Diagnostic::new(&DOCS_NOT_FOUND, format!("there are no pages in `{docs_dir}/`"))
        .at(file, Span::default())
        .entity(catalog.entity(folder.entity).key())
        .subject(docs_dir)
}

/// A path below the first of some folders that it is in, else itself.
fn below<'p>(path: &'p str, folders: &[&str]) -> &'p str {
    let inside = |folder: &&&str| path.strip_prefix(**folder)?.strip_prefix('/');
    folders.iter().filter(|folder| !folder.is_empty()).find_map(|folder| inside(&folder)).unwrap_or(path)
}

/// What pages of one folder are read with.
struct Reader<'a> {
    sources: &'a dyn Sources,
    memo: &'a dyn Memo,
    snippets: Included<'a>,
    extensions: &'a markdown::Extensions,
    /// Hosts whose pages may stand in a page.
    frames: &'a [String],
    /// Whether the site would fill in templates.
    macros: bool,
}

impl Reader<'_> {
    fn page(&self, listed: &Listed) -> (Page, Vec<Diagnostic>) {
        let &Listed { file, ref source, mount } = listed;
        let mut findings = Vec::new();
        // Of ten thousand pages the texts would be a fifth of the memory.
        let rendered = match self.sources.text_once(file, &parse::may_suppress) {
            Ok(text) => {
                if let Some(at) = text.invalid_utf8() {
                    let span = Span::new(at as usize, at as usize + 1);
                    findings.push(
                        Diagnostic::new(&INVALID_UTF8, format!("the page is {} text", text.encoding()))
                            .at(file, span)
                            .help("save it as UTF-8"),
                    );
                }
                let options = Options { frames: self.frames, ..Options::PAGE };
                markdown::render_with(text.as_str(), &options, &self.snippets, self.extensions, self.memo)
            }
            Err(error) => {
                let (rule, message) = match error {
                    ReadError::TooLarge(size) => {
                        (&FILE_TOO_LARGE, format!("the page has {size} bytes and is not read"))
                    }
                    ReadError::Failed(why) => (&UNREADABLE_FILE, format!("the page cannot be read: {why}")),
                };
                findings.push(Diagnostic::new(rule, message).at(file, Span::default()));
                Rendered::default()
            }
        };
        let title = titles::page(source, &rendered);
        let page = Page { file, source: source.clone(), mount, title, rendered, targets: Vec::new() };
        let mut seen = FxHashSet::default();
        for problem in &page.rendered.problems {
            let message = problem.kind.message();
            if !seen.insert(message.clone()) {
                continue;
            }
            let (rule, help) = match &problem.kind {
                ProblemKind::Snippet { .. } => (
                    &SNIPPET_MISSING,
                    Some("name a file of this repository, from the folder of mkdocs.yml or of the pages"),
                ),
                ProblemKind::FrontMatter(_) => {
                    (&FRONT_MATTER_INVALID, Some("it is shown as text; write it as a YAML map"))
                }
                _ => (&MARKDOWN_LIMIT, None),
            };
            let subject = if let ProblemKind::Snippet { name, .. } = &problem.kind { name.as_str() } else { "" };
            let (file, span) = page.place(problem.span);
            findings.push(
                Diagnostic::new(rule, message).at(file, span).subject(subject).maybe_help(help.map(str::to_owned)),
            );
        }
        let tags = &page.rendered.template_tags;
        if let Some(span) = tags.in_text.or(tags.in_code.filter(|_| self.macros)) {
            let (file, span) = page.place(span);
            let message = "templates are not run: `{{ … }}` and `{% … %}` are shown as they are";
            findings.push(Diagnostic::new(&MACRO_NOT_RUN, message).at(file, span));
        }
        undrawn(&page, &mut findings);
        (page, findings)
    }
}

/// Findings for diagrams and formulas that are shown as source.
fn undrawn(page: &Page, findings: &mut Vec<Diagnostic>) {
    for undrawn in page.rendered.undrawn.iter().take(MAX_UNDRAWN) {
        let (file, span) = page.place(undrawn.span);
        findings.push(shown_as_source(undrawn).at(file, span));
    }
}

/// The finding for a diagram or formula that is shown as source, without its place.
pub fn shown_as_source(undrawn: &Undrawn) -> Diagnostic {
    let (rule, help) = match undrawn.kind {
        UndrawnKind::Diagram => (&DIAGRAM_NOT_RENDERED, "its source is shown instead"),
        UndrawnKind::Language => (&DIAGRAM_SHOWN_AS_SOURCE, "of PlantUML only sequences and components are drawn"),
        UndrawnKind::Formula => (&FORMULA_NOT_RENDERED, "write it in the part of LaTeX that MathML has"),
    };
    Diagnostic::new(rule, undrawn.message.clone()).help(help)
}
