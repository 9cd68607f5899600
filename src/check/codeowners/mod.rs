//! CODEOWNERS against the catalog: what the host asks to review, and what the catalog says owns.
//! One file per rule; here is what they share: the files, read once, and who is who.
//!
//! Only GitHub's and GitLab's files are read. Those of other hosts have grammars of their own, and
//! nothing is said about them.

mod descriptor_not_protected;
mod disagree;
mod files;
mod group_without_team;
mod ignored;
mod matches_nothing;
mod owned_by_one_person;
mod people;
mod shadowed;
mod syntax;
mod two_systems;
mod unknown_owner;
mod unowned_directory;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::{FileId, Place, RepoId, Span, paths};
use crate::diagnostics::{
    Applicability, CODEOWNERS_DISAGREE, CODEOWNERS_IGNORED, CODEOWNERS_MATCHES_NOTHING, CODEOWNERS_SHADOWED,
    CODEOWNERS_SYNTAX, CODEOWNERS_TWO_SYSTEMS, CODEOWNERS_UNKNOWN_OWNER, DESCRIPTOR_NOT_PROTECTED, Diagnostic,
    GROUP_WITHOUT_TEAM, MISSING_FIELD, MISSING_OWNER, Mend, OWNED_BY_ONE_PERSON, Rule, UNOWNED_DIRECTORY,
};
use crate::model::{Entity, EntityId, Reference, RelationId, Target};
use crate::parse::codeowners::{CodeOwners, Dialect, Owner, backstage_name};

use super::Input;
use people::{Found, People};

/// The rules of this folder.
pub(super) static RULES: &[&Rule] = &[
    &CODEOWNERS_DISAGREE,
    &CODEOWNERS_UNKNOWN_OWNER,
    &GROUP_WITHOUT_TEAM,
    &UNOWNED_DIRECTORY,
    &OWNED_BY_ONE_PERSON,
    &CODEOWNERS_MATCHES_NOTHING,
    &CODEOWNERS_SHADOWED,
    &CODEOWNERS_TWO_SYSTEMS,
    &DESCRIPTOR_NOT_PROTECTED,
    &CODEOWNERS_IGNORED,
    &CODEOWNERS_SYNTAX,
];

/// What reports each of them.
static CHECKS: &[(&Rule, fn(&View<'_>, &mut Vec<Diagnostic>))] = &[
    (&CODEOWNERS_DISAGREE, disagree::check),
    (&CODEOWNERS_UNKNOWN_OWNER, unknown_owner::check),
    (&GROUP_WITHOUT_TEAM, group_without_team::check),
    (&UNOWNED_DIRECTORY, unowned_directory::check),
    (&OWNED_BY_ONE_PERSON, owned_by_one_person::check),
    (&CODEOWNERS_MATCHES_NOTHING, matches_nothing::check),
    (&CODEOWNERS_SHADOWED, shadowed::check),
    (&CODEOWNERS_TWO_SYSTEMS, two_systems::check),
    (&DESCRIPTOR_NOT_PROTECTED, descriptor_not_protected::check),
    (&CODEOWNERS_IGNORED, ignored::check),
    (&CODEOWNERS_SYNTAX, syntax::check),
];

pub(super) fn check(input: &Input<'_>, out: &mut Vec<Diagnostic>) {
    let files = files::find(input);
    if files.is_empty() {
        return;
    }
    let view = View::new(input, files);
    for (rule, check) in CHECKS {
        if input.settings.levels.may_report(rule) {
            check(&view, out);
        }
    }
}

/// Says whom CODEOWNERS names where an entity has no owner.
pub(super) fn advise(input: &Input<'_>, findings: &mut [Diagnostic]) {
    let lacks_owner = |finding: &Diagnostic| {
        let is_required = std::ptr::eq(finding.rule, &MISSING_FIELD) && finding.pointer.as_deref() == Some("/spec");
        (is_required || std::ptr::eq(finding.rule, &MISSING_OWNER)) && finding.subject == "owner"
    };
    if !findings.iter().any(lacks_owner) {
        return;
    }
    let files = files::find(input);
    if files.is_empty() {
        return;
    }
    let view = View::new(input, files);
    for finding in findings.iter_mut().filter(|finding| lacks_owner(finding)) {
        let Some(place) = finding.place else { continue };
        let Some(repository) = view.repository(input.sources.repo_of(place.file)) else { continue };
        let owners = repository.owners.owners(input.sources.path(place.file));
        let Some(first) = owners.first() else { continue };
        let (name, is_known) = match view.people(repository.owners.dialect).find(&first.kind) {
            Found::Entity(id) if view.people(repository.owners.dialect).is_group(id) => {
                let reference = &input.catalog.entity(id).reference;
                (reference.short().trim_start_matches("group:").to_owned(), true)
            }
            _ => (backstage_name(&first.kind.text()), false),
        };
        // No placeholder is put where an owner may be left out, but one that is known can be.
        if std::ptr::eq(finding.rule, &MISSING_OWNER) {
            let (pointer, key) = ("/spec".to_owned(), "owner".to_owned());
            finding.mend = Some(Mend::Insert { pointer, key, value: name.clone() });
        }
        // Without a placeholder the owner stands elsewhere, and what mends that mends this.
        if let Some(Mend::Insert { value, .. }) = &mut finding.mend {
            value.clone_from(&name);
            // One group that the catalog has is what the host says; anything else is a guess.
            let is_sure = is_known && owners.len() == 1;
            finding.applicability = if is_sure { Applicability::Safe } else { Applicability::Unsafe };
        }
        finding.help = Some(format!("CODEOWNERS gives this file to `{}`: `owner: {name}`", first.kind.text()));
    }
}

/// A repository and its file.
struct Repository {
    id: RepoId,
    /// The file that the host reads.
    file: FileId,
    owners: CodeOwners,
    /// Files that it does not read.
    ignored: Vec<FileId>,
}

/// An entity that stands in a repository with CODEOWNERS, and whose owner is a group or user.
struct Owned<'a> {
    entity: &'a Entity,
    reference: &'a Reference,
    owner: EntityId,
    /// Which of the repositories.
    repository: usize,
}

/// What all rules read.
struct View<'a> {
    input: &'a Input<'a>,
    repositories: Vec<Repository>,
    by_id: FxHashMap<RepoId, usize>,
    github: People<'a>,
    gitlab: People<'a>,
    /// Entities with an owner that is known.
    owned: Vec<Owned<'a>>,
    /// For each group that owns: itself, those above and those below it.
    relatives: FxHashMap<EntityId, FxHashSet<EntityId>>,
}

/// Whether owners of a file are those of the catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Agrees,
    Differs,
    /// Some of them are not known to the catalog.
    Unknown,
}

impl<'a> View<'a> {
    fn new(input: &'a Input<'a>, repositories: Vec<Repository>) -> Self {
        let by_id = repositories.iter().enumerate().map(|(at, one)| (one.id, at)).collect();
        let mut view = Self {
            input,
            repositories,
            by_id,
            github: People::new(input.catalog, Dialect::GitHub),
            gitlab: People::new(input.catalog, Dialect::GitLab),
            owned: Vec::new(),
            relatives: FxHashMap::default(),
        };
        view.find_owned();
        view
    }

    fn find_owned(&mut self) {
        let (catalog, graph) = (self.input.catalog, self.input.graph);
        for entity in catalog.entities.iter().filter(|entity| !entity.imported) {
            let Some(&repository) = self.by_id.get(&self.input.sources.repo_of(entity.file)) else { continue };
            let owner = catalog.references_of(entity.id).iter().find_map(|reference| match reference.target {
                Target::Entity(owner) if catalog.field(reference).is_owner() => Some((reference, owner)),
                _ => None,
            });
            let Some((reference, owner)) = owner else { continue };
            self.relatives.entry(owner).or_insert_with(|| {
                let around = |back| graph.reach(owner, &[RelationId::CHILD_OF], back).into_iter().map(|(id, _)| id);
                around(true).chain(around(false)).chain([owner]).collect()
            });
            self.owned.push(Owned { entity, reference, owner, repository });
        }
    }

    fn people(&self, dialect: Dialect) -> &People<'a> {
        match dialect {
            Dialect::GitHub => &self.github,
            Dialect::GitLab => &self.gitlab,
        }
    }

    fn repository(&self, id: RepoId) -> Option<&Repository> {
        self.by_id.get(&id).map(|&at| &self.repositories[at])
    }

    /// Whether one of some owners is a group that owns, one above or below it, or one of its people.
    fn verdict(&self, owner: EntityId, owners: &[&Owner], dialect: Dialect) -> Verdict {
        let people = self.people(dialect);
        let Some(relatives) = self.relatives.get(&owner).filter(|_| people.is_group(owner)) else {
            return Verdict::Unknown;
        };
        let (mut differs, mut unknown) = (false, false);
        for one in owners {
            match people.find(&one.kind) {
                Found::Entity(id) if relatives.contains(&id) => return Verdict::Agrees,
                Found::Entity(id) if people.is_group(id) => differs = true,
                Found::Entity(user) => {
                    let mut groups = self.input.graph.targets(user, RelationId::MEMBER_OF);
                    if groups.any(|group| relatives.contains(&group)) {
                        return Verdict::Agrees;
                    }
                }
                Found::Several | Found::Nobody | Found::CannotTell => unknown = true,
            }
        }
        if differs && !unknown { Verdict::Differs } else { Verdict::Unknown }
    }

    /// What CODEOWNERS calls an owner, or might: as its annotation says, else by its name.
    fn handle(&self, repository: &Repository, owner: EntityId) -> String {
        let people = self.people(repository.owners.dialect);
        let name = self.input.catalog.entity(owner).reference.name.to_lowercase();
        let organisation = || {
            let remote = self.input.sources.repository(repository.id).remote.as_ref()?;
            remote.path.rsplit_once('/').map(|(organisation, _)| organisation)
        };
        match people.team_of(owner) {
            Some(team) => team,
            None if people.is_group(owner) => format!("@{}/{name}", organisation().unwrap_or("organisation")),
            None => format!("@{name}"),
        }
    }

    /// The files in and below the folder of a descriptor, with that folder.
    fn folder(&self, entity: &Entity) -> (String, Vec<FileId>) {
        let sources = self.input.sources;
        let folder = paths::parent(sources.path(entity.file));
        (folder.to_owned(), sources.under(sources.repo_of(entity.file), folder))
    }

    fn place(&self, repository: &Repository, span: Span) -> Place {
        Place::new(repository.file, span)
    }

    /// A pattern as it is written.
    fn text(&self, repository: &Repository, span: Span) -> String {
        self.input.sources.text(repository.file).map_or_else(|_| String::new(), |text| text.slice(span).to_owned())
    }
}

/// Owners in a sentence.
fn listed(owners: &[&Owner]) -> String {
    let mut names: Vec<String> = owners.iter().map(|owner| format!("`{}`", owner.kind.text())).collect();
    names.dedup();
    let more = names.len().saturating_sub(3);
    if more > 0 {
        names.truncate(3);
        return format!("{} and {more} more", names.join(", "));
    }
    crate::base::suggest::all_of(&names)
}

/// A folder in a sentence.
fn shown(folder: &str) -> String {
    if folder.is_empty() { "the root of the repository".to_owned() } else { format!("`{folder}/`") }
}
