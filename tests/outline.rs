//! A reference as text, for suites: everything that it says, a line for each thing, indented by
//! what it is in. What is empty is left out; samples and examples that were made are named only.

use catalog::api::model::{
    Body, Choices, EnumValue, Example, Extra, Fact, Field, Group, Operation, Part, Reference, Requirement, Schema,
    SchemaId, Scheme, Server, Shape, Side,
};

/// All of a reference.
pub(crate) fn outline(reference: &Reference) -> String {
    let mut out = Outline { reference, text: String::new(), depth: 0 };
    out.all();
    out.text
}

struct Outline<'a> {
    reference: &'a Reference,
    text: String,
    depth: usize,
}

impl Outline<'_> {
    fn all(&mut self) {
        let reference = self.reference;
        self.optional("summary", reference.summary.as_deref());
        self.optional("description", reference.description.as_deref());
        if let Some(logo) = &reference.logo {
            let (alt, href) = (logo.alt.as_deref().unwrap_or(""), logo.href.as_deref().unwrap_or(""));
            self.line(&format!("logo {} {alt:?} <{href}>", logo.url));
        }
        self.facts(&reference.facts);
        reference.servers.iter().for_each(|server| self.server(server));
        reference.schemes.iter().for_each(|scheme| self.scheme(scheme));
        self.security(&reference.security);
        self.extras(&reference.extras);
        for (at, group) in reference.groups.iter().enumerate() {
            self.group(group);
            let operations = reference.operations.iter().filter(|operation| operation.group == at);
            self.inside(|out| operations.for_each(|operation| out.operation(operation)));
        }
        reference.schemas.iter().for_each(|schema| self.schema(schema));
    }

    fn line(&mut self, text: &str) {
        self.text.push_str(&"  ".repeat(self.depth));
        self.text.push_str(text.trim_end());
        self.text.push('\n');
    }

    fn inside(&mut self, write: impl FnOnce(&mut Self)) {
        self.depth += 1;
        write(self);
        self.depth -= 1;
    }

    fn optional(&mut self, label: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.line(&format!("{label} {text:?}"));
        }
    }

    fn facts(&mut self, facts: &[Fact]) {
        for fact in facts {
            let href = fact.href.as_deref().map(|href| format!(" <{href}>")).unwrap_or_default();
            let code = if fact.code { "`" } else { "" };
            self.line(&format!("fact {}: {code}{}{code}{href}", fact.label, fact.text));
        }
    }

    fn extras(&mut self, extras: &[Extra]) {
        for extra in extras {
            self.line(&format!("extra {} = {}", extra.name, extra.value));
        }
    }

    fn deprecated(&mut self, reason: Option<&str>) {
        if let Some(reason) = reason {
            self.line(format!("deprecated {reason}").trim_end());
        }
    }

    fn server(&mut self, server: &Server) {
        self.line(&format!("server {} {}", server.name.as_deref().unwrap_or(""), server.url));
        self.inside(|out| {
            out.optional("description", server.description.as_deref());
            out.fields(&server.variables);
            out.facts(&server.facts);
            out.security(&server.security);
            out.parts(&server.parts);
            out.extras(&server.extras);
        });
    }

    fn scheme(&mut self, scheme: &Scheme) {
        self.line(&format!("scheme {}: {}", scheme.name, scheme.kind));
        self.inside(|out| {
            out.optional("description", scheme.description.as_deref());
            out.deprecated(scheme.deprecated.then_some(""));
            out.facts(&scheme.facts);
            scheme.scopes.iter().for_each(|(scope, text)| out.line(&format!("scope {scope}: {text}")));
            out.extras(&scheme.extras);
        });
    }

    fn security(&mut self, security: &[Requirement]) {
        for requirement in security {
            let needs = requirement.iter().map(|need| match need.scopes.as_slice() {
                [] => need.scheme.clone(),
                scopes => format!("{} ({})", need.scheme, scopes.join(", ")),
            });
            let needs: Vec<String> = needs.collect();
            self.line(&format!("security {}", if needs.is_empty() { "none".to_owned() } else { needs.join(" and ") }));
        }
    }

    fn group(&mut self, group: &Group) {
        let title = group.title.as_deref().map(|title| format!(" {title:?}")).unwrap_or_default();
        self.line(&format!("group {} {}{title}", group.kind, group.name));
        self.inside(|out| {
            out.optional("section", group.section.as_deref());
            if let Some(parent) = group.parent {
                out.line(&format!("parent {}", out.reference.groups[parent].name));
            }
            out.optional("description", group.description.as_deref());
            out.deprecated(group.deprecated.as_deref());
            out.facts(&group.facts);
            out.extras(&group.extras);
            out.parts(&group.parts);
        });
    }

    fn operation(&mut self, operation: &Operation) {
        let name = operation.name.as_deref().map(|name| format!(" ({name})")).unwrap_or_default();
        self.line(&format!("{} {}{name}", operation.verb, operation.target));
        self.inside(|out| {
            out.optional("summary", operation.summary.as_deref());
            out.optional("description", operation.description.as_deref());
            out.list("tags", &operation.tags);
            out.list("marks", &operation.marks);
            out.deprecated(operation.deprecated.as_deref());
            out.facts(&operation.facts);
            out.extras(&operation.extras);
            match operation.security.as_deref() {
                Some([]) => out.line("security none"),
                security => out.security(security.unwrap_or_default()),
            }
            operation.servers.iter().for_each(|server| out.server(server));
            out.parts(&operation.parts);
            for callback in &operation.callbacks {
                out.line(&format!("callback {}", callback.name));
                out.inside(|out| callback.operations.iter().for_each(|inner| out.operation(inner)));
            }
            let samples: Vec<String> = operation.samples.iter().map(|sample| sample.title.clone()).collect();
            out.list("samples", &samples);
        });
    }

    fn list(&mut self, label: &str, items: &[String]) {
        if !items.is_empty() {
            self.line(&format!("{label} {}", items.join(", ")));
        }
    }

    fn parts(&mut self, parts: &[Part]) {
        for part in parts {
            let side = if part.side == Side::In { "in" } else { "out" };
            let name = part.name.as_deref().map(|name| format!(" {name}")).unwrap_or_default();
            let tone = if part.tone.is_empty() { String::new() } else { format!(" [{}]", part.tone) };
            let required = match part.required {
                Some(true) => " required",
                Some(false) => " optional",
                None => "",
            };
            self.line(&format!("{side} {}{name}{tone}{required}", part.title));
            self.inside(|out| {
                out.optional("summary", part.summary.as_deref());
                out.optional("description", part.description.as_deref());
                out.deprecated(part.deprecated.as_deref());
                out.facts(&part.facts);
                out.extras(&part.extras);
                out.fields(&part.fields);
                part.bodies.iter().for_each(|body| out.body(body));
                out.parts(&part.parts);
            });
        }
    }

    fn body(&mut self, body: &Body) {
        let media = body.media.as_deref().map(|media| format!(" {media}")).unwrap_or_default();
        let streamed = if body.streamed { " stream" } else { "" };
        let shape = body.shape.as_ref().map(|shape| format!(": {}", self.of(shape))).unwrap_or_default();
        self.line(&format!("body{media}{streamed}{shape}"));
        self.inside(|out| {
            body.shape.iter().for_each(|shape| out.shape(shape));
            out.facts(&body.facts);
            out.examples(&body.examples);
        });
    }

    fn examples(&mut self, examples: &[Example]) {
        for example in examples {
            let name = example.name.as_deref().unwrap_or("-");
            match (&example.external, example.generated) {
                (_, true) => self.line(&format!("example {name} made")),
                (Some(url), _) => self.line(&format!("example {name} at {url}")),
                _ => self.line(&format!("example {name} {:?}", example.text)),
            }
            self.inside(|out| {
                out.optional("summary", example.summary.as_deref());
                out.optional("description", example.description.as_deref());
            });
        }
    }

    fn schema(&mut self, schema: &Schema) {
        let section = schema.section.as_deref().map(|section| format!(" in {section}")).unwrap_or_default();
        self.line(&format!("schema {} {}{section}: {}", schema.kind, schema.name, self.of(&schema.shape)));
        self.inside(|out| {
            out.facts(&schema.facts);
            for (label, ids) in &schema.related {
                let names: Vec<String> = ids.iter().map(|&id| out.name(id)).collect();
                out.line(&format!("{label}: {}", names.join(", ")));
            }
            out.shape(&schema.shape);
            out.parts(&schema.parts);
            out.examples(&schema.examples);
        });
    }

    fn name(&self, schema: SchemaId) -> String {
        self.reference.schemas.get(schema).map_or_else(|| format!("#{schema}?"), |schema| schema.name.clone())
    }

    /// The type as it is read, and the schema that it leads to.
    fn of(&self, shape: &Shape) -> String {
        let of = shape.of.map(|of| format!(" -> {}", self.name(of))).unwrap_or_default();
        format!("{}{of}", shape.type_text)
    }

    fn fields(&mut self, fields: &[Field]) {
        for field in fields {
            let mut line = format!("{}: {}", field.name, self.of(&field.shape));
            if let Some(number) = field.number {
                line = format!("{line} = {number}");
            }
            if field.any_name {
                line.push_str(" (any name)");
            }
            if field.required {
                line.push_str(" required");
            }
            if let Some(group) = &field.one_of {
                line = format!("{line} one of {group}");
            }
            self.line(&line);
            self.inside(|out| {
                out.facts(&field.facts);
                out.shape(&field.shape);
                out.examples(&field.examples);
                if !field.arguments.is_empty() {
                    out.line("arguments");
                    out.inside(|out| out.fields(&field.arguments));
                }
            });
        }
    }

    fn shape(&mut self, shape: &Shape) {
        self.optional("title", shape.title.as_deref());
        self.optional("description", shape.description.as_deref());
        self.deprecated(shape.deprecated.as_deref());
        if let Some(format) = &shape.format {
            self.line(&format!("format {format}"));
        }
        shape.constraints.iter().for_each(|constraint| self.line(&format!("constraint {constraint}")));
        for (label, value) in [("default", &shape.default), ("example", &shape.example)] {
            if let Some(value) = value {
                self.line(&format!("{label} {value}"));
            }
        }
        for (mark, holds) in
            [("nullable", shape.nullable), ("read only", shape.read_only), ("write only", shape.write_only)]
        {
            if holds {
                self.line(mark);
            }
        }
        let includes: Vec<String> = shape.includes.iter().map(|&id| self.name(id)).collect();
        self.list("includes", &includes);
        shape.values.iter().for_each(|value| self.value(value));
        self.fields(&shape.fields);
        shape.choices.iter().for_each(|choices| self.choices(choices));
        self.facts(&shape.facts);
        self.extras(&shape.extras);
    }

    fn value(&mut self, value: &EnumValue) {
        let number = value.number.map(|number| format!(" = {number}")).unwrap_or_default();
        self.line(&format!("value {}{number}", value.text));
        self.inside(|out| {
            out.optional("description", value.description.as_deref());
            out.deprecated(value.deprecated.as_deref());
            out.extras(&value.extras);
        });
    }

    fn choices(&mut self, choices: &Choices) {
        let by = choices.discriminator.as_deref().map(|name| format!(" by {name}")).unwrap_or_default();
        self.line(&format!("{}{by}", choices.title));
        self.inside(|out| {
            for choice in &choices.options {
                let value = choice.value.as_deref().map(|value| format!("{value:?} ")).unwrap_or_default();
                out.line(&format!("{value}{}", out.of(&choice.shape)));
                out.inside(|out| out.shape(&choice.shape));
            }
        });
    }
}
