//! The Markdown of a page of a reference, for people in a terminal and for agents.

use std::fmt::Write as _;

use crate::api::Read;
use crate::api::model::{Body, Fact, Field, Group, Operation, Part, Requirement, Schema, Shape};
use crate::model::Entity;
use crate::site::Site;

use super::layout::Plan;
use super::parts::title;

/// How deep fields are listed in fields.
const MOST_DEPTH: usize = 12;

pub(super) fn page(site: &Site<'_>, entity: &Entity, read: &Read, plan: &Plan, number: usize) -> (String, Vec<u8>) {
    let planned = &plan.pages[number];
    let reference = &read.reference;
    let mut out = Twin { read, links: Some(Links { plan, from: &planned.path }), text: String::new() };
    let name = read.definition.title.as_deref().unwrap_or_else(|| entity.title());
    match &planned.title {
        Some(part) => out.line(&format!("# {} · {}", plain(name), plain(part))),
        None => out.first(site, entity, name),
    }
    for shown in &planned.groups {
        out.group(&reference.groups[shown.group]);
        reference.operations[shown.operations.clone()].iter().for_each(|operation| out.operation(operation, 3));
    }
    let mut section = None;
    for schema in planned.schemas.iter().map(|&schema| &reference.schemas[schema]) {
        if section.replace(&schema.section) != Some(&schema.section) {
            out.heading(2, schema.section.as_deref().unwrap_or(super::sections::SCHEMAS));
        }
        out.schema(schema);
    }
    (super::twin_path(&planned.path), out.text.into_bytes())
}

/// Where parts stand, seen from a page.
pub(super) struct Links<'a> {
    plan: &'a Plan,
    from: &'a str,
}

/// A text that grows part by part. Without links it stands alone, and names what it means.
pub(super) struct Twin<'a> {
    pub(super) read: &'a Read,
    pub(super) links: Option<Links<'a>>,
    pub(super) text: String,
}

impl Twin<'_> {
    pub(super) fn first(&mut self, site: &Site<'_>, entity: &Entity, name: &str) {
        let (definition, reference) = (&self.read.definition, &self.read.reference);
        self.line(&format!("# {}", plain(name)));
        self.line("");
        self.item("API", &format!("`{}`", entity.key()));
        self.item("Format", &definition.format);
        if let Some(version) = &definition.version {
            self.item("Version", version);
        }
        let owner = site.graph.targets(entity.id, crate::model::RelationId::OWNED_BY).next();
        if let Some(owner) = owner {
            self.item("Owner", &format!("`{}`", site.catalog.entity(owner).key()));
        }
        self.facts(&reference.facts);
        self.paragraph(reference.summary.as_deref());
        self.paragraph(reference.description.as_deref());
        if !reference.servers.is_empty() {
            self.heading(2, "Servers");
            for server in &reference.servers {
                self.line(&format!("- `{}` {}", server.url, plain(server.description.as_deref().unwrap_or(""))));
                self.fields(&server.variables, 1);
                self.needs(&server.security);
                server.parts.iter().for_each(|part| self.part(part, 3));
            }
        }
        if !reference.schemes.is_empty() {
            self.heading(2, "Authentication");
            for scheme in &reference.schemes {
                let text = scheme.description.as_deref().map_or_else(String::new, |text| format!(": {text}"));
                self.item(&format!("`{}`", scheme.name), &format!("{}{text}", scheme.kind));
                scheme.facts.iter().for_each(|fact| self.line(&format!("  - {}: {}", fact.label, plain(&fact.text))));
                for (scope, text) in &scheme.scopes {
                    self.line(&format!("  - `{scope}`: {}", plain(text)));
                }
            }
        }
        self.needs(&reference.security);
        if self.links.as_ref().is_some_and(|links| !links.plan.is_one) {
            self.heading(2, "Operations");
            for operation in reference.operations.iter().take(super::page::listed(self.read)) {
                let name = format!("{} {}", operation.verb, operation.target);
                self.line(&format!("- {} {}", self.linked(&name, &operation.anchor), plain(title(operation))));
            }
            self.heading(2, "Schemas");
            for schema in reference.schemas.iter().take(super::page::MOST_SCHEMAS) {
                self.line(&format!("- {}", self.linked(&schema.name, &schema.anchor)));
            }
        }
    }

    /// A name as a link to the Markdown of the page that a part stands on.
    fn linked(&self, name: &str, anchor: &str) -> String {
        let Some(links) = &self.links else { return plain(name) };
        let href = links.plan.places.link(links.from, anchor).replacen(".html", ".md", 1);
        format!("[{}]({href})", plain(name))
    }

    pub(super) fn group(&mut self, group: &Group) {
        self.heading(2, group.title.as_ref().unwrap_or(&group.name));
        self.deprecated(group.deprecated.as_deref());
        self.paragraph(group.description.as_deref());
        self.facts(&group.facts);
        group.parts.iter().for_each(|part| self.part(part, 3));
    }

    fn deprecated(&mut self, reason: Option<&str>) {
        if let Some(reason) = reason {
            self.gap();
            self.line(format!("**Deprecated.** {}", plain(reason)).trim_end());
        }
    }

    pub(super) fn operation(&mut self, operation: &Operation, level: usize) {
        self.heading(level, title(operation));
        self.line(&format!("`{} {}`", operation.verb, operation.target));
        self.deprecated(operation.deprecated.as_deref());
        self.paragraph(operation.description.as_deref());
        self.marks(operation);
        self.facts(&operation.facts);
        operation.parts.iter().for_each(|part| self.part(part, level + 1));
        for callback in &operation.callbacks {
            self.heading(level + 1, &format!("Callback {}", callback.name));
            callback.operations.iter().for_each(|inner| self.operation(inner, (level + 2).min(6)));
        }
    }

    fn marks(&mut self, operation: &Operation) {
        if let Some(name) = &operation.name {
            self.item("Name", &format!("`{name}`"));
        }
        if !operation.marks.is_empty() {
            self.item("Kind", &operation.marks.join(", "));
        }
        if !operation.tags.is_empty() {
            self.item("Tags", &operation.tags.join(", "));
        }
        for server in &operation.servers {
            self.item("Server", &format!("`{}`", server.url));
        }
        self.needs(operation.security.as_deref().unwrap_or_default());
    }

    fn needs(&mut self, requirements: &[Requirement]) {
        for requirement in requirements {
            let names: Vec<String> = requirement
                .iter()
                .map(|need| {
                    if need.scopes.is_empty() {
                        need.scheme.clone()
                    } else {
                        format!("{} ({})", need.scheme, need.scopes.join(", "))
                    }
                })
                .collect();
            self.item("Needs", &if names.is_empty() { "nothing".to_owned() } else { names.join(" and ") });
        }
    }

    fn part(&mut self, part: &Part, level: usize) {
        let required = if part.required == Some(true) { " (required)" } else { "" };
        let name = part.name.as_ref().map_or_else(String::new, |name| format!(" {name}"));
        self.heading(level.min(6), &format!("{}{name}{required}", part.title));
        self.deprecated(part.deprecated.as_deref());
        self.paragraph(part.summary.as_deref());
        self.paragraph(part.description.as_deref());
        self.facts(&part.facts);
        self.fields(&part.fields, 0);
        part.bodies.iter().for_each(|body| self.body(body));
        part.parts.iter().for_each(|inner| self.part(inner, level + 1));
    }

    fn body(&mut self, body: &Body) {
        let media = body.media.as_ref().map_or_else(String::new, |media| format!("`{media}` "));
        if let Some(shape) = &body.shape {
            let words: Vec<String> = std::iter::once(self.type_of(shape)).chain(demands(shape)).collect();
            self.gap();
            self.line(&format!("{media}{}", words.join(", ")));
            self.inside(shape, 0);
        } else if !media.is_empty() {
            self.gap();
            self.line(&media);
        }
        self.facts(&body.facts);
        for example in body.examples.iter().filter(|example| !example.generated) {
            self.code(&example.text, example.language);
        }
    }

    pub(super) fn schema(&mut self, schema: &Schema) {
        self.heading(3, &schema.name);
        let words: Vec<String> = std::iter::once(self.type_of(&schema.shape)).chain(demands(&schema.shape)).collect();
        self.line(&format!("{}: {}", schema.kind, words.join(", ")));
        self.deprecated(schema.shape.deprecated.as_deref());
        self.paragraph(schema.shape.description.as_deref());
        self.facts(&schema.facts);
        self.facts(&schema.shape.facts);
        for (label, ids) in &schema.related {
            let names: Vec<String> =
                ids.iter().map(|&id| format!("`{}`", self.read.reference.schemas[id].name)).collect();
            self.item(label, &names.join(", "));
        }
        self.inside(&schema.shape, 0);
        schema.parts.iter().for_each(|part| self.part(part, 4));
    }

    fn type_of(&self, shape: &Shape) -> String {
        let text = if shape.type_text.is_empty() { "any" } else { &shape.type_text };
        match shape.of {
            Some(id) => self.linked(text, &self.read.reference.schemas[id].anchor),
            None => plain(text),
        }
    }

    fn fields(&mut self, fields: &[Field], depth: usize) {
        for field in fields {
            let mut words = vec![self.type_of(&field.shape)];
            words.extend(field.number.map(|number| format!("= {number}")));
            words.extend(field.required.then(|| "required".to_owned()));
            words.extend(field.one_of.as_ref().map(|name| format!("one of {name}")));
            words.extend(field.shape.nullable.then(|| "or null".to_owned()));
            words.extend(field.shape.read_only.then(|| "read only".to_owned()));
            words.extend(field.shape.write_only.then(|| "write only".to_owned()));
            words.extend(field.shape.deprecated.is_some().then(|| "deprecated".to_owned()));
            words.extend(demands(&field.shape));
            let text = field.shape.description.as_deref().map(plain).filter(|text| !text.is_empty());
            let text = text.map_or_else(String::new, |text| format!(": {text}"));
            self.line(&format!("{}- `{}` ({}){text}", "  ".repeat(depth), field.name, words.join(", ")));
            if depth < MOST_DEPTH {
                self.fields(&field.arguments, depth + 1);
                self.inside(&field.shape, depth + 1);
            }
        }
    }

    fn inside(&mut self, shape: &Shape, depth: usize) {
        let indent = "  ".repeat(depth);
        if !shape.includes.is_empty() {
            let schemas = shape.includes.iter().map(|&id| &self.read.reference.schemas[id]);
            let names: Vec<String> = schemas.map(|schema| self.linked(&schema.name, &schema.anchor)).collect();
            self.line(&format!("{indent}- all of {}", names.join(", ")));
        }
        for value in &shape.values {
            let number = value.number.map_or_else(String::new, |number| format!(" = {number}"));
            let text = value.description.as_deref().map_or_else(String::new, |text| format!(": {}", plain(text)));
            self.line(&format!("{indent}- `{}`{number}{text}", value.text));
        }
        self.fields(&shape.fields, depth);
        for choices in &shape.choices {
            self.line(&format!("{indent}- {}:", choices.title));
            for choice in &choices.options {
                let value = choice.value.as_ref().map_or_else(String::new, |value| format!("`{value}`: "));
                self.line(&format!("{indent}  - {value}{}", self.type_of(&choice.shape)));
                if depth < MOST_DEPTH {
                    self.inside(&choice.shape, depth + 2);
                }
            }
        }
    }

    pub(super) fn heading(&mut self, level: usize, text: &str) {
        self.gap();
        let _ = write!(self.text, "{} {}\n\n", "#".repeat(level.min(6)), plain(text));
    }

    fn paragraph(&mut self, text: Option<&str>) {
        if let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) {
            self.gap();
            let _ = write!(self.text, "{text}\n\n");
        }
    }

    fn facts(&mut self, facts: &[Fact]) {
        for fact in facts {
            self.item(&fact.label, &fact.text);
        }
    }

    fn item(&mut self, label: &str, text: &str) {
        let _ = writeln!(self.text, "- {label}: {}", plain(text));
    }

    fn code(&mut self, text: &str, language: &str) {
        // A fence longer than any in the text.
        let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        self.gap();
        let _ = write!(self.text, "{fence}{language}\n{}\n{fence}\n\n", text.trim_end());
    }

    /// An empty line before what comes next.
    fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    pub(super) fn line(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }
}

/// What a value has to keep to.
fn demands(shape: &Shape) -> impl Iterator<Item = String> + '_ {
    let default = shape.default.as_ref().map(|value| format!("default `{value}`"));
    let example = shape
        .example
        .as_ref()
        .filter(|value| !value.is_object() && !value.is_array())
        .map(|value| format!("such as `{value}`"));
    shape.format.iter().chain(&shape.constraints).cloned().chain(default).chain(example)
}

/// A text on one line.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('<', "\\<")
}
