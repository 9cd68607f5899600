//! Shapes as trees of fields. What a schema has inside of itself is always shown; schemas with a
//! name of their own are opened where there is room, and linked where there is none, or where they
//! would go round in a circle.

use crate::api::Reference;
use crate::api::model::{Body, Choices, EnumValue, Field, Part, Schema, SchemaId, Shape};

use super::slots::mark;
use super::texts::Texts;
use super::views::{
    BodyView, ChoiceView, ChoicesView, ContinuedView, FieldView, Named, PartView, ShapeView, ValueView, extras, facts,
    value_text,
};

/// How many fields of schemas with a name of their own one body opens, in all.
const MOST_OPENED: usize = 30;
/// How deep schemas with a name are opened.
const MOST_LEVELS: usize = 2;
/// How deep fields stand inside each other; what is deeper is continued below.
const MOST_DEPTH: usize = 10;

/// A walk over the shapes of one body.
pub(super) struct Trees<'a> {
    pub(super) reference: &'a Reference,
    pub(super) texts: &'a Texts<'a>,
    /// Schemas that are open around the shape.
    stack: Vec<SchemaId>,
    opened: usize,
    depth: usize,
    path: Vec<String>,
    deeper: Vec<(String, &'a Shape)>,
}

impl<'a> Trees<'a> {
    pub(super) fn new(reference: &'a Reference, texts: &'a Texts<'a>) -> Self {
        Self { reference, texts, stack: Vec::new(), opened: 0, depth: 0, path: Vec::new(), deeper: Vec::new() }
    }

    /// A part with all that is in it.
    pub(super) fn part(&mut self, part: &'a Part) -> PartView {
        let text_html = self.texts.html(part.description.as_deref());
        let summary_html = self.texts.html(part.summary.as_deref());
        let mut bodies: Vec<BodyView> = part.bodies.iter().map(|body| self.body(body)).collect();
        for shape in bodies.iter_mut().filter_map(|body| body.shape.as_mut()) {
            shape.text_html = shape.text_html.take().and_then(|text| unsaid(text, &[&summary_html, &text_html]));
        }
        PartView {
            title: part.title.clone(),
            name: part.name.clone(),
            tone: part.tone,
            summary: part.summary.clone(),
            text_html,
            required: part.required,
            deprecated: part.deprecated.clone(),
            facts: facts(&part.facts),
            fields: self.fresh(|trees| trees.fields(&part.fields)),
            bodies,
            parts: part.parts.iter().map(|part| self.part(part)).collect(),
            extras: extras(&part.extras),
        }
    }

    fn body(&mut self, body: &'a Body) -> BodyView {
        let (shape, continued) = match &body.shape {
            Some(shape) => {
                let (shape, continued) = self.whole(shape, None);
                (Some(shape), continued)
            }
            None => (None, Vec::new()),
        };
        BodyView { media: body.media.clone(), streamed: body.streamed, shape, facts: facts(&body.facts), continued }
    }

    /// A shape as the root of a tree, with what is too deep for it. Inside of a schema with a name
    /// that schema counts as open.
    pub(super) fn whole(&mut self, shape: &'a Shape, inside: Option<SchemaId>) -> (ShapeView, Vec<ContinuedView>) {
        self.stack.extend(inside);
        let view = self.fresh(|trees| trees.shape(shape, true));
        let mut continued = Vec::new();
        // What is continued may itself be too deep; each round takes some levels away.
        while let Some((path, shape)) = self.deeper.pop() {
            let view = self.fresh(|trees| trees.shape(shape, true));
            continued.push(ContinuedView { path, shape: view });
        }
        if inside.is_some() {
            self.stack.pop();
        }
        (view, continued)
    }

    /// Fields that belong to no body.
    pub(super) fn fields_alone(&mut self, fields: &'a [Field]) -> Vec<FieldView> {
        self.fresh(|trees| trees.fields(fields))
    }

    fn fresh<T>(&mut self, run: impl FnOnce(&mut Self) -> T) -> T {
        self.opened = 0;
        self.depth = 0;
        self.path.clear();
        run(self)
    }

    fn fields(&mut self, fields: &'a [Field]) -> Vec<FieldView> {
        fields.iter().map(|field| self.field(field)).collect()
    }

    fn field(&mut self, field: &'a Field) -> FieldView {
        self.path.push(field.name.clone());
        let mut view = FieldView {
            name: field.name.clone(),
            any_name: field.any_name,
            required: field.required,
            number: field.number,
            one_of: field.one_of.clone(),
            shape: self.shape(&field.shape, false),
            facts: facts(&field.facts),
            arguments: self.fields(&field.arguments),
            examples: field.examples.iter().map(|example| super::parts::example_tab(example, self.texts)).collect(),
        };
        if self.is_payload(&field.name) {
            view.shape.folded = false;
        }
        self.path.pop();
        view
    }

    /// Whether the field is what a message is about, which nobody should have to open.
    fn is_payload(&self, name: &str) -> bool {
        let around = self.stack.last().map(|&id| &self.reference.schemas[id]);
        name == "payload" && self.path.len() == 1 && around.is_some_and(Schema::is_event)
    }

    fn shape(&mut self, shape: &'a Shape, is_root: bool) -> ShapeView {
        let mut view = ShapeView {
            type_text: shape.type_text.clone(),
            href: shape.of.map(|id| mark(&self.reference.schemas[id].anchor)),
            format: shape.format.clone(),
            title: shape.title.clone().filter(|title| *title != shape.type_text),
            text_html: self.texts.html(shape.description.as_deref()),
            constraints: shape.constraints.clone(),
            default: shape.default.as_ref().map(value_text),
            example: shape.example.as_ref().filter(|_| !is_root).map(value_text),
            values: shape.values.iter().map(|value| self.value(value)).collect(),
            nullable: shape.nullable,
            read_only: shape.read_only,
            write_only: shape.write_only,
            deprecated: shape.deprecated.clone(),
            includes: shape.includes.iter().map(|&id| self.named(id)).collect(),
            facts: facts(&shape.facts),
            extras: extras(&shape.extras),
            ..ShapeView::default()
        };
        let has_inside = !shape.fields.is_empty() || !shape.choices.is_empty();
        if has_inside && self.depth >= MOST_DEPTH {
            self.deeper.push((self.path.join("."), shape));
            view.recursive = false;
            return view;
        }
        self.depth += 1;
        view.fields = self.fields(&shape.fields);
        view.choices = shape.choices.iter().map(|choices| self.choices(choices)).collect();
        if let Some(id) = shape.of {
            self.open(id, is_root, &mut view);
        }
        self.depth -= 1;
        view
    }

    /// Shows what a schema with a name has inside, where there is room.
    fn open(&mut self, id: SchemaId, is_root: bool, view: &mut ShapeView) {
        let inside = &self.reference.schemas[id].shape;
        let own = view.text_html.is_none();
        if self.stack.contains(&id) {
            view.recursive = true;
            return;
        }
        if own && (is_root || inside.fields.is_empty()) {
            view.text_html = self.texts.html(inside.description.as_deref());
        }
        if view.values.is_empty() && inside.values.len() <= 20 {
            view.values = inside.values.iter().map(|value| self.value(value)).collect();
        }
        if view.constraints.is_empty() {
            view.constraints.clone_from(&inside.constraints);
        }
        if view.format.is_none() {
            view.format.clone_from(&inside.format);
        }
        let size = weight(inside);
        let has_room = self.opened + size <= MOST_OPENED && self.stack.len() < MOST_LEVELS && self.depth < MOST_DEPTH;
        if size == 0 || !has_room {
            return;
        }
        self.opened += size;
        self.stack.push(id);
        view.folded = !is_root;
        view.includes.extend(inside.includes.iter().map(|&id| self.named(id)));
        view.fields.extend(self.fields(&inside.fields));
        view.choices.extend(inside.choices.iter().map(|choices| self.choices(choices)));
        if let Some(next) = inside.of {
            self.open(next, is_root, view);
        }
        self.stack.pop();
    }

    fn choices(&mut self, choices: &'a Choices) -> ChoicesView {
        let options = choices
            .options
            .iter()
            .map(|choice| ChoiceView { value: choice.value.clone(), shape: self.shape(&choice.shape, false) });
        ChoicesView { title: choices.title, discriminator: choices.discriminator.clone(), options: options.collect() }
    }

    fn value(&self, value: &EnumValue) -> ValueView {
        ValueView {
            // A value without letters would not be seen.
            text: if value.text.is_empty() { "\"\"".to_owned() } else { value.text.clone() },
            number: value.number,
            text_html: self.texts.html(value.description.as_deref()),
            deprecated: value.deprecated.clone(),
            extras: extras(&value.extras),
        }
    }

    /// A schema as a link.
    pub(super) fn named(&self, id: SchemaId) -> Named {
        let schema = &self.reference.schemas[id];
        Named { title: schema.name.clone(), href: mark(&schema.anchor) }
    }
}

/// What a text says that those before it do not: it may begin with one of them.
fn unsaid(text: String, before: &[&Option<String>]) -> Option<String> {
    let said = before.iter().filter_map(|before| before.as_deref()).find_map(|said| text.strip_prefix(said.trim_end()));
    match said {
        Some(rest) => Some(rest.trim_start().to_owned()).filter(|rest| !rest.is_empty()),
        None => Some(text),
    }
}

/// How many rows opening a shape makes: its own fields and those that stand in them.
fn weight(shape: &Shape) -> usize {
    let fields: usize = shape.fields.iter().map(|field| 1 + field.arguments.len() + weight(&field.shape)).sum();
    let choices = shape.choices.iter().flat_map(|choices| &choices.options);
    fields + choices.map(|choice| 1 + weight(&choice.shape)).sum::<usize>() + usize::from(shape.of.is_some())
}
