//! Blocks of MkDocs from their markers: admonitions, details, tabs; and HTML blocks, in which
//! the markers come.

use std::ops::Range;

use super::blocks::Marker;
use super::directives::{Directive, Kind, Title};
use super::text::escape;
use super::writer::{Frame, MAX_DEPTH, Writer};

impl Writer<'_> {
    /// A line of an HTML block.
    pub(super) fn html_line(&mut self, html: &str, range: Range<usize>) {
        match self.source.marker(html) {
            Some(marker) => {
                self.end_html(range.start);
                self.html_block = Some((String::new(), range.end));
                self.panel(marker);
            }
            None => match &mut self.html_block {
                Some((block, _)) => block.push_str(html),
                None => self.author_html(html, range),
            },
        }
    }

    /// The end of an HTML block.
    pub(super) fn end_html(&mut self, end: usize) {
        if let Some((block, start)) = self.html_block.take().filter(|(block, _)| !block.trim().is_empty()) {
            self.author_html(&block, start..end);
        }
    }

    fn panel(&mut self, marker: Marker) {
        self.titling = None;
        match marker {
            Marker::Close => {
                if let Some(frame) = self.frames.pop_if(|frame| frame.is_panel()) {
                    self.close(frame);
                }
            }
            Marker::Next(index) => {
                if matches!(self.frames.last(), Some(Frame::Tabs(..))) {
                    self.close_authored(self.frames.len() - 1);
                }
                if let Some(Frame::Tabs(_, count)) = self.frames.last_mut() {
                    *count += 1;
                    self.out.push_str("</div>\n");
                    self.titling = Some(index);
                }
            }
            Marker::Open(index) => self.open_panel(index),
        }
    }

    fn open_panel(&mut self, index: usize) {
        let source = self.source;
        let directive = &source.directives[index];
        if !matches!(directive.kind, Kind::Inline | Kind::Element) {
            self.close_table();
        }
        if self.frames.len() >= MAX_DEPTH {
            if directive.kind != Kind::Inline {
                self.frames.push(Frame::Panel(""));
            }
            return;
        }
        let class = directive.class_list();
        let annotated = class.split(' ').any(|class| class == "annotate").then_some(self.out.len());
        let default = escape(&directive.default_title());
        match directive.kind {
            Kind::Tab => {
                self.tab_sets += 1;
                self.out.push_str("<div class=\"tabs\" role=\"group\" aria-label=\"Tabs\">\n");
                self.frames.push(Frame::Tabs(self.tab_sets, 1));
                self.titling = Some(index);
            }
            Kind::Admonition => {
                let id = self.own_id(directive);
                self.out.push_str(&format!("<div class=\"admonition {class}\"{id}>"));
                self.frames.push(annotated.map_or(Frame::Panel("</div>\n"), |at| Frame::Annotated(at, "</div>\n")));
                match directive.title {
                    Title::Written(_) => self.titling = Some(index),
                    Title::Default => self.out.push_str(&format!("<p class=\"admonition-title\">{default}</p>\n")),
                    Title::None => {}
                }
            }
            Kind::Details => {
                let open = if directive.open { " open" } else { "" };
                let id = self.own_id(directive);
                self.out.push_str(&format!("<details class=\"{class}\"{id}{open}>"));
                self.frames
                    .push(annotated.map_or(Frame::Panel("</details>\n"), |at| Frame::Annotated(at, "</details>\n")));
                match directive.title {
                    Title::Written(_) => self.titling = Some(index),
                    _ => self.out.push_str(&format!("<summary>{default}</summary>\n")),
                }
            }
            Kind::Quote => {
                self.out.push_str("<blockquote>\n");
                self.frames.push(Frame::Panel("</blockquote>\n"));
            }
            Kind::Annotated => self.frames.push(Frame::Annotated(self.out.len(), "")),
            Kind::Element => {
                if let Some((open, _)) = &directive.element {
                    self.authored(open);
                    self.out.push('\n');
                }
                self.frames.push(Frame::Authored(index));
            }
            Kind::Inline => self.titling = Some(index),
        }
    }

    /// HTML that is written like the author's own, and cleaned like it.
    fn authored(&mut self, html: &str) {
        let start = self.html_block.as_ref().map_or(0, |(_, start)| *start);
        self.author_html(html, start..start);
    }

    /// The id that the author gave a block, where no other has it.
    fn own_id(&mut self, directive: &Directive) -> String {
        match directive.id.as_deref().filter(|id| self.ids.take(id)) {
            Some(id) => format!(" id=\"{}{}\"", self.own(), escape(id)),
            None => String::new(),
        }
    }

    /// The end of an element of the author.
    pub(super) fn end_element(&mut self, index: usize) {
        let source = self.source;
        if let Some((_, close)) = source.directives.get(index).and_then(|directive| directive.element.as_ref()) {
            self.authored(close);
            self.out.push('\n');
        }
    }

    /// The title of a block, which came as a heading.
    pub(super) fn panel_title(&mut self, index: usize, inner: &str, from: usize) {
        let source = self.source;
        let directive = &source.directives[index];
        match directive.kind {
            Kind::Details => self.out.push_str(&format!("<summary>{inner}</summary>\n")),
            Kind::Inline => {
                let Some((open, close)) = &directive.element else { return };
                self.authored(open);
                self.out.push_str(inner);
                self.authored(close);
                self.out.push('\n');
            }
            Kind::Tab => {
                let Some(Frame::Tabs(set, count)) = self.frames.last() else { return };
                let checked = if *count == 1 || directive.open { " checked" } else { "" };
                let id = format!("tabs-{set}-{count}");
                let label = escape(self.text.get(from..).unwrap_or("").trim());
                // Tabs of one name can be chosen together by a script; none is needed to choose one.
                let html = format!(
                    "<input type=\"radio\" name=\"tabs-{set}\" id=\"{id}\" data-tab=\"{label}\"{checked}><label for=\"{id}\">{label}</label>"
                );
                self.blob(html);
                self.out.push_str("<div class=\"tab-panel\">\n");
            }
            _ => self.out.push_str(&format!("<p class=\"admonition-title\">{inner}</p>\n")),
        }
    }
}
