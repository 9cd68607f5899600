//! `catalog rename`: shows what a new name would change, and writes it when asked.

use std::collections::BTreeMap;

use crate::base::{MemoryMemo, Place, RepoId, Sources as _, suggest};
use crate::config::World;
use crate::diagnostics::Edit;
use crate::edit::{self, Plan};
use crate::model::{Context, Entity, EntityRef, format};
use crate::pipeline::{self, Compiled};
use crate::report::count;
use crate::scan;

use super::SUCCESS;
use super::args::{Common, RenameArgs};
use super::fix::{diff, write};
use super::target::{spinner, write_stderr, write_stdout};

/// Places that are named one by one.
const MOST_LISTED: usize = 20;

pub(super) fn run(args: &RenameArgs, common: &Common) -> anyhow::Result<u8> {
    super::threads(common)?;
    let scan = scan::Options { world: args.world.map(Into::into), ..scan::Options::default() };
    let against = super::check::against(args.against.as_ref(), args.world)?;
    let options = pipeline::Options { scan, against, ..pipeline::Options::default() };
    let bar = spinner(common, "reading");
    let compiled = pipeline::compile(&args.path, &options, &MemoryMemo::default())?;
    bar.finish_and_clear();
    let entity = described(&args.old, &compiled)?;
    let to = wanted(&args.new, entity, &compiled)?;
    let catalog = &compiled.catalog;
    let sources = &compiled.workspace.sources;
    let renamed = edit::rename(entity, &to, catalog, sources);
    let fixes: Vec<&[Edit]> = renamed.edits.iter().map(std::slice::from_ref).collect();
    let plan = edit::plan(&fixes, sources);
    let mut left = renamed.left;
    left.extend((0..fixes.len()).filter(|at| !plan.taken.contains(at)).map(|at| renamed.edits[at].place));
    if let Some(place) = left.iter().find(|place| renamed.essential.contains(place)) {
        let line = sources.text(place.file).map_or(1, |text| text.position(place.span.start).line);
        let path = sources.display_path(place.file);
        anyhow::bail!("name and namespace cannot be changed at {path}:{line}: change them there by hand");
    }
    if args.write {
        write(&plan, &compiled, &args.path)?;
    } else {
        write_stdout(&diff(&plan, &compiled, &args.path))?;
    }
    if !common.quiet {
        write_stderr(&told(&entity.reference, &to, &plan, &renamed.edits, &compiled))?;
    }
    write_stderr(&not_reached(&left, &compiled))?;
    write_stderr(&published(&entity.key(), &compiled))?;
    if !common.quiet && !args.write {
        write_stderr("nothing was written: `--write` does it\n")?;
    }
    Ok(SUCCESS)
}

/// The entity that is to be renamed.
fn described<'a>(text: &str, compiled: &'a Compiled) -> anyhow::Result<&'a Entity> {
    let catalog = &compiled.catalog;
    let reference = EntityRef::parse(text, Context::default())
        .map_err(|error| anyhow::anyhow!("`{text}` is no reference: {error}; write it as `component:name`"))?;
    let key = reference.key();
    if let Some(entity) = catalog.find(&key) {
        anyhow::ensure!(
            !catalog.rejected_keys.contains_key(&key),
            "`{key}` is described twice: delete one of them first"
        );
        return Ok(entity);
    }
    let names = catalog.entities.iter().filter(|entity| entity.reference.kind.eq_ignore_ascii_case(&reference.kind));
    let names: Vec<String> = names.map(|entity| entity.reference.short()).collect();
    let near = suggest::nearest(&reference.short(), names.iter().map(String::as_str));
    let advice = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    anyhow::bail!("there is no `{key}` here{advice}")
}

/// The new reference, where it can be one and is nobody's.
fn wanted(text: &str, entity: &Entity, compiled: &Compiled) -> anyhow::Result<EntityRef> {
    let from = &entity.reference;
    let context = Context { kind: Some(&from.kind), namespace: Some(&from.namespace) };
    let mut to =
        EntityRef::parse(text, context).map_err(|error| anyhow::anyhow!("`{text}` is no reference: {error}"))?;
    anyhow::ensure!(
        to.kind.eq_ignore_ascii_case(&from.kind),
        "`{}` is another kind than `{}`: a rename changes name and namespace",
        to.kind,
        from.kind
    );
    to.kind.clone_from(&from.kind);
    anyhow::ensure!(
        format::is_name(&to.name),
        "`{}` is no name: letters, digits, `-`, `_` and `.`, 63 at most, a letter or digit at both ends",
        to.name
    );
    anyhow::ensure!(
        format::is_namespace(&to.namespace),
        "`{}` is no namespace: lower-case letters, digits and `-`, 63 at most",
        to.namespace
    );
    let key = to.key();
    let catalog = &compiled.catalog;
    let is_taken =
        catalog.find(&key).is_some_and(|other| other.id != entity.id) || catalog.rejected_keys.contains_key(&key);
    anyhow::ensure!(!is_taken, "there is a `{key}` already");
    anyhow::ensure!((&to.name, &to.namespace) != (&from.name, &from.namespace), "that is its name");
    Ok(to)
}

/// How much is changed, by repository.
fn told(from: &EntityRef, to: &EntityRef, plan: &Plan, edits: &[Edit], compiled: &Compiled) -> String {
    let sources = &compiled.workspace.sources;
    let mut by_repository: BTreeMap<RepoId, (usize, usize)> = BTreeMap::new();
    for &at in &plan.taken {
        by_repository.entry(sources.repo_of(edits[at].place.file)).or_default().0 += 1;
    }
    for file in &plan.files {
        by_repository.entry(sources.repo_of(file.file)).or_default().1 += 1;
    }
    let mut text = format!(
        "`{from}` becomes `{to}`: {} in {} of {}\n",
        count(plan.taken.len(), "place"),
        count(plan.files.len(), "file"),
        count(by_repository.len(), "repository")
    );
    for (repository, (places, files)) in by_repository {
        let repository = sources.repository(repository);
        let name = if repository.settings_home { "the workspace" } else { &repository.name };
        text.push_str(&format!("  {name}: {} in {}\n", count(places, "place"), count(files, "file")));
    }
    text
}

/// What refers to the entity in repositories that are not in view.
fn published(key: &str, compiled: &Compiled) -> String {
    let Some(published) = &compiled.catalog.published else { return String::new() };
    let references = published.into(key);
    let mut text = String::new();
    for reference in references.iter().take(MOST_LISTED) {
        let Some(from) = published.from(reference) else { continue };
        let place = published.elsewhere(&reference.place, compiled.workspace.sources.hosts()).text();
        let owner = from.owner.as_ref().map_or_else(String::new, |owner| format!(", owned by `{owner}`"));
        text.push_str(&format!("not in view: `{}`{owner}, names it in {place}\n", from.key));
    }
    if references.len() > MOST_LISTED {
        text.push_str(&format!("and {} more\n", count(references.len() - MOST_LISTED, "reference")));
    }
    text
}

/// What still has the old name.
fn not_reached(left: &[Place], compiled: &Compiled) -> String {
    let sources = &compiled.workspace.sources;
    let mut text = String::new();
    for place in left.iter().take(MOST_LISTED) {
        let line = sources.text(place.file).map_or(1, |text| text.position(place.span.start).line);
        text.push_str(&format!("not changed, do it by hand: {}:{line}\n", sources.display_path(place.file)));
    }
    if left.len() > MOST_LISTED {
        text.push_str(&format!("and {} more\n", left.len() - MOST_LISTED));
    }
    if !compiled.catalog.unreached.is_empty() {
        text.push_str("entities in files that nothing leads to were not looked at\n");
    }
    if compiled.catalog.world == World::Open {
        text.push_str("the rest of the organisation is not in view: references there are not changed\n");
    }
    text.push_str("links to its pages from outside, and what other systems call it, are not changed\n");
    text
}
