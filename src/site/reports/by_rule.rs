//! Findings counted by rule and by owner.

use std::collections::BTreeMap;

use crate::diagnostics::{Level, Rule};
use crate::model::EntityId;
use crate::report::Finding;
use crate::routes;
use crate::theme::{capitalised, said};

use super::super::Site;
use super::super::context::add;
use super::super::views::Tally;
use super::{Cell, Column, Part, Report};

/// The findings of a rule.
pub(in crate::site) struct OfRule<'a> {
    /// The rule.
    pub(super) rule: &'static Rule,
    /// Its findings.
    pub(super) findings: Vec<&'a Finding>,
}

/// The findings about what somebody owns; about what nobody owns where there is no owner.
pub(in crate::site) struct OfOwner<'a> {
    /// Who.
    pub(super) owner: Option<EntityId>,
    /// The findings.
    pub(super) findings: Vec<&'a Finding>,
}

/// The findings by rule, those with most first.
pub(in crate::site) fn by_rule<'a>(site: &Site<'a>) -> Vec<OfRule<'a>> {
    let mut rules: BTreeMap<&'static str, OfRule<'a>> = BTreeMap::new();
    for finding in site.findings {
        let rule = finding.0.rule;
        rules.entry(rule.code).or_insert_with(|| OfRule { rule, findings: Vec::new() }).findings.push(finding);
    }
    let mut rules: Vec<OfRule<'a>> = rules.into_values().collect();
    rules.sort_by_key(|of| std::cmp::Reverse(of.findings.len()));
    rules
}

/// The findings by the owner of the entity that they are about, those with most first.
pub(in crate::site) fn by_owner<'a>(site: &Site<'a>) -> Vec<OfOwner<'a>> {
    let mut owners: BTreeMap<Option<EntityId>, Vec<&'a Finding>> = BTreeMap::new();
    for finding in site.findings {
        let about = finding.0.entity.as_deref().and_then(|key| site.catalog.index.get(key)).copied();
        owners.entry(about.and_then(|about| owner(site, about))).or_default().push(finding);
    }
    let mut owners: Vec<OfOwner<'a>> =
        owners.into_iter().map(|(owner, findings)| OfOwner { owner, findings }).collect();
    // What nobody owns comes last: nobody will look.
    owners.sort_by_key(|of| (of.owner.is_none(), std::cmp::Reverse(of.findings.len())));
    owners
}

/// Who answers for an entity: its first owner, and a group or user for itself.
fn owner(site: &Site<'_>, id: EntityId) -> Option<EntityId> {
    site.index.owner(id).or_else(|| matches!(&*site.catalog.entity(id).reference.kind, "Group" | "User").then_some(id))
}

/// The report of both.
pub(super) fn report(site: &Site<'_>, rules: &[OfRule<'_>], owners: &[OfOwner<'_>]) -> Report {
    let columns = || [said("Errors"), said("Warnings"), said("Notes")].map(Column::number);
    let rule_rows = rules.iter().map(|of| {
        let mut row = vec![
            Cell::Code { text: of.rule.code, page: routes::findings_of_rule(of.rule.code, 1) },
            Cell::English(capitalised(of.rule.what)),
        ];
        row.extend(counts(&of.findings));
        row
    });
    let owner_rows = owners.iter().map(|of| {
        let owner = of.owner.map(|owner| site.catalog.entity(owner));
        let mut row = vec![of.owner.map_or_else(|| Cell::Text(site.texts().t("Nobody").to_owned()), Cell::Entity)];
        row.push(owner.map_or(Cell::Nothing, |owner| Cell::Way {
            text: site.texts().counted(of.findings.len(), "finding", "findings"),
            page: routes::findings_of_owner(&owner.reference, 1),
        }));
        row.extend(counts(&of.findings));
        row
    });
    let empty = said("Every rule looked, and nothing gave reason to complain.");
    Report {
        name: "findings-by",
        title: said("Findings by rule and owner"),
        why: said("What the compiler found, counted: which mistake is made most often, and who can mend it."),
        icon: "warning",
        parts: vec![
            Part {
                columns: [Column::text(said("Rule")), Column::text(said("What it reports"))]
                    .into_iter()
                    .chain(columns())
                    .collect(),
                rows: rule_rows.collect(),
                ..Part::new("", said("By rule"), empty)
            },
            Part {
                columns: [Column::text(said("Owner")), Column::text(said("Findings"))]
                    .into_iter()
                    .chain(columns())
                    .collect(),
                rows: owner_rows.collect(),
                ..Part::new("owner", said("By owner"), empty)
            },
        ],
    }
}

fn counts(findings: &[&Finding]) -> [Cell; 3] {
    let mut tally = Tally::default();
    for (finding, _) in findings {
        add(&mut tally, finding.level);
    }
    [(tally.errors, Level::Error), (tally.warnings, Level::Warning), (tally.notes, Level::Note)]
        .map(|(count, level)| Cell::Findings(count, level))
}
