//! What is kept of `style`, which the pages' Content-Security-Policy does not allow: alignment
//! as classes, sizes as attributes. The rest could cover the page and is left out.

use super::tags::Tag;
use crate::markdown::text::escape;

/// The classes of an element, and what its style says as attributes.
#[derive(Debug, Default)]
pub(super) struct Styled {
    classes: String,
    attributes: Vec<(&'static str, String)>,
}

/// Elements that have a width.
const SIZED: &[&str] = &["img", "video", "table", "td", "th", "col"];
const TALL: &[&str] = &["img", "video"];

impl Styled {
    /// Reads `class` and `style` of a tag that becomes an element of this name.
    pub(super) fn of(tag: &Tag<'_>, name: &str) -> Self {
        let mut styled = Self { classes: tag.get("class").unwrap_or("").to_owned(), ..Self::default() };
        if tag.name == "center" {
            styled.class("is-center");
        }
        for declaration in tag.get("style").unwrap_or("").split(';').take(20) {
            let Some((property, value)) = declaration.split_once(':') else { continue };
            let value = value.trim().trim_end_matches("!important").trim().to_ascii_lowercase();
            match (property.trim().to_ascii_lowercase().as_str(), value.as_str()) {
                ("text-align", "center") => styled.class("is-center"),
                ("text-align", "right" | "end") => styled.class("is-right"),
                ("text-align", "left" | "start") => styled.class("is-left"),
                ("float", "left") => styled.class("float-left"),
                ("float", "right") => styled.class("float-right"),
                ("width" | "max-width", value) if SIZED.contains(&name) => styled.size("width", value),
                ("height", value) if TALL.contains(&name) => styled.size("height", value),
                _ => {}
            }
        }
        styled
    }

    fn class(&mut self, class: &str) {
        if !self.classes.is_empty() {
            self.classes.push(' ');
        }
        self.classes.push_str(class);
    }

    fn size(&mut self, name: &'static str, value: &str) {
        if let Some(value) = size(value)
            && !self.replaces(name)
        {
            self.attributes.push((name, value.to_owned()));
        }
    }

    /// Whether the style says what this attribute does.
    pub(super) fn replaces(&self, name: &str) -> bool {
        self.attributes.iter().any(|(known, _)| *known == name)
    }

    /// The attribute `class`, if there is one, with a space before it.
    pub(super) fn classes(&self) -> String {
        if self.classes.trim().is_empty() {
            return String::new();
        }
        // Entities stay as they are: the cleaner reads them.
        let classes = self.classes.replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;");
        format!(" class=\"{classes}\"")
    }

    /// The sizes as attributes, with a space before each.
    pub(super) fn sizes(&self) -> String {
        let mut out = String::new();
        for (name, value) in &self.attributes {
            out.push_str(&format!(" {name}=\"{}\"", escape(value)));
        }
        out
    }
}

/// A size in pixels or percent, as HTML has it.
pub(super) fn size(value: &str) -> Option<&str> {
    let value = value.trim();
    let value = value.strip_suffix("px").unwrap_or(value);
    let digits = value.strip_suffix('%').unwrap_or(value);
    let is_number = |byte: u8| byte.is_ascii_digit() || byte == b'.';
    let fits = digits.starts_with(|c: char| c.is_ascii_digit()) && digits.len() <= 6;
    (fits && digits.bytes().all(is_number)).then_some(value)
}
