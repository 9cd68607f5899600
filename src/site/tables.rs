//! The tables of an entity's page: members, what is owned, parts, and a table for each relation.

use crate::graph::{Ownership, Relation};
use crate::model::{Entity, EntityId, RelationId};

use super::context::{Context, initials};
use super::views::{Row, Table, TreeNode, Way};
use super::{lists, tree};

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

    /// Tables that the kind asks for, and the groups below a group.
    pub(super) fn own(&mut self) -> (Vec<Table>, Vec<TreeNode>) {
        let (site, id) = (self.context.site, self.entity.id);
        let targets = |relation: RelationId| site.graph.targets(id, relation).collect::<Vec<EntityId>>();
        match self.entity.reference.kind.as_str() {
            "Group" => {
                let people: Vec<Row> =
                    targets(RelationId::MEMBER_OF.flipped()).into_iter().map(|user| self.person(user)).collect();
                let mut members = self.table("members", "Members", people, vec![]);
                members.layout = "people";
                let groups = tree::below(self.context, id);
                let mut tables = Vec::new();
                if members.count > 0 || groups.is_empty() {
                    members.empty = Some("Nobody is in this group.".to_owned());
                    tables.push(members);
                }
                tables.push(self.owned(false));
                (tables, groups)
            }
            "User" => {
                let groups: Vec<Row> =
                    targets(RelationId::MEMBER_OF).into_iter().map(|group| self.context.row(group)).collect();
                let mut member_of = self.table("member-of", "Member of", groups, vec!["type"]);
                member_of.empty = Some("In no group.".to_owned());
                (vec![member_of, self.owned(true)], Vec::new())
            }
            "System" | "Domain" => {
                let parts = targets(RelationId::PART_OF.flipped());
                let mut tables = Vec::new();
                for (_, kind) in site.catalog.kinds.iter() {
                    let rows: Vec<Row> = parts
                        .iter()
                        .filter(|&&part| site.catalog.kind_of(site.catalog.entity(part)).name == kind.name)
                        .map(|&part| self.context.row(part))
                        .collect();
                    if !rows.is_empty() {
                        let columns = columns(&rows, &["type", "lifecycle", "owner"]);
                        tables.push(self.table(&parts_id(&kind.name), &lists::plural(kind), rows, columns));
                    }
                }
                if tables.is_empty() {
                    let mut table = self.table("has-part", "Contains", Vec::new(), vec![]);
                    table.empty = Some("Nothing says that it is part of this yet.".to_owned());
                    tables.push(table);
                }
                (tables, Vec::new())
            }
            _ => (Vec::new(), Vec::new()),
        }
    }

    fn person(&self, user: EntityId) -> Row {
        let mut row = self.context.row(user);
        row.initials = Some(initials(&row.link.title));
        row
    }

    /// What a group or user owns, with those through which they do.
    fn owned(&mut self, is_user: bool) -> Table {
        let owned = Ownership::of(self.context.site.graph, self.entity.id, is_user);
        let rows: Vec<Row> = owned
            .iter()
            .map(|one| Row { via: one.via.map(|group| self.context.link(group)), ..self.context.row(one.entity) })
            .collect();
        let inherited = owned.iter().any(|one| one.via.is_some());
        let mut columns = columns(&rows, &["type", "lifecycle"]);
        columns.insert(0, "kind");
        if inherited {
            columns.push("via");
        }
        let mut table = self.table("owned", "Owns", rows, columns);
        table.note = inherited.then(|| {
            if is_user {
                "Directly, and through their groups.".to_owned()
            } else {
                "Directly, and through the groups inside.".to_owned()
            }
        });
        table.empty = Some("Owns nothing.".to_owned());
        table
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
                self.table(&section_id(table.name(relation)), table.label(relation), rows, columns)
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
        let mut more = None;
        if count > MAX_ROWS {
            let list = lists::LongList::new(
                self.entity,
                id,
                title,
                columns.clone(),
                rows.iter().map(|row| row.link.reference.clone()).collect(),
            );
            more = Some(Way { title: format!("All {count}"), href: Some(self.context.href(&list.path(1))) });
            self.long.push(list);
            rows.truncate(MAX_ROWS);
        }
        Table {
            id: id.to_owned(),
            title: title.to_owned(),
            note: None,
            count,
            layout: "table",
            columns,
            rows,
            more,
            empty: None,
        }
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
