//! `codeowners-disagree`: the catalog says that a team owns, and CODEOWNERS asks others.
//!
//! Silent wherever there may be a reason: when one of the owners is not known to the catalog, when
//! the owner has any file of the folder, when entities of several owners are described there,
//! where a folder holds descriptors and no code (a central catalog), and when it is a rule for
//! everything that decides about a folder among others: that one says who comes last, and not who
//! owns the folder.

use rustc_hash::FxHashMap;

use crate::base::RepoId;
use crate::diagnostics::{CODEOWNERS_DISAGREE, Diagnostic};
use crate::model::EntityId;

use super::{Owned, Repository, Verdict, View, listed, paths, shown};

/// Most files of a folder that are looked at; beyond, nothing is said.
const MOST_FILES: usize = 50_000;

pub(super) fn check(view: &View<'_>, out: &mut Vec<Diagnostic>) {
    // The one owner of each folder with descriptors, and `None` where there are several.
    let mut owners: FxHashMap<(RepoId, String), Option<EntityId>> = FxHashMap::default();
    for owned in &view.owned {
        let key = folder_of(view, owned);
        owners.entry(key).and_modify(|one| *one = one.filter(|one| *one == owned.owner)).or_insert(Some(owned.owner));
    }
    let mut seen: FxHashMap<(RepoId, String), bool> = FxHashMap::default();
    for owned in &view.owned {
        let repository = &view.repositories[owned.repository];
        let path = view.input.sources.path(owned.entity.file);
        let asked = repository.owners.owners(path);
        let dialect = repository.owners.dialect;
        let key = folder_of(view, owned);
        if view.verdict(owned.owner, &asked, dialect) != Verdict::Differs
            || owners[&key].is_none()
            || is_fallback(repository, &repository.owners.deciding(path), &key.1)
        {
            continue;
        }
        let differs = *seen.entry(key).or_insert_with(|| all_differ(view, owned));
        if differs {
            out.push(report(view, owned));
        }
    }
}

fn folder_of(view: &View<'_>, owned: &Owned<'_>) -> (RepoId, String) {
    let path = view.input.sources.path(owned.entity.file);
    (view.input.sources.repo_of(owned.entity.file), paths::parent(path).to_owned())
}

/// Whether some rules are for everything, and not for this folder.
fn is_fallback(repository: &Repository, rules: &[usize], folder: &str) -> bool {
    !folder.is_empty() && rules.iter().all(|&rule| repository.owners.entries[rule].pattern.is_everything())
}

/// Whether all files of a folder are other teams', and some of them are no descriptors.
fn all_differ(view: &View<'_>, owned: &Owned<'_>) -> bool {
    let repository = &view.repositories[owned.repository];
    let (folder, files) = view.folder(owned.entity);
    if files.len() > MOST_FILES {
        return false;
    }
    let mut verdicts: FxHashMap<Vec<usize>, bool> = FxHashMap::default();
    let mut has_code = false;
    for file in files {
        let path = view.input.sources.path(file);
        has_code |= ![".yaml", ".yml", ".md", ".json"].iter().any(|ending| path.ends_with(ending))
            && !path.ends_with("CODEOWNERS");
        let rules = repository.owners.deciding(path);
        let differs = *verdicts.entry(rules).or_insert_with(|| {
            let owners = repository.owners.owners(path);
            // What nobody owns contradicts nobody.
            owners.is_empty()
                || is_fallback(repository, &repository.owners.deciding(path), &folder)
                || view.verdict(owned.owner, &owners, repository.owners.dialect) == Verdict::Differs
        });
        if !differs {
            return false;
        }
    }
    has_code
}

fn report(view: &View<'_>, owned: &Owned<'_>) -> Diagnostic {
    let catalog = view.input.catalog;
    let repository = &view.repositories[owned.repository];
    let path = view.input.sources.path(owned.entity.file);
    let (folder, _) = view.folder(owned.entity);
    let asked = repository.owners.owners(path);
    let rule = repository.owners.deciding(path).last().map(|&entry| repository.owners.entries[entry].span);
    let owner = catalog.entity(owned.owner).reference.short();
    let message = format!(
        "`{}` belongs to `{owner}`, but CODEOWNERS gives {} to {}",
        owned.entity.reference.short(),
        shown(&folder),
        listed(&asked)
    );
    let place = catalog.place(owned.reference);
    let mut finding = Diagnostic::new(&CODEOWNERS_DISAGREE, message)
        .at(place.file, place.span)
        .pointer(&*owned.reference.pointer)
        .entity(owned.entity.key())
        .subject(owner);
    if let Some(span) = rule {
        finding = finding.related("the rule that decides", view.place(repository, span));
    }
    let team = view.handle(repository, owned.owner);
    finding.help(format!("change the owner, or let CODEOWNERS ask `{team}` too"))
}
