//! The element that a diagram becomes in its page: the drawing with its source below, or the
//! source with a note on why there is no drawing.

use std::ops::Range;

use super::super::text::escape;
use super::super::writer::Writer;
use super::super::{Undrawn, UndrawnKind, highlight};
use super::{Language, MAX_DIAGRAMS, Why, render};

impl Writer<'_> {
    /// The element for a fence in a language of diagrams; `None` for other languages.
    pub(in crate::markdown) fn diagram(&mut self, name: &str, code: &str, range: &Range<usize>) -> Option<String> {
        let is_start = code.trim_start().starts_with("@startuml");
        let language = Language::of(name).or_else(|| is_start.then_some(Language::PlantUml))?;
        let drawn = if self.diagrams.total() < MAX_DIAGRAMS {
            render(language, code, self.memo)
        } else {
            Err(Why::Failed(format!("the page has more than {MAX_DIAGRAMS} diagrams")))
        };
        let title = language.name();
        let class = name_class(language);
        Some(match drawn {
            Ok(svg) => {
                self.diagrams.drawn += 1;
                let code = escape(code);
                format!(
                    "<figure class=\"diagram is-drawn\"><div class=\"diagram-view\" tabindex=\"0\" role=\"group\" aria-label=\"Diagram\">{svg}</div><details class=\"diagram-source\"><summary>Source of the diagram</summary><pre class=\"hl\" tabindex=\"0\"><code class=\"language-{class}\">{code}</code></pre></details></figure>\n"
                )
            }
            Err(why) => {
                let (kind, note, message) = match why {
                    Why::Language => (
                        UndrawnKind::Language,
                        format!("{title} diagram, shown as source."),
                        format!("a {title} diagram is shown as source"),
                    ),
                    Why::Failed(why) => (
                        UndrawnKind::Diagram,
                        format!("This diagram could not be drawn: {why}."),
                        format!("the diagram could not be drawn: {why}"),
                    ),
                };
                self.diagrams.shown += 1;
                let first =
                    self.source.text.get(range.clone()).and_then(|text| text.lines().next()).map_or(0, str::len);
                let span = self.source.span(range.start..range.start + first);
                self.undrawn.push(Undrawn { span, kind, message });
                let code = highlight(code, class, self.memo);
                let tone = if kind == UndrawnKind::Language { "" } else { " is-failed" };
                format!(
                    "<figure class=\"diagram{tone}\"><figcaption>{}</figcaption><pre class=\"hl\" tabindex=\"0\"><code class=\"language-{class}\">{code}</code></pre></figure>\n",
                    escape(&note)
                )
            }
        })
    }
}

fn name_class(language: Language) -> &'static str {
    match language {
        Language::Mermaid => "mermaid",
        Language::PlantUml => "plantuml",
        Language::Graphviz => "dot",
    }
}
