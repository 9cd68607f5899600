//! Changes for people at a terminal: the verdict, what changed, whom it concerns, what to do. Lists
//! are cut with a count; JSON has all of it.

use std::fmt::Write as _;

use crate::change::{Described, Diff, Impact, Snapshot, Why};

use super::super::count;
use super::super::run::one_line;
use super::words;

/// Entities of one list, and relations.
const MOST: usize = 40;
/// Fields of one entity, and items of one list.
const MOST_FIELDS: usize = 12;

/// Text with colour, where that is asked for.
struct Page {
    out: String,
    color: bool,
}

impl Page {
    fn new(color: bool) -> Self {
        Self { out: String::new(), color }
    }

    /// Text in a colour; without control characters, which names may carry.
    fn paint(&self, text: &str, paint: &str) -> String {
        let text = one_line(text);
        if self.color { format!("\u{1b}[{paint}m{text}\u{1b}[0m") } else { text }
    }

    /// A sentence with code in backticks: bold instead, where there is colour.
    fn prose(&self, text: &str) -> String {
        if !self.color {
            return one_line(text).replace('`', "");
        }
        let parts = text.split('`').enumerate();
        parts.map(|(at, part)| if at % 2 == 1 { self.paint(part, "1") } else { one_line(part) }).collect()
    }

    fn verdict(&mut self, text: &str) {
        let text = one_line(&text.replace('`', ""));
        let text = self.paint(&text, "1");
        let _ = writeln!(self.out, "{text}");
    }

    fn heading(&mut self, text: &str) {
        let text = self.paint(text, "1;4");
        let _ = writeln!(self.out, "\n{text}");
    }

    fn line(&mut self, indent: usize, text: &str) {
        let _ = writeln!(self.out, "{:indent$}{}", "", text.trim_end());
    }

    /// What was left out of a list.
    fn more(&mut self, indent: usize, all: usize, most: usize) {
        if all > most {
            self.line(indent, &format!("… and {} more", all - most));
        }
    }

    /// An entity in one line: sign, reference, title, owners, place.
    fn entity(&mut self, sign: &str, paint: &str, one: &Described, snapshot: &Snapshot) {
        let mut text = format!("{} {}", self.paint(sign, paint), self.paint(&one.reference.short(), paint));
        if one.title != one.reference.name {
            let _ = write!(text, " “{}”", words::value(Some(&one.title.as_str().into())));
        }
        let mut about: Vec<String> = one.owners.iter().map(|owner| one_line(&snapshot.short(owner))).collect();
        about.push(place(one));
        let _ = write!(text, "  {}", self.paint(&about.join(", "), "2"));
        self.line(2, &text);
    }
}

fn place(one: &Described) -> String {
    let repository = one.origin.repository.as_ref().map_or_else(String::new, |name| format!("{name}/"));
    one_line(&format!("{repository}{}:{}", one.origin.file, one.origin.line))
}

/// The difference of two states.
pub fn diff(diff: &Diff<'_>, color: bool) -> String {
    let mut page = Page::new(color);
    page.verdict(&words::verdict(diff));
    list(&mut page, "Removed", ("-", "31"), &diff.removed, diff.base);
    if !diff.renamed.is_empty() {
        page.heading("Renamed");
        for one in diff.renamed.iter().take(MOST) {
            let (from, to) = (one.from.reference.short(), one.to.reference.short());
            let (sign, to, about) = (page.paint("~", "33"), page.paint(&to, "33"), page.paint(&place(one.to), "2"));
            page.line(2, &format!("{sign} {} → {to}  {about}", one_line(&from)));
        }
        page.more(2, diff.renamed.len(), MOST);
        if !diff.followed.is_empty() {
            let verb = if diff.followed.len() == 1 { "follows" } else { "follow" };
            page.line(
                2,
                &format!("{} {verb}: only the name in a reference is new", count(diff.followed.len(), "entity")),
            );
        }
    }
    changed(&mut page, diff);
    list(&mut page, "Added", ("+", "32"), &diff.added, diff.head);
    relations(&mut page, diff);
    affected(&mut page, diff);
    let advice = words::advice(diff);
    if !advice.is_empty() {
        page.heading("What to do");
        for one in advice {
            let text = page.prose(&one);
            page.line(2, &text);
        }
    }
    page.out
}

fn list(page: &mut Page, heading: &str, (sign, paint): (&str, &str), all: &[&Described], snapshot: &Snapshot) {
    if all.is_empty() {
        return;
    }
    page.heading(heading);
    for one in all.iter().take(MOST) {
        page.entity(sign, paint, one, snapshot);
    }
    page.more(2, all.len(), MOST);
}

fn changed(page: &mut Page, diff: &Diff<'_>) {
    if diff.changed.is_empty() {
        return;
    }
    page.heading("Changed");
    for one in diff.changed.iter().take(MOST) {
        page.entity("~", "33", one.after, diff.head);
        if let Some(owners) = &one.owners {
            let names = |snapshot: &Snapshot, owners: &[String]| match owners {
                [] => "nobody".to_owned(),
                some => some.iter().map(|owner| one_line(&snapshot.short(owner))).collect::<Vec<_>>().join(", "),
            };
            let (before, after) = (names(diff.base, owners.before), names(diff.head, owners.after));
            let (before, after) = (page.paint(&before, "31"), page.paint(&after, "32"));
            page.line(6, &format!("{} {before} → {after}", page.paint("owner", "1")));
        }
        let fields: Vec<_> =
            one.fields.iter().filter(|field| one.owners.is_none() || !words::is_owner(field)).collect();
        for field in fields.iter().take(MOST_FIELDS) {
            let name = words::dotted(&field.pointer);
            if field.is_list() {
                page.line(6, &name);
                let gone = field.removed.iter().map(|item| ("-", "31", item));
                let new = field.added.iter().map(|item| ("+", "32", item));
                for (sign, paint, item) in gone.chain(new).take(MOST_FIELDS) {
                    let text = page.paint(&format!("{sign} {}", words::value_in(diff, Some(item))), paint);
                    page.line(8, &text);
                }
                page.more(8, field.removed.len() + field.added.len(), MOST_FIELDS);
            } else {
                let before = page.paint(&words::value_in(diff, field.before.as_ref()), "31");
                let after = page.paint(&words::value_in(diff, field.after.as_ref()), "32");
                page.line(6, &format!("{name} {before} → {after}"));
            }
        }
        page.more(6, fields.len(), MOST_FIELDS);
    }
    page.more(2, diff.changed.len(), MOST);
}

/// Relations that changed although the entities say what they said: the settings did.
fn relations(page: &mut Page, diff: &Diff<'_>) {
    let all = diff.untold();
    if all.is_empty() {
        return;
    }
    page.heading("Relations");
    for (is_new, edge) in all.iter().take(MOST) {
        let (sign, paint) = if *is_new { ("+", "32") } else { ("-", "31") };
        let (from, to) = (diff.side(&edge.from).short(&edge.from), diff.side(&edge.to).short(&edge.to));
        let text = page.paint(&format!("{sign} {from} {} {to}", edge.relation), paint);
        page.line(2, &text);
    }
    page.more(2, all.len(), MOST);
}

fn affected(page: &mut Page, diff: &Diff<'_>) {
    if diff.affected.is_empty() {
        return;
    }
    page.heading("Impact");
    let groups = words::by_owner(&diff.affected, |one| one.key.as_str(), diff.head);
    for (owner, all) in groups.iter().take(MOST) {
        group_head(page, *owner, all.len(), diff.head);
        for one in all.iter().take(MOST_FIELDS) {
            let sign = if one.broken { page.paint("!", "1;31") } else { " ".to_owned() };
            let name = page.paint(&diff.head.short(&one.key), "1");
            let because = page.prose(&words::because(diff, one));
            page.line(4, &format!("{sign} {name} {because}"));
        }
        page.more(6, all.len(), MOST_FIELDS);
    }
    if groups.len() > MOST {
        page.line(2, &format!("… and {} more", count(groups.len() - MOST, "owner")));
    }
}

fn group_head(page: &mut Page, owner: Option<&str>, number: usize, snapshot: &Snapshot) {
    let name = owner.map_or_else(|| "without an owner".to_owned(), |owner| snapshot.short(owner));
    let name = page.paint(&name, "36");
    page.line(2, &format!("{name}, {}", count(number, "entity")));
}

/// What depends on an entity.
pub fn impact(impact: &Impact<'_>, color: bool) -> String {
    let mut page = Page::new(color);
    page.verdict(&words::verdict_of_impact(impact));
    let snapshot = impact.snapshot;
    let mut rest = impact.dependents.as_slice();
    while let Some(first) = rest.first() {
        let end = rest.partition_point(|one| one.distance <= first.distance);
        let (level, further) = rest.split_at(end);
        rest = further;
        let heading = match first.distance {
            1 => "Directly".to_owned(),
            distance => format!("In {}", count(distance, "step")),
        };
        page.heading(&heading);
        let groups = words::by_owner(level, |one| one.key.as_str(), snapshot);
        for (owner, all) in groups.iter().take(MOST) {
            group_head(&mut page, *owner, all.len(), snapshot);
            for one in all.iter().take(MOST) {
                let name = page.paint(&snapshot.short(&one.key), "1");
                let via = one_line(&snapshot.short(&one.via));
                page.line(4, &format!("{name} {} {via}", one_line(&one.relation)));
            }
            page.more(4, all.len(), MOST);
        }
        if groups.len() > MOST {
            page.line(2, &format!("… and {} more", count(groups.len() - MOST, "owner")));
        }
    }
    page.out
}

/// The way between two entities.
pub fn why(why: &Why<'_>, color: bool) -> String {
    let mut page = Page::new(color);
    page.verdict(&words::verdict_of_why(why));
    let shown = |key: &str| {
        let owners: Vec<String> = why.snapshot.owners(key).iter().map(|owner| why.snapshot.short(owner)).collect();
        (why.snapshot.short(key), owners.join(", "))
    };
    for (at, step) in why.steps.iter().enumerate() {
        if at == 0 {
            let (name, owners) = shown(&step.from);
            let text = format!("{}  {}", page.paint(&name, "1"), page.paint(&owners, "2"));
            page.line(0, "");
            page.line(2, &text);
        }
        let (name, owners) = shown(&step.to);
        let text = format!("└─ {} {}  {}", one_line(&step.relation), page.paint(&name, "1"), page.paint(&owners, "2"));
        page.line(2 + 3 * at, &text);
    }
    page.out
}
