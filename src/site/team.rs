//! The page of a team: what it owns, what of that is broken, what depends on it, what it depends on,
//! its APIs and docs, who is in it, and where it stands. About people it says who they are, and nothing
//! that counts what they did.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::diagnostics::{Diagnostic, Level};
use crate::graph::Ownership;
use crate::model::{Entity, EntityId, KindId, RelationId};
use crate::report::Finding;

use super::borders::{self, Border, Side};
use super::context::{self, Context, initials};
use super::lists::{self, LongList};
use super::tables::{Listed, Tables};
use super::views::{Link, Table, Tally, TreeNode, Way};
use super::{drawing, tree};

/// Most rows of what is owned.
const MAX_OWNED: usize = 25;
/// Most rows of what is broken, and of APIs and docs.
const MAX_ROWS: usize = 10;
/// Most people.
const MAX_MEMBERS: usize = 60;

/// What the page of a group has more than others.
#[derive(Serialize)]
pub(super) struct Team {
    kinds: Vec<KindCount>,
    pub(super) owned: Table,
    pub(super) broken: Option<Broken>,
    pub(super) used_by: Side,
    pub(super) uses: Side,
    pub(super) apis: Option<Table>,
    docs: Vec<Docs>,
    pub(super) docs_total: usize,
    pub(super) members: Table,
    pub(super) chart_svg: Option<String>,
    groups: Vec<TreeNode>,
    /// The way to those directly in it that have no room.
    groups_more: Option<Way>,
}

#[derive(Serialize)]
struct KindCount {
    label: String,
    kind: String,
    count: usize,
}

/// What of the owned has findings.
#[derive(Serialize)]
pub(super) struct Broken {
    pub(super) tally: Tally,
    /// How many entities.
    total: usize,
    rows: Vec<BrokenRow>,
    more: Option<Way>,
}

#[derive(Serialize)]
struct BrokenRow {
    entity: Link,
    tally: Tally,
    severity: &'static str,
    code: &'static str,
    rule_href: String,
    message: String,
}

#[derive(Serialize)]
struct Docs {
    entity: Link,
    title: String,
    href: String,
    pages: usize,
}

/// The sections of a group's page; `None` for other kinds.
pub(super) fn view(context: &Context<'_>, entity: &Entity, long: &mut Vec<LongList>) -> Option<Team> {
    if entity.reference.kind != "Group" {
        return None;
    }
    let (site, id) = (context.site, entity.id);
    let owned = Ownership::of(site.graph, id, false);
    let own: FxHashMap<EntityId, EntityId> = owned.iter().map(|one| (one.entity, one.entity)).collect();
    let border = Border::of(site.graph, &own, |other| borders::team_of(site, other));
    let broken = broken(context, entity, &owned, long);
    let apis: Vec<Listed> = owned
        .iter()
        .filter(|one| site.catalog.entity(one.entity).reference.kind == "API")
        .map(|one| Listed { id: one.entity, via: None })
        .collect();
    let mut docs: Vec<Docs> = owned.iter().filter_map(|one| docs_of(context, one.entity)).collect();
    let docs_total = docs.len();
    docs.truncate(MAX_ROWS);
    let texts = site.texts();
    let used_by = Side::of(context, &border.used_by, (id, "used-by", texts.t("Who depends on it")), long);
    let uses = Side::of(context, &border.uses, (id, "uses", texts.t("What it depends on")), long);
    let (groups, hidden) = tree::below(context, id);
    let mut tables = Tables::new(context, entity, long);
    Some(Team {
        kinds: kinds(context, &owned),
        owned: tables.owned(&owned, false, MAX_OWNED),
        broken,
        used_by,
        uses,
        apis: (!apis.is_empty())
            .then(|| tables.listed("apis", texts.t("APIs"), &apis, &["type", "lifecycle", "system"], MAX_ROWS)),
        docs,
        docs_total,
        members: members(&mut tables, context, id),
        chart_svg: drawing::part_of_chart(context, id),
        groups,
        groups_more: (hidden > 0).then(|| Way {
            title: texts.counted(hidden, "more group", "more groups"),
            href: Some(context.href(&crate::routes::list(Some("Group"), 1))),
        }),
    })
}

fn kinds(context: &Context<'_>, owned: &[Ownership]) -> Vec<KindCount> {
    let catalog = context.site.catalog;
    let mut counts: BTreeMap<KindId, usize> = BTreeMap::new();
    for one in owned {
        *counts.entry(catalog.entity(one.entity).kind).or_default() += 1;
    }
    let one = |(kind, count): (KindId, usize)| {
        let kind = catalog.kinds.get(kind);
        let label = if count == 1 { kind.name.to_string() } else { lists::plural(kind) };
        KindCount { label: context.site.t(&label), kind: context::icon(&kind.name), count }
    };
    counts.into_iter().map(one).collect()
}

/// What has findings, the worst first.
fn broken(context: &Context<'_>, entity: &Entity, owned: &[Ownership], long: &mut Vec<LongList>) -> Option<Broken> {
    let site = context.site;
    let mut total = Tally::default();
    let mut found: Vec<(EntityId, Tally)> = Vec::new();
    for one in owned {
        let tally = site.tally(one.entity);
        if tally.errors + tally.warnings + tally.notes > 0 {
            total.errors += tally.errors;
            total.warnings += tally.warnings;
            total.notes += tally.notes;
            found.push((one.entity, tally));
        }
    }
    if found.is_empty() {
        return None;
    }
    found.sort_by_key(|(id, tally)| (std::cmp::Reverse((tally.errors, tally.warnings, tally.notes)), *id));
    let more = (found.len() > MAX_ROWS).then(|| {
        let keys = found.iter().map(|(id, _)| site.graph.key(*id).to_owned()).collect();
        let list =
            LongList::new(entity, "broken", site.texts().t("What is broken"), vec!["kind", "lifecycle", "owner"], keys)
                .of_groups();
        let way = Way {
            title: site.texts().with("All {n}", &[("n", &found.len())]),
            href: Some(context.href(&list.path(1))),
        };
        long.push(list);
        way
    });
    let row = |&(id, tally): &(EntityId, Tally)| {
        let findings = site.findings_of(id);
        let (worst, _): &Finding = findings.iter().max_by_key(|(finding, _)| order(finding))?;
        Some(BrokenRow {
            entity: context.link(id),
            tally,
            severity: context::severity(worst.level),
            code: worst.rule.code,
            rule_href: context.href(&worst.rule.page()),
            message: worst.message.clone(),
        })
    };
    Some(Broken { tally: total, total: found.len(), rows: found.iter().take(MAX_ROWS).filter_map(row).collect(), more })
}

/// The worst has the most; of equals the first that was found.
fn order(finding: &Diagnostic) -> (Level, std::cmp::Reverse<Option<u32>>) {
    (finding.level, std::cmp::Reverse(finding.place.map(|place| place.span.start)))
}

fn docs_of(context: &Context<'_>, id: EntityId) -> Option<Docs> {
    let docs = context.site.docs.site_of(id)?;
    Some(Docs {
        entity: context.link(id),
        title: super::docs::title(context.site, docs),
        href: context.href(docs.home()),
        pages: docs.content.pages.len(),
    })
}

fn members(tables: &mut Tables<'_, '_>, context: &Context<'_>, id: EntityId) -> Table {
    let texts = context.site.texts();
    let members = context.site.graph.targets(id, RelationId::MEMBER_OF.flipped());
    let members: Vec<Listed> = members.map(|id| Listed { id, via: None }).collect();
    let mut table = tables.listed("members", texts.t("Members"), &members, &[], MAX_MEMBERS);
    for row in &mut table.rows {
        row.initials = Some(initials(&row.link.title));
    }
    table.layout = "people";
    table.empty = Some(texts.t("Nobody is in this group.").to_owned());
    table
}
