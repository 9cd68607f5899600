//! What each block and span of Markdown becomes.

use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, HeadingLevel, LinkType, OffsetIter, Tag, TagEnd};

use super::fences::Info;
use super::highlight::is_known_language;
use super::text::escape;
use super::writer::{Frame, Image, MAX_DEPTH, Writer};
use super::{Heading, LinkKind, ProblemKind};

impl Writer<'_> {
    /// Something begins.
    pub(super) fn start(&mut self, tag: Tag<'_>, range: Range<usize>, events: &OffsetIter<'_>) {
        self.before_block(&tag);
        if matches!(tag, Tag::HtmlBlock) {
            self.html_block = Some((String::new(), range.start));
            return;
        }
        // The title of a block may be what a cell of the author holds.
        let is_block = !matches!(
            tag,
            Tag::HtmlBlock
                | Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Superscript
                | Tag::Subscript
                | Tag::Link { .. }
                | Tag::Image { .. }
        );
        if is_block && self.titling.is_none() {
            self.close_table();
        }
        if self.frames.len() >= MAX_DEPTH && !matches!(tag, Tag::CodeBlock(_) | Tag::FootnoteDefinition(_)) {
            self.problem(self.source.span(range), ProblemKind::TooDeep);
            self.frames.push(Frame::Element(""));
            if let Tag::Link { .. } = tag {
                self.open_links.push((usize::MAX, 0));
            }
            return;
        }
        match tag {
            Tag::Paragraph => {
                self.out.push_str("<p>");
                self.frames.push(Frame::Paragraph(self.text.len()));
            }
            Tag::Heading { level, .. } => {
                let before = std::mem::take(&mut self.out);
                self.frames.push(Frame::Heading(number(level), before, self.text.len(), range));
            }
            Tag::BlockQuote(_) => self.open("<blockquote>\n", "</blockquote>\n"),
            Tag::CodeBlock(kind) => {
                let mut code = String::new();
                let info = match kind {
                    CodeBlockKind::Fenced(info) => {
                        let mut info = Info::parse(&info);
                        if let Some(first) = info.stray.take() {
                            code = first + "\n";
                        }
                        let language = match code.split(' ').next() {
                            Some(word) if info.language.is_empty() => word.trim_end(),
                            _ => &info.language,
                        };
                        if !is_known_language(language) {
                            let line = self.source.text[range.clone()].lines().next().unwrap_or("");
                            let end = range.start + line.len();
                            // The word itself; where it is written in another way, the line.
                            let word = line
                                .to_ascii_lowercase()
                                .find(&language.to_ascii_lowercase())
                                .map(|at| range.start + at);
                            let place = word.map_or(range.start..end, |at| at..at + language.len());
                            self.unknown_languages.push((language.to_owned(), self.source.span(place)));
                        }
                        info
                    }
                    CodeBlockKind::Indented => Info::default(),
                };
                self.code = Some((info, code));
                self.frames.push(Frame::Element("\n"));
            }
            Tag::List(None) => self.open("<ul>\n", "</ul>\n"),
            Tag::List(Some(_)) if self.takes_notes() => self.open_notes(),
            Tag::List(Some(1)) => self.open("<ol>\n", "</ol>\n"),
            Tag::List(Some(first)) => {
                self.out.push_str(&format!("<ol start=\"{first}\">\n"));
                self.frames.push(Frame::Element("</ol>\n"));
            }
            Tag::Item => {
                self.frames.push(Frame::Item(self.out.len()));
                self.open_item();
            }
            Tag::FootnoteDefinition(_) if self.footnotes.is_full() => {
                // It stays where it stands.
                self.too_many_notes(range);
                self.frames.push(Frame::Element(""));
            }
            Tag::FootnoteDefinition(label) => {
                let before = std::mem::take(&mut self.out);
                self.frames.push(Frame::Footnote(label.to_string(), before));
            }
            Tag::DefinitionList => self.open("<dl>\n", "</dl>\n"),
            Tag::DefinitionListTitle => self.open("<dt>", "</dt>\n"),
            Tag::DefinitionListDefinition => self.open("<dd>", "</dd>\n"),
            Tag::Table(columns) => {
                let columns = columns.iter().map(|column| match column {
                    Alignment::Right => " class=\"is-right\"",
                    Alignment::Center => " class=\"is-center\"",
                    Alignment::None | Alignment::Left => "",
                });
                self.out.push_str(
                    "<div class=\"table-scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table>\n",
                );
                self.frames.push(Frame::Table(columns.collect(), 0, false));
            }
            Tag::TableHead => self.row("<thead><tr>", "</tr></thead>\n", false),
            Tag::TableRow => self.row("<tr>", "</tr>\n", true),
            Tag::TableCell => self.cell(),
            Tag::Emphasis => self.open("<em>", "</em>"),
            Tag::Strong => self.open("<strong>", "</strong>"),
            Tag::Strikethrough => self.open("<del>", "</del>"),
            Tag::Superscript => self.open("<sup>", "</sup>"),
            Tag::Subscript => self.open("<sub>", "</sub>"),
            Tag::Link { link_type: LinkType::Autolink, dest_url, .. } if dest_url.starts_with("entity:") => {
                let span = self.source.span(range.start + 1..(range.end - 1).max(range.start + 1));
                self.open_links.push((usize::MAX, self.text.len()));
                self.frames.push(Frame::Reference(self.out.len(), dest_url.to_string(), span));
            }
            Tag::Link { link_type, dest_url, title, id } => {
                let target =
                    if link_type == LinkType::Email { format!("mailto:{dest_url}") } else { dest_url.to_string() };
                let place = self.target_place(link_type, &dest_url, &id, range, events);
                let link = self.link(LinkKind::Page, target, self.source.span(place));
                self.out.push_str(&format!("<a href=\"{}\"{}>", self.slot(link), titled(&title)));
                self.open_links.push((link, self.text.len()));
                self.frames.push(Frame::Element("</a>"));
            }
            Tag::Image { link_type, dest_url, title, id } => {
                let place = self.target_place(link_type, &dest_url, &id, range, events);
                let link = self.link(LinkKind::Image, dest_url.to_string(), self.source.span(place));
                self.image =
                    Some(Image { link, title: titled(&title), alt: String::new(), depth: 0, attributes: None });
            }
            Tag::HtmlBlock | Tag::MetadataBlock(_) => self.frames.push(Frame::Element("")),
        }
    }

    /// Something ends.
    pub(super) fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::HtmlBlock => return self.end_html(range.end),
            TagEnd::Image | TagEnd::Link if self.image.is_some() => return self.end_image(),
            TagEnd::Link => {
                if let Some((link, from)) = self.open_links.pop() {
                    let text = self.text.get(from..).unwrap_or("").trim().to_owned();
                    if let Some(link) = self.links.get_mut(link) {
                        link.text = text;
                    }
                }
            }
            TagEnd::CodeBlock => {
                if let Some((info, code)) = self.code.take() {
                    self.text.push_str(&code);
                    match info.language.as_str() {
                        "math" | "latex-math" => {
                            let html = self.formula_block(&code, &range);
                            self.blob(html);
                        }
                        language => match self.diagram(language, &code, &range) {
                            Some(html) => {
                                self.blob(html);
                            }
                            None => self.code_block(info, &code),
                        },
                    }
                }
            }
            _ => {}
        }
        // Blocks of MkDocs that were left open inside of it end with it.
        while let Some(frame) = self.frames.pop() {
            let panel = frame.is_panel();
            self.close(frame);
            if !panel {
                break;
            }
        }
        if !matches!(tag, TagEnd::Link | TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) {
            self.end_line();
        }
    }

    /// Ends everything that is open.
    pub(super) fn close_all(&mut self) {
        while let Some(frame) = self.frames.pop() {
            self.close(frame);
        }
    }

    pub(super) fn close(&mut self, frame: Frame) {
        self.close_authored(self.frames.len());
        match frame {
            Frame::Element(close) | Frame::Panel(close) => self.out.push_str(close),
            Frame::Tabs(..) => self.out.push_str("</div></div>\n"),
            Frame::Authored(index) => self.end_element(index),
            Frame::Annotated(from, close) => {
                self.out.push_str(close);
                self.annotated_text(from);
            }
            Frame::Notes(notes) => self.end_notes(&notes),
            Frame::Item(_) => self.out.push_str("</li>\n"),
            Frame::Reference(from, target, span) => {
                // What stands in it is its target again.
                self.out.truncate(from);
                self.open_reference(target.clone(), None, target, span);
            }
            Frame::Paragraph(_) if self.out.ends_with("<p>") => self.out.truncate(self.out.len() - "<p>".len()),
            Frame::Paragraph(from) => {
                self.out.push_str("</p>\n");
                let is_outer = !self.frames.iter().any(|frame| matches!(frame, Frame::Item(_) | Frame::Footnote(..)));
                let text = self.text.get(from..).unwrap_or("").trim();
                if self.lead.is_none() && is_outer && !text.is_empty() {
                    self.lead = Some(text.to_owned());
                }
            }
            Frame::Heading(level, before, from, range) => self.end_heading(level, before, from, range),
            Frame::Footnote(label, before) => {
                let html = std::mem::replace(&mut self.out, before);
                self.footnotes.define(label, html);
            }
            Frame::Table(_, _, body) => {
                self.out.push_str(if body { "</tbody></table></div>\n" } else { "</table></div>\n" });
            }
        }
        self.close_pending();
    }

    fn open(&mut self, open: &str, close: &'static str) {
        self.out.push_str(open);
        self.frames.push(Frame::Element(close));
    }

    fn end_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn row(&mut self, open: &str, close: &'static str, is_body: bool) {
        if let Some(Frame::Table(_, cell, body)) = self.frames.last_mut() {
            *cell = 0;
            if is_body && !*body {
                *body = true;
                self.out.push_str("<tbody>\n");
            }
        }
        self.open(open, close);
    }

    fn cell(&mut self) {
        let is_head = matches!(self.frames.last(), Some(Frame::Element("</tr></thead>\n")));
        let mut class = "";
        if let Some(Frame::Table(columns, cell, _)) =
            self.frames.iter_mut().rev().find(|frame| matches!(frame, Frame::Table(..)))
        {
            class = columns.get(*cell).copied().unwrap_or("");
            *cell += 1;
        }
        let (name, close) = if is_head { ("th", "</th>") } else { ("td", "</td>") };
        self.out.push_str(&format!("<{name}{class}>"));
        self.frames.push(Frame::Element(close));
    }

    /// The box at the start of an item of a task list.
    pub(super) fn task(&mut self, done: bool) {
        let item =
            self.frames.iter().rev().find_map(|frame| if let Frame::Item(at) = frame { Some(*at) } else { None });
        if let Some(at) = item {
            if self.out[at..].starts_with("<li>") {
                self.out.insert_str(at + "<li".len(), " class=\"task\"");
            } else if self.out[at..].starts_with("<li class=\"") {
                self.out.insert_str(at + "<li class=\"".len(), "task ");
            }
        }
        let (checked, label) = if done { (" checked", "done") } else { ("", "open") };
        self.blob(format!("<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"> "));
    }

    fn end_heading(&mut self, level: u8, before: String, from: usize, range: Range<usize>) {
        let inner = std::mem::replace(&mut self.out, before);
        if let Some(panel) = self.titling.take() {
            self.heading_attributes = None;
            return self.panel_title(panel, &inner, from);
        }
        let text = self.text.get(from..).unwrap_or("").trim().to_owned();
        let given = self.heading_attributes.take().unwrap_or_default();
        let level = level.saturating_add(self.extensions.moved).min(6);
        let shown = (level + self.options.heading_base).min(6);
        if !self.options.anchors {
            self.out.push_str(&format!("<h{shown}>{inner}</h{shown}>\n"));
            return;
        }
        let id = self.ids.heading(&text, given.id.as_deref());
        let (own, safe, named) = (self.own(), escape(&id), escape(&text));
        let class = match given.classes.as_slice() {
            [] => String::new(),
            classes => format!(" class=\"{}\"", escape(&classes.join(" "))),
        };
        let more = given.written(&format!("h{shown}"));
        self.out.push_str(&format!(
            "<h{shown} id=\"{own}{safe}\"{class}{more}>{inner}<a class=\"anchor\" href=\"{own}#{safe}\" aria-label=\"Link to section {named}\"></a></h{shown}>\n"
        ));
        let in_text = (from, self.text.len());
        self.outline.push(Heading { level, id, text, in_text, span: self.source.span(range) });
    }

    pub(super) fn end_image(&mut self) {
        if let Some(image) = self.image.as_mut().filter(|image| image.depth > 0) {
            image.depth -= 1;
            return;
        }
        let Some(image) = self.image.take() else { return };
        let mut given = image.attributes.map(|given| *given).unwrap_or_default();
        // Images for one colour scheme say so in a fragment that is part of no file's name.
        let target = &mut self.links[image.link].target;
        if let Some((file, scheme)) =
            target.rsplit_once('#').and_then(|(file, fragment)| Some((file, scheme(fragment)?)))
        {
            *target = file.to_owned();
            given.classes.push(scheme.to_owned());
        }
        let (slot, alt, title) = (self.slot(image.link), escape(&image.alt), image.title);
        let title = if given.get("title").is_some() { String::new() } else { title };
        let loading = if given.get("loading").is_some() { "" } else { " loading=\"lazy\"" };
        let class = match given.classes.as_slice() {
            [] => String::new(),
            classes => format!(" class=\"{}\"", escape(&classes.join(" "))),
        };
        let more = self.attribute_text(&given, "img");
        self.out.push_str(&format!("<img src=\"{slot}\" alt=\"{alt}\"{title}{loading}{class}{more}>"));
        self.links[image.link].text = image.alt;
    }

    /// Where the target of a link is written: inside of it, or in the definition that it names.
    fn target_place(
        &self,
        kind: LinkType,
        target: &str,
        label: &str,
        range: Range<usize>,
        events: &OffsetIter<'_>,
    ) -> Range<usize> {
        let inline = matches!(kind, LinkType::Inline | LinkType::Autolink | LinkType::Email);
        let range = if inline {
            range
        } else {
            events.reference_definitions().get(label).map_or(range, |found| found.span.clone())
        };
        let whole = self.source.text.get(range.clone()).unwrap_or("");
        let from = match kind {
            LinkType::Inline => whole.rfind("](").map_or(0, |at| at + 2),
            LinkType::Autolink | LinkType::Email => 0,
            _ => whole.find("]:").map_or(0, |at| at + 2),
        };
        match whole[from..].find(target).filter(|_| !target.is_empty()) {
            Some(at) => range.start + from + at..range.start + from + at + target.len(),
            None => range,
        }
    }
}

/// The class for the fragment of an image that is shown in one colour scheme.
fn scheme(fragment: &str) -> Option<&'static str> {
    match fragment {
        "only-light" | "gh-light-mode-only" => Some("only-light"),
        "only-dark" | "gh-dark-mode-only" => Some("only-dark"),
        _ => None,
    }
}

fn titled(title: &str) -> String {
    if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape(title)) }
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
