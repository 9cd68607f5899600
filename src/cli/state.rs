//! A state of a catalog by its path: a folder that is compiled, a published site, or its
//! `catalog.json` alone; or by a revision of the repository around here.

use std::path::Path;

use anyhow::Context as _;

use crate::base::{MemoryMemo, Sources, paths};
use crate::change::{Pages, Snapshot};
use crate::docs::Docs;
use crate::pipeline::{self, Options};
use crate::report::count;
use crate::{routes, scan};

use super::args::{Common, StateArgs};
use super::target::{spinner, write_stderr};

/// Reads the state at a path.
pub(super) fn open(path: &Path, args: &StateArgs, common: &Common) -> anyhow::Result<Snapshot> {
    read(path, args, common, false)
}

/// The same with its pages of documentation.
pub(super) fn open_with_pages(path: &Path, args: &StateArgs, common: &Common) -> anyhow::Result<Snapshot> {
    read(path, args, common, true)
}

fn read(path: &Path, args: &StateArgs, common: &Common, with_pages: bool) -> anyhow::Result<Snapshot> {
    if path.is_file() {
        return published(path, None);
    }
    if path.join("catalog.json").is_file() && path.join("manifest.json").is_file() {
        let state = published(&path.join("catalog.json"), Some(path))?;
        return Ok(if with_pages { state.with_pages(published_pages(path)) } else { state });
    }
    let scan = scan::Options { repository: args.repository.clone(), ..scan::Options::default() };
    let options = Options { scan, ..Options::default() };
    let bar = spinner(common, "reading");
    let compiled = match path.to_str().filter(|_| !path.exists()) {
        // What is no path may be a revision.
        Some(revision) => {
            let base = scan::Base::at(Path::new("."), revision)
                .with_context(|| format!("there is nothing at {revision}, and it is no revision of a repository"))?;
            pipeline::compile_base(base, &options, &MemoryMemo::default())?
        }
        None => pipeline::compile(path, &options, &MemoryMemo::default())?,
    };
    bar.finish_and_clear();
    if !compiled.catalog.rejected.is_empty() && !common.quiet {
        write_stderr(&format!(
            "warning: {} of {} left out, because something is wrong with them: `catalog check {}` says what\n",
            count(compiled.catalog.rejected.len(), "document"),
            shown(path),
            shown(path),
        ))?;
    }
    let sources = &compiled.workspace.sources;
    let state = Snapshot::of(&compiled.catalog, &compiled.graph, sources);
    Ok(if with_pages { state.with_pages(pages(&compiled.docs, sources)) } else { state })
}

/// The pages of documentation of a compiled state.
fn pages(docs: &Docs, sources: &dyn Sources) -> Pages {
    let mut pages = Pages::default();
    for site in &docs.sites {
        for (page, path) in site.content.pages.iter().zip(&site.outputs) {
            let text = sources.text_once(page.file, &|_| false);
            pages.add(path.clone(), text.as_ref().map_or("", |text| text.as_str()));
        }
        site.redirect_outputs.iter().for_each(|path| pages.take(path.clone()));
    }
    pages
}

/// The same of a published site: the Markdown beside each of its pages says what is written there.
fn published_pages(site: &Path) -> Pages {
    let mut pages = Pages::default();
    let manifest = scan::file(&site.join("manifest.json")).ok();
    let manifest: Option<serde_json::Value> = manifest.and_then(|text| serde_json::from_str(&text).ok());
    let Some(files) = manifest.as_ref().and_then(|manifest| manifest["files"].as_object()) else { return pages };
    // It may come from anywhere: only what stays in the folder is read.
    let inside = |path: &&String| path.starts_with("docs/") && paths::join("", path).is_ok_and(|clean| clean == **path);
    for path in files.keys().filter(inside) {
        let Some(stem) = path.strip_suffix(".html") else { continue };
        let twin = format!("{stem}.md");
        match scan::file(&site.join(&twin)).ok().filter(|_| files.contains_key(&twin)) {
            Some(text) => pages.add(path.clone(), &text),
            None => pages.take(path.clone()),
        }
    }
    pages
}

fn published(file: &Path, site: Option<&Path>) -> anyhow::Result<Snapshot> {
    let text = scan::file(file)?;
    // Paths are made by us from references, and never leave the folder.
    let whole = |reference: &crate::model::EntityRef| scan::file(&site?.join(routes::entity_json(reference))).ok();
    Snapshot::published(&text, &whole).with_context(|| format!("{} cannot be used", shown(file)))
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
