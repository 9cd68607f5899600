//! Schemas made of schemas: references with what stands beside them, `allOf` merged, choices between
//! several, conditions.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::refs::{At, reference};
use crate::yaml::{Node, Value};

use super::super::model::{Basic, Choice, Choices, Field, SchemaId, Shape};
use super::super::nodes::{fact, text};
use super::structure::beside;
use super::{Dialect, Schemas, annotations, layers, values, words};

/// How many constraints are looked through for one that is said already.
const MAX_COMPARED: usize = 100;

/// The property that tells subtypes apart, and which value stands for which.
#[derive(Debug, Clone, Default)]
pub(super) struct Discriminator {
    pub(super) property: String,
    pub(super) mapping: Vec<(String, Shape)>,
}

/// A shape on its way: what it requires may still be defined beside it.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) shape: Shape,
    pub(super) required: Vec<String>,
    pub(super) discriminator: Option<Discriminator>,
}

impl Draft {
    pub(super) fn said(text: impl Into<String>) -> Self {
        Self { shape: Shape::said(text), ..Self::default() }
    }

    /// The shape, when nothing more is to come.
    pub(super) fn finish(self) -> Shape {
        let Self { mut shape, required, discriminator } = self;
        let mut open: FxHashSet<&str> = required.iter().map(String::as_str).collect();
        for field in &mut shape.fields {
            field.required |= open.remove(&*field.name);
        }
        let elsewhere: Vec<String> = required.iter().filter(|name| open.remove(name.as_str())).cloned().collect();
        if !elsewhere.is_empty() {
            shape.constraints.push(format!("requires {}", words::quoted(&elsewhere)));
        }
        if let Some(discriminator) = discriminator.filter(|discriminator| !discriminator.mapping.is_empty()) {
            shape.choices.push(discriminator.choices());
        }
        if shape.type_text.is_empty() {
            shape.type_text = "any".to_owned();
        }
        if shape.nullable && shape.type_text != "any" && shape.basic != Basic::Null {
            shape.type_text.push_str(" or null");
        }
        shape
    }

    /// Whether nothing is said that a schema with a name could not stand for.
    fn is_plain(&self) -> bool {
        let shape = &self.shape;
        shape.of.is_none()
            && shape.fields.is_empty()
            && shape.choices.is_empty()
            && shape.includes.is_empty()
            && shape.layers.is_empty()
            && self.discriminator.is_none()
    }
}

impl Discriminator {
    /// The choices that its mapping has.
    pub(super) fn choices(self) -> Choices {
        let options = self.mapping.into_iter().map(|(value, shape)| Choice { value: Some(value), shape });
        Choices { title: "one of", discriminator: Some(self.property), options: options.collect() }
    }
}

impl<'a> Schemas<'a> {
    /// Reads a schema where it stands.
    pub(super) fn read(&mut self, at: At<'a>) -> Draft {
        let node = at.node;
        let dynamic = || ["$dynamicRef", "$recursiveRef"].iter().find_map(|key| node.get(key).and_then(Node::as_str));
        match reference(node).or_else(dynamic) {
            Some(target) => self.refer(at, target),
            None => self.plain(at),
        }
    }

    fn refer(&mut self, at: At<'a>, target: &str) -> Draft {
        let mut draft = match self.dialect {
            _ if at.node.entries().len() == 1 => Draft::default(),
            Dialect::JsonSchema => self.plain(at),
            Dialect::OpenApi30 if annotations::has_beside(at.node) => {
                Draft { shape: annotations::beside(self.documents, at), ..Draft::default() }
            }
            Dialect::OpenApi30 => Draft::default(),
        };
        match self.named(at.document, target) {
            Ok(id) => self.stand_for(&mut draft, id),
            Err(why) => {
                draft.shape.type_text = why;
                draft.shape.basic = Basic::Any;
            }
        }
        draft
    }

    /// The schema that a text leads to, without anything beside it.
    fn refer_to(&mut self, at: At<'a>, target: &str) -> Shape {
        match self.named(at.document, target) {
            Ok(id) => {
                Shape { of: Some(id), type_text: self.name(id).to_owned(), basic: self.basics[id], ..Shape::default() }
            }
            Err(why) => Shape::said(why),
        }
    }

    /// Makes a draft that of a schema with a name, or one that includes it when it has more of its own.
    fn stand_for(&mut self, draft: &mut Draft, id: SchemaId) {
        if draft.is_plain() {
            draft.shape.of = Some(id);
            self.name(id).clone_into(&mut draft.shape.type_text);
            if draft.shape.basic == Basic::Any {
                draft.shape.basic = self.basics[id];
            }
        } else if !draft.shape.includes.contains(&id) {
            draft.shape.includes.push(id);
        }
    }

    fn plain(&mut self, at: At<'a>) -> Draft {
        match &at.node.value {
            Value::Map(_) => {}
            Value::Bool(false) => return Draft::said("nothing"),
            // `schema: string` is wrong, but no riddle.
            Value::Text(text) => return Draft::said(&**text),
            _ => return Draft::said("any"),
        }
        self.declare_inner(at);
        let mut draft = Draft { shape: annotations::read(self.documents, at), ..Draft::default() };
        self.structure(&mut draft, at);
        self.all_of(&mut draft, at);
        self.choices(&mut draft, at, "oneOf", "one of");
        self.choices(&mut draft, at, "anyOf", "any of");
        self.discriminate(&mut draft, at);
        self.conditions(&mut draft, at);
        draft
    }

    /// Schemas that are defined inside of a schema have names, too.
    fn declare_inner(&mut self, at: At<'a>) {
        for key in ["$defs", "definitions"] {
            for entry in at.node.get(key).map(Node::entries).unwrap_or_default() {
                self.declare(&entry.key, beside(at, &entry.value));
            }
        }
    }

    fn all_of(&mut self, draft: &mut Draft, at: At<'a>) {
        let parts = at.node.get("allOf").map(Node::items).unwrap_or_default();
        if parts.is_empty() {
            return;
        }
        let mut known: FxHashMap<String, usize> = index(&draft.shape.fields);
        for part in parts {
            self.include(draft, beside(at, part), &mut known);
        }
        self.settle_includes(draft);
    }

    /// Takes a part into a whole.
    fn include(&mut self, draft: &mut Draft, part: At<'a>, known: &mut FxHashMap<String, usize>) {
        let part_draft = self.draft(part);
        if reference(part.node).is_some() && part_draft.shape.of.is_none() && part_draft.shape.includes.is_empty() {
            draft.shape.facts.push(fact("Includes", part_draft.shape.type_text));
            return;
        }
        let Draft { shape, required, discriminator } = part_draft;
        draft.required.extend(required);
        draft.discriminator = draft.discriminator.take().or(discriminator);
        merge(&mut draft.shape, shape, known);
    }

    /// What includes one schema and says nothing of its own is that schema.
    fn settle_includes(&self, draft: &mut Draft) {
        let shape = &mut draft.shape;
        let names = shape.includes.iter().map(|&id| &*self.list[id].name);
        if let [one] = shape.includes[..]
            && shape.fields.is_empty()
            && shape.choices.is_empty()
            && shape.layers.is_empty()
            && shape.values.is_empty()
            && draft.discriminator.is_none()
        {
            shape.type_text = layers::either(names, " and ");
            shape.basic = if shape.basic == Basic::Any { self.basics[one] } else { shape.basic };
            shape.of = shape.includes.pop();
        } else if !shape.includes.is_empty() {
            if shape.fields.is_empty() && shape.layers.is_empty() {
                shape.type_text = layers::either(names, " and ");
            } else if shape.type_text.is_empty() {
                shape.type_text = "object".to_owned();
            }
            if shape.basic == Basic::Any && shape.layers.is_empty() {
                shape.basic = Basic::Object;
            }
        }
    }

    fn choices(&mut self, draft: &mut Draft, at: At<'a>, key: &str, title: &'static str) {
        let all = at.node.get(key).map(Node::items).unwrap_or_default();
        let options: Vec<&Node> = all.iter().filter(|option| !is_null(option)).collect();
        draft.shape.nullable |= options.len() < all.len();
        if options.is_empty() {
            return;
        }
        if draft.shape.values.is_empty()
            && let Some(values) = values::constants(&options)
        {
            draft.shape.values = values;
            if draft.shape.type_text.is_empty() {
                draft.shape.basic = self.basic_at(beside(at, options[0]));
                draft.shape.type_text = layers::word(draft.shape.basic).to_owned();
            }
            return;
        }
        if let [one] = options[..] {
            let mut known = index(&draft.shape.fields);
            self.include(draft, beside(at, one), &mut known);
            return self.settle_includes(draft);
        }
        let options: Vec<Choice> =
            options.into_iter().map(|option| Choice { value: None, shape: self.shape(beside(at, option)) }).collect();
        let shape = &mut draft.shape;
        if shape.type_text.is_empty() || (shape.type_text == "object" && shape.fields.is_empty()) {
            shape.type_text = layers::either(options.iter().map(|option| &*option.shape.type_text), " or ");
            let first = &options[0].shape;
            let is_alike = |option: &Choice| option.shape.basic == first.basic && option.shape.layers.is_empty();
            shape.basic = if options.iter().all(is_alike) { first.basic } else { Basic::Any };
        }
        shape.choices.push(Choices { title, discriminator: None, options });
    }

    /// Reads the discriminator: into the choices that it tells apart, or for the subtypes to come.
    fn discriminate(&mut self, draft: &mut Draft, at: At<'a>) {
        let Some(node) = at.node.get("discriminator") else { return };
        let property = match &node.value {
            Value::Text(name) => name.to_string(),
            _ => text(node, "propertyName").unwrap_or_default(),
        };
        let entries = node.get("mapping").map(Node::entries).unwrap_or_default();
        let mapping: Vec<(String, Shape)> = entries
            .iter()
            .filter_map(|entry| Some((entry.key.to_string(), self.refer_to(at, entry.value.as_str()?))))
            .collect();
        if let Some(default) = node.get("defaultMapping").and_then(Node::as_str) {
            let shape = self.refer_to(at, default);
            draft.shape.constraints.push(format!("without `{property}`: {}", shape.type_text));
        }
        let discriminator = Discriminator { property, mapping };
        let Some(choices) = draft.shape.choices.iter_mut().find(|choices| choices.title != "not") else {
            draft.discriminator = Some(discriminator);
            return;
        };
        let mut values: FxHashMap<SchemaId, Vec<String>> = FxHashMap::default();
        let mut more = Vec::new();
        let listed: FxHashSet<SchemaId> = choices.options.iter().filter_map(|option| option.shape.of).collect();
        for (value, shape) in discriminator.mapping {
            match shape.of.filter(|id| listed.contains(id)) {
                Some(id) => values.entry(id).or_default().push(value),
                None => more.push(Choice { value: Some(value), shape }),
            }
        }
        let mut options = Vec::new();
        for option in choices.options.drain(..) {
            let Some(id) = option.shape.of else {
                options.push(option);
                continue;
            };
            // One schema may stand for several values: each is a choice of its own.
            let mapped = values.remove(&id).unwrap_or_else(|| vec![self.list[id].name.clone()]);
            options.extend(mapped.into_iter().map(|value| Choice { value: Some(value), shape: option.shape.clone() }));
        }
        options.extend(more);
        choices.options = options;
        choices.discriminator = Some(discriminator.property);
    }

    /// What holds under a condition, or must not hold.
    fn conditions(&mut self, draft: &mut Draft, at: At<'a>) {
        for (key, title) in [
            ("not", "not"),
            ("if", "if"),
            ("then", "then"),
            ("else", "else"),
            ("contains", "contains"),
            ("contentSchema", "holds"),
        ] {
            let Some(node) = at.node.get(key) else { continue };
            let options = vec![Choice { value: None, shape: self.shape(beside(at, node)) }];
            draft.shape.choices.push(Choices { title, discriminator: None, options });
        }
        for key in ["dependentSchemas", "dependencies"] {
            let entries = at.node.get(key).map(Node::entries).unwrap_or_default();
            let entries = entries.iter().filter(|entry| !matches!(entry.value.value, Value::List(_)));
            let options: Vec<Choice> = entries
                .map(|entry| Choice { value: Some(entry.key.to_string()), shape: self.shape(beside(at, &entry.value)) })
                .collect();
            if !options.is_empty() {
                draft.shape.choices.push(Choices { title: "when there is", discriminator: None, options });
            }
        }
    }
}

/// Whether a schema allows null and nothing else.
fn is_null(node: &Node) -> bool {
    let only = |key: &str| node.entries().len() == 1 && node.get(key).is_some();
    let says_null = |node: &Node| node.is_null() || node.as_str() == Some("null");
    (only("type") && node.get("type").is_some_and(says_null))
        || (only("const") && node.get("const").is_some_and(Node::is_null))
}

fn index(fields: &[Field]) -> FxHashMap<String, usize> {
    fields.iter().enumerate().map(|(at, field)| (field.name.clone(), at)).collect()
}

/// Adds to a shape what a part of it says.
fn merge(into: &mut Shape, from: Shape, known: &mut FxHashMap<String, usize>) {
    let named = from.of.filter(|_| from.layers.is_empty());
    for id in named.into_iter().chain(from.includes) {
        if !into.includes.contains(&id) {
            into.includes.push(id);
        }
    }
    if !from.layers.is_empty() && into.layers.is_empty() && into.fields.is_empty() {
        into.layers = from.layers;
        into.of = from.of;
        into.type_text.clear();
    }
    if named.is_none() && (into.type_text.is_empty() || into.type_text == "any") {
        into.type_text = from.type_text;
    }
    if into.basic == Basic::Any {
        into.basic = from.basic;
    }
    for field in from.fields {
        match known.get(&field.name).and_then(|&at| into.fields.get_mut(at)) {
            Some(own) => {
                own.required |= field.required;
                merge(&mut own.shape, field.shape, &mut FxHashMap::default());
            }
            None => {
                known.insert(field.name.clone(), into.fields.len());
                into.fields.push(field);
            }
        }
    }
    for words in from.constraints {
        if into.constraints.len() > MAX_COMPARED || !into.constraints.contains(&words) {
            into.constraints.push(words);
        }
    }
    into.description = match (into.description.take(), from.description) {
        (Some(own), Some(more)) if !own.contains(&more) => Some(format!("{own}\n\n{more}")),
        (own, more) => own.or(more),
    };
    into.title = into.title.take().or(from.title);
    into.format = into.format.take().or(from.format);
    into.default = into.default.take().or(from.default);
    into.example = into.example.take().or(from.example);
    into.deprecated = into.deprecated.take().or(from.deprecated);
    if into.values.is_empty() {
        into.values = from.values;
    }
    into.nullable |= from.nullable;
    into.read_only |= from.read_only;
    into.write_only |= from.write_only;
    into.choices.extend(from.choices);
    into.facts.extend(from.facts);
    into.extras.extend(from.extras);
}
