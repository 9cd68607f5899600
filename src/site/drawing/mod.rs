//! Drawings: what leads to an entity, what is inside of a system or a domain, and the groups of an
//! organisation. One writer makes them all, so they look alike; a layout is a pure function with a
//! bound. Every drawing has its text beside it, and nothing in it is said by colour alone.

mod chart;
mod ego;
mod layers;
mod nested;
mod order;
mod parts;
mod place;
mod shape;
mod svg;
mod tall;
#[cfg(test)]
mod tests;

pub(super) use chart::{chart, part as part_of_chart};
pub(super) use ego::ego;
pub(super) use nested::{LEAF_GAP, LEAF_HEIGHT, Place, lay_out};
pub(super) use parts::parts;

use super::views::Link;

/// The height of a node.
const HEIGHT: i32 = 44;
/// The room around a drawing.
const MARGIN: i32 = 16;

/// A drawing as it is written: boxes and lines with places, in whole pixels.
#[derive(Debug, Default)]
struct Drawing {
    /// What its ids begin with; one on a page.
    id: &'static str,
    title: String,
    description: String,
    width: i32,
    height: i32,
    frames: Vec<Frame>,
    edges: Vec<Edge>,
    headings: Vec<Heading>,
    nodes: Vec<Node>,
}

/// A box around nodes, with its name above them.
#[derive(Debug)]
struct Frame {
    x: i32,
    y: i32,
    width: i32,
    height: i32,
    kind: String,
    name: String,
}

/// Words over nodes.
#[derive(Debug)]
struct Heading {
    x: i32,
    y: i32,
    text: String,
}

/// A line from one to another.
#[derive(Debug)]
struct Edge {
    /// Where it goes through, in its direction; between two points it bends, along a pair of equal
    /// heights it is straight.
    points: Vec<(i32, i32)>,
    line: Line,
    label: Option<Label>,
}

/// A number on a line.
#[derive(Debug)]
struct Label {
    text: String,
    /// Whether it stands in the first bend; else in the last.
    first: bool,
}

/// How a line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    /// A curve with a head.
    Arrow,
    /// With corners and without a head: what stands above what.
    Branch,
    /// With a corner and a head: first across, then down.
    Down,
    /// With a corner and a head: first down, then across.
    Across,
}

/// A box that may lead somewhere.
#[derive(Debug)]
struct Node {
    x: i32,
    y: i32,
    width: i32,
    look: Look,
    kind: String,
    /// The small line over the name.
    over: String,
    /// At the end of that line.
    aside: Option<String>,
    name: String,
    /// What a pointer that rests on it shows.
    tip: String,
    href: Option<String>,
}

/// How a node looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Plain,
    /// What the page is about.
    Own,
    /// Stands for others.
    More,
    /// Not in view.
    Missing,
}

impl Node {
    /// An entity, not placed yet.
    fn of(link: &Link, width: i32) -> Self {
        Self {
            x: 0,
            y: 0,
            width,
            look: if link.href.is_some() { Look::Plain } else { Look::Missing },
            kind: link.kind.clone(),
            over: link.kind_label.clone(),
            aside: None,
            name: link.title.clone(),
            tip: format!("{} ({})", link.title, link.reference),
            href: link.href.clone(),
        }
    }

    /// What stands for those that are not drawn.
    fn more(name: String, href: String, width: i32) -> Self {
        Self {
            x: 0,
            y: 0,
            width,
            look: Look::More,
            kind: String::new(),
            over: String::new(),
            aside: None,
            tip: String::new(),
            name,
            href: Some(href),
        }
    }

    /// What is no entity in view.
    fn nameless(over: &str, name: &str) -> Self {
        Self {
            x: 0,
            y: 0,
            width: 0,
            look: Look::Missing,
            kind: String::new(),
            over: over.to_owned(),
            aside: None,
            name: name.to_owned(),
            tip: name.to_owned(),
            href: None,
        }
    }

    fn at(mut self, x: i32, y: i32) -> Self {
        (self.x, self.y) = (x, y);
        self
    }
}

/// How wide a text is in the font of a name.
fn text_width(text: &str) -> i32 {
    // More than a few hundred characters are cut anyway.
    text.chars().take(500).map(tenths).sum::<i32>() / 10
}

/// The width of a character in tenths of a pixel, by its sort.
fn tenths(character: char) -> i32 {
    match character {
        'i' | 'j' | 'l' | 't' | 'f' | 'I' | '.' | ',' | ':' | '\'' | '|' | '-' | ' ' => 45,
        'W' => 128,
        'm' | 'w' | 'M' | '…' => 115,
        'A'..='Z' => 86,
        '\u{1100}'..='\u{11ff}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{1f000}'.. => 135,
        _ => 72,
    }
}

/// As much of a text as is no wider: its beginning and its end, for names that begin alike end otherwise.
fn fit(text: &str, width: i32) -> String {
    if text_width(text) <= width {
        return text.to_owned();
    }
    let room = width * 10 - tenths('…');
    let (head, used) = within(text.chars(), room * 3 / 5);
    let (tail, _) = within(text.chars().rev(), room - used);
    let tail: String = tail.chars().rev().collect();
    format!("{}…{}", head.trim_end(), tail.trim_start())
}

/// The first characters that have room, and how much they take of it.
fn within(characters: impl Iterator<Item = char>, room: i32) -> (String, i32) {
    let mut used = 0;
    let fits = |character: &char| {
        let is_room = used + tenths(*character) <= room;
        used += if is_room { tenths(*character) } else { 0 };
        is_room
    };
    let out = characters.take_while(fits).collect();
    (out, used)
}

/// A width for nodes with these names, between two bounds.
fn width_of<'a>(names: impl Iterator<Item = &'a str>, least: i32, most: i32) -> i32 {
    names.map(|name| text_width(name) + 26).max().unwrap_or(least).clamp(least, most)
}
