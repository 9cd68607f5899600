//! Who an owner of CODEOWNERS is in the catalog. An annotation says it (`github.com/team-slug`
//! and the like, which Backstage's own importers write); else the name does, where it is the only
//! one. Upper and lower case do not matter, as on the hosts.

use rustc_hash::FxHashMap;

use crate::model::{Catalog, Entity, EntityId, KindId};
use crate::parse::codeowners::{Dialect, OwnerKind};

/// Who an owner is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// A group or user.
    Entity(EntityId),
    /// It could be several.
    Several,
    /// There is nobody of this name.
    Nobody,
    /// It is nothing that a catalog has: a role, an address that no one has.
    CannotTell,
}

/// The groups and users of a catalog, by their names on one host.
pub(super) struct People<'a> {
    catalog: &'a Catalog,
    pub(super) dialect: Dialect,
    group: Option<KindId>,
    groups: Names,
    users: Names,
    emails: FxHashMap<String, Vec<EntityId>>,
}

/// Entities by what an annotation says, and by name those that have none.
#[derive(Default)]
struct Names {
    annotated: FxHashMap<String, Vec<EntityId>>,
    named: FxHashMap<String, Vec<EntityId>>,
}

/// How annotations end that say which group of GitLab it is; before it stands the host.
const GITLAB_GROUPS: &[&str] = &["/team-path", "/group-path"];

impl<'a> People<'a> {
    pub(super) fn new(catalog: &'a Catalog, dialect: Dialect) -> Self {
        let mut people = Self {
            catalog,
            dialect,
            group: catalog.kinds.find("Group"),
            groups: Names::default(),
            users: Names::default(),
            emails: FxHashMap::default(),
        };
        let user = catalog.kinds.find("User");
        for entity in &catalog.entities {
            let is_group = Some(entity.kind) == people.group;
            if !is_group && Some(entity.kind) != user {
                continue;
            }
            let annotation = if is_group { team(entity, dialect) } else { login(entity, dialect) };
            let names = if is_group { &mut people.groups } else { &mut people.users };
            match annotation {
                Some(name) => names.annotated.entry(normal(name)).or_default().push(entity.id),
                None => names.named.entry(entity.reference.name.to_lowercase()).or_default().push(entity.id),
            }
            if let Some(email) = entity.text(&["spec", "profile", "email"]) {
                people.emails.entry(email.to_lowercase()).or_default().push(entity.id);
            }
        }
        people
    }

    pub(super) fn is_group(&self, id: EntityId) -> bool {
        Some(self.catalog.entity(id).kind) == self.group
    }

    /// Who an owner is.
    pub(super) fn find(&self, owner: &OwnerKind) -> Found {
        match owner {
            OwnerKind::Path(path) => only(&self.group(path)),
            OwnerKind::Name(name) => {
                let mut found = self.users.find(&normal(name), &[name.to_lowercase()]);
                if self.dialect == Dialect::GitLab {
                    found.extend(self.group(name));
                }
                only(&found)
            }
            OwnerKind::Role(_) => Found::CannotTell,
            OwnerKind::Email(address) => match self.emails.get(&address.to_lowercase()) {
                Some(found) => only(found),
                None => Found::CannotTell,
            },
        }
    }

    fn group(&self, path: &str) -> Vec<EntityId> {
        let path = normal(path);
        let (root, last) = (path.split_once('/'), path.rsplit('/').next().unwrap_or(&path));
        let mut names = vec![last.to_owned()];
        if self.dialect == Dialect::GitLab {
            // Backstage's importer names a group by its path, with or without the first part.
            names.push(path.replace('/', "-"));
            names.extend(root.map(|(_, rest)| rest.replace('/', "-")));
        }
        let mut found = self.groups.find(&path, &names);
        if found.is_empty() {
            // An annotation may leave the organisation out.
            found = self.groups.annotated.get(last).cloned().unwrap_or_default();
        }
        found
    }

    /// What CODEOWNERS calls a group, where an annotation says it.
    pub(super) fn team_of(&self, group: EntityId) -> Option<String> {
        let team = team(self.catalog.entity(group), self.dialect)?;
        let is_whole = self.dialect == Dialect::GitLab || team.contains('/');
        is_whole.then(|| format!("@{}", team.trim_start_matches('@')))
    }

    /// The names that owners can have, for those that are misspelt.
    pub(super) fn teams(&self) -> impl Iterator<Item = String> + '_ {
        let groups = self.catalog.entities.iter().filter(|entity| Some(entity.kind) == self.group);
        groups.map(|group| team(group, self.dialect).unwrap_or(&group.reference.name).to_owned())
    }

    pub(super) fn logins(&self) -> impl Iterator<Item = String> + '_ {
        let user = self.catalog.kinds.find("User");
        let users = self.catalog.entities.iter().filter(move |entity| Some(entity.kind) == user);
        users.map(|user| login(user, self.dialect).unwrap_or(&user.reference.name).to_owned())
    }
}

impl Names {
    /// Those with an annotation, else those with one of some names, each once.
    fn find(&self, annotated: &str, named: &[String]) -> Vec<EntityId> {
        if let Some(found) = self.annotated.get(annotated) {
            return found.clone();
        }
        let mut found: Vec<EntityId> =
            named.iter().filter_map(|name| self.named.get(name)).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Which team of the host a group is.
pub(super) fn team(group: &Entity, dialect: Dialect) -> Option<&str> {
    match dialect {
        Dialect::GitHub => group.annotation("github.com/team-slug"),
        Dialect::GitLab => ending(group, GITLAB_GROUPS),
    }
}

fn login(user: &Entity, dialect: Dialect) -> Option<&str> {
    match dialect {
        Dialect::GitHub => user.annotation("github.com/user-login"),
        // The host's name begins the key, whatever it is.
        Dialect::GitLab => {
            let mut found = user.annotations().filter(|(key, _)| *key != "github.com/user-login");
            found.find(|(key, value)| key.ends_with("/user-login") && !value.is_empty()).map(|(_, value)| value)
        }
    }
}

fn ending<'e>(entity: &'e Entity, endings: &[&str]) -> Option<&'e str> {
    let mut found = entity.annotations();
    found
        .find(|(key, value)| !value.is_empty() && endings.iter().any(|ending| key.ends_with(ending)))
        .map(|(_, value)| value)
}

fn normal(name: &str) -> String {
    name.trim_matches(|one| one == '@' || one == '/').to_lowercase()
}

fn only(found: &[EntityId]) -> Found {
    match *found {
        [] => Found::Nobody,
        [one] => Found::Entity(one),
        _ => Found::Several,
    }
}
