//! From annotations to folders: `backstage.io/techdocs-ref` and its two companions.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::{FileId, RepoId, Resolution, Sources, paths};
use crate::diagnostics::{DOCS_NOT_ANNOTATED, DOCS_NOT_FETCHED, DOCS_NOT_FOUND, DOCS_REF_INVALID, Diagnostic, Rule};
use crate::model::{Catalog, Entity, EntityId, LocationRef, LocationRefError};

use super::borrowed::ENTITY;

const REF: &str = "backstage.io/techdocs-ref";
const POINTER: &str = "/metadata/annotations/backstage.io~1techdocs-ref";

/// What the annotations lead to.
#[derive(Debug, Default)]
pub(super) struct Located {
    /// The folders, each once.
    pub(super) folders: Vec<Folder>,
    /// Entities with the number of their folder.
    pub(super) entities: Vec<(EntityId, usize)>,
    pub(super) absent: Vec<Absent>,
}

/// A folder with documentation.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) repository: RepoId,
    pub(super) path: String,
    /// The entity that findings name.
    pub(super) entity: EntityId,
    pub(super) kind: FolderKind,
}

/// What makes a folder one of documentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum FolderKind {
    /// It has a `mkdocs.yml`.
    Settings(FileId),
    /// It has pages in this folder.
    Pages(String),
    /// It has a README and nothing else.
    Readme(FileId),
}

/// An entity whose documentation cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absent {
    /// The entity.
    pub entity: EntityId,
    /// Why.
    pub why: Absence,
}

/// Why documentation cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Absence {
    /// It is at a URL outside of the workspace.
    NotFetched(String),
    /// There is nothing, or the annotation cannot be read.
    NotFound,
}

/// Where an annotation leads.
enum Place {
    Folder(RepoId, String),
    NotFetched(String),
    Missing(String),
}

/// Follows all annotations.
pub(super) fn locate(catalog: &Catalog, sources: &dyn Sources, findings: &mut Vec<Diagnostic>) -> Located {
    let mut out = Located::default();
    let mut numbers: FxHashMap<(RepoId, String), usize> = FxHashMap::default();
    // Folders whose documentation has the records that are in them.
    let taken: FxHashSet<FileId> =
        catalog.entities.iter().filter(|one| one.annotation(REF).is_some()).map(|one| one.file).collect();
    for entity in &catalog.entities {
        if let Some((repository, path)) = records_alone(entity, sources, &taken) {
            let next = out.folders.len();
            let number = *numbers.entry((repository, path.clone())).or_insert(next);
            if number == next {
                let kind = FolderKind::Pages(path.clone());
                out.folders.push(Folder { repository, path, entity: entity.id, kind });
                out.entities.push((entity.id, number));
            } else if entity.annotation(super::adr::LOCATION).is_some() {
                out.entities.push((entity.id, number));
            }
        }
        let Some(text) = entity.annotation(REF) else { continue };
        let (place, finding) = match place(entity, text, sources) {
            Ok(place) => settle(place, entity, sources),
            Err(finding) => (Err(Absence::NotFound), Some(*finding)),
        };
        // What came from an import file is not this workspace's to mend.
        findings.extend(finding.filter(|_| !entity.imported));
        match place {
            Ok((repository, path, kind)) => {
                let next = out.folders.len();
                let number = *numbers.entry((repository, path.clone())).or_insert(next);
                if number == next {
                    out.folders.push(Folder { repository, path, entity: entity.id, kind });
                }
                out.entities.push((entity.id, number));
            }
            Err(why) => out.absent.push(Absent { entity: entity.id, why }),
        }
    }
    unannotated(catalog, sources, &out, findings);
    out
}

/// Settings of documentation beside a descriptor that no entity names. Which of the entities they
/// are about is not ours to guess, and Backstage wants the annotation anyway: it is proposed.
fn unannotated(catalog: &Catalog, sources: &dyn Sources, located: &Located, findings: &mut Vec<Diagnostic>) {
    let named: FxHashSet<(RepoId, &str)> =
        located.folders.iter().map(|folder| (folder.repository, folder.path.as_str())).collect();
    // Where annotations are begun and hold nothing, that is said there.
    let is_begun =
        |entity: &Entity| entity.root.at(&["metadata", "annotations"]).is_some_and(crate::yaml::Node::is_null);
    let has_docs =
        |entity: &Entity| is_begun(entity) || [REF, ENTITY].iter().any(|key| entity.annotation(key).is_some());
    let with_docs: FxHashSet<FileId> =
        catalog.entities.iter().filter(|entity| has_docs(entity)).map(|entity| entity.file).collect();
    // People and the like have no documentation of their own.
    let rank = |entity: &Entity| {
        ["Component", "System", "Domain", "Resource", "API"].iter().position(|kind| *kind == &*entity.reference.kind)
    };
    let candidates = catalog.entities.iter().filter(|entity| !entity.imported && !with_docs.contains(&entity.file));
    let mut candidates: Vec<(FileId, usize, &Entity)> =
        candidates.filter_map(|entity| Some((entity.file, rank(entity)?, entity))).collect();
    candidates.sort_by_key(|(file, rank, entity)| (*file, *rank, entity.span));
    candidates.dedup_by_key(|(file, ..)| *file);
    for (_, _, entity) in candidates {
        let repository = sources.repo_of(entity.file);
        // A document that is no entity yet may be the one.
        if catalog.failed.is_in(entity.file) || catalog.failed.names_docs(repository) {
            continue;
        }
        let folder = paths::parent(sources.path(entity.file));
        if named.contains(&(repository, folder)) {
            continue;
        }
        let Some(FolderKind::Settings(file)) = kind_of(sources, repository, folder) else { continue };
        let name = paths::file_name(sources.path(file));
        let place = entity.place("/metadata/name");
        findings.push(
            Diagnostic::new(
                &DOCS_NOT_ANNOTATED,
                format!("the `{name}` beside this descriptor is nobody's documentation"),
            )
            .at(place.file, place.span)
            .pointer("/metadata/name")
            .entity(entity.key())
            .subject(name)
            .help("add the annotation `backstage.io/techdocs-ref: dir:.`"),
        );
    }
}

/// The folder with the decision records of an entity that has no other documentation.
fn records_alone(entity: &Entity, sources: &dyn Sources, taken: &FxHashSet<FileId>) -> Option<(RepoId, String)> {
    let has_docs = entity.annotation(REF).is_some() || entity.annotation("backstage.io/techdocs-entity").is_some();
    if has_docs || entity.imported {
        return None;
    }
    let is_named = entity.annotation(super::adr::LOCATION).is_some();
    let is_component = entity.reference.kind.eq_ignore_ascii_case("component");
    if !is_named && (!is_component || taken.contains(&entity.file)) {
        return None;
    }
    let repository = sources.repo_of(entity.file);
    let root = paths::parent(sources.path(entity.file));
    let folders = super::records::folders(entity, repository, root, sources);
    let path = folders.into_iter().find(|path| !super::records::files(sources, repository, path).is_empty())?;
    Some((repository, path))
}

type Settled = (Result<(RepoId, String, FolderKind), Absence>, Option<Diagnostic>);

/// What is at a place.
fn settle(place: Place, entity: &Entity, sources: &dyn Sources) -> Settled {
    match place {
        Place::Folder(repository, path) => match kind_of(sources, repository, &path) {
            Some(kind) => (Ok((repository, path, kind)), None),
            None => {
                let shown =
                    if path.is_empty() { "the root of the repository".to_owned() } else { format!("`{path}/`") };
                let message = format!("there is no documentation in {shown}");
                let help = "looked for mkdocs.yml, mkdocs.yaml, docs/*.md and README.md there; write one of them, or remove the annotation";
                (Err(Absence::NotFound), Some(finding(entity, &DOCS_NOT_FOUND, message).help(help)))
            }
        },
        Place::NotFetched(url) => {
            let message = format!("the documentation at {url} is not part of this build");
            let help = "add its repository to the sources to have it built";
            (Err(Absence::NotFetched(url)), Some(finding(entity, &DOCS_NOT_FETCHED, message).help(help)))
        }
        Place::Missing(path) => {
            let message = format!("there is no folder `{path}`");
            let parent = paths::parent(&path);
            let name = paths::file_name(&path).to_owned();
            let help = nearest_folder(entity, sources, parent, &name);
            (Err(Absence::NotFound), Some(finding(entity, &DOCS_NOT_FOUND, message).maybe_help(help)))
        }
    }
}

fn nearest_folder(entity: &Entity, sources: &dyn Sources, parent: &str, name: &str) -> Option<String> {
    let repository = sources.repo_of(entity.file);
    let prefix = if parent.is_empty() { 0 } else { parent.len() + 1 };
    let mut names: Vec<String> = sources
        .under(repository, parent)
        .into_iter()
        .filter_map(|file| Some(sources.path(file).get(prefix..)?.split_once('/')?.0.to_owned()))
        .collect();
    names.dedup();
    crate::diagnostics::did_you_mean(name, names.iter().map(String::as_str))
}

/// Reads an annotation.
fn place(entity: &Entity, text: &str, sources: &dyn Sources) -> Result<Place, Box<Diagnostic>> {
    let invalid = |message: String, help: String| Box::new(finding(entity, &DOCS_REF_INVALID, message).help(help));
    let reference = LocationRef::parse(text).map_err(|error| match error {
        LocationRefError::BareUrl => invalid(format!("`{text}` does not say its type"), format!("write `url:{text}`")),
        LocationRefError::Form => {
            let advice = if text == "." { "dir:.".to_owned() } else { format!("dir:{text}") };
            invalid(
                format!("`{text}` is not written as `type:target`"),
                format!("write `{advice}` for a folder beside this file"),
            )
        }
    })?;
    match reference.kind {
        "dir" => {
            let Some(base) = base(entity, sources) else {
                return Ok(Place::NotFetched(
                    entity.annotation("backstage.io/source-location").unwrap_or("").to_owned(),
                ));
            };
            let (repository, folder) = base;
            let path = paths::join(&folder, reference.target).map_err(|_| {
                invalid(
                    format!("`{}` leads out of the repository", reference.target),
                    "documentation is read from the repository of its entity; use `url:` for another one".to_owned(),
                )
            })?;
            Ok(at(sources.at(repository, &path), &path, sources))
        }
        "url" => match sources.resolve_url(reference.target) {
            _ if !reference.target.contains("://") => Err(invalid(
                format!("`{}` is no absolute URL", reference.target),
                format!("write `dir:{}` for a folder beside this file", reference.target),
            )),
            Resolution::Invalid => {
                Err(invalid(format!("`{}` is no URL", reference.target), "write it with `https://`".to_owned()))
            }
            found => Ok(at(found, reference.target, sources)),
        },
        other => Err(invalid(
            format!("documentation has no type `{other}`"),
            "the types are `dir`, for a folder beside this file, and `url`".to_owned(),
        )),
    }
}

fn at(found: Resolution, written: &str, sources: &dyn Sources) -> Place {
    match found {
        Resolution::Folder(repository, path) => Place::Folder(repository, path),
        // A file names its folder: people point at `mkdocs.yml` itself.
        Resolution::File(file) => Place::Folder(sources.repo_of(file), paths::parent(sources.path(file)).to_owned()),
        Resolution::External(url) | Resolution::NotFetched(url) => Place::NotFetched(url),
        Resolution::Missing(_, path) => Place::Missing(path),
        Resolution::Outside | Resolution::Invalid => Place::Missing(written.to_owned()),
    }
}

/// The folder that `dir:` is relative to: that of the descriptor, or the source location where it
/// names one of this workspace. `None` when it names another repository.
fn base(entity: &Entity, sources: &dyn Sources) -> Option<(RepoId, String)> {
    let own = (sources.repo_of(entity.file), paths::parent(sources.path(entity.file)).to_owned());
    let Some(location) = entity.annotation("backstage.io/source-location") else {
        return if entity.imported { None } else { Some(own) };
    };
    let Some(url) = location.trim().strip_prefix("url:") else { return Some(own) };
    match sources.resolve_url(url) {
        Resolution::Folder(repository, path) => Some((repository, path)),
        Resolution::File(file) => Some((sources.repo_of(file), paths::parent(sources.path(file)).to_owned())),
        // A checkout without a remote does not know its own address; what is beside the
        // descriptor is then meant.
        Resolution::NotFetched(_) if sources.repository(own.0).remote.is_some() => None,
        _ => Some(own),
    }
}

/// What makes a folder one of documentation.
fn kind_of(sources: &dyn Sources, repository: RepoId, folder: &str) -> Option<FolderKind> {
    let inside = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let file = |name: &str| sources.lookup(repository, &inside(name));
    if let Some(settings) = file("mkdocs.yaml").or_else(|| file("mkdocs.yml")) {
        return Some(FolderKind::Settings(settings));
    }
    let docs = inside("docs");
    if sources.under(repository, &docs).iter().any(|page| paths::extension(sources.path(*page)) == "md") {
        return Some(FolderKind::Pages(docs));
    }
    if file("index.md").is_some() {
        return Some(FolderKind::Pages(folder.to_owned()));
    }
    ["README.md", "readme.md", "Readme.md"].into_iter().find_map(file).map(FolderKind::Readme)
}

fn finding(entity: &Entity, rule: &'static Rule, message: String) -> Diagnostic {
    let place = entity.place(POINTER);
    Diagnostic::new(rule, message)
        .at(place.file, place.span)
        .pointer(POINTER)
        .entity(entity.key())
        .subject(entity.annotation(REF).unwrap_or(""))
}
