//! The tables of an entity's page: members, what is owned, parts, and a table for each relation.

use crate::graph::{Ownership, Relation};
use crate::model::{Entity, EntityId, RelationId};

use super::context::Context;
use super::lists;
use super::views::{Row, Table, Way};

/// Most rows of a table; the rest stands on pages of its own.
const MAX_ROWS: usize = 100;

/// The anchor of a table by the relation it shows.
pub(super) fn section_id(relation: &str) -> String {
    let mut out = String::new();
    for character in relation.chars() {
        if character.is_uppercase() {
            out.push('-');
        }
        out.extend(character.to_lowercase());
    }
    out
}

/// The anchor of the parts of one kind.
pub(super) fn parts_id(kind: &str) -> String {
    format!("parts-{}", kind.to_lowercase())
}

/// The tables of a page.
pub(super) struct Tables<'a, 'b> {
    context: &'a Context<'b>,
    entity: &'a Entity,
    long: &'a mut Vec<lists::LongList>,
}

impl<'a, 'b> Tables<'a, 'b> {
    pub(super) fn new(context: &'a Context<'b>, entity: &'a Entity, long: &'a mut Vec<lists::LongList>) -> Self {
        Self { context, entity, long }
    }

    /// Tables that the kind asks for.
    pub(super) fn own(&mut self) -> Vec<Table> {
        let (site, id) = (self.context.site, self.entity.id);
        let texts = site.texts();
        let targets = |relation: RelationId| site.graph.targets(id, relation).collect::<Vec<EntityId>>();
        match self.entity.reference.kind.as_str() {
            "User" => {
                let groups: Vec<Row> =
                    targets(RelationId::MEMBER_OF).into_iter().map(|group| self.context.row(group)).collect();
                let mut member_of = self.table("member-of", texts.t("Member of"), groups, vec!["type"]);
                member_of.empty = Some(texts.t("In no group.").to_owned());
                let owned = Ownership::of(site.graph, id, true);
                vec![member_of, self.owned(&owned, true, MAX_ROWS)]
            }
            "System" | "Domain" => {
                let parts = targets(RelationId::PART_OF.flipped());
                let mut tables = Vec::new();
                for (kind_id, kind) in site.catalog.kinds.iter() {
                    let of_kind = parts.iter().filter(|&&part| site.catalog.entity(part).kind == kind_id);
                    let listed: Vec<Listed> = of_kind.map(|&id| Listed { id, via: None }).collect();
                    if !listed.is_empty() {
                        let (anchor, title) = (parts_id(&kind.name), site.t(&lists::plural(kind)));
                        tables.push(self.listed(&anchor, &title, &listed, &["type", "lifecycle", "owner"], MAX_ROWS));
                    }
                }
                if tables.is_empty() {
                    let mut table = self.table("has-part", texts.t("Contains"), Vec::new(), vec![]);
                    table.empty = Some(texts.t("Nothing says that it is part of this yet.").to_owned());
                    tables.push(table);
                }
                tables
            }
            _ => Vec::new(),
        }
    }

    /// What a group or user owns, with those through which they do.
    pub(super) fn owned(&mut self, owned: &[Ownership], is_user: bool, most: usize) -> Table {
        let listed: Vec<Listed> = owned.iter().map(|one| Listed { id: one.entity, via: one.via }).collect();
        let texts = self.context.site.texts();
        let wanted = ["type", "lifecycle"];
        // What a group owns has a list that says through whom.
        let list = lists::of_owner(self.context, self.entity.id).filter(|_| !is_user && listed.len() > most);
        let mut table = match list {
            Some(list) => {
                let first = self.listed("owned", texts.t("Owns"), &listed[..most], &wanted, most);
                Table { count: listed.len(), more: Some(self.all(listed.len(), list)), ..first }
            }
            None => self.listed("owned", texts.t("Owns"), &listed, &wanted, most),
        };
        table.columns.insert(0, "kind");
        if owned.iter().any(|one| one.via.is_some()) {
            table.columns.push("via");
            let note = if is_user {
                texts.t("Directly, and through their groups.")
            } else {
                texts.t("Directly, and through the groups inside.")
            };
            table.note = Some(note.to_owned());
        }
        table.empty = Some(texts.t("Owns nothing.").to_owned());
        table
    }

    /// A table of entities with those of the columns that have something. Only what is shown is made.
    pub(super) fn listed(
        &mut self,
        id: &str,
        title: &str,
        listed: &[Listed],
        wanted: &[&'static str],
        most: usize,
    ) -> Table {
        let row = |one: &Listed| Row { via: one.via.map(|group| self.context.link(group)), ..self.context.row(one.id) };
        let shown = if listed.len() > most { most } else { listed.len() };
        let rows: Vec<Row> = listed[..shown].iter().map(row).collect();
        let columns = columns(&rows, wanted);
        let keys = listed.iter().map(|one| self.context.site.graph.key(one.id).to_owned());
        let more = (shown < listed.len()).then(|| {
            let list = lists::LongList::new(self.entity, id, title, self.whole(&columns, listed), keys.collect());
            self.rest(if is_through(listed) { list.of_groups() } else { list }, listed.len())
        });
        Table { count: listed.len(), more, ..plain(id, title, columns, rows) }
    }

    /// The columns of the list of all: there also of what kind they are, and whose.
    fn whole(&self, columns: &[&'static str], listed: &[Listed]) -> Vec<&'static str> {
        let kind = |one: &Listed| self.context.site.catalog.entity(one.id).kind;
        let mut columns = columns.to_vec();
        if listed.windows(2).any(|pair| kind(&pair[0]) != kind(&pair[1])) {
            columns.insert(0, "kind");
        }
        if is_through(listed) && !columns.contains(&"owner") {
            columns.push("owner");
        }
        columns
    }

    /// A table for each relation that nothing else on the page shows.
    pub(super) fn relations(&mut self) -> Vec<Table> {
        let site = self.context.site;
        let all = site.graph.relations(self.entity.id);
        let mut ids: Vec<RelationId> =
            all.iter().map(|one| one.relation).filter(|relation| !self.is_shown(*relation)).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.into_iter()
            .map(|relation| {
                let targets: Vec<&Relation> = all.iter().filter(|one| one.relation == relation).collect();
                let rows: Vec<Row> = targets.iter().map(|one| self.context.target_row(&one.target)).collect();
                let mut columns = columns(&rows, &["type", "lifecycle", "owner"]);
                let first = rows.first().map(|row| row.link.kind.clone());
                if rows.iter().any(|row| Some(&row.link.kind) != first.as_ref()) {
                    columns.insert(0, "kind");
                }
                let table = &site.catalog.kinds.relations;
                let title = site.texts().t(table.label(relation));
                self.table(&section_id(table.name(relation)), title, rows, columns)
            })
            .collect()
    }

    fn is_shown(&self, relation: RelationId) -> bool {
        let kind = self.entity.reference.kind.as_str();
        let up = [RelationId::OWNED_BY, RelationId::PART_OF, RelationId::CHILD_OF];
        up.contains(&relation)
            || match kind {
                "Group" => [RelationId::OWNED_BY, RelationId::CHILD_OF, RelationId::MEMBER_OF]
                    .map(RelationId::flipped)
                    .contains(&relation),
                "User" => relation == RelationId::MEMBER_OF || relation == RelationId::OWNED_BY.flipped(),
                "System" | "Domain" => relation == RelationId::PART_OF.flipped(),
                _ => false,
            }
    }

    /// A table with its first rows; the rest goes to pages of its own.
    fn table(&mut self, id: &str, title: &str, mut rows: Vec<Row>, columns: Vec<&'static str>) -> Table {
        let count = rows.len();
        let keys = rows.iter().map(|row| row.link.reference.clone());
        let more = (count > MAX_ROWS)
            .then(|| self.rest(lists::LongList::new(self.entity, id, title, columns.clone(), keys.collect()), count));
        rows.truncate(MAX_ROWS);
        Table { count, more, ..plain(id, title, columns, rows) }
    }

    /// The way to all rows of a table.
    fn rest(&mut self, list: lists::LongList, count: usize) -> Way {
        let href = self.context.href(&list.path(1));
        self.long.push(list);
        self.all(count, href)
    }

    fn all(&self, count: usize, href: String) -> Way {
        Way { title: self.context.site.texts().with("All {n}", &[("n", &count)]), href: Some(href) }
    }
}

/// An entity that is listed, and the group through which it is owned.
pub(super) struct Listed {
    pub(super) id: EntityId,
    pub(super) via: Option<EntityId>,
}

/// Whether some are owned through groups.
fn is_through(listed: &[Listed]) -> bool {
    listed.iter().any(|one| one.via.is_some())
}

/// A table with all of its rows.
fn plain(id: &str, title: &str, columns: Vec<&'static str>, rows: Vec<Row>) -> Table {
    Table {
        id: id.to_owned(),
        title: title.to_owned(),
        note: None,
        count: rows.len(),
        layout: "table",
        columns,
        rows,
        more: None,
        empty: None,
    }
}

/// Those columns in which some row has something.
fn columns(rows: &[Row], wanted: &[&'static str]) -> Vec<&'static str> {
    let has = |column: &str| {
        rows.iter().any(|row| match column {
            "type" => row.spec_type.is_some(),
            "lifecycle" => row.lifecycle.is_some(),
            "owner" => row.owner.is_some(),
            _ => true,
        })
    };
    wanted.iter().copied().filter(|column| has(column)).collect()
}
