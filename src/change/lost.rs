//! Findings about references to an entity that is gone or has another name, where they are shown
//! at the one line that causes them: told once, with the places that they are about.

use rustc_hash::FxHashMap;

use crate::base::{Place, Sources};
use crate::diagnostics::{Diagnostic, Related, in_order};

use super::diff::Diff;

/// Places that are listed.
const MOST_LISTED: usize = 10;

/// What the findings with a fingerprint lost: the key of an entity that was there before.
pub type Lost = FxHashMap<String, String>;

/// Makes one finding of those that one entity and one line cause.
pub fn joined(
    findings: Vec<(Diagnostic, String)>,
    lost: &Lost,
    diff: &Diff<'_>,
    sources: &dyn Sources,
) -> Vec<(Diagnostic, String)> {
    let mut out = Vec::with_capacity(findings.len());
    let mut groups: Vec<Vec<(Diagnostic, String)>> = Vec::new();
    let mut numbers = FxHashMap::<(&str, Option<Place>), usize>::default();
    for (finding, fingerprint) in findings {
        let Some(key) = lost.get(&fingerprint) else {
            out.push((finding, fingerprint));
            continue;
        };
        let number = *numbers.entry((key, finding.place)).or_insert(groups.len());
        if number == groups.len() {
            groups.push(Vec::new());
        }
        groups[number].push((finding, fingerprint));
    }
    out.extend(groups.into_iter().filter_map(|group| one(group, lost, diff)));
    in_order(&mut out, sources);
    out
}

/// The gravest of them, with the places of all.
fn one(mut group: Vec<(Diagnostic, String)>, lost: &Lost, diff: &Diff<'_>) -> Option<(Diagnostic, String)> {
    // Where several are as grave the first stays the first.
    group.sort_by_key(|(finding, _)| std::cmp::Reverse(finding.level));
    let all = group.len();
    let mut group = group.into_iter();
    let (mut finding, fingerprint) = group.next()?;
    let key = lost.get(&fingerprint)?;
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
    finding.related.truncate(1);
    finding.related.extend(group.filter_map(|(other, _)| other.related.into_iter().next()));
    finding.related.sort_by_key(Related::place);
    if let Some(more) = all.checked_sub(MOST_LISTED).filter(|more| *more > 0) {
        finding.related.truncate(MOST_LISTED);
        finding.help.get_or_insert_default().push_str(&format!("; {more} more references are not listed"));
    }
    Some((finding, fingerprint))
}
