//! A drawing's shapes to SVG that stands in the page. The renderer gives shapes and colours, not
//! markup, so nothing of the author's reaches the page but text (escaped) and numbers.
//!
//! No style sheet, no style attributes, no ids: the security policy of the page forbids the
//! first two, and ids of several drawings would collide. Colours of the renderer become
//! classes, which the theme's stylesheet fills in for light and dark; colours of the author stay
//! attributes, with black or white text on them. Arrow heads are shapes of their own.

use std::fmt::Write;

use rusty_mermaid_core::scene::{path_end_tangent, path_start_tangent};
use rusty_mermaid_core::{
    Color, FontWeight, MarkerType, PathSegment, Point, Primitive, Scene, Style, TextAnchor, TextStyle, Transform,
};

use super::super::text::escape;
use super::colors::{self, Ink};

/// Deepest nesting of groups.
const MAX_GROUPS: usize = 16;
/// Most shapes in the author's colours that text is held against.
const MAX_PAINTED: usize = 300;
/// Space around a drawing.
const MARGIN: f64 = 12.0;

/// A link on the text at a place: the place, the text, the target.
pub(super) type LinkAt = (f64, f64, String);

/// What is said of a drawing to those who do not see it.
pub(super) struct Spoken<'a> {
    pub(super) title: &'a str,
    pub(super) description: &'a str,
}

/// The SVG of a scene; `None` when it holds no text or has no size, for then nothing was
/// understood.
pub(super) fn svg(scene: &Scene, spoken: &Spoken<'_>, links: &[LinkAt], limit: usize) -> Option<String> {
    // The renderer's size does not count every label: none may be cut off.
    let mut edges = [0.0, 0.0, scene.width, scene.height];
    for element in scene.elements() {
        reach(&element.primitive, &mut edges);
    }
    let [left, top, right, bottom] = edges;
    let (width, height) = (right - left + 2.0 * MARGIN, bottom - top + 2.0 * MARGIN);
    if !(width.is_finite() && height.is_finite()) || width > 40_000.0 || height > 40_000.0 {
        return None;
    }
    let size = match width {
        w if w <= 420.0 => "is-small",
        w if w <= 760.0 => "is-medium",
        w if w <= 1100.0 => "is-large",
        _ => "is-wide",
    };
    let mut pen = Pen { out: String::new(), painted: Vec::new(), links, texts: 0, limit };
    let _ = write!(
        pen.out,
        "<svg class=\"drawing {0}\" role=\"img\" viewBox=\"{1} {2} {3} {4}\" width=\"{3}\" height=\"{4}\">",
        size,
        number(left - MARGIN),
        number(top - MARGIN),
        number(width),
        number(height)
    );
    let _ = write!(pen.out, "<title>{}</title>", escape(spoken.title));
    if !spoken.description.is_empty() {
        let _ = write!(pen.out, "<desc>{}</desc>", escape(spoken.description));
    }
    for element in scene.elements() {
        pen.shape(&element.primitive, 0)?;
    }
    pen.out.push_str("</svg>");
    (pen.texts > 0).then_some(pen.out)
}

/// Widens edges to what a text spans.
fn reach(shape: &Primitive, edges: &mut [f64; 4]) {
    let Primitive::Text { position, content, anchor, style } = shape else { return };
    let (width, height) = super::sequence_draw::size(&content.replace("<br/>", "\n"), style.font_size);
    let left = match anchor {
        TextAnchor::Start => position.x,
        TextAnchor::Middle => position.x - width / 2.0,
        TextAnchor::End => position.x - width,
    };
    if !(left.is_finite() && width.is_finite() && position.y.is_finite()) {
        return;
    }
    edges[0] = edges[0].min(left);
    edges[1] = edges[1].min(position.y - height / 2.0);
    edges[2] = edges[2].max(left + width);
    edges[3] = edges[3].max(position.y + height / 2.0);
}

struct Pen<'a> {
    out: String,
    /// Areas in a fixed colour: corners, and whether text on them is white, or as the class says.
    painted: Vec<([f64; 4], &'static str)>,
    links: &'a [LinkAt],
    texts: usize,
    limit: usize,
}

impl Pen<'_> {
    fn shape(&mut self, shape: &Primitive, depth: usize) -> Option<()> {
        if self.out.len() > self.limit || depth > MAX_GROUPS {
            return None;
        }
        match shape {
            Primitive::Rect { bbox, rx, style, .. } => {
                let (x, y) = (bbox.x - bbox.width / 2.0, bbox.y - bbox.height / 2.0);
                self.paint([x, y, x + bbox.width, y + bbox.height], style);
                let _ = write!(
                    self.out,
                    "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
                    number(x),
                    number(y),
                    number(bbox.width.max(0.0)),
                    number(bbox.height.max(0.0))
                );
                if *rx > 0.0 {
                    let _ = write!(self.out, " rx=\"{}\"", number(*rx));
                }
                self.style(style, false);
            }
            Primitive::Circle { center, radius, style } => {
                self.paint([center.x - radius, center.y - radius, center.x + radius, center.y + radius], style);
                let (x, y, r) = (number(center.x), number(center.y), number(*radius));
                let _ = write!(self.out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"");
                self.style(style, false);
            }
            Primitive::Ellipse { center, rx, ry, style } => {
                self.paint([center.x - rx, center.y - ry, center.x + rx, center.y + ry], style);
                let (x, y) = (number(center.x), number(center.y));
                let _ =
                    write!(self.out, "<ellipse cx=\"{x}\" cy=\"{y}\" rx=\"{}\" ry=\"{}\"", number(*rx), number(*ry));
                self.style(style, false);
            }
            Primitive::Polygon { points, style } => {
                if let Some(area) = area(points.iter().copied()) {
                    self.paint(area, style);
                }
                let points: Vec<String> = points.iter().map(|p| format!("{},{}", number(p.x), number(p.y))).collect();
                let _ = write!(self.out, "<polygon points=\"{}\"", points.join(" "));
                self.style(style, false);
            }
            // Only for the layout.
            Primitive::Path { style, .. } if style.opacity == Some(0.0) => {}
            Primitive::Path { segments, style, marker_start, marker_end } => {
                if let Some(area) = area(segments.iter().filter_map(PathSegment::endpoint)) {
                    self.paint(area, style);
                }
                let _ = write!(self.out, "<path d=\"{}\"", path(segments));
                self.style(style, true);
                if let (Some(marker), Some((at, angle))) = (marker_end, path_end_tangent(segments)) {
                    self.marker(*marker, at, angle, style);
                }
                if let (Some(marker), Some((at, angle))) = (marker_start, path_start_tangent(segments)) {
                    self.marker(*marker, at, angle, style);
                }
            }
            Primitive::Arc { center, inner_r, outer_r, start_angle, end_angle, style } => {
                let _ = write!(self.out, "<path d=\"{}\"", arc(*center, *inner_r, *outer_r, *start_angle, *end_angle));
                self.style(style, false);
            }
            Primitive::Text { position, content, anchor, style } => self.text(*position, content, *anchor, style),
            Primitive::Group { transform, children } => {
                let how = match transform {
                    Transform::Identity => String::new(),
                    Transform::Translate(x, y) => format!(" transform=\"translate({} {})\"", number(*x), number(*y)),
                    Transform::Scale(x, y) => format!(" transform=\"scale({} {})\"", number(*x), number(*y)),
                    Transform::Rotate { degrees, cx, cy } => {
                        format!(" transform=\"rotate({} {} {})\"", number(*degrees), number(*cx), number(*cy))
                    }
                };
                let _ = write!(self.out, "<g{how}>");
                for child in children {
                    self.shape(child, depth + 1)?;
                }
                self.out.push_str("</g>");
            }
        }
        Some(())
    }

    /// Ends a tag with the colours of its shape.
    fn style(&mut self, style: &Style, is_line: bool) {
        let mut classes = Vec::new();
        let mut attributes = String::new();
        match style.fill {
            Some(color) => color_of(color, 'f', "fill", &mut classes, &mut attributes),
            None if is_line => classes.push("f0".to_owned()),
            None if style.stroke.is_some() || style.stroke_width.is_some() => classes.push("f0".to_owned()),
            None => classes.push("f-line".to_owned()),
        }
        match style.stroke {
            Some(color) => color_of(color, 's', "stroke", &mut classes, &mut attributes),
            None if is_line || style.stroke_width.is_some() => classes.push("s-line".to_owned()),
            None => {}
        }
        if let Some(width) = style.stroke_width.filter(|width| (*width - 1.5).abs() > 0.05 && width.is_finite()) {
            let _ = write!(attributes, " stroke-width=\"{}\"", number(width.clamp(0.0, 600.0)));
        }
        if let Some(dashes) = style.stroke_dasharray.as_ref().filter(|dashes| !dashes.is_empty()) {
            let dashes: Vec<String> = dashes.iter().take(6).map(|dash| number(*dash)).collect();
            let _ = write!(attributes, " stroke-dasharray=\"{}\"", dashes.join(" "));
        }
        if let Some(opacity) = style.opacity.filter(|opacity| *opacity < 1.0) {
            let _ = write!(attributes, " opacity=\"{}\"", number(opacity.max(0.0)));
        }
        let _ = write!(self.out, " class=\"{}\"{attributes}/>", classes.join(" "));
    }

    /// Notes what colour text within an area stands on.
    fn paint(&mut self, area: [f64; 4], style: &Style) {
        let Some(fill) = style.fill.filter(|fill| fill.a > 100) else { return };
        let class = match colors::ink(fill) {
            Ink::Own => {
                if colors::is_dark(fill) {
                    "f-white"
                } else {
                    "f-black"
                }
            }
            Ink::Series(_) | Ink::Line => "f-on",
            Ink::GroupBorder => "f-text",
            _ => "",
        };
        if self.painted.len() < MAX_PAINTED && (!class.is_empty() || !self.painted.is_empty()) {
            self.painted.push((area, class));
        }
    }

    fn text(&mut self, at: Point, content: &str, anchor: TextAnchor, style: &TextStyle) {
        let content = content.trim_end();
        if content.trim().is_empty() {
            return;
        }
        self.texts += 1;
        let below = self.painted.iter().rev().find(|([left, top, right, bottom], _)| {
            (*left..=*right).contains(&at.x) && (*top..=*bottom).contains(&at.y)
        });
        let mut classes = Vec::new();
        let mut attributes = String::new();
        match (below, style.fill) {
            (Some((_, class)), _) if !class.is_empty() => classes.push((*class).to_owned()),
            (_, Some(color)) if colors::ink(color) == Ink::Surface => classes.push("f-on".to_owned()),
            (_, Some(color)) if colors::ink(color) != Ink::Own => {
                color_of(color, 'f', "fill", &mut classes, &mut attributes);
            }
            _ => classes.push("f-text".to_owned()),
        }
        if style.font_weight == FontWeight::Bold {
            classes.push("b".to_owned());
        }
        if anchor != TextAnchor::Middle {
            classes.push(if anchor == TextAnchor::End { "e".to_owned() } else { "l".to_owned() });
        }
        if (style.font_size - 14.0).abs() > 0.1 {
            let _ = write!(attributes, " font-size=\"{}\"", number(style.font_size.clamp(6.0, 60.0)));
        }
        let href = self
            .links
            .iter()
            .find(|(x, y, _)| (x - at.x).abs() < 0.5 && (y - at.y).abs() < 30.0)
            .map(|(.., href)| escape(href));
        if let Some(href) = &href {
            let _ = write!(self.out, "<a href=\"{href}\">");
        }
        let broken = content.replace("<br/>", "\n").replace("<br>", "\n").replace("<br />", "\n");
        let lines: Vec<&str> = broken.lines().collect();
        let step = style.font_size * 1.2;
        #[allow(clippy::cast_precision_loss, reason = "few lines")]
        let first = at.y - step * (lines.len() - 1) as f64 / 2.0;
        let class = classes.join(" ");
        let x = number(at.x);
        let _ = write!(self.out, "<text x=\"{x}\" y=\"{}\" class=\"{class}\"{attributes}>", number(first));
        for (index, line) in lines.iter().enumerate() {
            let line = escape(&super::flowchart::unmasked(line));
            let _ = match index {
                0 => write!(self.out, "{line}"),
                _ => write!(self.out, "<tspan x=\"{x}\" dy=\"{}\">{line}</tspan>", number(step)),
            };
        }
        self.out.push_str("</text>");
        if href.is_some() {
            self.out.push_str("</a>");
        }
    }

    /// The head of an arrow, in the colour of its line.
    fn marker(&mut self, marker: MarkerType, at: Point, angle: f64, style: &Style) {
        let scale = style.stroke_width.unwrap_or(1.5).clamp(1.0, 3.0) / 1.5;
        let (sin, cos) = (angle.sin(), angle.cos());
        let place = |x: f64, y: f64| {
            let (x, y) = (x * scale, y * scale);
            format!("{},{}", number(at.x + x * cos - y * sin), number(at.y + x * sin + y * cos))
        };
        let points = |list: &[(f64, f64)]| list.iter().map(|(x, y)| place(*x, *y)).collect::<Vec<_>>().join(" ");
        let stroke = style.stroke.map_or(Ink::Line, colors::ink);
        let (solid, hollow) = match (stroke, style.stroke) {
            (Ink::Own, Some(color)) => {
                let hex = colors::hex(color);
                (format!(" fill=\"{hex}\""), format!(" class=\"f-surface\" stroke=\"{hex}\""))
            }
            (ink, _) => {
                let name = ink.name();
                (format!(" class=\"f-{name}\""), format!(" class=\"f-surface s-{name}\""))
            }
        };
        let _ = match marker {
            MarkerType::Circle => {
                let (x, y) = (number(at.x + 1.0 * cos), number(at.y + 1.0 * sin));
                write!(self.out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"4\"{solid}/>")
            }
            MarkerType::Cross => {
                let (a, b, c, d) = (place(-4.0, -4.0), place(4.0, 4.0), place(-4.0, 4.0), place(4.0, -4.0));
                let line = hollow.replace("f-surface", "f0");
                write!(self.out, "<path d=\"M{a}L{b}M{c}L{d}\"{line}/>")
            }
            MarkerType::Aggregation | MarkerType::Composition => {
                let look = if marker == MarkerType::Composition { solid } else { hollow };
                let list = points(&[(-9.0, 0.0), (-2.0, -5.0), (5.0, 0.0), (-2.0, 5.0)]);
                write!(self.out, "<polygon points=\"{list}\"{look}/>")
            }
            MarkerType::Extension => {
                let list = points(&[(4.0, 0.0), (-7.0, -6.0), (-7.0, 6.0)]);
                write!(self.out, "<polygon points=\"{list}\"{hollow}/>")
            }
            MarkerType::Dependency | MarkerType::ArrowBarb | MarkerType::ArrowOpen => {
                let line = hollow.replace("f-surface", "f0");
                let (a, b, c) = (place(-6.0, -5.0), place(3.0, 0.0), place(-6.0, 5.0));
                write!(self.out, "<path d=\"M{a}L{b}L{c}\"{line}/>")
            }
            _ => {
                let list = points(&[(3.0, 0.0), (-7.0, -4.5), (-5.0, 0.0), (-7.0, 4.5)]);
                write!(self.out, "<polygon points=\"{list}\"{solid}/>")
            }
        };
    }
}

/// A colour as a class, or as an attribute when it is the author's.
fn color_of(color: Color, kind: char, attribute: &str, classes: &mut Vec<String>, attributes: &mut String) {
    let ink = colors::ink(color);
    match ink {
        Ink::Own => {
            let _ = write!(attributes, " {attribute}=\"{}\"", colors::hex(color));
        }
        _ => classes.push(format!("{kind}-{}", ink.name())),
    }
    if color.a < 250 {
        let _ = write!(attributes, " {attribute}-opacity=\"{}\"", number(f64::from(color.a) / 255.0));
    }
}

/// The corners of what some points span.
fn area(points: impl Iterator<Item = Point>) -> Option<[f64; 4]> {
    points.fold(None, |area: Option<[f64; 4]>, p| {
        let [left, top, right, bottom] = area.unwrap_or([p.x, p.y, p.x, p.y]);
        Some([left.min(p.x), top.min(p.y), right.max(p.x), bottom.max(p.y)])
    })
}

fn path(segments: &[PathSegment]) -> String {
    let mut out = String::new();
    let at = |p: &Point| format!("{} {}", number(p.x), number(p.y));
    for segment in segments {
        match segment {
            PathSegment::MoveTo(p) => out.push_str(&format!("M{}", at(p))),
            PathSegment::LineTo(p) => out.push_str(&format!("L{}", at(p))),
            PathSegment::CubicTo { cp1, cp2, to } => out.push_str(&format!("C{} {} {}", at(cp1), at(cp2), at(to))),
            PathSegment::QuadTo { cp, to } => out.push_str(&format!("Q{} {}", at(cp), at(to))),
            PathSegment::ArcTo { rx, ry, rotation, large_arc, sweep, to } => {
                let (large, sweep) = (u8::from(*large_arc), u8::from(*sweep));
                out.push_str(&format!(
                    "A{} {} {} {large} {sweep} {}",
                    number(*rx),
                    number(*ry),
                    number(*rotation),
                    at(to)
                ));
            }
            PathSegment::Close => out.push('Z'),
        }
    }
    out
}

/// A piece of a ring or of a disc.
fn arc(center: Point, inner: f64, outer: f64, start: f64, end: f64) -> String {
    let at = |radius: f64, angle: f64| {
        format!("{} {}", number(center.x + radius * angle.cos()), number(center.y + radius * angle.sin()))
    };
    // A whole turn has no arc: it begins where it ends.
    let end = if end - start >= std::f64::consts::TAU - 0.001 { start + std::f64::consts::TAU - 0.001 } else { end };
    let large = u8::from(end - start > std::f64::consts::PI);
    let (r, i) = (number(outer), number(inner));
    let from = if inner > 0.0 { at(inner, start) } else { at(0.0, 0.0) };
    let back = if inner > 0.0 { format!("L{}A{i} {i} 0 {large} 0 {from}", at(inner, end)) } else { format!("L{from}") };
    format!("M{from}L{}A{r} {r} 0 {large} 1 {}{back}Z", at(outer, start), at(outer, end))
}

/// A number with one decimal, and none that is not one.
fn number(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}
