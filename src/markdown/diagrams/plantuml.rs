//! PlantUML: sequence diagrams, and components with arrows between them. The language is large
//! and what is not understood is shown as source.

use rusty_mermaid_core::{Direction, Shape};

use super::flowchart::{Arrow, Flowchart, NONE, Reader};
use super::labels::{Node, clean, clean_to};
use super::sequence::{Event, FRAMES, Head, Sequence, text_of};

/// What was read.
pub(super) enum Uml {
    Sequence(Sequence),
    Boxes(Flowchart),
}

/// Kinds of participants, and of boxes.
const ACTORS: &[&str] = &["participant", "actor", "boundary", "control", "entity", "database", "collections", "queue"];
const BOXES: &[(&str, Shape)] = &[
    ("component", Shape::Rect),
    ("database", Shape::Cylinder),
    ("actor", Shape::Stadium),
    ("node", Shape::Rect),
    ("cloud", Shape::Stadium),
    ("queue", Shape::Stadium),
    ("interface", Shape::Circle),
    ("rectangle", Shape::Rect),
    ("storage", Shape::Stadium),
    ("artifact", Shape::Rect),
    ("agent", Shape::Rect),
    ("usecase", Shape::Stadium),
    ("folder", Shape::Rect),
    ("file", Shape::Rect),
    ("card", Shape::Rect),
    ("person", Shape::Stadium),
];
/// What opens a group of boxes.
const GROUPS: &[&str] = &[
    "package",
    "node",
    "folder",
    "frame",
    "cloud",
    "database",
    "rectangle",
    "component",
    "storage",
    "card",
    "queue",
    "together",
];

/// Reads a source between `@startuml` and `@enduml`.
pub(super) fn read(source: &str) -> Result<Uml, String> {
    let mut lines: Vec<(usize, &str)> = Vec::new();
    let mut in_comment = false;
    for (number, line) in source.lines().enumerate() {
        let line = line.trim();
        in_comment |= line.starts_with("/'");
        if !in_comment && !line.is_empty() && !line.starts_with('\'') && !line.starts_with("@start") {
            lines.push((number + 1, line));
        }
        in_comment &= !line.ends_with("'/");
        if line.starts_with("@enduml") {
            lines.pop();
            break;
        }
    }
    if lines.len() > 400 {
        return Err("it has more than 400 lines".to_owned());
    }
    let is_box = |line: &str| {
        line.starts_with('[') && line.contains(']')
            || line.ends_with('{')
            || ["component ", "package ", "node ", "cloud ", "interface ", "rectangle ", "usecase ", "storage "]
                .iter()
                .any(|word| line.starts_with(word))
            || (line.contains("-> [") || line.contains("--> ["))
    };
    if lines.iter().any(|(_, line)| is_box(line)) {
        boxes(&lines).map(Uml::Boxes)
    } else {
        sequence(&lines).map(Uml::Sequence)
    }
}

/// Lines that say how it looks, and nothing else.
fn is_look(line: &str) -> bool {
    [
        "skinparam ",
        "!theme",
        "hide ",
        "show ",
        "scale ",
        "autoactivate off",
        "left to right",
        "top to bottom",
        "'",
        "footbox",
        "caption ",
    ]
    .iter()
    .any(|start| line.starts_with(start) && !line.ends_with('{'))
}

fn sequence(lines: &[(usize, &str)]) -> Result<Sequence, String> {
    let mut out = Sequence::default();
    let mut note: Option<(Vec<usize>, i8, String)> = None;
    for (number, line) in lines {
        let done = match &mut note {
            Some((_, _, text)) if !matches!(*line, "end note" | "endnote") => {
                text.push_str(line);
                text.push_str("<br>");
                Ok(())
            }
            Some(_) => {
                if let Some((at, side, text)) = note.take() {
                    noted(&mut out, &at, side, text.trim_end_matches("<br>"));
                }
                Ok(())
            }
            None => statement(&mut out, line, &mut note),
        };
        done.map_err(|why| super::at_line(*number, &why))?;
    }
    if note.is_some() {
        return Err("a note is not closed".to_owned());
    }
    out.finished()
}

fn noted(out: &mut Sequence, at: &[usize], side: i8, text: &str) {
    let (first, last) = (at.iter().min().copied().unwrap_or(0), at.iter().max().copied().unwrap_or(0));
    out.events.push(Event::Note { first, last, side, text: text_of(text) });
}

fn statement(out: &mut Sequence, line: &str, note: &mut Option<(Vec<usize>, i8, String)>) -> Result<(), String> {
    let wrong = || format!("`{}` is not understood", super::short(line));
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    match word {
        _ if is_look(line) => {}
        "title" => out.title = Some(clean_to(&rest.replace("\\n", "<br>"), 80)),
        "autonumber" => {
            let first = if rest.is_empty() {
                1
            } else {
                rest.parse::<u32>().ok().filter(|n| *n < 100_000).ok_or_else(wrong)?
            };
            out.numbers = Some((first, 1));
        }
        "create" | "destroy" | "activate" | "deactivate" => {
            let name = rest.split_once(' ').filter(|(kind, _)| ACTORS.contains(kind)).map_or(rest, |(_, name)| name);
            let name = name.split(" #").next().unwrap_or(name);
            let at = out.actor(name)?;
            out.events.push(match word {
                "create" => Event::Create(at),
                "destroy" => Event::Destroy(at),
                "activate" => Event::Activate(at),
                _ => Event::Deactivate(at),
            });
        }
        "note" | "hnote" | "rnote" => {
            let (place, text) = rest.split_once(':').map_or((rest, None), |(place, text)| (place, Some(text)));
            let place = place.split('#').next().unwrap_or(place).trim();
            let (side, names) = if let Some(names) = place.strip_prefix("over ") {
                (0, names)
            } else if let Some(names) = place.strip_prefix("left") {
                (-1, names)
            } else {
                (1, place.strip_prefix("right").ok_or_else(wrong)?)
            };
            let names = names.trim().strip_prefix("of ").unwrap_or(names).trim();
            let mut at = Vec::new();
            if names.is_empty() {
                // Beside the message before.
                let last = out.events.iter().rev().find_map(|event| match event {
                    Event::Message { from, to, .. } => Some(if side < 0 { (*from).min(*to) } else { (*from).max(*to) }),
                    _ => None,
                });
                at.push(last.ok_or_else(wrong)?);
            } else {
                for name in names.split(',') {
                    at.push(out.actor(name)?);
                }
            }
            match text {
                Some(text) => noted(out, &at, side, &text.replace("\\n", "<br>")),
                None => *note = Some((at, side, String::new())),
            }
        }
        "else" if !out.open.is_empty() => out.events.push(Event::Section(text_of(rest))),
        "end" => out.close()?,
        "box" => return Err(wrong()),
        "return" => return Err(wrong()),
        _ if ACTORS.contains(&word) => {
            let rest = rest.split(" #").next().unwrap_or(rest);
            let rest = rest.split(" order ").next().unwrap_or(rest);
            let (id, label) = match rest.split_once(" as ") {
                // `"Long name" as id`, and `id as "Long name"`.
                Some((one, two)) if one.trim().starts_with('"') || !two.trim().starts_with('"') => (two, Some(one)),
                Some((one, two)) => (one, Some(two)),
                None => (rest, None),
            };
            let label = label.map(|label| label.replace("\\n", "<br>"));
            out.declare(id, label.as_deref(), word == "actor")?;
        }
        _ if FRAMES.contains(&word) => out.frame(word, rest)?,
        _ if line.starts_with("==") && line.len() > 4 => {
            out.events.push(Event::Divider(text_of(line.trim_matches(['=', ' ']))));
        }
        "..." | "|||" => {}
        _ => message(out, line)?,
    }
    Ok(())
}

/// `A -> B : text`.
fn message(out: &mut Sequence, line: &str) -> Result<(), String> {
    let wrong = || format!("`{}` is not understood", super::short(line));
    let (head, text) = line.split_once(':').unwrap_or((line, ""));
    let is_sign = |c: char| matches!(c, '-' | '>' | '<' | '\\' | '/');
    let quoted = head.starts_with('"');
    let from_at = if quoted { head[1..].find('"').map(|at| at + 2).ok_or_else(wrong)? } else { 0 };
    let start = head[from_at..].find(is_sign).map(|at| at + from_at).ok_or_else(wrong)?;
    let tail = &head[start..];
    let mut depth = false;
    let end = tail
        .char_indices()
        .find(|(_, c)| {
            depth = (depth || *c == '[') && *c != ']';
            !(is_sign(*c) || depth || *c == ']')
        })
        .map_or(tail.len(), |(at, _)| at);
    let (mut arrow, mut to) = (tail[..end].to_owned(), tail[end..].trim());
    if let (Some(open), Some(close)) = (arrow.find('['), arrow.find(']')) {
        // A colour.
        arrow.replace_range(open..=close.max(open), "");
    }
    let mut crossed = Head::None;
    if let Some(rest) = to.strip_prefix("x ") {
        (crossed, to) = (Head::Cross, rest);
    } else if let Some(rest) = to.strip_prefix("o ") {
        to = rest;
    }
    let mut after = Vec::new();
    for (sign, event) in [("++", 1), ("--", -1)] {
        if let Some((name, _)) = to.split_once(sign) {
            after.push(event);
            to = name.trim();
        }
    }
    let from = head[..start].trim();
    let known = ["->", "-->", "->>", "-->>", "<-", "<--", "<<-", "<<--", "<->", "<-->"];
    if !known.contains(&arrow.as_str()) || from.is_empty() || to.is_empty() || from == "[" || to == "]" {
        return Err(wrong());
    }
    let dotted = arrow.contains("--");
    let open = arrow.contains(">>") || arrow.contains("<<");
    let head_of = |shown: bool| {
        if !shown {
            Head::None
        } else if open {
            Head::Open
        } else {
            Head::Filled
        }
    };
    let (left, right) = (arrow.starts_with('<'), arrow.ends_with('>'));
    let (from, to) = (out.actor(from)?, out.actor(to)?);
    let text = text.trim().replace("\\n", "<br>");
    if left && !right {
        out.message(to, from, &text, dotted, (Head::None, head_of(true)));
    } else {
        let end = if crossed == Head::Cross { crossed } else { head_of(right) };
        out.message(from, to, &text, dotted, (head_of(left), end));
    }
    for event in after {
        out.events.push(if event > 0 { Event::Activate(to) } else { Event::Deactivate(from) });
    }
    Ok(())
}

fn boxes(lines: &[(usize, &str)]) -> Result<Flowchart, String> {
    let mut reader = Reader::new();
    let mut groups = 0;
    for (number, line) in lines {
        part(&mut reader, line, &mut groups).map_err(|why| super::at_line(*number, &why))?;
    }
    reader.finish()
}

fn part(reader: &mut Reader, line: &str, groups: &mut usize) -> Result<(), String> {
    let wrong = || format!("`{}` is not understood", super::short(line));
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    if line == "}" {
        return reader.close();
    }
    if line == "left to right direction" {
        reader.diagram.direction = Direction::LR;
        return Ok(());
    }
    if is_look(line) || word == "title" {
        return Ok(());
    }
    if let Some(head) = line.strip_suffix('{') {
        let head = head.trim();
        let (kind, name) = head.split_once(char::is_whitespace).unwrap_or((head, ""));
        if !GROUPS.contains(&kind) {
            return Err(wrong());
        }
        let name = name.split(['#', '<']).next().unwrap_or(name).trim();
        let (label, id) = name.split_once(" as ").map_or((name, name), |(label, id)| (label, id.trim()));
        *groups += 1;
        let id = if id.is_empty() { format!("[group]{groups}") } else { id.trim_matches('"').to_owned() };
        let label = clean(label);
        return reader.begin(&id, if label.is_empty() { " ".to_owned() } else { label });
    }
    if let Some((at, arrow)) = link(line) {
        let rest = &line[at + arrow.len()..];
        let (right, text) = split_text(rest);
        let from = node(reader, line[..at].trim())?;
        let to = node(reader, right.trim())?;
        let mut out = Arrow::new(&text.replace("\\n", "<br>"));
        let head = out.end;
        out.start = if arrow.starts_with('<') { head } else { NONE };
        out.end = if arrow.ends_with('>') { head } else { NONE };
        if arrow.contains('.') {
            out.stroke = Arrow::dotted().stroke;
        }
        return reader.connect(&from, &to, &out);
    }
    if let Some((_, shape)) = BOXES.iter().find(|(kind, _)| *kind == word) {
        let rest = rest.split(" #").next().unwrap_or(rest).trim();
        let (label, id) = match rest.split_once(" as ") {
            Some((one, two)) if two.trim().starts_with(['"', '[']) => (two, one),
            Some((one, two)) => (one, two),
            None => (rest, rest),
        };
        let id = name_of(id).ok_or_else(wrong)?;
        let label = clean(&label.trim().trim_matches(['[', ']', '"']).replace("\\n", "<br>"));
        return reader.place(Node { id, shape: Some((*shape, label)), class: None }).map(|_| ());
    }
    if let Some(inner) = line.strip_prefix('[') {
        let (label, rest) = inner.split_once(']').ok_or_else(wrong)?;
        let rest = rest.trim();
        let id = rest.strip_prefix("as ").map_or(label, str::trim);
        if !rest.is_empty() && !rest.starts_with("as ") || id.contains(' ') && !rest.is_empty() {
            return Err(wrong());
        }
        return reader
            .place(Node { id: id.to_owned(), shape: Some((Shape::Rect, clean(label))), class: None })
            .map(|_| ());
    }
    Err(wrong())
}

fn name_of(text: &str) -> Option<String> {
    let name = text.trim().trim_matches(['[', ']', '"', '(', ')', ':']).trim();
    (!name.is_empty() && !name.contains(['[', ']', '{', '}'])).then(|| name.to_owned())
}

/// A box as an arrow names it: `[a]`, `(a)`, `:a:` or `a`.
fn node(reader: &mut Reader, text: &str) -> Result<String, String> {
    let wrong = || format!("`{}` is not understood", super::short(text));
    let name = name_of(text).ok_or_else(wrong)?;
    if text.contains(char::is_whitespace) && !text.starts_with(['[', '"', '(', ':']) {
        return Err(wrong());
    }
    if reader.group_of(&name).is_some() {
        return Ok(name);
    }
    let shape = if text.starts_with(['(', ':']) { Shape::Stadium } else { Shape::Rect };
    let shape = reader.vertex(&name).is_none().then(|| (shape, clean(&name)));
    reader.place(Node { id: name, shape, class: None })
}

/// An arrow outside of brackets: where it stands, and as it is written.
fn link(line: &str) -> Option<(usize, &str)> {
    let mut depth = 0_usize;
    for (at, c) in line.char_indices() {
        match c {
            '[' | '(' => depth += 1,
            ']' | ')' => depth = depth.saturating_sub(1),
            '<' | '-' | '.' if depth == 0 => {
                let rest = &line[at..];
                let end = rest
                    .find(|c: char| !matches!(c, '<' | '-' | '.' | '>') && !"udlr".contains(c))
                    .unwrap_or(rest.len());
                let arrow = rest[..end].trim_end_matches(|c: char| c.is_alphanumeric());
                let body = arrow.trim_matches(['<', '>']);
                let is_alone = line[..at].ends_with(' ') && rest[arrow.len()..].starts_with(' ');
                if !body.is_empty() && (arrow.len() > 1 || is_alone) && body.chars().any(|c| c == '-' || c == '.') {
                    return Some((at, arrow));
                }
            }
            _ => {}
        }
    }
    None
}

/// What stands before the text of an arrow, and the text.
fn split_text(rest: &str) -> (&str, &str) {
    let rest = rest.trim();
    // `:a person:` is a box.
    let person = rest.strip_prefix(':').and_then(|inner| inner.find(':')).map_or(0, |at| at + 2);
    let from = rest.find(']').unwrap_or(0).max(person);
    rest[from..].find(':').map_or((rest, ""), |at| (&rest[..from + at], rest[from + at + 1..].trim()))
}
