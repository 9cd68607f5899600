//! C4 and architecture diagrams, read into the form of flowcharts: what they show are boxes,
//! groups of boxes and arrows between them.

use rusty_mermaid_core::{Direction, Shape};

use super::flowchart::{Arrow, Flowchart, Reader};
use super::labels::{Node, clean};

/// Reads the lines of a C4 diagram after the first one.
pub(super) fn c4(lines: &[(usize, &str)]) -> Result<Flowchart, String> {
    let mut reader = Reader::new();
    for (number, line) in lines {
        c4_line(&mut reader, line).map_err(|why| super::at_line(*number, &why))?;
    }
    reader.finish()
}

fn c4_line(reader: &mut Reader, line: &str) -> Result<(), String> {
    let wrong = || format!("`{}` is not understood", super::short(line));
    match line {
        "" | "{" => return Ok(()),
        "}" => return reader.close(),
        _ if line.starts_with("title") || line.starts_with("Update") || line.starts_with("%%") => return Ok(()),
        _ if line.starts_with("AddElementTag") || line.starts_with("AddRelTag") => return Ok(()),
        _ => {}
    }
    let (word, rest) = line.split_once('(').ok_or_else(wrong)?;
    let (inner, after) = rest.rsplit_once(')').ok_or_else(wrong)?;
    if !matches!(after.trim(), "" | "{") {
        return Err(wrong());
    }
    let values = arguments(inner);
    let value = |at: usize| values.get(at).map_or("", String::as_str);
    let word = word.trim();
    if word.starts_with("Rel") || word.starts_with("BiRel") {
        let skip = usize::from(word == "RelIndex");
        let technique = if value(skip + 3).is_empty() { String::new() } else { format!("<br>[{}]", value(skip + 3)) };
        let mut arrow = Arrow::new(&format!("{}{technique}", value(skip + 2)));
        if word == "BiRel" {
            arrow.start = arrow.end;
        }
        let (from, to) =
            if word == "Rel_Back" { (value(skip + 1), value(skip)) } else { (value(skip), value(skip + 1)) };
        if from.is_empty() || to.is_empty() || !known(reader, from) || !known(reader, to) {
            return Err(wrong());
        }
        return reader.connect(from, to, &arrow);
    }
    let kind = match word.split('_').next().unwrap_or(word) {
        _ if word.ends_with("Boundary") || word.ends_with("_Boundary") => "boundary",
        "Deployment" | "Node" => "boundary",
        "Person" => "Person",
        "System" | "SystemDb" | "SystemQueue" => "System",
        "Container" | "ContainerDb" | "ContainerQueue" => "Container",
        "Component" | "ComponentDb" | "ComponentQueue" => "Component",
        _ => return Err(wrong()),
    };
    if kind == "boundary" {
        let type_of = if value(2).is_empty() { String::new() } else { format!(" [{}]", value(2)) };
        return reader.begin(value(0), clean(&format!("{}{type_of}", value(1))));
    }
    let has_technique = matches!(kind, "Container" | "Component");
    let technique = if has_technique && !value(2).is_empty() { format!(": {}", value(2)) } else { String::new() };
    let text = value(if has_technique { 3 } else { 2 });
    let outside = if word.ends_with("_Ext") { "External " } else { "" };
    let label = format!("{}<br>[{outside}{kind}{technique}]<br>{text}", value(1));
    let shape = if word.contains("Db") {
        Shape::Cylinder
    } else if word.contains("Queue") || kind == "Person" {
        Shape::Stadium
    } else {
        Shape::RoundedRect
    };
    let label = clean(label.trim_end_matches("<br>"));
    reader.place(Node { id: value(0).to_owned(), shape: Some((shape, label)), class: None })?;
    if !outside.is_empty() {
        reader.paint(value(0), &super::colors::role(super::colors::Ink::Group));
    }
    Ok(())
}

fn known(reader: &mut Reader, id: &str) -> bool {
    reader.vertex(id).is_some() || reader.group_of(id).is_some()
}

/// What stands between commas; commas in quotes part nothing. `$tags="x"` and the like are left out.
fn arguments(text: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut is_quoted = false;
    for c in text.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => out.push(String::new()),
            _ => out.last_mut().into_iter().for_each(|last| last.push(c)),
        }
    }
    out.into_iter().map(|part| part.trim().to_owned()).filter(|part| !part.starts_with('$')).take(12).collect()
}

/// Reads the lines of an architecture diagram after the first one.
pub(super) fn architecture(lines: &[(usize, &str)]) -> Result<Flowchart, String> {
    let mut reader = Reader::new();
    reader.diagram.direction = Direction::LR;
    // Groups may be named before and after what is in them: first all of them, as a tree.
    let mut members: Vec<(String, Option<String>)> = Vec::new();
    let mut edges = Vec::new();
    for (number, line) in lines {
        let wrong = || super::at_line(*number, &format!("`{}` is not understood", super::short(line)));
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        match word {
            "" | "title" => {}
            _ if line.starts_with("%%") => {}
            "group" | "service" | "junction" => {
                let (rest, parent) = rest
                    .rsplit_once(" in ")
                    .map_or((rest, None), |(rest, parent)| (rest, Some(parent.trim().to_owned())));
                let id = rest.split(['(', '[', ' ']).next().unwrap_or("").to_owned();
                if id.is_empty() {
                    return Err(wrong());
                }
                let label = rest
                    .split_once('[')
                    .and_then(|(_, label)| label.split(']').next())
                    .unwrap_or(if word == "junction" { " " } else { &id });
                let label = clean(label);
                if word == "group" {
                    if reader.diagram.subgraphs.len() > 60 {
                        return Err("it has more than 60 groups".to_owned());
                    }
                    reader.begin(&id, label)?;
                    reader.close()?;
                } else {
                    let is_store = rest.contains("(database)") || rest.contains("(disk)");
                    let shape = if word == "junction" {
                        Shape::Circle
                    } else if is_store {
                        Shape::Cylinder
                    } else {
                        Shape::RoundedRect
                    };
                    reader.place(Node { id: id.clone(), shape: Some((shape, label)), class: None })?;
                }
                members.push((id, parent));
            }
            _ => edges.push(edge(line).ok_or_else(wrong)?),
        }
    }
    for (id, parent) in members {
        let Some(parent) = parent else { continue };
        let is_group = reader.group_of(&id).is_some();
        let Some(group) = reader.group_of(&parent).filter(|group| group.id != id) else {
            return Err(format!("there is no group `{}`", super::short(&parent)));
        };
        if is_group { group.subgraph_ids.push(id) } else { group.node_ids.push(id) }
    }
    for (from, to, arrow) in edges {
        if !known(&mut reader, &from) || !known(&mut reader, &to) {
            return Err(format!("`{}` or `{}` is not known", super::short(&from), super::short(&to)));
        }
        reader.connect(&from, &to, &arrow)?;
    }
    if has_circle(&reader) {
        return Err("a group is within itself".to_owned());
    }
    reader.finish()
}

/// Whether groups contain each other, or are too many deep.
fn has_circle(reader: &Reader) -> bool {
    let groups = &reader.diagram.subgraphs;
    let parent = |id: &str| groups.iter().find(|group| group.subgraph_ids.iter().any(|child| child == id));
    groups.iter().any(|group| {
        let mut at = parent(&group.id);
        for _ in 0..12 {
            match at {
                Some(group) => at = parent(&group.id),
                None => return false,
            }
        }
        true
    })
}

/// `a:R -[text]-> L:b`.
fn edge(line: &str) -> Option<(String, String, Arrow)> {
    let (left, rest) = line.split_once(" -").or_else(|| line.split_once(" <-")).or_else(|| line.split_once('-'))?;
    let back = line.contains("<-");
    let (middle, right) = rest.rsplit_once('-')?;
    let (forward, right) = right.strip_prefix('>').map_or((false, right), |right| (true, right));
    let label = middle.trim().trim_start_matches('[').trim_end_matches(']');
    let name = |text: &str| {
        let text = text.trim().trim_end_matches('<').trim().replace("{group}", "");
        text.split(':')
            .find(|part| !matches!(part.trim(), "L" | "R" | "T" | "B"))
            .map(|part| part.trim().to_owned())
            .filter(|name| !name.is_empty() && !name.contains(' '))
    };
    let mut arrow = Arrow::new(label);
    let head = arrow.end;
    arrow.start = if back { head } else { super::flowchart::NONE };
    arrow.end = if forward { head } else { super::flowchart::NONE };
    Some((name(left)?, name(right)?, arrow))
}
