//! Lines of the kinds whose reading is left to the renderer, which leaves out what it does not
//! know. Each line is held against the forms that are known, and what it names must stand in the
//! drawing: one that lacks something is not shown.

use rusty_mermaid_core::{Primitive, Scene};

/// Words that begin a line which shows nothing of its own.
const SILENT: &[(&str, &[&str])] = &[
    (
        "Gantt chart",
        &[
            "dateFormat",
            "axisFormat",
            "tickInterval",
            "todayMarker",
            "excludes",
            "includes",
            "weekday",
            "weekend",
            "inclusiveEndDates",
            "topAxis",
            "displayMode",
            "click",
            "title",
        ],
    ),
    ("Pie chart", &["title", "showData"]),
    ("Git graph", &["checkout", "switch"]),
    ("User journey", &["title"]),
    ("Timeline", &["title", "direction"]),
    ("Quadrant chart", &["title", "classDef"]),
    (
        "C4 diagram",
        &[
            "title",
            "}",
            "{",
            "UpdateElementStyle",
            "UpdateRelStyle",
            "UpdateLayoutConfig",
            "AddElementTag",
            "AddRelTag",
            "UpdateBoundaryStyle",
            "RelIndex",
        ],
    ),
    ("Chart", &["title", "x-axis", "y-axis", "bar", "line"]),
    ("Radar chart", &["title", "max", "min", "ticks", "graticule", "showLegend"]),
    ("Packet diagram", &["title"]),
    ("Mind map", &["::icon", ":::"]),
    ("Requirement diagram", &["direction", "classDef", "style", "class", "}"]),
];

/// What the lines name, each with its line's number; or the first line that is not understood.
pub(super) fn named(kind: &str, lines: &[(usize, &str)]) -> Result<Vec<(usize, String)>, String> {
    let mut out = Vec::new();
    let silent = SILENT.iter().find(|(known, _)| *known == kind).map_or(&[][..], |(_, words)| *words);
    for (number, line) in lines {
        let line = line.trim();
        let word = line.split([' ', '\t', ':', '(', '{']).next().unwrap_or("");
        if line.is_empty()
            || line.starts_with("%%")
            || silent.contains(&word)
            || silent.iter().any(|start| start.starts_with(':') && line.starts_with(start))
        {
            continue;
        }
        let texts = texts(kind, line)
            .ok_or_else(|| super::at_line(*number, &format!("`{}` is not understood", super::short(line))))?;
        out.extend(texts.into_iter().map(|text| (*number, super::labels::clean_to(text, 1_000))));
    }
    Ok(out)
}

/// What one line names; `None` when its form is not known.
fn texts<'t>(kind: &str, line: &'t str) -> Option<Vec<&'t str>> {
    let section = line.strip_prefix("section ").map(str::trim);
    Some(match kind {
        "Gantt chart" | "User journey" => match section {
            Some(name) => vec![name],
            None => {
                vec![line.split_once(':').filter(|(name, rest)| !name.trim().is_empty() && !rest.trim().is_empty())?.0]
            }
        },
        "Timeline" => match section {
            Some(name) => vec![name],
            None => line
                .split(" : ")
                .flat_map(|part| part.split(": "))
                .map(|part| part.trim_matches([':', ' ']))
                .filter(|part| !part.is_empty())
                .collect(),
        },
        "Pie chart" => {
            let (label, value) = line.rsplit_once(':')?;
            value.trim().parse::<f64>().ok().filter(|value| *value >= 0.0)?;
            vec![label.trim().strip_prefix('"')?.strip_suffix('"')?]
        }
        "Quadrant chart" => {
            if let Some(axis) = line.strip_prefix("x-axis").or_else(|| line.strip_prefix("y-axis")) {
                axis.split("-->").collect()
            } else if line.starts_with("quadrant-") {
                vec![line.split_once(char::is_whitespace)?.1]
            } else {
                let (name, place) = line.split_once(": [").or_else(|| line.split_once(":["))?;
                let (place, rest) = place.split_once(']')?;
                if place.split(',').filter(|part| part.trim().parse::<f64>().is_ok()).count() != 2
                    || !rest.is_empty() && name.contains(":::")
                {
                    return None;
                }
                vec![name.split(":::").next().unwrap_or(name)]
            }
        }
        "Git graph" => {
            let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            let quoted = rest.split('"').skip(1).step_by(2).collect();
            match word {
                "commit" | "cherry-pick" => quoted,
                "branch" => vec![rest.split(" order:").next()?.trim()],
                "merge" => quoted,
                _ => return None,
            }
        }
        "C4 diagram" => {
            let (_, inner) = line.split_once('(')?;
            inner.contains(')').then_some(())?;
            inner
                .split('"')
                .skip(1)
                .step_by(2)
                .filter(|text| !text.is_empty() && !text.starts_with("http"))
                .take(1)
                .collect()
        }
        _ => Vec::new(),
    })
}

/// What is named and does not stand in the drawing.
pub(super) fn missing(named: &[(usize, String)], scene: &Scene) -> Option<String> {
    let mut shown = String::new();
    for element in scene.elements() {
        gather(&element.primitive, &mut shown, 0);
    }
    named.iter().find_map(|(number, text)| {
        let mut wanted = String::new();
        push(&mut wanted, text.trim_matches(['"', ' ']));
        (!shown.contains(&wanted))
            .then(|| super::at_line(*number, &format!("`{}` would be left out", super::short(text))))
    })
}

fn gather(shape: &Primitive, out: &mut String, depth: usize) {
    match shape {
        Primitive::Text { content, .. } => push(out, content),
        Primitive::Group { children, .. } if depth < 16 => {
            children.iter().for_each(|child| gather(child, out, depth + 1));
        }
        _ => {}
    }
}

/// Letters and digits alone: lines are broken where the renderer likes.
fn push(out: &mut String, text: &str) {
    out.extend(text.replace("<br/>", " ").replace("<br>", " ").chars().filter(|c| c.is_alphanumeric()));
}
