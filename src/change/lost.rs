//! Findings about references to an entity that is gone or has another name: told once, at the
//! line that causes them where there is one, with the places that they are about.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::{Place, Sources};
use crate::diagnostics::{At, Diagnostic, Related, in_order};

use super::diff::Diff;

/// Places that are listed.
const MOST_LISTED: usize = 10;

/// An entity that was there before.
#[derive(Debug)]
pub struct LostEntity {
    pub(super) key: String,
    /// Where it stood, as it is said at the end of a message, if its file is gone; else empty.
    pub(super) stood: String,
}

/// What the findings with a fingerprint lost.
pub type Lost = FxHashMap<String, LostEntity>;

/// Makes one finding of those that one entity and one line cause. `moved` are those at that line.
pub fn joined(
    findings: Vec<(Diagnostic, String)>,
    lost: &Lost,
    moved: &FxHashSet<String>,
    diff: &Diff<'_>,
    sources: &dyn Sources,
) -> Vec<(Diagnostic, String)> {
    let mut out = Vec::with_capacity(findings.len());
    let mut groups: Vec<Vec<(Diagnostic, String)>> = Vec::new();
    let mut numbers = FxHashMap::<(&str, Option<Place>), usize>::default();
    for (finding, fingerprint) in findings {
        let Some(entity) = lost.get(&fingerprint) else {
            out.push((finding, fingerprint));
            continue;
        };
        // Where the file is gone there is no such line: they stand where the references do.
        let shown = finding.place.filter(|_| moved.contains(&fingerprint));
        let number = *numbers.entry((&*entity.key, shown)).or_insert(groups.len());
        if number == groups.len() {
            groups.push(Vec::new());
        }
        groups[number].push((finding, fingerprint));
    }
    out.extend(groups.into_iter().filter_map(|group| one(group, lost, moved, diff)));
    in_order(&mut out, sources);
    out
}

/// The gravest of them, with the places of all.
fn one(
    mut group: Vec<(Diagnostic, String)>,
    lost: &Lost,
    moved: &FxHashSet<String>,
    diff: &Diff<'_>,
) -> Option<(Diagnostic, String)> {
    // Where several are as grave the first stays the first.
    group.sort_by_key(|(finding, _)| std::cmp::Reverse(finding.level));
    let all = group.len();
    let mut group = group.into_iter();
    let (mut finding, fingerprint) = group.next()?;
    let LostEntity { key, stood } = lost.get(&fingerprint)?;
    let name = diff.base.short(key);
    let renamed = diff.renamed.iter().find(|renamed| renamed.from.key == *key).map(|renamed| &*renamed.to.key);
    let to = renamed.map(|key| diff.head.short(key));
    if let Some(to) = &to {
        finding.help = Some(format!(
            "give it its old name back and run `catalog rename {name} {to} --write`, which changes what refers to it too; or keep the old name"
        ));
    }
    if all == 1 {
        return Some((finding, fingerprint));
    }
    let is_moved = moved.contains(&fingerprint);
    finding.message = match &to {
        Some(to) => format!("`{name}` is `{to}` now, and {all} references still name the old one"),
        None => format!("`{name}` is gone, and {all} references to it lead nowhere"),
    };
    if to.is_none() {
        finding.help = Some("put it back, or change what refers to it; if it is kept elsewhere from now on, declare it under `external:` in catalog-config.yaml".to_owned());
    }
    // It is about all of them now: no entity that refers to it owns the finding, and none has its fix.
    finding.entity = renamed.map(str::to_owned);
    finding.fix = Vec::new();
    finding.message.push_str(stood);
    if is_moved {
        finding.related.truncate(1);
        finding.related.extend(group.filter_map(|(other, _)| other.related.into_iter().next()));
    } else {
        let others = group.filter_map(|(other, _)| other.place);
        finding.related =
            others.map(|place| Related { message: "another one".to_owned(), at: At::Here(place) }).collect();
    }
    finding.related.sort_by_key(Related::place);
    if let Some(more) = finding.related.len().checked_sub(MOST_LISTED).filter(|more| *more > 0) {
        finding.related.truncate(MOST_LISTED);
        finding.help.get_or_insert_default().push_str(&format!("; {more} more references are not listed"));
    }
    Some((finding, fingerprint))
}
