//! Shapes as trees of fields. What a schema has inside of itself is always shown; schemas with a
//! name of their own are opened where there is room, and linked where there is none, or where they
//! would go round in a circle.

use crate::api::model::{Body, Choices, Field, Part, Schema, SchemaId, Shape};

use super::parts::Maker;
use super::slots::mark;
use super::views::{
    BodyView, ChoiceNode, ChoicesView, ContinuedView, FieldNode, InsideView, PartView, TreeView, extras, facts,
};

/// How many fields of schemas with a name of their own one body opens, in all.
const MOST_OPENED: usize = 30;
/// How many fields a body may have of its own to be open: what it is made of is what one came to read.
const MOST_ROOT: usize = 80;
/// How deep schemas with a name are opened.
const MOST_LEVELS: usize = 2;
/// How many schemas include each other in a row.
const MOST_MERGED: usize = 8;
/// How deep fields stand inside each other; what is deeper is continued below.
const MOST_DEPTH: usize = 10;

/// A walk over the shapes of one body.
pub(super) struct Trees<'m, 'a> {
    maker: &'m Maker<'a>,
    /// Schemas that are open around the shape.
    stack: Vec<SchemaId>,
    /// How many of them are only included by another, and are no level of their own.
    merged: usize,
    opened: usize,
    depth: usize,
    path: Vec<&'a str>,
    deeper: Vec<(String, &'a Shape)>,
}

impl<'m, 'a> Trees<'m, 'a> {
    pub(super) fn new(maker: &'m Maker<'a>) -> Self {
        Self { maker, stack: Vec::new(), merged: 0, opened: 0, depth: 0, path: Vec::new(), deeper: Vec::new() }
    }

    /// A part with all that is in it.
    pub(super) fn part(&mut self, part: &'a Part) -> PartView {
        let texts = self.maker.shared.texts;
        let text_html = texts.html(part.description.as_deref());
        let summary_html = texts.html(part.summary.as_deref());
        let mut bodies: Vec<BodyView> = part.bodies.iter().map(|body| self.body(body)).collect();
        for shape in bodies.iter_mut().filter_map(|body| body.shape.as_mut()) {
            shape.text_html = shape.text_html.take().and_then(|text| unsaid(text, &[&summary_html, &text_html]));
        }
        PartView {
            title: self.maker.shared.context.site.t(&part.title),
            name: part.name.clone(),
            tone: part.tone,
            summary: part.summary.clone(),
            text_html,
            required: part.required,
            deprecated: part.deprecated.clone(),
            facts: facts(&part.facts),
            fields: self.fields_alone(&part.fields),
            bodies,
            parts: part.parts.iter().map(|part| self.part(part)).collect(),
            extras: extras(&part.extras),
        }
    }

    fn body(&mut self, body: &'a Body) -> BodyView {
        let tree = body.shape.as_ref().map(|shape| self.root(shape)).unwrap_or_default();
        BodyView {
            media: body.media.clone(),
            streamed: body.streamed,
            shape: body.shape.as_ref().map(|shape| self.maker.heads().shape(shape, true)),
            tree,
            facts: facts(&body.facts),
        }
    }

    /// What is inside of a shape that is the root of a tree.
    fn root(&mut self, shape: &'a Shape) -> TreeView {
        match shape.of {
            // Most bodies are nothing but a schema with a name, and many are the same one.
            Some(id) if !has_inside(shape) && weight(self.schema_shape(id)) <= MOST_OPENED => self.schema(id),
            _ => self.grown(|trees| trees.inside(shape, true)),
        }
    }

    /// What is inside of a schema with a name, which counts as open there.
    pub(super) fn schema(&mut self, id: SchemaId) -> TreeView {
        let heads = self.maker.heads();
        heads.tree_once(id, || {
            let shape = self.schema_shape(id);
            self.stack.push(id);
            let tree = self.grown(|trees| {
                trees.opened = weight(shape);
                trees.inside(shape, true)
            });
            self.stack.pop();
            tree
        })
    }

    /// Renders what is inside, and then what was too deep for it.
    fn grown(&mut self, inside: impl FnOnce(&mut Self) -> Option<InsideView>) -> TreeView {
        let html = |view: Option<InsideView>| self.maker.heads().inside(view.as_ref());
        let view = self.fresh(inside);
        let mut tree = TreeView { html: html(view), continued: Vec::new() };
        // What is continued may itself be too deep; each round takes some levels away.
        while let Some((path, shape)) = self.deeper.pop() {
            let view = self.fresh(|trees| trees.inside(shape, true));
            tree.continued.push(ContinuedView { path, html: html(view) });
        }
        tree
    }

    fn schema_shape(&self, id: SchemaId) -> &'a Shape {
        &self.maker.shared.reference.schemas[id].shape
    }

    /// Fields that belong to no body.
    pub(super) fn fields_alone(&mut self, fields: &'a [Field]) -> Vec<FieldNode> {
        self.fresh(|trees| trees.fields(fields))
    }

    fn fresh<T>(&mut self, run: impl FnOnce(&mut Self) -> T) -> T {
        self.opened = 0;
        self.depth = 0;
        self.path.clear();
        run(self)
    }

    fn fields(&mut self, fields: &'a [Field]) -> Vec<FieldNode> {
        fields.iter().map(|field| self.field(field)).collect()
    }

    fn field(&mut self, field: &'a Field) -> FieldNode {
        self.path.push(&field.name);
        let is_root = self.is_payload(&field.name);
        let node = FieldNode {
            name: field.name.clone(),
            html: self.maker.heads().field(field),
            inside: self.inside(&field.shape, is_root),
            arguments: self.fields(&field.arguments),
        };
        self.path.pop();
        node
    }

    /// Whether the field is what a message is about, which nobody should have to open: a body by itself.
    fn is_payload(&self, name: &str) -> bool {
        let around = self.stack.last().map(|&id| &self.maker.shared.reference.schemas[id]);
        name == "payload" && self.path.len() == 1 && around.is_some_and(Schema::is_event)
    }

    fn inside(&mut self, shape: &'a Shape, is_root: bool) -> Option<InsideView> {
        if !has_inside(shape) && shape.of.is_none() && shape.includes.is_empty() {
            return None;
        }
        if has_inside(shape) && self.depth >= MOST_DEPTH {
            self.deeper.push((self.path.join("."), shape));
            return None;
        }
        self.depth += 1;
        let mut view = InsideView {
            type_text: shape.type_text.clone(),
            href: shape.of.map(|id| mark(&self.maker.shared.reference.schemas[id].anchor)),
            folded: false,
            recursive: false,
            fields: self.all_fields(shape, is_root),
            choices: shape.choices.iter().map(|choices| self.choices(choices)).collect(),
        };
        if let Some(id) = shape.of {
            self.open(id, is_root, &mut view);
        }
        self.depth -= 1;
        (view.recursive || !view.fields.is_empty() || !view.choices.is_empty()).then_some(view)
    }

    /// Shows what a schema with a name has inside, where there is room.
    fn open(&mut self, id: SchemaId, is_root: bool, view: &mut InsideView) {
        if self.stack.contains(&id) {
            view.recursive = true;
            return;
        }
        let inside = self.schema_shape(id);
        let size = weight(inside);
        let most = if is_root { MOST_ROOT } else { MOST_OPENED };
        let has_room = self.opened + size <= most && self.levels() < MOST_LEVELS && self.depth < MOST_DEPTH;
        if (size == 0 && inside.includes.is_empty()) || !has_room {
            return;
        }
        self.opened += size;
        self.stack.push(id);
        view.folded = !is_root;
        view.fields.extend(self.all_fields(inside, is_root));
        view.choices.extend(inside.choices.iter().map(|choices| self.choices(choices)));
        if let Some(next) = inside.of {
            self.open(next, is_root, view);
        }
        self.stack.pop();
    }

    /// The fields of a shape, after those of the schemas that it includes, where there is room for them.
    fn all_fields(&mut self, shape: &'a Shape, is_root: bool) -> Vec<FieldNode> {
        let mut fields = Vec::new();
        for &id in &shape.includes {
            let inside = self.schema_shape(id);
            let size = weight(inside);
            let most = if is_root { MOST_ROOT } else { MOST_OPENED };
            if self.stack.contains(&id) || self.opened + size > most || self.merged >= MOST_MERGED {
                continue;
            }
            self.opened += size;
            self.stack.push(id);
            self.merged += 1;
            fields.extend(self.all_fields(inside, is_root));
            self.merged -= 1;
            self.stack.pop();
        }
        // What is said again is said better.
        fields.retain(|field: &FieldNode| shape.fields.iter().all(|own| own.name != field.name));
        fields.extend(self.fields(&shape.fields));
        fields
    }

    /// How many schemas are open. A message is none: it is what a body is elsewhere.
    fn levels(&self) -> usize {
        let is_event = |id: &SchemaId| self.maker.shared.reference.schemas[*id].is_event();
        self.stack.iter().filter(|id| !is_event(id)).count().saturating_sub(self.merged)
    }

    fn choices(&mut self, choices: &'a Choices) -> ChoicesView {
        let options = choices.options.iter().map(|choice| ChoiceNode {
            html: self.maker.heads().choice(choice),
            inside: self.inside(&choice.shape, false),
        });
        ChoicesView { title: choices.title, discriminator: choices.discriminator.clone(), options: options.collect() }
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

fn has_inside(shape: &Shape) -> bool {
    !shape.fields.is_empty() || !shape.choices.is_empty()
}

/// How many rows opening a shape makes: its own fields and those that stand in them.
fn weight(shape: &Shape) -> usize {
    let fields: usize = shape.fields.iter().map(|field| 1 + field.arguments.len() + weight(&field.shape)).sum();
    let choices = shape.choices.iter().flat_map(|choices| &choices.options);
    fields + choices.map(|choice| 1 + weight(&choice.shape)).sum::<usize>() + usize::from(shape.of.is_some())
}
