//! Changes as Markdown, for a comment: it fits into the size that it is given, says what it leaves
//! out, and mentions nobody.

use crate::change::{Changed, Described, Diff, Edge, Impact, Snapshot, Why};

use super::super::count;
use super::super::markdown_text::{code, html, prose, shortened};
use super::words;

/// Items of one list, and fields of one entity.
const MOST: usize = 60;
const MOST_FIELDS: usize = 10;
/// Longest name that is shown.
const MOST_NAME: usize = 120;
/// Kept free for the count of what is left out.
const FOOT: usize = 40;

/// A list with what stands around it.
struct Section {
    head: String,
    items: Vec<String>,
    /// What the items are, and how many there are in all.
    all: usize,
    foot: &'static str,
}

/// What changed, of at most `most` bytes: a section of a page.
pub fn section(diff: &Diff<'_>, most: usize) -> String {
    let head = format!("### What changes: {}\n", prose(&words::verdict(diff)));
    let advice = words::advice(diff);
    let mut foot = String::new();
    if !advice.is_empty() {
        foot.push_str("\n**What to do**\n\n");
        advice.iter().for_each(|one| foot.push_str(&format!("- {}\n", prose(one))));
    }
    // The gravest first, should the space not suffice.
    let mut sections = vec![entities("Removed", &diff.removed, diff.base), renamed(diff)];
    sections.extend(affected(diff));
    sections.extend([changed(diff), entities("Added", &diff.added, diff.head), relations(diff)]);
    let body = fitting(&sections, most.saturating_sub(head.len() + foot.len()));
    let out = format!("{head}{body}{foot}");
    if out.len() > most { cut(&out, most) } else { out }
}

/// As much as fits of each list, in order.
fn fitting(sections: &[Section], mut space: usize) -> String {
    let mut out = String::new();
    for section in sections.iter().filter(|section| section.all > 0) {
        let around = section.head.len() + section.foot.len() + FOOT;
        let mut text = String::new();
        let mut kept = 0;
        for item in section.items.iter().take(MOST) {
            if around + text.len() + item.len() > space {
                break;
            }
            text.push_str(item);
            kept += 1;
        }
        if kept == 0 && around > space {
            continue;
        }
        if kept < section.all {
            text.push_str(&format!("- … and {} more\n", section.all - kept));
        }
        let text = format!("{}{text}{}", section.head, section.foot);
        space = space.saturating_sub(text.len());
        out.push_str(&text);
    }
    out
}

fn cut(text: &str, most: usize) -> String {
    let end = (0..=most.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    // Never in the middle of a line: half an escape is another text.
    text[..end].rfind('\n').map_or_else(String::new, |line| text[..=line].to_owned())
}

fn name(text: &str) -> String {
    code(&shortened(text, MOST_NAME))
}

fn entity(one: &Described, snapshot: &Snapshot) -> String {
    let mut out = name(&one.reference.short());
    if one.title != one.reference.name {
        out.push_str(&format!(" {}", prose(&shortened(&one.title, MOST_NAME).replace('`', "'"))));
    }
    for owner in &one.owners {
        out.push_str(&format!(" · {}", name(&snapshot.short(owner))));
    }
    out
}

fn entities(heading: &str, all: &[&Described], snapshot: &Snapshot) -> Section {
    Section {
        head: format!("\n**{heading}**\n\n"),
        items: all.iter().take(MOST).map(|one| format!("- {}\n", entity(one, snapshot))).collect(),
        all: all.len(),
        foot: "",
    }
}

fn renamed(diff: &Diff<'_>) -> Section {
    let item = |one: &crate::change::Renamed<'_>| {
        format!("- {} → {}\n", name(&one.from.reference.short()), entity(one.to, diff.head))
    };
    Section {
        head: "\n**Renamed**\n\n".to_owned(),
        items: diff.renamed.iter().take(MOST).map(item).collect(),
        all: diff.renamed.len(),
        foot: "",
    }
}

fn changed(diff: &Diff<'_>) -> Section {
    Section {
        head: "\n**Changed**\n\n".to_owned(),
        items: diff.changed.iter().take(MOST).map(|one| changed_item(diff, one)).collect(),
        all: diff.changed.len(),
        foot: "",
    }
}

fn changed_item(diff: &Diff<'_>, one: &Changed<'_>) -> String {
    let mut out = format!("- {}\n", entity(one.after, diff.head));
    if let Some(owners) = &one.owners {
        let names = |snapshot: &Snapshot, owners: &[String]| match owners {
            [] => "nobody".to_owned(),
            some => some.iter().map(|owner| name(&snapshot.short(owner))).collect::<Vec<_>>().join(", "),
        };
        let (before, after) = (names(diff.base, owners.before), names(diff.head, owners.after));
        out.push_str(&format!("  - **owner** {before} → {after}\n"));
    }
    let fields: Vec<_> = one.fields.iter().filter(|field| one.owners.is_none() || !words::is_owner(field)).collect();
    for field in fields.iter().take(MOST_FIELDS) {
        let pointer = name(&words::dotted(&field.pointer));
        if field.is_list() {
            let items = |sign: &str, items: &[serde_json::Value]| {
                let mut all: Vec<String> = items
                    .iter()
                    .take(MOST_FIELDS)
                    .map(|item| format!("{sign}{}", code(&words::value_in(diff, Some(item)))))
                    .collect();
                if items.len() > MOST_FIELDS {
                    all.push(format!("{sign} {} more", items.len() - MOST_FIELDS));
                }
                all
            };
            let all = [items("− ", &field.removed), items("+ ", &field.added)].concat();
            out.push_str(&format!("  - {pointer} {}\n", all.join(", ")));
        } else {
            let value = |value: Option<&serde_json::Value>| match value {
                None | Some(serde_json::Value::Null) => "nothing".to_owned(),
                some => code(&words::value_in(diff, some)),
            };
            out.push_str(&format!(
                "  - {pointer} {} → {}\n",
                value(field.before.as_ref()),
                value(field.after.as_ref())
            ));
        }
    }
    if fields.len() > MOST_FIELDS {
        out.push_str(&format!("  - … and {} more\n", count(fields.len() - MOST_FIELDS, "field")));
    }
    out
}

/// Relations that changed although the entities say what they said: the settings did.
fn relations(diff: &Diff<'_>) -> Section {
    let all = diff.untold();
    let item = |(is_new, edge): &(bool, &Edge)| {
        let short = |key: &str| name(&diff.side(key).short(key));
        let sign = if *is_new { "+" } else { "−" };
        format!("- {sign} {} {} {}\n", short(&edge.from), prose(&edge.relation), short(&edge.to))
    };
    Section {
        head: "\n<details><summary><b>Relations</b></summary>\n\n".to_owned(),
        items: all.iter().take(MOST).map(item).collect(),
        all: all.len(),
        foot: "\n</details>\n",
    }
}

/// Whom it concerns, by owner.
fn affected(diff: &Diff<'_>) -> Vec<Section> {
    let groups = words::by_owner(&diff.affected, |one| one.key.as_str(), diff.head);
    let open = if diff.affected.len() <= MOST_FIELDS { " open" } else { "" };
    let group = |(owner, all): &(Option<&str>, Vec<&crate::change::Affected>)| Section {
        head: group_head(*owner, all.len(), open, diff.head),
        items: all
            .iter()
            .take(MOST)
            .map(|one| {
                let sign = if one.broken { "❌ " } else { "" };
                let because = prose(&words::because(diff, one));
                format!("- {sign}{} {because}\n", name(&diff.head.short(&one.key)))
            })
            .collect(),
        all: all.len(),
        foot: "\n</details>\n",
    };
    groups.iter().map(group).collect()
}

fn group_head(owner: Option<&str>, number: usize, open: &str, snapshot: &Snapshot) -> String {
    let owner = match owner {
        Some(owner) => format!("<code>{}</code>", html(&shortened(&snapshot.short(owner), MOST_NAME))),
        None => "without an owner".to_owned(),
    };
    format!("\n<details{open}><summary>Impact on <b>{owner}</b>: {}</summary>\n\n", count(number, "entity"))
}

/// What depends on an entity.
pub fn impact(impact: &Impact<'_>, most: usize) -> String {
    let head = format!("### {}\n", prose(&words::verdict_of_impact(impact)));
    let snapshot = impact.snapshot;
    let groups = words::by_owner(&impact.dependents, |one| one.key.as_str(), snapshot);
    let open = if impact.dependents.len() <= MOST { " open" } else { "" };
    let group = |(owner, all): &(Option<&str>, Vec<&crate::change::Dependent>)| Section {
        head: group_head(*owner, all.len(), open, snapshot),
        items: all
            .iter()
            .take(MOST)
            .map(|one| {
                let (own, via) = (name(&snapshot.short(&one.key)), name(&snapshot.short(&one.via)));
                let steps = if one.distance > 1 { format!(", {}", count(one.distance, "step")) } else { String::new() };
                format!("- {own} {} {via}{steps}\n", prose(&one.relation))
            })
            .collect(),
        all: all.len(),
        foot: "\n</details>\n",
    };
    let sections: Vec<Section> = groups.iter().map(group).collect();
    let body = fitting(&sections, most.saturating_sub(head.len()));
    format!("{head}{body}")
}

/// The way between two entities.
pub fn why(why: &Why<'_>) -> String {
    let mut out = format!("### {}\n", prose(&words::verdict_of_why(why)));
    for (at, step) in why.steps.iter().take(MOST).enumerate() {
        if at == 0 {
            out.push_str(&format!("\n- {}\n", name(&why.snapshot.short(&step.from))));
        }
        out.push_str(&format!("- {} {}\n", prose(&step.relation), name(&why.snapshot.short(&step.to))));
    }
    if why.steps.len() > MOST {
        out.push_str(&format!("- … and {} more\n", why.steps.len() - MOST));
    }
    out
}
