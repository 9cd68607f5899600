//! `breaks-reference`: an entity that was published from here, is gone, and is still referred to
//! from other repositories.

use rustc_hash::FxHashSet;

use crate::base::{FileId, Place, suggest};
use crate::diagnostics::{BREAKS_REFERENCE, Diagnostic};
use crate::model::{Context, Entity, EntityRef, Published, PublishedEntity, PublishedReference, short_key};

use super::super::Input;

/// References that are listed one by one.
const MOST_LISTED: usize = 50;

pub(in crate::check) fn check(input: &Input<'_>, out: &mut Vec<Diagnostic>) {
    let Some(published) = &input.catalog.published else { return };
    out.extend(published.own.iter().filter_map(|gone| report(gone, published, input)));
}

fn report(gone: &PublishedEntity, published: &Published, input: &Input<'_>) -> Option<Diagnostic> {
    let catalog = input.catalog;
    let key = &*gone.key;
    let references = published.into(key);
    // What is wrong with a document that is no entity is said where it stands. Another repository
    // may have published it too.
    let is_there = catalog.index.contains_key(key) || catalog.is_broken(key) || published.find(key).is_some();
    if references.is_empty() || is_there {
        return None;
    }
    let reference = EntityRef::parse(key, Context::default()).ok()?;
    if catalog.is_external(&reference) {
        return None;
    }
    let users: Vec<(&PublishedReference, &PublishedEntity)> =
        references.iter().filter_map(|one| Some((one, published.from(one)?))).collect();
    let entities: FxHashSet<&str> = users.iter().map(|(_, user)| &*user.key).collect();
    let owners: FxHashSet<&str> = users.iter().filter_map(|(_, user)| user.owner.as_deref()).collect();
    let message = format!("`{}` is gone, and {}", reference.short(), refer(entities.len(), owners.len()));
    let file = file_of(gone, published, input);
    let heir = heir(&reference, file, published, input);
    let left = users.len().saturating_sub(MOST_LISTED);
    let mut finding =
        Diagnostic::new(&BREAKS_REFERENCE, message).entity(key).subject(key).help(help(&reference, heir, left));
    finding = match (heir.filter(|heir| Some(heir.file) == file), file) {
        (Some(heir), _) => {
            let place = heir.place("/metadata/name");
            finding.at(place.file, place.span).label("was it renamed to this?")
        }
        (None, Some(file)) => {
            let place = Place::start_of(file);
            finding.at(place.file, place.span).label("it was described in this file")
        }
        (None, None) => match published.known.iter().find(|(number, _)| Some(*number) == gone.place.source) {
            Some((_, id)) => finding.in_repository(*id),
            None => finding,
        },
    };
    for (reference, user) in users.iter().take(MOST_LISTED) {
        let message = format!("{} {}", named(user), says(reference));
        finding = finding.elsewhere(message, published.elsewhere(&reference.place, input.sources.hosts()));
    }
    Some(finding)
}

/// `3 entities of 2 owners refer to it`
fn refer(entities: usize, owners: usize) -> String {
    let of = match owners {
        0 => String::new(),
        1 => " of 1 owner".to_owned(),
        owners => format!(" of {owners} owners"),
    };
    if entities == 1 { format!("1 entity{of} refers to it") } else { format!("{entities} entities{of} refer to it") }
}

/// The file in which it stood, if that is still there.
fn file_of(gone: &PublishedEntity, published: &Published, input: &Input<'_>) -> Option<FileId> {
    let (_, id) = published.known.iter().find(|(number, _)| Some(*number) == gone.place.source)?;
    input.sources.lookup(*id, gone.place.file.as_deref()?)
}

/// What it was most likely renamed to: of the new entities of its kind, one with a name like its
/// own, else the only one in its file.
fn heir<'a>(gone: &EntityRef, file: Option<FileId>, published: &Published, input: &'a Input<'_>) -> Option<&'a Entity> {
    let is_new = |entity: &&Entity| {
        entity.reference.kind.eq_ignore_ascii_case(&gone.kind)
            && published.find_own(input.graph.key(entity.id)).is_none()
    };
    let new: Vec<&Entity> = input.catalog.entities.iter().filter(is_new).collect();
    let in_file: Vec<&Entity> = new.iter().copied().filter(|entity| Some(entity.file) == file).collect();
    let like = |list: &[&'a Entity]| {
        let name = |entity: &&Entity| entity.reference.name.to_lowercase();
        let names: Vec<String> = list.iter().map(name).collect();
        let near = suggest::nearest(&gone.name, names.iter().map(String::as_str));
        let at = near.and_then(|near| names.iter().position(|name| name == near));
        // `orders` and `orders-v2`, or the same name in another namespace.
        let begins = |name: &String| name.starts_with(&gone.name) || gone.name.starts_with(name.as_str());
        at.or_else(|| names.iter().position(begins)).map(|at| list[at])
    };
    like(&in_file).or(if let [only] = in_file[..] { Some(only) } else { None }).or_else(|| like(&new))
}

fn help(gone: &EntityRef, heir: Option<&Entity>, left: usize) -> String {
    let more = if left > 0 { format!("; {left} more references are not listed") } else { String::new() };
    let external =
        "if it moves to another repository, declare it under `external:` in catalog-config.yaml until it is there";
    match heir {
        Some(heir) => format!(
            "was it renamed to `{}`? Keep `{}` beside it, with `lifecycle: deprecated`, until they have moved; {external}{more}",
            heir.reference.short(),
            gone.name
        ),
        None => format!("keep it until they have moved, and deprecate it meanwhile; {external}{more}"),
    }
}

/// An entity and who to talk to.
fn named(user: &PublishedEntity) -> String {
    let entity = short_key(&user.key);
    match user.owner.as_deref().map(short_key) {
        Some(owner) => format!("`{entity}` of `{}`", owner.strip_prefix("group:").unwrap_or(&owner)),
        None => format!("`{entity}`, which has no owner,"),
    }
}

/// What an entity says of the other one.
fn says(reference: &PublishedReference) -> String {
    match &*reference.relation {
        "ownedBy" => "is owned by it",
        "ownerOf" => "owns it",
        "partOf" => "is part of it",
        "hasPart" => "contains it",
        "providesApi" => "provides it",
        "apiProvidedBy" => "is provided by it",
        "consumesApi" => "consumes it",
        "apiConsumedBy" => "is consumed by it",
        "dependsOn" => "depends on it",
        "dependencyOf" => "is a dependency of it",
        "childOf" => "is a child of it",
        "parentOf" => "is a parent of it",
        "memberOf" => "is a member of it",
        "hasMember" => "has it as a member",
        _ => return format!("refers to it in `{}`", reference.field),
    }
    .to_owned()
}
