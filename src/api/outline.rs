//! A reference as plain text, one line for each thing in it: for a terminal, and for tests of what a
//! definition says. Leaves nothing out but anchors and places, and decides nothing.

use std::fmt::Write as _;

use super::model::{
    Body, Example, Extra, Fact, Field, Group, Operation, Part, Reference, Requirement, Schema, Server, Shape, Side,
};

/// Values longer than this are cut.
const MAX_TEXT: usize = 200;

/// All of a reference.
pub fn outline(reference: &Reference) -> String {
    let mut out = Outline { text: String::new(), depth: 0, schemas: &reference.schemas };
    out.words("summary", reference.summary.as_deref());
    out.words("description", reference.description.as_deref());
    out.facts(&reference.facts);
    reference.servers.iter().for_each(|server| out.server(server));
    for scheme in &reference.schemes {
        out.line(&format!("scheme {}: {}{}", scheme.name, scheme.kind, mark(scheme.deprecated, "deprecated")));
        out.inner(|out| {
            out.words("description", scheme.description.as_deref());
            out.facts(&scheme.facts);
            for (name, words) in &scheme.scopes {
                out.line(&format!("scope {name}: {words}"));
            }
            out.extras(&scheme.extras);
        });
    }
    out.security(&reference.security);
    out.extras(&reference.extras);
    for (number, group) in reference.groups.iter().enumerate() {
        out.group(group, reference);
        let operations = reference.operations.iter().filter(|operation| operation.group == number);
        out.inner(|out| operations.for_each(|operation| out.operation(operation)));
    }
    out.schemas();
    out.text
}

/// The schemas of a reference alone.
pub fn outline_schemas(schemas: &[Schema]) -> String {
    let mut out = Outline { text: String::new(), depth: 0, schemas };
    out.schemas();
    out.text
}

struct Outline<'a> {
    text: String,
    depth: usize,
    schemas: &'a [Schema],
}

impl Outline<'_> {
    fn line(&mut self, text: &str) {
        // Descriptions have lines of their own, which are not those of the outline.
        let text = text.replace('\n', "⏎");
        let cut = text.char_indices().nth(MAX_TEXT).map_or(text.len(), |(at, _)| at);
        let more = if cut < text.len() { "…" } else { "" };
        let _ = writeln!(self.text, "{}{}{more}", "  ".repeat(self.depth), text[..cut].trim_end());
    }

    fn inner(&mut self, write: impl FnOnce(&mut Self)) {
        self.depth += 1;
        write(self);
        self.depth -= 1;
    }

    fn words(&mut self, label: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.line(&format!("{label}: {}", text.trim_end()));
        }
    }

    fn facts(&mut self, facts: &[Fact]) {
        for Fact { label, text, href, code } in facts {
            let quote = if *code { "`" } else { "" };
            let leads = href.as_ref().map_or_else(String::new, |href| format!(" <{href}>"));
            self.line(&format!("fact {label}: {quote}{text}{quote}{leads}"));
        }
    }

    fn extras(&mut self, extras: &[Extra]) {
        for Extra { name, value } in extras {
            self.line(&format!("extra {name}: {value}"));
        }
    }

    fn server(&mut self, server: &Server) {
        let name = server.name.as_ref().map_or_else(String::new, |name| format!(" {name}"));
        self.line(&format!("server{name}: {}", server.url));
        self.inner(|out| {
            out.words("description", server.description.as_deref());
            out.fields(&server.variables);
            out.facts(&server.facts);
            out.security(&server.security);
            out.extras(&server.extras);
        });
    }

    fn security(&mut self, security: &[Requirement]) {
        for requirement in security {
            let needs: Vec<String> = requirement
                .iter()
                .map(|need| match need.scopes.as_slice() {
                    [] => need.scheme.clone(),
                    scopes => format!("{}({})", need.scheme, scopes.join(", ")),
                })
                .collect();
            self.line(&format!("security: {}", if needs.is_empty() { "none".to_owned() } else { needs.join(" and ") }));
        }
    }

    fn group(&mut self, group: &Group, reference: &Reference) {
        let parent = group.parent.and_then(|parent| reference.groups.get(parent));
        let under = parent.map_or_else(String::new, |parent| format!(" in {}", parent.name));
        self.line(&format!("group {} {}{under}", group.kind, group.name));
        self.inner(|out| {
            out.words("title", group.title.as_deref());
            out.words("description", group.description.as_deref());
            out.words("deprecated", group.deprecated.as_deref());
            out.facts(&group.facts);
            group.parts.iter().for_each(|part| out.part(part));
            out.extras(&group.extras);
        });
    }

    fn operation(&mut self, operation: &Operation) {
        let name = operation.name.as_ref().map_or_else(String::new, |name| format!(" {name}"));
        let marks: String = operation.marks.iter().map(|mark| format!(" [{mark}]")).collect();
        self.line(&format!("{} {}{name}{marks}", operation.verb, operation.target));
        self.inner(|out| {
            out.words("summary", operation.summary.as_deref());
            out.words("description", operation.description.as_deref());
            out.words("deprecated", operation.deprecated.as_deref());
            if !operation.tags.is_empty() {
                out.line(&format!("tags: {}", operation.tags.join(", ")));
            }
            out.facts(&operation.facts);
            if operation.security.as_ref().is_some_and(Vec::is_empty) {
                out.line("security: none");
            }
            out.security(operation.security.as_deref().unwrap_or_default());
            operation.servers.iter().for_each(|server| out.server(server));
            operation.parts.iter().for_each(|part| out.part(part));
            for callback in &operation.callbacks {
                out.line(&format!("callback {}", callback.name));
                out.inner(|out| callback.operations.iter().for_each(|operation| out.operation(operation)));
            }
            for sample in &operation.samples {
                out.line(&format!("sample {} ({}): {}", sample.title, sample.language, sample.text.trim_end()));
            }
            out.extras(&operation.extras);
        });
    }

    fn part(&mut self, part: &Part) {
        let side = if part.side == Side::In { "in" } else { "out" };
        let name = part.name.as_ref().map_or_else(String::new, |name| format!(" {name}"));
        let tone = if part.tone.is_empty() { String::new() } else { format!(", {}", part.tone) };
        let required = part.required.map_or("", |required| if required { ", required" } else { ", optional" });
        self.line(&format!("{side} {}{name}{tone}{required}", part.title));
        self.inner(|out| {
            out.words("summary", part.summary.as_deref());
            out.words("description", part.description.as_deref());
            out.words("deprecated", part.deprecated.as_deref());
            out.facts(&part.facts);
            out.fields(&part.fields);
            part.bodies.iter().for_each(|body| out.body(body));
            part.parts.iter().for_each(|part| out.part(part));
            out.extras(&part.extras);
        });
    }

    fn body(&mut self, body: &Body) {
        let media = body.media.as_deref().unwrap_or("body");
        let label = format!("{media}{}", mark(body.streamed, "streamed"));
        match &body.shape {
            Some(shape) => self.shape(&label, shape),
            None => self.line(&label),
        }
        self.inner(|out| {
            out.facts(&body.facts);
            out.examples(&body.examples);
        });
    }

    fn examples(&mut self, examples: &[Example]) {
        for example in examples {
            let name = example.name.as_ref().map_or_else(String::new, |name| format!(" {name}"));
            let made = if example.generated { " made" } else { "" };
            let external = example.external.as_ref().map_or_else(String::new, |url| format!(" <{url}>"));
            self.line(&format!("example{name}{made} ({}){external}: {}", example.language, example.text.trim_end()));
            self.inner(|out| {
                out.words("summary", example.summary.as_deref());
                out.words("description", example.description.as_deref());
            });
        }
    }

    fn fields(&mut self, fields: &[Field]) {
        for field in fields {
            let number = field.number.map_or_else(String::new, |number| format!(" = {number}"));
            let one_of = field.one_of.as_ref().map_or_else(String::new, |group| format!(" (one of {group})"));
            let any = if field.any_name { "*" } else { "" };
            let required = if field.required { "!" } else { "" };
            self.shape(&format!("{any}{}{required}{number}{one_of}", field.name), &field.shape);
            self.inner(|out| {
                out.facts(&field.facts);
                out.fields(&field.arguments);
                out.examples(&field.examples);
            });
        }
    }

    fn schemas(&mut self) {
        for schema in self.schemas {
            let section = schema.section.as_ref().map_or_else(String::new, |section| format!(" in {section}"));
            self.shape(&format!("schema {} {}{section}", schema.kind, schema.name), &schema.shape);
            self.inner(|out| {
                out.facts(&schema.facts);
                for (label, related) in &schema.related {
                    let names: Vec<&str> = related.iter().map(|&id| out.name(id)).collect();
                    out.line(&format!("{label}: {}", names.join(", ")));
                }
                out.examples(&schema.examples);
            });
        }
    }

    fn name(&self, id: usize) -> &str {
        self.schemas.get(id).map_or("?", |schema| &schema.name)
    }

    /// A shape: on the line of what has it, and below.
    fn shape(&mut self, label: &str, shape: &Shape) {
        let mut line = format!("{label}: {}", shape.type_text);
        let _ = shape.format.iter().try_for_each(|format| write!(line, " <{format}>"));
        // A schema with a name is in the type; where that says something else, it is named.
        if let Some(of) = shape.of.map(|id| self.name(id)).filter(|name| !shape.type_text.contains(name)) {
            let _ = write!(line, " → {of}");
        }
        for (is_so, words) in [(shape.read_only, "read-only"), (shape.write_only, "write-only")] {
            line.push_str(&mark(is_so, words));
        }
        for words in &shape.constraints {
            let _ = write!(line, ", {words}");
        }
        let _ = shape.default.iter().try_for_each(|default| write!(line, ", default {default}"));
        let _ = shape.example.iter().try_for_each(|example| write!(line, ", example {example}"));
        self.line(&line);
        self.inner(|out| out.inside(shape));
    }

    fn inside(&mut self, shape: &Shape) {
        self.words("title", shape.title.as_deref());
        self.words("description", shape.description.as_deref());
        self.words("deprecated", shape.deprecated.as_deref());
        for value in &shape.values {
            let number = value.number.map_or_else(String::new, |number| format!(" = {number}"));
            let words = value.description.as_ref().map_or_else(String::new, |words| format!(": {words}"));
            self.line(&format!(
                "value {}{number}{}{words}",
                value.text,
                mark(value.deprecated.is_some(), "deprecated")
            ));
        }
        if !shape.includes.is_empty() {
            let names: Vec<&str> = shape.includes.iter().map(|&id| self.name(id)).collect();
            self.line(&format!("includes: {}", names.join(", ")));
        }
        self.fields(&shape.fields);
        for choices in &shape.choices {
            let by = choices.discriminator.as_ref().map_or_else(String::new, |name| format!(" by {name}"));
            self.line(&format!("{}{by}", choices.title));
            for choice in &choices.options {
                let label = choice.value.as_ref().map_or_else(|| "-".to_owned(), |value| format!("- {value}"));
                self.inner(|out| out.shape(&label, &choice.shape));
            }
        }
        self.facts(&shape.facts);
        self.extras(&shape.extras);
    }
}

fn mark(is_so: bool, words: &str) -> String {
    if is_so { format!(", {words}") } else { String::new() }
}
