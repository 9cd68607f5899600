//! Colours of the renderer and what they mean. It is given a theme of made-up colours, one for
//! each role, so that what comes out says what it is for; the colours of its own palette, and
//! their mixtures with white, are known as well. All else is the author's.

use rusty_mermaid_core::{Color, Theme};

/// What a colour is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Node,
    Border,
    Text,
    Line,
    Surface,
    Note,
    NoteBorder,
    Group,
    GroupBorder,
    Faint,
    Muted,
    /// A colour of a series, by its number.
    Series(usize),
    /// The same, pale.
    Tint(usize),
    /// The author's.
    Own,
}

const ROLES: &[Ink] = &[
    Ink::Node,
    Ink::Border,
    Ink::Text,
    Ink::Line,
    Ink::Surface,
    Ink::Note,
    Ink::NoteBorder,
    Ink::Group,
    Ink::GroupBorder,
    Ink::Faint,
    Ink::Muted,
];

/// The renderer's palette.
const SERIES: &[(u8, u8, u8)] = &[
    (78, 121, 167),
    (242, 142, 44),
    (225, 87, 89),
    (118, 183, 178),
    (89, 161, 79),
    (237, 201, 73),
    (175, 122, 161),
    (255, 157, 167),
    (156, 117, 95),
    (186, 176, 172),
    (0, 128, 128),
    (255, 127, 80),
    (220, 60, 60),
];

impl Ink {
    /// The end of its class.
    pub(super) fn name(self) -> String {
        match self {
            Self::Node => "node".to_owned(),
            Self::Border => "border".to_owned(),
            Self::Text | Self::Own => "text".to_owned(),
            Self::Line => "line".to_owned(),
            Self::Surface => "surface".to_owned(),
            Self::Note => "note".to_owned(),
            Self::NoteBorder => "note-border".to_owned(),
            Self::Group => "group".to_owned(),
            Self::GroupBorder => "group-border".to_owned(),
            Self::Faint => "faint".to_owned(),
            Self::Muted => "muted".to_owned(),
            Self::Series(index) => format!("c{index}"),
            Self::Tint(index) => format!("t{index}"),
        }
    }
}

/// The colour that stands for a role. Neither light nor dark, so that the renderer chooses no
/// black or white text for it.
fn mark(role: Ink) -> Color {
    let index = ROLES.iter().position(|other| *other == role).unwrap_or(0);
    Color::rgb(201, 190 + u8::try_from(index).unwrap_or(0), 213)
}

/// The colour that stands for a role, as it is written in a style.
pub(super) fn role(role: Ink) -> String {
    hex(mark(role))
}

/// What a colour of the renderer is for.
pub(super) fn ink(color: Color) -> Ink {
    if (color.r, color.b) == (201, 213)
        && let Some(role) = color.g.checked_sub(190).and_then(|index| ROLES.get(usize::from(index)))
    {
        return *role;
    }
    let channels = [color.r, color.g, color.b];
    if channels == [255, 255, 255] {
        return Ink::Surface;
    }
    if channels == [0, 0, 0] {
        return Ink::Text;
    }
    for (index, (r, g, b)) in SERIES.iter().enumerate() {
        if channels == [*r, *g, *b] {
            return Ink::Series(index);
        }
        if is_mixture(channels, [*r, *g, *b]) {
            return Ink::Tint(index);
        }
    }
    // Greys of the renderer's charts.
    if color.r == color.g && color.g == color.b && color.r < 250 {
        return if color.r > 160 { Ink::Faint } else { Ink::Muted };
    }
    Ink::Own
}

/// Whether a colour is another one mixed with white.
fn is_mixture(color: [u8; 3], of: [u8; 3]) -> bool {
    let spread = |rgb: [u8; 3]| rgb.map(|channel| 255.0 - f64::from(channel));
    let (color, of) = (spread(color), spread(of));
    let strongest = if of[0] >= of[1] && of[0] >= of[2] { 0 } else { if of[1] >= of[2] { 1 } else { 2 } };
    let share = color[strongest] / of[strongest].max(1.0);
    (0.03..0.6).contains(&share) && (0..3).all(|at| (color[at] - of[at] * share).abs() <= 1.6)
}

/// Whether white text reads better on a colour than black.
pub(super) fn is_dark(color: Color) -> bool {
    color.luminance() < 0.18
}

/// A colour as it is written in an attribute.
pub(super) fn hex(color: Color) -> String {
    format!("#{:02x}{:02x}{:02x}", color.r, color.g, color.b)
}

/// Names of colours that people write, beyond those of the renderer.
const NAMES: &[(&str, u32)] = &[
    ("aliceblue", 0xf0f8ff),
    ("antiquewhite", 0xfaebd7),
    ("aquamarine", 0x7fffd4),
    ("azure", 0xf0ffff),
    ("beige", 0xf5f5dc),
    ("bisque", 0xffe4c4),
    ("brown", 0xa52a2a),
    ("cornsilk", 0xfff8dc),
    ("coral", 0xff7f50),
    ("cornflowerblue", 0x6495ed),
    ("crimson", 0xdc143c),
    ("darkblue", 0x00008b),
    ("darkgreen", 0x006400),
    ("darkorange", 0xff8c00),
    ("darkred", 0x8b0000),
    ("deepskyblue", 0x00bfff),
    ("dodgerblue", 0x1e90ff),
    ("firebrick", 0xb22222),
    ("forestgreen", 0x228b22),
    ("fuchsia", 0xff00ff),
    ("gainsboro", 0xdcdcdc),
    ("ghostwhite", 0xf8f8ff),
    ("gold", 0xffd700),
    ("goldenrod", 0xdaa520),
    ("greenyellow", 0xadff2f),
    ("honeydew", 0xf0fff0),
    ("hotpink", 0xff69b4),
    ("indianred", 0xcd5c5c),
    ("indigo", 0x4b0082),
    ("ivory", 0xfffff0),
    ("khaki", 0xf0e68c),
    ("lavender", 0xe6e6fa),
    ("lavenderblush", 0xfff0f5),
    ("lemonchiffon", 0xfffacd),
    ("lightblue", 0xadd8e6),
    ("lightcoral", 0xf08080),
    ("lightcyan", 0xe0ffff),
    ("lightgreen", 0x90ee90),
    ("lightpink", 0xffb6c1),
    ("lightsalmon", 0xffa07a),
    ("lightskyblue", 0x87cefa),
    ("lightsteelblue", 0xb0c4de),
    ("lightyellow", 0xffffe0),
    ("lightgoldenrodyellow", 0xfafad2),
    ("limegreen", 0x32cd32),
    ("linen", 0xfaf0e6),
    ("mediumpurple", 0x9370db),
    ("mintcream", 0xf5fffa),
    ("mistyrose", 0xffe4e1),
    ("moccasin", 0xffe4b5),
    ("oldlace", 0xfdf5e6),
    ("orangered", 0xff4500),
    ("orchid", 0xda70d6),
    ("palegreen", 0x98fb98),
    ("paleturquoise", 0xafeeee),
    ("peachpuff", 0xffdab9),
    ("plum", 0xdda0dd),
    ("powderblue", 0xb0e0e6),
    ("royalblue", 0x4169e1),
    ("salmon", 0xfa8072),
    ("seagreen", 0x2e8b57),
    ("skyblue", 0x87ceeb),
    ("slategray", 0x708090),
    ("snow", 0xfffafa),
    ("springgreen", 0x00ff7f),
    ("steelblue", 0x4682b4),
    ("tan", 0xd2b48c),
    ("thistle", 0xd8bfd8),
    ("tomato", 0xff6347),
    ("turquoise", 0x40e0d0),
    ("violet", 0xee82ee),
    ("wheat", 0xf5deb3),
    ("whitesmoke", 0xf5f5f5),
    ("yellowgreen", 0x9acd32),
];

/// A colour as an author writes it: a name, `#rgb`, `rgb(…)` or `rgba(…)`.
pub(super) fn css(text: &str) -> Option<Color> {
    let text = text.trim().trim_matches('"').to_ascii_lowercase();
    if !text.is_ascii() {
        return None;
    }
    if let Some(inner) = text.strip_prefix("rgba(").or_else(|| text.strip_prefix("rgb(")) {
        let mut parts = inner.trim_end_matches(')').split([',', ' ', '/']).filter(|part| !part.is_empty());
        let mut channel = || parts.next()?.trim_end_matches('%').parse::<f64>().ok();
        let (r, g, b) = (channel()?, channel()?, channel()?);
        let a = channel().map_or(255.0, |a| a * 255.0);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a byte")]
        let byte = |value: f64| value.clamp(0.0, 255.0) as u8;
        let mut color = Color::rgb(byte(r), byte(g), byte(b));
        color.a = byte(a);
        return Some(color);
    }
    let named = NAMES.iter().find(|(name, _)| *name == text).map(|(_, value)| format!("#{value:06x}"));
    Color::from_css(named.as_deref().unwrap_or(&text))
}

/// The theme of made-up colours.
pub(super) fn theme() -> Theme {
    let mut theme = Theme::light();
    theme.node_fill = mark(Ink::Node);
    theme.node_stroke = mark(Ink::Border);
    theme.node_text = mark(Ink::Text);
    theme.edge_stroke = mark(Ink::Line);
    theme.edge_label_text = mark(Ink::Text);
    theme.edge_label_bg = mark(Ink::Surface);
    theme.start_fill = mark(Ink::Line);
    theme.end_inner_fill = mark(Ink::Line);
    theme.composite_fill = mark(Ink::Group);
    theme.composite_stroke = mark(Ink::GroupBorder);
    theme.composite_label = mark(Ink::Text);
    theme.note_fill = mark(Ink::Note);
    theme.note_stroke = mark(Ink::NoteBorder);
    theme.note_text = mark(Ink::Text);
    theme.subgraph_fill = mark(Ink::Group);
    theme.subgraph_stroke = mark(Ink::GroupBorder);
    theme.subgraph_label = mark(Ink::Text);
    theme.divider_stroke = mark(Ink::Muted);
    theme.region_stroke = mark(Ink::Muted);
    theme.lifeline_stroke = mark(Ink::Muted);
    theme.activation_fill = mark(Ink::Node);
    theme.activation_stroke = mark(Ink::Border);
    theme.grid_stroke = mark(Ink::Faint);
    theme.muted_text = mark(Ink::Muted);
    theme.face_fill = mark(Ink::Note);
    theme.detail_stroke = mark(Ink::Muted);
    theme.background = mark(Ink::Surface);
    theme
}
