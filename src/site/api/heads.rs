//! What is the same wherever it is shown, rendered once: what fields and choices say of themselves, and
//! the trees of schemas with a name. What is inside of a field is not the same everywhere: `shapes`.

use std::cell::{Cell, RefCell};
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::api::Reference;
use crate::api::model::{Choice, EnumValue, Field, SchemaId, Shape};
use crate::site::ThemeError;
use crate::site::theme::{Macros, Theme};

use super::examples;
use super::slots::mark;
use super::texts::Texts;
use super::views::{
    ChoiceView, FieldView, InsideView, Named, ShapeView, TreeView, ValueView, extras, facts, value_text,
};

/// The template whose macros make the parts of a reference.
const TEMPLATE: &str = "api-parts.html";
/// How many schemas that are but another name for the next one are gone through for what they say.
const MOST_NAMES: usize = 4;
/// How many values of a schema with a name are said again where it is used.
const MOST_VALUES: usize = 20;

/// What is rendered already.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Fields and choices by the address of their shape in the reference.
    heads: Mutex<FxHashMap<usize, Arc<str>>>,
    trees: Mutex<FxHashMap<SchemaId, TreeView>>,
}

/// Renders parts by the macros of the theme.
pub(super) struct Heads<'a> {
    reference: &'a Reference,
    texts: &'a Texts<'a>,
    known: &'a Known,
    macros: RefCell<Macros<'a>>,
    /// The first mistake of the theme.
    failed: Cell<Option<ThemeError>>,
}

impl<'a> Heads<'a> {
    pub(super) fn new(
        theme: &'a Theme,
        reference: &'a Reference,
        texts: &'a Texts<'a>,
        known: &'a Known,
    ) -> Result<Self, ThemeError> {
        let macros = RefCell::new(Macros::of(theme, TEMPLATE)?);
        Ok(Self { reference, texts, known, macros, failed: Cell::new(None) })
    }

    /// A part by the macro of its name.
    pub(super) fn part(&self, name: &str, part: &impl Serialize) -> Result<String, ThemeError> {
        self.checked()?;
        self.macros.borrow_mut().call(name, part)
    }

    /// The first mistake of the theme since it was last asked for.
    pub(super) fn checked(&self) -> Result<(), ThemeError> {
        self.failed.take().map_or(Ok(()), Err)
    }

    /// What a field says of itself.
    pub(super) fn field(&self, field: &Field) -> Arc<str> {
        let most = examples::share(field.examples.len());
        self.once("field", &field.shape, || FieldView {
            name: field.name.clone(),
            any_name: field.any_name,
            required: field.required,
            number: field.number,
            one_of: field.one_of.clone(),
            shape: self.shape(&field.shape, false),
            facts: facts(&field.facts),
            examples: field.examples.iter().map(|example| examples::tab(example, self.texts, most)).collect(),
        })
    }

    /// What a choice says of itself.
    pub(super) fn choice(&self, choice: &Choice) -> Arc<str> {
        self.once("choice", &choice.shape, || ChoiceView {
            value: choice.value.clone(),
            shape: self.shape(&choice.shape, false),
        })
    }

    fn once<T: Serialize>(&self, name: &str, shape: &Shape, view: impl FnOnce() -> T) -> Arc<str> {
        let key = std::ptr::from_ref(shape).addr();
        if let Some(known) = locked(&self.known.heads).get(&key) {
            return Arc::clone(known);
        }
        let html = self.printed(name, &view());
        locked(&self.known.heads).insert(key, Arc::clone(&html));
        html
    }

    /// A tree as HTML.
    pub(super) fn inside(&self, view: Option<&InsideView>) -> Arc<str> {
        view.map_or_else(|| "".into(), |view| self.printed("inside", view))
    }

    /// The tree of a schema with a name, which many bodies show.
    pub(super) fn tree_once(&self, id: SchemaId, make: impl FnOnce() -> TreeView) -> TreeView {
        if let Some(known) = locked(&self.known.trees).get(&id) {
            return known.clone();
        }
        let tree = make();
        locked(&self.known.trees).insert(id, tree.clone());
        tree
    }

    fn printed(&self, name: &str, view: &impl Serialize) -> Arc<str> {
        match self.macros.borrow_mut().call(name, view) {
            Ok(html) => html.into(),
            Err(error) => {
                let first = self.failed.take().unwrap_or(error);
                self.failed.set(Some(first));
                "".into()
            }
        }
    }

    /// What a shape says of itself, and what the schema says whose name it has.
    pub(super) fn shape(&self, shape: &Shape, is_root: bool) -> ShapeView {
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
        };
        let next = |id: &SchemaId| self.reference.schemas[*id].shape.of;
        for id in std::iter::successors(shape.of, next).take(MOST_NAMES) {
            self.adopt(&self.reference.schemas[id].shape, is_root, &mut view);
        }
        view
    }

    /// Takes over what is not said yet.
    fn adopt(&self, inside: &Shape, is_root: bool, view: &mut ShapeView) {
        if view.text_html.is_none() && (is_root || inside.fields.is_empty()) {
            view.text_html = self.texts.html(inside.description.as_deref());
        }
        if view.values.is_empty() && inside.values.len() <= MOST_VALUES {
            view.values = inside.values.iter().map(|value| self.value(value)).collect();
        }
        if view.constraints.is_empty() {
            view.constraints.clone_from(&inside.constraints);
        }
        if view.format.is_none() {
            view.format.clone_from(&inside.format);
        }
        view.includes.extend(inside.includes.iter().map(|&id| self.named(id)));
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

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
