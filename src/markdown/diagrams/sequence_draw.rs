//! Sequence diagrams to shapes: a column for each participant, as wide as its messages need,
//! and one thing below the other.

use rusty_mermaid_core::{
    BBox, Color, FontWeight, MarkerType, PathSegment, Point, Primitive, Scene, SimpleTextMeasure, Style, TextAnchor,
    TextStyle, Theme,
};

use super::sequence::{Event, Head, Sequence};

/// Height of a line of text.
const LINE: f64 = 17.0;
/// Space beside a text in a box.
const PAD: f64 = 12.0;
/// Width of the bar of one that is active.
const BAR: f64 = 10.0;
/// How far an arrow to oneself goes out.
const LOOP: f64 = 34.0;
const PERSON: f64 = 42.0;

/// An area that is open: where it began, what it spans, and its parts.
struct Open {
    top: f64,
    left: f64,
    right: f64,
    kind: Option<(&'static str, String)>,
    color: Option<Color>,
    sections: Vec<(f64, String)>,
}

struct Drawing<'a> {
    seq: &'a Sequence,
    theme: &'a Theme,
    x: Vec<f64>,
    /// Top and bottom of each line of life.
    life: Vec<(f64, f64)>,
    active: Vec<Vec<f64>>,
    y: f64,
    open: Vec<Open>,
    back: Vec<Primitive>,
    bars: Vec<Primitive>,
    front: Vec<Primitive>,
    low: f64,
    high: f64,
    ends: Vec<usize>,
}

/// Draws a sequence diagram.
pub(super) fn scene(seq: &Sequence, theme: &Theme) -> Scene {
    let sizes: Vec<(f64, f64)> = seq.actors.iter().map(|actor| size(&actor.label, 14.0)).collect();
    let widths: Vec<f64> = sizes.iter().map(|(width, _)| (width * 1.06 + 2.0 * PAD).max(80.0)).collect();
    let head = seq
        .actors
        .iter()
        .zip(&sizes)
        .map(|(actor, (_, height))| if actor.is_person { PERSON + height + 6.0 } else { height + 18.0 })
        .fold(0.0, f64::max);
    let title = if seq.title.is_some() { 34.0 } else { 0.0 };
    let groups = if seq.groups.is_empty() { 0.0 } else { 28.0 };
    let top = title + groups;
    let x = columns(seq, &widths);
    let count = seq.actors.len();
    let mut drawing = Drawing {
        seq,
        theme,
        low: x[0] - widths[0] / 2.0,
        high: x[count - 1] + widths[count - 1] / 2.0,
        x,
        life: vec![(top + head, 0.0); count],
        active: vec![Vec::new(); count],
        y: top + head + 8.0,
        open: Vec::new(),
        back: Vec::new(),
        bars: Vec::new(),
        front: Vec::new(),
        ends: Vec::new(),
    };
    let mut created: Vec<(usize, f64)> = Vec::new();
    let mut pending = None;
    for event in &seq.events {
        if let Event::Create(actor) = event {
            pending = Some(*actor);
            continue;
        }
        if let (Some(actor), Event::Message { .. }) =
            (pending.take_if(|_| matches!(event, Event::Message { .. })), event)
        {
            let height = sizes[actor].1 + 18.0;
            drawing.y += height / 2.0 - 6.0;
            drawing.event(event, Some((actor, widths[actor] / 2.0)));
            created.push((actor, drawing.y - 6.0 - height / 2.0));
            drawing.life[actor].0 = drawing.y - 6.0 + height / 2.0;
            drawing.y += height / 2.0;
            continue;
        }
        drawing.event(event, None);
    }
    drawing.finish(title, top, head, &widths, &sizes, &created)
}

/// How wide and high a text is.
pub(super) fn size(text: &str, font: f64) -> (f64, f64) {
    let style = TextStyle { font_size: font, ..TextStyle::default() };
    // The page's letters are narrower than those that are measured.
    let width = SimpleTextMeasure::measure_raw(text, &style).width * 0.88;
    #[allow(clippy::cast_precision_loss, reason = "few lines")]
    let height = text.lines().count().max(1) as f64 * LINE;
    (width, height)
}

/// The middle of each column.
fn columns(seq: &Sequence, widths: &[f64]) -> Vec<f64> {
    let mut gaps: Vec<f64> = widths.windows(2).map(|pair| f64::midpoint(pair[0], pair[1]) + 28.0).collect();
    let mut wide = Vec::new();
    for event in &seq.events {
        match event {
            Event::Message { from, to, text, .. } if from == to => {
                if let Some(gap) = gaps.get_mut(*from) {
                    *gap = gap.max(size(text, 13.0).0 + LOOP + 20.0);
                }
            }
            Event::Message { from, to, text, .. } => {
                wide.push((*from.min(to), *from.max(to), size(text, 13.0).0 + 34.0));
            }
            Event::Note { first, last, side: 0, text } if first != last => {
                wide.push((*first, *last, size(text, 13.0).0 - 20.0));
            }
            Event::Note { first, side: 0, text, .. } => {
                let half = size(text, 13.0).0 / 2.0 + PAD + 14.0;
                for gap in [first.checked_sub(1), Some(*first)].into_iter().flatten() {
                    if let Some(gap) = gaps.get_mut(gap) {
                        *gap = gap.max(half);
                    }
                }
            }
            Event::Note { first, side, text, .. } => {
                let gap = if *side > 0 { Some(*first) } else { first.checked_sub(1) };
                if let Some(gap) = gap.and_then(|gap| gaps.get_mut(gap)) {
                    *gap = gap.max(size(text, 13.0).0 + 2.0 * PAD + 30.0);
                }
            }
            _ => {}
        }
    }
    wide.sort_by_key(|(from, to, _)| to - from);
    for (from, to, width) in wide {
        let has: f64 = gaps[from..to].iter().sum();
        if has < width {
            #[allow(clippy::cast_precision_loss, reason = "few columns")]
            let share = (width - has) / (to - from) as f64;
            gaps[from..to].iter_mut().for_each(|gap| *gap += share);
        }
    }
    let mut x = vec![widths[0] / 2.0];
    for gap in gaps {
        x.push(x[x.len() - 1] + gap);
    }
    x
}

impl Drawing<'_> {
    /// What is shown spans this much.
    fn span(&mut self, left: f64, right: f64) {
        self.low = self.low.min(left);
        self.high = self.high.max(right);
        if let Some(open) = self.open.last_mut() {
            open.left = open.left.min(left);
            open.right = open.right.max(right);
        }
    }

    fn event(&mut self, event: &Event, created: Option<(usize, f64)>) {
        match event {
            Event::Message { from, to, text, is_dotted, heads, number } => {
                self.message((*from, *to), text, *is_dotted, *heads, *number, created);
                for actor in std::mem::take(&mut self.ends) {
                    self.end(actor);
                }
            }
            Event::Note { first, last, side, text } => self.note(*first, *last, *side, text),
            Event::Activate(actor) => {
                let y = self.y - 6.0;
                self.active[*actor].push(y);
            }
            Event::Deactivate(actor) => self.deactivate(*actor),
            Event::Open(kind, text) => {
                self.y += 8.0;
                self.begin(Some((kind, text.clone())), None);
                let (_, height) = size(text, 13.0);
                self.y += height.max(LINE) + 6.0;
            }
            Event::Tint(color) => {
                self.y += 8.0;
                self.begin(None, *color);
            }
            Event::Section(text) => {
                self.y += 8.0;
                let y = self.y;
                let width = size(text, 13.0).0 + 40.0;
                if let Some(open) = self.open.iter_mut().rev().find(|open| open.kind.is_some()) {
                    open.sections.push((y, text.clone()));
                    open.right = open.right.max(open.left.min(1e9) + width);
                }
                self.y += size(text, 13.0).1 + 6.0;
            }
            Event::Close => self.close(),
            Event::Create(_) => {}
            Event::Destroy(actor) => self.ends.push(*actor),
            Event::Divider(text) => {
                self.y += 14.0;
                let (width, height) = size(text, 13.0);
                let (left, right) = (self.low, self.high);
                let (middle, y) = (f64::midpoint(left, right), self.y + height / 2.0);
                self.front.push(line((left, y), (right, y), self.theme.subgraph_stroke, true));
                let style = fill(self.theme.background);
                self.front.push(rect(middle - width / 2.0 - 6.0, self.y, width + 12.0, height, 0.0, style));
                self.front.push(text_at(middle, y, text, 13.0, TextAnchor::Middle, self.theme.node_text));
                self.y += height + 6.0;
            }
        }
    }

    fn begin(&mut self, kind: Option<(&'static str, String)>, color: Option<Color>) {
        let top = self.y;
        self.open.push(Open { top, left: f64::MAX, right: f64::MIN, kind, color, sections: Vec::new() });
    }

    fn message(
        &mut self,
        (from, to): (usize, usize),
        text: &str,
        is_dotted: bool,
        heads: (Head, Head),
        number: Option<u32>,
        created: Option<(usize, f64)>,
    ) {
        let (width, height) = size(text, 13.0);
        let half = |this: &Self, actor: usize| if this.active[actor].is_empty() { 0.0 } else { BAR / 2.0 };
        self.y += 14.0;
        let color = self.theme.edge_stroke;
        let x = self.x[from];
        let y;
        if from == to {
            y = self.y + 4.0;
            let out = x + half(self, from);
            let low = y + (height - LINE).max(0.0) + 18.0;
            let points = [(out, y), (out + LOOP, y), (out + LOOP, low), (out, low)];
            self.front.push(arrow(&points, color, is_dotted, heads));
            let middle = f64::midpoint(y, low);
            self.front.push(text_at(out + LOOP + 6.0, middle, text, 13.0, TextAnchor::Start, self.theme.node_text));
            self.span(x - 20.0, out + LOOP + 12.0 + width);
            self.y = low + 8.0;
        } else {
            let way = if self.x[to] > x { 1.0 } else { -1.0 };
            y = self.y + if text.is_empty() { 4.0 } else { height + 4.0 };
            let start = x + half(self, from) * way;
            let stop = match created {
                Some((actor, half)) if actor == to => self.x[to] - half * way,
                _ => self.x[to] - half(self, to) * way,
            };
            self.front.push(arrow(&[(start, y), (stop, y)], color, is_dotted, heads));
            let middle = f64::midpoint(start, stop);
            if !text.is_empty() {
                let at = y - 4.0 - height / 2.0;
                self.front.push(text_at(middle, at, text, 13.0, TextAnchor::Middle, self.theme.node_text));
            }
            let (left, right) = (x.min(self.x[to]), x.max(self.x[to]));
            self.span((left - 16.0).min(middle - width / 2.0), (right + 16.0).max(middle + width / 2.0));
            self.y = y + 6.0;
        }
        if let Some(number) = number {
            let (center, radius) = (Point::new(x, y), if number > 99 { 12.0 } else { 9.0 });
            self.front.push(Primitive::Circle { center, radius, style: fill(color) });
            let text = number.to_string();
            self.front.push(text_at(x, y, &text, 11.0, TextAnchor::Middle, self.theme.background));
        }
    }

    fn note(&mut self, first: usize, last: usize, side: i8, text: &str) {
        let (width, height) = size(text, 13.0);
        let (width, height) = (width + 2.0 * PAD, height + 12.0);
        self.y += 10.0;
        let (left, width) = match side {
            0 => {
                let width = width.max(self.x[last] - self.x[first] + 40.0);
                (f64::midpoint(self.x[first], self.x[last]) - width / 2.0, width)
            }
            1 => (self.x[last] + 12.0, width),
            _ => (self.x[first] - 12.0 - width, width),
        };
        let style =
            Style { stroke: Some(self.theme.note_stroke), stroke_width: Some(1.0), ..fill(self.theme.note_fill) };
        self.front.push(rect(left, self.y, width, height, 2.0, style));
        let (x, y) = (left + width / 2.0, self.y + height / 2.0);
        self.front.push(text_at(x, y, text, 13.0, TextAnchor::Middle, self.theme.note_text));
        self.span(left - 8.0, left + width + 8.0);
        self.y += height + 8.0;
    }

    fn deactivate(&mut self, actor: usize) {
        let Some(top) = self.active[actor].pop() else { return };
        #[allow(clippy::cast_precision_loss, reason = "few bars")]
        let shift = self.active[actor].len().min(6) as f64 * 4.0;
        let height = (self.y - 6.0 - top).max(10.0);
        let style = Style {
            stroke: Some(self.theme.activation_stroke),
            stroke_width: Some(1.0),
            ..fill(self.theme.activation_fill)
        };
        self.bars.push(rect(self.x[actor] - BAR / 2.0 + shift, top, BAR, height, 0.0, style));
    }

    fn end(&mut self, actor: usize) {
        while !self.active[actor].is_empty() {
            self.deactivate(actor);
        }
        let (x, y) = (self.x[actor], self.y + 6.0);
        self.life[actor].1 = y;
        for (a, b) in [((x - 8.0, y - 8.0), (x + 8.0, y + 8.0)), ((x - 8.0, y + 8.0), (x + 8.0, y - 8.0))] {
            self.front.push(line(a, b, self.theme.edge_stroke, false));
        }
        self.y += 14.0;
    }

    fn close(&mut self) {
        let Some(mut open) = self.open.pop() else { return };
        self.y += 8.0;
        if open.left > open.right {
            (open.left, open.right) = (self.low, self.high);
        }
        let (mut left, mut right) = (open.left - 8.0, open.right + 8.0);
        let bottom = self.y;
        let Some((kind, text)) = &open.kind else {
            if let Some(mut color) = open.color.filter(|color| color.a > 0) {
                color.a = color.a.min(64);
                self.back.push(rect(left, open.top, right - left, bottom - open.top, 2.0, fill(color)));
            }
            self.span(left, right);
            self.y += 4.0;
            return;
        };
        let (tag, _) = size(kind, 12.0);
        let (width, height) = size(text, 13.0);
        let tag = tag + 18.0;
        left = left.min(right - 60.0);
        right = right.max(left + tag + width + 20.0);
        for (_, text) in &open.sections {
            right = right.max(left + size(text, 13.0).0 + 30.0);
        }
        let border = self.theme.subgraph_stroke;
        let style = Style { stroke: Some(border), stroke_width: Some(1.2), ..Style::default() };
        let mut frame = vec![rect(left, open.top, right - left, bottom - open.top, 3.0, style)];
        let style = Style { stroke: Some(border), stroke_width: Some(1.0), ..fill(self.theme.subgraph_fill) };
        frame.push(rect(left, open.top, tag, 20.0, 3.0, style));
        frame.push(text_at(left + tag / 2.0, open.top + 10.0, kind, 12.0, TextAnchor::Middle, self.theme.node_text));
        let y = open.top + 2.0 + height / 2.0;
        if !text.is_empty() {
            let text = bracketed(text);
            frame.push(text_at(left + tag + 8.0, y, &text, 13.0, TextAnchor::Start, self.theme.muted_text));
        }
        for (y, text) in &open.sections {
            frame.push(line((left, *y), (right, *y), border, true));
            if !text.is_empty() {
                let middle = y + 4.0 + size(text, 13.0).1 / 2.0;
                let text = bracketed(text);
                frame.push(text_at(left + 10.0, middle, &text, 13.0, TextAnchor::Start, self.theme.muted_text));
            }
        }
        // Over the bars, which would hide its words.
        self.front.extend(frame);
        self.span(left, right);
        self.y += 4.0;
    }

    fn finish(
        mut self,
        title: f64,
        top: f64,
        head: f64,
        widths: &[f64],
        sizes: &[(f64, f64)],
        created: &[(usize, f64)],
    ) -> Scene {
        self.y += 12.0;
        for actor in 0..self.x.len() {
            while !self.active[actor].is_empty() {
                self.deactivate(actor);
            }
        }
        let foot = self.y;
        let mut under = Vec::new();
        for group in &self.seq.groups {
            let members = || group.members.iter().copied();
            let (Some(first), Some(last)) = (members().min(), members().max()) else { continue };
            let left = members().map(|at| self.x[at] - widths[at] / 2.0).fold(self.x[first], f64::min) - 8.0;
            let right = members().map(|at| self.x[at] + widths[at] / 2.0).fold(self.x[last], f64::max) + 8.0;
            let mut style =
                Style { stroke: Some(self.theme.subgraph_stroke), stroke_width: Some(1.0), ..Style::default() };
            style.fill =
                Some(group.color.map_or(self.theme.subgraph_fill, |color| Color { a: color.a.min(50), ..color }));
            under.push(rect(left, title, right - left, foot + head + 8.0 - title, 3.0, style));
            let middle = f64::midpoint(left, right);
            under.push(text_at(middle, title + 14.0, &group.label, 13.0, TextAnchor::Middle, self.theme.node_text));
            self.low = self.low.min(left);
            self.high = self.high.max(right);
        }
        under.append(&mut self.back);
        for (at, x) in self.x.iter().enumerate() {
            let (from, to) = self.life[at];
            let to = if to > 0.0 { to } else { foot };
            under.push(line((*x, from), (*x, to), self.theme.lifeline_stroke, false));
        }
        let mut heads = Vec::new();
        for (at, actor) in self.seq.actors.iter().enumerate() {
            let created = created.iter().find(|(other, _)| *other == at).map(|(_, y)| *y);
            let y = created.unwrap_or(top);
            for (y, is_shown) in [(y, true), (foot, self.life[at].1 <= 0.0)] {
                if is_shown {
                    let high = if created == Some(y) { sizes[at].1 + 18.0 } else { head };
                    let is_person = actor.is_person && created != Some(y);
                    person_or_box(&mut heads, (self.x[at], y, widths[at], high), &actor.label, is_person, self.theme);
                }
            }
        }
        if let Some(title) = &self.seq.title {
            let mut text = text_at(
                f64::midpoint(self.low, self.high),
                12.0,
                title,
                16.0,
                TextAnchor::Middle,
                self.theme.node_text,
            );
            if let Primitive::Text { style, .. } = &mut text {
                style.font_weight = FontWeight::Bold;
            }
            heads.push(text);
            let half = size(title, 16.0).0 / 2.0;
            let middle = f64::midpoint(self.low, self.high);
            (self.low, self.high) = (self.low.min(middle - half), self.high.max(middle + half));
        }
        let mut scene = Scene::new(self.high - self.low, foot + head + 10.0);
        let transform = rusty_mermaid_core::Transform::Translate(-self.low, 0.0);
        let children = under.into_iter().chain(self.bars).chain(self.front).chain(heads).collect();
        scene.push(Primitive::Group { transform, children });
        scene
    }
}

fn bracketed(text: &str) -> String {
    if text.starts_with('[') { text.to_owned() } else { format!("[{text}]") }
}

fn person_or_box(
    out: &mut Vec<Primitive>,
    (x, y, width, height): (f64, f64, f64, f64),
    label: &str,
    is_person: bool,
    theme: &Theme,
) {
    let style = Style { stroke: Some(theme.node_stroke), stroke_width: Some(1.5), ..fill(theme.node_fill) };
    let mut middle = y + height / 2.0;
    if is_person {
        let top = y + height - size(label, 14.0).1 - PERSON - 2.0;
        out.push(Primitive::Circle { center: Point::new(x, top + 9.0), radius: 8.5, style: style.clone() });
        out.push(rect(x - 14.0, top + 21.0, 28.0, 18.0, 8.0, style));
        middle = y + height - size(label, 14.0).1 / 2.0;
    } else {
        out.push(rect(x - width / 2.0, y, width, height, 5.0, style));
    }
    out.push(text_at(x, middle, label, 14.0, TextAnchor::Middle, theme.node_text));
}

pub(super) fn fill(color: Color) -> Style {
    Style { fill: Some(color), ..Style::default() }
}

/// A rectangle by its corner.
pub(super) fn rect(x: f64, y: f64, width: f64, height: f64, round: f64, style: Style) -> Primitive {
    let bbox = BBox::new(x + width / 2.0, y + height / 2.0, width, height);
    Primitive::Rect { bbox, rx: round, ry: round, style }
}

pub(super) fn line(from: (f64, f64), to: (f64, f64), color: Color, is_dotted: bool) -> Primitive {
    arrow(&[from, to], color, is_dotted, (Head::None, Head::None))
}

fn arrow(points: &[(f64, f64)], color: Color, is_dotted: bool, heads: (Head, Head)) -> Primitive {
    let segments = points
        .iter()
        .enumerate()
        .map(|(index, (x, y))| {
            let at = Point::new(*x, *y);
            if index == 0 { PathSegment::MoveTo(at) } else { PathSegment::LineTo(at) }
        })
        .collect();
    let marker = |head| match head {
        Head::None => None,
        Head::Filled => Some(MarkerType::ArrowPoint),
        Head::Open => Some(MarkerType::ArrowOpen),
        Head::Cross => Some(MarkerType::Cross),
    };
    let stroke_dasharray = is_dotted.then(|| vec![4.0, 3.0]);
    let style = Style { stroke: Some(color), stroke_width: Some(1.3), stroke_dasharray, ..Style::default() };
    Primitive::Path { segments, style, marker_start: marker(heads.0), marker_end: marker(heads.1) }
}

pub(super) fn text_at(x: f64, y: f64, text: &str, font: f64, anchor: TextAnchor, color: Color) -> Primitive {
    let style = TextStyle { font_size: font, fill: Some(color), ..TextStyle::default() };
    Primitive::Text { position: Point::new(x, y), content: text.to_owned(), anchor, style }
}
