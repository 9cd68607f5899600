//! The rules about Templates of the scaffolder (`scaffolder.backstage.io/v1beta3`). What they
//! share is prepared here, once for each Template: its parameters, its steps, and the expressions
//! in the texts that the scaffolder fills in. Nothing is evaluated, nothing is run.

mod actions;
mod duplicate_step;
mod form;
mod made;
mod plausible;
mod render;
mod required_missing;
mod skeleton;
mod syntax;
mod unknown_action;
mod unknown_filter;
mod unknown_output;
mod unknown_parameter;
mod unknown_step;
mod unused_parameter;

use std::cell::Cell;
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::base::Place;
use crate::diagnostics::{
    Diagnostic, Rule, SKELETON_INVALID, TEMPLATE_DUPLICATE_STEP, TEMPLATE_REQUIRED_MISSING, TEMPLATE_SYNTAX,
    TEMPLATE_UNKNOWN_ACTION, TEMPLATE_UNKNOWN_FILTER, TEMPLATE_UNKNOWN_OUTPUT, TEMPLATE_UNKNOWN_PARAMETER,
    TEMPLATE_UNKNOWN_STEP, TEMPLATE_UNUSED_PARAMETER, did_you_mean,
};
use crate::model::{Entity, OriginState};
use crate::parse::expression::{Expressions, Marks, Variable, expressions, has_expressions};
use crate::yaml::{Node, pointer_join, span_inside};

use super::Input;
use form::Form;

pub use render::{Refused, render_value};

/// The apiVersion whose language this is; the older one has another.
const API_VERSION: &str = "scaffolder.backstage.io/v1beta3";

/// What a rule does.
type Check = fn(&Template<'_>, &mut Vec<Diagnostic>);

static CHECKS: &[(&Rule, Check)] = &[
    (&TEMPLATE_REQUIRED_MISSING, required_missing::check),
    (&TEMPLATE_UNKNOWN_PARAMETER, unknown_parameter::check),
    (&TEMPLATE_UNKNOWN_STEP, unknown_step::check),
    (&TEMPLATE_UNKNOWN_OUTPUT, unknown_output::check),
    (&TEMPLATE_UNKNOWN_FILTER, unknown_filter::check),
    (&TEMPLATE_UNKNOWN_ACTION, unknown_action::check),
    (&TEMPLATE_DUPLICATE_STEP, duplicate_step::check),
    (&TEMPLATE_SYNTAX, syntax::check),
    (&TEMPLATE_UNUSED_PARAMETER, unused_parameter::check),
    (&SKELETON_INVALID, skeleton::check),
];

/// The rules of this family.
pub(super) static RULES: &[&Rule] = &[
    &TEMPLATE_REQUIRED_MISSING,
    &TEMPLATE_UNKNOWN_PARAMETER,
    &TEMPLATE_UNKNOWN_STEP,
    &TEMPLATE_UNKNOWN_OUTPUT,
    &TEMPLATE_UNKNOWN_FILTER,
    &TEMPLATE_UNKNOWN_ACTION,
    &TEMPLATE_DUPLICATE_STEP,
    &TEMPLATE_SYNTAX,
    &TEMPLATE_UNUSED_PARAMETER,
    &SKELETON_INVALID,
];

pub(super) fn check(entity: &Entity, input: &Input<'_>, out: &mut Vec<Diagnostic>) {
    let Some(template) = Template::new(entity, input) else { return };
    for (rule, check) in CHECKS {
        if input.settings.levels.may_report(rule) {
            check(&template, out);
        }
    }
}

/// A Template and what is known of it.
struct Template<'a> {
    entity: &'a Entity,
    input: &'a Input<'a>,
    form: Form<'a>,
    /// The steps; `None` where they could not all be read.
    steps: Option<Vec<Step<'a>>>,
    /// The steps with an id, in their order.
    by_id: FxHashMap<String, Vec<usize>>,
    texts: Vec<Filled<'a>>,
    /// How many names may still be suggested.
    suggestions: Cell<usize>,
    /// How many bytes may still be walked to find parts of texts.
    walks: Cell<usize>,
}

/// Findings for which the nearest name is looked up; beyond that the Template has other worries.
const MOST_SUGGESTIONS: usize = 64;

/// Bytes that are walked to find where parts of texts stand; beyond that the text is marked.
const MOST_WALKED: usize = 16 * 1024 * 1024;

/// One step.
struct Step<'a> {
    node: &'a Node,
    /// Its id; the scaffolder gives one to those without.
    id: String,
    action: Option<&'a str>,
    pointer: String,
}

/// A text that the scaffolder fills in.
struct Filled<'a> {
    text: &'a str,
    pointer: String,
    /// The step it is of; `None` for the output.
    step: Option<usize>,
    found: Expressions,
}

impl<'a> Template<'a> {
    fn new(entity: &'a Entity, input: &'a Input<'a>) -> Option<Self> {
        if entity.reference.kind != "Template" || entity.text(&["apiVersion"]) != Some(API_VERSION) {
            return None;
        }
        let spec = entity.root.get("spec")?;
        let mut template = Self {
            entity,
            input,
            form: Form::of(spec.get("parameters")),
            steps: None,
            by_id: FxHashMap::default(),
            texts: Vec::new(),
            suggestions: Cell::new(MOST_SUGGESTIONS),
            walks: Cell::new(MOST_WALKED),
        };
        template.form.open |= template.is_partly_unknown("/spec/parameters");
        template.steps = template.read_steps(spec.get("steps"));
        for (index, step) in template.steps.iter().flatten().enumerate() {
            template.by_id.entry(step.id.clone()).or_default().push(index);
        }
        for (index, step) in spec.get("steps").map(Node::items).unwrap_or_default().iter().enumerate() {
            for key in ["if", "each", "input"] {
                if let Some(node) = step.get(key) {
                    template.texts_of(node, format!("/spec/steps/{index}/{key}"), Some(index));
                }
            }
        }
        if let Some(output) = spec.get("output") {
            template.texts_of(output, "/spec/output".to_owned(), None);
        }
        Some(template)
    }

    /// Whether something at or below a pointer could not be brought in.
    fn is_partly_unknown(&self, pointer: &str) -> bool {
        self.entity.origins.iter().any(|origin| {
            let missing = matches!(origin.state, OriginState::NotFetched(_) | OriginState::Failed);
            missing && (origin.pointer.starts_with(pointer) || pointer.starts_with(&origin.pointer))
        })
    }

    fn read_steps(&self, steps: Option<&'a Node>) -> Option<Vec<Step<'a>>> {
        if self.is_partly_unknown("/spec/steps") {
            return None;
        }
        let step = |(index, node): (usize, &'a Node)| {
            let id = match node.get("id").filter(|id| !id.is_null()) {
                Some(id) => id.scalar_text().filter(|id| !has_expressions(id))?,
                None => format!("step-{}", index + 1),
            };
            let action = node.get("action").and_then(Node::as_str);
            Some(Step { node, id, action, pointer: format!("/spec/steps/{index}") })
        };
        steps.map(Node::items).unwrap_or_default().iter().enumerate().map(step).collect()
    }

    fn texts_of(&mut self, node: &'a Node, pointer: String, step: Option<usize>) {
        if let Some(text) = node.as_str() {
            if has_expressions(text) {
                self.texts.push(Filled { text, pointer, step, found: expressions(text, Marks::Scaffolder) });
            }
            return;
        }
        for (index, item) in node.items().iter().enumerate() {
            self.texts_of(item, format!("{pointer}/{index}"), step);
        }
        for entry in node.entries() {
            self.texts_of(&entry.value, pointer_join(&pointer, &entry.key), step);
        }
    }

    /// All uses of a variable, with the text they stand in. Texts with a fault are left out: there
    /// is a finding about them, and little can be said of the rest.
    fn uses<'t>(&'t self, root: &'t str) -> impl Iterator<Item = (&'t Filled<'a>, &'t Variable)> {
        self.texts.iter().filter(|text| text.found.faults.is_empty()).flat_map(move |text| {
            let of_root = move |variable: &&Variable| variable.root.name == root && !text.found.is_local(variable);
            text.found.variables.iter().filter(of_root).map(move |variable| (text, variable))
        })
    }

    /// The place of a part of a text: exact where the text stands in the file as it is read, else
    /// all of it.
    fn part(&self, pointer: &str, text: &str, part: Range<usize>) -> Place {
        let whole = self.entity.place(pointer);
        let left = self.walks.get().saturating_sub(part.end);
        self.walks.set(left);
        let exact = self.input.sources.text(whole.file).ok().filter(|_| left > 0).and_then(|file| {
            let written = file.slice(whole.span);
            span_inside(written, whole.span.start as usize, text, part)
        });
        exact.map_or(whole, |span| Place::new(whole.file, span))
    }

    /// The advice "did you mean `x`?", for the first findings.
    fn did_you_mean<'n>(&self, name: &str, names: impl IntoIterator<Item = &'n str>) -> Option<String> {
        self.suggestions.set(self.suggestions.get().checked_sub(1)?);
        did_you_mean(name, names)
    }

    /// The steps with this id.
    fn steps_with(&self, id: &str) -> &[usize] {
        self.by_id.get(id).map_or(&[], Vec::as_slice)
    }

    /// A finding at a part of a text.
    fn at_part(&self, finding: Diagnostic, text: &Filled<'_>, part: Range<usize>) -> Diagnostic {
        let place = self.part(&text.pointer, text.text, part);
        finding.at(place.file, place.span).pointer(text.pointer.clone()).entity(self.entity.key())
    }

    /// A finding at a value.
    fn at_value(&self, finding: Diagnostic, pointer: &str) -> Diagnostic {
        let place = self.entity.place(pointer);
        finding.at(place.file, place.span).pointer(pointer).entity(self.entity.key())
    }
}
