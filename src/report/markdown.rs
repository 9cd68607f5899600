//! Markdown for a comment or a step summary: the verdict first, then findings by the owner of what
//! they are about. It stands alone, fits into what the host takes, and says what it leaves out.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use crate::base::Place;
use crate::diagnostics::{At, Diagnostic, Level};
use crate::model::{Target, short_key};

use super::Finding;
use super::change::markdown::section;
use super::human;
use super::markdown_text::{code, html, link, prose, shortened};
use super::run::{Run, level_index, tally, tally_of};

/// What a comment may be long: GitHub takes 65,536 characters.
pub const COMMENT: usize = 65_000;
/// What a step summary may be long: GitHub drops one of more than a mebibyte, and a little less.
pub const STEP_SUMMARY: usize = 1_000_000;

/// Kept free for the words about what is left out: once, and in each group.
const FOOT: usize = 300;
const GROUP_FOOT: usize = 100;
const CLOSING: &str = "\n</details>\n";
/// Groups of so few findings are open from the start.
const OPEN: usize = 10;
/// Names of owners, messages and advice are cut here, so that one cannot fill the page.
const MOST_TEXT: usize = 1_000;
const MOST_NAME: usize = 100;
/// Other places of a finding that are shown.
const MOST_RELATED: usize = 5;

/// The findings of one owner.
struct Group<'a> {
    owner: Option<String>,
    findings: Vec<&'a Finding>,
    items: Vec<String>,
}

/// The page, of at most `most` bytes: how it went, what was found, and what the change does.
pub fn text(run: &Run<'_>, most: usize) -> String {
    let change = run.change.filter(|change| !change.is_empty());
    // What was found has the better part of it.
    let change = change.map_or_else(String::new, |change| format!("\n{}", section(change, most / 3)));
    findings(run, most - change.len()) + &change
}

fn findings(run: &Run<'_>, most: usize) -> String {
    let mut out = verdict(run);
    let mut groups = groups(run);
    for group in &mut groups {
        group.items = group.findings.iter().map(|(finding, _)| item(run, finding)).collect();
    }
    let kept = fitting(&groups, most.saturating_sub(out.len() + FOOT));
    let mut left = Vec::new();
    for (group, kept) in groups.iter().zip(&kept) {
        let dropped = group.findings.iter().zip(kept).filter(|(_, kept)| !**kept).map(|(finding, _)| *finding);
        let dropped: Vec<&Finding> = dropped.collect();
        if dropped.len() < group.findings.len() {
            out.push_str(&head(group, run.findings.len() <= OPEN));
            for item in group.items.iter().zip(kept).filter(|(_, kept)| **kept).map(|(item, _)| item) {
                out.push_str(item);
            }
            if !dropped.is_empty() {
                let _ = writeln!(out, "- … and {} more", tally_of(dropped.iter().copied()));
            }
            out.push_str(CLOSING);
        }
        left.extend(dropped);
    }
    if !left.is_empty() {
        let _ = write!(
            out,
            "\n**{} left out here**, after the gravest: a page like this has a largest size. `catalog check` prints them all.\n",
            tally_of(left.iter().copied())
        );
    }
    out
}

/// The first lines: how it went, and what was looked at.
fn verdict(run: &Run<'_>) -> String {
    let summary = run.summary;
    let numbers = tally(summary.errors, summary.warnings, summary.notes);
    let sign = match (run.failed, summary.errors, summary.warnings, summary.notes) {
        (true, ..) => "❌",
        (_, 0, 0, _) => "✅",
        _ => "⚠️",
    };
    let numbers = if numbers.is_empty() { "nothing to report" } else { &numbers };
    let read = human::read(&summary, run.catalog);
    format!("## {sign} Catalog: {numbers}\n\n{read}.\n")
}

fn groups<'a>(run: &'a Run<'_>) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut by_owner = FxHashMap::<Option<String>, usize>::default();
    for finding in run.gravest_first() {
        let owner = owner(run, &finding.0);
        let index = *by_owner.entry(owner.clone()).or_insert_with(|| {
            groups.push(Group { owner, findings: Vec::new(), items: Vec::new() });
            groups.len() - 1
        });
        groups[index].findings.push(finding);
    }
    // Those with the gravest first, then those with most to do; of these, what nobody owns last.
    let weight = |group: &Group<'_>| {
        let mut numbers = [0usize; 3];
        group.findings.iter().for_each(|(finding, _)| numbers[level_index(finding.level)] += 1);
        let gravest = numbers.iter().position(|number| *number > 0);
        (gravest, group.owner.is_none(), std::cmp::Reverse(numbers), group.owner.clone())
    };
    groups.sort_by_cached_key(weight);
    groups
}

/// Who owns the entity that a finding is about, as it is written in short.
fn owner(run: &Run<'_>, finding: &Diagnostic) -> Option<String> {
    let key = finding.entity.as_deref()?;
    let Some(entity) = run.catalog.find(key) else {
        // One that is gone had an owner when it was published.
        let gone = run.catalog.published.as_ref()?.find_own(key)?;
        return gone.owner.as_deref().map(short_key);
    };
    let references = run.catalog.references_of(entity.id);
    let owner = references.iter().find(|reference| run.catalog.field(reference).is_owner())?;
    match &owner.target {
        Target::Entity(id) => Some(run.catalog.entity(*id).reference.short()),
        Target::Unresolved(reference) => Some(reference.short()),
        Target::Malformed(_) => None,
    }
}

/// Which findings fit: the gravest of all groups before anything less grave.
fn fitting(groups: &[Group<'_>], mut space: usize) -> Vec<Vec<bool>> {
    let mut kept: Vec<Vec<bool>> = groups.iter().map(|group| vec![false; group.items.len()]).collect();
    let mut begun = vec![false; groups.len()];
    for level in [Level::Error, Level::Warning, Level::Note] {
        for (at, group) in groups.iter().enumerate() {
            for (index, (finding, _)) in group.findings.iter().enumerate() {
                if level_index(finding.level) != level_index(level) {
                    continue;
                }
                let foot = if group.items.len() > 1 { GROUP_FOOT } else { CLOSING.len() };
                let around = if begun[at] { 0 } else { head(group, true).len() + foot };
                let needed = group.items[index].len() + around;
                if needed <= space {
                    space -= needed;
                    begun[at] = true;
                    kept[at][index] = true;
                }
            }
        }
    }
    kept
}

fn head(group: &Group<'_>, open: bool) -> String {
    let open = if open { " open" } else { "" };
    let owner = match &group.owner {
        Some(owner) => format!("<code>{}</code>", html(&shortened(owner, MOST_NAME))),
        None => "Without an owner".to_owned(),
    };
    let numbers = tally_of(group.findings.iter().copied());
    format!("\n<details{open}><summary><b>{owner}</b>: {numbers}</summary>\n\n")
}

fn item(run: &Run<'_>, finding: &Diagnostic) -> String {
    let sign = match finding.level {
        Level::Error => "❌",
        Level::Warning => "⚠️",
        Level::Note | Level::Off => "ℹ️",
    };
    let rule = code(finding.rule.code);
    let rule = run.rule_url(finding.rule).map_or_else(|| rule.clone(), |url| link(&rule, &url));
    let mut out = format!("- {sign} {}", prose(&shortened(&finding.message, MOST_TEXT)));
    if let Some(place) = finding.place {
        let _ = write!(out, "<br>{}", place_link(run, place));
    } else if let Some(repository) = finding.repository {
        let _ = write!(out, "<br>{}", code(&run.sources.repository(repository).name));
    }
    let _ =
        write!(out, "{}{rule}", if finding.place.is_some() || finding.repository.is_some() { " · " } else { "<br>" });
    if let Some(help) = &finding.help {
        let _ = write!(out, "<br>💡 {}", prose(&shortened(help, MOST_TEXT)));
    }
    for related in finding.related.iter().take(MOST_RELATED) {
        let message = prose(&shortened(&related.message, MOST_TEXT));
        let place = match &related.at {
            At::Here(place) => place_link(run, *place),
            At::Elsewhere(elsewhere) => {
                let label = code(&shortened(&elsewhere.text(), MOST_TEXT));
                elsewhere.url.as_ref().map_or_else(|| label.clone(), |url| link(&label, url))
            }
        };
        let _ = write!(out, "<br>↳ {message}: {place}");
    }
    if let Some(more) = finding.related.len().checked_sub(MOST_RELATED).filter(|more| *more > 0) {
        let _ = write!(out, "<br>↳ … and {more} more");
    }
    out.push('\n');
    out
}

/// Path and line, linked to where the host of the repository shows them.
fn place_link(run: &Run<'_>, place: Place) -> String {
    let spot = run.spot(place);
    let line = spot.start().map(|start| start.line);
    let label = code(&line.map_or_else(|| spot.path.clone(), |line| format!("{}:{line}", spot.path)));
    let repository = run.sources.repository(run.sources.repo_of(place.file));
    let revision = repository.revision.as_deref().or(repository.branch.as_deref());
    let url =
        repository.remote.as_ref().zip(revision).and_then(|(remote, revision)| {
            remote.file_url(run.sources.hosts(), revision, run.sources.path(place.file))
        });
    match (url, line) {
        (Some(url), Some(line)) if !url.contains('?') => link(&label, &format!("{url}#L{line}")),
        (Some(url), _) => link(&label, &url),
        (None, _) => label,
    }
}
