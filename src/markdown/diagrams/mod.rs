//! Diagrams in pages, drawn at build time without a browser: the text of a fence in, SVG that
//! stands in the page out, or why there is none. Mermaid, Graphviz, and a little of PlantUML
//! (`docs/diagrams.md` says what, and how the renderer was chosen).
//!
//! The renderer is foreign code on foreign text. It is kept small by limits on what it is given
//! rather than by a clock: a clock would make the output depend on the machine. A panic in it
//! ends at this module's door.

mod boxes;
mod class;
mod colors;
mod dot;
mod draw;
mod er;
mod figure;
mod flowchart;
mod forms;
mod labels;
mod mermaid;
mod plantuml;
mod sequence;
mod sequence_draw;
mod state;

#[cfg(test)]
mod tests;

use crate::base::{Hash, Memo};

/// Part of the key of what is remembered; raised when the result changes.
const VERSION: &[u8] = b"diagrams/2 rusty-mermaid/0.2.0";

/// Longest source that is drawn, in bytes.
pub(super) const MAX_SOURCE: usize = 24 * 1024;
/// Longest drawing, in bytes.
pub(super) const MAX_OUTPUT: usize = 200 * 1024;
/// Most diagrams of one page that are drawn.
pub(super) const MAX_DIAGRAMS: usize = 100;

/// A language of diagrams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    Mermaid,
    PlantUml,
    Graphviz,
}

impl Language {
    /// The language of a fence, when it is one of diagrams.
    pub(super) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "mermaid" => Self::Mermaid,
            "plantuml" | "puml" | "uml" => Self::PlantUml,
            "dot" | "graphviz" | "gv" => Self::Graphviz,
            _ => return None,
        })
    }

    /// Why one could not be drawn. Of PlantUML little is understood: what is not is no mistake
    /// of the author's.
    fn undrawn(self, why: String) -> Why {
        if self == Self::PlantUml { Why::Language } else { Why::Failed(why) }
    }

    /// Its name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Mermaid => "Mermaid",
            Self::PlantUml => "PlantUML",
            Self::Graphviz => "Graphviz",
        }
    }
}

/// Why a diagram is shown as source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Why {
    /// It is in a language, or a part of one, that is not drawn here.
    Language,
    /// This one could not be drawn, in words.
    Failed(String),
}

/// Draws a diagram: an SVG element.
pub(super) fn render(language: Language, source: &str, memo: &dyn Memo) -> Result<String, Why> {
    let key = Hash::of_parts([VERSION, language.name().as_bytes(), source.as_bytes()]);
    if let Some(known) = memo.get(&key).and_then(|bytes| String::from_utf8(bytes.to_vec()).ok()) {
        return if known.starts_with("<svg") { Ok(known) } else { Err(language.undrawn(known)) };
    }
    let drawn = match language {
        Language::Mermaid => mermaid::draw(source),
        Language::Graphviz => mermaid::draw_dot(source),
        Language::PlantUml => mermaid::draw_plantuml(source),
    };
    memo.put(key, drawn.as_ref().unwrap_or_else(|why| why).as_bytes());
    drawn.map_err(|why| language.undrawn(why))
}

/// What is wrong, with the line that it is in.
fn at_line(number: usize, why: &str) -> String {
    if why.starts_with("line ") { why.to_owned() } else { format!("line {number}: {why}") }
}

/// The start of a text, for a message.
fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(40).collect::<String>().trim().to_owned()
}
