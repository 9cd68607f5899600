//! Sequence diagrams: what is said in them, and the reader of Mermaid's form. Each line is
//! understood or the diagram is refused, because one that lacks a message says something else.

use rusty_mermaid_core::Color;

use super::colors;
use super::labels::clean_to;

/// Most participants.
const MAX_ACTORS: usize = 40;
/// Most lines of a text before it is wrapped, in characters.
const WRAP: usize = 36;
/// Longest line of a name.
const WRAP_NAME: usize = 20;
/// Deepest nesting of frames.
pub(super) const MAX_FRAMES: usize = 12;

/// Someone or something that takes part.
pub(super) struct Actor {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) is_person: bool,
}

/// The end of an arrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    None,
    Filled,
    Open,
    Cross,
}

/// One thing after the other.
pub(super) enum Event {
    Message {
        from: usize,
        to: usize,
        text: String,
        is_dotted: bool,
        heads: (Head, Head),
        number: Option<u32>,
    },
    /// A note beside or over participants: -1 left, 0 over, 1 right.
    Note {
        first: usize,
        last: usize,
        side: i8,
        text: String,
    },
    Activate(usize),
    Deactivate(usize),
    /// A frame begins: its kind, and what is said of it.
    Open(&'static str, String),
    /// The next part of a frame.
    Section(String),
    /// An area in a colour begins.
    Tint(Option<Color>),
    Close,
    /// A participant begins with the next message.
    Create(usize),
    /// A participant ends with the next message.
    Destroy(usize),
    /// A line across, with a text.
    Divider(String),
}

/// A group of participants: its label, colour, first and last.
pub(super) struct Group {
    pub(super) label: String,
    pub(super) color: Option<Color>,
    pub(super) members: Vec<usize>,
}

/// A sequence diagram.
#[derive(Default)]
pub(super) struct Sequence {
    pub(super) title: Option<String>,
    pub(super) actors: Vec<Actor>,
    pub(super) groups: Vec<Group>,
    pub(super) events: Vec<Event>,
    /// The next number of a message, and the step.
    pub(super) numbers: Option<(u32, u32)>,
    /// What is open: whether it is a group.
    pub(super) open: Vec<bool>,
}

/// Kinds of frames.
pub(super) const FRAMES: &[&str] = &["loop", "alt", "opt", "par", "par_over", "critical", "break", "group"];

/// Arrows: as they are written, dotted, the head at the end, whether both ends have it.
const ARROWS: &[(&str, bool, Head, bool)] = &[
    ("<<-->>", true, Head::Filled, true),
    ("<<->>", false, Head::Filled, true),
    ("-->>", true, Head::Filled, false),
    ("->>", false, Head::Filled, false),
    ("--x", true, Head::Cross, false),
    ("--)", true, Head::Open, false),
    ("-->", true, Head::None, false),
    ("-x", false, Head::Cross, false),
    ("-)", false, Head::Open, false),
    ("->", false, Head::None, false),
];

impl Sequence {
    /// The participant of a name, new ones at the end.
    pub(super) fn actor(&mut self, name: &str) -> Result<usize, String> {
        let name = name.trim().trim_matches('"').trim();
        if name.is_empty() {
            return Err("a message from or to no one".to_owned());
        }
        if let Some(at) = self.actors.iter().position(|actor| actor.id == name) {
            return Ok(at);
        }
        if self.actors.len() >= MAX_ACTORS {
            return Err(format!("it has more than {MAX_ACTORS} participants"));
        }
        let actor = Actor { id: name.to_owned(), label: clean_to(name, WRAP_NAME), is_person: false };
        self.actors.push(actor);
        Ok(self.actors.len() - 1)
    }

    /// Names a participant.
    pub(super) fn declare(&mut self, id: &str, label: Option<&str>, is_person: bool) -> Result<usize, String> {
        let at = self.actor(id)?;
        let actor = &mut self.actors[at];
        actor.is_person |= is_person;
        if let Some(label) = label.map(|label| clean_to(label, WRAP_NAME)).filter(|label| !label.is_empty()) {
            actor.label = label;
        }
        if self.open.last() == Some(&true)
            && let Some(group) = self.groups.last_mut()
        {
            group.members.push(at);
        }
        Ok(at)
    }

    /// Adds a message.
    pub(super) fn message(&mut self, from: usize, to: usize, text: &str, is_dotted: bool, heads: (Head, Head)) {
        let number = self.numbers.map(|(number, _)| number);
        if let Some((number, step)) = &mut self.numbers {
            *number = number.saturating_add(*step);
        }
        self.events.push(Event::Message { from, to, text: text_of(text), is_dotted, heads, number });
    }

    /// Opens a frame.
    pub(super) fn frame(&mut self, kind: &str, text: &str) -> Result<(), String> {
        let kind = FRAMES.iter().find(|known| **known == kind).map_or("group", |kind| *kind);
        let kind = if kind == "par_over" { "par" } else { kind };
        self.opened(Event::Open(kind, text_of(text)))
    }

    fn opened(&mut self, event: Event) -> Result<(), String> {
        if self.open.len() >= MAX_FRAMES {
            return Err(format!("it is nested deeper than {MAX_FRAMES}"));
        }
        self.open.push(false);
        self.events.push(event);
        Ok(())
    }

    /// Closes what was opened last.
    pub(super) fn close(&mut self) -> Result<(), String> {
        match self.open.pop() {
            Some(false) => self.events.push(Event::Close),
            Some(true) => {}
            None => return Err("an `end` too many".to_owned()),
        }
        Ok(())
    }

    /// What is at fault once all lines are read.
    pub(super) fn finished(self) -> Result<Self, String> {
        if !self.open.is_empty() {
            return Err("an `end` is missing".to_owned());
        }
        if self.actors.is_empty() {
            return Err("it has no participants".to_owned());
        }
        Ok(self)
    }
}

/// A text as it is shown.
pub(super) fn text_of(text: &str) -> String {
    let text = text.trim();
    let text = text.strip_prefix("wrap:").or_else(|| text.strip_prefix("nowrap:")).unwrap_or(text);
    clean_to(text, WRAP)
}

/// Reads Mermaid's form: lines with their numbers, the first with the kind left out.
pub(super) fn read(lines: &[(usize, &str)]) -> Result<Sequence, String> {
    let mut out = Sequence::default();
    for (number, line) in lines {
        for statement in parts(line) {
            out.statement(statement.trim()).map_err(|why| super::at_line(*number, &why))?;
        }
    }
    out.finished()
}

/// A line at its semicolons, where what follows is a statement of its own.
fn parts(line: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, _) in line.match_indices(';') {
        let rest = line[at + 1..].trim_start();
        let word = rest.split_whitespace().next().unwrap_or("").to_ascii_lowercase();
        let is_statement = rest.is_empty()
            || arrow(rest).is_some()
            || matches!(
                word.as_str(),
                "participant" | "actor" | "note" | "activate" | "deactivate" | "end" | "loop" | "alt" | "opt" | "else"
            );
        if is_statement && !super::labels::is_entity(&line[start..at]) {
            out.push(&line[start..at]);
            start = at + 1;
        }
    }
    out.push(&line[start..]);
    out
}

/// The first arrow of a statement: where it stands.
fn arrow(text: &str) -> Option<(usize, &'static (&'static str, bool, Head, bool))> {
    let end = text.find(':').unwrap_or(text.len());
    let found = |from: usize| {
        text[from..end].char_indices().find_map(|(at, _)| {
            let at = from + at;
            ARROWS.iter().find(|arrow| text[at..].starts_with(arrow.0)).map(|arrow| (at, arrow))
        })
    };
    let first = found(0)?;
    // `web-xyz->>db`: a letter before and after the cross, and an arrow later.
    let (at, kind) = first;
    let after = text[at + kind.0.len()..end].chars().next();
    if kind.2 == Head::Cross
        && text[..at].ends_with(char::is_alphanumeric)
        && after.is_some_and(char::is_alphanumeric)
        && let Some(later) = found(at + kind.0.len())
    {
        return Some(later);
    }
    Some(first)
}

impl Sequence {
    fn statement(&mut self, statement: &str) -> Result<(), String> {
        if statement.is_empty() || statement.starts_with("%%") || statement.starts_with('#') {
            return Ok(());
        }
        let (word, rest) = statement.split_once(char::is_whitespace).unwrap_or((statement, ""));
        let rest = rest.trim();
        let keyword = word.to_ascii_lowercase();
        match keyword.as_str() {
            _ if keyword.starts_with("title:") || keyword == "title" => {
                let title = statement[5..].trim_start().trim_start_matches(':');
                self.title = Some(clean_to(title, 80));
            }
            "autonumber" => self.number(rest)?,
            "participant" | "actor" => {
                self.participant(rest, keyword == "actor")?;
            }
            "create" => {
                let (kind, name) = rest.split_once(char::is_whitespace).unwrap_or(("", ""));
                if !matches!(kind, "participant" | "actor") {
                    return Err(format!("`{}` is not understood", super::short(statement)));
                }
                let at = self.participant(name, kind == "actor")?;
                self.events.push(Event::Create(at));
            }
            "destroy" => {
                let at = self.actor(rest)?;
                self.events.push(Event::Destroy(at));
            }
            "activate" | "deactivate" if arrow(statement).is_none() => {
                let at = self.actor(rest)?;
                self.events.push(if keyword == "activate" { Event::Activate(at) } else { Event::Deactivate(at) });
            }
            "note" => self.note(rest)?,
            "rect" => self.opened(Event::Tint(colors::css(rest)))?,
            "box" => self.group(rest)?,
            "else" | "and" | "option" if self.open.last() == Some(&false) => {
                self.events.push(Event::Section(text_of(rest)));
            }
            "end" if rest.is_empty() => self.close()?,
            // Menus of a participant, which only open on a click.
            "links" | "link" | "properties" | "details" if arrow(statement).is_none() => {}
            _ if FRAMES.contains(&keyword.as_str()) && arrow(statement).is_none_or(|(at, _)| at > word.len() + 1) => {
                self.frame(&keyword, rest)?;
            }
            _ => self.arrow(statement)?,
        }
        Ok(())
    }

    fn number(&mut self, rest: &str) -> Result<(), String> {
        if rest == "off" {
            self.numbers = None;
            return Ok(());
        }
        let mut numbers = rest.split_whitespace().map(|word| word.parse::<u32>().ok().filter(|n| *n < 100_000));
        let wrong = || format!("`autonumber {}` is not understood", super::short(rest));
        let first = numbers.next().map_or(Ok(1), |n| n.ok_or_else(wrong))?;
        let step = numbers.next().map_or(Ok(1), |n| n.ok_or_else(wrong))?;
        self.numbers = Some((first, step));
        Ok(())
    }

    fn participant(&mut self, rest: &str, is_person: bool) -> Result<usize, String> {
        let (mut name, mut is_person, mut label) = (rest, is_person, None);
        let mut kept = String::new();
        if let Some((id, more)) = rest.split_once("@{") {
            let (settings, after) = more.split_once('}').ok_or_else(|| "a `}` is missing".to_owned())?;
            is_person |= settings.contains("actor");
            if let Some((_, alias)) = settings.split_once("alias") {
                alias
                    .trim_start_matches(['"', '\'', ':', ' '])
                    .split(['"', '\'', ','])
                    .next()
                    .unwrap_or("")
                    .clone_into(&mut kept);
                label = Some(kept.as_str());
            }
            name = id;
            if let Some(alias) = after.trim().strip_prefix("as ") {
                label = Some(alias);
            }
        } else if let Some((id, alias)) = rest.split_once(" as ") {
            (name, label) = (id, Some(alias.trim()));
        }
        self.declare(name, label, is_person)
    }

    fn note(&mut self, rest: &str) -> Result<(), String> {
        let wrong = || format!("`Note {}` is not understood", super::short(rest));
        let (place, text) = rest.split_once(':').ok_or_else(wrong)?;
        let lower = place.trim().to_ascii_lowercase();
        let (side, skip) = if lower.starts_with("over ") {
            (0, 5)
        } else if lower.starts_with("left of ") {
            (-1, 8)
        } else if lower.starts_with("right of ") {
            (1, 9)
        } else {
            return Err(wrong());
        };
        let names = place.trim().get(skip..).ok_or_else(wrong)?;
        let mut at = Vec::new();
        for name in names.split(',') {
            at.push(self.actor(name)?);
        }
        let (first, last) = (at.iter().min().copied().unwrap_or(0), at.iter().max().copied().unwrap_or(0));
        self.events.push(Event::Note { first, last, side, text: text_of(text) });
        Ok(())
    }

    fn group(&mut self, rest: &str) -> Result<(), String> {
        let end = if rest.starts_with("rgb") {
            rest.find(')').map_or(rest.len(), |at| at + 1)
        } else {
            rest.find(' ').unwrap_or(rest.len())
        };
        let color = colors::css(&rest[..end]);
        let label = if color.is_some() { &rest[end..] } else { rest };
        self.groups.push(Group {
            label: clean_to(label, 60),
            color: color.filter(|color| color.a > 0),
            members: Vec::new(),
        });
        if self.open.last() == Some(&true) {
            return Err("a `box` within a `box`".to_owned());
        }
        self.open.push(true);
        Ok(())
    }

    fn arrow(&mut self, statement: &str) -> Result<(), String> {
        let wrong = || format!("`{}` is not understood", super::short(statement));
        let (at, (written, is_dotted, head, both)) = arrow(statement).ok_or_else(wrong)?;
        let from = statement[..at].trim().trim_end_matches("()");
        let rest = &statement[at + written.len()..];
        let (to, text) = rest.split_once(':').unwrap_or((rest, ""));
        let to = to.trim().trim_start_matches("()").trim();
        let (sign, to) = match to.strip_prefix('+') {
            Some(to) => (1, to),
            None => to.strip_prefix('-').map_or((0, to), |to| (-1, to)),
        };
        if from.is_empty() || to.trim().is_empty() || to.contains("->") {
            return Err(wrong());
        }
        let (from, to) = (self.actor(from)?, self.actor(to)?);
        self.message(from, to, text, *is_dotted, (if *both { *head } else { Head::None }, *head));
        match sign {
            1 => self.events.push(Event::Activate(to)),
            -1 => self.events.push(Event::Deactivate(from)),
            _ => {}
        }
        Ok(())
    }
}
