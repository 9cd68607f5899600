//! A state of a catalog by its path: a folder that is compiled, a published site, or its
//! `catalog.json` alone; or by a revision of the repository around here.

use std::path::Path;

use anyhow::Context as _;

use crate::base::MemoryMemo;
use crate::change::Snapshot;
use crate::pipeline::{self, Options};
use crate::report::count;
use crate::{routes, scan};

use super::args::{Common, StateArgs};
use super::target::{spinner, write_stderr};

/// Reads the state at a path.
pub(super) fn open(path: &Path, args: &StateArgs, common: &Common) -> anyhow::Result<Snapshot> {
    if path.is_file() {
        return published(path, None);
    }
    if path.join("catalog.json").is_file() && path.join("manifest.json").is_file() {
        return published(&path.join("catalog.json"), Some(path));
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
    Ok(Snapshot::of(&compiled.catalog, &compiled.graph, &compiled.workspace.sources))
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
