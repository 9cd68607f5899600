//! Blocks of MkDocs from their markers: admonitions, details, tabs; and HTML blocks, in which
//! the markers come.

use std::ops::Range;

use super::blocks::Marker;
use super::directives::{Kind, Title};
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
                if let Some(frame) = self.frames.pop_if(|frame| matches!(frame, Frame::Panel(_) | Frame::Tabs(..))) {
                    self.close(frame);
                }
            }
            Marker::Next(index) => {
                if let Some(Frame::Tabs(_, count)) = self.frames.last_mut() {
                    *count += 1;
                    self.out.push_str("</div>\n");
                    self.titling = Some(index);
                } else {
                    self.open_panel(index);
                }
            }
            Marker::Open(index) => self.open_panel(index),
        }
    }

    fn open_panel(&mut self, index: usize) {
        if self.frames.len() >= MAX_DEPTH {
            self.frames.push(Frame::Panel(""));
            return;
        }
        let directive = &self.source.directives[index];
        let class = directive.class_list();
        let default = escape(&directive.default_title());
        match (directive.kind, &directive.title) {
            (Kind::Tab, _) => {
                self.tab_sets += 1;
                self.out.push_str("<div class=\"tabs\" role=\"group\" aria-label=\"Tabs\">\n");
                self.frames.push(Frame::Tabs(self.tab_sets, 1));
                self.titling = Some(index);
            }
            (Kind::Admonition, title) => {
                self.out.push_str(&format!("<div class=\"admonition {class}\">"));
                self.frames.push(Frame::Panel("</div>\n"));
                match title {
                    Title::Written(_) => self.titling = Some(index),
                    Title::Default => self.out.push_str(&format!("<p class=\"admonition-title\">{default}</p>\n")),
                    Title::None => {}
                }
            }
            (Kind::Details, title) => {
                let open = if directive.open { " open" } else { "" };
                self.out.push_str(&format!("<details class=\"{class}\"{open}>"));
                self.frames.push(Frame::Panel("</details>\n"));
                match title {
                    Title::Written(_) => self.titling = Some(index),
                    _ => self.out.push_str(&format!("<summary>{default}</summary>\n")),
                }
            }
        }
    }

    /// The title of a block, which came as a heading.
    pub(super) fn panel_title(&mut self, index: usize, inner: &str, from: usize) {
        let directive = &self.source.directives[index];
        match directive.kind {
            Kind::Admonition => self.out.push_str(&format!("<p class=\"admonition-title\">{inner}</p>\n")),
            Kind::Details => self.out.push_str(&format!("<summary>{inner}</summary>\n")),
            Kind::Tab => {
                let Some(Frame::Tabs(set, count)) = self.frames.last() else { return };
                let checked = if *count == 1 || directive.open { " checked" } else { "" };
                let id = format!("tabs-{set}-{count}");
                let label = escape(self.text.get(from..).unwrap_or("").trim());
                let html = format!(
                    "<input type=\"radio\" name=\"tabs-{set}\" id=\"{id}\"{checked}><label for=\"{id}\">{label}</label>"
                );
                self.blob(html);
                self.out.push_str("<div class=\"tab-panel\">\n");
            }
        }
    }
}
