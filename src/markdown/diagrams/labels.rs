//! The words of flowcharts: statements, boxes with their labels, arrows.

use rusty_mermaid_core::Shape;
use rusty_mermaid_diagrams::flowchart::ir::{ArrowEnd, StrokeType};

use super::flowchart::Arrow;

/// Longest line of a label before it is wrapped, in characters.
const WRAP: usize = 30;
/// Longest label, in characters.
const MAX_LABEL: usize = 600;
/// Stands for `<` in a label, so that the renderer takes nothing for a tag.
pub(super) const LESS: char = '\u{E000}';

/// The statements of a text: lines, and what semicolons part.
pub(super) fn statements(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let (mut quoted, mut depth) = (false, 0_usize);
    for (at, c) in text.char_indices() {
        match c {
            // A label in quotes may go over lines, but a forgotten quote shall not take all.
            '"' => quoted = !quoted,
            '[' | '(' | '{' if !quoted => depth += 1,
            ']' | ')' | '}' if !quoted => depth = depth.saturating_sub(1),
            '\n' if quoted && depth > 0 && text[at..].chars().take(MAX_LABEL).any(|c| c == '"') => {}
            '\n' => {
                out.push(&text[start..at]);
                start = at + 1;
                (quoted, depth) = (false, 0);
            }
            ';' if !quoted
                && depth == 0
                && !is_entity(&text[start..at])
                && !text[start..at].trim_start().starts_with("%%") =>
            {
                out.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    out.push(&text[start..]);
    out
}

/// Whether a text ends in a character reference that a semicolon closes: `&lt` or `#35`.
pub(super) fn is_entity(text: &str) -> bool {
    let name = text.len() - text.trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len();
    name > 0 && name < 10 && text[..text.len() - name].ends_with(['&', '#'])
}

/// A box as it is written.
pub(super) struct Node {
    pub(super) id: String,
    pub(super) shape: Option<(Shape, String)>,
    pub(super) class: Option<String>,
}

/// What opens a box and what closes it; longer ones first.
const SHAPES: &[(&str, &[(&str, Shape)])] = &[
    ("(((", &[(")))", Shape::DoubleCircle)]),
    ("((", &[("))", Shape::Circle)]),
    ("([", &[("])", Shape::Stadium)]),
    ("(", &[(")", Shape::RoundedRect)]),
    ("[[", &[("]]", Shape::Subroutine)]),
    ("[(", &[(")]", Shape::Cylinder)]),
    ("[/", &[("/]", Shape::Parallelogram), ("\\]", Shape::Trapezoid)]),
    ("[\\", &[("\\]", Shape::ParallelogramAlt), ("/]", Shape::TrapezoidAlt)]),
    ("[", &[("]", Shape::Rect)]),
    ("{{", &[("}}", Shape::Hexagon)]),
    ("{", &[("}", Shape::Diamond)]),
    (">", &[("]", Shape::Asymmetric)]),
];

/// Takes a box from the start of a text.
pub(super) fn node(rest: &mut &str) -> Result<Node, String> {
    let text = rest.trim_start();
    let end = id_end(text);
    if end == 0 {
        let shown: String = text.chars().take(40).collect();
        return Err(if shown.is_empty() {
            "an arrow leads nowhere".to_owned()
        } else {
            format!("`{}` is not understood", shown.trim())
        });
    }
    let id = text[..end].to_owned();
    let mut text = &text[end..];
    let mut shape = None;
    if let Some(inner) = text.strip_prefix("@{") {
        let (properties, after) = inner.split_once('}').ok_or_else(|| format!("`{id}@{{` is not closed"))?;
        shape = Some(properties_shape(&id, properties));
        text = after;
    } else if let Some((open, closes)) = SHAPES.iter().find(|(open, _)| text.starts_with(open)) {
        let inner = &text[open.len()..];
        let (label, kind, after) = inner_label(inner, closes).ok_or_else(|| format!("the box `{id}` is not closed"))?;
        shape = Some((kind, clean(label)));
        text = after;
    }
    let mut class = None;
    if let Some(after) = text.strip_prefix(":::") {
        let end = after.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(after.len());
        class = Some(after[..end].to_owned());
        text = &after[end..];
    }
    *rest = text.trim_start();
    Ok(Node { id, shape, class })
}

/// Where an id ends: `-`, `.` and `=` belong to it only between letters.
fn id_end(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let inside = c.is_alphanumeric()
            || matches!(c, '_' | '/' | '*' | '$' | '%' | '!' | '\'' | '+' | '?' | '\\' | '#')
            || (matches!(c, '-' | '.' | ':') && at > 0 && next.is_some_and(char::is_alphanumeric))
            // Emoji and the like.
            || (!c.is_ascii() && !c.is_whitespace());
        if !inside {
            return at;
        }
    }
    text.len()
}

/// The label of a box, its kind, and what follows.
fn inner_label<'t>(inner: &'t str, closes: &[(&str, Shape)]) -> Option<(&'t str, Shape, &'t str)> {
    let trimmed = inner.trim_start();
    if let Some(quoted) = trimmed.strip_prefix('"') {
        let (label, after) = quoted.split_once('"')?;
        let after = after.trim_start();
        let (close, kind) = closes.iter().find(|(close, _)| after.starts_with(close))?;
        return Some((label, *kind, &after[close.len()..]));
    }
    let (at, close, kind) = closes
        .iter()
        .filter_map(|(close, kind)| inner.find(close).map(|at| (at, *close, *kind)))
        .min_by_key(|(at, ..)| *at)?;
    Some((&inner[..at], kind, &inner[at + close.len()..]))
}

/// A box in the newer form, `@{ shape: cyl, label: "x" }`.
fn properties_shape(id: &str, properties: &str) -> (Shape, String) {
    let value = |name: &str| {
        let at = properties.find(&format!("{name}:"))? + name.len() + 1;
        let text = properties[at..].trim_start();
        Some(match text.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next().unwrap_or(quoted),
            None => text.split(',').next().unwrap_or(text).trim(),
        })
    };
    let shape = match value("shape").unwrap_or("rect") {
        "rounded" | "event" => Shape::RoundedRect,
        "stadium" | "terminal" | "pill" => Shape::Stadium,
        "cyl" | "cylinder" | "database" | "db" => Shape::Cylinder,
        "circle" | "circ" => Shape::Circle,
        "dbl-circ" | "double-circle" => Shape::DoubleCircle,
        "diam" | "diamond" | "decision" => Shape::Diamond,
        "hex" | "hexagon" | "prepare" => Shape::Hexagon,
        "subproc" | "subroutine" | "fr-rect" | "subprocess" => Shape::Subroutine,
        "lean-r" | "lean-right" | "in-out" => Shape::Parallelogram,
        "lean-l" | "lean-left" | "out-in" => Shape::ParallelogramAlt,
        _ => Shape::Rect,
    };
    (shape, clean(value("label").unwrap_or(id)))
}

/// Takes an arrow, and its label, from the start of a text.
pub(super) fn arrow(rest: &mut &str) -> Option<Arrow> {
    let text = rest.trim_start();
    // `e1@-->` names the arrow.
    let named = text.find('@').filter(|at| *at > 0 && text[..*at].chars().all(char::is_alphanumeric));
    let text = named.map_or(text, |at| &text[at + 1..]);
    let line = |text: &str| text.starts_with("--") || text.starts_with("==") || text.starts_with("-.");
    let (start, text) = match text.chars().next()? {
        '<' => (ArrowEnd::Arrow, &text[1..]),
        'x' if line(&text[1..]) => (ArrowEnd::Cross, &text[1..]),
        'o' if line(&text[1..]) => (ArrowEnd::Circle, &text[1..]),
        _ => (ArrowEnd::None, text),
    };
    let (stroke, length, end, mut after) = body(text)?;
    let mut label = None;
    let (mut end, mut length) = (end, length);
    if end == ArrowEnd::None && is_half(text, after) {
        // `-- text -->`
        let (words, tail) = inner_text(after, stroke)?;
        let (other, more, last, rest) = body(tail)?;
        if other != stroke {
            return None;
        }
        label = Some(words.trim());
        (end, length, after) = (last, more, rest);
    }
    after = after.trim_start();
    if let Some(inner) = after.strip_prefix('|') {
        let (words, rest) = inner.split_once('|')?;
        label = Some(words.trim());
        after = rest;
    }
    *rest = after.trim_start();
    let label = label.map(clean).filter(|label| !label.is_empty());
    let is_hidden = text.starts_with("~~~");
    Some(Arrow { label, stroke, start, end, length: length.clamp(1, 6), is_hidden })
}

/// Whether what was read is the first half of an arrow around its text.
fn is_half(text: &str, after: &str) -> bool {
    let body = &text[..text.len() - after.len()];
    matches!(body, "--" | "==" | "-.") && !after.trim().is_empty()
}

/// Where the second half of an arrow begins.
fn inner_text(after: &str, stroke: StrokeType) -> Option<(&str, &str)> {
    let half = match stroke {
        StrokeType::Dotted => ".-",
        StrokeType::Thick => "==",
        StrokeType::Normal => "--",
    };
    let text = after.trim_start();
    if let Some(quoted) = text.strip_prefix('"') {
        let (label, rest) = quoted.split_once('"')?;
        return Some((label, rest.trim_start()));
    }
    let at = after.find(half)?;
    Some((&after[..at], &after[at..]))
}

/// The line of an arrow: its kind, length and end, and what follows.
fn body(text: &str) -> Option<(StrokeType, i32, ArrowEnd, &str)> {
    let run = |c: char| text.len() - text.trim_start_matches(c).len();
    let (stroke, bytes, steps) = if text.starts_with("~~~") {
        (StrokeType::Dotted, run('~'), 1)
    } else if text.starts_with("==") {
        (StrokeType::Thick, run('='), run('='))
    } else if let Some(dots) =
        text.strip_prefix('-').filter(|dots| dots.starts_with('.')).or(text.strip_prefix('.').map(|_| text))
    {
        let dashes = text.len() - dots.len();
        let count = dots.len() - dots.trim_start_matches('.').len();
        let tail = usize::from(dots[count..].starts_with('-'));
        if tail == 0 && dashes == 1 {
            return Some((StrokeType::Dotted, 1, ArrowEnd::None, &dots[count..]));
        }
        (StrokeType::Dotted, dashes + count + tail, count + 1)
    } else if text.starts_with("--") {
        (StrokeType::Normal, run('-'), run('-'))
    } else {
        return None;
    };
    let after = &text[bytes..];
    let next = after.chars().next();
    let ends = |text: &str| text.chars().next().is_none_or(|c| c.is_whitespace() || c == '|');
    let (end, after) = match next {
        Some('>') => (ArrowEnd::Arrow, &after[1..]),
        Some('x') if ends(&after[1..]) => (ArrowEnd::Cross, &after[1..]),
        Some('o') if ends(&after[1..]) => (ArrowEnd::Circle, &after[1..]),
        _ => (ArrowEnd::None, after),
    };
    let steps = if end == ArrowEnd::None { steps.saturating_sub(2) } else { steps.saturating_sub(1) };
    Some((stroke, i32::try_from(steps).unwrap_or(1).max(1), end, after))
}

/// A label without markup, its lines broken where they are long.
pub(super) fn clean(label: &str) -> String {
    clean_to(label, WRAP)
}

/// The same, with another length of lines.
pub(super) fn clean_to(label: &str, length: usize) -> String {
    let label = label.trim().trim_matches('"').trim_matches('`').trim();
    let mut out = String::with_capacity(label.len());
    let mut rest = label;
    while let Some(at) = rest.find(['<', '&', '#', '*', '\\']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (text, taken) = special(rest);
        out.push_str(&text);
        rest = &rest[taken..];
    }
    out.push_str(rest);
    let out: String = out.chars().filter(|c| *c == '\n' || !c.is_control()).take(MAX_LABEL).collect();
    wrapped(&out, length)
}

/// What a special character and those after it stand for, and how many bytes that takes.
fn special(text: &str) -> (String, usize) {
    let first = text.chars().next().map_or(1, char::len_utf8);
    if text.starts_with("**") {
        return (String::new(), 2);
    }
    if text.starts_with("\\n") {
        return ("\n".to_owned(), 2);
    }
    if text.starts_with('<') {
        let Some(end) = text.find('>') else { return (LESS.to_string(), 1) };
        let name: String =
            text[1..end].trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        return match name.to_ascii_lowercase().as_str() {
            "br" => ("\n".to_owned(), end + 1),
            "b" | "i" | "strong" | "em" | "u" | "code" | "span" | "div" | "p" | "small" | "sub" | "sup" | "font"
            | "a" | "img" | "mark" | "center" | "s" | "pre" => (String::new(), end + 1),
            _ => (LESS.to_string(), 1),
        };
    }
    let end = if text.starts_with(['&', '#']) { text.char_indices().take(11).find(|(_, c)| *c == ';') } else { None };
    if let Some((end, _)) = end {
        let name = text[1..end].trim_start_matches('#');
        let entity = if name.parse::<u32>().is_ok() { format!("&#{name};") } else { format!("&{name};") };
        let read = crate::markdown::text::unescape(&entity);
        if read != entity {
            return (read.replace('<', &LESS.to_string()), end + 1);
        }
    }
    (text[..first].to_owned(), first)
}

/// Lines broken at spaces.
fn wrapped(text: &str, length: usize) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        if !out.is_empty() {
            out.push('\n');
        }
        let mut width = 0;
        // Names of icons, of which there are none here.
        for word in line.split_whitespace().filter(|word| !(word.starts_with("fa") && word.contains(":fa-"))) {
            let size = word.chars().count();
            if width > 0 {
                out.push(if width + 1 + size > length { '\n' } else { ' ' });
                width = if width + 1 + size > length { 0 } else { width + 1 };
            }
            out.push_str(word);
            width += size;
        }
    }
    out
}

/// A line of text as it is shown.
pub(super) fn unmasked(line: &str) -> String {
    line.replace(LESS, "<")
}
