//! Mermaid: what is removed before the renderer sees a source, what it is not given, and the
//! call. What it is known to draw wrongly is refused: a wrong drawing is worse than its source.

use rusty_mermaid_core::{MarkerType, Primitive, Scene, TextAnchor, Theme};
use rusty_mermaid_diagrams::{flowchart as engine, render_to_scene};

use super::super::guard::guarded;
use super::draw::{LinkAt, Spoken, svg};
use super::{
    MAX_OUTPUT, MAX_SOURCE, boxes, class, colors, dot, er, flowchart, forms, labels, plantuml, sequence, sequence_draw,
    state,
};

/// Most lines of a source.
const MAX_LINES: usize = 400;
/// Most lines of a mind map, whose layout compares each with each in many rounds.
const MAX_TOPICS: usize = 80;
/// Longest line, in bytes.
const MAX_LINE: usize = 1_000;
/// Deepest nesting of blocks.
const MAX_NESTING: usize = 12;

/// The kinds that are drawn: how they begin, and what they are called.
const KINDS: &[(&str, &str)] = &[
    ("flowchart", "Flowchart"),
    ("graph", "Flowchart"),
    ("sequenceDiagram", "Sequence diagram"),
    ("classDiagram", "Class diagram"),
    ("stateDiagram", "State diagram"),
    ("erDiagram", "Entity relationship diagram"),
    ("requirementDiagram", "Requirement diagram"),
    ("gantt", "Gantt chart"),
    ("pie", "Pie chart"),
    ("gitGraph", "Git graph"),
    ("journey", "User journey"),
    ("mindmap", "Mind map"),
    ("timeline", "Timeline"),
    ("quadrantChart", "Quadrant chart"),
    ("C4", "C4 diagram"),
    ("architecture", "Architecture diagram"),
    ("sankey", "Sankey diagram"),
    ("xychart", "Chart"),
    ("kanban", "Kanban board"),
    ("packet", "Packet diagram"),
    ("radar", "Radar chart"),
];

/// A source without what says nothing of the drawing, and what was said for the ear.
struct Prepared {
    text: String,
    kind: &'static str,
    title: Option<String>,
    description: String,
    /// A title that stands above the drawing.
    heading: Option<String>,
    /// The number of each line that is left, in the source.
    numbers: Vec<usize>,
}

/// Draws a source; or says why not.
pub(super) fn draw(source: &str) -> Result<String, String> {
    let prepared = prepare(source)?;
    // The renderer indexes and subtracts without looking; its panics become a message. It holds
    // no state that a panic could leave broken: text in, shapes out.
    let scene = guarded(|| scene(&prepared)).ok_or_else(|| "the renderer failed on it".to_owned())??;
    let (mut scene, links) = scene;
    if let Some(heading) = &prepared.heading {
        let middle = scene.width / 2.0;
        scene.push(sequence_draw::text_at(middle, -20.0, heading, 16.0, TextAnchor::Middle, colors::theme().node_text));
    }
    let title = prepared.title.as_deref().unwrap_or(prepared.kind);
    let spoken = Spoken { title, description: &prepared.description };
    svg(&scene, &spoken, &links, MAX_OUTPUT)
        .ok_or_else(|| "nothing that could be drawn was found in it, or too much".to_owned())
}

fn scene(prepared: &Prepared) -> Result<(Scene, Vec<LinkAt>), String> {
    let theme = colors::theme();
    if prepared.kind == "Sequence diagram" {
        let read = sequence::read(&prepared.lines())?;
        return Ok((sequence_draw::scene(&read, &theme), Vec::new()));
    }
    if prepared.kind == "Class diagram" {
        let layout = rusty_mermaid_diagrams::class::bridge::layout(&class::read(&prepared.lines())?);
        return Ok((with_triangles(&rusty_mermaid_diagrams::class::to_scene(&layout, &theme)), Vec::new()));
    }
    if prepared.kind == "Entity relationship diagram" {
        let layout = rusty_mermaid_diagrams::er::bridge::layout(&er::read(&prepared.lines())?);
        return Ok((rusty_mermaid_diagrams::er::to_scene(&layout, &theme), Vec::new()));
    }
    if !matches!(prepared.kind, "Flowchart" | "State diagram" | "C4 diagram" | "Architecture diagram") {
        let named = forms::named(prepared.kind, &prepared.lines())?;
        let scene = render_to_scene(&prepared.text, &theme).map_err(|error| reason(&error.to_string()))?;
        if let Some(why) = forms::missing(&named, &scene) {
            return Err(why);
        }
        return Ok((scene, Vec::new()));
    }
    let read = match prepared.kind {
        "State diagram" => state::read(&prepared.lines())?,
        "C4 diagram" => boxes::c4(&prepared.lines())?,
        "Architecture diagram" => boxes::architecture(&prepared.lines())?,
        _ => flowchart::read(&prepared.text)?,
    };
    Ok(flowchart_scene(&read, &theme))
}

/// Lays out a flowchart.
fn flowchart_scene(read: &flowchart::Flowchart, theme: &Theme) -> (Scene, Vec<LinkAt>) {
    let layout = engine::bridge::layout(&read.diagram);
    let mut links = Vec::new();
    for (id, href) in &read.links {
        if let Some(node) = layout.nodes.iter().find(|node| node.id == *id) {
            links.push((node.x, node.y, href.clone()));
        }
    }
    (engine::to_scene(&layout, theme), links)
}

/// Draws a Graphviz source; or says why not.
pub(super) fn draw_dot(source: &str) -> Result<String, String> {
    if source.len() > MAX_SOURCE {
        return Err(format!("it is longer than {} KiB", MAX_SOURCE / 1024));
    }
    let read = dot::read(source)?;
    let theme = colors::theme();
    let (scene, links) =
        guarded(|| flowchart_scene(&read, &theme)).ok_or_else(|| "the renderer failed on it".to_owned())?;
    written(&scene, "Graph", &links)
}

/// Draws a PlantUML source; or says why not.
pub(super) fn draw_plantuml(source: &str) -> Result<String, String> {
    if source.len() > MAX_SOURCE {
        return Err(format!("it is longer than {} KiB", MAX_SOURCE / 1024));
    }
    let theme = colors::theme();
    match plantuml::read(source)? {
        plantuml::Uml::Sequence(read) => written(&sequence_draw::scene(&read, &theme), "Sequence diagram", &[]),
        plantuml::Uml::Boxes(read) => {
            let drawn = guarded(|| flowchart_scene(&read, &theme));
            let (scene, links) = drawn.ok_or_else(|| "the renderer failed on it".to_owned())?;
            written(&scene, "Component diagram", &links)
        }
    }
}

fn written(scene: &Scene, title: &str, links: &[LinkAt]) -> Result<String, String> {
    let spoken = Spoken { title, description: "" };
    svg(scene, &spoken, links, MAX_OUTPUT).ok_or_else(|| "it is too large".to_owned())
}

/// Inheritance has a hollow triangle, for which the renderer draws an open arrow.
fn with_triangles(scene: &Scene) -> Scene {
    let mut out = Scene::new(scene.width, scene.height);
    for element in scene.elements() {
        let mut shape = element.primitive.clone();
        if let Primitive::Path { marker_start, marker_end, .. } = &mut shape {
            for marker in [marker_start, marker_end] {
                if *marker == Some(MarkerType::ArrowBarb) {
                    *marker = Some(MarkerType::Extension);
                }
            }
        }
        out.push(shape);
    }
    out
}

/// The renderer's own words, on one line and short.
fn reason(message: &str) -> String {
    let line = message.lines().next().unwrap_or("");
    let short: String = line.chars().filter(|c| !c.is_control()).take(120).collect();
    if short.contains("unexpected token") { short.replacen("unexpected token", "not understood", 1) } else { short }
}

fn prepare(source: &str) -> Result<Prepared, String> {
    if source.len() > MAX_SOURCE {
        return Err(format!("it is longer than {} KiB", MAX_SOURCE / 1024));
    }
    let mut out = Prepared {
        text: String::new(),
        kind: "",
        title: None,
        description: String::new(),
        heading: None,
        numbers: Vec::new(),
    };
    let mut lines = source.lines().enumerate().map(|(at, line)| (at + 1, line)).peekable();
    while lines.next_if(|(_, line)| line.trim().is_empty()).is_some() {}
    if lines.next_if(|(_, line)| line.trim() == "---").is_some() {
        for (_, line) in lines.by_ref() {
            if line.trim() == "---" {
                break;
            }
            if let Some(title) = line.strip_prefix("title:") {
                let title = title.trim().trim_matches(['"', '\'']);
                out.title = Some(title.to_owned());
                out.heading = Some(labels::clean_to(title, 60)).filter(|title| !title.is_empty());
            }
        }
    }
    let (mut count, mut depth) = (0, 0_usize);
    let (mut in_description, mut in_directive) = (false, false);
    for (number, line) in lines {
        let trimmed = line.trim();
        if line.len() > MAX_LINE {
            return Err(format!("a line is longer than {MAX_LINE} bytes"));
        }
        if in_directive || trimmed.starts_with("%%{") {
            in_directive = !trimmed.ends_with("}%%");
            continue;
        }
        if in_description {
            in_description = !trimmed.contains('}');
            out.describe(trimmed.trim_end_matches('}'));
            continue;
        }
        if let Some(title) = trimmed.strip_prefix("accTitle") {
            out.title = Some(title.trim_start().trim_start_matches(':').trim().to_owned());
            continue;
        }
        if let Some(text) = trimmed.strip_prefix("accDescr") {
            let text = text.trim_start();
            in_description = text.starts_with('{') && !text.contains('}');
            out.describe(text.trim_matches([':', '{', '}', ' ']));
            continue;
        }
        if trimmed.is_empty() || (trimmed.starts_with("%%") && out.kind != "Flowchart") {
            continue;
        }
        if out.kind.is_empty() {
            out.kind = kind(trimmed)?;
        } else {
            refuse(out.kind, trimmed)?;
        }
        depth = (depth + usize::from(trimmed.ends_with('{'))).saturating_sub(usize::from(trimmed.ends_with('}')));
        count += 1;
        let most = if out.kind == "Mind map" { MAX_TOPICS } else { MAX_LINES };
        if count > most || depth > MAX_NESTING {
            return Err(format!("it has more than {most} lines, or is nested deeper than {MAX_NESTING}"));
        }
        out.numbers.push(number);
        out.text.push_str(line);
        out.text.push('\n');
    }
    if out.kind.is_empty() {
        return Err("it is empty".to_owned());
    }
    if out.kind == "Mind map" {
        out.text = without_ids(&out.text);
    }
    if matches!(out.kind, "C4 diagram" | "Architecture diagram")
        && let Some(title) = out.text.lines().find_map(|line| line.trim().strip_prefix("title "))
    {
        out.heading = Some(labels::clean_to(title, 60));
    }
    out.title = out.title.filter(|title| !title.is_empty());
    Ok(out)
}

impl Prepared {
    /// The lines after the first one, with their numbers in the source.
    fn lines(&self) -> Vec<(usize, &str)> {
        self.numbers.iter().copied().zip(self.text.lines().map(str::trim)).skip(1).collect()
    }

    fn describe(&mut self, text: &str) {
        if !self.description.is_empty() && !text.is_empty() {
            self.description.push(' ');
        }
        self.description.push_str(text.trim());
    }
}

/// What a diagram is, by its first line.
fn kind(line: &str) -> Result<&'static str, String> {
    let word = line.split([' ', '\t', ';', ':']).next().unwrap_or("");
    KINDS
        .iter()
        .find(|(start, _)| {
            word.strip_prefix(start).is_some_and(|rest| {
                rest.is_empty() || matches!(rest, "-v2" | "-beta" | "-elk") || (*start == "C4" && rest.len() > 4)
            })
        })
        .map(|(_, name)| *name)
        .ok_or_else(|| {
            let shown: String = word.chars().take(30).collect();
            format!("`{shown}` is no kind of diagram that is drawn here")
        })
}

/// What the renderer draws wrongly, or counts up to: days of a plan, bits of a packet, ticks.
fn refuse(kind: &str, line: &str) -> Result<(), String> {
    let what = match kind {
        "Gantt chart" if longest_number(line) > 4 || has_odd_year(line) => "a time in it is out of bounds",
        "Gantt chart" if line.starts_with("excludes") && line.matches("day").count() > 4 => "it leaves out most days",
        "Packet diagram" if longest_number(line) > 3 => "it has too many bits",
        "Radar chart" if line.starts_with("ticks") && longest_number(line) > 2 => "it has too many ticks",
        "Radar chart" | "User journey" | "Git graph" if longest_number(line) > 12 => "a number in it is too large",
        _ => return Ok(()),
    };
    Err(what.to_owned())
}

/// The digits of the longest number.
fn longest_number(line: &str) -> usize {
    line.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0)
}

/// Whether a date lies centuries away.
fn has_odd_year(line: &str) -> bool {
    line.split([',', ' ', ':']).any(|word| {
        let mut parts = word.split(['-', '/', '.']);
        let (first, is_date) = (parts.next().unwrap_or(""), word.matches(['-', '/', '.']).count() == 2);
        let last = parts.next_back().unwrap_or("");
        let year = if first.len() >= last.len() { first } else { last };
        is_date && year.parse::<u32>().is_ok_and(|year| !(1970..2100).contains(&year))
    })
}

/// A mind map whose shapes have no ids before them, which the renderer takes for labels.
fn without_ids(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        let (space, content) = line.split_at(indent);
        let id = content.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(content.len());
        let is_shape = content[id..].starts_with(['(', '[', '{', ')']) && content.ends_with([')', ']', '}', '(']);
        out.push_str(space);
        out.push_str(if is_shape { &content[id..] } else { content });
        out.push('\n');
    }
    out
}
